//! «Паспорт класса» (clauses 2.4, 2.5, 2.10): who leads it, which chats it has, how many are inside, which links stand.
//! No name of a child: whoever is not inside can be read from no paper.

use crate::names::capitalized;
use jiff::civil::Date;

use super::DocumentError;
use super::composed::{BarRow, Block, Column, Composed, ComposedTable, LineAlignment, PageLayout, Signature};
use super::link_words::{day_of_cell, hand_over_words, kind_of_link, state_of_link, without_addresses};
use super::school_words::{
    administrator_signature, bar_of, coverage_words, known_order, name_of_organization, on_day, source_words,
};
use super::xlsx_table::{TableCell, xlsx_table};
use crate::names::Role;
use crate::register::{ChatKind, Group, GroupId, GroupKind, InviteState, Register};
use crate::regulation::{
    chat_coverage, chat_kind_words, chat_title, class_teacher_word, coverage_on, group_word, platform_words,
    required_chats, roster_of_group, transfer_words,
};
use crate::wording::{date_short, role_name};

/// Composes the passport of a group; `None` where there is no such group.
pub fn compose_class_passport(register: &Register, group: GroupId, today: Date) -> Option<Composed> {
    let group = register.group(group)?;
    let organization = register.organization();
    let mut blocks = vec![
        name_of_organization(organization),
        Block::Title(title(group)),
        Block::Paragraph(on_day(today), LineAlignment::Center),
        Block::Table(facts_table(register, group, today)),
        Block::Heading("Кто внутри".to_owned()),
        Block::Bars(bars(register, group, today)),
        Block::SmallPrint(
            "Родители считаются по детям. Участие добровольное: кто не участвует или не приглашён, в числа не входит."
                .to_owned(),
        ),
        Block::Heading("Чаты".to_owned()),
    ];
    blocks.push(Block::Table(chats_table(register, group, today)));
    let links = links_table(register, group.id, today);
    if !links.rows.is_empty() {
        blocks.push(Block::Heading("Ссылки-приглашения".to_owned()));
        blocks.push(Block::Table(links));
        blocks.push(Block::SmallPrint("Полных адресов здесь нет: только последние знаки.".to_owned()));
    }
    let teachers: Vec<String> =
        teachers(register, group, today).into_iter().map(|(short, _)| short).collect();
    let post = class_teacher_word(group.kind);
    blocks.push(Block::Signatures(vec![
        administrator_signature(organization),
        Signature { post: capitalized(post), name: teachers.join(", ") },
    ]));
    Some(Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true })
}

fn title(group: &Group) -> String {
    match group.kind {
        GroupKind::SchoolClass => format!("Паспорт класса {}", group.label),
        GroupKind::TeachingStaff => "Паспорт педагогического коллектива".to_owned(),
        _ => format!("Паспорт группы {}", group.label),
    }
}

/// Short name, and the whole line: «Носова В. И., приказ от … № …, временно».
fn teachers(register: &Register, group: &Group, today: Date) -> Vec<(String, String)> {
    let attached = register.class_teachers(group.id, today).filter_map(|assignment| {
        let person = register.person(assignment.person)?;
        let order =
            known_order(&assignment.order).map_or_else(String::new, |order| format!(", приказ {order}"));
        let temporary = if assignment.temporary { ", временно" } else { "" };
        Some((person.name.short(), format!("{}{order}{temporary}", person.name.full())))
    });
    attached.collect()
}

/// The facts of a group, name and value.
fn facts(register: &Register, group: &Group, today: Date) -> Vec<(String, String)> {
    let mut facts = vec![("Вид".to_owned(), group_word(group.kind).to_owned())];
    let mut add = |name: &str, value: String| {
        if !value.is_empty() {
            facts.push((name.to_owned(), value));
        }
    };
    add(
        "Корпус",
        group.unit.and_then(|unit| register.unit(unit)).map_or_else(String::new, |unit| unit.name.clone()),
    );
    add("Учебный год", group.year.map_or_else(String::new, |year| year.to_string()));
    let teachers: Vec<String> = teachers(register, group, today).into_iter().map(|(_, line)| line).collect();
    let nobody = || "не указан".to_owned();
    let teachers = if teachers.is_empty() { nobody() } else { teachers.join("\n") };
    add(&capitalized(class_teacher_word(group.kind)), teachers);
    for (role, words) in [(Role::Student, "Учеников в списке"), (Role::Teacher, "Учителей в списке")]
    {
        let members = register.current_members(group.id, role, today).len();
        add(words, if members == 0 { String::new() } else { members.to_string() });
    }
    let not = roster_of_group(register, group.id, Role::Student, today).counts.does_not_participate;
    add("Не участвуют по своему выбору", if not == 0 { String::new() } else { not.to_string() });
    let safe = group
        .safe_mode_on
        .map_or_else(|| "не отмечали".to_owned(), |on| format!("отмечен {}", date_short(on)));
    if matches!(group.kind, GroupKind::SchoolClass | GroupKind::StudyGroup) {
        add("Безопасный режим", safe);
    }
    for figure in &group.figures {
        add(&figure.column, format!("{} ({})", figure.value, date_short(figure.on)));
    }
    facts
}

fn facts_table(register: &Register, group: &Group, today: Date) -> ComposedTable {
    let columns = vec![Column::text("Сведения", 34), Column::text("Значение", 66)];
    let rows = facts(register, group, today).into_iter().map(|(name, value)| vec![name, value]);
    ComposedTable { rows: rows.collect(), columns }
}

/// The roles that belong into a kind of group.
fn roles(kind: GroupKind) -> &'static [(Role, &'static str)] {
    match kind {
        GroupKind::TeachingStaff => &[(Role::Teacher, "Учителя"), (Role::Employee, "Сотрудники")],
        GroupKind::KindergartenGroup => &[(Role::Parent, "Родители")],
        GroupKind::SchoolClass | GroupKind::StudyGroup | GroupKind::Club => {
            &[(Role::Student, "Ученики"), (Role::Parent, "Родители")]
        }
    }
}

fn bars(register: &Register, group: &Group, today: Date) -> Vec<BarRow> {
    let rows = roles(group.kind).iter().map(|(role, word)| {
        let known = coverage_on(register, group.id, *role, today);
        let mut bar = bar_of(word, &known.coverage, None);
        let source = source_words(&known);
        if !source.is_empty() {
            bar.words.push_str(&format!("\n{source}"));
        }
        bar
    });
    rows.collect()
}

fn chats_table(register: &Register, group: &Group, today: Date) -> ComposedTable {
    let columns = vec![
        Column::text("Чат", 26),
        Column::text("Вид", 20),
        Column::text("Где", 14),
        Column::text("Владелец", 18),
        Column::centered("Внутри", 14),
        Column::text("Перенос", 16),
    ];
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut kinds: Vec<ChatKind> = Vec::new();
    for chat in register.chats_of_group(group.id).filter(|chat| chat.archived_on.is_none()) {
        kinds.push(chat.kind);
        let owner = chat.owner.and_then(|owner| register.person(owner));
        rows.push(vec![
            without_addresses(register, &chat_title(register, chat)),
            chat_kind_words(chat.kind).to_owned(),
            platform_words(chat.platform).to_owned(),
            owner.map_or_else(|| "не указан".to_owned(), |person| person.name.short()),
            coverage_words(&chat_coverage(register, chat, today)),
            transfer_words(chat.transfer).to_owned(),
        ]);
    }
    let missing = required_chats(group.kind).iter().filter(|kind| !kinds.contains(kind));
    rows.extend(missing.map(|kind| {
        let mut row = vec!["—".to_owned(), chat_kind_words(*kind).to_owned(), "пока нет".to_owned()];
        row.extend(std::iter::repeat_n(String::new(), 3));
        row
    }));
    ComposedTable { columns, rows }
}

fn links_table(register: &Register, group: GroupId, today: Date) -> ComposedTable {
    let columns = vec![
        Column::centered("№", 6),
        Column::text("Куда", 24),
        Column::text("Роль", 14),
        Column::text("Состояние", 18),
        Column::text("Передана", 28),
        Column::centered("Конец адреса", 10),
    ];
    let invites = register.tables().invites.values().filter(|invite| {
        register.group_of_target(invite.target) == Some(group) && invite.state(today) != InviteState::Revoked
    });
    let rows = invites.map(|invite| {
        vec![
            invite.id.to_string(),
            kind_of_link(register, invite.target),
            role_name(invite.role).to_owned(),
            state_of_link(invite, today),
            hand_over_words(register, invite),
            invite.address.tail(),
        ]
    });
    ComposedTable { rows: rows.collect(), columns }
}

/// The passport as a workbook: what, value, day, source.
///
/// # Errors
/// [`DocumentError::TooLarge`], [`DocumentError::CellTooLong`].
pub fn class_passport_workbook(
    register: &Register,
    group: GroupId,
    today: Date,
) -> Result<Vec<u8>, DocumentError> {
    let mut rows: Vec<Vec<TableCell>> = Vec::new();
    if let Some(group) = register.group(group) {
        rows.push(vec![title(group).into(), day_of_cell(today).into(), TableCell::Empty]);
        rows.extend(
            facts(register, group, today)
                .into_iter()
                .map(|(name, value)| vec![name.into(), value.into(), TableCell::Empty]),
        );
        for (role, word) in roles(group.kind) {
            let known = coverage_on(register, group.id, *role, today);
            let words = coverage_words(&known.coverage);
            rows.push(vec![format!("{word}: внутри").into(), words.into(), source_words(&known).into()]);
        }
        for row in chats_table(register, group, today).rows {
            let [title, kind, platform, ..] = row.as_slice() else { continue };
            rows.push(vec![kind.as_str().into(), title.as_str().into(), platform.as_str().into()]);
        }
    }
    xlsx_table("Паспорт", &["Сведения", "Значение", "Источник и день"], &rows)
}
