//! Roster files of schools: bytes → encoding → sheet → header → mapped rows.

pub mod aliases;
mod cyrillic_score;
pub mod delimited;
pub mod encoding;
pub mod header;
pub mod problem;
pub mod title;
