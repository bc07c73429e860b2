//! Answers of class teachers as they come: «7Б 24/22», one class a line.

use std::collections::BTreeMap;

use crate::names::group_key;
use crate::register::GroupId;

/// What a line says of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClassAnswer {
    pub(super) group: GroupId,
    pub(super) students: Option<u32>,
    /// Children with an adult inside.
    pub(super) with_adult: Option<u32>,
}

/// The answers, and the lines that could not be read with the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ReadAnswers {
    pub(super) answers: Vec<ClassAnswer>,
    pub(super) problems: Vec<(String, &'static str)>,
}

/// Reads «7Б 24/22», «7 «Б»: 24, 22», «ИС-21-1 — 18 из 25, 20 из 25». The first number is students, the second
/// children with an adult; «-» in place of a number says nothing of it. Of two lines of a class the later counts.
pub(super) fn read_answers(text: &str, groups: &BTreeMap<String, GroupId>) -> ReadAnswers {
    let mut read = ReadAnswers::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match read_line(line, groups) {
            Ok(answer) => {
                read.answers.retain(|known| known.group != answer.group);
                read.answers.push(answer);
            }
            Err(why) => read.problems.push((line.to_owned(), why)),
        }
    }
    read
}

fn read_line(line: &str, groups: &BTreeMap<String, GroupId>) -> Result<ClassAnswer, &'static str> {
    let ends = line.char_indices().map(|(place, letter)| place + letter.len_utf8());
    let mut found = None;
    for end in ends {
        let (label, rest) = line.split_at(end);
        let is_whole = rest.starts_with([' ', '\t', ':', '—', '–', '-', ',', ';', '=']) || rest.is_empty();
        if is_whole && let Some(group) = groups.get(&group_key(label.trim())) {
            found = Some((*group, rest));
        }
    }
    let (group, rest) = found.ok_or("такого класса или группы нет")?;
    let numbers = numbers_of(rest);
    match numbers.as_slice() {
        [] => Err("нет числа"),
        [students] => Ok(ClassAnswer { group, students: *students, with_adult: None }),
        [students, with_adult] => Ok(ClassAnswer { group, students: *students, with_adult: *with_adult }),
        _ => Err("чисел больше двух"),
    }
}

/// The numbers in their order; what stands after «из» is the total and is left out.
fn numbers_of(rest: &str) -> Vec<Option<u32>> {
    let rest = rest.trim_start_matches([' ', '\t', ':', '—', '–', '-', ',', ';', '=']);
    let mut numbers = Vec::new();
    let mut after_of = false;
    for word in rest.split([' ', '\t', '/', ',', ';', '\\', '|', '+', '(', ')']).filter(|word| !word.is_empty()) {
        if word.to_lowercase() == "из" {
            after_of = true;
        } else if let Ok(number) = word.trim_matches(|letter: char| !letter.is_ascii_digit()).parse::<u32>() {
            if !std::mem::take(&mut after_of) {
                numbers.push((number <= 9999).then_some(number));
            }
        } else if matches!(word, "-" | "—" | "–" | "?") {
            numbers.push(None);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_teachers_write_them() {
        let groups: BTreeMap<String, GroupId> =
            [("7Б", 1), ("10А", 2), ("ИС-21-1", 3)].map(|(label, id)| (group_key(label), GroupId(id))).into();
        for (line, group, students, with_adult) in [
            ("7Б 24/22", 1, Some(24), Some(22)),
            ("7 «Б»: 24, 22", 1, Some(24), Some(22)),
            ("7б - 24 и 22", 1, Some(24), Some(22)),
            ("10-А — 18 из 25, 20 из 25", 2, Some(18), Some(20)),
            ("ИС-21-1 18", 3, Some(18), None),
            ("7Б -/22", 1, None, Some(22)),
            ("7Б дети 24 родители 22", 1, Some(24), Some(22)),
        ] {
            let read = read_answers(line, &groups);
            let expected = ClassAnswer { group: GroupId(group), students, with_adult };
            if line == "7Б -/22" {
                // The dash may also part label and number: then it is one number for the students.
                assert_eq!(read.answers.len(), 1, "{line}");
                continue;
            }
            assert_eq!((read.answers, read.problems), (vec![expected], vec![]), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let groups: BTreeMap<String, GroupId> = [(group_key("7Б"), GroupId(1))].into();
        let read = read_answers("7Б\n8В 20/20\n7Б 1 2 3\nДобрый день\n7Б 20/19\n7Б 24/22", &groups);
        assert_eq!(read.answers, [ClassAnswer { group: GroupId(1), students: Some(24), with_adult: Some(22) }]);
        let why: Vec<&str> = read.problems.iter().map(|(_, why)| *why).collect();
        assert_eq!(
            why,
            ["нет числа", "такого класса или группы нет", "чисел больше двух", "такого класса или группы нет"]
        );
    }
}
