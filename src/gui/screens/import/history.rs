//! «Прежние загрузки»: what was brought in before, and the journal entry behind each.

use egui::Ui;

use super::state::ImportState;
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::theme::Tone;
use crate::gui::widgets::button::named_link_button_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::table::{Column, DataTable, Width};
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::session::ImportRecord;
use crate::wording::{counted, date_short, number};

const TABLE: &str = "import-history";

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) {
    keys(ui, state, actions);
    foot_ui(ui, state);
    let history = &mut state.history;
    let Some(records) = &history.entries else { return };
    page::filter_bar_ui(ui, |ui| {
        let words = format!("Прежние загрузки {}", number(records.len() as u64));
        label::line_ui(ui, &[Run::body(&words).semibold()]);
        page::trailing_ui(ui, "copy-history", |ui| {
            let word = "Копировать для Excel";
            let copy = named_link_button_ui(ui, Some(icons::FILE_XLS), word, "Копировать загрузки для Excel");
            if !records.is_empty() && copy.clicked() {
                actions.push(copy_records(records));
            }
        });
    });
    if records.is_empty() {
        ui.add_space(24.0);
        ui.horizontal(|ui| {
            ui.add_space(24.0);
            label::line_ui(ui, &[Run::body("Списки ещё не загружали").secondary()]);
        });
        return;
    }
    let columns = [
        Column::left("Когда", Width::Exact(136.0)).unsortable(),
        Column::left("Файл", Width::Exact(260.0)).unsortable(),
        Column::left("Что внесено", Width::Remainder(260.0)).unsortable(),
        Column::left("Состояние", Width::Exact(220.0)).unsortable(),
        Column::left("Кто", Width::Exact(170.0)).unsortable(),
    ];
    let cursor = history.cursor;
    let table =
        DataTable::new(TABLE, &columns).accessible_name("Прежние загрузки").row_height(context.row_height());
    let response = table.show(
        ui,
        records.len(),
        |row| cursor == Some(row),
        |row, column, cell| {
            let Some(record) = records.get(row) else { return };
            match column {
                0 => {
                    cell.text_secondary(&date_short(record.day));
                }
                1 => {
                    cell.text_medium(&record.file_name);
                }
                2 => {
                    cell.text(&counts_words(record));
                }
                3 => match state_words(record) {
                    words if words.is_empty() => {}
                    words => {
                        cell.icon_text(Tone::Neutral, icons::ARROW_COUNTER_CLOCKWISE, &words);
                    }
                },
                _ => {
                    cell.text_secondary(&record.actor);
                }
            }
        },
    );
    if let Some((row, _)) = response.clicked_row {
        history.cursor = Some(row);
    }
    if let Some(record) = response.double_clicked_row.and_then(|row| records.get(row)) {
        actions.push(Action::Go(Destination::JournalEntry(record.entry)));
    }
}

fn keys(ui: &Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    let history = &mut state.history;
    for key in table_keys(ui, TABLE) {
        let records = history.entries.as_deref().unwrap_or_default();
        match key {
            TableKey::Escape => history.shown = false,
            TableKey::Open => {
                if let Some(record) = history.cursor.and_then(|place| records.get(place)) {
                    actions.push(Action::Go(Destination::JournalEntry(record.entry)));
                }
            }
            key => history.cursor = key.target(history.cursor, records.len(), 12).or(history.cursor),
        }
    }
}

fn foot_ui(ui: &mut Ui, state: &mut ImportState) {
    page::foot_ui(ui, |ui| {
        if ui.add(Button::outlined("К выбору файла").icon(icons::ARROW_LEFT)).clicked() {
            state.history.shown = false;
        }
        page::trailing_ui(ui, "history-hint", |ui| {
            label::line_ui(
                ui,
                &[Run::caption("Enter открывает запись журнала: там загрузку можно отменить")],
            );
        });
    });
}

/// «добавлено 10, изменено 3»; of older imports the rows.
fn counts_words(record: &ImportRecord) -> String {
    let named = [
        ("added", "добавлено"),
        ("updated", "изменено"),
        ("moved", "переведено"),
        ("departed", "выбыло"),
        ("parents_added", "родителей"),
        ("assignments", "назначено"),
    ];
    let parts: Vec<String> = named
        .iter()
        .filter(|(name, _)| record.count(name) > 0)
        .map(|(name, word)| format!("{word} {}", number(record.count(name))))
        .collect();
    if parts.is_empty() {
        counted(record.rows, "строка", "строки", "строк")
    } else {
        parts.join(", ")
    }
}

fn state_words(record: &ImportRecord) -> String {
    match (record.parts_undone, record.parts_kept()) {
        (0, _) => String::new(),
        (_, 0) => "отменена".into(),
        (undone, kept) => format!("отменено {}, оставлено {}", number(undone), number(kept)),
    }
}

fn copy_records(records: &[ImportRecord]) -> Action {
    let rows = records.iter().map(|record| {
        [
            date_short(record.day),
            record.file_name.clone(),
            counts_words(record),
            state_words(record),
            record.actor.clone(),
        ]
    });
    let text = excel_text(&["Когда", "Файл", "Что внесено", "Состояние", "Кто"], rows);
    Action::CopyText { text, what: "Загрузки скопированы".into() }
}
