//! Whole files, made here in the shapes of real ones, from bytes to rows. All names are invented.

use super::*;
use proptest::prelude::*;

fn students() -> ReadChoices {
    ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() }
}

fn encoded(text: &str, encoding: RosterEncoding) -> Vec<u8> {
    match encoding {
        RosterEncoding::Utf8 => text.as_bytes().to_vec(),
        RosterEncoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        RosterEncoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        RosterEncoding::Windows1251 => encoding_rs::WINDOWS_1251.encode(text).0.into_owned(),
        RosterEncoding::Ibm866 => encoding_rs::IBM866.encode(text).0.into_owned(),
        RosterEncoding::Koi8R => encoding_rs::KOI8_R.encode(text).0.into_owned(),
        RosterEncoding::MacCyrillic => encoding_rs::X_MAC_CYRILLIC.encode(text).0.into_owned(),
    }
}

fn read(text: &str, choices: &ReadChoices) -> MappedRoster {
    read_roster(text.as_bytes(), choices).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn people(roster: &MappedRoster) -> Vec<String> {
    let line = |row: &RosterRow| {
        let group = row.group.as_ref().map_or("—", |group| group.text.as_str());
        format!("{} {} {}", row.row, row.name.full(), group)
    };
    roster.rows.iter().map(line).collect()
}

fn codes(roster: &MappedRoster) -> Vec<(u32, &'static str)> {
    roster.issues.iter().map(|issue| (issue.row, issue.code.code())).collect()
}

fn failure(bytes: &[u8], choices: &ReadChoices) -> &'static str {
    read_roster(bytes, choices).map(|_| ()).expect_err("must be refused").code()
}

#[test]
fn the_csv_of_a_russian_excel() {
    let text = "Фамилия;Имя;Отчество;Класс;\r\nГусев;Пётр;Ильич;5а;\r\nКим;Яна;;5 «Б»;\r\n";
    let roster = read_roster(&encoded(text, RosterEncoding::Windows1251), &students()).expect("reads");
    assert_eq!(people(&roster), ["2 Гусев Пётр Ильич 5А", "3 Ким Яна 5Б"]);
    assert!(roster.issues.is_empty());
    assert_eq!(
        roster.source,
        SourceFacts {
            format: "csv",
            encoding: Some("windows-1251"),
            delimiter: Some(";"),
            sheet: None,
            header_row: 1
        }
    );
}

#[test]
fn unicode_text_dos_and_byte_order_marks() {
    let tabs = "\u{FEFF}ФИО\tКласс\r\nГусев Пётр Ильич\t5А\r\n";
    let roster = read_roster(&encoded(tabs, RosterEncoding::Utf16Le), &students()).expect("reads");
    assert_eq!((roster.source.format, roster.source.encoding), ("tsv", Some("utf-16le")));
    assert_eq!(people(&roster), ["2 Гусев Пётр Ильич 5А"]);

    let dos = "ФИО,Группа\r\nГусев Пётр Ильич,ИС-21-1\r\n\x1A";
    let roster = read_roster(&encoded(dos, RosterEncoding::Ibm866), &students()).expect("reads");
    assert_eq!((roster.source.encoding, roster.source.delimiter), (Some("ibm866"), Some(",")));
    assert_eq!(people(&roster), ["2 Гусев Пётр Ильич ИС-21-1"]);

    let marked = "\u{FEFF}ФИО;Класс\nГусев Пётр;5А\n";
    assert_eq!(read(marked, &students()).source.encoding, Some("utf-8"));
}

#[test]
fn two_lines_of_windows_1251() {
    let bytes = encoded("ФИО;Класс\r\nЮн Яна;1Б\r\n", RosterEncoding::Windows1251);
    let roster = read_roster(&bytes, &students()).expect("reads");
    assert_eq!(people(&roster), ["2 Юн Яна 1Б"]);
    assert_eq!(roster.source.encoding, Some("windows-1251"));
}

#[test]
fn titles_give_the_class() {
    let text = "Школа;;\n;;\nСписок обучающихся 9 «Б» класса на 01.09.2026;;\n№;ФИО;Тел.\n1;Ким Ян;\n2;Ли Яна;\n3;;\nИтого: 2;;\n";
    let roster = read(text, &ReadChoices::default());
    assert_eq!(people(&roster), ["5 Ким Ян 9Б", "6 Ли Яна 9Б"]);
    assert!(roster.rows.iter().all(|row| row.role == Some(Role::Student)));
    assert_eq!((roster.source.header_row, roster.totals_dropped, roster.rows_seen), (4, 1, 2));
    assert!(roster.issues.is_empty());
}

#[test]
fn class_in_two_columns_and_in_spellings() {
    let text = "Фамилия;Имя;Параллель;Литера\nКим;Ян;7;б\nЛи;Яна;10;инж\nЦой;Юн;7;Б\n";
    let roster = read(text, &students());
    assert_eq!(people(&roster), ["2 Ким Ян 7Б", "3 Ли Яна 10 инж", "4 Цой Юн 7Б"]);
    let values: Vec<_> =
        roster.class_values.iter().map(|value| (value.written.as_str(), value.rows)).collect();
    assert_eq!(values, [("7 б", 1), ("10 инж", 1), ("7 Б", 1)]);
}

#[test]
fn sensitive_columns_never_reach_the_rows() {
    let text = "ФИО;СНИЛС;Класс;Адрес;Пароль\nКим Ян;112-233-445 95;5А;ул. Лесная, 3;zq7wX\n";
    let opened = open_roster(text.as_bytes(), &students()).expect("opens");
    let kept: String = opened.sheet.rows().filter(|row| row.number() > 1).flat_map(SheetRow::cells).collect();
    assert_eq!(kept, "Ким Ян5А");
    let roster = read(text, &students());
    assert_eq!(roster.skipped_columns, ["СНИЛС", "Адрес", "Пароль"]);
    assert_eq!(roster.notes.len(), 1);
}

#[test]
fn roles_come_from_the_file_then_from_the_choice() {
    let text = "ФИО;Должность;Телефон\nКим Ян;учитель физики;89130000001\nЛи Яна;звонарь;\nЦой Юн;;\n";
    let roster = read(text, &ReadChoices::default());
    let roles: Vec<_> = roster.rows.iter().map(|row| row.role).collect();
    assert_eq!(roles, [Some(Role::Teacher), Some(Role::Employee), None]);
    assert_eq!(roster.rows[0].post, "учитель физики");
    assert!(roster.rows[0].phone.is_some());

    let mixed = "ФИО;Класс;Роль\nКим Ян;5А;ученик\nЛи Яна;5А;мать\nЦой Юн;5А;ччч\n";
    let roster = read(mixed, &students());
    let roles: Vec<_> = roster.rows.iter().map(|row| row.role).collect();
    assert_eq!(roles, [Some(Role::Student), Some(Role::Parent), Some(Role::Student)]);
    assert_eq!(codes(&roster), [(4, "unknown_role")]);
}

#[test]
fn bad_cells_are_named_and_not_taken() {
    let text = "ФИО;Класс;Телефон;Дата рождения\n\
                Ким Ян;5А;89130000001, 89130000002;31.02.2015\n\
                Ли Яна;5А;7,9E+10;14.03.2015\n\
                Цой;5А;;\n\
                ;5А;;\n\
                Пак Юн;;;\n\
                Тен Ия;5А;;;лишнее;ещё\n\
                Хан Ая;5А\n\
                Ким  ЯН;5 а;;\n";
    let roster = read(text, &students());
    assert_eq!(people(&roster), ["2 Ким Ян 5А", "3 Ли Яна 5А", "8 Хан Ая 5А"]);
    let expected = [
        (2, "two_phones"),
        (2, "bad_birth_date"),
        (3, "bad_phone"),
        (4, "bad_name"),
        (5, "no_name"),
        (6, "no_group"),
        (7, "too_many_fields"),
        (9, "duplicate_row"),
    ];
    assert_eq!(codes(&roster), expected);
    assert!(roster.rows[0].phone.is_none() && roster.rows[0].birth_date.is_none());
    assert!(roster.rows[1].birth_date.is_some());
    assert!(roster.issues[6].message.starts_with("В строке 7 на 2 поля больше, чем столбцов"));
    assert_eq!(roster.issues[0].column.as_deref(), Some("Телефон"));
    for issue in &roster.issues {
        assert!(
            issue.message.contains(&format!("троке {}", issue.row))
                || issue.message.contains(&format!("трока {}", issue.row))
        );
    }
}

#[test]
fn namesakes_with_different_birth_dates_stay_two() {
    let text = "ФИО;Класс;Дата рождения\nКим Ян;5А;01.02.2015\nКим Ян;5А;02.02.2015\nКим Ян;5А;01.02.2015\n";
    let roster = read(text, &students());
    assert_eq!(people(&roster), ["2 Ким Ян 5А", "3 Ким Ян 5А"]);
    assert_eq!(codes(&roster), [(4, "duplicate_row")]);
}

#[test]
fn short_rows_are_warned_of_only_where_it_matters() {
    let text = "ФИО;Роль;Класс;Примечание\nКим Ян;учитель\nЛи Яна;ученик;5А\n";
    let roster = read(text, &ReadChoices::default());
    assert_eq!(people(&roster), ["2 Ким Ян —", "3 Ли Яна 5А"]);
    assert_eq!(codes(&roster), [(2, "too_few_fields")]);
}

#[test]
fn what_cannot_be_read_is_refused() {
    let cases: [(&[u8], &str); 8] = [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"\x7FELF\x02\x01\x01\0\0\0\0\0\0", "binary"),
        (b"PK\x03\x04\x14\0\x06\0xl/", "foreign_format"),
        ("ФИО;Класс\n".as_bytes(), "header_only"),
        ("ФИО;Класс\nИтого;\n".as_bytes(), "header_only"),
        ("ФИО;Телефон\nКим Ян;\n".as_bytes(), "no_group_column"),
        ("Класс;Телефон\n5А;1\n".as_bytes(), "no_name_column"),
    ];
    for (bytes, code) in cases {
        assert_eq!(failure(bytes, &students()), code);
    }
    assert_eq!(failure(&vec![b'a'; MAX_FILE_BYTES + 1], &students()), "file_too_large");
    let choices = ReadChoices { group: Some("5А".into()), ..students() };
    assert_eq!(people(&read("ФИО;Телефон\nКим Ян;\n", &choices)), ["2 Ким Ян 5А"]);
}

#[test]
fn names_never_stand_in_debug_output() {
    let roster = read("ФИО;Класс\nКим Ян;5А\n", &students());
    assert_eq!(format!("{:?}", roster.rows), "[RosterRow(2)]");
}

const NAUGHTY_CELLS: [&str; 16] = [
    "'; DROP TABLE person; --",
    "=HYPERLINK(\"x\")",
    "+cmd|' /C calc'!A0",
    "\u{202E}тескт\u{202C}",
    "a\u{200B}b\u{2060}c",
    "и\u{306}",
    "«„“”»",
    "👩‍👩‍👧 \u{1F1F7}\u{1F1FA}",
    "ﷺ ᚠᛇᚻ",
    "<b>&amp;</b>",
    "%s%n %00 ${x}",
    "line\nbreak\r\nin cell",
    "\"quoted\"",
    "x;y,z\tw",
    " leading\u{A0}",
    "\u{7F}\u{AD}",
];

#[test]
fn naughty_cells_survive_the_sheet_unchanged() {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(["ФИО", "Класс", "Примечание"]).expect("writes to memory");
    for cell in NAUGHTY_CELLS {
        writer.write_record(["Ким Ян", "5А", cell]).expect("writes to memory");
    }
    let bytes = writer.into_inner().expect("writes to memory");
    let opened = open_roster(&bytes, &students()).expect("opens");
    let cells: Vec<&str> = opened.sheet.rows().skip(1).map(|row| row.cell(2)).collect();
    assert_eq!(cells, NAUGHTY_CELLS);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), role in 0..2) {
        let choices = if role == 0 { students() } else { ReadChoices::default() };
        if let Err(error) = read_roster(&bytes, &choices) {
            prop_assert!(error.russian("a.csv").contains("Список не изменён"));
        }
    }

    #[test]
    fn no_text_below_a_header_panics(body in "[а-яА-Я0-9;\"\t,\r\n .+-]{0,300}") {
        let text = format!("ФИО;Класс;Телефон;Дата рождения;Мать;Роль\n{body}");
        for choices in [students(), ReadChoices::default()] {
            if let Ok(roster) = read_roster(text.as_bytes(), &choices) {
                prop_assert!(roster.rows.len() as u32 <= roster.rows_seen);
            }
        }
    }

    #[test]
    fn cells_round_trip(cells in proptest::collection::vec("[^\\p{C}\u{FFFD};\t,]{1,20}", 1..20)) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(["ФИО", "Класс", "Примечание"]).expect("writes to memory");
        for cell in &cells {
            writer.write_record(["Ким Ян", "5А", cell]).expect("writes to memory");
        }
        let bytes = writer.into_inner().expect("writes to memory");
        let opened = open_roster(&bytes, &students()).expect("opens");
        let read: Vec<&str> = opened.sheet.rows().skip(1).map(|row| row.cell(2)).collect();
        // A last column without a single value is dropped, so blanks at the end come back as nothing.
        let trimmed: Vec<&str> = cells.iter().map(|cell| if cell.trim().is_empty() { "" } else { cell }).collect();
        let read: Vec<&str> = read.into_iter().map(|cell| if cell.trim().is_empty() { "" } else { cell }).collect();
        prop_assert_eq!(read, trimmed);
    }
}
