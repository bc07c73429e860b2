//! What is looked at over the whole file: who is missing from it, and phones shared by children and adults.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::groups::{Places, Wanted};
use super::matching::Match;
use super::standing::{goes_on, is_adult, same_family};
use super::{AbsentRow, PlanChoices, PlanIssue, Scope};
use crate::names::Role;
use crate::register::{GroupChoice, GroupId, PersonId, Register};
use crate::roster::aliases::Field;
use crate::roster::mapped::MappedRoster;
use crate::roster::problem::Severity;

/// The people whom the file should have named and did not. Candidates of undecided rows are not missing yet.
pub(super) fn list_absent(
    register: &Register,
    wanted: &[Wanted],
    matches: &[Match],
    places: &Places<'_>,
    choices: &PlanChoices,
    today: Date,
) -> Vec<AbsentRow> {
    if choices.scope == Scope::Additions {
        return Vec::new();
    }
    let named = |found: &Match| match found {
        Match::Ambiguous { candidates, .. } => candidates.clone(),
        other => other.person().into_iter().collect(),
    };
    let mut seen: HashSet<PersonId> = matches.iter().flat_map(named).collect();
    let mut absent = Vec::new();
    let label_of = |group| register.group(group).map_or_else(String::new, |group| group.label.clone());
    for (group, role) in groups_to_compare(register, wanted, places, choices) {
        for person in register.current_members(group, role, today) {
            // A transfer that ended a membership today leaves the person current for the rest of the day.
            let stays = role == Role::Parent
                || register.memberships_of_person(person).any(|membership| {
                    membership.group == Some(group) && membership.role == role && goes_on(membership, today)
                });
            if stays && seen.insert(person) {
                absent.push(AbsentRow {
                    person,
                    group: Some(group),
                    group_label: label_of(group),
                    departs: false,
                });
            }
        }
    }
    if choices.scope == Scope::Full {
        let roles = roles_of(wanted);
        let outside_groups = register.tables().memberships.values().filter(|membership| {
            membership.group.is_none()
                && roles.contains(&membership.role)
                && goes_on(membership, today)
                && register.is_current(membership, today)
        });
        for membership in outside_groups {
            if seen.insert(membership.person) {
                absent.push(AbsentRow {
                    person: membership.person,
                    group: None,
                    group_label: String::new(),
                    departs: false,
                });
            }
        }
    }
    absent.sort_by_key(|row| (row.group, row.person));
    absent
}

fn roles_of(wanted: &[Wanted]) -> BTreeSet<Role> {
    wanted.iter().filter_map(|wanted| wanted.role).collect()
}

fn groups_to_compare(
    register: &Register,
    wanted: &[Wanted],
    places: &Places<'_>,
    choices: &PlanChoices,
) -> BTreeSet<(GroupId, Role)> {
    if choices.scope == Scope::Full {
        let roles = roles_of(wanted);
        return register
            .groups_in_year(choices.year)
            .filter(|group| choices.unit.is_none() || group.unit.is_none() || group.unit == choices.unit)
            .flat_map(|group| roles.iter().map(|role| (group.id, *role)))
            .collect();
    }
    let existing = |wanted: &Wanted| match wanted.place? {
        GroupChoice::Existing(group) if !places.is_own_of_staff(group) => Some((group, wanted.role?)),
        GroupChoice::Existing(_) | GroupChoice::New(_) => None,
    };
    wanted.iter().filter_map(existing).collect()
}

/// A student on the phone of an adult: the account would be the adult's.
pub(super) fn warn_of_shared_phones(
    register: &Register,
    roster: &MappedRoster,
    wanted: &[Wanted],
    matches: &[Match],
    choices: &PlanChoices,
    issues: &mut Vec<PlanIssue>,
) {
    let mut phones_of_file: HashSet<&str> = HashSet::new();
    let mut adult_phones: HashSet<&str> = HashSet::new();
    for (row, wanted) in roster.rows.iter().zip(wanted) {
        if let Some(phone) = &row.phone {
            phones_of_file.insert(phone.as_str());
            if wanted.role.is_some_and(|role| role != Role::Student) {
                adult_phones.insert(phone.as_str());
            }
        }
        adult_phones
            .extend(row.parents.iter().filter_map(|parent| parent.phone.as_ref()).map(|it| it.as_str()));
    }
    if phones_of_file.is_empty() {
        return;
    }
    let mut child_phones: HashSet<&str> = HashSet::new();
    let mut holders: HashMap<&str, Vec<PersonId>> = HashMap::new();
    for person in register.tables().people.values().filter(|person| person.left_on.is_none()) {
        let Some(phone) = person.phone.as_ref().map(|phone| phone.as_str()) else { continue };
        if !phones_of_file.contains(phone) {
            continue;
        }
        holders.entry(phone).or_default().push(person.id);
        if is_adult(register, person.id) {
            adult_phones.insert(phone);
        } else {
            child_phones.insert(phone);
        }
    }
    let column = choices.columns.find(Field::Phone).map(|column| column.header.clone());
    let mut warn = |row: u32, code, message| {
        issues.push(PlanIssue { row, column: column.clone(), severity: Severity::Warning, code, message });
    };
    for ((row, wanted), found) in roster.rows.iter().zip(wanted).zip(matches) {
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
        let is_new = matches!(found, Match::New { chosen: false, .. });
        if is_new && role != Role::Student && has_adult_twin(register, holders.get(phone), row, role) {
            let message = format!(
                "Строка {}: похоже, это один человек с уже записанным в другой роли, совпали ФИО и телефон. Пока \
                 добавлен отдельно.",
                row.row
            );
            warn(row.row, "maybe_same_person", message);
        }
    }
}

/// Whether an adult of another role has the same name and phone.
fn has_adult_twin(
    register: &Register,
    holders: Option<&Vec<PersonId>>,
    row: &crate::roster::mapped::RosterRow,
    role: Role,
) -> bool {
    let key = row.name.match_key();
    holders.into_iter().flatten().any(|id| {
        let other_role =
            register.memberships_of_person(*id).all(|membership| !same_family(membership.role, role));
        other_role
            && is_adult(register, *id)
            && register.person(*id).is_some_and(|person| person.name.match_key() == key)
    })
}
