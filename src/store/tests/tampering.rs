//! Whatever is done to the journal is found (faults row 31).

use super::super::{ERASE_EVENT, VerifyProblem};
use super::*;
use crate::register::EntityKind;

fn problems_after(sql: &str) -> Vec<VerifyProblem> {
    let bench = Bench::founded(None);
    assert_eq!(bench.store.verify().expect("readable").problems, []);
    bench.store.connection.execute_batch("PRAGMA foreign_keys=OFF").expect("off");
    bench.store.connection.execute_batch(sql).expect("tampered");
    bench.store.verify().expect("readable").problems
}

#[test]
fn any_changed_deleted_or_reordered_row_is_found() {
    let broken = |entry| VerifyProblem::JournalBroken { entry };
    let gap = |entry| VerifyProblem::JournalGap { entry };
    let cases = [
        ("UPDATE journal_entry SET actor = 'Другой' WHERE number = 3", broken(3)),
        ("UPDATE journal_entry SET at = at + 1 WHERE number = 1", broken(1)),
        ("UPDATE journal_entry SET day = '2026-10-13' WHERE number = 2", broken(2)),
        ("UPDATE journal_entry SET code = 'archive' WHERE number = 6", broken(6)),
        ("UPDATE journal_entry SET details = '{}' WHERE number = 4", broken(4)),
        ("UPDATE journal_entry SET undoes = 2 WHERE number = 4", broken(4)),
        ("UPDATE journal_entry SET changes = 3 WHERE number = 4", broken(4)),
        ("UPDATE journal_entry SET hash = zeroblob(32) WHERE number = 5", broken(5)),
        ("DELETE FROM journal_entry WHERE number = 3; DELETE FROM journal_change WHERE entry = 3", gap(3)),
        ("DELETE FROM journal_entry WHERE number = 1", gap(1)),
        ("DELETE FROM journal_entry WHERE number = 6", gap(6)),
        ("DELETE FROM journal_change WHERE entry = 3 AND sequence = 2", broken(3)),
        (
            "UPDATE journal_change SET payload = replace(payload, 'Журавлёв', 'Другой') WHERE entry = 4",
            broken(4),
        ),
        ("UPDATE journal_change SET salt = zeroblob(16) WHERE entry = 4 AND sequence = 1", broken(4)),
        ("UPDATE journal_change SET salt = NULL, payload = NULL WHERE entry = 4", broken(4)),
        ("UPDATE journal_change SET payload = NULL WHERE entry = 4", broken(4)),
        ("UPDATE journal_change SET part = 2 WHERE entry = 4", broken(4)),
        ("UPDATE journal_change SET entity = 3 WHERE entry = 4 AND kind = 'person'", broken(4)),
        (
            "UPDATE journal_change SET sequence = 3 - sequence + 100 WHERE entry = 4; UPDATE journal_change SET sequence = sequence - 100 WHERE entry = 4",
            broken(4),
        ),
        (
            "UPDATE journal_entry SET number = 100 WHERE number = 3; UPDATE journal_entry SET number = 3 WHERE number = 4; UPDATE journal_entry SET number = 4 WHERE number = 100",
            broken(3),
        ),
        (
            "INSERT INTO journal_change SELECT entry, 9, part, kind, entity, salt, payload, hash FROM journal_change WHERE entry = 4 AND sequence = 1",
            broken(4),
        ),
    ];
    for (sql, expected) in cases {
        let problems = problems_after(sql);
        assert!(problems.contains(&expected), "{sql}: {problems:?}");
    }
}

#[test]
fn tables_that_differ_from_the_journal_are_found() {
    let person = EntityKind::Person;
    let differs = |id| VerifyProblem::DiffersFromJournal(crate::register::EntityKey { kind: person, id });
    let cases = [
        ("UPDATE person SET body = replace(body, 'Соколов', 'Другой')", differs(3)),
        ("DELETE FROM person WHERE id = 2", differs(2)),
        ("INSERT INTO person (id, body) SELECT 4, body FROM person WHERE id = 1", differs(4)),
        ("UPDATE counter SET last = 2 WHERE kind = 'person'", VerifyProblem::CounterBehind(person)),
        ("DELETE FROM counter WHERE kind = 'person'", VerifyProblem::CounterBehind(person)),
        (
            "UPDATE person SET body = '[]' WHERE id = 1",
            VerifyProblem::Unreadable("person 1: Data at column 2".into()),
        ),
        (
            "DELETE FROM school_group WHERE id = 2",
            VerifyProblem::Reference { table: "membership".into(), row: 1 },
        ),
        ("CREATE TABLE extra (a)", VerifyProblem::Schema),
    ];
    for (sql, expected) in cases {
        let problems = problems_after(sql);
        assert!(problems.contains(&expected), "{sql}: {problems:?}");
    }
}

#[test]
fn a_recorded_erasure_keeps_the_chain() {
    let mut bench = Bench::founded(None);
    bench
        .store
        .connection
        .execute("UPDATE journal_change SET salt = NULL, payload = NULL WHERE entry = 4", [])
        .expect("blanked");
    bench.store.append_event(&new_entry(ERASE_EVENT)).expect("recorded");
    assert_eq!(bench.store.verify().expect("readable").problems, []);
}
