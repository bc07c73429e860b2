//! Pasted text → sheet: from Excel, from a page of the web, or a list of names line by line.

use super::delimited::{Delimiter, Sheet, read_sheet};
use super::encoding::RosterEncoding;
use super::encoding::refuse_damaged_text;
use super::problem::{MAX_FILE_BYTES, RosterError};

/// What stands between the cells of a pasted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PastedShape {
    Tabs,
    Semicolons,
    Commas,
    /// Two blanks or more between columns.
    Blanks,
    /// One cell a line.
    Lines,
}

/// Splits a pasted text into rows and cells: TABs (Excel, tables of web pages), `;`, `,`, columns of two blanks or
/// more, or one name a line. Numbers and bullets at the beginning of the lines of a list go. Rows are counted as the
/// text's lines, blank ones included.
///
/// # Errors
/// As [`read_sheet`]; [`RosterError::Undecodable`] when letters were lost before it was copied.
pub fn read_pasted(text: &str) -> Result<Sheet, RosterError> {
    if text.len() > MAX_FILE_BYTES {
        return Err(RosterError::FileTooLarge { bytes: text.len() as u64 });
    }
    refuse_damaged_text(text, RosterEncoding::Utf8)?;
    let text = text.trim_start_matches('\u{FEFF}').replace(['\u{2028}', '\u{2029}', '\u{B}'], "\n");
    if text.trim().is_empty() {
        return Err(RosterError::Empty);
    }
    let shape = shape_of(&text);
    match shape {
        // Excel quotes cells with line breaks; a page of the web quotes nothing, and its quotes are letters.
        PastedShape::Tabs => match read_sheet(&text, Some(Delimiter::Tab)) {
            Ok(sheet) if !quotes_swallowed_cells(&sheet) => Ok(sheet),
            _ => read_sheet(&quoted_lines(&text, split_at_tabs), Some(Delimiter::Tab)),
        },
        PastedShape::Semicolons => read_sheet(&text, Some(Delimiter::Semicolon)),
        PastedShape::Commas => read_sheet(&text, Some(Delimiter::Comma)),
        PastedShape::Blanks => {
            let numbered = is_numbered(&text);
            let split = |line: &str| split_at_blanks(if numbered { without_number(line) } else { line });
            read_sheet(&quoted_lines(&text, split), Some(Delimiter::Tab))
        }
        PastedShape::Lines => {
            let numbered = is_numbered(&text);
            let split = |line: &str| {
                let line = line.trim();
                vec![if numbered { without_number(line) } else { without_bullet(line) }.to_owned()]
            };
            read_sheet(&quoted_lines(&text, split), Some(Delimiter::Tab))
        }
    }
}

/// Whether a cell of several lines holds a TAB: no cell of Excel does.
fn quotes_swallowed_cells(sheet: &Sheet) -> bool {
    sheet.rows().flat_map(|row| row.cells()).any(|cell| cell.contains('\n') && cell.contains('\t'))
}

fn filled_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The shape that most lines have; titles and single names among them do not count against it.
fn shape_of(text: &str) -> PastedShape {
    let lines = filled_lines(text).count();
    let most =
        |holds: &dyn Fn(&str) -> bool| filled_lines(text).filter(|line| holds(line)).count() * 2 >= lines;
    // Trimmed lines lose empty cells at their ends, so tabs are looked for in the whole text too.
    if most(&|line| line.contains('\t')) {
        PastedShape::Tabs
    } else if most(&|line| line.contains(';')) {
        PastedShape::Semicolons
    } else if most(&|line| split_at_blanks(line).len() > 1) {
        PastedShape::Blanks
    } else if agree_on_commas(text, lines) {
        PastedShape::Commas
    } else {
        PastedShape::Lines
    }
}

/// Commas are cells only where nearly every line has equally many: names and posts hold commas now and then.
fn agree_on_commas(text: &str, lines: usize) -> bool {
    let commas = |line: &str| line.matches(',').count();
    let Some(first) = filled_lines(text).last().map(commas).filter(|commas| *commas > 0) else {
        return false;
    };
    filled_lines(text).filter(|line| commas(line) == first).count() * 5 >= lines * 4
}

/// The text with every cell of every line quoted and TABs between.
fn quoted_lines(text: &str, split: impl Fn(&str) -> Vec<String>) -> String {
    let mut quoted = String::with_capacity(text.len() + text.len() / 4);
    for line in text.lines() {
        if !line.trim().is_empty() {
            let cells = split(line).into_iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            quoted.push_str(&cells.collect::<Vec<_>>().join("\t"));
        }
        quoted.push('\n');
    }
    quoted
}

fn split_at_tabs(line: &str) -> Vec<String> {
    line.split('\t').map(|cell| cell.trim().to_owned()).collect()
}

/// Cells between runs of two blanks or more; a single NBSP is a blank within a cell.
fn split_at_blanks(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut blanks = 0;
    for letter in line.trim().chars() {
        if letter.is_whitespace() {
            blanks += 1;
            continue;
        }
        match (blanks, cells.last_mut()) {
            (1, Some(cell)) => cell.push(' '),
            (2.., _) => cells.push(String::new()),
            _ => {}
        }
        blanks = 0;
        if let Some(cell) = cells.last_mut() {
            cell.push(letter);
        }
    }
    cells
}

/// Whether most lines begin with a number and a mark: «1. Гусев Пётр», «2) Ким Яна».
fn is_numbered(text: &str) -> bool {
    let lines = filled_lines(text).count();
    filled_lines(text).filter(|line| without_number(line).len() < line.len()).count() * 5 >= lines * 3
}

fn without_number(line: &str) -> &str {
    let line = line.trim();
    let figures = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = &line[figures..];
    if !(1..=4).contains(&figures) {
        return line;
    }
    match after.strip_prefix(['.', ')']) {
        // «1.09.2026» is a date.
        Some(rest) if !rest.starts_with(|letter: char| letter.is_ascii_digit()) => rest.trim_start(),
        None if after.starts_with(char::is_whitespace)
            && after.trim_start().starts_with(char::is_uppercase) =>
        {
            after.trim_start()
        }
        _ => line,
    }
}

fn without_bullet(line: &str) -> &str {
    line.trim_start_matches(['•', '·', '●', '▪', '*', '-', '–', '—']).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<Vec<String>> {
        let sheet = read_pasted(text).unwrap_or_else(|error| panic!("{error} in {text}"));
        sheet.rows().map(|row| row.cells().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn shapes_of_pasted_text() {
        let expected = [["Гусев Пётр", "5А"], ["Ким Яна", "5Б"]];
        for text in [
            "Гусев Пётр\t5А\nКим Яна\t5Б",
            "Гусев Пётр\t5А\r\nКим Яна\t5Б\r\n",
            "Гусев Пётр;5А\nКим Яна;5Б",
            "Гусев Пётр, 5А\nКим Яна, 5Б",
            "Гусев Пётр    5А\nКим Яна       5Б",
            "Гусев Пётр\u{A0}\u{A0}5А\n\n  Ким\u{A0}Яна \u{A0}5Б\n",
            "1. Гусев Пётр   5А\n2. Ким Яна   5Б",
        ] {
            let read: Vec<Vec<String>> = table(text)
                .into_iter()
                .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
                .collect();
            assert_eq!(read, expected, "{text:?}");
        }
    }

    #[test]
    fn lists_of_names() {
        for text in [
            "Гусев Пётр\n\nКим Яна\n",
            "1. Гусев Пётр\n2. Ким Яна",
            "1) Гусев Пётр\n2) Ким Яна",
            "1 Гусев Пётр\n2 Ким Яна",
            "• Гусев Пётр\n• Ким Яна",
            "— Гусев Пётр\r\n— Ким Яна\r\n",
        ] {
            assert_eq!(table(text), [["Гусев Пётр"], ["Ким Яна"]], "{text:?}");
        }
        let sheet = read_pasted("Гусев Пётр\n\nКим Яна\n").expect("reads");
        assert_eq!(sheet.rows().map(|row| row.number()).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn quotes_of_excel_and_of_the_web() {
        assert_eq!(table("\"Гусев\nПётр\"\t5А\nКим Яна\t5Б")[0], ["Гусев\nПётр", "5А"]);
        assert_eq!(table("\"Гусев Пётр\t5А\nКим \"Яна\t5Б")[0], ["\"Гусев Пётр", "5А"]);
    }

    #[test]
    fn nothing_and_damaged_text_are_refused() {
        for (text, code) in
            [("", "empty"), (" \n\t\n", "empty"), ("Гус\u{FFFD}в\n", "undecodable"), ("а\0б", "binary")]
        {
            assert_eq!(read_pasted(text).map(|_| ()).unwrap_err().code(), code, "{text:?}");
        }
    }
}
