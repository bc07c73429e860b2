//! The chats that should exist, those that did not move to MAX, and those on banned messengers
//! (clauses 2.2 and 2.5; ст. 10 ч. 8 149-ФЗ).

use super::year::current_year;
use crate::register::{Chat, ChatId, ChatKind, GroupId, GroupKind, Platform, Register, TransferState};

/// The chats a kind of group needs [R 2.5]. A kindergarten has none with children; a club needs none.
pub fn required_chats(kind: GroupKind) -> &'static [ChatKind] {
    match kind {
        GroupKind::SchoolClass | GroupKind::StudyGroup => {
            &[ChatKind::Students, ChatKind::Parents, ChatKind::Teachers]
        }
        GroupKind::KindergartenGroup => &[ChatKind::Parents],
        GroupKind::TeachingStaff => &[ChatKind::Staff],
        GroupKind::Club => &[],
    }
}

/// The kind of a chat in words.
pub fn chat_kind_words(kind: ChatKind) -> &'static str {
    match kind {
        ChatKind::Students => "чат с учениками",
        ChatKind::Parents => "чат с родителями",
        ChatKind::Teachers => "чат с учителями класса",
        ChatKind::Subject => "чат по предмету",
        ChatKind::Staff => "чат сотрудников",
        ChatKind::Other => "другой чат",
    }
}

/// Where a chat lives, in words.
pub fn platform_words(platform: Platform) -> &'static str {
    match platform {
        Platform::Max => "MAX",
        Platform::VkMessenger => "VK Мессенджер",
        Platform::Telegram => "Telegram",
        Platform::Whatsapp => "WhatsApp",
        Platform::Viber => "Viber",
        Platform::Other => "другой мессенджер",
    }
}

/// What became of a chat in the move, in words [R 2.2].
pub fn transfer_words(transfer: TransferState) -> &'static str {
    match transfer {
        TransferState::NotApplicable => "переноса не требовал",
        TransferState::Transferred => "перенесён",
        TransferState::NotTransferred => "не перенёсся",
        TransferState::CreatedAnew => "создан заново",
        TransferState::NotNeeded => "не нужен",
    }
}

/// A chat that a group needs and does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingChat {
    pub group: GroupId,
    pub kind: ChatKind,
}

/// The needed chats that the current year's groups lack. A chat on a banned messenger does not stand for
/// one; one marked «не нужен» settles the question.
pub fn missing_chats(register: &Register, today: jiff::civil::Date) -> Vec<MissingChat> {
    let mut missing = Vec::new();
    for group in register.groups_in_year(current_year(register, today)) {
        for kind in required_chats(group.kind) {
            let settles =
                |chat: &Chat| chat.kind == *kind && chat.archived_on.is_none() && !is_banned(chat.platform);
            if !register.chats_of_group(group.id).any(|chat| settles(chat)) {
                missing.push(MissingChat { group: group.id, kind: *kind });
            }
        }
    }
    missing
}

/// A chat that still has to get from VK Мессенджер to MAX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransferItem {
    pub chat: ChatId,
    pub transfer: TransferState,
}

/// The work list of clause 2.2: only chats that are, or were, in VK Мессенджер.
pub fn transfer_list(register: &Register) -> Vec<TransferItem> {
    let waits = |chat: &&Chat| match chat.transfer {
        TransferState::NotTransferred => true,
        TransferState::NotApplicable => chat.platform == Platform::VkMessenger,
        TransferState::Transferred | TransferState::CreatedAnew | TransferState::NotNeeded => false,
    };
    let chats = register.tables().chats.values().filter(|chat| chat.archived_on.is_none());
    chats.filter(waits).map(|chat| TransferItem { chat: chat.id, transfer: chat.transfer }).collect()
}

/// A chat kept on a messenger that may not be used for school business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignChat {
    pub chat: ChatId,
    pub platform: Platform,
}

/// The chats on Telegram, WhatsApp and Viber (ст. 10 ч. 8 149-ФЗ, 41-ФЗ).
pub fn foreign_chats(register: &Register) -> Vec<ForeignChat> {
    let chats = register.tables().chats.values();
    chats
        .filter(|chat| chat.archived_on.is_none() && is_banned(chat.platform))
        .map(|chat| ForeignChat { chat: chat.id, platform: chat.platform })
        .collect()
}

fn is_banned(platform: Platform) -> bool {
    matches!(platform, Platform::Telegram | Platform::Whatsapp | Platform::Viber)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::regulation::fixture::School;

    fn chat(
        school: &mut School,
        group: GroupId,
        kind: ChatKind,
        platform: Platform,
        transfer: TransferState,
    ) -> ChatId {
        let id = school.chat(group, kind);
        let seen = school.register.chat(id).expect("was added").clone();
        school.edit((*seen).clone(), Chat { platform, transfer, ..(*seen).clone() });
        id
    }

    #[test]
    fn a_class_needs_three_chats_a_kindergarten_none_with_children() {
        let mut school = School::new();
        let class = school.class("7Б");
        let small = school.group("Солнышко", GroupKind::KindergartenGroup);
        let missing = |school: &School, group| -> Vec<ChatKind> {
            let all = missing_chats(&school.register, date(2026, 10, 12)).into_iter();
            all.filter(|missing| missing.group == group).map(|missing| missing.kind).collect()
        };
        assert_eq!(missing(&school, class), [ChatKind::Students, ChatKind::Parents, ChatKind::Teachers]);
        assert_eq!(missing(&school, small), [ChatKind::Parents]);
        chat(&mut school, class, ChatKind::Students, Platform::Max, TransferState::NotApplicable);
        chat(&mut school, class, ChatKind::Teachers, Platform::Max, TransferState::NotNeeded);
        chat(&mut school, class, ChatKind::Parents, Platform::Whatsapp, TransferState::NotApplicable);
        assert_eq!(
            missing(&school, class),
            [ChatKind::Parents],
            "a banned messenger does not stand for a chat"
        );
        let foreign: Vec<Platform> =
            foreign_chats(&school.register).iter().map(|chat| chat.platform).collect();
        assert_eq!(foreign, [Platform::Whatsapp]);
    }

    #[test]
    fn the_transfer_list_holds_only_what_was_in_vk() {
        use TransferState::*;
        let table = [
            (Platform::Max, NotApplicable, false),
            (Platform::VkMessenger, NotApplicable, true),
            (Platform::VkMessenger, NotTransferred, true),
            (Platform::Max, NotTransferred, true),
            (Platform::Max, Transferred, false),
            (Platform::Max, CreatedAnew, false),
            (Platform::VkMessenger, NotNeeded, false),
        ];
        for (platform, transfer, expected) in table {
            let mut school = School::new();
            let class = school.class("7Б");
            chat(&mut school, class, ChatKind::Students, platform, transfer);
            assert_eq!(!transfer_list(&school.register).is_empty(), expected, "{platform:?} {transfer:?}");
        }
    }
}
