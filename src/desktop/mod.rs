//! What the program asks of the desktop: file choosers and the user's own configuration.

mod chooser;
mod preferences;
mod recent_files;

pub use chooser::{Chooser, FileFilter, Question};
pub use preferences::{Preferences, ThemePreference};
pub use recent_files::RecentFilesLook;
