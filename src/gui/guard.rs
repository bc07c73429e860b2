//! What guards the open file while nobody looks after it (faults rows 26, 27, 29): locking, links on the clipboard,
//! names on a projector, bugs of ours.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use egui::{Key, Modifiers, Ui};

use super::action::{Action, Room};
use super::app::ConsoleApp;
use super::lock_watch::{LockReason, LockWatch, Moment, Verdict};
use super::view::{Overlay, View};
use super::widgets::shortcut::consume_shortcut_physical;
use crate::desktop::{IdleTime, SecretClipboard, SystemClipboard, SystemIdleTime, overwrite};
use crate::session::{
    Clock, Reply, Request, Snapshot, unveiled_operation, veil_change, veil_entries, veil_text,
};
use crate::store::Key as FileKey;

/// How long a link stays on the clipboard.
const LINK_ON_CLIPBOARD: Duration = Duration::from_secs(120);

/// How long the system may take to say how long it stands idle.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// Where moments come from.
#[derive(Clone, Debug)]
pub enum Moments {
    /// The system's clocks, from the beginning of the program.
    System(Instant),
    /// Moments that a test sets.
    Prepared(Arc<Mutex<Moment>>),
}

impl Moments {
    fn now(&self, clock: &Clock) -> Moment {
        match self {
            Moments::System(begun) => {
                let steady = begun.elapsed();
                // A clock that stands still by order did not jump.
                let stands_still = || jiff::Timestamp::UNIX_EPOCH + steady;
                let wall = if clock.stands_still() { stands_still() } else { clock.timestamp() };
                Moment { wall, steady }
            }
            Moments::Prepared(moment) => *moment.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
}

/// A file that was locked, as far as the unlock screen has to know it.
pub struct Locked {
    pub path: PathBuf,
    /// Whether a password opens it.
    pub encrypted: bool,
    /// «14:32».
    pub since: String,
    pub reason: LockReason,
    /// Whether the worker has let go of the file.
    pub released: bool,
    /// The password is being tried.
    pub opening: bool,
    /// Why the file did not open.
    pub refusal: Option<String>,
    /// What is typed.
    pub password: String,
    room: Room,
    overlay: Option<Overlay>,
    /// What the worker could not do at the last moment; said after unlocking.
    missed: Option<String>,
}

/// A file whose drawing hit a bug of ours; `None` for the file: it was none.
pub struct Broken {
    file: Option<(PathBuf, bool)>,
    room: Room,
}

/// A snapshot for strangers' eyes, made beside the drawing thread.
struct VeiledSnapshot(Snapshot);

/// The guard of one window.
pub(super) struct Guard {
    idle: Box<dyn IdleTime>,
    clipboard: Box<dyn SecretClipboard>,
    moments: Moments,
    watch: LockWatch,
    /// The question that is open, and the steady time at which it was put.
    asked: Option<(Receiver<Option<Duration>>, Duration)>,
    /// What we put on the clipboard, and the steady time at which it goes.
    on_clipboard: Option<(String, Duration)>,
    /// Whether names are hidden from strangers.
    pub(super) projector: bool,
    /// Who acts, where the command line said so.
    pub(super) actor: Option<String>,
    /// For tests: the next drawing fails.
    panics_next: bool,
}

impl Default for Guard {
    fn default() -> Self {
        Self {
            idle: Box::new(SystemIdleTime),
            clipboard: Box::<SystemClipboard>::default(),
            moments: Moments::System(Instant::now()),
            watch: LockWatch::default(),
            asked: None,
            on_clipboard: None,
            projector: false,
            actor: None,
            panics_next: false,
        }
    }
}

impl ConsoleApp {
    /// Takes another idleness, clipboard and clocks: for tests.
    pub fn set_guard(
        &mut self,
        idle: Box<dyn IdleTime>,
        clipboard: Box<dyn SecretClipboard>,
        moments: Moments,
    ) {
        self.guard = Guard { idle, clipboard, moments, ..Guard::default() };
    }

    /// For tests: the next drawing of an open file panics.
    pub fn panic_at_next_drawing(&mut self) {
        self.guard.panics_next = true;
    }

    pub(super) fn panic_if_asked(&mut self) {
        assert!(!std::mem::take(&mut self.guard.panics_next), "asked for by a test");
    }

    // Locking

    /// Watches the clocks and the idleness; draws no frame of its own but at the earliest moment of locking.
    pub(super) fn stand_guard(&mut self, ui: &Ui) {
        let now = self.guard.moments.now(&self.clock);
        let clipboard = self.watch_clipboard(now);
        let lock = self.watch_idleness(ui, now);
        if let Some(wait) = [clipboard, lock].into_iter().flatten().min() {
            ui.ctx().request_repaint_after(wait);
        }
    }

    fn watch_idleness(&mut self, ui: &Ui, now: Moment) -> Option<Duration> {
        self.view.file.as_ref()?;
        let limit = self.preferences.lock_after();
        let own_input = ui.input(|input| !input.raw.events.is_empty());
        let mut verdict = self.guard.watch.judge(now, own_input, limit);
        if verdict == Verdict::AskSystem {
            verdict = self.ask_system(now, limit);
        }
        match verdict {
            Verdict::Wait(wait) => Some(wait),
            Verdict::AskSystem => None,
            Verdict::Lock(reason) => {
                self.lock(reason);
                None
            }
        }
    }

    /// The verdict by the system's answer; until it came, a short wait. A system that does not answer must not keep
    /// the file open: then this window's own input decides.
    fn ask_system(&mut self, now: Moment, limit: Duration) -> Verdict {
        let ctx = self.ctx.clone();
        let guard = &mut self.guard;
        let (answers, since) = guard.asked.get_or_insert_with(|| {
            let answers = guard.idle.ask(Box::new(move || ctx.request_repaint()));
            (answers, now.steady)
        });
        let idle = match answers.try_recv() {
            Ok(idle) => idle,
            Err(TryRecvError::Empty) if now.steady.saturating_sub(*since) < ANSWER_WITHIN => {
                return Verdict::Wait(ANSWER_WITHIN);
            }
            Err(_) => None,
        };
        guard.asked = None;
        guard.watch.answered(now, idle, limit)
    }

    /// Lets go of the file and of everything that was read from it. What was sent to the worker before is finished
    /// first; paused work goes into the file.
    pub(super) fn lock(&mut self, reason: LockReason) {
        let Some(file) = &self.view.file else { return };
        let (path, encrypted) = (file.path.clone(), file.encrypted);
        let (room, overlay) = (self.view.room, self.view.overlay);
        self.view.cleanup.give_window_back(&self.ctx);
        self.keep_drafts();
        self.cancel_job();
        self.worker.send(Request::Lock);
        let locked = Locked {
            path,
            encrypted,
            since: self.clock.now().strftime("%H:%M").to_string(),
            reason,
            released: false,
            opening: false,
            refusal: None,
            password: String::new(),
            room,
            overlay,
            missed: self.view.error.take(),
        };
        self.forget_everything();
        self.view.locked = Some(Box::new(locked));
        self.ctx.request_repaint();
    }

    /// Drops what screens, egui and the clipboard hold of the file.
    fn forget_everything(&mut self) {
        self.choosing = None;
        self.guard.watch = LockWatch::default();
        self.guard.asked = None;
        self.view = View::default();
        self.take_link_back();
        forget_texts(&self.ctx);
    }

    fn cancel_job(&mut self) {
        if let Some(job) = self.view.job.take() {
            job.handle.cancel();
        }
    }

    /// Paused work that lives on screen only is put into the file.
    pub(super) fn keep_drafts(&mut self) {
        let Some(file) = &self.view.file else { return };
        if file.read_only {
            return;
        }
        let is_importing = self.view.overlay == Some(Overlay::Import);
        let import = is_importing.then(|| self.view.import.draft()).flatten();
        for (key, draft) in [("import", import), ("reconcile", self.view.reconcile.draft())] {
            if let Some(value) = draft {
                self.worker.send(Request::PutWorkspace { key: key.to_owned(), value: Some(value) });
            }
        }
    }

    /// Takes up a draft that was kept in the file, and takes it out of there.
    pub(super) fn resume_draft(&mut self, key: &str, value: &str) {
        let read_only = self.view.file.as_ref().is_some_and(|file| file.read_only);
        if !read_only {
            self.worker.send(Request::PutWorkspace { key: key.to_owned(), value: None });
        }
        match key {
            "import" if self.view.import.resume_from(value) => {
                self.view.overlay = Some(Overlay::Import);
                self.start_roster_job();
            }
            "reconcile" => {
                let Some(snapshot) = self.view.snapshot.clone() else { return };
                if self.view.reconcile.resume_from(value, &snapshot) {
                    self.start_reconciliation();
                }
            }
            _ => {}
        }
    }

    /// Tries the password, or opens the file that has none.
    pub(super) fn unlock(&mut self, password: Option<String>) {
        let Some(locked) = &mut self.view.locked else { return };
        let key = password.map(|password| {
            let key = FileKey::from_password(&password);
            overwrite(password);
            key
        });
        if matches!(key, Some(None)) {
            locked.refusal = Some("Такой пароль не подойдёт. Введите его ещё раз.".into());
            return;
        }
        locked.opening = true;
        locked.refusal = None;
        forget_texts(&self.ctx);
        let (path, actor) = (locked.path.clone(), self.guard.actor.clone());
        self.worker.send(Request::Open { path, key: key.flatten(), actor });
    }

    /// Answers that come while the file is locked; what is still to be taken as usual is handed back.
    pub(super) fn take_reply_while_locked(&mut self, reply: Reply) -> Option<Reply> {
        if matches!(reply, Reply::Failed) {
            self.draw_failed();
            return None;
        }
        let Some(locked) = &mut self.view.locked else { return Some(reply) };
        match reply {
            Reply::Locked => locked.released = true,
            Reply::Opened { .. } => {
                let locked = self.view.locked.take();
                self.take_reply(reply);
                if let Some(locked) = locked {
                    self.return_to(*locked);
                }
            }
            Reply::OpenFailed { text, .. } => {
                locked.opening = false;
                locked.refusal = Some(text);
            }
            Reply::Closed => return Some(reply),
            Reply::Refused { text } => locked.missed = Some(text),
            // Late answers about the file: it is locked, so nothing of them is kept.
            _ => {}
        }
        None
    }

    fn return_to(&mut self, locked: Locked) {
        self.view.room = locked.room;
        self.view.error = locked.missed;
        let resumed = self.view.overlay.is_some();
        match locked.overlay {
            Some(Overlay::Cleanup) => self.perform(Action::Go(super::Destination::Cleanup(None))),
            Some(Overlay::Presence) => self.perform(Action::Go(super::Destination::Presence)),
            Some(Overlay::Import) if !resumed => self.perform(Action::Go(super::Destination::Import)),
            _ => {}
        }
        if self.view.room == Room::Journal {
            self.perform(Action::LoadEntries { before: None });
        }
    }

    // Links on the clipboard

    /// Puts a text with addresses on the clipboard; it is taken back after two minutes.
    pub(super) fn copy_secret(&mut self, text: String, what: &str) {
        let now = self.guard.moments.now(&self.clock);
        if self.guard.clipboard.put(&text).is_ok() {
            if let Some((before, _)) = self.guard.on_clipboard.replace((text, now.steady + LINK_ON_CLIPBOARD))
            {
                overwrite(before);
            }
            self.ctx.request_repaint_after(LINK_ON_CLIPBOARD);
            self.say(format!("{what}, буфер очистится через 2 минуты"));
        } else {
            self.ctx.copy_text(text);
            self.say(format!("{what}. Сам буфер не очистится: после вставки скопируйте что-нибудь другое"));
        }
    }

    fn watch_clipboard(&mut self, now: Moment) -> Option<Duration> {
        let (_, until) = self.guard.on_clipboard.as_ref()?;
        match until.checked_sub(now.steady) {
            Some(wait) if !wait.is_zero() => Some(wait),
            _ => {
                self.take_link_back();
                None
            }
        }
    }

    fn take_link_back(&mut self) {
        if let Some((text, _)) = self.guard.on_clipboard.take() {
            self.guard.clipboard.take_back(text);
        }
    }

    /// The window is closed: paused work, the clipboard, the file, in this order.
    pub fn leave(&mut self) {
        self.keep_drafts();
        self.take_link_back();
        self.worker.finish();
        self.guard.clipboard.finish();
    }

    // Names on a projector

    /// Hides the names of people, or shows them again.
    pub(super) fn set_projector(&mut self, on: bool) {
        self.guard.projector = on;
        self.view.veiled = None;
        self.make_veil();
        self.view.toast = None;
        self.view.journal.forget_changes();
        if self.view.room == Room::Journal {
            self.perform(Action::LoadEntries { before: None });
        }
        self.say(
            if on {
                "Режим проектора: имена скрыты"
            } else {
                "Имена снова видны"
            }
            .into(),
        );
    }

    /// Makes the snapshot for strangers' eyes, off the drawing thread.
    pub(super) fn make_veil(&mut self) {
        if !self.guard.projector {
            return;
        }
        if let Some(snapshot) = self.view.snapshot.clone() {
            self.worker.start_job(move |_| VeiledSnapshot(snapshot.veiled()));
        }
    }

    pub(super) fn take_veiled(
        &mut self,
        outcome: Box<dyn std::any::Any + Send>,
    ) -> Option<Box<dyn std::any::Any + Send>> {
        let veiled = match outcome.downcast::<VeiledSnapshot>() {
            Ok(veiled) => veiled.0,
            Err(other) => return Some(other),
        };
        let is_of_now = |real: &Snapshot| real.register.revision == veiled.register.revision;
        if self.guard.projector && self.view.snapshot.as_ref().is_some_and(is_of_now) {
            self.view.veiled = Some(veiled);
        }
        None
    }

    /// What screens draw from; `None` while a veil is being made.
    pub(super) fn shown_snapshot(&self) -> Option<Snapshot> {
        if self.guard.projector { self.view.veiled.clone() } else { self.view.snapshot.clone() }
    }

    /// Hides names in what the worker answered.
    pub(super) fn veil_reply(&self, reply: &mut Reply) {
        let Some(snapshot) = self.view.snapshot.as_ref().filter(|_| self.guard.projector) else { return };
        match reply {
            Reply::Refused { text } => *text = veil_text(text, &snapshot.register),
            Reply::Entries { entries, .. } => veil_entries(entries),
            Reply::Changes { changes, .. } => changes.iter_mut().for_each(veil_change),
            Reply::History { history, .. } => {
                for (entry, change) in history {
                    veil_entries(std::slice::from_mut(entry));
                    veil_change(change);
                }
            }
            _ => {}
        }
    }

    /// An operation with the real records in it; `None` after saying why it cannot be.
    pub(super) fn unveiled(
        &mut self,
        operation: crate::register::Operation,
    ) -> Option<crate::register::Operation> {
        let Some(snapshot) = self.view.snapshot.as_ref().filter(|_| self.guard.projector) else {
            return Some(operation);
        };
        let sent = unveiled_operation(operation, &snapshot.register);
        if sent.is_err() {
            let text = "Имя и заметка не изменены: в режиме проектора они скрыты. Выключите его (Ctrl+Shift+P) и \
                        повторите.";
            self.view.error = Some(text.into());
        }
        sent.ok()
    }

    // Bugs of ours

    /// Drawing failed: nothing half done is kept, the file is let go.
    pub(super) fn draw_failed(&mut self) {
        let file = self.view.file.as_ref().map(|file| (file.path.clone(), file.encrypted));
        let room = self.view.room;
        self.worker.send(Request::Lock);
        self.forget_everything();
        self.view.broken = Some(Box::new(Broken { file, room }));
        self.ctx.request_repaint();
    }

    /// «Открыть файл заново».
    pub(super) fn open_again(&mut self) {
        let Some(broken) = self.view.broken.take() else { return };
        let Some((path, encrypted)) = broken.file else { return };
        self.view.locked = Some(Box::new(Locked {
            path,
            encrypted,
            since: self.clock.now().strftime("%H:%M").to_string(),
            reason: LockReason::Failure,
            released: true,
            opening: false,
            refusal: None,
            password: String::new(),
            room: broken.room,
            overlay: None,
            missed: None,
        }));
        if !encrypted {
            self.unlock(None);
        }
    }

    /// The keys of this file.
    pub(super) fn guard_shortcuts(&self, ui: &Ui, actions: &mut Vec<Action>) {
        if consume_shortcut_physical(ui.ctx(), Modifiers::COMMAND, Key::L) {
            actions.push(Action::Lock);
        }
        if consume_shortcut_physical(ui.ctx(), Modifiers::COMMAND | Modifiers::SHIFT, Key::P) {
            actions.push(Action::ToggleProjector);
        }
    }
}

impl Broken {
    /// Whether a file was open.
    pub fn had_file(&self) -> bool {
        self.file.is_some()
    }
}

/// Drops what egui remembers of widgets: texts, undo steps, what stands open. Fonts and styles stay.
fn forget_texts(ctx: &egui::Context) {
    ctx.memory_mut(|memory| {
        memory.data = Default::default();
        memory.caches = Default::default();
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
    });
}
