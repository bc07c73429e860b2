//! What is written is what is read, whatever was done.

use proptest::prelude::*;

use super::super::schema::{MIGRATIONS, list_schema, schema_after};
use super::*;
use crate::register::{EntityKind, HandOver, Observation, Participation, ParticipationState};

#[test]
fn a_new_file_has_exactly_the_schema_of_the_migrations() {
    let bench = Bench::new(None);
    let expected = schema_after(MIGRATIONS, MIGRATIONS.len() as u32).expect("made");
    assert_eq!(list_schema(&bench.store.connection).expect("read"), expected);
    let text = MIGRATIONS.concat();
    for kind in EntityKind::ALL {
        assert!(text.contains(&format!("CREATE TABLE {} (", kind.code())), "{kind:?} has no table");
    }
}

#[test]
fn a_file_survives_closing_with_and_without_a_key() {
    for key in [None, Some(raw_key()), Key::from_password("пароль с 'кавычкой'")] {
        let bench = Bench::founded(key);
        let (register, revision) = (bench.register.clone(), bench.store.revision());
        let bench = bench.reopened();
        assert_same(&bench.register, &register);
        assert_eq!((bench.store.revision(), bench.store.encrypted()), (revision, bench.key.is_some()));
        assert_eq!(bench.store.created_at().expect("read"), Timestamp::UNIX_EPOCH);
        let report = bench.store.verify().expect("readable");
        assert_eq!(report.problems, []);
        assert_eq!((report.entries, report.changes), (6, 11));
        assert_eq!((report.head_hash, report.encrypted), (bench.store.head_hash(), bench.key.is_some()));
        let (folder, _) = bench.closed();
        assert_eq!(names_in(folder.path()), ["школа.sferum"], "nothing stays beside a closed file");
    }
}

#[test]
fn an_encrypted_file_shows_nothing() {
    let bench = Bench::founded(Some(raw_key()));
    let backup = bench.folder.path().join("копия.sferum");
    bench.store.backup_to(&backup).expect("copied");
    let (_folder, path) = bench.closed();
    for path in [path, backup] {
        let bytes = bytes_of(&path);
        for canary in ["Канарейкина", "canary-token-1", "SQLite format", "school_group", "Школа"]
        {
            assert!(!bytes.windows(canary.len()).any(|window| window == canary.as_bytes()), "{canary}");
        }
    }
    let open = Bench::founded(None);
    let (_folder, path) = open.closed();
    let bytes = bytes_of(&path);
    let canary = "Канарейкина".as_bytes();
    assert!(bytes.windows(canary.len()).any(|window| window == canary), "the search itself works");
}

#[test]
fn an_empty_set_and_a_wrong_revision_write_nothing() {
    let mut bench = Bench::founded(None);
    let entry = new_entry("x");
    let empty = bench.store.append(&empty_set(), &entry, bench.register.revision);
    assert!(matches!(empty, Err(StoreError::EmptyChangeSet)), "{empty:?}");
    let changes = decide(&bench.register, &add_person("Орлов", GroupId(2)), &context()).expect("decided");
    let stale = bench.store.append(&changes, &entry, bench.register.revision - 1);
    assert!(matches!(stale, Err(StoreError::RevisionMismatch { decided_at: 5, file: 6 })), "{stale:?}");
    let register = bench.register.clone();
    assert_same(&bench.reopened().register, &register);
}

#[test]
fn contradicting_changes_are_rolled_back_and_the_store_goes_on() {
    let mut bench = Bench::founded(None);
    let revision = bench.register.revision;
    let create = decide(&bench.register, &add_person("Орлов", GroupId(2)), &context()).expect("decided");
    let mut dangling = create.clone();
    dangling.changes.remove(0); // the membership without its person: found out at commit
    let removal = ChangeSet { changes: vec![create.inverted().changes.remove(0)], kept: Vec::new() };
    for set in [dangling, removal] {
        let outcome = bench.store.append(&set, &new_entry("x"), revision);
        assert!(matches!(outcome, Err(StoreError::Inconsistent)), "{outcome:?}");
    }
    bench.execute(add_person("Орлов", GroupId(2))).expect("still works");
    let report = bench.store.verify().expect("readable");
    assert_eq!(report.problems, []);
}

#[test]
fn after_a_failed_write_the_store_must_be_reopened() {
    let mut bench = Bench::founded(None);
    let pages: i64 =
        bench.store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).expect("read");
    bench.store.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).expect("set");
    let people = (0..2000).map(|number| person(&format!("Фамилия{number}")).into()).collect();
    let changes = decide(&bench.register, &Operation::Add(people), &context()).expect("decided");
    let revision = bench.register.revision;
    let full = bench.store.append(&changes, &new_entry("x"), revision);
    assert!(matches!(full, Err(StoreError::DiskFull)), "{full:?}");
    let next = bench.store.append(&changes, &new_entry("x"), revision);
    assert!(matches!(next, Err(StoreError::MustReopen)), "{next:?}");
    assert!(matches!(bench.store.list_entries(None, 1), Err(StoreError::MustReopen)));
    let register = bench.register.clone();
    let mut bench = bench.reopened();
    assert_same(&bench.register, &register);
    bench
        .execute(Operation::Add((0..2000).map(|number| person(&format!("Ф{number}")).into()).collect()))
        .expect("room again");
    assert_eq!(bench.store.verify().expect("readable").problems, []);
}

#[test]
fn drafts_are_kept_and_leave_the_journal_alone() {
    let mut bench = Bench::founded(Some(raw_key()));
    let head = bench.store.head_hash();
    bench.store.put_workspace("уборка", "{\"at\":1}").expect("put");
    bench.store.put_workspace("уборка", "{\"at\":2}").expect("replaced");
    bench.store.put_workspace("импорт", "x").expect("put");
    bench.store.remove_workspace("импорт").expect("removed");
    bench.store.remove_workspace("импорт").expect("nothing to remove is no error");
    let bench = bench.reopened();
    assert_eq!(bench.store.get_workspace("уборка").expect("read").as_deref(), Some("{\"at\":2}"));
    assert_eq!(bench.store.get_workspace("импорт").expect("read"), None);
    assert_eq!(bench.store.head_hash(), head);
}

#[test]
fn a_copy_is_whole_keyed_alike_and_opens() {
    for key in [None, Some(raw_key())] {
        let bench = Bench::founded(key.clone());
        let copy = bench.folder.path().join("копия.sferum");
        put_bytes(&copy, b"an older copy");
        bench.store.backup_to(&copy).expect("copied");
        assert!(matches!(bench.store.backup_to(&bench.path), Err(StoreError::AlreadyExists)));
        let (store, loaded) = Store::open(&copy, key.as_ref(), &holder()).expect("opens");
        assert_eq!(loaded.register, bench.register);
        assert_eq!(store.verify().expect("readable").problems, []);
        drop(store);
        // The lock on the original outlives all of this.
        assert!(matches!(
            Store::open(&bench.path, key.as_ref(), &holder()),
            Err(StoreError::HeldByAnother(Some(_)))
        ));
        let names = names_in(bench.folder.path());
        assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
    }
}

#[derive(Clone, Debug)]
enum Step {
    Group(u8),
    Person(u8, u8),
    Rename(u8, u8),
    Invite(u8),
    HandOver(u8),
    Observe(u8, u32),
    Participate(u8),
    Depart(u8),
    WithdrawMembership(u8),
    Archive(u8),
    Undo(u8),
    UndoPart(u8),
    Redo,
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let small = 0..12_u8;
    let step = prop_oneof![
        2 => small.clone().prop_map(Step::Group),
        6 => (small.clone(), small.clone()).prop_map(|(name, group)| Step::Person(name, group)),
        3 => (small.clone(), small.clone()).prop_map(|(person, name)| Step::Rename(person, name)),
        3 => small.clone().prop_map(Step::Invite),
        2 => small.clone().prop_map(Step::HandOver),
        2 => (small.clone(), 0..30_u32).prop_map(|(group, joined)| Step::Observe(group, joined)),
        2 => small.clone().prop_map(Step::Participate),
        1 => small.clone().prop_map(Step::Depart),
        2 => small.clone().prop_map(Step::WithdrawMembership),
        1 => small.clone().prop_map(Step::Archive),
        3 => small.clone().prop_map(Step::Undo),
        1 => small.prop_map(Step::UndoPart),
        1 => Just(Step::Redo),
        1 => Just(Step::Reopen),
    ];
    proptest::collection::vec(step, 1..30)
}

/// The operation of a step, where the register has what it needs.
fn operation(register: &Register, step: &Step) -> Option<Operation> {
    let tables = register.tables();
    Some(match step {
        Step::Group(number) => Operation::Add(vec![group(&format!("{}А", number + 1)).into()]),
        Step::Person(name, group) => {
            let group = GroupId(u32::from(*group) % tables.groups.len() as u32 + 1);
            add_person(&format!("Птицын{name}"), group)
        }
        Step::Rename(number, name) => {
            let seen = register.person(PersonId(u32::from(*number)))?;
            let mut wanted = Person::clone(seen);
            wanted.name.surname = format!("Новая{name}");
            wanted.note = if name % 2 == 0 { String::new() } else { "заметка".into() };
            Operation::Edit { seen: seen.clone().into(), wanted: wanted.into() }
        }
        Step::Invite(number) => Operation::AddInvites(vec![Invite {
            target: Target::Organization,
            ..invite(&format!("token{number}"))
        }]),
        Step::HandOver(number) => Operation::HandOverInvites {
            seen: vec![register.invite(InviteId(u32::from(*number)))?.clone()],
            hand_over: HandOver {
                on: Some(TODAY),
                to: register.person(PersonId(1)).map(|_| PersonId(1)),
                ..HandOver::default()
            },
        },
        Step::Observe(group, joined) => Operation::Observe(vec![Observation {
            id: Default::default(),
            target: Target::Group(register.group(GroupId(u32::from(*group)))?.id),
            role: Role::Student,
            on: TODAY,
            source: Default::default(),
            joined: *joined,
            of: None,
        }]),
        Step::Participate(number) => Operation::SetParticipation {
            seen: vec![register.membership(MembershipId(u32::from(*number)))?.clone().into()],
            participation: Participation {
                state: ParticipationState::Joined,
                as_of: Some(TODAY),
                ..Participation::default()
            },
        },
        Step::Depart(number) => Operation::Depart {
            people: vec![register.person(PersonId(u32::from(*number)))?.clone()],
            on: TODAY,
            order: Default::default(),
        },
        Step::WithdrawMembership(number) => {
            Operation::Withdraw { keys: vec![MembershipId(u32::from(*number)).into()] }
        }
        Step::Archive(number) => {
            Operation::Archive { keys: vec![GroupId(u32::from(*number)).into()], on: TODAY }
        }
        Step::Undo(_) | Step::UndoPart(_) | Step::Redo | Step::Reopen => return None,
    })
}

fn undo_of(store: &Store, entry: u64, parts: Option<Vec<u32>>) -> Option<Operation> {
    let code = store.get_entry(entry).expect("read")?.code;
    let changes = store.list_changes(entry, 0, usize::MAX).expect("read");
    Some(Operation::Undo { entry, code, parts, changes })
}

fn run(steps: &[Step], key: Option<Key>) {
    let mut bench = Bench::founded(key);
    for step in steps {
        let operation = match step {
            Step::Reopen => {
                let register = bench.register.clone();
                bench = bench.reopened();
                assert_same(&bench.register, &register);
                None
            }
            Step::Undo(back) => {
                undo_of(&bench.store, bench.register.revision.saturating_sub(u64::from(*back)), None)
            }
            Step::UndoPart(back) => {
                undo_of(&bench.store, bench.register.revision.saturating_sub(u64::from(*back)), Some(vec![1]))
            }
            Step::Redo => bench
                .store
                .latest_redoable()
                .expect("read")
                .and_then(|entry| undo_of(&bench.store, entry, None)),
            step => operation(&bench.register, step),
        };
        let Some(operation) = operation else { continue };
        // What `decide` refuses or finds already so is no step.
        if decide(&bench.register, &operation, &context()).is_ok_and(|changes| !changes.is_empty()) {
            bench.execute(operation).expect("decided just now");
        }
    }
    let register = bench.register.clone();
    let bench = bench.reopened();
    assert_same(&bench.register, &register);
    assert_eq!(bench.store.verify().expect("readable").problems, [], "the journal folds to the tables");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_file_is_the_register_whatever_was_done(steps in steps(), keyed in any::<bool>()) {
        run(&steps, keyed.then(raw_key));
    }
}
