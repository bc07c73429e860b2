//! xls, in the child process: the look at the records ([MS-XLS]), then the parser.

use std::io::Cursor;

use calamine::{Dimensions, Reader as _, SheetType, SheetVisible, Xls, XlsError};

use super::cell_text::text_of_owned;
use super::compound::Compound;
use super::grid::{Allowance, Grid, SheetStructure};
use super::limits::{MAX_CELLS, MAX_SHEETS};
use super::problem::WorkbookProblem;
use super::xml_parts::{add_hidden, check_merged};
use super::{MergedRange, Workbook, WorkbookFormat};
use crate::roster::problem::MAX_COLUMNS;

/// Types of records.
const BEGINNING_OF_FILE: u16 = 0x0809;
const END_OF_FILE: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const SHARED_STRINGS: u16 = 0x00FC;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
/// Records of cells that hold something: all begin with row and column.
const FILLED_CELLS: [u16; 8] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x00BD, 0x0006];
/// Bit of a ROW record: the row is hidden.
const ROW_IS_HIDDEN: u8 = 0x20;

/// Reads an xls.
///
/// # Errors
/// [`WorkbookProblem`].
pub(super) fn read_xls(bytes: Vec<u8>) -> Result<Workbook, WorkbookProblem> {
    let (bytes, structures) = scan(bytes)?;
    let mut xls = Xls::new(Cursor::new(bytes)).map_err(|error| problem_of(&error))?;
    let mut allowance = Allowance::default();
    let mut structures = structures.into_iter();
    let mut sheets = Vec::new();
    for sheet in xls.sheets_metadata().to_vec() {
        let structure = structures.next().unwrap_or_default();
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let range = xls.worksheet_range(&sheet.name).map_err(|error| problem_of(&error))?;
        let merged = xls.merge_cells_by_sheet_name(&sheet.name).map_err(|error| problem_of(&error))?;
        check_merged(merged.len())?;
        let structure =
            SheetStructure { merged: merged.into_iter().map(merged_range).collect(), ..structure };
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut grid = Grid::new(sheet.name, &mut allowance);
        for (row, column, value) in range.used_cells() {
            grid.put(first_row + row as u32, first_column + column as u32, text_of_owned(value))?;
        }
        sheets.push(grid.finish(sheet.visible != SheetVisible::Visible, structure)?);
    }
    Ok(Workbook { format: WorkbookFormat::Xls, sheets })
}

fn problem_of(error: &XlsError) -> WorkbookProblem {
    match error {
        XlsError::Password => WorkbookProblem::Encrypted,
        _ => WorkbookProblem::BrokenContents,
    }
}

fn merged_range(range: Dimensions) -> MergedRange {
    let ((first_row, first_column), (last_row, last_column)) = (range.start, range.end);
    MergedRange {
        first_row: first_row.saturating_add(1),
        last_row: last_row.saturating_add(1),
        first_column: first_column.saturating_add(1),
        last_column: last_column.saturating_add(1),
    }
}

/// Walks the records of every worksheet. The declared dimensions, for which the parser makes room, are blanked in the
/// returned bytes.
fn scan(mut bytes: Vec<u8>) -> Result<(Vec<u8>, Vec<SheetStructure>), WorkbookProblem> {
    let compound = Compound::open(&bytes)?;
    let stream = compound.stream("Workbook").or_else(|_| compound.stream("Book"))?;
    let mut dimensions = Vec::new();
    let mut structures = Vec::new();
    for (name, start) in worksheets(&stream.bytes)? {
        let mut sheet = SheetScan { name, ..SheetScan::default() };
        sheet.walk(&stream.bytes, start)?;
        for (position, length) in sheet.dimensions {
            dimensions.extend((position..position + length).filter_map(|byte| stream.offset_in_file(byte)));
        }
        structures.push(SheetStructure { merged: Vec::new(), hidden: sheet.hidden });
    }
    for offset in dimensions {
        bytes[offset] = 0;
    }
    Ok((bytes, structures))
}

/// A record: type, position of its contents, the contents.
type Record<'s> = (u16, usize, &'s [u8]);

/// The records from a position on, as far as they are whole.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = Record<'_>> {
    let mut position = start;
    std::iter::from_fn(move || {
        let head = stream.get(position..position.checked_add(4)?)?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let contents = stream.get(position + 4..position + 4 + length)?;
        let record = (u16::from_le_bytes([head[0], head[1]]), position + 4, contents);
        position += 4 + length;
        Some(record)
    })
}

fn u16_at(contents: &[u8], position: usize) -> Option<u16> {
    Some(u16::from_le_bytes(contents.get(position..position + 2)?.try_into().ok()?))
}

fn u32_at(contents: &[u8], position: usize) -> Option<u32> {
    Some(u32::from_le_bytes(contents.get(position..position + 4)?.try_into().ok()?))
}

/// Name and beginning of each worksheet, in the order of the tabs.
fn worksheets(stream: &[u8]) -> Result<Vec<(String, usize)>, WorkbookProblem> {
    let mut starts = Vec::new();
    for (kind, _, contents) in records(stream, 0) {
        match kind {
            FILE_PASS => return Err(WorkbookProblem::Encrypted),
            BOUND_SHEET => {
                let start = u32_at(contents, 0).ok_or(WorkbookProblem::BrokenContents)? as usize;
                let name = sheet_name(contents).unwrap_or_else(|| (starts.len() + 1).to_string());
                starts.push((name, start));
            }
            SHARED_STRINGS => {
                // A text takes three bytes at least.
                let unique = u32_at(contents, 4).ok_or(WorkbookProblem::BrokenContents)? as usize;
                if unique > stream.len() / 3 {
                    return Err(WorkbookProblem::FalseCount);
                }
            }
            END_OF_FILE => break,
            _ => {}
        }
    }
    if starts.len() > MAX_SHEETS {
        return Err(WorkbookProblem::TooManySheets);
    }
    if starts.iter().any(|(_, start)| *start >= stream.len()) {
        return Err(WorkbookProblem::BrokenContents);
    }
    Ok(starts)
}

/// The name in a BOUNDSHEET record of Excel 97 and later, for messages.
fn sheet_name(contents: &[u8]) -> Option<String> {
    let length = usize::from(*contents.get(6)?);
    let text = contents.get(8..)?;
    if contents.get(7)? & 1 == 0 {
        // One byte a character: the beginning of Unicode.
        return (text.len() == length).then(|| text.iter().map(|byte| char::from(*byte)).collect());
    }
    let units: Vec<u16> = text.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).collect();
    if units.len() == length { String::from_utf16(&units).ok() } else { None }
}

/// The state of walking one worksheet.
#[derive(Default)]
struct SheetScan {
    name: String,
    hidden: Vec<(u32, u32)>,
    /// Positions and lengths of DIMENSIONS records.
    dimensions: Vec<(usize, usize)>,
    first: Option<(u16, u16)>,
    last: (u16, u16),
}

impl SheetScan {
    fn walk(&mut self, stream: &[u8], start: usize) -> Result<(), WorkbookProblem> {
        let mut depth = 0_u32;
        for (kind, position, contents) in records(stream, start) {
            match kind {
                BEGINNING_OF_FILE => depth += 1,
                END_OF_FILE if depth <= 1 => break,
                END_OF_FILE => depth -= 1,
                _ if depth > 1 => {}
                DIMENSIONS => self.dimensions.push((position, contents.len())),
                ROW => self.note_hidden(contents),
                _ if FILLED_CELLS.contains(&kind) => self.note_cell(contents)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn note_hidden(&mut self, contents: &[u8]) {
        let is_hidden = contents.get(12).is_some_and(|flags| flags & ROW_IS_HIDDEN != 0);
        if let Some(row) = u16_at(contents, 0).filter(|_| is_hidden) {
            add_hidden(&mut self.hidden, u32::from(row) + 1, u32::from(row) + 1);
        }
    }

    /// The parser makes room for the whole rectangle around the cells.
    fn note_cell(&mut self, contents: &[u8]) -> Result<(), WorkbookProblem> {
        let (Some(row), Some(column)) = (u16_at(contents, 0), u16_at(contents, 2)) else {
            return Err(WorkbookProblem::BrokenContents);
        };
        if usize::from(column) >= MAX_COLUMNS {
            return Err(WorkbookProblem::TooManyColumns {
                sheet: self.name.clone(),
                row: u32::from(row) + 1,
            });
        }
        let first = self.first.get_or_insert((row, column));
        *first = (first.0.min(row), first.1.min(column));
        self.last = (self.last.0.max(row), self.last.1.max(column));
        let height = u64::from(self.last.0 - first.0) + 1;
        let width = u64::from(self.last.1 - first.1) + 1;
        if height * width > MAX_CELLS { Err(WorkbookProblem::TooManyCells) } else { Ok(()) }
    }
}
