//! Draft of the local act on the use of the platform (point 20 of the rules of № 1678): in our own words, with the school's
//! fields filled in. It is a beginning for the school's own regulation, never presented as a norm.

use jiff::civil::Date;

use super::composed::{Block, Composed, LineAlignment, PageLayout};
use super::link_words::{BLANK, BLANK_DAY, head_post, order_words, short_name};
use super::school_words::{ACTS, clause_in_brackets, draft_mark, name_of_organization, or_blank, text};
use crate::register::{Organization, OrganizationKind, Register};
use crate::regulation::{Duty, chat_kind_words, required_chats, usual_group_kind};

/// Composes the draft.
pub fn compose_local_act(register: &Register, today: Date) -> Composed {
    let organization = register.organization();
    let mut blocks = vec![
        draft_mark(),
        Block::Paragraph(
            format!(
                "УТВЕРЖДАЮ\n{} ____________ {}\n{BLANK_DAY}",
                head_post(organization.kind),
                short_name(or_blank(&organization.head))
            ),
            LineAlignment::Right,
        ),
        name_of_organization(organization),
        Block::Title("Порядок использования платформы «Сферум»\nв мессенджере MAX".to_owned()),
    ];
    for (number, (title, points)) in (1_usize..).zip(sections(register)) {
        blocks.push(Block::Heading(format!("{number}. {title}")));
        let lines = (1_usize..).zip(points).map(|(point, words)| format!("{number}.{point}. {words}"));
        blocks.push(text(lines.collect::<Vec<_>>().join("\n")));
    }
    blocks.push(Block::Heading("Правовая основа".to_owned()));
    blocks.push(Block::SmallPrint(format!("{}.", ACTS.join(";\n"))));
    let order = &organization.local_act.reference;
    blocks.push(Block::SmallPrint(format!("Утверждён приказом {}", order_words(order))));
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true }
}

fn sections(register: &Register) -> Vec<(&'static str, Vec<String>)> {
    let organization = register.organization();
    vec![
        ("Общие положения", general(organization)),
        ("Кто за что отвечает", who_answers(organization)),
        ("Добровольность", voluntary(organization)),
        ("Ссылки-приглашения и заявки", links(register)),
        ("Чаты", chats(organization)),
        ("Безопасность и персональные данные", safety(organization)),
        ("Заключительные положения", ending(organization)),
    ]
}

fn with_clause(organization: &Organization, duty: Duty, words: &str) -> String {
    format!("{words}{}.", clause_in_brackets(organization, duty))
}

fn general(organization: &Organization) -> Vec<String> {
    vec![
        format!(
            "Этот порядок определяет, как {} использует платформу «Сферум» в мессенджере MAX (далее — платформа) для \
             общения участников образовательных отношений.",
            or_blank(&organization.name)
        ),
        "Платформа дополняет, но не заменяет электронный дневник, очное общение и собрания.".to_owned(),
    ]
}

fn who_answers(organization: &Organization) -> Vec<String> {
    let leader = match organization.kind {
        OrganizationKind::School => "Классные руководители",
        OrganizationKind::College => "Кураторы групп",
        OrganizationKind::Kindergarten => "Воспитатели",
    };
    vec![
        with_clause(
            organization,
            Duty::Appointment,
            "Администратора платформы и его заместителя назначает руководитель приказом из числа работников",
        ),
        with_clause(
            organization,
            Duty::Structure,
            "Администратор ведёт сведения об организации, структуру групп и группу педагогического коллектива",
        ),
        with_clause(
            organization,
            Duty::ClassTeachers,
            "Администратор закрепляет руководителей групп по утверждённому распределению",
        ),
        with_clause(
            organization,
            Duty::StatusConfirmation,
            "Администратор подтверждает статусы «учитель» и «сотрудник»; сотрудником считается работник, который не \
             преподаёт",
        ),
        with_clause(
            organization,
            Duty::Movement,
            "О зачислении, переводе, отчислении, приёме и увольнении администратору сообщают в день приказа; он отражает \
             это на платформе",
        ),
        with_clause(
            organization,
            Duty::ClassChats,
            &format!("{leader} и учителя создают и ведут чаты и отвечают за их состав"),
        ),
        with_clause(
            organization,
            Duty::Oversight,
            "Руководитель получает от администратора отчёт об использовании платформы по его запросу",
        ),
    ]
}

fn voluntary(organization: &Organization) -> Vec<String> {
    vec![
        with_clause(
            organization,
            Duty::Voluntary,
            "Ученики и родители (законные представители) участвуют добровольно и могут отказаться в любое время",
        ),
        "Отказ не влияет на обучение и не учитывается ни в каких показателях; списки отказавшихся не составляются."
            .to_owned(),
        "Тем, кто не участвует, сведения дают через электронный дневник, на встречах и родительских собраниях."
            .to_owned(),
        "Использование платформы работниками определяется трудовым договором или этим порядком.".to_owned(),
    ]
}

fn links(register: &Register) -> Vec<String> {
    let organization = register.organization();
    let settings = register.settings();
    let weeks = settings.cleanup_every_weeks;
    vec![
        with_clause(
            organization,
            Duty::InviteLinks,
            "Ссылку-приглашение создают для одной группы и одной роли и передают только тем, для кого она создана",
        ),
        "Ссылки не публикуют в открытом доступе и не пересылают посторонним.".to_owned(),
        with_clause(
            organization,
            Duty::JoinRequests,
            "Заявку принимают, только если человек есть в списке группы; остальные отклоняют",
        ),
        with_clause(
            organization,
            Duty::RevokeUnclaimed,
            &format!(
                "Ссылки, которые никому не нужны, администратор аннулирует; он проверяет их раз в {weeks} нед. Срок \
                 организация установила себе сама"
            ),
        ),
        "Ссылку, которая попала к посторонним, аннулируют сразу; об аннулировании составляют акт.".to_owned(),
    ]
}

fn chats(organization: &Organization) -> Vec<String> {
    let required = required_chats(usual_group_kind(organization.kind));
    let kinds: Vec<&str> = required.iter().map(|kind| chat_kind_words(*kind)).collect();
    let mut points = vec![format!("В каждой группе ведут: {}.", kinds.join(", "))];
    if organization.kind == OrganizationKind::Kindergarten {
        points.push("Чатов с детьми нет.".to_owned());
    } else {
        points.push(with_clause(
            organization,
            Duty::SubjectChats,
            "Чаты по предметам создают учителя, если они нужны",
        ));
    }
    points.push(with_clause(
        organization,
        Duty::ChatTransfer,
        "Чаты, которые были в VK Мессенджере, проверяют: перенесён, создан заново или больше не нужен",
    ));
    points.push(
        "Для служебной переписки не используют иностранные мессенджеры (часть 8 статьи 10 Федерального закона от \
         27.07.2006 № 149-ФЗ)."
            .to_owned(),
    );
    points
}

fn safety(organization: &Organization) -> Vec<String> {
    vec![
        with_clause(organization, Duty::SafeMode, "У учеников включают безопасный режим; об этом напоминают на собраниях"),
        "Собирают не больше сведений, чем нужно: имя, группа, роль, при необходимости телефон.".to_owned(),
        "Согласие на обработку персональных данных оформляют отдельной бумагой; в программе учёта хранят только отметку \
         о нём."
            .to_owned(),
        "В чатах не пишут о здоровье, оценках отдельных детей и о других сведениях личного характера.".to_owned(),
        format!("Об утечке сообщают {BLANK} в день, когда о ней стало известно."),
    ]
}

fn ending(organization: &Organization) -> Vec<String> {
    let page = &organization.local_act.page;
    let where_to = if page.is_empty() {
        "на сайте организации".to_owned()
    } else {
        format!("на странице {page}")
    };
    vec![
        format!("Порядок и перечень ответственных лиц размещают {where_to}."),
        format!("Порядок действует с {BLANK_DAY} до замены новым."),
        with_clause(
            organization,
            Duty::Support,
            "Вопросы участников принимает администратор и отвечает на них",
        ),
    ]
}
