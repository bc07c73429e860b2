//! The name of the person of a row: joined or split columns, in the order of words that the column shows.

use super::cells::{Cell, name_issue, says_nothing};
use super::delimited::SheetRow;
use super::name_order::{NameOrder, ends_as_patronymic, parse_in_order};
use super::problem::{Issue, IssueCode, Severity};
use super::row_columns::{Columns, NameColumn, text_of};
use crate::names::{FullName, NameProblem, clean};

/// Reads the name; one that cannot be read is complained of, and the row is not taken.
pub(super) fn read_person_name(
    columns: &Columns<'_>,
    row: SheetRow<'_>,
    issues: &mut Vec<Issue>,
) -> Option<FullName> {
    // A joined column beside a split one is usually a short form: the split one is exact.
    let split_is_whole = columns.surname.is_some() && columns.given.is_some();
    let joined = columns.full_name.filter(|_| !split_is_whole);
    let joined = joined.or(columns.surname.filter(|_| columns.given.is_none()));
    let column = joined.or(columns.surname).map(|name| name.column);
    let cell = Cell {
        row: row.number(),
        header: column.map_or("ФИО", |column| column.header.as_str()),
        text: column.map_or("", |column| row.cell(column.index)),
    };
    let name = match joined {
        Some(joined) => parse_in_order(cell.text, joined.order),
        None => read_split(cell.text, columns, row),
    };
    match name {
        Ok(name) => {
            issues.extend(joined.and_then(|joined| other_order_issue(joined, cell)));
            Some(name)
        }
        Err(problem) => {
            issues.push(name_issue(cell, problem));
            None
        }
    }
}

/// Split columns, where the given name may hold the patronymic too.
fn read_split(surname: &str, columns: &Columns<'_>, row: SheetRow<'_>) -> Result<FullName, NameProblem> {
    let given = text_of(row, columns.given).unwrap_or_default();
    let patronymic = text_of(row, columns.patronymic);
    if patronymic.is_none() && given.split_whitespace().count() > 1 {
        return FullName::parse(&format!("{surname} {given}"));
    }
    let patronymic = patronymic.filter(|text| !says_nothing(text)).unwrap_or_default();
    FullName::from_parts(surname, given, patronymic)
}

/// «Пётр Ильич Гусев» in a column of surnames first is read as what it says, and pointed at.
fn other_order_issue(column: NameColumn<'_>, cell: Cell<'_>) -> Option<Issue> {
    let mut words = cell.text.split_whitespace().skip(1);
    let (second, third) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let seems_other = match column.order {
        NameOrder::SurnameFirst => ends_as_patronymic(second) && !ends_as_patronymic(third),
        NameOrder::GivenFirst => !ends_as_patronymic(second) && ends_as_patronymic(third),
    };
    let small = third.starts_with(char::is_lowercase) && !cell.text.starts_with(char::is_lowercase);
    (seems_other && !small).then(|| {
        let message = format!(
            "{}: слова стоят не в том порядке, что в других строках столбца. Имя прочитано по отчеству. Проверьте его.",
            cell.place()
        );
        cell.issue(Severity::Warning, IssueCode::NameOrder, message)
    })
}

/// Reads the child of a parent's row; one that cannot be read is warned of.
pub(super) fn read_child(
    column: NameColumn<'_>,
    row: SheetRow<'_>,
    issues: &mut Vec<Issue>,
) -> Option<FullName> {
    let text = row.cell(column.column.index);
    if says_nothing(text) {
        return None;
    }
    let cell = Cell { row: row.number(), header: &column.column.header, text };
    let several = text.split([',', ';', '\n']).filter(|piece| clean(piece).contains(' ')).count() > 1;
    let reason = match parse_in_order(text, column.order) {
        Ok(name) if !several => return Some(name),
        Ok(_) => "указано несколько детей. Связь с ними не взята. Впишите каждого ребёнка отдельной строкой.",
        Err(NameProblem::OneWord) => {
            "у ребёнка только одно слово вместо ФИО. Связь с ним не взята. Впишите фамилию и имя полностью."
        }
        Err(_) => "имя ребёнка не читается. Связь с ним не взята. Впишите фамилию и имя.",
    };
    let message = format!("{}: {reason}", cell.place());
    issues.push(cell.issue(Severity::Warning, IssueCode::BadChild, message));
    None
}

/// Whether the name is written in capitals alone: «ГУСЕВ ПЁТР».
pub(super) fn is_in_capitals(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() > 3 && !text.chars().any(char::is_lowercase)
}
