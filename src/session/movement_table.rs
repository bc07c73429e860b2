//! The ledger of movement as a file (duty 2.3-8).

use std::path::Path;

use jiff::civil::Date;

use super::errors::SessionError;
use super::papers_of_links::{is_same_file, write_paper};
pub use crate::documents::{MOVEMENT_HEADERS, movement_cells};
use crate::documents::{movement_ledger_csv, movement_ledger_workbook};
use crate::register::Register;
use crate::regulation::LedgerRow;

/// The name that is offered: «Движение на 12.10.2026.xlsx».
pub fn movement_table_name(today: Date) -> String {
    format!("Движение на {:02}.{:02}.{}.xlsx", today.day(), today.month(), today.year())
}

/// The bytes of the ledger: CSV where the name ends so, else a workbook.
///
/// # Errors
/// When the list is too long for a worksheet.
pub fn movement_table_bytes(
    register: &Register,
    rows: &[LedgerRow],
    path: &Path,
) -> Result<Vec<u8>, SessionError> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        return Ok(movement_ledger_csv(register, rows));
    }
    movement_ledger_workbook(register, rows).map_err(|_| {
        SessionError::Outside("Список не помещается в таблицу. Ничего не записано. Сузьте период.".into())
    })
}

/// Writes the ledger.
///
/// # Errors
/// A sentence for the user; the file that stood there is intact then.
pub fn write_movement_table(
    register: &Register,
    rows: &[LedgerRow],
    path: &Path,
    organization_file: &Path,
) -> Result<(), SessionError> {
    if is_same_file(path, organization_file) {
        return Err(SessionError::Outside(
            "Это сам файл организации: он не изменён. Выберите другое имя или другую папку.".into(),
        ));
    }
    write_paper(path, &movement_table_bytes(register, rows, path)?)
}
