//! `backup`, `backups`, `restore`: copies of a file and the way back (faults rows 10, 14, 15).

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{key, open};
use super::output::{TextTable, print, print_json, print_line, say};
use crate::desktop::Preferences;
use crate::session::{
    BackupOccasion, BackupPlace, BackupProblem, Discarded, RestorePreview, RestoreProblem, Restored, Session,
    SessionError, backup_details, list_backups, prepare_restore, prepare_restore_of_unreadable,
    restore_unreadable,
};
use crate::store::{FileDetails, StoreError};
use crate::wording::{counted, date_short, file_size};

/// Discarded entries that `restore` names.
const NAMED: usize = 20;

impl From<BackupProblem> for Failure {
    fn from(problem: BackupProblem) -> Self {
        Failure::failed(problem.to_string())
    }
}

impl From<RestoreProblem> for Failure {
    fn from(problem: RestoreProblem) -> Self {
        match problem {
            RestoreProblem::Session(error) => error.into(),
            other => Failure::failed(other.to_string()),
        }
    }
}

/// `--to`, else the folder chosen in the window, else the one beside the file.
fn place(given: &Given) -> BackupPlace {
    match given.values.get("to").and_then(|values| values.last()) {
        Some(folder) => BackupPlace { folder: PathBuf::from(folder), chosen: true },
        None => BackupPlace::of(&given.path(0), &Preferences::load().backup_folders),
    }
}

/// `backup FILE [--to DIR] [--json]`.
pub(super) fn backup(given: &Given) -> Outcome {
    let session = open(given)?;
    let made = session.back_up(&place(given), BackupOccasion::Asked)?.ok_or(BackupProblem::Other)?;
    if given.has("json") {
        let mut row = details_json(&made.details);
        row["path"] = made.file.path.display().to_string().into();
        row["size"] = made.file.size.into();
        row["encrypted"] = session.encrypted().into();
        print_json(&row)?;
    } else {
        print_line(&format!(
            "{}\nПроверена: открывается, {}, {}.\nКонтрольная сумма последней записи: {}",
            made.file.path.display(),
            counted(made.details.revision, "запись", "записи", "записей"),
            file_size(made.file.size),
            made.details.head_hash
        ))?;
    }
    Ok(DONE)
}

/// `backups FILE [--to DIR] [--json]`: works for a file that does not open any more.
pub(super) fn backups(given: &Given) -> Outcome {
    let key = key(given)?;
    let place = place(given);
    let listed = list_backups(&place, &given.path(0))?;
    let mut rows = Vec::new();
    let mut table = TextTable::new(&["Когда", "Размер", "Записей", "Файл"], &[1, 2]);
    for backup in &listed {
        let details = backup_details(&backup.path, key.as_ref());
        let name =
            backup.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        table.row([
            format!("{} {}", date_short(backup.made_at.date()), backup.made_at.strftime("%H:%M")),
            file_size(backup.size),
            match &details {
                Ok(details) => details.revision.to_string(),
                Err(RestoreProblem::OtherKey) => "другой пароль".into(),
                Err(_) => "не читается".into(),
            },
            name,
        ]);
        let mut row = details.as_ref().map_or_else(|_| json!({}), details_json);
        row["path"] = backup.path.display().to_string().into();
        row["made_at"] = backup.made_at.to_string().into();
        row["size"] = backup.size.into();
        row["opens"] = details.is_ok().into();
        rows.push(row);
    }
    if given.has("json") {
        print_json(&Value::Array(rows))?;
    } else if listed.is_empty() {
        print_line("Резервных копий нет.")?;
    } else {
        print(&table.render())?;
    }
    Ok(DONE)
}

/// `restore FILE BACKUP [--dry-run] [--json]`: also of a file that does not open or is gone.
pub(super) fn restore(given: &Given) -> Outcome {
    let (file, backup) = (given.path(0), given.path(1));
    let key = key(given)?;
    let session = match open_with(given, key.as_ref()) {
        Ok(session) => Some(session),
        Err(SessionError::Store(
            StoreError::Damaged(_)
            | StoreError::NotFound
            | StoreError::NotOurs
            | StoreError::ForeignSchema
            | StoreError::WrongKeyOrDamaged,
        )) => None,
        Err(error) => return Err(error.into()),
    };
    let preview = match &session {
        Some(session) => prepare_restore(session, &backup, key.as_ref())?,
        None => prepare_restore_of_unreadable(&backup, key.as_ref())?,
    };
    if given.has("dry-run") {
        return show(given, &preview, None);
    }
    let restored = match session {
        Some(session) => {
            let (restored, reopened) = session.restore(&backup, key.as_ref());
            reopened?;
            restored?
        }
        None => restore_unreadable(&file, &backup, key.as_ref(), &given.clock()?, given.text("actor")?)?.0,
    };
    show(given, &preview, Some(&restored))
}

fn open_with(given: &Given, key: Option<&crate::store::Key>) -> Result<Session, SessionError> {
    let unusable = |failure: Failure| SessionError::Outside(failure.text);
    let clock = given.clock().map_err(unusable)?;
    let actor = given.text("actor").map_err(unusable)?;
    Session::open_as(&given.path(0), key, clock, actor, &super::opening::choices(given))
}

fn show(given: &Given, preview: &RestorePreview, restored: Option<&Restored>) -> Outcome {
    if given.has("json") {
        print_json(&preview_json(preview, restored))?;
        return Ok(DONE);
    }
    let mut text = String::new();
    let last =
        preview.details.last_entry.map_or_else(String::new, |(_, day)| format!(" от {}", date_short(day)));
    let _ = writeln!(
        text,
        "Копия: {}, последняя запись № {}{last}.",
        file_size(preview.size),
        preview.details.revision
    );
    match &preview.against {
        None => text.push_str("Нынешний файл не читается, сравнить не с чем.\n"),
        Some(against) => {
            match &against.discarded {
                None => text.push_str("Записи не пропадут: в копии есть все.\n"),
                Some(discarded) => {
                    let _ = writeln!(text, "{}", discarded_words(discarded));
                }
            }
            for entry in against.newest_discarded.iter().take(NAMED) {
                let _ = writeln!(text, "  № {}: {}", entry.number, entry.sentence);
            }
            if against.newest_discarded.len() > NAMED {
                text.push_str("  …\n");
            }
            for kind in &against.kinds {
                let _ = writeln!(
                    text,
                    "  {}: исчезнет {}, вернётся {}, станет прежним {}",
                    kind.title, kind.vanish, kind.return_, kind.change
                );
            }
        }
    }
    match restored {
        None => text.push_str("Ничего не изменено: это только просмотр.\n"),
        Some(restored) => {
            let _ = writeln!(text, "Восстановлено. Запись журнала № {}.", restored.entry);
            if let Some(kept_as) = &restored.kept_as {
                let name = kept_as.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
                let _ = writeln!(text, "Прежний файл лежит рядом: {name}");
            }
        }
    }
    print(&text)?;
    Ok(DONE)
}

fn discarded_words(discarded: &Discarded) -> String {
    format!(
        "Из журнала уйдут {}: № {}–{}, {} – {}.",
        counted(discarded.count, "запись", "записи", "записей"),
        discarded.from,
        discarded.to,
        date_short(discarded.first_day),
        date_short(discarded.last_day)
    )
}

fn details_json(details: &FileDetails) -> Value {
    json!({
        "revision": details.revision,
        "head_hash": details.head_hash.to_string(),
        "last_entry_at": details.last_entry.map(|(at, _)| at.to_string()),
        "last_entry_day": details.last_entry.map(|(_, day)| day),
    })
}

fn preview_json(preview: &RestorePreview, restored: Option<&Restored>) -> Value {
    let difference = preview.against.as_ref().map(|against| {
        let discarded = against.discarded.map(|discarded| {
            json!({
                "count": discarded.count, "from": discarded.from, "to": discarded.to,
                "first_day": discarded.first_day, "last_day": discarded.last_day,
                "head_hash": discarded.head_hash.to_string(),
            })
        });
        let kinds = against.kinds.iter().map(|kind| {
            json!({
                "kind": kind.kind.code(), "vanish": kind.vanish, "return": kind.return_, "change": kind.change,
            })
        });
        let entries = against.newest_discarded.iter().map(|entry| {
            json!({ "entry": entry.number, "at": entry.at.to_string(), "text": entry.sentence })
        });
        json!({
            "common": against.common,
            "discarded": discarded,
            "discarded_entries": entries.collect::<Vec<_>>(),
            "brought_back": against.brought_back,
            "kinds": kinds.collect::<Vec<_>>(),
        })
    });
    let kept_as = restored.and_then(|restored| restored.kept_as.as_deref()).map(Path::display);
    json!({
        "backup": details_json(&preview.details),
        "size": preview.size,
        "difference": difference,
        "restored": restored.is_some(),
        "entry": restored.map(|restored| restored.entry),
        "kept_as": kept_as.map(|path| path.to_string()),
    })
}

/// Before a big change: a backup where one is due. What keeps it from being made is said, and stops nothing.
pub(super) fn before_big_change(given: &Given, session: &Session) {
    if session.read_only() {
        return;
    }
    if let Err(problem) = session.back_up(&place(given), BackupOccasion::BeforeBigChange) {
        say(&problem.to_string());
    }
}

/// The part of `verify --deep` about backups: the newest of them are opened and checked like the file.
pub(super) fn verify_backups(given: &Given, session: &Session) -> Result<bool, Failure> {
    const CHECKED: usize = 5;
    let place = place(given);
    let listed = match list_backups(&place, session.path()) {
        Ok(listed) => listed,
        Err(problem) => {
            say(&problem.to_string());
            return Ok(true);
        }
    };
    let mut all_sound = true;
    let mut text = String::new();
    for backup in listed.iter().take(CHECKED) {
        let outcome = prepare_restore(session, &backup.path, session.key());
        let words = match &outcome {
            Ok(preview) => {
                format!("цела, {}", counted(preview.details.revision, "запись", "записи", "записей"))
            }
            Err(RestoreProblem::OtherFile) => "копия другого файла".into(),
            Err(RestoreProblem::OtherKey) => "закрыта другим паролем".into(),
            Err(_) => "не читается".into(),
        };
        all_sound &= !matches!(outcome, Err(RestoreProblem::Unsound));
        let at = backup.made_at;
        let _ = writeln!(text, "  копия от {} {}: {words}", date_short(at.date()), at.strftime("%H:%M"));
    }
    if listed.is_empty() {
        text.push_str("Резервных копий нет.\n");
    }
    print(&text)?;
    Ok(all_sound)
}
