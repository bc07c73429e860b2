//! The table: a name is typed into its row, completed by Enter or a press, and the focus goes to the row below.

use std::sync::Arc;

use egui::{Id, Key, Ui};

use super::ClassTeachersState;
use super::lines::Line;
use super::typed::outcome;
use crate::gui::theme::Tone;
use crate::gui::widgets::button::small_link_button_ui;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::table::{Column, DataTable, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::{Action, ScreenContext, icons};
use crate::register::{GroupId, PersonId, Register};
use crate::regulation::{PlannedAppointment, PlannedState, StaffNames, TeacherMatch};

const TABLE: &str = "class-teachers";
/// How many completions a row offers.
const MOST_OFFERED: usize = 2;

/// What the keyboard asks of the table.
pub(super) fn keys(ui: &Ui, state: &mut ClassTeachersState, actions: &mut Vec<Action>) {
    for key in table_keys(ui, TABLE) {
        let at = state.cursor.and_then(|cursor| state.shown.iter().position(|place| *place == cursor));
        if let Some(target) = key.target(at, state.shown.len(), 12) {
            state.cursor = state.shown.get(target).copied();
            state.scroll_to = Some(target);
            if state.card_open {
                state.selected =
                    state.cursor.and_then(|cursor| state.lines.get(cursor)).map(|line| line.group);
            }
            continue;
        }
        let line = state.cursor.and_then(|cursor| state.lines.get(cursor));
        match (key, line) {
            (TableKey::Open, Some(line)) => {
                let id = field_id(line.group);
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            (TableKey::Menu | TableKey::Mark, Some(line)) => {
                state.selected = Some(line.group);
                state.card_open = true;
            }
            (TableKey::Escape, _) if state.card_open => state.card_open = false,
            (TableKey::Escape, _) => actions.push(Action::LeaveOverlay),
            _ => {}
        }
    }
}

fn field_id(group: GroupId) -> Id {
    Id::unique(("class teacher field", group.0))
}

/// What was done in a row.
#[derive(Default)]
struct Done {
    typed: bool,
    /// Taken from the completions.
    took: Option<PersonId>,
    /// Where Enter and the arrows go.
    step: Option<i64>,
}

/// Draws the table.
pub(super) fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ClassTeachersState) {
    let beside_card = state.card_open && state.selected.is_some();
    let cramped = beside_card || context.narrow;
    let (group, leader) = super::column_words(context.register().organization().kind);
    let mut columns = vec![
        Column::left(group, Width::Exact(if cramped { 84.0 } else { 104.0 })).unsortable(),
        Column::left(leader, Width::Exact(if cramped { 460.0 } else { 476.0 })).unsortable(),
    ];
    if !beside_card {
        columns.push(Column::left("Приказ", Width::Exact(if cramped { 170.0 } else { 246.0 })).unsortable());
    }
    columns.push(Column::left("Что решить", Width::Remainder(120.0)).unsortable());
    let last = columns.len() - 1;
    let scroll_to = state.scroll_to.take();
    let (cursor, shown) = (state.cursor, state.shown.clone());
    let staff = state.staff.clone();
    let (lines, plan) = (&mut state.lines, &state.plan);
    let register = context.register();
    let mut done: Option<(usize, Done)> = None;
    let response = DataTable::new(TABLE, &columns)
        .accessible_name("Классные руководители")
        .row_height(36.0)
        .scroll_to_row(scroll_to)
        .show(
            ui,
            shown.len(),
            |row| cursor.is_some() && shown.get(row).copied() == cursor,
            |row, column, cell| {
                let Some(place) = shown.get(row).copied() else { return };
                let Some(line) = lines.get_mut(place) else { return };
                match column {
                    0 => {
                        cell.text_medium(&line.label);
                    }
                    1 => {
                        let in_row = name_ui(cell, register, line, staff.as_ref(), outcome(plan, place));
                        if in_row.typed || in_row.took.is_some() || in_row.step.is_some() {
                            done = Some((row, in_row));
                        }
                    }
                    column if column == last => settle_ui(cell, line),
                    _ if line.order.is_empty() => {
                        cell.nothing();
                    }
                    _ => {
                        cell.text_with_tooltip(Run::body(&line.order).secondary(), &line.days);
                    }
                }
            },
        );
    if let Some((row, _)) = response.clicked_row {
        state.cursor = shown.get(row).copied();
        state.selected = state.cursor.and_then(|cursor| state.lines.get(cursor)).map(|line| line.group);
        state.card_open = true;
    }
    if let Some((row, done)) = done {
        take(ui, register, state, &shown, row, &done);
    }
}

fn take(
    ui: &Ui,
    register: &Register,
    state: &mut ClassTeachersState,
    shown: &[usize],
    row: usize,
    done: &Done,
) {
    let Some(line) = shown.get(row).and_then(|place| state.lines.get_mut(*place)) else { return };
    if let Some(person) = done.took {
        line.typed = register.person(person).map(|person| person.name.full()).unwrap_or_default();
        line.chosen = Some(person);
    } else if done.typed {
        line.chosen = None;
    }
    state.stale |= done.typed || done.took.is_some();
    let target = done.step.and_then(|step| usize::try_from(row as i64 + step).ok());
    if let Some(place) = target.and_then(|target| shown.get(target)).copied() {
        let id = field_id(state.lines[place].group);
        ui.memory_mut(|memory| memory.request_focus(id));
        state.cursor = Some(place);
        state.scroll_to = target;
        if state.card_open {
            state.selected = Some(state.lines[place].group);
        }
    }
}

/// The field with the present name as its grey words, and what the typed one comes to.
fn name_ui(
    cell: &mut Cell<'_>,
    register: &Register,
    line: &mut Line,
    staff: Option<&Arc<StaffNames>>,
    outcome: Option<&PlannedAppointment>,
) -> Done {
    let ui = cell.ui();
    ui.spacing_mut().item_spacing.x = 8.0;
    let hint = if line.names.is_empty() { "впишите фамилию" } else { line.names.as_str() };
    let accessible = format!("{}: кто ведёт", line.label);
    let field = TextField::bare(&accessible, &mut line.typed)
        .id(field_id(line.group))
        .hint(hint)
        .width(258.0)
        .in_bar()
        .show(ui);
    let mut done = Done { typed: field.changed(), ..Done::default() };
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let entered = field.lost_focus() && pressed(Key::Enter);
    if entered || (field.has_focus() && pressed(Key::ArrowDown)) {
        done.step = Some(1);
    } else if field.has_focus() && pressed(Key::ArrowUp) {
        done.step = Some(-1);
    }
    if line.typed.trim().is_empty() {
        return done;
    }
    let Some(outcome) = outcome else { return done };
    if outcome.chosen.is_some() {
        state_ui(ui, register, outcome);
        return done;
    }
    let mut offered: Vec<PersonId> = match &outcome.teacher {
        TeacherMatch::Ask(people) => people.clone(),
        _ => Vec::new(),
    };
    if let Some(staff) = staff
        && offered.is_empty()
    {
        offered = staff.complete(&line.typed, MOST_OFFERED);
    }
    if entered && !done.typed {
        done.took = offered.first().copied();
    }
    if offered.is_empty() {
        let run = Run::caption("нет в списке").tone(Tone::Attention);
        label::icon_line_ui(ui, icons::WARNING, Tone::Attention, &[run]);
    }
    for person in offered.into_iter().take(MOST_OFFERED) {
        let Some(name) = register.person(person).map(|person| &person.name) else { continue };
        let (short, accessible) = (name.short(), format!("{}: {}", line.label, name.full()));
        if small_link_button_ui(ui, &short, &accessible).clicked() {
            done.took = Some(person);
            done.step = Some(1);
        }
    }
    done
}

/// «вместо: Носова Е. А.», «уже так», «назначается».
fn state_ui(ui: &mut Ui, register: &Register, outcome: &PlannedAppointment) {
    let words = super::pasted_rows::outcome_words(register, outcome);
    let (tone, icon) = match outcome.state {
        PlannedState::New | PlannedState::Beside | PlannedState::Temporary | PlannedState::Updates => {
            (Tone::Good, icons::CHECK)
        }
        PlannedState::Replaces => (Tone::Attention, icons::SWAP),
        PlannedState::Known | PlannedState::Repeats => (Tone::Neutral, icons::EQUALS),
        _ => (Tone::Attention, icons::WARNING),
    };
    label::icon_line_ui(ui, icon, tone, &[Run::caption(&words)]);
}

fn settle_ui(cell: &mut Cell<'_>, line: &Line) {
    match &line.finding {
        Some(finding) => {
            cell.icon_text(Tone::Attention, icons::WARNING, finding);
        }
        None if line.note.is_empty() => {
            cell.nothing();
        }
        None => {
            cell.text_with_tooltip(Run::body(&line.note).secondary(), &line.note);
        }
    }
}
