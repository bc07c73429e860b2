//! Steps with links that are in the register: pasted lists, what is lacking, hand-over, deferral, a leak
//! (duties 2.3-4 and 2.3-9). Addresses are masked.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::links::report;
use super::opening::{judged_day, open};
use super::output::{TextTable, one_line, print, print_json, print_line, say};
use super::pasted::read_place;
use crate::names::InviteAddress;
use crate::register::{
    Delegation, HandOver, HandOverWay, Invite, InviteId, Operation, PastedInvite, PastedInviteProblem,
    PersonId, Register, read_pasted_invites, read_table_invites,
};
use crate::regulation::{
    LeakFacts, find_invite_by_address, leak_facts, missing_invites, target_title, teacher_of,
};
use crate::roster::{SourceKind, WorkbookReader, detect_source};
use crate::session::{JobHandle, Session, read_invite_file};
use crate::wording::{counted, date_short, list_of, role_plural};

/// `link add-list FILE SOURCE|-`: a text, or a table by its columns. What cannot be recorded is told by its line or row;
/// the rest is recorded as one entry.
pub(super) fn add_list(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let read = read_list(given, &session)?;
    let today = session.clock().today();
    let mut invites = Vec::new();
    for line in &read {
        match &line.outcome {
            Ok(found) => {
                if let Some(warning) = found.shape.warning() {
                    say(&format!("Строка {}: {warning}", line.line));
                }
                invites.push(Invite {
                    expires_on: found.expires_on,
                    ..Invite::in_reserve(found.target, found.role, found.address.clone(), today)
                });
            }
            Err(problem) => say(&format!("Строка {} не взята: {}.", line.line, problem_words(problem))),
        }
    }
    if invites.is_empty() {
        return Err(Failure::failed(
            "Записать нечего: ссылок с классом и ролью не нашлось. Ничего не изменено.",
        ));
    }
    let done = session.execute(&Operation::AddInvites(invites))?;
    report(&session, &done, "записана")?;
    Ok(DONE)
}

fn read_list(given: &Given, session: &Session) -> Result<Vec<PastedInvite>, Failure> {
    let today = session.clock().today();
    let year = super::opening::year(given, session.register(), today)?;
    if !is_table(given) {
        return Ok(read_pasted_invites(session.register(), &read_place(given, 1)?.text, year));
    }
    let reader = WorkbookReader::of_this_program();
    let file =
        read_invite_file(&given.path(1), today, &reader, &JobHandle::default()).map_err(Failure::failed)?;
    for sheet in &file.unread_sheets {
        say(&format!("На листе «{}» тоже есть ссылки: он не прочитан.", one_line(sheet)));
    }
    Ok(read_table_invites(session.register(), &file.table, year))
}

/// Whether the list is a workbook by its contents, or delimited text by its name.
fn is_table(given: &Given) -> bool {
    let path = given.path(1);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    if given.place(1) == Some("-") || ["csv", "tsv"].contains(&ending.as_str()) {
        return given.place(1) != Some("-");
    }
    let mut bytes = Vec::new();
    let begins = std::fs::File::open(path).and_then(|file| file.take(4096).read_to_end(&mut bytes));
    let is_named = ["xlsx", "xlsm", "xls", "ods"].contains(&ending.as_str());
    is_named || (begins.is_ok() && matches!(detect_source(&bytes), Ok(SourceKind::Workbook(_))))
}

fn problem_words(problem: &PastedInviteProblem) -> String {
    match problem {
        PastedInviteProblem::NoAddress => "в ней нет ссылки".into(),
        PastedInviteProblem::SeveralAddresses(count) => {
            format!("в ней {}", counted(*count as u64, "ссылка", "ссылки", "ссылок"))
        }
        PastedInviteProblem::Address(_) => "адрес записан с ошибкой".into(),
        PastedInviteProblem::NotAnInvite(_) => "это не ссылка-приглашение".into(),
        PastedInviteProblem::NoTarget => "не понятно, какой класс".into(),
        PastedInviteProblem::SeveralTargets => "подходит несколько классов".into(),
        PastedInviteProblem::NoRole => "не понятно, для кого".into(),
        PastedInviteProblem::AlreadyRecorded(first) => format!("она уже записана под № {first}"),
        PastedInviteProblem::RepeatsLine(line) => format!("она повторяет строку {line}"),
        PastedInviteProblem::Expiry => "срок не похож на дату".into(),
        PastedInviteProblem::Revoked => "в списке она аннулирована".into(),
    }
}

/// `link missing FILE [--json]`.
pub(super) fn missing(given: &Given) -> Outcome {
    let session = open(given)?;
    let register = session.register();
    let rows = missing_invites(register, judged_day(&session));
    let label = |row: &crate::regulation::MissingInvite| target_title(register, row.target);
    if given.has("json") {
        let rows = rows.iter().map(|row| {
            json!({
                "group": label(row), "role": row.role.code(), "reserve": row.reserve, "previous": row.previous,
            })
        });
        print_json(&Value::Array(rows.collect()))?;
        return Ok(DONE);
    }
    let mut table = TextTable::new(&["Группа", "Для кого", "В запасе", "Прежняя"], &[]);
    let number = |id: Option<InviteId>| id.map_or_else(String::new, |id| format!("№ {id}"));
    for row in &rows {
        let role = role_plural(row.role).to_owned();
        table.row([label(row), role, number(row.reserve), number(row.previous)]);
    }
    print(&table.render())?;
    print_line(&format!("Нет действующей ссылки: {}", counted(rows.len() as u64, "место", "места", "мест")))?;
    Ok(DONE)
}

/// The links whose numbers stand after the file.
fn seen(given: &Given, register: &Register) -> Result<Vec<Arc<Invite>>, Failure> {
    let wrong = || Failure::usage("Номер ссылки пишется числом, как в команде links.");
    let mut seen = Vec::new();
    for place in 1..given.places.len() {
        for part in given.place(place).unwrap_or_default().split(',').filter(|part| !part.trim().is_empty()) {
            let number = part.trim().trim_start_matches('№').trim().parse().map_err(|_| wrong())?;
            let missing = || Failure::failed(format!("Ссылки № {number} в файле нет. Ничего не изменено."));
            seen.push(register.invite(InviteId(number)).ok_or_else(missing)?.clone());
        }
    }
    seen.sort_by_key(|invite| invite.id);
    seen.dedup_by_key(|invite| invite.id);
    Ok(seen)
}

/// `link hand-over FILE ID… [--on DATE] [--way WAY] [--to-person ID] [--note TEXT]`.
pub(super) fn hand_over(given: &Given) -> Outcome {
    let way = match given.text("way")? {
        None | Some("class_teacher") => HandOverWay::ClassTeacher,
        Some("in_person") => HandOverWay::InPerson,
        Some("print") => HandOverWay::Print,
        Some("published") => HandOverWay::Published,
        Some("other") => HandOverWay::Other,
        Some(_) => {
            return Err(Failure::usage("--way: одно из class_teacher, in_person, print, published, other."));
        }
    };
    let today = given.clock()?.today();
    let on = given.date("on", today)?.unwrap_or(today);
    let to = given.number("to-person")?.map(PersonId);
    let note = given.text("note")?.unwrap_or_default().to_owned();
    let mut session = open(given)?;
    let seen = seen(given, session.register())?;
    let hand_over = HandOver { on: Some(on), way, to, note };
    let done = session.execute(&Operation::HandOverInvites { seen, hand_over })?;
    report(&session, &done, &format!("передана {}", date_short(on)))?;
    Ok(DONE)
}

/// `link defer FILE ID… --until DATE --why TEXT`.
pub(super) fn defer(given: &Given) -> Outcome {
    let until = given.required_date("until", given.clock()?.today())?;
    let reason = given.required("why")?.to_owned();
    let mut session = open(given)?;
    let seen = seen(given, session.register())?;
    let done = session.execute(&Operation::DeferInvites { seen, until, reason })?;
    report(&session, &done, &format!("отложена до {}", date_short(until)))?;
    Ok(DONE)
}

/// `link delegate FILE ID… [--to-person ID]`: asks the teacher of the chat or class, or somebody named.
pub(super) fn delegate(given: &Given) -> Outcome {
    let named = given.number("to-person")?.map(PersonId);
    let mut session = open(given)?;
    let today = session.clock().today();
    let seen = seen(given, session.register())?;
    let mut by_teacher: BTreeMap<PersonId, Vec<Arc<Invite>>> = BTreeMap::new();
    for invite in seen {
        let nobody = || {
            Failure::failed(format!(
                "Ссылку № {} поручить некому: учитель не назначен. Ничего не изменено. Назовите его ключом --to-person.",
                invite.id
            ))
        };
        let teacher = named.or_else(|| teacher_of(session.register(), &invite, today)).ok_or_else(nobody)?;
        if session.register().person(teacher).is_none() {
            return Err(Failure::failed(format!("Человека № {teacher} в файле нет. Ничего не изменено.")));
        }
        by_teacher.entry(teacher).or_default().push(invite);
    }
    for (teacher, seen) in by_teacher {
        let name = session.register().person(teacher).map_or_else(String::new, |person| person.name.short());
        let delegation = Delegation { on: today, to: Some(teacher) };
        let done = session.execute(&Operation::DelegateInvites { seen, delegation })?;
        report(&session, &done, &format!("поручена, {}", one_line(&name)))?;
    }
    Ok(DONE)
}

/// `link fail FILE ID… --why TEXT [--on DATE]`: revoking did not work; the link comes back next time.
pub(super) fn fail(given: &Given) -> Outcome {
    let today = given.clock()?.today();
    let on = given.date("on", today)?.unwrap_or(today);
    let why = given.required("why")?.to_owned();
    let mut session = open(given)?;
    let seen = seen(given, session.register())?;
    let done = session.execute(&Operation::FailInvites { seen, on, why })?;
    report(&session, &done, "аннулировать не удалось, вернётся в следующий разбор")?;
    Ok(DONE)
}

/// `link leaked FILE ID|ADDRESS [--on DATE] [--note TEXT] [--json]`: marks the link and tells what it opens.
pub(super) fn leaked(given: &Given) -> Outcome {
    let today = given.clock()?.today();
    let on = given.date("on", today)?.unwrap_or(today);
    let note = given.text("note")?.unwrap_or_default().to_owned();
    let mut session = open(given)?;
    let id = named_link(given, session.register())?;
    let invite = session.register().invite(id).cloned();
    let invite =
        invite.ok_or_else(|| Failure::failed(format!("Ссылки № {id} в файле нет. Ничего не изменено.")))?;
    if invite.revocation.is_none() && invite.exposure.is_none() {
        let done = session.execute(&Operation::ExposeInvites { seen: vec![invite], on, note })?;
        if !given.has("json") {
            report(&session, &done, "у посторонних, аннулируйте её в кабинете")?;
        }
    }
    let day = judged_day(&session);
    if let Some(facts) = leak_facts(session.register(), id, day) {
        tell(given, &session, &facts)?;
    }
    Ok(DONE)
}

fn named_link(given: &Given, register: &Register) -> Result<InviteId, Failure> {
    let text = given.place(1).unwrap_or_default();
    if let Ok(number) = text.trim_start_matches('№').trim().parse() {
        return Ok(InviteId(number));
    }
    let wrong = || Failure::usage("Нужен номер ссылки, как в команде links, или её адрес целиком.");
    let (address, _) = InviteAddress::parse(text).map_err(|_| wrong())?;
    find_invite_by_address(register, &address).ok_or_else(|| {
        Failure::failed("Такой ссылки в реестре нет. Ничего не изменено. Запишите её командой link add.")
    })
}

fn tell(given: &Given, session: &Session, facts: &LeakFacts) -> Result<(), Failure> {
    let register = session.register();
    let name = |id: &PersonId| register.person(*id).map_or_else(String::new, |person| person.name.full());
    let teachers: Vec<String> = facts.class_teachers.iter().map(name).collect();
    if given.has("json") {
        let handed = facts.handed_over.as_ref();
        return print_json(&json!({
            "id": facts.invite,
            "opens": facts.opens,
            "role": facts.role.code(),
            "is_open": facts.is_open,
            "inside": facts.inside.inside,
            "as_of": facts.inside.as_of,
            "handed_over": handed.map(|it| json!({ "on": it.on, "way": it.way, "to": it.to })),
            "class_teachers": teachers,
            "revoked_on": facts.steps.revoked_on,
            "successor": facts.steps.successor,
            "reconciled_on": facts.steps.reconciled_on,
        }));
    }
    let inside = match (facts.inside.inside, facts.inside.as_of) {
        (Some(inside), Some(day)) => format!("внутри {inside} на {}", date_short(day)),
        (Some(inside), None) => format!("внутри {inside}"),
        (None, _) => "кто внутри, сведений нет".to_owned(),
    };
    print_line(&format!("Открывает: {}, {}; {inside}.", one_line(&facts.opens), role_plural(facts.role)))?;
    if let Some(handed) = &facts.handed_over {
        let day = handed.on.map_or_else(|| "до начала учёта".to_owned(), date_short);
        let to = handed.to.map(|to| format!(", {}", name(&to))).unwrap_or_default();
        print_line(&format!("Передана: {day}{to}."))?;
    }
    if !teachers.is_empty() {
        print_line(&format!("Предупредить: {}.", list_of(&teachers, 3)))?;
    }
    let next = match (facts.is_open, facts.steps.reconciled_on) {
        (true, _) => "Дальше: замените её в кабинете и отметьте командой link revoke с --successor.",
        (false, None) => "Аннулирована. Дальше: сверьте чат командой reconcile.",
        (false, Some(_)) => "Аннулирована, чат сверён.",
    };
    print_line(next)
}
