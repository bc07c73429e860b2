//! «Перечень ответственных лиц» for the school's site (постановление № 1678, пункт 20): who answers for the platform.
//! Names, posts and orders only: no phone, no pupil.

use jiff::civil::Date;

use super::DocumentError;
use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout};
use super::link_words::{head_post, order_words};
use super::school_words::{head_signature, known_order, name_of_organization, on_day, or_blank, text};
use super::xlsx_table::{TableCell, xlsx_table};
use crate::register::{Register, ResponsiblePerson};
use crate::regulation::{class_teacher_word, current_year, needs_class_teacher, sort_groups};

/// Composes the list.
pub fn compose_responsible_list(register: &Register, today: Date) -> Composed {
    let organization = register.organization();
    let mut blocks = vec![
        name_of_organization(organization),
        Block::Title(
            "Перечень лиц, ответственных за работу\nс платформой «Сферум» в мессенджере MAX".to_owned(),
        ),
        Block::Paragraph(on_day(today), LineAlignment::Center),
    ];
    blocks.extend(responsible_blocks(register, today));
    blocks.push(Block::Signatures(vec![head_signature(organization)]));
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true }
}

/// The table and what it rests on, without title and signature: a part of other papers too.
pub(super) fn responsible_blocks(register: &Register, today: Date) -> Vec<Block> {
    let organization = register.organization();
    let columns = vec![
        Column::centered("№", 5),
        Column::text("За что отвечает", 36),
        Column::text("Фамилия, имя, отчество", 32),
        Column::text("Приказ", 27),
    ];
    let rows = (1_usize..).zip(lines(register, today)).map(|(number, line)| {
        let [what, name, order] = line;
        vec![number.to_string(), what, name, order]
    });
    let mut blocks = vec![Block::Table(ComposedTable { rows: rows.collect(), columns })];
    let act = &organization.local_act;
    if let Some(reference) = known_order(&act.reference) {
        let page = match act.page.is_empty() {
            true => String::new(),
            false => format!(", размещён: {}", act.page),
        };
        blocks.push(text(format!("Локальный акт о порядке использования платформы: {reference}{page}.")));
    }
    blocks.push(Block::SmallPrint(
        "Размещается на сайте организации: пункт 20 правил, утверждённых постановлением Правительства Российской \
         Федерации от 11.10.2023 № 1678."
            .to_owned(),
    ));
    blocks
}

/// The list as a workbook.
///
/// # Errors
/// [`DocumentError::TooLarge`], [`DocumentError::CellTooLong`].
pub fn responsible_list_workbook(register: &Register, today: Date) -> Result<Vec<u8>, DocumentError> {
    let rows: Vec<Vec<TableCell>> = lines(register, today)
        .into_iter()
        .map(|line| line.into_iter().map(TableCell::from).collect())
        .collect();
    xlsx_table("Ответственные", &["За что отвечает", "Фамилия, имя, отчество", "Приказ"], &rows)
}

fn lines(register: &Register, today: Date) -> Vec<[String; 3]> {
    let organization = register.organization();
    let of_person = |what: &str, person: &ResponsiblePerson| {
        [what.to_owned(), or_blank(&person.name).to_owned(), order_words(&person.order)]
    };
    let mut lines = vec![
        [
            format!("Общее руководство ({})", head_post(organization.kind).to_lowercase()),
            or_blank(&organization.head).to_owned(),
            String::new(),
        ],
        of_person("Администратор платформы", &organization.administrator),
    ];
    lines.extend(
        organization.deputies.iter().map(|deputy| of_person("Заместитель администратора платформы", deputy)),
    );
    let mut groups: Vec<_> = register
        .groups_in_year(current_year(register, today))
        .filter(|group| needs_class_teacher(group.kind))
        .collect();
    sort_groups(&mut groups);
    for group in groups {
        for assignment in register.class_teachers(group.id, today) {
            let Some(person) = register.person(assignment.person) else { continue };
            let temporary = if assignment.temporary { ", временно" } else { "" };
            lines.push([
                format!("Чаты: {}, {}{temporary}", group.label, class_teacher_word(group.kind)),
                person.name.full(),
                known_order(&assignment.order).unwrap_or_default(),
            ]);
        }
    }
    lines
}
