//! «Информация для родителей»: what the platform is for, that taking part is voluntary, and the other ways (clause 1.8).

use jiff::civil::Date;

use super::composed::{Block, Composed, LineAlignment, PageLayout};
use super::link_words::BLANK;
use super::school_words::{
    administrator_signature, clause_in_brackets, draft_mark, known_order, name_of_organization, own_clauses,
    text,
};
use crate::register::{OrganizationKind, Register};
use crate::regulation::Duty;

/// Composes the page.
pub fn compose_parents_information(register: &Register, today: Date) -> Composed {
    let organization = register.organization();
    let (whom, leader) = match organization.kind {
        OrganizationKind::School => ("учеников и родителей", "классному руководителю"),
        OrganizationKind::College => ("студентов и их родителей", "куратору группы"),
        OrganizationKind::Kindergarten => ("родителей", "воспитателю"),
    };
    let act = known_order(&organization.local_act.reference);
    let page = &organization.local_act.page;
    let mut blocks = vec![
        draft_mark(),
        name_of_organization(organization),
        Block::Title(format!("Для {whom}:\nо платформе «Сферум» в мессенджере MAX")),
        Block::Heading("Зачем она".to_owned()),
        text(
            "На платформе есть чаты групп: в них учителя сообщают о занятиях, изменениях в расписании и событиях. \
             Войти можно только по ссылке-приглашению или по заявке, которую рассматривает администратор организации.",
        ),
        Block::Heading("Участие добровольное".to_owned()),
        text(format!(
            "Регистрироваться или нет, решаете вы{}. Согласие можно отозвать в любой день. Отказ ни на что не влияет: \
             ни на обучение, ни на оценки, ни на отношение. Причину называть не нужно. С 18 лет ученик решает сам.",
            clause_in_brackets(organization, Duty::Voluntary)
        )),
    ];
    blocks.push(Block::Heading("Другие способы".to_owned()));
    blocks.push(text(format!(
        "— электронный дневник;\n— очная встреча по договорённости;\n— родительские собрания;\n— другое: {BLANK}."
    )));
    blocks.push(Block::Heading("Если вы решили участвовать".to_owned()));
    blocks.push(text(
        "— берите ссылку только у классного руководителя или администратора и никому её не пересылайте;\n\
         — входите под своими именем и фамилией: чужих в чат не примут;\n\
         — у ребёнка включите безопасный режим: незнакомые не смогут ему писать;\n\
         — если увидели в чате постороннего или ссылка попала к чужим, сообщите сразу."
            .replace("классного руководителя", &genitive(organization.kind)),
    ));
    blocks.push(Block::Heading("К кому обратиться".to_owned()));
    let administrator = &organization.administrator.name;
    let administrator = if administrator.is_empty() { BLANK } else { administrator.as_str() };
    blocks.push(text(format!(
        "К {leader} или к администратору: {administrator}. Поддержка платформы: бот https://max.ru/sferum_help, почта \
         info@sferum.ru."
    )));
    let mut rests: Vec<String> = Vec::new();
    if let Some(act) = act {
        let page = if page.is_empty() { String::new() } else { format!(", {page}") };
        rests.push(format!("Порядок использования: локальный акт {act}{page}."));
    }
    if let Some(clauses) = own_clauses(organization, &[Duty::ParentsJoin, Duty::StudentsJoin, Duty::SafeMode])
    {
        rests.push(format!("О вступлении и безопасном режиме: {clauses} положения."));
    }
    rests.push(
        "О добровольности: письмо Минцифры России от 27.08.2025 № ММ-П10-82860. О персональных данных: Федеральный \
         закон от 27.07.2006 № 152-ФЗ; согласие на обработку оформляется отдельной бумагой."
            .to_owned(),
    );
    blocks.push(Block::SmallPrint(rests.join(" ")));
    blocks.push(Block::Paragraph(String::new(), LineAlignment::Left));
    blocks.push(Block::Signatures(vec![administrator_signature(organization)]));
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: false }
}

fn genitive(kind: OrganizationKind) -> String {
    match kind {
        OrganizationKind::School => "классного руководителя",
        OrganizationKind::College => "куратора",
        OrganizationKind::Kindergarten => "воспитателя",
    }
    .to_owned()
}
