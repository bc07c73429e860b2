//! Кто уже в системе?.

use egui::Ui;

use crate::gui::{Action, ScreenContext};

/// State of the screen.
#[derive(Default)]
pub struct PresenceState {}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PresenceState, actions: &mut Vec<Action>) {
    let _ = (ui, context, state, actions);
}

impl PresenceState {
    /// Begins with the groups of the snapshot.
    pub fn begin(&mut self, snapshot: &crate::session::Snapshot) {
        let _ = snapshot;
    }
}
