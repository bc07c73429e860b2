//! What is known of one group: everybody, a number, or nothing yet.

use jiff::civil::Date;

use crate::names::Role;
use crate::register::{GroupId, GroupKind, Observation, ObservationId, ObservationSource, Register, Target};
use crate::regulation::Coverage;
use crate::session::GroupRow;

/// The answer in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) role: Role,
    /// How many the roster knows; 0 when nobody.
    pub(super) expected: u32,
    pub(super) all: bool,
    pub(super) text: String,
}

impl Answer {
    fn new(role: Role, coverage: &Coverage, members: usize) -> Self {
        let expected = if coverage.expected > 0 { coverage.expected } else { members as u32 };
        Self { role, expected, all: false, text: String::new() }
    }

    pub(super) fn is_given(&self) -> bool {
        self.all || !self.text.trim().is_empty()
    }

    /// Ticks everybody, or takes the tick away.
    pub(super) fn set_all(&mut self, all: bool) {
        self.all = all && self.expected > 0;
        if self.all {
            self.text.clear();
        }
    }

    pub(super) fn forget(&mut self) {
        self.all = false;
        self.text.clear();
    }

    /// How many are inside; `None` where nothing usable was said.
    pub(super) fn joined(&self) -> Option<u32> {
        if self.all {
            Some(self.expected)
        } else {
            self.text.trim().parse().ok().filter(|joined| *joined <= 9999)
        }
    }

    /// Whether something was typed that is no number.
    pub(super) fn is_wrong(&self) -> bool {
        self.is_given() && self.joined().is_none()
    }
}

/// One group of the table.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) group: GroupId,
    pub(super) label: String,
    /// Building and teacher.
    pub(super) note: String,
    pub(super) is_staff: bool,
    pub(super) last_seen: Option<Date>,
    /// Students (of staff: teachers), then parents: children with an adult inside.
    pub(super) answers: Vec<Answer>,
}

impl Line {
    /// A line for a group that has somebody to ask about.
    pub(super) fn of_group(register: &Register, row: &GroupRow) -> Option<Line> {
        let answers = if row.kind == GroupKind::TeachingStaff {
            vec![Answer::new(Role::Teacher, &row.teachers, row.member_count(Role::Teacher))]
        } else {
            let students = row.member_count(Role::Student);
            vec![
                Answer::new(Role::Student, &row.students, students),
                Answer::new(Role::Parent, &row.with_adult, students),
            ]
        };
        let unit = row.unit.and_then(|unit| register.unit(unit)).map_or("", |unit| unit.name.as_str());
        let line = Line {
            group: row.id,
            label: row.label.clone(),
            note: [unit.to_owned(), row.class_teachers.join(", ")]
                .into_iter()
                .filter(|words| !words.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            is_staff: row.kind == GroupKind::TeachingStaff,
            last_seen: row.last_seen,
            answers,
        };
        line.answers.iter().any(|answer| answer.expected > 0).then_some(line)
    }

    pub(super) fn is_answered(&self) -> bool {
        self.answers.iter().any(Answer::is_given)
    }

    /// What keeps the line from being written.
    pub(super) fn problem(&self) -> Option<String> {
        let wrong = self.answers.iter().find(|answer| answer.is_wrong())?;
        let label = &self.label;
        Some(format!("{label}: «{}» не число", wrong.text.trim()))
    }

    /// What is written of the line: an observation for every answer.
    pub(super) fn observations(&self, on: Date) -> Vec<Observation> {
        let given = self.answers.iter().filter_map(|answer| Some((answer, answer.joined()?)));
        given
            .map(|(answer, joined)| Observation {
                id: ObservationId::default(),
                target: Target::Group(self.group),
                role: answer.role,
                on,
                source: if answer.all { ObservationSource::Ticks } else { ObservationSource::Number },
                joined,
                of: None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(expected: u32) -> Answer {
        Answer { role: Role::Student, expected, all: false, text: String::new() }
    }

    #[test]
    fn a_tick_a_number_and_nothing() {
        let mut ticked = answer(26);
        ticked.set_all(true);
        assert_eq!((ticked.joined(), ticked.is_wrong()), (Some(26), false));
        let mut typed = answer(26);
        typed.text = " 25 ".into();
        assert_eq!((typed.joined(), typed.is_wrong()), (Some(25), false));
        typed.text = "двадцать".into();
        assert_eq!((typed.joined(), typed.is_wrong()), (None, true));
        assert_eq!((answer(26).joined(), answer(26).is_given()), (None, false));
        let mut empty = answer(0);
        empty.set_all(true);
        assert!(!empty.is_given(), "nobody cannot all be inside");
    }
}
