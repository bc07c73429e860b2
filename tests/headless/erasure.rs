//! Personal data as the law sees it: erasing who left, what is in the file, the journal of a period, the reminder.

use serde_json::json;

use crate::console::{CANARY, Console, TODAY, windows_1251};

/// The roster without the pupil who left.
const LATER: &str = "Фамилия;Имя;Отчество;Класс;\r\nОсокин;Пётр;Ильич;7Б;\r\nРяскин;Лев;Маркович;5А;\r\n";

/// A school that a pupil left in summer 2025.
fn with_departed() -> Console {
    let console = Console::with_people();
    console.write("later.csv", &windows_1251(LATER));
    let import = ["import", "school.sferum", "later.csv", "--role", "student", "--scope", "full", TODAY];
    console.run(&[&import[..], &["--confirm-departures", "1", "--on", "30.06.2025"]].concat()).expect(0);
    console.run(&["appeal", "add", "school.sferum", "--text", "Звонила мама Канарейкиной", TODAY]).expect(0);
    console
}

fn has_canary(console: &Console) -> bool {
    let (bytes, stem) = (console.bytes("school.sferum"), "Канарейкин".as_bytes());
    bytes.windows(stem.len()).any(|window| window == stem)
}

const ERASE: [&str; 5] = ["erase", "school.sferum", "--departed-before", "2026-01-01", TODAY];

#[test]
fn who_left_is_shown_first_and_erased_by_the_right_number_only() {
    let console = with_departed();
    let shown = console.run(&[&ERASE[..], &["--json"]].concat()).expect(0).json();
    assert_eq!((&shown["to_erase"], &shown["people"][0]["departed_on"]), (&json!(1), &json!("2025-06-30")));
    let told = console.run(&[&ERASE[..], &["--dry-run", "--confirm", "1"]].concat()).expect(0);
    assert!(told.stdout.contains(CANARY) && told.stdout.contains("--confirm 1"), "{}", told.stdout);
    for refused in [vec!["--confirm", "2"], vec!["--confirm", "1", "--act", "нет такой папки/акт.docx"]]
    {
        console.run(&[&ERASE[..], &refused].concat()).expect(1);
    }
    console.run(&[&ERASE[..], &["--confirm", "1", "--act", "акт.pdf"]].concat()).expect(2);
    console.run(&["erase", "school.sferum", "--confirm", "1", TODAY]).expect(2);
    console.run(&["erase", "school.sferum", "--departed-before", "2026-11-01", TODAY]).expect(2);
    assert!(has_canary(&console), "nothing was erased yet");

    let papers = ["--act", "акт.docx", "--events", "события.csv", "--commission", "Ветрова И. П., завуч"];
    let done = console.run(&[&ERASE[..], &["--confirm", "1"], &papers].concat()).expect(0);
    assert!(done.stdout.contains("Удалены данные 1 человека"), "{}", done.stdout);
    assert!(!has_canary(&console), "the name is gone from every byte");
    assert!(console.bytes("акт.docx").starts_with(b"PK"));
    let events = String::from_utf8(console.bytes("события.csv")).expect("UTF-8");
    assert!(
        events.contains("фамилия, имя, отчество, номер телефона") && !events.contains(CANARY),
        "{events}"
    );

    let verified = console.run(&["verify", "school.sferum"]).expect(0);
    assert!(verified.stdout.contains("Файл цел."), "{}", verified.stdout);
    let appeals = console.run(&["appeals", "school.sferum", "--json", TODAY]).expect(0);
    assert!(appeals.stdout.contains("стёрто"), "{}", appeals.stdout);
    // The erasure stays; undo offers what came before it, and keeps what was erased.
    let journal = console.run(&["journal", "school.sferum", "--json"]).expect(0).json();
    assert_eq!([&journal[0]["operation"], &journal[1]["operation"]], ["erase_backups", "erase"]);
    let entry = journal[1]["entry"].to_string();
    let refused = console.run(&["undo", "school.sferum", &entry, TODAY]).expect(1);
    assert!(refused.stderr.contains("не отменяется"), "{}", refused.stderr);
    let kept = console.run(&["undo", "school.sferum", "2", TODAY]);
    assert!(!kept.stdout.contains(CANARY));
    console.run(&["verify", "school.sferum"]).expect(0);
    assert!(!has_canary(&console));
    let again = console.run(&[&ERASE[..], &["--json"]].concat()).expect(0).json();
    assert_eq!(again["to_erase"], 0);
}

#[test]
fn contents_are_counts_and_never_names() {
    let console = Console::with_people();
    let contents = console.run(&["contents", "school.sferum", "--json", TODAY]).expect(0);
    assert!(!contents.stdout.contains(CANARY));
    let contents = contents.json();
    assert_eq!(contents["people"], json!({"students": 3, "parents": 0, "staff": 0, "others": 0}));
    let phones =
        contents["categories"].as_array().expect("an array").iter().find(|it| it["category"] == "phones");
    assert_eq!(phones.expect("phones")["records"], 2);
    let told = console.run(&["contents", "school.sferum", TODAY]).expect(0);
    assert!(told.stdout.contains("Номер телефона"), "{}", told.stdout);
    console.run(&["contents", "school.sferum", "--out", "что было.docx", TODAY]).expect(0);
    assert!(console.bytes("что было.docx").starts_with(b"PK"));
    console.run(&["contents", "school.sferum", "--out", "school.sferum", TODAY]).expect(1);
}

#[test]
fn the_journal_of_a_period_is_exported_with_names_or_with_ids_only() {
    let console = Console::with_people();
    let url = crate::console::link('q');
    let add = ["link", "add", "school.sferum", "--group", "7Б", "--role", "student", "--url", &url, TODAY];
    console.run(&add).expect(0);
    let export = ["journal", "school.sferum", "--export"];
    console.run(&[&export[..], &["журнал.csv"]].concat()).expect(0);
    let text = String::from_utf8(console.bytes("журнал.csv")).expect("UTF-8");
    assert!(text.contains(CANARY) && text.contains("Создан файл организации"), "{text}");
    assert!(!text.contains(&url) && !text.contains("9001000001"), "links and phones are masked");
    console.run(&[&export[..], &["номера.csv", "--ids-only"]].concat()).expect(0);
    let text = String::from_utf8(console.bytes("номера.csv")).expect("UTF-8");
    assert!(!text.contains(CANARY) && text.contains("person 1"), "{text}");
    console.run(&[&export[..], &["журнал.xlsx"]].concat()).expect(0);
    assert!(console.bytes("журнал.xlsx").starts_with(b"PK"));
    console.run(&[&export[..], &["пусто.csv", "--to", "2001-01-01"]].concat()).expect(1);
    console.run(&[&export[..], &["журнал.pdf"]].concat()).expect(1);
    console.run(&["journal", "school.sferum", "--from", "2026-01-01"]).expect(2);
}

#[test]
fn the_reminder_reads_the_configuration_and_opens_no_file() {
    let console = Console::new();
    let nothing = console.run(&["remind"]).expect(0);
    assert!(nothing.stdout.contains("Напоминать не о чем"), "{}", nothing.stdout);
    let folder = console.path("sferum-console");
    std::fs::create_dir_all(&folder).expect("made");
    let preferences = json!({ "reminders": [{
        "file": "/нет такой папки/Школа 14.sferum", "next_cleanup": "2026-10-12", "due_tasks": 5, "as_of": "2026-10-09"
    }] });
    console.write("sferum-console/preferences.json", preferences.to_string().as_bytes());
    if !cfg!(target_os = "linux") {
        return;
    }
    let told = console.run(&["remind", TODAY]).expect(0);
    assert_eq!(told.stdout, "Школа 14: 5 дел на 9 окт 2026, разбор ссылок пора с 12 окт 2026\n");
    let found = console.run(&["remind", "--json", "--today=2026-10-10"]).expect(0).json();
    assert_eq!((&found["files"][0]["due_tasks"], &found["files"][0]["waiting"]), (&json!(5), &json!(true)));
}
