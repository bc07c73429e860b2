//! `year` and `groups add-line` through the program: by hand, from next year's roster, one class excepted and undone.

use serde_json::{Value, json};

use crate::console::{CANARY, Console, Ran, TODAY, windows_1251};

const SEPTEMBER: &str = "--today=2027-09-02";

/// A school of one year: made-up names, three to a class.
const THIS_YEAR: &str = "Фамилия;Имя;Класс\n\
    Канарейкина;Юлия;5А\nОсокин;Пётр;5А\nРяскин;Лев;5А\n\
    Лунин;Олег;7Б\nЗорина;Вера;7Б\nБелкин;Егор;7Б\n\
    Рощина;Алина;9А\nЯсенев;Лев;9А\nСомова;Дарина;9А\n\
    Грачёв;Иван;9Б\nТуманова;Ольга;9Б\n\
    Чижов;Антон;11А\nКленова;Мария;11А\n";

/// Next year's roster of the whole school: 5А→6А with one who repeats, 7Б left unnamed here, 10А of both ninths, a
/// first class; nobody of the eleventh.
const NEXT_YEAR: &str = "Фамилия;Имя;Класс\n\
    Канарейкина;Юлия;6А\nОсокин;Пётр;6А\nРяскин;Лев;5А\n\
    Лунин;Олег;8Б\nЗорина;Вера;8Б\n\
    Рощина;Алина;10А\nГрачёв;Иван;10А\n\
    Первачёв;Тихон;1А\nПервухина;Нина;1А\n";

fn write(console: &Console, name: &str, text: &str) {
    console.write(name, &windows_1251(&text.replace('\n', "\r\n")));
}

fn school() -> Console {
    let console = Console::with_school();
    write(&console, "this.csv", THIS_YEAR);
    write(&console, "next.csv", NEXT_YEAR);
    console.run(&["import", "school.sferum", "this.csv", "--role", "student", TODAY]).expect(0);
    console
}

fn year(console: &Console, options: &[&str]) -> Ran {
    console.run(&[&["year", "school.sferum"][..], options, &[SEPTEMBER]].concat())
}

/// Label → students of the groups of a year.
fn classes(console: &Console, year: &str) -> Vec<(String, u64)> {
    let list =
        console.run(&["groups", "school.sferum", "--json", "--year", year, SEPTEMBER]).expect(0).json();
    let rows = list.as_array().expect("a list").iter();
    rows.filter(|row| row["school_year"] != Value::Null)
        .map(|row| {
            let label = row["label"].as_str().expect("a label").to_owned();
            (label, row["members"]["student"].as_u64().expect("a number"))
        })
        .collect()
}

fn named(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter().map(|(label, count)| ((*label).to_owned(), *count)).collect()
}

#[test]
fn by_hand_what_a_name_does_not_tell_is_asked() {
    let console = school();
    let plan = year(&console, &["plan", "--json"]).expect(0).json();
    assert_eq!(
        (&plan["from"], &plan["to"], &plan["on"]),
        (&json!("2026/2027"), &json!("2027/2028"), &json!("2027-09-01"))
    );
    let open: Vec<&Value> = plan["groups"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|group| group["fate"] == "open")
        .map(|group| &group["label"])
        .collect();
    assert_eq!(open, ["9А", "9Б"]);
    let before = console.bytes("school.sferum");
    let refused = year(&console, &["apply"]).expect(1);
    assert!(refused.stderr.contains("--set \"9А=…\""), "{}", refused.stderr);
    assert_eq!(console.bytes("school.sferum"), before, "nothing is written");
    let text = year(&console, &["apply", "--set", "9А=10А", "--set", "9Б=graduate", "--set", "7Б=leave-out"]);
    let text = text.expect(0).stdout;
    assert!(text.contains("Выпуск: 4 ученика") && text.contains("остаётся в прежнем году"), "{text}");
    assert!(!text.contains(CANARY), "a plan names groups, not people");
    assert_eq!(classes(&console, "2027"), named(&[("6А", 3), ("10А", 3)]));
    assert_eq!(classes(&console, "2026"), named(&[("7Б", 3)]));
}

#[test]
fn from_a_roster_with_one_group_undone() {
    let console = school();
    let from = ["--from", "next.csv", "--role", "student", "--scope", "full"];
    let plan = year(&console, &[&["plan", "--json"][..], &from].concat()).expect(0).json();
    let fates: Vec<(&str, &str)> = plan["groups"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|group| (group["label"].as_str().unwrap_or(""), group["fate"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(
        fates,
        [
            ("5А", "becomes"),
            ("7Б", "becomes"),
            ("9А", "graduates"),
            ("9Б", "graduates"),
            ("11А", "graduates")
        ]
    );
    assert_eq!(plan["unanswered"], json!([]));
    assert_eq!((&plan["counts"]["graduates"], &plan["counts"]["change_group"]), (&json!(5), &json!(3)));
    assert_eq!(
        (&plan["roster"]["added"], &plan["roster"]["absent"]),
        (&json!(2), &json!(1)),
        "a pupil of 7Б is absent"
    );
    year(&console, &[&["apply"][..], &from].concat()).expect(0);
    let all = [("1А", 2), ("5А", 1), ("6А", 2), ("8Б", 3), ("10А", 2)];
    assert_eq!(classes(&console, "2027"), named(&all));
    assert_eq!(classes(&console, "2026"), [], "the old year is in the archive");
    let journal = console.run(&["journal", "school.sferum", SEPTEMBER]).expect(0).stdout;
    assert!(journal.contains("Переход на 2027/2028 учебный год"), "{journal}");
    // The same roster again has nothing to say.
    let again = console.run(&[
        "import",
        "school.sferum",
        "next.csv",
        "--role",
        "student",
        "--year",
        "2027",
        "--json",
        SEPTEMBER,
    ]);
    let again = again.expect(0).json();
    assert_eq!((&again["plan"]["added"], &again["plan"]["unchanged"]), (&json!(0), &json!(9)));
    let undone = year(&console, &["undo", "--group", "8Б"]).expect(0).stdout;
    assert!(undone.contains("Оставлено как есть: 0"), "{undone}");
    assert_eq!(classes(&console, "2027"), named(&[("1А", 2), ("5А", 1), ("6А", 2), ("10А", 2)]));
    assert_eq!(classes(&console, "2026"), named(&[("7Б", 3)]));
    console.run(&["verify", "school.sferum"]).expect(0);
    let console = school();
    year(&console, &[&["apply"][..], &from].concat()).expect(0);
    year(&console, &["undo"]).expect(0);
    let back = [("5А", 3), ("7Б", 3), ("9А", 3), ("9Б", 2), ("11А", 2)];
    assert_eq!((classes(&console, "2027"), classes(&console, "2026")), (vec![], named(&back)));
    year(&console, &["undo"]).expect(1);
    year(&console, &[&["apply"][..], &from].concat()).expect(0);
    let refused = year(&console, &["apply", "--accept-proposals"]).expect(1);
    assert!(refused.stderr.contains("уже ведётся за 2027/2028"), "{}", refused.stderr);
}

#[test]
fn pupils_and_wrong_options() {
    let console = school();
    let people = console.run(&["people", "school.sferum", "--group", "5А", "--json", TODAY]).expect(0).json();
    let number = people[0]["id"].as_u64().expect("an id").to_string();
    let pupil = format!("{number}=5А");
    let plan = year(&console, &["plan", "--accept-proposals", "--pupil", &pupil, "--json"]).expect(0).json();
    assert_eq!(plan["counts"]["change_group"], 1);
    for (options, code) in [
        (&["plan", "--set", "9А"][..], 2),
        (&["plan", "--set", "3Ж=4Ж"], 1),
        (&["plan", "--pupil", "9000=5А"], 1),
        (&["plan", "--to-year", "весна"], 2),
        (&["later"], 2),
        (&["apply", "--accept-proposals", "--to-year", "2025"], 1),
        (&["plan", "--from", "nowhere.csv"], 1),
    ] {
        year(&console, options).expect(code);
    }
}

#[test]
fn a_line_makes_the_groups_of_a_year() {
    let console = Console::with_school();
    let line = |text: &str, options: &[&str]| {
        console.run(&[&["groups", "add-line", "school.sferum", text][..], options, &[TODAY]].concat())
    };
    let shown = line("1–2 АБ, 10–11 А", &["--dry-run", "--json"]).expect(0).json();
    assert_eq!((&shown["new"], &shown["entry"]), (&json!(6), &Value::Null));
    line("1–2 АБ, 10–11 А", &[]).expect(0);
    let again = line("1–3 АБ", &["--json"]).expect(0).json();
    assert_eq!(again["new"], 2, "four are there already");
    let refused = line("1–4 А, 9–1 Б", &[]).expect(1);
    assert!(refused.stderr.contains("знак 8, «9–1 Б»: промежуток идёт назад"), "{}", refused.stderr);
    console.run(&["undo", "school.sferum", TODAY]).expect(0);
    let list = console.run(&["groups", "school.sferum", "--json", TODAY]).expect(0).json();
    assert_eq!(list.as_array().map(Vec::len), Some(7), "six and the staff");
}
