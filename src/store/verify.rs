//! Checking everything: pages, references, schema, the journal's chain, and that journal and tables agree.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::Connection;
use serde_json::Value;

use super::hashing::{ChangeFrame, EntryFrame, EntryHasher, HeadHash, change_hash};
use super::{Store, StoreError, rows, schema};
use crate::register::{EntityKey, EntityKind, Fields, JournalChange};

/// The code of the event that records an erasure; only entries before one may have blanked changes.
pub const ERASE_EVENT: &str = "erase";

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyReport {
    /// Entries in the journal.
    pub entries: u64,
    /// Changes in the journal.
    pub changes: u64,
    /// The hash of the newest entry, to be compared with printed acts and backups.
    pub head_hash: HeadHash,
    /// Whether the file has a key.
    pub encrypted: bool,
    /// Empty: all is well.
    pub problems: Vec<VerifyProblem>,
}

/// One thing that is wrong. Holds ids and names of tables, never contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifyProblem {
    /// SQLite's own check of pages and indexes, in its words.
    Pages(String),
    /// A page does not carry the seal of the key.
    Cipher(String),
    /// A row refers to one that is not there.
    Reference { table: String, row: i64 },
    /// Tables, triggers or views differ from those of this program.
    Schema,
    /// The entry with this number is missing.
    JournalGap { entry: u64 },
    /// The first entry whose contents do not match its hash or the one before.
    JournalBroken { entry: u64 },
    /// A row cannot be read.
    Unreadable(String),
    /// The row is not what the journal says it is.
    DiffersFromJournal(EntityKey),
    /// Ids were given out beyond the counter.
    CounterBehind(EntityKind),
}

impl Store {
    /// Checks the whole file; takes seconds on a large one.
    ///
    /// # Errors
    /// Only when the file cannot be read at all; what is wrong with it stands in the report.
    pub fn verify(&self) -> Result<VerifyReport, StoreError> {
        let connection = self.sound_connection()?;
        let mut problems = list_page_problems(connection, self.key.is_some())?;
        if schema::list_schema(connection)?
            != schema::schema_after(schema::MIGRATIONS, schema::MIGRATIONS.len() as u32)?
        {
            problems.push(VerifyProblem::Schema);
        }
        let chain = check_chain(connection, &mut problems)?;
        check_tables(self, &mut problems)?;
        Ok(VerifyReport { encrypted: self.key.is_some(), problems, ..chain })
    }
}

/// Pages and indexes, the seals of a keyed file, references.
pub(super) fn list_page_problems(
    connection: &Connection,
    keyed: bool,
) -> Result<Vec<VerifyProblem>, StoreError> {
    let mut problems = Vec::new();
    let lines = |pragma: &str| -> Result<Vec<String>, StoreError> {
        let mut statement = connection.prepare(pragma)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let pages = lines("PRAGMA integrity_check(20)")?;
    problems.extend(pages.into_iter().filter(|line| line != "ok").map(VerifyProblem::Pages));
    if keyed {
        problems.extend(lines("PRAGMA cipher_integrity_check")?.into_iter().map(VerifyProblem::Cipher));
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, row) = (row.get(0)?, row.get::<_, Option<i64>>(1)?.unwrap_or_default());
        problems.push(VerifyProblem::Reference { table, row });
    }
    Ok(problems)
}

fn check_chain(
    connection: &Connection,
    problems: &mut Vec<VerifyProblem>,
) -> Result<VerifyReport, StoreError> {
    let last_erasure: i64 = connection.query_row(
        "SELECT coalesce(max(number), 0) FROM journal_entry WHERE code = ?1",
        [ERASE_EVENT],
        |row| row.get(0),
    )?;
    let mut entries = connection.prepare(
        "SELECT number, at, day, actor, code, details, undoes, changes, hash FROM journal_entry ORDER BY number",
    )?;
    let (mut head, mut expected, mut changes, mut whole) = (HeadHash::default(), 1, 0, true);
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        let frame = EntryFrame {
            number: row.get(0)?,
            at: row.get(1)?,
            day: row.get_ref(2)?.as_str()?,
            actor: row.get_ref(3)?.as_str()?,
            code: row.get_ref(4)?.as_str()?,
            details: row.get_ref(5)?.as_str()?,
            undoes: row.get(6)?,
            changes: row.get(7)?,
        };
        let mut hasher = EntryHasher::new(head, &frame);
        let sound = check_changes(connection, &frame, &mut hasher, frame.number < last_erasure)?;
        let stored = row.get_ref(8)?.as_blob()?;
        if whole && frame.number != expected {
            problems.push(VerifyProblem::JournalGap { entry: expected as u64 });
            whole = false;
        } else if whole && (!sound || hasher.finish().0 != stored) {
            problems.push(VerifyProblem::JournalBroken { entry: frame.number as u64 });
            whole = false;
        }
        head = HeadHash(stored.try_into().unwrap_or_default());
        expected = frame.number + 1;
        changes += frame.changes;
    }
    let count: i64 = connection.query_row("SELECT count(*) FROM journal_change", [], |row| row.get(0))?;
    if whole && count != changes {
        // Changes without their entry: the end was cut off.
        problems.push(VerifyProblem::JournalGap { entry: expected as u64 });
    }
    let entries = (expected - 1) as u64;
    Ok(VerifyReport {
        entries,
        changes: count as u64,
        head_hash: head,
        encrypted: false,
        problems: Vec::new(),
    })
}

/// Whether every change of an entry matches its hash; feeds the hashes to the entry's.
fn check_changes(
    connection: &Connection,
    entry: &EntryFrame<'_>,
    hasher: &mut EntryHasher,
    may_be_erased: bool,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, part, kind, entity, salt, payload, hash FROM journal_change
         WHERE entry = ?1 ORDER BY sequence",
    )?;
    let mut rows = statement.query([entry.number])?;
    let (mut sound, mut count) = (true, 0);
    while let Some(row) = rows.next()? {
        count += 1;
        let frame = ChangeFrame {
            sequence: row.get(0)?,
            part: row.get(1)?,
            kind: row.get_ref(2)?.as_str()?,
            entity: row.get(3)?,
        };
        let stored = row.get_ref(6)?.as_blob()?;
        hasher.add_change(stored);
        let matches = match (row.get_ref(4)?.as_blob_or_null()?, row.get_ref(5)?.as_str_or_null()?) {
            (Some(salt), Some(payload)) => change_hash(salt, payload.as_bytes(), &frame) == stored,
            (None, None) => may_be_erased,
            _ => false,
        };
        sound &= matches && frame.sequence == count;
    }
    Ok(sound && count == entry.changes)
}

fn check_tables(store: &Store, problems: &mut Vec<VerifyProblem>) -> Result<(), StoreError> {
    let (mut folded, erased) = match fold(store) {
        Ok(folded) => folded,
        Err(StoreError::Damaged(detail)) => {
            problems.push(VerifyProblem::Unreadable(detail));
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let mut largest: HashMap<EntityKind, u32> = HashMap::new();
    let connection = store.sound_connection()?;
    let outcome = rows::for_each_entity(connection, |key, entity| {
        largest.insert(key.kind, key.id);
        let expected = folded.remove(&key);
        match entity {
            Err(StoreError::Damaged(detail)) => problems.push(VerifyProblem::Unreadable(detail)),
            Err(error) => return Err(error),
            Ok(_) if erased.contains(&key) => {}
            Ok(entity) if expected.as_ref() == Some(&entity.to_fields()) => {}
            Ok(_) => problems.push(VerifyProblem::DiffersFromJournal(key)),
        }
        Ok(())
    });
    match outcome {
        Err(StoreError::Damaged(detail)) => problems.push(VerifyProblem::Unreadable(detail)),
        outcome => outcome?,
    }
    // What the journal says is there and the tables do not have.
    let missing: BTreeSet<EntityKey> = folded.into_keys().filter(|key| !erased.contains(key)).collect();
    problems.extend(missing.into_iter().map(VerifyProblem::DiffersFromJournal));
    match rows::list_counters(connection) {
        Ok(counters) => {
            let counters: HashMap<EntityKind, u32> = counters.into_iter().collect();
            let behind = EntityKind::ALL.iter().filter(|kind| largest.get(kind) > counters.get(kind));
            problems.extend(behind.map(|kind| VerifyProblem::CounterBehind(*kind)));
        }
        Err(StoreError::Damaged(detail)) => problems.push(VerifyProblem::Unreadable(detail)),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// The entities that the journal makes from nothing, and those of which something was erased.
type Folded = (HashMap<EntityKey, Fields>, HashSet<EntityKey>);

fn fold(store: &Store) -> Result<Folded, StoreError> {
    let (mut folded, mut erased) = (HashMap::new(), HashSet::new());
    store.for_each_change(|_, change| fold_change(&mut folded, &mut erased, change))?;
    Ok((folded, erased))
}

fn fold_change(
    folded: &mut HashMap<EntityKey, Fields>,
    erased: &mut HashSet<EntityKey>,
    change: JournalChange,
) {
    match (change.fields.before, change.fields.after) {
        (None, None) => {
            erased.insert(change.key);
        }
        (None, Some(after)) => {
            folded.insert(change.key, after);
        }
        (Some(_), None) => {
            folded.remove(&change.key);
        }
        (Some(_), Some(after)) => {
            let fields = folded.entry(change.key).or_default();
            for (name, value) in after {
                match value {
                    // A field that is absent stands in the journal as null.
                    Value::Null => fields.remove(&name),
                    value => fields.insert(name, value),
                };
            }
        }
    }
}
