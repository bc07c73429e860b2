//! Сегодня: at most seven tasks, coverage, ages of links.

use egui::Ui;

use crate::gui::{Action, ScreenContext};

/// State of the screen.
#[derive(Default)]
pub struct TodayState {}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut TodayState, actions: &mut Vec<Action>) {
    let _ = (ui, context, state, actions);
}
