use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::names::{parse_phone, role_from_words};
use crate::register::OrganizationKind;

const KINDS: [OrganizationKind; 3] =
    [OrganizationKind::School, OrganizationKind::College, OrganizationKind::Kindergarten];
const DANGEROUS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

#[test]
fn cells_are_neutralised_and_stay_readable() {
    let cases = [
        ("", ""),
        ("Котова Анна", "Котова Анна"),
        ("'=", "'="),
        ("=1+1", "'=1+1"),
        ("  =1+1", "'=1+1"),
        ("\u{A0}\u{200B}@SUM(A1)", "'@SUM(A1)"),
        ("\t=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
        ("＝1", "'＝1"),
        ("\0\r\nА", "А"),
        ("а\r\nб\rв", "а\nб\nв"),
        ("-", "—"),
        (" -- ", "—"),
        ("-5", "'-5"),
        ("+79173456745", "8 917 345-67-45"),
        ("+7 (917) 345-67-45", "8 917 345-67-45"),
        ("+7 917 3456745, 89170000000", "8 917 3456745, 89170000000"),
        ("+375 29 123-45-67", "'+375 29 123-45-67"),
        ("+7 раз", "'+7 раз"),
        ("8 917 345-67-45", "8 917 345-67-45"),
    ];
    for (text, expected) in cases {
        assert_eq!(safe_cell(text), expected, "{text:?}");
    }
}

#[test]
fn phones_mean_the_same_after_the_cell() {
    for phone in ["+79173456745", "+7 917 345 67 45", "89173456745", "+375291234567", "+44 20 7946 0000"] {
        assert_eq!(parse_phone(&safe_cell(phone)), parse_phone(phone), "{phone}");
    }
}

fn reread(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).expect("a byte order mark");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(text);
    let rows = reader.records().map(|record| record.expect("a record"));
    rows.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

fn bare(cell: &str) -> &str {
    cell.trim_start_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '\u{200B}' | '\u{FEFF}' | '\u{AD}')
    })
}

fn spreadsheet_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ \t\r\n\u{0}\u{A0}\u{200B}=+@＝;,\"'а7-]{0,12}",
        "\\+7[0-9 ()-]{0,16}(, \\+7[0-9]{10})?",
    ]
}

proptest! {
    #[test]
    fn no_cell_of_a_csv_begins_a_formula(
        rows in prop::collection::vec(prop::collection::vec(spreadsheet_text(), 1..4), 1..4)
    ) {
        let bytes = csv_table(&["=Заголовок", "Б", "В"], &rows);
        let read = reread(&bytes);
        prop_assert_eq!(read.len(), rows.len() + 1);
        for (row, written) in read.iter().skip(1).zip(&rows) {
            prop_assert_eq!(row.len(), written.len());
        }
        for cell in read.iter().flatten() {
            prop_assert!(!cell.starts_with(DANGEROUS) && !bare(cell).starts_with(DANGEROUS), "{:?}", cell);
            prop_assert_eq!(&safe_cell(cell), cell, "once is enough");
        }
    }

    #[test]
    fn harmless_texts_stay_as_they_are(text in "[а-яёА-ЯЁ0-9«»., ()]{0,40}") {
        prop_assert_eq!(safe_cell(&text), text);
    }
}

/// The parts of a workbook by name.
fn parts_of(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).expect("text");
        parts.push((file.name().expect("a name").into_owned(), text));
    }
    parts
}

/// The cells of a worksheet as calamine reads them.
fn cells_of(bytes: &[u8], sheet: &str) -> Vec<Vec<calamine::Data>> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("opens");
    let formulas = book.worksheet_formula(sheet).expect("a sheet");
    assert!(formulas.used_cells().next().is_none(), "no formula");
    let range = book.worksheet_range(sheet).expect("a sheet");
    range.rows().map(<[_]>::to_vec).collect()
}

#[test]
fn a_workbook_holds_texts_and_dates_and_no_formula() {
    use calamine::Data;
    let texts = ["=1+1", "+79173456745", "@a", "-", "7.2", "_x0041_", "а\u{1}б\u{FFFF}", "https://max.ru/a"];
    let rows: Vec<Vec<TableCell>> = texts
        .iter()
        .map(|text| vec![TableCell::from(*text), TableCell::from(Some(date(2014, 12, 31))), TableCell::Empty])
        .collect();
    let bytes = xlsx_table("Список", &["ФИО", "Дата", "Пусто"], &rows).expect("written");
    assert_eq!(
        bytes,
        xlsx_table("Список", &["ФИО", "Дата", "Пусто"], &rows).expect("written"),
        "no clock in it"
    );
    let cells = cells_of(&bytes, "Список");
    assert_eq!(cells.len(), texts.len() + 1);
    for (row, text) in cells.iter().skip(1).zip(texts) {
        let expected = if text.starts_with("а\u{1}") { "аб" } else { text };
        assert_eq!(row[0], Data::String(expected.to_owned()));
        assert!(matches!(row[1], Data::DateTime(_)), "{:?}", row[1]);
    }
    let parts = parts_of(&bytes);
    let sheet = &parts.iter().find(|(name, _)| name.ends_with("sheet1.xml")).expect("the sheet").1;
    assert!(sheet.contains("<autoFilter") && sheet.contains("state=\"frozen\"") && !sheet.contains("<f>"));
    assert!(!parts.iter().any(|(name, _)| name.contains("hyperlink")));
}

#[test]
fn limits_of_a_worksheet_are_named() {
    let long = vec![vec![TableCell::from("ж".repeat(40_000))]];
    assert_eq!(xlsx_table("Список", &["А"], &long), Err(DocumentError::CellTooLong));
    let wide = vec![vec![TableCell::from("ж"); 20_000]];
    assert_eq!(xlsx_table("Список", &["А"], &wide), Err(DocumentError::TooLarge));
    assert!(xlsx_table("Список", &[], &[]).is_ok());
    let old = xlsx_table("Список", &["Дата"], &[vec![TableCell::Date(date(1812, 9, 7))]]).expect("written");
    assert_eq!(
        cells_of(&old, "Список")[1][0].to_string(),
        "07.09.1812",
        "before a worksheet's first day: a text"
    );
}

#[test]
fn templates_hold_a_header_of_text_columns_and_nobody() {
    for kind in RosterTemplate::ALL {
        for organization in KINDS {
            let bytes = roster_template(kind, organization).expect("made");
            let list = cells_of(&bytes, "Список");
            let headers: Vec<String> = list[0].iter().map(ToString::to_string).collect();
            assert_eq!(headers, kind.headers(organization));
            assert_eq!(list.len(), 1, "no example would be imported");
            let explained: String =
                cells_of(&bytes, "Пояснения").into_iter().flatten().map(|cell| format!("{cell}\n")).collect();
            for word in
                ["СНИЛС", "не вносите", "XLSX", "вымышлены"].into_iter().chain(kind.headers(organization))
            {
                assert!(explained.contains(word), "{kind:?} {organization:?}: {word}");
            }
            let parts = parts_of(&bytes);
            let styles = &parts.iter().find(|(name, _)| name.ends_with("styles.xml")).expect("styles").1;
            assert!(styles.contains("numFmtId=\"49\""), "text columns");
        }
    }
    assert!(["учитель", "сотрудник"].into_iter().all(|word| role_from_words(word).is_some()));
}

#[test]
fn sheets_keep_titles_and_merged_cells() {
    let sheet = PlainSheet {
        name: "5А".into(),
        rows: [
            vec!["Список 5А", "", ""],
            vec!["Класс", "ФИО", "Тел."],
            vec!["5А", "Котова Анна", "=1"],
            vec!["", "Лунин Лев", ""],
        ]
        .map(|row| row.into_iter().map(str::to_owned).collect())
        .into(),
        header: 1,
        merged: vec![[0, 0, 0, 2], [2, 0, 3, 0]],
    };
    let bytes = plain_workbook(&[sheet]).expect("made");
    let cells: Vec<String> =
        cells_of(&bytes, "5А").into_iter().flatten().map(|cell| cell.to_string()).collect();
    assert_eq!(cells[..6], ["Список 5А", "", "", "Класс", "ФИО", "Тел."]);
    assert_eq!(cells[6..], ["5А", "Котова Анна", "=1", "", "Лунин Лев", ""]);
    let parts = parts_of(&bytes);
    assert!(parts.iter().any(|(_, text)| text.contains("<mergeCell ref=\"A3:A4\"/>")));
}
