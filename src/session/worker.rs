//! The worker that owns the session: requests in, replies out, one thread. Long work (parsing,
//! planning) runs beside it as a job over a snapshot, so edits go on.

mod care;
mod passwords;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

pub use care::{CareReply, CareRequest};
use jiff::civil::Date;
pub use passwords::{PasswordReply, PasswordRequest};

use super::backups::{BackupFolders, BackupPlace};
use super::clock::Clock;
use super::erasure::ErasureOutcome;
use super::errors::SessionError;
use super::file_key::CodeState;
use super::file_papers::{FilePaper, write_file_paper};
use super::import_history::ImportRecord;
use super::journal_export::JournalCheck;
use super::opening::FileStanding;
use super::papers_of_links::{LinkPaper, WrittenPaper, confirm_addresses, export_link_paper};
use super::registers::{Executed, Session, UndoTarget};
use super::restoring::RestoreOffer;
use super::snapshot::Snapshot;
use crate::register::{EntityKey, JournalChange, Operation, Organization, PersonId};
use crate::store::{EntryRow, Key, StoreError};

/// What the view asks of the worker.
pub enum Request {
    Open {
        path: PathBuf,
        key: Option<Key>,
        actor: Option<String>,
    },
    Create {
        path: PathBuf,
        key: Option<Key>,
        organization: Box<Organization>,
    },
    /// Opens the demonstration file, made anew when its day has passed and nobody touched it.
    OpenDemo,
    Close,
    /// Closes the file because the screen is left (faults row 26): what was asked before is finished first.
    Lock,
    Execute(Box<Operation>),
    Undo(UndoTarget),
    Redo,
    /// Judge the same register by the new day.
    Rejudge,
    ListEntries {
        before: Option<u64>,
        limit: usize,
    },
    /// The newest entries with any of these codes.
    ListEntriesOf {
        codes: &'static [&'static str],
        limit: usize,
    },
    /// The newest imports of rosters.
    ListImports {
        limit: usize,
    },
    ListChanges {
        entry: u64,
        limit: usize,
    },
    ListHistory {
        key: EntityKey,
        limit: usize,
    },
    PutWorkspace {
        key: String,
        value: Option<String>,
    },
    /// Makes a paper of links and writes it. It carries a mark of the journal, so only the session can make it.
    WriteLinkPaper {
        paper: Box<LinkPaper>,
        path: PathBuf,
        /// The password once more: papers with whole addresses need it where the file has one.
        confirmed_by: Option<Key>,
    },
    /// Makes a paper about the file itself and writes it.
    WriteFilePaper {
        paper: Box<FilePaper>,
        path: PathBuf,
    },
    /// Erases people who left before a day.
    ErasePeople {
        people: Vec<PersonId>,
        before: Date,
    },
    /// Checks the file and its journal.
    CheckJournal,
    /// Checks, backups and restoring.
    Care(CareRequest),
    /// Passwords and recovery codes.
    Password(PasswordRequest),
}

/// What the worker answers.
pub enum Reply {
    Opened {
        snapshot: Snapshot,
        path: PathBuf,
        read_only: bool,
        encrypted: bool,
        /// Why it is read-only, what it lies on, whether the last writer was killed.
        standing: FileStanding,
        /// Whether the recovery code was confirmed: a banner stays until it is.
        code_state: CodeState,
        workspace: Vec<(String, String)>,
    },
    /// The file was not opened. `needs_key`: ask for the password.
    OpenFailed {
        path: PathBuf,
        text: String,
        needs_key: bool,
        /// The newest good backup, where one would help.
        offer: Option<Box<RestoreOffer>>,
    },
    Closed,
    /// The file is released; nothing of it is held any more.
    Locked,
    /// A bug of ours was hit; the file is closed, what was written stands.
    Failed,
    Changed {
        snapshot: Snapshot,
        executed: Executed,
    },
    Rejudged {
        snapshot: Snapshot,
    },
    Refused {
        text: String,
    },
    Entries {
        before: Option<u64>,
        entries: Vec<EntryRow>,
    },
    EntriesOf {
        codes: &'static [&'static str],
        entries: Vec<EntryRow>,
    },
    Imports {
        records: Vec<ImportRecord>,
    },
    Changes {
        entry: u64,
        changes: Vec<JournalChange>,
    },
    History {
        key: EntityKey,
        history: Vec<(EntryRow, JournalChange)>,
    },
    /// A paper of links was written, or why it was not.
    PaperWritten {
        paper: Box<LinkPaper>,
        path: PathBuf,
        written: Result<WrittenPaper, String>,
        /// The register with the journal entry of the paper, where it got one.
        snapshot: Option<Snapshot>,
    },
    /// A paper about the file was written, or why it was not.
    FilePaperWritten {
        paper: Box<FilePaper>,
        path: PathBuf,
        written: Result<(), String>,
    },
    /// People were erased.
    Erased {
        snapshot: Snapshot,
        outcome: Box<ErasureOutcome>,
    },
    JournalChecked {
        check: JournalCheck,
    },
    /// Checks, backups and restoring.
    Care(CareReply),
    /// Passwords and recovery codes.
    Password(PasswordReply),
    Job {
        id: u64,
        outcome: Box<dyn std::any::Any + Send>,
    },
}

/// Keys of the workspace that a view reads at opening.
pub const WORKSPACE_KEYS: &[&str] =
    &["cleanup", "import", "reconcile", "issue-links", "hand-out-texts", "leaked-link", "sample-day"];

/// How a running job is watched and cancelled.
#[derive(Clone, Default)]
pub struct JobHandle {
    pub id: u64,
    shared: Arc<JobShared>,
}

#[derive(Default)]
struct JobShared {
    cancelled: AtomicBool,
    permille: AtomicU32,
}

impl JobHandle {
    /// Asks the job to stop; it answers soon, with what its outcome says of a cancel.
    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
    }

    /// Progress, 0 to 1.
    pub fn progress(&self) -> f32 {
        self.shared.permille.load(Ordering::Relaxed) as f32 / 1000.0
    }

    /// Reports progress (0 to 1) from inside the job; `false` means: stop.
    pub fn report(&self, progress: f32) -> bool {
        self.shared.permille.store((progress.clamp(0.0, 1.0) * 1000.0) as u32, Ordering::Relaxed);
        !self.shared.cancelled.load(Ordering::Relaxed)
    }
}

/// What wakes the window when a reply waits.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The worker seen from the view: never blocks.
pub struct Worker {
    mode: Mode,
    next_job: u64,
}

enum Mode {
    Threaded {
        requests: Sender<Request>,
        replies: Receiver<Reply>,
        back: Sender<Reply>,
        wake: Wake,
    },
    /// For tests: everything happens inside `send`.
    Inline {
        state: Box<State>,
        replies: VecDeque<Reply>,
    },
}

impl Worker {
    /// A worker on a thread of its own; `wake` is called after every reply.
    pub fn spawn(clock: Clock, wake: Wake) -> Worker {
        let (requests, incoming) = channel::<Request>();
        let (outgoing, replies) = channel();
        let (back, thread_wake) = (outgoing.clone(), wake.clone());
        std::thread::Builder::new()
            .name("session".into())
            .spawn(move || {
                let mut state = State::new(clock);
                state.later = Some((outgoing.clone(), thread_wake.clone()));
                while let Ok(request) = incoming.recv() {
                    if state.answers(request).into_iter().any(|reply| outgoing.send(reply).is_err()) {
                        break;
                    }
                    thread_wake();
                }
            })
            .expect("the system can start one thread, or nothing can run");
        Worker { mode: Mode::Threaded { requests, replies, back, wake }, next_job: 1 }
    }

    /// A worker that does everything at once, for tests.
    pub fn inline(clock: Clock) -> Worker {
        Worker {
            mode: Mode::Inline { state: Box::new(State::new(clock)), replies: VecDeque::new() },
            next_job: 1,
        }
    }

    /// Sends a request; the answer comes through [`Worker::try_receive`].
    pub fn send(&mut self, request: Request) {
        match &mut self.mode {
            // A closed channel means the thread died of a bug of ours; its panic is on stderr already.
            Mode::Threaded { requests, .. } => drop(requests.send(request)),
            Mode::Inline { state, replies } => replies.extend(state.answers(request)),
        }
    }

    /// Closes the file and waits until what was asked before is done: a commit that runs is never cut off.
    pub fn finish(&mut self) {
        self.send(Request::Lock);
        if let Mode::Threaded { replies, .. } = &self.mode {
            while replies.recv().is_ok_and(|reply| !matches!(reply, Reply::Locked | Reply::Failed)) {}
        }
    }

    /// The next answer, if one waits.
    pub fn try_receive(&mut self) -> Option<Reply> {
        match &mut self.mode {
            Mode::Threaded { replies, .. } => replies.try_recv().ok(),
            Mode::Inline { replies, .. } => replies.pop_front(),
        }
    }

    /// Runs long work beside the worker; its outcome comes as [`Reply::Job`].
    pub fn start_job<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&JobHandle) -> T + Send + 'static,
    ) -> JobHandle {
        let handle = JobHandle { id: self.next_job, shared: Arc::default() };
        self.next_job += 1;
        let inside = handle.clone();
        match &mut self.mode {
            Mode::Threaded { back, wake, .. } => {
                let (back, wake) = (back.clone(), wake.clone());
                std::thread::spawn(move || {
                    let outcome = Box::new(work(&inside));
                    drop(back.send(Reply::Job { id: inside.id, outcome }));
                    wake();
                });
            }
            Mode::Inline { replies, .. } => {
                let outcome = Box::new(work(&inside));
                replies.push_back(Reply::Job { id: inside.id, outcome });
            }
        }
        handle
    }
}

struct State {
    clock: Clock,
    session: Option<Session>,
    snapshot: Option<Snapshot>,
    /// Kept until the next change, so that the drawing thread never frees a whole snapshot.
    retired: Option<Snapshot>,
    /// Where backups go, by file.
    backup_folders: BackupFolders,
    /// Answers that come after the first one of a request.
    further: VecDeque<Reply>,
    /// Where answers go that come later, from other threads; `None`: everything happens at once.
    later: Option<(Sender<Reply>, Wake)>,
}

impl State {
    fn new(clock: Clock) -> State {
        State {
            clock,
            session: None,
            snapshot: None,
            retired: None,
            backup_folders: BackupFolders::new(),
            further: VecDeque::new(),
            later: None,
        }
    }

    /// Everything a request leads to, in order.
    fn answers(&mut self, request: Request) -> Vec<Reply> {
        let first = self.handle_or_fail(request);
        self.reopen_after_failed_write();
        first.into_iter().chain(self.further.drain(..)).collect()
    }

    /// A bug of ours must not leave the window waiting for ever: the file is closed, and it says so.
    fn handle_or_fail(&mut self, request: Request) -> Option<Reply> {
        catch_unwind(AssertUnwindSafe(|| self.handle(request))).unwrap_or_else(|_| {
            self.close();
            Some(Reply::Failed)
        })
    }

    fn handle(&mut self, request: Request) -> Option<Reply> {
        match request {
            Request::Open { path, key, actor } => {
                self.close();
                let opened = Session::open(&path, key.as_ref(), self.clock.clone(), actor.as_deref());
                Some(self.opened(path, opened, key.as_ref()))
            }
            Request::Create { path, key, organization } => {
                self.close();
                let actor = organization.administrator.name.clone();
                let created = Session::create(&path, key.as_ref(), *organization, self.clock.clone(), &actor);
                Some(self.opened(path, created, key.as_ref()))
            }
            Request::OpenDemo => {
                self.close();
                match super::demo::open_demo(&self.clock) {
                    Ok(session) => Some(self.opened(session.path().to_owned(), Ok(session), None)),
                    Err(error) => Some(Reply::OpenFailed {
                        path: PathBuf::new(),
                        text: error.to_string(),
                        needs_key: false,
                        offer: None,
                    }),
                }
            }
            Request::Close => {
                self.close();
                Some(Reply::Closed)
            }
            Request::Care(request) => self.care(request),
            Request::Password(request) => self.password(request),
            Request::Lock => {
                self.close();
                Some(Reply::Locked)
            }
            other => self.handle_open(other),
        }
    }

    fn handle_open(&mut self, request: Request) -> Option<Reply> {
        let session = self.session.as_mut()?;
        let refused = |error: SessionError| Reply::Refused { text: error.to_string() };
        let executed = match request {
            Request::Execute(operation) => session.execute(&operation),
            Request::Undo(target) => session.undo(&target),
            Request::Redo => session.redo(),
            Request::ListEntries { before, limit } => {
                return Some(match session.list_entries(before, limit) {
                    Ok(entries) => Reply::Entries { before, entries },
                    Err(error) => refused(error),
                });
            }
            Request::ListEntriesOf { codes, limit } => {
                return Some(match session.list_entries_of(codes, limit) {
                    Ok(entries) => Reply::EntriesOf { codes, entries },
                    Err(error) => refused(error),
                });
            }
            Request::ListImports { limit } => {
                return Some(match session.list_imports(limit) {
                    Ok(records) => Reply::Imports { records },
                    Err(error) => refused(error),
                });
            }
            Request::ListChanges { entry, limit } => {
                return Some(match session.list_changes(entry, 0, limit) {
                    Ok(changes) => Reply::Changes { entry, changes },
                    Err(error) => refused(error),
                });
            }
            Request::ListHistory { key, limit } => {
                return Some(match session.list_history(key, limit) {
                    Ok(history) => Reply::History { key, history },
                    Err(error) => refused(error),
                });
            }
            Request::PutWorkspace { key, value } => {
                return session.put_workspace(&key, value.as_deref()).err().map(refused);
            }
            Request::WriteLinkPaper { paper, path, confirmed_by } => {
                let before = session.register().revision;
                let written = match confirm_addresses(session, &paper, confirmed_by.as_ref()) {
                    Ok(()) => export_link_paper(session, &paper, &path),
                    Err(refusal) => Err(refusal),
                };
                let written = written.map_err(|error| error.to_string());
                let snapshot = (session.register().revision != before).then(|| snapshot_of(session));
                if let Some(snapshot) = &snapshot {
                    self.retired = self.snapshot.replace(snapshot.clone());
                }
                return Some(Reply::PaperWritten { paper, path, written, snapshot });
            }
            Request::WriteFilePaper { paper, path } => {
                let written = write_file_paper(session, &paper, &path).map_err(|error| error.to_string());
                return Some(Reply::FilePaperWritten { paper, path, written });
            }
            Request::ErasePeople { people, before } => {
                let place = BackupPlace::of(session.path(), &self.backup_folders);
                return Some(match session.erase_people(&people, before, Some(&place)) {
                    Ok(outcome) => {
                        let snapshot = snapshot_of(session);
                        self.retired = self.snapshot.replace(snapshot.clone());
                        Reply::Erased { snapshot, outcome: Box::new(outcome) }
                    }
                    Err(error) => refused(error),
                });
            }
            Request::CheckJournal => {
                return Some(match session.check_journal() {
                    Ok(check) => Reply::JournalChecked { check },
                    Err(error) => refused(error),
                });
            }
            Request::Rejudge => {
                let snapshot = snapshot_of(session);
                self.retired = self.snapshot.replace(snapshot.clone());
                return Some(Reply::Rejudged { snapshot });
            }
            Request::Open { .. }
            | Request::Create { .. }
            | Request::OpenDemo
            | Request::Close
            | Request::Care(_)
            | Request::Password(_)
            | Request::Lock => {
                return None;
            }
        };
        Some(match executed {
            Ok(executed) => {
                let (today, trust) = session.judged_day();
                let snapshot = match &self.snapshot {
                    Some(before) if before.today == today => {
                        before.updated(session.register(), trust, &executed.changes)
                    }
                    _ => snapshot_of(session),
                };
                self.retired = self.snapshot.replace(snapshot.clone());
                Reply::Changed { snapshot, executed }
            }
            Err(error) => refused(error),
        })
    }

    fn opened(&mut self, path: PathBuf, opened: Result<Session, SessionError>, key: Option<&Key>) -> Reply {
        match opened {
            Ok(session) => {
                let snapshot = snapshot_of(&session);
                let workspace = WORKSPACE_KEYS
                    .iter()
                    .filter_map(|key| Some(((*key).to_owned(), session.get_workspace(key).ok()??)))
                    .collect();
                let reply = Reply::Opened {
                    snapshot: snapshot.clone(),
                    path,
                    read_only: session.read_only(),
                    encrypted: session.encrypted(),
                    standing: session.standing(),
                    code_state: session.code_state(),
                    workspace,
                };
                (self.session, self.snapshot) = (Some(session), Some(snapshot));
                reply
            }
            Err(error) => {
                let needs_key = matches!(
                    error,
                    SessionError::Store(StoreError::KeyRequired | StoreError::WrongKeyOrDamaged)
                );
                let offer = self.offer(&error, &path, key).map(Box::new);
                Reply::OpenFailed { path, text: error.to_string(), needs_key, offer }
            }
        }
    }

    fn close(&mut self) {
        self.session = None;
        self.snapshot = None;
        self.retired = None;
    }
}

fn snapshot_of(session: &Session) -> Snapshot {
    let (today, trust) = session.judged_day();
    Snapshot::build(session.register(), today, trust)
}

/// A worker's state for the tests of [`care`], which must reach below it.
#[cfg(test)]
pub(super) mod tests_of_care {
    use super::*;

    pub struct OpenState(State);

    pub fn opened(path: &std::path::Path, key: Option<Key>, clock: Clock) -> OpenState {
        let mut state = State::new(clock);
        let answers = state.answers(Request::Open { path: path.to_owned(), key, actor: None });
        assert!(matches!(&answers[..], [Reply::Opened { .. }]));
        OpenState(state)
    }

    impl OpenState {
        pub fn send(&mut self, request: Request) -> Vec<Reply> {
            self.0.answers(request)
        }

        pub fn fill_the_disk(&self) {
            self.0.session.as_ref().expect("open").store.fill_the_disk();
        }
    }
}
