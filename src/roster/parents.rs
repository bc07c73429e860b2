//! The parents named in a pupil's row: split or joined names, phones beside them or in the same cell.

use super::aliases::Field;
use super::cells::{Cell, read_phone};
use super::delimited::SheetRow;
use super::header::{Header, MappedColumn};
use super::mapped::RosterParent;
use super::name_order::{NameOrder, parse_in_order};
use super::parent_headers::{parent_header, parent_number};
use super::problem::{Issue, IssueCode, Severity};
use super::row_columns::{NameColumn, cell_of, text_of};
use super::sheet_rows::RowsBelow;
use crate::names::{FullName, NameProblem, clean};

/// More people than this are not read from one cell.
const MOST_PARENTS: u8 = 9;

/// The columns about parents.
pub(super) struct ParentColumns<'h> {
    parents: Vec<OneParent<'h>>,
}

struct OneParent<'h> {
    number: u8,
    basis: &'static str,
    name: Option<NameColumn<'h>>,
    surname: Option<&'h MappedColumn>,
    given: Option<&'h MappedColumn>,
    patronymic: Option<&'h MappedColumn>,
    phone: Option<&'h MappedColumn>,
}

impl<'h> ParentColumns<'h> {
    /// Looks the columns up.
    pub fn of(header: &'h Header, rows: RowsBelow<'_>) -> Self {
        let mut parents: Vec<OneParent<'h>> = Vec::new();
        for column in &header.columns.columns {
            let Some(number) = parent_number(column.field) else { continue };
            let index = parents.iter().position(|parent| parent.number == number).unwrap_or_else(|| {
                parents.push(OneParent {
                    number,
                    basis: "",
                    name: None,
                    surname: None,
                    given: None,
                    patronymic: None,
                    phone: None,
                });
                parents.len() - 1
            });
            let parent = &mut parents[index];
            if parent.basis.is_empty() {
                parent.basis = parent_header(&column.header).map_or("", |header| header.basis());
            }
            match column.field {
                Field::ParentName(_) => parent.name = Some(NameColumn::of(column, rows)),
                Field::ParentSurname(_) => parent.surname = Some(column),
                Field::ParentGiven(_) => parent.given = Some(column),
                Field::ParentPatronymic(_) => parent.patronymic = Some(column),
                _ => parent.phone = Some(column),
            }
        }
        Self { parents }
    }

    /// The parents of a row. What says that there is none («нет», «умер») is silently nothing.
    pub fn read(&self, row: SheetRow<'_>, issues: &mut Vec<Issue>) -> Vec<RosterParent> {
        let mut read: Vec<RosterParent> = Vec::new();
        let mut further: Vec<(&OneParent<'_>, Written)> = Vec::new();
        for parent in &self.parents {
            let mut written = parent.written(row).into_iter();
            let first = written.next().unwrap_or_default();
            further.extend(written.map(|more| (parent, more)));
            let phone =
                parent.phone.map(|column| cell_of(row, column)).filter(|cell| !says_no_parent(cell.text));
            let phone = phone.or_else(|| parent.inline_phone(row, &first));
            let phone = phone.and_then(|cell| read_phone(cell, issues));
            read.extend(parent.person(row, parent.number, &first, phone, issues));
        }
        // Several people in one cell get the numbers that no column has.
        for (parent, written) in further {
            let used = |number: &u8| {
                self.parents.iter().any(|parent| parent.number == *number)
                    || read.iter().any(|parent| parent.number == *number)
            };
            let Some(number) = (1..=MOST_PARENTS).find(|number| !used(number)) else { break };
            let phone = parent.inline_phone(row, &written).and_then(|cell| read_phone(cell, issues));
            read.extend(parent.person(row, number, &written, phone, issues));
        }
        read
    }
}

impl OneParent<'_> {
    fn written(&self, row: SheetRow<'_>) -> Vec<Written> {
        if let Some(name) = self.name {
            return people_in_cell(row.cell(name.column.index));
        }
        let parts = [self.surname, self.given, self.patronymic]
            .map(|column| text_of(row, column).unwrap_or_default());
        if parts.iter().all(|part| says_no_parent(part)) {
            return Vec::new();
        }
        let parts = parts.map(|part| if says_no_parent(part) { "" } else { part });
        vec![Written { name: clean(&parts.join(" ")), ..Written::default() }]
    }

    /// The column to name when the parent's name is at fault.
    fn name_column(&self) -> Option<&MappedColumn> {
        self.name.map(|name| name.column).or(self.surname).or(self.given).or(self.patronymic)
    }

    fn inline_phone<'c>(&'c self, row: SheetRow<'_>, written: &'c Written) -> Option<Cell<'c>> {
        let column = self.name.map(|name| name.column).filter(|_| !written.phone.is_empty())?;
        Some(Cell { row: row.number(), header: &column.header, text: &written.phone })
    }

    fn person(
        &self,
        row: SheetRow<'_>,
        number: u8,
        written: &Written,
        phone: Option<crate::names::Phone>,
        issues: &mut Vec<Issue>,
    ) -> Option<RosterParent> {
        if written.name.is_empty() && phone.is_none() {
            return None;
        }
        let basis = if written.basis.is_empty() { self.basis } else { written.basis };
        let name = written.name.clone();
        let full_name = match self.full_name(row, &name) {
            Ok(full_name) => Some(full_name),
            Err(NameProblem::Empty) => None,
            Err(problem) => {
                issues
                    .extend(self.name_column().map(|column| short_name_issue(cell_of(row, column), problem)));
                None
            }
        };
        Some(RosterParent { number, basis, name, full_name, phone })
    }

    fn full_name(&self, row: SheetRow<'_>, name: &str) -> Result<FullName, NameProblem> {
        match (self.name, self.surname, self.given) {
            (None, Some(surname), Some(given)) => {
                let patronymic = text_of(row, self.patronymic).filter(|text| !says_no_parent(text));
                let given = row.cell(given.index);
                if patronymic.is_none() && given.split_whitespace().count() > 1 {
                    return FullName::parse(name);
                }
                FullName::from_parts(row.cell(surname.index), given, patronymic.unwrap_or_default())
            }
            (joined, ..) => {
                parse_in_order(name, joined.map_or(NameOrder::SurnameFirst, |joined| joined.order))
            }
        }
    }
}

fn short_name_issue(cell: Cell<'_>, problem: NameProblem) -> Issue {
    let place = cell.place();
    let message = match problem {
        NameProblem::OneWord | NameProblem::Empty => {
            format!(
                "{place}: у родителя только одно слово вместо ФИО, он не взят. Впишите фамилию и имя полностью."
            )
        }
        NameProblem::Digits | NameProblem::TooLong => {
            format!("{place}: имя родителя не читается, он не взят. Оставьте фамилию, имя и отчество.")
        }
    };
    cell.issue(Severity::Warning, IssueCode::ParentNameShort, message)
}

/// A person as a cell writes them. No `Debug`: it is personal data.
#[derive(Default, PartialEq, Eq)]
struct Written {
    name: String,
    phone: String,
    basis: &'static str,
}

/// Words by which a cell says that there is no such parent.
const NOBODY: [&str; 16] = [
    "нет",
    "умер",
    "умерла",
    "погиб",
    "погибла",
    "скончался",
    "скончалась",
    "отсутствует",
    "неизвестен",
    "неизвестна",
    "лишен",
    "лишена",
    "прочерк",
    "неполная",
    "не",
    "б/о",
];

/// Whether the cell says that there is no such parent: blank, a dash, «нет», «умер(ла)», «не указан».
pub(super) fn says_no_parent(text: &str) -> bool {
    if !text.chars().any(char::is_alphanumeric) {
        return true;
    }
    let lower = text.trim().to_lowercase().replace('ё', "е");
    let first = lower.split([' ', '(', ',', '.', '\u{A0}', '\n']).next().unwrap_or_default();
    NOBODY.contains(&first) || lower == "х"
}

/// The people of one cell: «Иванова Мария Петровна, 8 917 …; Иванов Пётр Ильич (отец)».
fn people_in_cell(cell: &str) -> Vec<Written> {
    let mut people: Vec<Written> = Vec::new();
    for line in cell.split(['\n', '\r', ';']).filter(|line| !says_no_parent(line)) {
        let mut rest = line;
        // Each turn takes a phone off, so it ends.
        loop {
            let (person, tail) = first_person(rest);
            join_person(&mut people, person);
            match tail.filter(|tail| begins_a_person(tail)) {
                Some(tail) => rest = tail,
                None => break,
            }
        }
    }
    people
}

/// The person at the beginning of a line, and what follows their phone.
fn first_person(line: &str) -> (Written, Option<&str>) {
    let is_start = |letter: char| letter.is_ascii_digit() || letter == '+';
    let Some(start) = line.find(is_start) else {
        return (named(line), None);
    };
    let tail_at = line[start..].find(char::is_alphabetic).map(|at| start + at);
    let phone = line[start..tail_at.unwrap_or(line.len())].trim_matches([' ', ',', '(', ';', '\u{A0}']);
    let mut person = named(&line[..start]);
    // A year of birth is no phone and not needed.
    if phone.chars().filter(char::is_ascii_digit).count() > 4 && !is_date(phone) {
        person.phone = phone.to_owned();
    }
    let tail = tail_at.map(|at| &line[at..]);
    if person.basis.is_empty() {
        person.basis = tail.filter(|tail| !begins_a_person(tail)).map_or("", |tail| named(tail).basis);
    }
    (person, tail)
}

/// `12.03.1985`: not a phone.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_matches([' ', '.', ',']).split('.').map(str::trim).collect();
    matches!(parts.as_slice(), [day, month, year] if day.len() <= 2 && month.len() <= 2 && matches!(year.len(), 2 | 4))
}

fn begins_a_person(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && named(text).name.split(' ').count() >= 2
}

/// The name in a text without a phone: words for the kinship become the basis, words for the phone go.
fn named(text: &str) -> Written {
    let mut basis = "";
    let mut kept: Vec<&str> = Vec::new();
    for word in text.split([' ', ',', '(', ')', ':', '\u{A0}', '\t']).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        match lower.trim_matches(['.', '-', '–', '—']) {
            "" => {}
            "мать" | "мама" => basis = "мать",
            "отец" | "папа" => basis = "отец",
            "опекун" => basis = "опекун",
            "бабушка" => basis = "бабушка",
            "дедушка" => basis = "дедушка",
            "тел" | "телефон" | "т" | "моб" | "мобильный" | "сот" if word.starts_with(char::is_lowercase) =>
                {}
            _ => kept.push(word),
        }
    }
    Written { name: clean(&kept.join(" ")), phone: String::new(), basis }
}

/// Adds a person, unless it is the rest of the one before: a phone on its own line, a name broken into two lines.
fn join_person(people: &mut Vec<Written>, person: Written) {
    if person == Written::default() {
        return;
    }
    let words = |name: &str| name.split(' ').filter(|word| !word.is_empty()).count();
    match people.last_mut() {
        Some(before) if person.name.is_empty() && before.phone.is_empty() => {
            before.phone = person.phone;
            if before.basis.is_empty() {
                before.basis = person.basis;
            }
        }
        // Two phones of one person: together they are refused as two numbers.
        Some(before) if person.name.is_empty() && !person.phone.is_empty() => {
            before.phone = format!("{}, {}", before.phone, person.phone);
        }
        Some(before) if before.phone.is_empty() && (words(&before.name) < 2 || words(&person.name) < 2) => {
            before.name = clean(&format!("{} {}", before.name, person.name));
            before.phone = person.phone;
            if before.basis.is_empty() {
                before.basis = person.basis;
            }
        }
        _ => people.push(person),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_of_a_cell() {
        type Person<'t> = (&'t str, &'t str, &'t str);
        let cases: [(&str, &[Person<'_>]); 15] = [
            ("Гусева Мария Петровна", &[("Гусева Мария Петровна", "", "")]),
            ("Гусева Мария Петровна, 8 917 000-00-01", &[("Гусева Мария Петровна", "8 917 000-00-01", "")]),
            ("Гусева Мария Петровна тел. +79170000001", &[("Гусева Мария Петровна", "+79170000001", "")]),
            (
                "Гусева Мария Петровна\n(мама) 89170000001",
                &[("Гусева Мария Петровна", "89170000001", "мать")],
            ),
            ("мать: Гусева М. П.", &[("Гусева М. П.", "", "мать")]),
            ("89170000001 (мама)", &[("", "89170000001", "мать")]),
            ("Гусева Мария, 89170000001, 89170000002", &[("Гусева Мария", "89170000001, 89170000002", "")]),
            (
                "Гусева Мария Петровна 89170000001, Гусев Пётр Ильич 89170000002",
                &[("Гусева Мария Петровна", "89170000001", ""), ("Гусев Пётр Ильич", "89170000002", "")],
            ),
            (
                "Гусева Мария Петровна\nГусев Пётр Ильич",
                &[("Гусева Мария Петровна", "", ""), ("Гусев Пётр Ильич", "", "")],
            ),
            ("Гусева\nМария Петровна", &[("Гусева Мария Петровна", "", "")]),
            ("Гусева Мария 1985 г.р.", &[("Гусева Мария", "", "")]),
            ("Мама", &[("", "", "мать")]),
            ("нет", &[]),
            ("умер(ла)", &[]),
            ("---", &[]),
        ];
        for (cell, expected) in cases {
            let read = people_in_cell(cell);
            let read: Vec<_> =
                read.iter().map(|one| (one.name.as_str(), one.phone.as_str(), one.basis)).collect();
            assert_eq!(read, expected, "{cell}");
        }
    }

    #[test]
    fn nobody_is_told_from_surnames() {
        for text in ["нет", "Нет отца", "умер(ла)", "умер", "не указан", "-", "", "…", "Лишена прав"]
        {
            assert!(says_no_parent(text), "{text}");
        }
        for text in ["Нетребин Пётр", "Умеров Али", "Погибко Ия"] {
            assert!(!says_no_parent(text), "{text}");
        }
    }
}
