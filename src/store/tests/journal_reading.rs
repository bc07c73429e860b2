//! Entries, changes, histories; what can be undone and redone.

use super::*;
use crate::register::ChangedFields;

#[test]
fn entries_come_newest_first_in_pages() {
    let bench = Bench::founded(None);
    let numbers = |before, limit| -> Vec<u64> {
        bench.store.list_entries(before, limit).expect("read").iter().map(|entry| entry.number).collect()
    };
    assert_eq!(numbers(None, 4), [6, 5, 4, 3]);
    assert_eq!(numbers(Some(3), 10), [2, 1]);
    assert_eq!(numbers(Some(1), 10), Vec::<u64>::new());
    assert_eq!(numbers(Some(u64::MAX), 1), [6]);
    let entry = bench.store.get_entry(3).expect("read").expect("there");
    assert_eq!((entry.code.as_str(), entry.change_count, entry.day), ("add_person", 2, TODAY));
    assert_eq!(bench.store.get_entry(7).expect("read"), None);
    assert_eq!(bench.store.get_entry(u64::MAX).expect("read"), None);
}

#[test]
fn changes_hold_only_what_changed_and_an_erased_one_holds_nothing() {
    let mut bench = Bench::founded(None);
    let seen = bench.register.person(PersonId(1)).expect("there").clone();
    let wanted = Person { note: "очки".into(), ..Person::clone(&seen) };
    let edit =
        bench.execute(Operation::Edit { seen: seen.into(), wanted: wanted.into() }).expect("edited").number;
    let changes = bench.store.list_changes(edit, 0, 10).expect("read");
    assert_eq!(changes.len(), 1);
    let after = changes[0].fields.after.clone().expect("an edit has both sides");
    assert_eq!(serde_json::to_string(&after).expect("json"), r#"{"note":"очки"}"#);
    let history = bench.store.list_history(PersonId(1).into(), 10).expect("read");
    assert_eq!(history.iter().map(|(entry, _)| entry.number).collect::<Vec<_>>(), [edit, 3]);
    assert_eq!(bench.store.list_history(PersonId(1).into(), 1).expect("read").len(), 1);
    assert_eq!(bench.store.list_changes(1, 1, 1).expect("read").len(), 1, "a page");
    let blank = "UPDATE journal_change SET salt = NULL, payload = NULL WHERE entry = ?1";
    bench.store.connection.execute(blank, [edit as i64]).expect("blanked");
    assert_eq!(bench.store.list_changes(edit, 0, 10).expect("read")[0].fields, ChangedFields::default());
}

#[test]
fn undo_goes_back_and_redo_forth_also_after_a_restart() {
    let mut bench = Bench::founded(None);
    let founded = bench.register.clone();
    for surname in ["Первый", "Второй", "Третий"] {
        bench.execute(add_person(surname, GroupId(2))).expect("added");
    }
    let full = bench.register.clone();
    assert_eq!(bench.store.latest_redoable().expect("read"), None);
    for expected in [9, 8, 7] {
        let entry = bench.store.latest_undoable().expect("read");
        assert_eq!(entry, Some(expected));
        bench.undo(expected, None).expect("undone");
        bench = bench.reopened();
    }
    assert!(bench.register.holds_the_same_as(&founded));
    assert_eq!(bench.store.get_entry(9).expect("read").expect("there").undone_by, Some(10));
    for expected in [12, 11, 10] {
        let entry = bench.store.latest_redoable().expect("read");
        assert_eq!(entry, Some(expected));
        bench.undo(expected, None).expect("redone");
        bench = bench.reopened();
    }
    assert!(bench.register.holds_the_same_as(&full));
    assert_eq!(bench.store.latest_redoable().expect("read"), None);
    assert_eq!(bench.store.latest_undoable().expect("read"), Some(9));
    assert_eq!(bench.store.get_entry(9).expect("read").expect("there").undone_by, None);
    // A redo can itself be taken back, and that again.
    bench.undo(15, None).expect("the redo of entry 9 undone");
    assert_eq!(bench.store.latest_undoable().expect("read"), Some(8));
    assert_eq!(bench.store.latest_redoable().expect("read"), Some(16));
    // A new operation ends redoing; an event of the file does not.
    bench.store.append_event(&new_entry("backup")).expect("recorded");
    bench.register.revision += 1;
    assert_eq!(bench.store.latest_redoable().expect("read"), Some(16));
    bench.execute(add_person("Новый", GroupId(2))).expect("added");
    assert_eq!(bench.store.latest_redoable().expect("read"), None);
    assert_eq!(bench.store.verify().expect("readable").problems, []);
}

#[test]
fn an_entry_undone_in_part_is_not_undone() {
    let mut bench = Bench::founded(None);
    bench.execute(Operation::Add(vec![person("Первый").into(), person("Второй").into()])).expect("added");
    bench.undo(7, Some(vec![2])).expect("one part");
    assert_eq!(bench.store.get_entry(7).expect("read").expect("there").undone_by, None);
    assert_eq!(bench.store.latest_undoable().expect("read"), Some(7));
    assert_eq!(bench.store.latest_redoable().expect("read"), Some(8));
}
