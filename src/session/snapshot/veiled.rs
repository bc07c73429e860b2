//! «Режим проектора» (faults row 27): the same snapshot with initials for the names of people. Screens draw it as
//! any other, so no screen can forget to hide a name. What they send back is put right here too.

use std::sync::Arc;

use serde_json::Value;

use super::Snapshot;
use crate::names::FullName;
use crate::register::{Entity, Fields, JournalChange, Operation, Person, Register};
use crate::store::EntryRow;

impl Snapshot {
    /// The snapshot to be drawn for strangers' eyes. Built off the drawing thread: it walks everybody. People keep
    /// their order and are still found by their real names.
    pub fn veiled(&self) -> Snapshot {
        let register = Arc::new(veiled_register(&self.register));
        Snapshot {
            people: Arc::new(
                self.people
                    .renamed(|id| register.person(id).map_or_else(String::new, |person| person.name.full())),
            ),
            invites: self.invites.clone(),
            veiled: true,
            ..Snapshot::build(&register, self.today, self.clock_trust)
        }
    }
}

fn veiled_register(register: &Register) -> Register {
    let mut veiled = register.clone();
    for person in register.tables().people.values() {
        veiled.put_loaded(Entity::Person(Arc::new(veiled_person(person))));
    }
    for request in register.tables().join_requests.values() {
        let mut request = request.clone();
        request.written_name = veiled_written(&request.written_name);
        veiled.put_loaded(request.into());
    }
    veiled
}

fn veiled_person(person: &Person) -> Person {
    Person {
        name: person.name.veiled(),
        note: String::new(),
        former_names: person.former_names.iter().map(|name| name.veiled()).collect(),
        ..person.clone()
    }
}

/// «К. Н. И.» of a name as somebody wrote it, in whatever order.
fn veiled_written(name: &str) -> String {
    let letters =
        name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphabetic()));
    letters.map(|letter| format!("{}.", letter.to_uppercase())).collect::<Vec<_>>().join(" ")
}

/// Why an operation that was made from a veiled snapshot is not sent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("names cannot be changed while they are hidden")]
pub struct NameIsHidden;

/// Puts the real records back into an operation that a screen made from a veiled snapshot.
///
/// # Errors
/// [`NameIsHidden`]: it would change a name that its maker could not see.
pub fn unveiled_operation(operation: Operation, register: &Register) -> Result<Operation, NameIsHidden> {
    Ok(match operation {
        Operation::Edit { seen: Entity::Person(seen), wanted: Entity::Person(wanted) } => {
            if seen.name != wanted.name || seen.note != wanted.note {
                return Err(NameIsHidden);
            }
            Operation::Edit {
                seen: unveiled_person(&seen, register).into(),
                wanted: unveiled_person(&wanted, register).into(),
            }
        }
        Operation::Depart { people, on, order } => {
            let real = |person: Arc<Person>| register.person(person.id).cloned().unwrap_or(person);
            Operation::Depart { people: people.into_iter().map(real).collect(), on, order }
        }
        Operation::MergePeople(mut merges) => {
            for merge in &mut merges {
                for seen in [&mut merge.keep, &mut merge.merge] {
                    if let Some(real) = register.person(seen.id) {
                        *seen = real.clone();
                    }
                }
            }
            Operation::MergePeople(merges)
        }
        Operation::EditEach(edits) => {
            let mut real = Vec::with_capacity(edits.len());
            for (seen, wanted) in edits {
                let edit = Operation::Edit { seen, wanted };
                if let Operation::Edit { seen, wanted } = unveiled_operation(edit, register)? {
                    real.push((seen, wanted));
                }
            }
            Operation::EditEach(real)
        }
        Operation::DecideRequests { mut decisions, on } => {
            for decision in &mut decisions {
                if let Some(real) = register.tables().join_requests.get(decision.seen.id.0) {
                    decision.seen = real.clone();
                }
            }
            Operation::DecideRequests { decisions, on }
        }
        other => other,
    })
}

fn unveiled_person(person: &Person, register: &Register) -> Person {
    match register.person(person.id) {
        Some(real) if veiled_person(real).name == person.name => Person {
            name: real.name.clone(),
            note: real.note.clone(),
            former_names: real.former_names.clone(),
            ..person.clone()
        },
        _ => person.clone(),
    }
}

/// Journal entries for strangers' eyes: who acted, by initials.
pub fn veil_entries(entries: &mut [EntryRow]) {
    for entry in entries {
        entry.actor = veiled_written(&entry.actor);
    }
}

/// A change for strangers' eyes: names in it by initials, whatever a hand wrote left out.
pub fn veil_change(change: &mut JournalChange) {
    for fields in [&mut change.fields.before, &mut change.fields.after].into_iter().flatten() {
        veil_fields(fields);
    }
}

fn veil_fields(fields: &mut Fields) {
    for (name, value) in fields.iter_mut() {
        match (name.as_str(), &*value) {
            ("name", Value::Object(_)) => {
                if let Ok(name) = serde_json::from_value::<FullName>(value.clone())
                    && let Ok(veiled) = serde_json::to_value(name.veiled())
                {
                    *value = veiled;
                }
            }
            ("former_names", Value::Array(_)) => *value = Value::Null,
            ("written_name" | "actor", Value::String(text)) => *value = veiled_written(text).into(),
            // The key of a remembered answer holds a name as it was written.
            ("note" | "question" | "answer" | "key", Value::String(_)) => *value = "•••".into(),
            _ => {}
        }
    }
}

/// A sentence for strangers' eyes: every name of the register in it by initials. For single sentences: it looks for
/// everybody.
pub fn veil_text(text: &str, register: &Register) -> String {
    let mut veiled = text.to_owned();
    for person in register.tables().people.values() {
        if !veiled.contains(&person.name.surname) {
            continue;
        }
        let initials = person.name.veiled().full();
        for name in [person.name.full(), person.name.short()] {
            veiled = veiled.replace(&name, &initials);
        }
    }
    veiled
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::PersonId;
    use crate::regulation::ClockTrust;

    fn school() -> Snapshot {
        let mut register = Register::default();
        let name = FullName::new("Ковалёва", "Нина", "Игоревна");
        register.put_loaded(Person { id: PersonId(7), name, ..Person::default() }.into());
        Snapshot::build(&Arc::new(register), date(2026, 10, 12), ClockTrust::Trusted)
    }

    #[test]
    fn nobody_is_named_and_everybody_is_found() {
        let veiled = school().veiled();
        let found: Vec<_> = veiled.people.matching(&super::super::search_words("ковалева")).collect();
        assert_eq!(found.len(), 1, "the search still knows the real name");
        assert_eq!(found[0].full_name, "К. Н. И.");
        assert_eq!(
            veiled.register.person(PersonId(7)).map(|person| person.name.short()),
            Some("К. Н. И.".into())
        );
        assert_ne!(veiled.version(), school().version(), "caches of screens are made anew");
    }

    #[test]
    fn a_phone_is_changed_and_a_hidden_name_is_not() {
        let (real, veiled) = (school(), school().veiled());
        let seen = veiled.register.person(PersonId(7)).expect("she is there").as_ref().clone();
        let mut wanted = seen.clone();
        wanted.birth_date = Some(date(1980, 1, 1));
        let edit = Operation::Edit { seen: seen.clone().into(), wanted: wanted.clone().into() };
        let Ok(Operation::Edit { seen: Entity::Person(sent), .. }) = unveiled_operation(edit, &real.register)
        else {
            panic!("the edit is sent on");
        };
        assert_eq!(sent.name.full(), "Ковалёва Нина Игоревна");
        wanted.name = FullName::new("К.", "Нина", "И.");
        let edit = Operation::Edit { seen: seen.into(), wanted: wanted.into() };
        assert_eq!(unveiled_operation(edit, &real.register).err(), Some(NameIsHidden));
    }

    #[test]
    fn sentences_lose_their_names() {
        let text =
            veil_text("Не записано: Ковалёва Н. И. уже выбыла (Ковалёва Нина Игоревна)", &school().register);
        assert_eq!(text, "Не записано: К. Н. И. уже выбыла (К. Н. И.)");
    }
}
