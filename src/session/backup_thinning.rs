//! Which backups may go: of long ago fewer are needed than of yesterday (faults row 15).

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// Days of which one backup each is kept, after today and yesterday, of which all are.
const DAYS: i64 = 14;
/// Two months, of which one a week is kept.
const WEEKS_UNTIL: i64 = 62;
/// A year, of which one a month is kept.
const MONTHS_UNTIL: i64 = 366;

/// A stretch of time of which the newest backup is kept.
#[derive(PartialEq, Eq, Hash)]
enum Stretch {
    Day(Date),
    /// By its Monday.
    Week(Date),
    Month(i16, i8),
}

/// The places in `made` (moments of local time, in any order) of the backups that are not needed any more.
///
/// Kept are: all of today and yesterday, and all that seem to come from the future (the clock was wrong then or is
/// now); the newest of each day for two weeks, of each week for two months, of each month for a year; and always
/// the newest of all, however old.
///
/// ```
/// use jiff::civil::date;
/// use sferum_console::session::backups_to_remove;
/// let made = [date(2026, 11, 22).at(9, 35, 0, 0), date(2026, 11, 12).at(9, 0, 0, 0), date(2026, 11, 12).at(15, 0, 0, 0)];
/// assert_eq!(backups_to_remove(&made, date(2026, 11, 22)), [1]);
/// ```
pub fn backups_to_remove(made: &[DateTime], today: Date) -> Vec<usize> {
    let mut newest_first: Vec<usize> = (0..made.len()).collect();
    newest_first.sort_by_key(|place| std::cmp::Reverse(made[*place]));
    let mut seen = HashSet::new();
    let mut removed: Vec<usize> = newest_first
        .into_iter()
        .enumerate()
        .filter(|(order, place)| {
            let kept = match stretch_of(made[*place].date(), today) {
                Kept::All => true,
                Kept::NewestOf(stretch) => seen.insert(stretch),
                Kept::None => false,
            };
            *order > 0 && !kept
        })
        .map(|(_, place)| place)
        .collect();
    removed.sort_unstable();
    removed
}

enum Kept {
    All,
    NewestOf(Stretch),
    None,
}

fn stretch_of(day: Date, today: Date) -> Kept {
    // Days between two civil dates: far below any limit.
    let age = i64::from((today - day).get_days());
    if age <= 1 {
        Kept::All
    } else if age <= DAYS {
        Kept::NewestOf(Stretch::Day(day))
    } else if age <= WEEKS_UNTIL {
        let since_monday = i32::from(day.weekday().to_monday_zero_offset());
        let monday = day.checked_sub(since_monday.days()).unwrap_or(day);
        Kept::NewestOf(Stretch::Week(monday))
    } else if age <= MONTHS_UNTIL {
        Kept::NewestOf(Stretch::Month(day.year(), day.month()))
    } else {
        Kept::None
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Kept ones, by what they are called here.
    fn kept(made: &[&str], today: Date) -> Vec<String> {
        let moments: Vec<DateTime> = made.iter().map(|text| text.parse().expect("a moment")).collect();
        let removed = backups_to_remove(&moments, today);
        let kept = (0..made.len()).filter(|place| !removed.contains(place));
        kept.map(|place| made[place].to_owned()).collect()
    }

    #[test]
    fn the_table_of_what_stays() {
        // A Sunday.
        let today = date(2026, 11, 22);
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("nothing", &[], &[]),
            (
                "all of today and yesterday",
                &["2026-11-22T09:35", "2026-11-22T09:40", "2026-11-21T08:00", "2026-11-21T20:00"],
                &["2026-11-22T09:35", "2026-11-22T09:40", "2026-11-21T08:00", "2026-11-21T20:00"],
            ),
            (
                "the newest of a day for two weeks, in whatever order they come",
                &[
                    "2026-11-22T09:00",
                    "2026-11-20T08:00",
                    "2026-11-20T20:00",
                    "2026-11-08T10:00",
                    "2026-11-08T09:00",
                ],
                &["2026-11-22T09:00", "2026-11-20T20:00", "2026-11-08T10:00"],
            ),
            (
                "the newest of a week (2 to 8 November is partly days) for two months",
                &[
                    "2026-11-22T09:00",
                    "2026-11-07T10:00",
                    "2026-11-04T10:00",
                    "2026-10-30T10:00",
                    "2026-10-26T10:00",
                ],
                &["2026-11-22T09:00", "2026-11-07T10:00", "2026-10-30T10:00"],
            ),
            (
                "the newest of a month for a year",
                &[
                    "2026-11-22T09:00",
                    "2026-08-31T10:00",
                    "2026-08-01T10:00",
                    "2025-12-01T10:00",
                    "2025-12-31T10:00",
                ],
                &["2026-11-22T09:00", "2026-08-31T10:00", "2025-12-31T10:00"],
            ),
            (
                "nothing older than a year",
                &["2026-11-22T09:00", "2025-11-20T10:00", "2020-01-01T10:00"],
                &["2026-11-22T09:00"],
            ),
            (
                "but the newest of all in any case",
                &["2019-01-01T10:00", "2018-01-01T10:00"],
                &["2019-01-01T10:00"],
            ),
            (
                "what seems to come from the future",
                &["2031-01-01T10:00", "2031-01-01T11:00", "2026-11-22T09:00"],
                &["2031-01-01T10:00", "2031-01-01T11:00", "2026-11-22T09:00"],
            ),
        ];
        for (name, made, expected) in cases {
            assert_eq!(kept(made, today), *expected, "{name}");
        }
    }

    #[test]
    fn the_ends_of_the_stretches() {
        let today = date(2026, 11, 22);
        let twice = |day: Date| [day.at(9, 0, 0, 0), day.at(15, 0, 0, 0), today.at(9, 0, 0, 0)];
        for (age, removed) in [(0, 0), (1, 0), (2, 1), (14, 1), (15, 1), (62, 1), (63, 1), (366, 1), (367, 2)]
        {
            let made = twice(today - jiff::Span::new().days(age));
            assert_eq!(backups_to_remove(&made, today).len(), removed, "{age} days ago");
        }
    }

    /// Two years of one backup a day, thinned every day: what is left is bounded and reaches back a year.
    #[test]
    fn thinning_every_day_keeps_days_weeks_and_months() {
        let mut made: Vec<DateTime> = Vec::new();
        let mut day = date(2025, 1, 1);
        let last = date(2026, 12, 31);
        while day <= last {
            made.push(day.at(9, 0, 0, 0));
            for place in backups_to_remove(&made, day).into_iter().rev() {
                made.remove(place);
            }
            day = day.tomorrow().expect("no end of days");
        }
        assert!((30..=40).contains(&made.len()), "{}", made.len());
        let ages: Vec<i32> = made.iter().map(|moment| (last - moment.date()).get_days()).collect();
        assert!(ages.iter().any(|age| *age > 300), "reaches back: {ages:?}");
        // No gap is longer than a month and the last fortnight has every day.
        assert!(ages.windows(2).all(|pair| pair[0] - pair[1] <= 62), "{ages:?}");
        assert!((0..=14).all(|age| ages.contains(&age)), "{ages:?}");
    }
}
