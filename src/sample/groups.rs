//! The groups of the sample and the part each plays, so that every rule has something to say on any day.

use super::SampleKind;
use crate::register::{GroupKind, SchoolYear};

/// How many are out of a chat: invited and not in, and those who never count (declined, not invited).
#[derive(Clone, Copy)]
pub(super) struct Outside {
    pub(super) invited: usize,
    pub(super) neutral: usize,
}

/// What is remarkable about a group's links; most have nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Two links, as everywhere.
    Ordinary,
    /// The students' link lies unclaimed.
    StudentsUnclaimed,
    /// The parents' link lies unclaimed.
    ParentsUnclaimed,
    /// A parents' link of which nothing has been heard for 34 days.
    ParentsSilent,
    /// Parents stopped joining.
    ParentsStalled,
    /// Students stopped joining.
    StudentsStalled,
    /// Every student is in.
    StudentsServed,
    /// Every child has an adult in.
    ParentsServed,
    /// A subject chat's link has run out.
    SubjectExpired,
    /// The class teacher has left; a gap in the distribution.
    TeacherLeft,
    /// The parents' chat has a newer link.
    ParentsSuperseded,
    /// The parents' link got to strangers.
    ParentsExposed,
    /// The decision on the students' link is put off.
    StudentsDeferred,
}

/// A group to be made.
#[derive(Clone)]
pub(super) struct GroupSpec {
    pub(super) label: String,
    pub(super) unit: usize,
    pub(super) size: usize,
    /// Age of most at the beginning of the school year.
    pub(super) age: i16,
    pub(super) students: Outside,
    pub(super) parents: Outside,
    /// Days since the last reconciliation; `None`: never.
    pub(super) observed: Option<i32>,
    pub(super) with_parents: bool,
    pub(super) part: Part,
}

/// label, size, students (out, neutral), parents (out, neutral), days since reconciled (-1: never), part.
type Row = (&'static str, usize, (usize, usize), (usize, usize), i32, Part);

#[rustfmt::skip]
const SCHOOL: [Row; 27] = [
    ("1А", 22, (2, 1), (3, 1), 3, Part::Ordinary),
    ("1Б", 21, (3, 1), (4, 2), 5, Part::Ordinary),
    ("1В", 20, (0, 0), (0, 0), -1, Part::Ordinary),
    ("2А", 22, (1, 1), (0, 1), 8, Part::ParentsServed),
    ("2Б", 21, (2, 2), (4, 2), 8, Part::Ordinary),
    ("2В", 19, (1, 1), (3, 1), 15, Part::Ordinary),
    ("3А", 22, (2, 2), (3, 2), 5, Part::Ordinary),
    ("3Б", 21, (3, 1), (4, 1), 8, Part::StudentsStalled),
    ("3В", 18, (1, 2), (2, 3), 5, Part::Ordinary),
    ("4А", 22, (1, 1), (3, 2), 8, Part::Ordinary),
    ("4Б", 20, (2, 1), (4, 1), 8, Part::Ordinary),
    ("4В", 19, (0, 0), (0, 0), -1, Part::Ordinary),
    ("5А", 27, (1, 1), (2, 1), 3, Part::Ordinary),
    ("5Б", 27, (0, 1), (1, 1), 3, Part::StudentsServed),
    ("5В", 25, (1, 1), (6, 2), 5, Part::TeacherLeft),
    ("6А", 25, (1, 1), (2, 1), 8, Part::ParentsSuperseded),
    ("6Б", 24, (2, 2), (6, 2), 8, Part::StudentsDeferred),
    ("7А", 26, (1, 2), (2, 2), 12, Part::Ordinary),
    ("7Б", 27, (1, 1), (4, 1), 12, Part::ParentsStalled),
    ("8А", 24, (1, 2), (2, 2), 15, Part::Ordinary),
    ("8Б", 27, (1, 2), (8, 3), 38, Part::ParentsExposed),
    ("9А", 26, (1, 2), (3, 2), 41, Part::Ordinary),
    ("9Б", 25, (1, 1), (4, 1), 5, Part::SubjectExpired),
    ("10А", 21, (2, 2), (20, 1), 12, Part::ParentsUnclaimed),
    ("10 инж", 24, (24, 0), (3, 2), 12, Part::StudentsUnclaimed),
    ("11А", 19, (0, 0), (0, 0), -1, Part::ParentsSilent),
    ("11Б", 18, (1, 2), (3, 3), 12, Part::Ordinary),
];

/// Year of study from 1 and the rest as [`Row`]; in the label `{a}` is the year of admission, `{c}` the course.
type CollegeRow = (i16, usize, Row);

#[rustfmt::skip]
const COLLEGE: [CollegeRow; 18] = [
    (1, 0, ("ИС-{a}-1", 25, (2, 1), (3, 1), 3, Part::Ordinary)),
    (1, 0, ("ИС-{a}-2", 24, (2, 1), (4, 1), 5, Part::ParentsSuperseded)),
    (2, 0, ("ИС-{a}-1", 23, (1, 1), (3, 2), 8, Part::ParentsStalled)),
    (3, 0, ("ИС-{a}-1", 22, (0, 1), (0, 0), 8, Part::StudentsServed)),
    (4, 0, ("ИС-{a}-1", 20, (2, 1), (0, 0), 12, Part::SubjectExpired)),
    (1, 0, ("ПКС-{a}", 25, (1, 2), (0, 2), 5, Part::ParentsServed)),
    (2, 0, ("ПКС-{a}", 23, (2, 1), (4, 2), 8, Part::ParentsExposed)),
    (3, 0, ("ПКС-{a}", 21, (3, 1), (0, 0), 38, Part::Ordinary)),
    (4, 0, ("ПКС-{a}", 19, (0, 0), (0, 0), -1, Part::Ordinary)),
    (1, 1, ("П-{c}01СД", 25, (2, 1), (4, 1), 3, Part::TeacherLeft)),
    (2, 1, ("П-{c}01СД", 24, (1, 1), (22, 2), 12, Part::ParentsUnclaimed)),
    (3, 1, ("П-{c}01СД", 22, (22, 0), (0, 0), 12, Part::StudentsUnclaimed)),
    (4, 1, ("П-{c}01СД", 20, (3, 1), (0, 0), 8, Part::StudentsStalled)),
    (1, 1, ("ДО-{c}1", 24, (0, 0), (0, 0), -1, Part::ParentsSilent)),
    (2, 1, ("ДО-{c}1", 22, (2, 1), (3, 1), 8, Part::StudentsDeferred)),
    (1, 2, ("БУ-{a}", 22, (2, 1), (3, 1), 12, Part::Ordinary)),
    (2, 2, ("БУ-{a}", 20, (1, 2), (2, 2), 41, Part::Ordinary)),
    (3, 2, ("БУ-{a}", 19, (0, 0), (0, 0), -1, Part::Ordinary)),
];

/// Units with their addresses.
pub(super) fn units(kind: SampleKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        SampleKind::School => &[("Садовая, 3", "ул. Садовая, д. 3"), ("Лесная, 12", "ул. Лесная, д. 12")],
        SampleKind::College => &[
            ("Отделение информационных технологий", "ул. Заречная, д. 8"),
            ("Педагогическое отделение", "ул. Заречная, д. 8, корпус 2"),
            ("Экономическое отделение", "пер. Тихий, д. 5"),
        ],
    }
}

/// The kind of all groups but the teaching staff.
pub(super) fn group_kind(kind: SampleKind) -> GroupKind {
    match kind {
        SampleKind::School => GroupKind::SchoolClass,
        SampleKind::College => GroupKind::StudyGroup,
    }
}

/// The groups of a year in the order in which they are entered.
pub(super) fn groups(kind: SampleKind, year: SchoolYear) -> Vec<GroupSpec> {
    match kind {
        SampleKind::School => SCHOOL
            .iter()
            .map(|row| {
                let parallel: i16 =
                    row.0.trim_end_matches(|letter: char| !letter.is_ascii_digit()).parse().unwrap_or(1);
                spec(row, row.0.to_owned(), usize::from(parallel >= 9), parallel + 6, true)
            })
            .collect(),
        SampleKind::College => COLLEGE
            .iter()
            .map(|(course, unit, row)| {
                let admission = (year.0 - course + 1).rem_euclid(100);
                let label =
                    row.0.replace("{a}", &format!("{admission:02}")).replace("{c}", &course.to_string());
                // Older students decide for themselves: no parents' chat.
                spec(row, label, *unit, course + 15, *course <= 2)
            })
            .collect(),
    }
}

fn spec(row: &Row, label: String, unit: usize, age: i16, with_parents: bool) -> GroupSpec {
    let outside = |(invited, neutral): (usize, usize)| Outside { invited, neutral };
    GroupSpec {
        label,
        unit,
        size: row.1,
        age,
        students: outside(row.2),
        parents: outside(row.3),
        observed: (row.4 >= 0).then_some(row.4),
        with_parents,
        part: row.5,
    }
}
