//! ods, in the child process: the look at the XML, then the parser.

use std::io::{BufReader, Cursor};

use calamine::{Ods, OdsError, Reader as _, SheetVisible};
use quick_xml::events::BytesStart;
use zip::ZipArchive;

use super::cell_text::text_of_owned;
use super::grid::{Allowance, Grid, SheetStructure};
use super::limits::{MAX_CELLS, MAX_SHEETS};
use super::problem::WorkbookProblem;
use super::xml_parts::{Piece, add_hidden, attribute, check_merged, number, walk};
use super::{MergedRange, Workbook, WorkbookFormat};
use crate::roster::problem::{MAX_COLUMNS, MAX_ROWS};

/// Reads an ods.
///
/// # Errors
/// [`WorkbookProblem`].
pub(super) fn read_ods(bytes: &[u8]) -> Result<Workbook, WorkbookProblem> {
    let structures = scan(bytes)?;
    let mut ods = Ods::new(Cursor::new(bytes)).map_err(|error| problem_of(&error))?;
    let metadata = ods.sheets_metadata().to_vec();
    if metadata.len() > MAX_SHEETS {
        return Err(WorkbookProblem::TooManySheets);
    }
    let mut allowance = Allowance::default();
    let mut structures = structures.into_iter();
    let mut sheets = Vec::new();
    for sheet in metadata {
        let range = ods.worksheet_range(&sheet.name).map_err(|error| problem_of(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut grid = Grid::new(sheet.name, &mut allowance);
        for (row, column, value) in range.used_cells() {
            grid.put(first_row + row as u32, first_column + column as u32, text_of_owned(value))?;
        }
        let structure = structures.next().unwrap_or_default();
        sheets.push(grid.finish(sheet.visible != SheetVisible::Visible, structure)?);
    }
    Ok(Workbook { format: WorkbookFormat::Ods, sheets })
}

fn problem_of(error: &OdsError) -> WorkbookProblem {
    match error {
        OdsError::Password => WorkbookProblem::Encrypted,
        OdsError::CellLimitExceeded { .. } => WorkbookProblem::TooManyCells,
        _ => WorkbookProblem::BrokenContents,
    }
}

/// The structure of every worksheet, in order; repetitions beyond the limits are refused.
fn scan(bytes: &[u8]) -> Result<Vec<SheetStructure>, WorkbookProblem> {
    let broken = |_| WorkbookProblem::BrokenContainer;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut structures = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        let path = entry.name().map_err(broken)?.into_owned();
        if !path.to_ascii_lowercase().ends_with(".xml") {
            continue;
        }
        let is_content = path == "content.xml";
        let mut scan = TableScan::default();
        walk(BufReader::new(entry), |piece| {
            if is_content { scan.visit(piece) } else { scan.look_for_cipher(piece) }
        })?;
        structures.extend(scan.finished);
    }
    Ok(structures)
}

/// The state of walking `content.xml`.
#[derive(Default)]
struct TableScan {
    finished: Vec<SheetStructure>,
    /// The worksheet being walked.
    table: Option<Table>,
    cells: u64,
}

#[derive(Default)]
struct Table {
    name: String,
    structure: SheetStructure,
    /// Rows and columns from 1 of what comes next.
    row: u64,
    column: u64,
    row_repeats: u64,
}

impl TableScan {
    fn look_for_cipher(&mut self, piece: Piece<'_>) -> Result<(), WorkbookProblem> {
        match piece {
            Piece::Start(element) if element.local_name().as_ref() == "encryption-data" => {
                Err(WorkbookProblem::Encrypted)
            }
            _ => Ok(()),
        }
    }

    fn visit(&mut self, piece: Piece<'_>) -> Result<(), WorkbookProblem> {
        match piece {
            Piece::Start(element) => match element.local_name().as_ref() {
                "table" if self.table.is_none() => {
                    let name = attribute(element, "name")?.unwrap_or_default();
                    self.table = Some(Table { name, row: 1, ..Table::default() });
                    Ok(())
                }
                "table-row" => self.visit_row(element),
                "table-cell" | "covered-table-cell" => self.visit_cell(element),
                _ => Ok(()),
            },
            Piece::End("table-row") => {
                if let Some(table) = &mut self.table {
                    table.row = table.row.saturating_add(table.row_repeats);
                }
                Ok(())
            }
            Piece::End("table") => {
                self.finished.extend(self.table.take().map(|table| table.structure));
                Ok(())
            }
            Piece::End(_) => Ok(()),
        }
    }

    fn visit_row(&mut self, element: &BytesStart<'_>) -> Result<(), WorkbookProblem> {
        let Some(table) = &mut self.table else { return Ok(()) };
        table.column = 1;
        table.row_repeats = number(element, "number-rows-repeated", 1)?;
        if matches!(attribute(element, "visibility")?.as_deref(), Some("collapse" | "filter")) {
            let last = table.row.saturating_add(table.row_repeats.saturating_sub(1));
            let shown = |row: u64| u32::try_from(row).unwrap_or(u32::MAX);
            add_hidden(&mut table.structure.hidden, shown(table.row), shown(last));
        }
        Ok(())
    }

    fn visit_cell(&mut self, element: &BytesStart<'_>) -> Result<(), WorkbookProblem> {
        let Some(table) = &mut self.table else { return Ok(()) };
        let repeats = number(element, "number-columns-repeated", 1)?;
        let (first_row, first_column) = (table.row, table.column);
        table.column = first_column.saturating_add(repeats);
        let rows_spanned = number(element, "number-rows-spanned", 1)?;
        if rows_spanned > 1 || number(element, "number-columns-spanned", 1)? > 1 {
            let columns = number(element, "number-columns-spanned", 1)?;
            table.structure.merged.push(MergedRange {
                first_row: first_row.min(u64::from(u32::MAX)) as u32,
                last_row: (first_row.saturating_add(rows_spanned) - 1).min(u64::from(u32::MAX)) as u32,
                first_column: first_column.min(u64::from(u32::MAX)) as u32,
                last_column: (first_column.saturating_add(columns) - 1).min(u64::from(u32::MAX)) as u32,
            });
            check_merged(table.structure.merged.len())?;
        }
        // Cells of no type are empty; LibreOffice repeats them to the end of the sheet.
        if attribute(element, "value-type")?.is_none() && attribute(element, "formula")?.is_none() {
            return Ok(());
        }
        if first_row.saturating_add(table.row_repeats).saturating_sub(1) > u64::from(MAX_ROWS) {
            return Err(WorkbookProblem::TooManyRows { sheet: table.name.clone() });
        }
        if first_column.saturating_add(repeats).saturating_sub(1) > MAX_COLUMNS as u64 {
            return Err(WorkbookProblem::TooManyColumns { sheet: table.name.clone(), row: first_row as u32 });
        }
        self.cells += repeats * table.row_repeats;
        if self.cells > MAX_CELLS { Err(WorkbookProblem::TooManyCells) } else { Ok(()) }
    }
}
