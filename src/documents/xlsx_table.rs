//! A list as a workbook of one sheet.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet,
};

use super::DocumentError;
use super::safe_cell::{begins_a_formula, without_controls};

/// Widest column, in characters of the ordinary font; longer texts are wrapped.
const MOST_WIDTH: usize = 60;
/// Narrowest column.
const LEAST_WIDTH: usize = 8;

/// The built-in number format «Текстовый».
pub(super) const TEXT_FORMAT: u8 = 49;

/// One cell of a list. No `Debug`: it may hold personal data.
#[derive(Clone, PartialEq, Eq)]
pub enum TableCell {
    /// A text, whatever it looks like; phones and class names stay as they are.
    Text(String),
    /// A day, as a date that a spreadsheet can sort.
    Date(Date),
    /// Nothing.
    Empty,
}

impl From<&str> for TableCell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for TableCell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<Date>> for TableCell {
    fn from(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }
}

/// A list as XLSX: bold header that stays in sight and filters, columns as wide as their contents, texts as texts.
/// `sheet_name` is ours (up to 31 characters, without `[ ] : * ? / \`), never a value of the register.
///
/// # Errors
/// [`DocumentError::TooLarge`], [`DocumentError::CellTooLong`].
pub fn xlsx_table(
    sheet_name: &str,
    headers: &[&str],
    rows: &[Vec<TableCell>],
) -> Result<Vec<u8>, DocumentError> {
    let mut workbook = new_workbook();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name)?;
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(headers.len());
    let last_row = u32::try_from(rows.len()).map_err(|_| DocumentError::TooLarge)?;
    let last_column = column_number(columns.saturating_sub(1))?;
    for (column, header) in headers.iter().enumerate() {
        write_text(sheet, 0, column_number(column)?, header, &header_format())?;
    }
    let formats = CellFormats::new();
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, cell) in cells.iter().enumerate() {
            formats.write(sheet, row, column_number(column)?, cell)?;
        }
        let lines = cells.iter().map(lines_of).max().unwrap_or(1);
        set_height_of_lines(sheet, row, lines)?;
    }
    for column in 0..columns {
        let header = headers.get(column).map_or(0, |header| shown_width(header) + 3);
        let widest = rows.iter().filter_map(|cells| cells.get(column)).map(cell_width).max().unwrap_or(0);
        let width = widest.max(header).clamp(LEAST_WIDTH, MOST_WIDTH);
        sheet.set_column_width(column_number(column)?, width as f64 + 1.0)?;
    }
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    if columns > 0 {
        sheet.autofilter(0, 0, last_row, last_column)?;
        sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    }
    print_on_a4(sheet);
    Ok(workbook.save_to_buffer()?)
}

/// A workbook that says nothing of who made it and when: the same list gives the same bytes.
pub(super) fn new_workbook() -> Workbook {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new();
    let properties = match ExcelDateTime::from_ymd(2026, 1, 1) {
        Ok(day) => properties.set_creation_datetime(&day),
        Err(_) => properties,
    };
    workbook.set_properties(&properties);
    workbook
}

/// One page wide, lying, with page numbers.
pub(super) fn print_on_a4(sheet: &mut Worksheet) {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&C&P из &N");
}

/// Bold on a light ground.
pub(super) fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color("#E8EDF4")
        .set_border_bottom(FormatBorder::Thin)
        .set_num_format_index(TEXT_FORMAT)
}

/// Writes a text as a text. One that looks like a formula keeps its apostrophe, so that it stays a text when somebody
/// edits the cell.
pub(super) fn write_text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), DocumentError> {
    let text = without_controls(text);
    if text.is_empty() {
        return Ok(());
    }
    if begins_a_formula(&text) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

pub(super) fn column_number(column: usize) -> Result<u16, DocumentError> {
    u16::try_from(column).map_err(|_| DocumentError::TooLarge)
}

/// Characters of the longest line.
pub(super) fn shown_width(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

/// Lines that a wrapped text takes in a column of this many characters.
pub(super) fn lines_within(text: &str, width: usize) -> usize {
    text.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum::<usize>().max(1)
}

/// Not every spreadsheet fits a row to wrapped text by itself. Heights are in points; 409 is the highest row.
pub(super) fn set_height_of_lines(
    sheet: &mut Worksheet,
    row: u32,
    lines: usize,
) -> Result<(), DocumentError> {
    if lines > 1 {
        sheet.set_row_height(row, (15.0 * lines as f64).min(409.0))?;
    }
    Ok(())
}

fn lines_of(cell: &TableCell) -> usize {
    match cell {
        TableCell::Text(text) => lines_within(text, MOST_WIDTH),
        TableCell::Date(_) | TableCell::Empty => 1,
    }
}

fn cell_width(cell: &TableCell) -> usize {
    match cell {
        TableCell::Text(text) => shown_width(text),
        TableCell::Date(_) => 10,
        TableCell::Empty => 0,
    }
}

/// The formats of cells, made once: a list may have a million of them.
struct CellFormats {
    plain: Format,
    wrapped: Format,
    date: Format,
}

impl CellFormats {
    fn new() -> Self {
        let plain = Format::new().set_num_format_index(TEXT_FORMAT).set_align(FormatAlign::Top);
        let date = Format::new().set_num_format("dd.mm.yyyy").set_align(FormatAlign::Top);
        Self { wrapped: plain.clone().set_text_wrap(), date: date.set_align(FormatAlign::Left), plain }
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        cell: &TableCell,
    ) -> Result<(), DocumentError> {
        match cell {
            TableCell::Empty => Ok(()),
            TableCell::Text(text) => {
                let format = if lines_within(text, MOST_WIDTH) > 1 { &self.wrapped } else { &self.plain };
                write_text(sheet, row, column, text, format)
            }
            TableCell::Date(date) => match spreadsheet_day(*date) {
                Some(day) => {
                    sheet.write_datetime_with_format(row, column, &day, &self.date)?;
                    Ok(())
                }
                None => {
                    let text = format!("{:02}.{:02}.{}", date.day(), date.month(), date.year());
                    write_text(sheet, row, column, &text, &self.plain)
                }
            },
        }
    }
}

/// A worksheet knows no day before 1900.
fn spreadsheet_day(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
}
