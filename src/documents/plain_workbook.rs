//! Workbooks as people make them: title rows, merged cells, several sheets. The sample's rosters are written by it.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, IgnoreError};

use super::DocumentError;
use super::xlsx_table::{
    TEXT_FORMAT, column_number, header_format, new_workbook, print_on_a4, shown_width, write_text,
};

/// One sheet of texts. No `Debug`: it may hold personal data.
#[derive(Clone, Default)]
pub struct PlainSheet {
    /// Name of the sheet, up to 31 characters.
    pub name: String,
    /// Cells of text, row by row.
    pub rows: Vec<Vec<String>>,
    /// Row of the header, from 0; the rows above are titles.
    pub header: usize,
    /// Merged cells: first row, first column, last row, last column, all from 0. The text is that of the first cell.
    pub merged: Vec<[usize; 4]>,
}

/// Puts sheets together as they are. Every cell is a text.
///
/// # Errors
/// [`DocumentError`].
pub fn plain_workbook(sheets: &[PlainSheet]) -> Result<Vec<u8>, DocumentError> {
    let mut workbook = new_workbook();
    for plain in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&plain.name)?;
        let text_format = Format::new().set_num_format_index(TEXT_FORMAT).set_border(FormatBorder::Thin);
        let title_format =
            Format::new().set_bold().set_num_format_index(TEXT_FORMAT).set_align(FormatAlign::Center);
        let columns = plain.rows.iter().map(Vec::len).max().unwrap_or(0);
        for [first_row, first_column, last_row, last_column] in &plain.merged {
            let text = plain.rows.get(*first_row).and_then(|row| row.get(*first_column));
            let format = if *first_row < plain.header {
                title_format.clone()
            } else {
                text_format.clone().set_align(FormatAlign::VerticalCenter).set_align(FormatAlign::Center)
            };
            sheet.merge_range(
                row_number(*first_row)?,
                column_number(*first_column)?,
                row_number(*last_row)?,
                column_number(*last_column)?,
                text.map_or("", String::as_str),
                &format,
            )?;
        }
        for (row, cells) in plain.rows.iter().enumerate() {
            let format = match row {
                row if row < plain.header => &title_format,
                row if row == plain.header => &header_format(),
                _ => &text_format,
            };
            for (column, cell) in
                cells.iter().enumerate().filter(|(column, _)| !plain.is_merged(row, *column))
            {
                write_text(sheet, row_number(row)?, column_number(column)?, cell, format)?;
            }
        }
        for column in 0..columns {
            let below = plain.rows.iter().skip(plain.header).filter_map(|row| row.get(column));
            let width = below.map(|cell| shown_width(cell)).max().unwrap_or(0).clamp(4, 40);
            sheet.set_column_width(column_number(column)?, width as f64 + 2.0)?;
        }
        if let (Some(last_row), Some(last_column)) = (plain.rows.len().checked_sub(1), columns.checked_sub(1))
        {
            let (last_row, last_column) = (row_number(last_row)?, column_number(last_column)?);
            sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
        }
        print_on_a4(sheet);
    }
    Ok(workbook.save_to_buffer()?)
}

impl PlainSheet {
    fn is_merged(&self, row: usize, column: usize) -> bool {
        self.merged.iter().any(|[first_row, first_column, last_row, last_column]| {
            (*first_row..=*last_row).contains(&row) && (*first_column..=*last_column).contains(&column)
        })
    }
}

fn row_number(row: usize) -> Result<u32, DocumentError> {
    u32::try_from(row).map_err(|_| DocumentError::TooLarge)
}
