//! Журнал: who, when, what, before → after, undo.

use egui::Ui;

use crate::gui::{Action, ScreenContext};

/// State of the screen.
#[derive(Default)]
pub struct JournalState {}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut JournalState, actions: &mut Vec<Action>) {
    let _ = (ui, context, state, actions);
}

impl JournalState {
    /// Takes a page of entries; `before: None` begins anew.
    pub fn take_entries(&mut self, before: Option<u64>, entries: Vec<crate::store::EntryRow>) {
        let _ = (before, entries);
    }

    /// Takes the changes of an entry.
    pub fn take_changes(&mut self, entry: u64, changes: Vec<crate::register::JournalChange>) {
        let _ = (entry, changes);
    }

    /// Selects an entry.
    pub fn select(&mut self, entry: u64) {
        let _ = entry;
    }

    /// The register changed: what is shown is old.
    pub fn mark_old(&mut self) {}
}
