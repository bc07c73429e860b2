//! The words of a written name, each with what it may stand for.

use super::given_names::{NameNumber, given_names};
use super::latin::{is_latin, skeletons};
use crate::names::{fold, group_key, parse_group_label};

/// More words than this are a sentence, not a name.
const MOST_WORDS: usize = 5;

/// Words that follow the father's name and belong to it.
const PATRONYMIC_PARTICLES: [&str; 8] = ["оглы", "кызы", "улы", "уулу", "оглу", "гызы", "ogly", "kyzy"];

/// One word of a written name.
#[derive(Clone, Debug)]
pub(super) struct NameWord {
    pub folded: String,
    /// What it sounds like; several for a Latin word of two readings.
    pub skeletons: Vec<String>,
    /// The given names it may be a form of.
    pub names: Vec<NameNumber>,
    pub is_latin: bool,
    /// A single letter.
    pub is_initial: bool,
}

impl NameWord {
    fn of(folded: String) -> NameWord {
        let is_latin = is_latin(&folded);
        let skeletons = skeletons(&folded);
        let mut names: Vec<NameNumber> = Vec::new();
        if is_latin {
            for skeleton in &skeletons {
                names.extend_from_slice(given_names().latin_readings(skeleton));
            }
            names.sort_unstable();
            names.dedup();
        } else {
            names.extend_from_slice(given_names().readings(&folded));
        }
        let is_initial = folded.chars().nth(1).is_none();
        NameWord { folded, skeletons, names, is_latin, is_initial }
    }
}

/// The words of a name as written, or none for what is too long to be a name.
pub(super) fn name_words(written: &str) -> Vec<NameWord> {
    let words = plain_words(written);
    if words.len() > MOST_WORDS { Vec::new() } else { words.into_iter().map(NameWord::of).collect() }
}

/// Folded words of letters: initials come apart, marks and digits go, a particle joins its father's name.
pub(super) fn plain_words(written: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let is_part = |letter: char| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’');
    for word in fold(written).split(|letter: char| !is_part(letter)) {
        let word = word.trim_matches(|letter: char| !letter.is_alphabetic());
        if word.is_empty() {
            continue;
        }
        let word = in_one_alphabet(word);
        match words.last_mut() {
            Some(before) if PATRONYMIC_PARTICLES.contains(&word.as_str()) => {
                before.push(' ');
                before.push_str(&word);
            }
            _ => words.push(word),
        }
    }
    words
}

/// Latin letters that look Russian, inside a Russian word, are Russian.
fn in_one_alphabet(word: &str) -> String {
    let russian = word.chars().any(|letter| matches!(letter, 'а'..='я'));
    if !russian || !word.contains(|letter: char| letter.is_ascii_alphabetic()) {
        return word.to_owned();
    }
    let twin = |letter| match letter {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        other => other,
    };
    word.chars().map(twin).collect()
}

/// Takes a class label («7Б», «7 «Б»», «10-А») out of a name: the rest, and the key of the label.
pub(super) fn without_group_label(written: &str) -> (String, Option<String>) {
    let words: Vec<&str> = written.split_whitespace().collect();
    for (place, word) in words.iter().enumerate() {
        if !word.starts_with(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        let bare = word.trim_end_matches([',', '.', ')', ';']);
        let digits_only = bare.chars().all(|letter| letter.is_ascii_digit());
        let next = words.get(place + 1).map(|next| next.trim_end_matches([',', '.', ')', ';']));
        let litera = next
            .filter(|next| digits_only && next.chars().filter(|letter| letter.is_alphabetic()).count() == 1);
        let (label, used) = match litera {
            Some(litera) => (format!("{bare}{litera}"), 2),
            None => (bare.to_owned(), 1),
        };
        let is_class = parse_group_label(&label).is_ok_and(|label| label.parallel.is_some());
        if is_class && !(digits_only && litera.is_none()) {
            let mut rest: Vec<&str> = words[..place].to_vec();
            // «… из 7Б», «… класс 7Б»
            while rest.last().is_some_and(|word| matches!(*word, "из" | "класс" | "кл" | "кл.")) {
                rest.pop();
            }
            rest.extend(
                words[place + used..]
                    .iter()
                    .filter(|word| !matches!(**word, "класс" | "класса" | "кл" | "кл.")),
            );
            return (rest.join(" "), Some(group_key(&label)));
        }
    }
    (written.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names() {
        let cases: &[(&str, &[&str])] = &[
            ("Иванов И.И.", &["иванов", "и", "и"]),
            ("Иванов А", &["иванов", "а"]),
            ("Иванова - Петрова Маша", &["иванова-петрова", "маша"]),
            ("sasha_2010", &["sasha"]),
            ("Рашидов Анар Вагиф оглы", &["рашидов", "анар", "вагиф оглы"]),
            ("🌸 Юлия 🌸", &["юлия"]),
            ("Cаша", &["саша"]),
        ];
        for (written, expected) in cases {
            assert_eq!(plain_words(written), *expected, "{written}");
        }
        assert!(name_words("это не имя а целая фраза").is_empty());
    }

    #[test]
    fn class_labels_come_out() {
        let cases = [
            ("папа Вани 7Б", "папа Вани", Some("7Б")),
            ("Саша 7 «Б» класс", "Саша", Some("7Б")),
            ("Саша 10-А", "Саша", Some("10А")),
            ("Саша 2010", "Саша 2010", None),
            ("Саша", "Саша", None),
        ];
        for (written, rest, label) in cases {
            assert_eq!(without_group_label(written), (rest.to_owned(), label.map(group_key)), "{written}");
        }
    }
}
