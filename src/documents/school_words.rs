//! Words that the papers of the school share: its own clauses, the acts of law they rest on, the line that marks a
//! draft, coverage with its source and age.

use jiff::civil::Date;

use super::composed::{BarRow, Block, LineAlignment, Signature};
use super::link_words::{BLANK, day_of_document, head_post, own_clause, short_name};
use crate::register::{OrderReference, Organization, OrganizationKind};
use crate::regulation::{Coverage, CoverageOnDay, Duty, KnownBy};
use crate::wording::date_short;

/// The acts that the papers name, each with its day. The regulation that many schools copied dates № 1880-р 2024; the
/// act itself is of 2025.
pub(super) const ACTS: [&str; 8] = [
    "Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»",
    "Федеральный закон от 27.07.2006 № 149-ФЗ «Об информации, информационных технологиях и о защите информации»",
    "Федеральный закон от 27.07.2006 № 152-ФЗ «О персональных данных»",
    "Федеральный закон от 24.06.2025 № 156-ФЗ о создании многофункционального сервиса обмена информацией",
    "распоряжение Правительства Российской Федерации от 12.07.2025 № 1880-р",
    "постановление Правительства Российской Федерации от 11.10.2023 № 1678 (пункт 20 правил)",
    "постановление Правительства Российской Федерации от 13.07.2022 № 1241",
    "письмо Минцифры России от 27.08.2025 № ММ-П10-82860 (использование MAX добровольно)",
];

/// The line at the head of every draft.
pub(super) fn draft_mark() -> Block {
    Block::SmallPrint(
        "Проект: заполните пропуски, сверьте с документами вашей организации, эту строку удалите.".to_owned(),
    )
}

/// The name of the organization, in the middle.
pub(super) fn name_of_organization(organization: &Organization) -> Block {
    let name = if organization.name.is_empty() { BLANK } else { organization.name.as_str() };
    Block::Paragraph(name.to_owned(), LineAlignment::Center)
}

/// A paragraph at the left.
pub(super) fn text(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into(), LineAlignment::Left)
}

/// A text, or the blank to write it in.
pub(super) fn or_blank(text: &str) -> &str {
    if text.trim().is_empty() { BLANK } else { text }
}

/// «п. 3.2, 3.7» of the school's own regulation for these duties; none where the card maps none of them.
pub(super) fn own_clauses(organization: &Organization, duties: &[Duty]) -> Option<String> {
    let mut clauses: Vec<&str> = Vec::new();
    for clause in duties.iter().filter_map(|duty| own_clause(organization, *duty)) {
        let bare = clause.trim_start_matches("п.").trim_start_matches("пункт").trim();
        if !clauses.contains(&bare) {
            clauses.push(bare);
        }
    }
    (!clauses.is_empty()).then(|| format!("п. {}", clauses.join(", ")))
}

/// « (п. 3.7 положения)» for one duty, or nothing.
pub(super) fn clause_in_brackets(organization: &Organization, duty: Duty) -> String {
    own_clauses(organization, &[duty]).map_or_else(String::new, |clause| format!(" ({clause} положения)"))
}

/// «приказом от … № …», or nothing where the card does not say.
pub(super) fn known_order(order: &OrderReference) -> Option<String> {
    match (order.number.is_empty(), order.date) {
        (true, None) => None,
        (false, Some(day)) => Some(format!("от {} № {}", day_of_document(day), order.number)),
        (false, None) => Some(format!("№ {}", order.number)),
        (true, Some(day)) => Some(format!("от {}", day_of_document(day))),
    }
}

/// The line that the head signs.
pub(super) fn head_signature(organization: &Organization) -> Signature {
    Signature { post: head_post(organization.kind).to_owned(), name: short_name(&organization.head) }
}

/// The line that the administrator signs.
pub(super) fn administrator_signature(organization: &Organization) -> Signature {
    Signature {
        post: "Администратор".to_owned(), name: short_name(&organization.administrator.name)
    }
}

/// «класса» or «группы», by the kind of the organization.
pub(super) fn group_genitive_plural(kind: OrganizationKind) -> &'static str {
    match kind {
        OrganizationKind::School => "классов",
        OrganizationKind::College | OrganizationKind::Kindergarten => "групп",
    }
}

/// «25 из 27»; «нет сведений» where nobody looked.
pub(super) fn coverage_words(coverage: &Coverage) -> String {
    match coverage.inside {
        Some(inside) if coverage.expected > 0 => format!("{inside} из {}", coverage.expected),
        Some(inside) => inside.to_string(),
        None => "нет сведений".to_owned(),
    }
}

/// «3 окт 2026, сверка списка участников»; empty where nothing is known.
pub(super) fn source_words(known: &CoverageOnDay) -> String {
    let day = known.coverage.as_of.map(date_short);
    let source = known.source.map(KnownBy::words).map(str::to_owned);
    day.into_iter().chain(source).collect::<Vec<_>>().join(", ")
}

/// The numbers of a bar: only where something is known and «из» too.
pub(super) fn bar_numbers(coverage: &Coverage) -> Option<(u32, u32)> {
    coverage.inside.filter(|_| coverage.expected > 0).map(|inside| (inside, coverage.expected))
}

/// A bar of one place then and now.
pub(super) fn bar_of(label: &str, now: &Coverage, then: Option<&Coverage>) -> BarRow {
    let then_numbers = then.and_then(bar_numbers);
    let mut words = coverage_words(now);
    if let Some((inside, expected)) = then_numbers {
        words.push_str(&format!("\nбыло {inside} из {expected}"));
    }
    BarRow { label: label.to_owned(), now: bar_numbers(now), then: then_numbers, words }
}

/// «на 12 октября 2026 г.».
pub(super) fn on_day(day: Date) -> String {
    format!("на {}", day_of_document(day))
}
