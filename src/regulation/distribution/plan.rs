//! What a read distribution changes, row by row; nothing doubtful is decided without the user's word.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::names_of_staff::{StaffNames, TeacherMatch};
use super::reading::DistributionLine;
use crate::names::{FullName, group_sort_key};
use crate::register::{
    Appointee, Appointment, AppointmentOperation, Assignment, CabinetTask, GroupId, GroupKind,
    OrderReference, PersonId, Register, SchoolYear,
};
use crate::regulation::class_teachers::{day_of_year, needs_class_teacher};
use crate::regulation::year::class_teacher_word;

/// What the user answered, by the place of a line in the list that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DistributionAnswers {
    pub people: BTreeMap<usize, PersonAnswer>,
    /// Which of the groups of one label is meant.
    pub groups: BTreeMap<usize, GroupId>,
    pub left_out: BTreeSet<usize>,
    /// The present teacher stays beside the new one.
    pub beside: BTreeSet<usize>,
    /// For lines that name no order.
    pub order: OrderReference,
    /// For lines that name no day.
    pub since: Option<Date>,
}

/// Who a doubtful name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonAnswer {
    Is(PersonId),
    /// A teacher whom the register does not have yet.
    IsNew,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlannedState {
    /// The place was free.
    New,
    /// Beside those who lead already.
    Beside,
    /// The present assignment ends.
    Replaces,
    /// For a time, the present one goes on.
    Temporary,
    /// The same teacher; order or days change.
    Updates,
    /// Nothing to write.
    Known,
    /// Another line says the same.
    Repeats,
    /// Whom is meant has to be said.
    AskTeacher,
    /// Nobody of the staff is called so.
    NobodyFound,
    /// Groups of several units have this label.
    AskGroup,
    /// No group of the year has this label.
    UnknownGroup,
    /// The line names nobody.
    NoName,
    /// Different teachers for one group.
    Clash,
    /// The last day lies before the first.
    EndBeforeBeginning,
    /// The user left it out.
    LeftOut,
}

impl PlannedState {
    /// Whether it becomes a part of the entry.
    pub fn is_written(self) -> bool {
        use PlannedState::*;
        matches!(self, New | Beside | Replaces | Temporary | Updates)
    }

    /// Whether the user is asked.
    pub fn is_question(self) -> bool {
        use PlannedState::*;
        matches!(self, AskTeacher | NobodyFound | AskGroup | Clash | EndBeforeBeginning)
    }

    /// Stable name for `--json`.
    pub fn code(self) -> &'static str {
        match self {
            PlannedState::New => "new",
            PlannedState::Beside => "beside",
            PlannedState::Replaces => "replaces",
            PlannedState::Temporary => "temporary",
            PlannedState::Updates => "updates",
            PlannedState::Known => "known",
            PlannedState::Repeats => "repeats",
            PlannedState::AskTeacher => "ask_teacher",
            PlannedState::NobodyFound => "nobody_found",
            PlannedState::AskGroup => "ask_group",
            PlannedState::UnknownGroup => "unknown_group",
            PlannedState::NoName => "no_name",
            PlannedState::Clash => "clash",
            PlannedState::EndBeforeBeginning => "end_before_beginning",
            PlannedState::LeftOut => "left_out",
        }
    }

    /// In Russian, lower case.
    pub fn words(self) -> &'static str {
        match self {
            PlannedState::New => "назначается",
            PlannedState::Beside => "вместе с прежним",
            PlannedState::Replaces => "вместо прежнего",
            PlannedState::Temporary => "на время",
            PlannedState::Updates => "новый приказ или дни",
            PlannedState::Known => "уже так",
            PlannedState::Repeats => "повтор",
            PlannedState::AskTeacher => "кто это?",
            PlannedState::NobodyFound => "нет среди сотрудников",
            PlannedState::AskGroup => "какой корпус?",
            PlannedState::UnknownGroup => "такого класса нет",
            PlannedState::NoName => "имени нет",
            PlannedState::Clash => "разные люди",
            PlannedState::EndBeforeBeginning => "конец раньше начала",
            PlannedState::LeftOut => "не берём",
        }
    }
}

/// One line with what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAppointment {
    /// Place in the list that was read: the key of answers.
    pub place: usize,
    /// Number of the line, from 1.
    pub line: u32,
    pub label: String,
    pub group: Option<GroupId>,
    /// Groups to choose from.
    pub groups: Vec<GroupId>,
    pub written: String,
    pub teacher: TeacherMatch,
    /// Who is taken: certain, or as answered.
    pub chosen: Option<Appointee>,
    /// Whose assignments end, or whose place is taken for a time.
    pub instead_of: Vec<PersonId>,
    pub order: OrderReference,
    pub since: Date,
    pub until: Option<Date>,
    pub temporary: bool,
    pub state: PlannedState,
}

/// The whole preview.
#[derive(Clone, Debug, Default)]
pub struct DistributionPlan {
    pub rows: Vec<PlannedAppointment>,
    /// Groups of the year that no line names, in their order.
    pub unnamed: Vec<GroupId>,
    /// Exactly what is written on confirmation.
    pub operation: AppointmentOperation,
}

impl DistributionPlan {
    /// How many rows are in a state.
    pub fn count(&self, is: impl Fn(PlannedState) -> bool) -> usize {
        self.rows.iter().filter(|row| is(row.state)).count()
    }
}

/// Plans the lines for the groups of a year.
pub fn plan_distribution(
    register: &Register,
    staff: &StaffNames,
    lines: &[DistributionLine],
    answers: &DistributionAnswers,
    year: SchoolYear,
    today: Date,
) -> DistributionPlan {
    let planning = Planning { register, day: day_of_year(year, today), today };
    let mut rows: Vec<PlannedAppointment> =
        lines.iter().enumerate().map(|(place, line)| planning.row(staff, place, line, answers)).collect();
    mark_repeats_and_clashes(register, &mut rows, answers);
    let named: Vec<(GroupId, PersonId)> = rows
        .iter()
        .filter(|row| row.state == PlannedState::New && !row.temporary)
        .filter_map(|row| match row.chosen {
            Some(Appointee::Existing(person)) => Some((row.group?, person)),
            _ => None,
        })
        .collect();
    let mut operation = AppointmentOperation::default();
    for (row, line) in rows.iter_mut().zip(lines) {
        if row.state == PlannedState::New {
            planning.settle(row, line, answers, &named, &mut operation);
        }
    }
    let mut unnamed: Vec<_> = register
        .groups_in_year(year)
        .filter(|group| needs_class_teacher(group.kind))
        .filter(|group| rows.iter().all(|row| row.group != Some(group.id)))
        .collect();
    unnamed.sort_by_cached_key(|group| (group_sort_key(&group.label), group.id));
    DistributionPlan { rows, unnamed: unnamed.into_iter().map(|group| group.id).collect(), operation }
}

/// Two lines of one group: the same teacher is a repetition, another one a question. Two воспитателя are none.
fn mark_repeats_and_clashes(
    register: &Register,
    rows: &mut [PlannedAppointment],
    answers: &DistributionAnswers,
) {
    let counts = |row: &PlannedAppointment| row.state == PlannedState::New;
    for place in 1..rows.len() {
        let (before, rest) = rows.split_at_mut(place);
        let row = &mut rest[0];
        let same = |other: &&PlannedAppointment| {
            counts(other) && (other.group, &other.chosen) == (row.group, &row.chosen)
        };
        if counts(row) && before.iter().find(same).is_some() {
            row.state = PlannedState::Repeats;
        }
    }
    let takes_the_place =
        |row: &PlannedAppointment| counts(row) && !row.temporary && !answers.beside.contains(&row.place);
    let mut of_group: BTreeMap<GroupId, Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| takes_the_place(row)) {
        if let Some(group) = row.group {
            of_group.entry(group).or_default().push(place);
        }
    }
    for (group, places) in of_group.into_iter().filter(|(_, places)| places.len() > 1) {
        let kind = register.group(group).map(|group| group.kind).unwrap_or_default();
        if kind != GroupKind::KindergartenGroup {
            places.into_iter().for_each(|place| rows[place].state = PlannedState::Clash);
        }
    }
}

struct Planning<'a> {
    register: &'a Register,
    /// The day the year is looked at: today, or its first day where it is still to come.
    day: Date,
    today: Date,
}

impl Planning<'_> {
    /// A line with its group and teacher; [`PlannedState::New`] stands for everything that can be written.
    fn row(
        &self,
        staff: &StaffNames,
        place: usize,
        line: &DistributionLine,
        answers: &DistributionAnswers,
    ) -> PlannedAppointment {
        let teacher = if line.name.is_empty() { TeacherMatch::Nobody } else { staff.find(&line.name) };
        let chosen = match (answers.people.get(&place), &teacher) {
            (Some(PersonAnswer::Is(person)), _) => Some(Appointee::Existing(*person)),
            (Some(PersonAnswer::IsNew), _) => FullName::parse(&line.name).ok().map(Appointee::New),
            (None, TeacherMatch::Certain(person)) => Some(Appointee::Existing(*person)),
            (None, _) => None,
        };
        let group = match (answers.groups.get(&place), line.groups.as_slice()) {
            (Some(chosen), _) => Some(*chosen),
            (None, [only]) => Some(*only),
            (None, _) => None,
        };
        let order = if line.order == OrderReference::default() { &answers.order } else { &line.order };
        let since = line.since.or(answers.since).or(order.date).unwrap_or(self.today);
        // A year that is still to come begins on its first day.
        let since = if self.day > self.today { since.max(self.day) } else { since };
        let state = match (&group, &chosen, &teacher) {
            _ if answers.left_out.contains(&place) => PlannedState::LeftOut,
            (None, ..) if line.groups.is_empty() => PlannedState::UnknownGroup,
            (None, ..) => PlannedState::AskGroup,
            (Some(_), ..) if line.name.is_empty() => PlannedState::NoName,
            (Some(_), None, TeacherMatch::Nobody) => PlannedState::NobodyFound,
            (Some(_), None, _) => PlannedState::AskTeacher,
            (Some(_), Some(_), _) if line.until.is_some_and(|until| until < since) => {
                PlannedState::EndBeforeBeginning
            }
            (Some(_), Some(_), _) => PlannedState::New,
        };
        PlannedAppointment {
            place,
            line: line.line,
            label: line.label.clone(),
            group,
            groups: line.groups.clone(),
            written: line.name.clone(),
            teacher,
            chosen,
            instead_of: Vec::new(),
            order: order.clone(),
            since,
            until: line.until,
            temporary: line.temporary,
            state,
        }
    }

    /// Compares with who leads the group, and writes the part of the operation.
    fn settle(
        &self,
        row: &mut PlannedAppointment,
        line: &DistributionLine,
        answers: &DistributionAnswers,
        named: &[(GroupId, PersonId)],
        operation: &mut AppointmentOperation,
    ) {
        let (Some(group), Some(chosen)) = (row.group, row.chosen.clone()) else { return };
        let is_kindergarten =
            self.register.group(group).is_some_and(|group| group.kind == GroupKind::KindergartenGroup);
        let lasting: Vec<&Arc<Assignment>> = self
            .register
            .assignments_of_group(group)
            .filter(|known| known.until.is_none_or(|until| until >= row.since))
            .collect();
        let is_chosen = |known: &Assignment| chosen == Appointee::Existing(known.person);
        let mut same: Vec<&Arc<Assignment>> =
            lasting.iter().filter(|known| is_chosen(known)).copied().collect();
        same.sort_by_key(|known| (known.temporary != row.temporary, known.id));
        let same = same.first().copied();
        let others = || lasting.iter().copied().filter(|known| !is_chosen(known));
        let beside = answers.beside.contains(&row.place);
        let two_are_named = named.iter().filter(|(of, _)| *of == group).count() > 1;
        let stays = |known: &Assignment| {
            is_kindergarten && (!two_are_named || named.contains(&(group, known.person)))
        };
        let ends: Vec<Arc<Assignment>> = match (row.temporary, beside) {
            (_, true) => Vec::new(),
            (true, false) => others().filter(|known| known.temporary).cloned().collect(),
            // Whoever stands in for the same teacher goes on.
            (false, false) => {
                let keeps_stand_ins = same.is_some_and(|same| !same.temporary);
                let ending = others().filter(|known| !(known.temporary && keeps_stand_ins));
                ending.filter(|known| !stays(known)).cloned().collect()
            }
        };
        let first = others().find(|known| !known.temporary);
        row.instead_of = match (row.temporary, first) {
            (true, Some(first)) if ends.is_empty() => vec![first.person],
            _ => ends.iter().map(|ended| ended.person).collect(),
        };
        let mut appointment = Appointment {
            group,
            teacher: Some(chosen.clone()),
            same: None,
            order: row.order.clone(),
            since: Some(row.since),
            until: row.until,
            temporary: row.temporary,
            stands_in_for: first.filter(|_| row.temporary).map(|first| first.id),
            ends,
            steps: Vec::new(),
        };
        if let Some(same) = same {
            let told_order = row.order != OrderReference::default();
            appointment.order = if told_order { row.order.clone() } else { same.order.clone() };
            appointment.since = line.since.or(same.since);
            if !row.temporary && !same.temporary {
                appointment.until = line.until.or(same.until);
            }
            appointment.stands_in_for =
                appointment.stands_in_for.or(same.stands_in_for.filter(|_| row.temporary));
            let changes = same.order != appointment.order
                || same.since != appointment.since
                || same.until != appointment.until
                || same.temporary != appointment.temporary;
            row.state = match (appointment.ends.is_empty(), changes) {
                (false, _) => PlannedState::Replaces,
                (true, true) => PlannedState::Updates,
                (true, false) => PlannedState::Known,
            };
            (row.since, row.until) = (appointment.since.unwrap_or(row.since), appointment.until);
            row.order = appointment.order.clone();
            appointment.same = Some(same.clone());
        } else {
            row.state = match (row.temporary, appointment.ends.is_empty()) {
                (true, _) => PlannedState::Temporary,
                (false, false) => PlannedState::Replaces,
                (false, true) if others().next().is_some() => PlannedState::Beside,
                (false, true) => PlannedState::New,
            };
            appointment.steps = handover_steps(self.register, &appointment, &row.instead_of, self.today);
        }
        if row.state.is_written() {
            operation.appointments.push(appointment);
        }
    }
}

/// The steps in the cabinet that follow when a group changes hands: appoint there, hand over the rights in its chats,
/// and take them back when a stand-in ends. Steps that stand open already are not doubled.
pub fn handover_steps(
    register: &Register,
    appointment: &Appointment,
    from: &[PersonId],
    today: Date,
) -> Vec<CabinetTask> {
    let Some(group) = register.group(appointment.group) else { return Vec::new() };
    let short = |person: PersonId| register.person(person).map(|person| person.name.short());
    let (new, to) = match &appointment.teacher {
        Some(Appointee::Existing(person)) => (Some(*person), short(*person).unwrap_or_default()),
        Some(Appointee::New(name)) => (None, name.short()),
        None => return Vec::new(),
    };
    let chats = || register.chats_of_group(group.id).filter(|chat| chat.archived_on.is_none());
    let mut owners: Vec<PersonId> = from.to_vec();
    owners.extend(chats().filter_map(|chat| chat.owner).filter(|owner| Some(*owner) != new));
    let mut seen = BTreeSet::new();
    owners.retain(|owner| seen.insert(*owner));
    let names: Vec<String> = owners.iter().filter_map(|owner| short(*owner)).collect();
    let names = names.join(", ");
    let label = &group.label;
    let since = appointment.since.filter(|since| *since > today);
    let mut steps = Vec::new();
    let step = |text: String, due_on: Option<Date>| CabinetTask {
        text,
        person: new,
        group: Some(group.id),
        due_on,
        ..CabinetTask::default()
    };
    if !from.is_empty() {
        let word = class_teacher_word(group.kind);
        steps.push(step(format!("Назначить в кабинете: {label}, {word} {to}"), since));
    }
    if !names.is_empty() && chats().next().is_some() {
        steps.push(step(format!("Передать права в чатах {label}: {names} → {to}"), since));
        if let Some(back) =
            appointment.until.filter(|_| appointment.temporary).and_then(|day| day.tomorrow().ok())
            && !from.is_empty()
        {
            steps.push(step(format!("Вернуть права в чатах {label}: {to} → {names}"), Some(back)));
        }
    }
    steps.retain(|step| !stands_open(register, step));
    steps
}

/// Whether a step of the same words waits for the same group.
pub(super) fn stands_open(register: &Register, step: &CabinetTask) -> bool {
    let open = register.tables().cabinet_tasks.values().filter(|known| known.done_on.is_none());
    open.into_iter().any(|known| known.group == step.group && known.text == step.text)
}
