//! «Отчёт об использовании платформы» for the head (clause 2.4): coverage by role and by group with bars, then and now,
//! every number with its source and age. Who does not participate is one number, and stands in no share [R 1.8].

use jiff::civil::Date;

use super::DocumentError;
use super::composed::{BarRow, Block, Column, Composed, ComposedTable, LineAlignment, PageLayout};
use super::link_words::{day_of_cell, day_of_document};
use super::school_words::{
    administrator_signature, bar_numbers, coverage_words, group_genitive_plural, name_of_organization,
    own_clauses, source_words, text,
};
use super::xlsx_table::{TableCell, xlsx_table};
use crate::names::Role;
use crate::register::{OrganizationKind, PersonId, Register};
use crate::regulation::{Duty, GroupLine, HeadReport, RoleLine, SummedCoverage, ThenAndNow, head_report};
use crate::wording::{counted, date_short};

/// What is asked of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeadReportRequest {
    /// The day to compare with; nothing is compared where `None`.
    pub from: Option<Date>,
    /// The day of the report; the day it is made where `None`.
    pub to: Option<Date>,
}

/// Composes the report.
pub fn compose_head_report(register: &Register, request: &HeadReportRequest, today: Date) -> Composed {
    let organization = register.organization();
    let report = head_report(register, request.from, request.to.unwrap_or(today), today);
    let mut blocks = vec![
        name_of_organization(organization),
        Block::Title("Отчёт об использовании платформы «Сферум»".to_owned()),
        Block::Paragraph(day_words(&report), LineAlignment::Center),
    ];
    if let Some(clauses) = own_clauses(organization, &[Duty::Oversight]) {
        blocks.push(Block::Paragraph(format!("Основание: {clauses} положения"), LineAlignment::Center));
    }
    blocks.push(Block::Heading("Кто присоединился".to_owned()));
    match report.roles.is_empty() {
        true => blocks.push(text("Списков в программе пока нет, поэтому и чисел нет.")),
        false => blocks.push(Block::Bars(report.roles.iter().map(role_bar).collect())),
    }
    blocks.push(Block::SmallPrint(
        "Родители считаются по детям: у скольких внутри хотя бы один взрослый. Числа взяты из наблюдений; чего никто \
         не смотрел, о том сведений нет, и в сумму оно не входит. Участие добровольное: кто не участвует или не \
         приглашён, не входит ни в одно из чисел."
            .to_owned(),
    ));
    blocks.extend(roles_table(&report, organization.kind));
    if !report.groups.is_empty() {
        let word = match organization.kind {
            OrganizationKind::School => "По классам",
            _ => "По группам",
        };
        blocks.push(Block::Heading(word.to_owned()));
        blocks.push(Block::Table(groups_table(register, &report)));
    }
    blocks.push(Block::Heading(format!("Что сделано с {}", day_of_document(report.period_from))));
    blocks.push(text(done_words(&report)));
    if report.not_participating > 0 {
        let students = counted(report.not_participating.into(), "ученик", "ученика", "учеников");
        blocks.push(text(format!(
            "Не участвуют по своему выбору: {students}. Им доступны другие способы: электронный дневник, встречи, \
             родительские собрания."
        )));
    }
    blocks.push(Block::Signatures(vec![administrator_signature(organization)]));
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true }
}

fn day_words(report: &HeadReport) -> String {
    match report.then {
        Some(then) => format!("{} → {}", day_of_document(then), day_of_document(report.on)),
        None => format!("на {}", day_of_document(report.on)),
    }
}

fn role_title(role: Role) -> &'static str {
    match role {
        Role::Student => "Ученики",
        Role::Parent => "Родители",
        Role::Teacher => "Учителя",
        Role::Employee => "Сотрудники",
    }
}

/// The bar of a role: what is known now; beneath it the same groups as they were.
fn role_bar(line: &RoleLine) -> BarRow {
    let mut words = coverage_words(&line.now.total);
    if let Some(compared) = &line.compared {
        let (was, is) = (compared.then, compared.now);
        match bar_numbers(&line.now.total) == Some(is) {
            true => words.push_str(&format!("\nбыло {} из {}", was.0, was.1)),
            // Other groups were looked at since: only those known on both days are compared.
            false => {
                let groups =
                    counted(compared.groups.into(), "общей группе", "общим группам", "общим группам");
                words.push_str(&format!(
                    "\nпо {groups}: было {} из {}, стало {} из {}",
                    was.0, was.1, is.0, is.1
                ));
            }
        }
    }
    BarRow {
        label: role_title(line.role).to_owned(),
        now: bar_numbers(&line.now.total),
        then: line.compared.map(|compared| compared.then),
        words,
    }
}

fn roles_table(report: &HeadReport, kind: OrganizationKind) -> Option<Block> {
    if report.roles.is_empty() {
        return None;
    }
    let columns = vec![
        Column::text("Роль", 16),
        Column::centered("Внутри", 12),
        Column::centered("Рядом: не участвуют, не приглашены, отсутствуют", 22),
        Column::text("Откуда и как давно известно", 34),
    ];
    let rows = report.roles.iter().map(|line| {
        vec![
            role_title(line.role).to_owned(),
            coverage_words(&line.now.total),
            line.now.total.neutral.to_string(),
            known_words(&line.now, kind),
        ]
    });
    Some(Block::Table(ComposedTable { rows: rows.collect(), columns }))
}

/// «24 класса из 27, сведения с 3 сен 2026 по 10 окт 2026».
fn known_words(sum: &SummedCoverage, kind: OrganizationKind) -> String {
    let all = sum.groups_known + sum.groups_unknown;
    let days = match (sum.oldest, sum.total.as_of) {
        (Some(oldest), Some(latest)) if oldest == latest => date_short(latest),
        (Some(oldest), Some(latest)) => format!("с {} по {}", date_short(oldest), date_short(latest)),
        _ => "дня никто не отметил".to_owned(),
    };
    match (sum.groups_known, sum.role.is_staff()) {
        (0, _) => "сведений нет".to_owned(),
        (_, true) => days,
        (known, false) => format!("{known} из {all} {}: {days}", group_genitive_plural(kind)),
    }
}

fn groups_table(register: &Register, report: &HeadReport) -> ComposedTable {
    let columns = vec![
        Column::text("Группа", 9),
        Column::text("Руководитель", 17),
        Column::centered("Ученики", 20),
        Column::centered("Дети, у которых взрослый внутри", 20),
        Column::text("Источник и день", 26),
    ];
    let rows = report.groups.iter().map(|line| {
        vec![
            line.label.clone(),
            teachers(register, &line.class_teachers),
            line.students.map_or_else(|| "не ведётся".to_owned(), |both| then_and_now(&both)),
            then_and_now(&line.parents),
            sources(line),
        ]
    });
    ComposedTable { rows: rows.collect(), columns }
}

/// «20 из 27 → 25 из 27», or only what is known now.
fn then_and_now(both: &ThenAndNow) -> String {
    let now = coverage_words(&both.now.coverage);
    match both.then.filter(|then| then.coverage.inside.is_some()) {
        Some(then) => format!("{} → {now}", coverage_words(&then.coverage)),
        None => now,
    }
}

fn sources(line: &GroupLine) -> String {
    let students = line.students.map(|both| source_words(&both.now)).unwrap_or_default();
    let parents = source_words(&line.parents.now);
    match (students.is_empty(), parents.is_empty()) {
        (true, true) => "сведений нет".to_owned(),
        (false, true) => students,
        (true, false) => parents,
        (false, false) if students == parents => students,
        (false, false) => format!("ученики: {students}\nродители: {parents}"),
    }
}

fn teachers(register: &Register, people: &[PersonId]) -> String {
    let names = people.iter().filter_map(|person| register.person(*person)).map(|person| person.name.short());
    names.collect::<Vec<_>>().join(", ")
}

fn done_words(report: &HeadReport) -> String {
    let numbers = &report.numbers;
    let lines = [
        ("сверок", numbers.looks),
        ("ссылок создано", numbers.links_made),
        ("ссылок передано", numbers.links_handed_over),
        ("ссылок аннулировано", numbers.links_revoked),
        ("заявок рассмотрено", numbers.requests_decided),
        ("движений людей", numbers.movements),
        ("обращений", numbers.appeals),
        ("обращений с ответом", numbers.appeals_answered),
    ];
    let done: Vec<String> = lines
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(words, count)| format!("{words}: {count}"))
        .collect();
    let done = if done.is_empty() {
        "за эти дни ничего не записано".to_owned()
    } else {
        done.join("; ")
    };
    format!(
        "За {} — {}: {done}. Действующих ссылок на {}: {}.",
        day_of_cell(report.period_from),
        day_of_cell(report.on),
        day_of_cell(report.on),
        report.links_in_force
    )
}

/// Headers of the workbook: constant, so that two reports can be laid beside each other.
const HEADERS: [&str; 15] = [
    "Группа",
    "Руководитель",
    "Ученики: внутри",
    "Ученики: из",
    "Ученики: рядом",
    "Ученики: день",
    "Ученики: источник",
    "Ученики: было внутри",
    "Ученики: было из",
    "Родители: внутри",
    "Родители: из",
    "Родители: рядом",
    "Родители: день",
    "Родители: источник",
    "Родители: было внутри",
];

/// The groups of the report as a workbook.
///
/// # Errors
/// [`DocumentError::TooLarge`], [`DocumentError::CellTooLong`].
pub fn head_report_workbook(
    register: &Register,
    request: &HeadReportRequest,
    today: Date,
) -> Result<Vec<u8>, DocumentError> {
    let report = head_report(register, request.from, request.to.unwrap_or(today), today);
    let rows: Vec<Vec<TableCell>> = report
        .groups
        .iter()
        .map(|line| {
            let mut cells: Vec<TableCell> =
                vec![line.label.clone().into(), teachers(register, &line.class_teachers).into()];
            match &line.students {
                Some(both) => cells.extend(number_cells(both, true)),
                None => cells.extend(std::iter::repeat_n(TableCell::Empty, 7)),
            }
            cells.extend(number_cells(&line.parents, false));
            cells
        })
        .collect();
    xlsx_table("Отчёт", &HEADERS, &rows)
}

fn number_cells(both: &ThenAndNow, with_expected: bool) -> Vec<TableCell> {
    let number = |number: Option<u32>| number.map_or(TableCell::Empty, |number| number.to_string().into());
    let now = &both.now.coverage;
    let then = both.then.map(|then| then.coverage).filter(|then| then.inside.is_some());
    let source = both.now.source.map_or(TableCell::Empty, |source| source.words().into());
    let mut cells = vec![
        number(now.inside),
        number(Some(now.expected)),
        number(Some(now.neutral)),
        now.as_of.into(),
        source,
        number(then.and_then(|then| then.inside)),
    ];
    if with_expected {
        cells.push(number(then.map(|then| then.expected)));
    }
    cells
}
