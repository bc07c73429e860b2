//! Whether somebody of a written name stands in the lists. It informs; it decides nothing.

use std::collections::BTreeMap;

use crate::names::FullName;
use crate::register::{JoinRequest, PersonId, Register};
use crate::session::PeopleList;
use crate::wording::list_of;

/// How many places a line names.
const MOST_PLACES: usize = 3;

/// Everybody who has not left, by folded name: with the patronymic and without.
pub struct NameIndex(BTreeMap<String, Vec<PersonId>>);

impl NameIndex {
    /// Folds every name once.
    pub fn build(register: &Register) -> Self {
        let mut index: BTreeMap<String, Vec<PersonId>> = BTreeMap::new();
        for person in register.tables().people.values().filter(|person| person.left_on.is_none()) {
            let name = &person.name;
            index.entry(name.match_key()).or_default().push(person.id);
            if !name.patronymic.is_empty() {
                let short = FullName::new(&name.surname, &name.given, "");
                index.entry(short.match_key()).or_default().push(person.id);
            }
        }
        Self(index)
    }

    /// Who is written so; messengers put the given name first. `None`: that is no whole name.
    fn people(&self, written: &str) -> Option<&[PersonId]> {
        let name = FullName::parse(written).ok()?;
        let of_key = |name: &FullName| self.0.get(&name.match_key()).map(Vec::as_slice);
        let turned = FullName::new(&name.given, &name.surname, &name.patronymic);
        Some(of_key(&name).or_else(|| of_key(&turned)).unwrap_or_default())
    }
}

/// «есть в списке: 7Б, Смирнова Ольга Ивановна», «в списках нет».
pub fn found_words(people: &PeopleList, index: &NameIndex, request: &JoinRequest) -> String {
    let by_name;
    let found: &[PersonId] = match request.person {
        Some(person) => {
            by_name = [person];
            &by_name
        }
        None => match index.people(&request.written_name) {
            Some(found) => found,
            None => return "имя написано не полностью, в списках не найти".to_owned(),
        },
    };
    let places: Vec<String> = found.iter().filter_map(|person| place(people, *person)).collect();
    match places.len() {
        0 => "в списках нет".to_owned(),
        1 => format!("есть в списке: {}", places.concat()),
        count => format!("есть в списке, тёзок {count}: {}", list_of(&places, MOST_PLACES)),
    }
}

fn place(people: &PeopleList, person: PersonId) -> Option<String> {
    let row = people.get(person)?;
    let place = if row.group_labels.is_empty() { &row.role_words } else { &row.group_labels };
    Some(if place.is_empty() { row.full_name.clone() } else { format!("{place}, {}", row.full_name) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{Entity, JoinRequestId, Person, Target};
    use jiff::civil::{Date, date};

    const TODAY: Date = date(2026, 10, 12);

    fn register() -> Register {
        let mut register = Register::default();
        let people = [
            ("Смирнова", "Ольга", "Ивановна", None),
            ("Зорин", "Пётр", "", None),
            ("Зорин", "Петр", "Львович", None),
            ("Ушакова", "Дина", "", Some(date(2026, 9, 1))),
        ];
        for (place, (surname, given, patronymic, left_on)) in (1..).zip(people) {
            let name = FullName::new(surname, given, patronymic);
            let person = Person { id: PersonId(place), name, left_on, ..Person::default() };
            register.put_loaded(Entity::from(person));
        }
        register
    }

    #[test]
    fn a_written_name_is_looked_up_in_either_order() {
        let register = register();
        let (people, index) = (PeopleList::build(&register, TODAY), NameIndex::build(&register));
        let cases = [
            ("Ольга Смирнова", None, "есть в списке: Смирнова Ольга Ивановна"),
            ("СМИРНОВА Ольга Ивановна", None, "есть в списке: Смирнова Ольга Ивановна"),
            ("Ольга Петровна Смирнова", None, "в списках нет"),
            ("Пётр Зорин", None, "есть в списке, тёзок 2: Зорин Пётр, Зорин Петр Львович"),
            ("Дина Ушакова", None, "в списках нет"),
            ("Мама Оли", Some(PersonId(1)), "есть в списке: Смирнова Ольга Ивановна"),
            ("Наталья", None, "имя написано не полностью, в списках не найти"),
            ("", None, "имя написано не полностью, в списках не найти"),
        ];
        for (written, person, expected) in cases {
            let request = JoinRequest {
                id: JoinRequestId(1),
                written_name: written.into(),
                role: crate::names::Role::Parent,
                target: Target::Organization,
                received_on: TODAY,
                person,
                decision: None,
            };
            assert_eq!(found_words(&people, &index, &request), expected, "{written}");
        }
    }
}
