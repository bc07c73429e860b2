//! What the fault programs share: chance, a school of twenty, opening it, and the whole check of a file.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use sferum_console::names::Role;
use sferum_console::register::{Appeal, Operation, Organization, Register, SchoolYear};
use sferum_console::roster::{PlanChoices, ReadChoices, WorkbookReader};
use sferum_console::session::{
    Clock, JobHandle, RosterImport, RosterRequest, RosterSource, Session, prepare_roster,
};
use sferum_console::store::Key;
use tempfile::TempDir;

pub const TODAY: Date = date(2026, 10, 12);
/// The same day for the command line.
pub const TODAY_OPTION: &str = "--today=2026-10-12";
pub const PASSWORD: &str = "осенний-лес-и-река";
pub const FILE_NAME: &str = "школа.sferum";

/// How often a program repeats its fault: `FAULT_CASES`, or a count that suits a short run.
pub fn cases(short: usize) -> usize {
    std::env::var("FAULT_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(short).max(1)
}

/// Chance that can be repeated: xorshift, seeded by the program's name and `FAULT_SEED`.
pub struct Chance(u64);

impl Chance {
    pub fn of(program: &str) -> Chance {
        let seed: u64 = std::env::var("FAULT_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
        let mixed = program.bytes().fold(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15), |mixed, byte| {
            (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        Chance(mixed | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Below a bound that is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 16) as usize % bound
    }

    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }
}

/// How a file is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    Plain,
    /// Sweeps open by the raw key: deriving one costs a fifth of a second.
    Raw,
    Password,
}

impl Lock {
    pub fn key(self) -> Option<Key> {
        match self {
            Lock::Plain => None,
            Lock::Raw => Some(Key::from_raw([7; 32])),
            Lock::Password => Key::from_password(PASSWORD),
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Lock::Plain => "plain",
            Lock::Raw => "raw",
            Lock::Password => "password",
        }
    }

    pub fn from_code(code: &str) -> Lock {
        [Lock::Plain, Lock::Raw, Lock::Password]
            .into_iter()
            .find(|lock| lock.code() == code)
            .expect("one of the three")
    }
}

pub fn clock() -> Clock {
    Clock::fixed(TODAY.at(9, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a moment"))
}

/// A roster of made-up pupils, numbered from `first`.
pub fn roster(first: usize, count: usize) -> String {
    let mut text = String::from("Фамилия;Имя;Отчество;Класс;Телефон\r\n");
    for number in first..first + count {
        text += &format!(
            "{};{};Ильич;{}{};8 9{:02} {:03}-{:02}-{:02}\r\n",
            made_name(number, "ов"),
            made_name(number / 7, "ий"),
            number / 27 % 11 + 1,
            ['А', 'Б', 'В', 'Г'][number / 300 % 4],
            number / 10_000_000 % 100,
            number / 10_000 % 1000,
            number / 100 % 100,
            number % 100,
        );
    }
    text
}

/// A name of its own for every number.
fn made_name(number: usize, ending: &str) -> String {
    const SYLLABLES: [&str; 10] = ["ба", "ве", "гу", "до", "жи", "зо", "ка", "лу", "ми", "ра"];
    let mut name = String::from("М");
    let mut rest = number;
    loop {
        name += SYLLABLES[rest % 10];
        rest /= 10;
        if rest == 0 {
            return name + ending;
        }
    }
}

/// The import of a roster as a session would execute it.
pub fn import(register: &Register, text: &str) -> Operation {
    let request = RosterRequest {
        source: RosterSource::Pasted(text.into()),
        read: ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() },
        plan: PlanChoices::for_year(SchoolYear(2026)),
        reuse: None,
    };
    match prepare_roster(register, &request, TODAY, &WorkbookReader::of_this_program(), &JobHandle::default())
    {
        RosterImport::Ready(prepared) => prepared.operation(),
        RosterImport::Unreadable { text, .. } => panic!("the made roster is unreadable: {text}"),
        RosterImport::Cancelled => panic!("nobody cancels"),
    }
}

/// Small edits: appeals, a part each.
pub fn appeals(count: usize) -> Operation {
    let appeal = |number: usize| Appeal {
        received_on: TODAY,
        question: format!("не открывается чат {number} {}", "слово ".repeat(number % 40)),
        ..Appeal::default()
    };
    Operation::Add((0..count).map(|number| appeal(number).into()).collect())
}

/// Makes a school of twenty pupils.
pub fn found(path: &Path, lock: Lock) -> Session {
    let card = Organization { name: "Школа № 99".into(), ..Organization::default() };
    let mut session =
        Session::create(path, lock.key().as_ref(), card, clock(), "Проверка").expect("a new file");
    let import = import(session.register(), &roster(1, 20));
    session.execute(&import).expect("the roster of twenty");
    session
}

/// A school of twenty in a folder of its own, with folders outside it for what the fault must not touch.
pub struct School {
    whole: TempDir,
    pub path: PathBuf,
    pub lock: Lock,
}

impl School {
    pub fn new(lock: Lock) -> School {
        static TEMPLATES: [OnceLock<Vec<u8>>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
        let bytes = TEMPLATES[lock as usize].get_or_init(|| {
            let folder = TempDir::new().expect("a temporary folder");
            let path = folder.path().join("template");
            drop(found(&path, lock));
            std::fs::read(&path).expect("the file just made")
        });
        let school = School::empty(lock);
        put(&school.path, bytes);
        school
    }

    /// The folders without the file.
    pub fn empty(lock: Lock) -> School {
        let whole = TempDir::new().expect("a temporary folder");
        let root = whole.path().canonicalize().expect("it is there");
        for name in ["дом", "вне", "временное"] {
            std::fs::create_dir(root.join(name)).expect("a folder");
        }
        School { path: root.join("дом").join(FILE_NAME), whole, lock }
    }

    /// The folder of the file.
    pub fn folder(&self) -> &Path {
        self.path.parent().expect("a file lies in a folder")
    }

    /// A path beside the file.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// A path the fault does not touch.
    pub fn outside(&self, name: &str) -> PathBuf {
        self.whole.path().join("вне").join(name)
    }

    /// The folder that the program takes for temporary files.
    pub fn temporary(&self) -> PathBuf {
        self.whole.path().join("временное")
    }

    pub fn journal(&self) -> PathBuf {
        self.beside(&format!("{FILE_NAME}-journal"))
    }

    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.path).expect("the school's file")
    }

    pub fn check(&self) -> Result<Checked, String> {
        check(&self.path, self.lock)
    }

    /// A command of the program in the folder of the file, without a display.
    pub fn console(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sferum-console"));
        command.args(arguments);
        self.surround(&mut command);
        command
    }

    /// Folder, user's folders and no display for a command.
    pub fn surround(&self, command: &mut Command) {
        command.current_dir(self.folder()).env("TMPDIR", self.temporary()).stdin(Stdio::null());
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"]
        {
            command.env(name, self.whole.path().join("вне"));
        }
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
            command.env_remove(name);
        }
    }
}

/// What a sound file holds.
pub struct Checked {
    pub revision: u64,
    pub people: usize,
    /// How long opening took, with the rolling back of whatever a fault left.
    pub opened_in: std::time::Duration,
}

/// Opens a file and checks all of it: pages, references, chain, and that journal and tables agree, so that half an
/// import would show. Says what is wrong.
pub fn check(path: &Path, lock: Lock) -> Result<Checked, String> {
    let begun = std::time::Instant::now();
    let session = Session::open(path, lock.key().as_ref(), clock(), Some("Проверка"))
        .map_err(|error| format!("does not open: {error}"))?;
    let opened_in = begun.elapsed();
    let report = session.verify().map_err(|error| format!("cannot be checked: {error}"))?;
    if !report.problems.is_empty() {
        return Err(format!("unsound: {:?}", report.problems));
    }
    let register = session.register();
    if report.entries != register.revision {
        return Err(format!("{} entries at revision {}", report.entries, register.revision));
    }
    Ok(Checked { revision: register.revision, people: register.tables().people.values().count(), opened_in })
}

/// Names in a folder, in order.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

pub fn put(path: &Path, bytes: &[u8]) {
    sferum_console::files::write_bytes_atomically(path, bytes).expect("a writable folder of the test");
}

/// Exit code and stderr, which must not be those of a panic.
#[track_caller]
pub fn ended(output: &Output) -> (i32, String) {
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code().unwrap_or_else(|| panic!("ended by {}: {errors}", output.status));
    assert!(code != 101 && !errors.contains("Внутренняя ошибка"), "a panic: {errors}");
    (code, errors)
}

/// Whether a journal would be rolled back: SQLite's magic stands at its head only once it was synced.
pub fn is_hot(journal: &Path) -> bool {
    use std::io::Read;
    let mut first = [0; 8];
    std::fs::File::open(journal).and_then(|mut file| file.read_exact(&mut first)).is_ok()
        && first == [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]
}

/// Whether a program of the system is there.
pub fn has_program(name: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(name).is_file())
}

/// A sentence for people: Russian, ended, without the marks of a programmer's message.
pub fn is_a_sentence(text: &str) -> bool {
    text.contains(|letter: char| ('а'..='я').contains(&letter)) && text.trim_end().ends_with('.')
}
