//! What the program asks of the desktop: file choosers, opening a document, and the user's own configuration.

mod chooser;
mod open_document;
mod picture_file;
mod preferences;
mod recent_files;

pub use chooser::{Chooser, FileFilter, Question};
pub use open_document::{OpenDocumentError, open_with_system};
pub use picture_file::{Picture, PictureFileError, read_picture_file};
pub use preferences::{Preferences, ThemePreference};
pub use recent_files::RecentFilesLook;
