//! A file of tables as xlsx, ods and old xls, as spreadsheet programs write them.

use std::collections::HashMap;
use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::shapes::{Cell, ShapedFile, Table, serial_of};

/// A kind of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbookKind {
    Xlsx,
    Ods,
    Xls,
}

impl WorkbookKind {
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::Ods, Self::Xls];

    /// The bytes of a file.
    pub fn write(self, file: &ShapedFile) -> Vec<u8> {
        match self {
            Self::Xlsx => xlsx(file),
            Self::Ods => ods(file),
            Self::Xls => xls(file),
        }
    }
}

fn xlsx(file: &ShapedFile) -> Vec<u8> {
    let mut book = Workbook::new();
    let (date, plain) = (Format::new().set_num_format("dd.mm.yyyy"), Format::new());
    for table in &file.tables {
        let sheet = book.add_worksheet();
        sheet.set_name(&table.sheet).expect("a short name without signs");
        for (row, cells) in (0_u32..).zip(&table.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                let written = match cell {
                    Cell::Blank => continue,
                    Cell::Text(text) => sheet.write_string(row, column, text),
                    Cell::Number(number) => sheet.write_number(row, column, *number),
                    Cell::Date(day) => sheet.write_number_with_format(row, column, serial_of(*day), &date),
                };
                written.expect("the table fits a worksheet");
            }
        }
        for (column, first, last) in table.merged_down.iter().filter(|(_, first, last)| first < last) {
            let Cell::Text(text) = &table.rows[*first as usize][usize::from(*column)] else { continue };
            sheet.merge_range(*first, *column, *last, *column, text, &plain).expect("blocks lie apart");
        }
    }
    book.save_to_buffer().expect("memory takes every byte")
}

const ODS_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
const MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest \
    xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry \
    manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>\
    <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>";
const CONTENT_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content \
    xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.2\"><office:body>\
    <office:spreadsheet>";
const CONTENT_TAIL: &str = "</office:spreadsheet></office:body></office:document-content>";

fn ods(file: &ShapedFile) -> Vec<u8> {
    let mut content = CONTENT_HEAD.to_owned();
    for table in &file.tables {
        content.push_str(&format!("<table:table table:name=\"{}\">", escaped(&table.sheet)));
        for (row, cells) in (0_u32..).zip(&table.rows) {
            content.push_str("<table:table-row>");
            for (column, cell) in (0_u16..).zip(cells) {
                content.push_str(&ods_cell(table, row, column, cell));
            }
            // A row has at least one cell, and rows end with a run of empty ones.
            content.push_str("<table:table-cell table:number-columns-repeated=\"1000\"/></table:table-row>");
        }
        content.push_str(
            "<table:table-row table:number-rows-repeated=\"1040000\"><table:table-cell \
             table:number-columns-repeated=\"1024\"/></table:table-row></table:table>",
        );
    }
    content.push_str(CONTENT_TAIL);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let deflated = SimpleFileOptions::default();
    for (name, body, options) in [
        ("mimetype", ODS_TYPE, stored),
        ("META-INF/manifest.xml", MANIFEST, deflated),
        ("content.xml", content.as_str(), deflated),
    ] {
        archive.start_file(name, options).expect("memory takes every byte");
        archive.write_all(body.as_bytes()).expect("memory takes every byte");
    }
    archive.finish().expect("memory takes every byte").into_inner()
}

fn ods_cell(table: &Table, row: u32, column: u16, cell: &Cell) -> String {
    let block = table
        .merged_down
        .iter()
        .find(|(of, first, last)| *of == column && (*first..=*last).contains(&row) && first < last);
    let span = match block {
        Some((_, first, _)) if row > *first => return "<table:covered-table-cell/>".into(),
        Some((_, first, last)) => {
            format!(" table:number-columns-spanned=\"1\" table:number-rows-spanned=\"{}\"", last - first + 1)
        }
        None => String::new(),
    };
    match cell {
        Cell::Blank => format!("<table:table-cell{span}/>"),
        Cell::Number(number) => format!(
            "<table:table-cell{span} office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p>\
             </table:table-cell>"
        ),
        Cell::Date(day) => format!(
            "<table:table-cell{span} office:value-type=\"date\" office:date-value=\"{day}\"><text:p>{}</text:p>\
             </table:table-cell>",
            day.strftime("%d.%m.%y")
        ),
        Cell::Text(text) => {
            let lines: Vec<String> =
                text.lines().map(|line| format!("<text:p>{}</text:p>", escaped(line))).collect();
            format!(
                "<table:table-cell{span} office:value-type=\"string\">{}</table:table-cell>",
                lines.concat()
            )
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Records of BIFF8 (MS-XLS), by their names there.
const BOF: u16 = 0x0809;
const CODE_PAGE: u16 = 0x0042;
const XF: u16 = 0x00E0;
const BOUND_SHEET: u16 = 0x0085;
const SHARED_STRINGS: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;
const DIMENSIONS: u16 = 0x0200;
const LABEL_SST: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const MERGE_CELLS: u16 = 0x00E5;
const END: u16 = 0x000A;
/// The longest body of a record.
const MOST_BYTES: usize = 8_224;
/// The built-in short date.
const DATE_FORMAT: u16 = 14;
const MOST_MERGES: usize = 1_000;

fn record(stream: &mut Vec<u8>, kind: u16, body: &[u8]) {
    stream.extend_from_slice(&kind.to_le_bytes());
    stream.extend_from_slice(&u16::try_from(body.len()).expect("bodies are cut before").to_le_bytes());
    stream.extend_from_slice(body);
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn beginning(kind_of_stream: u16) -> Vec<u8> {
    words(&[0x0600, kind_of_stream, 0x0DBB, 0x07CC, 0, 0, 6, 0])
}

fn xls(file: &ShapedFile) -> Vec<u8> {
    let mut strings = SharedStrings::default();
    let sheets: Vec<Vec<u8>> = file.tables.iter().map(|table| xls_sheet(table, &mut strings)).collect();
    let mut globals = Vec::new();
    record(&mut globals, BOF, &beginning(0x0005));
    record(&mut globals, CODE_PAGE, &words(&[1200]));
    for format in [0, DATE_FORMAT] {
        record(&mut globals, XF, &words(&[0, format, 0x0001, 0x0020, 0, 0, 0, 0, 0, 0x20C0]));
    }
    // The offsets of the sheets count from the beginning of the stream: their own records' lengths come first.
    let names: Vec<Vec<u8>> = file.tables.iter().map(|table| short_text(&table.sheet)).collect();
    let bound_bytes: usize = names.iter().map(|name| 4 + 6 + name.len()).sum();
    let mut tail = Vec::new();
    strings.write(&mut tail);
    record(&mut tail, END, &[]);
    let mut offset = globals.len() + bound_bytes + tail.len();
    for (name, sheet) in names.iter().zip(&sheets) {
        let place = u32::try_from(offset).expect("a small file").to_le_bytes();
        record(&mut globals, BOUND_SHEET, &[&place[..], &[0, 0], name].concat());
        offset += sheet.len();
    }
    globals.extend(tail);
    globals.extend(sheets.concat());
    in_compound(&globals)
}

/// The third version is Excel's.
fn in_compound(stream: &[u8]) -> Vec<u8> {
    let mut compound = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))
        .expect("memory takes every byte");
    let mut entry = compound.create_stream("/Workbook").expect("the first of its name");
    entry.write_all(stream).expect("memory takes every byte");
    drop(entry);
    compound.flush().expect("memory takes every byte");
    compound.into_inner().into_inner()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn short_text(text: &str) -> Vec<u8> {
    let units = u8::try_from(text.encode_utf16().count()).expect("names of sheets are short");
    [&[units, 1][..], &utf16(text)].concat()
}

fn xls_sheet(table: &Table, strings: &mut SharedStrings) -> Vec<u8> {
    let mut sheet = Vec::new();
    record(&mut sheet, BOF, &beginning(0x0010));
    let rows = u32::try_from(table.rows.len()).expect("a small table");
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0) as u16;
    let dimensions = [&0_u32.to_le_bytes()[..], &rows.to_le_bytes(), &words(&[0, columns, 0])].concat();
    record(&mut sheet, DIMENSIONS, &dimensions);
    for (row, cells) in (0_u16..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            let at = |style: u16| words(&[row, column, style]);
            let number = |style, number: f64| [at(style), number.to_le_bytes().to_vec()].concat();
            match cell {
                Cell::Blank => {}
                Cell::Number(value) => record(&mut sheet, NUMBER, &number(0, *value)),
                Cell::Date(day) => record(&mut sheet, NUMBER, &number(1, serial_of(*day))),
                Cell::Text(text) => {
                    let index = strings.index_of(text).to_le_bytes();
                    record(&mut sheet, LABEL_SST, &[&at(0)[..], &index].concat());
                }
            }
        }
    }
    let merged: Vec<_> = table.merged_down.iter().filter(|(_, first, last)| first < last).collect();
    for block in merged.chunks(MOST_MERGES) {
        let mut body = words(&[block.len() as u16]);
        for (column, first, last) in block {
            body.extend(words(&[*first as u16, *last as u16, *column, *column]));
        }
        record(&mut sheet, MERGE_CELLS, &body);
    }
    record(&mut sheet, END, &[]);
    sheet
}

/// Every text once.
#[derive(Default)]
struct SharedStrings {
    index_of: HashMap<String, u32>,
    texts: Vec<String>,
    uses: u32,
}

impl SharedStrings {
    fn index_of(&mut self, text: &str) -> u32 {
        self.uses += 1;
        *self.index_of.entry(text.to_owned()).or_insert_with(|| {
            self.texts.push(text.to_owned());
            self.texts.len() as u32 - 1
        })
    }

    /// A record goes on in the next where it is full; texts are not torn.
    fn write(&self, stream: &mut Vec<u8>) {
        let mut kind = SHARED_STRINGS;
        let mut body = [self.uses.to_le_bytes(), (self.texts.len() as u32).to_le_bytes()].concat();
        for text in &self.texts {
            let units = u16::try_from(text.encode_utf16().count()).expect("a cell of a test is short");
            let text = [&units.to_le_bytes()[..], &[1], &utf16(text)].concat();
            if body.len() + text.len() > MOST_BYTES {
                record(stream, kind, &body);
                (kind, body) = (CONTINUE, Vec::new());
            }
            body.extend(text);
        }
        record(stream, kind, &body);
    }
}
