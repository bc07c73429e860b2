//! Names of classes and groups: one canonical form for school classes, free text for everything else.

use super::folding::{clean, fold, is_dash, is_quote};

/// The longest label, in characters.
const LONGEST_LABEL: usize = 60;

/// The longest литера, in characters: «10 социально-гум» still is one.
const LONGEST_LITERA: usize = 15;

/// School classes have numbers up to 12 (evening schools); a higher number begins a college group's name.
const HIGHEST_PARALLEL: u8 = 12;

/// Words after a number that make no class: «2 курс», «1 корпус», «2 младшая» of a kindergarten.
const NOT_A_LITERA: [&str; 16] = [
    "курс",
    "группа",
    "гр",
    "корпус",
    "отделение",
    "смена",
    "подгруппа",
    "параллель",
    "год",
    "младшая",
    "средняя",
    "старшая",
    "ясельная",
    "подготовительная",
    "этаж",
    "звено",
];

/// A class or group name in the form that is shown and stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GroupLabel {
    /// «5А», «10 инж», «7.2», or the cleaned free text of a college or kindergarten group.
    pub text: String,
    /// The number of a school class, 1 to 12; none for free text.
    pub parallel: Option<u8>,
}

/// Why a text is no class or group name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum GroupLabelProblem {
    /// Nothing is written.
    #[error("the group label is empty")]
    Empty,
    /// Longer than 60 characters: a sentence, not a name.
    #[error("the group label is longer than {LONGEST_LABEL} characters")]
    TooLong,
}

/// Order of groups in every list: numbers as numbers (2А < 10А), school classes before names (10А < ИС-21-1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupSortKey(Vec<SortPiece>, String);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum SortPiece {
    Number(u64),
    Text(String),
}

/// Reads a class or group name. School classes take one form however they are written: «5а», «5 А», «5-А»,
/// «5 «А»», «5 класс А», «5A» with Latin look-alikes are «5А»; a литера of several letters is written small
/// after a space («10 инж»); one of digits after a dot («7.2»). Everything else is kept as cleaned.
///
/// # Errors
/// [`GroupLabelProblem`]: nothing written, or over 60 characters.
pub fn parse_group_label(text: &str) -> Result<GroupLabel, GroupLabelProblem> {
    let cleaned = clean(text);
    if cleaned.is_empty() {
        return Err(GroupLabelProblem::Empty);
    }
    if cleaned.chars().count() > LONGEST_LABEL {
        return Err(GroupLabelProblem::TooLong);
    }
    Ok(match SchoolClass::read(&cleaned) {
        Some(class) if !class.may_be_a_college_name => {
            GroupLabel { text: class.display(), parallel: Some(class.number) }
        }
        Some(class) => GroupLabel { text: cleaned, parallel: Some(class.number) },
        None => GroupLabel { text: cleaned, parallel: None },
    })
}

/// The form in which labels are compared: «5А», «5 а» and «5 "A"» have one key. Quotation marks never tell
/// groups apart, nor do Latin look-alikes inside a Russian name.
pub fn group_key(label: &str) -> String {
    let cleaned = clean(label);
    match SchoolClass::read(&cleaned) {
        Some(class) => class.key(),
        None => {
            let bare: String = cleaned.chars().filter(|letter| !is_quote(*letter)).collect();
            if bare.chars().any(is_cyrillic) { fold(&with_cyrillic_twins(&bare)) } else { fold(&bare) }
        }
    }
}

/// Key for sorting group names; see [`GroupSortKey`].
pub fn group_sort_key(label: &str) -> GroupSortKey {
    let key = group_key(label);
    let mut pieces = Vec::new();
    let mut rest = key.as_str();
    while let Some(first) = rest.chars().next() {
        let in_number = first.is_ascii_digit();
        let end = rest.find(|letter: char| letter.is_ascii_digit() != in_number).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        pieces.push(match piece.parse() {
            Ok(number) if in_number => SortPiece::Number(number),
            _ => SortPiece::Text(piece.to_owned()),
        });
        rest = tail;
    }
    // The key itself breaks ties: «ИС-01» and «ИС-1» are different groups.
    GroupSortKey(pieces, key)
}

/// A class of a school: its number and what follows it.
struct SchoolClass {
    number: u8,
    litera: Litera,
    /// «11-ИС»: several capitals after a dash are as likely a college group, so the spelling is kept.
    may_be_a_college_name: bool,
}

/// A school class a year later.
pub(super) struct NextClass {
    /// Its present number, 1 to 12.
    pub(super) number: u8,
    /// The label with the number raised by one, its litera as it is.
    pub(super) label: String,
    /// Several capitals after a dash («11-ИС»): as likely a college group.
    pub(super) may_be_a_college_name: bool,
}

/// Raises the number of a school class by one; `None` for every other name.
pub(super) fn next_class(label: &str) -> Option<NextClass> {
    let cleaned = clean(label);
    let mut class = SchoolClass::read(&cleaned)?;
    let (number, may_be_a_college_name) = (class.number, class.may_be_a_college_name);
    class.number += 1;
    let label = match may_be_a_college_name {
        true => {
            format!("{}{}", class.number, cleaned.trim_start_matches(|letter: char| letter.is_ascii_digit()))
        }
        false => class.display(),
    };
    Some(NextClass { number, label, may_be_a_college_name })
}

enum Litera {
    None,
    /// «А», also «А1»: capital, joined to the number.
    Letter(String),
    /// «инж»: small, after a space.
    Word(String),
    /// «.2», «-2»: the mark is kept, since «7.2» and «7-2» may be two habits of one school.
    Number(char, String),
}

impl SchoolClass {
    fn read(cleaned: &str) -> Option<SchoolClass> {
        let bare = without_class_word_and_quotes(cleaned);
        let figures = bare.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(bare.len());
        let (number, rest) = bare.split_at(figures);
        let number = number.parse().ok().filter(|number| (1..=HIGHEST_PARALLEL).contains(number))?;
        let after_marks = rest.trim_start_matches(|letter| letter == ' ' || letter == '.' || is_dash(letter));
        let marks = rest[..rest.len() - after_marks.len()].trim();
        if marks.chars().count() > 1 {
            return None;
        }
        let mark = marks.chars().next();
        let litera = read_litera(mark, after_marks)?;
        let may_be_a_college_name = matches!(litera, Litera::Word(_))
            && mark.is_some_and(is_dash)
            && !after_marks.chars().any(char::is_lowercase);
        Some(SchoolClass { number, litera, may_be_a_college_name })
    }

    fn display(&self) -> String {
        let number = self.number;
        match &self.litera {
            Litera::None => number.to_string(),
            Litera::Letter(letter) => format!("{number}{letter}"),
            Litera::Word(word) => format!("{number} {word}"),
            Litera::Number(mark, figures) => format!("{number}{mark}{figures}"),
        }
    }

    fn key(&self) -> String {
        fold(&self.display()).replace(' ', "")
    }
}

/// What follows the number, or `None` when it makes no class.
fn read_litera(mark: Option<char>, rest: &str) -> Option<Litera> {
    if rest.is_empty() {
        return mark.is_none_or(|mark| mark == '.').then_some(Litera::None);
    }
    let length = rest.chars().count();
    if length > LONGEST_LITERA {
        return None;
    }
    if rest.bytes().all(|byte| byte.is_ascii_digit()) {
        let mark = mark?;
        return (length <= 2)
            .then(|| Litera::Number(if is_dash(mark) { '-' } else { mark }, rest.to_owned()));
    }
    let mut letters = rest.chars();
    let first = letters.next().filter(|letter| letter.is_alphabetic())?;
    let tail = letters.as_str();
    if tail.len() <= 2 && tail.bytes().all(|byte| byte.is_ascii_digit()) {
        let capital: String = first.to_uppercase().map(cyrillic_twin).collect();
        return Some(Litera::Letter(capital + tail));
    }
    let is_joint = |letter: char| letter == '/' || is_dash(letter);
    if !rest.chars().all(|letter| letter.is_alphabetic() || is_joint(letter)) || rest.ends_with(is_joint) {
        return None;
    }
    let capitals = rest.to_uppercase();
    // Whole Latin words («10 IT») stay Latin; a Latin letter that slipped into a Russian word does not.
    let letters = if rest.chars().any(is_cyrillic) { with_cyrillic_twins(&capitals) } else { capitals };
    let word: String =
        letters.to_lowercase().chars().map(|letter| if is_dash(letter) { '-' } else { letter }).collect();
    (!NOT_A_LITERA.contains(&word.as_str())).then_some(Litera::Word(word))
}

/// «5 "А" класс», «5 класс А», «5 кл. А» → «5 А». The word goes only where it stands alone.
fn without_class_word_and_quotes(cleaned: &str) -> String {
    let unquoted: String =
        cleaned.chars().map(|letter| if is_quote(letter) { ' ' } else { letter }).collect();
    // «5класс А»: the word may stick to the number.
    let mut words = Vec::new();
    for word in unquoted.split_whitespace() {
        let figures = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
        let (number, rest) = word.split_at(figures);
        let lower = rest.to_lowercase();
        if matches!(lower.trim_end_matches('.'), "класс" | "класса" | "кл") {
            words.extend((!number.is_empty()).then_some(number));
        } else {
            words.push(word);
        }
    }
    words.join(" ")
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{0400}'..='\u{052F}')
}

/// The Russian capital that looks like this Latin capital, or the letter itself.
fn cyrillic_twin(letter: char) -> char {
    match letter {
        'A' => 'А',
        'B' => 'В',
        'C' => 'С',
        'E' => 'Е',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'O' => 'О',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        'Y' => 'У',
        other => other,
    }
}

fn with_cyrillic_twins(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).map(cyrillic_twin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn label(text: &str) -> (String, Option<u8>) {
        let label = parse_group_label(text).expect("the test gives a label");
        (label.text, label.parallel)
    }

    #[test]
    fn every_spelling_of_a_class_is_one_class() {
        let spellings = [
            "5а",
            "5А",
            "5 А",
            "5-А",
            "5–а",
            "5 - А",
            "5 «А»",
            "5\"А\"",
            "5 \"А\"",
            "5“А”",
            "5 класс А",
            "5 \"А\" класс",
            "5класс А",
            "5 кл. А",
            "5 «А» кл.",
            "5A",
            "5 a",
            "5\u{a0}А",
            "05А",
            "5.А",
            "5 КЛАСС «а»",
        ];
        for spelling in spellings {
            assert_eq!(label(spelling), ("5А".to_owned(), Some(5)), "{spelling}");
            assert_eq!(group_key(spelling), "5а", "{spelling}");
        }
    }

    #[test]
    fn look_alikes_become_russian_letters() {
        for (latin, russian) in "ABCEHKMOPTXY".chars().zip("АВСЕНКМОРТХУ".chars()) {
            assert_eq!(label(&format!("7{latin}")).0, format!("7{russian}"));
        }
        assert_eq!(label("7D").0, "7D");
        assert_eq!(label("10 IT").0, "10 it");
        assert_eq!(label("10 ИHЖ").0, "10 инж");
    }

    #[test]
    fn other_classes() {
        let cases = [
            ("10 инж", "10 инж", 10),
            ("10инж", "10 инж", 10),
            ("10 ИНЖ", "10 инж", 10),
            ("10 «Инж»", "10 инж", 10),
            ("10-инж", "10 инж", 10),
            ("11 соц-эк", "11 соц-эк", 11),
            ("7.2", "7.2", 7),
            ("7-2", "7-2", 7),
            ("10А1", "10А1", 10),
            ("5", "5", 5),
            ("5 класс", "5", 5),
            ("5.", "5", 5),
            ("12В", "12В", 12),
            ("1ё", "1Ё", 1),
        ];
        for (text, shown, parallel) in cases {
            assert_eq!(label(text), (shown.to_owned(), Some(parallel)), "{text}");
        }
    }

    #[test]
    fn free_names_stay_as_cleaned() {
        let names = [
            "П-101СД",
            "ИС-21-1",
            "ПКС-23",
            "Солнышко",
            "2 курс",
            "2 младшая",
            "13А",
            "0А",
            "21-ИС",
            "Педагогический коллектив",
            "5 А и 5 Б",
            "9-ИС-21",
            "IT-21",
        ];
        for name in names {
            assert_eq!(label(name), (name.to_owned(), None), "{name}");
        }
        assert_eq!(label("  ИС-21-1\u{200b} ").0, "ИС-21-1");
    }

    #[test]
    fn a_number_with_capitals_after_a_dash_keeps_its_spelling() {
        assert_eq!(label("11-ИС"), ("11-ИС".to_owned(), Some(11)));
        assert_eq!(group_key("10-ИНЖ"), group_key("10 инж"));
    }

    #[test]
    fn keys_of_free_names() {
        assert_eq!(group_key("Группа «Солнышко»"), group_key("группа \"солнышко\""));
        assert_eq!(group_key("ИC-21-1"), group_key("ис – 21-1"));
        assert_ne!(group_key("ИС-21-1"), group_key("ИС-21-2"));
        assert_ne!(group_key("5А"), group_key("15А"));
        assert_ne!(group_key("1А1"), group_key("1.1"));
    }

    #[test]
    fn groups_sort_as_people_expect() {
        let sorted = [
            "1А",
            "2А",
            "2Б",
            "5",
            "5А",
            "5 инж",
            "7.2",
            "7.10",
            "10А",
            "11Б",
            "ИС-2-1",
            "ИС-21-1",
            "Солнышко",
        ];
        let mut shuffled = sorted.to_vec();
        shuffled.reverse();
        shuffled.sort_by_key(|label| group_sort_key(label));
        assert_eq!(shuffled, sorted);
        assert_ne!(group_sort_key("ИС-01"), group_sort_key("ИС-1"));
    }

    #[test]
    fn bounds() {
        assert_eq!(parse_group_label(" \u{200b}"), Err(GroupLabelProblem::Empty));
        assert!(parse_group_label(&"я".repeat(60)).is_ok());
        assert_eq!(parse_group_label(&"я".repeat(61)), Err(GroupLabelProblem::TooLong));
        assert_eq!(label("5 «»"), ("5".to_owned(), Some(5)));
    }

    proptest! {
        #[test]
        fn the_canonical_form_is_its_own(text in "[0-9]{0,3}[ .\\-«»\"]{0,3}[а-яА-ЯёЁa-zA-Z0-9 \\-/.]{0,8}") {
            if let Ok(label) = parse_group_label(&text) {
                let again = parse_group_label(&label.text).expect("a canonical label is a label");
                prop_assert_eq!(&again, &label);
                prop_assert_eq!(group_key(&label.text), group_key(&text));
            }
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,40}") {
            let _ = parse_group_label(&text);
            let _ = group_sort_key(&text);
        }
    }
}
