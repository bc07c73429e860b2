//! Reading and planning a roster as one cancellable job over a snapshot, for the window and headless alike.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::worker::JobHandle;
use crate::register::{Operation, Register};
use crate::roster::{
    ImportPlan, MAX_FILE_BYTES, MappedRoster, OpenedRoster, PlanChoices, ReadChoices, Recalled, RosterBody,
    RosterError, WorkbookReader, answers_to_remember, open_body, open_body_for_mapping, plan_import,
    read_body, read_opened, recall,
};

/// Where a roster comes from.
#[derive(Clone, PartialEq, Eq)]
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
    /// What an earlier job of the same source handed back: the file is neither read nor parsed again.
    pub reuse: Option<Arc<RosterContent>>,
}

/// A source read once, for as many choices as the user makes. No `Debug`: it holds personal data.
pub struct RosterContent {
    source: RosterSource,
    hash: String,
    body: Arc<RosterBody>,
    /// How it was read last: while these choices stay, only the plan is made anew.
    last: Option<LastReading>,
}

#[derive(Clone)]
struct LastReading {
    /// What the user chose.
    asked: ReadChoices,
    /// The same with what was recalled.
    choices: ReadChoices,
    opened: Arc<OpenedRoster>,
    roster: Arc<MappedRoster>,
}

/// A roster read and planned.
pub struct PreparedRoster {
    pub name: String,
    /// SHA-256 of the bytes, in hex.
    pub hash: String,
    pub opened: Arc<OpenedRoster>,
    pub roster: Arc<MappedRoster>,
    pub plan: ImportPlan,
    /// What was taken from memory for this kind of file, «как в прошлый раз».
    pub recalled: Recalled,
    /// For [`RosterRequest::reuse`].
    pub content: Option<Arc<RosterContent>>,
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
        /// For [`RosterRequest::reuse`]; `None` when not even the container could be read.
        content: Option<Arc<RosterContent>>,
    },
    Cancelled,
}

/// Reads the source, maps it and plans it against the register. Workbooks go through `reader`.
pub fn prepare_roster(
    register: &Register,
    request: &RosterRequest,
    today: Date,
    reader: &WorkbookReader,
    job: &JobHandle,
) -> RosterImport {
    match prepare(register, request, today, reader, job) {
        Ok(prepared) => RosterImport::Ready(Box::new(prepared)),
        Err(end) => end,
    }
}

/// As [`prepare_roster`]; `Err` is every other end.
fn prepare(
    register: &Register,
    request: &RosterRequest,
    today: Date,
    reader: &WorkbookReader,
    job: &JobHandle,
) -> Result<PreparedRoster, RosterImport> {
    let name = request.source.name();
    let content = match &request.reuse {
        Some(known) if known.source == request.source => known.clone(),
        _ => Arc::new(read_content(&request.source, reader, job)?),
    };
    let unreadable = |error: &RosterError, opened: Option<OpenedRoster>| RosterImport::Unreadable {
        name: name.clone(),
        text: error.russian(&name),
        code: error.code(),
        opened: opened.map(Box::new),
        content: Some(content.clone()),
    };
    if !job.report(0.2) {
        return Err(RosterImport::Cancelled);
    }
    let (mut read, mut choices) = (request.read.clone(), request.plan.clone());
    let (opened, recalled) = open_as_before(register, &content, &mut read, &mut choices)
        .map_err(|error| unreadable(&error, open_body_for_mapping(&content.body, &read)))?;
    if !job.report(0.3) {
        return Err(RosterImport::Cancelled);
    }
    let same_rows = content.last.as_ref().filter(|last| Arc::ptr_eq(&last.opened, &opened));
    let roster = match same_rows {
        Some(last) => last.roster.clone(),
        None => match read_opened(&opened, &read) {
            Ok(roster) => Arc::new(roster),
            Err(error) => return Err(unreadable(&error, Some((*opened).clone()))),
        },
    };
    choices.columns = opened.header.columns.clone();
    let mut plan = plan_import(register, &roster, &choices, today, &|share| job.report(0.5 + share * 0.5))
        .ok_or(RosterImport::Cancelled)?;
    // Answers alone make no import: the same file again writes nothing.
    if !plan.is_empty() {
        plan.remember(answers_to_remember(register, &opened.header, &read, &choices));
    }
    let last = LastReading {
        asked: request.read.clone(),
        choices: read,
        opened: opened.clone(),
        roster: roster.clone(),
    };
    let hash = content.hash.clone();
    let content = Arc::new(RosterContent {
        source: content.source.clone(),
        hash: hash.clone(),
        body: content.body.clone(),
        last: Some(last),
    });
    let recalled = recalled.kept_to(&roster);
    Ok(PreparedRoster { name, hash, opened, roster, plan, recalled, content: Some(content) })
}

/// Opens a roster with what is remembered for its kind, which is filled into the choices. A header that cannot be
/// understood without the remembered columns is understood with them. What was opened last stands while it would
/// be opened alike again.
fn open_as_before(
    register: &Register,
    content: &RosterContent,
    read: &mut ReadChoices,
    plan: &mut PlanChoices,
) -> Result<(Arc<OpenedRoster>, Recalled), RosterError> {
    let last = content.last.as_ref().filter(|last| last.asked == *read);
    let first = match last {
        Some(last) => Ok(last.opened.clone()),
        None => open_body(&content.body, read).map(Arc::new),
    };
    let mapping = if first.is_err() { open_body_for_mapping(&content.body, read) } else { None };
    let header = first.as_ref().map(|opened| &opened.header).ok();
    let Some(header) = header.or(mapping.as_ref().map(|opened| &opened.header)) else {
        return first.map(|opened| (opened, Recalled::default()));
    };
    let recalled = recall(register, header, read, plan);
    recalled.fill(read, plan);
    let stands = match last {
        Some(last) => last.choices == *read,
        // The class of a worksheet is told while it is opened.
        None => {
            let has_sheets = matches!(*content.body, RosterBody::Workbook(_));
            recalled.columns.is_empty() && (!has_sheets || recalled.class_answers.is_empty())
        }
    };
    let opened = if stands { first? } else { Arc::new(open_body(&content.body, read)?) };
    Ok((opened, recalled))
}

fn failed(name: &str, error: &RosterError) -> RosterImport {
    let (text, code) = (error.russian(name), error.code());
    RosterImport::Unreadable { name: name.to_owned(), text, code, opened: None, content: None }
}

/// Reads a source and, if it is a workbook, has it parsed.
fn read_content(
    source: &RosterSource,
    reader: &WorkbookReader,
    job: &JobHandle,
) -> Result<RosterContent, RosterImport> {
    let name = source.name();
    let hash_of = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let content =
        |hash, body| RosterContent { source: source.clone(), hash, body: Arc::new(body), last: None };
    let bytes = match source {
        RosterSource::Pasted(text) => {
            let bytes = text.as_bytes().to_vec();
            return Ok(content(hash_of(&bytes), RosterBody::Pasted(bytes)));
        }
        RosterSource::File(path) => read_limited(path).map_err(|failure| match failure {
            ReadFailure::TooLarge(bytes) => failed(&name, &RosterError::FileTooLarge { bytes }),
            ReadFailure::System(text) => RosterImport::Unreadable {
                text: format!(
                    "Файл «{name}» не прочитан: {text}. Список не изменён. Проверьте файл и повторите."
                ),
                name: name.clone(),
                code: "not_readable",
                opened: None,
                content: None,
            },
        })?,
    };
    if !job.report(0.05) {
        return Err(RosterImport::Cancelled);
    }
    let hash = hash_of(&bytes);
    match read_body(bytes, reader, &|| !job.report(0.1)) {
        Ok(Some(body)) => Ok(content(hash, body)),
        Ok(None) => Err(RosterImport::Cancelled),
        Err(error) => Err(failed(&name, &error)),
    }
}

pub(super) enum ReadFailure {
    TooLarge(u64),
    System(&'static str),
}

/// Reads at most one byte more than the limit, whatever the file claims to be.
pub(super) fn read_limited(path: &Path) -> Result<Vec<u8>, ReadFailure> {
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
