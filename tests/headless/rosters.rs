//! Imports as a script gives them: columns named, answers remembered, departures confirmed, the history.

use serde_json::{Value, json};
use sferum_console::documents::{PlainSheet, plain_workbook};
use sferum_console::session::Clock;

use crate::console::{CANARY, Console, Ran, TODAY, windows_1251};

/// An import of a roster in `school.sferum`.
fn import(console: &Console, roster: &str, options: &[&str]) -> Ran {
    console.run(&[&["import", "school.sferum", roster, TODAY][..], options].concat())
}

fn write(console: &Console, name: &str, text: &str) {
    console.write(name, &windows_1251(&text.replace('\n', "\r\n")));
}

fn imports(console: &Console, options: &[&str]) -> Value {
    let list = [&["imports", "school.sferum", "--json", TODAY][..], options].concat();
    console.run(&list).expect(0).json()
}

/// A roster whose class column nobody could guess.
const ODD: &str = "Фамилия;Имя;Команда\nКанарейкина;Юлия;7Б\nОсокин;Пётр;7Б\n";

#[test]
fn columns_are_named_by_header_or_number_and_remembered() {
    let console = Console::with_school();
    write(&console, "odd.csv", ODD);
    let student = ["--role", "student"];
    assert!(import(&console, "odd.csv", &student).expect(1).stderr.contains("--group"));
    let mapped = [&student[..], &["--map", "  команда=group", "--json"]].concat();
    let plan = import(&console, "odd.csv", &mapped).expect(0).json();
    assert_eq!((&plan["plan"]["added"], &plan["groups_created"]), (&json!(2), &json!(["7Б"])));
    assert_eq!(plan["remembered"], Value::Null);
    // Other people in a file of the same kind: nothing needs to be said again.
    write(&console, "more.csv", "фамилия;ИМЯ;Команда\nРяскин;Лев;7Б\n");
    let plan = import(&console, "more.csv", &["--json"]).expect(0).json();
    assert_eq!(plan["plan"]["added"], 1);
    assert_eq!(
        plan["remembered"],
        json!({ "columns": [{ "column": "Команда", "field": "group" }], "role": "student" })
    );
    write(&console, "third.csv", "Фамилия;Имя;Команда\nЛунин;Олег;7Б\n");
    let text = import(&console, "third.csv", &["--map", "#3=group"]).expect(0).stdout;
    assert!(text.contains("Как в прошлый раз: роль: ученик"), "{text}");
    let taught = console.run(&["journal", "school.sferum", "2", TODAY]).expect(0).stdout;
    assert!(taught.contains("Столбцы таких списков: — → столбец 3: класс или группа"), "{taught}");
    // The import taken back forgets what it taught.
    let console = Console::with_school();
    write(&console, "odd.csv", ODD);
    import(&console, "odd.csv", &mapped).expect(0);
    console.run(&["undo", "school.sferum", TODAY]).expect(0);
    import(&console, "odd.csv", &student).expect(1);
}

#[test]
fn wrong_options_end_with_2_and_say_what_there_is() {
    let console = Console::with_people();
    write(&console, "odd.csv", ODD);
    write(&console, "secret.csv", "Фамилия;Имя;Класс;СНИЛС\nОсокин;Пётр;7Б;000\n");
    write(&console, "two.csv", "Фамилия;Имя;Класс;Отряд;отряд\nОсокин;Пётр;7Б;1;2\n");
    write(&console, "bare.csv", &format!("{CANARY};Юлия;7Б\nОсокин;Пётр;7Б\n"));
    let before = console.bytes("school.sferum");
    for (roster, options, expected) in [
        ("odd.csv", &["--map", "Класс=group"][..], "#3 Команда"),
        ("odd.csv", &["--map", "#4=group"], "#1 Фамилия: фамилия"),
        ("odd.csv", &["--map", "Команда=класс"], "class_teacher"),
        ("odd.csv", &["--map", "Команда"], "СТОЛБЕЦ=поле"),
        ("secret.csv", &["--map", "СНИЛС=phone"], "#4 не загружается"),
        ("two.csv", &["--map", "Отряд=group"], "#5 отряд"),
        ("bare.csv", &["--map", "Класс=group"], "Столбцы файла"),
        ("odd.csv", &["--scope", "всё"], "--scope"),
        ("odd.csv", &["--scope", "additions", "--confirm-departures", "1"], "--scope groups"),
        ("roster.csv", &["--confirm-departures", "0"], "--scope groups"),
        ("odd.csv", &["--confirm-departures", "все"], "--confirm-departures"),
        ("odd.csv", &["--encoding", "1251"], "windows-1251"),
        ("odd.csv", &["--header-row", "0"], "--header-row"),
        ("odd.csv", &["--order", "№"], "--order"),
        ("odd.csv", &["--on", "когда-нибудь"], "--on"),
        ("odd.csv", &["--sheet", "a", "--sheet", "b"], "дважды"),
    ] {
        let ran = import(&console, roster, &[options, &["--role", "student"]].concat()).expect(2);
        assert!(ran.stderr.contains(expected), "{options:?}: {}", ran.stderr);
    }
    assert_eq!(console.bytes("school.sferum"), before);
}

#[test]
fn a_file_is_read_as_the_options_say() {
    let console = Console::with_school();
    let text = "Класс;Фамилия;Имя\n1;2;3\nФамилия;Имя;Класс\nОсокин;Пётр;7Б\n";
    write(&console, "titled.csv", text);
    let options = ["--role", "student", "--header-row", "3", "--encoding", "cp1251", "--json"];
    let plan = import(&console, "titled.csv", &options).expect(0).json();
    assert_eq!((&plan["source"]["header_row"], &plan["plan"]["added"]), (&json!(3), &json!(1)));
    let wrong = ["--role", "student", "--header-row", "77"];
    let sentence = import(&console, "titled.csv", &wrong).expect(1).stderr;
    assert!(sentence.contains("--header-row") && !sentence.contains("на шаге"), "{sentence}");
}

#[test]
fn the_scope_is_remembered_for_its_kind_of_file() {
    let console = Console::with_people();
    write(&console, "b.csv", "Фамилия;Имя;Отчество;Класс\nОсокин;Пётр;Ильич;7Б\nЛунин;Олег;Ильич;7Б\n");
    let groups = ["--role", "student", "--scope", "groups", "--json"];
    assert_eq!(import(&console, "b.csv", &groups).expect(0).json()["plan"]["absent"], 1);
    write(&console, "c.csv", "Фамилия;Имя;Отчество;Класс\nОсокин;Пётр;Ильич;7Б\nЮшин;Ян;Ильич;7Б\n");
    let dry = import(&console, "c.csv", &["--json", "--dry-run"]).expect(0).json();
    assert_eq!(dry["remembered"], json!({ "scope": "groups", "role": "student" }));
    assert_eq!(dry["plan"]["absent"], 2);
    let text = import(&console, "c.csv", &["--dry-run"]).expect(0).stdout;
    assert!(text.contains("Как в прошлый раз: полный список этих классов; роль: ученик"), "{text}");
    assert!(
        text.contains("Нет в файле 2 человек. Отметить всех выбывшими: --confirm-departures 2."),
        "{text}"
    );
    // The word said now wins, and from then on is what is remembered.
    let additions = import(&console, "c.csv", &["--scope", "additions", "--json"]).expect(0).json();
    assert_eq!(additions["plan"]["absent"], 0);
    let later = import(&console, "c.csv", &["--json"]).expect(0).json();
    assert_eq!(later["remembered"]["scope"], "additions");
}

#[test]
fn the_same_file_again_is_no_change_and_says_when_it_came() {
    let console = Console::with_people();
    let before = console.bytes("school.sferum");
    let again = import(&console, "roster.csv", &["--role", "student"]).expect(0);
    assert!(again.stdout.contains("Изменений нет: ничего не записано."), "{}", again.stdout);
    let today = Clock::system().wall_day().strftime("%d.%m.%Y").to_string();
    let sentence = format!("Этот файл уже загружали {today}, запись № 2.");
    assert!(again.stdout.contains(&sentence), "{}", again.stdout);
    let json = import(&console, "roster.csv", &["--role", "student", "--json"]).expect(0).json();
    assert_eq!((&json["imported_before"]["entry"], &json["journal_entry"]), (&json!(2), &Value::Null));
    assert_eq!(console.bytes("school.sferum"), before, "nothing is written");
    // Other answers to the same rows change nothing either.
    import(&console, "roster.csv", &["--role", "student", "--scope", "full"]).expect(0);
    assert_eq!(console.bytes("school.sferum"), before, "answers alone are no import");
    console.run(&["undo", "school.sferum", TODAY]).expect(0);
    let fresh = import(&console, "roster.csv", &["--role", "student"]).expect(0);
    assert!(!fresh.stdout.contains("уже загружали"), "{}", fresh.stdout);
}

#[test]
fn imports_are_listed_with_their_numbers_and_changes() {
    let console = Console::with_people();
    write(&console, "more.csv", "Фамилия;Имя;Класс\nЛунин;Олег;8А\n");
    import(&console, "more.csv", &["--role", "student"]).expect(0);
    let list = imports(&console, &[]);
    assert_eq!((&list[0]["entry"], &list[1]["entry"]), (&json!(3), &json!(2)));
    assert_eq!((&list[0]["file"], &list[0]["counts"]["added"]), (&json!("more.csv"), &json!(1)));
    assert_eq!(list[1]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(list[1]["actor"], "");
    assert_eq!((&list[1]["undone_by"], &list[1]["parts_kept"]), (&Value::Null, &json!(0)));
    assert!(!list.to_string().contains(CANARY), "no names in the list");
    let keys: Vec<&String> = list[0].as_object().into_iter().flatten().map(|(key, _)| key).collect();
    let promised = "actor at counts day entry file parts parts_kept parts_undone rows sha256 undone_by";
    assert_eq!(keys, promised.split(' ').collect::<Vec<_>>());
    let one = imports(&console, &["--entry", "3"]);
    let journal = console.run(&["journal", "school.sferum", "3", "--json"]).expect(0).json();
    assert_eq!(one.as_array().map(Vec::len), Some(1));
    assert_eq!(one[0]["changes"], journal[0]["changes"], "the plan is what the journal holds");

    // A part changed later is kept by the undo, and counted.
    let of_class =
        ["observe", "school.sferum", "--group", "7Б", "--role", "student", "--joined", "1", "--on"];
    console.run(&[&of_class[..], &["10.10.2026", TODAY]].concat()).expect(0);
    console.run(&["undo", "school.sferum", "2", TODAY]).expect(0);
    let undone = &imports(&console, &[])[1];
    assert_eq!(undone["undone_by"], 5);
    assert_eq!(undone["parts_kept"], 1, "the group stays for the observation: {undone}");
    let text = console.run(&["imports", "school.sferum", TODAY]).expect(0).stdout;
    assert!(text.contains("отменена записью № 5, оставлено частей 1"), "{text}");
    let text = console.run(&["imports", "school.sferum", "--entry", "2", TODAY]).expect(0).stdout;
    assert!(text.contains("SHA-256 файла: ") && text.contains("  новых: 3"), "{text}");
}

#[test]
fn what_is_no_import_is_not_listed() {
    let console = Console::with_school();
    assert_eq!(imports(&console, &[]), json!([]));
    let text = console.run(&["imports", "school.sferum"]).expect(0).stdout;
    assert!(text.contains("Списков ещё не загружали."), "{text}");
    let founding = console.run(&["imports", "school.sferum", "--entry", "1"]).expect(1);
    assert!(founding.stderr.contains("№ 1 не загрузка списка"), "{}", founding.stderr);
    let missing = console.run(&["imports", "school.sferum", "--entry", "9"]).expect(1);
    assert!(missing.stderr.contains("№ 9"), "{}", missing.stderr);
}

#[test]
fn problem_rows_come_out_as_a_file_that_goes_in_again() {
    let console = Console::with_school();
    let rows = format!("{CANARY};Юлия;7Б\nЛунин;;7Б\nОсокин;Пётр;семь\n");
    write(&console, "list.csv", &format!("Фамилия;Имя;Класс\n{rows}"));
    let options = ["--role", "student", "--problems", "fix.csv", "--json"];
    let plan = import(&console, "list.csv", &options).expect(0).json();
    let written = String::from_utf8(console.bytes("fix.csv")).expect("UTF-8");
    assert!(written.contains("Лунин") && !written.contains(CANARY), "{written}");
    assert_eq!(plan["problem_rows"].as_u64(), Some(written.lines().count() as u64 - 1));
    console.write("fix.csv", written.replace("\"Лунин\";\"\"", "\"Лунин\";\"Олег\"").as_bytes());
    let again = import(&console, "fix.csv", &["--json"]).expect(0).json();
    assert_eq!(again["plan"]["added"].as_u64().map(|added| added > 0), Some(true), "{again}");

    // Nothing to correct, no file; and never over the organization's own.
    write(&console, "good.csv", "Фамилия;Имя;Класс\nЮшин;Ян;7Б\n");
    let none = import(&console, "good.csv", &["--problems", "none.csv"]).expect(0).stdout;
    assert!(none.contains("Строк с замечаниями нет") && !console.path("none.csv").exists(), "{none}");
    let before = console.bytes("school.sferum");
    import(&console, "list.csv", &["--problems", "school.sferum"]).expect(2);
    import(&console, "list.csv", &["--problems", "list.csv"]).expect(1);
    import(&console, "list.csv", &["--problems", "нет/такой.csv"]).expect(1);
    assert_eq!(console.bytes("school.sferum"), before);
}

/// A class of `count` pupils, rows from `from` on.
fn class(from: usize, count: usize) -> String {
    let letters = ["Абрамов", "Борисов", "Власов", "Громов", "Дроздов", "Ежов", "Жуков", "Зимин"];
    let given = ["Олег", "Пётр", "Лев", "Ян"];
    let rows = (from..from + count).map(|place| {
        let (surname, given) = (letters[place % letters.len()], given[place / letters.len()]);
        format!("{surname};{given};Ильич;7Б\n")
    });
    format!("Фамилия;Имя;Отчество;Класс\n{}", rows.collect::<String>())
}

#[test]
fn nobody_leaves_unless_their_number_is_typed() {
    let console = Console::with_school();
    write(&console, "class.csv", &class(0, 20));
    import(&console, "class.csv", &["--role", "student", "--scope", "groups"]).expect(0);
    write(&console, "later.csv", &class(0, 8));
    let before = console.bytes("school.sferum");
    for (typed, expected) in [("11", "подтверждено 11"), ("0", "нет 12 человек"), ("13", "нет 12 человек")]
    {
        let ran = import(&console, "later.csv", &["--confirm-departures", typed]).expect(1);
        assert!(ran.stderr.contains(expected) && ran.stderr.contains("Ничего не записано"), "{}", ran.stderr);
        import(&console, "later.csv", &["--confirm-departures", typed, "--dry-run"]).expect(1);
    }
    assert_eq!(console.bytes("school.sferum"), before);
    // Without the number they are listed and stay.
    let listed = import(&console, "later.csv", &["--json"]).expect(0).json();
    assert_eq!((&listed["plan"]["absent"], &listed["plan"]["departed"]), (&json!(12), &json!(0)));
    assert_eq!(listed["journal_entry"], Value::Null);
    let order = ["--on", "05.10.2026", "--order", "№ 12 от 02.10.2026"];
    let leave = [&["--confirm-departures", "12", "--json"][..], &order].concat();
    let done = import(&console, "later.csv", &leave).expect(0).json();
    assert_eq!(done["plan"]["departed"], 12);
    let people = console.run(&["people", "school.sferum", "--json", TODAY]).expect(0).json();
    assert_eq!(people.as_array().map(Vec::len), Some(8));
    assert_eq!(imports(&console, &[])[0]["counts"]["departed"], 12);
    let journal = console.run(&["journal", "school.sferum", "3", "--json"]).expect(0).stdout;
    assert!(journal.contains("5 окт 2026") && journal.contains("12"), "{journal}");
    console.run(&["undo", "school.sferum", TODAY]).expect(0);
    let people = console.run(&["people", "school.sferum", "--json", TODAY]).expect(0).json();
    assert_eq!(people.as_array().map(Vec::len), Some(20), "all of it is taken back");
}

#[test]
fn changed_surnames_are_accepted_by_an_option() {
    let console = Console::with_people();
    let text = "Фамилия;Имя;Отчество;Класс\nЛунина;Юлия;Олеговна;7Б\nОсокин;Пётр;Ильич;7Б\n";
    write(&console, "renamed.csv", text);
    let groups = ["--role", "student", "--scope", "groups"];
    let dry = import(&console, "renamed.csv", &[&groups[..], &["--dry-run"]].concat()).expect(0).stdout;
    assert!(dry.contains("Похоже, сменилась фамилия (принять все: --accept-renames):"), "{dry}");
    let accept = [&groups[..], &["--accept-renames", "--json"]].concat();
    let done = import(&console, "renamed.csv", &accept).expect(0).json();
    assert_eq!((&done["plan"]["renamed"], &done["plan"]["added"]), (&json!(1), &json!(0)));
    let people = console.run(&["people", "school.sferum", TODAY]).expect(0).stdout;
    assert!(people.contains("Лунина Юлия") && !people.contains(CANARY), "{people}");
}

/// A workbook whose sheets are classes.
fn classes_workbook() -> Vec<u8> {
    let people: [(&str, &[[&str; 2]]); 2] =
        [("7Б", &[[CANARY, "Юлия"], ["Осокин", "Пётр"]]), ("гуманитарии", &[["Ряскин", "Лев"]])];
    workbook_of(&people)
}

fn workbook_of(sheets: &[(&str, &[[&str; 2]])]) -> Vec<u8> {
    let sheet = |name: &str, people: &[[&str; 2]]| PlainSheet {
        name: name.to_owned(),
        rows: std::iter::once(["Фамилия", "Имя"])
            .chain(people.iter().copied())
            .map(|row| row.map(str::to_owned).to_vec())
            .collect(),
        header: 0,
        merged: Vec::new(),
    };
    let sheets: Vec<PlainSheet> = sheets.iter().map(|(name, people)| sheet(name, people)).collect();
    plain_workbook(&sheets).expect("a workbook")
}

#[test]
fn problem_rows_of_several_worksheets_name_theirs_and_go_in_again() {
    let console = Console::with_school();
    let sheets: [(&str, &[[&str; 2]]); 2] =
        [("7Б", &[[CANARY, "Юлия"], ["Лунин", ""]]), ("8В", &[["Осокин", "Пётр"], ["Ряскин", ""]])];
    console.write("classes.xlsx", &workbook_of(&sheets));
    let all = ["--role", "student", "--sheet", "all", "--problems", "fix.csv", "--json"];
    let plan = import(&console, "classes.xlsx", &all).expect(0).json();
    assert_eq!((&plan["problem_rows"], &plan["plan"]["added"]), (&json!(2), &json!(2)), "{plan}");
    let written = String::from_utf8(console.bytes("fix.csv")).expect("UTF-8");
    assert!(written.contains("Лунин") && written.contains("Ряскин"), "{written}");
    assert!(!written.contains(CANARY) && !written.contains("Осокин"), "{written}");
    // The class stood only in the worksheet's name: without it the rows could not go in again.
    assert!(written.contains("7Б") && written.contains("8В"), "{written}");
    let mended =
        written.replace("Лунин\";\"\"", "Лунин\";\"Олег\"").replace("Ряскин\";\"\"", "Ряскин\";\"Лев\"");
    assert_ne!(mended, written, "{written}");
    console.write("fix.csv", mended.as_bytes());
    let again = import(&console, "fix.csv", &["--role", "student", "--json"]).expect(0).json();
    assert_eq!(again["plan"]["added"], 2, "{again}");
    let people = console.run(&["people", "school.sferum", "--json", TODAY]).expect(0).stdout;
    assert!(people.contains("7Б") && people.contains("8В"), "{people}");
}

#[test]
fn sheets_of_a_workbook_are_chosen_by_name_or_taken_as_classes() {
    let console = Console::with_school();
    console.write("classes.xlsx", &classes_workbook());
    let one = ["--role", "student", "--sheet", "гуманитарии", "--group", "8А", "--json", "--dry-run"];
    let plan = import(&console, "classes.xlsx", &one).expect(0).json();
    assert_eq!((&plan["source"]["format"], &plan["groups_created"]), (&json!("xlsx"), &json!(["8А"])));
    let sentence = import(&console, "classes.xlsx", &["--role", "student", "--sheet", "9А"]).expect(1).stderr;
    assert!(sentence.contains("9А"), "{sentence}");
    let all = ["--role", "student", "--sheet", "all", "--json"];
    let plan = import(&console, "classes.xlsx", &all).expect(0).json();
    assert_eq!(plan["plan"]["added"], 3, "{plan}");
    let again = import(&console, "classes.xlsx", &all).expect(0).json();
    assert_eq!((&again["plan"]["unchanged"], &again["journal_entry"]), (&json!(3), &Value::Null));
    assert_eq!(again["imported_before"]["entry"], 2);
}
