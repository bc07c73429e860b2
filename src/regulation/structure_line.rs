//! A year's groups from one line such as «1–9 АБВГ, 10–11 АБ», or from a pasted list (duty 2.3-3, domain §2). The
//! line is shown as the groups it makes before anything is added; what cannot be read is named with its place.

use std::collections::{BTreeMap, HashMap};

use crate::names::{clean, group_key, parse_group_label};
use crate::register::{Entity, Group, GroupId, GroupKind, Operation, Register, SchoolYear, UnitId};

use super::year::usual_group_kind;

/// No organization has more groups in a year; a line that makes more is a slip.
const MOST_GROUPS: usize = 2_000;

/// Classes of a school; an evening school has a twelfth.
const HIGHEST_CLASS: u8 = 12;

/// The letters that schools count their classes by, in their order: without Ё, Й and the signs.
const LITERAS: &str = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ";

/// Farther apart than this, letters in a row are a word («физ», «ест»), not a list of classes.
const WIDEST_STEP: usize = 3;

/// Why a piece of the line makes no group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StructureProblemKind {
    /// A range that runs backwards: «9–1», «Г–А».
    Backwards,
    /// A class above the twelfth, or 0.
    NoSuchClass,
    /// A letter range with a letter that no class has.
    UnknownLetters,
    /// Longer than a label may be.
    TooLong,
    /// The same group stands in the line before.
    Twice,
    /// More than 2,000 groups.
    TooMany,
}

impl StructureProblemKind {
    /// What is wrong and what to do, without a full stop.
    pub fn words(self) -> &'static str {
        match self {
            StructureProblemKind::Backwards => "промежуток идёт назад, поменяйте концы местами",
            StructureProblemKind::NoSuchClass => "таких классов не бывает, нужны числа от 1 до 12",
            StructureProblemKind::UnknownLetters => "буквы промежутка не понятны, перечислите их подряд",
            StructureProblemKind::TooLong => "название длиннее 60 знаков, сократите его",
            StructureProblemKind::Twice => "эта группа в строке уже есть",
            StructureProblemKind::TooMany => "групп больше 2000, проверьте числа",
        }
    }
}

/// A piece of the line that makes no group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructureProblem {
    /// Line of the text, from 1.
    pub line: usize,
    /// Character of that line where the piece begins, from 1.
    pub at: usize,
    /// The piece as written.
    pub piece: String,
    pub kind: StructureProblemKind,
}

/// A group the line makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedGroup {
    pub label: String,
    /// The number of a school class.
    pub parallel: Option<u8>,
    /// The group of the year and unit that has this label already: nothing is added then.
    pub already: Option<GroupId>,
}

/// What a line makes, before anything is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StructurePreview {
    pub groups: Vec<ProposedGroup>,
    pub problems: Vec<StructureProblem>,
    /// The year the groups are for.
    pub year: Option<SchoolYear>,
    pub unit: Option<UnitId>,
    pub kind: GroupKind,
}

impl StructurePreview {
    /// How many groups would be added.
    pub fn new_count(&self) -> usize {
        self.groups.iter().filter(|group| group.already.is_none()).count()
    }

    /// Numbers of new classes by parallel, for «1–4: по 4 класса»; free names under `None`.
    pub fn by_parallel(&self) -> BTreeMap<Option<u8>, usize> {
        let mut counts = BTreeMap::new();
        for group in self.groups.iter().filter(|group| group.already.is_none()) {
            *counts.entry(group.parallel).or_default() += 1;
        }
        counts
    }

    /// The one operation that adds every new group, a part each. `None` where there is nothing to add or a piece of
    /// the line was not understood.
    pub fn operation(&self) -> Option<Operation> {
        if !self.problems.is_empty() || self.new_count() == 0 {
            return None;
        }
        let new = self.groups.iter().filter(|group| group.already.is_none());
        let entity = |group: &ProposedGroup| -> Entity {
            Group {
                label: group.label.clone(),
                kind: self.kind,
                unit: self.unit,
                year: self.year,
                ..Group::default()
            }
            .into()
        };
        Some(Operation::Add(new.map(entity).collect()))
    }
}

/// Reads a line (or a pasted list: pieces stand apart by commas, semicolons or line breaks) against the groups of a
/// year and unit. Pieces: «1–9 АБВГ», «5 а б в», «10–11 А-Г», «5», «7.1», «10 инж», «ИС-26-1», «Солнышко».
pub fn read_structure_line(
    register: &Register,
    text: &str,
    year: SchoolYear,
    unit: Option<UnitId>,
) -> StructurePreview {
    let known: HashMap<String, GroupId> = register
        .groups_in_year(year)
        .filter(|group| group.unit == unit && group.year.is_some())
        .map(|group| (group_key(&group.label), group.id))
        .collect();
    let mut preview = StructurePreview {
        year: Some(year),
        unit,
        kind: usual_group_kind(register.organization().kind),
        ..StructurePreview::default()
    };
    let mut seen: HashMap<String, ()> = HashMap::new();
    for (number, line) in text.lines().enumerate() {
        for (at, piece) in pieces_of(line) {
            let problem = |kind| StructureProblem { line: number + 1, at, piece: piece.to_owned(), kind };
            let labels = match labels_of(piece) {
                Ok(labels) => labels,
                Err(kind) => {
                    preview.problems.push(problem(kind));
                    continue;
                }
            };
            for (label, parallel) in labels {
                if preview.groups.len() >= MOST_GROUPS {
                    preview.problems.push(problem(StructureProblemKind::TooMany));
                    return preview;
                }
                let key = group_key(&label);
                if seen.insert(key.clone(), ()).is_some() {
                    preview.problems.push(problem(StructureProblemKind::Twice));
                    break;
                }
                preview.groups.push(ProposedGroup { label, parallel, already: known.get(&key).copied() });
            }
        }
    }
    preview
}

/// The pieces of a line, each with the place of its first character from 1.
fn pieces_of(line: &str) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut at = 1;
    for piece in line.split([',', ';', '\t']) {
        let before = piece.chars().take_while(|letter| letter.is_whitespace()).count();
        let trimmed = piece.trim().trim_end_matches('.').trim_end();
        if !trimmed.is_empty() {
            pieces.push((at + before, trimmed));
        }
        at += piece.chars().count() + 1;
    }
    pieces
}

type Labels = Vec<(String, Option<u8>)>;

fn labels_of(piece: &str) -> Result<Labels, StructureProblemKind> {
    let cleaned = with_plain_dashes(&clean(piece));
    if let Some((numbers, rest)) = leading_numbers(&cleaned)? {
        if let Some(literas) = literas_of(rest)? {
            let one = |number: u8, litera: &String| (format!("{number}{litera}"), Some(number));
            let of_number = |number: &u8| match literas.is_empty() {
                true => vec![(number.to_string(), Some(*number))],
                false => literas.iter().map(|litera| one(*number, litera)).collect::<Vec<_>>(),
            };
            return Ok(numbers.iter().flat_map(of_number).collect());
        }
        // «10–11 инж»: a word is a литера too.
        if numbers.len() > 1 {
            let labels = numbers.iter().map(|number| label_of(&format!("{number} {rest}")));
            return labels.collect();
        }
    }
    label_of(piece).map(|label| vec![label])
}

fn label_of(text: &str) -> Result<(String, Option<u8>), StructureProblemKind> {
    match parse_group_label(text) {
        Ok(label) => Ok((label.text, label.parallel)),
        Err(_) => Err(StructureProblemKind::TooLong),
    }
}

fn with_plain_dashes(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '…' => '-',
            other => other,
        })
        .collect()
}

/// «1-9 …», «5 …», «5АБВ»: the numbers and what follows. `None` where the piece begins otherwise.
fn leading_numbers(text: &str) -> Result<Option<(Vec<u8>, &str)>, StructureProblemKind> {
    let Some((first, rest)) = number_at_front(text) else { return Ok(None) };
    let after = rest.trim_start();
    let second = after.strip_prefix('-').map(str::trim_start).and_then(number_at_front);
    let (last, rest) = match second {
        Some((last, rest)) => (last, rest),
        None => (first, rest),
    };
    // «7.2», «21-ИС», «5/1»: names of their own.
    if rest.starts_with(['.', '/', '-']) {
        return Ok(None);
    }
    if !(1..=HIGHEST_CLASS).contains(&first) || !(1..=HIGHEST_CLASS).contains(&last) {
        // «101», «21ИС»: a college name, unless it is a range.
        return if second.is_some()
            && rest.trim().chars().all(char::is_alphabetic)
            && last <= 99
            && first <= 99
        {
            Err(StructureProblemKind::NoSuchClass)
        } else {
            Ok(None)
        };
    }
    if last < first {
        return Err(StructureProblemKind::Backwards);
    }
    Ok(Some(((first..=last).collect(), without_class_words(rest.trim()))))
}

fn number_at_front(text: &str) -> Option<(u8, &str)> {
    let length = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (figures, rest) = text.split_at(length);
    if figures.is_empty() {
        return None;
    }
    Some((figures.parse().unwrap_or(u8::MAX), rest))
}

/// «классы», «кл.», «параллель» before or after the letters say nothing.
fn without_class_words(rest: &str) -> &str {
    let mut rest = rest;
    for word in ["классы", "классов", "класс", "кл.", "кл", ":"] {
        rest = rest.strip_prefix(word).map_or(rest, str::trim_start);
        rest = rest.strip_suffix(word).map_or(rest, str::trim_end);
    }
    rest
}

/// The литеры after the numbers: none, «АБВГ», «а б в», «А-Г». `None` where it is a word.
fn literas_of(rest: &str) -> Result<Option<Vec<String>>, StructureProblemKind> {
    let capitals: String = rest.to_uppercase().chars().filter(|letter| !is_quote(*letter)).collect();
    let mut literas = Vec::new();
    for word in capitals.split([' ', '+']).filter(|word| !word.is_empty()) {
        if let Some((from, to)) = word.split_once('-') {
            let is_letter = |text: &str| text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
            if !is_letter(from) || !is_letter(to) {
                return Ok(None);
            }
            let place = |letter: &str| LITERAS.chars().position(|known| letter.starts_with(known));
            let (Some(from), Some(to)) = (place(from), place(to)) else {
                return Err(StructureProblemKind::UnknownLetters);
            };
            if to < from {
                return Err(StructureProblemKind::Backwards);
            }
            literas.extend(LITERAS.chars().skip(from).take(to - from + 1).map(String::from));
        } else if is_list_of_letters(word) {
            literas.extend(word.chars().map(String::from));
        } else {
            return Ok(None);
        }
    }
    Ok(Some(literas))
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '«' | '»' | '"' | '\u{201C}' | '\u{201D}' | '\u{201E}')
}

/// «АБВГ» is a list, «ИНЖ» a word: letters of a list rise by small steps.
fn is_list_of_letters(word: &str) -> bool {
    let places: Vec<Option<usize>> =
        word.chars().map(|letter| LITERAS.chars().position(|known| known == letter)).collect();
    match &places[..] {
        [_] => word.chars().all(char::is_alphabetic),
        places => places.windows(2).all(|pair| {
            pair[0].zip(pair[1]).is_some_and(|(left, right)| right > left && right - left <= WIDEST_STEP)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulation::fixture::School;

    fn labels(text: &str) -> (String, Vec<StructureProblemKind>) {
        let preview = read_structure_line(&School::new().register, text, SchoolYear(2026), None);
        let labels: Vec<&str> = preview.groups.iter().map(|group| group.label.as_str()).collect();
        (labels.join(" "), preview.problems.iter().map(|problem| problem.kind).collect())
    }

    #[test]
    fn lines_become_groups() {
        let cases = [
            ("1–2 АБВГ, 10–11 АБ", "1А 1Б 1В 1Г 2А 2Б 2В 2Г 10А 10Б 11А 11Б"),
            ("1-2 абв; 5 а б в", "1А 1Б 1В 2А 2Б 2В 5А 5Б 5В"),
            ("3 А–Г", "3А 3Б 3В 3Г"),
            ("3 А-Б Д", "3А 3Б 3Д"),
            ("5АБ", "5А 5Б"),
            ("5А, 5Б", "5А 5Б"),
            ("1–3", "1 2 3"),
            ("7", "7"),
            ("7.1, 7.2", "7.1 7.2"),
            ("10 инж, 10 физ", "10 инж 10 физ"),
            ("10–11 инж", "10 инж 11 инж"),
            ("5 классы АБ", "5А 5Б"),
            ("5 «А»", "5А"),
            ("ИС-26-1, ПКС-26; П-101СД", "ИС-26-1 ПКС-26 П-101СД"),
            ("21-ИС", "21-ИС"),
            ("Солнышко\nРомашка\n\n", "Солнышко Ромашка"),
            ("1 А Б.", "1А 1Б"),
        ];
        for (text, expected) in cases {
            assert_eq!(labels(text), (expected.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_place() {
        use StructureProblemKind::*;
        let cases = [
            ("9–1 АБ", Backwards),
            ("5 Г–А", Backwards),
            ("1–15 АБ", NoSuchClass),
            ("5 А–Z", UnknownLetters),
            ("5А, 5а", Twice),
        ];
        for (text, kind) in cases {
            assert_eq!(labels(text).1, [kind], "{text}");
        }
        assert_eq!(labels(&"я".repeat(61)).1, [TooLong]);
        let preview =
            read_structure_line(&School::new().register, "1 А\n 5 А,  9–1 Б", SchoolYear(2026), None);
        let problem = &preview.problems[0];
        assert_eq!((problem.line, problem.at, problem.piece.as_str()), (2, 8, "9–1 Б"));
        assert!(preview.operation().is_none(), "nothing is added while a piece is not understood");
    }

    #[test]
    fn groups_that_are_there_are_not_added_again() {
        let mut school = School::new();
        let known = school.class("5А");
        let preview = read_structure_line(&school.register, "5 аб", SchoolYear(2026), None);
        assert_eq!(preview.groups[0].already, Some(known));
        assert_eq!(preview.new_count(), 1);
        let changes = school.run(preview.operation().expect("5Б is new"));
        assert_eq!(changes.part_count(), 1);
        let again = read_structure_line(&school.register, "5 аб", SchoolYear(2026), None);
        assert!(again.operation().is_none());
        let elsewhere = read_structure_line(&school.register, "5 аб", SchoolYear(2027), None);
        assert_eq!(elsewhere.new_count(), 2);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,60}") {
            let _ = labels(&text);
        }
    }
}
