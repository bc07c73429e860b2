//! Papers about the file itself: acts of erasure, exports of the journal, «Что было в файле».

use std::path::Path;

use super::erasure::ErasureFacts;
use super::errors::SessionError;
use super::journal_export::{JOURNAL_HEADERS, JournalExportRequest, journal_rows};
use super::papers_of_links::{PaperFormat, document_failure, is_same_file, journal_mark, write_paper};
use super::registers::Session;
use crate::documents::{
    ERASURE_EVENT_HEADERS, ErasureActRequest, TableCell, cell_texts, compose_contents_page,
    compose_erasure_act, csv_table, docx_file, erasure_event_rows, xlsx_table,
};
use crate::files::safe_file_name;
use crate::regulation::file_contents;

/// A paper with what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilePaper {
    /// «Акт об уничтожении персональных данных» of the erasure with this journal entry.
    ErasureAct { entry: u64, request: ErasureActRequest },
    /// «Выгрузка из журнала событий»: of this erasure, or of all.
    ErasureEvents { entry: Option<u64> },
    /// «Что было в файле».
    Contents,
    /// The journal of a period.
    Journal(JournalExportRequest),
}

impl FilePaper {
    /// The forms that the paper is written in, the usual first.
    pub fn formats(&self) -> &'static [PaperFormat] {
        match self {
            FilePaper::ErasureAct { .. } | FilePaper::Contents => &[PaperFormat::Docx],
            FilePaper::ErasureEvents { .. } | FilePaper::Journal(_) => &[PaperFormat::Xlsx, PaperFormat::Csv],
        }
    }

    /// The name offered for the file. Never a name of a person.
    pub fn file_name(&self, format: PaperFormat, today: jiff::civil::Date) -> String {
        let name = match self {
            FilePaper::ErasureAct { entry, .. } => format!("Акт об уничтожении данных, запись {entry}"),
            FilePaper::ErasureEvents { .. } => "Выгрузка событий уничтожения".to_owned(),
            FilePaper::Contents => "Что было в файле".to_owned(),
            FilePaper::Journal(_) => "Журнал".to_owned(),
        };
        safe_file_name(&format!("{name}, {today}.{}", format.ending()))
    }

    /// What the line at the bottom says when it is written.
    pub fn done_words(&self) -> &'static str {
        match self {
            FilePaper::ErasureAct { .. } => "Акт об уничтожении сохранён",
            FilePaper::ErasureEvents { .. } => "Выгрузка событий сохранена",
            FilePaper::Contents => "Страница «Что было в файле» сохранена",
            FilePaper::Journal(_) => "Журнал сохранён",
        }
    }
}

/// Makes a paper as bytes.
///
/// # Errors
/// When there is nothing to put on it, it has no such form, or the file cannot be read.
pub fn file_paper_bytes(
    session: &Session,
    paper: &FilePaper,
    format: PaperFormat,
) -> Result<Vec<u8>, SessionError> {
    if !paper.formats().contains(&format) {
        let endings: Vec<String> =
            paper.formats().iter().map(|format| format!(".{}", format.ending())).collect();
        return Err(outside(&format!(
            "Этот документ пишется в файл с окончанием {}. Ничего не записано.",
            endings.join(" или ")
        )));
    }
    let (today, _) = session.judged_day();
    match paper {
        FilePaper::ErasureAct { entry, request } => {
            let facts = erasure_of(session, *entry)?;
            let mark = journal_mark(session)?;
            let act = compose_erasure_act(session.register(), &facts, request, &mark, today);
            docx_file(&act).map_err(document_failure)
        }
        FilePaper::ErasureEvents { entry } => {
            let erasures = match entry {
                Some(entry) => vec![erasure_of(session, *entry)?],
                None => session.list_erasures()?,
            };
            if erasures.is_empty() {
                return Err(outside("Из этого файла никого не удаляли. Ничего не записано."));
            }
            table("События", &ERASURE_EVENT_HEADERS, erasure_event_rows(&erasures), format)
        }
        FilePaper::Contents => {
            let contents = file_contents(session.register(), today);
            let mark = journal_mark(session)?;
            let page =
                compose_contents_page(session.register(), &contents, session.encrypted(), &mark, today);
            docx_file(&page).map_err(document_failure)
        }
        FilePaper::Journal(request) => {
            table("Журнал", &JOURNAL_HEADERS, journal_rows(session, request)?, format)
        }
    }
}

/// Writes a paper in the form that the ending of `path` asks for; never over the organization's file.
///
/// # Errors
/// As [`file_paper_bytes`]; when the ending is none of ours and when the disk refuses. The file that stood there is then
/// as it was.
pub fn write_file_paper(session: &Session, paper: &FilePaper, path: &Path) -> Result<(), SessionError> {
    let format = PaperFormat::of_path(path).ok_or_else(|| {
        let endings: Vec<String> =
            paper.formats().iter().map(|format| format!(".{}", format.ending())).collect();
        outside(&format!(
            "По имени файла не видно, какой документ нужен. Ничего не записано. Допишите окончание {}.",
            endings.join(" или ")
        ))
    })?;
    if is_same_file(path, session.path()) {
        return Err(outside(
            "Это сам файл организации: он не изменён. Выберите другое имя или другую папку.",
        ));
    }
    write_paper(path, &file_paper_bytes(session, paper, format)?)
}

fn erasure_of(session: &Session, entry: u64) -> Result<ErasureFacts, SessionError> {
    let found = session.list_erasures()?.into_iter().find(|facts| facts.entry == entry);
    found.ok_or_else(|| outside("Это не запись об удалении данных. Ничего не записано."))
}

fn table(
    sheet: &str,
    headers: &[&str],
    rows: Vec<Vec<TableCell>>,
    format: PaperFormat,
) -> Result<Vec<u8>, SessionError> {
    match format {
        PaperFormat::Csv => Ok(csv_table(headers, cell_texts(rows))),
        _ => xlsx_table(sheet, headers, &rows).map_err(document_failure),
    }
}

fn outside(text: &str) -> SessionError {
    SessionError::Outside(text.to_owned())
}
