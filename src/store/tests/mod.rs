//! Tests of the store as a whole, on real files.

mod erasure;
mod holding;
mod journal_reading;
mod refusals;
mod rekeying;
mod replacing;
mod round_trip;
mod tampering;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::{Date, date};
use tempfile::TempDir;

use super::{AppendedEntry, Holder, Key, NewEntry, Store, StoreError};
use crate::names::{FullName, InviteAddress, Role};
use crate::register::{
    ChangeSet, Context, EntityKind, Group, GroupId, Invite, InviteId, Membership, MembershipId, Operation,
    Organization, Person, PersonId, Refusal, Register, SchoolYear, Target, decide,
};

pub(super) const TODAY: Date = date(2026, 10, 12);

pub(super) fn holder() -> Holder {
    Holder { pc: "КАБ-12".into(), user: "zavuch".into(), since: Timestamp::UNIX_EPOCH }
}

pub(super) fn raw_key() -> Key {
    Key::from_raw([7; 32])
}

pub(super) fn context() -> Context {
    Context { today: TODAY, now: Timestamp::UNIX_EPOCH, actor: "Администратор".into() }
}

pub(super) fn new_entry(code: &str) -> NewEntry<'_> {
    NewEntry {
        at: Timestamp::UNIX_EPOCH,
        day: TODAY,
        actor: "Администратор",
        code,
        details: String::new(),
        undoes: None,
    }
}

/// A file with what belongs to it, in a folder of its own.
pub(super) struct Bench {
    pub(super) folder: TempDir,
    pub(super) path: PathBuf,
    pub(super) key: Option<Key>,
    pub(super) store: Store,
    pub(super) register: Register,
}

impl Bench {
    pub(super) fn new(key: Option<Key>) -> Bench {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("школа.sferum");
        let (store, loaded) =
            Store::create(&path, key.as_ref(), &holder(), Timestamp::UNIX_EPOCH).expect("a new file");
        Bench { folder, path, key, store, register: loaded.register }
    }

    /// With organization, a class of three and a link: entries 1 to 4.
    pub(super) fn founded(key: Option<Key>) -> Bench {
        let mut bench = Bench::new(key);
        bench
            .execute(Operation::Found(Organization {
                name: "Школа № 14".into(), ..Organization::default()
            }))
            .expect("founded");
        bench.execute(Operation::Add(vec![group("5А").into()])).expect("a class");
        for surname in ["Канарейкина", "Журавлёв", "Соколов"] {
            bench.execute(add_person(surname, GroupId(2))).expect("a person");
        }
        bench.execute(Operation::AddInvites(vec![invite("canary-token-1")])).expect("a link");
        bench
    }

    /// Decide, append, apply: as a session does.
    pub(super) fn execute(&mut self, operation: Operation) -> Result<AppendedEntry, Refusal> {
        let changes = decide(&self.register, &operation, &context())?;
        assert!(!changes.is_empty(), "the tests' operations change something");
        let undoes = match &operation {
            Operation::Undo { entry, .. } => Some(*entry),
            _ => None,
        };
        let details = match operation.details() {
            serde_json::Value::Null => String::new(),
            details => details.to_string(),
        };
        let code = operation.code();
        let entry = NewEntry { details, undoes, ..new_entry(&code) };
        let appended = self.store.append(&changes, &entry, self.register.revision).expect("appended");
        self.register.apply(&changes);
        self.register.revision = appended.number;
        self.register.last_recorded_day = Some(TODAY);
        Ok(appended)
    }

    pub(super) fn undo(&mut self, entry: u64, parts: Option<Vec<u32>>) -> Result<AppendedEntry, Refusal> {
        let code = self.store.get_entry(entry).expect("read").expect("the entry is there").code;
        let changes = self.store.list_changes(entry, 0, usize::MAX).expect("read");
        self.execute(Operation::Undo { entry, code, parts, changes })
    }

    pub(super) fn reopened(self) -> Bench {
        let Bench { folder, path, key, store, .. } = self;
        drop(store);
        let (store, loaded) = Store::open(&path, key.as_ref(), &holder()).expect("opens again");
        assert_eq!(store.head_hash(), loaded.head_hash);
        Bench { folder, path, key, store, register: loaded.register }
    }

    /// Closes the file and leaves folder and path.
    pub(super) fn closed(self) -> (TempDir, PathBuf) {
        (self.folder, self.path)
    }
}

pub(super) fn group(label: &str) -> Group {
    Group { label: label.into(), year: Some(SchoolYear(2026)), ..Group::default() }
}

pub(super) fn person(surname: &str) -> Person {
    Person { name: FullName::new(surname, "Имя", "Отчество"), ..Person::default() }
}

pub(super) fn membership(person: PersonId, group: GroupId) -> Membership {
    Membership {
        id: MembershipId(0),
        person,
        role: Role::Student,
        group: Some(group),
        origin: Default::default(),
        post: String::new(),
        post_origin: Default::default(),
        since: None,
        until: None,
        participation: Default::default(),
        verification: Default::default(),
        verification_since: None,
    }
}

pub(super) fn add_person(surname: &str, group: GroupId) -> Operation {
    Operation::AddPerson {
        person: person(surname),
        memberships: vec![membership(PersonId(0), group)],
        children: Vec::new(),
    }
}

pub(super) fn invite(token: &str) -> Invite {
    Invite {
        id: InviteId(0),
        target: Target::Group(GroupId(2)),
        role: Role::Student,
        address: InviteAddress::parse(&format!("https://max.ru/join/{token}")).expect("an address").0,
        recorded_on: TODAY,
        issued_on: None,
        issued_by: None,
        handed_over: None,
        expires_on: None,
        replaced_by: None,
        revocation: None,
        deferral: None,
        exposure: None,
        delegation: None,
        failed: None,
    }
}

/// Opens behind the store's back, as a tamperer with the key would.
pub(super) fn raw_connection(path: &Path, key: Option<&Key>) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(path).expect("opens");
    if let Some(key) = key {
        key.apply(&connection).expect("keyed");
    }
    connection
}

pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("read")
}

pub(super) fn put_bytes(path: &Path, bytes: &[u8]) {
    crate::files::write_bytes_atomically(path, bytes).expect("written");
}

pub(super) fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("read");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Opens a file that must be refused: its bytes and its folder stay as they were.
pub(super) fn refused(path: &Path, key: Option<&Key>) -> StoreError {
    let folder = path.parent().expect("a folder");
    let (bytes, names) = (bytes_of(path), names_in(folder));
    let error = Store::open(path, key, &holder()).expect_err("must be refused");
    assert_eq!((bytes_of(path) == bytes, names_in(folder)), (true, names), "{error}");
    error
}

pub(super) fn empty_set() -> ChangeSet {
    ChangeSet::default()
}

/// Everything a register holds, also what it derives; an emptied table and a missing one are the same.
pub(super) fn assert_same(left: &Register, right: &Register) {
    assert!(left.holds_the_same_as(right), "the entities differ");
    assert_eq!((left.revision, left.last_recorded_day), (right.revision, right.last_recorded_day));
    for kind in EntityKind::ALL {
        assert_eq!(left.counter(*kind), right.counter(*kind), "counter of {kind:?}");
    }
    for key in left.tables().entities().map(|entity| entity.key()) {
        assert_eq!(left.referrers(key), right.referrers(key), "referrers of {key:?}");
    }
}
