//! What is done for the file itself: checking its pages now and then, knowing which file it is, reading what a
//! backup holds without taking it over.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::holder::Claim;
use super::{HeadHash, Key, Store, StoreError, VerifyProblem, opening, schema, verify};
use crate::register::{EntityKind, Register};

const LAST_CHECK: &str = "pages_checked_on";

/// Which file it is, whatever its name, password and state: all copies of one file have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileIdentity {
    created_at: Timestamp,
    /// The hash of the first entry, which is salted; zeros where there is none.
    first_entry: HeadHash,
}

/// What a file holds, read without taking it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDetails {
    pub identity: FileIdentity,
    /// Number of the newest journal entry.
    pub revision: u64,
    /// Hash of the newest journal entry, to be compared with printed acts.
    pub head_hash: HeadHash,
    /// When the newest entry was written, and the wall clock's day of it; `None` in an empty file.
    pub last_entry: Option<(Timestamp, Date)>,
}

/// Reads what a closed file (a backup) holds. Writes nothing, takes no lock that lasts.
///
/// # Errors
/// As [`Store::open`]; the file this process has open is refused as held.
pub fn read_details(path: &Path, key: Option<&Key>) -> Result<FileDetails, StoreError> {
    let _claim = Claim::of(path)?;
    opening::check_first_bytes(path, key.is_some(), schema::MIGRATIONS)?;
    let connection = opening::connect(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // The first page is read here, so here a wrong key shows.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(
        |error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) if key.is_some() => StoreError::WrongKeyOrDamaged,
            _ => error.into(),
        },
    )?;
    schema::check(&connection, schema::MIGRATIONS)?;
    details(&connection)
}

fn details(connection: &Connection) -> Result<FileDetails, StoreError> {
    let unreadable = || StoreError::Damaged("no date of making".into());
    let made: String =
        connection.query_row("SELECT value FROM meta WHERE key = 'created_at'", [], |row| row.get(0))?;
    let created_at = made.parse().map_err(|_| unreadable())?;
    let first_entry = hash_of(connection, 1)?.unwrap_or_default();
    let newest = connection
        .query_row(
            "SELECT number, at, day, hash FROM journal_entry ORDER BY number DESC LIMIT 1",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, row.get(3)?)),
        )
        .optional()?;
    let identity = FileIdentity { created_at, first_entry };
    let Some((number, at, day, hash)) = newest else {
        return Ok(FileDetails { identity, revision: 0, head_hash: HeadHash::default(), last_entry: None });
    };
    let at = Timestamp::from_millisecond(at).map_err(|_| unreadable())?;
    Ok(FileDetails {
        identity,
        revision: u64::try_from(number).map_err(|_| unreadable())?,
        head_hash: HeadHash(hash),
        last_entry: Some((at, day.parse().map_err(|_| unreadable())?)),
    })
}

fn hash_of(connection: &Connection, number: i64) -> Result<Option<HeadHash>, StoreError> {
    let hash = connection
        .query_row("SELECT hash FROM journal_entry WHERE number = ?1", [number], |row| row.get(0))
        .optional()?;
    Ok(hash.map(HeadHash))
}

impl Store {
    /// Which file this is.
    ///
    /// # Errors
    /// [`StoreError::MustReopen`], [`StoreError::Damaged`].
    pub fn identity(&self) -> Result<FileIdentity, StoreError> {
        Ok(details(self.sound_connection()?)?.identity)
    }

    /// The hash of an entry; `None` where there is none with this number.
    ///
    /// # Errors
    /// [`StoreError::MustReopen`], [`StoreError::Damaged`].
    pub fn hash_of_entry(&self, number: u64) -> Result<Option<HeadHash>, StoreError> {
        match i64::try_from(number) {
            Ok(number) => hash_of(self.sound_connection()?, number),
            Err(_) => Ok(None),
        }
    }

    /// Whether the last writer was killed and its unfinished write was rolled back at opening.
    pub fn opened_after_crash(&self) -> bool {
        self.after_crash
    }

    /// Whether a failed write has closed the store to everything but opening it again.
    pub fn must_reopen(&self) -> bool {
        self.poisoned
    }

    /// The key the file was opened with.
    pub fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    /// Checks the pages, their seals and the references; reads the whole file once.
    ///
    /// # Errors
    /// Only when the file cannot be read at all.
    pub fn check_pages(&self) -> Result<Vec<VerifyProblem>, StoreError> {
        verify::list_page_problems(self.sound_connection()?, self.key.is_some())
    }

    /// The day of the newest check of the pages that found nothing.
    ///
    /// # Errors
    /// [`StoreError::MustReopen`], [`StoreError::Damaged`].
    pub fn pages_checked_on(&self) -> Result<Option<Date>, StoreError> {
        let mut statement =
            self.sound_connection()?.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        let day: Option<String> = statement.query_row([LAST_CHECK], |row| row.get(0)).optional()?;
        Ok(day.and_then(|day| day.parse().ok()))
    }

    /// Keeps the day of such a check.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn put_pages_checked_on(&mut self, day: Date) -> Result<(), StoreError> {
        self.write(|connection| {
            let mut statement = connection.prepare_cached(
                "INSERT INTO meta (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?;
            statement.execute(params![LAST_CHECK, day.to_string()])?;
            Ok(())
        })
    }

    /// Raises the counters of ids to those of a register: a restored file must not give out again what a
    /// discarded entry has given out, since it may stand on a printed act.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn raise_counters_to(&mut self, register: &Register) -> Result<(), StoreError> {
        self.write(|connection| {
            let mut raise = connection.prepare_cached(
                "INSERT INTO counter (kind, last) VALUES (?1, ?2)
                 ON CONFLICT (kind) DO UPDATE SET last = max(last, excluded.last)",
            )?;
            for kind in EntityKind::ALL {
                let last = register.counter(*kind);
                if last > 0 {
                    raise.execute(params![kind.code(), last])?;
                }
            }
            Ok(())
        })
    }

    /// Plays a full disk: from now on the file may not grow.
    #[cfg(test)]
    pub(crate) fn fill_the_disk(&self) {
        let pages: i64 =
            self.connection.pragma_query_value(None, "page_count", |row| row.get(0)).expect("a number");
        let set = format!("PRAGMA max_page_count={pages}");
        self.connection.query_row(&set, [], |_| Ok(())).expect("the limit is taken");
    }
}
