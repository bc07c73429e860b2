//! The table of the third step: who, before → after, why, and the row of the file.

use egui::{Align, Layout, Ui, vec2};

use super::lists::{Item, RowKind, row_of};
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

const TABLE: &str = "import-review";

/// How high a table of so many rows is with its header.
pub(super) fn height(rows: usize, _kind: RowKind) -> f32 {
    35.0 + TALL_ROW * rows as f32
}

/// What the keyboard asks of the table.
pub(super) fn keys(ui: &Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    for key in table_keys(ui, TABLE) {
        let count = state.lists.shown().len();
        match key {
            TableKey::Escape => state.escape = true,
            TableKey::Mark => toggle(state, state.lists.cursor, false, actions),
            TableKey::MarkAll => toggle_all(state, actions),
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
    let marks = state.lists.kind.has_marks();
    let kind = state.lists.kind;
    let mut columns = vec![
        Column::left("Человек", Width::Exact(256.0)),
        Column::left(change_title(kind), Width::Exact(308.0)).unsortable(),
        Column::left("Почему", Width::Remainder(180.0)).unsortable(),
        Column::right("Строка", Width::Exact(92.0)),
    ];
    if marks {
        columns.insert(0, Column::marks());
    }
    let first = usize::from(marks);
    let items = state.lists.shown();
    let left_out = &state.left_out;
    let is_marked = |item: Item| !row_of(prepared, item).is_some_and(|row| left_out.contains_key(&row));
    let marked =
        if left_out.is_empty() { items.len() } else { items.iter().filter(|item| is_marked(**item)).count() };
    let cursor = state.lists.cursor;
    let table = DataTable::new(TABLE, &columns)
        .accessible_name(kind_words(kind).0)
        .row_height(TALL_ROW)
        .sort(state.lists.sort.map(|(column, ascending)| (column + first, ascending)))
        .header_mark(Mark::of_count(marked, items.len()))
        .scroll_to_row(state.lists.scroll_to);
    let response = table.show(
        ui,
        items.len(),
        |row| cursor == Some(row),
        |row, column, cell| {
            let Some(item) = items.get(row).copied() else { return };
            match column.checked_sub(first) {
                None => {
                    let name = format!("Взять строку {}", row_of(prepared, item).unwrap_or(0));
                    cell.checkbox(is_marked(item), &name);
                }
                Some(0) => who_ui(cell, context, prepared, item),
                Some(1) => change_cell_ui(cell, prepared, item, kind),
                Some(2) => {
                    why_ui(cell, prepared, item, state.lists.is_warned(row_of(prepared, item).unwrap_or(0)))
                }
                Some(_) => {
                    if let Some(row) = row_of(prepared, item) {
                        cell.text_secondary(&row.to_string());
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
        toggle(state, Some(row), modifiers.shift, actions);
    }
    if response.toggled_all {
        toggle_all(state, actions);
    }
}

fn change_title(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Added => "Станет",
        RowKind::Updated | RowKind::Moved => "Было → станет",
        RowKind::Absent => "Где был",
        RowKind::Waiting => "Похожи",
        RowKind::Unchanged | RowKind::Skipped => "Где",
    }
}

fn toggle(state: &mut ImportState, place: Option<usize>, range: bool, actions: &mut Vec<Action>) {
    let (Some(prepared), Some(place)) = (state.prepared.as_deref(), place) else { return };
    if !state.lists.kind.has_marks() {
        return;
    }
    let Some(row) = state.lists.shown().get(place).and_then(|item| row_of(prepared, *item)) else { return };
    let from = state.lists.anchor.filter(|_| range).unwrap_or(place);
    let (first, last) = (from.min(place), from.max(place));
    let items = state.lists.shown().get(first..=last).unwrap_or_default();
    let rows: Vec<u32> = items.iter().filter_map(|item| row_of(prepared, *item)).collect();
    let leave_out = !state.left_out.contains_key(&row);
    state.lists.anchor = Some(place);
    state.lists.cursor = Some(place);
    state.set_left_out(&rows, state.lists.kind, leave_out);
    actions.push(Action::PlanRoster);
}

fn toggle_all(state: &mut ImportState, actions: &mut Vec<Action>) {
    let Some(prepared) = state.prepared.as_deref().filter(|_| state.lists.kind.has_marks()) else { return };
    let rows: Vec<u32> = state.lists.shown().iter().filter_map(|item| row_of(prepared, *item)).collect();
    let any_out = rows.iter().any(|row| state.left_out.contains_key(row));
    state.set_left_out(&rows, state.lists.kind, !any_out);
    actions.push(Action::PlanRoster);
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
        Item::Unread(_) => {
            cell.text_secondary("строка не прочитана");
        }
    }
}

/// «ученик, 7Б».
fn place_words(row: &PlanRow) -> String {
    let role = row.role.map_or("", role_name);
    match (role, row.group.as_str()) {
        ("", group) => group.to_owned(),
        (role, "") => role.to_owned(),
        (role, group) => format!("{role}, {group}"),
    }
}

fn change_cell_ui(cell: &mut Cell<'_>, prepared: &PreparedRoster, item: Item, kind: RowKind) {
    let row = match item {
        Item::Planned(index) => prepared.plan.rows.get(index),
        Item::Absent(index) => {
            if let Some(absent) = prepared.plan.absent.get(index) {
                cell.text(&absent.group_label);
            }
            return;
        }
        Item::Unread(_) => return,
    };
    let Some(row) = row else { return };
    match (kind, main_change(row)) {
        (RowKind::Added, _) if row.kind == PlanKind::Added => {
            let place = place_words(row);
            change_ui(cell.ui(), Tone::Good, "+", &place);
        }
        (RowKind::Waiting, _) => {
            let count = row.candidates.len() as u64;
            cell.text(&counted(count, "человек в программе", "человека в программе", "человек в программе"));
        }
        (RowKind::Updated | RowKind::Moved, Some(change)) => {
            before_after_ui(cell.ui(), change, row.changes.len() - 1);
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

fn before_after_ui(ui: &mut Ui, change: &FieldChange, more: usize) {
    let before = vec2(118.0, 32.0);
    ui.allocate_ui_with_layout(before, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(before.x);
        change_ui(ui, Tone::Danger, "−", &before_words(change));
    });
    label::icon_ui(ui, icons::ARROW_RIGHT, 14.0, Ink::Secondary);
    ui.add_space(2.0);
    let rest = if more > 0 { format!("и ещё {more}") } else { String::new() };
    let most = ui.available_width() - if more > 0 { 62.0 } else { 0.0 };
    ui.scope(|ui| {
        ui.set_max_width(most);
        change_ui(ui, Tone::Good, "+", &after_words(change));
    });
    if more > 0 {
        label::line_ui(ui, &[Run::caption(&rest)]);
    }
}

fn why_ui(cell: &mut Cell<'_>, prepared: &PreparedRoster, item: Item, warned: bool) {
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
        Item::Absent(_) => {
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
    let number = row_of(prepared, item).map(|row| row.to_string()).unwrap_or_default();
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
    }
}
