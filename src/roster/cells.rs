//! Single cells → values, or the issue that says why not and what to do.

use jiff::civil::Date;

use super::problem::{Issue, IssueCode, Severity};
use crate::names::{NameProblem, Phone, PhoneProblem, clean, parse_birth_date, parse_phone};

/// A cell with what is needed to complain about it.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    /// Row as Excel counts.
    pub row: u32,
    /// Header of the column.
    pub header: &'a str,
    /// The text as written.
    pub text: &'a str,
}

impl Cell<'_> {
    /// An issue of this cell.
    pub fn issue(&self, severity: Severity, code: IssueCode, message: String) -> Issue {
        Issue { row: self.row, column: Some(self.header.to_owned()), severity, code, message }
    }

    /// «Строка 14, столбец «Телефон»».
    pub fn place(&self) -> String {
        format!("Строка {}, столбец «{}»", self.row, self.header)
    }
}

/// Whether a cell says "nothing": blank, a dash, «нет».
pub(super) fn says_nothing(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "" | "-" | "–" | "—" | "нет" | "Нет" | "НЕТ")
}

/// The issue of a name that cannot be read.
pub(super) fn name_issue(cell: Cell<'_>, problem: NameProblem) -> Issue {
    let place = cell.place();
    let (code, message) = match problem {
        NameProblem::Empty => {
            (IssueCode::NoName, format!("{place}: нет фамилии и имени. Впишите их или удалите строку."))
        }
        NameProblem::OneWord => {
            (IssueCode::BadName, format!("{place}: нет фамилии или имени. Впишите фамилию и имя полностью."))
        }
        NameProblem::Digits => (
            IssueCode::BadName,
            format!("{place}: в имени есть цифры. Проверьте, не сдвинуты ли ячейки этой строки."),
        ),
        NameProblem::TooLong => (
            IssueCode::BadName,
            format!("{place}: имя длиннее 100 знаков. Оставьте в ячейке одного человека."),
        ),
    };
    cell.issue(Severity::Error, code, message)
}

/// Reads a phone; a bad one is not taken and warned of.
pub(super) fn read_phone(cell: Cell<'_>, issues: &mut Vec<Issue>) -> Option<Phone> {
    if says_nothing(cell.text) {
        return None;
    }
    let problem = match parse_phone(cell.text) {
        Ok(phone) => return Some(phone),
        Err(PhoneProblem::Empty) => return None,
        Err(problem) => problem,
    };
    let place = cell.place();
    let (code, message) = match problem {
        PhoneProblem::TwoNumbers => {
            (IssueCode::TwoPhones, format!("{place}: два номера, не взят ни один. Оставьте один номер."))
        }
        PhoneProblem::Scientific => (
            IssueCode::BadPhone,
            format!(
                "{place}: Excel записал номер как число вида 7,9E+10, цифры потеряны. Задайте столбцу формат «Текстовый» и впишите номер снова."
            ),
        ),
        PhoneProblem::TooShort => (
            IssueCode::BadPhone,
            format!("{place}: в номере мало цифр, он не взят. Впишите номер с кодом: +7 и 10 цифр."),
        ),
        PhoneProblem::Empty | PhoneProblem::NotAPhone => (
            IssueCode::BadPhone,
            format!("{place}: это не похоже на номер телефона, он не взят. Впишите +7 и 10 цифр."),
        ),
    };
    issues.push(cell.issue(Severity::Warning, code, message));
    None
}

/// Reads a date of birth; a bad one is not taken and warned of.
pub(super) fn read_birth_date(cell: Cell<'_>, issues: &mut Vec<Issue>) -> Option<Date> {
    if says_nothing(cell.text) {
        return None;
    }
    match parse_birth_date(cell.text) {
        Ok(date) => Some(date),
        Err(_) => {
            let message =
                format!("{}: дата не читается и не взята. Впишите её как 31.12.2011.", cell.place());
            issues.push(cell.issue(Severity::Warning, IssueCode::BadBirthDate, message));
            None
        }
    }
}

/// Whether the row is a total («Итого: 27», «Всего учеников 612») rather than a person.
pub(super) fn is_total(text: &str) -> bool {
    // Asked of every row: most names are dismissed by their first letter.
    if !text.trim_start().starts_with(['и', 'И', 'в', 'В', '"', '«']) {
        return false;
    }
    let lower = clean(text).to_lowercase();
    let bare = lower.trim_start_matches(['"', '«']);
    let first = bare.split(|character: char| !character.is_alphabetic()).next().unwrap_or_default();
    matches!(first, "итого" | "всего" | "итог")
}
