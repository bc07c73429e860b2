//! How a person of the register stands to a role: what they hold now and what they held before.

use std::sync::Arc;

use jiff::civil::Date;

use super::groups::is_class;
use crate::names::Role;
use crate::register::{Group, GroupChoice, Membership, Person, PersonId, Register, SchoolYear};

/// Roles within which people are matched: teachers and other staff are one family.
pub(super) fn same_family(one: Role, other: Role) -> bool {
    one == other || (one.is_staff() && other.is_staff())
}

/// Whether a membership goes on after today. A membership that a transfer ended today does not.
pub(super) fn goes_on(membership: &Membership, today: Date) -> bool {
    membership.until.is_none_or(|until| until > today)
}

/// Whether the person has left the organization.
pub(super) fn has_left(person: &Person, today: Date) -> bool {
    person.left_on.is_some_and(|left| left <= today)
}

/// Whether the person holds or held a role of this family. Somebody without any role may take each.
pub(super) fn may_be(register: &Register, person: PersonId, role: Role) -> bool {
    let mut has_none = true;
    for membership in register.memberships_of_person(person) {
        if same_family(membership.role, role) {
            return true;
        }
        has_none = false;
    }
    let is_parent = register.guardianships_of_adult(person).next().is_some();
    if role == Role::Parent { is_parent || has_none } else { has_none && !is_parent }
}

/// Whether the person is an adult by what the register says of them.
pub(super) fn is_adult(register: &Register, person: PersonId) -> bool {
    register.memberships_of_person(person).any(|membership| membership.role != Role::Student)
        || register.guardianships_of_adult(person).next().is_some()
}

/// Memberships of the role's family that go on.
pub(super) fn open_memberships(
    register: &Register,
    person: PersonId,
    role: Role,
    today: Date,
) -> impl Iterator<Item = &Arc<Membership>> {
    register
        .memberships_of_person(person)
        .filter(move |membership| same_family(membership.role, role) && goes_on(membership, today))
}

/// Whether the person already is where a row wants them: a membership in the place (anywhere, where the row names
/// no place), or for parents a child there.
pub(super) fn is_in(
    register: &Register,
    person: PersonId,
    role: Role,
    place: Option<GroupChoice>,
    today: Date,
) -> bool {
    let group = match place {
        Some(GroupChoice::New(_)) => return false,
        Some(GroupChoice::Existing(group)) => Some(group),
        None => None,
    };
    let in_place = |membership: &Arc<Membership>| group.is_none() || membership.group == group;
    if open_memberships(register, person, role, today)
        .any(|membership| membership.role == role && in_place(membership))
    {
        return true;
    }
    role == Role::Parent
        && register
            .guardianships_of_adult(person)
            .filter(|link| link.until.is_none_or(|until| until > today))
            .any(|link| {
                group.is_none() || open_memberships(register, link.child, Role::Student, today).any(in_place)
            })
}

/// The classes a student is in now, with the membership.
pub(super) fn open_classes(
    register: &Register,
    person: PersonId,
    today: Date,
) -> impl Iterator<Item = (&Arc<Membership>, &Arc<Group>)> {
    open_memberships(register, person, Role::Student, today).filter_map(move |membership| {
        let group = register.group(membership.group?)?;
        (is_class(group) && group.archived_on.is_none()).then_some((membership, group))
    })
}

/// The class of the year that a student would be moved from.
pub(super) fn class_in_year(
    register: &Register,
    person: PersonId,
    year: SchoolYear,
    today: Date,
) -> Option<(&Arc<Membership>, &Arc<Group>)> {
    open_classes(register, person, today).find(|(_, group)| group.year == Some(year))
}
