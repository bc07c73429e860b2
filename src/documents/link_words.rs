//! Words about links that several documents share. No address comes out of here, also not one that somebody typed
//! into a note.

use jiff::civil::Date;

use crate::names::{FullName, InviteAddress, Role, find_addresses};
use crate::register::{
    HandOverWay, Invite, InviteState, OrderReference, Organization, OrganizationKind, Register, Target,
};
use crate::regulation::{Duty, StalenessRule, chat_title, class_teacher_word, group_word};
use crate::wording::{date_long, list_of};

/// To be written in by hand.
pub(super) const BLANK: &str = "____________";
/// A day to be written in by hand.
pub(super) const BLANK_DAY: &str = "«___» ____________ 20___ г.";

/// «22 ноября 2026 г.»: the text of documents.
pub(super) fn day_of_document(date: Date) -> String {
    format!("{} г.", date_long(date))
}

/// «22.11.2026»: cells of tables.
pub(super) fn day_of_cell(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// «от 25 августа 2025 г. № 171», with blanks for what the card does not say.
pub(super) fn order_words(order: &OrderReference) -> String {
    let day = order.date.map_or_else(|| BLANK_DAY.to_owned(), day_of_document);
    let number = if order.number.is_empty() { BLANK } else { order.number.as_str() };
    format!("от {day} № {number}")
}

/// The school's own clause for a duty («Пункты нашего положения»); none where the card maps none.
pub(super) fn own_clause(organization: &Organization, duty: Duty) -> Option<&str> {
    organization.own_clauses.get(duty.code()).map(|clause| clause.trim()).filter(|clause| !clause.is_empty())
}

/// «Директор», «Заведующий».
pub(super) fn head_post(kind: OrganizationKind) -> &'static str {
    match kind {
        OrganizationKind::School | OrganizationKind::College => "Директор",
        OrganizationKind::Kindergarten => "Заведующий",
    }
}

/// «Журавский О. Д.» of a full name as written on the card; other texts as they are.
pub(super) fn short_name(full: &str) -> String {
    FullName::parse(full).map_or_else(|_| full.trim().to_owned(), |name| name.short())
}

/// The label of the group behind a link; «—» for those of the whole organization.
pub(super) fn group_of_link(register: &Register, target: Target) -> String {
    let group = register.group_of_target(target).and_then(|group| register.group(group));
    group.map_or_else(|| "—".to_owned(), |group| group.label.clone())
}

/// What kind of place a link opens: «организация», «класс», «чат «Родители 7Б»».
pub(super) fn kind_of_link(register: &Register, target: Target) -> String {
    match target {
        Target::Organization => "организация".to_owned(),
        Target::Group(group) => register
            .group(group)
            .map_or_else(|| "группа".to_owned(), |group| group_word(group.kind).to_owned()),
        Target::Chat(chat) => register.chat(chat).map_or_else(
            || "чат".to_owned(),
            |chat| format!("чат «{}»", without_addresses(register, &chat_title(register, chat))),
        ),
    }
}

/// The state of a link on a day.
pub(super) fn state_of_link(invite: &Invite, today: Date) -> String {
    match (invite.state(today), &invite.deferral) {
        (InviteState::Reserve, _) => "в запасе".to_owned(),
        (InviteState::Revoked, _) => "аннулирована".to_owned(),
        (InviteState::Deferred, Some(deferral)) => {
            format!("действует, решение отложено до {}", day_of_cell(deferral.until))
        }
        (InviteState::Deferred | InviteState::InForce, _) => match invite.expires_on {
            Some(day) if day < today => "срок вышел".to_owned(),
            _ => "действует".to_owned(),
        },
    }
}

/// The day a link was made, or that nobody wrote it down.
pub(super) fn issued_words(invite: &Invite) -> String {
    invite.issued_on.map_or_else(|| "до начала учёта".to_owned(), day_of_cell)
}

/// By which way and to whom a link was handed over, without the day; `None`: in reserve.
pub(super) fn hand_over_way(register: &Register, invite: &Invite) -> Option<String> {
    let hand_over = invite.handed_over.as_ref()?;
    let group = register.group_of_target(invite.target).and_then(|group| register.group(group));
    let way = match hand_over.way {
        HandOverWay::ClassTeacher => match group.map(|group| class_teacher_word(group.kind)) {
            Some("классный руководитель") => "через классного руководителя",
            Some("куратор") => "через куратора",
            Some("воспитатель") => "через воспитателя",
            _ => "через руководителя",
        },
        HandOverWay::InPerson => "лично",
        HandOverWay::Print => "на бумаге",
        HandOverWay::Published => "опубликована",
        HandOverWay::Other => "другим способом",
    };
    let to = hand_over.to.and_then(|person| register.person(person)).map(|person| person.name.short());
    let note = without_addresses(register, hand_over.note.trim());
    let parts: Vec<String> = [Some(way.to_owned()), to, Some(note).filter(|note| !note.is_empty())]
        .into_iter()
        .flatten()
        .collect();
    Some(parts.join(", "))
}

/// When, by which way and to whom a link was handed over.
pub(super) fn hand_over_words(register: &Register, invite: &Invite) -> String {
    let (Some(hand_over), Some(way)) = (&invite.handed_over, hand_over_way(register, invite)) else {
        return "не передавалась".to_owned();
    };
    hand_over.on.map_or_else(|| format!("до начала учёта, {way}"), |on| format!("{}, {way}", day_of_cell(on)))
}

/// Why a link was revoked, in the words of the rules: codes of rules become their words, own words stay.
pub(super) fn reason_words(register: &Register, reason: &str) -> String {
    let parts = reason.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let words: Vec<String> = parts
        .map(|part| match StalenessRule::from_code(part) {
            Some(rule) => rule.words().to_owned(),
            None => without_addresses(register, part),
        })
        .collect();
    if words.is_empty() { "—".to_owned() } else { list_of(&words, words.len()) }
}

/// A text that somebody typed, with every invite in it masked: those of the register and those that look like one.
pub(super) fn without_addresses(register: &Register, text: &str) -> String {
    let mut masked = text.to_owned();
    for found in find_addresses(text) {
        let Ok((address, shape)) = InviteAddress::parse(found) else { continue };
        let is_known = || register.tables().invites.values().any(|invite| invite.address == address);
        if shape.is_invite() || is_known() {
            masked = masked.replace(found, &address.tail());
        }
    }
    masked
}

/// «для учеников»; in a kindergarten and a college the same word of the platform's role is kept.
pub(super) fn audience_words(role: Role) -> &'static str {
    match role {
        Role::Student => "для учеников",
        Role::Parent => "для родителей (законных представителей)",
        Role::Teacher => "для учителей",
        Role::Employee => "для сотрудников",
    }
}
