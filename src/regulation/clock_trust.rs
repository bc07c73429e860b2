//! Whether the computer's date may be believed (faults row 30): ages and flags rest on "today", so a
//! clock that went wrong freezes the staleness lists until the user confirms the true date.

use jiff::SignedDuration;
use jiff::civil::Date;

use crate::register::Register;

/// A file left alone for longer than this, in days, makes the clock worth a question.
/// Two months; ours, no norm.
pub const FAR_AHEAD_DAYS: i32 = 60;

/// What the file says of the computer's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockTrust {
    Trusted,
    /// The clock is behind the last entry of the file.
    BehindFile {
        latest: Date,
    },
    /// The last entry lies so long ago that the clock may have jumped.
    FarAhead {
        latest: Date,
    },
}

impl ClockTrust {
    /// Whether ages and flags may be shown as facts.
    pub fn is_trusted(self) -> bool {
        self == ClockTrust::Trusted
    }
}

/// Compares the wall clock with the last journal entry. Confirming the date (`Settings::confirmed_day`)
/// is itself an entry, made by the confirmed clock, so afterwards the file's latest day *is* that day.
pub fn clock_trust(register: &Register, wall_day: Date) -> ClockTrust {
    let Some(latest) = register.last_recorded_day else { return ClockTrust::Trusted };
    let days = days_between(latest, wall_day);
    if register.settings().confirmed_day == Some(wall_day) {
        ClockTrust::Trusted
    } else if days < 0 {
        ClockTrust::BehindFile { latest }
    } else if days > i64::from(FAR_AHEAD_DAYS) {
        ClockTrust::FarAhead { latest }
    } else {
        ClockTrust::Trusted
    }
}

/// Days from one day to a later one; negative when `until` is the earlier.
pub(crate) fn days_between(from: Date, until: Date) -> i64 {
    // By durations, not spans: a span is balanced into years and months first, and a hundred thousand links ask.
    until.duration_since(from).as_hours() / 24
}

/// The day so many days later; the last day of the calendar where there is none.
pub(crate) fn days_after(day: Date, days: u16) -> Date {
    day.saturating_add(SignedDuration::from_hours(24 * i64::from(days)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::regulation::fixture::School;

    #[test]
    fn a_clock_behind_the_file_or_two_months_ahead_is_asked_about() {
        let latest = date(2026, 10, 12);
        let table = [
            (date(2026, 10, 11), ClockTrust::BehindFile { latest }),
            (date(2026, 10, 12), ClockTrust::Trusted),
            (date(2026, 12, 11), ClockTrust::Trusted),
            (date(2026, 12, 12), ClockTrust::FarAhead { latest }),
        ];
        let mut school = School::new();
        assert_eq!(
            clock_trust(&school.register, date(1980, 1, 1)),
            ClockTrust::Trusted,
            "a new file knows no day"
        );
        school.register.last_recorded_day = Some(latest);
        for (wall_day, expected) in table {
            assert_eq!(clock_trust(&school.register, wall_day), expected, "{wall_day}");
        }
        school.settings(|settings| settings.confirmed_day = Some(date(2026, 12, 12)));
        assert!(clock_trust(&school.register, date(2026, 12, 12)).is_trusted());
        assert!(!clock_trust(&school.register, date(2026, 12, 13)).is_trusted());
    }
}
