//! What the program asks of the desktop: file choosers, opening a document, the clipboard for links, idleness, and
//! the user's own configuration.

mod chooser;
mod clipboard;
mod idle;
mod notification;
mod open_document;
mod panic_report;
mod picture_file;
mod preferences;
mod recent_files;

pub use chooser::{Chooser, FileFilter, Question};
pub use clipboard::{ClipboardUnreachable, PreparedClipboard, SecretClipboard, SystemClipboard, overwrite};
pub use idle::{IdleTime, PreparedIdleTime, SystemIdleTime, WakeWindow};
pub use notification::notify;
pub use open_document::{OpenDocumentError, open_with_system};
pub use panic_report::report_panics_without_their_message;
pub use picture_file::{Picture, PictureFileError, decode_picture, read_picture_file};
pub use preferences::{Preferences, Reminder, TableLayout, ThemePreference};
pub use recent_files::RecentFilesLook;
