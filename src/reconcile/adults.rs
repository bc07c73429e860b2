//! Adults found through their children: «мама Саши Ивановой», «Наталья (мама Пети И.)».

use std::collections::HashMap;

use jiff::civil::Date;

use super::agreement::{WrittenName, agree};
use super::declension::{given_genitives, surname_genitives, surname_stem};
use super::given_names::{Sex, given_names};
use super::member_line::{ChildHint, Kin};
use super::name_index::{Entry, Key, NameIndex};
use super::name_words::NameWord;
use super::place::Place;
use crate::names::{fold, group_key};
use crate::register::{GroupId, Guardianship, PersonId, Register};

/// More children of one name are not followed to their adults.
const MOST_CHILDREN: usize = 50;

/// The children of the place by the forms their names take in «мама …».
pub(super) struct ChildIndex {
    /// Form of a given name → (number of the given name, whether it is the genitive).
    given_forms: HashMap<String, Vec<(u32, bool)>>,
    surname_forms: HashMap<String, Vec<(u32, bool)>>,
    by_given: HashMap<u32, Vec<Entry>>,
    by_surname: HashMap<u32, Vec<Entry>>,
    /// Groups by the key of their label: «папа Вани 7Б».
    groups: HashMap<String, Vec<GroupId>>,
}

/// What a child hint leads to.
#[derive(Clone, Debug, Default)]
pub(super) struct ThroughChild {
    pub adults: Vec<PersonId>,
    pub children: Vec<PersonId>,
    /// Exactly one adult, and no other child could be meant.
    pub is_single: bool,
}

impl ChildIndex {
    pub(super) fn build(register: &Register, index: &NameIndex, place: &Place) -> ChildIndex {
        let mut children = ChildIndex {
            given_forms: HashMap::new(),
            surname_forms: HashMap::new(),
            by_given: HashMap::new(),
            by_surname: HashMap::new(),
            groups: HashMap::new(),
        };
        for group in register.tables().groups.values() {
            children.groups.entry(group_key(&group.label)).or_default().push(group.id);
        }
        for entry in place.children.iter().filter_map(|child| index.entry_of(*child)) {
            children.by_given.entry(entry.given).or_default().push(*entry);
            children.by_surname.entry(entry.surname).or_default().push(*entry);
        }
        let add = |map: &mut HashMap<String, Vec<(u32, bool)>>, form: String, number, is_genitive| {
            let list = map.entry(form).or_default();
            if !list.contains(&(number, is_genitive)) {
                list.push((number, is_genitive));
            }
        };
        for number in children.by_given.keys() {
            let given = &index.givens[*number as usize];
            let forms = given.name.map_or(&[][..], |name| given_names().forms_of(name));
            for form in forms.iter().chain([&given.folded]) {
                for genitive in given_genitives(form) {
                    add(&mut children.given_forms, genitive, *number, true);
                }
                add(&mut children.given_forms, form.clone(), *number, false);
            }
        }
        for number in children.by_surname.keys() {
            let surname = &index.surnames[*number as usize];
            for genitive in surname_genitives(&surname.folded) {
                add(&mut children.surname_forms, genitive, *number, true);
            }
            add(&mut children.surname_forms, surname.folded.clone(), *number, false);
        }
        children
    }

    /// The children whom these words name best: genitives before nominatives.
    fn find(&self, index: &NameIndex, words: &str) -> Vec<PersonId> {
        let words: Vec<&str> = words.split(' ').collect();
        let surnames: Vec<&[(u32, bool)]> =
            words.iter().map(|word| self.surname_forms.get(*word).map_or(&[][..], Vec::as_slice)).collect();
        let mut found: Vec<(u8, PersonId)> = Vec::new();
        for (place, word) in words.iter().enumerate() {
            for (number, is_genitive) in self.given_forms.get(*word).map_or(&[][..], Vec::as_slice) {
                for entry in self.by_given.get(number).map_or(&[][..], Vec::as_slice) {
                    let mut score = u8::from(!is_genitive);
                    let rest = words.iter().zip(&surnames).enumerate().filter(|(other, _)| *other != place);
                    let agrees = rest.into_iter().all(|(_, (word, forms))| {
                        agrees(index, entry, word, forms).inspect(|extra| score += extra).is_some()
                    });
                    if agrees {
                        found.push((score, entry.person));
                    }
                }
            }
        }
        if let ([only], true) = (words.as_slice(), found.is_empty()) {
            for (number, is_genitive) in self.surname_forms.get(*only).map_or(&[][..], Vec::as_slice) {
                let entries = self.by_surname.get(number).map_or(&[][..], Vec::as_slice);
                found.extend(entries.iter().map(|entry| (u8::from(!is_genitive), entry.person)));
            }
        }
        let best = found.iter().map(|(score, _)| *score).min().unwrap_or(0);
        let mut best: Vec<PersonId> =
            found.into_iter().filter(|(score, _)| *score == best).map(|(_, person)| person).collect();
        best.sort_unstable();
        best.dedup();
        best
    }
}

/// Whether a word is the surname, its first letter or the patronymic of a child; worse forms cost more.
fn agrees(index: &NameIndex, entry: &Entry, word: &str, surnames: &[(u32, bool)]) -> Option<u8> {
    if word.chars().nth(1).is_none() {
        return index.surname(entry).folded.starts_with(word).then_some(0);
    }
    let of_child = surnames.iter().filter(|(number, _)| *number == entry.surname);
    if let Some(cost) = of_child.map(|(_, is_genitive)| u8::from(!is_genitive)).min() {
        return Some(cost);
    }
    let patronymic = index.patronymic(entry);
    let head: String = patronymic.chars().take(patronymic.chars().count().saturating_sub(2)).collect();
    (head.chars().count() > 3 && word.starts_with(&head)).then_some(0)
}

/// Follows a child hint to the adults it means.
pub(super) fn through_child(
    register: &Register,
    index: &NameIndex,
    children: &ChildIndex,
    hint: &ChildHint,
    group: Option<&str>,
    own_words: &[NameWord],
    today: Date,
) -> ThroughChild {
    let mut named: Vec<Vec<PersonId>> =
        hint.children.iter().map(|words| children.find(index, words)).collect();
    for found in &mut named {
        if let Some(groups) = group.and_then(|key| children.groups.get(key)) {
            prefer_groups(register, found, groups, today);
        }
        // «Мама Саши» of the whole organization is no name: those offered are an example of many.
        found.truncate(MOST_CHILDREN);
    }
    let adults_of = |found: &Vec<PersonId>| -> Vec<PersonId> {
        let mut adults: Vec<PersonId> = found
            .iter()
            .flat_map(|child| register.current_guardians(*child, today))
            .filter(|link| is_kin(index, link, hint.kin))
            .map(|link| link.adult)
            .filter(|adult| bears_the_name(index, *adult, own_words))
            .collect();
        adults.sort_unstable();
        adults.dedup();
        adults
    };
    let sets: Vec<Vec<PersonId>> = named.iter().map(adults_of).collect();
    let common: Vec<PersonId> = sets.first().map_or_else(Vec::new, |first| {
        first.iter().copied().filter(|adult| sets.iter().all(|set| set.contains(adult))).collect()
    });
    let mut all: Vec<PersonId> = sets.concat();
    all.sort_unstable();
    all.dedup();
    let children_are_single = named.iter().all(|found| found.len() == 1);
    let narrowed = !own_words.is_empty() || named.len() > 1;
    let mut all_children: Vec<PersonId> = named.concat();
    all_children.sort_unstable();
    all_children.dedup();
    // A roster names parents without a word; a grandmother it does not call so may be the mother.
    let is_said = match (hint.kin, common.as_slice()) {
        (Kin::Grandmother | Kin::Grandfather, [only]) => {
            !own_words.is_empty() || is_called_grandparent(register, *only, &all_children, today)
        }
        _ => true,
    };
    let is_single = common.len() == 1 && (children_are_single || narrowed) && is_said;
    ThroughChild { adults: if common.is_empty() { all } else { common }, children: all_children, is_single }
}

fn is_called_grandparent(register: &Register, adult: PersonId, children: &[PersonId], today: Date) -> bool {
    children.iter().flat_map(|child| register.current_guardians(*child, today)).any(|link| {
        let basis = fold(&link.basis);
        link.adult == adult && (basis.contains("бабуш") || basis.contains("дедуш"))
    })
}

/// Where the class is written too, the children of that class alone.
fn prefer_groups(register: &Register, found: &mut Vec<PersonId>, groups: &[GroupId], today: Date) {
    let is_of_group = |child: &PersonId| {
        register.memberships_of_person(*child).any(|membership| {
            membership.group.is_some_and(|group| groups.contains(&group))
                && register.is_current(membership, today)
        })
    };
    if found.iter().any(is_of_group) {
        found.retain(is_of_group);
    }
}

/// Whether an adult of a child may call themselves so.
fn is_kin(index: &NameIndex, link: &Guardianship, kin: Kin) -> bool {
    let basis = fold(&link.basis);
    let says = |words: &[&str]| words.iter().any(|word| basis.contains(word));
    let is_other = says(&["мать", "мама", "отец", "папа", "бабуш", "дедуш"]);
    let sex = index.entry_of(link.adult).and_then(|entry| sex_of(index, entry));
    match kin {
        Kin::Adult => true,
        Kin::Mother => says(&["мать", "мама"]) || !is_other && sex != Some(Sex::Man),
        Kin::Father => says(&["отец", "папа"]) || !is_other && sex != Some(Sex::Woman),
        Kin::Grandmother => says(&["бабуш"]) || !is_other && sex != Some(Sex::Man),
        Kin::Grandfather => says(&["дедуш"]) || !is_other && sex != Some(Sex::Woman),
    }
}

/// By the patronymic, else by the given name.
fn sex_of(index: &NameIndex, entry: &Entry) -> Option<Sex> {
    let patronymic = index.patronymic(entry);
    let ends = |endings: &[&str]| endings.iter().any(|ending| patronymic.ends_with(ending));
    if ends(&["вич", "ич", "оглы", "улы", "уулу"]) {
        return Some(Sex::Man);
    }
    if ends(&["вна", "ична", "кызы", "гызы"]) {
        return Some(Sex::Woman);
    }
    index.given(entry).name.and_then(|name| given_names().sex_of(name))
}

fn bears_the_name(index: &NameIndex, adult: PersonId, own_words: &[NameWord]) -> bool {
    own_words.is_empty()
        || index
            .entry_of(adult)
            .is_some_and(|entry| agree(&mut WrittenName::of(own_words), index, entry).is_some())
}

/// Children of the place who bear a surname of the words, in a man's or a woman's form: proposals for an adult
/// whom the register does not know.
pub(super) fn children_of_the_surname(index: &NameIndex, place: &Place, words: &[NameWord]) -> Vec<PersonId> {
    let mut found: Vec<PersonId> = words
        .iter()
        .filter(|word| !word.is_initial && word.names.is_empty())
        .flat_map(|word| index.find(Key::SurnameStem(surname_stem(&word.folded))))
        .map(|number| index.entries[number as usize].person)
        .collect();
    found.sort_unstable();
    found.dedup();
    found.retain(|person| place.children.binary_search(person).is_ok());
    found
}
