//! Загрузка списка: four clear steps.

use egui::Ui;

use crate::gui::{Action, ScreenContext};

/// State of the screen.
#[derive(Default)]
pub struct ImportState {}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ImportState, actions: &mut Vec<Action>) {
    let _ = (ui, context, state, actions);
}

impl ImportState {
    /// Begins anew at the first step.
    pub fn begin(&mut self) {
        *self = Self::default();
    }

    /// Begins with a chosen file.
    pub fn begin_with_file(&mut self, path: std::path::PathBuf) {
        let _ = path;
        self.begin();
    }

    /// Begins with pasted text.
    pub fn begin_with_text(&mut self, text: String) {
        let _ = text;
        self.begin();
    }

    /// What the background job is to read and plan; `None` while there is no source.
    pub fn request(&self) -> Option<crate::session::RosterRequest> {
        None
    }

    /// Takes what the job made.
    pub fn take_prepared(&mut self, prepared: crate::session::RosterImport) {
        let _ = prepared;
    }

    /// The operation of the plan on screen, and what to say when it is done.
    pub fn operation(&self) -> Option<(crate::register::Operation, String)> {
        None
    }

    /// The import was committed.
    pub fn committed(&mut self, executed: &crate::session::Executed) {
        let _ = executed;
    }
}
