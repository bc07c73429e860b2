//! Passwords and recovery codes of the command line.

use crate::console::Console;

const FIRST: &str = "барсук овраг сирень";
const SECOND: &str = "лодка перец туман";

/// The code that a command printed.
fn code_in(stdout: &str) -> String {
    let line = stdout.lines().find_map(|line| line.strip_prefix("Код восстановления: "));
    let code = line.expect("the code stands on a line of its own").to_owned();
    assert_eq!(code.split('-').count(), 14, "{code}");
    code
}

fn verify(console: &Console, password: &str) -> i32 {
    let ran = console.run_with_input(&["verify", "a.sferum", "--password-stdin"], &format!("{password}\n"));
    assert!(!ran.stderr.contains(password) && !ran.stdout.contains(password));
    ran.code
}

#[test]
fn a_file_is_closed_changed_and_recovered() {
    let console = Console::new();
    console.run(&["new", "a.sferum", "--name", "Школа"]).expect(0);
    let weak = console.run_with_input(&["password", "set", "a.sferum"], "сферум2026\n").expect(1);
    assert!(weak.stderr.contains("подбирают первыми") && weak.stdout.is_empty(), "{}", weak.stderr);
    let set = console.run_with_input(&["password", "set", "a.sferum"], &format!("{FIRST}\n")).expect(0);
    let first_code = code_in(&set.stdout);
    assert!(!set.stderr.contains(&first_code[..9]), "the code is no business of stderr");
    assert_eq!((verify(&console, FIRST), verify(&console, SECOND)), (0, 1));

    let again = console.run_with_input(&["password", "set", "a.sferum"], &format!("{SECOND}\n")).expect(1);
    assert!(again.stderr.contains("закрыт паролем"), "{}", again.stderr);
    let change = ["password", "change", "a.sferum", "--json", "--code-out", "лист.docx"];
    console.run_with_input(&change, &format!("{SECOND}\n{FIRST}\n")).expect(1);
    assert!(!console.path("лист.docx").exists());
    let changed = console.run_with_input(&change, &format!("{FIRST}\n{SECOND}\n")).expect(0);
    let second_code = changed.json()["code"].as_str().expect("the code").to_owned();
    assert_ne!(first_code, second_code);
    assert!(console.path("лист.docx").exists());
    assert!(changed.stderr.contains("Прежний код больше не действует"), "{}", changed.stderr);
    assert_eq!((verify(&console, SECOND), verify(&console, FIRST)), (0, 1));

    let recover = ["password", "recover", "a.sferum"];
    let dead = console.run_with_input(&recover, &format!("{first_code}\n{FIRST}\n")).expect(1);
    assert!(dead.stderr.contains("не открывает"), "{}", dead.stderr);
    let typo =
        second_code.replacen(&second_code[..1], if second_code.starts_with('7') { "8" } else { "7" }, 1);
    let typo = console.run_with_input(&recover, &format!("{typo}\n{FIRST}\n")).expect(1);
    assert!(typo.stderr.contains("группа 1"), "{}", typo.stderr);
    let typed = second_code.to_lowercase().replace('-', " ");
    let recovered = console.run_with_input(&recover, &format!("{typed}\n{FIRST}\n")).expect(0);
    assert_ne!(code_in(&recovered.stdout), second_code);
    assert_eq!((verify(&console, FIRST), verify(&console, SECOND)), (0, 1));
}

#[test]
fn what_is_missing_is_said_and_changes_nothing() {
    let console = Console::new();
    console.run(&["new", "a.sferum", "--name", "Школа"]).expect(0);
    console.run_with_input(&["password", "set", "a.sferum"], "").expect(1);
    console.run(&["password", "a.sferum", "b.sferum"]).expect(2);
    console.run_with_input(&["password", "set", "a.sferum", "--code-out", "лист.txt"], "x\n").expect(2);
    console.run(&["new", "b.sferum", "--name", "Школа", "--code-out", "лист.docx"]).expect(2);
    let new = ["new", "c.sferum", "--name", "Школа", "--password-stdin"];
    console.run_with_input(&new, "короткий\n").expect(1);
    assert!(!console.path("b.sferum").exists() && !console.path("c.sferum").exists());
    console.run(&["verify", "a.sferum"]).expect(0);
    let help = console.run(&["password", "--help"]).expect(0);
    assert!(help.stdout.contains("recover"), "{}", help.stdout);
}

#[test]
fn a_new_file_prints_its_code_and_the_page() {
    let console = Console::new();
    let new = ["new", "a.sferum", "--name", "Школа", "--password-stdin", "--code-out", "лист.docx"];
    let made = console.run_with_input(&new, &format!("{FIRST}\r\n")).expect(0);
    assert_eq!(made.stderr, "");
    code_in(&made.stdout);
    assert!(console.path("лист.docx").exists());
    assert_eq!(verify(&console, FIRST), 0);
}
