//! Erasing people: nothing of them stays in the file's bytes, the chain verifies, undo keeps what was erased (faults
//! row 32).

use super::super::{ERASE_EVENT, Erased, VerifyProblem};
use super::*;
use crate::names::parse_phone;
use crate::register::{
    Appeal, CabinetTask, Chat, ChatKind, EntityKey, ErasedCategory, ErasureTrace, Guardianship, HandOver,
    JoinRequest, KeptBecause, OrderReference, Remembered, RememberedKind,
};

/// Words that must not be left anywhere: names, phone, texts that name.
const CANARIES: [&str; 7] =
    ["Канарейкина", "Канарейкиной", "Щегловская", "9173456745", "поёт громко", "птичья почта", "канарейк"];
const LEFT: Date = date(2025, 6, 30);

impl Bench {
    fn erase(&mut self, people: &[u32]) -> Erased {
        let people: Vec<PersonId> = people.iter().map(|id| PersonId(*id)).collect();
        let mut trace = ErasureTrace::new(&self.register, &people);
        for _ in 0..2 {
            self.store.for_each_change(|_, change| trace.learn(&self.register, &change)).expect("read");
        }
        let plan = trace.plan(&self.register, Some(TODAY));
        let erased =
            self.store.erase(&trace, &plan, &new_entry(ERASE_EVENT), self.register.revision).expect("erased");
        self.register.apply(&plan.changes());
        self.register.revision = erased.entry.number;
        erased
    }

    fn person_of(&self, surname: &str) -> u32 {
        let people = &self.register.tables().people;
        let found = people.values().find(|person| person.name.surname == surname);
        found.expect("was added").id.0
    }
}

/// A file in which everything that can refer to a person does.
fn full_bench(key: Option<Key>) -> Bench {
    let mut bench = Bench::founded(key);
    let child = PersonId(bench.person_of("Канарейкина"));
    let seen = bench.register.person(child).expect("is there").clone();
    let wanted = Person {
        name: FullName::new("Канарейкина", "Анна", "Ильинична"),
        phone: parse_phone("89173456745").ok(),
        birth_date: Some(date(2010, 3, 4)),
        note: "поёт громко".into(),
        ..(*seen).clone()
    };
    let mut run = |operation| bench.execute(operation).expect("allowed");
    // Once under another surname, which the journal remembers.
    let renamed = Person {
        name: FullName::new("Щегловская", "Анна", "Ильинична"), ..wanted.clone()
    };
    run(Operation::Edit { seen: seen.into(), wanted: renamed.clone().into() });
    run(Operation::Edit { seen: renamed.into(), wanted: wanted.into() });
    let address = invite("canary-token-2");
    run(Operation::Add(vec![
        Chat { group: Some(GroupId(2)), kind: ChatKind::Students, owner: Some(child), ..Chat::default() }
            .into(),
        Guardianship { adult: PersonId(2), child, basis: "отец".into(), ..Guardianship::default() }.into(),
        JoinRequest {
            id: Default::default(),
            written_name: "канарейка поёт".into(),
            role: Role::Student,
            target: Target::Group(GroupId(2)),
            received_on: LEFT,
            person: Some(child),
            decision: None,
        }
        .into(),
        Appeal {
            received_on: LEFT,
            question: "птичья почта не работает".into(),
            person: Some(child),
            ..Appeal::default()
        }
        .into(),
        // Of somebody who stays, about the one who goes.
        Appeal {
            received_on: LEFT,
            question: "Мама Канарейкиной просит ссылку".into(),
            person: Some(PersonId(3)),
            ..Appeal::default()
        }
        .into(),
        CabinetTask {
            text: "Удалить: Канарейкина Анна".into(),
            person: Some(child),
            ..CabinetTask::default()
        }
        .into(),
        CabinetTask {
            text: "Спросить о Щегловской Анне".into(), ..CabinetTask::default()
        }
        .into(),
        Remembered {
            kind: RememberedKind::PersonAlias,
            key: "reconcile:group-2:канарейка".into(),
            value: child.to_string(),
            ..Remembered::default()
        }
        .into(),
        Remembered {
            kind: RememberedKind::RefusedValue,
            key: format!("{child}/phone"),
            value: "c0ffee".into(),
            ..Remembered::default()
        }
        .into(),
    ]));
    run(Operation::AddInvites(vec![Invite {
        issued_by: Some(child),
        handed_over: Some(HandOver {
            to: Some(child),
            note: "Канарейкиной лично".into(),
            ..HandOver::default()
        }),
        ..address
    }]));
    let seen = bench.register.person(child).expect("is there").clone();
    bench
        .execute(Operation::Depart { people: vec![seen], on: LEFT, order: OrderReference::default() })
        .expect("allowed");
    bench.store.put_workspace("import", "строка 3: Канарейкина").expect("kept");
    bench.store.put_workspace("cleanup", "{\"order\":[1]}").expect("kept");
    bench
}

fn canaries_in(path: &Path) -> Vec<&'static str> {
    let bytes = bytes_of(path);
    let has = |word: &&str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    CANARIES.into_iter().filter(has).collect()
}

#[test]
fn nothing_of_an_erased_person_is_left_in_the_bytes_of_the_file() {
    let mut bench = full_bench(None);
    let child = bench.person_of("Канарейкина");
    assert_eq!(canaries_in(&bench.path), CANARIES, "the test must put every canary into the file");
    let erased = bench.erase(&[child]);
    assert!(erased.compacted);
    assert_eq!(canaries_in(&bench.path), [] as [&str; 0]);
    let journal = bench.path.with_file_name("школа.sferum-journal");
    assert!(std::fs::metadata(journal).map_or(0, |metadata| metadata.len()) == 0);
    // Others, and what is not about the person, stay.
    let bench = bench.reopened();
    assert_eq!(bench.person_of("Соколов"), 3);
    assert_eq!(bench.register.tables().appeals.len(), 1);
    assert_eq!(
        bench.register.tables().appeals.values().next().map(|it| it.question.as_str()),
        Some("стёрто")
    );
    assert_eq!(bench.register.tables().cabinet_tasks.len(), 1);
    assert_eq!(bench.register.tables().invites.len(), 2, "links stay for ever");
    assert_eq!(bench.register.tables().chats.values().next().and_then(|chat| chat.owner), None);
    assert_eq!(bench.store.get_workspace("cleanup").expect("read").as_deref(), Some("{\"order\":[1]}"));
    let record = erased.record;
    assert_eq!((record.drafts, record.rows["person"], record.rows["remembered"]), (1, 1, 2));
    let categories = &record.people[0].categories;
    for category in [ErasedCategory::Phone, ErasedCategory::Family, ErasedCategory::Answers] {
        assert!(categories.contains(&category), "{category:?}");
    }
}

#[test]
fn the_chain_verifies_after_an_erasure_and_tampering_is_still_found() {
    for key in [None, Some(raw_key())] {
        let mut bench = full_bench(key);
        let child = bench.person_of("Канарейкина");
        let before = bench.store.verify().expect("readable");
        assert_eq!(before.problems, []);
        let erased = bench.erase(&[child]);
        let after = bench.store.verify().expect("readable");
        assert_eq!(after.problems, []);
        assert_eq!((after.entries, after.head_hash), (before.entries + 1, erased.entry.head_hash));
        let mut bench = bench.reopened();
        // The register in memory became what the file holds.
        assert_eq!(bench.register.person(PersonId(child)), None);
        bench.execute(add_person("Дымов", GroupId(2))).expect("goes on");
        assert_eq!(bench.person_of("Дымов"), 4, "an id never means somebody else");
        bench
            .store
            .connection
            .execute(
                "UPDATE journal_change SET salt = NULL, payload = NULL WHERE entry = ?1",
                [bench.register.revision as i64],
            )
            .expect("tampered");
        let problems = bench.store.verify().expect("readable").problems;
        assert!(problems.contains(&VerifyProblem::JournalBroken { entry: bench.register.revision }));
    }
}

#[test]
fn undo_keeps_what_was_erased_and_takes_back_the_rest() {
    let mut bench = full_bench(None);
    let child = bench.person_of("Канарейкина");
    bench.erase(&[child]);
    // Entry 3 made the person: its one part is kept.
    assert_eq!(bench.undo(3, None).err(), Some(Refusal::EveryPartKept));
    let changes = bench.store.list_changes(3, 0, usize::MAX).expect("read");
    let code = bench.store.get_entry(3).expect("read").expect("is there").code;
    let undo = Operation::Undo { entry: 3, code, parts: None, changes };
    assert!(matches!(decide(&bench.register, &undo, &context()), Err(Refusal::EveryPartKept)));
    // The entry with ten records: those of others are taken back, those of the erased stay as they are, that is gone.
    let mixed = 9;
    let changes = bench.store.list_changes(mixed, 0, usize::MAX).expect("read");
    let blank = changes.iter().filter(|change| change.fields == Default::default()).count();
    assert_eq!((changes.len(), blank), (9, 8), "all but the chat, whose owner was only an id");
    let code = bench.store.get_entry(mixed).expect("read").expect("is there").code;
    let undo = Operation::Undo { entry: mixed, code, parts: None, changes };
    match decide(&bench.register, &undo, &context()) {
        Ok(set) => {
            assert!(set.kept.iter().filter(|part| part.because == KeptBecause::Erased).count() >= 7);
        }
        Err(refusal) => assert_eq!(refusal, Refusal::EveryPartKept),
    }
    assert_eq!(bench.store.verify().expect("readable").problems, []);
    // The erasure itself is never what undo offers.
    let newest = bench.store.latest_undoable().expect("read").expect("there are others");
    assert_ne!(
        bench.store.get_entry(newest).expect("read").map(|entry| entry.code),
        Some(ERASE_EVENT.into())
    );
}

#[test]
fn a_person_whom_an_undo_took_out_is_erased_from_the_journal_too() {
    let mut bench = full_bench(None);
    let first = bench.register.revision;
    bench
        .execute(Operation::AddPerson {
            person: Person {
                name: FullName::new("Канарейкина", "Анна", "Ильинична"),
                note: "птичья почта".into(),
                ..Person::default()
            },
            memberships: vec![membership(PersonId(0), GroupId(2))],
            children: Vec::new(),
        })
        .expect("allowed");
    bench.undo(first + 1, None).expect("taken back");
    let child = bench.person_of("Канарейкина");
    bench.erase(&[child]);
    assert_eq!(canaries_in(&bench.path), [] as [&str; 0]);
    assert_eq!(bench.store.verify().expect("readable").problems, []);
}

#[test]
fn a_restored_copy_is_cleaned_by_the_list_of_ids() {
    let mut bench = full_bench(None);
    let older = bench.folder.path().join("копия.sferum");
    bench.store.backup_to(&older).expect("copied");
    let child = bench.person_of("Канарейкина");
    bench.execute(add_person("Дымов", GroupId(2))).expect("allowed");
    let late = bench.person_of("Дымов");
    bench.erase(&[child]);
    bench.erase(&[late]);
    let list = bench.store.list_erased_people().expect("read");
    assert_eq!(list, [PersonId(child), PersonId(late)]);
    // The older copy knows the first and not the second.
    let (store, loaded) = Store::open(&older, None, &holder()).expect("opens");
    let folder = tempfile::tempdir().expect("a folder");
    let mut copy = Bench { folder, path: older, key: None, store, register: loaded.register };
    copy.erase(&[child, late]);
    assert_eq!(canaries_in(&copy.path), [] as [&str; 0]);
    assert_eq!(copy.store.verify().expect("readable").problems, []);
    assert_eq!(copy.store.list_erased_people().expect("read"), list);
    let mut copy = copy.reopened();
    copy.execute(add_person("Зайцев", GroupId(2))).expect("allowed");
    assert_eq!(copy.person_of("Зайцев"), late + 1, "the id of somebody erased is not given out again");
}

#[test]
fn a_namesake_who_stays_keeps_every_text() {
    let mut bench = full_bench(None);
    let child = bench.person_of("Канарейкина");
    let namesake = Person {
        name: FullName::new("Канарейкина", "Анна", "Петровна"), ..Person::default()
    };
    bench
        .execute(Operation::AddPerson { person: namesake, memberships: Vec::new(), children: Vec::new() })
        .expect("allowed");
    bench.erase(&[child]);
    let question = bench.register.tables().appeals.values().next().map(|appeal| appeal.question.clone());
    assert_eq!(question.as_deref(), Some("Мама Канарейкиной просит ссылку"));
    let key = EntityKey { kind: EntityKind::Person, id: child };
    let history = bench.store.list_history(key, 100).expect("read");
    assert!(history.iter().all(|(_, change)| change.fields == Default::default()));
    assert_eq!(bench.store.verify().expect("readable").problems, []);
}

#[test]
fn an_erasure_of_another_register_and_of_a_read_only_file_is_refused() {
    let mut bench = full_bench(None);
    let trace = ErasureTrace::new(&bench.register, &[PersonId(1)]);
    let plan = trace.plan(&bench.register, None);
    let outcome = bench.store.erase(&trace, &plan, &new_entry(ERASE_EVENT), 1);
    assert!(matches!(outcome, Err(StoreError::RevisionMismatch { .. })));
    let revision = bench.register.revision;
    let (_folder, path) = bench.closed();
    let (mut store, _) = Store::open_read_only(&path, None).expect("opens");
    let outcome = store.erase(&trace, &plan, &new_entry(ERASE_EVENT), revision);
    assert!(matches!(outcome, Err(StoreError::ReadOnly)));
    drop(store);
    assert_eq!(canaries_in(&path), CANARIES);
}
