//! The worker's part in passwords and recovery codes. Derivation takes 0.1–0.2 s and waits grow after wrong passwords:
//! both happen here, off the drawing thread.

use std::path::{Path, PathBuf};

use super::{Reply, State, snapshot_of};
use crate::register::Organization;
use crate::session::attempts::wait_before_password;
use crate::session::errors::SessionError;
use crate::session::file_key::{CodeState, PasswordSet};
use crate::session::opening::OpenChoices;
use crate::session::password::SecretText;
use crate::session::recovery_code::RecoveryCode;
use crate::session::registers::Session;
use crate::session::snapshot::Snapshot;

/// What the view asks of the worker about passwords and codes. What is refused is answered by
/// [`PasswordReply::Refused`].
pub enum PasswordRequest {
    /// Creates a file under a password. Answers [`Reply::Opened`], then [`PasswordReply::Set`].
    Create { path: PathBuf, password: SecretText, organization: Box<Organization> },
    /// Sets the password of the open file or changes it (`old`: the present one, where there is one). Answers
    /// [`PasswordReply::Set`]. Edits wait for it.
    Set { old: Option<SecretText>, new: SecretText },
    /// Whether what was typed is a code and opens this file, before a new password is asked for. Answers
    /// [`PasswordReply::CodeChecked`]. The file must not be open.
    CheckCode { path: PathBuf, code: SecretText },
    /// Opens a file by its code under a new password. Answers [`Reply::Opened`], then [`PasswordReply::Set`].
    Recover { path: PathBuf, code: SecretText, new: SecretText, actor: Option<String> },
    /// Whether this is the password of the open file: before links are exported, for instance. Answers
    /// [`PasswordReply::PasswordChecked`].
    CheckPassword { password: SecretText },
    /// The code once more. Answers [`PasswordReply::CodeShown`].
    ShowCode { password: SecretText },
    /// Which two groups are to be typed. Answers [`PasswordReply::GroupsAsked`].
    AskForGroups,
    /// Confirms the code by them, in the order asked. Answers [`PasswordReply::CodeConfirmed`].
    ConfirmCode { answers: [SecretText; 2] },
    /// Writes the page for the safe (DOCX). Answers [`PasswordReply::PageWritten`].
    WriteCodePage { code: RecoveryCode, path: PathBuf },
}

/// What the worker answers about passwords and codes.
pub enum PasswordReply {
    /// The password is set; the new code is to be shown, printed and confirmed.
    Set {
        set: Box<PasswordSet>,
        code_state: CodeState,
        snapshot: Snapshot,
    },
    /// The code is that of the file: ask for the new password.
    CodeChecked {
        path: PathBuf,
    },
    PasswordChecked,
    CodeShown {
        code: RecoveryCode,
    },
    /// Numbers of groups, from 1.
    GroupsAsked {
        numbers: [usize; 2],
    },
    CodeConfirmed {
        code_state: CodeState,
        snapshot: Snapshot,
    },
    PageWritten {
        path: PathBuf,
        snapshot: Snapshot,
    },
    /// Not done, and why. `wait_seconds`: so long the next try of a password will wait; 0: it will not.
    Refused {
        text: String,
        wait_seconds: u64,
    },
}

impl State {
    pub(super) fn password(&mut self, request: PasswordRequest) -> Option<Reply> {
        let path = match &request {
            PasswordRequest::Create { path, .. }
            | PasswordRequest::CheckCode { path, .. }
            | PasswordRequest::Recover { path, .. } => path.clone(),
            _ => self.session.as_ref()?.path().to_owned(),
        };
        let reply = self.perform_password(request).unwrap_or_else(|error| refused(&error, &path));
        Some(reply)
    }

    fn perform_password(&mut self, request: PasswordRequest) -> Result<Reply, SessionError> {
        let reply = match request {
            PasswordRequest::Create { path, password, organization } => {
                let actor = organization.administrator.name.clone();
                let (clock, choices) = (self.clock.clone(), OpenChoices::default());
                let (session, code) =
                    Session::create_with_password(&path, &password, *organization, clock, &actor, &choices)?;
                let set = PasswordSet { code, replaces_code: false, backups: Ok(Default::default()) };
                return Ok(self.open_with_code(path, session, set));
            }
            PasswordRequest::Recover { path, code, new, actor } => {
                let code = RecoveryCode::parse(code.as_str()).map_err(SessionError::Code)?;
                let place = self.place_of(&path);
                let (clock, choices) = (self.clock.clone(), OpenChoices::default());
                let actor = actor.as_deref();
                let (session, set) = Session::recover(&path, &code, &new, clock, actor, &place, &choices)?;
                return Ok(self.open_with_code(path, session, set));
            }
            PasswordRequest::CheckCode { path, code } => {
                let code = RecoveryCode::parse(code.as_str()).map_err(SessionError::Code)?;
                Session::check_code(&path, &code, self.clock.clone())?;
                PasswordReply::CodeChecked { path }
            }
            of_open_file => self.password_of_open_file(of_open_file)?,
        };
        Ok(Reply::Password(reply))
    }

    fn password_of_open_file(&mut self, request: PasswordRequest) -> Result<PasswordReply, SessionError> {
        let place = self.session.as_ref().map(|session| self.place_of(session.path()));
        let (Some(session), Some(place)) = (self.session.as_mut(), place) else {
            return Err(SessionError::WrongPassword);
        };
        Ok(match request {
            PasswordRequest::Set { old, new } => {
                let set = Box::new(session.set_password(old.as_ref(), &new, &place)?);
                let code_state = session.code_state();
                PasswordReply::Set { set, code_state, snapshot: self.renewed_snapshot()? }
            }
            PasswordRequest::CheckPassword { password } => {
                session.check_password(&password)?;
                PasswordReply::PasswordChecked
            }
            PasswordRequest::ShowCode { password } => {
                PasswordReply::CodeShown { code: session.show_code(&password)? }
            }
            PasswordRequest::AskForGroups => {
                PasswordReply::GroupsAsked { numbers: session.ask_for_groups()? }
            }
            PasswordRequest::ConfirmCode { answers } => {
                let code_state = session.confirm_code([answers[0].as_str(), answers[1].as_str()])?;
                PasswordReply::CodeConfirmed { code_state, snapshot: self.renewed_snapshot()? }
            }
            PasswordRequest::WriteCodePage { code, path } => {
                session.write_code_page(&code, &path)?;
                PasswordReply::PageWritten { path, snapshot: self.renewed_snapshot()? }
            }
            // Those of a file that is not open were handled before.
            PasswordRequest::Create { .. }
            | PasswordRequest::Recover { .. }
            | PasswordRequest::CheckCode { .. } => return Err(SessionError::WrongPassword),
        })
    }

    /// The session's file was opened or made with a code: first the opening, then the code.
    fn open_with_code(&mut self, path: PathBuf, session: Session, set: PasswordSet) -> Reply {
        self.close();
        let code_state = session.code_state();
        let snapshot = snapshot_of(&session);
        let set = Box::new(set);
        self.further.push_back(Reply::Password(PasswordReply::Set { set, code_state, snapshot }));
        self.opened(path, Ok(session), None)
    }

    /// An event of the file has raised the revision, and plans made on an older one would be refused.
    fn renewed_snapshot(&mut self) -> Result<Snapshot, SessionError> {
        let session = self.session.as_ref().ok_or(SessionError::WrongPassword)?;
        let snapshot = snapshot_of(session);
        self.retired = self.snapshot.replace(snapshot.clone());
        Ok(snapshot)
    }
}

fn refused(error: &SessionError, path: &Path) -> Reply {
    // Rounded up: a second too early would wait again.
    let wait_seconds = wait_before_password(path).as_millis().div_ceil(1000) as u64;
    Reply::Password(PasswordReply::Refused { text: error.to_string(), wait_seconds })
}
