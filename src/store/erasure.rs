//! Erasing people (152-ФЗ): a file event. Rows go, the journal's changes about them lose salt and payload (their hashes
//! stay, so the chain verifies), and what stood in the file's free pages is overwritten.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::append::write_journal_and_rows;
use super::journal::{CHANGE_COLUMNS, read_change};
use super::rows::RowWriter;
use super::{AppendedEntry, ERASE_EVENT, NewEntry, Store, StoreError};
use crate::register::{EntityKind, ErasurePlan, ErasureRecord, ErasureTrace, PersonId};

/// What an erasure did.
#[derive(Clone, Debug)]
pub struct Erased {
    pub entry: AppendedEntry,
    /// What the journal keeps of it.
    pub record: ErasureRecord,
    /// Whether the file was rewritten without free pages. `false` (no room for it, say) leaves nothing to be read: free
    /// pages are zeroed as they come free.
    pub compacted: bool,
}

impl Store {
    /// Erases what the plan names and what the trace covers in the journal and among the drafts: one synced transaction,
    /// recorded as an entry that cannot be undone; then rewrites the file. `entry` gives day, moment and actor, its code
    /// and details are made here.
    ///
    /// # Errors
    /// As [`Store::append`]; nothing was erased then.
    pub fn erase(
        &mut self,
        trace: &ErasureTrace,
        plan: &ErasurePlan,
        entry: &NewEntry<'_>,
        revision_before: u64,
    ) -> Result<Erased, StoreError> {
        if revision_before != self.revision {
            return Err(StoreError::RevisionMismatch { decided_at: revision_before, file: self.revision });
        }
        let (number, previous) = (self.revision + 1, self.head_hash);
        let (head_hash, record) = self.write(|connection| {
            let journal_changes = blank_journal(connection, trace)?;
            let drafts = remove_drafts(connection, trace)?;
            let mut rows = RowWriter::new(connection);
            for entity in &plan.removed {
                rows.delete(entity.key())?;
            }
            drop(rows);
            let record = plan.record(journal_changes, drafts);
            raise_person_counter(connection, &record)?;
            let details = serde_json::to_string(&record).map_err(|_| StoreError::Inconsistent)?;
            let entry = NewEntry { code: ERASE_EVENT, details, undoes: None, ..entry.clone() };
            let head = write_journal_and_rows(connection, &plan.edited, &entry, number as i64, previous)?;
            Ok((head, record))
        })?;
        self.revision = number;
        self.head_hash = head_hash;
        // The data is gone already: every page that came free was overwritten with zeros (secure_delete).
        let compacted = self.connection.execute_batch("VACUUM").is_ok();
        let _ = self.connection.release_memory();
        Ok(Erased { entry: AppendedEntry { number, head_hash }, record, compacted })
    }

    /// Everybody ever erased from this file, ids rising: what a restored copy has to be cleaned of again. Read from the
    /// chained entries, so nobody can shorten it unnoticed.
    ///
    /// # Errors
    /// [`StoreError::MustReopen`], [`StoreError::Damaged`].
    pub fn list_erased_people(&self) -> Result<Vec<PersonId>, StoreError> {
        let mut people: Vec<PersonId> = self
            .list_erasures()?
            .into_iter()
            .flat_map(|(_, _, record)| record.people.into_iter().map(|person| person.id))
            .collect();
        people.sort_unstable();
        people.dedup();
        Ok(people)
    }

    /// The erasures of this file: entry, moment, record; oldest first.
    ///
    /// # Errors
    /// [`StoreError::MustReopen`], [`StoreError::Damaged`].
    pub fn list_erasures(&self) -> Result<Vec<(u64, Timestamp, ErasureRecord)>, StoreError> {
        let mut entries = self.list_entries_of(ERASE_EVENT, usize::MAX)?;
        entries.reverse();
        let read = entries.into_iter().map(|entry| {
            let record = ErasureRecord::from_details(&entry.details).ok_or_else(|| {
                StoreError::Damaged(format!("journal entry {}: not an erasure", entry.number))
            })?;
            Ok((entry.number, entry.at, record))
        });
        read.collect()
    }
}

/// Takes salt and payload from every change that the trace covers; returns how many there were.
fn blank_journal(connection: &Connection, trace: &ErasureTrace) -> Result<u32, StoreError> {
    let mut covered = Vec::new();
    {
        let mut statement = connection.prepare(&format!(
            "SELECT {CHANGE_COLUMNS}, sequence FROM journal_change WHERE payload IS NOT NULL ORDER BY entry, sequence"
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (entry, change) = read_change(row)?;
            if trace.covers(&change) {
                covered.push((entry as i64, row.get::<_, i64>(5)?));
            }
        }
    }
    let mut blank = connection.prepare(
        "UPDATE journal_change SET salt = NULL, payload = NULL WHERE entry = ?1 AND sequence = ?2",
    )?;
    for (entry, sequence) in &covered {
        blank.execute(params![entry, sequence])?;
    }
    Ok(covered.len() as u32)
}

/// Drafts are no records: one that may name somebody goes whole.
fn remove_drafts(connection: &Connection, trace: &ErasureTrace) -> Result<u32, StoreError> {
    let mut named = Vec::new();
    {
        let mut statement = connection.prepare("SELECT key, value FROM workspace")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if trace.covers_draft(row.get_ref(1)?.as_str()?) {
                named.push(row.get::<_, String>(0)?);
            }
        }
    }
    for key in &named {
        connection.execute("DELETE FROM workspace WHERE key = ?1", [key])?;
    }
    Ok(named.len() as u32)
}

/// A restored copy may be older than the people of its list: their ids must not come to mean somebody else.
fn raise_person_counter(connection: &Connection, record: &ErasureRecord) -> Result<(), StoreError> {
    let Some(last) = record.people.iter().map(|person| person.id.0).max() else { return Ok(()) };
    connection.execute(
        "INSERT INTO counter (kind, last) VALUES (?1, ?2)
         ON CONFLICT (kind) DO UPDATE SET last = max(last, excluded.last)",
        params![EntityKind::Person.code(), last],
    )?;
    Ok(())
}
