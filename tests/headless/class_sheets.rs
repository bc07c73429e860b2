//! «Лист класса» there and back: written by the program, filled by another writer, read as one operation.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::console::{CANARY, Console, TODAY, windows_1251};

/// Parents of one of the pupils, invented.
const PARENTS: &str = "ФИО родителя;Ребёнок;Класс\r\nОсокина Вера Павловна;Осокин Пётр Ильич;7Б\r\n";

/// The sheet of 7Б as another program reads it.
fn cells(console: &Console, name: &str) -> Vec<Vec<String>> {
    let bytes = console.bytes(name);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("calamine opens the sheet");
    let sheet = book.sheet_names().first().cloned().expect("one sheet");
    let range = book.worksheet_range(&sheet).expect("the sheet");
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// The same cells written by a plain writer: numbers as numbers.
fn write(console: &Console, name: &str, cells: &[Vec<String>]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(cells) {
        for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, cell),
            }
            .expect("the sheet fits");
        }
    }
    console.write(name, &book.save_to_buffer().expect("memory takes every byte"));
}

fn with_sheet() -> (Console, Vec<Vec<String>>) {
    let console = Console::with_people();
    console.write("parents.csv", &windows_1251(PARENTS));
    console.run(&["import", "school.sferum", "parents.csv", "--role", "parent", TODAY]);
    let out = ["document", "school.sferum", "class-sheet", "--group", "7Б", "--out", "sheet.xlsx", TODAY];
    console.run(&out).expect(0);
    let cells = cells(&console, "sheet.xlsx");
    (console, cells)
}

fn fill(cells: &mut [Vec<String>], pupil: &str, marks: [&str; 3]) {
    let row = cells.iter_mut().find(|row| row[1].starts_with(pupil)).expect("the pupil is in the sheet");
    row[2..5].clone_from_slice(&marks.map(str::to_owned));
}

const READ: [&str; 4] = ["summary", "school.sferum", "--sheet", "filled.xlsx"];

#[test]
fn a_filled_sheet_is_previewed_and_recorded_as_one_entry() {
    let (console, mut sheet) = with_sheet();
    fill(&mut sheet, CANARY, ["", "", "x"]);
    fill(&mut sheet, "Осокин", ["1", "да", ""]);
    write(&console, "filled.xlsx", &sheet);
    let before = console.bytes("school.sferum");
    let preview = console.run(&[&READ[..], &["--dry-run", "--json", TODAY]].concat()).expect(0).json();
    assert_eq!(before, console.bytes("school.sferum"), "--dry-run changes nothing");
    assert_eq!((&preview["group"], &preview["on"]), (&json!("7Б"), &json!("2026-10-12")));
    let changes: Vec<(&Value, bool, &Value, &Value)> = preview["changes"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|it| (&it["person"]["full_name"], it["adult"].is_object(), &it["before"], &it["after"]))
        .collect();
    let (canary, pyotr) = (json!("Канарейкина Юлия Олеговна"), json!("Осокин Пётр Ильич"));
    let (none, out, joined) = (json!("no_information"), json!("does_not_participate"), json!("joined"));
    assert_eq!(
        changes,
        [(&canary, false, &none, &out), (&pyotr, false, &none, &joined), (&pyotr, true, &none, &joined)]
    );
    assert_eq!(
        preview["counts"],
        json!([{ "role": "student", "joined": 1, "of": null }, { "role": "parent", "joined": 1, "of": null }])
    );
    assert_eq!((&preview["remarks"], &preview["entry"]), (&json!([]), &Value::Null));

    let told = console.run(&[&READ[..], &[TODAY]].concat()).expect(0).stdout;
    assert!(told.contains("Осокин Пётр Ильич  ") && told.contains("присоединился"), "{told}");
    assert!(told.contains("Запись журнала № "), "{told}");
    let rows = console.run(&["summary", "school.sferum", "--json", TODAY]).expect(0).json();
    let rows = rows.as_array().expect("an array");
    let seventh = rows.iter().find(|row| row["group"] == "7Б").expect("7Б");
    assert_eq!((&seventh["students"]["inside"], &seventh["students"]["of"]), (&json!(1), &json!(1)));
    assert_eq!(seventh["not_participating"], 1, "beside the number, never in it");
    let journal = console.run(&["journal", "school.sferum", TODAY]).expect(0).stdout;
    assert!(journal.contains("Прочитан лист класса: 3 отметки"), "{journal}");

    // The same sheet again knows nothing new of people, and the undo takes all of it back at once.
    console.run(&["undo", "school.sferum", TODAY]).expect(0);
    let again = console.run(&[&READ[..], &["--dry-run", "--json", TODAY]].concat()).expect(0).json();
    assert_eq!(again["changes"], preview["changes"]);
}

#[test]
fn nothing_doubtful_is_recorded_and_every_remark_has_its_place() {
    let (console, mut sheet) = with_sheet();
    fill(&mut sheet, CANARY, ["+", "мама", "+"]);
    fill(&mut sheet, "Осокин", ["+", "-", ""]);
    let header = sheet.iter().position(|row| row[1] == "ФИО ученика").expect("the header");
    let stranger = ["3", "Чужаков Лев Маркович", "+", "", "", ""].map(str::to_owned).to_vec();
    sheet.push(stranger);
    write(&console, "filled.xlsx", &sheet);
    let read = console.run(&[&READ[..], &["--json", TODAY]].concat()).expect(0).json();
    let first = header as u64 + 2;
    let remarks: Vec<(&Value, &Value)> = read["remarks"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|remark| (&remark["row"], &remark["code"]))
        .collect();
    assert_eq!(
        remarks,
        [
            (&json!(first), &json!("unclear_mark")),
            (&json!(first), &json!("contradiction")),
            (&json!(first + 2), &json!("no_such_pupil")),
        ]
    );
    assert_eq!((&read["counts"], &read["counts_withheld"]), (&json!([]), &json!(true)));
    assert_eq!(read["changes"].as_array().map(Vec::len), Some(1), "only the clear row");
    let told = console.run(&[&READ[..], &["--dry-run", TODAY]].concat()).expect(0).stdout;
    assert!(told.contains(&format!("строка {first}, столбец «Взрослый в группе»")), "{told}");
}

#[test]
fn the_delimited_form_reads_back_too_after_a_spreadsheet_saved_it() {
    let console = Console::with_people();
    let out = ["document", "school.sferum", "class-sheet", "--group", "7Б", "--out", "sheet.csv", TODAY];
    console.run(&out).expect(0);
    let text = String::from_utf8(console.bytes("sheet.csv")).expect("UTF-8");
    let filled: String = text
        .trim_start_matches('\u{feff}')
        .replace('"', "")
        .lines()
        .map(|line| match line.split_once("Осокин Пётр Ильич;") {
            Some((number, _)) => format!("{number}Осокин Пётр Ильич;+;;;в августе болел\r\n"),
            None => format!("{line};;\r\n"),
        })
        .collect();
    console.write("filled.csv", &windows_1251(&filled));
    let read = ["summary", "school.sferum", "--sheet", "filled.csv", "--on", "10.10.2026", "--json", TODAY];
    let read = console.run(&read).expect(0).json();
    assert_eq!(read["on"], "2026-10-10");
    assert_eq!(read["counts"], json!([{ "role": "student", "joined": 1, "of": null }]));
    assert_eq!(read["changes"][0]["person"]["full_name"], "Осокин Пётр Ильич");
}

#[test]
fn foreign_sheets_are_refused_in_a_sentence() {
    let (console, sheet) = with_sheet();
    let refused = |change: &dyn Fn(&mut Vec<Vec<String>>), words: &str| {
        let mut changed = sheet.clone();
        change(&mut changed);
        write(&console, "filled.xlsx", &changed);
        let before = console.bytes("school.sferum");
        let ran = console.run(&[&READ[..], &[TODAY]].concat()).expect(1);
        assert!(ran.stderr.contains(words) && ran.stderr.contains("Ничего не изменено"), "{}", ran.stderr);
        assert_eq!(before, console.bytes("school.sferum"));
    };
    refused(&|sheet| sheet[0][0] = "Лист класса 8Ю".into(), "такого класса в этом учебном году нет");
    refused(&|sheet| sheet[1][0] = "Школа № 991, 2026/2027 учебный год".into(), "другой организации");
    refused(&|sheet| sheet[1][0] = "Школа № 99, 2025/2026 учебный год".into(), "другого учебного года");
    refused(&|sheet| sheet[4][1] = "Фамилия".into(), "это не лист класса");
    refused(&|sheet| sheet[0][0] = "Список".into(), "это не лист класса");
    refused(&|sheet| sheet[2][0] = "Отмечено на: 12.12.2026".into(), "ещё не наступил");
    let roster = ["summary", "school.sferum", "--sheet", "roster.csv", TODAY];
    assert!(console.run(&roster).expect(1).stderr.contains("это не лист класса"));
}

#[test]
fn the_sheets_of_all_classes_go_into_a_folder_and_never_over_a_filled_one() {
    let console = Console::with_people();
    std::fs::create_dir(console.path("листы")).expect("a folder");
    let all = ["document", "school.sferum", "class-sheet", "--out", "листы", TODAY];
    assert!(console.run(&all).expect(0).stdout.contains("Листы классов записаны: 2 листа."));
    let name = "листы/Лист класса 7Б, 2026-10-12.xlsx";
    assert_eq!(cells(&console, name)[0][0], "Лист класса 7Б");
    console.write(name, b"filled");
    let again = console.run(&all).expect(0).stdout;
    assert!(again.contains("0 листов. Уже были и не тронуты: 2"), "{again}");
    assert_eq!(console.bytes(name), b"filled");
}
