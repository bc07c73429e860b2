//! Drafts of two orders: the administrator's appointment (clause 2.1) and class teachers (duty 2.3-5). Words of our own;
//! the school's fields are filled in, the rest is left to be written.

use jiff::civil::Date;

use super::DocumentError;
use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout, Signature};
use super::link_words::{BLANK, BLANK_DAY, day_of_document, short_name};
use super::school_words::{
    clause_in_brackets, draft_mark, group_genitive_plural, head_signature, known_order, name_of_organization,
    or_blank, own_clauses, text,
};
use super::xlsx_table::{TableCell, xlsx_table};
use crate::register::{OrderReference, Organization, OrganizationKind, Register};
use crate::regulation::{Duty, class_teacher_word, current_year, needs_class_teacher, sort_groups};

fn order_head(organization: &Organization, order: &OrderReference, about: &str) -> Vec<Block> {
    let day = order.date.map_or_else(|| BLANK_DAY.to_owned(), day_of_document);
    let number = if order.number.is_empty() { BLANK } else { order.number.as_str() };
    vec![
        draft_mark(),
        name_of_organization(organization),
        Block::Title("ПРИКАЗ".to_owned()),
        Block::Paragraph(format!("{day}    № {number}"), LineAlignment::Center),
        Block::Heading(about.to_owned()),
    ]
}

/// «Об администраторе платформы»: who is appointed, for what, who stands in.
pub fn compose_order_administrator(register: &Register, today: Date) -> Composed {
    let organization = register.organization();
    let administrator = &organization.administrator;
    let mut blocks = order_head(organization, &administrator.order, "Об администраторе платформы «Сферум»");
    let act = known_order(&organization.local_act.reference)
        .map_or_else(String::new, |act| format!(", на основании локального акта {act}"));
    blocks.push(text(format!("Для работы с платформой «Сферум» в мессенджере MAX{act} приказываю:")));
    let mut points = vec![
        format!(
            "Назначить администратором платформы: {}{}.",
            or_blank(&administrator.name),
            clause_in_brackets(organization, Duty::Appointment)
        ),
        format!("Поручить администратору:\n{}", duties_words(organization)),
    ];
    let deputies: Vec<&str> = organization
        .deputies
        .iter()
        .map(|deputy| deputy.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    points.push(match deputies.as_slice() {
        [] => format!("На время отсутствия администратора его обязанности выполняет {BLANK}."),
        names => {
            format!("На время отсутствия администратора его обязанности выполняет: {}.", names.join("; "))
        }
    });
    points.push(
        "Учителям и классным руководителям передавать ссылки-приглашения только тем, для кого они созданы, и сообщать \
         администратору, если ссылка попала к посторонним."
            .to_owned(),
    );
    points.push(
        "Участие учеников и родителей считать добровольным; тем, кто не участвует, давать сведения другими способами."
            .to_owned(),
    );
    points.push("Разместить сведения об ответственных лицах на сайте организации.".to_owned());
    points.push(format!("Контроль за исполнением приказа оставляю за собой (возлагаю на {BLANK})."));
    blocks.push(text(numbered(&points)));
    blocks.push(Block::Signatures(vec![
        head_signature(organization),
        Signature {
            post: "С приказом ознакомлен(а):\nадминистратор".to_owned(),
            name: short_name(&administrator.name),
        },
    ]));
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: false }
}

/// The duties of section 2.3 in our own words, a line each, with the school's clause where the card maps one.
fn duties_words(organization: &Organization) -> String {
    let duties = [
        (Duty::OrganizationCard, "вносить и обновлять сведения об организации"),
        (Duty::TeachingStaff, "вести группу, в которую входит весь педагогический коллектив"),
        (Duty::Structure, "вести структуру: корпуса, классы и группы"),
        (Duty::InviteLinks, "создавать ссылки-приглашения и передавать их по назначению"),
        (Duty::ClassTeachers, "закреплять классных руководителей по утверждённому распределению"),
        (Duty::JoinRequests, "рассматривать заявки на вступление"),
        (Duty::StatusConfirmation, "подтверждать статусы учителей и сотрудников"),
        (Duty::Movement, "отражать движение учеников и работников"),
        (Duty::RevokeUnclaimed, "аннулировать ссылки-приглашения, которые больше не нужны"),
        (Duty::Support, "помогать участникам и отвечать на их вопросы"),
    ];
    let required = duties
        .into_iter()
        .filter(|(duty, _)| !organization.not_required.iter().any(|code| code == duty.code()));
    let lines = required.map(|(duty, words)| format!("— {words}{}", clause_in_brackets(organization, duty)));
    format!("{}.", lines.collect::<Vec<_>>().join(";\n"))
}

/// «1. …\n2. …»
pub(super) fn numbered(points: &[String]) -> String {
    let lines = (1..).zip(points).map(|(number, point): (usize, _)| format!("{number}. {point}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// «О классных руководителях» with the table of the current year.
pub fn compose_order_class_teachers(register: &Register, today: Date) -> Composed {
    let organization = register.organization();
    let year = current_year(register, today);
    let (title, who) = match organization.kind {
        OrganizationKind::School => ("О классных руководителях", "классных руководителей"),
        OrganizationKind::College => ("О кураторах групп", "кураторов"),
        OrganizationKind::Kindergarten => ("О воспитателях групп", "воспитателей"),
    };
    let mut blocks =
        order_head(organization, &common_order(register, today), &format!("{title} в {year} учебном году"));
    let clauses = own_clauses(organization, &[Duty::ClassTeachers])
        .map_or_else(String::new, |clause| format!(", {clause} положения"));
    blocks.push(text(format!(
        "Для работы с группами и чатами на платформе «Сферум» в мессенджере MAX{clauses} приказываю:"
    )));
    blocks.push(text(format!("1. Утвердить распределение {who} по таблице:")));
    let columns = vec![
        Column::centered("№", 6),
        Column::text("Класс, группа", 16),
        Column::text("Фамилия, имя, отчество", 44),
        Column::text("Срок", 34),
    ];
    blocks.push(Block::Table(ComposedTable { rows: teacher_rows(register, today), columns }));
    blocks.push(text(
        [
            "2. Каждый из назначенных ведёт чаты своей группы: с учениками, с родителями и с учителями, которые в ней \
             преподают."
                .to_owned(),
            format!(
                "3. Администратору платформы ({}) закрепить назначенных в кабинете и сообщить о расхождениях.",
                or_blank(&organization.administrator.name)
            ),
            "4. При замене передать права в чатах новому руководителю в день замены.".to_owned(),
        ]
        .join("\n"),
    ));
    blocks.push(Block::Signatures(vec![head_signature(organization)]));
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true }
}

/// The order that all current assignments share; blank where they do not.
fn common_order(register: &Register, today: Date) -> OrderReference {
    let groups = register.groups_in_year(current_year(register, today));
    let mut orders: Vec<OrderReference> = Vec::new();
    for group in groups.filter(|group| needs_class_teacher(group.kind)) {
        for assignment in register.class_teachers(group.id, today) {
            if !orders.contains(&assignment.order) {
                orders.push(assignment.order.clone());
            }
        }
    }
    match orders.as_slice() {
        [one] => one.clone(),
        _ => OrderReference::default(),
    }
}

fn teacher_rows(register: &Register, today: Date) -> Vec<Vec<String>> {
    let mut groups: Vec<_> = register
        .groups_in_year(current_year(register, today))
        .filter(|group| needs_class_teacher(group.kind))
        .collect();
    sort_groups(&mut groups);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for group in groups {
        let before = rows.len();
        for assignment in register.class_teachers(group.id, today) {
            let Some(person) = register.person(assignment.person) else { continue };
            let number = (rows.len() + 1).to_string();
            rows.push(vec![number, group.label.clone(), person.name.full(), term_words(assignment)]);
        }
        if rows.len() == before {
            let number = (rows.len() + 1).to_string();
            rows.push(vec![number, group.label.clone(), BLANK.to_owned(), String::new()]);
        }
    }
    rows
}

/// «временно, по 12 октября 2026 г.»
fn term_words(assignment: &crate::register::Assignment) -> String {
    let since = assignment.since.map(|since| format!("с {}", day_of_document(since)));
    let until = assignment.until.map(|until| format!("по {}", day_of_document(until)));
    let temporary = assignment.temporary.then(|| "временно".to_owned());
    [temporary, since, until].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The distribution as a workbook.
///
/// # Errors
/// [`DocumentError::TooLarge`], [`DocumentError::CellTooLong`].
pub fn class_teachers_workbook(register: &Register, today: Date) -> Result<Vec<u8>, DocumentError> {
    let mut groups: Vec<_> = register
        .groups_in_year(current_year(register, today))
        .filter(|group| needs_class_teacher(group.kind))
        .collect();
    sort_groups(&mut groups);
    let mut rows: Vec<Vec<TableCell>> = Vec::new();
    for group in groups {
        let mut attached = register.class_teachers(group.id, today).peekable();
        if attached.peek().is_none() {
            let mut row: Vec<TableCell> =
                vec![group.label.clone().into(), class_teacher_word(group.kind).into()];
            row.extend(std::iter::repeat_n(TableCell::Empty, 6));
            rows.push(row);
        }
        for assignment in attached {
            let name =
                register.person(assignment.person).map_or_else(String::new, |person| person.name.full());
            rows.push(vec![
                group.label.clone().into(),
                class_teacher_word(group.kind).into(),
                name.into(),
                assignment.order.number.clone().into(),
                assignment.order.date.into(),
                assignment.since.into(),
                assignment.until.into(),
                if assignment.temporary { "да".into() } else { TableCell::Empty },
            ]);
        }
    }
    let of_groups = match group_genitive_plural(register.organization().kind) {
        "классов" => "Классы",
        _ => "Группы",
    };
    xlsx_table(
        of_groups,
        &["Группа", "Кто", "Фамилия, имя, отчество", "Приказ №", "Дата приказа", "С", "По", "Временно"],
        &rows,
    )
}
