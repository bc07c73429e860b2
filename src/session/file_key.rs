//! The password of the open file and its recovery code: set, changed, recovered, confirmed, printed. Each is an event
//! of the file with an entry in the journal, and none can be undone.
//!
//! Neither a password nor a code stands in the journal, in an error or in the workspace.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::attempts;
use super::backup_names::put_aside_path;
use super::backups::{BackupOccasion, BackupPlace, BackupProblem, ReplacedBackups};
use super::clock::Clock;
use super::errors::SessionError;
use super::opening::OpenChoices;
use super::papers_of_links::{is_same_file, write_paper};
use super::password::{SecretText, own_words, password_strength};
use super::recovery_code::{CODE_GROUPS, CodeTypo, RecoveryCode, folded_group};
use super::registers::{Session, holder};
use crate::documents::{compose_recovery_page, docx_file};
use crate::files::overwrite_and_remove;
use crate::register::Organization;
use crate::store::{Key, NewEntry, NewKey, StoreError};

/// How long a code may go unconfirmed before that is pressing.
const CODE_MAY_WAIT: SignedDuration = SignedDuration::from_hours(24);
/// Rows of the workspace.
const CODE_ROW: &str = "recovery-code";
const PUT_ASIDE_ROW: &str = "put-aside";

/// Whether the recovery code of the file was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeState {
    /// The file has no password, so there is no code.
    NoPassword,
    /// Shown and not confirmed yet: a banner stays. `late`: a day has passed.
    Waiting { since: Date, late: bool },
    /// Two groups of it were typed from the paper on this day.
    Confirmed { on: Date },
}

/// As kept in the file.
#[derive(Serialize, Deserialize)]
struct CodeRow {
    since: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confirmed_on: Option<Date>,
}

/// What came of setting a password.
#[derive(Debug)]
pub struct PasswordSet {
    /// The new code. The one of before opens nothing any more.
    pub code: RecoveryCode,
    /// Whether there was another code before, which is dead now: that has to be said.
    pub replaces_code: bool,
    /// What became of the backups that the old password opens (or none); a problem is to be shown.
    pub backups: Result<ReplacedBackups, BackupProblem>,
}

impl Session {
    /// Creates a file under a password and founds the organization in it.
    ///
    /// # Errors
    /// [`SessionError::Password`] for a password that is not taken; as [`Session::create`].
    pub fn create_with_password(
        path: &Path,
        password: &SecretText,
        organization: Organization,
        clock: Clock,
        actor: &str,
        choices: &OpenChoices,
    ) -> Result<(Session, RecoveryCode), SessionError> {
        let key = new_key(password, &organization)?;
        let mut session = Session::create_as(path, Some(&key), organization, clock, actor, choices)?;
        let row = session.unconfirmed_row();
        session.put_workspace(CODE_ROW, Some(&row))?;
        let code = session.own_code()?;
        Ok((session, code))
    }

    /// Gives the file a password, or another one. `old`: the present one, where there is one. The file is exported
    /// under the new key, the new one checked and put in the place of the old one; the backups of before are replaced
    /// by a fresh one.
    ///
    /// # Errors
    /// [`SessionError::Password`], [`SessionError::WrongPassword`] and whatever the disk says: the file then has the
    /// password it had.
    pub fn set_password(
        &mut self,
        old: Option<&SecretText>,
        new: &SecretText,
        place: &BackupPlace,
    ) -> Result<PasswordSet, SessionError> {
        let event = if self.encrypted() { "change_password" } else { "set_password" };
        let key = new_key(new, self.register.organization())?;
        if self.encrypted() {
            let old = old.ok_or(SessionError::WrongPassword)?;
            self.check_password(old)?;
            if old.as_str() == new.as_str() {
                return Err(SessionError::SamePassword);
            }
        }
        self.change_key(&key, event, place)
    }

    /// Opens a file by its recovery code and gives it a new password at once: nothing is left open under a code that
    /// was used.
    ///
    /// # Errors
    /// [`SessionError::CodeOpensNothing`], [`SessionError::Password`]; as [`Session::open`].
    pub fn recover(
        path: &Path,
        code: &RecoveryCode,
        new: &SecretText,
        clock: Clock,
        actor: Option<&str>,
        place: &BackupPlace,
        choices: &OpenChoices,
    ) -> Result<(Session, PasswordSet), SessionError> {
        let mut session = open_by_code(path, code, clock, actor, choices)?;
        let key = new_key(new, session.register.organization())?;
        let set = session.change_key(&key, "recover_password", place)?;
        Ok((session, set))
    }

    /// Whether a code opens a file; it is closed again at once.
    ///
    /// # Errors
    /// [`SessionError::CodeOpensNothing`]; as [`Session::open`].
    pub fn check_code(path: &Path, code: &RecoveryCode, clock: Clock) -> Result<(), SessionError> {
        open_by_code(path, code, clock, None, &OpenChoices::default()).map(drop)
    }

    /// Whether this is the password of the open file. Takes as long as an opening, and a wrong one makes the next try
    /// wait.
    ///
    /// # Errors
    /// [`SessionError::WrongPassword`], also for a file without one.
    pub fn check_password(&self, password: &SecretText) -> Result<(), SessionError> {
        attempts::wait(&self.path);
        let own = self.store.key().ok_or(SessionError::WrongPassword)?;
        let is_right = Key::from_password(password.as_str()).is_some_and(|key| key.is_same_as(own));
        attempts::count(&self.path, is_right);
        if is_right { Ok(()) } else { Err(SessionError::WrongPassword) }
    }

    /// The code once more, for somebody who knows the password.
    ///
    /// # Errors
    /// As [`Session::check_password`].
    pub fn show_code(&self, password: &SecretText) -> Result<RecoveryCode, SessionError> {
        self.check_password(password)?;
        self.own_code()
    }

    /// Whether the code was confirmed. A file that got its password elsewhere has waited since today.
    pub fn code_state(&self) -> CodeState {
        if !self.encrypted() {
            return CodeState::NoPassword;
        }
        let now = self.clock.now();
        match self.code_row() {
            Some(CodeRow { confirmed_on: Some(on), .. }) => CodeState::Confirmed { on },
            Some(CodeRow { since, .. }) => {
                let late = now.timestamp().duration_since(since) > CODE_MAY_WAIT;
                CodeState::Waiting { since: since.to_zoned(now.time_zone().clone()).date(), late }
            }
            None => CodeState::Waiting { since: now.date(), late: true },
        }
    }

    /// Chooses two groups of the code by chance, which [`Session::confirm_code`] then expects. Numbers from 1.
    ///
    /// # Errors
    /// When the system gives no chance.
    pub fn ask_for_groups(&mut self) -> Result<[usize; 2], SessionError> {
        let mut chance = [0_u8; 2];
        getrandom::fill(&mut chance).map_err(|_| StoreError::NoRandomness)?;
        let first = usize::from(chance[0]) % CODE_GROUPS;
        let second = (first + 1 + usize::from(chance[1]) % (CODE_GROUPS - 1)) % CODE_GROUPS;
        let asked = [first.min(second) + 1, first.max(second) + 1];
        self.asked_groups = Some(asked);
        Ok(asked)
    }

    /// Confirms the code by the two groups that were asked for, in that order. Wrong ones end the question: the next
    /// one is about other groups.
    ///
    /// # Errors
    /// [`SessionError::WrongGroups`]; a failed write.
    pub fn confirm_code(&mut self, answers: [&str; 2]) -> Result<CodeState, SessionError> {
        let asked = self.asked_groups.take().ok_or(SessionError::WrongGroups)?;
        let groups = self.own_code()?.groups();
        let is_right = |number: usize, answer: &str| {
            folded_group(answer).is_some_and(|typed| groups.get(number - 1) == Some(&typed))
        };
        if !(is_right(asked[0], answers[0]) && is_right(asked[1], answers[1])) {
            return Err(SessionError::WrongGroups);
        }
        let on = self.clock.wall_day();
        let since = self.code_row().map_or_else(|| self.clock.timestamp(), |row| row.since);
        let row = CodeRow { since, confirmed_on: Some(on) };
        self.record_file_event("confirm_code")?;
        self.put_workspace(CODE_ROW, Some(&row_text(&row)))?;
        Ok(CodeState::Confirmed { on })
    }

    /// Writes the page for the head's safe as DOCX. The code must be the one the file has now.
    ///
    /// # Errors
    /// [`SessionError::CodeOpensNothing`] for another code, [`SessionError::Outside`] when the page cannot be written.
    pub fn write_code_page(&mut self, code: &RecoveryCode, path: &Path) -> Result<(), SessionError> {
        if !self.own_code()?.is_same_as(code) {
            return Err(SessionError::CodeOpensNothing);
        }
        if is_same_file(path, &self.path) {
            return Err(SessionError::Outside(
                "Это сам файл организации: он не изменён. Выберите другое имя или другую папку.".into(),
            ));
        }
        let file_name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
        let page = compose_recovery_page(
            self.register.organization(),
            &file_name.unwrap_or_default(),
            &code.groups(),
            self.clock.wall_day(),
        );
        let bytes = docx_file(&page)
            .map_err(|_| SessionError::Outside("Лист не удалось составить. Ничего не записано.".into()))?;
        write_paper(path, &bytes)?;
        if self.read_only() { Ok(()) } else { self.record_file_event("print_code") }
    }

    fn own_code(&self) -> Result<RecoveryCode, SessionError> {
        let bytes = self.store.key().and_then(Key::raw_bytes);
        bytes.map(RecoveryCode::from_bytes).ok_or(SessionError::WrongPassword)
    }

    fn code_row(&self) -> Option<CodeRow> {
        serde_json::from_str(&self.store.get_workspace(CODE_ROW).ok()??).ok()
    }

    fn unconfirmed_row(&self) -> String {
        row_text(&CodeRow { since: self.clock.timestamp(), confirmed_on: None })
    }

    /// A journal entry of something that happened to the file itself.
    fn record_file_event(&mut self, code: &str) -> Result<(), SessionError> {
        let (at, day) = (self.clock.timestamp(), self.clock.wall_day());
        let entry = NewEntry { at, day, actor: &self.actor, code, details: String::new(), undoes: None };
        let appended = self.store.append_event(&entry).map_err(SessionError::from)?;
        let register = Arc::make_mut(&mut self.register);
        register.revision = appended.number;
        register.last_recorded_day = Some(day);
        Ok(())
    }

    fn change_key(
        &mut self,
        key: &Key,
        event: &str,
        place: &BackupPlace,
    ) -> Result<PasswordSet, SessionError> {
        if self.read_only() {
            return Err(self.write_failed(StoreError::ReadOnly));
        }
        // The old file itself stays until the new one stands in its place, so a missing stick stops nobody.
        let _ = self.back_up(place, BackupOccasion::BeforeBigChange);
        let old_key = self.store.key().cloned();
        let now = self.clock.now();
        let aside = put_aside_path(&self.path, "до смены пароля", now.datetime());
        let aside_name =
            aside.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let rows = [(CODE_ROW, self.unconfirmed_row()), (PUT_ASIDE_ROW, aside_name)];
        let entry = NewEntry {
            at: now.timestamp(),
            day: now.date(),
            actor: &self.actor,
            code: event,
            details: String::new(),
            undoes: None,
        };
        let holder = holder(&self.clock);
        let change = NewKey { key, holder: &holder, entry, workspace: &rows, keep_as: &aside };
        let loaded = self.store.change_key(&change)?;
        self.register = Arc::new(loaded.register);
        self.asked_groups = None;
        self.remove_put_aside()?;
        Ok(PasswordSet {
            code: self.own_code()?,
            replaces_code: old_key.is_some(),
            backups: self.replace_backups(place, old_key.as_ref()).map(|(_, replaced)| replaced),
        })
    }

    /// Removes the file that a change of the password put aside: the old password opens it, or none is needed. Also
    /// done at opening, after a kill in between.
    pub(super) fn remove_put_aside(&mut self) -> Result<(), SessionError> {
        let Some(name) = self.get_workspace(PUT_ASIDE_ROW)? else { return Ok(()) };
        // A bare name: a path made up by somebody else must not lead anywhere.
        let is_bare = Path::new(&name).file_name().is_some_and(|bare| bare.to_string_lossy() == name);
        let path = self.path.with_file_name(&name);
        if is_bare && !is_same_file(&path, &self.path) && path.symlink_metadata().is_ok() {
            overwrite_and_remove(&path).map_err(StoreError::from)?;
        }
        self.put_workspace(PUT_ASIDE_ROW, None)
    }
}

/// The key of a password that the rules take.
fn new_key(password: &SecretText, organization: &Organization) -> Result<Key, SessionError> {
    if let Some(refusal) = password_strength(password.as_str(), &own_words(organization)).refusal {
        return Err(SessionError::Password(refusal));
    }
    Key::from_password(password.as_str())
        .ok_or(SessionError::Password(super::password::PasswordRefusal::ForeignLetters))
}

fn open_by_code(
    path: &Path,
    code: &RecoveryCode,
    clock: Clock,
    actor: Option<&str>,
    choices: &OpenChoices,
) -> Result<Session, SessionError> {
    Session::open_as(path, Some(&code.key()), clock, actor, choices).map_err(|error| match error {
        SessionError::Store(StoreError::WrongKeyOrDamaged) => SessionError::CodeOpensNothing,
        other => other,
    })
}

fn row_text(row: &CodeRow) -> String {
    serde_json::to_string(row).expect("two dates always serialize")
}

/// Why what was typed is no code, in Russian.
pub fn code_typo_words(typo: CodeTypo) -> String {
    match typo {
        CodeTypo::Length { typed } => format!(
            "В коде {CODE_GROUPS} групп по 4 знака, всего {}, а введено {typed}. Проверьте, не пропущена ли группа.",
            CODE_GROUPS * 4
        ),
        CodeTypo::ForeignLetter { group } => format!(
            "В группе {group} есть знак, которого в коде не бывает: в нём только цифры и латинские буквы."
        ),
        CodeTypo::Group { group } => format!("В коде опечатка: группа {group}. Сверьте её с листом."),
        CodeTypo::Somewhere => {
            "В коде опечатка, и не одна: группу определить нельзя. Сверьте код с листом целиком.".into()
        }
    }
}

#[cfg(test)]
mod tests;
