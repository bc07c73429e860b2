//! The same list through three formats gives the same rows.

use sferum_console::roster::{IssueCode, Severity};

use crate::fixture::*;
use crate::writing::*;

/// A class list as schools have them: titles, a blank row, merged classes, dates, phones as numbers, a hidden row.
fn class_list() -> Tab {
    use Value::*;
    Tab {
        name: "Список",
        rows: vec![
            text(&["Список обучающихся на 01.09.2026"]),
            Vec::new(),
            Vec::new(),
            text(&["№", "ФИО", "Класс", "Дата рождения", "Телефон", "Столовая"]),
            vec![
                Number(1.0),
                Text("Ким Ян Ильич"),
                Text("7Б"),
                Date(2013, 3, 14),
                Number(79_175_550_131.0),
                Truth(true),
            ],
            vec![Number(2.0), Text("Ли Анна"), Nothing, Date(2013, 12, 31), Text("8 917 555-01-32")],
            vec![Number(3.0), Text("Цой Вера"), Nothing, Date(2012, 2, 29), Nothing, Truth(false)],
            vec![Number(4.0), Text("Пак Юн"), Text("7В"), Nothing, Number(79_175_550_133.0), Number(4.5)],
        ],
        hidden_rows: vec![6],
        merged: vec![(4, 6, 2)],
        ..Tab::default()
    }
}

#[test]
fn three_formats_give_the_same_rows() {
    for (format, bytes) in every_format(&[class_list()]) {
        let (opened, roster) = read(&bytes, &students()).unwrap_or_else(|error| panic!("{format}: {error}"));
        let expected = [
            "5 Ким Ян Ильич 7Б 79175550131 2013-03-14",
            "6 Ли Анна 7Б 79175550132 2013-12-31",
            "7 Цой Вера 7Б — 2012-02-29",
            "8 Пак Юн 7В 79175550133 —",
        ];
        assert_eq!(people(&roster), expected, "{format}");
        assert_eq!((roster.source.format, roster.source.header_row), (format, 4));
        assert_eq!(roster.source.sheet.as_deref(), Some("Список"));
        assert_eq!((roster.source.encoding, roster.source.delimiter), (None, None));
        let cell = |row, column| opened.row(row).map(|row| row.cell(column).to_owned());
        assert_eq!(cell(5, 5).as_deref(), Some("да"), "{format}");
        assert_eq!(cell(7, 5).as_deref(), Some("нет"), "{format}");
        assert_eq!(cell(8, 5).as_deref(), Some("4,5"), "{format}");
        assert_eq!(cell(5, 0).as_deref(), Some("1"), "{format}");
        assert_eq!(cell(5, 3).as_deref(), Some("14.03.2013"), "{format}");
    }
}

#[test]
fn hidden_rows_are_taken_and_said() {
    for (format, bytes) in every_format(&[class_list()]) {
        let (opened, roster) = read(&bytes, &students()).expect("reads");
        assert_eq!(opened.hidden_rows, [7], "{format}");
        let hidden: Vec<u32> = roster
            .issues
            .iter()
            .filter(|issue| issue.code == IssueCode::HiddenRow)
            .map(|issue| issue.row)
            .collect();
        assert_eq!(hidden, [7], "{format}");
        assert!(roster.issues.iter().all(|issue| issue.severity == Severity::Warning), "{format}");
        assert_eq!(roster.notes[0], "Скрытые строки: 1 (7), они прочитаны.");
    }
}

#[test]
fn empty_last_cells_are_not_missing_ones() {
    for (format, bytes) in every_format(&[class_list()]) {
        let (_, roster) = read(&bytes, &students()).expect("reads");
        assert!(!roster.issues.iter().any(|issue| issue.code == IssueCode::TooFewFields), "{format}");
    }
}

#[test]
fn merged_cells_are_told_as_the_file_has_them() {
    for (format, bytes) in every_format(&[class_list()]) {
        let merged = &workbook(&bytes).sheets[0].merged;
        assert_eq!(merged.len(), 1, "{format}");
        let range = merged[0];
        assert_eq!(
            (range.first_row, range.last_row, range.first_column, range.last_column),
            (5, 7, 3, 3),
            "{format}"
        );
    }
}

#[test]
fn days_are_counted_from_1904_where_the_file_says_so() {
    let old = xls(&[class_list()], true);
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>ФИО</t></is></c></row>\
                 <row r=\"2\"><c r=\"A2\" s=\"1\"><v>39884</v></c></row></sheetData>";
    let xlsx_1904 = |flag: &str| {
        let workbook = format!(
            "<workbook xmlns:r=\"r\"><workbookPr {flag}/><sheets><sheet name=\"Лист1\" r:id=\"rId1\"/></sheets></workbook>"
        );
        raw_xlsx(sheet, &[("xl/workbook.xml", &workbook)])
    };
    assert_eq!(cells(&workbook(&old), 0)[2].1[3], "14.03.2013");
    assert_eq!(cells(&workbook(&xlsx_1904("date1904=\"1\"")), 0)[1].1[0], "13.03.2013");
    assert_eq!(cells(&workbook(&xlsx_1904("")), 0)[1].1[0], "12.03.2009");
}

#[test]
fn formulas_errors_and_inline_texts() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>ФИО</t></is></c>\
                 <c r=\"B1\" t=\"str\"><f>1</f><v>Кла&amp;сс</v></c></row>\
                 <row r=\"3\"><c r=\"A3\" t=\"e\"><v>#N/A</v></c><c r=\"B3\"><f>2+3</f><v>5</v></c></row></sheetData>";
    let read = cells(&workbook(&raw_xlsx(sheet, &[])), 0);
    let expected = [(1, vec!["ФИО", "Кла&сс"]), (3, vec!["", "5"])];
    let expected =
        expected.map(|(row, cells)| (row, cells.into_iter().map(str::to_owned).collect::<Vec<_>>()));
    assert_eq!(read, expected);
}

#[test]
fn styled_empty_cells_far_away_are_nothing() {
    let sheet = "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c>\
                 <c r=\"XFD1\" s=\"1\"/></row><row r=\"1048576\"><c r=\"A1048576\" s=\"1\"/></row></sheetData>";
    assert_eq!(cells(&workbook(&raw_xlsx(sheet, &[])), 0), [(1, vec!["1".to_owned()])]);
}

#[test]
fn sensitive_columns_do_not_leave_the_workbook() {
    for (format, bytes) in
        every_format(&[tab("1", &[&["ФИО", "СНИЛС", "Класс"], &["Ким Ян", "112-233", "5А"]])])
    {
        let (opened, roster) = read(&bytes, &students()).expect("reads");
        assert!(opened.sheet.rows().all(|row| !row.cells().any(|cell| cell.contains("112"))), "{format}");
        assert_eq!(roster.skipped_columns, ["СНИЛС"]);
    }
}

#[test]
fn many_rows_come_through() {
    let mut list = tab("Все", &[&["ФИО", "Класс"]]);
    list.rows.extend((0..20_000).map(|_| text(&["Ким Ян", "5А"])));
    let sheet = &workbook(&xlsx(&[list])).sheets[0];
    assert_eq!(sheet.rows.row_count(), 20_001);
}
