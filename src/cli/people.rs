//! `people`: who is in the register now.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::failure::{DONE, Outcome};
use super::given::Given;
use super::opening::{group, judged_day, open};
use super::output::{TextTable, print, print_json, print_line};
use crate::names::Role;
use crate::register::{Group, GroupId, Participation, PersonId, Register};
use crate::regulation::participation_words;
use crate::session::{PeopleList, PersonRow};
use crate::wording::{counted, date_short};

/// `people FILE [--group LABEL] [--role ROLE] [--json]`. Who has left the organization is not listed.
pub(super) fn people(given: &Given) -> Outcome {
    let session = open(given)?;
    let (register, today) = (session.register(), judged_day(&session));
    let role = given.role()?;
    let group = match given.text("group")? {
        Some(_) => Some(group(given, register, today)?),
        None => None,
    };
    let members = group.as_deref().map(|group| members_of(register, group, role, today));
    let list = PeopleList::build(register, today);
    let is_wanted = |row: &PersonRow| match &members {
        Some(members) => members.contains(&row.id),
        None => role.is_none_or(|role| row.roles.contains(&role)),
    };
    let rows = list.iter().filter(|row| !row.left && is_wanted(row));
    if given.has("json") {
        let rows: Vec<Value> = rows.map(|row| person_json(register, row, today)).collect();
        print_json(&Value::Array(rows))?;
        return Ok(DONE);
    }
    let mut table = TextTable::new(&["№", "ФИО", "Роли", "Группы", "Участие"], &[0]);
    let mut count = 0;
    for row in rows {
        count += 1;
        let taken_part = taken_part(register, row.id, today);
        let words = taken_part.iter().map(|part| match part.participation.as_of {
            Some(day) => format!("{} ({})", participation_words(part.participation.state), date_short(day)),
            None => participation_words(part.participation.state).to_owned(),
        });
        let mut seen = BTreeSet::new();
        let words: Vec<String> = words.filter(|words| seen.insert(words.clone())).collect();
        table.row([
            row.id.to_string(),
            row.full_name.clone(),
            row.role_words.clone(),
            row.group_labels.clone(),
            words.join(", "),
        ]);
    }
    print(&table.render())?;
    print_line(&format!("Всего: {}", counted(count, "человек", "человека", "человек")))?;
    Ok(DONE)
}

fn members_of(register: &Register, group: &Group, role: Option<Role>, today: Date) -> BTreeSet<PersonId> {
    let roles = role.map_or(Role::ALL.to_vec(), |role| vec![role]);
    roles.into_iter().flat_map(|role| register.current_members(group.id, role, today)).collect()
}

/// One participation: a membership, or an adult × child.
struct TakenPart<'register> {
    role: Role,
    group: Option<GroupId>,
    participation: &'register Participation,
}

fn taken_part(register: &Register, person: PersonId, today: Date) -> Vec<TakenPart<'_>> {
    let current =
        |membership: &&std::sync::Arc<crate::register::Membership>| register.is_current(membership, today);
    let mut parts: Vec<TakenPart<'_>> = register
        .memberships_of_person(person)
        .filter(current)
        .map(|membership| TakenPart {
            role: membership.role,
            group: membership.group,
            participation: &membership.participation,
        })
        .collect();
    let children = register.guardianships_of_adult(person);
    for guardianship in children.filter(|children| children.until.is_none_or(|until| until >= today)) {
        let of_child = register.memberships_of_person(guardianship.child);
        let groups = of_child.filter(current).filter(|membership| membership.role == Role::Student);
        parts.extend(groups.map(|membership| TakenPart {
            role: Role::Parent,
            group: membership.group,
            participation: &guardianship.participation,
        }));
    }
    parts
}

fn person_json(register: &Register, row: &PersonRow, today: Date) -> Value {
    let label = |group: GroupId| register.group(group).map(|group| group.label.clone());
    let parts = taken_part(register, row.id, today);
    json!({
        "id": row.id,
        "full_name": row.full_name,
        "roles": row.roles.iter().map(|role| role.code()).collect::<Vec<_>>(),
        "groups": row.groups.iter().filter_map(|group| label(*group)).collect::<Vec<_>>(),
        "participation": parts
            .iter()
            .map(|part| {
                json!({
                    "role": part.role.code(),
                    "group": part.group.and_then(label),
                    "state": part.participation.state,
                    "as_of": part.participation.as_of,
                })
            })
            .collect::<Vec<_>>(),
    })
}
