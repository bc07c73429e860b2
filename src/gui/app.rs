//! The application: draws the frame and the screens, then performs what they asked for.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use egui::{Key, Modifiers, Ui};

use super::action::{Action, Destination, PeoplePage, Room};
use super::context::ScreenContext;
use super::guard::Guard;
use super::view::{Overlay, View};
use super::widgets::page;
use super::widgets::shortcut::consume_shortcut_physical;
use super::{palette, projector, screens, shell, theme};
use crate::desktop::{Chooser, Preferences, ThemePreference};
use crate::roster::WorkbookReader;
use crate::session::{CareRequest, Clock, Request, Worker};

/// What a file chooser was opened for.
pub(super) enum ChoosingFor {
    Open,
    Create(Box<crate::register::Organization>, crate::session::SecretText),
    CodePage(crate::session::RecoveryCode),
    BackupFolder,
    Roster,
    MemberList,
    MemberPicture,
    Template(crate::session::RosterTemplate),
    ProblemRows,
    LinkPaper(Box<crate::session::LinkPaper>, crate::session::PaperFormat, Option<crate::store::Key>),
    ClassSheet,
    ClassSheetFolder,
    InviteTable,
    FilePaper(Box<crate::session::FilePaper>, crate::session::PaperFormat),
    MovementTable(Vec<crate::regulation::LedgerRow>),
    ClassTeacherTable,
}

/// The window's application, usable in a harness without a window.
pub struct ConsoleApp {
    pub(super) worker: Worker,
    pub(super) clock: Clock,
    pub(super) preferences: Preferences,
    pub(super) chooser: Chooser,
    pub(super) workbook_reader: WorkbookReader,
    pub(super) choosing: Option<(ChoosingFor, Receiver<Option<PathBuf>>)>,
    pub(super) view: View,
    pub(super) ctx: egui::Context,
    /// The day the lists were last judged by.
    pub(super) judged_day: jiff::civil::Date,
    pub(super) guard: Guard,
}

impl ConsoleApp {
    /// An application over a worker; [`theme::install`] its context first.
    pub fn new(mut worker: Worker, clock: Clock, preferences: Preferences, chooser: Chooser) -> Self {
        let judged_day = clock.today();
        worker.send(Request::Care(CareRequest::UseBackupFolders(preferences.backup_folders.clone())));
        Self {
            worker,
            clock,
            preferences,
            chooser,
            workbook_reader: WorkbookReader::of_this_program(),
            choosing: None,
            view: View::default(),
            ctx: egui::Context::default(),
            judged_day,
            guard: Guard::default(),
        }
    }

    /// The same application reading workbooks with this reader: under test the running program is the test.
    pub fn with_workbook_reader(self, workbook_reader: WorkbookReader) -> Self {
        Self { workbook_reader, ..self }
    }

    /// Opens a file at once (from the command line).
    pub fn open(&mut self, path: PathBuf, key: Option<crate::store::Key>, actor: Option<String>) {
        self.view.opening = true;
        self.guard.actor.clone_from(&actor);
        self.view.safe.tried_key = key.clone();
        self.worker.send(Request::Open { path, key, actor });
    }

    /// Opens the demonstration school at once.
    pub fn open_demo(&mut self) {
        self.perform(Action::OpenDemo);
    }

    /// Performs an action from outside the screens (tests, benchmarks).
    pub fn act(&mut self, action: Action) {
        self.perform(action);
        self.receive();
    }

    /// The state, for tests.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// How wide the user made a column, for tests.
    pub fn remembered_width(&self, table: &str, column: &str) -> Option<f32> {
        self.preferences.tables.get(table)?.widths.get(column).copied()
    }

    /// What `remind` would tell of, for tests.
    pub fn reminders(&self) -> &[crate::desktop::Reminder] {
        &self.preferences.reminders
    }

    /// Receives what the worker and the chooser answered.
    pub fn receive(&mut self) {
        let mut is_news = false;
        while let Some(reply) = self.worker.try_receive() {
            self.take_reply(reply);
            is_news = true;
        }
        if is_news {
            self.note_reminder();
        }
        self.take_chosen();
        let today = self.clock.today();
        if today != self.judged_day {
            self.judged_day = today;
            self.worker.send(Request::Rejudge);
        }
        self.follow_reports();
    }

    /// Draws everything and performs what was asked for.
    pub fn draw(&mut self, ui: &mut Ui) {
        self.ctx = ui.ctx().clone();
        let whole = ui.ctx().content_rect();
        ui.painter().rect_filled(whole, 0.0, theme::Tokens::of(ui).surface);
        self.receive();
        theme::set_appearance(ui.ctx(), appearance(&self.preferences));
        if catch_unwind(AssertUnwindSafe(|| self.draw_and_perform(ui))).is_err() {
            self.draw_failed();
        }
        self.stand_guard(ui);
        self.repaint_at_midnight(ui);
    }

    fn draw_and_perform(&mut self, ui: &mut Ui) {
        let mut actions = Vec::new();
        if let Some(broken) = &self.view.broken {
            screens::locked::show_broken(ui, broken, &mut actions);
        } else {
            self.draw_screens(ui, &mut actions);
        }
        for action in actions {
            self.perform(action);
        }
        self.receive();
    }

    fn draw_screens(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        self.shortcuts(ui, actions);
        if self.view.help.is_over() {
            screens::help::show(ui, page::is_narrow(ui.ctx()), &mut self.view.help, actions);
            return;
        }
        if let Some(locked) = &mut self.view.locked {
            screens::locked::show(ui, locked, actions);
            return;
        }
        if self.view.safe.fills_window() {
            self.draw_safe(ui, actions);
        } else if self.view.snapshot.is_some() && self.view.file.is_some() {
            self.draw_open(ui, actions);
        } else {
            let view = &mut self.view;
            let error = view.error.clone();
            screens::start::show(
                ui,
                &self.preferences,
                view.opening,
                error.as_deref(),
                &mut view.start,
                actions,
            );
        }
        if !self.view.safe.fills_window() {
            self.dropped_files(ui, actions);
        }
    }

    /// The recovery code, damage or a backup to be restored: a page of its own, without rooms beside it.
    fn draw_safe(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let view = &mut self.view;
        let read_only = view.file.as_ref().is_some_and(|file| file.read_only);
        screens::safe::show(ui, read_only, &mut view.safe, actions);
        if view.file.is_some() {
            shell::toast_line(ui, view, &self.preferences, actions);
        }
        if let Some(text) = &view.error
            && shell::error_dialog(ui, text)
        {
            view.error = None;
        }
    }

    fn draw_open(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        if self.view.overlay != Some(Overlay::Cleanup) {
            self.view.cleanup.give_window_back(ui.ctx());
        }
        let is_strip = self.view.cleanup.is_strip();
        if !is_strip {
            shell::status_line(ui, &self.view, self.guard.projector, actions);
            shell::navigation(ui, &self.view, &self.preferences, actions);
        }
        self.panic_if_asked();
        let (Some(real), Some(file)) = (self.view.snapshot.clone(), self.view.file.clone()) else {
            return;
        };
        // While the veil is made nothing is drawn rather than names.
        let Some(snapshot) = self.shown_snapshot() else { return };
        let safe = std::mem::take(&mut self.view.safe);
        let context = ScreenContext {
            snapshot: &snapshot,
            unveiled: &real,
            file: &file,
            safe: &safe,
            preferences: &self.preferences,
            today: snapshot.today,
            wall_day: self.clock.wall_day(),
            narrow: page::is_narrow(ui.ctx()),
        };
        if !is_strip {
            screens::safe::banner_ui(ui, &safe, context.wall_day, actions);
        }
        let view = &mut self.view;
        if view.room != Room::Reconcile || view.overlay.is_some() {
            view.reconcile.forget_pictures();
        }
        // Before the screen: while it is open the keys are its own.
        if let Some(mut state) = view.palette.take()
            && !palette::show(ui, &context, &mut state, actions)
        {
            view.palette = Some(state);
        }
        if context.snapshot.veiled && projector::hides_page(view) {
            projector::cover_ui(ui, actions);
            shell::toast_line(ui, view, &self.preferences, actions);
            return;
        }
        match (view.overlay, view.room) {
            (Some(Overlay::Import), _) => screens::import::show(ui, &context, &mut view.import, actions),
            (Some(Overlay::Cleanup), _) => screens::cleanup::show(ui, &context, &mut view.cleanup, actions),
            (Some(Overlay::Presence), _) => {
                screens::presence::show(ui, &context, &mut view.presence, actions)
            }
            (Some(Overlay::ClassTeachers), _) => {
                screens::class_teachers::show(ui, &context, &mut view.class_teachers, actions);
            }
            (Some(Overlay::Statuses), _) => {
                screens::statuses::show(ui, &context, &mut view.statuses, actions);
            }
            (Some(Overlay::FirstRoster), _) => screens::first_roster::show(ui, &context, actions),
            (None, Room::Today) => screens::today::show(ui, &context, &mut view.today, actions),
            (None, Room::Classes) => screens::classes::show(ui, &context, &mut view.classes, actions),
            (None, Room::People) => {
                if view.people.needs_message_words() {
                    view.people.take_message_words(view.links.words_for_roles());
                }
                screens::people::show(ui, &context, &mut view.people, actions);
            }
            (None, Room::Links) => {
                view.links.paused_cleanup = view.cleanup.left_to_do(&snapshot);
                screens::links::show(ui, &context, &mut view.links, actions);
            }
            (None, Room::Reconcile) => {
                screens::reconcile::show(ui, &context, &mut view.reconcile, actions);
            }
            (None, Room::Reports) => screens::reports::show(ui, &context, &mut view.reports, actions),
            (None, Room::Journal) => screens::journal::show(ui, &context, &mut view.journal, actions),
            (None, Room::Help) => screens::help::show(ui, context.narrow, &mut view.help, actions),
            (None, Room::Settings) => screens::settings::show(ui, &context, &mut view.settings, actions),
        }
        view.safe = safe;
        if let Some(notice) = &view.safe.notice {
            screens::safe::notice_ui(ui, notice, actions);
        }
        if !is_strip {
            shell::toast_line(ui, view, &self.preferences, actions);
        }
        if let Some(text) = &view.error
            && shell::error_dialog(ui, text)
        {
            view.error = None;
        }
    }

    fn shortcuts(&self, ui: &Ui, actions: &mut Vec<Action>) {
        let ctx = ui.ctx();
        if consume_shortcut_physical(ctx, Modifiers::NONE, Key::F1) {
            actions.push(Action::Go(Destination::Room(Room::Help)));
        }
        if self.view.snapshot.is_none() || self.view.safe.fills_window() {
            return;
        }
        let rooms = [
            (Key::Num1, Room::Today),
            (Key::Num2, Room::Classes),
            (Key::Num3, Room::People),
            (Key::Num4, Room::Links),
            (Key::Num5, Room::Reconcile),
            (Key::Num6, Room::Reports),
            (Key::Num7, Room::Journal),
        ];
        for (key, room) in rooms {
            if consume_shortcut_physical(ctx, Modifiers::COMMAND, key) {
                actions.push(Action::Go(Destination::Room(room)));
            }
        }
        self.guard_shortcuts(ui, actions);
        if consume_shortcut_physical(ctx, Modifiers::COMMAND, Key::K) {
            actions.push(Action::OpenPalette);
        }
        if consume_shortcut_physical(ctx, Modifiers::COMMAND, Key::N) {
            actions.push(Action::Go(Destination::PeoplePage(PeoplePage::Enrol(None))));
        }
        if consume_shortcut_physical(ctx, Modifiers::COMMAND, Key::O) {
            actions.push(Action::Go(Destination::Import));
        }
        // Inside a text field these belong to its text.
        if !ctx.text_edit_focused() {
            if consume_shortcut_physical(ctx, Modifiers::COMMAND, Key::Z) {
                actions.push(Action::Undo(Default::default()));
            }
            if consume_shortcut_physical(ctx, Modifiers::COMMAND, Key::Y)
                || consume_shortcut_physical(ctx, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z)
            {
                actions.push(Action::Redo);
            }
        }
    }

    fn dropped_files(&self, ui: &Ui, actions: &mut Vec<Action>) {
        let dropped = ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        let Some(path) = dropped else { return };
        let is_register = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("sferum"));
        match (is_register, self.view.snapshot.is_some()) {
            (true, _) => actions.push(Action::OpenFile { path, password: None }),
            (false, true) if self.view.overlay == Some(Overlay::ClassTeachers) => {
                actions.push(Action::ReadClassTeacherTable(path));
            }
            (false, true) if self.view.overlay.is_none() && self.view.room == Room::Reconcile => {
                let is_picture = super::member_picture::is_picture(&path);
                actions.push(match (is_picture, self.view.reconcile.shows_summary()) {
                    (true, _) => Action::ReadMemberPicture(path),
                    (false, true) => Action::ReadClassSheet(path),
                    (false, false) => Action::ReadMemberList(path),
                });
            }
            (false, true) => actions.push(Action::ReadRoster(path)),
            (false, false) => {}
        }
    }

    fn repaint_at_midnight(&self, ui: &Ui) {
        let now = self.clock.now();
        if let Ok(midnight) = now.date().tomorrow().and_then(|day| day.to_zoned(now.time_zone().clone()))
            && let Ok(wait) = std::time::Duration::try_from(now.duration_until(&midnight))
        {
            ui.ctx().request_repaint_after(wait + std::time::Duration::from_secs(1));
        }
    }
}

fn appearance(preferences: &Preferences) -> theme::Appearance {
    let theme = match preferences.theme {
        ThemePreference::Light => theme::ThemeChoice::Light,
        ThemePreference::Dark => theme::ThemeChoice::Dark,
        ThemePreference::System => theme::ThemeChoice::System,
    };
    theme::Appearance { theme, scale_percent: preferences.scale_percent }
}

impl eframe::App for ConsoleApp {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.leave();
    }
}

/// What the window opens with.
pub enum StartWith {
    StartPage,
    Demo,
    File { path: PathBuf, key: Option<crate::store::Key>, actor: Option<String> },
}

/// Runs the window until it is closed.
///
/// # Errors
/// With no display or no OpenGL: a sentence in English for the log; the caller says it in Russian.
pub fn run_window(start: StartWith, clock: Clock) -> Result<(), String> {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Консоль администратора Сферума")
            .with_app_id("sferum-console")
            .with_inner_size([1366.0, 768.0])
            .with_min_inner_size([900.0, 560.0])
            .with_drag_and_drop(true),
        ..Default::default()
    };
    let make = move |creation: &eframe::CreationContext<'_>| {
        let ctx = creation.egui_ctx.clone();
        let wake = Arc::new(move || ctx.request_repaint());
        let worker = Worker::spawn(clock.clone(), wake);
        theme::install(&creation.egui_ctx);
        let mut app = ConsoleApp::new(worker, clock, Preferences::load(), Chooser::System);
        match start {
            StartWith::StartPage => {}
            StartWith::Demo => app.open_demo(),
            StartWith::File { path, key, actor } => app.open(path, key, actor),
        }
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    eframe::run_native("sferum-console", options, Box::new(make)).map_err(|error| error.to_string())
}
