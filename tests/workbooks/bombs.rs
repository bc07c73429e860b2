//! Files made to do harm. Each ends in a sentence, named by the fault that fired; the program lives on.

use std::io::{Cursor, Write};
#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};
use std::time::Duration;

use sferum_console::roster::{RosterError, WorkbookProblem, WorkbookReader, read_body};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::fixture::*;
use crate::writing::*;

/// The code of the refusal; its sentence is looked at on the way.
fn refused_by(reader: &WorkbookReader, bytes: Vec<u8>) -> &'static str {
    let error = match read_body(bytes, reader, &|| false) {
        Err(error) => error,
        Ok(_) => panic!("must be refused"),
    };
    let said = error.russian("Список.xlsx");
    assert!(said.starts_with("Файл «Список.xlsx» не прочитан: "), "{said}");
    assert!(said.contains(". Список не изменён. ") && said.ends_with('.'), "{said}");
    assert!(!said.contains("причина неизвестна") && !said.contains(".."), "{said}");
    error.code()
}

fn refused(bytes: Vec<u8>) -> &'static str {
    refused_by(&reader(), bytes)
}

fn row(reference: &str) -> String {
    format!("<row><c r=\"{reference}\"><v>1</v></c></row>")
}

#[test]
fn far_and_false_cells() {
    let sheet = |rows: &str| raw_xlsx(&format!("<sheetData>{rows}</sheetData>"), &[]);
    assert_eq!(refused(far_corners()), "too_many_rows");
    assert_eq!(refused(sheet(&row("XFD1"))), "too_many_columns");
    assert_eq!(refused(sheet(&row("ZZZZZZZZZ1"))), "false_reference");
    assert_eq!(refused(sheet(&row("A99999999999"))), "false_reference");
    assert_eq!(refused(sheet("<row r=\"4294967295\"><c><v>1</v></c></row>")), "false_reference");
    let dimension = "<dimension ref=\"A1:ZZZZZZZ99999999999\"/><sheetData/>";
    assert_eq!(refused(raw_xlsx(dimension, &[])), "false_reference");
    let long = format!("<row r=\"3\"><c r=\"B3\" t=\"str\"><v>{}</v></c></row>", "я".repeat(10_001));
    assert_eq!(refused(sheet(&long)), "cell_too_long");
}

#[test]
fn false_counts() {
    assert_eq!(refused(four_thousand_million_texts()), "false_count");
    let mut stream = Vec::new();
    record(&mut stream, 0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    record(&mut stream, 0x00FC, &[0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F]);
    record(&mut stream, 0x000A, &[]);
    assert_eq!(refused(compound(&[("/Workbook", &stream)])), "false_count");
}

#[test]
fn xml_that_no_spreadsheet_writes() {
    let laughs =
        "<!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
    assert_eq!(refused(raw_xlsx("<sheetData/>", &[("xl/sharedStrings.xml", laughs)])), "document_type");
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    assert_eq!(refused(raw_xlsx(&deep, &[])), "too_deep");
    assert_eq!(refused(raw_xlsx("<sheetData><row>", &[])), "broken_contents");
    let merges = "<mergeCell ref=\"A1:A1048576\"/>".repeat(100_001);
    assert_eq!(refused(raw_xlsx(&format!("<sheetData/>{merges}"), &[])), "too_many_merged_ranges");
    let rows: String =
        (1..=2_000).map(|row| format!("<row r=\"{row}\"><c r=\"B{row}\"><v>1</v></c></row>")).collect();
    let merges: String = (0..1_000).map(|row| format!("<mergeCell ref=\"A{}:A2000\"/>", row + 1)).collect();
    let first = rows.replace("<c r=\"B", "<c r=\"A");
    let filled = format!("<sheetData>{first}{rows}</sheetData>{merges}");
    assert_eq!(refused(raw_xlsx(&filled, &[])), "too_many_merged_ranges");
}

#[test]
fn repetitions_of_ods() {
    let table = |rows: &str| raw_ods(&format!("<table:table table:name=\"1\">{rows}</table:table>"));
    let cell = |columns: u32| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{columns}\" office:value-type=\"float\" \
             office:value=\"1\"/>"
        )
    };
    let repeated = |rows: u64, cells: &str| {
        table(&format!("<table:table-row table:number-rows-repeated=\"{rows}\">{cells}</table:table-row>"))
    };
    assert_eq!(refused(repeated(1_048_576, &cell(1))), "too_many_rows");
    assert_eq!(refused(repeated(u64::MAX, &cell(1))), "too_many_rows");
    assert_eq!(refused(repeated(1, &cell(16_384))), "too_many_columns");
    assert_eq!(refused(repeated(100_000, &cell(150))), "too_many_cells");
    assert_eq!(
        refused(repeated(1, "<table:table-cell table:number-columns-repeated=\"x\"/>")),
        "false_reference"
    );
}

#[test]
fn far_cells_of_xls() {
    let mut wide = tab("Широкий", &[&["ФИО"], &["Ким Ян"]]);
    wide.rows.push(vec![Value::Nothing; 255]);
    wide.rows[2].push(Value::Number(1.0));
    let bytes = xls(&[wide], false);
    let said = body(&bytes).map(|_| ()).expect_err("must be refused").russian("Список.xls");
    assert!(said.contains("на листе «Широкий» в строке 3 заполнены ячейки дальше столбца 200"), "{said}");
    assert_eq!(refused(bytes), "too_many_columns");
    let mut sparse = tab("1", &[&["ФИО"]]);
    sparse.rows.resize(65_536, Vec::new());
    sparse.rows[65_535] = [vec![Value::Nothing; 190], vec![Value::Number(1.0)]].concat();
    assert_eq!(refused(xls(&[sparse], false)), "too_many_cells");
    // Declared dimensions alone are no harm.
    let mut declared = tab("1", &[&["ФИО", "Класс"], &["Ким Ян", "5А"]]);
    declared.rows.resize(65_536, Vec::new());
    assert_eq!(people(&read(&xls(&[declared], false), &students()).expect("reads").1), ["2 Ким Ян 5А — —"]);
}

#[test]
fn archives_that_lie() {
    let honest = xlsx(&[tab("5А", &[&["ФИО"], &["Ким Ян"]])]);
    for cut in [30, honest.len() / 2, honest.len() - 10] {
        assert_eq!(refused(honest[..cut].to_vec()), "broken_container", "cut at {cut}");
    }
    let names: Vec<String> = (0..10_000).map(|number| format!("xl/a{number}")).collect();
    let mut parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    parts.push(("xl/workbook.xml", b"<workbook/>"));
    assert_eq!(refused(archive(&parts)), "too_many_entries");

    let mut lying = raw_xlsx("<sheetData/>", &[]);
    for place in headers(&lying, b"PK\x01\x02") {
        lying[place + 24..place + 28].copy_from_slice(&7_u32.to_le_bytes());
    }
    for place in headers(&lying, b"PK\x03\x04") {
        lying[place + 22..place + 26].copy_from_slice(&7_u32.to_le_bytes());
    }
    assert_eq!(refused(lying), "broken_container");

    let mut overlapping = raw_xlsx("<sheetData/>", &[]);
    let directory = headers(&overlapping, b"PK\x01\x02");
    let first: Vec<u8> = overlapping[directory[0] + 42..directory[0] + 46].to_vec();
    overlapping[directory[3] + 42..directory[3] + 46].copy_from_slice(&first);
    let code = refused(overlapping);
    assert!(["overlapping_entries", "broken_container"].contains(&code), "{code}");
}

/// Where headers of this kind begin.
fn headers(bytes: &[u8], mark: &[u8]) -> Vec<usize> {
    bytes.windows(4).enumerate().filter(|(_, window)| *window == mark).map(|(place, _)| place).collect()
}

#[test]
fn what_inflates_beyond_the_limit() {
    let bytes = six_hundred_megabytes();
    assert!(bytes.len() < 10_000_000, "{} bytes", bytes.len());
    assert_eq!(refused(bytes), "inflates_too_far");
}

#[test]
fn a_child_that_runs_out_of_memory_dies_alone() {
    assert_eq!(refused(repeated_texts()), "reader_died");
}

/// Two cells in opposite corners of the largest sheet: 549 GB for a reader that makes room for what lies between.
fn far_corners() -> Vec<u8> {
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    raw_xlsx(&format!("<sheetData>{far}</sheetData>"), &[])
}

fn four_thousand_million_texts() -> Vec<u8> {
    let strings = "<sst uniqueCount=\"4000000000\" count=\"4000000000\"><si><t>ФИО</t></si></sst>";
    raw_xlsx("<sheetData/>", &[("xl/sharedStrings.xml", strings)])
}

fn six_hundred_megabytes() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let fast = SimpleFileOptions::default().compression_level(Some(1));
    writer.start_file("xl/workbook.xml", fast).expect("in memory");
    let megabyte = vec![b' '; 1024 * 1024];
    for _ in 0..600 {
        writer.write_all(&megabyte).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

/// Within every limit of the look beforehand, and half a gigabyte of texts once they are repeated.
fn repeated_texts() -> Vec<u8> {
    let cell = format!(
        "<table:table-cell table:number-columns-repeated=\"199\" office:value-type=\"string\"><text:p>{}</text:p>\
         </table:table-cell>",
        "a".repeat(200)
    );
    let table = format!(
        "<table:table table:name=\"1\"><table:table-row table:number-rows-repeated=\"20000\">{cell}\
         </table:table-row></table:table>"
    );
    raw_ods(&table)
}

/// The program itself, not its child, on the worst of them: a sentence, and a peak far below the child's limit.
#[cfg(target_os = "linux")]
#[test]
fn the_program_stays_small() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("школа.sferum");
    let made =
        Command::new(program()).arg("new").arg(&file).args(["--name", "Школа"]).output().expect("starts");
    assert!(made.status.success());
    for (name, bytes) in [
        ("углы.xlsx", far_corners()),
        ("тексты.xlsx", four_thousand_million_texts()),
        ("мегабайты.xlsx", six_hundred_megabytes()),
        ("повторы.ods", repeated_texts()),
    ] {
        let bomb = folder.path().join(name);
        sferum_console::files::write_bytes_atomically(&bomb, &bytes).expect("written");
        let mut running = Command::new(program())
            .arg("import")
            .args([&file, &bomb])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let status = format!("/proc/{}/status", running.id());
        let mut peak = 0;
        while running.try_wait().expect("its own child").is_none() {
            peak = peak.max(peak_kilobytes(&status).unwrap_or(0));
            std::thread::sleep(Duration::from_millis(2));
        }
        let ended = running.wait_with_output().expect("ended");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(&format!("Файл «{name}» не прочитан: ")), "{said}");
        assert!((1..300_000).contains(&peak), "{name}: {peak} KB");
    }
}

/// The greatest memory a process has had so far.
#[cfg(target_os = "linux")]
fn peak_kilobytes(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

#[test]
fn a_child_that_takes_too_long_is_ended() {
    let bytes = xlsx(&[tab("5А", &[&["ФИО"], &["Ким Ян"]])]);
    assert_eq!(refused_by(&reader().with_time_limit(Duration::ZERO), bytes), "reader_timed_out");
}

#[test]
fn a_child_that_cannot_start_is_said() {
    let bytes = xlsx(&[tab("5А", &[&["ФИО"], &["Ким Ян"]])]);
    assert_eq!(refused_by(&WorkbookReader::new("no such program".into()), bytes), "reader_not_started");
}

#[cfg(unix)]
#[test]
fn a_child_that_answers_nonsense_or_nothing_is_said() {
    let bytes = xlsx(&[tab("5А", &[&["ФИО"], &["Ким Ян"]])]);
    assert_eq!(refused_by(&WorkbookReader::new("/bin/echo".into()), bytes.clone()), "reader_answer_invalid");
    assert_eq!(refused_by(&WorkbookReader::new("/bin/false".into()), bytes), "reader_died");
}

/// Bytes turned at regular places, so that a failure can be repeated.
#[test]
fn damaged_workbooks_end_in_rows_or_words() {
    let list = [tab("5А", &[&["ФИО", "Класс"], &["Ким Ян", "5А"], &["Ли Анна", "5А"]])];
    let whole = xls(&list, false);
    let stream =
        whole.windows(4).position(|window| window == [0x09, 0x08, 0x10, 0]).expect("a workbook stream");
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>ФИО</v></c></row></sheetData>";
    let (mut read, mut said) = (0, 0);
    let mut judge = |bytes: Vec<u8>| match read_body(bytes, &reader(), &|| false) {
        Ok(_) => read += 1,
        Err(RosterError::Workbook(WorkbookProblem::ReaderNotStarted)) => panic!("the child must start"),
        Err(_) => said += 1,
    };
    for place in (0..60).map(|step| stream + step * 7) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0xA5;
        judge(damaged);
    }
    for place in (0..sheet.len()).step_by(2) {
        let mut damaged = sheet.as_bytes().to_vec();
        damaged[place] ^= 0x15;
        judge(raw_xlsx(&String::from_utf8_lossy(&damaged), &[]));
    }
    assert!(said > 20 && read > 5, "read {read}, said {said}");
}
