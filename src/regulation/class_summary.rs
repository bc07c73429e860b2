//! «Сводка классов»: every group with who is in, who does not participate and as of when (clauses 2.4 and 1.8).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::coverage::{Coverage, SummedCoverage, group_coverage, roster_of_group};
use super::judged::{Judged, Touched};
use super::observations::{Seen, role_of_chat, seen_of_target};
use super::year::sort_groups;
use crate::names::Role;
use crate::register::{
    ChatKind, EntityKind, Group, GroupFigure, GroupId, GroupKind, ObservationSource, PersonId, Register,
    Target,
};

/// One number of the summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SummaryCell {
    /// For parents: children with an adult in.
    pub coverage: Coverage,
    /// How the last look came about; `None`: known member by member only.
    pub source: Option<ObservationSource>,
    /// The look before the last, on an earlier day.
    pub previous: Option<(Date, u32)>,
}

impl SummaryCell {
    /// How many more are in than at the look before; `None` without two looks.
    pub fn change(&self) -> Option<i64> {
        self.source?;
        let (_, before) = self.previous?;
        Some(i64::from(self.coverage.inside?) - i64::from(before))
    }
}

/// A group of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    pub group: GroupId,
    pub label: String,
    /// `None` in a kindergarten: there is no place for children [R 2.5, pub].
    pub students: Option<SummaryCell>,
    pub parents: SummaryCell,
    /// Students who do not participate: their right [R 1.8], beside the numbers.
    pub not_participating: u32,
    pub class_teachers: Vec<PersonId>,
    /// The free columns, in the order of [`ClassSummary::columns`].
    pub figures: Vec<Option<GroupFigure>>,
}

impl SummaryRow {
    /// How old the oldest of the two numbers is.
    pub fn as_of(&self) -> Option<Date> {
        let students = self.students.and_then(|cell| cell.coverage.as_of);
        match (students, self.parents.coverage.as_of) {
            (Some(students), Some(parents)) => Some(students.min(parents)),
            (students, parents) => students.or(parents),
        }
    }
}

/// All groups of the current year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassSummary {
    pub rows: Vec<Arc<SummaryRow>>,
    /// Names of the free columns that any group has, in the order in which they first occur.
    pub columns: Vec<String>,
    pub students: SummedCoverage,
    pub parents: SummedCoverage,
}

/// The summary on a day: classes, study groups and kindergarten groups in their order.
pub fn class_summary(register: &Register, today: Date) -> ClassSummary {
    summary_of(register, &Judged::of(register, today))
}

/// The same of a register that is judged already.
pub fn summary_of(register: &Register, judged: &Judged) -> ClassSummary {
    let groups = groups_of(register, judged);
    let columns = columns_of(&groups);
    let rows = groups.iter().map(|group| Arc::new(row(register, group, &columns, judged.today())));
    ClassSummary { rows: rows.collect(), columns, ..totals(register, judged) }
}

/// The summary after a change on the same day: only the rows of touched groups are made anew.
pub fn summary_after(
    before: &ClassSummary,
    register: &Register,
    judged: &Judged,
    touched: &Touched,
) -> ClassSummary {
    if touched.everything {
        return summary_of(register, judged);
    }
    let remake = |known: &Arc<SummaryRow>| match register.group(known.group) {
        Some(group) if touched.groups.contains(&group.id) => {
            Arc::new(row(register, group, &before.columns, judged.today()))
        }
        _ => known.clone(),
    };
    if !touched.kind(EntityKind::Group) {
        let rows = before.rows.iter().map(remake).collect();
        return ClassSummary { rows, columns: before.columns.clone(), ..totals(register, judged) };
    }
    let groups = groups_of(register, judged);
    let columns = columns_of(&groups);
    if columns != before.columns {
        return summary_of(register, judged);
    }
    let known: BTreeMap<GroupId, &Arc<SummaryRow>> = before.rows.iter().map(|row| (row.group, row)).collect();
    let rows = groups.iter().map(|group| match known.get(&group.id) {
        Some(known) => remake(known),
        None => Arc::new(row(register, group, &columns, judged.today())),
    });
    ClassSummary { rows: rows.collect(), columns, ..totals(register, judged) }
}

fn groups_of(register: &Register, judged: &Judged) -> Vec<Arc<Group>> {
    let mut groups: Vec<_> = register
        .groups_in_year(judged.year())
        .filter(|group| !matches!(group.kind, GroupKind::TeachingStaff | GroupKind::Club))
        .cloned()
        .collect();
    sort_groups(&mut groups);
    groups
}

fn columns_of(groups: &[Arc<Group>]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for figure in groups.iter().flat_map(|group| &group.figures) {
        if !columns.contains(&figure.column) {
            columns.push(figure.column.clone());
        }
    }
    columns
}

/// The sums alone, without rows.
fn totals(register: &Register, judged: &Judged) -> ClassSummary {
    ClassSummary {
        rows: Vec::new(),
        columns: Vec::new(),
        students: judged.school_coverage(register, Role::Student),
        parents: judged.school_coverage(register, Role::Parent),
    }
}

fn row(register: &Register, group: &Group, columns: &[String], today: Date) -> SummaryRow {
    let has_students = group.kind != GroupKind::KindergartenGroup;
    let students = roster_of_group(register, group.id, Role::Student, today);
    let figure = |column: &String| group.figures.iter().find(|figure| figure.column == *column).cloned();
    SummaryRow {
        group: group.id,
        label: group.label.clone(),
        students: has_students.then(|| cell(register, group.id, Role::Student, today)),
        parents: cell(register, group.id, Role::Parent, today),
        not_participating: students.counts.does_not_participate,
        class_teachers: register
            .class_teachers(group.id, today)
            .map(|assignment| assignment.person)
            .collect(),
        figures: columns.iter().map(figure).collect(),
    }
}

fn cell(register: &Register, group: GroupId, role: Role, today: Date) -> SummaryCell {
    let coverage = group_coverage(register, group, role, today);
    let (place, looks) = looks_at(register, group, role);
    let Some(last) = looks.last() else {
        return SummaryCell { coverage, ..SummaryCell::default() };
    };
    let previous = looks.iter().rev().find(|look| look.on < last.on).map(|look| (look.on, look.joined));
    // Of one day the last entered counts, as for the number itself.
    let source = register
        .observations_of_target(place)
        .filter(|seen| seen.role == role && seen.on == last.on)
        .last()
        .map(|seen| seen.source);
    SummaryCell { coverage, source, previous }
}

/// The looks at the group itself, else at the chat of these people that was seen last.
fn looks_at(register: &Register, group: GroupId, role: Role) -> (Target, Vec<Seen>) {
    let own = seen_of_target(register, Target::Group(group), role);
    if !own.is_empty() {
        return (Target::Group(group), own);
    }
    let mirrors = |kind: ChatKind| kind != ChatKind::Subject && role_of_chat(kind) == Some(role);
    register
        .chats_of_group(group)
        .filter(|chat| chat.archived_on.is_none() && mirrors(chat.kind))
        .map(|chat| (Target::Chat(chat.id), seen_of_target(register, Target::Chat(chat.id), role)))
        .max_by_key(|(_, looks)| looks.last().map(|look| look.on))
        .unwrap_or((Target::Group(group), Vec::new()))
}

/// The message to class teachers that asks for the numbers; voluntary taking part is said in it [R 1.8].
pub fn summary_request_text(register: &Register, group: Option<GroupId>) -> String {
    let label = group.and_then(|group| register.group(group)).map(|group| group.label.as_str());
    let whose = label.map_or_else(|| "вашего класса".to_owned(), |label| format!("{label} класса"));
    let example = label.unwrap_or("7Б");
    format!(
        "Здравствуйте. Напишите, пожалуйста, одной строкой, сколько сейчас в чатах {whose}: учеников и, через дробь, \
         детей, у которых внутри хотя бы один взрослый. Например: {example} 24/22. Кто не участвует, не считается: \
         участие добровольное."
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::{Operation, ParticipationState};
    use crate::regulation::fixture::School;

    const TODAY: Date = date(2026, 10, 12);

    #[test]
    fn numbers_carry_their_day_and_the_change_since_the_look_before() {
        let mut school = School::new();
        let (tenth, second) = (school.class("10А"), school.class("2А"));
        school.class("5В");
        school.observe(Target::Group(tenth), Role::Student, date(2026, 9, 20), 20, Some(27));
        school.observe(Target::Group(tenth), Role::Student, date(2026, 10, 9), 24, Some(27));
        school.observe(Target::Group(tenth), Role::Parent, date(2026, 10, 2), 22, None);
        let pupils = school.students(second, 3);
        school.takes_part(pupils[0], ParticipationState::DoesNotParticipate);
        let summary = class_summary(&school.register, TODAY);
        let labels: Vec<&str> = summary.rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["2А", "5В", "10А"]);
        let row = &summary.rows[2];
        let students = row.students.expect("a class");
        assert_eq!((students.coverage.inside, students.change()), (Some(24), Some(4)));
        assert_eq!((row.parents.coverage.inside, row.parents.change()), (Some(22), None));
        assert_eq!(row.as_of(), Some(date(2026, 10, 2)));
        let row = &summary.rows[0];
        assert_eq!(row.not_participating, 1);
        assert_eq!(row.students.expect("a class").coverage.inside, None, "nobody looked: no knowledge");
        assert_eq!(summary.rows[1].as_of(), None);
    }

    #[test]
    fn a_kindergarten_has_no_column_of_children_and_free_columns_keep_their_order() {
        let mut school = School::new();
        let sun = school.group("Солнышко", GroupKind::KindergartenGroup);
        let class = school.class("7Б");
        let figures =
            |column: &str, values| Operation::SetFigures { column: column.into(), on: TODAY, values };
        school.run(figures("Активных за неделю", vec![(class, Some(12))]));
        school.run(figures("Сообщений", vec![(sun, Some(3)), (class, Some(40))]));
        school.run(figures(" Активных за неделю ", vec![(class, Some(13))]));
        let summary = class_summary(&school.register, TODAY);
        assert_eq!(summary.columns, ["Активных за неделю", "Сообщений"]);
        assert_eq!(summary.rows[0].figures[0].as_ref().map(|figure| figure.value), Some(13));
        assert_eq!((summary.rows[1].students, summary.rows[1].figures[0].clone()), (None, None));
        school.run(figures("Активных за неделю", vec![(class, None)]));
        assert_eq!(class_summary(&school.register, TODAY).columns, ["Сообщений"]);
    }
}
