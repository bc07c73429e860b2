//! The table of the third step: who, before → after, why, and the row of the file.

use egui::{Align, Layout, Ui, vec2};

use super::lists::{Item, RowKind, mark_of, row_number, row_of};
use super::marks::{self, mark_name};
use super::state::ImportState;
use super::words::{after_words, before_words, issue_title, kind_words};
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::badge::change_ui;
use crate::gui::widgets::checkbox::Mark;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::table::{Column, DataTable, TALL_ROW, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::{Action, ScreenContext, icons};
use crate::roster::{FieldChange, PlanKind, PlanRow};
use crate::session::PreparedRoster;
use crate::wording::{counted, role_name};

/// Lists of people and the other lists have other columns, so their widths are kept apart.
pub(super) fn table_name(kind: RowKind) -> &'static str {
    if kind.is_of_people() { "import-review" } else { "import-special" }
}

/// How high a table of so many rows is with its header.
pub(super) fn height(rows: usize, _kind: RowKind) -> f32 {
    35.0 + TALL_ROW * rows as f32
}

/// What the keyboard asks of the table.
pub(super) fn keys(ui: &Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    for key in table_keys(ui, table_name(state.lists.kind)) {
        let count = state.lists.shown().len();
        match key {
            TableKey::Escape => state.escape = true,
            TableKey::Mark => marks::toggle(state, state.lists.cursor, false, actions),
            TableKey::MarkAll => marks::toggle_all(state, actions),
            key => {
                if let Some(target) = key.target(state.lists.cursor, count, 8) {
                    state.lists.cursor = Some(target);
                    state.lists.scroll_to = Some(target);
                }
            }
        }
    }
}

/// Draws the table and takes what was pressed in it.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) {
    let Some(prepared) = state.prepared.as_deref() else { return };
    let can_mark = marks::can_mark(state);
    let kind = state.lists.kind;
    let mut columns = vec![
        Column::left("Человек", Width::Exact(256.0)),
        Column::left(change_title(kind), Width::Exact(308.0)).unsortable(),
        Column::left("Почему", Width::Remainder(180.0)).unsortable(),
        Column::right("Строка", Width::Exact(92.0)),
    ];
    if can_mark {
        columns.insert(0, Column::marks());
    }
    let first = usize::from(can_mark);
    let items = state.lists.shown();
    let (marked, all) = if can_mark { marks::marked_of(state, prepared) } else { (0, 0) };
    let is_marked =
        |item: Item| mark_of(prepared, kind, item).is_some_and(|key| state.answers.is_marked(&key));
    let cursor = state.lists.cursor;
    let table = DataTable::new(table_name(kind), &columns)
        .accessible_name(kind_words(kind).0)
        .row_height(TALL_ROW)
        .sort(state.lists.sort.map(|(column, ascending)| (column + first, ascending)))
        .header_mark(Mark::of_count(marked, all))
        .scroll_to_row(state.lists.scroll_to);
    let response = table.show(
        ui,
        items.len(),
        |row| cursor == Some(row),
        |row, column, cell| {
            let Some(item) = items.get(row).copied() else { return };
            match column.checked_sub(first) {
                None => {
                    cell.checkbox(is_marked(item), &mark_name(context, prepared, kind, item));
                }
                Some(0) => who_ui(cell, context, prepared, item),
                Some(1) => change_cell_ui(cell, context, prepared, item, kind),
                Some(2) => {
                    let warned = state.lists.is_warned(row_of(prepared, item).unwrap_or(0));
                    why_ui(cell, prepared, item, warned, is_marked(item));
                }
                Some(_) => {
                    if let Some(row) = row_of(prepared, item) {
                        cell.text_secondary(&row_number(prepared, row));
                    }
                }
            }
        },
    );
    state.lists.scroll_to = None;
    if let Some(column) = response.sort_clicked {
        state.lists.sort_by(column - first, prepared);
    }
    if let Some((row, _)) = response.clicked_row {
        state.lists.cursor = Some(row);
    }
    if let Some((row, modifiers)) = response.toggled_mark {
        marks::toggle(state, Some(row), modifiers.shift, actions);
    }
    if response.toggled_all {
        marks::toggle_all(state, actions);
    }
}

fn change_title(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Added => "Станет",
        RowKind::Updated | RowKind::Moved | RowKind::Renamed => "Было → станет",
        RowKind::Absent => "Где был",
        RowKind::Waiting => "Похожи",
        _ => "Где",
    }
}

fn who_ui(cell: &mut Cell<'_>, context: &ScreenContext<'_>, prepared: &PreparedRoster, item: Item) {
    match item {
        Item::Planned(index) => {
            let Some(row) = prepared.plan.rows.get(index) else { return };
            let name = row.name.full();
            let place = place_words(row);
            cell.two_lines(&[Run::body(&name).medium()], &[Run::caption(&place)]);
        }
        Item::Absent(index) => {
            let Some(absent) = prepared.plan.absent.get(index) else { return };
            let person = context.snapshot.people.get(absent.person);
            let name = person.map_or("", |person| person.full_name.as_str());
            let roles = person.map_or("", |person| person.role_words.as_str());
            cell.two_lines(&[Run::body(name).medium()], &[Run::caption(roles)]);
        }
        _ => {
            cell.text_secondary("строка не прочитана");
        }
    }
}

/// «ученик, 7Б».
pub(super) fn place_words(row: &PlanRow) -> String {
    let role = row.role.map_or("", role_name);
    match (role, row.group.as_str()) {
        ("", group) => group.to_owned(),
        (role, "") => role.to_owned(),
        (role, group) => format!("{role}, {group}"),
    }
}

fn change_cell_ui(
    cell: &mut Cell<'_>,
    context: &ScreenContext<'_>,
    prepared: &PreparedRoster,
    item: Item,
    kind: RowKind,
) {
    let row = match item {
        Item::Planned(index) => prepared.plan.rows.get(index),
        Item::Absent(index) => {
            if let Some(absent) = prepared.plan.absent.get(index) {
                cell.text(&absent.group_label);
            }
            return;
        }
        _ => return,
    };
    let Some(row) = row else { return };
    match (kind, main_change(row)) {
        (RowKind::Added, _) if row.kind == PlanKind::Added => {
            let place = place_words(row);
            change_ui(cell.ui(), Tone::Good, "+", &place);
        }
        (RowKind::Renamed, _) => {
            let person = row.candidates.first().copied().or(row.person);
            let known = person.and_then(|person| context.register().person(person));
            let before = known.map(|known| known.name.surname.clone()).unwrap_or_default();
            before_after_ui(cell.ui(), &before, &row.name.surname, 0);
        }
        (RowKind::Waiting, _) => {
            let count = row.candidates.len() as u64;
            cell.text(&counted(count, "человек в программе", "человека в программе", "человек в программе"));
        }
        (RowKind::Updated | RowKind::Moved, Some(change)) => {
            let more = row.changes.len() - 1;
            before_after_ui(cell.ui(), &before_words(change), &after_words(change), more);
        }
        _ => {
            cell.text_secondary(&place_words(row));
        }
    }
}

/// The change that matters most: of a move the group, else the first.
fn main_change(row: &PlanRow) -> Option<&FieldChange> {
    let group = row.changes.iter().find(|change| change.code == "group" && row.kind == PlanKind::Moved);
    group.or(row.changes.first())
}

fn before_after_ui(ui: &mut Ui, before: &str, after: &str, more: usize) {
    let room = vec2(118.0, 32.0);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(room.x);
        change_ui(ui, Tone::Danger, "−", before);
    });
    label::icon_ui(ui, icons::ARROW_RIGHT, 14.0, Ink::Secondary);
    ui.add_space(2.0);
    let rest = if more > 0 { format!("и ещё {more}") } else { String::new() };
    let most = ui.available_width() - if more > 0 { 62.0 } else { 0.0 };
    ui.scope(|ui| {
        ui.set_max_width(most);
        change_ui(ui, Tone::Good, "+", after);
    });
    if more > 0 {
        label::line_ui(ui, &[Run::caption(&rest)]);
    }
}

fn why_ui(cell: &mut Cell<'_>, prepared: &PreparedRoster, item: Item, warned: bool, marked: bool) {
    match item {
        Item::Planned(index) => {
            let Some(row) = prepared.plan.rows.get(index) else { return };
            if warned {
                label::icon_ui(cell.ui(), icons::WARNING, 16.0, Ink::Tone(Tone::Attention));
            }
            cell.runs(&[Run::body(&row.why)]);
        }
        Item::Unread(index) => {
            let Some(issue) = prepared.plan.issues.get(index) else { return };
            cell.icon_text(Tone::Danger, icons::WARNING_CIRCLE, issue_title(issue.code));
        }
        Item::Absent(index) if marked => {
            let departs = prepared.plan.absent.get(index).is_some_and(|absent| absent.departs);
            if departs {
                cell.icon_text(Tone::Danger, icons::USER_MINUS, "выбывает");
            } else {
                cell.text_secondary("останется: есть и другая роль");
            }
        }
        _ => {
            cell.text_secondary("в файле нет, останется в программе");
        }
    }
}

/// The rows of the open list for a spreadsheet.
pub(super) fn copy_rows(
    context: &ScreenContext<'_>,
    prepared: &PreparedRoster,
    lists: &super::lists::Lists,
) -> Action {
    let rows = lists.shown().iter().map(|item| excel_row(context, prepared, *item));
    let text = excel_text(&["Строка", "Человек", "Роль и группа", "Было", "Станет", "Почему"], rows);
    Action::CopyText { text, what: format!("Строки скопированы: {}", lists.shown().len()) }
}

fn excel_row(context: &ScreenContext<'_>, prepared: &PreparedRoster, item: Item) -> [String; 6] {
    let number = row_of(prepared, item).map(|row| row_number(prepared, row)).unwrap_or_default();
    match item {
        Item::Planned(index) => {
            let row = &prepared.plan.rows[index];
            let joined = |words: fn(&FieldChange) -> String| {
                let all: Vec<String> =
                    row.changes.iter().map(|change| format!("{}: {}", change.field, words(change))).collect();
                all.join("; ")
            };
            let (before, after) = (joined(before_words), joined(after_words));
            [number, row.name.full(), place_words(row), before, after, row.why.clone()]
        }
        Item::Absent(index) => {
            let absent = &prepared.plan.absent[index];
            let name = context.snapshot.people.get(absent.person).map(|person| person.full_name.clone());
            let label = absent.group_label.clone();
            [number, name.unwrap_or_default(), label, String::new(), String::new(), "нет в файле".into()]
        }
        Item::Unread(index) => {
            let issue = &prepared.plan.issues[index];
            let empty = String::new;
            [number, empty(), empty(), empty(), empty(), issue.message.clone()]
        }
        _ => super::special_table::excel_row(prepared, item),
    }
}
