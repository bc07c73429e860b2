//! The backups of the open file as the settings list them.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::session::{BackupFile, BackupPlace, BackupProblem};
use crate::store::FileDetails;

/// The backups by their names, and what was read of some of them.
pub struct BackupListing {
    pub place: BackupPlace,
    /// Newest first.
    pub backups: Result<Vec<BackupFile>, BackupProblem>,
    /// What a backup holds, or the sentence why that cannot be told.
    pub details: HashMap<PathBuf, Result<FileDetails, String>>,
}

impl BackupListing {
    /// A fresh list, of which nothing was read.
    pub fn new(place: BackupPlace, backups: Result<Vec<BackupFile>, BackupProblem>) -> Self {
        Self { place, backups, details: HashMap::new() }
    }
}
