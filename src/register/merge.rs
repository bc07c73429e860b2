//! Merging records of one person: what stays, and what of the two records goes into it (domain §5: one mother stands
//! in the rows of two children).

use std::sync::Arc;

use super::Person;
use super::ids::PersonId;
use crate::names::fold;

/// Two records of one person. Both are as they were seen; the second one ends.
#[derive(Clone, Debug)]
pub struct PeopleMerge {
    /// The record that stays.
    pub keep: Arc<Person>,
    /// The record whose contents go over to the other.
    pub merge: Arc<Person>,
    pub choice: MergeChoice,
}

/// Where the two records differ: what is taken from the one that ends. What only one of them knows is kept anyway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeChoice {
    pub name_of_merged: bool,
    pub birth_date_of_merged: bool,
    pub phone_of_merged: bool,
}

impl MergeChoice {
    /// The choice that loses nothing: the name that has the patronymic.
    pub fn suggested(keep: &Person, merge: &Person) -> MergeChoice {
        let same = fold(&keep.name.surname) == fold(&merge.name.surname)
            && fold(&keep.name.given) == fold(&merge.name.given);
        let fuller = keep.name.patronymic.is_empty() && !merge.name.patronymic.is_empty();
        MergeChoice { name_of_merged: same && fuller, ..MergeChoice::default() }
    }
}

impl PeopleMerge {
    /// A merge with the choice that loses nothing.
    pub fn new(keep: Arc<Person>, merge: Arc<Person>) -> PeopleMerge {
        let choice = MergeChoice::suggested(&keep, &merge);
        PeopleMerge { keep, merge, choice }
    }
}

/// The record that stays, as it is after the merge. Somebody who is still here in one of the records is here.
pub fn merged_person(keep: &Person, merge: &Person, choice: MergeChoice) -> Person {
    let mut person = keep.clone();
    let mut former = keep.former_names.clone();
    former.extend(merge.former_names.iter().cloned());
    if choice.name_of_merged {
        former.push(keep.name.clone());
        (person.name, person.name_origin) = (merge.name.clone(), merge.name_origin);
    } else {
        former.push(merge.name.clone());
    }
    person.former_names = other_names(&person, former);
    if merge.birth_date.is_some() && (choice.birth_date_of_merged || keep.birth_date.is_none()) {
        (person.birth_date, person.birth_date_origin) = (merge.birth_date, merge.birth_date_origin);
    }
    if merge.phone.is_some() && (choice.phone_of_merged || keep.phone.is_none()) {
        (person.phone, person.phone_origin) = (merge.phone.clone(), merge.phone_origin);
    }
    person.left_on = keep.left_on.zip(merge.left_on).map(|(one, other)| one.max(other));
    if keep.absent_since.is_none() {
        person.absent_since = merge.absent_since;
        (person.absent_until, person.absence_reason) = (merge.absent_until, merge.absence_reason);
    }
    person.contract_until = keep.contract_until.or(merge.contract_until);
    person.safe_mode_on = keep.safe_mode_on.or(merge.safe_mode_on);
    if !merge.note.is_empty() && merge.note != keep.note {
        person.note =
            if keep.note.is_empty() { merge.note.clone() } else { format!("{}\n{}", keep.note, merge.note) };
    }
    person.merged.push(merge.id);
    person.merged.extend(&merge.merged);
    person
}

/// Names that say something beside the present one: a mere other spelling, or the same without the patronymic, says
/// nothing.
fn other_names(person: &Person, names: Vec<crate::names::FullName>) -> Vec<crate::names::FullName> {
    let mut kept: Vec<crate::names::FullName> = Vec::new();
    for name in names {
        let says_nothing = fold(&name.surname) == fold(&person.name.surname)
            && fold(&name.given) == fold(&person.name.given)
            && (name.patronymic.is_empty() || fold(&name.patronymic) == fold(&person.name.patronymic));
        if !says_nothing && !kept.iter().any(|known| known.match_key() == name.match_key()) {
            kept.push(name);
        }
    }
    kept
}

/// Under which key «не один человек» is remembered: «12/15», the lower number first. The value is empty.
pub fn different_people_key(one: PersonId, other: PersonId) -> String {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    format!("{low}/{high}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::names::{FullName, parse_phone};

    fn person(id: u32, patronymic: &str) -> Person {
        let name = FullName::new("Громова", "Анна", patronymic);
        Person { id: PersonId(id), name, ..Person::default() }
    }

    #[test]
    fn what_one_record_knows_is_kept() {
        let mut keep = person(3, "");
        keep.left_on = Some(date(2026, 6, 1));
        keep.note = "звонить вечером".into();
        let mut merge = person(7, "Львовна");
        merge.phone = parse_phone("89170000001").ok();
        merge.note = "совместитель".into();
        let choice = MergeChoice::suggested(&keep, &merge);
        assert!(choice.name_of_merged, "the fuller name");
        let merged = merged_person(&keep, &merge, choice);
        assert_eq!(merged.name.full(), "Громова Анна Львовна");
        assert_eq!(merged.phone, merge.phone);
        assert_eq!(merged.left_on, None, "here in one of the records");
        assert_eq!(merged.note, "звонить вечером\nсовместитель");
        assert_eq!((merged.id, merged.merged), (PersonId(3), vec![PersonId(7)]));
        assert!(merged.former_names.is_empty(), "a name without its patronymic is no other name");
    }

    #[test]
    fn another_surname_stays_known() {
        let (keep, mut merge) = (person(3, "Львовна"), person(7, "Львовна"));
        merge.name.surname = "Белкина".into();
        let kept = merged_person(&keep, &merge, MergeChoice::default());
        assert_eq!(kept.name.surname, "Громова");
        assert_eq!(kept.former_names[0].surname, "Белкина");
        let other = MergeChoice { name_of_merged: true, ..MergeChoice::default() };
        let other = merged_person(&keep, &merge, other);
        assert_eq!(
            (other.name.surname.as_str(), other.former_names[0].surname.as_str()),
            ("Белкина", "Громова")
        );
    }

    #[test]
    fn a_pair_has_one_key() {
        assert_eq!(different_people_key(PersonId(15), PersonId(12)), "12/15");
        assert_eq!(different_people_key(PersonId(12), PersonId(15)), "12/15");
    }
}
