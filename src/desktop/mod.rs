//! What the program asks of the desktop: file choosers and the user's own configuration.

mod chooser;
mod preferences;

pub use chooser::{Chooser, FileFilter, Question};
pub use preferences::{Preferences, ThemePreference};
