//! Appending: rows, counters and journal in one synced transaction.

use std::collections::BTreeMap;
use std::io::Write;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{CachedStatement, Connection, TransactionBehavior, params};
use serde_json::json;

use super::hashing::{ChangeFrame, EntryFrame, EntryHasher, HeadHash, change_hash};
use super::rows::RowWriter;
use super::{Store, StoreError};
use crate::register::{Change, ChangeSet, EntityKind};

/// Bytes of salt of each change: enough that a blanked payload cannot be found by trying names.
const SALT: usize = 16;
/// From so many changes on a second thread helps, and the page cache is given back after the commit.
const MANY: usize = 1000;
/// Changes that are put into words at a time, when there are many.
const STRETCH: usize = 2000;
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

pub(super) fn write_journal_and_rows(
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

/// Writes the changes with their rows. What an import writes is put into words on a second thread, since that costs
/// about as much as writing it.
fn write_changes(
    connection: &Connection,
    changes: &[Change],
    number: i64,
    entry_hasher: &mut EntryHasher,
) -> Result<(), StoreError> {
    let mut salts = vec![0; changes.len() * SALT];
    getrandom::fill(&mut salts).map_err(|_| StoreError::NoRandomness)?;
    let mut writer = ChangeWriter::new(connection, number)?;
    if changes.len() <= MANY {
        let worded = WordedChanges::of(changes, &salts, 1)?;
        writer.write(changes, &worded, entry_hasher)?;
        return writer.raise_counters();
    }
    std::thread::scope(|scope| {
        // Two stretches ahead are enough to keep both threads busy and memory low.
        let (give, take) = std::sync::mpsc::sync_channel(2);
        let salts = &salts;
        scope.spawn(move || {
            let mut first = 1;
            for (stretch, salts) in changes.chunks(STRETCH).zip(salts.chunks(STRETCH * SALT)) {
                // Nobody listens any more once writing has failed.
                if give.send(WordedChanges::of(stretch, salts, first)).is_err() {
                    return;
                }
                first += stretch.len() as i64;
            }
        });
        for (stretch, worded) in changes.chunks(STRETCH).zip(take) {
            writer.write(stretch, &worded?, entry_hasher)?;
        }
        Ok::<(), StoreError>(())
    })?;
    writer.raise_counters()
}

/// Changes as the journal keeps them: payloads and hashes.
struct WordedChanges<'salts> {
    /// The payloads one after the other.
    text: String,
    changes: Vec<WordedChange>,
    salts: &'salts [u8],
    first_sequence: i64,
}

struct WordedChange {
    /// Where its payload ends in the text.
    end: usize,
    /// The row's own body within the text; empty where the row goes.
    body: std::ops::Range<usize>,
    hash: [u8; 32],
}

impl<'salts> WordedChanges<'salts> {
    fn of(changes: &[Change], salts: &'salts [u8], first_sequence: i64) -> Result<Self, StoreError> {
        let mut text = Vec::new();
        let mut worded = Vec::with_capacity(changes.len());
        for (index, (change, salt)) in changes.iter().zip(salts.chunks_exact(SALT)).enumerate() {
            let start = text.len();
            let (end, body) = word(&mut text, change)?;
            let key = change.key();
            let frame = ChangeFrame {
                sequence: first_sequence + index as i64,
                part: change.part.into(),
                kind: key.kind.code(),
                entity: key.id.into(),
            };
            worded.push(WordedChange { end, body, hash: change_hash(salt, &text[start..end], &frame) });
        }
        let text = String::from_utf8(text).expect("JSON is UTF-8");
        Ok(Self { text, changes: worded, salts, first_sequence })
    }
}

/// Adds the payload of a change, only the fields that differ, and the body of its row: for a whole entity the payload
/// holds it, for an edit it stands behind the payload. Answers where the payload ends and where the body stands.
fn word(text: &mut Vec<u8>, change: &Change) -> Result<(usize, std::ops::Range<usize>), StoreError> {
    // Writing to memory cannot fail.
    let add = |text: &mut Vec<u8>, piece: std::fmt::Arguments<'_>| drop(text.write_fmt(piece));
    match (&change.before, &change.after) {
        (None, Some(after)) => {
            add(text, format_args!("{{\"v\":{PAYLOAD_VERSION},\"b\":null,\"a\":"));
            let start = text.len();
            after.add_json_text(text);
            let end = text.len();
            text.push(b'}');
            Ok((text.len(), start..end))
        }
        (Some(before), None) => {
            add(text, format_args!("{{\"v\":{PAYLOAD_VERSION},\"b\":"));
            before.add_json_text(text);
            text.extend_from_slice(b",\"a\":null}");
            Ok((text.len(), 0..0))
        }
        (Some(_), Some(after)) => {
            let fields = change.fields();
            let payload = json!({ "v": PAYLOAD_VERSION, "b": fields.before, "a": fields.after });
            add(text, format_args!("{payload}"));
            let end = text.len();
            after.add_json_text(text);
            Ok((end, end..text.len()))
        }
        (None, None) => Err(StoreError::Inconsistent),
    }
}

/// Writes rows and journal rows of one entry.
struct ChangeWriter<'connection> {
    connection: &'connection Connection,
    journal: CachedStatement<'connection>,
    rows: RowWriter<'connection>,
    counters: BTreeMap<EntityKind, u32>,
}

impl<'connection> ChangeWriter<'connection> {
    fn new(connection: &'connection Connection, number: i64) -> Result<Self, StoreError> {
        let mut journal = connection.prepare_cached(
            "INSERT INTO journal_change (entry, sequence, part, kind, entity, salt, payload, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        journal.raw_bind_parameter(1, number)?;
        Ok(Self { connection, journal, rows: RowWriter::new(connection), counters: BTreeMap::new() })
    }

    fn write(
        &mut self,
        changes: &[Change],
        worded: &WordedChanges<'_>,
        entry_hasher: &mut EntryHasher,
    ) -> Result<(), StoreError> {
        let mut start = 0;
        for (index, (change, of_journal)) in changes.iter().zip(&worded.changes).enumerate() {
            let key = change.key();
            let body = &worded.text[of_journal.body.clone()];
            match (&change.before, &change.after) {
                (None, Some(after)) => self.rows.insert(after, body)?,
                (Some(_), Some(after)) => self.rows.update(after, body)?,
                (_, None) => self.rows.delete(key)?,
            }
            if change.before.is_none() {
                let last = self.counters.entry(key.kind).or_default();
                *last = (*last).max(key.id);
            }
            entry_hasher.add_change(&of_journal.hash);
            self.journal.raw_bind_parameter(2, worded.first_sequence + index as i64)?;
            self.journal.raw_bind_parameter(3, change.part)?;
            self.journal.raw_bind_parameter(4, key.kind.code())?;
            self.journal.raw_bind_parameter(5, key.id)?;
            self.journal.raw_bind_parameter(6, &worded.salts[index * SALT..(index + 1) * SALT])?;
            self.journal.raw_bind_parameter(7, &worded.text[start..of_journal.end])?;
            self.journal.raw_bind_parameter(8, of_journal.hash)?;
            self.journal.raw_execute()?;
            start = of_journal.end.max(of_journal.body.end);
        }
        Ok(())
    }

    fn raise_counters(self) -> Result<(), StoreError> {
        let mut raise = self.connection.prepare_cached(
            "INSERT INTO counter (kind, last) VALUES (?1, ?2)
             ON CONFLICT (kind) DO UPDATE SET last = max(last, excluded.last)",
        )?;
        for (kind, last) in self.counters {
            raise.execute(params![kind.code(), last])?;
        }
        Ok(())
    }
}
