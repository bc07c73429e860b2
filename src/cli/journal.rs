//! `journal` and `undo`. Addresses and phones are masked by the session.

use std::fmt::Write;

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::open;
use super::output::{TextTable, one_line, print, print_json, print_line};
use crate::register::{JournalChange, KeptBecause};
use crate::session::{
    FilePaper, JournalExportRequest, Session, SessionError, UndoTarget, change_lines, entity_title,
    entry_sentence, write_file_paper,
};
use crate::store::EntryRow;
use crate::wording::date_short;

/// Entries read at once.
const PAGE: usize = 500;

/// `journal FILE [ENTRY] [--json]`: newest first; of one entry also what it changed.
pub(super) fn journal(given: &Given) -> Outcome {
    let wanted = entry_number(given)?;
    if given.values.contains_key("export") {
        return export(given, wanted);
    }
    if let Some(name) = ["from", "to"].into_iter().find(|name| given.values.contains_key(name)) {
        return Err(Failure::usage(format!("Ключ --{name} нужен только вместе с --export.")));
    }
    let session = open(given)?;
    let mut entries = Vec::new();
    match wanted {
        Some(entry) => {
            let before = entry.checked_add(1);
            let found = session.list_entries(before, 1)?.into_iter().find(|row| row.number == entry);
            entries.push(found.ok_or(SessionError::NoSuchEntry { entry })?);
        }
        None => loop {
            let before = entries.last().map(|entry: &EntryRow| entry.number);
            let page = session.list_entries(before, PAGE)?;
            let is_last = page.len() < PAGE;
            entries.extend(page);
            if is_last {
                break;
            }
        },
    }
    if given.has("json") {
        let mut rows = Vec::with_capacity(entries.len());
        for entry in &entries {
            rows.push(entry_json(&session, entry)?);
        }
        print_json(&Value::Array(rows))?;
        return Ok(DONE);
    }
    let mut table = TextTable::new(&["№", "Когда", "Кто", "Что сделано", "Отмена"], &[0]);
    for entry in &entries {
        let at = entry.at.to_zoned(jiff::tz::TimeZone::system());
        table.row([
            entry.number.to_string(),
            format!("{} {}", date_short(at.date()), at.strftime("%H:%M")),
            entry.actor.clone(),
            entry_sentence(entry),
            entry.undone_by.map_or_else(String::new, |by| format!("отменена записью № {by}")),
        ]);
    }
    print(&table.render())?;
    if let (Some(_), [entry]) = (wanted, &entries[..]) {
        print(&changes_text(&session, entry.number)?)?;
    }
    Ok(DONE)
}

/// What an entry changed, part by part, before → after.
pub(super) fn changes_text(session: &Session, entry: u64) -> Result<String, Failure> {
    let mut text = String::new();
    let mut part = None;
    for change in session.list_changes(entry, 0, usize::MAX)? {
        if part != Some(change.part) {
            part = Some(change.part);
            let _ = writeln!(text, "\nЧасть {}", change.part);
        }
        let _ = writeln!(text, "  {}", title(session, &change));
        for line in change_lines(session.register(), &change) {
            let side = |text: &str| if text.is_empty() { "—".to_owned() } else { one_line(text) };
            let _ = writeln!(text, "    {}: {} → {}", line.field, side(&line.before), side(&line.after));
        }
    }
    Ok(text)
}

/// `journal FILE --export PATH [--from DATE] [--to DATE] [--ids-only]`.
fn export(given: &Given, entry: Option<u64>) -> Outcome {
    if entry.is_some() || given.has("json") {
        return Err(Failure::usage(
            "С --export номер записи и --json не нужны: период задают --from и --to.",
        ));
    }
    let path = given.path_of("export")?;
    let session = open(given)?;
    let today = session.clock().today();
    let request = JournalExportRequest {
        from: given.date("from", today)?,
        to: given.date("to", today)?,
        ids_only: given.has("ids-only"),
    };
    write_file_paper(&session, &FilePaper::Journal(request), &path)?;
    print_line(if request.ids_only {
        "Журнал записан, без имён и содержания."
    } else {
        "Журнал записан. В нём имена людей: храните его как сам файл."
    })?;
    Ok(DONE)
}

fn title(session: &Session, change: &JournalChange) -> String {
    let fields = change.fields.after.as_ref().or(change.fields.before.as_ref());
    one_line(&entity_title(session.register(), change.key, fields))
}

fn entry_json(session: &Session, entry: &EntryRow) -> Result<Value, Failure> {
    Ok(json!({
        "entry": entry.number,
        "at": entry.at.to_string(),
        "day": entry.day,
        "actor": entry.actor,
        "operation": entry.code,
        "text": entry_sentence(entry),
        "undoes": entry.undoes,
        "undone_by": entry.undone_by,
        "changes": changes_json(session, entry.number)?,
    }))
}

/// The changes of an entry in their order.
pub(super) fn changes_json(session: &Session, entry: u64) -> Result<Value, Failure> {
    let changes = session.list_changes(entry, 0, usize::MAX)?;
    let changes = changes.iter().map(|change| {
        let lines = change_lines(session.register(), change);
        let fields = lines
            .iter()
            .map(|line| json!({ "field": line.field, "before": line.before, "after": line.after }));
        json!({
            "part": change.part,
            "kind": change.key.kind.code(),
            "id": change.key.id,
            "title": title(session, change),
            "fields": fields.collect::<Vec<_>>(),
        })
    });
    Ok(changes.collect())
}

/// `undo FILE [ENTRY] [--part PART]`.
pub(super) fn undo(given: &Given) -> Outcome {
    let target = UndoTarget { entry: entry_number(given)?, parts: given.numbers("part")? };
    let mut session = open(given)?;
    let number = match target.entry {
        Some(entry) => entry,
        None => session.latest_undoable()?.ok_or(SessionError::NothingToUndo)?,
    };
    let done = session.undo(&UndoTarget { entry: Some(number), ..target })?;
    let mut text = format!("Запись № {number}: отменено частей {}", done.part_count);
    if !done.kept.is_empty() {
        let _ = write!(text, ", оставлено {}", done.kept.len());
    }
    text.push_str(".\n");
    for kept in &done.kept {
        let why = match kept.because {
            KeptBecause::ChangedLater => "изменено позже",
            KeptBecause::ReferredLater => "на это ссылается более поздняя запись",
            KeptBecause::WouldBreak => "без этого остальное не сходится",
            KeptBecause::Erased => "сведения стёрты",
        };
        let subject = one_line(&entity_title(session.register(), kept.subject, None));
        let _ = writeln!(text, "  часть {}, {subject}: {why}", kept.part);
    }
    print(&text)?;
    if let Some(entry) = done.entry {
        print_line(&format!("Запись журнала № {entry}."))?;
    }
    Ok(DONE)
}

fn entry_number(given: &Given) -> Result<Option<u64>, Failure> {
    let wrong = || Failure::usage("Номер записи журнала пишется числом.");
    let parse = |text: &str| text.trim_start_matches('№').trim().parse().map_err(|_| wrong());
    given.place(1).map(parse).transpose()
}
