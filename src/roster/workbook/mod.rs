//! Workbooks (xlsx, xls, ods) as roster sources, safely.
//!
//! A spreadsheet can be made to fill the memory or end the process that reads it. So the program itself only looks at
//! the container ([`kind`], [`archive`], [`compound`]); the contents are read by a child process of the same
//! executable ([`child`]) that limits its own memory and looks for bombs before the parser runs. Whatever becomes of
//! the child, the program gets a [`Workbook`] or a sentence ([`WorkbookProblem`]).

mod archive;
mod cell_text;
mod child;
mod compound;
mod grid;
mod kind;
mod limits;
mod ods;
mod problem;
mod reader;
mod reply;
mod xls;
mod xlsx;
mod xml_parts;

pub use child::{READ_WORKBOOK_COMMAND, run_workbook_child};
pub use kind::{SourceKind, detect_source};
pub use problem::WorkbookProblem;
pub use reader::WorkbookReader;

use super::sheet::Sheet;

/// The spreadsheet formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkbookFormat {
    /// Excel 2007 and later: xlsx, xlsm.
    Xlsx,
    /// Excel 97 to 2003.
    Xls,
    /// LibreOffice and other OpenDocument programs.
    Ods,
}

/// A rectangle of cells shown as one. Rows and columns count from 1, both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedRange {
    /// First row, as the spreadsheet counts.
    pub first_row: u32,
    /// Last row.
    pub last_row: u32,
    /// First column, from 1.
    pub first_column: u32,
    /// Last column.
    pub last_column: u32,
}

/// One worksheet. No `Debug`: it holds personal data.
#[derive(Clone)]
pub struct WorkbookSheet {
    /// Name on its tab.
    pub name: String,
    /// Hidden or very hidden.
    pub hidden: bool,
    /// The cells as text; vertical merges of one column are filled down.
    pub rows: Sheet,
    /// Merged ranges as the file has them.
    pub merged: Vec<MergedRange>,
    /// Hidden rows that hold anything, ascending, as the spreadsheet counts.
    pub hidden_rows: Vec<u32>,
}

/// A workbook as text cells. No `Debug`: it holds personal data.
#[derive(Clone)]
pub struct Workbook {
    /// What the file is.
    pub format: WorkbookFormat,
    /// The worksheets in the order of their tabs; charts and macro sheets are left out.
    pub sheets: Vec<WorkbookSheet>,
}

/// Reads a workbook in this very process, as the child does: for fuzzing, which wants a crash to be its own. Everything
/// else reads through [`WorkbookReader`].
///
/// # Errors
/// [`WorkbookProblem`] of the file.
#[doc(hidden)]
pub fn read_workbook_unprotected(format: WorkbookFormat, bytes: &[u8]) -> Result<Workbook, WorkbookProblem> {
    match format {
        WorkbookFormat::Xlsx => {
            archive::scan_archive(bytes)?;
            xlsx::read_xlsx(bytes)
        }
        WorkbookFormat::Ods => {
            archive::scan_archive(bytes)?;
            ods::read_ods(bytes)
        }
        WorkbookFormat::Xls => xls::read_xls(bytes.to_vec()),
    }
}
