//! A plan made definite: which groups next year has, who comes to each, what goes with them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{GroupFate, NextLabel, PersonFate, PlannedGroup, PlannedTeacher, YearPlan, YearProblem};
use crate::names::{GroupSortKey, Role, group_key, group_sort_key, parse_group_label};
use crate::register::{
    GroupId, GroupKind, GroupOutcome, GroupStep, NextGroup, PersonStep, Register, UnitId, YearChange,
};
use crate::regulation::year::usual_group_kind;

/// Between these the class teacher usually changes: primary school ends.
const LAST_OF_PRIMARY: u8 = 4;

/// A step of the click list holds 500 characters.
const LONGEST_STEP: usize = 480;

/// A plan made definite.
pub(super) struct Resolution {
    pub change: YearChange,
    pub problems: Vec<YearProblem>,
    /// By place in `change.next`: students by the group they come from.
    pub students: Vec<BTreeMap<GroupId, usize>>,
}

type Key = (Option<UnitId>, String);

impl YearPlan {
    /// The change of the year, or what still is to be answered.
    ///
    /// # Errors
    /// Every [`YearProblem`] of the plan.
    pub fn change(&self, register: &Register) -> Result<YearChange, Vec<YearProblem>> {
        let resolution = self.resolve(register);
        match resolution.problems.is_empty() {
            true => Ok(resolution.change),
            false => Err(resolution.problems),
        }
    }

    pub(super) fn resolve(&self, register: &Register) -> Resolution {
        let mut problems = Vec::new();
        let mut targets = Targets::new(self, register);
        let mut groups = Vec::new();
        for planned in &self.groups {
            let outcome = match &planned.fate {
                GroupFate::Becomes(label) => {
                    let wanted = NextLabel { label: label.clone(), unit: planned.unit };
                    match targets.place(&wanted, planned.kind) {
                        Some(index) => GroupOutcome::Becomes(index),
                        None => {
                            let (group, label) = (Some(planned.group), label.clone());
                            problems.push(YearProblem::BadLabel { group, label });
                            continue;
                        }
                    }
                }
                GroupFate::Graduates => GroupOutcome::Graduates,
                GroupFate::Dissolves => GroupOutcome::Dissolves,
                GroupFate::LeftOut => continue,
                GroupFate::Open => {
                    problems.push(YearProblem::Unanswered { group: planned.group });
                    continue;
                }
            };
            groups.push(GroupStep { group: planned.group, outcome });
        }
        let people = self.people_steps(register, &groups, &mut targets, &mut problems);
        let usual = usual_group_kind(register.organization().kind);
        for new in &self.new_groups {
            if targets.place(new, usual).is_none() {
                problems.push(YearProblem::BadLabel { group: None, label: new.label.clone() });
            }
        }
        if groups.is_empty() && targets.next.is_empty() && problems.is_empty() {
            problems.push(YearProblem::NothingToDo);
        }
        let mut change = YearChange {
            planned_at: self.planned_at,
            from: self.from,
            to: self.to,
            on: self.on,
            order: self.order.clone(),
            next: targets.next,
            groups,
            people,
            cabinet_step: String::new(),
            import: None,
        };
        sort_next(&mut change);
        let students = count_students(register, &change);
        self.fill_what_goes_along(register, &mut change, &students);
        change.cabinet_step = cabinet_step(register, &change);
        Resolution { change, problems, students }
    }

    fn people_steps(
        &self,
        register: &Register,
        groups: &[GroupStep],
        targets: &mut Targets,
        problems: &mut Vec<YearProblem>,
    ) -> BTreeMap<crate::register::MembershipId, PersonStep> {
        let taking_part: HashMap<GroupId, GroupKind> =
            groups.iter().filter_map(|step| Some((step.group, register.group(step.group)?.kind))).collect();
        let mut steps = BTreeMap::new();
        for (id, fate) in &self.people {
            let Some(membership) = register.membership(*id).filter(|membership| membership.until.is_none())
            else {
                continue;
            };
            let Some(kind) = membership.group.and_then(|group| taking_part.get(&group)) else { continue };
            let step = match fate {
                PersonFate::To(wanted) => match targets.place(wanted, *kind) {
                    Some(index) => PersonStep::To(index),
                    None => {
                        problems.push(YearProblem::BadLabel {
                            group: membership.group,
                            label: wanted.label.clone(),
                        });
                        continue;
                    }
                },
                PersonFate::Graduates => PersonStep::Graduates,
                PersonFate::Leaves => PersonStep::Leaves,
            };
            steps.insert(*id, step);
        }
        steps
    }

    /// Predecessors, chats and class teachers.
    fn fill_what_goes_along(
        &self,
        register: &Register,
        change: &mut YearChange,
        students: &[BTreeMap<GroupId, usize>],
    ) {
        let planned: HashMap<GroupId, &PlannedGroup> =
            self.groups.iter().map(|planned| (planned.group, planned)).collect();
        let mut becoming: Vec<Vec<&PlannedGroup>> = vec![Vec::new(); change.next.len()];
        for step in &change.groups {
            if let (GroupOutcome::Becomes(index), Some(planned)) = (step.outcome, planned.get(&step.group)) {
                becoming[index].push(planned);
            }
        }
        for ((next, becoming), students) in change.next.iter_mut().zip(becoming).zip(students) {
            let comes = |planned: &PlannedGroup| students.get(&planned.group).copied().unwrap_or(0);
            // Of several that are joined the largest goes on; of equal ones the first.
            let main =
                becoming.iter().rev().max_by_key(|planned| comes(planned)).map(|planned| planned.group);
            next.predecessor = main;
            for planned in becoming {
                let is_main = main == Some(planned.group);
                if planned.chats_go.unwrap_or(is_main) {
                    let chats = register.chats_of_group(planned.group);
                    next.chats.extend(chats.filter(|chat| chat.archived_on.is_none()).map(|chat| chat.id));
                }
                let goes = |teacher: &&PlannedTeacher| {
                    let usual = is_main && !begins_secondary(&planned.label, &next.label);
                    teacher.goes_on.unwrap_or(usual) && still_here(register, teacher)
                };
                next.teachers.extend(planned.teachers.iter().filter(goes).map(|teacher| teacher.assignment));
            }
        }
    }
}

fn still_here(register: &Register, teacher: &PlannedTeacher) -> bool {
    register.person(teacher.person).is_some_and(|person| person.left_on.is_none())
}

fn begins_secondary(old: &str, new: &str) -> bool {
    let number = |label: &str| parse_group_label(label).ok().and_then(|label| label.parallel);
    number(old) == Some(LAST_OF_PRIMARY) && number(new) == Some(LAST_OF_PRIMARY + 1)
}

/// What the change means for the cabinet, as one step: the cabinet knows the groups by their names.
fn cabinet_step(register: &Register, change: &YearChange) -> String {
    let label_of = |group: GroupId| register.group(group).map_or("", |group| group.label.as_str());
    let (mut renamed, mut made, mut closed) = (Vec::new(), Vec::new(), Vec::new());
    for next in &change.next {
        match next.predecessor.map(label_of) {
            Some(old) if old == next.label => {}
            Some(old) => renamed.push(format!("{old} → {}", next.label)),
            None => made.push(next.label.clone()),
        }
    }
    for step in &change.groups {
        let goes_on = change.next.iter().any(|next| next.predecessor == Some(step.group));
        if !goes_on {
            closed.push(label_of(step.group).to_owned());
        }
    }
    let lists = [("переименовать", renamed), ("создать", made), ("закрыть", closed)];
    let lists: Vec<_> = lists.into_iter().filter(|(_, labels)| !labels.is_empty()).collect();
    if lists.is_empty() {
        return String::new();
    }
    let named: Vec<String> =
        lists.iter().map(|(what, labels)| format!("{what} {}", labels.join(", "))).collect();
    let counted: Vec<String> =
        lists.iter().map(|(what, labels)| format!("{what} {}", labels.len())).collect();
    let sentence =
        |told: &[String]| format!("Группы кабинета на {} учебный год: {}", change.to, told.join("; "));
    let whole = sentence(&named);
    if whole.chars().count() <= LONGEST_STEP { whole } else { sentence(&counted) }
}

/// The groups of next year in the making.
struct Targets {
    existing: HashMap<Key, GroupId>,
    places: HashMap<Key, usize>,
    next: Vec<NextGroup>,
}

impl Targets {
    fn new(plan: &YearPlan, register: &Register) -> Targets {
        let existing = register.groups_in_year(plan.to).filter(|group| group.year == Some(plan.to));
        Targets {
            existing: existing.map(|group| ((group.unit, group_key(&group.label)), group.id)).collect(),
            places: HashMap::new(),
            next: Vec::new(),
        }
    }

    /// The place of a label; `None` where it is none.
    fn place(&mut self, wanted: &NextLabel, kind: GroupKind) -> Option<usize> {
        let label = parse_group_label(&wanted.label).ok()?.text;
        let key = (wanted.unit, group_key(&label));
        if let Some(index) = self.places.get(&key) {
            return Some(*index);
        }
        let existing = self.existing.get(&key).copied();
        self.next.push(NextGroup { label, kind, unit: wanted.unit, existing, ..NextGroup::default() });
        self.places.insert(key, self.next.len() - 1);
        Some(self.next.len() - 1)
    }
}

/// Puts the groups of next year in the order of every list: their ids rise as they are shown.
fn sort_next(change: &mut YearChange) {
    let mut order: Vec<(Option<UnitId>, GroupSortKey, usize)> = change
        .next
        .iter()
        .enumerate()
        .map(|(place, next)| (next.unit, group_sort_key(&next.label), place))
        .collect();
    order.sort();
    let mut new_place = vec![0; order.len()];
    for (new, (_, _, old)) in order.iter().enumerate() {
        new_place[*old] = new;
    }
    change.next = order.iter().map(|(_, _, old)| change.next[*old].clone()).collect();
    for step in &mut change.groups {
        if let GroupOutcome::Becomes(index) = &mut step.outcome {
            *index = new_place[*index];
        }
    }
    for step in change.people.values_mut() {
        if let PersonStep::To(index) = step {
            *index = new_place[*index];
        }
    }
}

fn count_students(register: &Register, change: &YearChange) -> Vec<BTreeMap<GroupId, usize>> {
    let mut students = vec![BTreeMap::new(); change.next.len()];
    let mut seen = HashSet::new();
    for step in change.groups.iter().filter(|step| seen.insert(step.group)) {
        for membership in register.memberships_of_group(step.group) {
            if membership.role != Role::Student || membership.until.is_some() {
                continue;
            }
            let goes_to = match (change.people.get(&membership.id), step.outcome) {
                (Some(PersonStep::To(index)), _) => *index,
                (None, GroupOutcome::Becomes(index)) => index,
                _ => continue,
            };
            *students[goes_to].entry(step.group).or_default() += 1;
        }
    }
    students
}
