//! What is looked at over the whole file: phones shared by children and adults.

use std::collections::HashSet;

use super::groups::Wanted;
use super::{PlanChoices, PlanIssue};
use crate::names::Role;
use crate::register::{EntityKind, PersonId, Register};
use crate::roster::aliases::Field;
use crate::roster::mapped::MappedRoster;
use crate::roster::problem::Severity;

/// A student on the phone of an adult: the account would be the adult's.
pub(super) fn warn_of_shared_phones(
    register: &Register,
    roster: &MappedRoster,
    wanted: &[Wanted],
    choices: &PlanChoices,
    issues: &mut Vec<PlanIssue>,
) {
    let mut adult_phones: HashSet<&str> = HashSet::new();
    let mut phones_of_file: HashSet<&str> = HashSet::new();
    let has_adults = wanted.iter().any(|wanted| wanted.role.is_some_and(|role| role != Role::Student));
    for (row, wanted) in roster.rows.iter().zip(wanted) {
        if has_adults && let Some(phone) = &row.phone {
            phones_of_file.insert(phone.as_str());
            if wanted.role.is_some_and(|role| role != Role::Student) {
                adult_phones.insert(phone.as_str());
            }
        }
        adult_phones
            .extend(row.parents.iter().filter_map(|parent| parent.phone.as_ref()).map(|it| it.as_str()));
    }
    let adults = adults_of(register);
    let mut child_phones: HashSet<&str> = HashSet::new();
    for person in register.tables().people.values().filter(|person| person.left_on.is_none()) {
        let Some(phone) = person.phone.as_ref().map(|phone| phone.as_str()) else { continue };
        let is_adult = adults.get(person.id.0 as usize).is_some_and(|adult| *adult);
        if !has_adults {
            // A list of pupils: only the phones of adults matter, and those are few.
            adult_phones.extend(is_adult.then_some(phone));
        } else if phones_of_file.contains(phone) {
            let phones = if is_adult { &mut adult_phones } else { &mut child_phones };
            phones.insert(phone);
        }
    }
    if adult_phones.is_empty() && child_phones.is_empty() {
        return;
    }
    let column = choices.columns.find(Field::Phone).map(|column| column.header.clone());
    let mut warn = |row: u32, code, message| {
        issues.push(PlanIssue { row, column: column.clone(), severity: Severity::Warning, code, message });
    };
    for (row, wanted) in roster.rows.iter().zip(wanted) {
        let Some((phone, role)) = row.phone.as_ref().map(|phone| phone.as_str()).zip(wanted.role) else {
            continue;
        };
        let shared = if role == Role::Student { &adult_phones } else { &child_phones };
        if shared.contains(phone) {
            let message = format!(
                "Строка {}: один номер у ученика и у взрослого. Учётная запись на этот номер будет одна, у взрослого. \
                 Проверьте номер.",
                row.row
            );
            warn(row.row, "same_phone_as_adult", message);
        }
    }
}

/// Who is an adult by what the register says of them, by the person's number.
fn adults_of(register: &Register) -> Vec<bool> {
    let mut adults = vec![false; register.counter(EntityKind::Person) as usize + 1];
    let mut mark = |person: PersonId| {
        if let Some(adult) = adults.get_mut(person.0 as usize) {
            *adult = true;
        }
    };
    let memberships = register.tables().memberships.values();
    memberships.filter(|it| it.role != Role::Student).for_each(|it| mark(it.person));
    register.tables().guardianships.values().for_each(|link| mark(link.adult));
    adults
}
