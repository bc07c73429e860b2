//! What can go wrong with the file. English and without paths, names or contents: `session` puts it
//! into Russian.

use std::io;

use rusqlite::ErrorCode;

use super::holder::Holder;

/// Why the store refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file at the path.
    #[error("the file does not exist")]
    NotFound,
    /// A new file would replace one that is there.
    #[error("there already is a file")]
    AlreadyExists,
    /// Empty, a document of another program or another program's database. Untouched.
    #[error("not a file of this program")]
    NotOurs,
    /// Written by a newer program. Untouched.
    #[error("the file has format {file}, this program knows formats up to {program}")]
    NewerVersion { file: u32, program: u32 },
    /// Not readable without a password (or not a file of ours: the two look alike).
    #[error("the file needs a key")]
    KeyRequired,
    /// A password was given for a file that has none.
    #[error("the file is not encrypted, a key was given")]
    KeyNotNeeded,
    /// The key is wrong or the beginning of the file is damaged: with encryption these look alike.
    #[error("the key is wrong or the file is damaged")]
    WrongKeyOrDamaged,
    /// The file is ours and broken. Untouched.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// Tables, triggers or views that this program never made. Untouched.
    #[error("the file holds foreign tables, triggers or views")]
    ForeignSchema,
    /// Open in another window or on another computer; who has it, as far as is known.
    #[error("the file is held by another process")]
    HeldByAnother(Option<Holder>),
    /// Opened for reading only.
    #[error("the file was opened for reading only")]
    ReadOnly,
    /// The changes were decided on another register than the file holds. Nothing was written.
    #[error("decided at revision {decided_at}, the file is at {file}")]
    RevisionMismatch { decided_at: u64, file: u64 },
    /// An empty change set is a programming error: nothing is to be written then.
    #[error("the change set is empty")]
    EmptyChangeSet,
    /// The changes contradict the file (a row to be changed is missing, a reference leads nowhere).
    /// Nothing was written.
    #[error("the changes contradict the file")]
    Inconsistent,
    /// No room on the disk. Nothing was written.
    #[error("the disk is full")]
    DiskFull,
    /// After a failed write memory and file may disagree: close and open again.
    #[error("a write failed, the file must be opened again")]
    MustReopen,
    /// A copy was made and could not be opened again; it was thrown away.
    #[error("the copy could not be verified")]
    CopyUnsound,
    /// The last writer of a file was killed and left a journal that the file still needs: open and close it first.
    #[error("the file has an unfinished write to be rolled back")]
    UnfinishedWrite,
    /// The system gave no random bytes.
    #[error("no random bytes from the system")]
    NoRandomness,
    /// What the system says.
    #[error("input/output: {0}")]
    Io(io::ErrorKind),
    /// Any other result of SQLite, by its extended code.
    #[error("sqlite result {0}")]
    Sqlite(i32),
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => StoreError::NotFound,
            io::ErrorKind::AlreadyExists => StoreError::AlreadyExists,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
            kind => StoreError::Io(kind),
        }
    }
}

/// Messages of SQLite may quote statements and values: only the code goes on.
impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error;
        match &error {
            Error::SqliteFailure(failure, _) | Error::SqlInputError { error: failure, .. } => {
                match failure.code {
                    ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::HeldByAnother(None),
                    ErrorCode::DiskFull => StoreError::DiskFull,
                    ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                        StoreError::Damaged(format!("sqlite result {}", failure.extended_code))
                    }
                    ErrorCode::ReadOnly => StoreError::ReadOnly,
                    ErrorCode::ConstraintViolation => StoreError::Inconsistent,
                    _ => StoreError::Sqlite(failure.extended_code),
                }
            }
            Error::FromSqlConversionFailure(..)
            | Error::InvalidColumnType(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
            | Error::QueryReturnedNoRows => StoreError::Damaged("a row of an unexpected form".into()),
            _ => StoreError::Sqlite(-1),
        }
    }
}

impl From<rusqlite::types::FromSqlError> for StoreError {
    fn from(_: rusqlite::types::FromSqlError) -> Self {
        StoreError::Damaged("a row of an unexpected form".into())
    }
}
