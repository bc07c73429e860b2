//! Class teachers and statuses without a display: text and tables in, one entry out, names on stdout only.

use rust_xlsxwriter::Workbook;

use crate::console::{Console, TODAY, windows_1251};

/// Staff, all names invented.
const STAFF: &str = "Фамилия;Имя;Отчество;Должность\r\n\
    Канарейкина;Зоя;Ильинична;учитель химии\r\n\
    Лапина;Вера;Павловна;учитель физики\r\n\
    Ким;Анна;Павловна;учитель истории\r\n\
    Ким;Алла;Петровна;учитель музыки\r\n";

fn with_staff() -> Console {
    let console = Console::with_people();
    console.write("staff.csv", &windows_1251(STAFF));
    console.run(&["import", "school.sferum", "staff.csv", "--role", "teacher", TODAY]).expect(0);
    console
}

fn run(console: &Console, more: &[&str]) -> crate::console::Ran {
    console.run(&[&["class-teachers", "school.sferum", TODAY], more].concat())
}

#[test]
fn a_pasted_distribution_is_previewed_written_and_known_afterwards() {
    let console = with_staff();
    let text = "Приказ № 45 от 01.09.2026\n7Б Канарейкина Зоя Ильинична\n5А Ким А. П.\n";
    console.write("list.txt", &windows_1251(text));
    let dry = run(&console, &["--paste", "list.txt", "--dry-run", "--json"]).expect(0).json();
    assert_eq!(dry["rows"][0]["state"], "new");
    assert_eq!(dry["rows"][0]["order"]["number"], "45");
    assert_eq!(dry["rows"][1]["state"], "ask_teacher");
    assert_eq!(dry["rows"][1]["candidates"].as_array().map(Vec::len), Some(2));
    assert_eq!(dry["written"], 0);
    let written = run(&console, &["--paste", "list.txt"]).expect(0);
    assert!(written.stdout.contains("Записано: 1 назначение"), "{}", written.stdout);
    assert!(written.stderr.contains("Не записаны строки: 3"), "{}", written.stderr);
    let shown = run(&console, &["--json"]).expect(0).json();
    let seventh = shown.as_array().and_then(|rows| rows.iter().find(|row| row["group"] == "7Б")).cloned();
    let seventh = seventh.expect("7Б stands in the list");
    assert_eq!(seventh["teachers"][0]["teacher"]["full_name"], "Канарейкина Зоя Ильинична");
    assert_eq!(seventh["to_settle"], false);
    let again = run(&console, &["--paste", "list.txt"]).expect(0);
    assert!(again.stdout.contains("Ничего не изменено"), "{}", again.stdout);
}

#[test]
fn a_workbook_replaces_and_the_cabinet_is_compared() {
    let console = with_staff();
    console.write("first.txt", "7Б Лапина В.П.\n".as_bytes());
    run(&console, &["--paste", "first.txt", "--order", "№ 12", "--date", "01.09.2026"]).expect(0);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let cells =
        [["Класс", "Классный руководитель", "№ приказа"], ["7 «Б»", "Канарейкина Зоя Ильинична", "46"]];
    for (row, cells) in (0_u32..).zip(cells) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, cell).expect("the sheet fits");
        }
    }
    console.write("list.xlsx", &book.save_to_buffer().expect("memory takes every byte"));
    let replaced = run(&console, &["--paste", "list.xlsx", "--json"]).expect(0).json();
    assert_eq!(replaced["rows"][0]["state"], "replaces");
    assert_eq!(replaced["rows"][0]["instead_of"][0]["full_name"], "Лапина Вера Павловна");
    console.write("cabinet.txt", "7Б Лапина Вера\n".as_bytes());
    let compared = run(&console, &["--paste", "cabinet.txt", "--cabinet", "--json"]).expect(0).json();
    assert_eq!(compared["steps"].as_array().map(Vec::len), Some(1));
    let again = run(&console, &["--paste", "cabinet.txt", "--cabinet"]).expect(0);
    assert!(again.stdout.contains("Новых дел для кабинета нет"), "{}", again.stdout);
}

#[test]
fn wrong_command_lines_change_nothing() {
    let console = with_staff();
    run(&console, &["--cabinet"]).expect(2);
    run(&console, &["--order", "45"]).expect(2);
    console.write("noise.txt", "Всего классов: 2\n".as_bytes());
    run(&console, &["--paste", "noise.txt"]).expect(1);
    console.run(&["verification", "school.sferum", "1", TODAY]).expect(2);
    console.run(&["verification", "school.sferum", "1", "--set", "waiting", TODAY]).expect(1);
}

#[test]
fn statuses_wait_and_are_confirmed() {
    let console = with_staff();
    let list = || console.run(&["verification", "school.sferum", "--json", TODAY]).expect(0).json();
    let id = list()[0]["person"]["id"].to_string();
    let set = |state, on| {
        console.run(&["verification", "school.sferum", &id, "--set", state, "--on", on, TODAY]).expect(0)
    };
    set("waiting", "2026-09-20");
    let waiting = list();
    assert_eq!((&waiting[0]["state"], &waiting[0]["waiting_days"]), (&"waiting".into(), &22.into()));
    set("verified", "2026-10-10");
    assert!(list().as_array().is_some_and(|rows| rows.iter().all(|row| row["state"] != "waiting")));
}
