//! The change of the school year as a plan that a screen shows and edits (duties 2.3-3, 2.3-5, 2.3-8; domain §5).
//!
//! A plan holds what becomes of every group of the year that ends. It is made by the names of the groups
//! ([`YearPlan::by_hand`]) or corrected by the pupils of next year's roster ([`YearPlan::recognise`]), changed by
//! [`YearEdit`]s, shown as a [`YearPreview`] and turned into the operation by [`YearPlan::change`]. Nothing is written
//! on the way; a rehearsal ([`rehearse_year`]) is the register with the change applied in memory.

mod preview;
mod recognition;
mod rehearsal;
mod resolution;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use preview::{EndingLine, NextShape, NextYearLine, YearCounts, YearPreview};
pub use recognition::{PlacedPupil, RosterFacts};
pub use rehearsal::{Rehearsal, members_of_ended_groups, parts_of_group, rehearse_year};

use super::year::{current_year, sort_groups};
use crate::names::{NextName, Promotion, PromotionRules, PromotionWay, Role, parse_group_label, promote};
use crate::register::{
    AssignmentId, Group, GroupId, GroupKind, MembershipId, OrderReference, OrganizationKind, PersonId,
    Register, SchoolYear, UnitId,
};

/// What becomes of a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupFate {
    /// Goes on under this label: renamed, the same, or joined with others of one label.
    Becomes(String),
    /// Finishes: its students leave.
    Graduates,
    /// Ends; its people stay without it.
    Dissolves,
    /// Is left out of the change: stays in the old year.
    LeftOut,
    /// The user has not said.
    Open,
}

/// What becomes of somebody who does not go with the group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonFate {
    /// Goes to this group: another class, the same year again, a part of a class that is split.
    To(NextLabel),
    Graduates,
    /// Leaves otherwise.
    Leaves,
}

/// A group of next year by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NextLabel {
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// What a fate rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FateBecause {
    /// The name of the group.
    Name,
    /// The roster: so many of its students stand in the file under this label, of so many.
    Pupils { shared: usize, of: usize },
    /// The roster holds nobody of it.
    Nobody { of: usize },
    /// The user.
    Hand,
}

/// A class teacher of a group of the year that ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedTeacher {
    pub assignment: AssignmentId,
    pub person: PersonId,
    /// Whether they go on with the class; `None`: as usual (with the class, not from the fourth to the fifth).
    pub goes_on: Option<bool>,
}

/// A group of the year that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedGroup {
    pub group: GroupId,
    pub label: String,
    pub kind: GroupKind,
    pub unit: Option<UnitId>,
    /// Students now.
    pub students: usize,
    /// What the name proposes.
    pub promotion: Promotion,
    pub fate: GroupFate,
    pub because: FateBecause,
    /// Whether its chats go with it; `None`: as usual (with the class; of several that are joined, those of the
    /// largest).
    pub chats_go: Option<bool>,
    pub teachers: Vec<PlannedTeacher>,
}

/// The plan of a change of the year. No `Debug` of people: ids only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearPlan {
    /// Revision of the register it was made at.
    pub planned_at: u64,
    /// The year that ends.
    pub from: SchoolYear,
    /// The year that begins.
    pub to: SchoolYear,
    /// The first day of the new memberships: 1 September, or today where that is earlier.
    pub on: Date,
    pub order: OrderReference,
    /// 2А before 10А.
    pub groups: Vec<PlannedGroup>,
    /// Who does not go with the group, by the membership in it.
    pub people: BTreeMap<MembershipId, PersonFate>,
    /// Groups of next year that nobody of this year goes to: first classes made by hand.
    pub new_groups: Vec<NextLabel>,
}

/// One answer of the user. A list of them over a fresh plan is the state of a screen, and may be kept as a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearEdit {
    Fate {
        group: GroupId,
        fate: GroupFate,
    },
    /// `None`: goes with the group after all.
    Person {
        membership: MembershipId,
        fate: Option<PersonFate>,
    },
    Chats {
        group: GroupId,
        go: Option<bool>,
    },
    Teacher {
        assignment: AssignmentId,
        goes_on: Option<bool>,
    },
    NewGroups(Vec<NextLabel>),
    Day(Date),
    Order(OrderReference),
}

/// Why a plan cannot be carried out yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YearProblem {
    /// Nobody has said what becomes of the group.
    Unanswered { group: GroupId },
    /// The new label is empty or too long.
    BadLabel { group: Option<GroupId>, label: String },
    /// No group takes part.
    NothingToDo,
}

impl YearPlan {
    /// The plan by the names of the groups of a year; what a name does not tell is open.
    pub fn by_hand(register: &Register, from: SchoolYear, to: SchoolYear, today: Date) -> YearPlan {
        let mut groups: Vec<_> =
            register.groups_in_year(from).filter(|group| group.year == Some(from)).collect();
        sort_groups(&mut groups);
        let highest_class = highest_class(&groups);
        let planned = groups.into_iter().map(|group| {
            let rules = PromotionRules { way: way_of(register, group.kind), year: from.0, highest_class };
            planned_group(register, group, promote(&group.label, &rules), today)
        });
        YearPlan {
            planned_at: register.revision,
            from,
            to,
            on: to.first_day().min(today),
            order: OrderReference::default(),
            groups: planned.collect(),
            people: BTreeMap::new(),
            new_groups: Vec::new(),
        }
    }

    /// Takes the doubtful proposals of the names as they are: «9А» finishes, «Солнышко» stays.
    pub fn accept_proposals(&mut self) {
        for group in self.groups.iter_mut().filter(|group| group.fate == GroupFate::Open) {
            group.fate = fate_of(&group.promotion.proposal, &group.label);
        }
    }

    /// Enters one answer. What it names and the plan does not have is passed over: a draft may be older than the file.
    pub fn edit(&mut self, edit: &YearEdit) {
        match edit {
            YearEdit::Fate { group, fate } => {
                if let Some(planned) = self.groups.iter_mut().find(|planned| planned.group == *group) {
                    (planned.fate, planned.because) = (fate.clone(), FateBecause::Hand);
                }
            }
            YearEdit::Person { membership, fate: Some(fate) } => {
                self.people.insert(*membership, fate.clone());
            }
            YearEdit::Person { membership, fate: None } => {
                self.people.remove(membership);
            }
            YearEdit::Chats { group, go } => {
                if let Some(planned) = self.groups.iter_mut().find(|planned| planned.group == *group) {
                    planned.chats_go = *go;
                }
            }
            YearEdit::Teacher { assignment, goes_on } => {
                let mut teachers = self.groups.iter_mut().flat_map(|planned| &mut planned.teachers);
                if let Some(teacher) = teachers.find(|teacher| teacher.assignment == *assignment) {
                    teacher.goes_on = *goes_on;
                }
            }
            YearEdit::NewGroups(labels) => self.new_groups.clone_from(labels),
            YearEdit::Day(day) => self.on = *day,
            YearEdit::Order(order) => self.order = order.clone(),
        }
    }

    /// Enters answers in their order.
    pub fn edited(mut self, edits: &[YearEdit]) -> YearPlan {
        edits.iter().for_each(|edit| self.edit(edit));
        self
    }

    /// The plan of one group.
    pub fn group(&self, id: GroupId) -> Option<&PlannedGroup> {
        self.groups.iter().find(|planned| planned.group == id)
    }
}

impl PlannedGroup {
    /// Whether the name alone decided it.
    pub fn is_by_name(&self) -> bool {
        self.because == FateBecause::Name && self.fate != GroupFate::Open
    }

    /// The label of next year that the name gives, also where it only is the second answer.
    pub fn next_label(&self) -> Option<String> {
        self.promotion.next_label(&self.label)
    }
}

/// The change of the year that it is time for: from the year the file works in to the next, from April on, or as soon
/// as the calendar is ahead of the file. `None` once it is done.
pub fn due_year_change(register: &Register, today: Date) -> Option<(SchoolYear, SchoolYear)> {
    let (from, calendar) = (current_year(register, today), SchoolYear::of(today));
    let has_groups = register.groups_in_year(from).any(|group| group.year == Some(from));
    let is_time = from < calendar || (from == calendar && (4..=8).contains(&today.month()));
    (has_groups && is_time).then(|| (from, from.next()))
}

/// A class is split: named people go to other groups, the rest to the one the group becomes.
pub fn split_edits(
    register: &Register,
    group: GroupId,
    parts: &[(NextLabel, Vec<PersonId>)],
) -> Vec<YearEdit> {
    let mut edits = Vec::new();
    for membership in register.memberships_of_group(group) {
        let is_student = membership.role == Role::Student && membership.until.is_none();
        let part = parts.iter().find(|(_, people)| is_student && people.contains(&membership.person));
        if let Some((label, _)) = part {
            edits.push(YearEdit::Person {
                membership: membership.id,
                fate: Some(PersonFate::To(label.clone())),
            });
        }
    }
    edits
}

/// Groups are joined: they become one label.
pub fn merge_edits(groups: &[GroupId], label: &str) -> Vec<YearEdit> {
    let becomes =
        |group: &GroupId| YearEdit::Fate { group: *group, fate: GroupFate::Becomes(label.to_owned()) };
    groups.iter().map(becomes).collect()
}

fn planned_group(register: &Register, group: &Group, promotion: Promotion, today: Date) -> PlannedGroup {
    let students = register
        .memberships_of_group(group.id)
        .filter(|membership| membership.role == Role::Student && membership.until.is_none())
        .count();
    let fate = match promotion.is_certain {
        true => fate_of(&promotion.proposal, &group.label),
        false => GroupFate::Open,
    };
    let teachers = register.class_teachers(group.id, today).map(|assignment| PlannedTeacher {
        assignment: assignment.id,
        person: assignment.person,
        goes_on: None,
    });
    PlannedGroup {
        group: group.id,
        label: group.label.clone(),
        kind: group.kind,
        unit: group.unit,
        students,
        fate,
        because: FateBecause::Name,
        chats_go: None,
        teachers: teachers.collect(),
        promotion,
    }
}

fn fate_of(name: &NextName, label: &str) -> GroupFate {
    match name {
        NextName::Renamed(next) => GroupFate::Becomes(next.clone()),
        NextName::Same => GroupFate::Becomes(label.to_owned()),
        NextName::Graduates => GroupFate::Graduates,
        NextName::Unknown => GroupFate::Open,
    }
}

fn way_of(register: &Register, kind: GroupKind) -> PromotionWay {
    match (kind, register.organization().kind) {
        (GroupKind::SchoolClass, _) => PromotionWay::School,
        (GroupKind::StudyGroup, OrganizationKind::School) => PromotionWay::School,
        (GroupKind::StudyGroup, _) => PromotionWay::College,
        (GroupKind::KindergartenGroup, _) => PromotionWay::Kindergarten,
        (GroupKind::TeachingStaff | GroupKind::Club, _) => PromotionWay::GoesOn,
    }
}

fn highest_class(groups: &[&std::sync::Arc<Group>]) -> u8 {
    let classes = groups.iter().filter(|group| group.kind == GroupKind::SchoolClass);
    classes.filter_map(|group| parse_group_label(&group.label).ok()?.parallel).max().unwrap_or(0)
}
