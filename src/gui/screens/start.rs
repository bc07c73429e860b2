//! The start page: sample school, new, open, recent.

use egui::Ui;

use crate::desktop::Preferences;
use crate::gui::Action;

/// State of the screen.
#[derive(Default)]
pub struct StartState {
    /// A file that asked for its password.
    pub asks_password_for: Option<std::path::PathBuf>,
}

/// Draws the screen. `opening`: a file is being opened; `error`: why the last one was not.
pub fn show(
    ui: &mut Ui,
    preferences: &Preferences,
    opening: bool,
    error: Option<&str>,
    state: &mut StartState,
    actions: &mut Vec<Action>,
) {
    let _ = (ui, preferences, opening, error, state, actions);
}
