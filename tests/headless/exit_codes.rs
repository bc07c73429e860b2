//! Every exit code, and that what is refused is left as it was.

use std::io::Read;
use std::process::Stdio;

use sferum_console::register::{Entity, Group, GroupKind, Operation, SchoolYear, Unit, UnitId};
use sferum_console::session::{Clock, Session};

use crate::console::{CANARY, Console, TODAY, link};

#[test]
fn wrong_command_lines_end_with_2_and_the_nearest_help() {
    let console = Console::with_school();
    for (arguments, expected) in [
        (&["grups", "school.sferum"][..], "groups ФАЙЛ"),
        (&["groups"], "groups ФАЙЛ"),
        (&["groups", "school.sferum", "--jsn"], "--json"),
        (&["new", "other.sferum"], "--name"),
        (&["new", "other.sferum", "--name", "Школа", "--kind", "цирк"], "--kind"),
        (&["people", "school.sferum", "--role", "директор"], "--role"),
        (&["observe", "school.sferum", "--group", "7Б", "--role", "student", "--joined", "два"], "--joined"),
        (&["link", "revoke", "school.sferum", "первая", "--on", "2026-10-12"], "Номер ссылки"),
        (&["links", "school.sferum", "--today", "завтра"], "--today"),
    ] {
        let ran = console.run(arguments).expect(2);
        assert!(ran.stderr.contains(expected), "{arguments:?}: {}", ran.stderr);
    }
    let help = console.run(&["--help"]).expect(0);
    assert!(help.stdout.contains("link revoke ФАЙЛ НОМЕР --on ДАТА"));
    assert!(console.run(&["observe", "--help"]).expect(0).stdout.contains("--joined"));
    assert!(console.run(&["--version"]).expect(0).stdout.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn failures_end_with_1_in_russian_and_leave_everything() {
    let console = Console::with_people();
    console.write("foreign.sferum", b"not a file of this program");
    let before = console.bytes("school.sferum");
    for (arguments, expected) in [
        (&["groups", "нет.sferum"][..], "Такого файла нет"),
        (&["groups", "foreign.sferum"], "не"),
        (&["new", "school.sferum", "--name", "Школа"], "уже есть"),
        (&["people", "school.sferum", "--group", "11Ю"], "нет"),
        (&["undo", "school.sferum", "77"], "№ 77"),
        (&["link", "revoke", "school.sferum", "5", "--on", "2026-10-01"], "№ 5"),
        (
            &[
                "observe",
                "school.sferum",
                "--group",
                "7Б",
                "--role",
                "student",
                "--joined",
                "5",
                "--of",
                "2",
                "--on",
                "2026-10-01",
                TODAY,
            ],
            "5 из 2",
        ),
        (
            &[
                "observe",
                "school.sferum",
                "--group",
                "7Б",
                "--role",
                "student",
                "--joined",
                "1",
                "--on",
                "2026-10-13",
                TODAY,
            ],
            "ещё не наступил",
        ),
    ] {
        let ran = console.run(arguments).expect(1);
        assert!(ran.stderr.contains(expected), "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
    assert_eq!(console.bytes("school.sferum"), before);
    assert_eq!(console.bytes("foreign.sferum"), b"not a file of this program");
}

#[test]
fn a_held_file_ends_with_3_and_who_has_it() {
    let console = Console::with_people();
    let session =
        Session::open(&console.path("school.sferum"), None, Clock::system(), None).expect("not held");
    let ran = console.run(&["groups", "school.sferum"]).expect(3);
    assert!(ran.stderr.contains("Файл уже открыт: компьютер «"), "{}", ran.stderr);
    let add = ["link", "add", "school.sferum", "--group", "7Б", "--role", "student", "--url", &link('e')];
    console.run(&add).expect(3);
    drop(session);
    console.run(&["groups", "school.sferum"]).expect(0);
}

#[test]
fn a_label_of_two_buildings_ends_with_2_and_lists_them() {
    let console = Console::with_school();
    let path = console.path("school.sferum");
    let mut session = Session::open(&path, None, Clock::system(), Some("Проверка")).expect("not held");
    for name in ["Садовая, 3", "Лесная, 12"] {
        let unit = Unit { name: name.into(), ..Unit::default() };
        session.execute(&Operation::Add(vec![Entity::from(unit)])).expect("a unit");
    }
    for unit in [1, 2] {
        let group = Group {
            unit: Some(UnitId(unit)),
            kind: GroupKind::SchoolClass,
            label: "7Б".into(),
            year: Some(SchoolYear(2026)),
            ..Group::default()
        };
        session.execute(&Operation::Add(vec![Entity::from(group)])).expect("a group");
    }
    drop(session);
    let observe = ["observe", "school.sferum", "--group", "7Б", "--role", "student", "--joined", "1"];
    let observe = [&observe[..], &["--on", "2026-10-12", TODAY]].concat();
    let several = console.run(&observe).expect(2);
    assert!(several.stderr.contains("Садовая, 3: --unit 1"), "{}", several.stderr);
    assert!(several.stderr.contains("Лесная, 12: --unit 2"), "{}", several.stderr);
    console.run(&[&observe[..], &["--unit", "2"]].concat()).expect(0);
    console.run(&[&observe[..], &["--unit", "садовая, 3"]].concat()).expect(0);
    console.run(&[&observe[..], &["--unit", "2", "--year", "2025/2026"]].concat()).expect(1);
}

#[test]
fn a_password_goes_through_stdin_only() {
    let console = Console::new();
    let new = ["new", "closed.sferum", "--name", "Школа", "--password-stdin"];
    console.run_with_input(&new, "").expect(1);
    assert!(!console.path("closed.sferum").exists());
    let made = console.run_with_input(&new, "Сложный пароль\n").expect(0);
    assert_eq!(made.stderr, "");
    let without = console.run(&["verify", "closed.sferum"]).expect(1);
    assert!(without.stderr.contains("--password-stdin"), "{}", without.stderr);
    console.run_with_input(&["verify", "closed.sferum", "--password-stdin"], "другой\n").expect(1);
    let right =
        console.run_with_input(&["verify", "closed.sferum", "--password-stdin"], "Сложный пароль\r\n");
    assert!(right.expect(0).stdout.contains("Пароль: есть"));
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    let console = Console::new();
    console.run(&["sample", "made", TODAY]).expect(0);
    let mut child = console
        .command(&["people", "made/school.sferum", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut stderr).expect("UTF-8");
    assert_eq!((child.wait().expect("ends").code(), stderr.as_str()), (Some(0), ""));
}

#[test]
fn names_never_reach_stderr() {
    let console = Console::with_people();
    for arguments in [
        &["people", "school.sferum"][..],
        &["journal", "school.sferum", "2"],
        &["import", "school.sferum", "roster.csv", "--scope", "full"],
        &["undo", "school.sferum", "2", "--part", "1"],
        &["undo", "school.sferum"],
        &["undo", "school.sferum", "2"],
        &["verify", "school.sferum"],
    ] {
        let ran = console.run(arguments);
        assert!(!ran.stderr.contains(CANARY), "{arguments:?}: {}", ran.stderr);
    }
}
