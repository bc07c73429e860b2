//! What somebody types into a section, beside what stands in the file.

use jiff::civil::Date;

use crate::names::{DateProblem, parse_date};

/// Fields of a section while they are edited.
#[derive(Default)]
pub struct Draft<T> {
    /// As the file has them.
    base: Option<T>,
    /// As they stand in the fields.
    pub edited: T,
}

impl<T: Clone + PartialEq> Draft<T> {
    /// Takes what stands in the file now; what somebody is editing stays.
    pub fn follow(&mut self, current: impl FnOnce() -> T) {
        let current = current();
        if self.base.as_ref() == Some(&current) {
            return;
        }
        if !self.is_changed() {
            self.edited = current.clone();
        }
        self.base = Some(current);
    }

    /// Whether somebody typed something else than the file has.
    pub fn is_changed(&self) -> bool {
        self.base.as_ref().is_some_and(|base| *base != self.edited)
    }

    /// Forgets what was typed.
    pub fn put_back(&mut self) {
        if let Some(base) = &self.base {
            self.edited = base.clone();
        }
    }
}

/// A date as it stands in a field.
pub fn date_text(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()))
}

/// Reads a date field that may stay empty.
///
/// # Errors
/// What is wrong with it, in words for the line beneath the field.
pub fn read_date(text: &str, today: Date) -> Result<Option<Date>, &'static str> {
    match parse_date(text, today) {
        Ok(date) => Ok(Some(date)),
        Err(DateProblem::Empty) => Ok(None),
        Err(DateProblem::NoSuchDay) => Err("Такого дня нет"),
        Err(DateProblem::FarYear) => Err("Проверьте год"),
        Err(DateProblem::NotADate) => Err("Напишите дату так: 28.08.2026"),
    }
}

/// Reads a number of days or weeks.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read_number(text: &str, most: u16) -> Result<u16, &'static str> {
    match text.trim().parse::<u16>() {
        Ok(number) if (1..=most).contains(&number) => Ok(number),
        _ if most == 52 => Err("От 1 до 52"),
        _ => Err("От 1 до 365"),
    }
}

/// One space between words and none around them.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_draft_follows_the_file_until_it_is_edited() {
        let mut draft = Draft::<String>::default();
        draft.follow(|| "один".into());
        assert!(!draft.is_changed());
        draft.follow(|| "два".into());
        assert_eq!((draft.edited.as_str(), draft.is_changed()), ("два", false));
        draft.edited = "три".into();
        draft.follow(|| "четыре".into());
        assert_eq!((draft.edited.as_str(), draft.is_changed()), ("три", true), "typing is not lost");
        draft.follow(|| "три".into());
        assert!(!draft.is_changed(), "it was saved");
        draft.edited = "пять".into();
        draft.put_back();
        assert_eq!(draft.edited, "три");
    }

    #[test]
    fn numbers_and_dates_are_read_or_refused_in_words() {
        let today = date(2026, 10, 12);
        assert_eq!(read_date("", today), Ok(None));
        assert_eq!(read_date("28.08.2026", today), Ok(Some(date(2026, 8, 28))));
        assert_eq!(read_date("31.02.2026", today), Err("Такого дня нет"));
        assert!(read_date("когда-то", today).is_err());
        assert_eq!(date_text(Some(date(2026, 8, 5))), "05.08.2026");
        for (text, expected) in [("14", Ok(14)), (" 7 ", Ok(7)), ("365", Ok(365))] {
            assert_eq!(read_number(text, 365), expected);
        }
        for text in ["0", "366", "", "две", "-1"] {
            assert_eq!(read_number(text, 365), Err("От 1 до 365"), "{text}");
        }
    }
}
