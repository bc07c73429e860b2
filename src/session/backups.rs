//! Backups: where they go, when one is made, which is the newest good one, which may go (faults row 15).

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};

use super::backup_names::{BackupFile, folder_beside, list, new_backup_path};
use super::backup_thinning::backups_to_remove;
use super::registers::Session;
use crate::files::{MediumKind, examine};
use crate::store::{
    FileDetails, FileIdentity, HeadHash, Key, StoreError, UncheckedCopy, VerifyProblem, read_details,
};

/// How many of the newest backups are opened in search of a good one. Each costs a key derivation.
const TRIED: usize = 5;
/// Days between two checks of all pages.
const CHECK_EVERY: i32 = 7;

/// Folders chosen for backups, by file (absolute paths); kept in the user's own configuration.
pub type BackupFolders = BTreeMap<PathBuf, PathBuf>;

/// Where backups of a file go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupPlace {
    pub folder: PathBuf,
    /// Chosen by the user (a stick, say): when it is missing that is said. The one beside the file is made anew.
    pub chosen: bool,
}

impl BackupPlace {
    /// `Резервные копии` beside the file.
    pub fn beside(file: &Path) -> BackupPlace {
        BackupPlace { folder: folder_beside(file), chosen: false }
    }

    /// The folder chosen for this file, or the one beside it.
    pub fn of(file: &Path, folders: &BackupFolders) -> BackupPlace {
        let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        match folders.get(&absolute).or_else(|| folders.get(file)) {
            Some(folder) => BackupPlace { folder: folder.clone(), chosen: true },
            None => BackupPlace::beside(file),
        }
    }

    fn make_ready(&self) -> Result<(), BackupProblem> {
        match std::fs::metadata(&self.folder) {
            Ok(metadata) if metadata.is_dir() => Ok(()),
            Ok(_) => Err(BackupProblem::FolderClosed),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !self.chosen => {
                std::fs::create_dir(&self.folder).map_err(|error| BackupProblem::of_folder(error.kind()))
            }
            Err(error) => Err(BackupProblem::of_folder(error.kind())),
        }
    }
}

/// Why a backup is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupOccasion {
    /// The first opening of a day; only if something changed since the newest good one.
    FirstOpeningOfDay,
    /// Before an import, a change of the password, an erasure; not if the newest good one is the same.
    BeforeBigChange,
    /// The user asked for one: always.
    Asked,
}

/// Why there is no new backup. `Display` is the Russian sentence, without folders and names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupProblem {
    #[error(
        "Папки для резервных копий нет на месте: может быть, вынута флешка. Копия не сделана. Вставьте её или выберите \
         другую папку."
    )]
    FolderMissing,
    #[error("В папку для резервных копий нельзя писать. Копия не сделана. Выберите другую папку.")]
    FolderClosed,
    #[error(
        "В папке для резервных копий нет места. Копия не сделана. Освободите место или выберите другую папку."
    )]
    NoRoom,
    #[error(
        "Копия при проверке не открылась и убрана. Прежние копии целы. Проверьте носитель или выберите другую папку."
    )]
    Unsound,
    #[error("Файл не читается целиком, копия не сделана. Прежние копии целы. Восстановите файл из копии.")]
    FileDamaged,
    #[error("Резервную копию не удалось сделать. Прежние копии целы. Проверьте папку и повторите.")]
    Other,
}

impl BackupProblem {
    fn of_folder(kind: io::ErrorKind) -> BackupProblem {
        match StoreError::from(io::Error::from(kind)) {
            StoreError::NotFound => BackupProblem::FolderMissing,
            StoreError::DiskFull => BackupProblem::NoRoom,
            _ => BackupProblem::FolderClosed,
        }
    }
}

impl From<StoreError> for BackupProblem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => BackupProblem::FolderMissing,
            StoreError::DiskFull => BackupProblem::NoRoom,
            StoreError::CopyUnsound => BackupProblem::Unsound,
            StoreError::Damaged(_) => BackupProblem::FileDamaged,
            StoreError::Io(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => {
                BackupProblem::FolderClosed
            }
            _ => BackupProblem::Other,
        }
    }
}

/// A backup that was opened and is of this very file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodBackup {
    pub file: BackupFile,
    pub details: FileDetails,
}

/// How it stands with the backups of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupState {
    pub place: BackupPlace,
    /// What the folder lies on: a cloud folder is worth a word.
    pub medium: MediumKind,
    /// The newest backup that opens and is of this file. Entries after [`FileDetails::revision`] are in no backup.
    pub newest: Option<GoodBackup>,
    /// Why the folder cannot be read or the last backup was not made.
    pub problem: Option<BackupProblem>,
}

/// The backups of a file, newest first, by their names; none of them is opened.
///
/// # Errors
/// When the chosen folder is missing or cannot be read; the folder beside the file may be missing.
pub fn list_backups(place: &BackupPlace, file: &Path) -> Result<Vec<BackupFile>, BackupProblem> {
    match list(&place.folder, file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && !place.chosen => Ok(Vec::new()),
        listed => listed.map_err(|error| BackupProblem::of_folder(error.kind())),
    }
}

/// The newest backup that opens with this key and, where the file is known, is of it. It alone counts.
///
/// # Errors
/// As [`list_backups`].
pub fn newest_good_backup(
    place: &BackupPlace,
    file: &Path,
    key: Option<&Key>,
    identity: Option<FileIdentity>,
) -> Result<Option<GoodBackup>, BackupProblem> {
    for backup in list_backups(place, file)?.into_iter().take(TRIED) {
        if let Ok(details) = read_details(&backup.path, key)
            && identity.is_none_or(|identity| identity == details.identity)
        {
            return Ok(Some(GoodBackup { file: backup, details }));
        }
    }
    Ok(None)
}

/// A backup whose pages are copied; what is left to do needs no session and goes on any thread.
#[derive(Debug)]
pub struct BackupInMaking {
    copy: UncheckedCopy,
    place: BackupPlace,
    file: PathBuf,
    key: Option<Key>,
    identity: FileIdentity,
    at: DateTime,
}

impl BackupInMaking {
    /// Opens the copy again, checks it, gives it its name and thins the older ones.
    ///
    /// # Errors
    /// What was wrong; the older backups are as they were.
    pub fn finish(self) -> Result<GoodBackup, BackupProblem> {
        let head_hash = self.copy.head_hash();
        let path = new_backup_path(&self.place.folder, &self.file, self.at);
        self.copy.put(&path)?;
        let details = read_details(&path, self.key.as_ref()).map_err(|_| BackupProblem::Unsound)?;
        if details.identity != self.identity || details.head_hash != head_hash {
            return Err(BackupProblem::Unsound);
        }
        let listed = list_backups(&self.place, &self.file)?;
        let made = listed.iter().find(|backup| backup.path == path).cloned().ok_or(BackupProblem::Other)?;
        thin(&listed, self.at.date(), self.key.as_ref(), self.identity);
        Ok(GoodBackup { file: made, details })
    }
}

/// Removes what is not needed any more. Only what opens and is of this very file: two schools may keep their backups
/// in one folder under one name.
fn thin(listed: &[BackupFile], today: Date, key: Option<&Key>, identity: FileIdentity) {
    let made: Vec<DateTime> = listed.iter().map(|backup| backup.made_at).collect();
    for place in backups_to_remove(&made, today) {
        let path = &listed[place].path;
        if read_details(path, key).is_ok_and(|details| details.identity == identity) {
            // What cannot be removed now is tried again with the next backup.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Backups after their file was rewritten (a new password, an erasure).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplacedBackups {
    /// How many old ones were removed.
    pub removed: usize,
    /// Those that stayed: of another file or password, or closed for writing. An act names them.
    pub left: Vec<PathBuf>,
}

/// What a check of all pages found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageCheck {
    pub because: CheckedBecause,
    /// Empty: all is well.
    pub problems: Vec<VerifyProblem>,
}

/// Why the pages were checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckedBecause {
    /// The last writer was killed.
    AfterCrash,
    /// The last check is a week old.
    Weekly,
}

impl Session {
    /// How it stands with the backups; opens the newest.
    pub fn backup_state(&self, place: &BackupPlace) -> BackupState {
        let newest = self.newest_good(place);
        self.state_of(place, newest)
    }

    pub(super) fn state_of(
        &self,
        place: &BackupPlace,
        newest: Result<Option<GoodBackup>, BackupProblem>,
    ) -> BackupState {
        let (newest, problem) = match newest {
            Ok(newest) => (newest, None),
            Err(problem) => (None, Some(problem)),
        };
        BackupState { place: place.clone(), medium: examine(&place.folder).kind, newest, problem }
    }

    pub(super) fn newest_good(&self, place: &BackupPlace) -> Result<Option<GoodBackup>, BackupProblem> {
        newest_good_backup(place, &self.path, self.store.key(), Some(self.store.identity()?))
    }

    /// Begins a backup where one is due: the part that needs the session, no longer than copying the pages. `None`:
    /// none is due.
    ///
    /// # Errors
    /// Why none can be made.
    pub fn begin_backup(
        &self,
        place: &BackupPlace,
        occasion: BackupOccasion,
    ) -> Result<Option<BackupInMaking>, BackupProblem> {
        place.make_ready()?;
        let identity = self.store.identity()?;
        let now = self.clock.now();
        if occasion != BackupOccasion::Asked {
            let newest = self.newest_good(place)?;
            let is_due = newest.is_none_or(|newest| {
                let of_today = newest.file.made_at.date() == now.date();
                let changed = newest.details.head_hash != self.store.head_hash();
                changed && !(of_today && occasion == BackupOccasion::FirstOpeningOfDay)
            });
            if !is_due {
                return Ok(None);
            }
        }
        let copy = self.store.begin_copy(&place.folder)?;
        Ok(Some(BackupInMaking {
            copy,
            place: place.clone(),
            file: self.path.clone(),
            key: self.store.key().cloned(),
            identity,
            at: now.datetime(),
        }))
    }

    /// Makes a backup where one is due and waits for it. `None`: none is due.
    ///
    /// # Errors
    /// Why there is none.
    pub fn back_up(
        &self,
        place: &BackupPlace,
        occasion: BackupOccasion,
    ) -> Result<Option<GoodBackup>, BackupProblem> {
        self.begin_backup(place, occasion)?.map(BackupInMaking::finish).transpose()
    }

    /// Makes a backup and then removes all older ones of this file: after an erasure, and after a change of the
    /// password with the key of before (`old_key`).
    ///
    /// # Errors
    /// Why there is no new one; then nothing was removed.
    pub fn replace_backups(
        &self,
        place: &BackupPlace,
        old_key: Option<&Key>,
    ) -> Result<(GoodBackup, ReplacedBackups), BackupProblem> {
        let identity = self.store.identity()?;
        let older = list_backups(place, &self.path)?;
        let made = self.back_up(place, BackupOccasion::Asked)?.ok_or(BackupProblem::Other)?;
        let mut replaced = ReplacedBackups::default();
        for backup in older.into_iter().filter(|backup| backup.path.exists()) {
            let is_of_this_file = [self.store.key(), old_key]
                .into_iter()
                .any(|key| read_details(&backup.path, key).is_ok_and(|details| details.identity == identity));
            if is_of_this_file && std::fs::remove_file(&backup.path).is_ok() {
                replaced.removed += 1;
            } else {
                replaced.left.push(backup.path);
            }
        }
        Ok((made, replaced))
    }

    /// Checks all pages after a crash and once a week, and keeps the day of a check that found nothing. `None`: none
    /// was due.
    ///
    /// # Errors
    /// When the day cannot be written.
    pub fn check_pages_if_due(&mut self) -> Result<Option<PageCheck>, super::SessionError> {
        let today = self.clock.wall_day();
        let because = if self.store.opened_after_crash() {
            CheckedBecause::AfterCrash
        } else {
            let last = match self.store.pages_checked_on() {
                // The day itself may lie on a page that is damaged: all the more reason to look.
                Err(StoreError::Damaged(_)) => None,
                last => last?,
            };
            // A day to come was written by a wrong clock.
            let is_fresh = last.is_some_and(|last| last <= today && (today - last).get_days() < CHECK_EVERY);
            if is_fresh || self.store.read_only() {
                return Ok(None);
            }
            CheckedBecause::Weekly
        };
        let problems = self.check_pages()?;
        Ok(Some(PageCheck { because, problems }))
    }

    /// Checks all pages now and keeps the day, if nothing was found.
    ///
    /// # Errors
    /// When the file cannot be read at all or the day cannot be written.
    pub fn check_pages(&mut self) -> Result<Vec<VerifyProblem>, super::SessionError> {
        let problems = match self.store.check_pages() {
            Err(StoreError::Damaged(detail)) => vec![VerifyProblem::Pages(detail)],
            checked => checked?,
        };
        if problems.is_empty() && !self.store.read_only() {
            self.store.put_pages_checked_on(self.clock.wall_day())?;
        }
        Ok(problems)
    }

    /// The day of the newest check of all pages that found nothing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pages_checked_on(&self) -> Result<Option<Date>, super::SessionError> {
        Ok(self.store.pages_checked_on()?)
    }

    /// Which file this is; all its backups have the same.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn identity(&self) -> Result<FileIdentity, super::SessionError> {
        Ok(self.store.identity()?)
    }

    /// Hash of the newest journal entry.
    pub fn head_hash(&self) -> HeadHash {
        self.store.head_hash()
    }
}
