//! The table of links.

use egui::{Event, Key, Modifiers, Ui};

use super::acts::{self, LinkAct};
use super::listing::SortBy;
use super::{LinksState, toggle, words};
use crate::gui::screens::table_layouts::{self, Hideable};
use crate::gui::widgets::checkbox::Mark;
use crate::gui::widgets::label::Run;
use crate::gui::widgets::menu::{menu_at, menu_divider_ui, menu_row_ui};
use crate::gui::widgets::shortcut::consume_bare_key;
use crate::gui::widgets::table::{Column, DataTable, TableResponse, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::{Action, ScreenContext, icons};
use crate::register::{InviteId, InviteState};
use crate::regulation::explain;
use crate::session::InviteRow;
use crate::wording::{age_days, date_short, role_name};

const NAME: &str = "links";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Marks,
    By(SortBy),
    /// Between the numbers, which end at the right, and the words after them.
    Gap,
}

/// What may be hidden.
const HIDEABLE: [(SortBy, Hideable); 6] = [
    (SortBy::Role, Hideable { code: "role", title: "Роль", shown: true }),
    (SortBy::Link, Hideable { code: "link", title: "Ссылка", shown: true }),
    (SortBy::HandedOver, Hideable { code: "handed_over", title: "Передана", shown: true }),
    (SortBy::Age, Hideable { code: "age", title: "Возраст", shown: true }),
    (SortBy::Way, Hideable { code: "way", title: "Как отдана", shown: true }),
    (SortBy::Joined, Hideable { code: "joined", title: "Вступили", shown: true }),
];

/// The button «Столбцы».
pub(super) fn columns_button_ui(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    table_layouts::columns_button_ui(ui, context, NAME, &HIDEABLE.map(|(_, column)| column), actions);
}

/// Every column; where there is little room the hand-over stands in the card only.
fn columns(context: &ScreenContext<'_>, has_little_room: bool) -> (Vec<Shown>, Vec<Column<'static>>) {
    let joined = "Внутри из тех, кого ждём: по последним сведениям о классе или чате";
    let width = |wide: f32, tight: f32| Width::Exact(if has_little_room { tight } else { wide });
    let mut all = vec![
        (Shown::Marks, Column::marks()),
        (Shown::By(SortBy::Target), Column::left("Куда", Width::Remainder(150.0))),
        (Shown::By(SortBy::Role), Column::left("Роль", Width::Exact(94.0))),
        (Shown::By(SortBy::Link), Column::left("Ссылка", width(90.0, 78.0))),
        (Shown::By(SortBy::HandedOver), Column::right("Передана", width(108.0, 108.0))),
        (Shown::By(SortBy::Age), Column::right("Возраст", width(96.0, 88.0))),
        (Shown::By(SortBy::Way), Column::left("Как отдана", width(150.0, 150.0))),
        (Shown::By(SortBy::Joined), Column::right("Вступили", width(96.0, 92.0)).tooltip(joined)),
        (Shown::Gap, Column::left("", width(16.0, 8.0)).unsortable()),
        (Shown::By(SortBy::State), Column::left("Состояние и почему", Width::Exact(224.0))),
    ];
    if has_little_room {
        let hidden = [Shown::By(SortBy::HandedOver), Shown::By(SortBy::Way)];
        all.retain(|(shown, _)| !hidden.contains(shown));
    }
    all.retain(|(shown, _)| {
        let hideable = HIDEABLE.iter().find(|(known, _)| Shown::By(*known) == *shown);
        hideable.is_none_or(|(_, column)| table_layouts::is_shown(context, NAME, column))
    });
    all.into_iter().unzip()
}

pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LinksState,
    actions: &mut Vec<Action>,
) {
    let has_dialog = state.dialog.is_some();
    if !has_dialog {
        keys(ui, context, state, actions);
    }
    let (shown, columns) = columns(context, state.inspected.is_some() || context.narrow);
    let (by, ascending) = state.sort();
    let sorted = shown.iter().position(|column| *column == Shown::By(by));
    let cursor_place = state
        .cursor
        .filter(|_| std::mem::take(&mut state.scroll_to_cursor))
        .and_then(|cursor| state.listing.place_of(cursor));
    let (listing, marked, cursor) = (&state.listing, &state.marked, state.cursor);
    let row_at = |place: usize| listing.row(context.snapshot, place);
    let response = DataTable::new(NAME, &columns)
        .accessible_name("Ссылки")
        // The most urgent first is shown as falling.
        .sort(sorted.map(|column| (column, ascending != (by == SortBy::State))))
        .row_height(context.row_height())
        .widths_by_title(table_layouts::widths(context, NAME))
        .scroll_to_row(cursor_place)
        .header_mark(Mark::of_count(marked.len(), listing.len()))
        .show(
            ui,
            listing.len(),
            |place| row_at(place).is_some_and(|row| marked.contains(&row.id) || cursor == Some(row.id)),
            |place, column, cell| {
                if let (Some(row), Some(column)) = (row_at(place), shown.get(column)) {
                    cell_ui(context, row, *column, marked.contains(&row.id), cell);
                }
            },
        );
    table_layouts::keep_width(context, NAME, &columns, &response, actions);
    take_response(context, state, &response, &shown);
    menu_ui(ui, context, state, actions);
}

fn cell_ui(context: &ScreenContext<'_>, row: &InviteRow, column: Shown, marked: bool, cell: &mut Cell<'_>) {
    let by = match column {
        Shown::Marks => {
            cell.checkbox(marked, &format!("Отметить ссылку {}", words::subject(row)));
            return;
        }
        Shown::Gap => return,
        Shown::By(by) => by,
    };
    let gone = row.state == InviteState::Revoked;
    match by {
        SortBy::Target if gone => {
            cell.runs(&[Run::body(&row.target_title).medium().secondary()]);
        }
        SortBy::Target => {
            cell.text_medium(&row.target_title);
        }
        SortBy::Role => {
            cell.text_secondary(role_name(row.role));
        }
        SortBy::Link if gone => {
            cell.text_secondary(&row.tail);
        }
        SortBy::Link => {
            cell.text(&row.tail);
        }
        SortBy::HandedOver => match row.handed_over_on {
            Some(on) => {
                cell.text_secondary(&date_short(on));
            }
            None if row.way.is_some() => {
                cell.text_with_tooltip(Run::body("до учёта").secondary(), "Передана до начала учёта");
            }
            None => {
                cell.nothing();
            }
        },
        SortBy::Age => match row.age_days {
            Some(days) => {
                let words = age_days(days);
                let run = Run::body(&words);
                cell.text_with_tooltip(if gone { run.secondary() } else { run }, &age_tooltip(row));
            }
            None => {
                cell.nothing();
            }
        },
        SortBy::Way => {
            cell.text_secondary(row.way.map_or("—", words::way_words));
        }
        SortBy::Joined => match row.joined {
            Some((joined, 0)) => {
                cell.text(&joined.to_string());
            }
            Some((joined, of)) => {
                cell.fraction(joined as usize, of as usize);
            }
            None => {
                cell.nothing();
            }
        },
        SortBy::State => state_cell_ui(context, row, cell),
    }
}

fn age_tooltip(row: &InviteRow) -> String {
    match row.handed_over_on {
        Some(on) => format!("Передана {}", date_short(on)),
        None => "День передачи не записан: возраст с того дня, когда ссылка создана или внесена".to_owned(),
    }
}

fn state_cell_ui(context: &ScreenContext<'_>, row: &InviteRow, cell: &mut Cell<'_>) {
    let Some(invite) = context.register().invite(row.id) else { return };
    match row.flags.first() {
        Some(flag) => {
            let (tone, icon, word) = words::badge_of(flag.rule);
            let why = explain(flag, context.register(), invite, context.today);
            cell.badge(tone, icon, word).on_hover_text(why);
        }
        None => {
            let (tone, icon) = words::state_look(row.state);
            let response =
                cell.quiet_badge(tone, icon, &words::state_words(invite, row.state, context.today));
            let reason = match (&invite.revocation, &invite.deferral) {
                (Some(revocation), _) => words::reason_words(&revocation.reason),
                (None, Some(deferral)) if row.state == InviteState::Deferred => deferral.reason.clone(),
                _ => String::new(),
            };
            if !reason.is_empty() {
                response.on_hover_text(reason);
            }
        }
    }
}

fn take_response(
    context: &ScreenContext<'_>,
    state: &mut LinksState,
    response: &TableResponse,
    shown: &[Shown],
) {
    state.rows_in_sight = response.rows_in_sight;
    let id_at = |state: &LinksState, place| state.listing.row(context.snapshot, place).map(|row| row.id);
    if let Some(Shown::By(by)) = response.sort_clicked.and_then(|column| shown.get(column)) {
        let (current, ascending) = state.sort();
        state.sort = Some((*by, current != *by || !ascending));
    }
    if response.toggled_all {
        if state.marked.len() >= state.listing.len() {
            state.marked.clear();
        } else {
            state.marked = state.listing.rows(context.snapshot).map(|row| row.id).collect();
        }
    }
    if let Some((place, modifiers)) = response.toggled_mark
        && let Some(id) = id_at(state, place)
    {
        mark(context, state, id, modifiers.shift);
    } else if let Some((place, modifiers)) = response.clicked_row
        && let Some(id) = id_at(state, place)
    {
        state.cursor = Some(id);
        if modifiers.shift || modifiers.command {
            mark(context, state, id, modifiers.shift);
        } else {
            state.anchor = Some(id);
            state.inspected = Some(id);
        }
    }
    if let Some((place, position)) = response.secondary_clicked_row {
        state.cursor = id_at(state, place);
        state.menu = Some(position);
    }
}

/// Toggles one mark, or marks everything from the anchor to here.
fn mark(context: &ScreenContext<'_>, state: &mut LinksState, id: InviteId, range: bool) {
    let places = state.anchor.filter(|_| range).and_then(|anchor| {
        let from = state.listing.place_of(anchor)?;
        Some((from, state.listing.place_of(id)?))
    });
    match places {
        Some((from, until)) => {
            let rows = state.listing.rows(context.snapshot).map(|row| row.id);
            let (first, last) = (from.min(until), from.max(until));
            state.marked.extend(rows.skip(first).take(last - first + 1));
        }
        None => {
            toggle(&mut state.marked, id);
            state.anchor = Some(id);
        }
    }
}

fn keys(ui: &Ui, context: &ScreenContext<'_>, state: &mut LinksState, actions: &mut Vec<Action>) {
    for key in table_keys(ui, NAME) {
        let place = state.cursor.and_then(|cursor| state.listing.place_of(cursor));
        if let Some(target) = key.target(place, state.listing.len(), state.rows_in_sight) {
            let id = state.listing.row(context.snapshot, target).map(|row| row.id);
            if key.extends()
                && let Some(id) = id
            {
                state.anchor = state.anchor.or(state.cursor);
                mark(context, state, id, true);
            }
            state.cursor = id;
            if state.inspected.is_some() {
                state.inspected = id;
            }
            state.scroll_to_cursor = true;
            continue;
        }
        match (key, state.cursor) {
            (TableKey::Open, Some(id)) => state.inspected = Some(id),
            (TableKey::Mark, Some(id)) => mark(context, state, id, false),
            (TableKey::MarkAll, _) => {
                state.marked = state.listing.rows(context.snapshot).map(|row| row.id).collect();
            }
            (TableKey::Menu, Some(_)) => {
                state.menu = Some(ui.max_rect().center_top() + egui::vec2(0.0, 120.0))
            }
            (TableKey::Escape, _) if state.inspected.is_some() => state.inspected = None,
            (TableKey::Escape, _) => state.marked.clear(),
            _ => {}
        }
    }
    let Some(cursor) = state.cursor else { return };
    if consume_bare_key(ui.ctx(), Key::Delete) {
        acts::perform(context, state, LinkAct::Revoke, &acted_on(state, cursor), actions);
    }
    let copied = !ui.ctx().text_edit_focused()
        && ui.input_mut(|input| {
            let before = input.events.len();
            input.events.retain(|event| !matches!(event, Event::Copy));
            input.events.len() != before || input.consume_key(Modifiers::COMMAND, Key::C)
        });
    if copied {
        actions.push(Action::CopyInvite(cursor));
    }
}

/// The marked links where the cursor stands on one of them, else the one under the cursor.
fn acted_on(state: &LinksState, cursor: InviteId) -> Vec<InviteId> {
    if state.marked.contains(&cursor) { state.marked.iter().copied().collect() } else { vec![cursor] }
}

fn menu_ui(ui: &Ui, context: &ScreenContext<'_>, state: &mut LinksState, actions: &mut Vec<Action>) {
    let Some(cursor) = state.cursor else { return };
    let ids = acted_on(state, cursor);
    let open = acts::not_revoked(context, &ids);
    let mut chosen = None;
    menu_at(ui, NAME, &mut state.menu, |ui| {
        let mut row = |ui: &mut Ui, icon, word: &str, key: &str, act| {
            if menu_row_ui(ui, icon, word, key, act == LinkAct::Revoke).clicked() {
                chosen = Some(act);
            }
        };
        if ids.len() == 1 {
            row(ui, icons::SIDEBAR, "Открыть", "Enter", LinkAct::Open);
            row(ui, icons::COPY, "Копировать ссылку", "Ctrl C", LinkAct::Copy);
            row(ui, icons::EYE, "Записать, кто внутри…", "", LinkAct::Observe);
        }
        row(ui, icons::FILE_XLS, "Для Excel", "", LinkAct::Excel);
        if open.is_empty() {
            return;
        }
        row(ui, icons::HAND, "Передать…", "", LinkAct::HandOver);
        row(ui, icons::CLOCK, "Отложить…", "", LinkAct::Defer);
        row(ui, icons::USER_SWITCH, "Поручить учителю…", "", LinkAct::Delegate);
        row(ui, icons::WARNING_CIRCLE, "Попала к посторонним…", "", LinkAct::Expose);
        menu_divider_ui(ui);
        row(ui, icons::PROHIBIT, "Аннулировать…", "Delete", LinkAct::Revoke);
    });
    if let Some(act) = chosen {
        acts::perform(context, state, act, &ids, actions);
    }
}
