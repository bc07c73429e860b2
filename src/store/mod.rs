//! The file: the only SQL. Opens, locks, migrates, loads, appends, reads the journal, copies, checks.
//! Decides nothing and has no words for the user.
//!
//! While a [`Store`] lives, its file must not be opened by any other means from this process: on POSIX
//! closing any handle on a file drops the locks of the whole process. Copies go through
//! [`Store::backup_to`].

mod append;
mod backup;
mod derivation;
mod erasure;
mod error;
mod hashing;
mod holder;
mod journal;
mod key;
mod opening;
mod rekey;
mod replace;
mod rows;
mod schema;
#[cfg(test)]
mod tests;
mod upkeep;
mod verify;
mod workspace;

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use tempfile::TempDir;

pub use append::{AppendedEntry, NewEntry};
pub use backup::{UncheckedCopy, making_folder};
pub use erasure::Erased;
pub use error::StoreError;
pub use hashing::HeadHash;
pub use holder::Holder;
pub use journal::EntryRow;
pub use key::Key;
pub use rekey::NewKey;
pub use replace::{CheckedFile, check_file, replace_file};
pub use upkeep::{FileDetails, FileIdentity, read_details};
pub use verify::{ERASE_EVENT, VerifyProblem, VerifyReport};

use crate::register::Register;
use holder::Claim;

/// One open file, held exclusively until dropped. Fields are dropped in this order: the connection
/// before the copy it works on, the claim last.
pub struct Store {
    connection: Connection,
    private_copy: Option<TempDir>,
    key: Option<Key>,
    /// The file that was asked for, also when a copy of it is open.
    path: PathBuf,
    read_only: bool,
    after_crash: bool,
    poisoned: bool,
    revision: u64,
    head_hash: HeadHash,
    claim: Claim,
}

/// What opening yields besides the store.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// At the file's revision.
    pub register: Register,
    /// The hash of the newest journal entry; zeros in a file without one.
    pub head_hash: HeadHash,
}

impl Store {
    /// Makes a new file (0600) without any entry and holds it.
    ///
    /// # Errors
    /// [`StoreError::AlreadyExists`]; what the disk says, and then no file stays.
    pub fn create(
        path: &Path,
        key: Option<&Key>,
        holder: &Holder,
        created_at: Timestamp,
    ) -> Result<(Store, Loaded), StoreError> {
        opening::create_private(path)?;
        let made = Self::create_in(path, key, holder, created_at);
        if made.is_err() {
            // Made by this very call, so nothing of anybody is lost.
            remove_with_journal(path);
        }
        made
    }

    /// Closes a file that [`Store::create`] made a moment ago and takes it away again, where its first entry failed:
    /// a file without an organization is of no use and would stand in the way of the next try.
    pub fn discard(self) {
        let path = self.path.clone();
        drop(self);
        remove_with_journal(&path);
    }

    fn create_in(
        path: &Path,
        key: Option<&Key>,
        holder: &Holder,
        created_at: Timestamp,
    ) -> Result<(Store, Loaded), StoreError> {
        let claim = Claim::of(path)?;
        let key = key.map(Key::of_new_file).transpose()?;
        let mut connection = opening::connect(path, key.as_ref(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        opening::prepare(&connection)?;
        schema::migrate(&mut connection, 0, schema::MIGRATIONS)?;
        connection.execute(
            "INSERT INTO meta (key, value) VALUES ('created_at', ?1), ('created_by', ?2)",
            params![created_at.to_string(), env!("CARGO_PKG_VERSION")],
        )?;
        let opened =
            opening::Opened { connection, key, read_only: false, after_crash: false, private_copy: None };
        Self::load(path, opened, claim, Some(holder))
    }

    /// Opens a file and holds it. A file or folder that cannot be written is opened for reading, from a
    /// private copy. A file of an older format is migrated, after a copy `<name>.before-vN.sferum`.
    ///
    /// # Errors
    /// Why not, by [`StoreError`]; the file then has the bytes it had and no side file.
    pub fn open(path: &Path, key: Option<&Key>, holder: &Holder) -> Result<(Store, Loaded), StoreError> {
        Self::open_with(path, key, Some(holder), schema::MIGRATIONS)
    }

    /// Opens a file for reading from a private copy, whatever its medium allows (a network share, say).
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_read_only(path: &Path, key: Option<&Key>) -> Result<(Store, Loaded), StoreError> {
        Self::open_with(path, key, None, schema::MIGRATIONS)
    }

    fn open_with(
        path: &Path,
        key: Option<&Key>,
        holder: Option<&Holder>,
        migrations: &[&str],
    ) -> Result<(Store, Loaded), StoreError> {
        let claim = Claim::of(path)?;
        let opened = opening::open(path, key, holder.is_none(), migrations)?;
        Self::load(path, opened, claim, holder)
    }

    fn load(
        path: &Path,
        opened: opening::Opened,
        claim: Claim,
        holder: Option<&Holder>,
    ) -> Result<(Store, Loaded), StoreError> {
        let opening::Opened { connection, key, read_only, after_crash, private_copy } = opened;
        let newest = connection
            .query_row(
                "SELECT number, day, hash FROM journal_entry ORDER BY number DESC LIMIT 1",
                [],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, [u8; 32]>(2)?)),
            )
            .optional()?;
        let mut register = rows::load(&connection)?;
        // The register is in memory now; its pages need not be as well.
        connection.release_memory()?;
        let mut head_hash = HeadHash::default();
        if let Some((number, day, hash)) = newest {
            let unreadable = || StoreError::Damaged(format!("journal entry {number}: no date"));
            register.revision = u64::try_from(number).map_err(|_| unreadable())?;
            register.last_recorded_day = Some(day.parse().map_err(|_| unreadable())?);
            head_hash = HeadHash(hash);
        }
        if let (Some(holder), false) = (holder, read_only) {
            // It only names the holder to others: on a full disk the file must open all the same.
            let _ = holder::announce(path, holder);
        }
        let revision = register.revision;
        let path = path.to_path_buf();
        let store = Store {
            connection,
            private_copy,
            key,
            path,
            read_only,
            after_crash,
            poisoned: false,
            revision,
            head_hash,
            claim,
        };
        Ok((store, Loaded { register, head_hash }))
    }

    /// Whether the file is open for reading only.
    pub fn read_only(&self) -> bool {
        self.read_only
    }

    /// Whether the file was opened with this key: for asking somebody once more who sits at the open file.
    pub fn was_opened_with(&self, key: &Key) -> bool {
        self.key.as_ref().is_some_and(|own| key.is_same_as(own))
    }

    /// Whether the file has a key.
    pub fn encrypted(&self) -> bool {
        self.key.is_some()
    }

    /// The file that was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Number of the newest journal entry.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Hash of the newest journal entry.
    pub fn head_hash(&self) -> HeadHash {
        self.head_hash
    }

    /// When the file was made.
    ///
    /// # Errors
    /// [`StoreError::MustReopen`], [`StoreError::Damaged`].
    pub fn created_at(&self) -> Result<Timestamp, StoreError> {
        let text: String = self.sound_connection()?.query_row(
            "SELECT value FROM meta WHERE key = 'created_at'",
            [],
            |row| row.get(0),
        )?;
        text.parse().map_err(|_| StoreError::Damaged("no date of making".into()))
    }

    /// The connection, unless a failed write has made memory and file disagree.
    fn sound_connection(&self) -> Result<&Connection, StoreError> {
        if self.poisoned { Err(StoreError::MustReopen) } else { Ok(&self.connection) }
    }
}

/// Failing leaves a file that opens as unfounded.
fn remove_with_journal(path: &Path) {
    let _ = std::fs::remove_file(path);
    // Left alone it would be rolled back into the next file of this name.
    let _ = std::fs::remove_file(opening::journal_of(path));
}

/// Without the path, which may hold names.
impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Store(revision {}, read only: {})", self.revision, self.read_only)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // A store that gave its file away for another one has nothing to tidy.
        if self.private_copy.is_none() && self.claim.is_held() {
            holder::withdraw(&self.path);
            // After a failed write a journal may be needed to roll back: it is left for the next opening, unless it
            // was emptied, which is what a rollback ends with.
            if !self.poisoned || !opening::has_hot_journal(&self.path) {
                opening::release(&self.connection);
            }
        }
    }
}
