//! Разбор ссылок: one link fills the page, by keyboard alone.

use egui::Ui;

use crate::gui::{Action, ScreenContext};

/// State of the screen.
#[derive(Default)]
pub struct CleanupState {}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut CleanupState, actions: &mut Vec<Action>) {
    let _ = (ui, context, state, actions);
}

impl CleanupState {
    /// Begins (or resumes) a cleanup of these links; `None`: all that are flagged.
    pub fn begin(
        &mut self,
        snapshot: &crate::session::Snapshot,
        only: Option<Vec<crate::register::InviteId>>,
    ) {
        let _ = (snapshot, only);
    }

    /// Takes what an earlier sitting left in the file.
    pub fn resume_from(&mut self, kept: &str) {
        let _ = kept;
    }
}
