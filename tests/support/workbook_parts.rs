//! An xlsx put together from loose inner XML: the container is always whole, so that a fuzzer's damage reaches the
//! readers of the contents.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const PARTING: &str = "\n----\n";
const NAMESPACES: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const ONE_SHEET: &[u8] = b"<sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"rId1\"/></sheets>";
const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const PACKAGE: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"xl/workbook.xml\"/></Relationships>";
const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
    Target=\"worksheets/sheet1.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" \
    Target=\"sharedStrings.xml\"/>\
    <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" \
    Target=\"styles.xml\"/></Relationships>";
/// Style 1 is a date.
const STYLES: &str =
    "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs>";

/// The workbook of up to three parts: worksheet, shared texts, book.
pub fn workbook_of(parts: &[u8]) -> Vec<u8> {
    let parts = split(parts);
    let part = |index: usize| parts.get(index).copied().unwrap_or_default();
    let book = if part(2).is_empty() { ONE_SHEET } else { part(2) };
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    add(&mut archive, "[Content_Types].xml", CONTENT_TYPES.as_bytes());
    add(&mut archive, "_rels/.rels", PACKAGE.as_bytes());
    add(&mut archive, "xl/workbook.xml", &wrapped("workbook", book));
    add(&mut archive, "xl/_rels/workbook.xml.rels", RELATIONS.as_bytes());
    add(&mut archive, "xl/worksheets/sheet1.xml", &wrapped("worksheet", part(0)));
    add(&mut archive, "xl/sharedStrings.xml", &wrapped("sst", part(1)));
    add(&mut archive, "xl/styles.xml", &wrapped("styleSheet", STYLES.as_bytes()));
    archive.finish().expect("memory takes every byte").into_inner()
}

fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mark = PARTING.as_bytes();
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(place) = rest.windows(mark.len()).position(|window| window == mark) {
        parts.push(&rest[..place]);
        rest = &rest[place + mark.len()..];
    }
    parts.push(rest);
    parts
}

fn wrapped(element: &str, inner: &[u8]) -> Vec<u8> {
    let head = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{element} {NAMESPACES}>");
    [head.as_bytes(), inner, format!("</{element}>").as_bytes()].concat()
}

fn add(archive: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) {
    // Inflating would only cost time.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    archive.start_file(name, stored).expect("memory takes every byte");
    archive.write_all(bytes).expect("memory takes every byte");
}
