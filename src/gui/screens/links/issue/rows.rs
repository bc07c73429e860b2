//! Which groups lack a link for which role, and what is typed for each.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::names::{AddressShape, InviteAddress, Role};
use crate::register::{ChatKind, Group, GroupId, GroupKind, InviteId, InviteState, Register, Target};
use crate::regulation::{StalenessRule, role_of_chat, target_title};
use crate::session::Snapshot;
use crate::wording::role_plural;

/// A group that lacks a link for a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IssueRow {
    pub target: Target,
    pub role: Role,
    /// «7Б».
    pub label: String,
    /// Title of the chat it opens; empty for the group itself.
    pub chat_title: String,
    /// The first row of its group.
    pub begins_group: bool,
}

impl IssueRow {
    /// «7Б, родители».
    pub(super) fn subject(&self) -> String {
        format!("{}, {}", self.label, role_plural(self.role))
    }
}

/// What is typed for a row, as it is kept in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub target: Target,
    pub role: Role,
    pub text: String,
}

/// The roles a kind of group needs links for, in the order of the cabinet.
fn roles_of(kind: GroupKind) -> &'static [Role] {
    match kind {
        GroupKind::SchoolClass | GroupKind::StudyGroup => &[Role::Student, Role::Parent],
        // A kindergarten has no chat with children; a club needs none [R 2.5].
        GroupKind::KindergartenGroup => &[Role::Parent],
        GroupKind::TeachingStaff => &[Role::Teacher, Role::Employee],
        GroupKind::Club => &[],
    }
}

/// One row for each group and role without a link that can be given out, in the order of the classes.
pub(super) fn lacking(snapshot: &Snapshot) -> Vec<IssueRow> {
    let register = &snapshot.register;
    let served: std::collections::HashSet<(GroupId, Role)> = snapshot
        .invites
        .rows()
        .filter(|row| row.state != InviteState::Revoked)
        .filter(|row| !row.flags.iter().any(|flag| is_useless(flag.rule)))
        .filter_map(|row| Some((row.group?, row.role)))
        .collect();
    let mut rows = Vec::new();
    for group in snapshot.groups.rows().iter().filter_map(|row| register.group(row.id)) {
        let before = rows.len();
        for role in roles_of(group.kind).iter().filter(|role| !served.contains(&(group.id, **role))) {
            let target = place_for(register, group, *role);
            let chat_title = match target {
                Target::Chat(_) => target_title(register, target),
                _ => String::new(),
            };
            let begins_group = rows.len() == before;
            rows.push(IssueRow { target, role: *role, label: group.label.clone(), chat_title, begins_group });
        }
    }
    rows
}

/// A link that must not be given to anybody any more does not count.
fn is_useless(rule: StalenessRule) -> bool {
    matches!(
        rule,
        StalenessRule::Exposed
            | StalenessRule::Expired
            | StalenessRule::TargetGone
            | StalenessRule::WrongRole
            | StalenessRule::Superseded
    )
}

/// The chat of these people where the group has one, else the group: as pasted lists are read.
fn place_for(register: &Register, group: &Group, role: Role) -> Target {
    let is_theirs = |kind: ChatKind| {
        matches!(kind, ChatKind::Students | ChatKind::Parents) && role_of_chat(kind) == Some(role)
    };
    register
        .chats_of_group(group.id)
        .find(|chat| chat.archived_on.is_none() && is_theirs(chat.kind))
        .map_or(Target::Group(group.id), |chat| Target::Chat(chat.id))
}

/// What a typed text comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Empty,
    /// It can be recorded; sometimes with a warning.
    Good(InviteAddress, Option<&'static str>),
    /// It cannot, and why.
    Refused(String),
}

impl Verdict {
    pub(super) fn is_good(&self) -> bool {
        matches!(self, Verdict::Good(..))
    }
}

/// Judges all texts at once: a row may repeat another.
pub(super) fn judge(
    rows: &[IssueRow],
    texts: &[String],
    recorded: &HashMap<InviteAddress, InviteId>,
    snapshot: &Snapshot,
) -> Vec<Verdict> {
    let mut seen: HashMap<InviteAddress, usize> = HashMap::new();
    let mut verdicts = Vec::with_capacity(rows.len());
    for (place, text) in texts.iter().enumerate() {
        if text.trim().is_empty() {
            verdicts.push(Verdict::Empty);
            continue;
        }
        verdicts.push(match InviteAddress::parse(text) {
            Err(problem) => Verdict::Refused(super::super::pasted::address_words(problem).to_owned()),
            Ok((address, shape)) => {
                let first = *seen.entry(address.clone()).or_insert(place);
                if let Some(id) = recorded.get(&address) {
                    let title = snapshot.invites.get(*id).map_or("", |row| row.target_title.as_str());
                    Verdict::Refused(format!("Эта ссылка уже записана: {title}"))
                } else if first != place {
                    let subject = rows.get(first).map(IssueRow::subject).unwrap_or_default();
                    Verdict::Refused(format!("Та же ссылка уже стоит выше: {subject}"))
                } else if matches!(shape, AddressShape::NotAnInvite(_)) {
                    Verdict::Refused(shape.warning().unwrap_or("Это не приглашение").to_owned())
                } else {
                    Verdict::Good(address, shape.warning())
                }
            }
        });
    }
    verdicts
}

/// Whether nothing more will follow, so that the focus may move on: what was pasted at once is whole; what is
/// typed is whole when its token has the length seen in public.
pub(super) fn is_whole(text: &str, letters_before: usize) -> bool {
    const PASTED_AT_ONCE: usize = 12;
    let text = text.trim();
    if text.chars().count() >= letters_before + PASTED_AT_ONCE {
        return true;
    }
    let token_is = |mark: &str, length: usize| {
        text.split_once(mark).is_some_and(|(_, token)| token.chars().count() == length)
    };
    match InviteAddress::parse(text).map(|(_, shape)| shape) {
        Ok(AddressShape::MaxJoin) => token_is("/join/", 43),
        Ok(AddressShape::SferumJoin) => token_is("join=", 36),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_focus_moves_on_only_after_a_whole_address() {
        let token = "a".repeat(43);
        let max = |count: usize| format!("https://max.ru/join/{}", &token[..count]);
        for (text, before, expected) in [
            (max(43), 0, true),
            (max(43), 62, true),
            (max(42), 61, false),
            (max(10), 0, true),
            ("https://vk.me/join/AJQ1d".to_owned(), 23, false),
            (format!("https://sferum.ru/?p=messages&join={}", &token[..36]), 70, true),
            ("https".to_owned(), 4, false),
        ] {
            assert_eq!(is_whole(&text, before), expected, "{text} {before}");
        }
    }
}
