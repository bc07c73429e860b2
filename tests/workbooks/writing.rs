//! Writers of workbooks: xlsx through a library or by hand, ods and xls by hand.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use jiff::civil::date;
use rust_xlsxwriter::{Format, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::fixture::{Tab, Value};

/// Days from the epoch of spreadsheets.
pub fn serial(year: i16, month: i8, day: i8) -> f64 {
    let days = date(1899, 12, 30).until(date(year, month, day)).expect("a near date");
    f64::from(days.get_days())
}

/// The three formats of the same workbook.
pub fn every_format(tabs: &[Tab]) -> [(&'static str, Vec<u8>); 3] {
    [("xlsx", xlsx(tabs)), ("ods", ods(tabs)), ("xls", xls(tabs, false))]
}

pub fn xlsx(tabs: &[Tab]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    for tab in tabs {
        let sheet = workbook.add_worksheet();
        sheet.set_name(tab.name).expect("a valid name");
        sheet.set_hidden(tab.hidden);
        for (first, last, column) in &tab.merged {
            sheet
                .merge_range(*first, *column, *last, *column, "", &Format::new())
                .expect("two cells at least");
        }
        for (row, cells) in tab.rows.iter().enumerate() {
            for (column, value) in cells.iter().enumerate() {
                let (row, column) = (row as u32, column as u16);
                match value {
                    Value::Nothing => continue,
                    Value::Text(text) => sheet.write_string(row, column, *text),
                    Value::Number(number) => sheet.write_number(row, column, *number),
                    Value::Date(y, m, d) => {
                        sheet.write_number_with_format(row, column, serial(*y, *m, *d), &day)
                    }
                    Value::Truth(truth) => sheet.write_boolean(row, column, *truth),
                }
                .expect("a cell within the limits");
            }
        }
        for row in &tab.hidden_rows {
            sheet.set_row_hidden(*row).expect("a row within the limits");
        }
    }
    workbook.save_to_buffer().expect("a workbook in memory")
}

/// An archive of parts, deflated.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in parts {
        let method =
            if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("in memory");
        writer.write_all(contents).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// An xlsx of one worksheet «Лист1» with this XML inside `worksheet`, and further parts, which replace those of the
/// same name.
pub fn raw_xlsx(sheet: &str, further: &[(&str, &str)]) -> Vec<u8> {
    let worksheet = format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>");
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><workbookPr/><sheets>\
         <sheet name=\"Лист1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{PACKAGE}\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{RELATIONS}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let package = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" \
         Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>\
         </styleSheet>"
    );
    let mut parts = vec![
        ("_rels/.rels", package),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", worksheet),
        ("xl/styles.xml", styles),
    ];
    for (name, contents) in further {
        parts.retain(|(other, _)| other != name);
        parts.push((name, (*contents).to_owned()));
    }
    archive(&parts.iter().map(|(name, contents)| (*name, contents.as_bytes())).collect::<Vec<_>>())
}

pub fn ods(tabs: &[Tab]) -> Vec<u8> {
    let mut tables = String::new();
    for tab in tabs {
        let style = if tab.hidden { "hidden" } else { "shown" };
        let _ = write!(tables, "<table:table table:name=\"{}\" table:style-name=\"{style}\">", tab.name);
        tables.push_str("<table:table-column table:number-columns-repeated=\"16384\"/>");
        let mut blank = 0;
        for (index, row) in tab.rows.iter().enumerate() {
            if row.is_empty() {
                blank += 1;
                continue;
            }
            if blank > 0 {
                let _ = write!(
                    tables,
                    "<table:table-row table:number-rows-repeated=\"{blank}\"><table:table-cell \
                     table:number-columns-repeated=\"16384\"/></table:table-row>"
                );
                blank = 0;
            }
            let hidden = tab.hidden_rows.contains(&(index as u32));
            tables.push_str("<table:table-row");
            tables.push_str(if hidden { " table:visibility=\"collapse\">" } else { ">" });
            for (column, value) in row.iter().enumerate() {
                let starts = tab
                    .merged
                    .iter()
                    .find(|(first, _, at)| (*first, usize::from(*at)) == (index as u32, column));
                let span = starts.map_or(String::new(), |(first, last, _)| {
                    format!(
                        " table:number-rows-spanned=\"{}\" table:number-columns-spanned=\"1\"",
                        last - first + 1
                    )
                });
                ods_cell(&mut tables, value, &span);
            }
            tables.push_str("<table:table-cell table:number-columns-repeated=\"16300\"/></table:table-row>");
        }
        tables.push_str(
            "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell \
             table:number-columns-repeated=\"16384\"/></table:table-row></table:table>",
        );
    }
    raw_ods(&tables)
}

fn ods_cell(tables: &mut String, value: &Value, span: &str) {
    let _ = match value {
        Value::Nothing => write!(tables, "<table:table-cell{span}/>"),
        Value::Text(text) => write!(
            tables,
            "<table:table-cell office:value-type=\"string\"{span}><text:p>{text}</text:p></table:table-cell>"
        ),
        Value::Number(number) => write!(
            tables,
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"{span}><text:p>?</text:p>\
             </table:table-cell>"
        ),
        Value::Date(year, month, day) => write!(
            tables,
            "<table:table-cell office:value-type=\"date\" office:date-value=\"{year:04}-{month:02}-{day:02}\"{span}>\
             <text:p>?</text:p></table:table-cell>"
        ),
        Value::Truth(truth) => write!(
            tables,
            "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"{truth}\"{span}>\
             <text:p>?</text:p></table:table-cell>"
        ),
    };
}

/// An ods with these tables.
pub fn raw_ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\">\
         <office:automatic-styles><style:style style:name=\"shown\" style:family=\"table\">\
         <style:table-properties table:display=\"true\"/></style:style>\
         <style:style style:name=\"hidden\" style:family=\"table\">\
         <style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry manifest:full-path=\"/\"/>\
                    </manifest:manifest>";
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// Appends a record of an old workbook.
pub fn record(stream: &mut Vec<u8>, kind: u16, contents: &[u8]) {
    stream.extend(kind.to_le_bytes());
    stream.extend((contents.len() as u16).to_le_bytes());
    stream.extend_from_slice(contents);
}

fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn beginning(stream: &mut Vec<u8>, kind: u16) {
    record(stream, 0x0809, &words(&[0x0600, kind, 0x0DBB, 0x07CC, 0, 0, 6, 0]));
}

/// An old workbook; `is_1904` counts its days as Excel of the Macintosh did.
pub fn xls(tabs: &[Tab], is_1904: bool) -> Vec<u8> {
    let mut texts: Vec<&str> = Vec::new();
    let sheets: Vec<Vec<u8>> = tabs.iter().map(|tab| xls_sheet(tab, is_1904, &mut texts)).collect();
    let globals = |starts: &[usize]| {
        let mut stream = Vec::new();
        beginning(&mut stream, 5);
        record(&mut stream, 0x0042, &words(&[1200]));
        record(&mut stream, 0x0022, &words(&[u16::from(is_1904)]));
        for format in [0_u16, 14] {
            let mut xf = words(&[0, format]);
            xf.extend([0; 16]);
            record(&mut stream, 0x00E0, &xf);
        }
        for (tab, start) in tabs.iter().zip(starts) {
            let mut sheet = (*start as u32).to_le_bytes().to_vec();
            sheet.extend([u8::from(tab.hidden), 0, tab.name.chars().count() as u8, 1]);
            sheet.extend(utf16(tab.name));
            record(&mut stream, 0x0085, &sheet);
        }
        let mut shared = (texts.len() as u32).to_le_bytes().repeat(2);
        for text in &texts {
            shared.extend((text.encode_utf16().count() as u16).to_le_bytes());
            shared.push(1);
            shared.extend(utf16(text));
        }
        assert!(shared.len() < 8_000, "longer texts need continued records");
        record(&mut stream, 0x00FC, &shared);
        record(&mut stream, 0x000A, &[]);
        stream
    };
    let mut position = globals(&vec![0; tabs.len()]).len();
    let mut starts = Vec::new();
    for sheet in &sheets {
        starts.push(position);
        position += sheet.len();
    }
    let mut stream = globals(&starts);
    stream.extend(sheets.concat());
    compound(&[("/Workbook", &stream)])
}

fn xls_sheet<'t>(tab: &'t Tab, is_1904: bool, texts: &mut Vec<&'t str>) -> Vec<u8> {
    let mut stream = Vec::new();
    beginning(&mut stream, 0x10);
    let mut dimensions = 0_u32.to_le_bytes().to_vec();
    dimensions.extend((tab.rows.len() as u32).to_le_bytes());
    dimensions.extend(words(&[0, 256, 0]));
    record(&mut stream, 0x0200, &dimensions);
    for row in 0..tab.rows.len() as u16 {
        let flags = if tab.hidden_rows.contains(&u32::from(row)) { 0x0120 } else { 0x0100 };
        record(&mut stream, 0x0208, &words(&[row, 0, 10, 255, 0, 0, flags, 15]));
    }
    for (row, cells) in tab.rows.iter().enumerate() {
        for (column, value) in cells.iter().enumerate() {
            xls_cell(&mut stream, [row as u16, column as u16], value, is_1904, texts);
        }
    }
    let mut merged = words(&[tab.merged.len() as u16]);
    for (first, last, column) in &tab.merged {
        merged.extend(words(&[*first as u16, *last as u16, *column, *column]));
    }
    record(&mut stream, 0x00E5, &merged);
    record(&mut stream, 0x000A, &[]);
    stream
}

fn xls_cell<'t>(
    stream: &mut Vec<u8>,
    [row, column]: [u16; 2],
    value: &'t Value,
    is_1904: bool,
    texts: &mut Vec<&'t str>,
) {
    let at = |style: u16| words(&[row, column, style]);
    let number = |stream: &mut Vec<u8>, style, number: f64| {
        record(stream, 0x0203, &[at(style), number.to_le_bytes().to_vec()].concat());
    };
    match value {
        Value::Nothing => {}
        Value::Text(text) => {
            record(stream, 0x00FD, &[at(0), (texts.len() as u32).to_le_bytes().to_vec()].concat());
            texts.push(text);
        }
        Value::Number(value) => number(stream, 0, *value),
        Value::Date(y, m, d) => number(stream, 1, serial(*y, *m, *d) - if is_1904 { 1462.0 } else { 0.0 }),
        Value::Truth(truth) => record(stream, 0x0205, &[at(0), vec![u8::from(*truth), 0]].concat()),
    }
}

/// A compound file of these streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("in memory");
    for (name, contents) in streams {
        let mut stream = file.create_stream(name).expect("in memory");
        stream.write_all(contents).expect("in memory");
        stream.flush().expect("in memory");
    }
    file.flush().expect("in memory");
    file.into_inner().into_inner()
}
