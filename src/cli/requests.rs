//! `requests`, `request add`, `request decide` (duty 2.3-6).

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{group, judged_day, open, year};
use super::output::{TextTable, print, print_json, print_line, say};
use super::pasted::read_place;
use crate::reconcile::{
    Confidence, JudgedRequest, RequestVerdict, answer_to_request, judge_request, judge_requests,
    read_requests,
};
use crate::register::{JoinRequest, JoinRequestId, Operation, PersonId, Register, Target};
use crate::regulation::target_title;
use crate::wording::{counted, date_short, role_name};

/// `requests FILE [--json]`: those that wait, with what the roster says of each.
pub(super) fn requests(given: &Given) -> Outcome {
    let session = open(given)?;
    let register = session.register();
    let today = judged_day(&session);
    let waiting = || register.tables().join_requests.values().filter(|request| request.decision.is_none());
    let judged = judge_requests(register, waiting(), today);
    if given.has("json") {
        let rows = waiting().zip(&judged).map(|(request, judged)| request_json(register, request, judged));
        print_json(&Value::Array(rows.collect()))?;
        return Ok(DONE);
    }
    let mut table = TextTable::new(&["№", "Имя в заявке", "Роль", "Куда", "Получена", "По реестру"], &[0]);
    for (request, judged) in waiting().zip(&judged) {
        table.row([
            request.id.to_string(),
            request.written_name.clone(),
            role_name(request.role).to_owned(),
            target_title(register, request.target),
            date_short(request.received_on),
            judged.words(register),
        ]);
    }
    print(&table.render())?;
    print_line(&format!("Ждут решения: {}", counted(judged.len() as u64, "заявка", "заявки", "заявок")))?;
    Ok(DONE)
}

fn request_json(register: &Register, request: &JoinRequest, judged: &JudgedRequest) -> Value {
    let person = |id: &PersonId| {
        let name = register.person(*id).map(|person| person.name.full()).unwrap_or_default();
        json!({ "id": id, "full_name": name })
    };
    let people = |ids: &[PersonId]| ids.iter().map(person).collect::<Vec<_>>();
    let verdict = match &judged.verdict {
        RequestVerdict::Ours { person: id, confidence, why } => {
            json!({ "kind": "ours", "person": person(id), "confidence": confidence.code(), "why": why })
        }
        RequestVerdict::Several { candidates, .. } => {
            json!({ "kind": "several", "candidates": people(candidates) })
        }
        RequestVerdict::Unknown { children, .. } => {
            json!({ "kind": "unknown", "children": people(children) })
        }
    };
    let signs: Vec<String> = judged.signs.iter().map(|sign| sign.words()).collect();
    json!({
        "id": request.id,
        "written_name": request.written_name,
        "role": request.role.code(),
        "target": target_title(register, request.target),
        "received_on": request.received_on,
        "verdict": verdict,
        "signs": signs,
    })
}

/// `request add FILE SOURCE|- [--group LABEL] [--role ROLE] [--on DATE]`, or one by `--name`.
pub(super) fn add(given: &Given) -> Outcome {
    let role = given.role()?;
    let mut session = open(given)?;
    let today = session.clock().today();
    let on = given.date("on", today)?.unwrap_or(today);
    let target = match given.text("group")? {
        Some(_) => Some(Target::Group(group(given, session.register(), today)?.id)),
        None => None,
    };
    let text = match (given.text("name")?, given.place(1)) {
        (Some(name), None) => name.to_owned(),
        (None, Some(_)) => read_place(given, 1)?.text,
        _ => return Err(Failure::usage("Нужен либо список заявок, либо --name.")),
    };
    let year = year(given, session.register(), today)?;
    let mut wanted = Vec::new();
    for read in read_requests(session.register(), &text, year, target, role) {
        match (read.known, read.target, read.role) {
            (Some(known), ..) => say(&format!("Строка {}: такая заявка уже ждёт под № {known}.", read.line)),
            (None, Some(target), Some(role)) => wanted.push(JoinRequest {
                id: JoinRequestId::default(),
                written_name: read.written_name,
                role,
                target,
                received_on: on,
                person: None,
                decision: None,
            }),
            (None, None, _) => {
                say(&format!("Строка {} не взята: не понятно, в какой класс. Нужен --group.", read.line))
            }
            (None, _, None) => {
                say(&format!("Строка {} не взята: не понятно, кто это. Нужен --role.", read.line))
            }
        }
    }
    if wanted.is_empty() {
        return Err(Failure::failed("Записать нечего. Ничего не изменено."));
    }
    // Who is certain is recorded with the request.
    let judged = judge_requests(session.register(), wanted.iter(), today);
    for (request, judged) in wanted.iter_mut().zip(&judged) {
        request.person = judged.certain_person();
    }
    let count = counted(wanted.len() as u64, "заявка", "заявки", "заявок");
    let done = session.execute(&Operation::Add(wanted.into_iter().map(Into::into).collect()))?;
    let entry = done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."));
    print_line(&format!("Записано: {count}.{entry}"))?;
    Ok(DONE)
}

/// `request decide FILE ID --accept|--decline [--why TEXT] [--person ID] [--on DATE]`.
pub(super) fn decide(given: &Given) -> Outcome {
    let accepted = match (given.has("accept"), given.has("decline")) {
        (true, false) => true,
        (false, true) => false,
        _ => return Err(Failure::usage("Нужно одно из двух: --accept или --decline.")),
    };
    let wrong = || Failure::usage("Номер заявки пишется числом, как в команде requests.");
    let number = given.place(1).and_then(|text| text.trim_start_matches('№').trim().parse().ok());
    let id = JoinRequestId(number.ok_or_else(wrong)?);
    let reason = given.text("why")?.unwrap_or_default().to_owned();
    let named = given.number("person")?.map(PersonId);
    let mut session = open(given)?;
    let today = session.clock().today();
    let on = given.date("on", today)?.unwrap_or(today);
    let register = session.register();
    let missing = || Failure::failed(format!("Заявки № {id} в файле нет. Ничего не изменено."));
    let seen = register.tables().join_requests.get(id.0).ok_or_else(missing)?.clone();
    let judged = judge_request(register, &seen, today);
    let likely = match &judged.verdict {
        RequestVerdict::Ours { person, confidence: Confidence::Certain, .. } => Some(*person),
        _ => None,
    };
    if accepted && !judged.is_clear() {
        let signs: Vec<String> = judged.signs.iter().map(|sign| sign.words()).collect();
        let what = if signs.is_empty() {
            "реестр не знает точно, кто это".to_owned()
        } else {
            signs.join("; ")
        };
        say(&format!("Заявка № {id}: {what}."));
    }
    let title = target_title(register, seen.target);
    let group = register.group_of_target(seen.target);
    let answer = answer_to_request(&seen, &title, accepted, &reason, named.or(likely), group);
    let done = session.execute(&Operation::DecideRequests { decisions: vec![answer], on })?;
    let entry = done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."));
    let verb = if accepted { "принята" } else { "отклонена" };
    print_line(&format!("Заявка № {id} {verb}; дело для кабинета записано.{entry}"))?;
    Ok(DONE)
}
