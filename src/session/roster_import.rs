//! Reading and planning a roster as one cancellable job over a snapshot, for the window and headless alike.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::worker::JobHandle;
use crate::register::{Operation, Register};
use crate::roster::{
    ImportPlan, MAX_FILE_BYTES, MappedRoster, OpenedRoster, PlanChoices, ReadChoices, RosterError,
    open_for_mapping, open_roster, plan_import, read_opened,
};

/// Where a roster comes from.
#[derive(Clone)]
pub enum RosterSource {
    File(PathBuf),
    /// Pasted text with a name for the journal.
    Pasted(Arc<str>),
}

impl RosterSource {
    /// File name without folders, for the journal and for messages.
    pub fn name(&self) -> String {
        match self {
            RosterSource::File(path) => {
                path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
            }
            RosterSource::Pasted(_) => "вставленный список".into(),
        }
    }
}

/// What is to be read and how it is to be planned.
#[derive(Clone)]
pub struct RosterRequest {
    pub source: RosterSource,
    pub read: ReadChoices,
    pub plan: PlanChoices,
}

/// A roster read and planned.
pub struct PreparedRoster {
    pub name: String,
    /// SHA-256 of the bytes, in hex.
    pub hash: String,
    pub opened: OpenedRoster,
    pub roster: MappedRoster,
    pub plan: ImportPlan,
}

impl PreparedRoster {
    /// The operation that commits exactly this plan.
    pub fn operation(&self) -> Operation {
        Operation::ApplyImport(self.plan.operation(&self.name, &self.hash))
    }
}

/// How the job ended.
pub enum RosterImport {
    Ready(Box<PreparedRoster>),
    /// The file as a sheet, where it could be opened but its columns not be understood, and why.
    Unreadable {
        name: String,
        text: String,
        code: &'static str,
        opened: Option<Box<OpenedRoster>>,
    },
    Cancelled,
}

/// Reads the source, maps it and plans it against the register.
pub fn prepare_roster(
    register: &Register,
    request: &RosterRequest,
    today: Date,
    job: &JobHandle,
) -> RosterImport {
    let name = request.source.name();
    let unreadable = |error: &RosterError, opened: Option<OpenedRoster>| RosterImport::Unreadable {
        text: error.russian(&name),
        name: name.clone(),
        code: error.code(),
        opened: opened.map(Box::new),
    };
    let bytes = match &request.source {
        RosterSource::Pasted(text) => text.as_bytes().to_vec(),
        RosterSource::File(path) => match read_limited(path) {
            Ok(bytes) => bytes,
            Err(ReadFailure::TooLarge(bytes)) => {
                return unreadable(&RosterError::FileTooLarge { bytes }, None);
            }
            Err(ReadFailure::System(text)) => {
                let text = format!(
                    "Файл «{name}» не прочитан: {text}. Список не изменён. Проверьте файл и повторите."
                );
                return RosterImport::Unreadable { name, text, code: "not_readable", opened: None };
            }
        },
    };
    if !job.report(0.1) {
        return RosterImport::Cancelled;
    }
    let opened = match open_roster(&bytes, &request.read) {
        Ok(opened) => opened,
        Err(error) => return unreadable(&error, open_for_mapping(&bytes, &request.read)),
    };
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    drop(bytes);
    if !job.report(0.3) {
        return RosterImport::Cancelled;
    }
    let roster = match read_opened(&opened, &request.read) {
        Ok(roster) => roster,
        Err(error) => return unreadable(&error, Some(opened)),
    };
    let choices = PlanChoices { columns: opened.header.columns.clone(), ..request.plan.clone() };
    match plan_import(register, &roster, &choices, today, &|share| job.report(0.5 + share * 0.5)) {
        Some(plan) => RosterImport::Ready(Box::new(PreparedRoster { name, hash, opened, roster, plan })),
        None => RosterImport::Cancelled,
    }
}

enum ReadFailure {
    TooLarge(u64),
    System(&'static str),
}

/// Reads at most one byte more than the limit, whatever the file claims to be.
fn read_limited(path: &Path) -> Result<Vec<u8>, ReadFailure> {
    let words = |error: std::io::Error| {
        ReadFailure::System(match error.kind() {
            std::io::ErrorKind::NotFound => "его нет в этой папке",
            std::io::ErrorKind::PermissionDenied => "нет права его читать",
            std::io::ErrorKind::IsADirectory => "это папка",
            _ => "носитель не отвечает или файл занят",
        })
    };
    let file = std::fs::File::open(path).map_err(words)?;
    let metadata = file.metadata().map_err(words)?;
    if metadata.is_dir() {
        return Err(ReadFailure::System("это папка"));
    }
    let limit = MAX_FILE_BYTES as u64;
    if metadata.len() > limit {
        return Err(ReadFailure::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(words)?;
    if bytes.len() as u64 > limit {
        return Err(ReadFailure::TooLarge(bytes.len() as u64));
    }
    Ok(bytes)
}
