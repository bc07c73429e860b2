//! What the user made of the tables, kept in the user's own configuration: which columns are shown, and how wide.

use std::collections::BTreeMap;

use egui::Ui;

use crate::gui::widgets::Button;
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::menu::menu_on_staying;
use crate::gui::widgets::table::{Column, TableResponse};
use crate::gui::{Action, ScreenContext, icons};

/// A column that may be hidden.
#[derive(Clone, Copy, Debug)]
pub struct Hideable {
    /// Stable name in the configuration.
    pub code: &'static str,
    pub title: &'static str,
    /// Whether it is shown until somebody says otherwise.
    pub shown: bool,
}

/// The remembered widths of a table.
pub fn widths<'a>(context: &ScreenContext<'a>, table: &str) -> Option<&'a BTreeMap<String, f32>> {
    context.preferences.tables.get(table).map(|layout| &layout.widths)
}

/// Keeps a width that was just changed.
pub fn keep_width(
    context: &ScreenContext<'_>,
    table: &str,
    columns: &[Column<'_>],
    response: &TableResponse,
    actions: &mut Vec<Action>,
) {
    let Some((index, width)) = response.resized else { return };
    let Some(column) = columns.get(index) else { return };
    let mut preferences = context.preferences.clone();
    let layout = preferences.tables.entry(table.to_owned()).or_default();
    match width {
        Some(width) => layout.widths.insert(column.title().to_owned(), width.round()),
        None => layout.widths.remove(column.title()),
    };
    actions.push(Action::SetPreferences(Box::new(preferences)));
}

/// Whether a column is shown.
pub fn is_shown(context: &ScreenContext<'_>, table: &str, column: &Hideable) -> bool {
    let layout = context.preferences.tables.get(table);
    layout.and_then(|layout| layout.shown.get(column.code)).copied().unwrap_or(column.shown)
}

/// The button «Столбцы» with a tick for each that may be hidden.
pub fn columns_button_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    table: &str,
    columns: &[Hideable],
    actions: &mut Vec<Action>,
) {
    let button = ui.add(Button::icon_only(icons::COLUMNS, "Столбцы").in_bar().tooltip("Столбцы"));
    menu_on_staying(&button, |ui| {
        ui.set_min_width(200.0);
        for column in columns {
            let mut on = is_shown(context, table, column);
            if checkbox_ui(ui, &mut on, column.title).changed() {
                actions.push(set_shown(context, table, &[(column, on)]));
            }
        }
    });
}

/// Shows or hides columns.
pub fn set_shown(context: &ScreenContext<'_>, table: &str, columns: &[(&Hideable, bool)]) -> Action {
    let mut preferences = context.preferences.clone();
    let layout = preferences.tables.entry(table.to_owned()).or_default();
    for (column, on) in columns {
        if *on == column.shown {
            layout.shown.remove(column.code);
        } else {
            layout.shown.insert(column.code.to_owned(), *on);
        }
    }
    Action::SetPreferences(Box::new(preferences))
}
