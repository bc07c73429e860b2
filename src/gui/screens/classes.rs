//! Классы: a tree that is a table, with an inspector.

use egui::Ui;

use crate::gui::{Action, ScreenContext};

/// State of the screen.
#[derive(Default)]
pub struct ClassesState {}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ClassesState, actions: &mut Vec<Action>) {
    let _ = (ui, context, state, actions);
}

impl ClassesState {
    /// Selects a group and opens its card.
    pub fn select(&mut self, group: crate::register::GroupId) {
        let _ = group;
    }
}
