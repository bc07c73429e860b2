//! Remembered answers: who stands behind a written name in one place.

use std::collections::HashMap;

use super::place::ReconcileScope;
use crate::names::fold;
use crate::register::{PersonId, Register, RememberedKind, Target};

/// The key under which «this is that person» is remembered: a `Remembered` of kind `PersonAlias` whose value is
/// the person's id in digits. It holds for one target only: «Мама Саши» is somebody else in the next class.
pub fn alias_key(written: &str, scope: &ReconcileScope) -> String {
    let target = match scope.target {
        Target::Organization => "organization".to_owned(),
        Target::Group(group) => format!("group-{group}"),
        Target::Chat(chat) => format!("chat-{chat}"),
    };
    format!("{PREFIX}{target}:{}", fold(written))
}

const PREFIX: &str = "reconcile:";

/// The remembered people of a register; an answer given twice differently is none.
pub(super) fn remembered_people(register: &Register) -> HashMap<&str, Option<PersonId>> {
    let mut known = HashMap::new();
    for remembered in register.tables().remembered.values() {
        if remembered.kind != RememberedKind::PersonAlias || !remembered.key.starts_with(PREFIX) {
            continue;
        }
        let person = remembered.value.parse().ok().map(PersonId);
        let person = person.filter(|person| register.person(*person).is_some());
        known
            .entry(remembered.key.as_str())
            .and_modify(|known| {
                if *known != person {
                    *known = None;
                }
            })
            .or_insert(person);
    }
    known
}
