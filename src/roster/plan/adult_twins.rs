//! An adult's own row and somebody of the register in another role: «похоже, один человек» (domain §5: one mother stands
//! in the rows of two children, perhaps also among the staff). Apart until the user confirms.

use std::collections::{HashMap, HashSet};

use super::groups::Wanted;
use super::matching::Match;
use super::same_adult::role_of_known;
use super::standing::{is_adult, same_family};
use super::{AdultKey, AdultProposal, PlanChoices, PlanIssue};
use crate::names::Role;
use crate::register::{PersonId, Register};
use crate::roster::aliases::Field;
use crate::roster::mapped::{MappedRoster, RosterRow};
use crate::roster::problem::Severity;

/// Proposes for every new adult of the file the one person of another role with the same ФИО and phone. Confirmed ones
/// become that person.
pub(super) fn propose(
    register: &Register,
    roster: &MappedRoster,
    wanted: &[Wanted],
    choices: &PlanChoices,
    matches: &mut [Match],
    issues: &mut Vec<PlanIssue>,
) -> Vec<AdultProposal> {
    let is_new_adult = |index: usize| {
        matches!(matches[index], Match::New { chosen: false, .. })
            && wanted[index].role.is_some_and(|role| role != Role::Student)
            && !choices.left_out_rows.contains(&roster.rows[index].row)
    };
    let new_adults: Vec<usize> = (0..roster.rows.len()).filter(|index| is_new_adult(*index)).collect();
    let phones: HashSet<&str> =
        new_adults.iter().filter_map(|index| Some(roster.rows[*index].phone.as_ref()?.as_str())).collect();
    if phones.is_empty() {
        return Vec::new();
    }
    let holders = holders_of(register, &phones);
    let mut taken: HashSet<PersonId> = matches.iter().filter_map(Match::person).collect();
    let mut proposals = Vec::new();
    for index in new_adults {
        let row = &roster.rows[index];
        let Some((phone, role)) = row.phone.as_ref().map(|phone| phone.as_str()).zip(wanted[index].role)
        else {
            continue;
        };
        let twins = twins_of(register, holders.get(phone).map_or(&[], Vec::as_slice), row, role);
        // Two rows for one person, or two people for one row, are left apart: nothing singles one out.
        let proposed = match twins.as_slice() {
            [] => continue,
            [person] => Some(*person).filter(|person| taken.insert(*person)),
            _ => None,
        };
        let Some(person) = proposed else {
            issues.push(apart(row, choices));
            continue;
        };
        let key = AdultKey(format!("{}|{phone}", row.name.match_key()));
        let joined = choices.join_all_adults || choices.joined_adults.contains(&key);
        let why = format!("совпали ФИО и телефон{}", role_of_known(register, person));
        let name = row.name.clone();
        proposals.push(AdultProposal { key, name, rows: vec![row.row], person: Some(person), why, joined });
        if joined {
            matches[index] = Match::Chosen { person };
        } else {
            issues.push(apart(row, choices));
        }
    }
    proposals
}

fn apart(row: &RosterRow, choices: &PlanChoices) -> PlanIssue {
    let message = format!(
        "Строка {}: похоже, это один человек с уже записанным в другой роли, совпали ФИО и телефон. Пока добавлен \
         отдельно. Если это один человек, отметьте это в списке «Похоже, один человек».",
        row.row
    );
    let column = choices.columns.find(Field::Phone).map(|column| column.header.clone());
    PlanIssue { row: row.row, column, severity: Severity::Warning, code: "maybe_same_person", message }
}

/// The people who are here by these phones.
fn holders_of<'r>(register: &'r Register, phones: &HashSet<&str>) -> HashMap<&'r str, Vec<PersonId>> {
    let mut holders: HashMap<&str, Vec<PersonId>> = HashMap::new();
    for person in register.tables().people.values().filter(|person| person.left_on.is_none()) {
        if let Some(phone) =
            person.phone.as_ref().map(|phone| phone.as_str()).filter(|it| phones.contains(it))
        {
            holders.entry(phone).or_default().push(person.id);
        }
    }
    holders
}

/// Adults of another role with the name of the row.
fn twins_of(register: &Register, holders: &[PersonId], row: &RosterRow, role: Role) -> Vec<PersonId> {
    if holders.is_empty() {
        return Vec::new();
    }
    let key = row.name.match_key();
    let is_twin = |id: &&PersonId| {
        register.memberships_of_person(**id).all(|membership| !same_family(membership.role, role))
            && is_adult(register, **id)
            && register.person(**id).is_some_and(|person| person.name.match_key() == key)
    };
    holders.iter().filter(is_twin).copied().collect()
}
