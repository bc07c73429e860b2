//! Appending: rows, counters and journal in one synced transaction.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, TransactionBehavior, params};
use serde_json::json;

use super::hashing::{ChangeFrame, EntryFrame, EntryHasher, HeadHash, change_hash};
use super::rows::RowWriter;
use super::{Store, StoreError};
use crate::register::{Change, ChangeSet, EntityKind};

/// Bytes of salt of each change: enough that a blanked payload cannot be found by trying names.
const SALT: usize = 16;
/// From so many changes on the page cache is given back after the commit.
const MANY: usize = 1000;
/// Version of the payload's form.
pub(super) const PAYLOAD_VERSION: u32 = 1;

/// A journal entry in the making; its number is the file's next.
#[derive(Clone, Debug)]
pub struct NewEntry<'entry> {
    /// Wall clock, kept to the millisecond.
    pub at: Timestamp,
    /// The wall clock's civil day; never `--today`.
    pub day: Date,
    /// Who acts.
    pub actor: &'entry str,
    /// Stable name of the operation or file event.
    pub code: &'entry str,
    /// JSON or empty; never names of people, never addresses.
    pub details: String,
    /// The entry that this one takes back.
    pub undoes: Option<u64>,
}

/// What an append made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppendedEntry {
    /// The entry's number, which is the new revision.
    pub number: u64,
    pub head_hash: HeadHash,
}

impl Store {
    /// Writes a change set with its journal entry: one transaction, synced. Only then are the changes true.
    ///
    /// # Errors
    /// [`StoreError::EmptyChangeSet`], [`StoreError::RevisionMismatch`], [`StoreError::ReadOnly`],
    /// [`StoreError::Inconsistent`]: nothing was written and the store goes on. Any other error: nothing
    /// was written as far as is known, and from then on the store answers [`StoreError::MustReopen`].
    pub fn append(
        &mut self,
        changes: &ChangeSet,
        entry: &NewEntry<'_>,
        revision_before: u64,
    ) -> Result<AppendedEntry, StoreError> {
        if changes.is_empty() {
            return Err(StoreError::EmptyChangeSet);
        }
        if revision_before != self.revision {
            return Err(StoreError::RevisionMismatch { decided_at: revision_before, file: self.revision });
        }
        self.append_entry(&changes.changes, entry)
    }

    /// Records what happened to the file itself (made, password changed, restored, erased): a chained
    /// entry without changes, which cannot be undone.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn append_event(&mut self, entry: &NewEntry<'_>) -> Result<AppendedEntry, StoreError> {
        self.append_entry(&[], entry)
    }

    fn append_entry(
        &mut self,
        changes: &[Change],
        entry: &NewEntry<'_>,
    ) -> Result<AppendedEntry, StoreError> {
        let (number, previous) = (self.revision + 1, self.head_hash);
        let head_hash = self.write(|connection| {
            write_journal_and_rows(connection, changes, entry, number as i64, previous)
        })?;
        self.revision = number;
        self.head_hash = head_hash;
        if changes.len() > MANY {
            // A convenience: the entry is written, whatever comes of this.
            let _ = self.connection.release_memory();
        }
        Ok(AppendedEntry { number, head_hash })
    }

    /// Runs one synced transaction; a failure of the file itself closes the store to everything.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.sound_connection()?;
        if self.read_only {
            return Err(StoreError::ReadOnly);
        }
        let attempt = |connection: &mut Connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let outcome = work(&transaction)?;
            transaction.commit()?;
            Ok(outcome)
        };
        let outcome = attempt(&mut self.connection);
        if let Err(error) = &outcome {
            let harmless = matches!(error, StoreError::Inconsistent | StoreError::NoRandomness);
            // A transaction that could not even be rolled back must not swallow the next one.
            self.poisoned = !harmless || !self.connection.is_autocommit();
        }
        outcome
    }
}

fn write_journal_and_rows(
    connection: &Connection,
    changes: &[Change],
    entry: &NewEntry<'_>,
    number: i64,
    previous: HeadHash,
) -> Result<HeadHash, StoreError> {
    let day = entry.day.to_string();
    let undoes = entry.undoes.map(|number| number as i64);
    let frame = EntryFrame {
        number,
        at: entry.at.as_millisecond(),
        day: &day,
        actor: entry.actor,
        code: entry.code,
        details: &entry.details,
        undoes,
        changes: changes.len() as i64,
    };
    let mut hasher = EntryHasher::new(previous, &frame);
    write_changes(connection, changes, number, &mut hasher)?;
    let head_hash = hasher.finish();
    connection
        .prepare_cached(
            "INSERT INTO journal_entry (number, at, day, actor, code, details, undoes, changes, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            number,
            frame.at,
            day,
            entry.actor,
            entry.code,
            entry.details,
            undoes,
            frame.changes,
            head_hash.0
        ])?;
    Ok(head_hash)
}

fn write_changes(
    connection: &Connection,
    changes: &[Change],
    number: i64,
    entry_hasher: &mut EntryHasher,
) -> Result<(), StoreError> {
    let mut salts = vec![0; changes.len() * SALT];
    getrandom::fill(&mut salts).map_err(|_| StoreError::NoRandomness)?;
    let mut journal = connection.prepare_cached(
        "INSERT INTO journal_change (entry, sequence, part, kind, entity, salt, payload, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut rows = RowWriter::new(connection);
    let mut counters: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for (index, (change, salt)) in changes.iter().zip(salts.chunks_exact(SALT)).enumerate() {
        let key = change.key();
        let payload = write_row(&mut rows, change)?;
        if change.before.is_none() {
            let last = counters.entry(key.kind).or_default();
            *last = (*last).max(key.id);
        }
        let frame = ChangeFrame {
            sequence: index as i64 + 1,
            part: change.part.into(),
            kind: key.kind.code(),
            entity: key.id.into(),
        };
        let hash = change_hash(salt, payload.as_bytes(), &frame);
        entry_hasher.add_change(&hash);
        journal.raw_bind_parameter(1, number)?;
        journal.raw_bind_parameter(2, frame.sequence)?;
        journal.raw_bind_parameter(3, frame.part)?;
        journal.raw_bind_parameter(4, frame.kind)?;
        journal.raw_bind_parameter(5, frame.entity)?;
        journal.raw_bind_parameter(6, salt)?;
        journal.raw_bind_parameter(7, &payload)?;
        journal.raw_bind_parameter(8, hash)?;
        journal.raw_execute()?;
    }
    let mut raise = connection.prepare_cached(
        "INSERT INTO counter (kind, last) VALUES (?1, ?2)
         ON CONFLICT (kind) DO UPDATE SET last = max(last, excluded.last)",
    )?;
    for (kind, last) in counters {
        raise.execute(params![kind.code(), last])?;
    }
    Ok(())
}

/// Writes the row and returns the journal's payload: only the fields that changed. For a whole entity
/// the row's own text serves.
fn write_row(rows: &mut RowWriter<'_>, change: &Change) -> Result<String, StoreError> {
    match (&change.before, &change.after) {
        (None, Some(after)) => {
            let body = after.to_json_text();
            rows.insert(after, &body)?;
            Ok(format!("{{\"v\":{PAYLOAD_VERSION},\"b\":null,\"a\":{body}}}"))
        }
        (Some(before), None) => {
            rows.delete(before.key())?;
            Ok(format!("{{\"v\":{PAYLOAD_VERSION},\"b\":{},\"a\":null}}", before.to_json_text()))
        }
        (Some(_), Some(after)) => {
            rows.update(after, &after.to_json_text())?;
            let fields = change.fields();
            Ok(json!({ "v": PAYLOAD_VERSION, "b": fields.before, "a": fields.after }).to_string())
        }
        (None, None) => Err(StoreError::Inconsistent),
    }
}
