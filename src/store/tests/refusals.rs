//! Files that are not opened stay as they were (faults rows 10, 11, 13).

use super::super::schema::MIGRATIONS;
use super::*;

/// A closed file changed by SQL, as its owner or an attacker with the key might.
fn changed(key: Option<Key>, sql: &str) -> (TempDir, PathBuf) {
    let (folder, path) = Bench::founded(key.clone()).closed();
    raw_connection(&path, key.as_ref()).execute_batch(sql).expect("changed");
    (folder, path)
}

#[test]
fn foreign_and_newer_files_are_refused_untouched() {
    for key in [None, Some(raw_key())] {
        let cases = [
            ("PRAGMA user_version = 7", "NewerVersion"),
            ("PRAGMA user_version = 0", "NotOurs"),
            ("PRAGMA application_id = 1", "NotOurs"),
            ("CREATE TRIGGER t AFTER INSERT ON person BEGIN DELETE FROM journal_entry; END", "ForeignSchema"),
            ("CREATE VIEW v AS SELECT body FROM person", "ForeignSchema"),
            ("CREATE TABLE extra (a)", "ForeignSchema"),
            ("CREATE INDEX i ON person (body)", "ForeignSchema"),
            ("DROP TABLE appeal", "ForeignSchema"),
            ("DROP TABLE meta; CREATE VIEW meta AS SELECT 1 AS key, 2 AS value", "ForeignSchema"),
            ("PRAGMA journal_mode = WAL", "NotOurs"),
            ("UPDATE person SET body = '{' WHERE id = 1", "Damaged"),
            ("UPDATE counter SET last = 4000000000", "Damaged"),
            ("INSERT INTO person (id, body) SELECT 4000000000, body FROM person WHERE id = 1", "Damaged"),
            ("UPDATE journal_entry SET day = 'вчера'", "Damaged"),
        ];
        for (sql, expected) in cases {
            let (_folder, path) = changed(key.clone(), sql);
            let error = refused(&path, key.as_ref());
            assert!(format!("{error:?}").starts_with(expected), "{sql}: {error:?}");
        }
    }
    let (_folder, path) = changed(None, "PRAGMA user_version = 7");
    let newest = MIGRATIONS.len() as u32;
    assert!(
        matches!(refused(&path, None), StoreError::NewerVersion { file: 7, program } if program == newest)
    );
}

#[test]
fn a_view_in_the_place_of_a_table_is_refused_by_the_schema() {
    let (_folder, path) =
        changed(None, "ALTER TABLE person RENAME TO hidden; CREATE VIEW person AS SELECT * FROM hidden");
    assert!(matches!(refused(&path, None), StoreError::ForeignSchema));
}

#[test]
fn wrong_and_missing_keys_are_refused_untouched() {
    let (_folder, keyed) = Bench::founded(Some(raw_key())).closed();
    assert!(matches!(refused(&keyed, None), StoreError::KeyRequired));
    assert!(matches!(refused(&keyed, Some(&Key::from_raw([8; 32]))), StoreError::WrongKeyOrDamaged));
    assert!(matches!(refused(&keyed, Key::from_password("нет").as_ref()), StoreError::WrongKeyOrDamaged));
    let (_folder, plain) = Bench::founded(None).closed();
    assert!(matches!(refused(&plain, Some(&raw_key())), StoreError::KeyNotNeeded));
}

#[test]
fn other_documents_are_refused_without_asking_for_a_password() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.sferum");
    let foreign_database = {
        let path = folder.path().join("foreign");
        rusqlite::Connection::open(&path).expect("made").execute_batch("CREATE TABLE a (b)").expect("made");
        bytes_of(&path)
    };
    let cases: [(&str, Vec<u8>); 8] = [
        ("empty", vec![]),
        ("tiny", vec![0; 100]),
        ("only a header", b"SQLite format 3\0".to_vec()),
        ("text", "Фамилия;Имя;Класс\r\n".repeat(1000).into_bytes()),
        ("windows-1251", b"\xd4\xe0\xec\xe8\xeb\xe8\xff;\xca\xeb\xe0\xf1\xf1\r\n".repeat(1000)),
        ("utf-16", [b"\xff\xfe".to_vec(), b"F\0;\0".repeat(5000)].concat()),
        ("a spreadsheet", [b"PK\x03\x04".to_vec(), vec![0; 9000]].concat()),
        ("another database", foreign_database),
    ];
    for (name, bytes) in cases {
        put_bytes(&path, &bytes);
        for key in [None, Some(raw_key())] {
            let error = refused(&path, key.as_ref());
            assert!(matches!(error, StoreError::NotOurs), "{name}: {error:?}");
        }
    }
    assert!(matches!(Store::open(folder.path(), None, &holder()), Err(StoreError::NotOurs)));
    let missing = folder.path().join("нет");
    assert!(matches!(Store::open(&missing, None, &holder()), Err(StoreError::NotFound)));
    assert!(!missing.exists());
}

#[test]
fn creating_never_replaces() {
    let (_folder, path) = Bench::founded(None).closed();
    let bytes = bytes_of(&path);
    let outcome = Store::create(&path, None, &holder(), Timestamp::UNIX_EPOCH);
    assert!(matches!(outcome, Err(StoreError::AlreadyExists)), "{outcome:?}");
    assert!(bytes_of(&path) == bytes);
}

/// Any damage: it opens, or is refused untouched; never a panic. With a key never other content.
#[test]
fn damaged_files_open_or_are_refused() {
    for key in [None, Some(raw_key())] {
        let bench = Bench::founded(key.clone());
        let register = bench.register.clone();
        let (_folder, path) = bench.closed();
        let whole = bytes_of(&path);
        let mut refusals = 0;
        for round in 0..120_usize {
            let mut bytes = whole.clone();
            let at = round.wrapping_mul(7919) % whole.len();
            match round % 3 {
                0 => bytes[at] ^= 1 << (round % 8),
                1 => bytes.truncate(at),
                _ => bytes[at / 4096 * 4096..][..4096].fill(0),
            }
            put_bytes(&path, &bytes);
            match Store::open(&path, key.as_ref(), &holder()) {
                Ok((_, loaded)) if key.is_some() => assert_eq!(loaded.register, register),
                Ok(_) => {}
                Err(_) => {
                    refusals += 1;
                    assert!(bytes_of(&path) == bytes, "round {round}");
                }
            }
        }
        assert!(refusals >= 30, "the damage was felt: {refusals}");
    }
}

#[test]
fn an_older_file_is_copied_and_migrated_and_a_failing_migration_changes_nothing() {
    let newer = |sql| -> Vec<&'static str> { MIGRATIONS.iter().copied().chain([sql]).collect() };
    for key in [None, Some(raw_key())] {
        let bench = Bench::founded(key.clone());
        let register = bench.register.clone();
        let (folder, path) = bench.closed();
        let bytes = bytes_of(&path);
        let broken = newer(
            "CREATE TABLE later (a INTEGER) STRICT; DELETE FROM person; INSERT INTO nowhere VALUES (1)",
        );
        assert!(Store::open_with(&path, key.as_ref(), Some(&holder()), &broken).is_err());
        let dangling = newer("CREATE TABLE later (a INTEGER) STRICT; DELETE FROM person");
        let outcome = Store::open_with(&path, key.as_ref(), Some(&holder()), &dangling);
        assert!(matches!(outcome, Err(StoreError::Damaged(_))), "{outcome:?}");
        assert_eq!(Store::open(&path, key.as_ref(), &holder()).expect("as before").1.register, register);
        put_bytes(&path, &bytes);
        let good = newer("CREATE TABLE later (a INTEGER) STRICT");
        let (store, loaded) =
            Store::open_with(&path, key.as_ref(), Some(&holder()), &good).expect("migrated");
        assert_eq!(loaded.register, register);
        drop(store);
        let version = MIGRATIONS.len() as u32 + 1;
        let before = format!("школа.before-v{version}.sferum");
        assert_eq!(names_in(folder.path()), [before.as_str(), "школа.sferum"]);
        let old = Store::open(&folder.path().join(&before), key.as_ref(), &holder()).expect("the copy opens");
        assert_eq!(old.1.register, register);
        drop(old);
        let error = refused(&path, key.as_ref());
        assert!(matches!(error, StoreError::NewerVersion { file, .. } if file == version), "{error:?}");
    }
}
