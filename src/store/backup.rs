//! Copies of the open file. Only through SQLite: reading the file beside it would drop its lock (POSIX),
//! and a copy counts only after it was opened again.

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::{Key, Store, StoreError, opening};
use crate::files::write_atomically;

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
}

/// Copies a database to a file, verified. The copy is as encrypted as the original.
pub(super) fn copy(from: &Connection, key: Option<&Key>, target: &Path) -> Result<(), StoreError> {
    let parent = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = tempfile::Builder::new().prefix(".copy-").tempdir_in(parent)?;
    let copied = folder.path().join("copy");
    opening::create_private(&copied)?;
    let mut to = opening::connect(&copied, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    to.pragma_update(None, "synchronous", "FULL")?;
    Backup::new(from, &mut to)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
    to.close().map_err(|(_, error)| StoreError::from(error))?;
    verify_copy(from, &copied, key)?;
    // Written anew rather than renamed, so that it is synced and put in place in one way everywhere.
    write_atomically(target, |writer| std::io::copy(&mut std::fs::File::open(&copied)?, writer).map(drop))?;
    Ok(())
}

/// Opens the copy again and compares it with its original.
fn verify_copy(from: &Connection, copied: &Path, key: Option<&Key>) -> Result<(), StoreError> {
    let copy = opening::connect(copied, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let sound: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    let journal_end = |connection: &Connection| {
        connection.query_row(
            "SELECT count(*), (SELECT hash FROM journal_entry ORDER BY number DESC LIMIT 1) FROM journal_change",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<Vec<u8>>>(1)?)),
        )
    };
    if sound != "ok" || journal_end(&copy)? != journal_end(from)? {
        return Err(StoreError::CopyUnsound);
    }
    Ok(())
}
