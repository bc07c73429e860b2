//! What can be compared with a pasted list: the organization, a group, its chats, each in one role.

use jiff::civil::Date;

use crate::names::Role;
use crate::reconcile::ReconcileScope;
use crate::register::{ChatKind, GroupId, GroupKind, Register, Target};
use crate::regulation::{chat_title, place_coverage, role_of_chat, seen_of_target};
use crate::wording::{days_ago, role_genitive_plural};

/// One place in one role.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) scope: ReconcileScope,
    /// «Родители 7Б», «7Б в кабинете: ученики».
    pub(super) title: String,
    /// «сверено 12 дней назад · 24 из 27», or that it never was.
    pub(super) note: String,
    /// «родители 7Б»: for the title of the comparison.
    pub(super) short: String,
}

/// The places of a group, chats first since their lists are what people copy; `None`: the whole organization.
pub(super) fn places_of(register: &Register, group: Option<GroupId>, today: Date) -> Vec<Place> {
    let Some(group) = group.and_then(|group| register.group(group)) else {
        return Role::ALL.map(|role| organization_place(register, role, today)).into();
    };
    let mut places = Vec::new();
    let mut chats: Vec<_> =
        register.chats_of_group(group.id).filter(|chat| chat.archived_on.is_none()).collect();
    chats.sort_by_key(|chat| (chat.kind != ChatKind::Parents, chat.kind, chat.id));
    for chat in chats {
        let Some(role) = role_of_chat(chat.kind) else { continue };
        let title = chat_title(register, chat);
        let scope = ReconcileScope { target: Target::Chat(chat.id), role: None };
        let note = note_of(register, scope.target, role, today);
        places.push(Place {
            scope, short: format!("чат «{title}»"), title: format!("Чат «{title}»"), note
        });
    }
    let roles: &[Role] = match group.kind {
        GroupKind::TeachingStaff => &[Role::Teacher, Role::Employee],
        GroupKind::KindergartenGroup => &[Role::Parent],
        _ => &[Role::Parent, Role::Student],
    };
    for role in roles {
        let scope = ReconcileScope { target: Target::Group(group.id), role: Some(*role) };
        let plural = crate::wording::role_plural(*role);
        places.push(Place {
            scope,
            title: format!("{} в кабинете: {plural}", group.label),
            short: format!("{plural} {}", group.label),
            note: note_of(register, scope.target, *role, today),
        });
    }
    places
}

fn organization_place(register: &Register, role: Role, today: Date) -> Place {
    let scope = ReconcileScope { target: Target::Organization, role: Some(role) };
    Place {
        scope,
        title: format!("Вся организация: {}", crate::wording::role_plural(role)),
        short: format!("список {} всей организации", role_genitive_plural(role)),
        note: note_of(register, scope.target, role, today),
    }
}

fn note_of(register: &Register, target: Target, role: Role, today: Date) -> String {
    let Some(last) = seen_of_target(register, target, role).pop() else {
        return "ещё не сверяли".into();
    };
    let age = format!("сверено {}", days_ago((today - last.on).get_days().into()));
    let of = last.of.unwrap_or_else(|| place_coverage(register, target, role, today).expected);
    let whom = if role == Role::Parent { "внутри взрослые" } else { "внутри" };
    if of == 0 {
        format!("{age} · {whom}: {}", last.joined)
    } else {
        format!("{age} · {whom}: {} из {of}", last.joined)
    }
}
