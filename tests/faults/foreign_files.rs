//! Rows 11 and 13: files of a newer version, of other programs, and files with a foreign schema. Refused in a sentence,
//! the bytes as they were, nothing beside them.

use rusqlite::Connection;
use sferum_console::session::Session;
use sha2::{Digest, Sha256};

use crate::bench::{Chance, Lock, School, cases, clock, is_a_sentence, names_in, put};

/// What a tamperer with the key does to a file of ours, and a word that the refusal must hold.
const TAMPERED: &[(&str, &str)] = &[
    ("PRAGMA user_version = 2000", "2000"),
    ("PRAGMA user_version = 0", "не файл"),
    ("PRAGMA application_id = 7", "не файл"),
    ("CREATE TRIGGER t AFTER INSERT ON journal_entry BEGIN DELETE FROM person; END", "Устройство"),
    ("CREATE TRIGGER t AFTER UPDATE ON meta BEGIN UPDATE person SET body = ''; END", "Устройство"),
    ("CREATE VIEW v AS SELECT * FROM person", "Устройство"),
    ("CREATE TABLE extra (a)", "Устройство"),
    ("CREATE INDEX i ON person (body)", "Устройство"),
    ("CREATE INDEX i ON person (abs(id))", "Устройство"),
    ("DROP INDEX membership_person", "Устройство"),
    ("DROP TABLE workspace", "Устройство"),
    ("ALTER TABLE person ADD COLUMN extra TEXT", "Устройство"),
    ("DROP TABLE workspace; CREATE VIEW workspace AS SELECT 'a' AS key, 'b' AS value", "Устройство"),
    ("CREATE VIRTUAL TABLE f USING fts5(a)", "Устройство"),
    ("PRAGMA journal_mode = WAL; UPDATE meta SET value = value", "не файл"),
];

#[test]
fn foreign_files() {
    let count = cases(40);
    let mut refused = 0;
    for lock in [Lock::Plain, Lock::Raw, Lock::Password] {
        let most = if lock == Lock::Password { 1 } else { TAMPERED.len() };
        for (sql, word) in &TAMPERED[..most] {
            let school = School::new(lock);
            let connection = Connection::open(&school.path).expect("opens");
            match lock {
                Lock::Plain => {}
                Lock::Raw => {
                    connection.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).expect("keyed")
                }
                Lock::Password => {
                    connection.pragma_update(None, "key", crate::bench::PASSWORD).expect("keyed");
                }
            }
            connection.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
            drop(connection);
            let words = refusal(&school, &format!("{lock:?}, {sql}"));
            assert!(words.contains(word), "{lock:?}, {sql}: «{words}»");
            refused += 1;
        }
    }
    let mut chance = Chance::of("foreign files");
    for number in 0..count {
        for lock in [Lock::Plain, Lock::Raw] {
            let school = School::empty(lock);
            put(&school.path, &other_document(number, &mut chance));
            refusal(&school, &format!("{lock:?}, document {number}"));
            refused += 1;
        }
    }
    println!("foreign files: {refused} newer, hostile or foreign, all refused; changed 0, left over 0");
}

/// The sentence of a refusal that changed nothing.
fn refusal(school: &School, place: &str) -> String {
    let hash = |school: &School| Sha256::digest(school.bytes());
    let (before, names) = (hash(school), names_in(school.folder()));
    let opened = Session::open(&school.path, school.lock.key().as_ref(), clock(), None);
    let words = opened.err().unwrap_or_else(|| panic!("{place}: opened")).to_string();
    assert!(is_a_sentence(&words), "{place}: «{words}»");
    assert_eq!(hash(school), before, "{place}: changed");
    assert_eq!(names_in(school.folder()), names, "{place}: left over");
    words
}

fn other_document(number: usize, chance: &mut Chance) -> Vec<u8> {
    let mut noise = |length: usize| -> Vec<u8> { (0..length).map(|_| chance.next() as u8).collect() };
    let began = |start: &[u8], rest: Vec<u8>| [start, &rest].concat();
    match number % 10 {
        0 => Vec::new(),
        1 => began(b"PK\x03\x04", noise(9000)),
        2 => began(b"%PDF-1.7\n", noise(9000)),
        3 => began(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", noise(9000)),
        4 => "Фамилия;Имя;Класс\r\nОсокин;Пётр;7Б\r\n".repeat(200).into_bytes(),
        5 => noise(100),
        6 => began(b"SQLite format 3\0", noise(100)),
        7 => began(b"SQLite format 3\0", noise(9000)),
        8 => other_database(),
        _ => noise(8192),
    }
}

/// A database of some other program.
fn other_database() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("other");
    let connection = Connection::open(&path).expect("opens");
    connection
        .execute_batch("CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x')")
        .expect("made");
    drop(connection);
    std::fs::read(&path).expect("read")
}
