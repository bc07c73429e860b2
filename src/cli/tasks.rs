//! `tasks`: the click list for the cabinet (duties 2.3-6, 2.3-8, 2.3-9).

use std::sync::Arc;

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{judged_day, open};
use super::output::{one_line, print, print_json, print_line};
use crate::register::{CabinetTask, CabinetTaskId, Operation, Register, TaskOutcome};
use crate::regulation::{CabinetStep, CabinetSubject, cabinet_steps};
use crate::session::Session;
use crate::wording::{counted, date_short};

/// `tasks FILE [--done N] [--failed N --why TEXT] [--json]`.
pub(super) fn tasks(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let today = session.clock().today();
    let done = given.numbers("done")?.unwrap_or_default();
    let failed = given.numbers("failed")?.unwrap_or_default();
    if !failed.is_empty() && given.text("why")?.is_none() {
        return Err(Failure::usage("К --failed нужен ключ --why: почему не удалось."));
    }
    // Both are looked up before anything is changed.
    let done = seen(session.register(), &done)?;
    let failed = seen(session.register(), &failed)?;
    if done.iter().any(|task| failed.iter().any(|other| other.id == task.id)) {
        return Err(Failure::usage("Одно дело названо и в --done, и в --failed."));
    }
    let acted = !done.is_empty() || !failed.is_empty();
    tick(&mut session, done, TaskOutcome::Done { on: today }, "Сделано")?;
    let why = given.text("why")?.unwrap_or_default().to_owned();
    tick(&mut session, failed, TaskOutcome::Failed { on: today, why }, "Не удалось")?;
    if acted {
        return Ok(DONE);
    }
    let steps = cabinet_steps(session.register(), judged_day(&session));
    if given.has("json") {
        let rows = steps.iter().map(|step| step_json(session.register(), step));
        print_json(&Value::Array(rows.collect()))?;
        return Ok(DONE);
    }
    let mut text = String::new();
    let mut section = None;
    for step in &steps {
        if section.replace(step.section) != Some(step.section) {
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{}\n", step.section.words()));
        }
        text.push_str(&step_line(step));
    }
    print(&text)?;
    print_line(&format!("Всего: {}", counted(steps.len() as u64, "дело", "дела", "дел")))?;
    Ok(DONE)
}

fn seen(register: &Register, numbers: &[u32]) -> Result<Vec<Arc<CabinetTask>>, Failure> {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    let get = |number: u32| {
        let missing = || Failure::failed(format!("Дела № {number} в файле нет. Ничего не изменено."));
        register.tables().cabinet_tasks.get(CabinetTaskId(number).0).cloned().ok_or_else(missing)
    };
    numbers.into_iter().map(get).collect()
}

fn tick(
    session: &mut Session,
    seen: Vec<Arc<CabinetTask>>,
    outcome: TaskOutcome,
    verb: &str,
) -> Result<(), Failure> {
    if seen.is_empty() {
        return Ok(());
    }
    let count = counted(seen.len() as u64, "дело", "дела", "дел");
    let done = session.execute(&Operation::SetTasks { seen, outcome })?;
    let entry = done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."));
    print_line(&format!("{verb}: {count}.{entry}"))
}

/// How a line is named: steps by the number that `--done` takes.
fn number(step: &CabinetStep) -> String {
    match step.subject {
        CabinetSubject::Task(id) => format!("№ {id}"),
        CabinetSubject::Invite(id) => format!("ссылка № {id}"),
        CabinetSubject::Request(id) => format!("заявка № {id}"),
    }
}

fn step_line(step: &CabinetStep) -> String {
    let mut line = format!("  {}: {}", number(step), one_line(&step.text));
    if let Some(first) = step.waits_for {
        line.push_str(&format!(" (после № {first})"));
    }
    if let Some(failed) = &step.failed {
        line.push_str(&format!(" (не удалось {}: {})", date_short(failed.on), one_line(&failed.why)));
    }
    line.push('\n');
    if !step.press.is_empty() {
        line.push_str(&format!("      {}\n", one_line(&step.press)));
    }
    line
}

fn step_json(register: &Register, step: &CabinetStep) -> Value {
    let (kind, id) = match step.subject {
        CabinetSubject::Task(id) => ("task", id.0),
        CabinetSubject::Invite(id) => ("link", id.0),
        CabinetSubject::Request(id) => ("request", id.0),
    };
    let group = step.group.and_then(|group| register.group(group)).map(|group| group.label.clone());
    json!({
        "kind": kind,
        "id": id,
        "section": step.section.words(),
        "group": group,
        "text": step.text,
        "press": step.press,
        "search_for": step.search_for,
        "waits_for": step.waits_for,
        "due_on": step.due_on,
        "failed": step.failed.as_ref().map(|failed| json!({ "on": failed.on, "why": failed.why })),
    })
}
