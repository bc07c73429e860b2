//! The change of the school year (duties 2.3-3, 2.3-5, 2.3-8; domain §5).
//!
//! Decided once for all: links are not revoked here. A revocation is confirmed by a person in the cabinet, so the
//! links of a group that ended stay as they are and are flagged `target_gone`; together they are the one batch of the
//! next cleanup. A chat goes on with its class, and so do the links into it, judged by the ordinary rules.
//! Going on with the class is no movement: only who changes to another class, finishes or leaves is entered as one.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::change::ChangeSet;
use super::super::ids::*;
use super::super::{
    Assignment, CabinetTask, Chat, Group, GroupOutcome, Membership, MovementKind, NextGroup, OrderReference,
    Origin, Participation, ParticipationState, Person, PersonStep, Refusal, Register, YearChange,
};
use super::group_moves::{end_group, end_membership, enter_movement, last_day_before};
use super::records::{limited, required};
use super::{Context, Draft, expect_planned_now, import, invariants, not_in_future};
use crate::names::{Role, clean};

/// The year's part first; the roster of the new year is applied to what that leads to.
pub(super) fn decide_change(
    register: &Register,
    change: &YearChange,
    context: &Context,
) -> Result<ChangeSet, Refusal> {
    let mut draft = Draft::new(register);
    apply(&mut draft, change, context)?;
    let mut changes = ChangeSet { changes: draft.changes, kept: Vec::new() };
    invariants::check(register, &changes)?;
    let Some(import) = &change.import else { return Ok(changes) };
    let mut rehearsed = register.clone();
    rehearsed.apply(&changes);
    let mut draft = Draft::new(&rehearsed);
    draft.part = changes.changes.last().map_or(1, |last| last.part + 1);
    import::apply(&mut draft, import, context)?;
    let of_import = ChangeSet { changes: draft.changes, kept: Vec::new() };
    invariants::check(&rehearsed, &of_import)?;
    changes.changes.extend(of_import.changes);
    Ok(changes)
}

fn apply(draft: &mut Draft<'_>, change: &YearChange, context: &Context) -> Result<(), Refusal> {
    let register = draft.register;
    expect_planned_now(register, change.planned_at)?;
    if change.to <= change.from {
        return Err(Refusal::YearNotAfter);
    }
    not_in_future("on", Some(change.on), context.today)?;
    let plan = Plan::new(register, change)?;
    let mut applying = Applying { draft, change, plan, kept_staff: HashSet::new() };
    for index in 0..change.next.len() {
        applying.begin_group(index)?;
    }
    for (place, step) in change.groups.iter().enumerate() {
        if !matches!(step.outcome, GroupOutcome::Becomes(_)) {
            applying.draft.next_part();
            applying.end(place)?;
        }
    }
    if !change.cabinet_step.is_empty() {
        limited("text", &change.cabinet_step)?;
        draft.next_part();
        let text = change.cabinet_step.clone();
        draft.create(|id| CabinetTask { id: CabinetTaskId(id), text, ..CabinetTask::default() });
    }
    Ok(())
}

/// The steps, checked and sorted by where people go.
struct Plan<'register> {
    groups: Vec<&'register Arc<Group>>,
    /// By place in [`YearChange::next`]: the memberships that come there, with whether they come with their group.
    comers: Vec<Vec<(&'register Arc<Membership>, bool)>>,
    /// By place in [`YearChange::groups`]: the memberships that end with it, and how.
    enders: Vec<Vec<(&'register Arc<Membership>, Ending)>>,
    /// By place in [`YearChange::next`]: the places of the groups that become it.
    becoming: Vec<Vec<usize>>,
    /// People who leave by this change: what else they hold as students ends with it.
    leaving: HashSet<PersonId>,
    /// Memberships that end and leave their people in the organization.
    ending: HashSet<MembershipId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Graduates,
    Leaves,
    /// Stays in the organization without this group.
    Ends,
}

impl<'register> Plan<'register> {
    fn new(register: &'register Register, change: &YearChange) -> Result<Plan<'register>, Refusal> {
        let mut plan = Plan {
            groups: Vec::with_capacity(change.groups.len()),
            comers: vec![Vec::new(); change.next.len()],
            enders: vec![Vec::new(); change.groups.len()],
            becoming: vec![Vec::new(); change.next.len()],
            leaving: HashSet::new(),
            ending: HashSet::new(),
        };
        let mut seen = HashSet::new();
        for (place, step) in change.groups.iter().enumerate() {
            let group = register.group(step.group).ok_or(Refusal::Missing(step.group.into()))?;
            if group.year != Some(change.from) || group.archived_on.is_some() || !seen.insert(group.id) {
                return Err(Refusal::NotOfThisYear(group.id.into()));
            }
            plan.groups.push(group);
            if let GroupOutcome::Becomes(index) = step.outcome {
                plan.becoming.get_mut(index).ok_or(Refusal::NoSuchPart)?.push(place);
            }
            let open =
                register.memberships_of_group(group.id).filter(|membership| membership.until.is_none());
            for membership in open {
                plan.place(change, place, membership)?;
            }
        }
        let of_these_groups = |id: &MembershipId| {
            register.membership(*id).is_some_and(|membership| {
                membership.until.is_none() && membership.group.is_some_and(|group| seen.contains(&group))
            })
        };
        match change.people.keys().find(|id| !of_these_groups(id)) {
            Some(id) => Err(Refusal::NotOfThisYear((*id).into())),
            None => Ok(plan),
        }
    }

    fn place(
        &mut self,
        change: &YearChange,
        place: usize,
        membership: &'register Arc<Membership>,
    ) -> Result<(), Refusal> {
        let is_student = membership.role == Role::Student;
        let ending = match (change.people.get(&membership.id), change.groups[place].outcome) {
            (Some(PersonStep::To(index)), outcome) => {
                let with_group = outcome == GroupOutcome::Becomes(*index);
                self.comers.get_mut(*index).ok_or(Refusal::NoSuchPart)?.push((membership, with_group));
                return Ok(());
            }
            (None, GroupOutcome::Becomes(index)) => {
                self.comers[index].push((membership, true));
                return Ok(());
            }
            (Some(PersonStep::Graduates), _) => Ending::Graduates,
            (Some(PersonStep::Leaves), _) => Ending::Leaves,
            (None, GroupOutcome::Graduates) if is_student => Ending::Graduates,
            (None, GroupOutcome::Graduates | GroupOutcome::Dissolves) => Ending::Ends,
        };
        match ending {
            Ending::Ends => self.ending.insert(membership.id),
            Ending::Graduates | Ending::Leaves => self.leaving.insert(membership.person),
        };
        self.enders[place].push((membership, ending));
        Ok(())
    }
}

struct Applying<'a, 'register> {
    draft: &'a mut Draft<'register>,
    change: &'a YearChange,
    plan: Plan<'register>,
    /// Teachers without a group who got a membership by this change.
    kept_staff: HashSet<PersonId>,
}

impl Applying<'_, '_> {
    /// A group of the new year, with who and what comes to it; the groups that become it end with it.
    fn begin_group(&mut self, index: usize) -> Result<(), Refusal> {
        let register = self.draft.register;
        let next = &self.change.next[index];
        self.draft.next_part();
        let group = self.make_group(next)?;
        for chat in &next.chats {
            let chat = register.chat(*chat).ok_or(Refusal::Missing((*chat).into()))?;
            if self.draft.latest(chat.id).is_some() {
                return Err(Refusal::ChangedSinceSeen(chat.id.into()));
            }
            self.draft.update(chat, Chat { group: Some(group), ..(**chat).clone() });
        }
        let chats_go = !next.chats.is_empty();
        for (membership, with_group) in std::mem::take(&mut self.plan.comers[index]) {
            if !self.plan.leaving.contains(&membership.person) {
                self.go_on(membership, group, with_group, chats_go);
            } else if self.draft.latest(membership.id).is_none() {
                // A club of somebody who finishes by this change: it ends with them.
                end_membership(self.draft, membership, self.change.on);
            }
        }
        for id in &next.teachers {
            self.go_on_teaching(*id, group)?;
        }
        for place in std::mem::take(&mut self.plan.becoming[index]) {
            self.end(place)?;
        }
        Ok(())
    }

    fn make_group(&mut self, next: &NextGroup) -> Result<GroupId, Refusal> {
        let register = self.draft.register;
        let Some(id) = next.existing else {
            required("label", &next.label)?;
            return Ok(GroupId(self.draft.create(|id| Group {
                id: GroupId(id),
                unit: next.unit,
                kind: next.kind,
                label: clean(&next.label),
                year: Some(self.change.to),
                predecessor: next.predecessor,
                ..Group::default()
            })));
        };
        let known = register.group(id).ok_or(Refusal::Missing(id.into()))?;
        if known.year != Some(self.change.to) {
            return Err(Refusal::NotOfThisYear(id.into()));
        }
        let predecessor = known.predecessor.or(next.predecessor);
        self.draft.update(known, Group { predecessor, ..(**known).clone() });
        Ok(id)
    }

    /// A membership goes on in the new year. What is known of the participation belongs to the group and its chats:
    /// it is kept where both go on together. That somebody does not participate is kept always: nobody is asked
    /// twice (clause 1.8).
    fn go_on(&mut self, membership: &Arc<Membership>, to: GroupId, with_group: bool, chats_go: bool) {
        let (on, register) = (self.change.on, self.draft.register);
        end_membership(self.draft, membership, on);
        let is_there = register
            .memberships_of_person(membership.person)
            .any(|other| other.group == Some(to) && other.role == membership.role && other.until.is_none());
        if !is_there {
            let keeps = (with_group && chats_go)
                || membership.participation.state == ParticipationState::DoesNotParticipate;
            let participation =
                if keeps { membership.participation.clone() } else { Participation::default() };
            self.draft.create(|id| Membership {
                id: MembershipId(id),
                group: Some(to),
                origin: Origin::Hand,
                since: Some(on),
                until: None,
                participation,
                ..(**membership).clone()
            });
        }
        if !with_group && membership.role == Role::Student {
            enter_movement(
                self.draft,
                membership,
                MovementKind::Transferred,
                on,
                &self.change.order,
                Some(to),
            );
        }
    }

    /// A class teacher goes on, without an order: the head's distribution for the new year names it (duty 2.3-5).
    fn go_on_teaching(&mut self, id: AssignmentId, group: GroupId) -> Result<(), Refusal> {
        let register = self.draft.register;
        let old = register.tables().assignments.get(id.0).ok_or(Refusal::Missing(id.into()))?;
        let is_there = register
            .assignments_of_group(group)
            .any(|other| other.person == old.person && other.until.is_none());
        if is_there {
            return Ok(());
        }
        let since = Some(self.change.on);
        let until = old.until.filter(|until| *until >= self.change.on);
        self.draft.create(|id| Assignment {
            id: AssignmentId(id),
            group,
            since,
            until,
            order: OrderReference::default(),
            ..(**old).clone()
        });
        Ok(())
    }

    /// Ends a group of the old year with those who finish, leave or stay without it.
    fn end(&mut self, place: usize) -> Result<(), Refusal> {
        for (membership, ending) in std::mem::take(&mut self.plan.enders[place]) {
            if self.draft.latest(membership.id).is_some() {
                continue;
            }
            match ending {
                Ending::Ends => {
                    end_membership(self.draft, membership, self.change.on);
                    self.keep_as_staff(membership);
                }
                Ending::Graduates => self.leave(membership, MovementKind::Graduated),
                Ending::Leaves => self.leave(membership, MovementKind::Left),
            }
        }
        end_group(self.draft, self.plan.groups[place], self.change.on);
        Ok(())
    }

    /// A teacher all of whose memberships end with their groups is still a teacher of the organization.
    fn keep_as_staff(&mut self, membership: &Arc<Membership>) {
        let mut others = self.draft.register.memberships_of_person(membership.person);
        let goes_on = |other: &Arc<Membership>| {
            other.role.is_staff() && other.until.is_none() && !self.plan.ending.contains(&other.id)
        };
        let holds_another = others.any(goes_on);
        if membership.role.is_staff() && !holds_another && self.kept_staff.insert(membership.person) {
            let since = Some(self.change.on);
            self.draft.create(|id| Membership {
                id: MembershipId(id),
                group: None,
                since,
                until: None,
                ..(**membership).clone()
            });
        }
    }

    /// Ends what somebody holds as a student; who holds nothing else leaves the organization.
    fn leave(&mut self, membership: &Arc<Membership>, kind: MovementKind) {
        let (register, on) = (self.draft.register, self.change.on);
        enter_movement(self.draft, membership, kind, on, &self.change.order, None);
        let Some(person) = register.person(membership.person) else { return };
        let mut holds_more = register.guardianships_of_adult(person.id).any(|link| {
            link.until.is_none() && register.person(link.child).is_some_and(|child| child.left_on.is_none())
        });
        for other in register.memberships_of_person(person.id).filter(|other| other.until.is_none()) {
            if other.role != Role::Student {
                holds_more = true;
                continue;
            }
            if self.draft.latest(other.id).is_some() {
                continue;
            }
            let until = Some(last_day_before(on, other.since));
            let participation = Participation {
                state: ParticipationState::Departed,
                as_of: Some(on),
                ..other.participation.clone()
            };
            self.draft.update(other, Membership { until, participation, ..(**other).clone() });
        }
        if !holds_more && self.draft.latest(person.id).is_none() {
            self.draft.update(person, Person { left_on: Some(on), ..(**person).clone() });
        }
    }
}
