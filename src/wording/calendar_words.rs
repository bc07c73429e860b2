//! Dates, ages and spans of days.

use jiff::civil::{Date, Weekday};

use super::number_words::{counted, number};

const MONTHS_SHORT: [&str; 12] =
    ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];

const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// «3 сен 2026»: tables and lists.
pub fn date_short(date: Date) -> String {
    format!("{} {}", date_short_without_year(date), date.year())
}

/// «3 сен»: where the year is plain from the place.
pub fn date_short_without_year(date: Date) -> String {
    format!("{} {}", date.day(), MONTHS_SHORT[month_index(date)])
}

/// «3 сентября 2026»: cards, documents.
pub fn date_long(date: Date) -> String {
    format!("{} {} {}", date.day(), MONTHS[month_index(date)], date.year())
}

/// «Понедельник, 12 октября»: the head of the page «Сегодня».
pub fn weekday_and_day(date: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "Понедельник",
        Weekday::Tuesday => "Вторник",
        Weekday::Wednesday => "Среда",
        Weekday::Thursday => "Четверг",
        Weekday::Friday => "Пятница",
        Weekday::Saturday => "Суббота",
        Weekday::Sunday => "Воскресенье",
    };
    format!("{weekday}, {} {}", date.day(), MONTHS[month_index(date)])
}

/// From one day to another: «3–12 сен 2026», «28 сен – 3 окт 2026», «30 дек 2026 – 2 янв 2027», one day as
/// [`date_short`]. Given the wrong way round they are turned.
pub fn date_range(from: Date, until: Date) -> String {
    let (from, until) = if from <= until { (from, until) } else { (until, from) };
    if from == until {
        date_short(from)
    } else if from.year() != until.year() {
        format!("{} – {}", date_short(from), date_short(until))
    } else if from.month() != until.month() {
        format!("{} – {}", date_short_without_year(from), date_short(until))
    } else {
        format!("{}–{}", from.day(), date_short(until))
    }
}

/// An age in days: «43 дня», «сегодня» is «0 дней». Negative ages (a clock set back) count as none.
pub fn age_days(days: i64) -> String {
    counted(days.max(0).unsigned_abs(), "день", "дня", "дней")
}

/// How long ago: «сегодня», «вчера», «12 дней назад». A date ahead: «завтра», «через 3 дня».
pub fn days_ago(days: i64) -> String {
    match days {
        0 => "сегодня".to_owned(),
        1 => "вчера".to_owned(),
        -1 => "завтра".to_owned(),
        2.. => format!("{} назад", counted(days.unsigned_abs(), "день", "дня", "дней")),
        _ => format!("через {}", counted(days.unsigned_abs(), "день", "дня", "дней")),
    }
}

/// A span of days: «14–30 дней», «1–21 день»; one number as [`age_days`]. Turned when the wrong way round.
pub fn range_days(from: i64, until: i64) -> String {
    let (from, until) = (from.min(until).max(0), from.max(until).max(0));
    if from == until {
        age_days(from)
    } else {
        format!("{}–{}", number(from.unsigned_abs()), age_days(until))
    }
}

fn month_index(date: Date) -> usize {
    // Months are 1 to 12 by the type's own promise.
    usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_in_each_form() {
        let day = date(2026, 9, 3);
        assert_eq!(date_short(day), "3 сен 2026");
        assert_eq!(date_short_without_year(day), "3 сен");
        assert_eq!(date_long(day), "3 сентября 2026");
        assert_eq!(date_short(date(2026, 5, 31)), "31 мая 2026");
        assert_eq!(date_long(date(2027, 1, 1)), "1 января 2027");
        assert_eq!(date_long(date(2027, 12, 31)), "31 декабря 2027");
    }

    #[test]
    fn weekdays() {
        let days = [
            (12, "Понедельник, 12 октября"),
            (13, "Вторник, 13 октября"),
            (14, "Среда, 14 октября"),
            (15, "Четверг, 15 октября"),
            (16, "Пятница, 16 октября"),
            (17, "Суббота, 17 октября"),
            (18, "Воскресенье, 18 октября"),
        ];
        for (day, text) in days {
            assert_eq!(weekday_and_day(date(2026, 10, day)), text);
        }
    }

    #[test]
    fn ranges_of_dates() {
        let from = date(2026, 9, 3);
        assert_eq!(date_range(from, from), "3 сен 2026");
        assert_eq!(date_range(from, date(2026, 9, 12)), "3–12 сен 2026");
        assert_eq!(date_range(date(2026, 10, 3), from), "3 сен – 3 окт 2026");
        assert_eq!(date_range(from, date(2027, 1, 2)), "3 сен 2026 – 2 янв 2027");
    }

    #[test]
    fn ages() {
        let cases = [(0, "0 дней"), (1, "1 день"), (43, "43 дня"), (111, "111 дней"), (-5, "0 дней")];
        for (days, text) in cases {
            assert_eq!(age_days(days), text);
        }
        assert_eq!(age_days(i64::MIN), "0 дней");
    }

    #[test]
    fn how_long_ago() {
        let cases = [
            (0, "сегодня"),
            (1, "вчера"),
            (2, "2 дня назад"),
            (12, "12 дней назад"),
            (21, "21 день назад"),
            (1_000, "1\u{202f}000 дней назад"),
            (-1, "завтра"),
            (-3, "через 3 дня"),
        ];
        for (days, text) in cases {
            assert_eq!(days_ago(days), text);
        }
        assert!(days_ago(i64::MIN).starts_with("через "));
    }

    #[test]
    fn spans_of_days() {
        assert_eq!(range_days(14, 30), "14–30 дней");
        assert_eq!(range_days(30, 14), "14–30 дней");
        assert_eq!(range_days(1, 21), "1–21 день");
        assert_eq!(range_days(7, 7), "7 дней");
    }
}
