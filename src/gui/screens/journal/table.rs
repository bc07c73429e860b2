//! The table of entries.

use egui::Ui;

use super::JournalState;
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::label::Run;
use crate::gui::widgets::table::{Column, DataTable, Width};
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::{Action, ScreenContext, icons};
use crate::session::UndoTarget;
use crate::wording::number;

const TABLE: &str = "journal";
/// So many rows before the end the next page is asked for.
const LOAD_AHEAD: usize = 20;

/// What the keyboard asks of the table.
pub(super) fn keys(ui: &Ui, state: &mut JournalState, actions: &mut Vec<Action>) {
    for key in table_keys(ui, TABLE) {
        let current = place_of_selected(state);
        match key {
            TableKey::Escape => (state.selected, state.details) = (None, None),
            key => {
                if let Some(target) = key.target(current, state.shown.len(), 12)
                    && let Some(line) = state.shown.get(target).and_then(|index| state.lines.get(*index))
                {
                    let entry = line.entry.number;
                    state.scroll_to = Some(target);
                    state.open(entry, actions);
                }
            }
        }
    }
}

fn place_of_selected(state: &JournalState) -> Option<usize> {
    let selected = state.selected?;
    state.shown.iter().position(|index| state.lines[*index].entry.number == selected)
}

/// Draws the table.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut JournalState,
    actions: &mut Vec<Action>,
) {
    let columns = [
        Column::left("Когда", Width::Exact(138.0)).unsortable(),
        Column::left("Что", Width::Remainder(220.0)).unsortable(),
        Column::left("Состояние", Width::Exact(156.0)).unsortable(),
        Column::left("Кто", Width::Exact(150.0)).unsortable(),
        Column::right("Изменений", Width::Exact(104.0)).unsortable(),
    ];
    let (lines, shown, selected) = (&state.lines, &state.shown, state.selected);
    let line = |row: usize| shown.get(row).and_then(|index| lines.get(*index));
    let mut last_drawn = 0;
    let table = DataTable::new(TABLE, &columns)
        .accessible_name("Журнал")
        .row_height(context.row_height())
        .scroll_to_row(state.scroll_to);
    let response = table.show(
        ui,
        shown.len(),
        |row| selected.is_some() && line(row).map(|line| line.entry.number) == selected,
        |row, column, cell| {
            last_drawn = last_drawn.max(row);
            let Some(line) = line(row) else { return };
            let gone = line.entry.undone_by.is_some();
            let ink = if gone { Ink::Secondary } else { Ink::Main };
            match column {
                0 => {
                    cell.text_with_tooltip(Run::body(&line.when).secondary(), &line.when_full);
                }
                1 => {
                    cell.runs(&[Run::body(&line.what).ink(ink)]);
                }
                2 => {
                    let words = line.state_words();
                    if !words.is_empty() {
                        cell.icon_text(Tone::Neutral, icons::ARROW_COUNTER_CLOCKWISE, &words);
                    }
                }
                3 => {
                    cell.text_with_tooltip(Run::body(&line.who).ink(ink), &line.entry.actor);
                }
                _ => {
                    cell.text_secondary(&number(line.entry.change_count));
                }
            }
        },
    );
    state.scroll_to = None;
    let clicked =
        response.clicked_row.map(|(row, _)| row).or(response.secondary_clicked_row.map(|(row, _)| row));
    let entry = clicked.and_then(|row| Some(state.lines.get(*state.shown.get(row)?)?.entry.number));
    if let Some(entry) = entry {
        state.open(entry, actions);
    }
    if last_drawn + LOAD_AHEAD >= state.shown.len() {
        state.load_more(actions);
    }
}

/// The shown entries for a spreadsheet.
pub(super) fn copy(state: &JournalState) -> Action {
    let rows = state.shown.iter().filter_map(|index| state.lines.get(*index)).map(|line| {
        let entry = &line.entry;
        [
            entry.number.to_string(),
            line.when_full.clone(),
            entry.actor.clone(),
            line.what.clone(),
            line.state_words(),
            entry.change_count.to_string(),
        ]
    });
    let text = excel_text(&["№", "Когда", "Кто", "Что", "Состояние", "Изменений"], rows);
    Action::CopyText { text, what: format!("Записи скопированы: {}", state.shown.len()) }
}

/// Takes back an entry, or one of its parts.
pub(super) fn undo(entry: u64, part: Option<u32>) -> Action {
    Action::Undo(UndoTarget { entry: Some(entry), parts: part.map(|part| vec![part]) })
}
