//! `imports`: the history of loaded rosters.

use std::fmt::Write;

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::journal::{changes_json, changes_text};
use super::opening::open;
use super::output::{TextTable, print, print_json};
use crate::session::{ImportRecord, SessionError};
use crate::wording::date_short;

/// `imports FILE [--entry N] [--json]`: newest first; of one import also what it changed.
pub(super) fn imports(given: &Given) -> Outcome {
    let wanted = given.number("entry")?.map(u64::from);
    let session = open(given)?;
    let mut records = session.list_imports(usize::MAX)?;
    if let Some(entry) = wanted {
        let is_known = session.list_entries(entry.checked_add(1), 1)?.iter().any(|row| row.number == entry);
        records.retain(|record| record.entry == entry);
        if !is_known {
            return Err(SessionError::NoSuchEntry { entry }.into());
        }
        if records.is_empty() {
            let text = format!("Запись № {entry} не загрузка списка. Загруженные списки: команда imports.");
            return Err(Failure::failed(text));
        }
    }
    if given.has("json") {
        let mut values: Vec<Value> = records.iter().map(record_json).collect();
        if let (Some(entry), [value]) = (wanted, &mut values[..]) {
            value["changes"] = changes_json(&session, entry)?;
        }
        print_json(&Value::Array(values))?;
        return Ok(DONE);
    }
    if records.is_empty() {
        print("Списков ещё не загружали.\n")?;
        return Ok(DONE);
    }
    let headings = ["№", "Когда", "Кто", "Файл", "Новых", "Обновлено", "Переведено", "Выбыло", "Отмена"];
    let mut table = TextTable::new(&headings, &[0, 4, 5, 6, 7]);
    for record in &records {
        let at = record.at.to_zoned(jiff::tz::TimeZone::system());
        let count = |name: &str| match record.counts.is_empty() {
            true => String::new(),
            false => record.count(name).to_string(),
        };
        table.row([
            record.entry.to_string(),
            format!("{} {}", date_short(at.date()), at.strftime("%H:%M")),
            record.actor.clone(),
            record.file_name.clone(),
            count("added"),
            count("updated"),
            count("moved"),
            count("departed"),
            undone_words(record),
        ]);
    }
    print(&table.render())?;
    if let (Some(entry), [record]) = (wanted, &records[..]) {
        let mut text = format!("SHA-256 файла: {}\n", record.file_hash);
        for (name, count) in record.counts.iter().filter(|(_, count)| *count > 0) {
            let _ = writeln!(text, "  {}: {count}", count_words(name));
        }
        print(&text)?;
        print(&changes_text(&session, entry)?)?;
    }
    Ok(DONE)
}

/// «отменена записью № 7, оставлено частей 2».
fn undone_words(record: &ImportRecord) -> String {
    let kept = match record.parts_kept() {
        0 => String::new(),
        kept => format!(", оставлено частей {kept}"),
    };
    match record.undone_by {
        Some(by) => format!("отменена записью № {by}{kept}"),
        None if record.parts_undone > 0 => format!("отменено частей {}{kept}", record.parts_undone),
        None => String::new(),
    }
}

fn count_words(name: &str) -> &str {
    match name {
        "added" => "новых",
        "updated" => "обновлено",
        "moved" => "переведено",
        "unchanged" => "без изменений",
        "absent" => "нет в файле",
        "ambiguous" => "не решено, кто это",
        "skipped" => "не взято строк",
        "renamed" => "похоже, сменилась фамилия",
        "conflicts" => "иначе, чем задано вручную",
        "departed" => "выбыло",
        "parents_added" => "новых родителей",
        "assignments" => "назначено классных руководителей",
        other => other,
    }
}

fn record_json(record: &ImportRecord) -> Value {
    let counts: serde_json::Map<String, Value> =
        record.counts.iter().map(|(name, count)| (name.clone(), json!(count))).collect();
    json!({
        "entry": record.entry,
        "at": record.at.to_string(),
        "day": record.day,
        "actor": record.actor,
        "file": record.file_name,
        "sha256": record.file_hash,
        "rows": record.rows,
        "counts": counts,
        "parts": record.parts,
        "undone_by": record.undone_by,
        "parts_undone": record.parts_undone,
        "parts_kept": record.parts_kept(),
    })
}
