//! How a file is opened: what it lies on decides whether it may be written (faults rows 6 and 7), and after a failed
//! write it is opened again (rows 3 and 4).

use std::path::Path;
use std::sync::Arc;

use super::clock::Clock;
use super::errors::SessionError;
use super::registers::{Session, holder};
use crate::files::{Medium, MediumKind, examine};
use crate::register::{Operation, Organization};
use crate::store::{Key, Store, StoreError};

pub(super) const NETWORK_SHARE: &str = "Файл лежит на сетевом диске. Там два компьютера могут испортить его, не зная \
     друг о друге, поэтому он открыт только для чтения. Ничего не изменено. Скопируйте файл на диск этого компьютера.";
const CREATE_ON_NETWORK_SHARE: &str = "Это сетевой диск. Там два компьютера могут испортить файл, не зная друг о друге, \
     поэтому файл не создан. Выберите папку на диске этого компьютера.";

/// How a file is to be opened.
#[derive(Clone, Copy, Debug)]
pub struct OpenChoices {
    /// Write to a network share all the same (`--allow-network`).
    pub allow_network: bool,
    /// What tells where a path lies; another one in tests.
    pub examine: fn(&Path) -> Medium,
}

impl Default for OpenChoices {
    fn default() -> Self {
        Self { allow_network: false, examine }
    }
}

/// Why a file cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnlyBecause {
    /// The file, its folder or the medium is closed for writing.
    Closed,
    /// It lies on a network share.
    NetworkShare,
}

/// What the screens say of an open file besides its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileStanding {
    pub medium: MediumKind,
    /// `None`: it can be changed.
    pub read_only: Option<ReadOnlyBecause>,
    /// The last writer was killed or the power went; what it had not finished was taken back.
    pub after_crash: bool,
}

impl FileStanding {
    /// The sentence of a banner; `None` where there is nothing to say.
    pub fn words(&self) -> Option<String> {
        match (self.read_only, &self.medium) {
            (Some(ReadOnlyBecause::NetworkShare), _) => Some(NETWORK_SHARE.into()),
            (Some(ReadOnlyBecause::Closed), _) => Some(
                "Файл открыт только для чтения: носитель или папка закрыты для записи. Чтобы вносить изменения, \
                 скопируйте файл в свою папку."
                    .into(),
            ),
            (None, MediumKind::NetworkShare) => Some(
                "Файл лежит на сетевом диске и открыт для записи по вашему указанию. Не открывайте его на двух \
                 компьютерах сразу."
                    .into(),
            ),
            (None, MediumKind::CloudFolder(name)) => Some(format!(
                "Файл лежит в папке, которую копирует «{name}»: копии уходят в облако, а две правки с разных \
                 компьютеров потеряют друг друга. Перенесите файл в обычную папку."
            )),
            (None, MediumKind::Local) => None,
        }
    }
}

impl Session {
    /// [`Session::create`] with choices.
    ///
    /// # Errors
    /// As [`Session::create`]; on a network share, unless that is allowed.
    pub fn create_as(
        path: &Path,
        key: Option<&Key>,
        organization: Organization,
        clock: Clock,
        actor: &str,
        choices: &OpenChoices,
    ) -> Result<Session, SessionError> {
        let medium = (choices.examine)(path).kind;
        if medium == MediumKind::NetworkShare && !choices.allow_network {
            return Err(SessionError::Outside(CREATE_ON_NETWORK_SHARE.into()));
        }
        let (store, loaded) = Store::create(path, key, &holder(&clock), clock.timestamp())?;
        let (path, actor) = (path.to_owned(), actor.to_owned());
        let mut session = Session { store, register: Arc::new(loaded.register), path, clock, actor, medium };
        session.execute(&Operation::Found(organization))?;
        Ok(session)
    }

    /// [`Session::open`] with choices: a file on a network share is opened for reading only, unless that is allowed.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn open_as(
        path: &Path,
        key: Option<&Key>,
        clock: Clock,
        actor: Option<&str>,
        choices: &OpenChoices,
    ) -> Result<Session, SessionError> {
        let medium = (choices.examine)(path).kind;
        let (store, loaded) = if medium == MediumKind::NetworkShare && !choices.allow_network {
            Store::open_read_only(path, key)?
        } else {
            Store::open(path, key, &holder(&clock))?
        };
        let register = Arc::new(loaded.register);
        let actor = actor.map_or_else(|| register.organization().administrator.name.clone(), str::to_owned);
        Ok(Session { store, register, path: path.to_owned(), clock, actor, medium })
    }

    /// What the screens say of the file besides its contents.
    pub fn standing(&self) -> FileStanding {
        let because = match self.medium {
            MediumKind::NetworkShare => ReadOnlyBecause::NetworkShare,
            _ => ReadOnlyBecause::Closed,
        };
        FileStanding {
            medium: self.medium.clone(),
            read_only: self.store.read_only().then_some(because),
            after_crash: self.store.opened_after_crash(),
        }
    }

    /// The key the file was opened with: its backups have the same.
    pub fn key(&self) -> Option<&Key> {
        self.store.key()
    }

    /// Whether a failed write has closed the file to everything but opening it again.
    pub fn must_reopen(&self) -> bool {
        self.store.must_reopen()
    }

    /// Closes the file and opens it again as it was opened: what an unfinished write left is taken back, and the
    /// register is what the file holds. The paths and the lock are free in between.
    ///
    /// # Errors
    /// As [`Session::open`]; the file is closed then.
    pub fn reopened(self) -> Result<Session, SessionError> {
        let allow_network = !self.store.read_only();
        let key = self.store.key().cloned();
        let Session { store, path, clock, actor, medium, .. } = self;
        drop(store);
        let choices = OpenChoices { allow_network, ..OpenChoices::default() };
        let session = Session::open_as(&path, key.as_ref(), clock, Some(&actor), &choices)?;
        Ok(Session { medium, ..session })
    }

    /// What a failed write is called: a medium that is closed for writing has two reasons.
    pub(super) fn write_failed(&self, error: StoreError) -> SessionError {
        match (error, &self.medium) {
            (StoreError::ReadOnly, MediumKind::NetworkShare) => SessionError::NetworkShare,
            (error, _) => error.into(),
        }
    }
}
