//! What commands print: text in aligned columns, JSON, and sentences on stderr. A reader who closes the pipe early
//! (`| head`) is no failure.

use std::io::{ErrorKind, Write};

use serde_json::Value;

use super::failure::Failure;

/// Between columns.
const GAP: &str = "  ";

/// Prints text as it is.
///
/// # Errors
/// When the output cannot be written; a closed pipe is none.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::failed("Вывод не удалось записать: проверьте место на диске."))
        }
        _ => Ok(()),
    }
}

/// Prints one line.
///
/// # Errors
/// As [`print`].
pub(super) fn print_line(line: &str) -> Result<(), Failure> {
    print(&format!("{line}\n"))
}

/// Prints one JSON value, indented.
///
/// # Errors
/// As [`print`].
pub(super) fn print_json(value: &Value) -> Result<(), Failure> {
    print(&format!("{value:#}\n"))
}

/// Says something beside the result. Nothing can be done where stderr is closed.
pub(super) fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// A table in aligned columns. Every cell stands on one line.
pub(super) struct TextTable {
    rows: Vec<Vec<String>>,
    /// Columns whose cells are pushed to the right: numbers.
    right: &'static [usize],
}

impl TextTable {
    pub(super) fn new(headings: &[&str], right: &'static [usize]) -> TextTable {
        TextTable { rows: vec![headings.iter().map(|heading| (*heading).to_owned()).collect()], right }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| one_line(&cell)).collect());
    }

    /// The lines, headings first; columns without anything below their heading are left out.
    pub(super) fn render(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        };
        let is_used = |column: &usize| {
            self.rows.iter().skip(1).any(|row| row.get(*column).is_some_and(|cell| !cell.is_empty()))
        };
        let used: Vec<(usize, usize)> =
            (0..columns).filter(is_used).map(|column| (column, width(column))).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (place, (column, width)) in used.iter().enumerate() {
                let cell = row.get(*column).map_or("", String::as_str);
                let padding = " ".repeat(width - cell.chars().count());
                line.push_str(if place == 0 { "" } else { GAP });
                if self.right.contains(column) {
                    line.push_str(&padding);
                    line.push_str(cell);
                } else {
                    line.push_str(cell);
                    line.push_str(&padding);
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// Control characters of pasted text would break the lines (or drive the terminal).
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_letters_and_empty_ones_left_out() {
        let mut table = TextTable::new(&["№", "Класс", "Корпус", "Учеников"], &[0, 3]);
        table.row(["1", "5А", "", "27"].map(String::from));
        table.row(["12", "10 инж\n", "", "5"].map(String::from));
        assert_eq!(table.render(), " №  Класс    Учеников\n 1  5А             27\n12  10 инж          5\n");
    }
}
