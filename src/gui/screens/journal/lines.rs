//! One line of the journal in words, made once when its page is loaded.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::names::{FullName, fold};
use crate::session::entry_sentence;
use crate::store::EntryRow;
use crate::wording::{date_short, date_short_without_year};

/// An entry with its words.
pub(super) struct Line {
    pub(super) entry: EntryRow,
    /// «12 окт, 14:02».
    pub(super) when: String,
    /// The same with the year.
    pub(super) when_full: String,
    pub(super) what: String,
    /// «Ковалёва Н. И.», or the actor as written.
    pub(super) who: String,
    /// Parts that were taken back one by one.
    pub(super) parts_taken_back: BTreeSet<u32>,
    search_key: String,
}

impl Line {
    pub(super) fn new(entry: EntryRow, zone: &TimeZone) -> Self {
        let time = entry.at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
        let what = entry_sentence(&entry);
        let search_key = format!("{} {}", fold(&entry.actor), fold(&what));
        Self {
            when: format!("{}, {time}", date_short_without_year(entry.day)),
            when_full: format!("{}, {time}", date_short(entry.day)),
            what,
            who: FullName::parse(&entry.actor).map_or_else(|_| entry.actor.clone(), |name| name.short()),
            parts_taken_back: BTreeSet::new(),
            search_key,
            entry,
        }
    }

    /// Whether every word of the search stands in who or what.
    pub(super) fn matches(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.search_key.contains(word.as_str()))
    }

    /// What became of the entry later; empty when it stands.
    pub(super) fn state_words(&self) -> String {
        match self.entry.undone_by {
            Some(_) => "отменена".into(),
            None if !self.parts_taken_back.is_empty() => {
                format!("отменено частей: {}", self.parts_taken_back.len())
            }
            None => String::new(),
        }
    }

    /// Whether it can be taken back; else why not.
    pub(super) fn why_not_undone(&self) -> Option<&'static str> {
        match self.entry.code.as_str() {
            _ if self.entry.undone_by.is_some() => Some("Эта запись уже отменена"),
            "found" | "create_file" => Some("С этой записи начинается файл"),
            _ if self.entry.change_count == 0 => Some("Эта запись ничего не меняла"),
            _ => None,
        }
    }
}

/// Marks the parts that standing undos took back singly.
pub(super) fn mark_taken_back_parts(lines: &mut [Line]) {
    let mut taken: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.entry.undone_by.is_none()) {
        let (Some(entry), Ok(details)) =
            (line.entry.undoes, serde_json::from_str::<serde_json::Value>(&line.entry.details))
        else {
            continue;
        };
        let parts = details["parts"].as_array().into_iter().flatten();
        let parts = parts.filter_map(|part| u32::try_from(part.as_u64()?).ok());
        taken.entry(entry).or_default().extend(parts);
    }
    for line in lines {
        line.parts_taken_back = taken.remove(&line.entry.number).unwrap_or_default();
    }
}

/// Entries of which time are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Period {
    #[default]
    All,
    Today,
    Week,
    Month,
    Year,
}

impl Period {
    pub(super) const ALL: [Self; 5] = [Self::All, Self::Today, Self::Week, Self::Month, Self::Year];

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::All => "за всё время",
            Self::Today => "сегодня",
            Self::Week => "за 7 дней",
            Self::Month => "за 30 дней",
            Self::Year => "за 365 дней",
        }
    }

    /// Whether a day falls into the time that ends today.
    pub(super) fn holds(self, day: Date, today: Date) -> bool {
        let days = match self {
            Self::All => return true,
            Self::Today => 0,
            Self::Week => 6,
            Self::Month => 29,
            Self::Year => 364,
        };
        (today - day).get_days() <= days
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_end_today() {
        let today = date(2026, 10, 12);
        for (period, first, last_out) in [
            (Period::Today, date(2026, 10, 12), date(2026, 10, 11)),
            (Period::Week, date(2026, 10, 6), date(2026, 10, 5)),
            (Period::Month, date(2026, 9, 13), date(2026, 9, 12)),
        ] {
            assert!(period.holds(first, today), "{period:?}");
            assert!(!period.holds(last_out, today), "{period:?}");
        }
        assert!(Period::All.holds(date(1999, 1, 1), today));
    }
}
