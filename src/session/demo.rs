//! The demonstration school in the user's data folder, and sample files anywhere.

use std::path::{Path, PathBuf};

use super::clock::Clock;
use super::errors::SessionError;
use super::registers::Session;
use crate::sample::{self, SampleKind};

/// Opens the demonstration file. Its dates are relative to the day it was made, so an untouched one
/// (nothing after the sample's own entries) is made anew when its day has passed.
///
/// # Errors
/// When the user's data folder cannot be written, or the file is held by another window.
pub fn open_demo(clock: &Clock) -> Result<Session, SessionError> {
    let path = demo_path()?;
    if path.exists() {
        let session = Session::open(&path, None, clock.clone(), None)?;
        let made_on = session.get_workspace("sample-day")?;
        let untouched =
            session.get_workspace("sample-revision")? == Some(session.register().revision.to_string());
        if !untouched || made_on == Some(clock.today().to_string()) {
            return Ok(session);
        }
        drop(session);
        std::fs::remove_file(&path).map_err(|_| {
            SessionError::Outside("Учебный файл не удалось обновить: папка закрыта для записи.".into())
        })?;
    }
    create_sample(&path, SampleKind::School, clock)
}

/// Creates a sample file at a path.
///
/// # Errors
/// When the file exists already or cannot be written.
pub fn create_sample(path: &Path, kind: SampleKind, clock: &Clock) -> Result<Session, SessionError> {
    let organization = sample::organization(kind);
    let actor = organization.administrator.name.clone();
    let mut session = Session::create(path, None, organization, clock.clone(), &actor)?;
    for step in sample::steps(kind, clock.today()) {
        let operation = step(session.register());
        session.execute(&operation)?;
    }
    let revision = session.register().revision.to_string();
    session.put_workspace("sample-day", Some(&clock.today().to_string()))?;
    session.put_workspace("sample-revision", Some(&revision))?;
    Ok(session)
}

fn demo_path() -> Result<PathBuf, SessionError> {
    let folders = directories::ProjectDirs::from("ru", "", "sferum-console")
        .ok_or_else(|| SessionError::Outside("Не нашлась папка пользователя для учебного файла.".into()))?;
    let folder = folders.data_dir();
    std::fs::create_dir_all(folder).map_err(|_| {
        SessionError::Outside("Папку для учебного файла не удалось создать: она закрыта для записи.".into())
    })?;
    Ok(folder.join("Учебная школа.sferum"))
}
