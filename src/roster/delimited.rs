//! Text → sheet: delimited values as Excel and its imitators write them, with rows numbered as Excel counts.

use csv::{ByteRecord, ReaderBuilder};
use serde::{Deserialize, Serialize};

use super::problem::{MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, RosterError};
pub use super::sheet::{Sheet, SheetRow};

/// What stands between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `;`: the CSV of a Russian Excel.
    Semicolon,
    /// TAB: "Unicode text".
    Tab,
    /// `,`: CSV of other programs.
    Comma,
}

impl Delimiter {
    /// All delimiters, the likeliest first: a tie is decided by this order.
    pub const ALL: [Self; 3] = [Self::Semicolon, Self::Tab, Self::Comma];

    /// The delimiting character.
    pub fn character(self) -> char {
        match self {
            Self::Semicolon => ';',
            Self::Tab => '\t',
            Self::Comma => ',',
        }
    }

    /// The name `--json` prints: the character itself.
    pub fn code(self) -> &'static str {
        match self {
            Self::Semicolon => ";",
            Self::Tab => "\t",
            Self::Comma => ",",
        }
    }

    /// The name on the switch of the import screen.
    pub fn russian_name(self) -> &'static str {
        match self {
            Self::Semicolon => "точка с запятой",
            Self::Tab => "табуляция",
            Self::Comma => "запятая",
        }
    }

    /// `tsv` for tabs, `csv` otherwise.
    pub fn format(self) -> &'static str {
        match self {
            Self::Tab => "tsv",
            Self::Semicolon | Self::Comma => "csv",
        }
    }
}

/// Splits a text into rows and cells. Without `delimiter` the likeliest of `;`, TAB and `,` is taken; a first
/// line `sep=;`, which Excel obeys and hides, is obeyed and not counted.
///
/// # Errors
/// The limits of [`super::problem`], [`RosterError::BrokenQuotes`], [`RosterError::Empty`].
pub fn read_sheet(text: &str, delimiter: Option<Delimiter>) -> Result<Sheet, RosterError> {
    if text.len() > 3 * MAX_FILE_BYTES {
        // The limit on bytes is checked before decoding; one byte decodes to at most three.
        return Err(RosterError::FileTooLarge { bytes: text.len() as u64 });
    }
    let (declared, text) = declared_delimiter(text);
    let delimiter = delimiter.or(declared).unwrap_or_else(|| sniff_delimiter(text));
    let mut sheet = read_records(text, delimiter)?;
    if sheet.row_count() == 0 {
        return Err(RosterError::Empty);
    }
    sheet.drop_empty_last_columns();
    sheet.set_delimiter(delimiter);
    Ok(sheet)
}

fn declared_delimiter(text: &str) -> (Option<Delimiter>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end_matches('\r').trim_matches('"');
    match first.strip_prefix("sep=") {
        Some(sign) => match Delimiter::ALL.into_iter().find(|delimiter| sign == delimiter.code()) {
            Some(delimiter) => (Some(delimiter), rest),
            None => (None, text),
        },
        None => (None, text),
    }
}

fn read_records(text: &str, delimiter: Delimiter) -> Result<Sheet, RosterError> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.character() as u8)
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::with_text_capacity(text.len());
    let mut record = ByteRecord::new();
    let mut end_of_previous = 0_usize;
    let mut number = 0_u32;
    loop {
        // The csv crate skips blank lines silently, Excel counts them.
        number = number.saturating_add(blank_lines_at(text, end_of_previous));
        // Reading from memory cannot fail, and a flexible reader accepts every record.
        if !reader.read_byte_record(&mut record).map_err(|_| RosterError::Binary)? {
            break;
        }
        number = number.saturating_add(1);
        if number > MAX_ROWS {
            return Err(RosterError::TooManyRows);
        }
        let end = (reader.position().byte() as usize).min(text.len());
        push_record(&mut sheet, number, &record, &text[end_of_previous..end], delimiter)?;
        end_of_previous = end;
    }
    Ok(sheet)
}

/// Number of blank lines that begin at `start`, where a record has just ended (perhaps between `\r` and `\n`).
fn blank_lines_at(text: &str, start: usize) -> u32 {
    let bytes = text.as_bytes();
    let mut position = start;
    if position > 0 && bytes[position - 1] == b'\r' && bytes.get(position) == Some(&b'\n') {
        position += 1;
    }
    let mut blank = 0;
    while let Some(byte) = bytes.get(position) {
        match byte {
            b'\r' if bytes.get(position + 1) == Some(&b'\n') => position += 2,
            b'\r' | b'\n' => position += 1,
            _ => break,
        }
        blank += 1;
    }
    blank
}

fn push_record(
    sheet: &mut Sheet,
    number: u32,
    record: &ByteRecord,
    raw: &str,
    delimiter: Delimiter,
) -> Result<(), RosterError> {
    if record.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
        return Ok(());
    }
    if record.len() > MAX_COLUMNS && record.iter().skip(MAX_COLUMNS).any(|cell| !cell.is_empty()) {
        return Err(RosterError::TooManyColumns { row: number });
    }
    // A stray quote glues rows together and shows as line breaks inside a cell that are followed by more
    // delimiters, or as a quote still open at the end of the file.
    if record.as_slice().contains(&b'\n') || record.as_slice().contains(&b'\r') {
        let swallowed = record.iter().any(|cell| holds_a_whole_row(cell, delimiter));
        let left_open = raw.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
        if swallowed || left_open {
            return Err(RosterError::BrokenQuotes { row: number });
        }
    }
    let mut cells = Vec::with_capacity(record.len().min(MAX_COLUMNS));
    for (column, bytes) in record.iter().take(MAX_COLUMNS).enumerate() {
        // Splitting UTF-8 at ASCII delimiters leaves UTF-8.
        let cell = std::str::from_utf8(bytes).map_err(|_| RosterError::Binary)?;
        if cell.len() > MAX_CELL_CHARACTERS && cell.chars().count() > MAX_CELL_CHARACTERS {
            return Err(RosterError::CellTooLong { row: number, column: column + 1 });
        }
        cells.push(cell);
    }
    sheet.push_row(number, cells.into_iter());
    Ok(())
}

/// Whether a line inside the cell has as many delimiters as a row of its own would.
fn holds_a_whole_row(cell: &[u8], delimiter: Delimiter) -> bool {
    let sign = delimiter.character() as u8;
    cell.split(|byte| *byte == b'\n' || *byte == b'\r')
        .skip(1)
        .any(|line| line.iter().filter(|byte| **byte == sign).count() >= 2)
}

/// The delimiter by which most of the first lines have the same number of cells, more than one. Title rows
/// have one cell, or commas within a sentence, so lines vote by agreeing, not by the first among them.
fn sniff_delimiter(text: &str) -> Delimiter {
    let mut best = (Delimiter::Semicolon, 0_usize);
    for delimiter in Delimiter::ALL {
        let widths = first_line_widths(text, delimiter);
        let score = widths
            .iter()
            .filter(|width| **width > 1)
            .map(|width| {
                let agreeing = widths.iter().filter(|other| *other == width).count();
                // Agreement outweighs width: names hold commas now and then, never equally many.
                agreeing * 100 + width.min(&20)
            })
            .max()
            .unwrap_or(0);
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

fn first_line_widths(text: &str, delimiter: Delimiter) -> Vec<usize> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.character() as u8)
        .from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let mut widths = Vec::new();
    while widths.len() < 40 && reader.read_byte_record(&mut record).unwrap_or(false) {
        widths.push(record.len());
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<(u32, Vec<String>)> {
        let sheet = read_sheet(text, None).expect("reads");
        sheet.rows().map(|row| (row.number(), row.cells().map(str::to_owned).collect())).collect()
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn rows_are_numbered_as_excel_counts() {
        for line_end in ["\n", "\r\n", "\r"] {
            let text = ["ФИО;Класс", "", "\"А\nБ\";5А", "", "", ";;", "В;5Б", ""].join(line_end);
            let expected = [row(1, &["ФИО", "Класс"]), row(3, &["А\nБ", "5А"]), row(7, &["В", "5Б"])];
            assert_eq!(table(&text), expected, "{line_end:?}");
        }
        assert_eq!(table("\n\nФИО;Класс\n")[0].0, 3);
    }

    #[test]
    fn delimiters_are_sniffed() {
        let cases = [
            ("а;б;в\n1,5;2;3\n", Delimiter::Semicolon),
            ("а\tб\nx;y\tz\n", Delimiter::Tab),
            ("а,б,в\n1,2,3\n", Delimiter::Comma),
            ("Список 9Б, на 1 сентября, 2026\nФИО;Класс\nА;9Б\nБ;9Б\n", Delimiter::Semicolon),
            ("Список\n\nФИО,Класс\n\"Ким; Ян\",9Б\n", Delimiter::Comma),
            ("ФИО\nКим Ян\n", Delimiter::Semicolon),
            ("sep=,\nФИО;x,Класс\n", Delimiter::Comma),
        ];
        for (text, delimiter) in cases {
            assert_eq!(read_sheet(text, None).expect("reads").delimiter(), Some(delimiter), "{text}");
        }
    }

    #[test]
    fn sep_line_is_not_a_row_and_empty_last_columns_go() {
        assert_eq!(
            table("sep=;\r\nФИО;Класс;\r\nА;5А;\r\n"),
            [row(1, &["ФИО", "Класс"]), row(2, &["А", "5А"])]
        );
    }

    #[test]
    fn quotes_within_a_cell_are_kept() {
        assert_eq!(
            table("ФИО;Класс\nА;5 \"А\"\nБ;\"5 \"\"Б\"\"\"\n")[1..],
            [row(2, &["А", "5 \"А\""]), row(3, &["Б", "5 \"Б\""])]
        );
    }

    #[test]
    fn a_quote_that_swallows_rows_is_refused() {
        let open_to_the_end = "ФИО;Класс\nА;5А\n\"Б;5А\nВ;5А\n";
        let closed_later = "ФИО;Имя;Класс\n\"А;а;5А\nБ;б;5А\nВ;в;\"5А\"\nГ;г;5А\n";
        for (text, row) in [(open_to_the_end, 3), (closed_later, 2)] {
            assert_eq!(
                read_sheet(text, Some(Delimiter::Semicolon)).map(|_| ()),
                Err(RosterError::BrokenQuotes { row })
            );
        }
    }

    #[test]
    fn limits_name_the_row() {
        let wide = format!("ФИО;Класс\n{}\n", "x;".repeat(201));
        assert_eq!(read_sheet(&wide, None).map(|_| ()), Err(RosterError::TooManyColumns { row: 2 }));
        let long = format!("ФИО;Класс\n\nА;{}\n", "я".repeat(10_001));
        assert_eq!(read_sheet(&long, None).map(|_| ()), Err(RosterError::CellTooLong { row: 3, column: 2 }));
        let tall = "А;5А\n".repeat(MAX_ROWS as usize + 1);
        assert_eq!(read_sheet(&tall, None).map(|_| ()), Err(RosterError::TooManyRows));
    }

    #[test]
    fn sensitive_columns_can_be_emptied() {
        let sheet = read_sheet("ФИО;СНИЛС;Класс\nА;123;5А\n", None).expect("reads");
        let kept = sheet.without_columns_below(&[1], 1);
        let rows: Vec<Vec<&str>> = kept.rows().map(|row| row.cells().collect()).collect();
        assert_eq!(rows, [vec!["ФИО", "СНИЛС", "Класс"], vec!["А", "", "5А"]]);
    }
}
