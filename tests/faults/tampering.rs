//! Row 31: whoever has the key changes the journal by hand. The check finds it and names the first broken entry.

use rusqlite::Connection;
use sferum_console::store::VerifyProblem;

use crate::bench::{Chance, Lock, School, appeals, cases, clock, import, put, roster};
use sferum_console::session::{Session, UndoTarget};

#[test]
fn tampering() {
    let count = cases(60);
    let mut chance = Chance::of("tampering");
    let mut found = 0;
    let schools = [Lock::Raw, Lock::Plain, Lock::Password].map(|lock| {
        let school = School::new(lock);
        lengthen(&school);
        let bytes = school.bytes();
        (school, bytes)
    });
    for case in 0..count {
        let (school, sound) = &schools[if case == 2 { 2 } else { case % 2 }];
        put(&school.path, sound);
        let (entries, changes) = rows(school);
        let (sql, first) = tamper(&entries, &changes, &mut chance);
        {
            let connection = connect(school);
            connection.execute_batch("PRAGMA foreign_keys = OFF").expect("off");
            connection.execute_batch(&sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
        assert!(school.bytes() != *sound, "the fault did not fire: {sql}");
        let session = match Session::open(&school.path, school.lock.key().as_ref(), clock(), None) {
            Ok(session) => session,
            Err(error) => panic!("{sql}: the file does not open, so the entry is not named: {error}"),
        };
        let report = session.verify().expect("readable");
        let named = report.problems.iter().find_map(|problem| match problem {
            VerifyProblem::JournalGap { entry } | VerifyProblem::JournalBroken { entry } => Some(*entry),
            _ => None,
        });
        match first {
            Some(first) => assert_eq!(named, Some(first), "{sql}: {:?}", report.problems),
            // Without its end the chain is a chain: what is left differs from the tables.
            None => assert!(!report.problems.is_empty(), "{sql}: passed as sound"),
        }
        found += 1;
    }
    println!(
        "tampering: {count} journals changed by hand, {found} found with the first broken entry; missed 0"
    );
}

/// Ten more entries of several kinds.
fn lengthen(school: &School) {
    let mut session =
        Session::open(&school.path, school.lock.key().as_ref(), clock(), Some("Проверка")).expect("opens");
    for round in 0..3 {
        let operation = import(session.register(), &roster(100 * (round + 1), 4));
        session.execute(&operation).expect("imported");
        session.execute(&appeals(2)).expect("written");
        session.undo(&UndoTarget::default()).expect("taken back");
    }
    session.execute(&appeals(2)).expect("written");
}

fn connect(school: &School) -> Connection {
    let connection = Connection::open(&school.path).expect("opens");
    match school.lock {
        Lock::Plain => {}
        Lock::Raw => connection.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).expect("keyed"),
        Lock::Password => connection.pragma_update(None, "key", crate::bench::PASSWORD).expect("keyed"),
    }
    connection
}

/// Entry numbers, and entry with sequence of each change.
type Rows = (Vec<u64>, Vec<(u64, u64)>);

fn rows(school: &School) -> Rows {
    let connection = connect(school);
    let list = |sql: &str| -> Vec<(u64, u64)> {
        let mut statement = connection.prepare(sql).expect("a table of ours");
        let pairs = statement
            .query_map([], |row| Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64)))
            .expect("readable");
        pairs.collect::<Result<_, _>>().expect("readable")
    };
    let entries = list("SELECT number, 0 FROM journal_entry ORDER BY number");
    let changes = list("SELECT entry, sequence FROM journal_change ORDER BY entry, sequence");
    (entries.into_iter().map(|(number, _)| number).collect(), changes)
}

/// SQL that changes the journal, and the first entry that is wrong by it; `None` where the end was cut off whole.
fn tamper(entries: &[u64], changes: &[(u64, u64)], chance: &mut Chance) -> (String, Option<u64>) {
    let entry = entries[chance.below(entries.len())];
    let other = entries[chance.below(entries.len())];
    let (of, sequence) = changes[chance.below(changes.len())];
    let here = format!("WHERE entry = {of} AND sequence = {sequence}");
    let last = entries[entries.len() - 1];
    match chance.below(13) {
        0 => {
            let column = ["actor", "code", "details"][chance.below(3)];
            (
                format!("UPDATE journal_entry SET {column} = {column} || 'я' WHERE number = {entry}"),
                Some(entry),
            )
        }
        1 => {
            let column = ["at", "changes"][chance.below(2)];
            (format!("UPDATE journal_entry SET {column} = {column} + 1 WHERE number = {entry}"), Some(entry))
        }
        2 => (format!("UPDATE journal_entry SET day = '2025-01-09' WHERE number = {entry}"), Some(entry)),
        3 => {
            let sql =
                format!("UPDATE journal_entry SET undoes = ifnull(undoes, 0) + 1 WHERE number = {entry}");
            (sql, Some(entry))
        }
        4 => (format!("UPDATE journal_entry SET hash = randomblob(32) WHERE number = {entry}"), Some(entry)),
        5 => (
            format!("UPDATE journal_change SET payload = replace(payload, '}}', ',\"я\":1}}') {here}"),
            Some(of),
        ),
        6 => {
            let column = ["part", "entity"][chance.below(2)];
            (format!("UPDATE journal_change SET {column} = {column} + 1000 {here}"), Some(of))
        }
        7 => (format!("UPDATE journal_change SET salt = NULL, payload = NULL {here}"), Some(of)),
        8 => (format!("DELETE FROM journal_change {here}"), Some(of)),
        9 if entry != last => {
            let sql = format!(
                "DELETE FROM journal_change WHERE entry = {entry}; DELETE FROM journal_entry WHERE number = {entry}"
            );
            (sql, Some(entry))
        }
        9 | 10 => {
            let sql = format!(
                "DELETE FROM journal_change WHERE entry >= {entry}; DELETE FROM journal_entry WHERE number >= {entry}"
            );
            // From the second entry on something is left; of an empty journal the tables tell.
            (sql, None)
        }
        11 if entry != other => {
            let swap = |table: &str, column: &str| {
                format!(
                    "UPDATE {table} SET {column} = -1 WHERE {column} = {entry};
                     UPDATE {table} SET {column} = {entry} WHERE {column} = {other};
                     UPDATE {table} SET {column} = {other} WHERE {column} = -1;"
                )
            };
            let sql = swap("journal_entry", "number") + &swap("journal_change", "entry");
            (sql, Some(entry.min(other)))
        }
        _ => {
            // Renumbered: a gap where it stood, whatever stands after it.
            let sql = format!(
                "UPDATE journal_change SET entry = {0} WHERE entry = {last};
                 UPDATE journal_entry SET number = {0} WHERE number = {last}",
                last + 1 + chance.below(9) as u64
            );
            (sql, Some(last))
        }
    }
}
