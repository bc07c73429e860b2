//! Who holds the file: a small side file for the message to a second instance. It decides nothing:
//! SQLite's lock does, so one left by a killed process never blocks.

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::files::write_bytes_atomically;

/// Who holds a file, and since when. `Debug` shows neither computer nor user.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Name of the computer.
    pub pc: String,
    /// Name of the account.
    pub user: String,
    pub since: Timestamp,
}

impl fmt::Debug for Holder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Holder(since {})", self.since)
    }
}

/// Longest side file that is read.
const LONGEST: u64 = 4096;

/// `<file>.open` beside the file.
pub(super) fn side_file(path: &Path) -> PathBuf {
    with_suffix(path, ".open")
}

/// The path with something added to the whole file name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

pub(super) fn announce(path: &Path, holder: &Holder) -> Result<(), StoreError> {
    let text = serde_json::to_vec(holder).expect("three strings always serialize");
    Ok(write_bytes_atomically(&side_file(path), &text)?)
}

/// Must happen while the lock is still held, else it would remove the next holder's.
pub(super) fn withdraw(path: &Path) {
    // A side file that stays is harmless: see the head of this module.
    let _ = std::fs::remove_file(side_file(path));
}

/// Who has a file that is locked: where nobody is named yet, the holder has just opened it and is about to say so.
pub(super) fn read_soon(path: &Path) -> Option<Holder> {
    for _ in 0..100 {
        if side_file(path).exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    read(path)
}

pub(super) fn read(path: &Path) -> Option<Holder> {
    let mut text = Vec::new();
    File::open(side_file(path)).ok()?.take(LONGEST).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

/// Files this process has open. POSIX drops all locks of a process on a file as soon as any of its
/// handles on it is closed, so a second look at a held file from the same process would silently
/// unlock it: it must be turned away before the file is touched.
static CLAIMED: Mutex<Option<HashSet<Identity>>> = Mutex::new(None);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Identity {
    #[cfg(unix)]
    Node(u64, u64),
    #[cfg(not(unix))]
    Path(PathBuf),
}

/// That this process, once, has a file open; nothing after [`Claim::give_up`].
#[derive(Debug)]
pub(super) struct Claim(Option<Identity>);

impl Claim {
    /// Claims an existing file for this process.
    pub(super) fn of(path: &Path) -> Result<Claim, StoreError> {
        let identity = identity(path)?;
        let mut claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner);
        if !claimed.get_or_insert_default().insert(identity.clone()) {
            return Err(StoreError::HeldByAnother(read(path)));
        }
        Ok(Claim(Some(identity)))
    }

    /// Whether the path leads to the claimed file.
    pub(super) fn is_of(&self, path: &Path) -> bool {
        identity(path).is_ok_and(|identity| Some(identity) == self.0)
    }
}

impl Claim {
    /// Whether it still claims anything.
    pub(super) fn is_held(&self) -> bool {
        self.0.is_some()
    }

    /// Lets the file go before the claim is dropped.
    pub(super) fn give_up(&mut self) {
        let Some(identity) = self.0.take() else { return };
        if let Some(claimed) = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            claimed.remove(&identity);
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.give_up();
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Result<Identity, StoreError> {
    use std::os::unix::fs::MetadataExt;
    let metadata = std::fs::metadata(path)?;
    Ok(Identity::Node(metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Result<Identity, StoreError> {
    Ok(Identity::Path(path.canonicalize()?))
}
