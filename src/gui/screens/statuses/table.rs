//! The table of statuses: marks, states, since when, and how long somebody waits.

use egui::{Modifiers, Ui};

use super::StatusesState;
use crate::gui::theme::Tone;
use crate::gui::widgets::checkbox::Mark;
use crate::gui::widgets::label::Run;
use crate::gui::widgets::table::{Column, DataTable, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::register::Verification;
use crate::regulation::{StatusRow, status_waiting_days, verification_words};
use crate::wording::{age_days, date_short, role_name};

const TABLE: &str = "statuses";

/// What the keyboard asks of the table.
pub(super) fn keys(ui: &Ui, state: &mut StatusesState, actions: &mut Vec<Action>) {
    for key in table_keys(ui, TABLE) {
        if let Some(target) = key.target(state.cursor, state.shown.len(), 14) {
            if key.extends() {
                state.anchor = state.anchor.or(state.cursor);
                mark_range(state, target);
            } else {
                state.anchor = Some(target);
            }
            (state.cursor, state.scroll_to) = (Some(target), Some(target));
            continue;
        }
        match (key, state.cursor) {
            (TableKey::Open, Some(row)) => {
                actions.extend(state.row(row).map(|row| Action::Go(Destination::Person(row.person))));
            }
            (TableKey::Mark, Some(row)) => toggle(state, row),
            (TableKey::MarkAll, _) => mark_all(state),
            (TableKey::Escape, _) if !state.marked.is_empty() => state.marked.clear(),
            (TableKey::Escape, _) => actions.push(Action::LeaveOverlay),
            _ => {}
        }
    }
}

fn mark_all(state: &mut StatusesState) {
    let whom =
        state.shown.iter().filter_map(|place| state.rows.get(*place)).map(|row| (row.person, row.role));
    state.marked = whom.collect();
}

fn toggle(state: &mut StatusesState, row: usize) {
    let Some(whom) = state.row(row).map(|row| (row.person, row.role)) else { return };
    if !state.marked.remove(&whom) {
        state.marked.insert(whom);
    }
    state.anchor = Some(row);
}

fn mark_range(state: &mut StatusesState, row: usize) {
    let from = state.anchor.unwrap_or(row);
    for place in from.min(row)..=from.max(row) {
        if let Some(whom) = state.row(place).map(|row| (row.person, row.role)) {
            state.marked.insert(whom);
        }
    }
}

/// Draws the table.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut StatusesState,
    actions: &mut Vec<Action>,
) {
    let wide = |normal: f32| if context.narrow { normal * 0.8 } else { normal };
    let columns = [
        Column::marks(),
        Column::left("ФИО", Width::Remainder(220.0)).unsortable(),
        Column::left("Роль", Width::Exact(wide(110.0))).unsortable(),
        Column::left("Должность", Width::Exact(wide(230.0))).unsortable(),
        Column::left("Статус", Width::Exact(wide(196.0))).unsortable(),
        Column::right("С какого дня", Width::Exact(wide(130.0))).unsortable(),
        Column::right("Ждёт", Width::Exact(wide(110.0))).unsortable(),
    ];
    let scroll_to = state.scroll_to.take();
    let this: &StatusesState = state;
    let response = DataTable::new(TABLE, &columns)
        .accessible_name("Статусы")
        .row_height(context.row_height())
        .scroll_to_row(scroll_to)
        .header_mark(Mark::of_count(this.marked.len(), this.shown.len()))
        .show(
            ui,
            this.shown.len(),
            |row| {
                this.cursor == Some(row)
                    || this.row(row).is_some_and(|row| this.marked.contains(&(row.person, row.role)))
            },
            |row, column, cell| {
                if let Some(row) = this.row(row) {
                    cell_ui(context, this, row, column, cell);
                }
            },
        );
    if let Some((row, modifiers)) = response.clicked_row {
        click(state, row, modifiers);
    }
    if let Some((row, modifiers)) = response.toggled_mark {
        if modifiers.shift { mark_range(state, row) } else { toggle(state, row) }
    }
    if response.toggled_all {
        if state.marked.len() >= state.shown.len() { state.marked.clear() } else { mark_all(state) }
    }
    if let Some(row) = response.double_clicked_row {
        actions.extend(state.row(row).map(|row| Action::Go(Destination::Person(row.person))));
    }
}

fn click(state: &mut StatusesState, row: usize, modifiers: Modifiers) {
    if modifiers.shift {
        mark_range(state, row);
    } else if modifiers.command {
        toggle(state, row);
    } else {
        state.anchor = Some(row);
    }
    state.cursor = Some(row);
}

fn cell_ui(
    context: &ScreenContext<'_>,
    state: &StatusesState,
    row: &StatusRow,
    column: usize,
    cell: &mut Cell<'_>,
) {
    let Some(person) = context.snapshot.people.get(row.person) else { return };
    match column {
        0 => {
            cell.checkbox(state.marked.contains(&(row.person, row.role)), &person.full_name);
        }
        1 => {
            cell.text_medium(&person.full_name);
        }
        2 => {
            cell.text_secondary(role_name(row.role));
        }
        3 if row.post.is_empty() => {
            cell.nothing();
        }
        3 => {
            cell.text_secondary(&row.post);
        }
        4 => {
            let words = verification_words(row.verification);
            match row.verification {
                Verification::Waiting => cell.icon_text(Tone::Attention, icons::HOURGLASS_MEDIUM, words),
                Verification::Verified => cell.icon_text(Tone::Good, icons::SHIELD_CHECK, words),
                Verification::Rejected => cell.icon_text(Tone::Neutral, icons::PROHIBIT, words),
                Verification::NoInformation => cell.text_secondary(words),
            };
        }
        5 => match row.since {
            Some(since) => {
                cell.text_secondary(&date_short(since));
            }
            None => {
                cell.nothing();
            }
        },
        _ => match status_waiting_days(row, context.today) {
            Some(days) => {
                cell.runs(&[Run::body(&age_days(days))]);
            }
            None => {
                cell.nothing();
            }
        },
    }
}
