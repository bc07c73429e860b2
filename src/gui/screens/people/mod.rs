//! Люди: a virtual table with instant search and a card with history.

use egui::Ui;

use crate::gui::{Action, ScreenContext};

/// State of the screen.
#[derive(Default)]
pub struct PeopleState {}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    let _ = (ui, context, state, actions);
}

impl PeopleState {
    /// Selects a person and opens their card.
    pub fn select(&mut self, person: crate::register::PersonId) {
        let _ = person;
    }

    /// Takes the history of the person asked for.
    pub fn take_history(
        &mut self,
        key: crate::register::EntityKey,
        history: Vec<(crate::store::EntryRow, crate::register::JournalChange)>,
    ) {
        let _ = (key, history);
    }
}
