//! What was really seen of a place, and of which place it speaks (domain §3, "Observation").

use jiff::civil::Date;

use crate::names::Role;
use crate::register::{Chat, ChatKind, Observation, Register, Target};

/// One observation, reduced to its numbers. For parents they count children with an adult in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub on: Date,
    pub joined: u32,
    /// «из» as told.
    pub of: Option<u32>,
}

/// Everything seen of exactly this target in this role, days rising; of one day the last entered is last.
pub fn seen_of_target(register: &Register, target: Target, role: Role) -> Vec<Seen> {
    let mut seen: Vec<Seen> = register
        .observations_of_target(target)
        .filter(|observation| observation.role == role)
        .map(|observation| Seen { on: observation.on, joined: observation.joined, of: observation.of })
        .collect();
    seen.sort_by_key(|seen| seen.on);
    seen
}

/// Everything that speaks of the people behind a link. A chat that mirrors its group's role (students,
/// parents, teachers, staff) and was never looked at itself is judged by what was seen of the group; a
/// subject chat is not: who is in the class need not be in «Физика». Groups and the organization stand
/// for themselves only.
pub fn seen_of_place(register: &Register, target: Target, role: Role) -> Vec<Seen> {
    let own = seen_of_target(register, target, role);
    match target {
        Target::Chat(chat) if own.is_empty() => match register.chat(chat) {
            Some(chat) if mirrors(chat.kind, role) => chat
                .group
                .map(|group| seen_of_target(register, Target::Group(group), role))
                .unwrap_or_default(),
            _ => own,
        },
        _ => own,
    }
}

/// The latest thing seen of a group in a role: of the group itself, else of its chat for that role.
pub fn latest_seen_of_group(
    register: &Register,
    group: crate::register::GroupId,
    role: Role,
) -> Option<Seen> {
    seen_of_target(register, Target::Group(group), role).pop().or_else(|| {
        let chats = register.chats_of_group(group);
        chats
            .filter(|chat| chat.archived_on.is_none() && mirrors(chat.kind, role))
            .filter_map(|chat| seen_of_target(register, Target::Chat(chat.id), role).pop())
            .max_by_key(|seen| seen.on)
    })
}

/// The same as it stood at the end of a day: the entry itself, with its source.
pub(super) fn last_observation_of_group(
    register: &Register,
    group: crate::register::GroupId,
    role: Role,
    day: Date,
) -> Option<&Observation> {
    let of_group = observation_on(register, Target::Group(group), role, day);
    of_group.or_else(|| {
        let chats = register.chats_of_group(group);
        chats
            .filter(|chat| chat.archived_on.is_none() && mirrors(chat.kind, role))
            .filter_map(|chat| observation_on(register, Target::Chat(chat.id), role, day))
            .max_by_key(|observation| observation.on)
    })
}

/// The last thing seen of exactly this target up to a day; of one day the last entered.
pub(super) fn observation_on(
    register: &Register,
    target: Target,
    role: Role,
    day: Date,
) -> Option<&Observation> {
    register
        .observations_of_target(target)
        .filter(|observation| observation.role == role && observation.on <= day)
        .max_by_key(|observation| observation.on)
        .map(AsRef::as_ref)
}

/// The day when anything was last seen of a group or of one of its chats, in any role.
pub fn last_look_at_group(register: &Register, group: crate::register::GroupId) -> Option<Date> {
    let latest = |target| register.observations_of_target(target).map(|observation| observation.on).max();
    let of_chats = register.chats_of_group(group).filter_map(|chat| latest(Target::Chat(chat.id))).max();
    latest(Target::Group(group)).max(of_chats)
}

/// The day when anything was last seen of a chat itself.
pub fn last_look_at_chat(register: &Register, chat: &Chat) -> Option<Date> {
    register.observations_of_target(Target::Chat(chat.id)).map(|observation| observation.on).max()
}

/// Whose chat a kind is; `None` for «другое».
pub fn role_of_chat(kind: ChatKind) -> Option<Role> {
    match kind {
        ChatKind::Students | ChatKind::Subject => Some(Role::Student),
        ChatKind::Parents => Some(Role::Parent),
        ChatKind::Teachers | ChatKind::Staff => Some(Role::Teacher),
        ChatKind::Other => None,
    }
}

/// Whether everybody of the role in the group belongs into a chat of this kind.
fn mirrors(kind: ChatKind, role: Role) -> bool {
    match kind {
        ChatKind::Students => role == Role::Student,
        ChatKind::Parents => role == Role::Parent,
        ChatKind::Teachers => role == Role::Teacher,
        ChatKind::Staff => role.is_staff(),
        ChatKind::Subject | ChatKind::Other => false,
    }
}
