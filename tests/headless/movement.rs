//! Movement from the command line: enrolled, moved, left, returned; the ledger; what is refused.

use crate::console::{Console, TODAY};

fn school() -> Console {
    let console = Console::new();
    console.run(&["sample", "made", TODAY]).expect(0);
    console
}

const FILE: &str = "made/school.sferum";
const NAME: &str = "Пробный Илья Львович";

#[test]
fn a_year_of_one_pupil() {
    let console = school();
    let enrolled = console
        .run(&[
            "enrol",
            FILE,
            NAME,
            "--class",
            "7Б",
            "--adult",
            "Пробная Вера Игоревна",
            "--phone",
            "8 945 000-00-17",
            "--order",
            "209 от 01.10.2026",
            "--date",
            "2026-10-01",
            TODAY,
        ])
        .expect(0)
        .stdout;
    assert!(
        enrolled.contains("Зачислено: 1 человек") && enrolled.contains("ученики: ссылка №"),
        "{enrolled}"
    );
    assert!(!enrolled.contains("https://"), "no address: {enrolled}");
    console.run(&["enrol", FILE, NAME, "--class", "7Б", TODAY]).expect(2);
    console.run(&["transfer", FILE, NAME, "--class", "7А", TODAY]).expect(0);
    console.run(&["leave", FILE, NAME, "--order", "214", TODAY]).expect(0);
    console.run(&["leave", FILE, NAME, TODAY]).expect(1);
    console.run(&["return", FILE, NAME, "--class", "7Б", TODAY]).expect(0);
    let list = console.run(&["movement", FILE, "--from", "2026-10-01", "--json", TODAY]).expect(0).json();
    let own: Vec<&str> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter(|row| row["full_name"] == NAME)
        .filter_map(|row| row["kind"].as_str())
        .collect();
    assert_eq!(own, ["returned", "left", "transferred", "enrolled"], "the latest first");
    let first = list.as_array().and_then(|rows| rows.iter().find(|row| row["kind"] == "enrolled"));
    assert_eq!(first.map(|row| row["order"].clone()), Some("209".into()));
    let tasks = console.run(&["tasks", FILE, TODAY]).expect(0).stdout;
    assert!(tasks.contains("Пригласить в «7Б»"), "{tasks}");
}

#[test]
fn staff_come_and_go_and_the_ledger_is_a_file() {
    let console = school();
    console
        .run(&["hire", FILE, "Пробнов Пётр Ильич", "--role", "teacher", "--post", "учитель физики", TODAY])
        .expect(0);
    console.run(&["dismiss", FILE, "Пробнов Пётр Ильич", "--order", "300", TODAY]).expect(0);
    for out in ["movement.csv", "movement.xlsx"] {
        let told =
            console.run(&["movement", FILE, "--kind", "dismissed", "--out", out, TODAY]).expect(0).stdout;
        assert!(told.contains("Записано: "), "{told}");
        assert!(console.bytes(out).len() > 100, "{out}");
    }
    console.run(&["movement", FILE, "--kind", "vanished", TODAY]).expect(2);
    console.run(&["movement", FILE, "--out", FILE, TODAY]).expect(1);
}
