//! What the program asks of the desktop: file choosers, opening a document, and the user's own configuration.

mod chooser;
mod notification;
mod open_document;
mod preferences;
mod recent_files;

pub use chooser::{Chooser, FileFilter, Question};
pub use notification::notify;
pub use open_document::{OpenDocumentError, open_with_system};
pub use preferences::{Preferences, Reminder, ThemePreference};
pub use recent_files::RecentFilesLook;
