//! A table as delimited text in every encoding that schools hand over.

use encoding_rs::Encoding;

use super::shapes::{Cell, Table};

/// How a text file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEncoding {
    Utf8,
    Utf8Marked,
    Utf16Le,
    Utf16LeMarked,
    Utf16Be,
    Utf16BeMarked,
    Windows1251,
    Ibm866,
    Koi8R,
    MacCyrillic,
}

impl TextEncoding {
    pub const ALL: [Self; 10] = [
        Self::Utf8,
        Self::Utf8Marked,
        Self::Utf16Le,
        Self::Utf16LeMarked,
        Self::Utf16Be,
        Self::Utf16BeMarked,
        Self::Windows1251,
        Self::Ibm866,
        Self::Koi8R,
        Self::MacCyrillic,
    ];

    /// The bytes of a text; `None` where the encoding lacks one of its letters.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        let marked = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
        let little = || text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let big = || text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        Some(match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8Marked => marked(b"\xEF\xBB\xBF", text.as_bytes().to_vec()),
            Self::Utf16Le => little(),
            Self::Utf16LeMarked => marked(b"\xFF\xFE", little()),
            Self::Utf16Be => big(),
            Self::Utf16BeMarked => marked(b"\xFE\xFF", big()),
            Self::Windows1251 => in_one_byte(encoding_rs::WINDOWS_1251, text)?,
            Self::Ibm866 => in_one_byte(encoding_rs::IBM866, text)?,
            Self::Koi8R => in_one_byte(encoding_rs::KOI8_R, text)?,
            Self::MacCyrillic => in_one_byte(encoding_rs::X_MAC_CYRILLIC, text)?,
        })
    }
}

fn in_one_byte(encoding: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    let (bytes, _, lost_a_letter) = encoding.encode(text);
    (!lost_a_letter).then(|| bytes.into_owned())
}

/// The table as a spreadsheet saves it: CRLF, quotes only where needed.
pub fn delimited(table: &Table, delimiter: char) -> String {
    let mut text = String::new();
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(&written(cell), delimiter)).collect();
        text.push_str(&cells.join(&delimiter.to_string()));
        text.push_str("\r\n");
    }
    text
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.strftime("%d.%m.%Y").to_string(),
    }
}

fn quoted(cell: &str, delimiter: char) -> String {
    match cell.contains([delimiter, '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}
