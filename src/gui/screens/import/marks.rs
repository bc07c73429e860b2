//! The marks of the open list: what a tick beside a row says, by pointer and by keyboard, one or many.

use super::answers::MarkKey;
use super::lists::{Item, RowKind, mark_of, row_of};
use super::state::ImportState;
use super::words::conflict_field_name;
use crate::gui::{Action, ScreenContext};
use crate::session::PreparedRoster;

/// Turns the mark at a place over; with `range` everything from the last one turned gets the same.
pub(super) fn toggle(state: &mut ImportState, place: Option<usize>, range: bool, actions: &mut Vec<Action>) {
    let (Some(prepared), Some(place)) = (state.prepared.as_deref(), place) else { return };
    let kind = state.lists.kind;
    let Some(item) = state.lists.shown().get(place).copied() else { return };
    let Some(key) = mark_of(prepared, kind, item).filter(|_| can_mark(state)) else { return };
    let from = state.lists.anchor.filter(|_| range).unwrap_or(place);
    let (first, last) = (from.min(place), from.max(place));
    let items = state.lists.shown().get(first..=last).unwrap_or_default();
    let keys: Vec<MarkKey> = items.iter().filter_map(|item| mark_of(prepared, kind, *item)).collect();
    let marked = !state.answers.is_marked(&key);
    state.lists.anchor = Some(place);
    state.lists.cursor = Some(place);
    set(state, keys, marked, actions);
}

/// Marks the whole list, or lets go of all its marks where all are set.
pub(super) fn toggle_all(state: &mut ImportState, actions: &mut Vec<Action>) {
    let Some(prepared) = state.prepared.as_deref().filter(|_| can_mark(state)) else { return };
    let kind = state.lists.kind;
    let keys: Vec<MarkKey> =
        state.lists.shown().iter().filter_map(|item| mark_of(prepared, kind, *item)).collect();
    let marked = keys.iter().any(|key| !state.answers.is_marked(key));
    set(state, keys, marked, actions);
}

fn set(state: &mut ImportState, keys: Vec<MarkKey>, marked: bool, actions: &mut Vec<Action>) {
    let kind = state.lists.kind;
    for key in keys {
        state.answers.set(key, marked, kind);
    }
    actions.push(Action::PlanRoster);
}

/// What was brought in is only looked at.
pub(super) fn can_mark(state: &ImportState) -> bool {
    state.lists.kind.has_marks() && state.done.is_none()
}

/// How many marks are set and how many there could be.
pub(super) fn marked_of(state: &ImportState, prepared: &PreparedRoster) -> (usize, usize) {
    let kind = state.lists.kind;
    if state.answers.is_empty() {
        let can = state.lists.shown().len();
        return if is_on_by_itself(kind) { (can, can) } else { (0, can) };
    }
    let keys = state.lists.shown().iter().filter_map(|item| mark_of(prepared, kind, *item));
    keys.fold((0, 0), |(on, all), key| (on + usize::from(state.answers.is_marked(&key)), all + 1))
}

fn is_on_by_itself(kind: RowKind) -> bool {
    matches!(kind, RowKind::Added | RowKind::Updated | RowKind::Moved)
}

/// The name of a mark for screen readers: it names its subject.
pub(super) fn mark_name(
    context: &ScreenContext<'_>,
    prepared: &PreparedRoster,
    kind: RowKind,
    item: Item,
) -> String {
    let row = row_of(prepared, item).unwrap_or(0);
    match mark_of(prepared, kind, item) {
        Some(MarkKey::Rename(row, _)) => format!("Сменилась фамилия, строка {row}"),
        Some(MarkKey::Conflict(row, field)) => {
            format!("Взять из файла, строка {row}: {}", conflict_field_name(field))
        }
        Some(MarkKey::Join(_)) => format!("Объединить, строка {row}"),
        Some(MarkKey::Teacher(group)) => format!("Заменить руководителя: {group}"),
        Some(MarkKey::Depart(person)) => {
            let name = context.snapshot.people.get(person).map_or("", |person| person.full_name.as_str());
            format!("Отметить выбывшим: {name}")
        }
        Some(MarkKey::Row(_)) | None => format!("Взять строку {row}"),
    }
}
