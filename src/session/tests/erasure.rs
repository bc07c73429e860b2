//! Erasing in a session: who may go, backups replaced, a restored copy cleaned again (faults row 32).

use jiff::civil::date;

use super::*;
use crate::register::PersonId;

const CANARY: &str = "Канарейкина";

/// A school that somebody left last year; a backup still knows them.
fn with_departed(key: Option<Key>) -> (School, GoodBackup, Session, PersonId) {
    let school = School::new(key);
    let mut session = school.open(MORNING);
    let person = Person {
        name: FullName::new(CANARY, "Анна", ""),
        left_on: Some(date(2025, 6, 30)),
        ..Person::default()
    };
    session
        .execute(&Operation::AddPerson { person, memberships: Vec::new(), children: Vec::new() })
        .expect("added");
    let made = session.back_up(&school.place(), BackupOccasion::Asked).expect("made").expect("made");
    let departed = PersonId(session.register().counter(crate::register::EntityKind::Person));
    (school, made, session, departed)
}

fn erase(session: &mut Session, person: PersonId, place: Option<&BackupPlace>) -> ErasureOutcome {
    session.erase_people(&[person], date(2026, 1, 1), place).expect("erased")
}

fn holds_canary(path: &Path) -> bool {
    bytes_of(path).windows(CANARY.len()).any(|window| window == CANARY.as_bytes())
}

#[test]
fn only_those_who_left_before_the_day_are_erased() {
    let (_school, _, mut session, departed) = with_departed(None);
    let before = session.register().revision;
    for (people, day) in [
        (vec![departed, PersonId(1)], date(2026, 1, 1)),
        (vec![departed], date(2025, 6, 30)),
        (vec![PersonId(99)], date(2026, 1, 1)),
        (vec![], date(2026, 1, 1)),
    ] {
        assert!(session.erase_people(&people, day, None).is_err(), "{people:?} {day}");
    }
    assert_eq!(session.register().revision, before);
}

#[test]
fn reachable_backups_are_replaced_and_older_files_beside_are_named() {
    let (school, made, mut session, departed) = with_departed(None);
    assert!(holds_canary(&made.file.path));
    let aside = school.folder.path().join("школа до восстановления.sferum");
    std::fs::copy(&made.file.path, &aside).expect("copied");
    let outcome = erase(&mut session, departed, Some(&school.place()));
    let backups = outcome.backups.expect("looked at");
    assert_eq!(backups.replaced, 1);
    assert_eq!(backups.unreachable, ["школа до восстановления.sferum"]);
    assert!(!made.file.path.exists());
    let listed = list_backups(&school.place(), &school.path).expect("listed");
    assert_eq!(listed.len(), 1);
    assert!(!holds_canary(&listed[0].path));
    // The act knows it also later, from the journal.
    let erasures = session.list_erasures().expect("read");
    assert_eq!(erasures[0].backups.as_ref().map(|it| it.unreachable.len()), Some(1));
    assert_eq!((erasures[0].entry, erasures[0].on), (outcome.entry, date(2026, 11, 22)));
    assert_eq!(session.verify().expect("checked").problems, []);
    drop(session);
    assert!(!holds_canary(&school.path));
}

#[test]
fn a_missing_folder_of_backups_is_named_in_the_act() {
    let (school, _, mut session, departed) = with_departed(None);
    let place = BackupPlace { folder: school.folder.path().join("флешка"), chosen: true };
    let backups = erase(&mut session, departed, Some(&place)).backups.expect("looked at");
    assert_eq!(backups.unreachable, ["все копии в папке «флешка», её нет на месте"]);
}

#[test]
fn a_restored_copy_is_cleaned_of_everybody_who_was_erased() {
    for key in [None, Some(raw_key())] {
        let (school, made, mut session, departed) = with_departed(key);
        // The backup is out of reach: nothing replaces it.
        erase(&mut session, departed, None);
        let (restored, session) = session.restore(&made.file.path, school.key.as_ref());
        restored.expect("restored");
        let mut session = session.expect("open again");
        assert_eq!(session.register().person(departed), None);
        assert_eq!(session.list_erased_people().expect("read"), [departed]);
        assert_eq!(session.verify().expect("checked").problems, []);
        add(&mut session, "Дымов");
        let newest = session.register().counter(crate::register::EntityKind::Person);
        assert_eq!(newest, departed.0 + 1, "the id never means somebody else");
        drop(session);
        assert!(!holds_canary(&school.path));
    }
}

#[test]
fn an_erasure_cannot_be_undone_and_the_check_of_the_journal_says_it_is_whole() {
    let (_school, _, mut session, departed) = with_departed(None);
    let outcome = erase(&mut session, departed, None);
    let target = UndoTarget { entry: Some(outcome.entry), parts: None };
    assert!(matches!(session.undo(&target), Err(SessionError::ErasureStays)));
    let check = session.check_journal().expect("checked");
    assert!(check.is_whole(), "{}", check.words);
    assert!(check.words.starts_with("Журнал цел: "), "{}", check.words);
}
