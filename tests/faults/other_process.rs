//! The other process: this very test program, started again with a part to play. Each part opens the file as the
//! program does and tells a side log what was acknowledged.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sferum_console::session::{Session, SessionError, UndoTarget};
use sferum_console::store::{Holder, Store};

use crate::bench::{Lock, School, appeals, clock, found, import, roster};

const PART: &str = "FAULT_PART";
const FILE: &str = "FAULT_FILE";
const LOCK: &str = "FAULT_LOCK";
const LOG: &str = "FAULT_LOG";

/// A process that plays a part.
pub struct Other {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

/// The command that plays a part; stdin and stdout are left to the caller.
pub fn command(part: &str, school: &School) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", "--nocapture", "--test-threads=1", "other_process::play_a_part"]);
    school.surround(&mut command);
    command
        .env(PART, part)
        .env(FILE, &school.path)
        .env(LOCK, school.lock.code())
        .env(LOG, school.outside("log"));
    command
}

impl Other {
    pub fn start(part: &str, school: &School) -> Other {
        let mut command = command(part, school);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("starts");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        Other { child, lines }
    }

    /// Waits until the process says a word of the protocol; answers the rest of its line.
    #[track_caller]
    pub fn wait_for(&mut self, word: &str) -> String {
        loop {
            let line = self.lines.next().expect("the other process ended early").expect("text");
            if let Some(rest) = line.strip_prefix(word) {
                return rest.trim().to_owned();
            }
        }
    }

    /// The first line that begins with one of the words.
    pub fn wait_for_any(&mut self, words: &[&str]) -> String {
        loop {
            let line = self.lines.next().expect("the other process ended early").expect("text");
            if words.iter().any(|word| line.starts_with(word)) {
                return line;
            }
        }
    }

    /// Lets the process do its next step.
    pub fn go_on(&mut self) {
        let stdin = self.child.stdin.as_mut().expect("piped");
        stdin.write_all(b"\n").and_then(|()| stdin.flush()).expect("the process listens");
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("it was alive");
        self.child.wait().expect("gone");
    }

    /// Ends it in its own way.
    pub fn finish(mut self) -> i32 {
        drop(self.child.stdin.take());
        self.child.wait().expect("ends").code().expect("not by a signal")
    }
}

/// The last whole line of the side log of a word: what was acknowledged, 0 without one.
pub fn acknowledged(school: &School, word: &str) -> u64 {
    let text = std::fs::read_to_string(school.outside("log")).unwrap_or_default();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole
        .lines()
        .filter_map(|line| line.strip_prefix(word)?.trim().parse().ok())
        .next_back()
        .unwrap_or_default()
}

/// The side log: a line counts once it was synced.
struct Log(File);

impl Log {
    fn open() -> Log {
        let path = std::env::var_os(LOG).expect("given with the part");
        Log(File::options().create(true).append(true).open(path).expect("the side log"))
    }

    fn acknowledge(&mut self, word: &str, number: u64) {
        writeln!(self.0, "{word} {number}").and_then(|()| self.0.sync_all()).expect("the side log");
    }

    /// After an operation: its revision is true from here on.
    fn revision(&mut self, session: &Session) {
        self.acknowledge("revision", session.register().revision);
    }
}

/// The entrance of the other process; by itself it has no part and does nothing.
#[test]
fn play_a_part() {
    let Ok(part) = std::env::var(PART) else { return };
    let path = PathBuf::from(std::env::var_os(FILE).expect("given with the part"));
    let lock = Lock::from_code(&std::env::var(LOCK).expect("given with the part"));
    // libtest's own line has no end yet.
    println!();
    let code = match part.as_str() {
        "edits" => edit_for_ever(&path, lock),
        "imports" => import_for_ever(&path, lock),
        "round" => go_round(&path, lock),
        "start" => hold(&path, lock),
        #[cfg(target_os = "linux")]
        "full_disk" => crate::full_disk::sweep(),
        #[cfg(target_os = "linux")]
        "read_only_mount" => crate::read_only::on_a_read_only_mount(&path),
        other => panic!("no such part: {other}"),
    };
    std::process::exit(code);
}

fn open(path: &Path, lock: Lock) -> Session {
    Session::open(path, lock.key().as_ref(), clock(), Some("Проверка")).expect("opens")
}

/// Small and middling commits, one after the other.
fn edit_for_ever(path: &Path, lock: Lock) -> i32 {
    let (mut session, mut log) = (open(path, lock), Log::open());
    println!("begun");
    loop {
        for count in [1, 1, 1, 60] {
            session.execute(&appeals(count)).expect("written");
            log.revision(&session);
        }
    }
}

/// An import of more than a thousand, taken back, done again: transactions of megabytes.
fn import_for_ever(path: &Path, lock: Lock) -> i32 {
    let (mut session, mut log) = (open(path, lock), Log::open());
    let operation = import(session.register(), &roster(1000, 1500));
    println!("begun");
    session.execute(&operation).expect("written");
    log.revision(&session);
    loop {
        session.undo(&UndoTarget::default()).expect("taken back");
        log.revision(&session);
        session.redo().expect("done again");
        log.revision(&session);
    }
}

/// Everything that writes, once, each step acknowledged: edits, an import, its undo, a draft, a report, a backup, a
/// new file, closing and opening.
fn go_round(path: &Path, lock: Lock) -> i32 {
    let (mut session, mut log) = (open(path, lock), Log::open());
    session.execute(&appeals(1)).expect("written");
    log.revision(&session);
    let operation = import(session.register(), &roster(100, 20));
    session.execute(&operation).expect("written");
    log.revision(&session);
    session.put_workspace("черновик", Some("половина слова")).expect("kept");
    session.undo(&UndoTarget::default()).expect("taken back");
    log.revision(&session);
    let report = path.with_file_name("отчёт.csv");
    sferum_console::files::write_bytes_atomically(&report, &new_report()).expect("written");
    log.acknowledge("report", 1);
    session.execute(&appeals(150)).expect("written");
    log.revision(&session);
    drop(session);
    let holder = Holder { pc: "КАБ-12".into(), user: "zavuch".into(), since: jiff::Timestamp::UNIX_EPOCH };
    let (store, loaded) = Store::open(path, lock.key().as_ref(), &holder).expect("opens");
    store.backup_to(&path.with_file_name("копия.sferum")).expect("copied");
    log.acknowledge("backup", loaded.register.revision);
    drop(store);
    let made = found(&path.with_file_name("новая.sferum"), lock);
    log.acknowledge("made", made.register().revision);
    drop(made);
    let mut session = open(path, lock);
    session.execute(&appeals(1)).expect("written");
    log.revision(&session);
    drop(session);
    0
}

/// Opens, says so, and edits once for every line of stdin until that ends. Exit code 3 and the sentence where somebody
/// else has the file.
fn hold(path: &Path, lock: Lock) -> i32 {
    let mut session = match Session::open(path, lock.key().as_ref(), clock(), Some("Проверка")) {
        Ok(session) => session,
        Err(error @ SessionError::Held(_)) => {
            println!("refused {error}");
            return 3;
        }
        Err(error) => panic!("{error}"),
    };
    println!("held");
    for _ in std::io::stdin().lock().lines() {
        session.execute(&appeals(3)).expect("written");
        println!("idle {}", session.register().revision);
    }
    0
}

/// The report before and after the round: long enough to be torn.
pub fn old_report() -> Vec<u8> {
    "старый;отчёт\r\n".repeat(400).into_bytes()
}

pub fn new_report() -> Vec<u8> {
    "новый;отчёт;длиннее\r\n".repeat(600).into_bytes()
}
