//! What the title rows above a table say: «Список обучающихся 9Б класса на 01.09.2026».

use jiff::civil::Date;

/// Facts found in the title rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TitleFacts {
    /// Class or group as written, when exactly one is named.
    pub group_label: Option<String>,
    /// Day of the list.
    pub date: Option<Date>,
    /// First year of the school year named («2026/2027» → 2026).
    pub year: Option<i16>,
}

/// Words that are followed by the name of a group.
const GROUP_WORDS: [&str; 9] =
    ["класс", "класса", "классу", "классе", "группа", "группы", "группе", "группу", "гр"];

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

/// Reads the titles, each the text of one row; the first fact of each kind holds.
pub(super) fn read_titles<'a>(titles: impl Iterator<Item = &'a str>) -> TitleFacts {
    let mut facts = TitleFacts::default();
    let mut labels: Vec<String> = Vec::new();
    for title in titles {
        facts.date = facts.date.or_else(|| date_in(title));
        facts.year = facts.year.or_else(|| school_year_in(title));
        labels.extend(group_labels_in(title));
    }
    labels.dedup();
    // Two classes in the titles say nothing about a row.
    if labels.len() == 1 {
        facts.group_label = labels.pop();
    }
    facts
}

fn words_of(title: &str) -> Vec<&str> {
    title
        .split(|character: char| {
            character.is_whitespace() || matches!(character, ',' | ':' | '(' | ')' | ';')
        })
        .filter(|word| !word.is_empty())
        .collect()
}

fn group_labels_in(title: &str) -> Vec<String> {
    let words = words_of(title);
    let mut labels = Vec::new();
    let mut position = 0;
    while position < words.len() {
        let word = words[position].trim_end_matches('.').to_lowercase();
        let after_group_word = position > 0
            && GROUP_WORDS.contains(&words[position - 1].trim_end_matches('.').to_lowercase().as_str());
        let following = words.get(position + 1).copied().unwrap_or_default();
        if is_class_year(&word) && is_lone_letter(following) {
            labels.push(format!("{} {following}", words[position]));
            position += 2;
            continue;
        }
        if is_school_class(words[position]) || (after_group_word && is_group_name(words[position])) {
            labels.push(words[position].trim_end_matches(['.', ',']).to_owned());
        }
        position += 1;
    }
    labels
}

fn is_class_year(word: &str) -> bool {
    word.parse::<u8>().is_ok_and(|year| (1..=12).contains(&year)) && word.len() <= 2
}

/// «Б», «"Б"», «Б»: a capital alone; a small letter alone is a preposition.
fn is_lone_letter(word: &str) -> bool {
    let bare = word.trim_matches(['"', '«', '»', '\'', '“', '”', '„', '.']);
    let mut letters = bare.chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_alphabetic() && letter.is_uppercase())
}

/// «9Б», «9-Б», «9"Б"».
fn is_school_class(word: &str) -> bool {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let (year, rest) = word.split_at(digits);
    let letter = rest.trim_matches(['"', '«', '»', '-', '.', '“', '”', '„']);
    let mut letters = letter.chars();
    is_class_year(year) && letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// After «группа» any name counts that has a digit, a capital or quotes at its beginning.
fn is_group_name(word: &str) -> bool {
    let first = word.chars().next().unwrap_or(' ');
    let dated = word.chars().filter(|character| *character == '.').count() >= 2;
    !dated && (first.is_ascii_digit() || first.is_uppercase() || matches!(first, '"' | '«' | '“' | '„'))
}

fn date_in(title: &str) -> Option<Date> {
    let words = words_of(title);
    for (position, word) in words.iter().enumerate() {
        let parts: Vec<&str> =
            word.trim_end_matches(|character: char| !character.is_ascii_digit()).split('.').collect();
        if let [day, month, year] = parts[..]
            && let (Ok(day), Ok(month), Ok(year)) = (day.parse(), month.parse(), year.parse::<i16>())
            && year >= 2000
            && let Ok(date) = Date::new(year, month, day)
        {
            return Some(date);
        }
        let month = MONTHS.iter().position(|month| word.to_lowercase() == *month);
        if let Some(month) = month
            && let Some(Ok(day)) = position.checked_sub(1).map(|before| words[before].parse::<i8>())
            && let Some(Ok(year)) =
                words.get(position + 1).map(|year| year.trim_end_matches(['г', '.']).parse::<i16>())
            && year >= 2000
            && let Ok(date) = Date::new(year, month as i8 + 1, day)
        {
            return Some(date);
        }
    }
    None
}

fn school_year_in(title: &str) -> Option<i16> {
    let characters: Vec<char> = title.chars().filter(|character| !character.is_whitespace()).collect();
    characters.windows(9).find_map(|window| {
        let first: i16 = window[..4].iter().collect::<String>().parse().ok()?;
        let second: i16 = window[5..].iter().collect::<String>().parse().ok()?;
        let joined = matches!(window[4], '/' | '-' | '–' | '—' | '\\');
        (joined && (2000..2100).contains(&first) && second == first + 1).then_some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_class_date_and_year() {
        type Case<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<i16>);
        let cases: [Case<'_>; 13] = [
            ("Список 9Б", Some("9Б"), None, None),
            ("Класс: 5А", Some("5А"), None, None),
            ("Список 5 «А» класса", Some("5 «А»"), None, None),
            ("Список обучающихся на 01.09.2026", None, Some("2026-09-01"), None),
            ("Список обучающихся 11-В на 1 сентября 2026 г.", Some("11-В"), Some("2026-09-01"), None),
            ("Список группы П-101СД", Some("П-101СД"), None, None),
            ("Студенты гр. ИС-21-1 (2026/2027)", Some("ИС-21-1"), None, Some(2026)),
            ("Группа «Солнышко»", Some("«Солнышко»"), None, None),
            ("2026 – 2027 учебный год", None, None, Some(2026)),
            ("Список 5А, 5Б", None, None, None),
            ("Список классов", None, None, None),
            ("Классный руководитель: Гусева О. П.", None, None, None),
            ("1 в списке", None, None, None),
        ];
        for (title, group, date, year) in cases {
            let facts = read_titles([title].into_iter());
            assert_eq!(facts.group_label.as_deref(), group, "{title}");
            assert_eq!(facts.date.map(|date| date.to_string()).as_deref(), date, "{title}");
            assert_eq!(facts.year, year, "{title}");
        }
    }
}
