//! What every screen may read while drawing.

use jiff::civil::Date;

use super::screens::safe::SafeState;
use super::view::OpenFile;
use crate::desktop::Preferences;
use crate::register::Register;
use crate::session::Snapshot;

/// The read-only surroundings of a screen.
#[derive(Clone, Copy)]
pub struct ScreenContext<'a> {
    /// The register with its derived lists.
    pub snapshot: &'a Snapshot,
    /// The same with the names of people even while they are hidden on screen: for what is sent to somebody.
    pub unveiled: &'a Snapshot,
    pub file: &'a OpenFile,
    /// Password, recovery code and backups of the file.
    pub safe: &'a SafeState,
    pub preferences: &'a Preferences,
    /// The day that rules are judged by.
    pub today: Date,
    /// The day of the computer's clock; another than `today` while that clock cannot be believed.
    pub wall_day: Date,
    /// Whether the window is under 1200 px: inspectors become pages.
    pub narrow: bool,
}

impl ScreenContext<'_> {
    /// The register.
    pub fn register(&self) -> &Register {
        &self.snapshot.register
    }

    /// Row height of tables, by preference.
    pub fn row_height(&self) -> f32 {
        if self.preferences.compact_rows {
            super::widgets::table::COMPACT_ROW
        } else {
            super::widgets::table::ROW
        }
    }
}
