//! The worker's care for the file itself: checks, backups, restoring, opening again after a failed write.

use std::path::{Path, PathBuf};

use super::{Reply, State};
use crate::session::SessionError;
use crate::session::backup_names::BackupFile;
use crate::session::backups::BackupProblem;
use crate::session::backups::{
    BackupFolders, BackupOccasion, BackupPlace, BackupState, PageCheck, list_backups, newest_good_backup,
};
use crate::session::registers::Session;
use crate::session::restoring::{
    RestoreOffer, RestorePreview, RestoreProblem, Restored, offer_words, prepare_restore,
    prepare_restore_of_unreadable, restore_unreadable,
};
use crate::store::{FileDetails, Key};

/// What the view asks of the worker for the file itself.
pub enum CareRequest {
    /// Where backups go, from the user's configuration. Sent once at the start and whenever one is chosen.
    UseBackupFolders(BackupFolders),
    /// After every opening of a real file: checks the pages where that is due and makes the backup of the day.
    /// Answers [`CareReply::Checked`] (only if a check was due), then [`CareReply::Backups`].
    AtOpening,
    /// A backup where one is due. Edits wait no longer than for the copying; [`CareReply::Backups`] comes when the
    /// copy was opened again and checked.
    BackUp(BackupOccasion),
    /// How it stands.
    GetBackups,
    /// The backups of a file, open or not.
    ListBackups { file: PathBuf },
    /// What one backup holds; costs a key derivation.
    GetBackupDetails { backup: PathBuf },
    /// What a restore would change. `key`: of the backup; `None`: as the open file.
    PrepareRestore { file: PathBuf, backup: PathBuf, key: Option<Key> },
    /// Restores. Answers [`CareReply::Restored`], then [`Reply::Opened`] or [`Reply::OpenFailed`] for the file.
    Restore { file: PathBuf, backup: PathBuf, key: Option<Key> },
}

/// What the worker answers for the file itself.
pub enum CareReply {
    /// All pages were checked. With problems: say so before anything else, offer the newest good backup.
    Checked {
        check: PageCheck,
        offer: Option<RestoreOffer>,
    },
    /// How it stands with the backups; `made`: one was made just now. A problem is to be shown.
    Backups {
        state: BackupState,
        made: bool,
    },
    /// Newest first.
    BackupList {
        file: PathBuf,
        place: BackupPlace,
        backups: Result<Vec<BackupFile>, BackupProblem>,
    },
    BackupDetails {
        backup: PathBuf,
        details: Result<FileDetails, RestoreProblem>,
    },
    RestorePrepared {
        file: PathBuf,
        backup: PathBuf,
        preview: Result<Box<RestorePreview>, RestoreProblem>,
    },
    Restored {
        file: PathBuf,
        outcome: Result<Restored, RestoreProblem>,
    },
}

impl State {
    pub(super) fn care(&mut self, request: CareRequest) -> Option<Reply> {
        let reply = match request {
            CareRequest::UseBackupFolders(folders) => {
                self.backup_folders = folders;
                return None;
            }
            CareRequest::AtOpening => return self.care_at_opening(),
            CareRequest::BackUp(occasion) => return self.back_up(occasion),
            CareRequest::GetBackups => {
                let session = self.session.as_ref()?;
                let state = session.backup_state(&self.place_of(session.path()));
                CareReply::Backups { state, made: false }
            }
            CareRequest::ListBackups { file } => {
                let place = self.place_of(&file);
                let backups = list_backups(&place, &file);
                CareReply::BackupList { file, place, backups }
            }
            CareRequest::GetBackupDetails { backup } => {
                let key = self.session.as_ref().and_then(|session| session.store.key());
                let details = crate::session::restoring::backup_details(&backup, key);
                CareReply::BackupDetails { backup, details }
            }
            CareRequest::PrepareRestore { file, backup, key } => {
                let preview = match &self.session {
                    Some(session) => {
                        let key = key.as_ref().or(session.store.key());
                        prepare_restore(session, &backup, key)
                    }
                    None => prepare_restore_of_unreadable(&backup, key.as_ref()),
                };
                CareReply::RestorePrepared { file, backup, preview: preview.map(Box::new) }
            }
            CareRequest::Restore { file, backup, key } => {
                return Some(self.restore(file, &backup, key.as_ref()));
            }
        };
        Some(Reply::Care(reply))
    }

    pub(super) fn place_of(&self, file: &Path) -> BackupPlace {
        BackupPlace::of(file, &self.backup_folders)
    }

    fn care_at_opening(&mut self) -> Option<Reply> {
        let session = self.session.as_mut()?;
        if session.get_workspace("sample-day").ok().flatten().is_some() {
            // The sample is made anew any day.
            return None;
        }
        let place = BackupPlace::of(session.path(), &self.backup_folders);
        match session.check_pages_if_due() {
            Ok(Some(check)) => {
                let is_damaged = !check.problems.is_empty();
                // Which file it is may be what cannot be read.
                let identity = session.identity().ok();
                let newest = is_damaged
                    .then(|| newest_good_backup(&place, session.path(), session.key(), identity))
                    .and_then(|newest| newest.ok().flatten());
                let offer = newest.map(|backup| RestoreOffer {
                    text: format!("Файл открылся, но повреждён. {}", offer_words(&backup)),
                    backup,
                });
                self.further.push_back(Reply::Care(CareReply::Checked { check, offer }));
                if is_damaged {
                    // A copy of a damaged file would push a good one out.
                    return self.further.pop_front();
                }
            }
            Ok(None) => {}
            Err(error) => self.further.push_back(Reply::Refused { text: error.to_string() }),
        }
        let reply = self.back_up(BackupOccasion::FirstOpeningOfDay);
        self.further.extend(reply);
        self.further.pop_front()
    }

    fn back_up(&mut self, occasion: BackupOccasion) -> Option<Reply> {
        let session = self.session.as_ref()?;
        let place = self.place_of(session.path());
        let is_automatic = occasion != BackupOccasion::Asked;
        if is_automatic && session.read_only() {
            let state = session.backup_state(&place);
            return Some(Reply::Care(CareReply::Backups { state, made: false }));
        }
        let begun = session.begin_backup(&place, occasion);
        let state_of = |newest| session.state_of(&place, newest);
        match begun {
            Ok(None) => {
                let state = session.backup_state(&place);
                Some(Reply::Care(CareReply::Backups { state, made: false }))
            }
            Ok(Some(in_making)) => {
                // What is said where it fails: the newest good one of before.
                let before = session.newest_good(&place).ok().flatten();
                let state = state_of(Ok(before));
                let finish = move || {
                    let reply = match in_making.finish() {
                        Ok(made) => CareReply::Backups {
                            state: BackupState { newest: Some(made), ..state },
                            made: true,
                        },
                        Err(problem) => CareReply::Backups {
                            state: BackupState { problem: Some(problem), ..state },
                            made: false,
                        },
                    };
                    Reply::Care(reply)
                };
                match &self.later {
                    Some((replies, wake)) => {
                        let (replies, wake) = (replies.clone(), wake.clone());
                        std::thread::spawn(move || {
                            drop(replies.send(finish()));
                            wake();
                        });
                        None
                    }
                    None => Some(finish()),
                }
            }
            Err(problem) => {
                let newest = session.newest_good(&place).ok().flatten();
                let state = BackupState { problem: Some(problem), ..state_of(Ok(newest)) };
                Some(Reply::Care(CareReply::Backups { state, made: false }))
            }
        }
    }

    fn restore(&mut self, file: PathBuf, backup: &Path, key: Option<&Key>) -> Reply {
        let restored =
            |file: &Path, outcome| Reply::Care(CareReply::Restored { file: file.to_owned(), outcome });
        match self.session.take() {
            Some(session) => {
                let same = session.store.key().cloned();
                let (outcome, session) = session.restore(backup, key.or(same.as_ref()));
                match session {
                    // Nothing happened to the file: the view goes on with what it has.
                    Ok(session) if outcome.is_err() => self.session = Some(session),
                    session => {
                        let opened = self.opened(file.clone(), session, same.as_ref());
                        self.further.push_back(opened);
                    }
                }
                restored(&file, outcome)
            }
            None => match restore_unreadable(&file, backup, key, &self.clock, None) {
                Ok((outcome, session)) => {
                    let reply = restored(&file, Ok(outcome));
                    let opened = self.opened(file, Ok(session), key);
                    self.further.push_back(opened);
                    reply
                }
                Err(problem) => restored(&file, Err(problem)),
            },
        }
    }

    /// After a failed write (a full disk, a failed sync) memory and file may disagree: the file is opened again, and
    /// the view gets what it really holds.
    pub(super) fn reopen_after_failed_write(&mut self) {
        if !self.session.as_ref().is_some_and(Session::must_reopen) {
            return;
        }
        let Some(session) = self.session.take() else { return };
        let before = session.register().clone();
        let (path, key) = (session.path().to_owned(), session.store.key().cloned());
        match session.reopened() {
            Ok(session) => {
                if *session.register() != before {
                    let snapshot = super::snapshot_of(&session);
                    self.retired = self.snapshot.replace(snapshot.clone());
                    self.further.push_back(Reply::Rejudged { snapshot });
                }
                self.session = Some(session);
            }
            Err(error) => {
                let failed = self.opened(path, Err(error), key.as_ref());
                self.further.push_back(failed);
            }
        }
    }

    /// The newest good backup of a file that did not open.
    pub(super) fn offer(&self, error: &SessionError, file: &Path, key: Option<&Key>) -> Option<RestoreOffer> {
        crate::session::restoring::offer_for(error, file, key, &self.place_of(file))
    }
}
