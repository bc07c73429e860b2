//! ФИО: three parts, the spelling kept, compared by a folded key.

use serde::{Deserialize, Serialize};

use super::folding::{clean, fold, is_dash, is_letter, is_number_sign};

/// The longest part of a name that is believed, in characters.
const LONGEST_PART: usize = 100;

/// Words that follow the father's name and belong to the patronymic; they stay in lower case.
const PATRONYMIC_PARTICLES: [&str; 9] =
    ["оглы", "кызы", "улы", "уулу", "оглу", "гызы", "кизи", "угли", "углы"];

/// Endings by which a word is taken for a patronymic.
const PATRONYMIC_ENDINGS: [&str; 7] = ["ович", "евич", "ич", "овна", "евна", "ична", "инична"];

/// A person's name as the school writes it. The patronymic may be absent (empty).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct FullName {
    /// Фамилия, also a double one: «Петрова-Водкина».
    pub surname: String,
    /// Имя.
    pub given: String,
    /// Отчество with its particle («Вагиф оглы»), or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub patronymic: String,
}

/// Why a text is not taken for a name. Holds nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NameProblem {
    /// Nothing is written.
    #[error("the name is empty")]
    Empty,
    /// Only one word: surname or given name is missing.
    #[error("the name has only one word")]
    OneWord,
    /// There are digits in it: a number slipped in from another column.
    #[error("the name has digits in it")]
    Digits,
    /// A part is longer than 100 characters.
    #[error("a part of the name is longer than {LONGEST_PART} characters")]
    TooLong,
}

impl FullName {
    /// Takes three parts as given: cleans them, turns parts in capitals into Capitalised ones, writes dashes
    /// without spaces. A patronymic of «-» or «нет» is none. Checks nothing: see [`FullName::from_parts`].
    pub fn new(surname: impl AsRef<str>, given: impl AsRef<str>, patronymic: impl AsRef<str>) -> FullName {
        let patronymic = tidy_part(patronymic.as_ref());
        let patronymic = if fold(&patronymic) == "нет" { String::new() } else { patronymic };
        FullName {
            surname: tidy_part(surname.as_ref()),
            given: tidy_part(given.as_ref()),
            patronymic: lower_particles(&patronymic),
        }
    }

    /// Like [`FullName::new`] for three columns of a roster, refusing what cannot be a name.
    ///
    /// # Errors
    /// [`NameProblem`]: nothing written, surname or given name missing, digits, a part over 100 characters.
    pub fn from_parts(surname: &str, given: &str, patronymic: &str) -> Result<FullName, NameProblem> {
        let name = FullName::new(surname, given, patronymic);
        match name.problem() {
            Some(problem) => Err(problem),
            None => Ok(name),
        }
    }

    /// Reads a joined ФИО. Order «Фамилия Имя Отчество»; «Имя Отчество Фамилия» when the second word ends
    /// as a patronymic and the third does not; initials («Иванов И. И.», «И. И. Иванов») are parts too.
    /// Two words are surname and given name; with four and more the patronymic is found by its ending.
    ///
    /// # Errors
    /// [`NameProblem`] as in [`FullName::from_parts`].
    pub fn parse(text: &str) -> Result<FullName, NameProblem> {
        let cleaned = clean(text);
        if cleaned.chars().any(is_number_sign) {
            return Err(NameProblem::Digits);
        }
        let words = words_of(&cleaned);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let joined;
        let name = match words.as_slice() {
            [] => return Err(NameProblem::Empty),
            [_] => return Err(NameProblem::OneWord),
            [surname, given] if is_initial(surname) && !is_initial(given) => {
                FullName::new(given, surname, "")
            }
            [surname, given] => FullName::new(surname, given, ""),
            [given, patronymic, surname]
                if is_initial(given) && is_initial(patronymic) && !is_initial(surname) =>
            {
                FullName::new(surname, given, patronymic)
            }
            [given, patronymic, rest @ ..]
                if is_patronymic(patronymic) && !rest.last().is_some_and(|last| is_patronymic(last)) =>
            {
                joined = rest.join(" ");
                FullName::new(&joined, given, patronymic)
            }
            [surnames @ .., given, patronymic] if is_patronymic(patronymic) => {
                joined = surnames.join(" ");
                FullName::new(&joined, given, patronymic)
            }
            [surname, given, rest @ ..] => {
                joined = rest.join(" ");
                FullName::new(surname, given, &joined)
            }
        };
        match name.problem() {
            Some(problem) => Err(problem),
            None => Ok(name),
        }
    }

    /// What keeps this from being a name, if anything: for a name typed part by part in a form.
    pub fn problem(&self) -> Option<NameProblem> {
        let parts = [&self.surname, &self.given, &self.patronymic];
        if parts.iter().all(|part| part.is_empty()) {
            Some(NameProblem::Empty)
        } else if parts.iter().any(|part| part.chars().any(is_number_sign)) {
            Some(NameProblem::Digits)
        } else if self.surname.is_empty() || self.given.is_empty() {
            Some(NameProblem::OneWord)
        } else if parts.iter().any(|part| part.chars().count() > LONGEST_PART) {
            Some(NameProblem::TooLong)
        } else {
            None
        }
    }

    /// Folded «фамилия имя отчество»: equal keys mean the same spelling, not yet the same person.
    pub fn match_key(&self) -> String {
        fold(&self.full())
    }

    /// Folded surname: it must agree before names are called alike.
    pub fn surname_key(&self) -> String {
        fold(&self.surname)
    }

    /// Key for sorting lists: «Иван Пётр» before «Иванов Анна», «ё» as «е».
    pub fn sort_key(&self) -> String {
        // A separator below the space, so that a surname that is the beginning of another goes first.
        let mut key = fold(&self.surname);
        for part in [&self.given, &self.patronymic] {
            key.push('\u{1}');
            key.push_str(&fold(part));
        }
        key
    }

    /// «Ковалёва Наталья Игоревна»; absent parts leave no gap.
    pub fn full(&self) -> String {
        let mut full =
            String::with_capacity(self.surname.len() + self.given.len() + self.patronymic.len() + 2);
        for part in [&self.surname, &self.given, &self.patronymic] {
            if !part.is_empty() {
                if !full.is_empty() {
                    full.push(' ');
                }
                full.push_str(part);
            }
        }
        full
    }

    /// «Ковалёва Н. И.»: the form of table rows. Without a surname the whole name.
    pub fn short(&self) -> String {
        if self.surname.is_empty() {
            return self.full();
        }
        let mut short = self.surname.clone();
        for letter in [&self.given, &self.patronymic].into_iter().filter_map(|part| part.chars().next()) {
            short.push(' ');
            short.extend(letter.to_uppercase());
            short.push('.');
        }
        short
    }

    /// «К. Н. И.» as a name, for strangers' eyes.
    pub fn veiled(&self) -> FullName {
        let letter = |part: &str| {
            let letter = part.chars().find(|letter| is_letter(*letter));
            letter.map_or_else(String::new, |letter| format!("{}.", letter.to_uppercase()))
        };
        FullName {
            surname: letter(&self.surname),
            given: letter(&self.given),
            patronymic: letter(&self.patronymic),
        }
    }

    /// «КН»: first letters of surname and given name, for the round mark of a person card.
    pub fn initials(&self) -> String {
        [&self.surname, &self.given]
            .into_iter()
            .filter_map(|part| part.chars().find(|letter| is_letter(*letter)))
            .flat_map(char::to_uppercase)
            .collect()
    }
}

/// Splits a joined ФИО into its units: initials written together come apart, a particle joins its father's
/// name, a former surname in brackets joins the surname, a lone dash (no patronymic) goes.
fn words_of(cleaned: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in join_dashes(cleaned).split([' ', ',', ';']).filter(|word| !word.is_empty()) {
        let is_particle = PATRONYMIC_PARTICLES.contains(&fold(word).as_str());
        match words.last_mut() {
            Some(before) if is_particle || word.starts_with('(') => {
                before.push(' ');
                before.push_str(word);
            }
            _ => words.extend(split_initials(word)),
        }
    }
    words
}

/// «И.И.» → «И.», «И.»; anything else stays whole.
fn split_initials(word: &str) -> Vec<String> {
    let pieces: Vec<&str> = word.split_inclusive('.').collect();
    if pieces.len() > 1 && pieces.iter().all(|piece| is_initial(piece) || piece.chars().count() == 1) {
        return pieces.into_iter().map(str::to_owned).collect();
    }
    vec![word.to_owned()]
}

fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(is_letter) && letters.next() == Some('.') && letters.next().is_none()
}

fn is_patronymic(word: &str) -> bool {
    let folded = fold(word);
    let last = folded.rsplit([' ', '-']).next().unwrap_or_default();
    PATRONYMIC_PARTICLES.contains(&last)
        || (folded.chars().count() > 4 && PATRONYMIC_ENDINGS.iter().any(|ending| folded.ends_with(ending)))
}

/// Dashes inside a double name in one form and without spaces; a dash that joins nothing is dropped.
fn join_dashes(cleaned: &str) -> String {
    if !cleaned.contains(is_dash) {
        return cleaned.to_owned();
    }
    let mut joined = String::with_capacity(cleaned.len());
    for piece in cleaned.split(is_dash).map(str::trim).filter(|piece| !piece.is_empty()) {
        if !joined.is_empty() {
            joined.push('-');
        }
        joined.push_str(piece);
    }
    joined
}

fn tidy_part(part: &str) -> String {
    let joined = join_dashes(&clean(part));
    if is_in_capitals(&joined) { capitalise(&joined) } else { joined }
}

/// Two letters or more and none of them small.
fn is_in_capitals(part: &str) -> bool {
    let mut letters = 0;
    for letter in part.chars().filter(|letter| is_letter(*letter)) {
        if letter.is_lowercase() {
            return false;
        }
        letters += 1;
    }
    letters > 1
}

fn capitalise(part: &str) -> String {
    let mut capitalised = String::with_capacity(part.len());
    let mut starts_word = true;
    for letter in part.chars() {
        if starts_word {
            capitalised.push(letter);
        } else {
            capitalised.extend(letter.to_lowercase());
        }
        starts_word = !is_letter(letter);
    }
    capitalised
}

fn lower_particles(patronymic: &str) -> String {
    if !patronymic.contains([' ', '-']) {
        return patronymic.to_owned();
    }
    let mut lowered = String::with_capacity(patronymic.len());
    for word in patronymic.split_inclusive([' ', '-']) {
        let bare = fold(word.trim_end_matches([' ', '-']));
        if PATRONYMIC_PARTICLES.contains(&bare.as_str()) {
            lowered.push_str(&word.to_lowercase());
        } else {
            lowered.push_str(word);
        }
    }
    lowered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String, String) {
        let name = FullName::parse(text).expect("the test gives a name");
        (name.surname, name.given, name.patronymic)
    }

    #[test]
    fn joined_names_come_apart() {
        let cases = [
            ("Ковалёва Наталья Игоревна", ("Ковалёва", "Наталья", "Игоревна")),
            ("  КОВАЛЁВА\u{a0}НАТАЛЬЯ ИГОРЕВНА ", ("Ковалёва", "Наталья", "Игоревна")),
            ("Наталья Игоревна Ковалёва", ("Ковалёва", "Наталья", "Игоревна")),
            ("Илья Ильич Громов", ("Громов", "Илья", "Ильич")),
            ("Абрамович Роман Ильич", ("Абрамович", "Роман", "Ильич")),
            ("Янович Павел", ("Янович", "Павел", "")),
            ("Ковалёва Наталья", ("Ковалёва", "Наталья", "")),
            ("Алиев Руслан Вагиф оглы", ("Алиев", "Руслан", "Вагиф оглы")),
            ("АЛИЕВА ЛЕЙЛА ВАГИФ КЫЗЫ", ("Алиева", "Лейла", "Вагиф кызы")),
            ("Руслан Вагиф Оглы Алиев", ("Алиев", "Руслан", "Вагиф оглы")),
            ("Асанов Бакыт Темир-Уулу", ("Асанов", "Бакыт", "Темир-уулу")),
            ("Громова – Лис Анна-Мария Львовна", ("Громова-Лис", "Анна-Мария", "Львовна")),
            ("ГРОМОВА-ЛИС АННА-МАРИЯ ЛЬВОВНА", ("Громова-Лис", "Анна-Мария", "Львовна")),
            ("Иванов И.И.", ("Иванов", "И.", "И.")),
            ("И. И. Иванов", ("Иванов", "И.", "И.")),
            ("Гарсия Лопес Мария Ивановна", ("Гарсия Лопес", "Мария", "Ивановна")),
            ("Петрова (Иванова) Анна Игоревна", ("Петрова (Иванова)", "Анна", "Игоревна")),
            ("Ли Мин Хо Сун", ("Ли", "Мин", "Хо Сун")),
            ("Ковалёва Наталья -", ("Ковалёва", "Наталья", "")),
            ("Ковалёва, Наталья Игоревна", ("Ковалёва", "Наталья", "Игоревна")),
        ];
        for (text, (surname, given, patronymic)) in cases {
            assert_eq!(parts(text), (surname.into(), given.into(), patronymic.into()), "{text}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let long = format!("{} Анна", "а".repeat(101));
        let cases = [
            ("", NameProblem::Empty),
            (" \u{200b}- ", NameProblem::Empty),
            ("Ковалёва", NameProblem::OneWord),
            ("Громова-Лис", NameProblem::OneWord),
            ("Ковалёва Наталья 5А", NameProblem::Digits),
            ("79120000000", NameProblem::Digits),
            (&long, NameProblem::TooLong),
        ];
        for (text, problem) in cases {
            assert_eq!(FullName::parse(text), Err(problem), "{text}");
        }
        assert_eq!(FullName::from_parts("Ковалёва", "", "Игоревна"), Err(NameProblem::OneWord));
        assert_eq!(FullName::from_parts("", " ", "-"), Err(NameProblem::Empty));
        assert_eq!(FullName::from_parts("Ковалёва", "5А", ""), Err(NameProblem::Digits));
    }

    #[test]
    fn hundred_characters_are_still_a_name() {
        assert!(FullName::parse(&format!("{} Анна", "а".repeat(100))).is_ok());
    }

    #[test]
    fn parts_are_tidied_and_their_spelling_kept() {
        let name = FullName::new(" ковалёва ", "НАТАЛЬЯ", "нет");
        assert_eq!((name.surname.as_str(), name.given.as_str()), ("ковалёва", "Наталья"));
        assert_eq!(name.patronymic, "");
        assert_eq!(FullName::new("О'НИЛ", "Я", "Н.И.").surname, "О'Нил");
        assert_eq!(FullName::new("Ким", "Я", "").given, "Я");
        assert_eq!(FullName::new("Ким", "А", "Н.И.").patronymic, "Н.И.");
    }

    #[test]
    fn keys_compare_spellings() {
        let one = FullName::new("Ковалёва", "Наталья", "Игоревна");
        let two = FullName::new("КОВАЛЕВА", "наталья", "Игоревна");
        assert_eq!(one.match_key(), "ковалева наталья игоревна");
        assert_eq!(one.match_key(), two.match_key());
        assert_eq!(one.surname_key(), "ковалева");
        let shorter = FullName::new("Иван", "Яков", "");
        let longer = FullName::new("Иванов", "Анна", "");
        let double = FullName::new("Иван-Лис", "Анна", "");
        assert!(shorter.sort_key() < longer.sort_key());
        assert!(shorter.sort_key() < double.sort_key());
    }

    #[test]
    fn short_forms() {
        let name = FullName::new("Ковалёва", "Наталья", "Игоревна");
        assert_eq!(name.full(), "Ковалёва Наталья Игоревна");
        assert_eq!(name.short(), "Ковалёва Н. И.");
        assert_eq!(name.initials(), "КН");
        assert_eq!(FullName::new("Ковалёва", "Наталья", "").short(), "Ковалёва Н.");
        assert_eq!(FullName::new("", "Наталья", "").short(), "Наталья");
        assert_eq!(FullName::default().initials(), "");
    }

    #[test]
    fn an_absent_patronymic_is_not_written() {
        let name = FullName::new("Ковалёва", "Наталья", "");
        let json = serde_json::to_string(&name).expect("a name is plain text");
        assert_eq!(json, r#"{"surname":"Ковалёва","given":"Наталья"}"#);
        assert_eq!(serde_json::from_str::<FullName>(&json).expect("it was just written"), name);
    }
}
