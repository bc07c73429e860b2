//! The register of links (duties 2.3-4, 2.3-9) as a document and as a table. Addresses only where they were asked for.

use jiff::civil::Date;

use super::DocumentError;
use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout, Signature};
use super::csv_table::csv_table;
use super::link_words::{
    day_of_cell, day_of_document, group_of_link, hand_over_way, hand_over_words, issued_words, kind_of_link,
    reason_words, short_name, state_of_link,
};
use super::revocation_act::{JournalMark, journal_line};
use super::xlsx_table::{TableCell, xlsx_table};
use crate::names::Role;
use crate::register::{GroupId, Invite, Register};
use crate::wording::{counted, role_name};

/// What is asked of the register of links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkRegisterRequest {
    /// Whole addresses instead of their last four characters. They are keys: only on the user's tick.
    pub with_addresses: bool,
    /// Only the links of this group and its chats.
    pub group: Option<GroupId>,
    /// Only the links for this role.
    pub role: Option<Role>,
}

/// Headers of the table: constant, so that a list made today can be laid beside an older one.
const TABLE_HEADERS: [&str; 16] = [
    "№",
    "Класс, группа",
    "Вид",
    "Роль",
    "Ссылка",
    "Состояние",
    "Создана",
    "Внесена в реестр",
    "Передана",
    "Кому и как передана",
    "Действует до",
    "Отложена до",
    "Аннулирована",
    "Кто аннулировал",
    "Основание",
    "Заменена на №",
];

fn chosen<'register>(
    register: &'register Register,
    request: &LinkRegisterRequest,
) -> impl Iterator<Item = &'register Invite> {
    let request = *request;
    register.tables().invites.values().filter(move |invite| {
        request.role.is_none_or(|role| invite.role == role)
            && request.group.is_none_or(|group| register.group_of_target(invite.target) == Some(group))
    })
}

fn shown_address(invite: &Invite, request: &LinkRegisterRequest) -> String {
    if request.with_addresses { invite.address.as_str().to_owned() } else { invite.address.tail() }
}

/// Composes the register as a lying document.
pub fn compose_link_register(
    register: &Register,
    request: &LinkRegisterRequest,
    journal: &JournalMark,
    today: Date,
) -> Composed {
    let organization = register.organization();
    let columns = vec![
        Column::centered("№", 5),
        Column::text("Класс, группа", 9),
        Column::text("Вид", 13),
        Column::text("Роль", 9),
        Column::text("Ссылка", if request.with_addresses { 24 } else { 8 }),
        Column::text("Состояние", 14),
        Column::text("Создана", 10),
        Column::text("Передана", 20),
        Column::text("Действует до", 10),
        Column::text("Аннулирована, основание", 22),
    ];
    let rows: Vec<Vec<String>> =
        chosen(register, request).map(|invite| document_row(register, invite, request, today)).collect();
    let total = format!("Всего: {}.", counted(rows.len() as u64, "ссылка", "ссылки", "ссылок"));
    let mut blocks = vec![
        Block::Title("Реестр ссылок-приглашений".to_owned()),
        Block::Paragraph(
            format!("{}, на {}", organization.name, day_of_document(today)),
            LineAlignment::Center,
        ),
        Block::Table(ComposedTable { columns, rows }),
        Block::Paragraph(total, LineAlignment::Left),
    ];
    if request.with_addresses {
        blocks.push(Block::SmallPrint(
            "В реестре полные адреса: по ним можно войти в классы и чаты. Храните его как ключи.".to_owned(),
        ));
    }
    blocks.push(Block::SmallPrint(journal_line(journal)));
    blocks.push(Block::Signatures(vec![Signature {
        post: "Администратор".to_owned(),
        name: short_name(&organization.administrator.name),
    }]));
    Composed { layout: PageLayout::Landscape, made_on: today, blocks, page_numbers: true }
}

fn document_row(
    register: &Register,
    invite: &Invite,
    request: &LinkRegisterRequest,
    today: Date,
) -> Vec<String> {
    let revoked = invite.revocation.as_ref().map_or_else(String::new, |revocation| {
        let by = short_name(&revocation.by);
        let by = if by.is_empty() { by } else { format!(", {by}") };
        let successor = invite.replaced_by.map_or_else(String::new, |id| format!("; заменена на № {id}"));
        format!(
            "{}{by}: {}{successor}",
            day_of_cell(revocation.on),
            reason_words(register, &revocation.reason)
        )
    });
    vec![
        invite.id.to_string(),
        group_of_link(register, invite.target),
        kind_of_link(register, invite.target),
        role_name(invite.role).to_owned(),
        shown_address(invite, request),
        state_of_link(invite, today),
        issued_words(invite),
        hand_over_words(register, invite),
        invite.expires_on.map_or_else(String::new, day_of_cell),
        revoked,
    ]
}

/// The register as a workbook: days as days, everything else as texts.
///
/// # Errors
/// [`DocumentError::TooLarge`], [`DocumentError::CellTooLong`].
pub fn link_register_workbook(
    register: &Register,
    request: &LinkRegisterRequest,
    today: Date,
) -> Result<Vec<u8>, DocumentError> {
    let rows: Vec<Vec<TableCell>> =
        chosen(register, request).map(|invite| table_row(register, invite, request, today)).collect();
    xlsx_table("Реестр ссылок", &TABLE_HEADERS, &rows)
}

/// The register as CSV, the same columns as [`link_register_workbook`].
pub fn link_register_csv(register: &Register, request: &LinkRegisterRequest, today: Date) -> Vec<u8> {
    let rows = chosen(register, request).map(|invite| {
        table_row(register, invite, request, today).into_iter().map(|cell| match cell {
            TableCell::Text(text) => text,
            TableCell::Date(day) => day_of_cell(day),
            TableCell::Empty => String::new(),
        })
    });
    csv_table(&TABLE_HEADERS, rows)
}

fn table_row(
    register: &Register,
    invite: &Invite,
    request: &LinkRegisterRequest,
    today: Date,
) -> Vec<TableCell> {
    let revocation = invite.revocation.as_ref();
    vec![
        invite.id.to_string().into(),
        group_of_link(register, invite.target).into(),
        kind_of_link(register, invite.target).into(),
        role_name(invite.role).into(),
        shown_address(invite, request).into(),
        state_of_link(invite, today).into(),
        invite.issued_on.into(),
        TableCell::Date(invite.recorded_on),
        invite.handed_over.as_ref().and_then(|hand_over| hand_over.on).into(),
        hand_over_way(register, invite).map_or(TableCell::Empty, TableCell::Text),
        invite.expires_on.into(),
        invite.deferral.as_ref().map(|deferral| deferral.until).into(),
        revocation.map(|revocation| revocation.on).into(),
        revocation.map_or(TableCell::Empty, |revocation| revocation.by.as_str().into()),
        revocation.map_or(TableCell::Empty, |revocation| reason_words(register, &revocation.reason).into()),
        invite.replaced_by.map_or(TableCell::Empty, |id| id.to_string().into()),
    ]
}
