//! `appeals`, `appeal add`, `appeal answer` (duty 2.3-10).

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::open;
use super::output::{TextTable, print, print_json, print_line};
use crate::register::{Appeal, AppealId, Operation, PersonId};
use crate::session::{Executed, Session};
use crate::wording::{counted, date_short};

/// `appeals FILE [--json]`: the open ones first.
pub(super) fn appeals(given: &Given) -> Outcome {
    let session = open(given)?;
    let mut appeals: Vec<&Appeal> = session.register().tables().appeals.values().collect();
    appeals.sort_by_key(|appeal| (appeal.answered_on.is_some(), appeal.received_on, appeal.id));
    if given.has("json") {
        let rows = appeals.iter().map(|appeal| {
            json!({
                "id": appeal.id,
                "received_on": appeal.received_on,
                "question": appeal.question,
                "person": appeal.person,
                "answer": appeal.answer,
                "answered_on": appeal.answered_on,
            })
        });
        print_json(&Value::Array(rows.collect()))?;
        return Ok(DONE);
    }
    let mut table = TextTable::new(&["№", "Пришло", "Обращение", "Ответ", "Отвечено"], &[0]);
    for appeal in &appeals {
        table.row([
            appeal.id.to_string(),
            date_short(appeal.received_on),
            appeal.question.clone(),
            appeal.answer.clone(),
            appeal.answered_on.map_or_else(String::new, date_short),
        ]);
    }
    let open = appeals.iter().filter(|appeal| appeal.answered_on.is_none()).count() as u64;
    print(&table.render())?;
    print_line(&format!("Ждут ответа: {}", counted(open, "обращение", "обращения", "обращений")))?;
    Ok(DONE)
}

/// `appeal add FILE --text TEXT [--on DATE] [--person ID]`.
pub(super) fn add(given: &Given) -> Outcome {
    let question = given.required("text")?.to_owned();
    let today = given.clock()?.today();
    let received_on = given.date("on", today)?.unwrap_or(today);
    let person = given.number("person")?.map(PersonId);
    let mut session = open(given)?;
    let appeal = Appeal { received_on, question, person, ..Appeal::default() };
    let done = session.execute(&Operation::Add(vec![appeal.into()]))?;
    let id = done.changes.changes.first().map_or(0, |change| change.key().id);
    report(&done, &format!("Обращение № {id} записано."))
}

/// `appeal answer FILE ID --answer TEXT [--on DATE]`.
pub(super) fn answer(given: &Given) -> Outcome {
    let answer = given.required("answer")?.to_owned();
    let today = given.clock()?.today();
    let on = given.date("on", today)?.unwrap_or(today);
    let mut session = open(given)?;
    let (id, seen) = named(given, &session)?;
    let wanted = Appeal { answer, answered_on: Some(on), ..(*seen).clone() };
    let done = session.execute(&Operation::Edit { seen: seen.into(), wanted: wanted.into() })?;
    report(&done, &format!("Ответ на обращение № {id} записан."))
}

/// `appeal withdraw FILE ID`.
pub(super) fn withdraw(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let (id, _) = named(given, &session)?;
    let done = session.execute(&Operation::Withdraw { keys: vec![id.into()] })?;
    report(&done, &format!("Обращение № {id} убрано."))
}

fn named(given: &Given, session: &Session) -> Result<(AppealId, std::sync::Arc<Appeal>), Failure> {
    let wrong = || Failure::usage("Номер обращения пишется числом, как в команде appeals.");
    let number = given.place(1).and_then(|text| text.trim_start_matches('№').trim().parse().ok());
    let id = AppealId(number.ok_or_else(wrong)?);
    let missing = || Failure::failed(format!("Обращения № {id} в файле нет. Ничего не изменено."));
    Ok((id, session.register().tables().appeals.get(id.0).ok_or_else(missing)?.clone()))
}

fn report(done: &Executed, line: &str) -> Outcome {
    let entry = done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."));
    print_line(&format!("{line}{entry}"))?;
    Ok(DONE)
}
