//! Copies of the open file. Only through SQLite: reading the file beside it would drop its lock (POSIX),
//! and a copy counts only after it was opened again.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::{HeadHash, Key, Store, StoreError, opening};
use crate::files::write_atomically;

/// How hidden folders are named in which copies are made.
const MAKING: &str = ".copy-";
/// A folder of copies in the making that is so much older than the newest was left by a killed process.
const LEFT_BEHIND: Duration = Duration::from_secs(60 * 60);

impl Store {
    /// Writes a copy under the same key, opens it again, checks it page by page, and only then puts it
    /// in its place (over an older copy, if there is one).
    ///
    /// # Errors
    /// [`StoreError::AlreadyExists`] for the open file's own path, [`StoreError::CopyUnsound`], or what
    /// the disk says; an older copy is then as it was.
    pub fn backup_to(&self, path: &Path) -> Result<(), StoreError> {
        if self.claim.is_of(path) {
            return Err(StoreError::AlreadyExists);
        }
        copy(self.sound_connection()?, self.key.as_ref(), path)
    }

    /// The part of making a copy that needs the store: pages are copied into a hidden folder within `folder`.
    /// Everything else is done by [`UncheckedCopy::put`], on any thread, while the store goes on.
    ///
    /// # Errors
    /// [`StoreError::MustReopen`]; what the disk says, and then nothing stays.
    pub fn begin_copy(&self, folder: &Path) -> Result<UncheckedCopy, StoreError> {
        begin(self.sound_connection()?, self.key.as_ref(), folder, None)
    }

    /// A copy of this file under the key and the salt of another, put at a path where nothing is: what a restore
    /// begins with. `None`: the key and salt of this file.
    ///
    /// # Errors
    /// As [`Store::backup_to`].
    pub fn copy_for(&self, owner: Option<&Store>, path: &Path) -> Result<(), StoreError> {
        let Some(owner) = owner else { return self.backup_to(path) };
        let folder = folder_of(path);
        let salt = salt_of(owner.sound_connection()?, owner.key.as_ref())?;
        begin(self.sound_connection()?, owner.key.as_ref(), folder, Some(salt))?.put(path)
    }
}

/// A copy of a file that nobody has opened again yet. Dropping it removes it. `Debug` shows no path.
pub struct UncheckedCopy {
    /// Removed on drop.
    _folder: TempDir,
    copied: PathBuf,
    key: Option<Key>,
    changes: i64,
    head_hash: HeadHash,
}

impl UncheckedCopy {
    /// The head of the journal that was copied.
    pub fn head_hash(&self) -> HeadHash {
        self.head_hash
    }

    /// Opens the copy again, checks pages and seals, compares its journal's end with the original's, and only then
    /// puts it in its place, over a file that is there.
    ///
    /// # Errors
    /// [`StoreError::CopyUnsound`], or what the disk says; a file that is there is then as it was.
    pub fn put(self, target: &Path) -> Result<(), StoreError> {
        let copy = opening::connect(&self.copied, self.key.as_ref(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let is_sound = super::verify::list_page_problems(&copy, self.key.is_some())?.is_empty();
        if !is_sound || journal_end(&copy)? != (self.changes, self.head_hash) {
            return Err(StoreError::CopyUnsound);
        }
        copy.close().map_err(|(_, error)| StoreError::from(error))?;
        // Written anew rather than renamed, so that it is synced and put in place in one way everywhere.
        write_atomically(target, |writer| {
            std::io::copy(&mut std::fs::File::open(&self.copied)?, writer).map(drop)
        })?;
        Ok(())
    }
}

impl fmt::Debug for UncheckedCopy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "UncheckedCopy(head {})", self.head_hash)
    }
}

/// Copies a database to a file, verified. The copy is as encrypted as the original.
pub(super) fn copy(from: &Connection, key: Option<&Key>, target: &Path) -> Result<(), StoreError> {
    begin(from, key, folder_of(target), None)?.put(target)
}

/// `salt`: of the file that the copy is to stand for; `None` the salt of `from`.
fn begin(
    from: &Connection,
    key: Option<&Key>,
    folder: &Path,
    salt: Option<Option<String>>,
) -> Result<UncheckedCopy, StoreError> {
    let made_in = making_folder(folder)?;
    let copied = made_in.path().join("copy");
    opening::create_private(&copied)?;
    let mut to = opening::connect(&copied, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // With the salt a password leads to the same raw key, which the recovery code is made of.
    if let Some(salt) = salt.map_or_else(|| salt_of(from, key), Ok)? {
        to.pragma_update(None, "cipher_salt", format!("x'{salt}'"))?;
    }
    to.pragma_update(None, "synchronous", "FULL")?;
    let (changes, head_hash) = journal_end(from)?;
    Backup::new(from, &mut to)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
    to.close().map_err(|(_, error)| StoreError::from(error))?;
    Ok(UncheckedCopy { _folder: made_in, copied, key: key.cloned(), changes, head_hash })
}

fn salt_of(connection: &Connection, key: Option<&Key>) -> Result<Option<String>, StoreError> {
    if key.is_none() {
        return Ok(None);
    }
    let salt: String = connection.pragma_query_value(None, "cipher_salt", |row| row.get(0))?;
    let is_salt = salt.len() == 32 && salt.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_salt { Ok(Some(salt)) } else { Err(StoreError::CopyUnsound) }
}

/// How many changes the journal holds, and the hash of its newest entry.
fn journal_end(connection: &Connection) -> Result<(i64, HeadHash), StoreError> {
    let (changes, hash): (i64, Option<[u8; 32]>) = connection.query_row(
        "SELECT count(*), (SELECT hash FROM journal_entry ORDER BY number DESC LIMIT 1) FROM journal_change",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok((changes, hash.map(HeadHash).unwrap_or_default()))
}

/// A hidden folder, removed on drop, for a copy in the making; also removes what killed processes left of theirs.
///
/// # Errors
/// What the disk says.
pub fn making_folder(within: &Path) -> Result<TempDir, StoreError> {
    let made = tempfile::Builder::new().prefix(MAKING).tempdir_in(within)?;
    remove_left_behind(within, made.path());
    Ok(made)
}

/// What killed processes left. Their age is told by the files alone: the computer's clock may be another's.
fn remove_left_behind(folder: &Path, newest: &Path) {
    let modified = |path: &Path| path.symlink_metadata().and_then(|metadata| metadata.modified()).ok();
    let (Some(now), Ok(entries)) = (modified(newest), std::fs::read_dir(folder)) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_ours = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(MAKING));
        let is_folder = path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
        let age = modified(&path).and_then(|then| now.duration_since(then).ok()).unwrap_or_default();
        if is_ours && is_folder && age > LEFT_BEHIND {
            // Not worth a message: it is tried again with the next copy.
            let _ = std::fs::remove_dir_all(&path);
        }
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
