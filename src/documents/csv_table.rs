//! Delimited lists as a Russian spreadsheet opens them by a double click.

use super::safe_cell::safe_cell;

/// A list as CSV: UTF-8 with a byte order mark, `;`, CRLF, every cell quoted and passed through [`safe_cell`].
///
/// Rows may be shorter or longer than the header: they are written as they are, so that a surplus cell stays visible.
pub fn csv_table<Header, Row, Cell>(headers: &[Header], rows: impl IntoIterator<Item = Row>) -> Vec<u8>
where
    Header: AsRef<str>,
    Row: IntoIterator<Item = Cell>,
    Cell: AsRef<str>,
{
    let mut text = String::from('\u{FEFF}');
    push_row(&mut text, headers);
    for row in rows {
        push_row(&mut text, row);
    }
    text.into_bytes()
}

fn push_row<Cell: AsRef<str>>(text: &mut String, cells: impl IntoIterator<Item = Cell>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            text.push(';');
        }
        // Quoted without exception: a spreadsheet of another country splits at commas.
        text.push('"');
        text.push_str(&safe_cell(cell.as_ref()).replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}
