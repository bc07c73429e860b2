//! Files outside the register: writing whole or not at all, safe names, what medium a path lies on.

mod atomic;
mod medium;
mod safe_name;

pub use atomic::{sync_folder, write_atomically, write_bytes_atomically};
pub use medium::{Medium, MediumKind, examine};
pub use safe_name::safe_file_name;
