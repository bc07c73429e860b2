//! Passwords, the recovery code, backups and restoring: what screens ask for, and what becomes of the answers.

use std::path::{Path, PathBuf};

use super::action::Action;
use super::app::{ChoosingFor, ConsoleApp};
use super::screens::safe::{Asked, BackupListing, CodePage, DamagePage, RestorePage, SafeState};
use super::view::{OpenFile, View};
use crate::desktop::{FileFilter, Question};
use crate::register::Organization;
use crate::session::{
    BackupFile, BackupOccasion, CareReply, CareRequest, CodeState, FileStanding, PasswordReply,
    PasswordRequest, RecoveryCode, Request, RestoreOffer, SecretText, wait_before_password,
};
use crate::store::Key;

/// One intent about the safety of the file.
#[derive(Clone, Debug)]
pub enum SafeAction {
    // Passwords and the code
    /// Creates a file under a password.
    CreateFile {
        path: PathBuf,
        organization: Box<Organization>,
        password: SecretText,
    },
    /// Sets the password of the open file, or changes it.
    SetPassword {
        old: Option<SecretText>,
        new: SecretText,
    },
    /// Whether a typed code opens a file.
    CheckCode {
        path: PathBuf,
        code: SecretText,
    },
    /// Opens a file by its code under a new password.
    Recover {
        path: PathBuf,
        code: SecretText,
        new: SecretText,
    },
    /// Shows the code of the open file once more.
    ShowCode {
        password: SecretText,
    },
    /// Opens the page on which the code is confirmed.
    BeginConfirming,
    ConfirmCode {
        answers: [SecretText; 2],
    },
    /// Leaves the page of the code; an unconfirmed one stays in a banner.
    LeaveCode,
    /// Asks where to keep the page for the safe, then has it written.
    ChooseCodePage(RecoveryCode),
    WriteCodePage {
        code: RecoveryCode,
        path: PathBuf,
    },
    // Backups
    ListBackups,
    BackUpNow,
    GetBackupDetails(PathBuf),
    ChooseBackupFolder,
    /// `None`: the folder beside the file again.
    UseBackupFolder(Option<PathBuf>),
    /// Opens the page that shows what restoring a backup would change.
    OpenRestore(BackupFile),
    /// The same once more with the password of the backup.
    PrepareRestore {
        password: SecretText,
    },
    /// Restores the backup of the open page.
    Restore,
    LeaveRestore,
    LeaveDamage,
    /// What a restore did was read.
    CloseNotice,
}

/// What a reply `Opened` says besides the register.
pub(super) struct OpenedFile {
    pub standing: FileStanding,
    pub code_state: CodeState,
    pub is_sample: bool,
}

impl ConsoleApp {
    pub(super) fn perform_safe(&mut self, action: SafeAction) {
        match action {
            SafeAction::CreateFile { path, organization, password } => {
                self.begin_opening();
                self.ask_password(Asked::Create, PasswordRequest::Create { path, password, organization });
            }
            SafeAction::SetPassword { old, new } => {
                self.ask_password(Asked::Set, PasswordRequest::Set { old, new });
            }
            SafeAction::CheckCode { path, code } => {
                self.ask_password(Asked::Code, PasswordRequest::CheckCode { path, code });
            }
            SafeAction::Recover { path, code, new } => {
                self.begin_opening();
                let request = PasswordRequest::Recover { path, code, new, actor: None };
                self.ask_password(Asked::Code, request);
            }
            SafeAction::ShowCode { password } => {
                self.ask_password(Asked::Show, PasswordRequest::ShowCode { password });
            }
            SafeAction::BeginConfirming => {
                self.view.safe.problem = None;
                self.view.safe.code = Some(CodePage::to_confirm());
                self.ask_for_groups();
            }
            SafeAction::ConfirmCode { answers } => {
                self.ask_password(Asked::Groups, PasswordRequest::ConfirmCode { answers });
            }
            SafeAction::LeaveCode => self.view.safe.code = None,
            SafeAction::ChooseCodePage(code) => {
                let Some(file) = &self.view.file else { return };
                let question = Question::Save {
                    title: "Куда сохранить страницу для сейфа".into(),
                    filter: FileFilter::Document,
                    file_name: format!("Код восстановления {}.docx", file.name()),
                };
                self.ask_chooser(question, ChoosingFor::CodePage(code));
            }
            SafeAction::WriteCodePage { code, path } => {
                self.ask_password(Asked::Page, PasswordRequest::WriteCodePage { code, path });
            }
            other => self.perform_backup(other),
        }
    }

    fn perform_backup(&mut self, action: SafeAction) {
        match action {
            SafeAction::ListBackups => self.list_backups(),
            SafeAction::BackUpNow => {
                self.view.safe.asked_for_backup = true;
                self.care(CareRequest::BackUp(BackupOccasion::Asked));
            }
            SafeAction::GetBackupDetails(backup) => self.care(CareRequest::GetBackupDetails { backup }),
            SafeAction::ChooseBackupFolder => {
                let question =
                    Question::Folder { title: "Папка для резервных копий".into() };
                self.ask_chooser(question, ChoosingFor::BackupFolder);
            }
            SafeAction::UseBackupFolder(folder) => self.use_backup_folder(folder.as_deref()),
            SafeAction::OpenRestore(backup) => {
                let Some(file) = self.file_to_restore() else { return };
                let key = self.view.safe.tried_key.clone();
                let zone = self.clock.now().time_zone().clone();
                // It would lie over the foot of the page.
                self.view.toast = None;
                self.view.safe.restore = Some(RestorePage::new(file, backup, key, zone));
                self.prepare_restore();
            }
            SafeAction::PrepareRestore { password } => {
                if let Some(page) = &mut self.view.safe.restore {
                    page.key = Key::from_password(password.as_str());
                }
                self.prepare_restore();
            }
            SafeAction::Restore => {
                let Some(page) = &mut self.view.safe.restore else { return };
                page.restoring = true;
                let (file, backup, key) = (page.file.clone(), page.backup.path.clone(), page.key.clone());
                self.care(CareRequest::Restore { file, backup, key });
            }
            SafeAction::LeaveRestore => self.view.safe.restore = None,
            SafeAction::LeaveDamage => {
                self.view.safe.restore = None;
                self.view.safe.damage = None;
                self.view.safe.tried_key = None;
            }
            SafeAction::CloseNotice => self.view.safe.notice = None,
            _ => {}
        }
    }

    /// The start page says «Открываю файл…»; what was typed on it stays, to be put right.
    fn begin_opening(&mut self) {
        let start = std::mem::take(&mut self.view.start);
        self.view = View { opening: true, start, ..View::default() };
    }

    fn ask_password(&mut self, asked: Asked, request: PasswordRequest) {
        self.view.safe.asked = Some(asked);
        self.view.safe.problem = None;
        self.worker.send(Request::Password(request));
    }

    fn ask_for_groups(&mut self) {
        self.worker.send(Request::Password(PasswordRequest::AskForGroups));
    }

    fn care(&mut self, request: CareRequest) {
        self.worker.send(Request::Care(request));
    }

    fn ask_chooser(&mut self, question: Question, purpose: ChoosingFor) {
        let ctx = self.ctx.clone();
        self.choosing = Some((purpose, self.chooser.ask(question, move || ctx.request_repaint())));
    }

    fn file_to_restore(&self) -> Option<PathBuf> {
        let open = self.view.file.as_ref().map(|file| file.path.clone());
        open.or_else(|| self.view.safe.damage.as_ref().map(|damage| damage.file.clone()))
    }

    fn prepare_restore(&mut self) {
        let Some(page) = &mut self.view.safe.restore else { return };
        page.preview = None;
        let (file, backup, key) = (page.file.clone(), page.backup.path.clone(), page.key.clone());
        self.care(CareRequest::PrepareRestore { file, backup, key });
    }

    fn list_backups(&mut self) {
        let Some(file) = self.view.file.as_ref().map(|file| file.path.clone()) else { return };
        self.care(CareRequest::ListBackups { file });
        self.care(CareRequest::GetBackups);
    }

    fn use_backup_folder(&mut self, folder: Option<&Path>) {
        let Some(file) = self.view.file.as_ref().map(|file| file.path.clone()) else { return };
        self.preferences.choose_backup_folder(&file, folder);
        self.preferences.save();
        self.care(CareRequest::UseBackupFolders(self.preferences.backup_folders.clone()));
        self.list_backups();
    }

    /// Before something big is committed, while its preview is being read. The sample is made anew any day.
    pub(super) fn back_up_before_big_change(&mut self) {
        let revision = self.view.snapshot.as_ref().map(|snapshot| snapshot.register.revision);
        // A preview is made anew with every answer, the file is the same.
        if !self.view.safe.is_sample && self.view.safe.backed_up_revision != revision {
            self.view.safe.backed_up_revision = revision;
            self.care(CareRequest::BackUp(BackupOccasion::BeforeBigChange));
        }
    }

    /// What the window says of a file that was just opened; what a restore did is still to be read.
    pub(super) fn file_opened(&mut self, opened: OpenedFile) {
        let OpenedFile { standing, code_state, is_sample } = opened;
        self.view.safe.code_state = Some(code_state);
        self.view.safe.standing = Some(standing);
        self.view.safe.is_sample = is_sample;
        self.care(CareRequest::AtOpening);
    }

    /// A file was not opened: what is said, what is asked for, which backup is offered.
    pub(super) fn open_failed(
        &mut self,
        path: PathBuf,
        text: String,
        needs_key: bool,
        offer: Option<RestoreOffer>,
    ) {
        let start = std::mem::take(&mut self.view.start);
        let tried_key = self.view.safe.tried_key.take();
        self.view = View { start, ..View::default() };
        if let Some(offer) = offer {
            self.view.safe.tried_key = tried_key;
            self.view.safe.damage = Some(DamagePage { file: path, offer, is_open: false });
            return;
        }
        self.view.error = Some(text);
        let now = self.ctx.input(|input| input.time);
        self.view.start.may_try_at = now + wait_before_password(&path).as_secs_f64();
        self.view.start.asks_password_for = needs_key.then_some(path);
    }

    pub(super) fn take_password_reply(&mut self, reply: PasswordReply) {
        match reply {
            PasswordReply::Set { set, code_state, snapshot } => {
                self.view.safe.asked = None;
                self.view.safe.code_state = Some(code_state);
                self.view.safe.code = Some(CodePage::of_new(*set));
                self.take_snapshot_of_event(Some(snapshot));
                if let Some(file) = &mut self.view.file {
                    file.encrypted = true;
                }
                self.view.settings.password_done();
                if self.view.safe.list.is_some() {
                    self.list_backups();
                }
                self.ask_for_groups();
            }
            PasswordReply::CodeChecked { .. } => {
                self.view.safe.asked = None;
                self.view.start.code_is_right();
            }
            // Asked by other screens.
            PasswordReply::PasswordChecked => {}
            PasswordReply::CodeShown { code } => {
                self.view.safe.asked = None;
                self.view.settings.password_done();
                let waits = matches!(self.view.safe.code_state, Some(CodeState::Waiting { .. }));
                self.view.safe.code = Some(CodePage::shown_again(code, waits));
                self.ask_for_groups();
            }
            PasswordReply::GroupsAsked { numbers } => {
                if let Some(page) = &mut self.view.safe.code {
                    page.ask(numbers);
                }
            }
            PasswordReply::CodeConfirmed { code_state, snapshot } => {
                self.view.safe.asked = None;
                self.view.safe.code_state = Some(code_state);
                self.view.safe.code = None;
                self.take_snapshot_of_event(Some(snapshot));
                self.perform(Action::Say("Код восстановления подтверждён".into()));
            }
            PasswordReply::PageWritten { path, snapshot } => {
                self.view.safe.asked = None;
                self.take_snapshot_of_event(Some(snapshot));
                if let Some(page) = &mut self.view.safe.code {
                    page.is_saved = true;
                }
                self.say_written("Страница для сейфа сохранена".into(), path);
            }
            PasswordReply::Refused { text, wait_seconds } => self.password_refused(text, wait_seconds),
        }
    }

    fn password_refused(&mut self, text: String, wait_seconds: u64) {
        let now = self.ctx.input(|input| input.time);
        match self.view.safe.asked.take() {
            Some(Asked::Create) => {
                self.view.opening = false;
                self.view.error = Some(text);
            }
            Some(Asked::Code) => {
                self.view.opening = false;
                self.view.start.code_refused(text);
            }
            Some(Asked::Set | Asked::Show) => {
                self.view.safe.problem = Some(text);
                self.view.safe.may_try_at = now + wait_seconds as f64;
            }
            Some(Asked::Groups) => {
                self.view.safe.problem = Some(text);
                self.ask_for_groups();
            }
            Some(Asked::Page) | None => self.view.error = Some(text),
        }
    }

    pub(super) fn take_care_reply(&mut self, reply: CareReply) {
        match reply {
            CareReply::Checked { check, offer } => {
                if check.problems.is_empty() {
                    return;
                }
                self.view.safe.is_damaged = true;
                let Some(file) = &mut self.view.file else { return };
                // It may be read; whatever is written on a damaged file may be lost with it.
                file.read_only = true;
                let file = file.path.clone();
                self.view.safe.damage = offer.map(|offer| DamagePage { file, offer, is_open: true });
            }
            CareReply::Backups { state, made } => {
                if made && let Some(newest) = &state.newest {
                    self.view.safe.made_at = newest.file.made_at.strftime("%H:%M").to_string();
                }
                let was_asked = std::mem::take(&mut self.view.safe.asked_for_backup);
                match &state.problem {
                    None if was_asked => {
                        self.perform(Action::Say("Резервная копия сделана и проверена".into()))
                    }
                    Some(problem) if was_asked => self.view.error = Some(problem.to_string()),
                    _ => {}
                }
                self.view.safe.backups = Some(state);
                if made && self.view.safe.list.is_some() {
                    let Some(OpenFile { path, .. }) = self.view.file.clone() else { return };
                    self.care(CareRequest::ListBackups { file: path });
                }
            }
            CareReply::BackupList { place, backups, .. } => {
                self.view.safe.list = Some(BackupListing::new(place, backups));
            }
            CareReply::BackupDetails { backup, details } => {
                if let Some(list) = &mut self.view.safe.list {
                    list.details.insert(backup, details.map_err(|problem| problem.to_string()));
                }
            }
            CareReply::RestorePrepared { backup, preview, .. } => {
                if let Some(page) = &mut self.view.safe.restore
                    && page.backup.path == backup
                {
                    page.take(preview);
                }
            }
            CareReply::Restored { outcome, .. } => {
                let Some(page) = &mut self.view.safe.restore else { return };
                page.restoring = false;
                match outcome {
                    // `Opened` follows and begins a new view; this is carried over.
                    Ok(restored) => self.view.safe.notice = Some(page.notice(&restored)),
                    Err(problem) => page.take(Err(problem)),
                }
            }
        }
    }

    /// What outlives the opening of a file: what a restore did.
    pub(super) fn kept_over_opening(&mut self) -> SafeState {
        SafeState { notice: self.view.safe.notice.take(), ..SafeState::default() }
    }
}
