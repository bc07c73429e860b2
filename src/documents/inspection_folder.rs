//! «Папка проверки»: one document with parts, each on a page of its own, of what an inspection asks for: order, local
//! act, responsible people, links in force on a day, acts of revocation. Non-participation is a number only [R 1.8].
//!
//! One document rather than a folder of files: it has one date, one mark of the journal and page numbers throughout, and
//! nothing of it can be left behind.

use jiff::civil::Date;

use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout};
use super::link_words::{
    day_of_cell, day_of_document, group_of_link, kind_of_link, order_words, reason_words, short_name,
};
use super::responsible_list::responsible_blocks;
use super::revocation_act::{JournalMark, RevocationActRequest, journal_line, revoked_within};
use super::school_words::{
    administrator_signature, head_signature, known_order, name_of_organization, or_blank, own_clauses, text,
};
use crate::names::Role;
use crate::register::{ParticipationState, Register, SchoolYear};
use crate::regulation::{Duty, LinkOnDay, current_year, link_records_begin, links_in_force_on};
use crate::wording::{counted, date_long, role_name};

/// What is asked of the folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InspectionRequest {
    /// The day whose links are listed; the day it is made where `None`.
    pub on: Option<Date>,
    /// First day of the revocations that are listed; 1 September of the year of `on` where `None`.
    pub from: Option<Date>,
}

const PARTS: [&str; 5] = [
    "1. Назначение и локальный акт",
    "2. Ответственные лица",
    "3. Действующие ссылки-приглашения",
    "4. Аннулированные ссылки-приглашения",
    "5. Добровольность участия",
];

/// Composes the folder.
pub fn compose_inspection_folder(
    register: &Register,
    request: &InspectionRequest,
    journal: &JournalMark,
    today: Date,
) -> Composed {
    let organization = register.organization();
    let on = request.on.unwrap_or(today);
    let from = request.from.unwrap_or_else(|| Date::new(SchoolYear::of(on).0, 9, 1).unwrap_or(on));
    let mut blocks = vec![
        name_of_organization(organization),
        Block::Title(
            "Использование платформы «Сферум»\nв мессенджере MAX: документы для проверки".to_owned(),
        ),
        Block::Paragraph(
            format!("сведения на {}, составлено {}", day_of_document(on), day_of_document(today)),
            LineAlignment::Center,
        ),
        Block::Heading("Состав".to_owned()),
        text(PARTS.join("\n")),
        Block::SmallPrint(journal_line(journal)),
        Block::SmallPrint(
            "Полных адресов ссылок, телефонов и имён учеников и родителей здесь нет.".to_owned(),
        ),
        Block::Signatures(vec![administrator_signature(organization), head_signature(organization)]),
        Block::Part(PARTS[0].to_owned()),
    ];
    blocks.extend(papers(register));
    blocks.push(Block::Part(PARTS[1].to_owned()));
    blocks.extend(responsible_blocks(register, today));
    blocks.push(Block::Part(PARTS[2].to_owned()));
    blocks.extend(links(register, on));
    blocks.push(Block::Part(PARTS[3].to_owned()));
    blocks.extend(revocations(register, from, on));
    blocks.push(Block::Part(PARTS[4].to_owned()));
    blocks.extend(voluntary(register, today));
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true }
}

fn papers(register: &Register) -> Vec<Block> {
    let organization = register.organization();
    let administrator = &organization.administrator;
    let mut lines = vec![format!(
        "Администратор платформы: {}, назначен приказом {}.",
        or_blank(&administrator.name),
        order_words(&administrator.order)
    )];
    for deputy in &organization.deputies {
        let order = order_words(&deputy.order);
        lines.push(format!("Заместитель: {}, назначен приказом {order}.", or_blank(&deputy.name)));
    }
    let act = &organization.local_act;
    lines.push(format!(
        "Локальный акт о порядке использования платформы: {}.",
        known_order(&act.reference).unwrap_or_else(|| order_words(&act.reference))
    ));
    if !act.page.is_empty() {
        lines.push(format!("Опубликован на сайте: {}.", act.page));
    }
    if let Some(clauses) = own_clauses(organization, &Duty::ALL) {
        lines.push(format!("Обязанности администратора: {clauses} положения."));
    }
    lines.push("Копии приказов и локального акта приложите к этой части.".to_owned());
    vec![text(lines.join("\n"))]
}

fn links(register: &Register, on: Date) -> Vec<Block> {
    let found = links_in_force_on(register, on);
    let count = counted(found.len() as u64, "ссылка", "ссылки", "ссылок");
    let reserve = found.iter().filter(|link| link.in_reserve).count();
    let of_them =
        if reserve > 0 { format!(", из них в запасе {reserve}") } else { String::new() };
    let mut blocks = vec![text(format!("На {}: {count}{of_them}.", day_of_document(on)))];
    if let Some(begin) = link_records_begin(register).filter(|begin| on < *begin) {
        blocks.push(Block::SmallPrint(format!(
            "Учёт ссылок ведётся с {} г.: о более ранних днях сведений нет.",
            date_long(begin)
        )));
    }
    if found.is_empty() {
        return blocks;
    }
    let columns = vec![
        Column::centered("№", 6),
        Column::text("Класс, группа", 14),
        Column::text("Куда", 26),
        Column::text("Роль", 14),
        Column::centered("Известна с", 14),
        Column::centered("На этот день", 14),
        Column::centered("Конец адреса", 12),
    ];
    let rows = found.iter().filter_map(|link| link_row(register, link));
    blocks.push(Block::Table(ComposedTable { rows: rows.collect(), columns }));
    blocks
}

fn link_row(register: &Register, link: &LinkOnDay) -> Option<Vec<String>> {
    let invite = register.invite(link.invite)?;
    Some(vec![
        invite.id.to_string(),
        group_of_link(register, invite.target),
        kind_of_link(register, invite.target),
        role_name(invite.role).to_owned(),
        day_of_cell(link.known_since),
        if link.in_reserve { "в запасе" } else { "передана" }.to_owned(),
        invite.address.tail(),
    ])
}

fn revocations(register: &Register, from: Date, on: Date) -> Vec<Block> {
    let request = RevocationActRequest { from: Some(from), until: Some(on), commission: Vec::new() };
    let invites = revoked_within(register, &request, on);
    let count = counted(invites.len() as u64, "ссылка", "ссылки", "ссылок");
    let period = format!("С {} по {}", day_of_document(from), day_of_document(on));
    if invites.is_empty() {
        return vec![text(format!("{period} ссылки не аннулировались."))];
    }
    let columns = vec![
        Column::centered("№", 6),
        Column::text("Класс, группа", 14),
        Column::text("Куда", 22),
        Column::text("Роль", 13),
        Column::text("Основание", 24),
        Column::text("Аннулирована (кем)", 22),
    ];
    let rows = invites.iter().map(|invite| {
        let revocation = invite.revocation.clone().unwrap_or_default();
        vec![
            invite.id.to_string(),
            group_of_link(register, invite.target),
            kind_of_link(register, invite.target),
            role_name(invite.role).to_owned(),
            reason_words(register, &revocation.reason),
            format!("{}, {}", day_of_cell(revocation.on), short_name(&revocation.by)),
        ]
    });
    vec![
        text(format!("{period} аннулировано: {count}. Подписанные акты приложите к этой части.")),
        Block::Table(ComposedTable { rows: rows.collect(), columns }),
    ]
}

/// A number and the other ways: no name, no share, no list.
fn voluntary(register: &Register, today: Date) -> Vec<Block> {
    let year = current_year(register, today);
    let students = register.tables().memberships.values().filter(|membership| {
        membership.role == Role::Student
            && membership.participation.state == ParticipationState::DoesNotParticipate
            && register.is_current(membership, today)
            && membership
                .group
                .and_then(|group| register.group(group))
                .is_none_or(|group| group.year.is_none_or(|of_group| of_group == year))
    });
    let mut people: Vec<_> = students.map(|membership| membership.person).collect();
    people.sort_unstable();
    people.dedup();
    let count = counted(people.len() as u64, "ученик", "ученика", "учеников");
    vec![text(format!(
        "Участие учеников и родителей добровольное. Не участвуют по своему выбору: {count}. Семьи получают сведения \
         другими способами: электронный дневник, очные встречи, родительские собрания.",
    ))]
}
