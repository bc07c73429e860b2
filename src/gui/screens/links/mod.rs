//! Ссылки: the register of invite links.

use egui::Ui;

use crate::gui::{Action, ScreenContext};

/// State of the screen.
#[derive(Default)]
pub struct LinksState {}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut LinksState, actions: &mut Vec<Action>) {
    let _ = (ui, context, state, actions);
}

impl LinksState {
    /// Selects a link and opens its card.
    pub fn select(&mut self, invite: crate::register::InviteId) {
        let _ = invite;
    }

    /// Shows only flagged links.
    pub fn show_flagged(&mut self) {}

    /// Opens the form «Новая ссылка».
    pub fn open_new_form(&mut self) {}
}
