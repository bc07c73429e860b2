//! What a file is, by its first bytes and the names inside its container; never by its ending.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::WorkbookFormat;
use super::compound::Compound;
use super::problem::WorkbookProblem;
use crate::roster::problem::{ForeignFormat, RosterError};

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A workbook.
    Workbook(WorkbookFormat),
    /// Delimited text, as far as the first bytes can tell.
    Text,
}

/// First bytes of formats that are known and not read.
const FOREIGN: [(&[u8], ForeignFormat); 13] = [
    (b"%PDF-", ForeignFormat::Pdf),
    (b"\x89PNG\r\n", ForeignFormat::Picture),
    (b"\xFF\xD8\xFF", ForeignFormat::Picture),
    (b"GIF8", ForeignFormat::Picture),
    (b"II*\0", ForeignFormat::Picture),
    (b"MM\0*", ForeignFormat::Picture),
    (b"{\\rtf", ForeignFormat::WordDocument),
    (b"SQLite format 3\0", ForeignFormat::Database),
    (b"Rar!\x1A\x07", ForeignFormat::OtherArchive),
    (b"7z\xBC\xAF\x27\x1C", ForeignFormat::OtherArchive),
    (b"\x1F\x8B\x08", ForeignFormat::OtherArchive),
    // Workbooks of Excel 2 to 4, which had no container.
    (b"\x09\x08\x10\x00", ForeignFormat::ExcelXls),
    (b"\x09\x04\x06\x00", ForeignFormat::ExcelXls),
];

/// Beginnings of web pages that school systems save under the ending .xls.
const WEB_PAGES: [&str; 6] = ["<!doctype html", "<html", "<table", "<head", "<meta", "<body"];
/// Characters within which an XML file says what it is.
const XML_BEGINNING: usize = 2_000;

/// Tells what the bytes are.
///
/// # Errors
/// [`RosterError::ForeignFormat`] for what is known and not read, [`RosterError::Workbook`] for a torn or encrypted
/// container.
pub fn detect_source(bytes: &[u8]) -> Result<SourceKind, RosterError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return in_archive(bytes);
    }
    if Compound::is_one(bytes) {
        return in_compound(bytes);
    }
    let known = FOREIGN.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| format);
    match known.or_else(|| webp_or_heic(bytes)).or_else(|| markup(bytes)) {
        Some(format) => Err(RosterError::ForeignFormat(format)),
        None => Ok(SourceKind::Text),
    }
}

fn webp_or_heic(bytes: &[u8]) -> Option<ForeignFormat> {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let is_heic = bytes.get(4..8) == Some(b"ftyp");
    (is_webp || is_heic).then_some(ForeignFormat::Picture)
}

fn markup(bytes: &[u8]) -> Option<ForeignFormat> {
    // Marks of order and the zero bytes of UTF-16 aside, markup begins with ASCII in every encoding.
    let letters = bytes.iter().take(2 * XML_BEGINNING).filter(|byte| byte.is_ascii() && **byte != 0);
    let beginning: String = letters.map(|byte| byte.to_ascii_lowercase() as char).collect();
    let beginning = beginning.trim_start();
    if WEB_PAGES.iter().any(|page| beginning.starts_with(page)) {
        return Some(ForeignFormat::WebPage);
    }
    if !beginning.starts_with("<?xml") {
        return None;
    }
    let is_page = beginning.contains("<html") || beginning.contains("<table");
    Some(if is_page { ForeignFormat::WebPage } else { ForeignFormat::XmlDocument })
}

fn in_archive(bytes: &[u8]) -> Result<SourceKind, RosterError> {
    let broken = RosterError::Workbook(WorkbookProblem::BrokenContainer);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken)?;
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(|name| name.to_ascii_lowercase()).collect();
    let has = |name: &str| names.iter().any(|other| other == name);
    let has_folder = |folder: &str| names.iter().any(|other| other.starts_with(folder));
    let format = if has("xl/workbook.xml") {
        return Ok(SourceKind::Workbook(WorkbookFormat::Xlsx));
    } else if has("xl/workbook.bin") {
        ForeignFormat::ExcelXlsb
    } else if has_folder("word/") {
        ForeignFormat::WordDocument
    } else if has_folder("xl/") {
        // A workbook whose main part has an unusual name.
        return Ok(SourceKind::Workbook(WorkbookFormat::Xlsx));
    } else {
        match declared_type(&mut archive).as_str() {
            kind if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") => {
                return Ok(SourceKind::Workbook(WorkbookFormat::Ods));
            }
            kind if kind.starts_with("application/vnd.oasis.opendocument") => ForeignFormat::WordDocument,
            _ => ForeignFormat::ZipArchive,
        }
    };
    Err(RosterError::ForeignFormat(format))
}

fn declared_type(archive: &mut ZipArchive<Cursor<&[u8]>>) -> String {
    let mut text = String::new();
    if let Ok(entry) = archive.by_name("mimetype") {
        // A torn or foreign file declares nothing.
        let _ = entry.take(200).read_to_string(&mut text);
    }
    text
}

fn in_compound(bytes: &[u8]) -> Result<SourceKind, RosterError> {
    let compound = Compound::open(bytes).map_err(RosterError::Workbook)?;
    if compound.has("EncryptedPackage") {
        return Err(RosterError::Workbook(WorkbookProblem::Encrypted));
    }
    if compound.has("Workbook") || compound.has("Book") {
        return Ok(SourceKind::Workbook(WorkbookFormat::Xls));
    }
    let is_word = compound.has("WordDocument");
    Err(RosterError::ForeignFormat(if is_word {
        ForeignFormat::WordDocument
    } else {
        ForeignFormat::OtherOffice
    }))
}
