//! Parents' lists that name the child: the child is found by name and, where the row has one, by class, among the
//! students of the file and of the register. A parent whose child is known needs no membership of their own.

use std::collections::HashMap;

use super::families::{
    Bond, Comparison, PlannedFamilies, bond, change, decision_of, guardian_named, takes_part,
};
use super::same_adult::surname_stem;
use super::standing::{has_left, open_memberships};
use super::{AdultKey, AdultProposal, PlanIssue, PlanKind, PlanRow};
use crate::names::{FullName, Role, fold};
use crate::register::{ChildChoice, GroupChoice, PersonId, RowChild, RowDecision};
use crate::roster::mapped::RosterRow;
use crate::roster::problem::Severity;

/// Students of one name.
#[derive(Default)]
struct Students {
    /// Places of rows of the file.
    rows: Vec<usize>,
    people: Vec<PersonId>,
}

pub(super) fn plan_children(
    of: &Comparison<'_>,
    rows: &mut [PlanRow],
    slots: &mut [Option<RowDecision>],
    issues: &mut Vec<PlanIssue>,
    families: &mut PlannedFamilies,
) {
    let students = list_students(of, rows);
    let mut found: Vec<(usize, ChildChoice)> = Vec::new();
    for (place, read) in of.roster.rows.iter().enumerate() {
        let Some(child) = read.child.as_ref().filter(|_| rows[place].role == Some(Role::Parent)) else {
            continue;
        };
        if !takes_part(&rows[place]) && rows[place].kind != PlanKind::Ambiguous {
            continue;
        }
        let candidates = candidates(of, rows, &students, place, child);
        match one_of(of, &rows[place], &candidates) {
            Some(choice) => {
                know_by_the_child(of, read, choice, &mut rows[place], issues);
                if takes_part(&rows[place]) {
                    found.push((place, choice));
                }
            }
            None if rows[place].kind == PlanKind::Ambiguous => {}
            None => issues.push(not_found(read, candidates.len())),
        }
    }
    for (place, choice) in &found {
        give_child(of, &of.roster.rows[*place], *choice, &mut rows[*place], &mut slots[*place], issues);
        families.named.extend(rows[*place].person);
    }
    propose_one_person(of, &found, rows, slots, issues, families);
}

/// A name without its patronymic, folded: what must agree before two names are compared at all.
fn short_name_key(name: &FullName, buffer: &mut String) -> String {
    buffer.clear();
    buffer.push_str(&name.surname);
    buffer.push(' ');
    buffer.push_str(&name.given);
    fold(buffer)
}

fn list_students(of: &Comparison<'_>, rows: &[PlanRow]) -> HashMap<String, Students> {
    let mut buffer = String::new();
    let mut students: HashMap<String, Students> = HashMap::new();
    for child in of.roster.rows.iter().filter_map(|row| row.child.as_ref()) {
        students.entry(short_name_key(child, &mut buffer)).or_default();
    }
    for (place, row) in rows.iter().enumerate() {
        if row.role == Some(Role::Student)
            && takes_part(row)
            && let Some(named) = students.get_mut(&short_name_key(&row.name, &mut buffer))
        {
            named.rows.push(place);
        }
    }
    for person in of.register.tables().people.values().filter(|person| !has_left(person, of.today)) {
        if let Some(named) = students.get_mut(&short_name_key(&person.name, &mut buffer)) {
            named.people.push(person.id);
        }
    }
    students
}

/// The students a row may mean: those of the file first, then those of the register who are not in the file.
fn candidates(
    of: &Comparison<'_>,
    rows: &[PlanRow],
    students: &HashMap<String, Students>,
    place: usize,
    child: &FullName,
) -> Vec<(ChildChoice, Option<PersonId>)> {
    let Some(students) = students.get(&short_name_key(child, &mut String::new())) else { return Vec::new() };
    let wanted = of.wanted[place].place;
    let mut found = Vec::new();
    for other in &students.rows {
        let fits = wanted.is_none() || of.wanted[*other].place == wanted;
        if fits && patronymics_agree(&rows[*other].name, child) {
            let person = rows[*other].person;
            found.push((person.map_or(ChildChoice::OfRow(rows[*other].row), ChildChoice::Existing), person));
        }
    }
    for id in &students.people {
        let in_file = students.rows.iter().any(|other| rows[*other].person == Some(*id));
        let Some(person) = of.register.person(*id).filter(|_| !in_file) else { continue };
        let mut open = open_memberships(of.register, *id, Role::Student, of.today);
        let is_there = match wanted {
            None => open.next().is_some(),
            Some(GroupChoice::Existing(group)) => open.any(|membership| membership.group == Some(group)),
            Some(GroupChoice::New(_)) => false,
        };
        if is_there && patronymics_agree(&person.name, child) {
            found.push((ChildChoice::Existing(*id), Some(*id)));
        }
    }
    found
}

fn patronymics_agree(one: &FullName, other: &FullName) -> bool {
    one.patronymic.is_empty()
        || other.patronymic.is_empty()
        || fold(&one.patronymic) == fold(&other.patronymic)
}

/// The only candidate, or of several the one who is this adult's child already.
fn one_of(
    of: &Comparison<'_>,
    row: &PlanRow,
    candidates: &[(ChildChoice, Option<PersonId>)],
) -> Option<ChildChoice> {
    if let [(only, _)] = candidates {
        return Some(*only);
    }
    let is_own = |child: PersonId| match row.person {
        Some(adult) => matches!(bond(of.register, adult, child, of.today), Bond::Open(_)),
        None => guardian_named(of.register, child, &row.name).is_some(),
    };
    let mut own = candidates.iter().filter(|(_, person)| person.is_some_and(is_own));
    match (own.next(), own.next()) {
        (Some((choice, _)), None) => Some(*choice),
        _ => None,
    }
}

/// A row that could be several adults is the one who is the guardian of the child it names.
fn know_by_the_child(
    of: &Comparison<'_>,
    read: &RosterRow,
    choice: ChildChoice,
    row: &mut PlanRow,
    issues: &mut Vec<PlanIssue>,
) {
    let ChildChoice::Existing(child) = choice else { return };
    if row.kind != PlanKind::Ambiguous {
        return;
    }
    if let Some(adult) = guardian_named(of.register, child, &read.name) {
        row.kind = PlanKind::Unchanged;
        row.person = Some(adult);
        row.candidates.clear();
        row.why = "уже записан за этим ребёнком".to_owned();
        issues.retain(|issue| issue.row != read.row || issue.code != "ambiguous");
    }
}

fn not_found(read: &RosterRow, candidates: usize) -> PlanIssue {
    let row = read.row;
    let (code, message) = match candidates {
        0 => (
            "child_unknown",
            format!(
                "Строка {row}: ребёнок не найден ни в файле, ни в списке. Взрослый взят без ребёнка. Проверьте ФИО и \
                 класс ребёнка или сначала загрузите список учеников."
            ),
        ),
        _ => (
            "child_ambiguous",
            format!(
                "Строка {row}: учеников с таким именем несколько. Взрослый взят без ребёнка. Впишите класс и отчество \
                 ребёнка."
            ),
        ),
    };
    PlanIssue { row, column: None, severity: Severity::Warning, code, message }
}

fn give_child(
    of: &Comparison<'_>,
    read: &RosterRow,
    choice: ChildChoice,
    row: &mut PlanRow,
    slot: &mut Option<RowDecision>,
    issues: &mut Vec<PlanIssue>,
) {
    let makes_bond = match (row.person, choice) {
        (Some(adult), ChildChoice::Existing(child)) if adult == child => false,
        (Some(adult), ChildChoice::Existing(child)) => match bond(of.register, adult, child, of.today) {
            Bond::None => true,
            Bond::Open(_) => false,
            Bond::EndedByHand => {
                issues.push(ended_by_hand(read.row));
                return;
            }
        },
        _ => true,
    };
    if makes_bond || !row.changes.iter().any(|change| change.code == "returned") {
        drop_own_membership(row, slot);
    }
    if !makes_bond {
        return;
    }
    if row.kind != PlanKind::Added {
        let child = read.child.as_ref().map(FullName::full).unwrap_or_default();
        row.changes.push(change("child", "ребёнок", String::new(), child));
    }
    if let Some(decision) = decision_of(slot, row) {
        decision.children.push(RowChild { child: choice, basis: String::new() });
    }
}

fn ended_by_hand(row: u32) -> PlanIssue {
    let message = format!(
        "Строка {row}: в списке этот взрослый больше не записан за ребёнком. Оставлено как в списке. Если верно в \
         файле, добавьте его в карточке ребёнка."
    );
    PlanIssue { row, column: None, severity: Severity::Warning, code: "hand_edit_kept", message }
}

/// The class of a parent follows from the child: their own membership is for children who are not known.
fn drop_own_membership(row: &mut PlanRow, slot: &mut Option<RowDecision>) {
    let Some(decision) = slot else { return };
    if decision.join.take().is_none() {
        return;
    }
    row.changes.retain(|change| !matches!(change.code, "role" | "group"));
    if row.kind == PlanKind::Updated && row.changes.is_empty() {
        row.kind = PlanKind::Unchanged;
        *slot = None;
    }
}

/// New adults of several rows who agree in ФИО and phone: one person for all of them, when the user confirms.
fn propose_one_person(
    of: &Comparison<'_>,
    found: &[(usize, ChildChoice)],
    rows: &mut [PlanRow],
    slots: &mut [Option<RowDecision>],
    issues: &mut Vec<PlanIssue>,
    families: &mut PlannedFamilies,
) {
    let mut order: Vec<AdultKey> = Vec::new();
    let mut same: HashMap<AdultKey, Vec<usize>> = HashMap::new();
    for (place, _) in found.iter().filter(|(place, _)| rows[*place].kind == PlanKind::Added) {
        let read = &of.roster.rows[*place];
        let rest = match (&read.phone, &read.child) {
            (Some(phone), _) => phone.as_str().to_owned(),
            (None, Some(child)) if !read.name.patronymic.is_empty() => surname_stem(child),
            _ => continue,
        };
        let key = AdultKey(format!("{}|{rest}", read.name.match_key()));
        let places = same.entry(key.clone()).or_default();
        if places.is_empty() {
            order.push(key);
        }
        places.push(*place);
    }
    for key in order {
        let places = same.remove(&key).unwrap_or_default();
        let (Some((first, others)), true) = (places.split_first(), places.len() > 1) else { continue };
        let joined = of.choices.join_all_adults || of.choices.joined_adults.contains(&key);
        for place in others {
            if joined {
                join_into(rows, slots, *first, *place);
            }
        }
        if !joined {
            issues.extend(places.iter().map(|place| maybe_same_person(rows[*place].row)));
        }
        let why = match of.roster.rows[*first].phone {
            Some(_) => "совпали ФИО и телефон",
            None => "совпали ФИО и фамилия детей, телефон не указан",
        };
        families.proposals.push(AdultProposal {
            key,
            name: rows[*first].name.clone(),
            rows: places.iter().map(|place| rows[*place].row).collect(),
            person: None,
            why: why.to_owned(),
            joined,
        });
    }
}

fn join_into(rows: &mut [PlanRow], slots: &mut [Option<RowDecision>], first: usize, other: usize) {
    let children = slots[other].take().map(|decision| decision.children).unwrap_or_default();
    if let Some(decision) = &mut slots[first] {
        decision.children.extend(children);
    }
    rows[other].kind = PlanKind::Unchanged;
    rows[other].why = format!("тот же человек, что в строке {}", rows[first].row);
}

fn maybe_same_person(row: u32) -> PlanIssue {
    let message = format!(
        "Строка {row}: похоже, этот человек есть и в другой строке файла. Пока записывается отдельно. Если это один \
         человек, отметьте это в списке «Похоже, один человек»."
    );
    PlanIssue { row, column: None, severity: Severity::Warning, code: "maybe_same_person", message }
}
