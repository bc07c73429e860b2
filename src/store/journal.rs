//! Reading the journal: entries, changes, the history of one entity, what can be undone and redone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, Rows, params};
use serde::Deserialize;
use serde_json::Value;

use super::append::PAYLOAD_VERSION;
use super::{Store, StoreError};
use crate::register::{ChangedFields, EntityKey, EntityKind, Fields, JournalChange};

/// A journal entry without its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    pub number: u64,
    /// Wall clock, to the millisecond.
    pub at: Timestamp,
    /// The wall clock's civil day.
    pub day: Date,
    pub actor: String,
    pub code: String,
    /// JSON or empty.
    pub details: String,
    /// The entry that this one takes back.
    pub undoes: Option<u64>,
    pub change_count: u64,
    /// The entry that took this one back whole and stands.
    pub undone_by: Option<u64>,
}

const ENTRY_COLUMNS: &str = "number, at, day, actor, code, details, undoes, changes";
pub(super) const CHANGE_COLUMNS: &str = "entry, part, kind, entity, payload";

impl Store {
    /// Entries, newest first, at most `limit`: those before a number, or the newest.
    ///
    /// # Errors
    /// [`StoreError::MustReopen`], [`StoreError::Damaged`].
    pub fn list_entries(&self, before: Option<u64>, limit: usize) -> Result<Vec<EntryRow>, StoreError> {
        let undos = self.standing_undos()?;
        let mut statement = self.sound_connection()?.prepare_cached(&format!(
            "SELECT {ENTRY_COLUMNS} FROM journal_entry WHERE number < ?1 ORDER BY number DESC LIMIT ?2"
        ))?;
        let before = before.map_or(i64::MAX, |number| i64::try_from(number).unwrap_or(i64::MAX));
        let mut rows = statement.query(params![before, limit as i64])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(entry_row(row, &undos)?);
        }
        Ok(entries)
    }

    /// Entries of one operation ([`EntryRow::code`]), newest first, at most `limit`.
    ///
    /// # Errors
    /// As [`Store::list_entries`].
    pub fn list_entries_of(&self, code: &str, limit: usize) -> Result<Vec<EntryRow>, StoreError> {
        let undos = self.standing_undos()?;
        let mut statement = self.sound_connection()?.prepare_cached(&format!(
            "SELECT {ENTRY_COLUMNS} FROM journal_entry WHERE code = ?1 ORDER BY number DESC LIMIT ?2"
        ))?;
        let mut rows = statement.query(params![code, i64::try_from(limit).unwrap_or(i64::MAX)])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(entry_row(row, &undos)?);
        }
        Ok(entries)
    }

    /// How many parts an entry has, and how many of them standing undos took back.
    ///
    /// # Errors
    /// As [`Store::list_entries`].
    pub fn count_parts(&self, entry: u64) -> Result<(u64, u64), StoreError> {
        let undone = self.standing_undos()?;
        let undos = self.list_undos()?;
        let standing =
            undos.iter().filter(|(number, undo)| undo.undoes == entry && !undone.contains_key(number));
        // Parts of an undo have the numbers of what they take back.
        let mut taken_back = BTreeSet::new();
        for (number, _) in standing {
            taken_back.extend(self.list_parts(*number)?);
        }
        Ok((self.list_parts(entry)?.len() as u64, taken_back.len() as u64))
    }

    fn list_parts(&self, entry: u64) -> Result<Vec<i64>, StoreError> {
        let mut statement = self
            .sound_connection()?
            .prepare_cached("SELECT DISTINCT part FROM journal_change WHERE entry = ?1")?;
        let parts = statement.query_map(params![entry as i64], |row| row.get(0))?;
        Ok(parts.collect::<Result<_, _>>()?)
    }

    /// One entry; `None` where there is none with this number.
    ///
    /// # Errors
    /// As [`Store::list_entries`].
    pub fn get_entry(&self, number: u64) -> Result<Option<EntryRow>, StoreError> {
        match number.checked_add(1) {
            Some(before) => {
                Ok(self.list_entries(Some(before), 1)?.into_iter().find(|entry| entry.number == number))
            }
            None => Ok(None),
        }
    }

    /// The changes of an entry in their order; an erased one has neither side.
    ///
    /// # Errors
    /// As [`Store::list_entries`].
    pub fn list_changes(
        &self,
        entry: u64,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<JournalChange>, StoreError> {
        let mut statement = self.sound_connection()?.prepare_cached(&format!(
            "SELECT {CHANGE_COLUMNS} FROM journal_change WHERE entry = ?1 ORDER BY sequence LIMIT ?2 OFFSET ?3"
        ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        let mut changes = Vec::new();
        visit_changes(statement.query(params![entry as i64, limit, offset])?, |_, change| {
            changes.push(change)
        })?;
        Ok(changes)
    }

    /// What happened to one entity, newest first.
    ///
    /// # Errors
    /// As [`Store::list_entries`].
    pub fn list_history(
        &self,
        key: EntityKey,
        limit: usize,
    ) -> Result<Vec<(EntryRow, JournalChange)>, StoreError> {
        let mut statement = self.sound_connection()?.prepare_cached(&format!(
            "SELECT {CHANGE_COLUMNS} FROM journal_change WHERE kind = ?1 AND entity = ?2
             ORDER BY entry DESC, sequence DESC LIMIT ?3"
        ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut found = Vec::new();
        visit_changes(statement.query(params![key.kind.code(), key.id, limit])?, |entry, change| {
            found.push((entry, change));
        })?;
        let mut history = Vec::with_capacity(found.len());
        for (number, change) in found {
            let entry = self.get_entry(number)?;
            history.push((
                entry.ok_or_else(|| StoreError::Damaged("a change without its entry".into()))?,
                change,
            ));
        }
        Ok(history)
    }

    /// Every change of the journal from the first on, with its entry's number.
    ///
    /// # Errors
    /// As [`Store::list_entries`].
    pub fn for_each_change(&self, visit: impl FnMut(u64, JournalChange)) -> Result<(), StoreError> {
        let mut statement = self.sound_connection()?.prepare_cached(&format!(
            "SELECT {CHANGE_COLUMNS} FROM journal_change ORDER BY entry, sequence"
        ))?;
        visit_changes(statement.query([])?, visit)
    }

    /// The newest entry that changed the register, is not itself an undo and is not undone.
    ///
    /// # Errors
    /// As [`Store::list_entries`].
    pub fn latest_undoable(&self) -> Result<Option<u64>, StoreError> {
        let undos = self.standing_undos()?;
        let mut statement = self.sound_connection()?.prepare_cached(
            "SELECT number FROM journal_entry WHERE undoes IS NULL AND changes > 0 AND code <> ?1 ORDER BY number DESC",
        )?;
        let mut rows = statement.query([super::ERASE_EVENT])?;
        while let Some(row) = rows.next()? {
            let number = row.get::<_, i64>(0)? as u64;
            if !undos.contains_key(&number) {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    /// The newest undo that stands and is newer than the newest other change. A redo is the undo of an
    /// undo and is never offered itself, else redoing twice would take the first back.
    ///
    /// # Errors
    /// As [`Store::list_entries`].
    pub fn latest_redoable(&self) -> Result<Option<u64>, StoreError> {
        let connection = self.sound_connection()?;
        let newest_change: Option<i64> = connection
            .query_row(
                "SELECT max(number) FROM journal_entry WHERE undoes IS NULL AND changes > 0",
                [],
                |row| row.get(0),
            )
            .optional()?
            .flatten();
        let undone = self.standing_undos()?;
        let undos = self.list_undos()?;
        // Odd: it takes an operation back. Even: it brings one back.
        let takes_back = |undo: &Undo| {
            let chain = std::iter::successors(Some(undo), |undo| undos.get(&undo.undoes));
            chain.count() % 2 == 1
        };
        let newest = newest_change.unwrap_or_default() as u64;
        let mut recent = undos.iter().rev().take_while(|(number, _)| **number > newest);
        let found = recent.find(|(number, undo)| takes_back(undo) && !undone.contains_key(number));
        Ok(found.map(|(number, _)| *number))
    }

    /// Which entries are undone, and by which entry. An entry is undone when a whole undo of it stands,
    /// that is, is not undone itself.
    fn standing_undos(&self) -> Result<BTreeMap<u64, u64>, StoreError> {
        let mut undone = BTreeMap::new();
        // An undo is newer than what it undoes: from the newest on, each is known to stand or not.
        for (number, undo) in self.list_undos()?.iter().rev() {
            if undo.whole && !undone.contains_key(number) {
                undone.insert(undo.undoes, *number);
            }
        }
        Ok(undone)
    }

    fn list_undos(&self) -> Result<BTreeMap<u64, Undo>, StoreError> {
        let mut statement = self
            .sound_connection()?
            .prepare_cached("SELECT number, undoes, details FROM journal_entry WHERE undoes IS NOT NULL")?;
        let mut rows = statement.query([])?;
        let mut undos = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let undo =
                Undo { undoes: row.get::<_, i64>(1)? as u64, whole: is_whole(row.get_ref(2)?.as_str()?) };
            undos.insert(row.get::<_, i64>(0)? as u64, undo);
        }
        Ok(undos)
    }
}

struct Undo {
    undoes: u64,
    /// Whether all parts were to be undone.
    whole: bool,
}

fn is_whole(details: &str) -> bool {
    serde_json::from_str::<Value>(details)
        .map_or(true, |details| details.get("parts").is_none_or(Value::is_null))
}

fn entry_row(row: &Row<'_>, undone: &BTreeMap<u64, u64>) -> Result<EntryRow, StoreError> {
    let number = row.get::<_, i64>(0)? as u64;
    let at = Timestamp::from_millisecond(row.get(1)?);
    let day: Result<Date, _> = row.get_ref(2)?.as_str()?.parse();
    let (Ok(at), Ok(day)) = (at, day) else {
        return Err(StoreError::Damaged(format!("journal entry {number}: no date")));
    };
    Ok(EntryRow {
        number,
        at,
        day,
        actor: row.get(3)?,
        code: row.get(4)?,
        details: row.get(5)?,
        undoes: row.get::<_, Option<i64>>(6)?.map(|number| number as u64),
        change_count: row.get::<_, i64>(7)? as u64,
        undone_by: undone.get(&number).copied(),
    })
}

fn visit_changes(mut rows: Rows<'_>, mut visit: impl FnMut(u64, JournalChange)) -> Result<(), StoreError> {
    while let Some(row) = rows.next()? {
        let (entry, change) = read_change(row)?;
        visit(entry, change);
    }
    Ok(())
}

/// A change from the columns [`CHANGE_COLUMNS`], with its entry's number.
pub(super) fn read_change(row: &Row<'_>) -> Result<(u64, JournalChange), StoreError> {
    let entry = row.get::<_, i64>(0)? as u64;
    let unreadable = || StoreError::Damaged(format!("journal entry {entry}: a change cannot be read"));
    let part = u32::try_from(row.get::<_, i64>(1)?).map_err(|_| unreadable())?;
    let kind = EntityKind::from_code(row.get_ref(2)?.as_str()?).ok_or_else(unreadable)?;
    let id = u32::try_from(row.get::<_, i64>(3)?).map_err(|_| unreadable())?;
    let fields = match row.get_ref(4)?.as_str_or_null()? {
        None => ChangedFields::default(),
        Some(payload) => read_payload(payload).ok_or_else(unreadable)?,
    };
    Ok((entry, JournalChange { part, key: EntityKey { kind, id }, fields }))
}

/// The payload as it is stored.
#[derive(Deserialize)]
struct Payload {
    v: u32,
    b: Option<Fields>,
    a: Option<Fields>,
}

/// `None` for what this program cannot read. Older versions are to be upgraded here.
fn read_payload(payload: &str) -> Option<ChangedFields> {
    let payload: Payload = serde_json::from_str(payload).ok()?;
    let readable = payload.v == PAYLOAD_VERSION && (payload.b.is_some() || payload.a.is_some());
    readable.then_some(ChangedFields { before: payload.b, after: payload.a })
}
