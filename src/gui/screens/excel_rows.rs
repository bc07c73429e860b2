//! A table as text for the clipboard, the way spreadsheets take it: TAB between cells, CRLF after rows.

/// The header and the rows as one text. Line breaks inside a cell become spaces; a cell that a spreadsheet
/// would take for a formula begins with an apostrophe.
pub fn excel_text<Row, Cell>(header: &[&str], rows: impl IntoIterator<Item = Row>) -> String
where
    Row: IntoIterator<Item = Cell>,
    Cell: AsRef<str>,
{
    let mut text = String::new();
    push_row(&mut text, header);
    for row in rows {
        push_row(&mut text, row);
    }
    text
}

fn push_row<Cell: AsRef<str>>(text: &mut String, cells: impl IntoIterator<Item = Cell>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            text.push('\t');
        }
        let cell = cell.as_ref();
        if cell.starts_with(['=', '+', '-', '@']) {
            text.push('’');
        }
        text.extend(cell.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_in_their_places_and_are_never_formulas() {
        let rows = [["7Б", "=1+1"], ["две\nстроки", "+7 912"], ["а\tб", "-"]];
        let text = excel_text(&["Класс", "Заметка"], rows);
        assert_eq!(text, "Класс\tЗаметка\r\n7Б\t’=1+1\r\nдве строки\t’+7 912\r\nа б\t’-\r\n");
    }
}
