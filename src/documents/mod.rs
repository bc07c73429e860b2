//! Lists and templates as bytes: CSV and XLSX that a spreadsheet opens as text and never as a formula.
//!
//! Nothing here touches a disk: whoever asks puts the bytes in place through `files`. Whose values stand in the
//! cells this room does not know; it promises only that none of them does anything when the document is opened
//! (faults row 21).

mod csv_table;
mod plain_workbook;
mod roster_template;
mod safe_cell;
#[cfg(test)]
mod tests;
mod xlsx_table;

pub use csv_table::csv_table;
pub use plain_workbook::{PlainSheet, plain_workbook};
pub use roster_template::{RosterTemplate, roster_template};
pub use safe_cell::safe_cell;
pub use xlsx_table::{TableCell, xlsx_table};

/// Why a document could not be made. Holds nothing of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// More rows or columns than a worksheet has (1,048,576 × 16,384).
    #[error("the list is larger than a worksheet")]
    TooLarge,
    /// A cell over 32,767 characters.
    #[error("a cell is longer than a worksheet takes")]
    CellTooLong,
    /// The library refused for another reason: a defect of this program.
    #[error("the workbook could not be put together")]
    Workbook,
}

impl From<rust_xlsxwriter::XlsxError> for DocumentError {
    /// The words of the library may quote a cell or the name of a sheet: only the kind goes on.
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        use rust_xlsxwriter::XlsxError;
        match error {
            XlsxError::RowColumnLimitError => Self::TooLarge,
            XlsxError::MaxStringLengthExceeded => Self::CellTooLong,
            _ => Self::Workbook,
        }
    }
}
