//! Any table on the disk as rows of text cells: workbooks through the child process that rosters use, text in whatever
//! Cyrillic encoding. For papers that read back and for lists of links.

use std::path::Path;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::roster_import::{ReadFailure, read_limited};
use super::worker::JobHandle;
use crate::register::InviteTable;
use crate::roster::{RosterBody, RosterError, Sheet, WorkbookReader, decode, read_body, read_sheet};

/// Rows that hold anything: number as the spreadsheet counts, and cells.
pub(super) type TableRows = Vec<(u32, Vec<String>)>;

/// A table as it was read. No `Debug`: it may hold personal data.
pub(super) struct ReadTable {
    /// File name without folders.
    pub(super) name: String,
    /// SHA-256 of the bytes, in hex.
    pub(super) hash: String,
    /// The visible worksheets with their names, else the one table of a text.
    pub(super) sheets: Vec<(String, TableRows)>,
}

/// Reads a table.
///
/// # Errors
/// A sentence for the user; an empty one when the job was cancelled.
pub(super) fn read_table(path: &Path, reader: &WorkbookReader, job: &JobHandle) -> Result<ReadTable, String> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let words = |error: &RosterError| error.russian(&name).replace("Список не изменён", "Ничего не изменено");
    let bytes = read_limited(path).map_err(|failure| match failure {
        ReadFailure::TooLarge(bytes) => words(&RosterError::FileTooLarge { bytes }),
        ReadFailure::System(text) => {
            format!("Файл «{name}» не прочитан: {text}. Ничего не изменено. Проверьте файл и повторите.")
        }
    })?;
    let hash = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let body = read_body(bytes, reader, &|| !job.report(0.3)).map_err(|error| words(&error))?;
    let sheets = match body.ok_or_else(String::new)? {
        RosterBody::Workbook(workbook) => {
            let visible = workbook.sheets.iter().filter(|sheet| !sheet.hidden);
            visible.map(|sheet| (sheet.name.clone(), rows_of(&sheet.rows))).collect()
        }
        RosterBody::Text(bytes) | RosterBody::Pasted(bytes) => {
            let decoded = decode(&bytes, None).map_err(|error| words(&error))?;
            let sheet = read_sheet(&decoded.text, None).map_err(|error| words(&error))?;
            vec![(String::new(), rows_of(&sheet))]
        }
    };
    Ok(ReadTable { name, hash, sheets })
}

fn rows_of(sheet: &Sheet) -> TableRows {
    sheet.rows().map(|row| (row.number(), row.cells().map(str::to_owned).collect())).collect()
}

/// Links out of a file: of its first worksheet that holds any. No `Debug`: it holds addresses.
pub struct InviteFile {
    /// File name without folders.
    pub name: String,
    pub table: InviteTable,
    /// Further worksheets that hold links and are not read.
    pub unread_sheets: Vec<String>,
}

/// Reads links out of a table.
///
/// # Errors
/// A sentence for the user; an empty one when the job was cancelled.
pub fn read_invite_file(
    path: &Path,
    today: Date,
    reader: &WorkbookReader,
    job: &JobHandle,
) -> Result<InviteFile, String> {
    let read = read_table(path, reader, job)?;
    let tables = read.sheets.into_iter().map(|(name, rows)| (name, InviteTable::of_rows(&rows, today)));
    let mut tables = tables.filter(|(_, table)| table.has_addresses());
    let Some((_, table)) = tables.next() else {
        return Err(format!(
            "В файле «{}» нет ни одной ссылки. Ничего не изменено. В таблице нужны столбцы «Класс», «Для кого» и \
             «Ссылка».",
            read.name
        ));
    };
    let unread_sheets = tables.map(|(name, _)| name).collect();
    Ok(InviteFile { name: read.name, table, unread_sheets })
}

/// Rows of a table with class teachers, as they stand in the file. No `Debug`: it holds names.
#[derive(Clone)]
pub struct ClassTeacherFile {
    /// File name without folders.
    pub name: String,
    /// SHA-256 of the bytes, in hex.
    pub hash: String,
    /// Rows of all visible worksheets: number as the spreadsheet counts, and cells.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Reads a table of class teachers: the head's distribution, or the cabinet's list.
///
/// # Errors
/// A sentence for the user; an empty one when the job was cancelled.
pub fn read_class_teacher_file(
    path: &Path,
    reader: &WorkbookReader,
    job: &JobHandle,
) -> Result<ClassTeacherFile, String> {
    let read = read_table(path, reader, job)?;
    let rows: Vec<_> = read.sheets.into_iter().flat_map(|(_, rows)| rows).collect();
    if rows.is_empty() {
        return Err(format!("Файл «{}» пуст. Ничего не изменено. Выберите другой.", read.name));
    }
    Ok(ClassTeacherFile { name: read.name, hash: read.hash, rows })
}
