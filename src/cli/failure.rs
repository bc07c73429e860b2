//! How a command ends when it does not end well: a Russian sentence and an exit code.

use crate::session::SessionError;
use crate::store::StoreError;

/// Everything went as asked.
pub(super) const DONE: u8 = 0;
/// Something failed; the sentence says what stayed unchanged.
pub(super) const FAILED: u8 = 1;
/// The command line is wrong, or names several things where one is meant.
pub(super) const USAGE: u8 = 2;
/// The file is open elsewhere.
pub(super) const HELD: u8 = 3;
/// `links --flagged` found something.
pub(super) const FLAGGED: u8 = 10;

/// Why a command stopped. The text goes to stderr: no names of people, no addresses, no folders.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: u8,
    pub(super) text: String,
}

impl Failure {
    /// Something failed, exit code 1.
    pub(super) fn failed(text: impl Into<String>) -> Failure {
        Failure { code: FAILED, text: text.into() }
    }

    /// The command line is wrong, exit code 2.
    pub(super) fn usage(text: impl Into<String>) -> Failure {
        Failure { code: USAGE, text: text.into() }
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        let code = if matches!(error, SessionError::Held(_)) { HELD } else { FAILED };
        let hint = match &error {
            SessionError::Store(StoreError::KeyRequired | StoreError::WrongKeyOrDamaged) => {
                " Пароль передаётся через --password-stdin."
            }
            _ => "",
        };
        Failure { code, text: format!("{error}{hint}") }
    }
}

/// What a command answers: an exit code, or why it stopped.
pub(super) type Outcome = Result<u8, Failure>;
