//! The class teachers whom a file names (duty 2.3-5): by the classes of an employee's row, or by the teacher's name in
//! the rows of students. Nobody is replaced without the user's word.

use std::collections::{HashMap, HashSet};

use super::families::{Comparison, takes_part};
use super::groups::Places;
use super::standing::{goes_on, has_left};
use super::{AssignmentState, PlanIssue, PlanRow, PlannedAssignment};
use crate::names::{FullName, Role, clean, fold, group_key};
use crate::register::{
    Assignment, AssignmentId, GroupChoice, GroupKind, ImportedAssignment, NewGroup, PersonId, TeacherChoice,
};
use crate::roster::aliases::Field;
use crate::roster::problem::Severity;

/// What the file says of class teachers.
#[derive(Default)]
pub(super) struct PlannedAppointments {
    pub rows: Vec<PlannedAssignment>,
    pub operations: Vec<ImportedAssignment>,
    /// People of the register whom the file names as class teachers: they are not missing from it.
    pub named: HashSet<PersonId>,
}

/// Somebody is named the class teacher of a group.
struct Claim {
    /// The row that says so first, and how many do.
    row: u32,
    rows: u32,
    name: FullName,
    teacher: Found,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    One(TeacherChoice),
    Nobody,
    Several,
}

/// Plans the appointments. `new_groups` are those the import really makes.
pub(super) fn plan_assignments(
    of: &Comparison<'_>,
    places: &Places<'_>,
    rows: &[PlanRow],
    new_groups: &[NewGroup],
    issues: &mut Vec<PlanIssue>,
) -> PlannedAppointments {
    let names_any = |row: &crate::roster::RosterRow| !row.leads.is_empty() || !row.class_teacher.is_empty();
    let mut planned = PlannedAppointments::default();
    if !of.roster.rows.iter().any(names_any) {
        return planned;
    }
    let mut appointing = Appointing {
        of,
        groups: known_groups(of, new_groups),
        new_groups,
        staff: list_staff(of, rows),
        claims: Vec::new(),
        place_of_group: HashMap::new(),
        issues,
    };
    appointing.hear_employees(rows);
    appointing.hear_students(places, rows);
    for (group, claims) in std::mem::take(&mut appointing.claims) {
        appointing.plan_group(group, claims, &mut planned);
    }
    planned.rows.sort_by_key(|planned| planned.row);
    planned
}

/// Groups by the key of their label; `None` where several units have one.
fn known_groups(of: &Comparison<'_>, new_groups: &[NewGroup]) -> HashMap<String, Option<GroupChoice>> {
    let mut groups: HashMap<String, Option<GroupChoice>> = HashMap::new();
    let unit = of.choices.unit;
    let of_register = of.register.groups_in_year(of.choices.year);
    for group in of_register.filter(|group| unit.is_none() || group.unit == unit) {
        groups
            .entry(group_key(&group.label))
            .and_modify(|known| *known = None)
            .or_insert(Some(GroupChoice::Existing(group.id)));
    }
    for (place, group) in new_groups.iter().enumerate() {
        groups.insert(group_key(&group.label), Some(GroupChoice::New(place)));
    }
    groups
}

/// Staff of the register and of the file by folded surname.
type Staff = HashMap<String, Vec<(FullName, TeacherChoice)>>;

fn list_staff(of: &Comparison<'_>, rows: &[PlanRow]) -> Staff {
    let mut staff = Staff::new();
    let mut listed: HashSet<PersonId> = HashSet::new();
    for membership in of.register.tables().memberships.values() {
        let works = membership.role.is_staff() && goes_on(membership, of.today);
        if let Some(person) = of.register.person(membership.person).filter(|_| works)
            && !has_left(person, of.today)
            && listed.insert(person.id)
        {
            let entry = (person.name.clone(), TeacherChoice::Existing(person.id));
            staff.entry(person.name.surname_key()).or_default().push(entry);
        }
    }
    for row in rows.iter().filter(|row| row.role.is_some_and(Role::is_staff) && takes_part(row)) {
        // A known person who returns, or whose name the file corrects, is found by the file's spelling too.
        let choice = row.person.map_or(TeacherChoice::OfRow(row.row), TeacherChoice::Existing);
        let of_surname = staff.entry(row.name.surname_key()).or_default();
        if !of_surname.iter().any(|(_, known)| *known == choice) {
            of_surname.push((row.name.clone(), choice));
        }
    }
    staff
}

/// The employee of a name, initials allowed, where there is exactly one; the whole name before similar ones.
fn find_teacher(staff: &Staff, name: &FullName) -> Found {
    let Some(of_surname) = staff.get(&name.surname_key()) else { return Found::Nobody };
    let key = name.match_key();
    let same: Vec<_> = of_surname.iter().filter(|(known, _)| known.match_key() == key).collect();
    let similar = || of_surname.iter().filter(|(known, _)| could_be(known, name)).collect::<Vec<_>>();
    let found = if same.is_empty() { similar() } else { same };
    match found.as_slice() {
        [] => Found::Nobody,
        [(_, teacher)] => Found::One(*teacher),
        _ => Found::Several,
    }
}

fn could_be(known: &FullName, written: &FullName) -> bool {
    part_agrees(&known.given, &written.given)
        && (known.patronymic.is_empty()
            || written.patronymic.is_empty()
            || part_agrees(&known.patronymic, &written.patronymic))
}

/// «М.» and «М» agree with «Мария».
fn part_agrees(known: &str, written: &str) -> bool {
    let (known, written) = (fold(known), fold(written));
    let initial = written.trim_end_matches('.');
    known == written || (initial.chars().count() == 1 && known.starts_with(initial))
}

struct Appointing<'a, 'c> {
    of: &'c Comparison<'a>,
    groups: HashMap<String, Option<GroupChoice>>,
    new_groups: &'c [NewGroup],
    staff: Staff,
    claims: Vec<(GroupChoice, Vec<Claim>)>,
    place_of_group: HashMap<GroupChoice, usize>,
    issues: &'c mut Vec<PlanIssue>,
}

impl Appointing<'_, '_> {
    fn hear_employees(&mut self, rows: &[PlanRow]) {
        for (row, read) in rows.iter().zip(&self.of.roster.rows) {
            if read.leads.is_empty() || !row.role.is_some_and(Role::is_staff) || !takes_part(row) {
                continue;
            }
            let teacher = row.person.map_or(TeacherChoice::OfRow(row.row), TeacherChoice::Existing);
            for label in &read.leads {
                match self.groups.get(&group_key(&label.text)).copied() {
                    Some(Some(group)) => {
                        let name = row.name.clone();
                        let teacher = Found::One(teacher);
                        self.claim(group, Claim { row: row.row, rows: 1, name, teacher });
                    }
                    Some(None) => self.complain(row.row, "group_ambiguous", format!(
                        "«{}» есть в нескольких корпусах, классное руководство не записано. Выберите корпус для всего \
                         файла.", label.text)),
                    None => self.complain(row.row, "led_class_unknown", format!(
                        "класса или группы «{}» нет в списке, классное руководство не записано. Сначала загрузите \
                         список учеников этого класса.", label.text)),
                }
            }
        }
    }

    fn hear_students(&mut self, places: &Places<'_>, rows: &[PlanRow]) {
        let mut said: HashMap<(GroupChoice, &str), (u32, u32)> = HashMap::new();
        let mut order = Vec::new();
        for (place, read) in self.of.roster.rows.iter().enumerate() {
            let row = &rows[place];
            let is_student = row.role == Some(Role::Student) && takes_part(row);
            if read.class_teacher.is_empty() || !is_student {
                continue;
            }
            let Some(group) = self.of.wanted[place].place else { continue };
            let said = said.entry((group, read.class_teacher.as_str())).or_insert_with(|| {
                order.push((group, read.class_teacher.as_str()));
                (row.row, 0)
            });
            said.1 += 1;
        }
        for (wanted, written) in order {
            let (row, rows) = said[&(wanted, written)];
            // The places of the file count all new groups, the operation only those it makes.
            let label = group_key(places.label(Some(wanted)));
            let group = match wanted {
                GroupChoice::Existing(_) => Some(wanted),
                GroupChoice::New(_) => self.groups.get(&label).copied().flatten(),
            };
            let Some(group) = group else { continue };
            let name = FullName::parse(written);
            let teacher = name.as_ref().map_or(Found::Nobody, |name| find_teacher(&self.staff, name));
            let name = name.unwrap_or_else(|_| FullName::new(clean(written), "", ""));
            self.claim(group, Claim { row, rows, name, teacher });
        }
    }

    fn claim(&mut self, group: GroupChoice, claim: Claim) {
        let place = *self.place_of_group.entry(group).or_insert_with(|| {
            self.claims.push((group, Vec::new()));
            self.claims.len() - 1
        });
        let same = |known: &&mut Claim| match (known.teacher, claim.teacher) {
            (Found::One(one), Found::One(other)) => one == other,
            (one, other) => one == other && known.name.match_key() == claim.name.match_key(),
        };
        match self.claims[place].1.iter_mut().find(same) {
            Some(known) => {
                known.rows += claim.rows;
                known.row = known.row.min(claim.row);
            }
            None => self.claims[place].1.push(claim),
        }
    }

    /// A class has one teacher; a kindergarten group may have two educators.
    fn plan_group(&mut self, group: GroupChoice, mut claims: Vec<Claim>, planned: &mut PlannedAppointments) {
        let may_be_two = self.kind_of(group) == GroupKind::KindergartenGroup;
        let seats = if may_be_two { 2 } else { 1 };
        claims.sort_by_key(|claim| (std::cmp::Reverse(claim.rows), claim.row));
        if let Some(first_out) = claims.get(seats) {
            let label = self.label(group);
            let is_tie = claims[seats - 1].rows == first_out.rows;
            let row = first_out.row.max(claims[seats - 1].row);
            let outcome = match is_tie {
                true => "Никто не назначен: оставьте в файле одного.",
                false => "Взят тот, кто указан чаще. Проверьте остальные строки.",
            };
            let text = format!("в файле разные классные руководители одного класса ({label}). {outcome}");
            self.complain(row, "class_teacher_differs", text);
            if is_tie {
                return;
            }
            claims.truncate(seats);
        }
        for claim in claims {
            self.plan_claim(group, claim, may_be_two, planned);
        }
    }

    fn plan_claim(
        &mut self,
        group: GroupChoice,
        claim: Claim,
        may_be_two: bool,
        planned: &mut PlannedAppointments,
    ) {
        let label = self.label(group);
        let mut ends = None;
        let mut instead_of = String::new();
        let state = match claim.teacher {
            Found::Nobody => {
                self.complain(claim.row, "class_teacher_unknown", format!(
                    "классный руководитель ({label}) не найден среди сотрудников. Загрузите список сотрудников или \
                     впишите ФИО так, как в списке."));
                AssignmentState::Unknown
            }
            Found::Several => {
                self.complain(claim.row, "class_teacher_unknown", format!(
                    "классным руководителем ({label}) могут быть несколько сотрудников. Впишите ФИО полностью."));
                AssignmentState::Unknown
            }
            Found::One(teacher) => {
                if let TeacherChoice::Existing(person) = teacher {
                    planned.named.insert(person);
                }
                let present = self.present(group);
                let is_known =
                    present.iter().any(|(_, person, _)| teacher == TeacherChoice::Existing(*person));
                let is_full = if may_be_two { present.len() > 1 } else { !present.is_empty() };
                match present.first().filter(|_| is_full && !is_known) {
                    None if is_known => AssignmentState::Known,
                    None => AssignmentState::New,
                    Some((other, _, name)) => {
                        instead_of.clone_from(name);
                        if self.of.choices.replaced_teachers.contains(&label) {
                            ends = Some(*other);
                            AssignmentState::Replaces
                        } else {
                            self.complain(claim.row, "class_teacher_taken", format!(
                                "у класса или группы ({label}) записан другой руководитель, он оставлен. Если его \
                                 сменили, отметьте замену."));
                            AssignmentState::Taken
                        }
                    }
                }
            }
        };
        if let (Found::One(teacher), AssignmentState::New | AssignmentState::Replaces) =
            (claim.teacher, state)
        {
            planned.operations.push(ImportedAssignment { group, teacher, ends });
        }
        planned.rows.push(PlannedAssignment {
            row: claim.row,
            group: label,
            teacher: claim.name,
            state,
            instead_of,
        });
    }

    /// The appointments of a group that go on, permanent ones first, with the teacher's name.
    fn present(&self, group: GroupChoice) -> Vec<(AssignmentId, PersonId, String)> {
        let GroupChoice::Existing(group) = group else { return Vec::new() };
        let register = self.of.register;
        let lasts = |assignment: &&Assignment| {
            let person = register.person(assignment.person);
            assignment.until.is_none() && person.is_some_and(|person| !has_left(person, self.of.today))
        };
        let assignments = register.assignments_of_group(group).map(|assignment| assignment.as_ref());
        let mut present: Vec<&Assignment> = assignments.filter(lasts).collect();
        present.sort_by_key(|assignment| (assignment.temporary, assignment.id));
        let name = |id| register.person(id).map(|person| person.name.full()).unwrap_or_default();
        present
            .into_iter()
            .map(|assignment| (assignment.id, assignment.person, name(assignment.person)))
            .collect()
    }

    fn label(&self, group: GroupChoice) -> String {
        match group {
            GroupChoice::Existing(id) => self.of.register.group(id).map(|group| group.label.clone()),
            GroupChoice::New(place) => self.new_groups.get(place).map(|group| group.label.clone()),
        }
        .unwrap_or_default()
    }

    fn kind_of(&self, group: GroupChoice) -> GroupKind {
        match group {
            GroupChoice::Existing(id) => self.of.register.group(id).map(|group| group.kind),
            GroupChoice::New(place) => self.new_groups.get(place).map(|group| group.kind),
        }
        .unwrap_or_default()
    }

    fn complain(&mut self, row: u32, code: &'static str, text: String) {
        let column = self.of.choices.columns.find(Field::ClassTeacher).map(|column| column.header.clone());
        let message = format!("Строка {row}: {text}");
        self.issues.push(PlanIssue { row, column, severity: Severity::Warning, code, message });
    }
}
