//! «Похоже, один человек» (domain §5): records that may be of one person. Never by the likeness of whole strings: the
//! surname must agree first, or its change is proposed; and a name alone proves nothing, namesakes are real. Everything
//! here is only proposed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use jiff::civil::Date;

use crate::names::{FullName, Role, fold};
use crate::register::{PeopleMerge, Person, PersonId, Register, RememberedKind, different_people_key};

/// What two records have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SameBecause {
    /// Совпали ФИО и телефон.
    NameAndPhone,
    /// Совпали ФИО и дата рождения.
    NameAndBirthDate,
    /// Two adults of one name are recorded for one child.
    SameChild,
    /// Two children of one name have one adult.
    SameAdult,
    /// Adults of one name, without a second phone, have children of one surname.
    SameFamily,
    /// Phone, given name and patronymic agree, the surname does not: it may have changed.
    SurnameChanged,
}

impl SameBecause {
    /// Stable name, for JSON.
    pub fn code(self) -> &'static str {
        match self {
            SameBecause::NameAndPhone => "name_and_phone",
            SameBecause::NameAndBirthDate => "name_and_birth_date",
            SameBecause::SameChild => "same_child",
            SameBecause::SameAdult => "same_adult",
            SameBecause::SameFamily => "same_family",
            SameBecause::SurnameChanged => "surname_changed",
        }
    }

    /// In words, lower case.
    pub fn words(self) -> &'static str {
        match self {
            SameBecause::NameAndPhone => "совпали ФИО и телефон",
            SameBecause::NameAndBirthDate => "совпали ФИО и дата рождения",
            SameBecause::SameChild => "одно имя у двух взрослых одного ребёнка",
            SameBecause::SameAdult => "одно имя у двух детей одного взрослого",
            SameBecause::SameFamily => "совпали ФИО и фамилия детей",
            SameBecause::SurnameChanged => "совпали телефон, имя и отчество: возможно, сменилась фамилия",
        }
    }
}

/// «совпали ФИО и телефон; …».
pub fn why_same_words(because: &[SameBecause]) -> String {
    because.iter().map(|one| one.words()).collect::<Vec<_>>().join("; ")
}

/// Two records that may be of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The record that more hangs on: proposed to stay.
    pub keep: PersonId,
    pub merge: PersonId,
    /// The whole ФИО and the phone agree and nothing speaks against it: may be confirmed in bulk.
    pub certain: bool,
    /// What agrees, the strongest first; never empty.
    pub because: Vec<SameBecause>,
}

/// More records of one phone, birth date or family than this are no people: nothing is compared.
const MOST_ALIKE: usize = 40;

/// Every pair of records that may be of one person, the certain ones first, then by name. Pairs that were told apart
/// are left out.
pub fn duplicates(register: &Register, today: Date) -> Vec<Duplicate> {
    let mut finder = Finder { register, today, found: BTreeMap::new() };
    finder.by_phone();
    finder.by_birth_date();
    finder.by_child();
    finder.by_adult();
    finder.by_family();
    finder.sorted()
}

/// The merges of pairs, such that they can be done one after the other: whoever has gone over to somebody stands in
/// later pairs for that somebody, and a pair that has become one person already is left out.
pub fn merges_of<'a>(register: &Register, pairs: impl Iterator<Item = &'a Duplicate>) -> Vec<PeopleMerge> {
    let mut went_to: HashMap<PersonId, PersonId> = HashMap::new();
    let mut merges = Vec::new();
    for pair in pairs {
        let last = |mut person: PersonId| {
            while let Some(next) = went_to.get(&person) {
                person = *next;
            }
            person
        };
        let (keep, merge) = (last(pair.keep), last(pair.merge));
        let (Some(kept), Some(gone)) = (register.person(keep), register.person(merge)) else { continue };
        if keep != merge {
            merges.push(PeopleMerge::new(kept.clone(), gone.clone()));
            went_to.insert(merge, keep);
        }
    }
    merges
}

struct Finder<'a> {
    register: &'a Register,
    today: Date,
    /// By the pair, the lower number first.
    found: BTreeMap<(PersonId, PersonId), Vec<SameBecause>>,
}

impl<'a> Finder<'a> {
    fn people(&self) -> impl Iterator<Item = &'a Person> + use<'a> {
        self.register.tables().people.values()
    }

    fn by_phone(&mut self) {
        let people = self.people();
        let with_phone = people.filter_map(|person| Some((person.phone.as_ref()?.as_str(), person)));
        for alike in buckets(with_phone) {
            for (one, other) in pairs(&alike) {
                if same_name(&one.name, &other.name) {
                    self.add(one, other, SameBecause::NameAndPhone);
                } else if is_other_surname(&one.name, &other.name) {
                    self.add(one, other, SameBecause::SurnameChanged);
                }
            }
        }
    }

    fn by_birth_date(&mut self) {
        let people = self.people();
        let born =
            people.filter_map(|person| Some(((person.birth_date?, fold(&person.name.surname)), person)));
        for alike in buckets(born) {
            for (one, other) in pairs(&alike) {
                if same_name(&one.name, &other.name) {
                    self.add(one, other, SameBecause::NameAndBirthDate);
                }
            }
        }
    }

    fn by_child(&mut self) {
        let bonds = self.register.tables().guardianships.values();
        let lasting = bonds.filter(|bond| bond.until.is_none_or(|until| until >= self.today));
        let adults: Vec<_> = lasting
            .filter_map(|bond| Some((bond.child, self.register.person(bond.adult)?.as_ref())))
            .collect();
        for alike in buckets(adults.into_iter()) {
            for (one, other) in pairs(&alike) {
                if same_name(&one.name, &other.name) {
                    self.add(one, other, SameBecause::SameChild);
                }
            }
        }
    }

    fn by_adult(&mut self) {
        let bonds = self.register.tables().guardianships.values();
        let lasting = bonds.filter(|bond| bond.until.is_none_or(|until| until >= self.today));
        let children: Vec<_> = lasting
            .filter_map(|bond| Some((bond.adult, self.register.person(bond.child)?.as_ref())))
            .collect();
        for alike in buckets(children.into_iter()) {
            for (one, other) in pairs(&alike) {
                if same_name(&one.name, &other.name) {
                    self.add(one, other, SameBecause::SameAdult);
                }
            }
        }
    }

    /// Without a patronymic, or with two phones, a name and a family are too little.
    fn by_family(&mut self) {
        let bonds = self.register.tables().guardianships.values();
        let families: Vec<_> = bonds
            .filter_map(|bond| {
                let (adult, child) = (self.register.person(bond.adult)?, self.register.person(bond.child)?);
                let named = !adult.name.patronymic.is_empty();
                named.then(|| ((adult.name.match_key(), surname_stem(&child.name)), adult.as_ref()))
            })
            .collect();
        for alike in buckets(families.into_iter()) {
            for (one, other) in pairs(&alike) {
                if one.phone.is_none() || other.phone.is_none() {
                    self.add(one, other, SameBecause::SameFamily);
                }
            }
        }
    }

    fn add(&mut self, one: &Person, other: &Person, because: SameBecause) {
        if one.id == other.id || self.contradict(one, other) {
            return;
        }
        let pair = if one.id < other.id { (one.id, other.id) } else { (other.id, one.id) };
        let known = self.found.entry(pair).or_default();
        if !known.contains(&because) {
            known.push(because);
        }
    }

    /// Another birth date, a student and an adult (a son may bear his father's whole name and have his phone), an adult
    /// and their child.
    fn contradict(&self, one: &Person, other: &Person) -> bool {
        let differ =
            |one: Option<Date>, other: Option<Date>| one.zip(other).is_some_and(|(one, other)| one != other);
        differ(one.birth_date, other.birth_date)
            || (self.is_student(one.id) && self.is_adult(other.id))
            || (self.is_adult(one.id) && self.is_student(other.id))
            || self.register.guardianships_of_adult(one.id).any(|bond| bond.child == other.id)
            || self.register.guardianships_of_adult(other.id).any(|bond| bond.child == one.id)
    }

    fn is_student(&self, person: PersonId) -> bool {
        self.register.memberships_of_person(person).any(|membership| membership.role == Role::Student)
    }

    fn is_adult(&self, person: PersonId) -> bool {
        self.register.memberships_of_person(person).any(|membership| membership.role != Role::Student)
            || self.register.guardianships_of_adult(person).next().is_some()
    }

    fn sorted(self) -> Vec<Duplicate> {
        let answers = self.register.tables().remembered.values();
        let apart: HashSet<&str> = answers
            .filter(|answer| answer.kind == RememberedKind::DifferentPeople)
            .map(|answer| answer.key.as_str())
            .collect();
        let mut duplicates: Vec<Duplicate> = Vec::new();
        for ((one, other), mut because) in self.found {
            if apart.contains(different_people_key(one, other).as_str()) {
                continue;
            }
            because.sort_unstable();
            let (keep, merge) = by_weight(self.register, one, other);
            let certain = because.contains(&SameBecause::NameAndPhone)
                && name_key(self.register, one) == name_key(self.register, other);
            duplicates.push(Duplicate { keep, merge, certain, because });
        }
        duplicates.sort_by_cached_key(|pair| {
            (!pair.certain, name_key(self.register, pair.keep), pair.keep, pair.merge)
        });
        duplicates
    }
}

fn name_key(register: &Register, person: PersonId) -> Option<String> {
    register.person(person).map(|person| person.name.match_key())
}

/// The record of somebody who is here, else the one more hangs on, else the older one, stays.
fn by_weight(register: &Register, one: PersonId, other: PersonId) -> (PersonId, PersonId) {
    let weight = |person: PersonId| {
        let here = register.person(person).is_some_and(|person| person.left_on.is_none());
        (here, register.referrers(person).len())
    };
    if weight(other) > weight(one) { (other, one) } else { (one, other) }
}

/// Values with one key, where there are at least two and no more than people can be.
fn buckets<'a, K: Hash + Eq + Ord>(keyed: impl Iterator<Item = (K, &'a Person)>) -> Vec<Vec<&'a Person>> {
    let mut by_key: HashMap<K, Vec<&Person>> = HashMap::new();
    for (key, person) in keyed {
        by_key.entry(key).or_default().push(person);
    }
    by_key.into_values().filter(|alike| (2..=MOST_ALIKE).contains(&alike.len())).collect()
}

fn pairs<'a>(alike: &[&'a Person]) -> impl Iterator<Item = (&'a Person, &'a Person)> + use<'a> {
    let alike = alike.to_vec();
    (0..alike.len()).flat_map(move |one| {
        let (first, rest) = (alike[one], alike[one + 1..].to_vec());
        rest.into_iter().map(move |other| (first, other))
    })
}

/// Surname first; then the given names agree, in full or by an initial; a patronymic that is missing says nothing.
fn same_name(one: &FullName, other: &FullName) -> bool {
    fold(&one.surname) == fold(&other.surname)
        && part_agrees(&one.given, &other.given)
        && (one.patronymic.is_empty()
            || other.patronymic.is_empty()
            || part_agrees(&one.patronymic, &other.patronymic))
}

/// Given name and patronymic are there and the same, the surname is another.
fn is_other_surname(one: &FullName, other: &FullName) -> bool {
    let said = |part: &str| part.chars().count() > 2;
    fold(&one.surname) != fold(&other.surname)
        && said(&one.given)
        && said(&one.patronymic)
        && fold(&one.given) == fold(&other.given)
        && fold(&one.patronymic) == fold(&other.patronymic)
}

fn part_agrees(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let initial = |text: &str| {
        let bare = text.trim_end_matches('.');
        let mut letters = bare.chars();
        letters.next().filter(|_| letters.next().is_none())
    };
    match (initial(&one), initial(&other)) {
        (None, None) => one == other,
        (Some(letter), _) => other.starts_with(letter),
        (_, Some(letter)) => one.starts_with(letter),
    }
}

/// A surname without what tells man from woman: «Громов» and «Громова» are one family.
fn surname_stem(name: &FullName) -> String {
    let mut surname = fold(&name.surname);
    for ending in ["ая", "яя", "ий", "ый", "ой"] {
        if let Some(stem) = surname.strip_suffix(ending).filter(|stem| stem.chars().count() > 2) {
            surname.truncate(stem.len());
            return surname;
        }
    }
    if ["ова", "ева", "ина", "ына"].iter().any(|ending| surname.ends_with(ending)) {
        surname.pop();
    }
    surname
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::names::parse_phone;
    use crate::register::{Entity, Guardianship, GuardianshipId, Operation, Remembered, RememberedId};
    use crate::regulation::fixture::School;

    const TODAY: Date = date(2026, 10, 12);

    struct Given(School);

    impl Given {
        fn person(&mut self, name: &str, role: Role, phone: &str, born: Option<Date>) -> PersonId {
            let id = self.0.person("Временная", role, None);
            let seen = self.0.register.person(id).expect("was added").as_ref().clone();
            let mut words = name.split(' ');
            let mut next = || words.next().unwrap_or_default();
            let wanted = Person {
                name: FullName::new(next(), next(), next()),
                phone: parse_phone(phone).ok(),
                birth_date: born,
                ..seen.clone()
            };
            self.0.edit(seen, wanted);
            id
        }

        fn bond(&mut self, adult: PersonId, child: PersonId) {
            let id = GuardianshipId(self.0.register.counter(crate::register::EntityKind::Guardianship) + 1);
            let bond = Guardianship { id, adult, child, ..Guardianship::default() };
            self.0.register.put_loaded(Entity::from(bond));
        }

        fn found(&self) -> Vec<(bool, Vec<SameBecause>)> {
            let found = duplicates(&self.0.register, TODAY);
            found.into_iter().map(|pair| (pair.certain, pair.because)).collect()
        }
    }

    const PHONE: &str = "+79170000001";
    const OTHER_PHONE: &str = "+79170000002";

    type Record = (&'static str, Role, &'static str, Option<Date>);
    /// Two records, what they are proposed as, and what the case is of.
    type Case = (Record, Record, Option<(bool, SameBecause)>, &'static str);

    #[test]
    fn what_makes_two_records_one_person() {
        use SameBecause::*;
        let born = Some(date(2012, 3, 4));
        let later = Some(date(2013, 3, 4));
        let cases: Vec<Case> = vec![
            (
                ("Громова Анна Львовна", Role::Parent, PHONE, None),
                ("Громова Анна Львовна", Role::Teacher, PHONE, None),
                Some((true, NameAndPhone)),
                "a teacher is a parent too",
            ),
            (
                ("Громова Алёна Львовна", Role::Parent, PHONE, None),
                ("ГРОМОВА Алена Львовна", Role::Parent, PHONE, None),
                Some((true, NameAndPhone)),
                "ё and capitals are spelling",
            ),
            (
                ("Громова Анна", Role::Parent, PHONE, None),
                ("Громова Анна Львовна", Role::Parent, PHONE, None),
                Some((false, NameAndPhone)),
                "without the patronymic it is likely only",
            ),
            (
                ("Громова А. Л.", Role::Parent, PHONE, None),
                ("Громова Анна Львовна", Role::Parent, PHONE, None),
                Some((false, NameAndPhone)),
                "initials",
            ),
            (
                ("Громова Анна Львовна", Role::Parent, PHONE, None),
                ("Громова Алла Львовна", Role::Parent, PHONE, None),
                None,
                "sisters on one phone: alike as strings, and two people",
            ),
            (
                ("Громова Анна Львовна", Role::Parent, PHONE, None),
                ("Громова Анна Львовна", Role::Parent, OTHER_PHONE, None),
                None,
                "namesakes",
            ),
            (
                ("Громов Лев Львович", Role::Student, PHONE, None),
                ("Громов Лев Львович", Role::Employee, PHONE, None),
                None,
                "father and son",
            ),
            (
                ("Громов Лев Львович", Role::Student, "", born),
                ("Громов Лев Львович", Role::Student, "", born),
                Some((false, NameAndBirthDate)),
                "the same pupil twice",
            ),
            (
                ("Громов Лев Львович", Role::Student, PHONE, born),
                ("Громов Лев Львович", Role::Student, PHONE, later),
                None,
                "born on two days",
            ),
            (
                ("Громова Анна Львовна", Role::Parent, PHONE, None),
                ("Белкина Анна Львовна", Role::Parent, PHONE, None),
                Some((false, SurnameChanged)),
                "another surname is only proposed",
            ),
            (
                ("Громова Анна", Role::Parent, PHONE, None),
                ("Белкина Анна", Role::Parent, PHONE, None),
                None,
                "a given name alone is too little",
            ),
        ];
        for (one, other, expected, why) in cases {
            let mut given = Given(School::new());
            given.person(one.0, one.1, one.2, one.3);
            given.person(other.0, other.1, other.2, other.3);
            let expected: Vec<_> =
                expected.map(|(certain, because)| (certain, vec![because])).into_iter().collect();
            assert_eq!(given.found(), expected, "{why}");
        }
    }

    #[test]
    fn families_tell_of_one_person() {
        use SameBecause::*;
        let mut given = Given(School::new());
        let child = given.person("Громов Лев Львович", Role::Student, "", None);
        let sister = given.person("Громова Ада Львовна", Role::Student, "", None);
        let mother = given.person("Громова Анна Ильинична", Role::Parent, PHONE, None);
        let again = given.person("Громова Анна Ильинична", Role::Parent, "", None);
        given.bond(mother, child);
        given.bond(again, sister);
        assert_eq!(given.found(), [(false, vec![SameFamily])], "one mother in the rows of two children");
        given.bond(again, child);
        assert_eq!(given.found(), [(false, vec![SameChild, SameFamily])]);
        let twice = given.person("Громов Лев", Role::Student, "", None);
        given.bond(mother, twice);
        assert!(given.found().contains(&(false, vec![SameAdult])));
    }

    #[test]
    fn who_was_told_apart_is_not_proposed_again() {
        let mut given = Given(School::new());
        let one = given.person("Громова Анна Львовна", Role::Parent, PHONE, None);
        let other = given.person("Громова Анна Львовна", Role::Parent, PHONE, None);
        assert_eq!(given.found().len(), 1);
        let answer = Remembered {
            id: RememberedId(1),
            kind: RememberedKind::DifferentPeople,
            key: different_people_key(other, one),
            value: String::new(),
        };
        given.0.register.put_loaded(answer.into());
        assert!(given.found().is_empty());
    }

    #[test]
    fn three_records_become_one_step_by_step() {
        let mut given = Given(School::new());
        let people = ["Громова Анна Львовна"; 3].map(|name| given.person(name, Role::Teacher, PHONE, None));
        let found = duplicates(&given.0.register, TODAY);
        assert_eq!(found.len(), 3, "every pair");
        let merges = merges_of(&given.0.register, found.iter());
        assert_eq!(merges.len(), 2);
        given.0.run(Operation::MergePeople(merges));
        assert!(given.0.register.person(people[0]).is_some());
        assert_eq!(given.0.register.tables().people.len(), 1);
    }

    #[test]
    fn the_record_more_hangs_on_stays() {
        let mut given = Given(School::new());
        let light = given.person("Громова Анна Львовна", Role::Parent, PHONE, None);
        let heavy = given.person("Громова Анна Львовна", Role::Teacher, PHONE, None);
        let found = duplicates(&given.0.register, TODAY);
        assert_eq!(
            (found[0].keep, found[0].merge),
            (heavy, light),
            "a parent without a child holds no record"
        );
    }
}
