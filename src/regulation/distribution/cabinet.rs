//! The cabinet's own list of class teachers against the register: what differs becomes steps in the cabinet.

use jiff::civil::Date;

use super::names_of_staff::StaffNames;
use super::plan::stands_open;
use super::reading::DistributionLine;
use crate::register::{CabinetTask, GroupId, PersonId, Register, SchoolYear};
use crate::regulation::class_teachers::{day_of_year, needs_class_teacher};
use crate::regulation::year::{class_teacher_word, sort_groups};

/// How the cabinet stands to the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CabinetDifference {
    /// Both say the same, or both have nobody.
    Same,
    /// The cabinet has nobody where the register has somebody.
    NotInCabinet,
    /// The cabinet has somebody else.
    OtherInCabinet,
    /// The cabinet has somebody where the register has nobody: a question to the head, no step.
    OnlyInCabinet,
    /// The list does not speak of the group.
    NotListed,
}

impl CabinetDifference {
    /// In Russian, lower case.
    pub fn words(self) -> &'static str {
        match self {
            CabinetDifference::Same => "совпадает",
            CabinetDifference::NotInCabinet => "в кабинете не назначен",
            CabinetDifference::OtherInCabinet => "в кабинете другой",
            CabinetDifference::OnlyInCabinet => "назначен только в кабинете",
            CabinetDifference::NotListed => "нет в списке",
        }
    }

    /// Stable name for `--json`.
    pub fn code(self) -> &'static str {
        match self {
            CabinetDifference::Same => "same",
            CabinetDifference::NotInCabinet => "not_in_cabinet",
            CabinetDifference::OtherInCabinet => "other_in_cabinet",
            CabinetDifference::OnlyInCabinet => "only_in_cabinet",
            CabinetDifference::NotListed => "not_listed",
        }
    }
}

/// One group as both see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CabinetRow {
    pub group: GroupId,
    /// Who leads it by the register.
    pub ours: Vec<PersonId>,
    /// The names in the cabinet's list.
    pub theirs: Vec<String>,
    pub difference: CabinetDifference,
}

/// Every group of the year, in its order.
pub fn compare_with_cabinet(
    register: &Register,
    staff: &StaffNames,
    lines: &[DistributionLine],
    year: SchoolYear,
    today: Date,
) -> Vec<CabinetRow> {
    let day = day_of_year(year, today);
    let mut groups: Vec<_> =
        register.groups_in_year(year).filter(|group| needs_class_teacher(group.kind)).collect();
    sort_groups(&mut groups);
    let row = |group: GroupId| {
        let leading = register.class_teachers(group, day).map(|one| one.person);
        let mut ours: Vec<PersonId> = leading
            .filter(|person| {
                register.person(*person).is_some_and(|person| person.left_on.is_none_or(|left| left > day))
            })
            .collect();
        ours.sort_unstable();
        ours.dedup();
        // A label of several units fits each of them: it is compared with the one whose teacher it names.
        let of_group: Vec<&DistributionLine> = lines
            .iter()
            .filter(|line| line.groups.contains(&group))
            .filter(|line| {
                line.groups.len() == 1 || ours.iter().any(|person| staff.may_be(&line.name, *person))
            })
            .collect();
        let theirs: Vec<String> =
            of_group.iter().map(|line| line.name.clone()).filter(|name| !name.is_empty()).collect();
        let is_ours = |name: &String| ours.iter().any(|person| staff.may_be(name, *person));
        let difference = match (ours.is_empty(), theirs.is_empty()) {
            _ if of_group.is_empty() => CabinetDifference::NotListed,
            (true, true) => CabinetDifference::Same,
            (true, false) => CabinetDifference::OnlyInCabinet,
            (false, true) => CabinetDifference::NotInCabinet,
            (false, false) if theirs.iter().all(is_ours) => CabinetDifference::Same,
            (false, false) => CabinetDifference::OtherInCabinet,
        };
        CabinetRow { group, ours, theirs, difference }
    };
    groups.into_iter().map(|group| row(group.id)).collect()
}

/// The step that a row asks for; `None`: nothing to do in the cabinet, or the step stands open already. A group that
/// the list does not speak of has one only where the list is said to be complete (`whole`).
fn step_of(register: &Register, row: &CabinetRow, whole: bool) -> Option<CabinetTask> {
    let group = register.group(row.group)?;
    let names: Vec<String> = row
        .ours
        .iter()
        .filter_map(|person| register.person(*person))
        .map(|person| person.name.short())
        .collect();
    let (label, word, names) = (&group.label, class_teacher_word(group.kind), names.join(", "));
    let text = match row.difference {
        CabinetDifference::NotInCabinet => format!("Назначить в кабинете: {label}, {word} {names}"),
        CabinetDifference::NotListed if whole && !row.ours.is_empty() => {
            format!("Назначить в кабинете: {label}, {word} {names}")
        }
        CabinetDifference::OtherInCabinet => {
            format!("Сменить в кабинете: {label}, {word} {} → {names}", row.theirs.join(", "))
        }
        _ => return None,
    };
    let step = CabinetTask {
        text,
        person: row.ours.first().copied(),
        group: Some(row.group),
        written_name: match row.difference {
            CabinetDifference::OtherInCabinet => row.theirs.join(", "),
            _ => String::new(),
        },
        ..CabinetTask::default()
    };
    (!stands_open(register, &step)).then_some(step)
}

/// The steps of all rows that ask for one.
pub fn cabinet_steps_of(register: &Register, rows: &[CabinetRow], whole: bool) -> Vec<CabinetTask> {
    rows.iter().filter_map(|row| step_of(register, row, whole)).collect()
}
