//! A link's predecessors, and what a leaked link means (duties 2.3-4 and 2.3-9; domain §4).

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::coverage::{Coverage, place_coverage};
use super::staleness::made_on;
use super::year::target_title;
use crate::names::Role;
use crate::register::{EntityKind, HandOver, Invite, InviteId, PersonId, Register, Target};

/// The links whose place this one took, the latest first: those that name it as their successor, and theirs; then
/// the links of the same place and role that were revoked before it was made.
pub fn predecessors(register: &Register, id: InviteId) -> Vec<InviteId> {
    let Some(invite) = register.invite(id) else { return Vec::new() };
    let mut found: Vec<InviteId> = Vec::new();
    let mut known: BTreeSet<InviteId> = BTreeSet::from([id]);
    let mut waiting = vec![id];
    while let Some(next) = waiting.pop() {
        let referrers = register.referrers(next);
        let mut before: Vec<InviteId> = referrers
            .iter()
            .filter(|key| key.kind == EntityKind::Invite)
            .map(|key| InviteId(key.id))
            .filter(|key| register.invite(*key).is_some_and(|older| older.replaced_by == Some(next)))
            .filter(|key| known.insert(*key))
            .collect();
        before.sort_unstable_by(|left, right| right.cmp(left));
        waiting.extend(before.iter().rev().copied());
        found.extend(before);
    }
    let mut others: Vec<&Invite> = register
        .invites_of_target(invite.target)
        .map(AsRef::as_ref)
        .filter(|other| other.role == invite.role && !known.contains(&other.id))
        .filter(|other| {
            other.revocation.as_ref().is_some_and(|revocation| revocation.on <= made_on(invite))
                && other.id < invite.id
        })
        .collect();
    others.sort_by_key(|other| std::cmp::Reverse((other.revocation.as_ref().map(|it| it.on), other.id)));
    found.extend(others.into_iter().map(|other| other.id));
    found
}

/// What is known of a link that got to strangers: what it opens, who was given it, and how far its handling has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeakFacts {
    pub invite: InviteId,
    /// What it opens, in words.
    pub opens: String,
    pub target: Target,
    pub role: Role,
    /// Whether children are inside.
    pub has_children: bool,
    /// How many are inside, and as of when.
    pub inside: Coverage,
    /// To whom and by which way it was given.
    pub handed_over: Option<HandOver>,
    /// The class teachers of the group: who has to know first.
    pub class_teachers: Vec<PersonId>,
    /// Whether it still opens.
    pub is_open: bool,
    pub steps: LeakSteps,
}

/// The steps of a leak, each ticked by the fact itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeakSteps {
    /// Marked as leaked here.
    pub exposed_on: Option<Date>,
    /// Revoked in the cabinet and confirmed here.
    pub revoked_on: Option<Date>,
    /// The link that took its place.
    pub successor: Option<InviteId>,
    /// The successor was handed over.
    pub successor_handed_over: bool,
    /// A member list was reconciled on or after the day of the leak.
    pub reconciled_on: Option<Date>,
}

/// The facts of a leak on a day; `None` where there is no such link.
pub fn leak_facts(register: &Register, id: InviteId, today: Date) -> Option<LeakFacts> {
    let invite = register.invite(id)?;
    let group = register.group_of_target(invite.target);
    let exposed_on = invite.exposure.as_ref().map(|exposure| exposure.on);
    let reconciled_on = exposed_on.and_then(|exposed| {
        register
            .observations_of_target(invite.target)
            .filter(|seen| seen.source.compares_people() && seen.on >= exposed)
            .map(|seen| seen.on)
            .max()
    });
    let successor = invite.replaced_by.and_then(|successor| register.invite(successor));
    let teachers = group.map(|group| register.class_teachers(group, today));
    Some(LeakFacts {
        invite: id,
        opens: target_title(register, invite.target),
        target: invite.target,
        role: invite.role,
        has_children: !invite.role.is_staff(),
        inside: place_coverage(register, invite.target, invite.role, today),
        handed_over: invite.handed_over.clone(),
        class_teachers: teachers.into_iter().flatten().map(|assignment| assignment.person).collect(),
        is_open: invite.revocation.is_none() && invite.expires_on.is_none_or(|last_day| last_day >= today),
        steps: LeakSteps {
            exposed_on,
            revoked_on: invite.revocation.as_ref().map(|revocation| revocation.on),
            successor: successor.map(|successor| successor.id),
            successor_handed_over: successor.is_some_and(|successor| successor.handed_over.is_some()),
            reconciled_on,
        },
    })
}

/// The link with exactly this address.
pub fn find_invite_by_address(
    register: &Register,
    address: &crate::names::InviteAddress,
) -> Option<InviteId> {
    register.tables().invites.values().find(|invite| invite.address == *address).map(|invite| invite.id)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::Operation;
    use crate::regulation::fixture::{School, address};

    const TODAY: Date = date(2026, 10, 12);

    fn replace(school: &mut School, id: InviteId, number: u32) -> InviteId {
        let seen = vec![school.invite(id)];
        let successor = Some(address(number));
        school.run(Operation::RevokeInvites { seen, on: TODAY, reason: String::new(), successor });
        school.invite(id).replaced_by.expect("has a successor")
    }

    #[test]
    fn the_chain_runs_back_to_the_first_link_and_ends() {
        let mut school = School::new();
        let group = Target::Group(school.class("7Б"));
        let first = school.link(group, Role::Parent, Some(date(2026, 9, 1)));
        let other_role = school.link(group, Role::Student, Some(date(2026, 9, 1)));
        let second = replace(&mut school, first, 91);
        let third = replace(&mut school, second, 92);
        assert_eq!(predecessors(&school.register, third), [second, first]);
        assert_eq!(predecessors(&school.register, first), []);
        assert_eq!(predecessors(&school.register, other_role), []);
        // Revoked without a successor, then a new one: still its predecessor.
        let seen = vec![school.invite(third)];
        school.run(Operation::RevokeInvites { seen, on: TODAY, reason: String::new(), successor: None });
        let fourth = school.link(group, Role::Parent, Some(TODAY));
        assert_eq!(predecessors(&school.register, fourth), [third, second, first]);
    }

    #[test]
    fn the_steps_of_a_leak_tick_themselves() {
        let mut school = School::new();
        let group = Target::Group(school.class("7Б"));
        let id = school.link(group, Role::Parent, Some(date(2026, 9, 1)));
        let steps = |school: &School| leak_facts(&school.register, id, TODAY).expect("exists").steps;
        assert_eq!(steps(&school), LeakSteps::default());
        let seen = vec![school.invite(id)];
        school.run(Operation::ExposeInvites { seen, on: TODAY, note: String::new() });
        assert_eq!(steps(&school).exposed_on, Some(TODAY));
        let successor = replace(&mut school, id, 93);
        assert_eq!((steps(&school).successor, steps(&school).revoked_on), (Some(successor), Some(TODAY)));
        school.observe(group, Role::Parent, TODAY, 5, None);
        assert_eq!(steps(&school).reconciled_on, None, "a number from the teacher is no member list");
    }
}
