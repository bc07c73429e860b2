//! Настройки: card, thresholds, appearance.

use egui::Ui;

use crate::gui::{Action, ScreenContext};

/// State of the screen.
#[derive(Default)]
pub struct SettingsState {}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut SettingsState, actions: &mut Vec<Action>) {
    let _ = (ui, context, state, actions);
}

impl SettingsState {
    /// Opens the organization card.
    pub fn open_card(&mut self) {}
}
