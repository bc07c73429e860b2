//! What a file is, by its bytes.

use sferum_console::roster::{SourceKind, WorkbookFormat, detect_source};

use crate::fixture::*;
use crate::writing::*;

#[test]
fn formats_are_known_by_their_bytes() {
    let list = [tab("Лист1", &[&["ФИО", "Класс"], &["Ким Ян", "5А"]])];
    let expected = [WorkbookFormat::Xlsx, WorkbookFormat::Ods, WorkbookFormat::Xls];
    for ((format, bytes), expected) in every_format(&list).into_iter().zip(expected) {
        assert_eq!(detect_source(&bytes), Ok(SourceKind::Workbook(expected)), "{format}");
    }
    assert_eq!(detect_source("ФИО;Класс\nКим Ян;5А\n".as_bytes()), Ok(SourceKind::Text));
}

#[test]
fn what_is_not_read_is_refused_by_name() {
    let utf16: Vec<u8> = "\u{FEFF}<html><table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(Vec<u8>, &str, &str); 15] = [
        (archive(&[("xl/workbook.bin", b"x")]), "foreign_format", ".xlsb"),
        (archive(&[("word/document.xml", b"<a/>")]), "foreign_format", "текстовый документ"),
        (archive(&[("list.csv", b"a")]), "foreign_format", "ZIP"),
        (compound(&[("/WordDocument", b"x")]), "foreign_format", "текстовый документ"),
        (compound(&[("/PowerPoint Document", b"x")]), "foreign_format", "Office"),
        (compound(&[("/EncryptedPackage", b"x")]), "encrypted", "паролем"),
        (b"<html><body><table><tr><td>1".to_vec(), "foreign_format", "веб-страница"),
        (b"\xEF\xBB\xBF\r\n<TABLE border=1>".to_vec(), "foreign_format", "веб-страница"),
        (utf16, "foreign_format", "веб-страница"),
        (b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), "foreign_format", "XML"),
        (b"%PDF-1.7 x".to_vec(), "foreign_format", "PDF"),
        (b"\xFF\xD8\xFF\xDB".to_vec(), "foreign_format", "изображение"),
        (b"\0\0\0\x18ftypheic".to_vec(), "foreign_format", "изображение"),
        (b"Rar!\x1A\x07\0".to_vec(), "foreign_format", "архив"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 torn".to_vec(), "broken_container", "повреждён"),
    ];
    for (bytes, code, word) in cases {
        let error = detect_source(&bytes).expect_err(word);
        let said = error.russian("Список.xls");
        assert_eq!(error.code(), code, "{said}");
        assert!(said.contains(word) && said.starts_with("Файл «Список.xls» не прочитан: "), "{said}");
    }
}
