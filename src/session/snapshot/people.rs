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
#[derive(Clone, Debug, Default, PartialEq)]
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

    /// The list after the touched people changed: their rows are made anew, and who is called otherwise moves.
    pub fn updated<'a>(
        &self,
        register: &Register,
        today: Date,
        touched: impl Iterator<Item = &'a PersonId>,
    ) -> PeopleList {
        let mut rows = self.rows.clone();
        let (mut left, mut entered) = (Vec::new(), Vec::new());
        for id in touched {
            let new = register.person(*id).map(|person| Arc::new(row(register, person, today)));
            let old = self.rows.get(id.0);
            let unmoved = old.map(|old| &old.sort_key) == new.as_ref().map(|new| &new.sort_key);
            if !unmoved {
                left.extend(old.and_then(|_| self.place_of(id.0)));
                entered.extend(new.as_ref().map(|_| id.0));
            }
            rows.put(id.0, new);
        }
        if left.is_empty() && entered.is_empty() {
            return PeopleList { rows, order: self.order.clone() };
        }
        let mut list = PeopleList { rows, order: Arc::default() };
        left.sort_unstable();
        entered.sort_unstable_by(|one, other| list.sort_key(*one).cmp(&list.sort_key(*other)));
        list.order = Arc::new(list.merged(&self.order, &left, &entered));
        list
    }

    /// The order without the places that were left and with those who entered, each at their place.
    fn merged(&self, order: &[u32], left: &[usize], entered: &[u32]) -> Vec<u32> {
        let mut stays = Vec::with_capacity(order.len() + entered.len());
        let mut from = 0;
        for place in left {
            stays.extend_from_slice(&order[from..*place]);
            from = place + 1;
        }
        stays.extend_from_slice(&order[from..]);
        let mut merged = Vec::with_capacity(stays.len() + entered.len());
        let mut rest = stays.as_slice();
        for id in entered {
            let before = rest.partition_point(|other| self.sort_key(*other) < self.sort_key(*id));
            merged.extend_from_slice(&rest[..before]);
            rest = &rest[before..];
            merged.push(*id);
        }
        merged.extend_from_slice(rest);
        merged
    }

    fn place_of(&self, id: u32) -> Option<usize> {
        self.order.binary_search_by(|other| self.sort_key(*other).cmp(&self.sort_key(id))).ok()
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
