//! Bad rosters: a clear Russian sentence that names the file or row and column, and not a byte of the file changed.

use crate::console::{CANARY, Console, TODAY, windows_1251};

/// Imports a bad roster and returns the sentence; nothing may have changed.
fn refused(console: &Console, roster: &str) -> String {
    let before = console.bytes("school.sferum");
    let ran = console.run(&["import", "school.sferum", roster, "--role", "student", TODAY]).expect(1);
    assert_eq!(console.bytes("school.sferum"), before, "the file was changed");
    assert!(ran.stderr.contains(&format!("«{roster}»")), "the file is not named: {}", ran.stderr);
    assert!(!ran.stderr.contains(&console.path("").display().to_string()), "a folder on stderr");
    ran.stderr
}

#[test]
fn files_that_are_no_roster_are_refused_and_named() {
    let console = Console::with_school();
    let header_only = windows_1251("Фамилия;Имя;Класс\r\n");
    let no_class = windows_1251(&format!("Фамилия;Имя;Отчество\r\n{CANARY};Юлия;Олеговна\r\n"));
    let binary: Vec<u8> =
        (0..4096_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (name, bytes, expected) in [
        ("пустой.csv", &b""[..], "пустой"),
        ("двоичный.csv", &binary, "это не текстовый файл"),
        ("книга.xlsx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "не"),
        ("заголовок.csv", &header_only, "нет ни одной строки"),
        ("без-класса.csv", &no_class, "--group"),
    ] {
        console.write(name, bytes);
        let sentence = refused(&console, name);
        assert!(sentence.contains(expected), "{name}: {sentence}");
    }
    assert!(refused(&console, "нет-такого.csv").contains("нет в этой папке"));
}

#[test]
fn a_two_line_file_in_cp1251_is_read_right() {
    let console = Console::with_school();
    console.write("две.csv", &windows_1251(&format!("Фамилия;Имя;Класс\r\n{CANARY};Юлия;7Б\r\n")));
    let plan = console
        .run(&["import", "school.sferum", "две.csv", "--role=student", "--json", TODAY])
        .expect(0)
        .json();
    assert_eq!(plan["source"]["encoding"], "windows-1251");
    assert_eq!(plan["groups_created"][0], "7Б");
    let people = console.run(&["people", "school.sferum", "--group", "7Б", TODAY]).expect(0);
    assert!(people.stdout.contains(&format!("{CANARY} Юлия")), "{}", people.stdout);
}

#[test]
fn a_row_with_too_many_fields_stops_the_import() {
    let console = Console::with_school();
    let text = format!("Фамилия;Имя;Класс\r\nОсокин;Пётр;7Б\r\n{CANARY};Юлия;7Б;лишнее;ещё\r\n");
    console.write("сдвиг.csv", &windows_1251(&text));
    let sentence = refused(&console, "сдвиг.csv");
    assert!(sentence.contains("строке 3") && sentence.contains("2 поля больше"), "{sentence}");
    let json =
        console.run(&["import", "school.sferum", "сдвиг.csv", "--role=student", "--json", TODAY]).expect(1);
    let issue = &json.json()["issues"][0];
    assert_eq!((issue["row"].as_u64(), issue["code"].as_str()), (Some(3), Some("too_many_fields")));
}

#[test]
fn a_class_for_the_whole_file_stands_for_the_missing_column() {
    let console = Console::with_school();
    console.write("без-класса.csv", &windows_1251("Фамилия;Имя\r\nОсокин;Пётр\r\n"));
    let import = ["import", "school.sferum", "без-класса.csv", "--role", "student", "--group", "7 б", TODAY];
    let ran = console.run(&import).expect(0);
    assert!(ran.stdout.contains("Созданы группы: 7Б"), "{}", ran.stdout);
}

#[test]
fn a_file_of_200_megabytes_is_refused_unread() {
    let console = Console::with_school();
    let file = std::fs::File::create(console.path("огромный.csv")).expect("a writable folder");
    file.set_len(200 * 1024 * 1024).expect("a sparse file");
    assert!(refused(&console, "огромный.csv").contains("200 МБ"));
}
