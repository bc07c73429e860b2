//! Class values of the file → groups of the register, or groups to be created.

use std::collections::HashMap;

use super::{PlanChoices, PlanIssue};
use crate::names::{GroupLabel, Role, group_key};
use crate::register::{
    Group, GroupChoice, GroupId, GroupKind, NewGroup, OrganizationKind, Register, RowDecision,
};
use crate::roster::aliases::Field;
use crate::roster::mapped::{MappedRoster, RosterRow};
use crate::roster::problem::Severity;

/// Where a row wants its person to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The role; `None`: the row cannot be used.
    pub role: Option<Role>,
    /// The group; `None` for employees and for parents without a class.
    pub place: Option<GroupChoice>,
    /// Whether a group that is no class is meant, which is joined beside others and never moved to.
    pub beside_others: bool,
    /// Why the row cannot be used: Russian, empty when it can.
    pub refused: &'static str,
}

/// What a label of the file stands for.
#[derive(Clone, Copy)]
enum Known {
    One(GroupChoice),
    /// Two units have a group of this label and none was chosen.
    Several,
}

/// The groups of the year and those the file needs besides.
pub(super) struct Places<'register> {
    register: &'register Register,
    choices: PlanChoices,
    by_key: HashMap<String, Known>,
    by_text: HashMap<String, Known>,
    teaching_staff: Option<GroupId>,
    new_groups: Vec<NewGroup>,
}

impl<'register> Places<'register> {
    pub(super) fn new(register: &'register Register, choices: &PlanChoices) -> Self {
        let mut by_key: HashMap<String, (u32, GroupId)> = HashMap::new();
        let mut teaching_staff = None;
        for group in register.groups_in_year(choices.year) {
            if group.kind == GroupKind::TeachingStaff
                && group.unit.is_none_or(|unit| choices.unit == Some(unit))
            {
                teaching_staff = teaching_staff.or(Some(group.id));
            }
            if choices.unit.is_none() || group.unit == choices.unit {
                by_key.entry(group_key(&group.label)).or_insert((0, group.id)).0 += 1;
            }
        }
        let known = |(count, id): (u32, GroupId)| match count {
            1 => Known::One(GroupChoice::Existing(id)),
            _ => Known::Several,
        };
        Self {
            register,
            choices: choices.clone(),
            by_key: by_key.into_iter().map(|(key, found)| (key, known(found))).collect(),
            by_text: HashMap::new(),
            teaching_staff,
            new_groups: Vec::new(),
        }
    }

    /// The group of a label, one to be created where there is none and `may_create`.
    fn find(&mut self, label: &GroupLabel, may_create: bool) -> Option<Known> {
        if let Some(known) = self.by_text.get(&label.text) {
            return Some(*known);
        }
        let key = group_key(&label.text);
        let known = match self.by_key.get(&key) {
            Some(known) => *known,
            None if may_create => {
                let new = Known::One(GroupChoice::New(self.new_groups.len()));
                let kind = self.kind_of_new_group(label);
                self.new_groups.push(NewGroup { label: label.text.clone(), kind, unit: self.choices.unit });
                self.by_key.insert(key, new);
                new
            }
            None => return None,
        };
        self.by_text.insert(label.text.clone(), known);
        Some(known)
    }

    fn kind_of_new_group(&self, label: &GroupLabel) -> GroupKind {
        match self.register.organization().kind {
            OrganizationKind::College => GroupKind::StudyGroup,
            OrganizationKind::Kindergarten => GroupKind::KindergartenGroup,
            OrganizationKind::School if label.parallel.is_some() => GroupKind::SchoolClass,
            // «Подготовительная» in a school is no class.
            OrganizationKind::School if self.choices.group_kind == GroupKind::SchoolClass => {
                GroupKind::StudyGroup
            }
            OrganizationKind::School => self.choices.group_kind,
        }
    }

    /// The label of a place, as the register or the new group has it.
    pub(super) fn label(&self, place: Option<GroupChoice>) -> &str {
        match place {
            Some(GroupChoice::Existing(id)) => {
                self.register.group(id).map_or("", |group| group.label.as_str())
            }
            Some(GroupChoice::New(index)) => {
                self.new_groups.get(index).map_or("", |group| group.label.as_str())
            }
            None => "",
        }
    }

    /// Whether the group is the one that teachers without a group of their own are put into.
    pub(super) fn is_own_of_staff(&self, group: GroupId) -> bool {
        self.teaching_staff == Some(group)
    }

    fn joins_beside_others(&self, place: GroupChoice) -> bool {
        match place {
            GroupChoice::Existing(id) => self.register.group(id).is_some_and(|group| !is_class(group)),
            GroupChoice::New(index) => {
                self.new_groups.get(index).is_some_and(|group| !is_class_kind(group.kind))
            }
        }
    }

    /// Drops the new groups that no decision uses and renumbers the others in the decisions.
    pub(super) fn keep_used(&self, decisions: &mut [RowDecision]) -> Vec<NewGroup> {
        let mut kept = Vec::new();
        let mut new_number: HashMap<usize, usize> = HashMap::new();
        let places = decisions.iter_mut().flat_map(|decision| {
            let joined = decision.join.as_mut().and_then(|join| join.group.as_mut());
            joined.into_iter().chain(decision.move_membership.as_mut().map(|(_, to)| to))
        });
        for place in places {
            if let GroupChoice::New(index) = place {
                let number = *new_number.entry(*index).or_insert_with(|| {
                    kept.push(self.new_groups[*index].clone());
                    kept.len() - 1
                });
                *index = number;
            }
        }
        kept
    }
}

/// Whether a person belongs to at most one such group at a time.
pub(super) fn is_class(group: &Group) -> bool {
    is_class_kind(group.kind)
}

fn is_class_kind(kind: GroupKind) -> bool {
    matches!(kind, GroupKind::SchoolClass | GroupKind::StudyGroup | GroupKind::KindergartenGroup)
}

/// Finds role and group of every row; rows that cannot be used get an issue.
pub(super) fn place_rows(
    places: &mut Places<'_>,
    roster: &MappedRoster,
    choices: &PlanChoices,
    issues: &mut Vec<PlanIssue>,
) -> Vec<Wanted> {
    // Staff rows create no classes, so the classes of the others must be known before them.
    for row in &roster.rows {
        let role = row.role.or(choices.default_role);
        if let (Some(label), false) = (&row.group, role.is_none_or(Role::is_staff)) {
            places.find(label, true);
        }
    }
    roster.rows.iter().map(|row| place_row(places, row, choices, issues)).collect()
}

fn place_row(
    places: &mut Places<'_>,
    row: &RosterRow,
    choices: &PlanChoices,
    issues: &mut Vec<PlanIssue>,
) -> Wanted {
    let refuse = |role, refused| Wanted { role, place: None, beside_others: false, refused };
    let mut complain = |severity, column: Option<Field>, code, message| {
        let column = column.and_then(|field| choices.columns.find(field)).map(|column| column.header.clone());
        issues.push(PlanIssue { row: row.row, column, severity, code, message });
    };
    let Some(role) = row.role.or(choices.default_role) else {
        let message = format!(
            "Строка {}: не указано, кто это. Строка не взята. Выберите роль для всего файла или впишите её в столбец \
             «Роль».",
            row.row
        );
        complain(Severity::Error, None, "no_role", message);
        return refuse(None, "не указана роль");
    };
    let own_group = match role {
        Role::Teacher => places.teaching_staff.map(GroupChoice::Existing),
        Role::Employee | Role::Student | Role::Parent => None,
    };
    let place = match &row.group {
        Some(label) => match places.find(label, !role.is_staff()) {
            Some(Known::One(place)) => Some(place),
            Some(Known::Several) => {
                let message = format!(
                    "Строка {}: «{}» есть в нескольких корпусах. Строка не взята. Выберите корпус для всего файла.",
                    row.row, label.text
                );
                complain(Severity::Error, Some(Field::Group), "group_ambiguous", message);
                return refuse(Some(role), "класс есть в нескольких корпусах");
            }
            None => {
                let message = format!(
                    "Строка {}: класса или группы «{}» нет в списке, по строке сотрудника она не создаётся. Человек \
                     взят без неё.",
                    row.row, label.text
                );
                complain(Severity::Warning, Some(Field::Group), "staff_group_unknown", message);
                own_group
            }
        },
        None if role == Role::Student => {
            let message =
                format!("Строка {}: у ученика не указан класс. Строка не взята. Впишите класс.", row.row);
            complain(Severity::Error, Some(Field::Group), "no_group", message);
            return refuse(Some(role), "не указан класс");
        }
        None => own_group,
    };
    let beside_others = role != Role::Student || place.is_some_and(|place| places.joins_beside_others(place));
    Wanted { role: Some(role), place, beside_others, refused: "" }
}
