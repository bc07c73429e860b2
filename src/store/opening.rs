//! Opening: what a file is, told before it is touched; the connection; the private copy.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tempfile::TempDir;

use super::holder::with_suffix;
use super::{Key, StoreError, holder, schema};

/// The first bytes of every plain SQLite file.
const PLAIN_HEADER: &[u8; 16] = b"SQLite format 3\0";
/// The page size of our files: SQLCipher's and SQLite's default. No encrypted file is shorter.
const PAGE: u64 = 4096;

/// A file that passed every check but is not loaded yet.
pub(super) struct Opened {
    pub(super) connection: Connection,
    pub(super) read_only: bool,
    /// The last writer was killed; its unfinished write was rolled back.
    pub(super) after_crash: bool,
    /// Holds the copy that is really open; removed on drop, after the connection.
    pub(super) private_copy: Option<TempDir>,
}

/// Opens and checks. Whatever is refused keeps its bytes, and nothing stays beside it.
pub(super) fn open(
    path: &Path,
    key: Option<&Key>,
    force_read_only: bool,
    migrations: &[&str],
) -> Result<Opened, StoreError> {
    check_first_bytes(path, key.is_some(), migrations)?;
    let read_only = force_read_only || !is_writable(path);
    let hot = has_hot_journal(path);
    if read_only || hot {
        // Also tells a journal that is hot from one that its holder is just writing.
        refuse_if_held(path)?;
    }
    if read_only {
        let (folder, copy) = private_copy(path)?;
        let (mut connection, version) = connect_and_check(&copy, key, migrations)?;
        prepare(&connection)?;
        if (version as usize) < migrations.len() {
            schema::migrate(&mut connection, version, migrations)?;
        }
        connection.pragma_update(None, "query_only", true)?;
        return Ok(Opened { connection, read_only, after_crash: hot, private_copy: Some(folder) });
    }
    if hot {
        // Rolling a journal back writes to the file, so whether the file is ours is told on a copy.
        let (_folder, copy) = private_copy(path)?;
        connect_and_check(&copy, key, migrations)?;
    }
    let (mut connection, version) = connect_and_check(path, key, migrations)?;
    prepare(&connection)?;
    if (version as usize) < migrations.len() {
        let backup = path.with_extension(format!("before-v{}.sferum", migrations.len()));
        super::backup::copy(&connection, key, &backup)?;
        schema::migrate(&mut connection, version, migrations)?;
    }
    Ok(Opened { connection, read_only, after_crash: hot, private_copy: None })
}

/// A bare connection: key, caution, no waiting. Nothing of the file has been read yet.
pub(super) fn connect(path: &Path, key: Option<&Key>, flags: OpenFlags) -> Result<Connection, StoreError> {
    // Absolute, since this SQLite takes a path that begins with «file:» for an address.
    let path = std::path::absolute(path)?;
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // SQLCipher would write its own remarks to stderr.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    if let Some(key) = key {
        key.apply(&connection)?;
    }
    connection.busy_timeout(std::time::Duration::ZERO)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(96);
    Ok(connection)
}

/// Connects, takes the exclusive lock and checks that the file is ours, known and unchanged in form.
fn connect_and_check(
    path: &Path,
    key: Option<&Key>,
    migrations: &[&str],
) -> Result<(Connection, u32), StoreError> {
    let connection = connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    // The mode alone locks only at first use.
    let lock = connection.execute_batch("BEGIN EXCLUSIVE; COMMIT").and_then(|()| {
        // The first page is read here, so here a wrong key shows.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))
    });
    if let Err(error) = lock {
        return Err(match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                StoreError::HeldByAnother(holder::read(path))
            }
            Some(ErrorCode::NotADatabase) if key.is_some() => StoreError::WrongKeyOrDamaged,
            _ => error.into(),
        });
    }
    let journal_mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if journal_mode.eq_ignore_ascii_case("wal") {
        return Err(StoreError::NotOurs);
    }
    let version = schema::check(&connection, migrations)?;
    Ok((connection, version))
}

/// Settings of a file that may be written.
pub(super) fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "journal_mode", "TRUNCATE")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    // 64 MiB: an import of a large school spills little before its commit. Given back after use.
    connection.pragma_update(None, "cache_size", -65_536)?;
    Ok(())
}

/// Gives the lock and the empty journal back in SQLite's own way, so that the file stands alone.
pub(super) fn release(connection: &Connection) {
    // Failing leaves an empty journal beside the file, which harms nothing.
    let _ = connection.pragma_update(None, "locking_mode", "NORMAL");
    let _ = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    let _ = connection.pragma_update(None, "journal_mode", "DELETE");
}

/// What can be told from the first bytes, before SQLite sees the file.
pub(super) fn check_first_bytes(path: &Path, keyed: bool, migrations: &[&str]) -> Result<(), StoreError> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(StoreError::NotOurs);
    }
    let mut first = Vec::with_capacity(256);
    File::open(path)?.take(256).read_to_end(&mut first)?;
    if !first.starts_with(PLAIN_HEADER) {
        return Err(if metadata.len() < PAGE || is_another_document(&first) {
            StoreError::NotOurs
        } else if keyed {
            return Ok(());
        } else {
            StoreError::KeyRequired
        });
    }
    let number = |at: usize| {
        first.get(at..at + 4).map(|bytes| u32::from_be_bytes(bytes.try_into().expect("four bytes")))
    };
    let (Some(version), Some(application)) = (number(60), number(68)) else {
        return Err(StoreError::NotOurs);
    };
    schema::check_marks(application as i32, version, migrations)?;
    // Bytes 18 and 19 are 2 in a file with a write-ahead log, which ours never have.
    if first[18..20] == [2, 2] {
        return Err(StoreError::NotOurs);
    }
    if keyed { Err(StoreError::KeyNotNeeded) } else { Ok(()) }
}

/// Text and common containers, so that a roster opened by mistake is not asked for a password.
/// In 256 bytes of an encrypted file some are control characters, all but certainly.
fn is_another_document(first: &[u8]) -> bool {
    let known: [&[u8]; 5] = [b"PK\x03\x04", b"%PDF", b"\xD0\xCF\x11\xE0", b"\xFF\xFE", b"\x89PNG"];
    let is_text = |byte: &u8| *byte >= b' ' || matches!(byte, b'\t' | b'\r' | b'\n');
    known.iter().any(|magic| first.starts_with(magic)) || first.iter().all(is_text)
}

fn is_writable(path: &Path) -> bool {
    let marked = std::fs::metadata(path).map_or(true, |metadata| metadata.permissions().readonly());
    if marked || File::options().write(true).open(path).is_err() {
        return false;
    }
    // The journal needs the folder.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match tempfile::Builder::new().prefix(".probe-").tempfile_in(folder) {
        Ok(_) => true,
        // A full disk is not a closed one: what is there must stay open to be freed of something.
        Err(error) => matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded),
    }
}

fn journal_of(path: &Path) -> PathBuf {
    with_suffix(path, "-journal")
}

pub(super) fn has_hot_journal(path: &Path) -> bool {
    std::fs::metadata(journal_of(path)).is_ok_and(|metadata| metadata.len() > 0)
}

/// A holder's lock turns even a reader away; no key is needed to see that.
pub(super) fn refuse_if_held(path: &Path) -> Result<(), StoreError> {
    let connection = connect(path, None, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let outcome = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match outcome.err().and_then(|error| error.sqlite_error_code()) {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Err(StoreError::HeldByAnother(holder::read(path)))
        }
        _ => Ok(()),
    }
}

/// Copies file and journal, as encrypted as they are, to a folder only this user can enter.
fn private_copy(path: &Path) -> Result<(TempDir, PathBuf), StoreError> {
    let folder = tempfile::Builder::new().prefix("sferum-console-").tempdir()?;
    let copy = folder.path().join("copy");
    copy_file(path, &copy)?;
    if has_hot_journal(path) {
        copy_file(&journal_of(path), &journal_of(&copy))?;
    }
    Ok((folder, copy))
}

/// Unlike `std::fs::copy` does not take over a read-only mark.
fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    io::copy(&mut File::open(from)?, &mut create_private(to)?)?;
    Ok(())
}

/// Creates a file that only this user can read; refuses where one is there already.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
