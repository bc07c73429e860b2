//! «19 из 27 на 12.10»: what was seen of a group, typed into one field.

use jiff::civil::Date;

use crate::names::parse_date;

/// What the text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenText {
    pub joined: u32,
    /// «из», where told.
    pub of: Option<u32>,
    /// The day; today where none is told.
    pub on: Date,
}

/// Reads «19», «19 из 27», «19/27», «19 из 27 на 12.10», «19 12.10.2026». Nothing typed is `None`.
///
/// # Errors
/// What is wrong, in words.
pub fn read_seen(text: &str, today: Date) -> Result<Option<SeenText>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (joined, rest) = leading_number(text).ok_or("Запишите числом, например 19 из 27 на 12.10")?;
    let rest = rest.trim_start();
    let after_of = rest.strip_prefix("из").or_else(|| rest.strip_prefix('/'));
    let (of, rest) = match after_of {
        Some(rest) => {
            let (of, rest) = leading_number(rest.trim_start()).ok_or("После «из» нужно число")?;
            (Some(of), rest.trim_start())
        }
        None => (None, rest),
    };
    let day = rest.strip_prefix("на ").unwrap_or(rest).trim();
    let on = if day.is_empty() { Ok(today) } else { parse_date(day, today) };
    let on = on.map_err(|_| "Запишите день как 12.10")?;
    if on > today {
        return Err("Этот день ещё не наступил");
    }
    if of.is_some_and(|of| joined > of) {
        return Err("Внутри не может быть больше, чем всего");
    }
    Ok(Some(SeenText { joined, of, on }))
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn reads_what_teachers_write() {
        let today = date(2026, 10, 14);
        let seen = |joined, of, day| Ok(Some(SeenText { joined, of, on: date(2026, 10, day) }));
        for (text, expected) in [
            ("19 из 27 на 12.10", seen(19, Some(27), 12)),
            ("19/27 12.10.2026", seen(19, Some(27), 12)),
            ("19", seen(19, None, 14)),
            ("0 из 27", seen(0, Some(27), 14)),
            ("5 на вчера", seen(5, None, 13)),
            ("", Ok(None)),
            ("28 из 27", Err("Внутри не может быть больше, чем всего")),
            ("все", Err("Запишите числом, например 19 из 27 на 12.10")),
            ("19 из", Err("После «из» нужно число")),
            ("19 из 27 на 32.10", Err("Запишите день как 12.10")),
            ("19 на 15.10.2026", Err("Этот день ещё не наступил")),
        ] {
            assert_eq!(read_seen(text, today), expected, "{text}");
        }
    }
}
