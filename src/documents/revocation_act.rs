//! «Акт об аннулировании невостребованных ссылок-приглашений» (duty 2.3-9): proof for any period that the keys were
//! taken back. Holds no address, only its last four characters.

use std::sync::Arc;

use jiff::civil::Date;

use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout, Signature};
use super::link_words::{
    BLANK, day_of_cell, day_of_document, group_of_link, hand_over_words, head_post, issued_words,
    kind_of_link, order_words, own_clause, reason_words, short_name,
};
use crate::names::Role;
use crate::register::{Invite, OrderReference, Organization, Register, Target};
use crate::regulation::Duty;
use crate::wording::{counted, role_name, role_plural};

/// How far the journal had come when a document was made: printed, so that an end cut off later is noticed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalMark {
    /// Entries in the journal.
    pub entries: u64,
    /// «Контрольная отметка» of the newest entry, as `verify` prints it.
    pub mark: String,
}

/// What is asked of an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RevocationActRequest {
    /// First day of the period; earlier than every record where `None`.
    pub from: Option<Date>,
    /// Last day of the period; the day of the act where `None`.
    pub until: Option<Date>,
    /// The members of a commission as they are to stand in the act; empty: the administrator acts alone.
    pub commission: Vec<String>,
}

const COLUMNS: [Column; 9] = [
    Column::centered("№", 42),
    Column::text("Класс, группа", 88),
    Column::text("Роль", 90),
    Column::text("Вид", 112),
    Column::text("Создана", 104),
    Column::text("Передана", 170),
    Column::text("Основание", 140),
    Column::text("Аннулирована в кабинете, подтвердил", 148),
    Column::centered("Конец адреса", 76),
];

/// The links revoked within the period, by day.
pub fn revoked_within<'register>(
    register: &'register Register,
    request: &RevocationActRequest,
    today: Date,
) -> Vec<&'register Arc<Invite>> {
    let until = request.until.unwrap_or(today);
    let is_within = |day: Date| request.from.is_none_or(|from| from <= day) && day <= until;
    let mut found: Vec<(Date, &Arc<Invite>)> = register
        .tables()
        .invites
        .iter()
        .filter_map(|(_, invite)| Some((invite.revocation.as_ref()?.on, invite)))
        .filter(|(day, _)| is_within(*day))
        .collect();
    found.sort_by_key(|(day, invite)| (*day, invite.id));
    found.into_iter().map(|(_, invite)| invite).collect()
}

/// Composes the act. `today` is its date.
pub fn compose_revocation_act(
    register: &Register,
    request: &RevocationActRequest,
    journal: &JournalMark,
    today: Date,
) -> Composed {
    let organization = register.organization();
    let invites = revoked_within(register, request, today);
    let mut blocks = vec![
        Block::Paragraph(organization.name.clone(), LineAlignment::Center),
        Block::Title(format!("АКТ № {BLANK}\nоб аннулировании невостребованных ссылок-приглашений")),
        Block::Paragraph(day_of_document(today), LineAlignment::Right),
        Block::Paragraph(basis(organization), LineAlignment::Left),
        Block::Paragraph(who_did_what(organization, request, &invites, today), LineAlignment::Left),
    ];
    if !invites.is_empty() {
        let rows = (1..).zip(&invites).map(|(number, invite)| row(register, number, invite)).collect();
        blocks.push(Block::Table(ComposedTable { columns: COLUMNS.to_vec(), rows }));
    }
    blocks.push(Block::Paragraph(total(&invites), LineAlignment::Left));
    blocks.push(Block::SmallPrint(journal_line(journal)));
    blocks.push(Block::Signatures(signatures(organization, request)));
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true }
}

/// «Записей в журнале: 214, контрольная отметка …».
pub fn journal_line(journal: &JournalMark) -> String {
    format!("Записей в журнале программы: {}, контрольная отметка {}", journal.entries, journal.mark)
}

/// The papers the act rests on, as far as the card names them.
fn basis(organization: &Organization) -> String {
    let mut text = format!(
        "Основание: приказ {} о назначении администратора",
        order_words(&organization.administrator.order)
    );
    if let Some(clause) = own_clause(organization, Duty::RevokeUnclaimed) {
        text.push_str(&format!("; пункт {clause} положения об использовании платформы"));
        let act = &organization.local_act.reference;
        if *act != OrderReference::default() {
            text.push_str(&format!(" ({})", order_words(act)));
        }
    }
    text.push('.');
    text
}

fn who_did_what(
    organization: &Organization,
    request: &RevocationActRequest,
    invites: &[&Arc<Invite>],
    today: Date,
) -> String {
    let until = request.until.unwrap_or(today);
    let period = match request.from {
        Some(from) if from == until => format!("За {}", day_of_document(until)),
        Some(from) => format!("За период с {} по {}", day_of_document(from), day_of_document(until)),
        None => format!("По {} включительно", day_of_document(until)),
    };
    let what = if invites.is_empty() {
        "ссылки-приглашения платформы «Сферум» не аннулировались"
    } else {
        "в кабинете платформы «Сферум» аннулированы ссылки-приглашения, перечисленные в таблице"
    };
    if request.commission.is_empty() {
        let name = &organization.administrator.name;
        let name = if name.is_empty() { BLANK } else { name };
        return format!("Акт составил администратор: {name}.\n{period} {what}.");
    }
    let members: Vec<String> =
        (1..).zip(&request.commission).map(|(number, name)| format!("{number}. {name}")).collect();
    format!(
        "Комиссия в составе:\n{}\nсоставила настоящий акт о следующем.\n{period} {what}.",
        members.join("\n")
    )
}

fn row(register: &Register, number: usize, invite: &Invite) -> Vec<String> {
    let revocation = invite.revocation.clone().unwrap_or_default();
    let by = short_name(&revocation.by);
    let revoked = if by.is_empty() {
        day_of_cell(revocation.on)
    } else {
        format!("{}, {by}", day_of_cell(revocation.on))
    };
    vec![
        number.to_string(),
        group_of_link(register, invite.target),
        role_name(invite.role).to_owned(),
        kind_of_link(register, invite.target),
        issued_words(invite),
        hand_over_words(register, invite),
        reason_words(register, &revocation.reason),
        revoked,
        invite.address.tail(),
    ]
}

/// «Итого аннулировано: 12 ссылок, из них …».
fn total(invites: &[&Arc<Invite>]) -> String {
    let all = counted(invites.len() as u64, "ссылка", "ссылки", "ссылок");
    if invites.is_empty() {
        return format!("Итого аннулировано: {all}.");
    }
    let count = |wanted: &dyn Fn(&Invite) -> bool| invites.iter().filter(|invite| wanted(invite)).count();
    let by_role = Role::ALL.into_iter().map(|role| (role_plural(role), count(&|invite| invite.role == role)));
    let kinds = [
        ("в чаты", count(&|invite| matches!(invite.target, Target::Chat(_)))),
        ("в классы и группы", count(&|invite| matches!(invite.target, Target::Group(_)))),
        ("в организацию", count(&|invite| invite.target == Target::Organization)),
    ];
    let list = |parts: &mut dyn Iterator<Item = (&str, usize)>| {
        let parts: Vec<String> =
            parts.filter(|(_, count)| *count > 0).map(|(words, count)| format!("{words} {count}")).collect();
        parts.join(", ")
    };
    format!(
        "Итого аннулировано: {all} ({}; по ролям: {}).",
        list(&mut kinds.into_iter()),
        list(&mut by_role.into_iter())
    )
}

fn signatures(organization: &Organization, request: &RevocationActRequest) -> Vec<Signature> {
    let line = |post: &str, name: &str| Signature { post: post.to_owned(), name: short_name(name) };
    let mut lines: Vec<Signature> = match request.commission.as_slice() {
        [] => vec![line("Администратор", &organization.administrator.name)],
        members => members.iter().map(|name| line("Член комиссии", name)).collect(),
    };
    lines
        .push(line(&format!("С актом ознакомлен(а):\n{}", head_post(organization.kind)), &organization.head));
    lines
}
