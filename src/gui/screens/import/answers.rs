//! What the user answered about the rows, adults, appointments and departures of one file.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::lists::RowKind;
use crate::gui::screens::form_fields::{DateField, OrderFields};
use crate::register::PersonId;
use crate::roster::{AdultKey, ConflictField, Departing, PersonChoice, PlanChoices};

/// One thing that a mark in a list says. No `Debug`: it may hold personal data.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum MarkKey {
    /// The row is taken.
    Row(u32),
    /// The row is this person, who changed the surname.
    Rename(u32, PersonId),
    /// The file's value replaces one set by hand.
    Conflict(u32, ConflictField),
    /// The adults of a proposal are one person.
    Join(AdultKey),
    /// The class teacher of this group is replaced.
    Teacher(String),
    /// The person is entered as left.
    Depart(PersonId),
}

/// The answers; they outlive the plan that is made anew after each.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Answers {
    pub(super) decisions: BTreeMap<u32, PersonChoice>,
    /// Rows that stay in another list than their kind says: left out, or answered there.
    pub(super) stays_in: BTreeMap<u32, RowKind>,
    left_out: BTreeSet<u32>,
    take_from_file: BTreeSet<(u32, ConflictField)>,
    refuse_for_good: BTreeSet<(u32, ConflictField)>,
    departing: BTreeSet<PersonId>,
    joined: BTreeSet<AdultKey>,
    replaced: BTreeSet<String>,
    pub(super) movement_on: DateField,
    pub(super) order: OrderFields,
}

impl Answers {
    /// Whether a mark is set.
    pub(super) fn is_marked(&self, key: &MarkKey) -> bool {
        match key {
            MarkKey::Row(row) => !self.left_out.contains(row),
            MarkKey::Rename(row, person) => self.decisions.get(row) == Some(&PersonChoice::Existing(*person)),
            MarkKey::Conflict(row, field) => self.take_from_file.contains(&(*row, *field)),
            MarkKey::Join(adult) => self.joined.contains(adult),
            MarkKey::Teacher(group) => self.replaced.contains(group),
            MarkKey::Depart(person) => self.departing.contains(person),
        }
    }

    /// Sets a mark, or takes it away; `kind` is the list in which it was set.
    pub(super) fn set(&mut self, key: MarkKey, marked: bool, kind: RowKind) {
        match key {
            MarkKey::Row(row) => {
                put(&mut self.left_out, row, !marked);
                if marked {
                    self.stays_in.remove(&row);
                } else {
                    self.stays_in.insert(row, kind);
                }
            }
            MarkKey::Rename(row, person) => {
                if marked {
                    self.decisions.insert(row, PersonChoice::Existing(person));
                    self.stays_in.insert(row, RowKind::Renamed);
                } else {
                    self.decisions.remove(&row);
                    self.stays_in.remove(&row);
                }
            }
            MarkKey::Conflict(row, field) => {
                put(&mut self.take_from_file, (row, field), marked);
                self.refuse_for_good.remove(&(row, field));
            }
            MarkKey::Join(adult) => put(&mut self.joined, adult, marked),
            MarkKey::Teacher(group) => put(&mut self.replaced, group, marked),
            MarkKey::Depart(person) => put(&mut self.departing, person, marked),
        }
    }

    /// Whether a value of the file is never to be asked about again.
    pub(super) fn is_refused(&self, row: u32, field: ConflictField) -> bool {
        self.refuse_for_good.contains(&(row, field))
    }

    /// «Больше не спрашивать», or asking again. What is refused is not taken.
    pub(super) fn refuse(&mut self, row: u32, field: ConflictField, refused: bool) {
        put(&mut self.refuse_for_good, (row, field), refused);
        if refused {
            self.take_from_file.remove(&(row, field));
        }
    }

    /// Whether nothing was answered yet.
    pub(super) fn is_empty(&self) -> bool {
        self.decisions.is_empty()
            && self.left_out.is_empty()
            && self.take_from_file.is_empty()
            && self.refuse_for_good.is_empty()
            && self.departing.is_empty()
            && self.joined.is_empty()
            && self.replaced.is_empty()
    }

    /// Why the day or the order of movements cannot be taken as typed.
    pub(super) fn movement_trouble(&self, today: Date) -> Option<&'static str> {
        self.movement_on.trouble(today, false).or_else(|| self.order.trouble(today))
    }

    /// Puts the answers into the choices of a plan.
    pub(super) fn fill(&self, choices: &mut PlanChoices, today: Date) {
        choices.left_out_rows = self.left_out.clone();
        choices.decisions = self.decisions.clone();
        choices.take_from_file = self.take_from_file.clone();
        choices.refuse_for_good = self.refuse_for_good.clone();
        if !self.departing.is_empty() {
            choices.departing = Departing::These(self.departing.clone());
        }
        choices.joined_adults = self.joined.clone();
        choices.replaced_teachers = self.replaced.clone();
        choices.movement_on = self.movement_on.date(today);
        choices.order = self.order.order(today);
    }
}

fn put<T: Ord>(set: &mut BTreeSet<T>, value: T, inside: bool) {
    if inside {
        set.insert(value);
    } else {
        set.remove(&value);
    }
}
