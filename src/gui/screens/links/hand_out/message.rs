//! The message for a class teacher: our words, which the school may change, around its links.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::names::{FullName, Role};
use crate::register::{ChatKind, Invite, Register, Target};
use crate::regulation::chat_title;
use crate::wording::date_short;

/// Words of the message. `{имя}`, `{класс}`, `{ссылка}` are filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::gui::screens::links) struct Texts {
    pub greeting: String,
    pub student: String,
    pub parent: String,
    pub teacher: String,
    pub employee: String,
}

impl Default for Texts {
    /// Voluntary wording for students and parents [R 1.8].
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            greeting: text(
                "Здравствуйте, {имя}. Ниже ссылки в Сферум. Передайте их, пожалуйста, только тем, для кого они, и \
                 не публикуйте в открытых чатах: по ссылке войдёт любой, у кого она есть.",
            ),
            student: text(
                "Ученикам {класс}: {ссылка}\nВступать не обязательно. Кто не вступит, узнает всё из электронного \
                 дневника и от классного руководителя.",
            ),
            parent: text(
                "Родителям {класс}: {ссылка}\nВступать не обязательно. Кто не вступит, узнает всё из электронного \
                 дневника и на собраниях.",
            ),
            teacher: text("Учителям {класс}: {ссылка}"),
            employee: text("Сотрудникам {класс}: {ссылка}"),
        }
    }
}

impl Texts {
    /// The words for a role.
    pub(super) fn of(&self, role: Role) -> &str {
        match role {
            Role::Student => &self.student,
            Role::Parent => &self.parent,
            Role::Teacher => &self.teacher,
            Role::Employee => &self.employee,
        }
    }

    /// The words for a role, to be edited.
    pub(super) fn of_mut(&mut self, role: Role) -> &mut String {
        match role {
            Role::Student => &mut self.student,
            Role::Parent => &mut self.parent,
            Role::Teacher => &mut self.teacher,
            Role::Employee => &mut self.employee,
        }
    }

    /// Why these words cannot be used: a text without its link would hand over nothing.
    pub(super) fn problem(&self) -> Option<&'static str> {
        let lacks_link = Role::ALL.into_iter().any(|role| !self.of(role).contains("{ссылка}"));
        lacks_link.then_some("В каждом тексте должно стоять {ссылка}")
    }
}

/// The message. `masked`: for the screen, with the last characters instead of the addresses.
pub(super) fn message(
    texts: &Texts,
    name: &FullName,
    links: &[(String, &Invite)],
    masked: bool,
    today: Date,
) -> String {
    let polite = [name.given.as_str(), name.patronymic.as_str()];
    let polite: Vec<&str> = polite.into_iter().filter(|part| !part.is_empty()).collect();
    let polite = if polite.is_empty() { name.full() } else { polite.join(" ") };
    let mut parts = vec![texts.greeting.replace("{имя}", &polite)];
    for (label, invite) in links {
        let address = if masked { invite.address.masked() } else { invite.address.as_str().to_owned() };
        // The label first: an address may hold anything.
        let mut part = texts.of(invite.role).replace("{класс}", label).replace("{ссылка}", &address);
        if let Some(until) = invite.expires_on.filter(|until| *until >= today) {
            part.push_str(&format!("\nСсылка действует до {}.", date_short(until)));
        }
        parts.push(part);
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n\n")
}

/// What a link opens, after «родителям»: «7Б» for the group, «7Б, чат» for its own chat, any other chat by its title.
pub(super) fn label_of(register: &Register, invite: &Invite) -> String {
    let group = register.group_of_target(invite.target).and_then(|group| register.group(group));
    let label = group.map_or_else(|| register.organization().name.clone(), |group| group.label.clone());
    let chat = match invite.target {
        Target::Chat(chat) => register.chat(chat),
        Target::Group(_) | Target::Organization => None,
    };
    match chat {
        Some(chat) if matches!(chat.kind, ChatKind::Students | ChatKind::Parents) => format!("{label}, чат"),
        Some(chat) => format!("«{}»", chat_title(register, chat)),
        None => label,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::names::InviteAddress;

    #[test]
    fn the_message_holds_whole_addresses_and_the_screen_only_their_ends() {
        let token = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-abCk7Qx";
        let (address, _) =
            InviteAddress::parse(&format!("https://max.ru/join/{token}")).expect("a whole address");
        let today = date(2026, 10, 12);
        let invite = Invite {
            expires_on: Some(date(2026, 11, 1)),
            ..Invite::in_reserve(Target::Organization, Role::Parent, address, today)
        };
        let name = FullName::new("Ковалёва", "Нина", "Игоревна");
        let links = [("7Б".to_owned(), &invite)];
        let real = message(&Texts::default(), &name, &links, false, today);
        assert!(real.starts_with("Здравствуйте, Нина Игоревна."), "{real}");
        assert!(
            real.contains(&format!("Родителям 7Б: https://max.ru/join/{token}\nВступать не обязательно"))
        );
        assert!(real.ends_with("Ссылка действует до 1 ноя 2026."), "{real}");
        let shown = message(&Texts::default(), &name, &links, true, today);
        assert!(!shown.contains(token) && shown.contains("k7Qx"), "{shown}");
    }

    #[test]
    fn words_without_the_link_are_not_taken() {
        let mut texts = Texts::default();
        assert_eq!(texts.problem(), None);
        texts.of_mut(Role::Parent).clear();
        assert!(texts.problem().is_some());
    }
}
