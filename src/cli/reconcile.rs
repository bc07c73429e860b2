//! `reconcile`: a pasted member list against the register (duties 2.3-6, 2.3-8, 2.3-9). Names stand on stdout only.

use std::fmt::Write;

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::links::chat_of;
use super::opening::{group, judged_day, open};
use super::output::{one_line, print, print_json, print_line, say};
use super::pasted::read_place;
use crate::reconcile::{
    Confidence, LineAnswers, Match, MemberList, PlanRequest, ReconcilePlan, ReconcileScope, WhomToInvite,
    plan_reconciliation, read_member_list,
};
use crate::register::{ChatKind, Operation, PersonId, Register, Target};
use crate::regulation::target_title;
use crate::session::Session;
use crate::wording::{counted, list_of};

/// `reconcile FILE [--group LABEL] [--chat KIND] [--role ROLE] SOURCE|- [--on DATE] [--apply-certain] [--json]`.
/// Without `--group` the list is compared with the whole organization.
pub(super) fn reconcile(given: &Given) -> Outcome {
    let role = given.role()?;
    let mut session = open(given)?;
    let pasted = read_place(given, 1)?;
    let target = target(given, &session)?;
    let today = judged_day(&session);
    let on = given.date("on", today)?.unwrap_or(today);
    let list = read_member_list(&pasted.text);
    if list.lines.is_empty() {
        return Err(Failure::failed("В тексте нет ни одного имени. Ничего не изменено."));
    }
    let title = target_title(session.register(), target);
    let invite = if given.has("invite-missing") { WhomToInvite::Everybody } else { WhomToInvite::Nobody };
    let request = PlanRequest {
        scope: ReconcileScope { target, role },
        place_title: &title,
        list: &list,
        answers: &LineAnswers::new(),
        invite: &invite,
        on,
        pasted_hash: &pasted.hash,
    };
    let plan = plan_reconciliation(session.register(), &request, today);
    match given.has("json") {
        true => print_json(&plan.result.to_json(session.register()))?,
        false => print(&told(session.register(), &title, &list, &plan))?,
    }
    if given.has("apply-certain") {
        let tasks = plan.operation.tasks.iter().map(Vec::len).sum::<usize>();
        let closed = plan.operation.closed.len();
        let done = session.execute(&Operation::ApplyReconciliation(plan.operation))?;
        let entry = done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."));
        let tasks = counted(tasks as u64, "дело", "дела", "дел");
        let line = format!("Записано. Новых: {tasks}, закрыто: {closed}.{entry}");
        match given.has("json") {
            true => say(&line),
            false => print_line(&line)?,
        }
    }
    Ok(DONE)
}

fn target(given: &Given, session: &Session) -> Result<Target, Failure> {
    let kind = match given.text("chat")? {
        None => None,
        Some("students") => Some(ChatKind::Students),
        Some("parents") => Some(ChatKind::Parents),
        Some("teachers") => Some(ChatKind::Teachers),
        Some("staff") => Some(ChatKind::Staff),
        Some(_) => return Err(Failure::usage("--chat: одно из students, parents, teachers, staff.")),
    };
    if given.text("group")?.is_none() {
        return match kind {
            None => Ok(Target::Organization),
            Some(_) => Err(Failure::usage("К --chat нужен ключ --group.")),
        };
    }
    let group = group(given, session.register(), session.clock().today())?;
    let Some(kind) = kind else { return Ok(Target::Group(group.id)) };
    let chat = chat_of(session, &group, kind)?;
    chat.map(Target::Chat).ok_or_else(|| {
        Failure::failed("Такого чата у группы в реестре нет. Ничего не изменено. Сверьте группу без --chat.")
    })
}

fn told(register: &Register, title: &str, list: &MemberList, plan: &ReconcilePlan) -> String {
    let result = &plan.result;
    let mut text = String::new();
    let lines = counted(list.lines.len() as u64, "строка", "строки", "строк");
    let _ = writeln!(text, "{}: {lines}, внутри {}", one_line(title), result.inside());
    let name = |id: &PersonId| {
        register.person(*id).map_or_else(|| format!("№ {id}"), |person| one_line(&person.name.full()))
    };
    let written = |number: u32| {
        list.lines
            .iter()
            .find(|line| line.number == number)
            .map_or_else(String::new, |line| one_line(&line.written))
    };
    let likely: Vec<&Match> =
        result.present.iter().filter(|found| found.confidence == Confidence::Likely).collect();
    let mut matches = |heading: &str, found: &[&Match]| {
        if found.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{heading}");
        for found in found {
            let unsure = if found.confidence == Confidence::Likely { "похоже, " } else { "" };
            let detail = if found.detail.is_empty() { &found.why } else { &found.detail };
            let written = written(found.line);
            let _ =
                writeln!(text, "  {}: «{written}»: {unsure}{} ({detail})", found.line, name(&found.person));
        }
    };
    matches("Похоже, но проверьте", &likely);
    for (heading, found) in [
        ("Выбыли, но там", &result.left),
        ("Не та роль", &result.wrong_role),
        ("Из другой группы", &result.wrong_group),
        ("Отмечены «не участвует», но там", &result.declined_present),
    ] {
        matches(heading, &found.iter().collect::<Vec<_>>());
    }
    if !result.several.is_empty() {
        let _ = writeln!(text, "\nПодходит несколько");
        for line in &result.several {
            let names: Vec<String> = line.candidates.iter().map(name).collect();
            let _ = writeln!(text, "  {}: «{}»: {}", line.line, written(line.line), list_of(&names, 5));
        }
    }
    if !result.strangers.is_empty() {
        let _ = writeln!(text, "\nНе опознаны: уточните у классного руководителя");
        for line in &result.strangers {
            let _ = writeln!(text, "  {}: «{}»", line.line, written(line.line));
        }
    }
    if !result.missing.is_empty() {
        let _ = writeln!(text, "\nНе найдены в списке");
        for person in &result.missing {
            let _ = writeln!(text, "  {}", name(person));
        }
    }
    for twice in &result.twice {
        let lines: Vec<String> = twice.lines.iter().map(u32::to_string).collect();
        let _ = writeln!(text, "\nДважды: {}, строки {}", name(&twice.person), lines.join(", "));
    }
    text
}
