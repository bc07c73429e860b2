//! The change of the school year and what else is done to whole groups, as operations (duties 2.3-3, 2.3-5, 2.3-8).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::ids::*;
use super::operation::ImportOperation;
use super::organization::OrderReference;
use super::{Group, GroupKind, SchoolYear};

/// The change of the year in register terms: exactly what was rehearsed.
///
/// Parts: every group of [`next`](YearChange::next) with whom and what comes to it and with the ending of the groups
/// that become it; then every group that finishes or is dissolved; then the step
/// in the cabinet; then the parts of the import.
#[derive(Clone, Debug)]
pub struct YearChange {
    /// The revision of the register that was planned against.
    pub planned_at: u64,
    /// The year that ends.
    pub from: SchoolYear,
    /// The year that begins.
    pub to: SchoolYear,
    /// The first day of the new memberships; the old ones end the day before. Never in the future.
    pub on: Date,
    /// The order on graduation and transfer, where there is one.
    pub order: OrderReference,
    /// The groups of the year that begins.
    pub next: Vec<NextGroup>,
    /// What becomes of the groups of the year that ends. A group left out stays as it is.
    pub groups: Vec<GroupStep>,
    /// Who does not go with the group, by the membership in the group that ends.
    pub people: BTreeMap<MembershipId, PersonStep>,
    /// What is to be done in the cabinet now, as one step of the click list; empty: nothing. A part of its own, and
    /// tied to no group, so that a ticked step keeps no group from being taken back.
    pub cabinet_step: String,
    /// The roster of the new year, planned against the register that the change of the year leads to.
    pub import: Option<Box<ImportOperation>>,
}

/// A group of the year that begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NextGroup {
    pub label: String,
    pub kind: GroupKind,
    pub unit: Option<UnitId>,
    /// The group of that year that is there already (loaded in August).
    pub existing: Option<GroupId>,
    /// The group it goes on from.
    pub predecessor: Option<GroupId>,
    /// Chats that go on with it: a chat keeps its people and its links.
    pub chats: Vec<ChatId>,
    /// Class teachers who go on, without an order until the head's distribution is entered (duty 2.3-5).
    pub teachers: Vec<AssignmentId>,
}

/// What becomes of a group of the year that ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupStep {
    pub group: GroupId,
    pub outcome: GroupOutcome,
}

/// What becomes of a group as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupOutcome {
    /// Its people go to this group of [`YearChange::next`].
    Becomes(usize),
    /// Its students finish and leave the organization.
    Graduates,
    /// It ends; its people stay in the organization, without this group.
    Dissolves,
}

/// What becomes of somebody who does not go with the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonStep {
    /// Goes to this group of [`YearChange::next`]: another class, or the same year again.
    To(usize),
    /// Finishes.
    Graduates,
    /// Leaves otherwise.
    Leaves,
}

impl YearChange {
    /// What the journal entry keeps: years and numbers, no names.
    pub(super) fn details(&self) -> Value {
        let import = self.import.as_deref();
        let counts: serde_json::Map<String, Value> = import
            .map(|import| {
                import.counts.iter().map(|(name, count)| ((*name).to_owned(), json!(count))).collect()
            })
            .unwrap_or_default();
        let of = |wanted: fn(&GroupOutcome) -> bool| {
            self.groups.iter().filter(|step| wanted(&step.outcome)).count()
        };
        let mut counts = counts;
        counts.insert("groups".into(), json!(self.next.len()));
        counts.insert("finished".into(), json!(of(|outcome| *outcome == GroupOutcome::Graduates)));
        counts.insert("exceptions".into(), json!(self.people.len()));
        json!({
            "from": self.from,
            "to": self.to,
            "on": self.on,
            "file": import.map(|import| &import.file_name),
            "sha256": import.map(|import| &import.file_hash),
            "counts": counts,
        })
    }
}

/// A group is split within its year: people go to new groups of the same unit, year and kind.
#[derive(Clone, Debug)]
pub struct GroupSplit {
    pub seen: Arc<Group>,
    /// The new groups, a part each: label and the memberships that go there.
    pub parts: Vec<(String, Vec<MembershipId>)>,
    pub on: Date,
    pub order: OrderReference,
    /// Whether the group itself ends (nobody stays in it).
    pub ends: bool,
}

/// Groups are joined to another of the same year and kind.
#[derive(Clone, Debug)]
pub struct GroupMerge {
    pub into: Arc<Group>,
    /// The groups that end, a part each: people and chats go over, class teachers end.
    pub joined: Vec<Arc<Group>>,
    pub on: Date,
    pub order: OrderReference,
}
