//! Adults whose access to a child is restricted («доступ ограничен, бумага у …», domain §3).

use jiff::civil::Date;

use super::ids::{GroupId, PersonId};
use super::{Guardianship, Register};
use crate::names::Role;

/// A restriction that holds on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    pub adult: PersonId,
    pub child: PersonId,
    /// Where the paper is kept, as written.
    pub paper: String,
}

impl Register {
    /// The restrictions of an adult on a day, child by child.
    pub fn restrictions_of_adult(&self, adult: PersonId, today: Date) -> Vec<Restriction> {
        let bonds = self.guardianships_of_adult(adult);
        bonds.filter(|bond| is_restricted(bond, today)).map(|bond| of(bond)).collect()
    }

    /// The restricted adults of the students of a group on a day.
    pub fn restrictions_in_group(&self, group: GroupId, today: Date) -> Vec<Restriction> {
        let students = self.current_members(group, Role::Student, today);
        let bonds = students.into_iter().flat_map(|child| self.guardianships_of_child(child));
        bonds.filter(|bond| is_restricted(bond, today)).map(|bond| of(bond)).collect()
    }

    /// The restrictions of an adult that speak against letting them into a place: those of children of its group, or,
    /// for the organization, of any child.
    pub fn restrictions_at(&self, adult: PersonId, group: Option<GroupId>, today: Date) -> Vec<Restriction> {
        let is_there = |child: PersonId| {
            group.is_none()
                || self
                    .memberships_of_person(child)
                    .any(|membership| membership.group == group && self.is_current(membership, today))
        };
        let mut restrictions = self.restrictions_of_adult(adult, today);
        restrictions.retain(|restriction| is_there(restriction.child));
        restrictions
    }
}

fn is_restricted(bond: &Guardianship, today: Date) -> bool {
    !bond.restriction.trim().is_empty() && bond.until.is_none_or(|until| until >= today)
}

fn of(bond: &Guardianship) -> Restriction {
    Restriction { adult: bond.adult, child: bond.child, paper: bond.restriction.clone() }
}
