//! The keyboard of a comparison: arrows, Space, Enter, digits and a few letters, on any layout.

use egui::{Key, Ui};

use super::line_forms::LineForm;
use super::pairing::{ItemKind, Pairing};
use crate::gui::widgets::shortcut::consume_bare_key;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::session::LineAnswer;

/// The name the keys of the page go by.
pub(super) const PAGE: &str = "reconcile-pairs";

const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// Does what the keys ask for. Answers whether Escape wants to leave the page.
pub(super) fn take(ui: &Ui, pairing: &mut Pairing) -> bool {
    if pairing.form.is_some() || pairing.confirm_leaving {
        return false;
    }
    let mut leaves = false;
    for key in table_keys(ui, PAGE) {
        match key {
            TableKey::Escape => leaves = true,
            TableKey::Mark => toggle(pairing),
            TableKey::Open => choose(pairing, None),
            TableKey::Fold | TableKey::Unfold => move_candidate(pairing, key == TableKey::Unfold),
            key => {
                if let Some(target) = key.target(pairing.cursor, pairing.items.len(), 6) {
                    pairing.cursor = Some(target);
                    pairing.candidate = 0;
                    pairing.scroll_to_cursor = true;
                }
            }
        }
    }
    let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
    if !free {
        return leaves;
    }
    for (place, key) in DIGITS.into_iter().enumerate() {
        if consume_bare_key(ui.ctx(), key) {
            choose(pairing, Some(place));
        }
    }
    let Some(cursor) = pairing.cursor else { return leaves };
    if consume_bare_key(ui.ctx(), Key::Num0) {
        pairing.answer(cursor, Some(LineAnswer::AskTeacher));
    } else if consume_bare_key(ui.ctx(), Key::H) {
        open_adult(pairing, cursor);
    } else if consume_bare_key(ui.ctx(), Key::Quote) {
        open_person(pairing, cursor);
    } else if consume_bare_key(ui.ctx(), Key::Y) {
        pairing.answer(cursor, Some(LineAnswer::NotOurs));
    }
    leaves
}

/// «Взрослый ребёнка…»
pub(super) fn open_adult(pairing: &mut Pairing, index: usize) {
    let group = pairing.group;
    if let Some(item) = pairing.items.get(index) {
        pairing.form = Some(LineForm::adult(index, &item.written, &item.children, group));
    }
}

/// «Это …»
pub(super) fn open_person(pairing: &mut Pairing, index: usize) {
    if let Some(item) = pairing.items.get(index) {
        pairing.form = Some(LineForm::person(index, &item.written));
    }
}

/// Space: the tick of a likely match, or the usual answer of what else there is.
fn toggle(pairing: &mut Pairing) {
    let Some(index) = pairing.cursor else { return };
    let Some(item) = pairing.items.get(index) else { return };
    let answer = match item.kind {
        ItemKind::Likely | ItemKind::Several if item.answer.is_some() => None,
        ItemKind::Likely => item.candidates.first().map(|candidate| LineAnswer::IsPerson(candidate.person)),
        ItemKind::Several => None,
        ItemKind::Declined | ItemKind::Twice => item.usual().cloned(),
        _ if item.answer == Some(LineAnswer::NoTask) => item.usual().cloned(),
        _ => Some(LineAnswer::NoTask),
    };
    let is_tick = matches!(answer, Some(LineAnswer::IsPerson(_)));
    if is_tick {
        pairing.answer(index, answer);
    } else if let Some(item) = pairing.items.get_mut(index) {
        item.answer = answer;
    }
}

/// Enter, or the digit of a candidate.
fn choose(pairing: &mut Pairing, place: Option<usize>) {
    let Some(index) = pairing.cursor else { return };
    let place = place.unwrap_or(pairing.candidate);
    let Some(item) = pairing.items.get(index) else { return };
    if !item.kind.is_about_who() {
        return;
    }
    if let Some(candidate) = item.candidates.get(place) {
        let answer = LineAnswer::IsPerson(candidate.person);
        pairing.answer(index, Some(answer));
    }
}

fn move_candidate(pairing: &mut Pairing, forward: bool) {
    let count =
        pairing.cursor.and_then(|index| pairing.items.get(index)).map_or(0, |item| item.candidates.len());
    let last = count.saturating_sub(1);
    pairing.candidate =
        if forward { (pairing.candidate + 1).min(last) } else { pairing.candidate.saturating_sub(1) };
}
