//! What a newcomer is given: the link in force for their group and role (duty 2.3-4).

use std::sync::Arc;

use jiff::civil::Date;

use super::steps::places_of_member;
use crate::names::Role;
use crate::register::{GroupId, GroupKind, Invite, InviteState, Register, Target};

/// The link that opens a group (or its chat) for a role and may be given out: handed over before rather than in
/// reserve, the newest of several. For staff a link into the organization serves as well. Never one that is revoked,
/// expired or in strangers' hands.
pub fn link_in_force(
    register: &Register,
    group: Option<GroupId>,
    role: Role,
    today: Date,
) -> Option<Arc<Invite>> {
    let mut places = group.map_or_else(Vec::new, |group| {
        let mut places = places_of_member(register, group, role);
        if !places.contains(&Target::Group(group)) {
            places.push(Target::Group(group));
        }
        places
    });
    if role.is_staff() || group.is_none() {
        places.push(Target::Organization);
    }
    let is_fit = |invite: &&Arc<Invite>| {
        invite.role == role
            && invite.revocation.is_none()
            && invite.exposure.is_none()
            && invite.expires_on.is_none_or(|last_day| last_day >= today)
    };
    // A place further on is looked at only where those before have none.
    places.into_iter().find_map(|place| {
        let rank = |invite: &&Arc<Invite>| {
            (
                invite.state(today) != InviteState::Reserve,
                invite.issued_on.unwrap_or(invite.recorded_on),
                invite.id,
            )
        };
        register.invites_of_target(place).filter(is_fit).max_by_key(rank).cloned()
    })
}

/// The roles that come with a newcomer, each with its link where there is one: a student brings parents along, a
/// kindergarten has no place for the child itself [R 2.5].
pub fn links_for_newcomer(
    register: &Register,
    group: Option<GroupId>,
    role: Role,
    today: Date,
) -> Vec<(Role, Option<Arc<Invite>>)> {
    let kind = group.and_then(|group| register.group(group)).map(|group| group.kind);
    let roles: &[Role] = match (role, kind) {
        (Role::Student, Some(GroupKind::KindergartenGroup)) => &[Role::Parent],
        (Role::Student, Some(_)) => &[Role::Student, Role::Parent],
        (Role::Student, None) => &[Role::Student],
        (Role::Parent, _) => &[Role::Parent],
        (Role::Teacher, _) => &[Role::Teacher],
        (Role::Employee, _) => &[Role::Employee],
    };
    roles.iter().map(|role| (*role, link_in_force(register, group, *role, today))).collect()
}
