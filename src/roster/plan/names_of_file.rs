//! The rows and the register's people of one surname and given name, found by one number a name: most of what a plan
//! costs is comparing names, so each is folded once and none is kept as text.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use super::halves::{GoOn, in_halves};
use crate::names::{FullName, fold, fold_plain};
use crate::register::{Person, PersonId, Register};
use crate::roster::mapped::MappedRoster;

/// The rows and people of one name. Nearly always there is one of each, which costs no list.
pub(super) struct Namesakes {
    first_row: u32,
    more_rows: Vec<u32>,
    first_person: Option<PersonId>,
    more_people: Vec<PersonId>,
}

impl Namesakes {
    /// Indices of the rows of the name.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> {
        std::iter::once(self.first_row).chain(self.more_rows.iter().copied())
    }

    /// The people of the name, whether they are here or have left.
    pub(super) fn people(&self) -> impl Iterator<Item = PersonId> {
        self.first_person.into_iter().chain(self.more_people.iter().copied())
    }

    /// The row and the person of a name that has one row and at most one person.
    pub(super) fn only_row(&self) -> Option<(u32, Option<PersonId>)> {
        (self.more_rows.is_empty() && self.more_people.is_empty())
            .then_some((self.first_row, self.first_person))
    }
}

/// The names of the file, in its order.
pub(super) struct NamesOfFile {
    pub(super) names: Vec<Namesakes>,
    /// The name of every row, as an index into `names`.
    name_of_row: Vec<u32>,
    by_key: HashMap<u64, u32, BuildHasherDefault<KeyHasher>>,
    keyed_by: RandomState,
}

impl NamesOfFile {
    /// Groups the rows by their name and finds the register's people of those names. `None` when `progress` asked to
    /// stop.
    pub(super) fn new(register: &Register, roster: &MappedRoster, progress: GoOn<'_>) -> Option<Self> {
        let keyed_by = RandomState::new();
        let people: Vec<&Person> = register.tables().people.values().collect();
        let rows = &roster.rows;
        // At most 120,000 rows are read, so a row's index fits 32 bits.
        let row_keys =
            keys_of(&keyed_by, rows.len(), |index| &rows[index].name, &|share| progress(share * 0.4))?;
        let person_keys = keys_of(&keyed_by, people.len(), |index| &people[index].name, &|share| {
            progress(0.4 + share * 0.4)
        })?;
        let mut by_key = HashMap::with_capacity_and_hasher(rows.len(), BuildHasherDefault::default());
        let mut names: Vec<Namesakes> = Vec::with_capacity(rows.len());
        let mut name_of_row = Vec::with_capacity(rows.len());
        for (row, key) in (0_u32..).zip(row_keys) {
            let next = names.len() as u32;
            let place = *by_key.entry(key).or_insert(next);
            if place == next {
                let (more_rows, more_people) = (Vec::new(), Vec::new());
                names.push(Namesakes { first_row: row, more_rows, first_person: None, more_people });
            } else {
                names[place as usize].more_rows.push(row);
            }
            name_of_row.push(place);
        }
        for (person, key) in people.iter().zip(person_keys) {
            let Some(place) = by_key.get(&key) else { continue };
            let name = &mut names[*place as usize];
            match name.first_person {
                None => name.first_person = Some(person.id),
                Some(_) => name.more_people.push(person.id),
            }
        }
        progress(1.0).then_some(Self { names, name_of_row, by_key, keyed_by })
    }

    /// The name of a row, as an index into `names`.
    pub(super) fn of_row(&self, row: u32) -> usize {
        self.name_of_row[row as usize] as usize
    }

    /// The name in the file that a name of the register equals.
    pub(super) fn of_name(&self, name: &FullName) -> Option<usize> {
        let key = self.keyed_by.hash_one(folded_short_name(name, &mut Vec::new()));
        self.by_key.get(&key).map(|place| *place as usize)
    }
}

fn keys_of<'n>(
    keyed_by: &RandomState,
    count: usize,
    name: impl Fn(usize) -> &'n FullName + Sync,
    progress: GoOn<'_>,
) -> Option<Vec<u64>> {
    let halves = in_halves(count, progress, |range, go_on| {
        if !go_on(0.0) {
            return None;
        }
        let mut buffer = Vec::with_capacity(64);
        Some(range.map(|index| keyed_by.hash_one(folded_short_name(name(index), &mut buffer))).collect())
    })?;
    let mut halves = halves.into_iter();
    let mut keys: Vec<u64> = halves.next().unwrap_or_default();
    halves.for_each(|half| keys.extend(half));
    Some(keys)
}

/// Whether surname and given name are the same but for case, ё/е and dashes: what must agree before two names are
/// compared at all.
pub(super) fn same_short_name(one: &FullName, other: &FullName) -> bool {
    (one.surname == other.surname && one.given == other.given)
        || folded_short_name(one, &mut Vec::new()) == folded_short_name(other, &mut Vec::new())
}

/// Whether two texts are the same but for case, ё/е and dashes.
pub(super) fn same_folded(one: &str, other: &str) -> bool {
    one == other || fold(one) == fold(other)
}

/// [`fold`] of «Фамилия Имя» in the buffer. Plain Russian and Latin names, which is nearly all, are folded byte by
/// byte; all others by `fold` itself.
fn folded_short_name<'b>(name: &FullName, buffer: &'b mut Vec<u8>) -> &'b [u8] {
    buffer.clear();
    let is_plain = fold_plain(name.surname.as_bytes(), buffer)
        && fold_plain(b" ", buffer)
        && fold_plain(name.given.as_bytes(), buffer)
        && !buffer.ends_with(b" ");
    if !is_plain {
        buffer.clear();
        buffer.extend_from_slice(fold(&format!("{} {}", name.surname, name.given)).as_bytes());
    }
    buffer
}

/// Takes a number that is a keyed hash already as it is.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only numbers are hashed here; bytes would still be told apart.
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_quick_way_folds_as_fold_does(
            surname in "[А-Яа-яЁёA-Za-z \\-–їЇ.\u{301}\u{a0}]{0,12}",
            given in "[А-Яа-яЁёA-Z \\-—']{0,8}",
        ) {
            let name = FullName { surname, given, patronymic: String::new() };
            let expected = fold(&format!("{} {}", name.surname, name.given));
            let mut buffer = b"left from before".to_vec();
            prop_assert_eq!(folded_short_name(&name, &mut buffer), expected.as_bytes());
        }
    }
}
