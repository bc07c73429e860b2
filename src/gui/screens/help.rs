//! Справка: the pages of assets/help.

use egui::Ui;

use crate::gui::{Action, ScreenContext};

/// State of the screen.
#[derive(Default)]
pub struct HelpState {}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut HelpState, actions: &mut Vec<Action>) {
    let _ = (ui, context, state, actions);
}
