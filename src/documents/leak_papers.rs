//! «Ссылка утекла»: a memo to the head and a text for parents. Facts that the register holds, blanks for the rest,
//! nobody blamed (duty 2.3-9).

use jiff::civil::Date;

use super::composed::{Block, Composed, LineAlignment, PageLayout, Signature};
use super::link_words::{
    BLANK, BLANK_DAY, audience_words, day_of_document, hand_over_way, head_post, order_words, short_name,
    without_addresses,
};
use crate::register::{Invite, InviteId, OrganizationKind, Register, Target};
use crate::regulation::{chat_title, group_word, seen_of_place};
use crate::wording::role_genitive_plural;

/// Composes the memo to the head, one page. `None`: there is no such link.
pub fn compose_leak_memo(register: &Register, link: InviteId, today: Date) -> Option<Composed> {
    let invite = register.invite(link)?;
    let organization = register.organization();
    let head = if organization.head.is_empty() { BLANK } else { organization.head.as_str() };
    let administrator = &organization.administrator;
    let from = if administrator.name.is_empty() { BLANK } else { administrator.name.as_str() };
    let left = |text: String| Block::Paragraph(text, LineAlignment::Left);
    let facts = [
        format!("Что известно о ссылке. {}", what_it_is(register, invite)),
        format!("Как стало известно. {}", how_it_became_known(register, invite)),
        format!("Что сделано. {}", what_was_done(register, invite)),
        format!("Кто внутри. {}", who_is_inside(register, invite)),
        format!(
            "Посторонние: не обнаружены / обнаружены и удалены (нужное подчеркнуть), {BLANK_DAY}\n\
             Родители извещены: {BLANK_DAY}\n\
             Другие сведения: ______________________________________________________________"
        ),
    ];
    let mut blocks = vec![
        Block::Paragraph(
            format!(
                "{}\n{}\n{head}\nот администратора платформы «Сферум»\n(приказ {})\n{from}",
                head_post(organization.kind),
                organization.name,
                order_words(&administrator.order)
            ),
            LineAlignment::Right,
        ),
        Block::Title("Служебная записка\nо ссылке-приглашении, доступной посторонним".to_owned()),
    ];
    blocks.extend(facts.map(left));
    blocks.push(left(day_of_document(today)));
    blocks.push(Block::Signatures(vec![Signature {
        post: "Администратор".to_owned(),
        name: short_name(&administrator.name),
    }]));
    Some(Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: false })
}

/// Composes the text for parents, one page. `None`: there is no such link.
pub fn compose_leak_notice(register: &Register, link: InviteId, today: Date) -> Option<Composed> {
    let invite = register.invite(link)?;
    let organization = register.organization();
    let state = match &invite.revocation {
        Some(revocation) => {
            format!("{} ссылка аннулирована: войти по ней больше нельзя.", day_of_document(revocation.on))
        }
        None => format!("Ссылка аннулирована {BLANK_DAY}: войти по ней больше нельзя."),
    };
    let school = match organization.kind {
        OrganizationKind::Kindergarten => "воспитателю",
        OrganizationKind::College => "куратору",
        OrganizationKind::School => "классному руководителю",
    };
    let text = [
        "Уважаемые родители.".to_owned(),
        format!(
            "Ссылка-приглашение {} ({}) могла попасть к посторонним. {state}",
            opens_words(register, invite),
            audience_words(invite.role)
        ),
        "Тем, кто уже внутри, делать ничего не нужно: переписка и участники остаются на месте. Кто ещё не вступил и \
         хочет вступить, получит новую ссылку. Участие остаётся добровольным."
            .to_owned(),
        "Что мы просим:\n\
         – старую ссылку удалите из сообщений и никому не пересылайте;\n\
         – новую ссылку не выкладывайте в открытых группах;\n\
         – если в чате пишет незнакомый человек, не отвечайте ему, не открывайте его ссылки и файлы, не сообщайте \
         коды из СМС; напомните об этом детям."
            .to_owned(),
        format!(
            "Если вы заметили незнакомых участников или получили странное сообщение, сообщите об этом {school} или \
             администратору: {BLANK}."
        ),
        format!("{}\n{}", organization.name, day_of_document(today)),
    ];
    let mut blocks = vec![Block::Title("Сообщение для родителей".to_owned())];
    blocks.extend(text.map(|text| Block::Paragraph(text, LineAlignment::Left)));
    Some(Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: false })
}

/// «в чат «Родители 7Б»», «в класс 7Б», «в организацию».
fn opens_words(register: &Register, invite: &Invite) -> String {
    match invite.target {
        Target::Organization => "в организацию".to_owned(),
        Target::Group(group) => register.group(group).map_or_else(
            || "в группу".to_owned(),
            |group| match group_word(group.kind) {
                "группа" => format!("в группу {}", group.label),
                "педагогический коллектив" => "в педагогический коллектив".to_owned(),
                word => format!("в {word} {}", group.label),
            },
        ),
        Target::Chat(chat) => register.chat(chat).map_or_else(
            || "в чат".to_owned(),
            |chat| format!("в чат «{}»", without_addresses(register, &chat_title(register, chat))),
        ),
    }
}

fn what_it_is(register: &Register, invite: &Invite) -> String {
    let issued = match invite.issued_on {
        Some(day) => format!("создана {}", day_of_document(day)),
        None => "создана до начала учёта".to_owned(),
    };
    let handed = match (&invite.handed_over, hand_over_way(register, invite)) {
        (Some(hand_over), Some(way)) => match hand_over.on {
            Some(day) => format!("передана {}, {way}", day_of_document(day)),
            None => format!("передана до начала учёта, {way}"),
        },
        _ => "никому не передавалась".to_owned(),
    };
    format!(
        "Ссылка № {} (адрес оканчивается на {}) {}, роль: {}; {issued}; {handed}.",
        invite.id,
        invite.address.tail(),
        opens_words(register, invite),
        audience_words(invite.role).trim_start_matches("для "),
    )
}

fn how_it_became_known(register: &Register, invite: &Invite) -> String {
    match &invite.exposure {
        Some(exposure) => {
            let note = without_addresses(register, exposure.note.trim());
            let note = if note.is_empty() { BLANK.to_owned() } else { note };
            format!("{}: {note}.", day_of_document(exposure.on))
        }
        None => format!("{BLANK_DAY}: {BLANK}."),
    }
}

fn what_was_done(register: &Register, invite: &Invite) -> String {
    let revoked = match &invite.revocation {
        Some(revocation) => {
            let by = short_name(&revocation.by);
            let by = if by.is_empty() { String::new() } else { format!(", {by}") };
            format!("Ссылка аннулирована в кабинете {}{by}.", day_of_document(revocation.on))
        }
        None => format!("Ссылка аннулирована в кабинете {BLANK_DAY}."),
    };
    let successor = invite.replaced_by.and_then(|id| register.invite(id)).map_or_else(
        || "Новая ссылка: нет / создана (нужное подчеркнуть).".to_owned(),
        |new| format!("Вместо неё записана ссылка № {} (оканчивается на {}).", new.id, new.address.tail()),
    );
    format!("{revoked} {successor}")
}

/// The latest look at the place since the link was exposed.
fn who_is_inside(register: &Register, invite: &Invite) -> String {
    let since = invite.exposure.as_ref().map(|exposure| exposure.on);
    let seen = seen_of_place(register, invite.target, invite.role);
    let seen =
        seen.into_iter().filter(|seen| since.is_none_or(|since| seen.on >= since)).max_by_key(|seen| seen.on);
    match seen {
        Some(seen) => {
            let of = seen.of.map_or_else(String::new, |of| format!(" из {of}"));
            let who = role_genitive_plural(invite.role);
            format!("Состав сверен {}: {}{of} ({who}).", day_of_document(seen.on), seen.joined)
        }
        None => format!("Состав сверен со списком {BLANK_DAY}, внутри {BLANK} из {BLANK}."),
    }
}
