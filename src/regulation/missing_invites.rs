//! Where a link is lacking (duty 2.3-4): one row per group and role without a link in force, in the cabinet's order.

use jiff::civil::Date;

use super::observations::role_of_chat;
use super::year::{current_year, sort_groups};
use crate::names::Role;
use crate::register::{
    ChatId, Group, GroupId, GroupKind, Invite, InviteId, InviteState, Platform, Register, Target,
};

/// A group and a role without a link in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingInvite {
    pub group: GroupId,
    pub role: Role,
    /// What the new link opens: the group.
    pub target: Target,
    /// The chat of these people, where the group has one in MAX: its teacher may make the link instead.
    pub chat: Option<ChatId>,
    /// A link that is made and given to nobody: to be handed over rather than made anew.
    pub reserve: Option<InviteId>,
    /// The last link of this place and role, no more in force: the predecessor.
    pub previous: Option<InviteId>,
}

/// The roles for which a kind of group needs a link. A kindergarten has no place for children [R 2.5, pub]; what a
/// club needs is its teacher's business.
pub fn invited_roles(kind: GroupKind) -> &'static [Role] {
    match kind {
        GroupKind::SchoolClass | GroupKind::StudyGroup => &[Role::Student, Role::Parent],
        GroupKind::KindergartenGroup => &[Role::Parent],
        GroupKind::TeachingStaff => &[Role::Teacher, Role::Employee],
        GroupKind::Club => &[],
    }
}

/// The rows of «выдать пачкой»: groups in their order (2А before 10А, the teaching staff last), roles as the cabinet
/// lists them. A link into the chat of these people stands for one into the group.
pub fn missing_invites(register: &Register, today: Date) -> Vec<MissingInvite> {
    let mut groups: Vec<_> = register.groups_in_year(current_year(register, today)).cloned().collect();
    sort_groups(&mut groups);
    let mut missing = Vec::new();
    for group in groups {
        for role in invited_roles(group.kind) {
            missing.extend(missing_of(register, &group, *role, today));
        }
    }
    missing
}

fn missing_of(register: &Register, group: &Group, role: Role, today: Date) -> Option<MissingInvite> {
    let chats = register.chats_of_group(group.id).filter(|chat| {
        chat.archived_on.is_none() && role_of_chat(chat.kind) == Some(role) && is_of_everybody(chat.kind)
    });
    let chats: Vec<_> = chats.collect();
    let places =
        std::iter::once(Target::Group(group.id)).chain(chats.iter().map(|chat| Target::Chat(chat.id)));
    let links: Vec<&Invite> = places
        .flat_map(|place| register.invites_of_target(place))
        .map(AsRef::as_ref)
        .filter(|invite| invite.role == role)
        .collect();
    let opens = |invite: &&&Invite| {
        invite.exposure.is_none() && invite.expires_on.is_none_or(|last_day| last_day >= today)
    };
    let is_out = |invite: &&Invite| match invite.state(today) {
        InviteState::InForce | InviteState::Deferred => invite.handed_over.is_some(),
        InviteState::Reserve | InviteState::Revoked => false,
    };
    if links.iter().filter(opens).any(is_out) {
        return None;
    }
    let reserve =
        links.iter().filter(opens).filter(|invite| invite.revocation.is_none()).map(|invite| invite.id);
    let reserve = reserve.max();
    let previous = links.iter().filter(|invite| Some(invite.id) != reserve).map(|invite| invite.id).max();
    let chat = chats.iter().find(|chat| chat.platform == Platform::Max).map(|chat| chat.id);
    Some(MissingInvite { group: group.id, role, target: Target::Group(group.id), chat, reserve, previous })
}

/// A discipline's chat is not the class.
fn is_of_everybody(kind: crate::register::ChatKind) -> bool {
    use crate::register::ChatKind::{Other, Parents, Staff, Students, Subject, Teachers};
    match kind {
        Students | Parents | Teachers | Staff => true,
        Subject | Other => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::{ChatKind, Operation};
    use crate::regulation::fixture::School;

    const TODAY: Date = date(2026, 10, 12);

    fn rows(school: &School) -> Vec<(String, Role)> {
        let label = |row: &MissingInvite| school.register.group(row.group).expect("exists").label.clone();
        missing_invites(&school.register, TODAY).iter().map(|row| (label(row), row.role)).collect()
    }

    #[test]
    fn classes_in_their_order_the_staff_last_and_only_what_is_lacking() {
        let mut school = School::new();
        let (tenth, second) = (school.class("10А"), school.class("2А"));
        school.group("Шахматы", GroupKind::Club);
        school.group("Солнышко", GroupKind::KindergartenGroup);
        school.link(Target::Group(tenth), Role::Student, Some(TODAY));
        let chat = school.chat(second, ChatKind::Parents);
        school.link(Target::Chat(chat), Role::Parent, Some(TODAY));
        let staff = "Педагогический коллектив".to_owned();
        assert_eq!(
            rows(&school),
            [
                ("2А".to_owned(), Role::Student),
                ("10А".to_owned(), Role::Parent),
                ("Солнышко".to_owned(), Role::Parent),
                (staff.clone(), Role::Teacher),
                (staff, Role::Employee),
            ]
        );
    }

    #[test]
    fn a_link_in_reserve_is_named_and_a_revoked_or_leaked_one_is_the_predecessor() {
        let mut school = School::new();
        let group = school.class("7Б");
        let old = school.link(Target::Group(group), Role::Parent, Some(date(2026, 9, 1)));
        let of_parents = |school: &School| {
            missing_invites(&school.register, TODAY).into_iter().find(|row| row.role == Role::Parent)
        };
        assert_eq!(of_parents(&school), None);
        let seen = vec![school.invite(old)];
        school.run(Operation::ExposeInvites { seen, on: TODAY, note: String::new() });
        assert_eq!(of_parents(&school).and_then(|row| row.previous), Some(old), "a leaked link is no link");
        let seen = vec![school.invite(old)];
        let successor = Some(crate::regulation::fixture::address(99));
        school.run(Operation::RevokeInvites { seen, on: TODAY, reason: String::new(), successor });
        let row = of_parents(&school).expect("the successor is in reserve");
        assert_eq!((row.previous, row.reserve), (Some(old), Some(InviteId(old.0 + 1))));
    }
}
