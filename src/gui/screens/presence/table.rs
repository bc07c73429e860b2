//! The table of groups: a tick for everybody, a number, or «пока не знаю».

use egui::{Id, Key, Ui};

use super::PresenceState;
use super::answers::{Answer, Line};
use crate::gui::theme::Tone;
use crate::gui::widgets::button::small_link_button_ui;
use crate::gui::widgets::checkbox::{Mark, mark_row_ui};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::table::{Column, DataTable, TALL_ROW, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::{Action, ScreenContext, icons};
use crate::names::Role;
use crate::wording::days_ago;

const TABLE: &str = "presence";

/// What the keyboard asks of the table.
pub(super) fn keys(ui: &Ui, state: &mut PresenceState, actions: &mut Vec<Action>) {
    for key in table_keys(ui, TABLE) {
        match key {
            TableKey::Escape => actions.push(Action::LeaveOverlay),
            TableKey::Mark => {
                if let Some(line) = state.cursor {
                    toggle(state, line, 0, false);
                }
            }
            TableKey::MarkAll => {
                let all = state.lines.iter().all(|line| line.answers[0].all || line.answers[0].expected == 0);
                state.lines.iter_mut().for_each(|line| line.answers[0].set_all(!all));
            }
            TableKey::Open => {
                if let Some(line) = state.cursor.and_then(|cursor| state.lines.get(cursor)) {
                    let id = field_id(line, 0);
                    ui.memory_mut(|memory| memory.request_focus(id));
                }
            }
            key => {
                if let Some(target) = key.target(state.cursor, state.lines.len(), 8) {
                    if key.extends() {
                        toggle_to(state, target);
                    }
                    state.cursor = Some(target);
                    state.scroll_to = Some(target);
                }
            }
        }
    }
}

fn toggle_to(state: &mut PresenceState, target: usize) {
    let all = state.cursor.and_then(|cursor| state.lines.get(cursor)).is_none_or(|line| line.answers[0].all);
    if let Some(line) = state.lines.get_mut(target) {
        line.answers[0].set_all(all);
    }
}

/// Ticks a line; with `range` everything from the last tick to it.
fn toggle(state: &mut PresenceState, line: usize, column: usize, range: bool) {
    let Some(all) = state.lines.get(line).and_then(|line| line.answers.get(column)).map(|answer| !answer.all)
    else {
        return;
    };
    let anchor = state.anchor.filter(|(_, anchored)| range && *anchored == column).map(|(line, _)| line);
    let from = anchor.unwrap_or(line);
    let all = if anchor.is_some() { true } else { all };
    for place in from.min(line)..=from.max(line) {
        if let Some(answer) = state.lines.get_mut(place).and_then(|line| line.answers.get_mut(column)) {
            answer.set_all(all);
        }
    }
    state.anchor = Some((line, column));
    state.cursor = Some(line);
}

/// The id of a number field, so that Enter can go to the one below.
fn field_id(line: &Line, column: usize) -> Id {
    Id::unique(("presence field", line.group.0, column))
}

/// Draws the table.
pub(super) fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PresenceState) {
    let columns = [
        Column::left("Класс или группа", Width::Exact(236.0)).unsortable(),
        Column::left("Ученики внутри", Width::Exact(338.0)).unsortable(),
        Column::left("Дети, у которых внутри взрослый", Width::Exact(338.0)).unsortable(),
        Column::right("Сверено", Width::Remainder(140.0)).unsortable(),
    ];
    let scroll_to = state.scroll_to.take();
    let cursor = state.cursor;
    let ids: Vec<[Id; 2]> = state.lines.iter().map(|line| [field_id(line, 0), field_id(line, 1)]).collect();
    let mut toggled = None;
    let mut go_to = None;
    let count = state.lines.len();
    let lines = &mut state.lines;
    let response = DataTable::new(TABLE, &columns)
        .accessible_name("Кто внутри, по группам")
        .row_height(TALL_ROW)
        .scroll_to_row(scroll_to)
        .show(
            ui,
            count,
            |row| cursor == Some(row),
            |row, column, cell| {
                let Some(line) = lines.get_mut(row) else { return };
                match column {
                    0 => cell.two_lines(&[Run::body(&line.label).medium()], &[Run::caption(&line.note)]),
                    1 | 2 => {
                        let label = line.label.clone();
                        let Some(answer) = line.answers.get_mut(column - 1) else {
                            cell.nothing();
                            return;
                        };
                        let outcome = answer_ui(cell, &label, answer, ids[row][column - 1]);
                        if let Some(range) = outcome.toggled {
                            toggled = Some((row, column - 1, range));
                        }
                        if outcome.down {
                            go_to = Some((row + 1, column - 1));
                        } else if outcome.up {
                            go_to = row.checked_sub(1).map(|above| (above, column - 1));
                        }
                    }
                    _ => match line.last_seen {
                        Some(day) => {
                            let days = (context.today - day).get_days();
                            cell.text_secondary(&days_ago(i64::from(days)));
                        }
                        None => {
                            cell.text_secondary("нет сведений");
                        }
                    },
                }
            },
        );
    if let Some((row, column, range)) = toggled {
        toggle(state, row, column, range);
    }
    if let Some((row, _)) = response.clicked_row {
        state.cursor = Some(row);
    }
    if let Some((row, column)) = go_to.filter(|(row, _)| *row < count) {
        // A staff row has one column only.
        let column = column.min(state.lines[row].answers.len() - 1);
        ui.memory_mut(|memory| memory.request_focus(ids[row][column]));
        state.cursor = Some(row);
        state.scroll_to = Some(row);
    }
}

#[derive(Default)]
struct Outcome {
    /// The tick was pressed; whether Shift was held.
    toggled: Option<bool>,
    down: bool,
    up: bool,
}

fn answer_ui(cell: &mut Cell<'_>, label: &str, answer: &mut Answer, id: Id) -> Outcome {
    let mut outcome = Outcome::default();
    let whom = match answer.role {
        Role::Teacher => "учителя",
        Role::Parent => "со взрослым",
        _ => "ученики",
    };
    if answer.expected == 0 {
        cell.nothing();
        return outcome;
    }
    let ui = cell.ui();
    ui.spacing_mut().item_spacing.x = 8.0;
    let tick = mark_row_ui(ui, Mark::from(answer.all), "все");
    let name = format!("{label}, {whom}: внутри все");
    tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, ui.is_enabled(), answer.all, &name));
    if tick.clicked() {
        outcome.toggled = Some(ui.input(|input| input.modifiers.shift));
    }
    ui.add_space(6.0);
    let name = format!("{label}, {whom}: сколько внутри");
    let field = TextField::bare(&name, &mut answer.text).id(id).width(58.0).in_bar().show(ui);
    if field.changed() && !answer.text.trim().is_empty() {
        answer.all = false;
    }
    let (has_focus, lost_focus) = (field.has_focus(), field.lost_focus());
    if has_focus || lost_focus {
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        outcome.down = (lost_focus && pressed(Key::Enter)) || pressed(Key::ArrowDown);
        outcome.up = pressed(Key::ArrowUp);
    }
    label::line_ui(ui, &[Run::caption(&format!("из {}", answer.expected))]);
    state_words_ui(ui, label, whom, answer);
    outcome
}

fn state_words_ui(ui: &mut Ui, label: &str, whom: &str, answer: &mut Answer) {
    if answer.is_wrong() {
        label::icon_ui(ui, icons::WARNING_CIRCLE, 16.0, crate::gui::theme::Ink::Tone(Tone::Danger));
        label::line_ui(ui, &[Run::caption("не число").tone(Tone::Danger)]);
    } else if answer.joined().is_some_and(|joined| joined > answer.expected) {
        label::icon_ui(ui, icons::WARNING, 16.0, crate::gui::theme::Ink::Tone(Tone::Attention));
        label::line_ui(ui, &[Run::caption("больше списка").tone(Tone::Attention)]);
    } else if answer.is_given() {
        let name = format!("{label}, {whom}: пока не знаю");
        if small_link_button_ui(ui, "не знаю", &name).clicked() {
            answer.forget();
        }
    } else {
        label::line_ui(ui, &[Run::caption("пока не знаю")]);
    }
}
