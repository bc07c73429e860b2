//! What was given on the command line, read in the forms that commands need.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::PathBuf;

use jiff::civil::Date;

use super::failure::Failure;
use crate::names::{Role, parse_date};
use crate::session::Clock;

/// What was given, checked against its command.
pub(super) struct Given {
    pub(super) values: BTreeMap<&'static str, Vec<OsString>>,
    pub(super) flags: BTreeSet<&'static str>,
    /// Words besides those of the command.
    pub(super) places: Vec<OsString>,
}

impl Given {
    /// Whether an option without a value was given.
    pub(super) fn has(&self, flag: &str) -> bool {
        self.flags.contains(flag)
    }

    /// A word besides those of the command, as a path.
    pub(super) fn path(&self, place: usize) -> PathBuf {
        self.places.get(place).map(PathBuf::from).unwrap_or_default()
    }

    /// A word besides those of the command, as text.
    pub(super) fn place(&self, place: usize) -> Option<&str> {
        self.places.get(place).map(|word| word.to_str().unwrap_or("?"))
    }

    /// The text of an option.
    ///
    /// # Errors
    /// When it is no text.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Failure> {
        match self.values.get(name).and_then(|values| values.last()) {
            None => Ok(None),
            Some(value) => value
                .to_str()
                .map(Some)
                .ok_or_else(|| Failure::usage(format!("Значение --{name} не читается как текст."))),
        }
    }

    /// A path of an option that must be given; paths need not be texts.
    ///
    /// # Errors
    /// When it is missing.
    pub(super) fn path_of(&self, name: &str) -> Result<PathBuf, Failure> {
        let value = self.values.get(name).and_then(|values| values.last());
        value.map(PathBuf::from).ok_or_else(|| Failure::usage(format!("Нужен ключ --{name}.")))
    }

    /// The texts of an option that may be repeated, in their order.
    ///
    /// # Errors
    /// When one is no text.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<&str>, Failure> {
        let values = self.values.get(name).map(Vec::as_slice).unwrap_or_default();
        let wrong = || Failure::usage(format!("Значение --{name} не читается как текст."));
        values.iter().map(|value| value.to_str().ok_or_else(wrong)).collect()
    }

    /// The text of an option that must be given.
    ///
    /// # Errors
    /// When it is missing.
    pub(super) fn required(&self, name: &str) -> Result<&str, Failure> {
        self.text(name)?.ok_or_else(|| Failure::usage(format!("Нужен ключ --{name}.")))
    }

    /// A number of an option.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn number(&self, name: &str) -> Result<Option<u32>, Failure> {
        let wrong = || Failure::usage(format!("После --{name} нужно число."));
        self.text(name)?.map(|text| text.trim().parse().map_err(|_| wrong())).transpose()
    }

    /// Numbers of an option that may be repeated or hold several («3,5»).
    ///
    /// # Errors
    /// When one is none.
    pub(super) fn numbers(&self, name: &str) -> Result<Option<Vec<u32>>, Failure> {
        let Some(values) = self.values.get(name) else { return Ok(None) };
        let wrong = || Failure::usage(format!("После --{name} нужно число."));
        let mut numbers = Vec::new();
        for value in values {
            for part in value.to_str().ok_or_else(wrong)?.split(',') {
                numbers.push(part.trim().parse().map_err(|_| wrong())?);
            }
        }
        Ok(Some(numbers))
    }

    /// A date of an option, in any of the forms that people type.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn date(&self, name: &str, today: Date) -> Result<Option<Date>, Failure> {
        let wrong = || Failure::usage(format!("--{name}: такой даты нет. Пишите 2026-10-12 или 12.10.2026."));
        self.text(name)?.map(|text| parse_date(text, today).map_err(|_| wrong())).transpose()
    }

    /// A date that must be given.
    ///
    /// # Errors
    /// When it is missing or none.
    pub(super) fn required_date(&self, name: &str, today: Date) -> Result<Date, Failure> {
        self.required(name)?;
        self.date(name, today)?.ok_or_else(|| Failure::usage(format!("Нужен ключ --{name}.")))
    }

    /// `--role`.
    ///
    /// # Errors
    /// When it is none of the four.
    pub(super) fn role(&self) -> Result<Option<Role>, Failure> {
        let wrong = || Failure::usage("--role: одно из student, parent, teacher, employee.");
        self.text("role")?.map(|text| Role::from_code(text).ok_or_else(wrong)).transpose()
    }

    /// `--role` where it must be given.
    ///
    /// # Errors
    /// When it is missing or none of the four.
    pub(super) fn required_role(&self) -> Result<Role, Failure> {
        self.required("role")?;
        self.role()?.ok_or_else(|| Failure::usage("Нужен ключ --role."))
    }

    /// The clock, judging by `--today` where that is given.
    ///
    /// # Errors
    /// When `--today` is no date.
    pub(super) fn clock(&self) -> Result<Clock, Failure> {
        let clock = Clock::system();
        let day = self.date("today", clock.wall_day())?;
        Ok(clock.judging(day))
    }
}
