//! Papers as the command writes them: endings, the organization's own file, nothing to put on paper (faults 21–23).

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use super::reading::text_of;

const TODAY: &str = "--today=2026-10-12";

/// The made-up school in a folder of its own.
fn school() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let made = run(folder.path(), &["sample", "."]);
    assert!(made.status.success(), "{}", said(&made));
    let school = folder.path().join("school.sferum");
    (folder, school)
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sferum-console"))
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn document(folder: &TempDir, file: &Path, arguments: &[&str]) -> (i32, String) {
    let file = file.to_str().expect("UTF-8");
    let output = run(folder.path(), &[&["document", file, TODAY], arguments].concat());
    (output.status.code().unwrap_or(-1), said(&output))
}

#[test]
fn every_document_is_written_in_each_of_its_forms() {
    let (folder, file) = school();
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("revocation-act", &["act.docx"], &["--commission", "Ветрова И. П.; Зорина А. Г."]),
        ("link-register", &["list.docx", "list.xlsx", "list.csv"], &[]),
        ("qr-cards", &["cards.docx"], &["--group", "7Б"]),
        ("class-sheet", &["sheet.docx", "sheet.xlsx"], &["--group", "7Б"]),
        ("leak-memo", &["memo.docx"], &["--link", "1"]),
        ("leak-notice", &["notice.docx"], &["--link", "1"]),
    ];
    for (kind, names, options) in cases {
        for name in *names {
            let (code, text) = document(&folder, &file, &[&[*kind, "--out", *name], *options].concat());
            assert_eq!(code, 0, "{kind} {name}: {text}");
            let bytes = std::fs::read(folder.path().join(name)).expect("written");
            assert!(bytes.starts_with(b"PK") || name.ends_with(".csv"), "{name}");
        }
    }
    let act = std::fs::read(folder.path().join("act.docx")).expect("written");
    let text = text_of(&act);
    assert!(text.contains("Член комиссии") && text.contains("контрольная отметка"), "{text}");
}

#[test]
fn the_organization_file_is_never_overwritten() {
    let (folder, file) = school();
    let named = folder.path().join("школа.docx");
    std::fs::rename(&file, &named).expect("renamed");
    let before = std::fs::read(&named).expect("readable");
    let (code, text) = document(&folder, &named, &["link-register", "--out", "./школа.docx"]);
    assert_eq!((code, text.contains("сам файл организации")), (1, true), "{text}");
    assert_eq!(std::fs::read(&named).expect("readable"), before);
}

#[test]
fn refusals_leave_what_was_there() {
    let (folder, file) = school();
    sferum_console::files::write_bytes_atomically(&folder.path().join("old.docx"), b"old").expect("written");
    let cases: &[(&[&str], i32, &str)] = &[
        (
            &["revocation-act", "--from", "2020-01-01", "--to", "2020-02-01", "--out", "old.docx"],
            1,
            "ни одна ссылка",
        ),
        (
            &["revocation-act", "--from", "2026-02-01", "--to", "2026-01-01", "--out", "old.docx"],
            1,
            "раньше начала",
        ),
        (&["revocation-act", "--out", "act.pdf"], 1, "окончание"),
        (&["revocation-act", "--out", "act.xlsx"], 1, ".docx"),
        (&["leak-memo", "--link", "99999", "--out", "old.docx"], 1, "№ 99999"),
        (&["leak-memo", "--out", "old.docx"], 2, "--link"),
        (&["qr-cards", "--out", "old.docx"], 2, "--group"),
        (&["qr-cards", "--group", "77Ы", "--out", "old.docx"], 1, "77Ы"),
        (&["link-register", "--from", "2026-01-01", "--out", "old.docx"], 2, "--from"),
        (&["link-register", "--out", "нет такой/list.xlsx"], 1, "такой папки нет"),
        (&["paper", "--out", "old.docx"], 2, "Такого документа нет"),
        (&["link-register"], 2, "--out"),
    ];
    for (arguments, code, words) in cases {
        let (ended, text) = document(&folder, &file, arguments);
        assert_eq!((ended, text.contains(words)), (*code, true), "{arguments:?}: {text}");
    }
    assert_eq!(std::fs::read(folder.path().join("old.docx")).expect("readable"), b"old");
}
