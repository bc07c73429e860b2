//! Putting a checked file in the place of another (faults row 14): check, keep the present one, swap, tidy. Killed at
//! any point, the path leads to the old file whole or to the new one whole, and nothing is lost.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::holder::{Claim, side_file, with_suffix};
use super::{HeadHash, Key, Store, StoreError, opening};
use crate::files::sync_folder;

/// A file that was opened, checked page by page and whose journal is whole; the proof that [`replace_file`] asks for.
/// `Debug` shows no path.
pub struct CheckedFile {
    path: PathBuf,
    revision: u64,
    head_hash: HeadHash,
}

impl CheckedFile {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Number of its newest journal entry.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Hash of its newest journal entry.
    pub fn head_hash(&self) -> HeadHash {
        self.head_hash
    }
}

impl std::fmt::Debug for CheckedFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "CheckedFile(revision {})", self.revision)
    }
}

/// Opens a file from a private copy and checks everything in it: pages, ciphers, references, schema, journal chain,
/// register against journal. Writes nothing to it.
///
/// # Errors
/// As [`Store::open_read_only`]; [`StoreError::CopyUnsound`] where it opens and something in it is not whole.
pub fn check_file(path: &Path, key: Option<&Key>) -> Result<CheckedFile, StoreError> {
    let (store, loaded) = Store::open_read_only(path, key)?;
    if !store.verify()?.problems.is_empty() {
        return Err(StoreError::CopyUnsound);
    }
    let (revision, head_hash) = (store.revision(), loaded.head_hash);
    Ok(CheckedFile { path: path.to_owned(), revision, head_hash })
}

/// Puts a checked file in the place of `present`, which must be closed. `with` must lie in the same folder (or at
/// least on the same disk) and is gone from its own name afterwards.
///
/// 1. `present` gets the second name `keep_as`, with a rollback journal that it still needs; where the disk knows no
///    second names it is copied. A file that is there already is never overwritten.
/// 2. `with` is renamed over `present`: one step for the file system.
/// 3. The folder is synced, the side files of the old one are removed.
///
/// A file whose last writer was killed still needs its rollback journal, and that must not meet the new file. The
/// caller who has the key opens and closes it first; a file that cannot be opened any more is only replaced when it
/// is kept, together with its journal.
///
/// # Errors
/// [`StoreError::HeldByAnother`] while anybody has one of the two open, [`StoreError::AlreadyExists`] for `keep_as`,
/// [`StoreError::UnfinishedWrite`] for a needed journal and no `keep_as`, [`StoreError::CopyUnsound`] when `with` has
/// a needed journal; what the disk says. `present` then has the bytes it had.
pub fn replace_file(present: &Path, with: &CheckedFile, keep_as: Option<&Path>) -> Result<(), StoreError> {
    replace_in_steps(present, with, keep_as, &mut |_| {})
}

/// The points between which a kill may fall; tests stop there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    JournalKept,
    Kept,
    JournalRemoved,
    Swapped,
    Synced,
}

pub(super) fn replace_in_steps(
    present: &Path,
    with: &CheckedFile,
    keep_as: Option<&Path>,
    after: &mut dyn FnMut(Step),
) -> Result<(), StoreError> {
    let with = with.path.as_path();
    let _claim_of_copy = Claim::of(with)?;
    if opening::has_hot_journal(with) {
        return Err(StoreError::CopyUnsound);
    }
    File::options().write(true).open(with)?.sync_all()?;
    // The file itself rather than a link to it: a renaming would put the new one in the place of the link.
    let present = match present.canonicalize() {
        Ok(resolved) => resolved,
        // Nothing is there to be kept: the file was lost.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return swap(with, present, after);
        }
        Err(error) => return Err(error.into()),
    };
    let _claim_of_present = Claim::of(&present)?;
    opening::refuse_if_held(&present)?;
    let hot = opening::has_hot_journal(&present);
    let Some(keep_as) = keep_as else {
        if hot {
            return Err(StoreError::UnfinishedWrite);
        }
        return swap(with, &present, after);
    };
    let kept_journal = with_suffix(keep_as, "-journal");
    if keep_as.symlink_metadata().is_ok() || kept_journal.symlink_metadata().is_ok() {
        return Err(StoreError::AlreadyExists);
    }
    let journal = with_suffix(&present, "-journal");
    if hot {
        second_name(&journal, &kept_journal)?;
        after(Step::JournalKept);
    }
    let swapped = second_name(&present, keep_as).map_err(StoreError::from).and_then(|()| {
        after(Step::Kept);
        if hot {
            // The new file must never meet it. The old one stands whole under its other name.
            sync_folder(folder_of(keep_as))?;
            std::fs::remove_file(&journal)?;
            after(Step::JournalRemoved);
        }
        swap(with, &present, after)
    });
    if swapped.is_err() && with.exists() {
        // Not swapped: the second names are taken back, made by this very call. A needed journal returns first.
        if hot && !journal.exists() {
            std::fs::rename(&kept_journal, &journal)?;
        }
        let _ = std::fs::remove_file(keep_as);
        let _ = std::fs::remove_file(&kept_journal);
    }
    swapped
}

fn swap(with: &Path, present: &Path, after: &mut dyn FnMut(Step)) -> Result<(), StoreError> {
    std::fs::rename(with, present)?;
    after(Step::Swapped);
    // The new file stands; what fails from here on is not its business. An empty journal and a note of a holder who
    // is gone harm nobody.
    let _ = sync_folder(folder_of(present));
    after(Step::Synced);
    for side in [with_suffix(present, "-journal"), side_file(present), side_file(with)] {
        let _ = std::fs::remove_file(side);
    }
    Ok(())
}

/// A second name for a file: a hard link, or a synced copy where the disk has none (FAT on a stick).
fn second_name(file: &Path, name: &Path) -> io::Result<()> {
    match std::fs::hard_link(file, name) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {}
        outcome => return outcome,
    }
    let folder = folder_of(name);
    let mut copy = tempfile::Builder::new().prefix(".keep-").tempfile_in(folder)?;
    io::copy(&mut File::open(file)?, copy.as_file_mut())?;
    copy.as_file().sync_all()?;
    copy.persist_noclobber(name).map(drop).map_err(|failure| failure.error)
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
