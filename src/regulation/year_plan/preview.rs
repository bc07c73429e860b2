//! What a plan leads to, in numbers for a screen: the groups of next year, the groups that end, what is open.

use std::collections::HashSet;

use super::{GroupFate, YearPlan, YearProblem};
use crate::names::Role;
use crate::register::{
    AssignmentId, ChatId, GroupId, GroupKind, GroupOutcome, InviteId, PersonStep, Register, Target, UnitId,
};

/// How a group of next year comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NextShape {
    /// One group goes on.
    GoesOn,
    /// Several groups become it.
    Joined,
    /// Composed of people of groups that do not go on as such: 10А of several ninths.
    Composed,
    /// A part of a group that is split.
    PartOfSplit,
    /// Nobody of this year goes there: first classes.
    New,
}

/// A group of next year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextYearLine {
    pub label: String,
    pub kind: GroupKind,
    pub unit: Option<UnitId>,
    /// It is there already.
    pub existing: Option<GroupId>,
    pub predecessor: Option<GroupId>,
    pub shape: NextShape,
    /// Students by the group they come from.
    pub from: Vec<(GroupId, usize)>,
    pub students: usize,
    pub chats: Vec<ChatId>,
    /// Class teachers who go on.
    pub teachers: Vec<AssignmentId>,
}

/// A group of this year that ends without going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingLine {
    pub group: GroupId,
    pub label: String,
    pub graduates: bool,
    /// Students who finish or leave.
    pub leaving: usize,
    /// Students who go to other groups.
    pub going: usize,
}

/// The numbers of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearCounts {
    /// Groups of this year that take part.
    pub groups: usize,
    /// Groups left out.
    pub left_out: usize,
    /// Groups of next year.
    pub next_groups: usize,
    /// Students who go on with their group.
    pub go_on: usize,
    /// Students who go to another group.
    pub change_group: usize,
    /// Students who finish.
    pub graduates: usize,
    /// Students who leave otherwise.
    pub leave: usize,
}

/// What a plan leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearPreview {
    /// 2А before 10А.
    pub next: Vec<NextYearLine>,
    pub endings: Vec<EndingLine>,
    pub problems: Vec<YearProblem>,
    pub counts: YearCounts,
    /// Links that are not revoked and whose group or chat ends: the one batch of the next cleanup. A revocation is
    /// confirmed by a person in the cabinet, so the change itself revokes nothing.
    pub links_to_close: Vec<InviteId>,
}

impl YearPlan {
    /// What the plan leads to.
    pub fn preview(&self, register: &Register) -> YearPreview {
        let resolution = self.resolve(register);
        let change = &resolution.change;
        let mut preview = YearPreview { problems: resolution.problems, ..YearPreview::default() };
        let mut becoming = vec![Vec::new(); change.next.len()];
        for step in &change.groups {
            if let GroupOutcome::Becomes(index) = step.outcome {
                becoming[index].push(step.group);
            }
            self.count_group(register, change, step, &mut preview);
        }
        for (place, next) in change.next.iter().enumerate() {
            let from: Vec<(GroupId, usize)> =
                resolution.students[place].iter().map(|(group, count)| (*group, *count)).collect();
            let from_split = from.len() == 1
                && change.groups.iter().any(|step| {
                    step.group == from[0].0
                        && matches!(step.outcome, GroupOutcome::Becomes(to) if to != place)
                });
            let shape = match (becoming[place].len(), from.len()) {
                (0, 0) => NextShape::New,
                (0, _) if from_split => NextShape::PartOfSplit,
                (0, _) => NextShape::Composed,
                (1, _) => NextShape::GoesOn,
                _ => NextShape::Joined,
            };
            preview.next.push(NextYearLine {
                label: next.label.clone(),
                kind: next.kind,
                unit: next.unit,
                existing: next.existing,
                predecessor: next.predecessor,
                shape,
                students: from.iter().map(|(_, count)| count).sum(),
                from,
                chats: next.chats.clone(),
                teachers: next.teachers.clone(),
            });
        }
        preview.counts.groups = change.groups.len();
        preview.counts.next_groups = change.next.len();
        preview.counts.left_out =
            self.groups.iter().filter(|planned| planned.fate == GroupFate::LeftOut).count();
        preview.links_to_close = links_to_close(register, change);
        preview
    }

    fn count_group(
        &self,
        register: &Register,
        change: &crate::register::YearChange,
        step: &crate::register::GroupStep,
        preview: &mut YearPreview,
    ) {
        let (mut leaving, mut going) = (0, 0);
        let students = register
            .memberships_of_group(step.group)
            .filter(|membership| membership.role == Role::Student && membership.until.is_none());
        let counts = &mut preview.counts;
        for membership in students {
            match (change.people.get(&membership.id), step.outcome) {
                (Some(PersonStep::To(index)), GroupOutcome::Becomes(own)) if *index == own => {
                    counts.go_on += 1
                }
                (Some(PersonStep::To(_)), _) => {
                    counts.change_group += 1;
                    going += 1;
                }
                (Some(PersonStep::Graduates), _) | (None, GroupOutcome::Graduates) => {
                    counts.graduates += 1;
                    leaving += 1;
                }
                (Some(PersonStep::Leaves), _) => {
                    counts.leave += 1;
                    leaving += 1;
                }
                (None, GroupOutcome::Becomes(_)) => counts.go_on += 1,
                (None, GroupOutcome::Dissolves) => {}
            }
        }
        if !matches!(step.outcome, GroupOutcome::Becomes(_)) {
            let label = self.group(step.group).map_or_else(String::new, |planned| planned.label.clone());
            let graduates = step.outcome == GroupOutcome::Graduates;
            preview.endings.push(EndingLine { group: step.group, label, graduates, leaving, going });
        }
    }
}

fn links_to_close(register: &Register, change: &crate::register::YearChange) -> Vec<InviteId> {
    let going: HashSet<ChatId> = change.next.iter().flat_map(|next| next.chats.iter().copied()).collect();
    let mut links = Vec::new();
    for step in &change.groups {
        let chats = register.chats_of_group(step.group).filter(|chat| !going.contains(&chat.id));
        let targets =
            std::iter::once(Target::Group(step.group)).chain(chats.map(|chat| Target::Chat(chat.id)));
        for target in targets {
            let links_of_target = register.invites_of_target(target);
            links.extend(links_of_target.filter(|link| link.revocation.is_none()).map(|link| link.id));
        }
    }
    links.sort_unstable();
    links
}
