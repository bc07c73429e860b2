//! Reading and planning a roster as one cancellable job over a snapshot, for the window and headless alike.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::worker::JobHandle;
use crate::register::{Operation, Register};
use crate::roster::{
    ImportPlan, MAX_FILE_BYTES, MappedRoster, OpenedRoster, PlanChoices, ReadChoices, Recalled, RosterError,
    answers_to_remember, open_for_mapping, open_roster, plan_import, read_opened, recall,
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
    /// What was taken from memory for this kind of file, «как в прошлый раз».
    pub recalled: Recalled,
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
    let (mut read, mut choices) = (request.read.clone(), request.plan.clone());
    let (opened, mut recalled) = match open_as_before(register, &bytes, &mut read, &mut choices) {
        Ok(opened) => opened,
        Err(error) => return unreadable(&error, open_for_mapping(&bytes, &read)),
    };
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    drop(bytes);
    if !job.report(0.3) {
        return RosterImport::Cancelled;
    }
    let roster = match read_opened(&opened, &read) {
        Ok(roster) => roster,
        Err(error) => return unreadable(&error, Some(opened)),
    };
    choices.columns = opened.header.columns.clone();
    recalled.keep_met(&roster);
    let planned = plan_import(register, &roster, &choices, today, &|share| job.report(0.5 + share * 0.5));
    let Some(mut plan) = planned else { return RosterImport::Cancelled };
    // Answers alone make no import: the same file again writes nothing.
    if !plan.is_empty() {
        plan.remember(answers_to_remember(register, &opened.header, &read, &choices));
    }
    RosterImport::Ready(Box::new(PreparedRoster { name, hash, opened, roster, plan, recalled }))
}

/// Opens a roster with what is remembered for its kind, which is filled into the choices. A header that cannot be
/// understood without the remembered columns is understood with them.
fn open_as_before(
    register: &Register,
    bytes: &[u8],
    read: &mut ReadChoices,
    plan: &mut PlanChoices,
) -> Result<(OpenedRoster, Recalled), RosterError> {
    let first = open_roster(bytes, read);
    let mapping = if first.is_err() { open_for_mapping(bytes, read) } else { None };
    let Some(header) = first.as_ref().ok().or(mapping.as_ref()).map(|opened| &opened.header) else {
        return first.map(|opened| (opened, Recalled::default()));
    };
    let recalled = recall(register, header, read, plan);
    recalled.fill(read, plan);
    if recalled.columns.is_empty() {
        return first.map(|opened| (opened, recalled));
    }
    Ok((open_roster(bytes, read)?, recalled))
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
