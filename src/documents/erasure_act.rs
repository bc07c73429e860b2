//! «Акт об уничтожении персональных данных» and the export of its events: what Роскомнадзор's order of 28.10.2022 № 179
//! asks of data that a computer held. People stand as the program's ids: no name is left to print.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout, Signature};
use super::link_words::{BLANK, BLANK_DAY, day_of_cell, day_of_document, head_post, order_words, short_name};
use super::revocation_act::{JournalMark, journal_line};
use super::xlsx_table::TableCell;
use crate::register::{ErasedCategory, ErasedPerson, ErasureRecord, Organization, Register};
use crate::wording::counted;

/// The name under which the law knows the program: an information system with personal data.
const SYSTEM: &str = "Консоль администратора Сферума (файл организации)";

/// What became of the backups after an erasure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupsAfterErasure {
    /// Copies that were reached and are gone; a fresh one stands in their place.
    pub replaced: u32,
    /// Names of copies that could not be reached: to be destroyed by hand.
    #[serde(default)]
    pub unreachable: Vec<String>,
}

/// One erasure as the journal tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureFacts {
    /// Number of the journal entry.
    pub entry: u64,
    /// The wall clock's day.
    pub on: Date,
    /// «14:02».
    pub time: String,
    /// Who did it.
    pub actor: String,
    pub record: ErasureRecord,
    /// `None`: nothing is recorded of backups.
    pub backups: Option<BackupsAfterErasure>,
}

/// What is asked of an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErasureActRequest {
    /// «ФИО» or «ФИО, должность»; empty: the administrator acts alone.
    pub commission: Vec<String>,
    /// The order that the erasure rests on, as written: «№ 12 от 01.09.2026»; empty: to be filled in by hand.
    pub order: String,
}

/// A category as the act names it.
pub fn erased_category_words(category: ErasedCategory) -> &'static str {
    match category {
        ErasedCategory::Name => "фамилия, имя, отчество",
        ErasedCategory::BirthDate => "дата рождения",
        ErasedCategory::Phone => "номер телефона",
        ErasedCategory::Notes => "заметки и отметки",
        ErasedCategory::Memberships => "роли, классы и группы",
        ErasedCategory::Family => "связи с детьми и взрослыми",
        ErasedCategory::Assignments => "классное руководство",
        ErasedCategory::Movements => "движение с приказами",
        ErasedCategory::Requests => "заявки",
        ErasedCategory::Appeals => "обращения",
        ErasedCategory::Tasks => "дела в кабинете",
        ErasedCategory::Answers => "запомненные ответы",
    }
}

fn categories_words(person: &ErasedPerson) -> String {
    match person.categories.is_empty() {
        true => "в этой копии файла сведений не было".to_owned(),
        false => {
            let words: Vec<&str> =
                person.categories.iter().map(|category| erased_category_words(*category)).collect();
            words.join(", ")
        }
    }
}

/// Composes the act of one erasure. `today` is its date.
pub fn compose_erasure_act(
    register: &Register,
    facts: &ErasureFacts,
    request: &ErasureActRequest,
    journal: &JournalMark,
    today: Date,
) -> Composed {
    let organization = register.organization();
    let left = |text: String| Block::Paragraph(text, LineAlignment::Left);
    let count = facts.record.people.len() as u64;
    let mut blocks = vec![
        Block::Paragraph(operator(organization), LineAlignment::Center),
        Block::Title(format!("АКТ № {BLANK}\nоб уничтожении персональных данных")),
        Block::Paragraph(day_of_document(today), LineAlignment::Right),
        left(basis(organization, request)),
        left(who(organization, request)),
        left(format!(
            "Уничтожены персональные данные {}. Лица указаны номерами, под которыми они стояли в информационной системе: \
             имён в ней не осталось.",
            counted(count, "человека", "человек", "человек")
        )),
        Block::Table(people_table(&facts.record)),
        left(totals(&facts.record)),
        left(format!(
            "Информационная система: {SYSTEM}.\nСпособ: записи удалены из файла без возможности восстановления, место, \
             которое они занимали, перезаписано; в журнале событий сведения об этих лицах стёрты, остались номера.\n\
             Причина: {}.\nДата уничтожения: {}, {}.",
            reason(&facts.record),
            day_of_document(facts.on),
            facts.time
        )),
    ];
    blocks.extend(backups_blocks(facts.backups.as_ref()));
    blocks.push(left(format!(
        "Приложение: выгрузка из журнала событий (запись № {}). Акт и выгрузка хранятся три года.",
        facts.entry
    )));
    blocks.push(Block::SmallPrint(
        "В журнале остаются имена тех, кто работал в программе: администратора и заместителей.".to_owned(),
    ));
    blocks.push(Block::SmallPrint(journal_line(journal)));
    blocks.push(Block::Signatures(signatures(organization, request)));
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true }
}

fn operator(organization: &Organization) -> String {
    match organization.address.is_empty() {
        true => organization.name.clone(),
        false => format!("{}\n{}", organization.name, organization.address),
    }
}

fn basis(organization: &Organization, request: &ErasureActRequest) -> String {
    let order = match request.order.trim() {
        "" => format!("приказ от {BLANK_DAY} № {BLANK}"),
        order => format!("приказ {order}"),
    };
    format!(
        "Основание: статья 21 Федерального закона от 27.07.2006 № 152-ФЗ «О персональных данных»; {order}; приказ {} о \
         назначении администратора.",
        order_words(&organization.administrator.order)
    )
}

fn who(organization: &Organization, request: &ErasureActRequest) -> String {
    if request.commission.is_empty() {
        let name = &organization.administrator.name;
        let name = if name.is_empty() { BLANK } else { name };
        return format!("Данные уничтожил и акт составил администратор: {name}.");
    }
    let members: Vec<String> =
        (1..).zip(&request.commission).map(|(number, name)| format!("{number}. {name}")).collect();
    format!("Комиссия в составе:\n{}\nсоставила настоящий акт о следующем.", members.join("\n"))
}

fn reason(record: &ErasureRecord) -> String {
    match record.departed_before {
        Some(day) => {
            format!("достигнута цель обработки, лица выбыли из организации до {}", day_of_document(day))
        }
        None => "файл восстановлен из копии, сделанной до уничтожения".to_owned(),
    }
}

fn people_table(record: &ErasureRecord) -> ComposedTable {
    let columns = vec![
        Column::centered("№", 6),
        Column::centered("Номер лица в системе", 16),
        Column::text("Категории уничтоженных данных", 78),
    ];
    let rows = (1..).zip(&record.people).map(|(number, person): (usize, _)| {
        vec![number.to_string(), person.id.to_string(), categories_words(person)]
    });
    ComposedTable { columns, rows: rows.collect() }
}

fn totals(record: &ErasureRecord) -> String {
    let mut by_category: BTreeMap<ErasedCategory, u64> = BTreeMap::new();
    for category in record.people.iter().flat_map(|person| &person.categories) {
        *by_category.entry(*category).or_default() += 1;
    }
    let categories: Vec<String> = by_category
        .into_iter()
        .map(|(category, count)| format!("{} ({count})", erased_category_words(category)))
        .collect();
    let rows: u32 = record.rows.values().sum();
    let mut text = format!(
        "Итого по категориям, человек: {}.\nУдалено записей: {rows}; стёрто упоминаний в других записях: {}; стёрто \
         изменений в журнале: {}",
        categories.join(", "),
        record.edited,
        record.journal_changes
    );
    if record.drafts > 0 {
        text.push_str(&format!("; удалено черновиков: {}", record.drafts));
    }
    text.push('.');
    text
}

fn backups_blocks(backups: Option<&BackupsAfterErasure>) -> Vec<Block> {
    let paragraph = |text: String| Block::Paragraph(text, LineAlignment::Left);
    let Some(backups) = backups else {
        return vec![paragraph(format!(
            "Резервные копии, сделанные до уничтожения: {BLANK} (указать, где и как уничтожены)."
        ))];
    };
    let replaced = counted(backups.replaced.into(), "копия", "копии", "копий");
    let mut blocks =
        vec![paragraph(format!("Резервные копии, сделанные до уничтожения: заменено новой {replaced}."))];
    if !backups.unreachable.is_empty() {
        blocks.push(paragraph(format!(
            "Копии, до которых программа не дотянулась (уничтожить вручную и отметить):\n{}",
            backups.unreachable.iter().map(|name| format!("{name}: {BLANK}")).collect::<Vec<_>>().join("\n")
        )));
    }
    blocks
}

fn signatures(organization: &Organization, request: &ErasureActRequest) -> Vec<Signature> {
    let line = |post: &str, name: &str| Signature { post: post.to_owned(), name: short_name(name) };
    let mut lines: Vec<Signature> = match request.commission.as_slice() {
        [] => vec![line("Администратор", &organization.administrator.name)],
        members => members
            .iter()
            .map(|member| line("Член комиссии", member.split(',').next().unwrap_or(member)))
            .collect(),
    };
    lines.push(line(&format!("Утверждаю:\n{}", head_post(organization.kind)), &organization.head));
    lines
}

/// Headers of the export of events.
pub const ERASURE_EVENT_HEADERS: [&str; 9] = [
    "Запись журнала",
    "Дата",
    "Время",
    "Кто уничтожил",
    "Событие",
    "Номер лица в системе",
    "Категории уничтоженных данных",
    "Информационная система",
    "Причина",
];

/// The export: a row for every erased person of every erasure.
pub fn erasure_event_rows(erasures: &[ErasureFacts]) -> Vec<Vec<TableCell>> {
    let rows = erasures.iter().flat_map(|facts| {
        facts.record.people.iter().map(|person| {
            vec![
                facts.entry.to_string().into(),
                TableCell::Date(facts.on),
                facts.time.as_str().into(),
                facts.actor.as_str().into(),
                "Уничтожение персональных данных".into(),
                person.id.to_string().into(),
                categories_words(person).into(),
                SYSTEM.into(),
                reason(&facts.record).into(),
            ]
        })
    });
    rows.collect()
}

/// Cells as the texts of a delimited list.
pub fn cell_texts(rows: Vec<Vec<TableCell>>) -> impl Iterator<Item = Vec<String>> {
    rows.into_iter().map(|cells| {
        let texts = cells.into_iter().map(|cell| match cell {
            TableCell::Text(text) => text,
            TableCell::Date(day) => day_of_cell(day),
            TableCell::Empty => String::new(),
        });
        texts.collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;
    use crate::register::{PersonId, ResponsiblePerson};

    fn facts() -> ErasureFacts {
        let categories = BTreeSet::from([ErasedCategory::Name, ErasedCategory::Phone]);
        ErasureFacts {
            entry: 215,
            on: date(2026, 10, 12),
            time: "14:02".into(),
            actor: "Журавский Олег Денисович".into(),
            record: ErasureRecord {
                people: vec![
                    ErasedPerson { id: PersonId(17), categories },
                    ErasedPerson { id: PersonId(900), categories: BTreeSet::from([ErasedCategory::Name]) },
                ],
                departed_before: Some(date(2025, 10, 13)),
                rows: BTreeMap::from([("person".to_owned(), 2), ("membership".to_owned(), 3)]),
                edited: 1,
                journal_changes: 12,
                drafts: 0,
            },
            backups: Some(BackupsAfterErasure {
                replaced: 3,
                unreachable: vec!["школа 01.10.sferum".into()],
            }),
        }
    }

    #[test]
    fn the_act_names_ids_categories_counts_and_what_is_left_to_do_by_hand() {
        let mut register = Register::default();
        let administrator = ResponsiblePerson {
            name: "Журавский Олег Денисович".into(),
            ..ResponsiblePerson::default()
        };
        let card = Organization {
            id: crate::register::OrganizationId(1),
            name: "Школа № 14".into(),
            administrator,
            ..Organization::default()
        };
        register.put_loaded(card.into());
        let mark = JournalMark { entries: 215, mark: "ab12".into() };
        let request = ErasureActRequest::default();
        let text = compose_erasure_act(&register, &facts(), &request, &mark, date(2026, 10, 12)).to_text();
        for expected in [
            "данные 2 человек",
            "1 | 17 | фамилия, имя, отчество, номер телефона",
            "фамилия, имя, отчество (2), номер телефона (1)",
            "Удалено записей: 5; стёрто упоминаний в других записях: 1; стёрто изменений в журнале: 12.",
            "выбыли из организации до 13 октября 2025 г.",
            "12 октября 2026 г., 14:02",
            "заменено новой 3 копии",
            "школа 01.10.sferum: ____________",
            "запись № 215",
            "контрольная отметка ab12",
            "Администратор ____ Журавский О. Д.",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
        let with_commission = ErasureActRequest {
            commission: vec!["Ветрова И. П., завуч".into(), "Дымов А. А.".into()],
            order: "№ 12 от 01.10.2026".into(),
        };
        let without = ErasureFacts { backups: None, ..facts() };
        let text =
            compose_erasure_act(&register, &without, &with_commission, &mark, date(2026, 10, 12)).to_text();
        for expected in [
            "2. Дымов А. А.",
            "приказ № 12 от 01.10.2026",
            "Член комиссии ____ Ветрова И. П.",
            "указать, где",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
    }

    #[test]
    fn the_export_has_a_row_for_everybody_and_no_name_of_theirs() {
        let rows: Vec<Vec<String>> = cell_texts(erasure_event_rows(&[facts()])).collect();
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.len() == ERASURE_EVENT_HEADERS.len()));
        assert_eq!(
            rows[1][..6],
            ["215", "12.10.2026", "14:02", "Журавский Олег Денисович", rows[1][4].as_str(), "900"]
        );
    }
}
