//! `groups`: the classes and groups of a year.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::failure::{DONE, Outcome};
use super::given::Given;
use super::opening::{judged_day, open, unit, year};
use super::output::{TextTable, print, print_json, print_line};
use crate::names::Role;
use crate::register::{GroupId, GroupKind, OrganizationKind, Register};
use crate::regulation::{Coverage, Judged};
use crate::session::{GroupList, GroupRow};
use crate::wording::date_short;

/// `groups FILE [--json]`; `--year` and `--unit` choose others than those of the current year.
pub(super) fn groups(given: &Given) -> Outcome {
    let session = open(given)?;
    let (register, today) = (session.register(), judged_day(&session));
    let (year, unit) = (year(given, register, today)?, unit(given, register)?);
    let list = GroupList::of_year(register, &Judged::of(register, today), year);
    let rows = list.rows().iter().filter(|row| unit.is_none_or(|unit| row.unit == unit));
    if given.has("json") {
        let rows: Vec<Value> = rows.map(|row| group_json(register, row, today)).collect();
        print_json(&Value::Array(rows))?;
        return Ok(DONE);
    }
    let leader = match register.organization().kind {
        OrganizationKind::School => "Классный руководитель",
        OrganizationKind::College => "Куратор",
        OrganizationKind::Kindergarten => "Воспитатель",
    };
    let mut table = TextTable::new(
        &[
            "№",
            "Группа",
            "Корпус",
            leader,
            "Учеников",
            "Внутри",
            "Детей со взрослым",
            "Чатов",
            "Ссылок",
            "Сверено",
        ],
        &[0, 4, 7, 8],
    );
    for row in rows {
        table.row([
            row.id.to_string(),
            row.label.clone(),
            row.unit.and_then(|unit| register.unit(unit)).map_or_else(String::new, |unit| unit.name.clone()),
            row.class_teachers.join(", "),
            counted_or_empty(row.member_count(Role::Student)),
            coverage_words(inside_of(row)),
            if row.kind == GroupKind::TeachingStaff {
                String::new()
            } else {
                coverage_words(&row.with_adult)
            },
            counted_or_empty(row.chats),
            counted_or_empty(row.links),
            row.last_seen.map_or_else(String::new, date_short),
        ]);
    }
    print_line(&format!("{}, {year}", register.organization().name))?;
    print(&table.render())?;
    Ok(DONE)
}

fn inside_of(row: &GroupRow) -> &Coverage {
    if row.kind == GroupKind::TeachingStaff { &row.teachers } else { &row.students }
}

fn counted_or_empty(count: usize) -> String {
    if count == 0 { String::new() } else { count.to_string() }
}

fn coverage_words(coverage: &Coverage) -> String {
    match coverage.inside {
        _ if coverage.expected == 0 && coverage.inside.is_none() => String::new(),
        None => "нет сведений".into(),
        Some(inside) if coverage.expected == 0 => inside.to_string(),
        Some(inside) => format!("{inside} из {}", coverage.expected),
    }
}

fn group_json(register: &Register, row: &GroupRow, today: Date) -> Value {
    let members = |role| row.member_count(role);
    json!({
        "id": row.id,
        "label": row.label,
        "kind": row.kind,
        "school_year": row.year.map(|year| year.to_string()),
        "class_teacher": class_teacher(register, row.id, today),
        "members": {
            "student": members(Role::Student),
            "parent": members(Role::Parent),
            "teacher": members(Role::Teacher),
            "employee": members(Role::Employee),
        },
        "chats": register
            .chats_of_group(row.id)
            .filter(|chat| chat.archived_on.is_none())
            .map(|chat| json!({ "kind": chat.kind, "platform": chat.platform, "state": chat.transfer }))
            .collect::<Vec<_>>(),
    })
}

/// The full name; several (two educators) are joined.
fn class_teacher(register: &Register, group: GroupId, today: Date) -> Option<String> {
    let assigned = register.class_teachers(group, today);
    let names: Vec<String> = assigned
        .filter_map(|assignment| register.person(assignment.person))
        .map(|person| person.name.full())
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}
