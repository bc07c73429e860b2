//! Lists of the third step that are not rows of people: values set by hand, parents, adults who look like one,
//! class teachers.

use egui::Ui;

use super::lists::{Item, RowKind, mark_of, planned_row, row_number, row_of};
use super::marks::{self, mark_name};
use super::review_table::{place_words, table_name};
use super::state::ImportState;
use super::words::{assignment_words, conflict_field_name, kind_words, rows_words};
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::badge::change_ui;
use crate::gui::widgets::checkbox::{Mark, checkbox_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::table::{Column, DataTable, TALL_ROW, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::{Action, ScreenContext, icons};
use crate::roster::{AdultProposal, ConflictField, PlannedAdult, PlannedAssignment};
use crate::session::PreparedRoster;

/// Draws the open list.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) {
    let Some(prepared) = state.prepared.as_deref() else { return };
    let (kind, items, cursor) = (state.lists.kind, state.lists.shown(), state.lists.cursor);
    let can_mark = marks::can_mark(state);
    let columns = columns(kind, can_mark, context.narrow);
    let first = usize::from(can_mark);
    let (marked, all) = if can_mark { marks::marked_of(state, prepared) } else { (0, 0) };
    let mut refuse = None;
    let table = DataTable::new(table_name(kind), &columns)
        .accessible_name(kind_words(kind).0)
        .row_height(TALL_ROW)
        .header_mark(Mark::of_count(marked, all))
        .scroll_to_row(state.lists.scroll_to);
    let response = table.show(
        ui,
        items.len(),
        |row| cursor == Some(row),
        |row, column, cell| {
            let Some(item) = items.get(row).copied() else { return };
            let Some(column) = column.checked_sub(first) else {
                if let Some(key) = mark_of(prepared, kind, item) {
                    cell.checkbox(state.answers.is_marked(&key), &mark_name(context, prepared, kind, item));
                }
                return;
            };
            if column + 1 + first == columns.len() {
                let row = row_of(prepared, item).unwrap_or(0);
                cell.text_secondary(&row_number(prepared, row));
                return;
            }
            match item {
                Item::Conflict(index) => {
                    refuse = conflict_ui(cell, state, prepared, index, column).or(refuse);
                }
                Item::Adult(index) => {
                    if let Some(adult) = prepared.plan.adults.get(index) {
                        adult_ui(cell, prepared, adult, column);
                    }
                }
                Item::Proposal(index) => {
                    if let Some(proposal) = prepared.plan.adult_proposals.get(index) {
                        proposal_ui(cell, context, prepared, proposal, column);
                    }
                }
                Item::Assignment(index) => {
                    if let Some(assignment) = prepared.plan.assignments.get(index) {
                        assignment_ui(cell, assignment, column);
                    }
                }
                Item::Planned(_) | Item::Absent(_) | Item::Unread(_) => {}
            }
        },
    );
    state.lists.scroll_to = None;
    if let Some((row, _)) = response.clicked_row {
        state.lists.cursor = Some(row);
    }
    if let Some((row, field, refused)) = refuse {
        state.answers.refuse(row, field, refused);
        actions.push(Action::PlanRoster);
    }
    if let Some((row, modifiers)) = response.toggled_mark {
        marks::toggle(state, Some(row), modifiers.shift, actions);
    }
    if response.toggled_all {
        marks::toggle_all(state, actions);
    }
}

fn columns(kind: RowKind, can_mark: bool, narrow: bool) -> Vec<Column<'static>> {
    let wide = |normal: f32| if narrow { normal * 0.8 } else { normal };
    let middle = match kind {
        RowKind::Conflicts => [
            Column::left("Человек", Width::Exact(wide(236.0))),
            Column::left("Вручную", Width::Exact(wide(206.0))),
            Column::left("В файле", Width::Exact(wide(206.0))),
            Column::left("", Width::Remainder(200.0)),
        ],
        RowKind::Adults => [
            Column::left("Взрослый", Width::Exact(wide(280.0))),
            Column::left("Дети в файле", Width::Exact(wide(276.0))),
            Column::left("Что будет", Width::Exact(wide(150.0))),
            Column::left("Почему", Width::Remainder(160.0)),
        ],
        RowKind::Joins => [
            Column::left("Взрослый", Width::Exact(wide(256.0))),
            Column::left("Где встречается", Width::Exact(wide(200.0))),
            Column::left("Станет", Width::Exact(wide(210.0))),
            Column::left("Почему", Width::Remainder(160.0)),
        ],
        _ => [
            Column::left("Класс", Width::Exact(wide(110.0))),
            Column::left("В файле", Width::Exact(wide(250.0))),
            Column::left("Сейчас", Width::Exact(wide(250.0))),
            Column::left("Что будет", Width::Remainder(180.0)),
        ],
    };
    let mut columns: Vec<Column<'static>> = middle.into_iter().map(Column::unsortable).collect();
    columns.push(Column::right("Строка", Width::Exact(84.0)).unsortable());
    if can_mark {
        columns.insert(0, Column::marks());
    }
    columns
}

/// Answers a value that is to be refused for good, or to be asked about again.
fn conflict_ui(
    cell: &mut Cell<'_>,
    state: &ImportState,
    prepared: &PreparedRoster,
    index: usize,
    column: usize,
) -> Option<(u32, ConflictField, bool)> {
    let conflict = prepared.plan.conflicts.get(index)?;
    let taken = state.answers.is_marked(&super::answers::MarkKey::Conflict(conflict.row, conflict.field));
    match column {
        0 => {
            let name = planned_row(prepared, conflict.row).map(|row| row.name.full()).unwrap_or_default();
            let field = conflict_field_name(conflict.field);
            cell.two_lines(&[Run::body(&name).medium()], &[Run::caption(field)]);
        }
        1 => {
            let (tone, sign) = if taken { (Tone::Danger, "−") } else { (Tone::Neutral, "=") };
            change_ui(cell.ui(), tone, sign, &shown_value(&conflict.by_hand));
        }
        2 if taken => {
            change_ui(cell.ui(), Tone::Good, "+", &shown_value(&conflict.in_file));
        }
        2 => {
            cell.text(&shown_value(&conflict.in_file));
        }
        3 if state.done.is_none() => {
            let mut refused = state.answers.is_refused(conflict.row, conflict.field);
            let row = conflict.row;
            let changed = checkbox_ui(cell.ui(), &mut refused, "больше не спрашивать").clicked();
            return changed.then_some((row, conflict.field, refused));
        }
        _ => {}
    }
    None
}

fn shown_value(value: &str) -> String {
    match value.strip_prefix("+7") {
        Some(rest) => format!("8{rest}"),
        None if value.is_empty() => "пусто".to_owned(),
        None => value.to_owned(),
    }
}

fn adult_ui(cell: &mut Cell<'_>, prepared: &PreparedRoster, adult: &PlannedAdult, column: usize) {
    match column {
        0 => {
            let basis = if adult.basis.is_empty() { "родитель" } else { adult.basis.as_str() };
            cell.two_lines(&[Run::body(&adult.name.full()).medium()], &[Run::caption(basis)]);
        }
        1 => {
            let child = |row: u32| planned_row(prepared, row);
            let first = child(adult.row).map(|row| row.name.full()).unwrap_or_default();
            let place = child(adult.row).map(place_words).unwrap_or_default();
            let second = match adult.more_rows.len() {
                0 => place,
                more => format!("{place} и ещё {more}"),
            };
            cell.two_lines(&[Run::body(&first)], &[Run::caption(&second)]);
        }
        2 if adult.person.is_none() => {
            change_ui(cell.ui(), Tone::Good, "+", "новый");
        }
        2 => {
            cell.text("есть в программе");
        }
        3 => {
            cell.text_secondary(&adult.why);
        }
        _ => {}
    }
}

fn proposal_ui(
    cell: &mut Cell<'_>,
    context: &ScreenContext<'_>,
    prepared: &PreparedRoster,
    proposal: &AdultProposal,
    column: usize,
) {
    match column {
        0 => {
            cell.text_medium(&proposal.name.full());
        }
        1 => {
            let mut places = rows_words(prepared, &proposal.rows);
            if proposal.person.is_some() {
                places.push_str(" и в программе");
            }
            cell.text(&places);
        }
        2 => {
            let known = proposal.person.and_then(|person| context.snapshot.people.get(person));
            match known {
                Some(known) => {
                    let roles = format!("в программе: {}", known.role_words);
                    cell.two_lines(&[Run::body(&known.full_name)], &[Run::caption(&roles)]);
                }
                None => {
                    cell.text("один новый человек");
                }
            }
        }
        3 => {
            label::icon_ui(cell.ui(), icons::WARNING, 16.0, Ink::Tone(Tone::Attention));
            cell.text(&proposal.why);
        }
        _ => {}
    }
}

fn assignment_ui(cell: &mut Cell<'_>, assignment: &PlannedAssignment, column: usize) {
    match column {
        0 => {
            cell.text_medium(&assignment.group);
        }
        1 => {
            cell.text(&assignment.teacher.full());
        }
        2 if assignment.instead_of.is_empty() => {
            cell.nothing();
        }
        2 => {
            cell.text(&assignment.instead_of);
        }
        3 => {
            let (word, icon, tone) = assignment_words(assignment.state);
            cell.icon_text(tone, icon, word);
        }
        _ => {}
    }
}

/// A row of such a list for a spreadsheet; the columns are those of the lists of people.
pub(super) fn excel_row(prepared: &PreparedRoster, item: Item) -> [String; 6] {
    let plan = &prepared.plan;
    let number = row_of(prepared, item).map(|row| row_number(prepared, row)).unwrap_or_default();
    let empty =
        || [number.clone(), String::new(), String::new(), String::new(), String::new(), String::new()];
    match item {
        Item::Conflict(index) => plan.conflicts.get(index).map_or_else(empty, |conflict| {
            let planned = planned_row(prepared, conflict.row);
            let field = conflict_field_name(conflict.field).to_owned();
            [
                number.clone(),
                planned.map(|row| row.name.full()).unwrap_or_default(),
                planned.map(place_words).unwrap_or_default(),
                conflict.by_hand.clone(),
                conflict.in_file.clone(),
                field,
            ]
        }),
        Item::Adult(index) => plan.adults.get(index).map_or_else(empty, |adult| {
            let children = [&[adult.row][..], &adult.more_rows].concat();
            let (name, why) = (adult.name.full(), adult.why.clone());
            [number.clone(), name, adult.basis.clone(), String::new(), rows_words(prepared, &children), why]
        }),
        Item::Proposal(index) => plan.adult_proposals.get(index).map_or_else(empty, |proposal| {
            let (name, why) = (proposal.name.full(), proposal.why.clone());
            [number.clone(), name, String::new(), String::new(), rows_words(prepared, &proposal.rows), why]
        }),
        Item::Assignment(index) => plan.assignments.get(index).map_or_else(empty, |assignment| {
            let word = assignment_words(assignment.state).0.to_owned();
            let group = assignment.group.clone();
            [
                number.clone(),
                assignment.teacher.full(),
                group,
                assignment.instead_of.clone(),
                String::new(),
                word,
            ]
        }),
        Item::Planned(_) | Item::Absent(_) | Item::Unread(_) => empty(),
    }
}
