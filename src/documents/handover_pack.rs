//! «Передача дел» when the administrator changes (clauses 2.1 and 2.3): what is handed over, how every duty stands, what
//! waits, which links are out. Nothing is revoked by it: the new administrator is asked once whether to re-issue.

use crate::names::capitalized;
use jiff::civil::Date;

use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout, Signature};
use super::link_words::{
    BLANK, BLANK_DAY, group_of_link, hand_over_words, head_post, kind_of_link, order_words, short_name,
    without_addresses,
};
use super::revocation_act::{JournalMark, journal_line};
use super::school_words::{name_of_organization, on_day, or_blank, own_clauses, text};
use crate::register::{InviteState, Register};
use crate::regulation::{Duty, DutyLine, cabinet_steps, duty_page};
use crate::wording::{date_short, role_name};

/// What is asked of the pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoverRequest {
    /// Who takes over, as in the order; empty: to be written in.
    pub to: String,
}

const PARTS: [&str; 4] =
    ["1. Акт передачи", "2. Как стоят обязанности", "3. Что ждёт решения", "4. Действующие ссылки"];

/// Composes the pack.
pub fn compose_handover_pack(
    register: &Register,
    request: &HandoverRequest,
    journal: &JournalMark,
    today: Date,
) -> Composed {
    let organization = register.organization();
    let giver = &organization.administrator;
    let taker = or_blank(&request.to);
    let mut blocks = vec![
        name_of_organization(organization),
        Block::Title("Передача дел администратора\nплатформы «Сферум»".to_owned()),
        Block::Paragraph(on_day(today), LineAlignment::Center),
        Block::Heading(PARTS[0].to_owned()),
        text(format!(
            "{} (приказ {}) передаёт, а {taker} (приказ от {BLANK_DAY} № {BLANK}) принимает дела администратора.",
            or_blank(&giver.name),
            order_words(&giver.order)
        )),
        text("Передаётся:".to_owned()),
        Block::Table(handed_over_table()),
        Block::SmallPrint(journal_line(journal)),
        Block::Signatures(vec![
            Signature { post: "Дела передал(а)".to_owned(), name: short_name(&giver.name) },
            Signature { post: "Дела принял(а)".to_owned(), name: short_name(&request.to) },
            Signature { post: head_post(organization.kind).to_owned(), name: short_name(&organization.head) },
        ]),
        Block::Part(PARTS[1].to_owned()),
    ];
    let duties = duty_page(register, today);
    for (title, ours) in
        [("Обязанности администратора", true), ("Делают учителя, администратор видит", false)]
    {
        blocks.push(Block::Heading(title.to_owned()));
        let of_part = duties.iter().filter(|line| line.status.duty.ours() == ours);
        blocks.push(Block::Table(duties_table(register, of_part, today)));
    }
    blocks.push(Block::Part(PARTS[2].to_owned()));
    blocks.extend(waiting(register, &duties, today));
    blocks.push(Block::Part(PARTS[3].to_owned()));
    blocks.extend(links(register, today));
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true }
}

/// What changes hands; ticked by hand, for the program knows of none of it.
fn handed_over_table() -> ComposedTable {
    let items = [
        "Доступ в кабинет администратора платформы: прежний закрыт, новый открыт",
        "Файл программы и его резервные копии",
        "Пароль файла: сменён новым администратором",
        "Код восстановления: прежний лист уничтожен, новый в сейфе",
        "Приказы, локальный акт, подписанные акты об аннулировании",
        "Бумаги о согласии и об ограничении доступа к детям: где лежат, известно",
    ];
    let columns = vec![Column::centered("№", 6), Column::text("Что", 70), Column::centered("Отметка", 24)];
    let rows =
        (1_usize..).zip(items).map(|(number, item)| vec![number.to_string(), item.to_owned(), String::new()]);
    ComposedTable { rows: rows.collect(), columns }
}

fn duties_table<'lines>(
    register: &Register,
    lines: impl Iterator<Item = &'lines DutyLine>,
    today: Date,
) -> ComposedTable {
    let organization = register.organization();
    let has_clauses = own_clauses(organization, &Duty::ALL).is_some();
    let mut columns = vec![Column::text("Обязанность", 34)];
    if has_clauses {
        columns.push(Column::centered("Наш пункт", 12));
    }
    columns.extend([
        Column::text("Как стоит", 20),
        Column::text("Чем подтверждается", 30),
        Column::text("Вернуться", 16),
    ]);
    let rows = lines.map(|line| {
        let duty = line.status.duty;
        let mut row = vec![capitalized(duty.title())];
        if has_clauses {
            row.push(own_clauses(organization, &[duty]).unwrap_or_default());
        }
        row.extend([
            state_words(line),
            line.proofs.join("\n"),
            match line.next {
                Some(next) if next.on <= today => "пора по нашему графику".to_owned(),
                Some(next) => date_short(next.on),
                None => line.usual_rhythm().to_owned(),
            },
        ]);
        row
    });
    ComposedTable { rows: rows.collect(), columns }
}

fn state_words(line: &DutyLine) -> String {
    let waiting = line.left.len() + line.left_more;
    match waiting {
        0 => line.status.state.words().to_owned(),
        waiting => format!("ждёт решения: {waiting}"),
    }
}

fn waiting(register: &Register, duties: &[DutyLine], today: Date) -> Vec<Block> {
    let columns = vec![Column::text("Обязанность", 34), Column::text("Что осталось", 66)];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in duties.iter().filter(|line| !line.left.is_empty()) {
        let mut words: Vec<String> =
            line.left.iter().map(|left| without_addresses(register, &left.words)).collect();
        if line.left_more > 0 {
            words.push(format!("и ещё {}", line.left_more));
        }
        rows.push(vec![capitalized(line.status.duty.title()), words.join("\n")]);
    }
    let steps = cabinet_steps(register, today);
    let mut blocks = Vec::new();
    match rows.is_empty() {
        true => blocks.push(text("По обязанностям ничего не ждёт.")),
        false => blocks.push(Block::Table(ComposedTable { columns, rows })),
    }
    let steps = steps.len();
    if steps > 0 {
        blocks.push(text(format!(
            "Шагов, ещё не отмеченных в кабинете: {steps}. Они стоят в программе: «Задачи для кабинета»."
        )));
    }
    blocks
}

fn links(register: &Register, today: Date) -> Vec<Block> {
    let columns = vec![
        Column::centered("№", 6),
        Column::text("Класс, группа", 13),
        Column::text("Куда", 20),
        Column::text("Роль", 12),
        Column::text("Передана", 27),
        Column::centered("Конец адреса", 10),
        Column::centered("Заменить", 12),
    ];
    let standing =
        register.tables().invites.values().filter(|invite| invite.state(today) != InviteState::Revoked);
    let rows: Vec<Vec<String>> = standing
        .map(|invite| {
            vec![
                invite.id.to_string(),
                group_of_link(register, invite.target),
                kind_of_link(register, invite.target),
                role_name(invite.role).to_owned(),
                hand_over_words(register, invite),
                invite.address.tail(),
                String::new(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return vec![text("Действующих ссылок в реестре нет.")];
    }
    vec![
        text(
            "Прежний администратор мог видеть эти ссылки. Решите по каждой, нужна ли новая; сама по себе передача дел \
             ничего не закрывает.",
        ),
        Block::Table(ComposedTable { columns, rows }),
    ]
}
