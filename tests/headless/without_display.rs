//! Where no window can open: the demonstration prints its day, a plain start says what is missing.

use crate::console::{Console, TODAY};

#[test]
fn the_demonstration_prints_its_day() {
    let console = Console::new();
    let ran = console.run(&["demo", TODAY]).expect(0);
    for expected in
        ["Понедельник, 12 октября 2026", "Сделать сегодня", "Кто внутри", "Пора проверить:", "передана "]
    {
        assert!(ran.stdout.contains(expected), "{expected}: {}", ran.stdout);
    }
    assert!(ran.stderr.contains("Окно не открылось: нет графического экрана"), "{}", ran.stderr);
    assert!(!ran.stdout.contains("https://"), "addresses are masked");
    // An untouched demonstration is made anew for another day.
    let next = console.run(&["demo", "--today", "2026-10-13"]).expect(0);
    assert!(next.stdout.contains("Вторник, 13 октября 2026"));
}

#[test]
fn a_plain_start_says_what_is_missing() {
    let console = Console::with_school();
    for arguments in [&[][..], &["school.sferum"], &["нет.sferum"]] {
        let ran = console.run(arguments).expect(1);
        assert!(ran.stderr.contains("нет графического экрана"), "{}", ran.stderr);
        assert!(ran.stderr.contains("Команды без окна работают"), "{}", ran.stderr);
    }
    // A display that does not answer is no crash either.
    let output = console.command(&[]).env("DISPLAY", ":4077").output().expect("the program ends");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn samples_overwrite_nothing() {
    let console = Console::new();
    let made = console.run(&["sample", "made", TODAY]).expect(0);
    assert!(made.stdout.contains("school.sferum") && made.stdout.contains("college.sferum"));
    let before = console.bytes("made/school.sferum");
    let again = console.run(&["sample", "made", "--today", "2026-10-13"]).expect(1);
    assert!(again.stderr.contains("уже есть school.sferum"), "{}", again.stderr);
    assert_eq!(console.bytes("made/school.sferum"), before);
    console.run(&["verify", "made/college.sferum"]).expect(0);
}
