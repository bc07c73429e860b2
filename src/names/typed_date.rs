//! Dates as people type them and as rosters hold them.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::folding::fold;

/// Why a text is not taken for a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum DateProblem {
    /// Nothing is written.
    #[error("the date is empty")]
    Empty,
    /// The shape is not one of those understood.
    #[error("this is not a date")]
    NotADate,
    /// The shape is right, the calendar has no such day: «30.02.2026».
    #[error("there is no such day in the calendar")]
    NoSuchDay,
    /// The year lies outside 1900–2100: a slip of the finger.
    #[error("the year is outside 1900-2100")]
    FarYear,
}

/// First and last year that are believed.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Day numbers of spreadsheets that are believed to be dates of birth: 1927 to 2064.
const SERIALS: std::ops::Range<i32> = 10_000..60_000;

/// Month names, genitive and nominative; an abbreviation is a beginning of three letters or more.
const MONTHS: [(&str, &str); 12] = [
    ("января", "январь"),
    ("февраля", "февраль"),
    ("марта", "март"),
    ("апреля", "апрель"),
    ("мая", "май"),
    ("июня", "июнь"),
    ("июля", "июль"),
    ("августа", "август"),
    ("сентября", "сентябрь"),
    ("октября", "октябрь"),
    ("ноября", "ноябрь"),
    ("декабря", "декабрь"),
];

/// Reads a date typed by the administrator: `2026-10-12`, `12.10.2026`, `12.10.26`, `12.10`, «12 окт»,
/// «12 октября 2026 г.», «сегодня», «вчера», «позавчера». A day without a year is the latest one that is not
/// after `today`: what is recorded has already happened.
///
/// # Errors
/// [`DateProblem`].
pub fn parse_date(text: &str, today: Date) -> Result<Date, DateProblem> {
    let folded = fold(text);
    let back = |span: Span| today.checked_sub(span).map_err(|_| DateProblem::FarYear);
    match folded.as_str() {
        "сегодня" => return Ok(today),
        "вчера" => return back(1.day()),
        "позавчера" => return back(2.days()),
        _ => {}
    }
    let (day, month, year) = read_parts(&folded)?;
    match year {
        Some(Year::Full(year)) => calendar_day(year, month, day),
        Some(Year::Short(short)) => calendar_day(2000 + short, month, day),
        None => latest_not_after(today, month, day),
    }
}

/// Reads a date of birth from a roster: the shapes of [`parse_date`] that hold a year, «14.03.2011 г.»,
/// `2011-03-14 00:00:00`, and the day number of a spreadsheet (`40616`). A two-figure year from 30 on is of
/// the last century. Relative words and days without a year are no dates of birth.
///
/// # Errors
/// [`DateProblem`].
pub fn parse_birth_date(text: &str) -> Result<Date, DateProblem> {
    let folded = fold(text);
    if let Some(serial) = spreadsheet_serial(&folded) {
        // Spreadsheets count days from here, so that the false 29.02.1900 falls out of every later date.
        return Date::constant(1899, 12, 30).checked_add(serial.days()).map_err(|_| DateProblem::FarYear);
    }
    match read_parts(&folded)? {
        (day, month, Some(Year::Full(year))) => calendar_day(year, month, day),
        (day, month, Some(Year::Short(short))) => {
            calendar_day(if short >= 30 { 1900 + short } else { 2000 + short }, month, day)
        }
        (_, _, None) => Err(DateProblem::NotADate),
    }
}

enum Year {
    Full(i16),
    Short(i16),
}

enum Piece<'a> {
    Number { value: i16, figures: usize },
    Word(&'a str),
}

fn calendar_day(year: i16, month: i8, day: i8) -> Result<Date, DateProblem> {
    if !YEARS.contains(&year) {
        return Err(DateProblem::FarYear);
    }
    Date::new(year, month, day).map_err(|_| DateProblem::NoSuchDay)
}

fn latest_not_after(today: Date, month: i8, day: i8) -> Result<Date, DateProblem> {
    // Eight years: 29 February may be that far back (1896–1904, 2096–2104).
    (0..=8)
        .filter_map(|years| Date::new(today.year() - years, month, day).ok())
        .find(|date| *date <= today)
        .ok_or(DateProblem::NoSuchDay)
}

fn spreadsheet_serial(folded: &str) -> Option<i32> {
    let whole = folded.strip_suffix(".0").or(folded.strip_suffix(",0")).unwrap_or(folded);
    if whole.len() != 5 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    whole.parse().ok().filter(|serial| SERIALS.contains(serial))
}

/// Day, month and year as written.
fn read_parts(folded: &str) -> Result<(i8, i8, Option<Year>), DateProblem> {
    if folded.is_empty() {
        return Err(DateProblem::Empty);
    }
    let mut pieces = split_pieces(without_time(folded))?;
    if matches!(pieces.last(), Some(Piece::Word("г" | "год" | "года"))) && pieces.len() > 1 {
        pieces.pop();
    }
    let (day, month, year) = match pieces.as_slice() {
        [Piece::Number { value: year, figures: 4 }, month, day] => {
            (two_figures(day)?, two_figures(month)?, Some(Year::Full(*year)))
        }
        [day, month, year] => (two_figures(day)?, month_of(month)?, Some(year_of(year)?)),
        [day, month] => (two_figures(day)?, month_of(month)?, None),
        _ => return Err(DateProblem::NotADate),
    };
    Ok((day, month, year))
}

/// `2011-03-14 00:00:00` and `2011-03-14t00:00` (folded) without the time of day.
fn without_time(folded: &str) -> &str {
    match folded.split_once([' ', 't']) {
        Some((date, time))
            if time.contains(':')
                && time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'z')) =>
        {
            date
        }
        _ => folded,
    }
}

fn split_pieces(text: &str) -> Result<Vec<Piece<'_>>, DateProblem> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_same: fn(char) -> bool = match first {
            '0'..='9' => |letter| letter.is_ascii_digit(),
            _ if first.is_alphabetic() => char::is_alphabetic,
            ' ' | '.' | '-' | '/' | ',' => {
                rest = &rest[1..];
                continue;
            }
            _ => return Err(DateProblem::NotADate),
        };
        let end = rest.find(|letter| !is_same(letter)).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        rest = tail;
        if first.is_ascii_digit() {
            let value = piece.parse().ok().filter(|_| piece.len() <= 4).ok_or(DateProblem::NotADate)?;
            pieces.push(Piece::Number { value, figures: piece.len() });
        } else {
            pieces.push(Piece::Word(piece));
        }
    }
    Ok(pieces)
}

fn two_figures(piece: &Piece<'_>) -> Result<i8, DateProblem> {
    match piece {
        Piece::Number { value, figures: 1 | 2 } => i8::try_from(*value).map_err(|_| DateProblem::NotADate),
        _ => Err(DateProblem::NotADate),
    }
}

fn month_of(piece: &Piece<'_>) -> Result<i8, DateProblem> {
    let Piece::Word(word) = piece else {
        return two_figures(piece);
    };
    let is_month = |(genitive, nominative): &(&str, &str)| {
        word.chars().count() >= 3 && (genitive.starts_with(word) || nominative.starts_with(word))
    };
    // Among twelve the position always fits.
    MONTHS.iter().position(is_month).map(|index| index as i8 + 1).ok_or(DateProblem::NotADate)
}

fn year_of(piece: &Piece<'_>) -> Result<Year, DateProblem> {
    match piece {
        Piece::Number { value, figures: 4 } => Ok(Year::Full(*value)),
        Piece::Number { value, figures: 2 } => Ok(Year::Short(*value)),
        _ => Err(DateProblem::NotADate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 10, 12);

    #[test]
    fn typed_dates_are_understood() {
        let cases = [
            ("2026-10-12", date(2026, 10, 12)),
            ("12.10.2026", date(2026, 10, 12)),
            (" 1.9.2026 ", date(2026, 9, 1)),
            ("01/09/2026", date(2026, 9, 1)),
            ("12.10.26", date(2026, 10, 12)),
            ("12.10", date(2026, 10, 12)),
            ("13.10", date(2025, 10, 13)),
            ("31.12", date(2025, 12, 31)),
            ("29.02", date(2024, 2, 29)),
            ("12 окт", date(2026, 10, 12)),
            ("3 сен.", date(2026, 9, 3)),
            ("3 сент 2025", date(2025, 9, 3)),
            ("12 Октября 2026", date(2026, 10, 12)),
            ("12 октября 2026 г.", date(2026, 10, 12)),
            ("9 мая", date(2026, 5, 9)),
            ("1 июн", date(2026, 6, 1)),
            ("1 июл", date(2026, 7, 1)),
            ("Сегодня", date(2026, 10, 12)),
            ("вчера", date(2026, 10, 11)),
            ("позавчера", date(2026, 10, 10)),
        ];
        for (typed, expected) in cases {
            assert_eq!(parse_date(typed, TODAY), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn yesterday_of_the_first_of_january_is_last_year() {
        assert_eq!(parse_date("вчера", date(2027, 1, 1)), Ok(date(2026, 12, 31)));
    }

    #[test]
    fn wrong_dates_are_refused() {
        let cases = [
            ("", DateProblem::Empty),
            ("  ", DateProblem::Empty),
            ("30.02.2026", DateProblem::NoSuchDay),
            ("29.02.2025", DateProblem::NoSuchDay),
            ("31.04", DateProblem::NoSuchDay),
            ("12.13.2026", DateProblem::NoSuchDay),
            ("0.10.2026", DateProblem::NoSuchDay),
            ("12.10.0026", DateProblem::FarYear),
            ("12.10.2206", DateProblem::FarYear),
            ("12", DateProblem::NotADate),
            ("2026-10", DateProblem::NotADate),
            ("12.10.206", DateProblem::NotADate),
            ("123.10.2026", DateProblem::NotADate),
            ("12 ма", DateProblem::NotADate),
            ("скоро", DateProblem::NotADate),
            ("12.10.2026?", DateProblem::NotADate),
            ("99999999999999.1", DateProblem::NotADate),
        ];
        for (typed, problem) in cases {
            assert_eq!(parse_date(typed, TODAY), Err(problem), "{typed}");
        }
    }

    #[test]
    fn birth_dates_of_rosters() {
        let cases = [
            ("14.03.2011", date(2011, 3, 14)),
            ("14.03.2011 г.", date(2011, 3, 14)),
            ("14.03.2011г", date(2011, 3, 14)),
            ("14 марта 2011 года", date(2011, 3, 14)),
            ("2011-03-14 00:00:00", date(2011, 3, 14)),
            ("2011-03-14T00:00:00Z", date(2011, 3, 14)),
            ("14.03.11", date(2011, 3, 14)),
            ("14.03.30", date(1930, 3, 14)),
            ("14.03.29", date(2029, 3, 14)),
            ("14.03.84", date(1984, 3, 14)),
            ("40616", date(2011, 3, 14)),
            ("40616.0", date(2011, 3, 14)),
            ("10000", date(1927, 5, 18)),
        ];
        for (typed, expected) in cases {
            assert_eq!(parse_birth_date(typed), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn no_birth_dates() {
        for typed in ["сегодня", "вчера", "14.03", "9999", "60000", "5А", "406160"] {
            assert_eq!(parse_birth_date(typed), Err(DateProblem::NotADate), "{typed}");
        }
        assert_eq!(parse_birth_date("31.02.2011"), Err(DateProblem::NoSuchDay));
    }
}
