//! A chat of a group: kind, title, platform, what became of it in the move, owner (clauses 2.2, 2.5, 2.6).

use egui::Ui;

use super::{FormFrame, dialog_ui};
use crate::gui::screens::form_fields::{PersonChoice, labelled_choice_ui, side_by_side_ui};
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::field::TextField;
use crate::gui::{Action, ScreenContext};
use crate::names::{Role, clean};
use crate::register::{Chat, ChatKind, GroupId, Operation, Platform, TransferState};
use crate::regulation::{chat_kind_words, chat_title, platform_words, required_chats, transfer_words};

const KINDS: [ChatKind; 6] = [
    ChatKind::Students,
    ChatKind::Parents,
    ChatKind::Teachers,
    ChatKind::Subject,
    ChatKind::Staff,
    ChatKind::Other,
];
const PLATFORMS: [Platform; 6] = [
    Platform::Max,
    Platform::VkMessenger,
    Platform::Telegram,
    Platform::Whatsapp,
    Platform::Viber,
    Platform::Other,
];
const TRANSFERS: [TransferState; 5] = [
    TransferState::NotApplicable,
    TransferState::Transferred,
    TransferState::NotTransferred,
    TransferState::CreatedAnew,
    TransferState::NotNeeded,
];

/// The form of a chat.
pub struct ChatForm {
    seen: Option<Chat>,
    group: Option<GroupId>,
    title: String,
    kind: Option<usize>,
    platform: Option<usize>,
    transfer: Option<usize>,
    owner: PersonChoice,
}

impl ChatForm {
    /// A new chat of the first needed kind that the group lacks; its class teacher owns it.
    pub fn new(context: &ScreenContext<'_>, group: Option<GroupId>) -> Self {
        let register = context.register();
        let record = group.and_then(|group| register.group(group));
        let lacks = |kind: &ChatKind| {
            group.is_some_and(|group| {
                !register.chats_of_group(group).any(|chat| chat.kind == *kind && chat.archived_on.is_none())
            })
        };
        let needed = record.map_or(&[][..], |group| required_chats(group.kind));
        let kind = needed.iter().copied().find(lacks).unwrap_or(ChatKind::Subject);
        let leader = group.and_then(|group| register.class_teachers(group, context.today).next());
        Self::of(Chat { group, kind, owner: leader.map(|leader| leader.person), ..Chat::default() }, None)
    }

    /// A chat to be changed.
    pub fn edit(chat: &Chat) -> Self {
        Self::of(chat.clone(), Some(chat.clone()))
    }

    fn of(chat: Chat, seen: Option<Chat>) -> Self {
        Self {
            seen,
            group: chat.group,
            title: chat.title,
            kind: KINDS.iter().position(|kind| *kind == chat.kind),
            platform: PLATFORMS.iter().position(|platform| *platform == chat.platform),
            transfer: TRANSFERS.iter().position(|transfer| *transfer == chat.transfer),
            owner: PersonChoice::of(chat.owner),
        }
    }

    fn wanted(&self) -> Chat {
        Chat {
            group: self.group,
            kind: self.kind.and_then(|place| KINDS.get(place)).copied().unwrap_or_default(),
            title: clean(&self.title),
            platform: self.platform.and_then(|place| PLATFORMS.get(place)).copied().unwrap_or_default(),
            transfer: self.transfer.and_then(|place| TRANSFERS.get(place)).copied().unwrap_or_default(),
            owner: self.owner.chosen(),
            ..self.seen.clone().unwrap_or_default()
        }
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let made = chat_title(context.register(), &Chat { title: String::new(), ..self.wanted() });
        let (title, confirm) = match &self.seen {
            Some(chat) => (format!("Чат «{}»", chat_title(context.register(), chat)), "Сохранить"),
            None => ("Новый чат".to_owned(), "Добавить чат"),
        };
        let frame = FormFrame { name: "chat", title, confirm: confirm.into(), trouble: None };
        dialog_ui(ui, &frame, |ui| {
            side_by_side_ui(
                ui,
                |ui, width| {
                    labelled_choice_ui(ui, "С кем", width, &mut self.kind, &KINDS.map(chat_kind_words))
                },
                |ui, width| {
                    labelled_choice_ui(ui, "Где", width, &mut self.platform, &PLATFORMS.map(platform_words))
                },
            );
            TextField::new("Название в мессенджере", &mut self.title).hint(&made).show(ui);
            let width = ui.available_width();
            labelled_choice_ui(
                ui,
                "Перенос в MAX",
                width,
                &mut self.transfer,
                &TRANSFERS.map(transfer_words),
            );
            self.owner.show(ui, context.snapshot, "Владелец чата", |row| {
                !row.left && row.roles.iter().any(|role: &Role| role.is_staff())
            });
        })
    }

    /// What it does.
    pub fn actions(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let wanted = self.wanted();
        let name = chat_title(context.register(), &wanted);
        vec![match &self.seen {
            Some(seen) => Action::execute(
                Operation::Edit { seen: seen.clone().into(), wanted: wanted.into() },
                format!("Сохранён чат «{name}»"),
            ),
            None => Action::execute(Operation::Add(vec![wanted.into()]), format!("Добавлен чат «{name}»")),
        }]
    }
}
