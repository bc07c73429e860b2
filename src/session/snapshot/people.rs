//! The list of people as screens and commands show it: rows with their search keys, sorted once.
//! After an edit only the touched rows are made anew.

use std::sync::Arc;

use jiff::civil::Date;

use crate::names::{Role, fold};
use crate::register::{GroupId, Person, PersonId, Register, Table};
use crate::wording::role_name;

/// One person of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonRow {
    pub id: PersonId,
    /// Full name.
    pub full_name: String,
    /// Roles held now, in the order of [`Role::ALL`].
    pub roles: Vec<Role>,
    /// Role words, «учитель, родитель».
    pub role_words: String,
    /// Groups now: own ones, for parents those of the children.
    pub groups: Vec<GroupId>,
    /// Group labels, «7Б, 5А».
    pub group_labels: String,
    /// Whether the person has left.
    pub left: bool,
    /// Folded text that a search looks into.
    search_key: String,
    sort_key: String,
}

impl PersonRow {
    /// Whether every folded word of the search stands in the row.
    pub fn matches(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.search_key.contains(word.as_str()))
    }
}

/// All people, by name.
#[derive(Clone, Debug, Default)]
pub struct PeopleList {
    rows: Table<PersonRow>,
    order: Arc<Vec<u32>>,
}

impl PeopleList {
    /// Builds the whole list.
    pub fn build(register: &Register, today: Date) -> PeopleList {
        let mut rows = Table::default();
        let mut order = Vec::with_capacity(register.tables().people.len());
        for person in register.tables().people.values() {
            rows.put(person.id.0, Some(Arc::new(row(register, person, today))));
            order.push(person.id.0);
        }
        let mut list = PeopleList { rows, order: Arc::default() };
        order.sort_unstable_by(|left, right| list.sort_key(*left).cmp(&list.sort_key(*right)));
        list.order = Arc::new(order);
        list
    }

    /// The list after the touched people changed.
    pub fn updated(&self, register: &Register, today: Date, touched: &[PersonId]) -> PeopleList {
        if touched.len() > 200 {
            return PeopleList::build(register, today);
        }
        let mut rows = self.rows.clone();
        let mut order = (*self.order).clone();
        for id in touched {
            let new = register.person(*id).map(|person| Arc::new(row(register, person, today)));
            let old = rows.put(id.0, new.clone());
            let place_of = |rows: &Table<PersonRow>, order: &[u32], wanted: (&str, u32)| {
                order.binary_search_by(|other| {
                    let key = rows.get(*other).map_or("", |row| row.sort_key.as_str());
                    (key, *other).cmp(&wanted)
                })
            };
            let unmoved =
                old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| old.sort_key == new.sort_key);
            if unmoved {
                continue;
            }
            if let Some(place) = old.and_then(|_| order.iter().position(|other| *other == id.0)) {
                order.remove(place);
            }
            if let Some(new) = new
                && let Err(place) = place_of(&rows, &order, (&new.sort_key, id.0))
            {
                order.insert(place, id.0);
            }
        }
        PeopleList { rows, order: Arc::new(order) }
    }

    fn sort_key(&self, id: u32) -> (&str, u32) {
        (self.rows.get(id).map_or("", |row| row.sort_key.as_str()), id)
    }

    /// The same list with other names to be shown; order and search keys stay.
    pub(super) fn renamed(&self, name: impl Fn(PersonId) -> String) -> PeopleList {
        let mut rows = Table::default();
        for (id, row) in self.rows.iter() {
            let renamed = PersonRow { full_name: name(row.id), ..(**row).clone() };
            rows.put(id, Some(Arc::new(renamed)));
        }
        PeopleList { rows, order: self.order.clone() }
    }

    /// How many people there are, those who left too.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The row of a person.
    pub fn get(&self, id: PersonId) -> Option<&Arc<PersonRow>> {
        self.rows.get(id.0)
    }

    /// The rows that match every word, by name. The texts are read in the order they lie in memory (by
    /// id): read by name, 100,000 of them cost ten times as much in cache misses.
    pub fn matching(&self, words: &[String]) -> impl DoubleEndedIterator<Item = &Arc<PersonRow>> {
        let mut matches: Vec<bool> = Vec::new();
        if !words.is_empty() {
            for (id, row) in self.rows.iter() {
                matches.resize(id as usize, false);
                matches.push(row.matches(words));
            }
        }
        let everybody = words.is_empty();
        let passing = move |id: &&u32| everybody || matches.get(**id as usize).copied().unwrap_or(false);
        self.order.iter().filter(passing).filter_map(|id| self.rows.get(*id))
    }

    /// Every row, by name.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<PersonRow>> {
        self.order.iter().filter_map(|id| self.rows.get(*id))
    }
}

/// The words of a search, folded as the rows' keys are.
pub fn search_words(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn row(register: &Register, person: &Person, today: Date) -> PersonRow {
    let mut roles: Vec<Role> = Vec::new();
    let mut groups: Vec<GroupId> = Vec::new();
    for membership in register.memberships_of_person(person.id) {
        if register.is_current(membership, today) {
            roles.push(membership.role);
            groups.extend(membership.group);
        }
    }
    let here = person.left_on.is_none_or(|left| left > today);
    for guardianship in register.guardianships_of_adult(person.id).filter(|_| here) {
        if guardianship.until.is_some_and(|until| until < today) {
            continue;
        }
        roles.push(Role::Parent);
        let of_child = register.memberships_of_person(guardianship.child);
        groups.extend(
            of_child
                .filter(|membership| {
                    membership.role == Role::Student && register.is_current(membership, today)
                })
                .filter_map(|membership| membership.group),
        );
    }
    roles.sort_unstable();
    roles.dedup();
    let mut seen = std::collections::BTreeSet::new();
    groups.retain(|group| seen.insert(*group));
    let labels: Vec<&str> =
        groups.iter().filter_map(|group| register.group(*group)).map(|group| group.label.as_str()).collect();
    let group_labels = labels.join(", ");
    let role_words = roles.iter().map(|role| role_name(*role)).collect::<Vec<_>>().join(", ");
    let full_name = person.name.full();
    let phone = person.phone.as_ref().map_or("", |phone| phone.as_str());
    let search_key = fold(&format!("{full_name} {group_labels} {role_words} {phone}"));
    PersonRow {
        id: person.id,
        full_name,
        roles,
        role_words,
        groups,
        group_labels,
        left: !here,
        search_key,
        sort_key: person.name.sort_key(),
    }
}
