//! What becomes of an action, and of what the worker answers.

use std::path::{Path, PathBuf};

use super::action::{Action, Destination, Room};
use super::app::{ChoosingFor, ConsoleApp};
use super::link_papers;
use super::member_picture::{self, MemberPicture};
use super::safe_actions::{OpenedFile, SafeAction};
use super::screens::people::FoundDuplicates;
use super::view::{OpenFile, Overlay, RunningJob, Toast, View};
use crate::desktop::{FileFilter, Question};
use crate::register::{InviteId, KeptPart, OrganizationKind};
use crate::session::{
    Executed, MemberText, ReconciliationOutcome, Reply, Request, RosterImport, UndoTarget,
    prepare_reconciliation, prepare_roster, read_member_file, template_file_name, write_template,
};
use crate::store::Key;
use crate::wording::counted;

/// How many journal entries a page holds.
pub(super) const JOURNAL_PAGE: usize = 100;

/// How many earlier imports are listed.
const IMPORTS_SHOWN: usize = 500;

/// What the line at the bottom says of a written document, or why there is none.
struct WrittenDocument(Result<(String, PathBuf), String>);

impl ConsoleApp {
    pub(super) fn perform(&mut self, action: Action) {
        match action {
            Action::Go(Destination::Room(Room::Help)) => self.open_help(),
            Action::LeaveHelp => self.leave_help(),
            Action::Go(destination) => self.go(destination),
            Action::LeaveOverlay => self.view.overlay = None,
            Action::Execute { operation, done } => {
                let Some(operation) = self.unveiled(*operation) else { return };
                self.view.announce.push_back(done);
                self.worker.send(Request::Execute(Box::new(operation)));
            }
            Action::Undo(target) => {
                self.view.announce.push_back("Отменено".into());
                self.worker.send(Request::Undo(target));
            }
            Action::Redo => {
                self.view.announce.push_back("Возвращено".into());
                self.worker.send(Request::Redo);
            }
            Action::CopyText { text, what } => {
                self.ctx.copy_text(text);
                self.say(what);
            }
            Action::CopyInvite(id) => self.copy_invite(id),
            Action::CopySecret { text, what } => self.copy_secret(text, &what),
            Action::Lock => self.lock(super::LockReason::Asked),
            Action::Unlock { password } => self.unlock(password),
            Action::OpenAgain => self.open_again(),
            Action::ToggleProjector => self.set_projector(!self.guard.projector),
            Action::OpenPalette => self.view.palette = Some(Default::default()),
            Action::KeepWorkspace { key, value } => {
                self.worker.send(Request::PutWorkspace { key: key.to_owned(), value });
            }
            Action::LoadEntries { before } => {
                self.worker.send(Request::ListEntries { before, limit: JOURNAL_PAGE });
            }
            Action::LoadChanges { entry } => self.worker.send(Request::ListChanges { entry, limit: 5000 }),
            Action::LoadHistory { key } => self.worker.send(Request::ListHistory { key, limit: 200 }),
            Action::SetPreferences(preferences) => {
                self.preferences = *preferences;
                self.preferences.save();
            }
            Action::Say(text) => self.say(text),
            Action::Safe(action) => self.perform_safe(action),
            Action::ReadRoster(path) => {
                self.view.overlay = Some(Overlay::Import);
                self.view.import.begin_with_file(path);
                self.start_roster_job();
            }
            Action::ReadPastedRoster(text) => {
                self.view.overlay = Some(Overlay::Import);
                self.view.import.begin_with_text(text);
                self.start_roster_job();
            }
            Action::PlanRoster => self.start_roster_job(),
            Action::CompareMembers => self.start_reconciliation(),
            Action::ReadMemberList(path) => {
                self.worker.start_job(move |_| MemberText(read_member_file(&path)));
            }
            Action::ReadMemberPicture(path) => {
                self.worker.start_job(move |_| member_picture::read(&path));
            }
            Action::CommitRoster => self.commit_roster(),
            Action::CancelJob => {
                if let Some(job) = &self.view.job {
                    job.handle.cancel();
                }
            }
            Action::ErasePeople { people, before } => {
                self.worker.send(Request::ErasePeople { people, before })
            }
            Action::FindDuplicates => self.find_duplicates(),
            Action::CheckJournal => self.worker.send(Request::CheckJournal),
            Action::LoadImports => self.worker.send(Request::ListImports { limit: IMPORTS_SHOWN }),
            other => self.perform_file(other),
        }
    }

    fn perform_file(&mut self, action: Action) {
        let wake = || {
            let ctx = self.ctx.clone();
            move || ctx.request_repaint()
        };
        match action {
            Action::ChooseFileToOpen => {
                let question =
                    Question::Open { title: "Открыть файл".into(), filter: FileFilter::Register };
                self.choosing = Some((ChoosingFor::Open, self.chooser.ask(question, wake())));
            }
            Action::ChooseFileToCreate { organization, password } => {
                let file_name = format!("{}.sferum", crate::files::safe_file_name(&organization.name));
                let question = Question::Save {
                    title: "Где хранить файл".into(),
                    filter: FileFilter::Register,
                    file_name,
                };
                let answers = self.chooser.ask(question, wake());
                self.choosing = Some((ChoosingFor::Create(organization, password), answers));
            }
            Action::ChooseRoster => {
                let question = Question::Open {
                    title: "Загрузить список".into(),
                    filter: FileFilter::Roster,
                };
                self.choosing = Some((ChoosingFor::Roster, self.chooser.ask(question, wake())));
            }
            Action::ChooseMemberList => {
                let question = Question::Open {
                    title: "Список участников".into(),
                    filter: FileFilter::Roster,
                };
                self.choosing = Some((ChoosingFor::MemberList, self.chooser.ask(question, wake())));
            }
            Action::ChooseMemberPicture => {
                let question = Question::Open {
                    title: "Снимок списка участников".into(),
                    filter: FileFilter::Picture,
                };
                self.choosing = Some((ChoosingFor::MemberPicture, self.chooser.ask(question, wake())));
            }
            Action::ChooseTemplate(template) => {
                let Some(kind) = self.organization_kind() else { return };
                let question = Question::Save {
                    title: "Куда сохранить шаблон".into(),
                    filter: FileFilter::Workbook,
                    file_name: template_file_name(template, kind),
                };
                self.choosing = Some((ChoosingFor::Template(template), self.chooser.ask(question, wake())));
            }
            Action::ChooseProblemRows => {
                let Some(file_name) = self.view.import.problem_file_name() else { return };
                let question = Question::Save {
                    title: "Куда сохранить строки с замечаниями".into(),
                    filter: FileFilter::Table,
                    file_name,
                };
                self.choosing = Some((ChoosingFor::ProblemRows, self.chooser.ask(question, wake())));
            }
            Action::ChooseLinkPaper { paper, format, confirmed_by } => {
                let Some(snapshot) = &self.view.snapshot else { return };
                let question = link_papers::question(&paper, format, snapshot);
                let purpose = ChoosingFor::LinkPaper(paper, format, confirmed_by);
                self.choosing = Some((purpose, self.chooser.ask(question, wake())));
            }
            Action::ChooseFilePaper { paper, format } => self.choose_file_paper(paper, format),
            Action::WriteFilePaper { paper, path } => self.write_file_paper(paper, path),
            Action::WriteLinkPaper { paper, path, confirmed_by } => {
                self.worker.send(Request::WriteLinkPaper { paper, path, confirmed_by });
            }
            Action::WriteTemplate { template, path } => {
                let Some(kind) = self.organization_kind() else { return };
                self.write_document(path, "Шаблон сохранён", move |path| {
                    write_template(template, kind, path).map_err(|error| error.to_string())
                });
            }
            Action::WriteProblemRows(path) => {
                let Some(bytes) = self.view.import.problem_rows() else { return };
                self.write_document(
                    path,
                    "Строки с замечаниями сохранены",
                    move |path| {
                        crate::files::write_bytes_atomically(path, &bytes).map_err(|_| not_written(path))
                    },
                );
            }
            Action::OpenFile { path, password } => {
                let key = password.map(|password| {
                    let key = Key::from_password(&password);
                    crate::desktop::overwrite(password);
                    key
                });
                if matches!(key, Some(None)) {
                    self.view.error =
                        Some("Такой пароль не подойдёт ни к одному файлу. Введите его ещё раз.".into());
                    return;
                }
                self.view = View { opening: true, ..View::default() };
                self.view.safe.tried_key = key.clone().flatten();
                self.worker.send(Request::Open { path, key: key.flatten(), actor: None });
            }
            Action::OpenDemo => {
                self.view = View { opening: true, ..View::default() };
                self.worker.send(Request::OpenDemo);
            }
            Action::ForgetRecent(path) => {
                self.preferences.forget_file(&path);
                self.preferences.save();
            }
            Action::CloseFile => {
                self.keep_drafts();
                self.worker.send(Request::Close);
            }
            other => self.perform_paper(other),
        }
    }

    fn go(&mut self, destination: Destination) {
        let Some(snapshot) = self.shown_snapshot() else { return };
        let view = &mut self.view;
        view.overlay = None;
        match destination {
            Destination::Room(room) => {
                if room == Room::People {
                    view.people.open_page(super::action::PeoplePage::List, &snapshot);
                }
                if room == Room::Links && view.room == room {
                    view.links.open_page(super::action::LinksPage::List);
                }
                view.room = room;
                if room == Room::Journal {
                    self.perform(Action::LoadEntries { before: None });
                }
            }
            Destination::Group(group) => {
                view.room = Room::Classes;
                view.classes.select(group);
            }
            Destination::Person(person) => {
                view.room = Room::People;
                view.people.select(person);
                self.perform(Action::LoadHistory { key: person.into() });
            }
            Destination::Invite(invite) => {
                view.room = Room::Links;
                view.links.select(invite);
            }
            Destination::FlaggedInvites => {
                view.room = Room::Links;
                view.links.show_flagged();
            }
            Destination::NewInvite => {
                view.room = Room::Links;
                view.links.open_new_form();
            }
            Destination::JournalEntry(entry) => {
                view.room = Room::Journal;
                view.journal.select(entry);
                self.perform(Action::LoadEntries { before: None });
                self.perform(Action::LoadChanges { entry });
            }
            Destination::Import => {
                view.overlay = Some(Overlay::Import);
                view.import.begin();
            }
            Destination::Presence => {
                view.overlay = Some(Overlay::Presence);
                view.presence.begin(&snapshot);
            }
            Destination::PeoplePage(page) => {
                view.room = Room::People;
                view.people.open_page(page, &snapshot);
            }
            Destination::Return(person) => {
                view.room = Room::People;
                view.people.open_return(person, &snapshot);
            }
            Destination::ClassTeachers(group) => {
                view.room = Room::Classes;
                view.overlay = Some(Overlay::ClassTeachers);
                view.class_teachers.begin(group);
            }
            Destination::Statuses => {
                view.room = Room::People;
                view.overlay = Some(Overlay::Statuses);
                view.statuses.begin();
            }
            Destination::LinksPage(page) => {
                view.room = Room::Links;
                view.links.open_page(page);
            }
            Destination::Cleanup(only) => {
                view.overlay = Some(Overlay::Cleanup);
                view.cleanup.begin(&snapshot, only);
            }
            Destination::CleanupByDanger => {
                view.overlay = Some(Overlay::Cleanup);
                view.cleanup.begin_by_danger(&snapshot);
            }
            Destination::ReconcileGroup(group) => {
                view.room = Room::Reconcile;
                view.reconcile.open_group(group);
            }
            Destination::ReconcilePlace { target, role } => {
                view.room = Room::Reconcile;
                view.reconcile.open_place(&snapshot.register, target, role);
            }
            Destination::ClassSummary => {
                view.room = Room::Reconcile;
                view.reconcile.open_summary();
            }
            Destination::JoinRequests => {
                view.room = Room::Reconcile;
                view.reconcile.open_requests();
            }
            Destination::CabinetTasks => {
                view.room = Room::Reconcile;
                view.reconcile.open_tasks();
            }
            Destination::FileContents => {
                view.room = Room::Settings;
                view.settings.open_contents();
            }
            Destination::Erasure => {
                view.room = Room::Settings;
                view.settings.open_erasure();
            }
            Destination::Reports(page) => {
                view.room = Room::Reports;
                view.reports.open_page(page);
            }
            Destination::Duty(duty) => {
                view.room = Room::Reports;
                view.reports.open_duty(duty);
            }
            Destination::Duplicates => {
                view.room = Room::People;
                view.people.open_duplicates();
            }
            Destination::OrganizationCard => {
                view.room = Room::Settings;
                view.settings.open_card();
            }
            Destination::FileSettings => {
                view.room = Room::Settings;
                view.settings.open_file();
            }
        }
    }

    fn copy_invite(&mut self, id: InviteId) {
        let Some(snapshot) = &self.view.snapshot else { return };
        if let Some(invite) = snapshot.register.invite(id) {
            let (text, tail) = (invite.address.as_str().to_owned(), invite.address.tail());
            self.copy_secret(text, &format!("Ссылка {tail} скопирована"));
        }
    }

    pub(super) fn say(&mut self, text: String) {
        self.view.toast = Some(Toast { text, undo: None, opens: None, until: None });
    }

    pub(super) fn take_chosen(&mut self) {
        let Some((_, answers)) = &self.choosing else { return };
        let answer = match answers.try_recv() {
            Ok(answer) => answer,
            Err(std::sync::mpsc::TryRecvError::Empty) => return,
            Err(std::sync::mpsc::TryRecvError::Disconnected) => None,
        };
        let Some((purpose, _)) = self.choosing.take() else { return };
        let Some(path) = answer else { return };
        self.perform(match purpose {
            ChoosingFor::Open => Action::OpenFile { path, password: None },
            ChoosingFor::Create(organization, password) => Action::Safe(SafeAction::CreateFile {
                path: with_ending(path, "sferum"),
                organization,
                password,
            }),
            ChoosingFor::CodePage(code) => {
                Action::Safe(SafeAction::WriteCodePage { code, path: with_ending(path, "docx") })
            }
            ChoosingFor::BackupFolder => Action::Safe(SafeAction::UseBackupFolder(Some(path))),
            ChoosingFor::Roster => Action::ReadRoster(path),
            ChoosingFor::MemberList => Action::ReadMemberList(path),
            ChoosingFor::MemberPicture => Action::ReadMemberPicture(path),
            ChoosingFor::Template(template) => {
                Action::WriteTemplate { template, path: with_ending(path, "xlsx") }
            }
            ChoosingFor::LinkPaper(paper, format, confirmed_by) => {
                Action::WriteLinkPaper { paper, path: with_ending(path, format.ending()), confirmed_by }
            }
            ChoosingFor::ClassSheet => Action::ReadClassSheet(path),
            ChoosingFor::ClassSheetFolder => Action::WriteClassSheets(path),
            ChoosingFor::InviteTable => Action::ReadInviteTable(path),
            ChoosingFor::FilePaper(paper, format) => {
                Action::WriteFilePaper { paper, path: with_ending(path, format.ending()) }
            }
            ChoosingFor::MovementTable(rows) => {
                let path = if path.extension().is_some() { path } else { with_ending(path, "xlsx") };
                Action::WriteMovementTable { rows, path }
            }
            ChoosingFor::ClassTeacherTable => Action::ReadClassTeacherTable(path),
            ChoosingFor::ProblemRows => Action::WriteProblemRows(with_ending(path, "csv")),
        });
    }

    pub(super) fn take_reply(&mut self, reply: Reply) {
        let Some(mut reply) = self.take_reply_while_locked(reply) else { return };
        self.veil_reply(&mut reply);
        match reply {
            Reply::Opened { snapshot, path, read_only, encrypted, standing, code_state, workspace } => {
                self.preferences.remember_file(&path);
                self.preferences.save();
                let overlay = self.view.start.has_made_file().then_some(Overlay::FirstRoster);
                let safe = self.kept_over_opening();
                self.view = View {
                    overlay,
                    safe,
                    file: Some(OpenFile { path, read_only, encrypted, saved_at: String::new() }),
                    snapshot: Some(snapshot),
                    ..View::default()
                };
                let is_sample = workspace.iter().any(|(key, _)| key == "sample-day");
                self.file_opened(OpenedFile { standing, code_state, is_sample });
                self.make_veil();
                for (key, value) in workspace {
                    match key.as_str() {
                        "cleanup" => self.view.cleanup.resume_from(&value),
                        "import" | "reconcile" => self.resume_draft(&key, &value),
                        "sample-day" => {}
                        key => self.view.links.resume_from(key, &value),
                    }
                }
            }
            Reply::OpenFailed { path, text, needs_key, offer } => {
                self.open_failed(path, text, needs_key, offer.map(|offer| *offer));
            }
            Reply::Care(reply) => self.take_care_reply(reply),
            Reply::Password(reply) => self.take_password_reply(reply),
            Reply::Closed => self.view = View::default(),
            Reply::Locked | Reply::Failed => {}
            Reply::Changed { snapshot, executed } => self.take_change(snapshot, &executed),
            Reply::Rejudged { snapshot } => {
                self.view.snapshot = Some(snapshot);
                self.make_veil();
            }
            Reply::Refused { text } => {
                self.view.announce.pop_front();
                self.view.reconcile.refused();
                self.view.error = Some(text);
            }
            Reply::Entries { before, entries } => {
                self.view.journal.know_zone(self.clock.now().time_zone().clone());
                self.view.journal.take_entries(before, entries);
            }
            Reply::EntriesOf { codes, entries } => self.view.reports.take_entries(codes, entries),
            Reply::Changes { entry, changes } => self.view.journal.take_changes(entry, changes),
            Reply::History { key, history } => self.view.people.take_history(key, history),
            Reply::Imports { records } => self.view.import.take_history(records),
            Reply::PaperWritten { paper, path, written, snapshot } => {
                self.take_snapshot_of_event(snapshot);
                match written {
                    Ok(written) => {
                        self.view.links.paper_written(&paper);
                        let text =
                            format!("{}: «{}»", link_papers::done_words(&paper, written), name_of(&path));
                        self.say_written(text, path);
                    }
                    Err(text) => self.view.error = Some(text),
                }
            }
            Reply::FilePaperWritten { paper, path, written } => self.take_file_paper(&paper, &path, written),
            Reply::Erased { snapshot, outcome } => self.take_erasure(snapshot, *outcome),
            Reply::JournalChecked { check } => {
                if self.view.room != Room::Journal || self.view.overlay.is_some() {
                    self.go(Destination::Room(Room::Journal));
                }
                self.view.journal.take_check(check);
            }
            Reply::Job { id, outcome } => {
                let Some(outcome) = self.take_veiled(outcome) else { return };
                let outcome = match outcome.downcast::<WrittenDocument>() {
                    Ok(written) => return self.take_written(*written),
                    Err(other) => other,
                };
                let Some(outcome) = self.take_paper_outcome(outcome) else { return };
                let Some(outcome) = self.take_report_facts(outcome) else { return };
                let outcome = match outcome.downcast::<MemberText>() {
                    Ok(read) => return self.take_member_text(*read),
                    Err(other) => other,
                };
                let outcome = match outcome.downcast::<FoundDuplicates>() {
                    Ok(found) => return self.view.people.take_duplicates(*found),
                    Err(other) => other,
                };
                let outcome = match outcome.downcast::<MemberPicture>() {
                    Ok(read) => return self.take_member_picture(*read),
                    Err(other) => other,
                };
                if self.view.job.as_ref().is_some_and(|job| job.handle.id == id) {
                    self.view.job = None;
                    match outcome.downcast::<RosterImport>() {
                        Ok(prepared) => {
                            if matches!(*prepared, RosterImport::Ready(_)) {
                                self.back_up_before_big_change();
                            }
                            self.view.import.take_prepared(*prepared);
                        }
                        Err(other) => self.take_compared(other),
                    }
                }
            }
        }
    }

    fn take_change(&mut self, snapshot: crate::session::Snapshot, executed: &Executed) {
        let said = self.view.announce.pop_front().unwrap_or_default();
        let was_import = executed.code == "import";
        self.view.import.follow_undo(executed, &snapshot.register);
        self.view.reconcile.committed(executed);
        self.view.people.committed(executed);
        self.view.snapshot = Some(snapshot);
        self.make_veil();
        if let Some(entry) = executed.entry {
            if let Some(file) = &mut self.view.file {
                file.saved_at = self.clock.now().strftime("%H:%M").to_string();
            }
            let undo = (executed.code != "undo").then_some(UndoTarget { entry: Some(entry), parts: None });
            let text =
                if executed.kept.is_empty() { said } else { kept_words(executed.part_count, &executed.kept) };
            self.view.toast = Some(Toast { text, undo, opens: None, until: None });
        } else {
            self.say("Изменений нет".into());
        }
        self.view.journal.mark_old();
        if self.view.room == Room::Journal {
            self.perform(Action::LoadEntries { before: None });
        }
        if was_import {
            self.view.import.committed(executed);
        }
    }

    /// The journal got an entry that changed nothing else.
    pub(super) fn take_snapshot_of_event(&mut self, snapshot: Option<crate::session::Snapshot>) {
        let Some(snapshot) = snapshot else { return };
        self.view.snapshot = Some(snapshot);
        self.make_veil();
        self.view.journal.mark_old();
        if self.view.room == Room::Journal {
            self.perform(Action::LoadEntries { before: None });
        }
    }

    pub(super) fn start_roster_job(&mut self) {
        let Some(snapshot) = &self.view.snapshot else { return };
        self.view.import.judge_by(snapshot);
        let Some(request) = self.view.import.request() else { return };
        let (register, today) = (snapshot.register.clone(), snapshot.today);
        if let Some(job) = self.view.job.take() {
            job.handle.cancel();
        }
        let reader = self.workbook_reader.clone();
        let handle =
            self.worker.start_job(move |job| prepare_roster(&register, &request, today, &reader, job));
        let since = self.ctx.input(|input| input.time);
        self.view.import.started(handle.clone());
        self.view.job = Some(RunningJob { handle, words: "Читаю список".into(), since });
    }

    pub(super) fn start_reconciliation(&mut self) {
        let Some(snapshot) = &self.view.snapshot else { return };
        let Some(request) = self.view.reconcile.request() else { return };
        let (register, today) = (snapshot.register.clone(), snapshot.today);
        if let Some(job) = self.view.job.take() {
            job.handle.cancel();
        }
        let handle =
            self.worker.start_job(move |job| prepare_reconciliation(&register, &request, today, job));
        let since = self.ctx.input(|input| input.time);
        self.view.job = Some(RunningJob { handle, words: "Сверяю список".into(), since });
    }

    fn find_duplicates(&mut self) {
        let Some(snapshot) = self.view.snapshot.clone() else { return };
        self.worker.start_job(move |_| FoundDuplicates::of(&snapshot));
    }

    fn take_compared(&mut self, outcome: Box<dyn std::any::Any + Send>) {
        if let (Ok(outcome), Some(snapshot)) =
            (outcome.downcast::<ReconciliationOutcome>(), &self.view.snapshot)
        {
            let pasted_at = self.clock.now().strftime("%H:%M").to_string();
            self.view.reconcile.take_outcome(*outcome, snapshot, pasted_at);
        }
    }

    fn take_member_text(&mut self, read: MemberText) {
        match read.0 {
            Ok(text) => {
                self.view.reconcile.take_text(text);
                self.start_reconciliation();
            }
            Err(text) => self.view.error = Some(text),
        }
    }

    fn take_member_picture(&mut self, read: MemberPicture) {
        match (read.0, &self.view.snapshot) {
            (Ok(picture), Some(snapshot)) => self.view.reconcile.take_picture(picture, snapshot),
            (Ok(_), None) => {}
            (Err(text), _) => self.view.error = Some(text),
        }
    }

    fn organization_kind(&self) -> Option<OrganizationKind> {
        Some(self.view.snapshot.as_ref()?.register.organization().kind)
    }

    /// Writes a document beside the drawing thread; the answer says where it lies, or why it does not.
    pub(super) fn write_document(
        &mut self,
        path: PathBuf,
        done: &'static str,
        write: impl FnOnce(&Path) -> Result<(), String> + Send + 'static,
    ) {
        self.worker.start_job(move |_| {
            WrittenDocument(write(&path).map(|()| (format!("{done}: «{}»", name_of(&path)), path)))
        });
    }

    fn take_written(&mut self, written: WrittenDocument) {
        match written.0 {
            Ok((done, path)) => self.say_written(done, path),
            Err(text) => self.view.error = Some(text),
        }
    }

    fn commit_roster(&mut self) {
        if let Some((operation, done)) = self.view.import.operation() {
            self.perform(Action::execute(operation, done));
        }
    }
}

/// «Отменено 880, оставлено 22: изменено позже».
fn kept_words(undone: usize, kept: &[KeptPart]) -> String {
    let undone = counted(undone as u64, "запись", "записи", "записей");
    format!("Отменено: {undone}, оставлено {}: изменено позже", kept.len())
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn not_written(path: &Path) -> String {
    format!(
        "Файл «{}» не записан. В программе ничего не изменилось. Проверьте, есть ли место и можно ли писать в эту \
         папку, или выберите другую.",
        name_of(path)
    )
}

fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some_and(|known| known.eq_ignore_ascii_case(ending)) {
        path
    } else {
        let mut name = path.into_os_string();
        name.push(".");
        name.push(ending);
        name.into()
    }
}
