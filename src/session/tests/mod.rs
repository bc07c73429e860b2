//! Tests of the session on real files: backups, restoring, media, failed writes.

mod backups;
mod erasure;
mod media;
mod restoring;

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;
use crate::names::FullName;
use crate::register::{Operation, Organization, Person};
use crate::store::Key;

pub(super) const MORNING: &str = "2026-11-22T09:35:00+03:00[Europe/Moscow]";
pub(super) const NOON: &str = "2026-11-22T12:00:00+03:00[Europe/Moscow]";
pub(super) const NEXT_DAY: &str = "2026-11-23T08:00:00+03:00[Europe/Moscow]";
pub(super) const DAY_AFTER: &str = "2026-11-24T08:00:00+03:00[Europe/Moscow]";

pub(super) fn clock(moment: &str) -> Clock {
    Clock::fixed(moment.parse().expect("a moment"))
}

pub(super) fn raw_key() -> Key {
    Key::from_raw([9; 32])
}

/// A school in a folder of its own; its file is closed.
pub(super) struct School {
    pub(super) folder: TempDir,
    pub(super) path: PathBuf,
    pub(super) key: Option<Key>,
}

impl School {
    pub(super) fn new(key: Option<Key>) -> School {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("школа.sferum");
        create(&path, key.as_ref());
        School { folder, path, key }
    }

    pub(super) fn open(&self, moment: &str) -> Session {
        Session::open(&self.path, self.key.as_ref(), clock(moment), None).expect("opens")
    }

    pub(super) fn place(&self) -> BackupPlace {
        BackupPlace::beside(&self.path)
    }

    pub(super) fn names(&self) -> Vec<String> {
        names_in(self.folder.path())
    }
}

pub(super) fn create(path: &Path, key: Option<&Key>) {
    let organization = Organization { name: "Школа № 14".into(), ..Organization::default() };
    let mut session =
        Session::create(path, key, organization, clock(MORNING), "Администратор").expect("created");
    add(&mut session, "Белкин");
}

pub(super) fn add(session: &mut Session, surname: &str) {
    let person = Person { name: FullName::new(surname, "Пётр", ""), ..Person::default() };
    let operation = Operation::AddPerson { person, memberships: Vec::new(), children: Vec::new() };
    session.execute(&operation).expect("a person is added");
}

pub(super) fn people(session: &Session) -> Vec<String> {
    session.register().tables().people.values().map(|person| person.name.surname.clone()).collect()
}

pub(super) fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("read")
}

pub(super) fn put_bytes(path: &Path, bytes: &[u8]) {
    crate::files::write_bytes_atomically(path, bytes).expect("written");
}

/// Everything the worker has answered so far.
pub(super) fn replies(worker: &mut Worker) -> Vec<Reply> {
    std::iter::from_fn(|| worker.try_receive()).collect()
}
