//! Class teachers by the head's approved distribution (duty 2.3-5): gaps and doubles.

use std::sync::Arc;

use jiff::civil::Date;

use super::year::{current_year, sort_groups};
use crate::register::{Assignment, AssignmentId, Group, GroupId, GroupKind, PersonId, Register, SchoolYear};

/// Something to settle about a group's class teacher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClassTeacherFinding {
    /// Nobody is attached. `last`: who was, and `since` when the place is free.
    Gap { group: GroupId, since: Option<Date>, last: Option<PersonId> },
    /// Whoever is attached left the organization.
    TeacherLeft { group: GroupId, person: PersonId, on: Date },
    /// Whoever is attached is away for long (декрет, больничный) and nobody stands in.
    Away { group: GroupId, person: PersonId, since: Date },
    /// More than one is attached for good. Two воспитателя are no double, nor is a temporary one.
    Double { group: GroupId, people: Vec<PersonId> },
}

impl ClassTeacherFinding {
    /// The group it is about.
    pub fn group(&self) -> GroupId {
        match self {
            ClassTeacherFinding::Gap { group, .. }
            | ClassTeacherFinding::TeacherLeft { group, .. }
            | ClassTeacherFinding::Away { group, .. }
            | ClassTeacherFinding::Double { group, .. } => *group,
        }
    }
}

/// Whether this kind of group has a class teacher, curator or воспитатель.
pub fn needs_class_teacher(kind: GroupKind) -> bool {
    match kind {
        GroupKind::SchoolClass | GroupKind::StudyGroup | GroupKind::KindergartenGroup => true,
        GroupKind::TeachingStaff | GroupKind::Club => false,
    }
}

/// What is to settle in the current year's groups, in their order. On a file where nobody was attached
/// yet that is every group: whoever shows it decides whether to speak of it (see `duties`).
pub fn class_teacher_findings(register: &Register, today: Date) -> Vec<ClassTeacherFinding> {
    let groups = register.groups_in_year(current_year(register, today));
    let mut groups: Vec<_> = groups.filter(|group| needs_class_teacher(group.kind)).collect();
    sort_groups(&mut groups);
    groups.into_iter().filter_map(|group| finding_of_group(register, group, today)).collect()
}

/// The day a school year is looked at: today, or its first day where it is still to come.
pub fn day_of_year(year: SchoolYear, today: Date) -> Date {
    let first = Date::new(year.0.clamp(1, 9000), 9, 1).expect("1 September exists in every year up to 9000");
    today.max(first)
}

/// One group of the distribution: who leads it, who is to come, and what is to settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassTeacherRow {
    pub group: GroupId,
    /// Assignments on the day, permanent ones first.
    pub now: Vec<AssignmentId>,
    /// Assignments that begin later, by their day.
    pub coming: Vec<AssignmentId>,
    pub finding: Option<ClassTeacherFinding>,
}

/// The distribution of a school year on a day, in the order of its groups.
pub fn class_teacher_rows(register: &Register, year: SchoolYear, today: Date) -> Vec<ClassTeacherRow> {
    let day = day_of_year(year, today);
    let groups = register.groups_in_year(year);
    let mut groups: Vec<_> = groups.filter(|group| needs_class_teacher(group.kind)).collect();
    sort_groups(&mut groups);
    let row = |group: &Arc<Group>| {
        let mut now: Vec<_> = register.class_teachers(group.id, day).collect();
        now.sort_by_key(|one| (one.temporary, one.since, one.id));
        let starts_later = |one: &&Arc<Assignment>| one.since.is_some_and(|since| since > day);
        let mut coming: Vec<_> = register.assignments_of_group(group.id).filter(starts_later).collect();
        coming.sort_by_key(|one| (one.since, one.id));
        ClassTeacherRow {
            group: group.id,
            now: now.into_iter().map(|one| one.id).collect(),
            coming: coming.into_iter().map(|one| one.id).collect(),
            finding: finding_of_group(register, group, day),
        }
    };
    groups.into_iter().map(row).collect()
}

/// Everybody who led a group, the latest first.
pub fn class_teacher_history(register: &Register, group: GroupId) -> Vec<Arc<Assignment>> {
    let mut history: Vec<Arc<Assignment>> = register.assignments_of_group(group).cloned().collect();
    history
        .sort_by_key(|one| (std::cmp::Reverse(one.until.is_none()), std::cmp::Reverse((one.since, one.id))));
    history
}

/// What is to settle in one group of a kind that has a class teacher.
pub(super) fn finding_of_group(
    register: &Register,
    group: &Group,
    today: Date,
) -> Option<ClassTeacherFinding> {
    let left_on = |person: PersonId| register.person(person)?.left_on.filter(|left| *left <= today);
    let (mut staying, mut gone): (Vec<&Assignment>, Option<(PersonId, Date)>) = (Vec::new(), None);
    for assignment in register.class_teachers(group.id, today) {
        match left_on(assignment.person) {
            Some(on) => gone = Some((assignment.person, on)),
            None => staying.push(assignment),
        }
    }
    if let (true, Some((person, on))) = (staying.is_empty(), gone) {
        return Some(ClassTeacherFinding::TeacherLeft { group: group.id, person, on });
    }
    if staying.is_empty() {
        let past = register
            .assignments_of_group(group.id)
            .filter(|assignment| assignment.until.is_some_and(|until| until < today));
        let last = past.max_by_key(|assignment| assignment.until);
        let since = last.and_then(|assignment| assignment.until).and_then(|until| until.tomorrow().ok());
        return Some(ClassTeacherFinding::Gap { group: group.id, since, last: last.map(|last| last.person) });
    }
    let away_since = |person: PersonId| register.person(person)?.absent_since.filter(|since| *since <= today);
    let away = staying.iter().map(|one| Some((one.person, away_since(one.person)?)));
    if let Some(away) = away.collect::<Option<Vec<_>>>()
        && let Some((person, since)) = away.first().copied()
    {
        return Some(ClassTeacherFinding::Away { group: group.id, person, since });
    }
    let mut people: Vec<PersonId> = staying
        .iter()
        .filter(|assignment| !assignment.temporary)
        .map(|assignment| assignment.person)
        .collect();
    people.sort_unstable();
    people.dedup();
    let is_double = people.len() > 1 && group.kind != GroupKind::KindergartenGroup;
    is_double.then_some(ClassTeacherFinding::Double { group: group.id, people })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::names::Role;
    use crate::regulation::fixture::School;

    #[test]
    fn gaps_and_doubles_but_two_educators_are_no_double() {
        use GroupKind::{Club, KindergartenGroup, SchoolClass};
        // How many are attached, of them temporarily → whether there is something to settle.
        let table = [
            (SchoolClass, 0, 0, true),
            (SchoolClass, 1, 0, false),
            (SchoolClass, 2, 0, true),
            (SchoolClass, 2, 1, false),
            (SchoolClass, 1, 1, false),
            (KindergartenGroup, 2, 0, false),
            (KindergartenGroup, 0, 0, true),
            (Club, 0, 0, false),
        ];
        for (kind, attached, temporary, expected) in table {
            let mut school = School::new();
            let group = school.group("7Б", kind);
            for number in 0..attached {
                let teacher = school.person("Носова", Role::Teacher, None);
                school.assign(group, teacher, number < temporary);
            }
            let findings = class_teacher_findings(&school.register, date(2026, 10, 12));
            assert_eq!(
                !findings.is_empty(),
                expected,
                "{kind:?}: {attached} attached, {temporary} for a time"
            );
        }
    }

    #[test]
    fn a_teacher_who_left_leaves_a_gap_from_the_day_after() {
        let mut school = School::new();
        let group = school.class("5В");
        let teacher = school.person("Носова", Role::Teacher, None);
        school.assign(group, teacher, false);
        school.leaves(teacher, date(2026, 9, 30));
        let on = |day| class_teacher_findings(&school.register, day);
        assert_eq!(on(date(2026, 9, 29)), []);
        assert_eq!(
            on(date(2026, 9, 30)),
            [ClassTeacherFinding::TeacherLeft { group, person: teacher, on: date(2026, 9, 30) }]
        );
        let since = Some(date(2026, 10, 1));
        assert_eq!(on(date(2026, 10, 12)), [ClassTeacherFinding::Gap { group, since, last: Some(teacher) }]);
    }
}
