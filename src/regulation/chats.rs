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
