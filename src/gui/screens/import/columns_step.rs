//! The second step: every column of the file, what it means and what stands in it.

use egui::{Frame, Margin, Panel, Ui};

use super::file_step::failure_ui;
use super::state::{ColumnsPart, ImportState, Step};
use super::words::{FIELDS, group_word, shown_cell};
use super::{class_values, posts, work_ui};
use crate::gui::theme::Tone;
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::choice::{Choice, segmented_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::table::{Column, DataTable, TALL_ROW, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, ScreenContext, icons};
use crate::roster::{Field, MappedColumn, OpenedRoster};
use crate::wording::counted;

const TABLE: &str = "import-columns";
/// Values shown of a column.
const SAMPLES: usize = 4;

/// Draws the step.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) {
    class_values::prepare(context, state);
    foot_ui(ui, state);
    let frame = Frame::new().inner_margin(Margin { left: 24, right: 24, top: 14, bottom: 10 });
    let top = Panel::top("import-columns-top").resizable(false).show_separator_line(false).frame(frame);
    top.show(ui, |ui| {
        parts_ui(ui, context, state);
        label::caption_ui(ui, part_note(state.columns_part));
        fill_down_ui(ui, state, actions);
        failure_ui(ui, state, actions);
        let notes = state.prepared.as_ref().map(|prepared| prepared.roster.notes.join(" "));
        if let Some(notes) = notes.filter(|notes| !notes.is_empty()) {
            label::caption_ui(ui, &notes);
        }
        if state.prepared.as_ref().is_some_and(|prepared| !prepared.recalled.is_empty()) {
            label::caption_ui(ui, "Ответы о таком же файле взяты из прошлой загрузки. Их можно изменить.");
        }
        work_ui(ui, state, actions);
    });
    keys(ui, state);
    let cursor = state.column_cursor;
    match state.columns_part {
        ColumnsPart::Columns => {
            let Some(opened) = state.opened() else { return };
            if let Some((index, field)) = table_ui(ui, opened, cursor) {
                state.choose_field(index, field);
                actions.push(Action::PlanRoster);
            }
        }
        ColumnsPart::Classes => {
            state.classes_seen = true;
            class_values::show(ui, state, cursor, actions);
        }
        ColumnsPart::Posts => posts::show(ui, state, cursor, actions),
    }
}

/// The parts of the step: columns, and beside them the classes and posts that stand in the file.
fn parts_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ImportState) {
    let columns = state.opened().map_or(0, |opened| opened.header.columns.columns.len());
    let counts = state.prepared.as_ref().map(|prepared| &prepared.roster);
    let classes = counts.map_or(0, |roster| roster.class_values.len());
    let posts = counts.map_or(0, |roster| roster.post_roles.len());
    let is_school = group_word(context.register().organization()) == "класс";
    let mut parts = vec![(ColumnsPart::Columns, format!("Столбцы {columns}"))];
    if classes > 0 {
        let word = if is_school { "Классы" } else { "Группы" };
        parts.push((ColumnsPart::Classes, format!("{word} {classes}")));
    }
    if posts > 0 {
        parts.push((ColumnsPart::Posts, format!("Должности {posts}")));
    }
    let found = parts.iter().position(|(part, _)| *part == state.columns_part);
    if found.is_none() && state.job.is_none() {
        state.columns_part = ColumnsPart::Columns;
    }
    let words: Vec<&str> = parts.iter().map(|(_, word)| word.as_str()).collect();
    let mut place = found.unwrap_or(0);
    ui.horizontal(|ui| {
        label::lead_ui(ui, "Что в файле");
        ui.add_space(8.0);
        if segmented_ui(ui, "Что в файле", &mut place, &words) {
            state.columns_part = parts[place].0;
            state.column_cursor = None;
        }
        let questions = class_values::question_count(state) as u64;
        if questions > 0 {
            let words = counted(questions, "значение ждёт", "значения ждут", "значений ждут");
            label::icon_line_ui(
                ui,
                icons::WARNING,
                Tone::Attention,
                &[Run::caption(&format!("{words} вашего ответа"))],
            );
        }
    });
}

fn part_note(part: ColumnsPart) -> &'static str {
    match part {
        ColumnsPart::Columns => {
            "Нужны фамилия и имя, вместе или порознь; для учеников ещё класс. Остальное по желанию."
        }
        ColumnsPart::Classes => "Каждое название из файла и чем оно станет. Новые появятся при загрузке.",
        ColumnsPart::Posts => "Роль определена по должности. Если она другая, выберите её здесь.",
    }
}

/// Merged cells leave the class in the first row only.
fn fill_down_ui(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    let fill_down = state.prepared.as_ref().map(|prepared| prepared.roster.fill_down).unwrap_or_default();
    if fill_down.rows == 0 || state.columns_part == ColumnsPart::Posts {
        return;
    }
    let rows = counted(u64::from(fill_down.rows), "строка", "строки", "строк");
    let word = format!("Пустой класс взять из строки выше: {rows}");
    if checkbox_ui(ui, &mut state.read.fill_down, &word).clicked() {
        actions.push(Action::PlanRoster);
    }
}

fn keys(ui: &Ui, state: &mut ImportState) {
    let roster = state.prepared.as_ref().map(|prepared| &prepared.roster);
    let (table, count) = match state.columns_part {
        ColumnsPart::Columns => {
            (TABLE, state.opened().map_or(0, |opened| opened.header.columns.columns.len()))
        }
        ColumnsPart::Classes => (class_values::TABLE, roster.map_or(0, |roster| roster.class_values.len())),
        ColumnsPart::Posts => (posts::TABLE, roster.map_or(0, |roster| roster.post_roles.len())),
    };
    for key in table_keys(ui, table) {
        if key == TableKey::Escape {
            state.escape = true;
        }
        state.column_cursor = key.target(state.column_cursor, count, 8).or(state.column_cursor);
    }
}

/// Answers what a column was said to mean.
fn table_ui(ui: &mut Ui, opened: &OpenedRoster, cursor: Option<usize>) -> Option<(usize, Field)> {
    let columns = &opened.header.columns.columns;
    let heads = [
        Column::left("Столбец файла", Width::Exact(280.0)).unsortable(),
        Column::left("Что в нём", Width::Exact(320.0)).unsortable(),
        Column::left("Первые значения", Width::Remainder(240.0)).unsortable(),
    ];
    let mut chosen = None;
    let table = DataTable::new(TABLE, &heads)
        .accessible_name("Столбцы файла")
        .row_height(TALL_ROW)
        .scroll_to_row(None);
    table.show(
        ui,
        columns.len(),
        |row| cursor == Some(row),
        |row, column, cell| {
            let Some(mapped) = columns.get(row) else { return };
            match column {
                0 => {
                    cell.text_medium(&mapped.header);
                }
                1 => chosen = meaning_ui(cell, mapped).map(|field| (mapped.index, field)).or(chosen),
                _ => samples_ui(cell, opened, mapped),
            }
        },
    );
    chosen
}

fn meaning_ui(cell: &mut Cell<'_>, mapped: &MappedColumn) -> Option<Field> {
    if matches!(mapped.field, Field::Sensitive(_)) {
        cell.icon_text(Tone::Neutral, icons::SHIELD_CHECK, "пропущен");
        return None;
    }
    let names: Vec<String> = FIELDS.iter().map(|field| field.russian_name()).collect();
    let mut place = FIELDS.iter().position(|field| *field == mapped.field);
    let name = format!("Что в столбце «{}»", mapped.header);
    let changed = Choice::new(&name).width(280.0).show(cell.ui(), &mut place, &names);
    place.filter(|_| changed).and_then(|place| FIELDS.get(place)).copied()
}

fn samples_ui(cell: &mut Cell<'_>, opened: &OpenedRoster, mapped: &MappedColumn) {
    if matches!(mapped.field, Field::Sensitive(_)) {
        cell.text_secondary("для этой работы не нужен, 152-ФЗ");
        return;
    }
    let below = opened.sheet.rows().skip_while(|row| row.number() <= opened.header.row).take(600);
    let mut samples: Vec<String> = Vec::new();
    for row in below {
        let text = shown_cell(Some(mapped.field), row.cell(mapped.index));
        if !text.is_empty() && !samples.contains(&text) {
            samples.push(text);
        }
        if samples.len() == SAMPLES {
            break;
        }
    }
    if samples.is_empty() {
        cell.text_secondary("пусто");
        return;
    }
    let text = samples.join(" · ");
    let run = Run::body(&text);
    cell.runs(&[if mapped.field == Field::Unknown { run.secondary() } else { run }]);
}

fn foot_ui(ui: &mut Ui, state: &mut ImportState) {
    let ready = state.prepared.is_some();
    page::foot_ui(ui, |ui| {
        if ui.add(Button::outlined("Файл").icon(icons::ARROW_LEFT).accessible_name("Назад: файл")).clicked()
        {
            state.step = Step::File;
        }
        page::trailing_ui(ui, "import-next", |ui| {
            let reason = if !ready {
                Some("Сначала укажите столбец с фамилией и столбец с классом")
            } else {
                state.lacks_role().then_some("Сначала ответьте на первом шаге, кто в этом списке")
            };
            let unseen = class_values::question_count(state) > 0 && !state.classes_seen;
            if ui.add(Button::primary("Дальше: проверка").disabled_because(reason)).clicked() {
                if unseen {
                    // A class that cannot be read is asked about before anything else.
                    (state.columns_part, state.column_cursor) = (ColumnsPart::Classes, None);
                    return;
                }
                state.step = Step::Review;
                if let Some(prepared) = &state.prepared {
                    state.lists.open_first(prepared);
                }
            }
        });
    });
}
