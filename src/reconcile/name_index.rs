//! The register's names, each different spelling folded once, found by what agrees.
//!
//! One list of hashed keys, sorted: cheaper to build for 100,000 people than maps of lists.

use std::collections::HashMap;

use super::declension::surname_stem;
use super::given_names::{NameNumber, given_names};
use super::latin::skeleton;
use super::place::Place;
use crate::names::fold;
use crate::register::{PersonId, Register};

/// A surname in all forms in which it is compared.
pub(super) struct SurnameForm {
    pub folded: String,
    pub skeleton: String,
    /// Halves of a double surname with their skeletons; empty for a simple one.
    pub halves: Vec<(String, String)>,
}

/// A given name in all forms in which it is compared.
pub(super) struct GivenForm {
    pub folded: String,
    pub skeleton: String,
    pub name: Option<NameNumber>,
}

/// A person's name by the numbers of its forms.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub person: PersonId,
    pub surname: u32,
    pub given: u32,
    pub patronymic: u32,
}

/// Names of the whole register, with finer keys for those who belong to the place or are near it.
pub(super) struct NameIndex {
    pub surnames: Vec<SurnameForm>,
    pub givens: Vec<GivenForm>,
    pub patronymics: Vec<String>,
    pub entries: Vec<Entry>,
    /// Hash of a key → place in `entries`; sorted.
    keys: Vec<(u64, u32)>,
    /// Place in `entries` by person id.
    by_person: Vec<u32>,
    has_former_names: bool,
}

/// What people are looked up by.
#[derive(Clone, Copy)]
pub(super) enum Key<'key> {
    /// Surname (or a half of it) and given name: everybody.
    Pair { surname: &'key str, given: GivenKey<'key> },
    /// Surname and the first sound of the given name: everybody.
    SurnameInitial { surname: &'key str, initial: char },
    /// Given name and the first sound of the surname: those in scope.
    GivenInitial { given: GivenKey<'key>, initial: char },
    /// Surname (or a half of it) alone: those in scope.
    Surname(&'key str),
    /// Given name alone: those in scope.
    Given(GivenKey<'key>),
    /// The stem that a man's and a woman's surname share: those in scope.
    SurnameStem(&'key str),
}

/// A given name as a key: its number in the table, or how it sounds.
#[derive(Clone, Copy)]
pub(super) enum GivenKey<'key> {
    Name(NameNumber),
    Skeleton(&'key str),
}

impl GivenForm {
    fn key(&self) -> GivenKey<'_> {
        match self.name {
            Some(name) => GivenKey::Name(name),
            None => GivenKey::Skeleton(&self.skeleton),
        }
    }
}

impl NameIndex {
    pub(super) fn build(register: &Register, place: &Place) -> NameIndex {
        let people = &register.tables().people;
        let mut index = NameIndex {
            surnames: Vec::new(),
            givens: Vec::new(),
            patronymics: Vec::new(),
            entries: Vec::with_capacity(people.len()),
            keys: Vec::with_capacity(people.len() * 3),
            by_person: Vec::new(),
            has_former_names: people.values().any(|person| !person.former_names.is_empty()),
        };
        let (mut surnames, mut givens, mut patronymics) = (HashMap::new(), HashMap::new(), HashMap::new());
        let current = people.values().map(|person| (person.id, &person.name));
        // A messenger shows a former surname for long: who bore it is found by it, after those who bear it now.
        let former =
            people.values().flat_map(|person| person.former_names.iter().map(move |name| (person.id, name)));
        for (person, name) in current.chain(former) {
            let surname = *surnames.entry(name.surname.as_str()).or_insert_with(|| {
                index.surnames.push(SurnameForm::of(&name.surname));
                index.surnames.len() as u32 - 1
            });
            let given = *givens.entry(name.given.as_str()).or_insert_with(|| {
                index.givens.push(GivenForm::of(&name.given));
                index.givens.len() as u32 - 1
            });
            let patronymic = *patronymics.entry(name.patronymic.as_str()).or_insert_with(|| {
                index.patronymics.push(fold(&name.patronymic));
                index.patronymics.len() as u32 - 1
            });
            index.entries.push(Entry { person, surname, given, patronymic });
        }
        index.add_keys(place);
        index
    }

    fn add_keys(&mut self, place: &Place) {
        for (number, entry) in self.entries.iter().enumerate() {
            let number = number as u32;
            let id = entry.person.0 as usize;
            if self.by_person.len() <= id {
                self.by_person.resize(id + 1, u32::MAX);
            }
            if self.by_person[id] == u32::MAX {
                self.by_person[id] = number;
            }
            let (surname, given) =
                (&self.surnames[entry.surname as usize], &self.givens[entry.given as usize]);
            let in_scope = place.is_in_scope(entry.person);
            let given_initial = first_sound(&given.skeleton);
            let spelled = std::iter::once(&surname.skeleton).chain(surname.halves.iter().map(|half| &half.1));
            for surname in spelled {
                self.keys.push((hash(Key::Pair { surname, given: given.key() }), number));
                self.keys.push((hash(Key::SurnameInitial { surname, initial: given_initial }), number));
                if in_scope {
                    self.keys.push((hash(Key::Surname(surname)), number));
                }
            }
            if in_scope {
                let initial = first_sound(&surname.skeleton);
                self.keys.push((hash(Key::GivenInitial { given: given.key(), initial }), number));
                self.keys.push((hash(Key::Given(given.key())), number));
                self.keys.push((hash(Key::SurnameStem(surname_stem(&surname.folded))), number));
            }
        }
        self.keys.sort_unstable();
    }

    /// Places in `entries` of those whose key this may be; a hash may bring a stranger along.
    pub(super) fn find(&self, key: Key<'_>) -> impl Iterator<Item = u32> + '_ {
        let wanted = hash(key);
        let start = self.keys.partition_point(|(hash, _)| *hash < wanted);
        self.keys[start..].iter().take_while(move |(hash, _)| *hash == wanted).map(|(_, number)| *number)
    }

    /// Whether anybody bore another name before.
    pub(super) fn has_former_names(&self) -> bool {
        self.has_former_names
    }

    /// The entry of a person: the name borne now.
    pub(super) fn entry_of(&self, person: PersonId) -> Option<&Entry> {
        let number = self.by_person.get(person.0 as usize)?;
        self.entries.get(*number as usize)
    }

    pub(super) fn surname(&self, entry: &Entry) -> &SurnameForm {
        &self.surnames[entry.surname as usize]
    }

    pub(super) fn given(&self, entry: &Entry) -> &GivenForm {
        &self.givens[entry.given as usize]
    }

    pub(super) fn patronymic(&self, entry: &Entry) -> &str {
        &self.patronymics[entry.patronymic as usize]
    }
}

impl SurnameForm {
    fn of(surname: &str) -> SurnameForm {
        let folded = bare(surname);
        let halves: Vec<&str> = folded.split(['-', ' ']).filter(|half| half.chars().count() > 1).collect();
        let halves = if halves.len() < 2 { Vec::new() } else { halves };
        let halves = halves.into_iter().map(|half| (half.to_owned(), skeleton(half))).collect();
        SurnameForm { skeleton: skeleton(&folded), halves, folded }
    }
}

impl GivenForm {
    fn of(given: &str) -> GivenForm {
        let folded = bare(given);
        GivenForm { skeleton: skeleton(&folded), name: given_names().name_of(&folded), folded }
    }
}

/// Folded, without the dots of a roster's initials and the brackets of a former surname.
fn bare(part: &str) -> String {
    let folded = fold(part);
    if folded.contains(['.', '(', ')', ',']) {
        folded.replace(['.', ',', '(', ')'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        folded
    }
}

/// The first sound of a skeleton.
pub(super) fn first_sound(skeleton: &str) -> char {
    skeleton.chars().next().unwrap_or(' ')
}

/// FNV-1a over the kind and the text of a key.
fn hash(key: Key<'_>) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            sum = (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    let add_given = |add: &mut dyn FnMut(&[u8]), given: GivenKey<'_>| match given {
        GivenKey::Name(number) => {
            add(&[0xfe]);
            add(&number.0.to_le_bytes());
        }
        GivenKey::Skeleton(skeleton) => {
            add(&[0xff]);
            add(skeleton.as_bytes());
        }
    };
    match key {
        Key::Pair { surname, given } => {
            add(&[1]);
            add(surname.as_bytes());
            add_given(&mut add, given);
        }
        Key::SurnameInitial { surname, initial } => {
            add(&[2, initial as u8]);
            add(surname.as_bytes());
        }
        Key::GivenInitial { given, initial } => {
            add(&[3, initial as u8]);
            add_given(&mut add, given);
        }
        Key::Surname(surname) => {
            add(&[4]);
            add(surname.as_bytes());
        }
        Key::Given(given) => {
            add(&[5]);
            add_given(&mut add, given);
        }
        Key::SurnameStem(stem) => {
            add(&[6]);
            add(stem.as_bytes());
        }
    }
    sum
}
