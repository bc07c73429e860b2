//! Whom the user named for a row once: remembered with the import, so that the same row is not asked about again.
//!
//! The row is kept as a hash of its name, birth date and class, the person as their number. An answer is only used for
//! rows that would ask again (or look like somebody new), and never against what is known: not for somebody who left,
//! was born on another day or is named by another row.

use std::collections::HashMap;

use super::PlanChoices;
use super::groups::Wanted;
use super::matching::Match;
use super::refusals::hashed;
use crate::names::group_key;
use crate::register::{PersonId, Register, Remembered, RememberedKind};
use crate::roster::mapped::{MappedRoster, RosterRow};

/// The answers that the register remembers.
pub(super) struct PersonAliases<'register> {
    by_key: HashMap<&'register str, PersonId>,
}

impl<'register> PersonAliases<'register> {
    pub(super) fn new(register: &'register Register) -> Self {
        let is_alias = |it: &&Remembered| it.kind == RememberedKind::PersonAlias;
        let aliases = register.tables().remembered.values().filter(is_alias);
        let person = |it: &'register Remembered| Some((it.key.as_str(), PersonId(it.value.parse().ok()?)));
        Self { by_key: aliases.filter_map(person).collect() }
    }

    /// The rows among `undecided` (indices) for which a person is remembered. Rows and people that come up twice are
    /// left out: they cannot be told apart by what is remembered.
    pub(super) fn find(
        &self,
        rows: &[RosterRow],
        undecided: impl Iterator<Item = u32>,
    ) -> Vec<(u32, PersonId)> {
        if self.by_key.is_empty() {
            return Vec::new();
        }
        let mut rows_of_person: HashMap<PersonId, Vec<u32>> = HashMap::new();
        for row in undecided {
            if let Some(person) = self.by_key.get(key(&rows[row as usize]).as_str()) {
                rows_of_person.entry(*person).or_default().push(row);
            }
        }
        let only = |(person, rows): (PersonId, Vec<u32>)| match rows.as_slice() {
            [row] => Some((*row, person)),
            _ => None,
        };
        let mut found: Vec<(u32, PersonId)> = rows_of_person.into_iter().filter_map(only).collect();
        found.sort_unstable();
        found
    }
}

/// The answers of this plan that the register does not hold yet.
pub(super) fn answers_of(
    register: &Register,
    roster: &MappedRoster,
    wanted: &[Wanted],
    matches: &[Match],
    choices: &PlanChoices,
) -> Vec<Remembered> {
    if choices.decisions.is_empty() {
        return Vec::new();
    }
    let known = PersonAliases::new(register);
    let mut answers: Vec<Remembered> = Vec::new();
    for ((row, wanted), found) in roster.rows.iter().zip(wanted).zip(matches) {
        let Match::Chosen { person } = found else { continue };
        if choices.left_out_rows.contains(&row.row) || !wanted.refused.is_empty() {
            continue;
        }
        let key = key(row);
        if known.by_key.get(key.as_str()) != Some(person) {
            let (kind, value) = (RememberedKind::PersonAlias, person.0.to_string());
            answers.push(Remembered { kind, key, value, ..Remembered::default() });
        }
    }
    // Two rows that read alike cannot be remembered apart.
    answers.sort_by(|one, other| one.key.cmp(&other.key));
    let mut alike = HashMap::new();
    for answer in &answers {
        *alike.entry(answer.key.clone()).or_insert(0_u32) += 1;
    }
    answers.retain(|answer| alike.get(&answer.key) == Some(&1));
    answers
}

fn key(row: &RosterRow) -> String {
    let born = row.birth_date.map(|date| date.to_string()).unwrap_or_default();
    let group = row.group.as_ref().map(|label| group_key(&label.text)).unwrap_or_default();
    hashed(&format!("{}|{born}|{group}", row.name.match_key()))
}
