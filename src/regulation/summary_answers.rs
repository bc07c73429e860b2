//! Answers of class teachers as they come («7Б 24/22», «7б: 24 из 27, родители 22»), read line by line. Pure reading:
//! noise is left aside, and what cannot be understood is said, never guessed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::year::current_year;
use crate::names::{Role, fold, group_key};
use crate::register::{GroupId, GroupKind, Observation, ObservationId, ObservationSource, Register, Target};

/// The longest group label looked for, in words.
const LONGEST_LABEL_WORDS: usize = 4;

/// A number as told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub joined: u32,
    /// «из».
    pub of: Option<u32>,
}

/// What a line tells of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldFigures {
    pub group: GroupId,
    pub students: Option<Told>,
    /// Children with an adult in.
    pub parents: Option<Told>,
}

/// Why a line with numbers is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SummaryProblem {
    #[error("no group is named")]
    NoGroup,
    #[error("several groups are named")]
    SeveralGroups,
    #[error("more than two figures")]
    TooManyFigures,
    #[error("more than one figure")]
    SeveralFigures,
    #[error("{joined} of {of} cannot be")]
    MoreThanAll { joined: u32, of: u32 },
    #[error("line {0} speaks of the same group later")]
    CorrectedInLine(u32),
    #[error("a group without figures")]
    NoFigures,
}

impl SummaryProblem {
    /// The problem in Russian, lower case.
    pub fn words(self) -> String {
        match self {
            SummaryProblem::NoGroup => "не понятно, какой класс".into(),
            SummaryProblem::SeveralGroups => "подходит несколько классов".into(),
            SummaryProblem::TooManyFigures => "чисел больше двух".into(),
            SummaryProblem::SeveralFigures => "чисел больше одного".into(),
            SummaryProblem::MoreThanAll { joined, of } => format!("{joined} из {of}: больше, чем всего"),
            SummaryProblem::CorrectedInLine(line) => format!("взято из строки {line}, она ниже"),
            SummaryProblem::NoFigures => "назван класс, а чисел нет".into(),
        }
    }
}

/// One line that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SummaryAnswer {
    /// Number of the line, from 1.
    pub line: u32,
    pub outcome: Result<ToldFigures, SummaryProblem>,
}

/// Reads pasted answers against the groups of the current year. A class on a line of its own belongs to the numbers
/// below it; lines without a class and without numbers, dates and times are noise. Of several lines about one class
/// the last counts.
pub fn read_summary_answers(register: &Register, text: &str, today: Date) -> Vec<SummaryAnswer> {
    let labels = Labels::of(register, today);
    let mut answers: Vec<SummaryAnswer> = Vec::new();
    let mut waiting: Option<(u32, GroupId)> = None;
    for (place, line) in text.lines().enumerate() {
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let mut push = |line, outcome| answers.push(SummaryAnswer { line, outcome });
        let (group, rest) = match labels.take(line) {
            Ok(found) => found,
            Err(problem) => {
                push(number, Err(problem));
                continue;
            }
        };
        let told = figures(&rest);
        let is_empty = told.as_ref().is_ok_and(|(students, parents)| students.is_none() && parents.is_none());
        match (group, is_empty) {
            (None, true) => continue,
            (Some(group), true) => {
                if let Some((line, _)) = waiting.replace((number, group)) {
                    push(line, Err(SummaryProblem::NoFigures));
                }
                continue;
            }
            _ => {}
        }
        let group = match (group, waiting.take()) {
            (Some(group), Some((line, _))) => {
                push(line, Err(SummaryProblem::NoFigures));
                Some(group)
            }
            (group, above) => group.or(above.map(|(_, group)| group)),
        };
        let outcome = match (group, told) {
            (_, Err(problem)) => Err(problem),
            (None, _) => Err(SummaryProblem::NoGroup),
            (Some(group), Ok((students, parents))) => Ok(labels.fitting(group, students, parents)),
        };
        push(number, outcome);
    }
    if let Some((line, _)) = waiting {
        answers.push(SummaryAnswer { line, outcome: Err(SummaryProblem::NoFigures) });
    }
    mark_corrected(&mut answers);
    answers
}

/// One line with a figure of a free column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureLine {
    /// Number of the line, from 1.
    pub line: u32,
    /// `None`: a dash, which takes the known figure out.
    pub outcome: Result<(GroupId, Option<u32>), SummaryProblem>,
}

/// Reads figures of one free column, a group a line («7Б 12», «7Б -»); lines without a group and without a number are
/// noise. Of several lines about one group the last counts.
pub fn read_figure_lines(register: &Register, text: &str, today: Date) -> Vec<FigureLine> {
    let labels = Labels::of(register, today);
    let mut lines: Vec<FigureLine> = Vec::new();
    for (line, text) in (1_u32..).zip(text.lines()) {
        let outcome = labels.take(text).and_then(|(group, rest)| {
            let numbers: Vec<u32> =
                rest.split([' ', ';', ',']).filter_map(|word| word.parse().ok()).collect();
            let takes_out = text.trim_end().ends_with(['-', '—', '–']);
            match (group, numbers.as_slice()) {
                (None, []) => Ok(None),
                (None, _) => Err(SummaryProblem::NoGroup),
                (Some(group), [number]) => Ok(Some((group, Some(*number)))),
                (Some(group), []) if takes_out => Ok(Some((group, None))),
                (Some(_), []) => Err(SummaryProblem::NoFigures),
                (Some(_), _) => Err(SummaryProblem::SeveralFigures),
            }
        });
        if let Some(outcome) = outcome.transpose() {
            lines.push(FigureLine { line, outcome });
        }
    }
    let mut later: BTreeMap<GroupId, u32> = BTreeMap::new();
    for line in lines.iter_mut().rev() {
        let Ok((group, _)) = line.outcome else { continue };
        match later.get(&group) {
            Some(later) => line.outcome = Err(SummaryProblem::CorrectedInLine(*later)),
            None => drop(later.insert(group, line.line)),
        }
    }
    lines
}

fn mark_corrected(answers: &mut [SummaryAnswer]) {
    let mut later: BTreeMap<GroupId, u32> = BTreeMap::new();
    for answer in answers.iter_mut().rev() {
        if let Ok(told) = answer.outcome {
            match later.get(&told.group) {
                Some(line) => answer.outcome = Err(SummaryProblem::CorrectedInLine(*line)),
                None => {
                    later.insert(told.group, answer.line);
                }
            }
        }
    }
}

/// The answers as observations of the groups, for one `Operation::Observe`.
pub fn observations_of_answers(answers: &[SummaryAnswer], on: Date) -> Vec<Observation> {
    let told = answers.iter().filter_map(|answer| answer.outcome.ok());
    told.flat_map(|told| {
        let of_role = |role: Role, figure: Option<Told>| {
            figure.map(|figure| Observation {
                id: ObservationId::default(),
                target: Target::Group(told.group),
                role,
                on,
                source: ObservationSource::Number,
                joined: figure.joined,
                of: figure.of,
            })
        };
        [of_role(Role::Student, told.students), of_role(Role::Parent, told.parents)]
    })
    .flatten()
    .collect()
}

struct Labels {
    /// Group and whether it has a place for children.
    by_key: BTreeMap<String, Vec<(GroupId, bool)>>,
}

impl Labels {
    fn of(register: &Register, today: Date) -> Labels {
        let mut by_key: BTreeMap<String, Vec<(GroupId, bool)>> = BTreeMap::new();
        let groups = register.groups_in_year(current_year(register, today));
        for group in groups.filter(|group| group.kind != GroupKind::TeachingStaff) {
            let has_children = group.kind != GroupKind::KindergartenGroup;
            by_key.entry(group_key(&group.label)).or_default().push((group.id, has_children));
        }
        Labels { by_key }
    }

    fn get(&self, label: &str) -> Result<Option<GroupId>, SummaryProblem> {
        match self.by_key.get(&group_key(label)).map(Vec::as_slice) {
            None | Some([]) => Ok(None),
            Some([(group, _)]) => Ok(Some(*group)),
            Some(_) => Err(SummaryProblem::SeveralGroups),
        }
    }

    /// The group a line names, the longest label first, and the rest of the line.
    fn take(&self, line: &str) -> Result<(Option<GroupId>, String), SummaryProblem> {
        let spaced =
            line.replace(['\t', '|', '(', ')', '[', ']', '=', '—', '–', '…', '!', '?', '*', '•'], " ");
        // «7Б: 24»; a time keeps its colon.
        let words: Vec<String> = spaced.split_whitespace().flat_map(split_colon).collect();
        for length in (1..=LONGEST_LABEL_WORDS.min(words.len())).rev() {
            for start in 0..=words.len() - length {
                let label = words[start..start + length].join(" ");
                let label = label.trim_matches([',', ';', '.', ':', '-', '«', '»', '"']);
                let Some(group) = self.get(label)? else { continue };
                let (before, after) = (words[..start].join(" "), words[start + length..].join(" "));
                // «24/22, 7Б»: the numbers stand before only where none stand after.
                let is_after = after.chars().any(|letter| letter.is_ascii_digit());
                return Ok((Some(group), if is_after { after } else { format!("{before} ; {after}") }));
            }
        }
        // «7Б-24/22»: a dash that is no part of the label.
        for (place, word) in words.iter().enumerate() {
            for (cut, _) in word.match_indices('-') {
                if let Some(group) = self.get(&word[..cut])? {
                    let rest: Vec<&str> = std::iter::once(&word[cut + 1..])
                        .chain(words[place + 1..].iter().map(String::as_str))
                        .collect();
                    return Ok((Some(group), rest.join(" ")));
                }
            }
        }
        Ok((None, words.join(" ")))
    }

    /// In a kindergarten the one number is the parents'.
    fn fitting(&self, group: GroupId, students: Option<Told>, parents: Option<Told>) -> ToldFigures {
        let has_children = self
            .by_key
            .values()
            .flatten()
            .find(|(id, _)| *id == group)
            .is_none_or(|(_, has_children)| *has_children);
        match has_children {
            true => ToldFigures { group, students, parents },
            false => ToldFigures { group, students: None, parents: parents.or(students) },
        }
    }
}

fn split_colon(word: &str) -> Vec<String> {
    let is_time = word
        .trim_matches([',', ';'])
        .split(':')
        .all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    match is_time {
        true => vec![word.to_owned()],
        false => word.split(':').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Figure(Told),
    Of,
    Number(u32),
    Whose(Role),
}

type Figures = (Option<Told>, Option<Told>);

/// The figures of a line: by the words beside them, else students first and parents second.
fn figures(rest: &str) -> Result<Figures, SummaryProblem> {
    let (mut students, mut parents) = (None, None);
    let mut unnamed: Vec<Told> = Vec::new();
    for clause in rest.split([',', ';']) {
        for (told, role) in figures_of_clause(clause) {
            if let Some(of) = told.of.filter(|of| told.joined > *of) {
                return Err(SummaryProblem::MoreThanAll { joined: told.joined, of });
            }
            let place = match role {
                Some(Role::Parent) => &mut parents,
                Some(_) => &mut students,
                None => {
                    unnamed.push(told);
                    continue;
                }
            };
            if place.replace(told).is_some() {
                return Err(SummaryProblem::TooManyFigures);
            }
        }
    }
    for told in unnamed {
        match (students, parents) {
            (None, _) => students = Some(told),
            (Some(_), None) => parents = Some(told),
            _ => return Err(SummaryProblem::TooManyFigures),
        }
    }
    Ok((students, parents))
}

fn figures_of_clause(clause: &str) -> Vec<(Told, Option<Role>)> {
    let tokens = joined_figures(&tokens_of(clause));
    let count = |wanted: fn(&Token) -> bool| tokens.iter().filter(|token| wanted(token)).count();
    let (told, whose) =
        (count(|token| matches!(token, Token::Figure(_))), count(|token| matches!(token, Token::Whose(_))));
    // «24 ученика 22 родителя» says it after, «ученики 24 родители 22» and «24 родители 22» before.
    let says_after = told == whose && matches!(tokens.first(), Some(Token::Figure(_)));
    let mut figures = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let Token::Figure(told) = token else { continue };
        let beside = if says_after {
            tokens.get(place + 1)
        } else {
            place.checked_sub(1).and_then(|it| tokens.get(it))
        };
        let role = match beside {
            Some(Token::Whose(role)) => Some(*role),
            _ => None,
        };
        figures.push((*told, role));
    }
    figures
}

fn tokens_of(clause: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for word in clause.replace(['/', '\\'], " ").split_whitespace() {
        let word = fold(word);
        let word = word.trim_matches(['.', ':', '-', '«', '»', '"']);
        let begins = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
        if let Ok(number) = word.parse::<u32>() {
            // A year is no number of people.
            if number < 1000 {
                tokens.push(Token::Number(number));
            }
        } else if matches!(word, "из" | "от") {
            tokens.push(Token::Of);
        } else if begins(&["родит", "род", "взросл", "мам", "законн"]) {
            tokens.push(Token::Whose(Role::Parent));
        } else if begins(&["учен", "учащ", "обуч", "студ", "дет", "реб", "уч"]) {
            tokens.push(Token::Whose(Role::Student));
        }
    }
    tokens
}

/// Joins «24 из 27» into one figure.
fn joined_figures(tokens: &[Token]) -> Vec<Token> {
    let mut joined = Vec::new();
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        match (token, tokens.get(place + 1), tokens.get(place + 2)) {
            (Token::Number(number), Some(Token::Of), Some(Token::Number(of))) => {
                joined.push(Token::Figure(Told { joined: *number, of: Some(*of) }));
                place += 2;
            }
            (Token::Number(number), _, _) => {
                joined.push(Token::Figure(Told { joined: *number, of: None }));
            }
            (Token::Of, _, _) => {}
            (token, _, _) => joined.push(*token),
        }
        place += 1;
    }
    joined
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::regulation::fixture::School;

    const TODAY: Date = date(2026, 10, 12);

    fn school() -> (School, GroupId, GroupId) {
        let mut school = School::new();
        let class = school.class("7Б");
        school.class("11А");
        let study = school.group("ИС-21-1", GroupKind::StudyGroup);
        school.group("Солнышко", GroupKind::KindergartenGroup);
        (school, class, study)
    }

    fn figure(told: Option<Told>) -> String {
        match told {
            None => "-".into(),
            Some(Told { joined, of: None }) => joined.to_string(),
            Some(Told { joined, of: Some(of) }) => format!("{joined} из {of}"),
        }
    }

    fn read(school: &School, text: &str) -> Vec<String> {
        let one = |answer: &SummaryAnswer| match answer.outcome {
            Ok(told) => {
                let label = &school.register.group(told.group).expect("exists").label;
                format!("{} {label}: {} / {}", answer.line, figure(told.students), figure(told.parents))
            }
            Err(problem) => format!("{} {problem:?}", answer.line),
        };
        read_summary_answers(&school.register, text, TODAY).iter().map(one).collect()
    }

    #[test]
    fn answers_are_read_however_they_are_written() {
        let (school, ..) = school();
        for (line, expected) in [
            ("7Б 24/22", "24 / 22"),
            ("7б: 24 из 27, родители 22", "24 из 27 / 22"),
            ("7б:24/22", "24 / 22"),
            ("7 «Б» - 24, 22", "24 / 22"),
            ("7Б-24/22", "24 / 22"),
            ("7Б — 24 и 22", "24 / 22"),
            ("7 б класс, учеников 24, родителей 22 из 27", "24 / 22 из 27"),
            ("7Б родители 22", "- / 22"),
            ("7Б 22 родителя", "- / 22"),
            ("7Б 24 ученика 22 родителя", "24 / 22"),
            ("7Б дети 24 родители 22", "24 / 22"),
            ("7Б 24 из 27 родители 22", "24 из 27 / 22"),
            ("Добрый день! 7Б 24/22, спасибо", "24 / 22"),
            ("[09.10.2026 14:05] Вера: 7Б 24 / 22", "24 / 22"),
            ("7Б 24", "24 / -"),
            ("24/22 7Б", "24 / 22"),
            ("7Б 0/0", "0 / 0"),
        ] {
            assert_eq!(read(&school, line), [format!("1 7Б: {expected}")], "{line}");
        }
        assert_eq!(read(&school, "ИС-21-1 20/3"), ["1 ИС-21-1: 20 / 3"]);
        assert_eq!(read(&school, "Солнышко 18"), ["1 Солнышко: - / 18"]);
    }

    #[test]
    fn noise_is_left_aside_and_what_is_not_understood_is_said() {
        let (school, ..) = school();
        let text =
            "Вера Ильинична\n09.10.2026 14:05\n7Б\n24/22\nспасибо\n8Ю 20/20\n11А 25 из 20\n11А 1/2/3\n11А";
        assert_eq!(
            read(&school, text),
            [
                "4 7Б: 24 / 22",
                "6 NoGroup",
                "7 MoreThanAll { joined: 25, of: 20 }",
                "8 TooManyFigures",
                "9 NoFigures",
            ]
        );
        assert_eq!(read(&school, "7Б 20/20\n7Б 24/22"), ["1 CorrectedInLine(2)", "2 7Б: 24 / 22"]);
        assert_eq!(read(&school, ""), Vec::<String>::new());
    }

    #[test]
    fn figures_of_a_column_are_one_a_line() {
        let (school, class, study) = school();
        let read = |text: &str| -> Vec<_> {
            read_figure_lines(&school.register, text, TODAY).iter().map(|line| line.outcome).collect()
        };
        let text = "Активных\n7Б: 1240\nИС-21-1 -\n8Ю 3\n11А 1 2\n11А";
        assert_eq!(
            read(text),
            [
                Ok((class, Some(1240))),
                Ok((study, None)),
                Err(SummaryProblem::NoGroup),
                Err(SummaryProblem::SeveralFigures),
                Err(SummaryProblem::NoFigures),
            ]
        );
        assert_eq!(read("7Б 1\n7Б 2"), [Err(SummaryProblem::CorrectedInLine(2)), Ok((class, Some(2)))]);
    }

    #[test]
    fn answers_become_observations_of_the_groups() {
        let (school, class, _) = school();
        let answers = read_summary_answers(&school.register, "7Б 24 из 27/22\n8Ю 1/1", TODAY);
        let seen: Vec<(Target, Role, u32, Option<u32>)> = observations_of_answers(&answers, TODAY)
            .iter()
            .map(|seen| (seen.target, seen.role, seen.joined, seen.of))
            .collect();
        let group = Target::Group(class);
        assert_eq!(seen, [(group, Role::Student, 24, Some(27)), (group, Role::Parent, 22, None)]);
    }
}
