//! The session itself: execute, undo, redo, and what the journal tells.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::clock::Clock;
use super::errors::SessionError;
use super::import_history::{IMPORT, ImportRecord, file_hash_of};
use super::opening::OpenChoices;
use crate::files::MediumKind;
use crate::register::{
    ChangeSet, EntityKey, JournalChange, KeptPart, Operation, Organization, Register, decide,
};
use crate::regulation::{ClockTrust, clock_trust};
use crate::store::{ERASE_EVENT, EntryRow, Holder, Key, NewEntry, Store, VerifyReport};

/// One open file. Memory and file never disagree: a change is true only once the store has it.
pub struct Session {
    pub(super) store: Store,
    pub(super) register: Arc<Register>,
    pub(super) path: PathBuf,
    pub(super) clock: Clock,
    pub(super) actor: String,
    pub(super) medium: MediumKind,
    /// The groups of the recovery code that were asked for.
    pub(super) asked_groups: Option<[usize; 2]>,
}

/// What an executed operation did.
#[derive(Clone, Debug)]
pub struct Executed {
    /// Number of the journal entry; `None` when nothing changed and nothing was written.
    pub entry: Option<u64>,
    /// Stable name of the operation.
    pub code: String,
    /// What changed.
    pub changes: Arc<ChangeSet>,
    /// How many parts changed.
    pub part_count: usize,
    /// Parts that an undo left.
    pub kept: Vec<KeptPart>,
    /// The entry that was taken back; an undo may itself be taken back.
    pub undoes: Option<u64>,
}

/// What to undo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndoTarget {
    /// Entry number; `None`: the newest that can be undone.
    pub entry: Option<u64>,
    /// Parts; `None`: all.
    pub parts: Option<Vec<u32>>,
}

impl Session {
    /// Creates a file and founds the organization in it.
    ///
    /// # Errors
    /// When the file exists, cannot be written, or the card is refused.
    pub fn create(
        path: &Path,
        key: Option<&Key>,
        organization: Organization,
        clock: Clock,
        actor: &str,
    ) -> Result<Session, SessionError> {
        Self::create_as(path, key, organization, clock, actor, &OpenChoices::default())
    }

    /// Opens a file and loads it.
    ///
    /// # Errors
    /// When it is held by another, foreign, newer, damaged, or the key is wrong. The file stays as it was.
    pub fn open(
        path: &Path,
        key: Option<&Key>,
        clock: Clock,
        actor: Option<&str>,
    ) -> Result<Session, SessionError> {
        Self::open_as(path, key, clock, actor, &OpenChoices::default())
    }

    /// The register as it stands.
    pub fn register(&self) -> &Arc<Register> {
        &self.register
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The clock this session goes by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The day that lists are judged by. While the wall clock cannot be believed (faults row 30) that
    /// is the last day the file knows, so nothing grows stale by a wrong clock.
    pub fn judged_day(&self) -> (Date, ClockTrust) {
        let trust = clock_trust(&self.register, self.clock.wall_day());
        match trust {
            ClockTrust::BehindFile { latest } | ClockTrust::FarAhead { latest }
                if !self.clock.judges_a_given_day() =>
            {
                (latest, trust)
            }
            _ => (self.clock.today(), trust),
        }
    }

    /// Whether changes are refused because the medium is read-only.
    pub fn read_only(&self) -> bool {
        self.store.read_only()
    }

    /// Whether the file is encrypted.
    pub fn encrypted(&self) -> bool {
        self.store.encrypted()
    }

    /// Whether the file was opened with this key.
    pub fn was_opened_with(&self, key: &Key) -> bool {
        self.store.was_opened_with(key)
    }

    /// Records what happened to the file itself: a chained entry without changes, which cannot be undone.
    ///
    /// # Errors
    /// When the file cannot be written; nothing happened then.
    pub fn record_event(&mut self, code: &str, details: &serde_json::Value) -> Result<u64, SessionError> {
        let day = self.clock.wall_day();
        let appended = self.store.append_event(&NewEntry {
            at: self.clock.timestamp(),
            day,
            actor: &self.actor,
            code,
            details: details.to_string(),
            undoes: None,
        })?;
        let register = Arc::make_mut(&mut self.register);
        register.revision = appended.number;
        register.last_recorded_day = Some(day);
        Ok(appended.number)
    }

    /// Who acts from now on.
    pub fn set_actor(&mut self, actor: &str) {
        self.actor = actor.to_owned();
    }

    /// Decides, writes and applies an operation. An empty change set writes nothing.
    ///
    /// # Errors
    /// A refusal or a failed write; register and file are as before.
    pub fn execute(&mut self, operation: &Operation) -> Result<Executed, SessionError> {
        self.perform(operation, None)
    }

    fn perform(&mut self, operation: &Operation, undoes: Option<u64>) -> Result<Executed, SessionError> {
        let context = self.clock.context(&self.actor);
        let changes = decide(&self.register, operation, &context)
            .map_err(|refusal| SessionError::refused(refusal, &self.register))?;
        let code = operation.code();
        if changes.is_empty() {
            let kept = changes.kept.clone();
            return Ok(Executed {
                entry: None,
                code,
                changes: Arc::new(changes),
                part_count: 0,
                kept,
                undoes,
            });
        }
        let details = operation.details();
        let appended = self.store.append(
            &changes,
            &NewEntry {
                at: context.now,
                day: self.clock.wall_day(),
                actor: &self.actor,
                code: &code,
                details: if details.is_null() { String::new() } else { details.to_string() },
                undoes,
            },
            self.register.revision,
        );
        let appended = appended.map_err(|error| self.write_failed(error))?;
        let register = Arc::make_mut(&mut self.register);
        register.apply(&changes);
        register.revision = appended.number;
        register.last_recorded_day = Some(self.clock.wall_day());
        Ok(Executed {
            entry: Some(appended.number),
            code,
            part_count: changes.part_count(),
            kept: changes.kept.clone(),
            changes: Arc::new(changes),
            undoes,
        })
    }

    /// Takes back an entry or some of its parts.
    ///
    /// # Errors
    /// When there is nothing to undo, or every part was changed later.
    pub fn undo(&mut self, target: &UndoTarget) -> Result<Executed, SessionError> {
        let entry = match target.entry {
            Some(entry) => entry,
            None => {
                self.store.latest_undoable()?.filter(|entry| *entry > 1).ok_or(SessionError::NothingToUndo)?
            }
        };
        self.take_back(entry, target.parts.clone())
    }

    /// Takes back the newest undo.
    ///
    /// # Errors
    /// When there is no undo to take back.
    pub fn redo(&mut self) -> Result<Executed, SessionError> {
        let entry = self.store.latest_redoable()?.ok_or(SessionError::NothingToRedo)?;
        self.take_back(entry, None)
    }

    fn take_back(&mut self, entry: u64, parts: Option<Vec<u32>>) -> Result<Executed, SessionError> {
        let row = self.store.get_entry(entry)?.ok_or(SessionError::NoSuchEntry { entry })?;
        if row.code == ERASE_EVENT {
            return Err(SessionError::ErasureStays);
        }
        if row.undone_by.is_some() && parts.is_none() {
            return Err(SessionError::AlreadyUndone { entry });
        }
        let changes = self.store.list_changes(entry, 0, usize::MAX)?;
        self.perform(&Operation::Undo { entry, code: row.code, parts, changes }, Some(entry))
    }

    /// The newest entry that can be undone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn latest_undoable(&self) -> Result<Option<u64>, SessionError> {
        Ok(self.store.latest_undoable()?)
    }

    /// Journal entries, newest first, older than `before`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_entries(&self, before: Option<u64>, limit: usize) -> Result<Vec<EntryRow>, SessionError> {
        Ok(self.store.list_entries(before, limit)?)
    }

    /// The newest entries with any of these codes, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_entries_of(&self, codes: &[&str], limit: usize) -> Result<Vec<EntryRow>, SessionError> {
        let mut entries = Vec::new();
        for code in codes {
            entries.extend(self.store.list_entries_of(code, limit)?);
        }
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.number));
        entries.truncate(limit);
        Ok(entries)
    }

    /// The imports of rosters, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_imports(&self, limit: usize) -> Result<Vec<ImportRecord>, SessionError> {
        let entries = self.store.list_entries_of(IMPORT, limit)?;
        let records = entries.iter().map(|entry| {
            let (parts, undone) = self.store.count_parts(entry.number)?;
            Ok(ImportRecord::of(entry, parts, undone))
        });
        records.collect()
    }

    /// The newest import of a file with these bytes that is not taken back; `hash` as [`ImportRecord::file_hash`].
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_import_of(&self, hash: &str) -> Result<Option<EntryRow>, SessionError> {
        let entries = self.store.list_entries_of(IMPORT, usize::MAX)?;
        Ok(entries.into_iter().find(|entry| entry.undone_by.is_none() && file_hash_of(entry) == hash))
    }

    /// The changes of an entry.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_changes(
        &self,
        entry: u64,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<JournalChange>, SessionError> {
        Ok(self.store.list_changes(entry, offset, limit)?)
    }

    /// What happened to one entity, newest first; to a person with what is theirs: roles, bonds, leaderships, requests,
    /// and the records that were merged into theirs.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_history(
        &self,
        key: EntityKey,
        limit: usize,
    ) -> Result<Vec<(EntryRow, JournalChange)>, SessionError> {
        let mut history = self.store.list_history(key, limit)?;
        for key in super::person_history::keys_beside(&self.register, key) {
            history.extend(self.store.list_history(key, limit)?);
        }
        history.sort_by_key(|(entry, _)| std::cmp::Reverse(entry.number));
        history.truncate(limit);
        Ok(history)
    }

    /// Checks the file: pages, foreign keys, schema, journal chain, fold.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn verify(&self) -> Result<VerifyReport, SessionError> {
        Ok(self.store.verify()?)
    }

    /// A draft or paused work kept in the file, outside the journal.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn get_workspace(&self, key: &str) -> Result<Option<String>, SessionError> {
        Ok(self.store.get_workspace(key)?)
    }

    /// Keeps a draft; `None` removes it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_workspace(&mut self, key: &str, value: Option<&str>) -> Result<(), SessionError> {
        let written = match value {
            Some(value) => self.store.put_workspace(key, value),
            None => self.store.remove_workspace(key),
        };
        written.map_err(|error| self.write_failed(error))
    }
}

pub(super) fn holder(clock: &Clock) -> Holder {
    Holder {
        pc: whoami::hostname().unwrap_or_default(),
        user: whoami::username().unwrap_or_default(),
        since: clock.timestamp(),
    }
}
