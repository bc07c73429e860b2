//! The roster of the whole organization (clause 2.4), each person once: counted through every membership, or kept from
//! change to change person by person.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::coverage::{RosterCounts, counted_child, is_absent, weight};
use super::participation::ParticipationCounts;
use crate::names::Role;
use crate::register::{Participation, ParticipationState, PersonId, Register};

/// One person as a roster counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub state: ParticipationState,
    pub as_of: Option<Date>,
    /// Away for long.
    pub absent: bool,
}

/// Everybody of a role in the organization, each person once; for parents every student once.
pub(super) fn roster_of_organization(register: &Register, role: Role, today: Date) -> RosterCounts {
    let mut roster = RoleRoster::default();
    for person in people_of(register, role) {
        if let Some(one) = in_organization(register, person, role, today) {
            roster.add(one);
        }
    }
    roster.counted()
}

fn people_of(register: &Register, role: Role) -> BTreeSet<PersonId> {
    let of_role = of_whom(role);
    let members = register.tables().memberships.values().filter(|membership| membership.role == of_role);
    members.map(|membership| membership.person).collect()
}

/// Whose memberships are counted for a role: for parents the children are.
fn of_whom(role: Role) -> Role {
    if role == Role::Parent { Role::Student } else { role }
}

/// What a person adds to the roster of the organization in a role: the state that tells most; for parents a child by
/// its adults. `None`: holds no such role now.
fn in_organization(register: &Register, person: PersonId, role: Role, today: Date) -> Option<Counted> {
    let of_role = of_whom(role);
    let mut strongest: Option<&Participation> = None;
    for membership in register.memberships_of_person(person) {
        // Who is in no group yet is expected nowhere; staff may belong to the organization as a whole.
        let has_place = of_role.is_staff() || membership.group.is_some();
        if membership.role == of_role && has_place && register.is_current(membership, today) {
            let found = &membership.participation;
            if strongest.is_none_or(|known| weight(found.state) > weight(known.state)) {
                strongest = Some(found);
            }
        }
    }
    let strongest = strongest?;
    if role == Role::Parent {
        return counted_child(register, person, today);
    }
    let absent = is_absent(register, person, today);
    Some(Counted { state: strongest.state, as_of: strongest.as_of, absent })
}

/// The rosters of the organization in every role, in the order of [`Role::ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OrganizationRosters {
    roles: [RoleRoster; 4],
}

impl OrganizationRosters {
    /// Counts everybody.
    pub fn of(register: &Register, today: Date) -> OrganizationRosters {
        let mut rosters = OrganizationRosters::default();
        for (role, roster) in Role::ALL.into_iter().zip(&mut rosters.roles) {
            for person in people_of(register, role) {
                if let Some(one) = in_organization(register, person, role, today) {
                    roster.add(one);
                }
            }
        }
        rosters
    }

    /// Counts the touched people as they are after a change in place of as they were before it.
    pub fn recount(&mut self, before: &Register, after: &Register, people: &BTreeSet<PersonId>, today: Date) {
        for (role, roster) in Role::ALL.into_iter().zip(&mut self.roles) {
            for person in people {
                let (was, is) = (
                    in_organization(before, *person, role, today),
                    in_organization(after, *person, role, today),
                );
                if was == is {
                    continue;
                }
                if let Some(was) = was {
                    roster.remove(was);
                }
                if let Some(is) = is {
                    roster.add(is);
                }
            }
        }
    }

    /// The numbers of a role.
    pub fn counted(&self, role: Role) -> RosterCounts {
        let place = Role::ALL.iter().position(|known| *known == role);
        place.map_or_else(RosterCounts::default, |place| self.roles[place].counted())
    }
}

/// One roster from which people can be taken back: the newest day is found among all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct RoleRoster {
    counts: ParticipationCounts,
    /// The days of the known states, each with how many people it speaks of.
    days: BTreeMap<Date, u32>,
}

impl RoleRoster {
    fn add(&mut self, one: Counted) {
        self.counts.add(one.state, one.absent);
        if let Some(day) = one.as_of.filter(|_| one.state != ParticipationState::NoInformation) {
            *self.days.entry(day).or_default() += 1;
        }
    }

    fn remove(&mut self, one: Counted) {
        self.counts.remove(one.state, one.absent);
        if let Some(day) = one.as_of.filter(|_| one.state != ParticipationState::NoInformation)
            && let Some(count) = self.days.get_mut(&day)
        {
            *count -= 1;
            if *count == 0 {
                self.days.remove(&day);
            }
        }
    }

    fn counted(&self) -> RosterCounts {
        RosterCounts { counts: self.counts, as_of: self.days.keys().next_back().copied() }
    }
}
