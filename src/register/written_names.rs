//! Finding people in texts that others wrote: «Ивановой А.», «мама Канарейкиной».
//!
//! A text is taken for one about a person when it has the surname (in any case of declension) beside the given name or
//! its initial, or the surname alone where nobody else of the register bears it, or the phone. A full namesake who stays
//! keeps every text: it may be about them.

use std::collections::{HashMap, HashSet};

use super::Person;
use crate::names::{FullName, Phone, fold};

/// Endings that change with gender and case; the longest first.
const ENDINGS: [&str; 12] = ["ая", "яя", "ый", "ий", "ой", "ого", "а", "я", "ь", "й", "о", "е"];
/// By so many letters a word may be longer than the stem it begins with.
const LONGEST_ENDING: usize = 3;
/// A shorter surname alone is as likely another word.
const LEAST_ALONE: usize = 4;
/// Given name and surname stand so close to each other (a patronymic between).
const NEAR: usize = 2;

/// Names and phones to be found in texts.
pub(super) struct WrittenNames {
    /// Stem of the surname → stems of given names.
    wanted: HashMap<String, HashSet<String>>,
    phones: HashSet<String>,
    /// Stems of surnames of people who stay.
    others: HashSet<String>,
    /// Stems of surname and given name of people who stay.
    namesakes: HashSet<(String, String)>,
}

impl WrittenNames {
    /// Nobody yet, beside these people who stay.
    pub(super) fn beside<'people>(others: impl Iterator<Item = &'people Person>) -> WrittenNames {
        let (mut surnames, mut namesakes) = (HashSet::new(), HashSet::new());
        for person in others {
            let (surname, given) = stems(&person.name);
            surnames.insert(surname.clone());
            namesakes.insert((surname, given));
        }
        WrittenNames { wanted: HashMap::new(), phones: HashSet::new(), others: surnames, namesakes }
    }

    /// Adds a name.
    pub(super) fn add(&mut self, name: &FullName) {
        let (surname, given) = stems(name);
        if surname.chars().count() >= 2 && !self.namesakes.contains(&(surname.clone(), given.clone())) {
            self.wanted.entry(surname).or_default().insert(given);
        }
    }

    /// Adds a phone.
    pub(super) fn add_phone(&mut self, phone: Option<&Phone>) {
        let digits = phone.map(|phone| last_ten(phone.as_str())).unwrap_or_default();
        if digits.len() == 10 {
            self.phones.insert(digits);
        }
    }

    /// Whether a text speaks of one of them.
    pub(super) fn are_in(&self, text: &str) -> bool {
        if self.wanted.is_empty() && self.phones.is_empty() {
            return false;
        }
        let words: Vec<&str> = words_of(text).collect();
        let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let named = (0..words.len()).any(|place| self.is_named_at(&words, &folded, place));
        named || self.has_phone(text)
    }

    /// Whether a surname of theirs stands anywhere: for drafts, which are no loss.
    pub(super) fn has_any_surname(&self, text: &str) -> bool {
        words_of(text).any(|word| self.surname_stem(&fold(word)).is_some()) || self.has_phone(text)
    }

    fn is_named_at(&self, words: &[&str], folded: &[String], place: usize) -> bool {
        let Some((stem, givens)) = self.surname_stem(&folded[place]) else { return false };
        let from = place.saturating_sub(NEAR);
        let until = (place + NEAR + 1).min(words.len());
        let near = (from..until).filter(|near| *near != place);
        let is_given = |word: &str| {
            givens.iter().any(|given| {
                begins_with_stem(word, given)
                    || (word.chars().count() == 1 && !given.is_empty() && given.starts_with(word))
            })
        };
        if near.into_iter().any(|near| is_given(&folded[near])) {
            return true;
        }
        let is_capital = words[place].chars().next().is_some_and(char::is_uppercase);
        is_capital && stem.chars().count() >= LEAST_ALONE && !self.others.contains(stem)
    }

    /// The wanted surname that a word is a form of.
    fn surname_stem(&self, word: &str) -> Option<(&str, &HashSet<String>)> {
        let letters: Vec<(usize, char)> = word.char_indices().collect();
        (0..=LONGEST_ENDING.min(letters.len().saturating_sub(1))).find_map(|cut| {
            let end = letters.len() - cut;
            let stem = if cut == 0 { word } else { &word[..letters[end].0] };
            self.wanted.get_key_value(stem).map(|(stem, givens)| (stem.as_str(), givens))
        })
    }

    fn has_phone(&self, text: &str) -> bool {
        if self.phones.is_empty() {
            return false;
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.len() >= 10
            && (0..=digits.len() - 10).any(|start| self.phones.contains(&digits[start..start + 10]))
    }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty())
}

/// Stems of the first words of surname and given name.
fn stems(name: &FullName) -> (String, String) {
    let first = |part: &str| words_of(part).next().map(|word| stem_of(&fold(word))).unwrap_or_default();
    (first(&name.surname), first(&name.given))
}

fn stem_of(word: &str) -> String {
    let stem = ENDINGS.iter().find_map(|ending| {
        word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 2).map(str::to_owned)
    });
    stem.unwrap_or_else(|| word.to_owned())
}

fn begins_with_stem(word: &str, stem: &str) -> bool {
    !stem.is_empty() && word.strip_prefix(stem).is_some_and(|rest| rest.chars().count() <= LONGEST_ENDING)
}

fn last_ten(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(10)..].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(surname: &str, given: &str) -> Person {
        Person { name: FullName::new(surname, given, "Ильинична"), ..Person::default() }
    }

    #[test]
    fn a_text_is_about_somebody_only_when_it_cannot_be_about_another() {
        let others = [person("Соколов", "Пётр"), person("Орлова", "Вера")];
        let mut names = WrittenNames::beside(others.iter());
        for (surname, given) in
            [("Канарейкина", "Анна"), ("Соколова", "Мария"), ("Орлова", "Вера"), ("Кот", "Ян")]
        {
            names.add(&FullName::new(surname, given, ""));
        }
        names.add_phone(crate::names::parse_phone("89173456745").ok().as_ref());
        for (text, expected) in [
            ("Канарейкина Анна не может войти", true),
            ("Звонила мама Канарейкиной", true),
            ("анне канарейкиной нужна ссылка", true),
            ("А. И. Канарейкина", true),
            ("канарейкина", false),
            ("Соколова просит ссылку", false),
            ("Марии Соколовой выдать ссылку", true),
            ("Соколов Пётр", false),
            ("Орлова Вера потеряла телефон", false),
            ("Кот наплакал", false),
            ("Кот Ян", true),
            ("тел. 8 (917) 345-67-45", true),
            ("тел. 8 (917) 345-67-46", false),
            ("", false),
        ] {
            assert_eq!(names.are_in(text), expected, "{text}");
        }
    }
}
