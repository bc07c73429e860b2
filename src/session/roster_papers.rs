//! Papers that belong to rosters: rows with remarks to be corrected and read again, templates, the sample's workbooks.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::errors::SessionError;
use super::roster_import::PreparedRoster;
/// The window reaches the room of documents through the session only.
pub use crate::documents::RosterTemplate;
use crate::documents::{PlainSheet, csv_table, plain_workbook, roster_template};
use crate::files::{safe_file_name, write_bytes_atomically};
use crate::register::OrganizationKind;
use crate::roster::{Field, MAX_FILE_BYTES, MappedColumn, OpenedRoster, PlanKind, SheetRow};
use crate::sample::{self, SampleKind};

/// The name offered for the file of [`write_problem_rows`].
pub const PROBLEM_ROWS_NAME: &str = "Строки с замечаниями.csv";
/// The two columns that are added; the reader knows and ignores them.
const ADDED_HEADERS: [&str; 2] = ["Строка файла", "Что исправить"];
/// The column added where only the tabs of worksheets name the classes.
const CLASS_HEADER: &str = "Класс";

/// Rows of the file that carry a remark or wait for an answer, with what is to be corrected in each.
fn remarks(prepared: &PreparedRoster) -> BTreeMap<u32, Vec<&str>> {
    let mut remarks: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for issue in prepared.plan.issues.iter().filter(|issue| issue.row > prepared.opened.header.row) {
        let messages = remarks.entry(issue.row).or_default();
        if !messages.contains(&issue.message.as_str()) {
            messages.push(&issue.message);
        }
    }
    let waits = |kind| matches!(kind, PlanKind::Ambiguous | PlanKind::Renamed);
    for row in prepared.plan.rows.iter().filter(|row| waits(row.kind)) {
        let messages = remarks.entry(row.row).or_default();
        if messages.is_empty() && !row.why.is_empty() {
            messages.push(&row.why);
        }
    }
    remarks
}

/// Number of rows in [`problem_rows`]: those with an issue, ambiguous ones, and those that look like a changed surname.
pub fn count_problem_rows(prepared: &PreparedRoster) -> usize {
    remarks(prepared).into_keys().filter(|number| prepared.opened.row(*number).is_some()).count()
}

/// The rows with remarks as a CSV to be corrected and imported: the titles and the header of the file, the cells as they
/// were (values of sensitive columns stay empty), then «Строка файла» and «Что исправить», which the reader ignores.
///
/// A class filled down from above is written out, since the rows above are not there. Cells beyond the header stay
/// beyond it, so that a shifted row is refused again until it is put right.
pub fn problem_rows(prepared: &PreparedRoster) -> Vec<u8> {
    let (opened, remarks) = (&prepared.opened, remarks(prepared));
    if !opened.more_sheets.is_empty() {
        return problem_rows_of_sheets(opened, &remarks);
    }
    let header_row = opened.header.row;
    let mut above: Vec<Vec<String>> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let width = width_of(opened);
    let mut class_above = String::new();
    for row in opened.sheet.rows() {
        if row.number() < header_row {
            above.push(row.cells().take(row.filled_width()).map(str::to_owned).collect());
        }
        if row.number() <= header_row {
            continue;
        }
        let class = written_class(opened, row);
        if !class.is_empty() {
            class_above = class;
        }
        if let Some(messages) = remarks.get(&row.number()) {
            let filled = if prepared.roster.fill_down.done { class_above.as_str() } else { "" };
            rows.push(problem_row(opened, row, width, filled, messages));
        }
    }
    // A title row comes first where the file has one: then it, and not the header, is the first line.
    let header = header_cells(opened, width);
    let mut lines = above.into_iter().chain([header]).chain(rows);
    let first = lines.next().unwrap_or_default();
    csv_table(&first, lines)
}

/// The rows of several worksheets under the header of the first: the cells of the others stand under the columns of
/// the same meaning, and a class that only the tab names gets a column.
fn problem_rows_of_sheets(opened: &OpenedRoster, remarks: &BTreeMap<u32, Vec<&str>>) -> Vec<u8> {
    let columns: Vec<&MappedColumn> = opened
        .header
        .columns
        .columns
        .iter()
        .filter(|column| !matches!(column.field, Field::Sensitive(_)))
        .collect();
    let class_is_of_the_tab = !opened.header.columns.has(Field::Group);
    let mut header: Vec<String> = columns.iter().map(|column| column.header.clone()).collect();
    if class_is_of_the_tab {
        header.push(CLASS_HEADER.to_owned());
    }
    header.extend(ADDED_HEADERS.map(str::to_owned));
    let lines = remarks.iter().filter_map(|(number, messages)| {
        let (row, place) = (opened.row(*number)?, opened.row_places.place(*number));
        let own = &opened.header_of(*number).columns.columns;
        let same = |wanted: &MappedColumn| {
            own.iter().find(|column| match wanted.field {
                Field::Unknown => column.header == wanted.header,
                field => column.field == field,
            })
        };
        let cell = |wanted: &&MappedColumn| {
            same(wanted).map_or_else(String::new, |column| row.cell(column.index).to_owned())
        };
        let mut cells: Vec<String> = columns.iter().map(cell).collect();
        if class_is_of_the_tab {
            cells.push(place.sheet.unwrap_or_default().to_owned());
        }
        cells.push(opened.row_places.words(*number));
        cells.push(messages.join(" "));
        Some(cells)
    });
    csv_table(&header, lines)
}

/// Columns of the file, as many as the header has.
fn width_of(opened: &OpenedRoster) -> usize {
    opened.header.columns.columns.len().max(opened.header.width)
}

fn header_cells(opened: &OpenedRoster, width: usize) -> Vec<String> {
    let written = opened.sheet.rows().find(|row| row.number() == opened.header.row);
    let columns = &opened.header.columns.columns;
    let mut cells: Vec<String> = (0..width)
        .map(|index| {
            let cell = written.map_or("", |row| row.cell(index)).trim();
            match columns.iter().find(|column| column.index == index) {
                Some(column) if cell.is_empty() && column.field != Field::Unknown => {
                    column.field.russian_name()
                }
                _ => cell.to_owned(),
            }
        })
        .collect();
    cells.extend(ADDED_HEADERS.map(str::to_owned));
    cells
}

fn problem_row(
    opened: &OpenedRoster,
    row: SheetRow<'_>,
    width: usize,
    class_above: &str,
    messages: &[&str],
) -> Vec<String> {
    let class = opened.header.columns.find(Field::Group).map(|column| column.index);
    let mut cells: Vec<String> = (0..width).map(|index| row.cell(index).to_owned()).collect();
    for index in opened.header.columns.sensitive_indices() {
        if let Some(cell) = cells.get_mut(index) {
            cell.clear();
        }
    }
    if let Some(cell) = class.and_then(|index| cells.get_mut(index)).filter(|cell| cell.trim().is_empty()) {
        class_above.clone_into(cell);
    }
    cells.push(row.number().to_string());
    cells.push(messages.join(" "));
    cells.extend((width..row.filled_width()).map(|index| row.cell(index).to_owned()));
    cells
}

fn written_class(opened: &OpenedRoster, row: SheetRow<'_>) -> String {
    let class = opened.header.columns.find(Field::Group);
    class.map_or_else(String::new, |column| row.cell(column.index).trim().to_owned())
}

/// Writes [`problem_rows`] whole or not at all and says how many rows they are.
///
/// # Errors
/// When the disk refuses, or when `path` is the very roster that was read.
pub fn write_problem_rows(prepared: &PreparedRoster, path: &Path) -> Result<usize, SessionError> {
    if holds_the_roster(prepared, path) {
        return Err(SessionError::Outside(
            "Это сам загружаемый файл: он не изменён. Выберите другое имя или другую папку.".into(),
        ));
    }
    write(path, &problem_rows(prepared))?;
    Ok(count_problem_rows(prepared))
}

/// Whether the file at `path` has the bytes that were read.
fn holds_the_roster(prepared: &PreparedRoster, path: &Path) -> bool {
    let small = std::fs::metadata(path)
        .is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MAX_FILE_BYTES as u64);
    small
        && std::fs::read(path).is_ok_and(|bytes| {
            let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            hash == prepared.hash
        })
}

/// The name offered for a template, «Шаблон, студенты.xlsx».
pub fn template_file_name(kind: RosterTemplate, organization: OrganizationKind) -> String {
    safe_file_name(kind.file_name(organization))
}

/// Writes an empty roster to be filled, whole or not at all.
///
/// # Errors
/// When the disk refuses.
pub fn write_template(
    kind: RosterTemplate,
    organization: OrganizationKind,
    path: &Path,
) -> Result<(), SessionError> {
    let bytes = roster_template(kind, organization).map_err(|_| {
        SessionError::Outside(
            "Шаблон не удалось составить. Ничего не записано. Сообщите разработчикам.".into(),
        )
    })?;
    write(path, &bytes)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), SessionError> {
    write_bytes_atomically(path, bytes).map_err(|error| {
        let text = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "на диске нет места. Прежний файл цел. Освободите место и повторите."
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "сюда нельзя писать, или файл открыт в другой программе. Прежний файл цел. Закройте его или выберите \
                 другую папку."
            }
            ErrorKind::NotFound | ErrorKind::NotADirectory => "такой папки нет. Выберите другую.",
            ErrorKind::IsADirectory => "это папка. Впишите имя файла.",
            _ => "носитель не отвечает. Прежний файл цел. Проверьте носитель и повторите.",
        };
        SessionError::Outside(format!("Файл не записан: {text}"))
    })
}

/// Every roster of a sample as a file: name and bytes. The names of the two kinds never collide.
///
/// # Errors
/// When a workbook cannot be put together, which would be a defect of the sample.
pub fn sample_roster_files(kind: SampleKind, today: Date) -> Result<Vec<(String, Vec<u8>)>, SessionError> {
    let mut files = sample::roster_files(kind, today);
    for (name, sheets) in sample::roster_workbooks(kind, today) {
        let sheets: Vec<PlainSheet> = sheets
            .into_iter()
            .map(|sheet| PlainSheet {
                name: sheet.name,
                rows: sheet.rows,
                header: sheet.header,
                merged: sheet.merged,
            })
            .collect();
        let bytes = plain_workbook(&sheets).map_err(|_| {
            SessionError::Outside("Учебный список не удалось составить. Сообщите разработчикам.".into())
        })?;
        files.push((name, bytes));
    }
    Ok(files)
}

#[cfg(test)]
mod tests;
