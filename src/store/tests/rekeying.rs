//! Another key for a file: old ones are dead, the new one opens, nothing else differs.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{Bench, add_person, holder, new_entry};
use crate::register::GroupId;
use crate::store::{Key, NewKey, Store, StoreError};

const OLD: &str = "прежний пароль";
const NEW: &str = "новый 'пароль'";

fn key(password: &str) -> Key {
    Key::from_password(password).expect("usable")
}

fn opens(path: &Path, key: Option<&Key>) -> Result<u64, StoreError> {
    Store::open(path, key, &holder()).map(|(store, _)| store.revision())
}

/// Changes the key of a bench's file; answers where the old one was kept.
fn change(bench: &mut Bench, password: &str) -> PathBuf {
    let kept = bench.folder.path().join("прежний");
    let change = NewKey {
        key: &key(password),
        holder: &holder(),
        entry: new_entry("change_password"),
        workspace: &[("recovery-code", "{}".into())],
        keep_as: &kept,
    };
    let loaded = bench.store.change_key(&change).expect("changed");
    assert_eq!(loaded.register.revision, bench.register.revision + 1);
    bench.register = loaded.register;
    kept
}

#[test]
fn the_new_password_opens_and_the_old_ones_are_dead() {
    for old in [None, Some(key(OLD))] {
        let mut bench = Bench::founded(old.clone());
        let before = bench.register.clone();
        let old_bytes = bench.store.key().and_then(Key::raw_bytes).copied();
        let kept = change(&mut bench, NEW);
        assert_eq!(bench.register.tables(), before.tables());
        let new_bytes = *bench.store.key().and_then(Key::raw_bytes).expect("derived");
        bench.execute(add_person("Позднева", GroupId(2))).expect("the store goes on");
        assert_eq!(bench.store.verify().expect("verified").problems, []);
        assert_eq!(bench.store.get_workspace("recovery-code").expect("read").as_deref(), Some("{}"));
        let revision = bench.store.revision();
        let (_folder, path) = bench.closed();
        assert_eq!(opens(&path, Some(&key(NEW))).expect("opens"), revision);
        assert_eq!(opens(&path, Some(&Key::from_raw(new_bytes))).expect("the code opens"), revision);
        assert!(matches!(opens(&path, None), Err(StoreError::KeyRequired)));
        assert!(matches!(opens(&path, Some(&key(OLD))), Err(StoreError::WrongKeyOrDamaged)));
        if let Some(bytes) = old_bytes {
            let code = Key::from_raw(bytes);
            assert!(matches!(opens(&path, Some(&code)), Err(StoreError::WrongKeyOrDamaged)));
        }
        assert_eq!(opens(&kept, old.as_ref()).expect("the old one is whole"), revision - 2);
        let bytes = std::fs::read(&path).expect("read");
        for canary in [NEW, OLD, "Канарейкина", "canary-token-1", "SQLite format"].map(str::as_bytes)
        {
            assert!(!bytes.windows(canary.len()).any(|window| window == canary));
        }
        assert!(!bytes.windows(32).any(|window| window == new_bytes));
    }
}

/// Plain SQLCipher 4: no pragma but the key, by password and by the derived bytes.
#[test]
fn any_sqlcipher_4_opens_it_with_the_password_alone() {
    let mut bench = Bench::founded(None);
    drop(change(&mut bench, NEW));
    let bytes = *bench.store.key().and_then(Key::raw_bytes).expect("derived");
    let (_folder, path) = bench.closed();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    for literal in [format!("'{}'", NEW.replace('\'', "''")), format!("\"x'{hex}'\"")] {
        let connection = Connection::open(&path).expect("a plain connection");
        connection.execute_batch(&format!("PRAGMA key = {literal}")).expect("keyed");
        let people: i64 =
            connection.query_row("SELECT count(*) FROM person", [], |row| row.get(0)).expect("read");
        assert_eq!(people, 3);
        let version: i64 =
            connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("read");
        assert!(version > 0);
    }
}

#[test]
fn copies_open_with_the_same_password_and_the_same_code() {
    let bench = Bench::founded(Some(key(OLD)));
    let copy = bench.folder.path().join("копия");
    bench.store.backup_to(&copy).expect("copied");
    let code = Key::from_raw(*bench.store.key().and_then(Key::raw_bytes).expect("derived"));
    for key in [key(OLD), code] {
        assert_eq!(opens(&copy, Some(&key)).expect("opens"), bench.store.revision());
    }
}

#[test]
fn a_change_that_fails_leaves_the_file_open_with_its_key() {
    let mut bench = Bench::founded(Some(key(OLD)));
    let kept = bench.folder.path().join("занято");
    std::fs::create_dir(&kept).expect("taken");
    let change = NewKey {
        key: &key(NEW),
        holder: &holder(),
        entry: new_entry("change_password"),
        workspace: &[],
        keep_as: &kept,
    };
    assert!(matches!(bench.store.change_key(&change), Err(StoreError::AlreadyExists)));
    bench.execute(add_person("Позднева", GroupId(2))).expect("the store goes on");
    let revision = bench.store.revision();
    let names = std::fs::read_dir(bench.folder.path()).expect("listed").count();
    assert_eq!(names, 4, "file, its empty journal, its note of the holder, the folder: nothing left over");
    let (_folder, path) = bench.closed();
    assert_eq!(opens(&path, Some(&key(OLD))).expect("opens"), revision);
}
