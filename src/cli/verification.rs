//! `verification`: the queue of confirming «учитель» and «сотрудник», and many set at once (duty 2.3-7).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{judged_day, open};
use super::output::{TextTable, print, print_json, print_line, say};
use crate::register::{Operation, PersonId, Verification, VerificationOperation};
use crate::regulation::{
    StatusRow, status_waiting_days, statuses, verification_code, verification_from_code, verification_words,
};
use crate::session::Session;
use crate::wording::{counted, date_short, role_name};

/// `verification FILE [PERSON…] [--set STATE] [--on DATE] [--json]`.
pub(super) fn verification(given: &Given) -> Outcome {
    let wrong = || Failure::usage("--set: одно из waiting, verified, rejected, none.");
    let wanted = given.text("set")?.map(|code| verification_from_code(code).ok_or_else(wrong)).transpose()?;
    let mut people = BTreeSet::new();
    for place in 1..given.places.len() {
        let number = given.place(place).and_then(|text| text.trim_start_matches('№').trim().parse().ok());
        let wrong = || Failure::usage("Номер человека пишется числом, как в команде people.");
        people.insert(PersonId(number.ok_or_else(wrong)?));
    }
    let mut session = open(given)?;
    match wanted {
        Some(state) => set(given, &mut session, &people, state)?,
        None if !people.is_empty() || given.values.contains_key("on") => {
            return Err(Failure::usage("Нужен ключ --set: каким отметить статус."));
        }
        None => {}
    }
    show(given, &session)
}

fn set(
    given: &Given,
    session: &mut Session,
    people: &BTreeSet<PersonId>,
    state: Verification,
) -> Result<(), Failure> {
    if people.is_empty() {
        return Err(Failure::usage("Назовите людей номерами, как в команде people."));
    }
    let today = session.clock().today();
    let on = given.date("on", today)?.unwrap_or(today);
    let register = session.register();
    let rows: Vec<StatusRow> =
        statuses(register, today).into_iter().filter(|row| people.contains(&row.person)).collect();
    let known: BTreeSet<PersonId> = rows.iter().map(|row| row.person).collect();
    if let Some(missing) = people.difference(&known).next() {
        return Err(Failure::failed(format!(
            "Человек № {missing} не учитель и не сотрудник, или его в файле нет. Ничего не изменено."
        )));
    }
    let seen = rows
        .iter()
        .flat_map(|row| &row.memberships)
        .filter_map(|id| register.membership(*id))
        .cloned()
        .collect();
    let operation = VerificationOperation { seen, verification: state, on };
    let done = session.execute(&Operation::SetVerification(operation))?;
    let entry = done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."));
    let count = counted(known.len() as u64, "человек", "человека", "человек");
    say(&format!("Отмечено «{}»: {count}.{entry}", verification_words(state)));
    Ok(())
}

fn show(given: &Given, session: &Session) -> Outcome {
    let register = session.register();
    let today = judged_day(session);
    let rows = statuses(register, today);
    let name = |row: &StatusRow| register.person(row.person).map_or_else(String::new, |one| one.name.full());
    if given.has("json") {
        let rows = rows.iter().map(|row| {
            json!({
                "person": { "id": row.person, "full_name": name(row) },
                "role": row.role.code(),
                "post": row.post,
                "state": verification_code(row.verification),
                "since": row.since,
                "waiting_days": status_waiting_days(row, today),
            })
        });
        print_json(&Value::Array(rows.collect()))?;
        return Ok(DONE);
    }
    let headings = ["№", "ФИО", "Роль", "Должность", "Статус", "С какого дня", "Ждёт, дней"];
    let mut table = TextTable::new(&headings, &[0, 6]);
    for row in &rows {
        table.row([
            row.person.to_string(),
            name(row),
            role_name(row.role).to_owned(),
            row.post.clone(),
            verification_words(row.verification).to_owned(),
            row.since.map(date_short).unwrap_or_default(),
            status_waiting_days(row, today).map_or_else(String::new, |days| days.to_string()),
        ]);
    }
    print(&table.render())?;
    let waiting = rows.iter().filter(|row| row.verification == Verification::Waiting).count();
    print_line(&format!(
        "Ждут подтверждения: {}",
        counted(waiting as u64, "человек", "человека", "человек")
    ))?;
    Ok(DONE)
}
