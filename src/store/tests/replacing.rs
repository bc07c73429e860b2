//! Replacing a file: killed at any point, the old one whole or the new one whole (faults row 14).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Bench, add_person, holder, raw_key};
use crate::register::GroupId;
use crate::store::replace::{Step, replace_in_steps};
use crate::store::{CheckedFile, Store, StoreError, check_file, replace_file};

/// A closed file of revision 7 and a checked one of revision 6 beside it.
fn old_and_new() -> (TempDir, PathBuf, CheckedFile) {
    let mut bench = Bench::founded(Some(raw_key()));
    let copy = bench.folder.path().join("новый");
    bench.store.backup_to(&copy).expect("copied");
    bench.execute(add_person("Позднева", GroupId(2))).expect("one more");
    let (folder, path) = bench.closed();
    let checked = check_file(&copy, Some(&raw_key())).expect("sound");
    (folder, path, checked)
}

fn revision_of(path: &Path) -> u64 {
    let (store, _) = Store::open(path, Some(&raw_key()), &holder()).expect("opens");
    assert_eq!(store.verify().expect("verified").problems, []);
    store.revision()
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("listed");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_new_one_stands_and_the_old_one_is_kept() {
    let (folder, path, new) = old_and_new();
    let old = revision_of(&path);
    let kept = folder.path().join("школа до 12.10.2026.sferum");
    replace_file(&path, &new, Some(&kept)).expect("replaced");
    assert_eq!((revision_of(&path), revision_of(&kept)), (old - 1, old));
    assert_eq!(names_in(folder.path()), ["школа до 12.10.2026.sferum", "школа.sferum"]);
}

#[test]
fn nothing_kept_is_never_written_over() {
    let (folder, path, new) = old_and_new();
    let old = revision_of(&path);
    let kept = folder.path().join("занято");
    std::fs::copy(&path, &kept).expect("taken");
    assert!(matches!(replace_file(&path, &new, Some(&kept)), Err(StoreError::AlreadyExists)));
    assert_eq!((revision_of(&path), revision_of(&kept)), (old, old));
    assert!(new.path().exists());
}

#[test]
fn an_open_file_is_not_replaced() {
    let (_folder, path, new) = old_and_new();
    let (store, _) = Store::open(&path, Some(&raw_key()), &holder()).expect("opens");
    assert!(matches!(replace_file(&path, &new, None), Err(StoreError::HeldByAnother(_))));
    drop(store);
    replace_file(&path, &new, None).expect("replaced once it is closed");
}

#[test]
fn a_lost_file_is_put_back() {
    let (folder, path, new) = old_and_new();
    let revision = new.revision();
    std::fs::remove_file(&path).expect("lost");
    replace_file(&path, &new, Some(&folder.path().join("прежний"))).expect("put back");
    assert_eq!(revision_of(&path), revision);
    assert_eq!(names_in(folder.path()), ["школа.sferum"]);
}

#[test]
fn a_damaged_copy_is_no_checked_file() {
    let (_folder, _path, new) = old_and_new();
    let mut bytes = std::fs::read(new.path()).expect("read");
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    std::fs::remove_file(new.path()).expect("removed");
    crate::files::write_bytes_atomically(new.path(), &bytes).expect("damaged");
    assert!(check_file(new.path(), Some(&raw_key())).is_err());
}

/// A panic between two steps leaves the disk as a kill does: nothing of the clean-up runs.
#[test]
fn killed_between_any_two_steps_one_of_them_is_whole_and_nothing_is_lost() {
    let steps = [Step::Kept, Step::Swapped, Step::Synced];
    for stop in steps {
        let (folder, path, new) = old_and_new();
        let old = revision_of(&path);
        let kept = folder.path().join("прежний");
        let killed = catch_unwind(AssertUnwindSafe(|| {
            replace_in_steps(&path, &new, Some(&kept), &mut |step| assert!(step != stop, "killed"))
        }));
        assert!(killed.is_err(), "{stop:?}: the kill must fall");
        assert_eq!(revision_of(&kept), old, "{stop:?}");
        assert_eq!(revision_of(&path), if stop == Step::Kept { old } else { old - 1 }, "{stop:?}");
    }
}

/// A file whose writer was killed in mid-change: its rollback journal is needed by it and poison for the new one.
#[test]
fn a_needed_journal_goes_with_the_old_file_and_never_meets_the_new_one() {
    for stop in
        [None, Some(Step::JournalKept), Some(Step::Kept), Some(Step::JournalRemoved), Some(Step::Swapped)]
    {
        let (folder, path, new, old) = with_needed_journal();
        assert!(matches!(replace_file(&path, &new, None), Err(StoreError::UnfinishedWrite)));
        let kept = folder.path().join("прежний");
        let killed = catch_unwind(AssertUnwindSafe(|| {
            replace_in_steps(&path, &new, Some(&kept), &mut |step| assert!(Some(step) != stop, "killed"))
        }));
        assert_eq!(killed.is_err(), stop.is_some(), "{stop:?}");
        match stop {
            Some(Step::JournalKept | Step::Kept) => assert_eq!(revision_of(&path), old, "{stop:?}"),
            // The one moment without a file that opens under the path: it could not be opened before either.
            Some(Step::JournalRemoved) => assert_eq!(revision_of(&kept), old, "{stop:?}"),
            _ => {
                assert_eq!(revision_of(&path), new.revision(), "{stop:?}");
                assert_eq!(revision_of(&kept), old, "{stop:?}");
            }
        }
    }
}

/// As [`old_and_new`], the old one with a hot journal: copied in the middle of a transaction that spilled.
fn with_needed_journal() -> (TempDir, PathBuf, CheckedFile, u64) {
    let (folder, path, new) = old_and_new();
    let (store, _) = Store::open(&path, Some(&raw_key()), &holder()).expect("opens");
    let connection = &store.connection;
    connection.pragma_update(None, "cache_size", 1).expect("a small cache spills");
    connection.execute_batch("BEGIN IMMEDIATE").expect("begun");
    for number in 0..200 {
        connection
            .execute(
                "INSERT INTO workspace (key, value) VALUES (?1, ?2)",
                (format!("half {number}"), "x".repeat(2000)),
            )
            .expect("half done");
    }
    connection.cache_flush().expect("spilled");
    let journal = path.with_file_name("школа.sferum-journal");
    let halves = [std::fs::read(&path).expect("read"), std::fs::read(&journal).expect("read")];
    assert!(!halves[1].is_empty() && halves[1][0] != 0, "the journal is hot");
    let old = store.revision();
    // Rolled back and closed, then put as the kill would have left it.
    connection.execute_batch("ROLLBACK").expect("rolled back");
    drop(store);
    for (file, bytes) in [path.clone(), journal].iter().zip(halves) {
        crate::files::write_bytes_atomically(file, &bytes).expect("as it was in mid-change");
    }
    (folder, path, new, old)
}
