//! `year`: the change of the school year; `groups add-line`: a year's groups from one line (duties 2.3-3, 2.3-8).

use std::io::Read;

use serde_json::json as value;

use super::failure::{DONE, FAILED, Failure, Outcome};
use super::given::Given;
use super::import::{check_departures, unreadable};
use super::opening::{open, unit, year as given_year};
use super::output::{TextTable, print, print_json, print_line, say};
use super::year_choices::request;
use super::year_report::{Ending, json, problem_words, text};
use crate::names::group_key;
use crate::regulation::{members_of_ended_groups, parts_of_group, read_structure_line};
use crate::roster::WorkbookReader;
use crate::session::{
    JobHandle, PreparedYear, RosterImport, Session, UndoTarget, YearPreparation, YearRequest, prepare_year,
};
use crate::wording::counted;

/// The journal's name of the operation.
const CHANGE_YEAR: &str = "change_year";

/// `year FILE plan|apply|undo`.
pub(super) fn year(given: &Given) -> Outcome {
    match given.place(1) {
        Some("plan") => plan(given),
        Some("apply") => apply(given),
        Some("undo") => undo(given),
        _ => Err(Failure::usage("После файла нужно одно из слов plan, apply, undo.")),
    }
}

fn plan(given: &Given) -> Outcome {
    let session = open(given)?;
    let (_, prepared) = prepare(given, &session)?;
    show(given, &session, &prepared, Ending::Planned)?;
    Ok(DONE)
}

fn apply(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let (request, prepared) = prepare(given, &session)?;
    let Some(operation) = prepared.operation() else {
        for problem in prepared.problems() {
            say(&problem_words(session.register(), problem));
        }
        say("Ничего не записано. План: year ФАЙЛ plan.");
        return Ok(FAILED);
    };
    if let (Some(wanted), Some(roster)) = (&request.roster, &prepared.roster) {
        check_departures(given, wanted, roster)?;
    }
    let before = session.register().clone();
    let entry = session.execute(&operation)?.entry;
    match given.has("json") {
        true => print_json(&json(&before, &prepared, Ending::Applied(entry)))?,
        false => print(&text(&before, &prepared, Ending::Applied(entry)))?,
    }
    Ok(DONE)
}

fn show(given: &Given, session: &Session, prepared: &PreparedYear, ending: Ending) -> Result<(), Failure> {
    match given.has("json") {
        true => print_json(&json(session.register(), prepared, ending)),
        false => print(&text(session.register(), prepared, ending)),
    }
}

fn prepare(given: &Given, session: &Session) -> Result<(YearRequest, PreparedYear), Failure> {
    let (register, today) = (session.register(), session.clock().today());
    let request = request(given, register, today)?;
    let reader = WorkbookReader::of_this_program();
    match prepare_year(register, &request, today, &reader, &JobHandle::default()) {
        YearPreparation::Ready(prepared) => Ok((request, *prepared)),
        YearPreparation::RosterNotRead(RosterImport::Unreadable { text, code, .. }) => {
            Err(unreadable(&text, code))
        }
        YearPreparation::RosterNotRead(_) => {
            Err(Failure::failed("Загрузка остановлена. Ничего не изменено."))
        }
        YearPreparation::Refused { text } => Err(Failure::failed(text)),
    }
}

/// Takes back the newest change of the year, all of it or what concerns one group.
fn undo(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let entries = session.list_entries(None, usize::MAX)?;
    let entry = entries.iter().find(|entry| entry.code == CHANGE_YEAR && entry.undone_by.is_none());
    let Some(entry) = entry.map(|entry| entry.number) else {
        return Err(Failure::failed("Перехода на новый учебный год в журнале нет. Ничего не изменено."));
    };
    let parts = match given.text("group")? {
        None => None,
        Some(label) => {
            let changes = session.list_changes(entry, 0, usize::MAX)?;
            let key = group_key(label);
            let mut groups = changes.iter().filter_map(|change| {
                let is_group = change.key.kind == crate::register::EntityKind::Group;
                let group = crate::register::GroupId(change.key.id);
                let label = &session.register().group(group).filter(|_| is_group)?.label;
                (group_key(label) == key).then_some(group)
            });
            // The group of next year is entered before the group of this year with the same label ends.
            let group = groups.next().ok_or_else(|| {
                Failure::failed(format!("Группы «{label}» в этом переходе нет. Ничего не изменено."))
            })?;
            Some(parts_of_group(session.register(), &changes, group))
        }
    };
    let executed = session.undo(&UndoTarget { entry: Some(entry), parts })?;
    print_line(&format!(
        "Отменено: {}. Оставлено как есть: {}.",
        counted(executed.part_count as u64, "часть", "части", "частей"),
        executed.kept.len()
    ))?;
    let left = members_of_ended_groups(session.register()).len();
    if left > 0 {
        let left = counted(left as u64, "ученик", "ученика", "учеников");
        say(&format!("Без класса этого года: {left}, прежний класс в архиве. Запишите их в класс."));
    }
    Ok(DONE)
}

/// `groups add-line FILE LINE|-`: the groups of `--year` (and `--unit`), shown and added in one entry.
pub(super) fn add_line(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let today = session.clock().today();
    let year = given_year(given, session.register(), today)?;
    let unit = unit(given, session.register())?.flatten();
    let line = match given.place(1) {
        Some("-") => {
            let mut text = String::new();
            let read = std::io::stdin().lock().take(1_000_000).read_to_string(&mut text);
            read.map_err(|_| Failure::failed("Ввод не прочитан как текст. Ничего не изменено."))?;
            text
        }
        line => line.unwrap_or("").to_owned(),
    };
    let preview = read_structure_line(session.register(), &line, year, unit);
    for problem in &preview.problems {
        say(&format!(
            "Строка {}, знак {}, «{}»: {}.",
            problem.line,
            problem.at,
            problem.piece,
            problem.kind.words()
        ));
    }
    if !preview.problems.is_empty() {
        say("Ничего не изменено. Исправьте и повторите.");
        return Ok(FAILED);
    }
    let entry = match preview.operation() {
        Some(operation) if !given.has("dry-run") => session.execute(&operation)?.entry,
        _ => None,
    };
    if given.has("json") {
        let groups =
            preview.groups.iter().map(|group| value!({ "label": group.label, "already": group.already }));
        print_json(&value!({
            "year": year.to_string(),
            "entry": entry,
            "new": preview.new_count(),
            "groups": groups.collect::<Vec<_>>(),
        }))?;
        return Ok(DONE);
    }
    let mut table = TextTable::new(&["Группа", ""], &[]);
    for group in &preview.groups {
        let already = if group.already.is_some() { "уже есть" } else { "" };
        table.row([group.label.clone(), already.to_owned()]);
    }
    print(&table.render())?;
    let new = counted(preview.new_count() as u64, "группа", "группы", "групп");
    print_line(&match entry {
        Some(entry) => format!("{year}: добавлено {new}, запись журнала № {entry}."),
        None => format!("{year}: новых {new}. Ничего не записано."),
    })?;
    Ok(DONE)
}
