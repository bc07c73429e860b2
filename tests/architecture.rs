//! Reads the sources and fails when a room uses what it must not (the table in ARCHITECTURE.md).

use std::fs;
use std::path::{Path, PathBuf};

/// A room, the rooms it may use, and words that must not stand in it.
struct Room {
    name: &'static str,
    may_use: &'static [&'static str],
    must_not: &'static [&'static str],
}

/// What a pure room must not even name: files, clock, threads, chance, SQL, the window.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::thread",
    "std::env",
    "std::process",
    "std::time",
    "SystemTime",
    "Instant::now",
    "Zoned::now",
    "Timestamp::now",
    "getrandom",
    "rusqlite",
    "egui",
    "eframe",
    "rfd::",
    "tempfile",
];
const NO_SQL_NO_WINDOW: &[&str] = &["rusqlite", "egui", "eframe", "std::net"];

const ROOMS: &[Room] = &[
    Room { name: "wording", may_use: &["names"], must_not: IMPURE },
    Room { name: "names", may_use: &[], must_not: IMPURE },
    Room { name: "register", may_use: &["names"], must_not: IMPURE },
    Room { name: "regulation", may_use: &["names", "register", "wording"], must_not: IMPURE },
    Room { name: "reconcile", may_use: &["names", "register", "wording"], must_not: IMPURE },
    Room { name: "sample", may_use: &["names", "register", "regulation", "wording"], must_not: IMPURE },
    Room { name: "roster", may_use: &["names", "register", "wording"], must_not: NO_SQL_NO_WINDOW },
    Room { name: "files", may_use: &[], must_not: NO_SQL_NO_WINDOW },
    Room {
        name: "store",
        may_use: &["files", "names", "register"],
        must_not: &["egui", "eframe", "std::net"],
    },
    Room {
        name: "documents",
        may_use: &["files", "names", "register", "regulation", "wording"],
        must_not: NO_SQL_NO_WINDOW,
    },
    Room {
        name: "session",
        may_use: &[
            "documents",
            "files",
            "names",
            "reconcile",
            "register",
            "regulation",
            "roster",
            "sample",
            "store",
            "wording",
        ],
        must_not: NO_SQL_NO_WINDOW,
    },
    Room { name: "desktop", may_use: &["files"], must_not: NO_SQL_NO_WINDOW },
    Room {
        name: "gui",
        may_use: &[
            "desktop",
            "files",
            "names",
            "reconcile",
            "register",
            "regulation",
            "roster",
            "session",
            "store",
            "wording",
        ],
        must_not: &["rusqlite", "std::fs", "std::net", "crate::store::Store", "SystemTime"],
    },
    Room {
        name: "cli",
        may_use: &[
            "desktop",
            "documents",
            "files",
            "names",
            "reconcile",
            "register",
            "regulation",
            "roster",
            "sample",
            "session",
            "store",
            "wording",
        ],
        must_not: &["rusqlite", "egui::", "eframe", "std::net"],
    },
];

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the sources can be listed") {
        let path = entry.expect("the sources can be listed").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The code of a file without comments and without its test module at the end.
fn code_of(text: &str) -> Vec<(usize, &str)> {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let lines = text[..end].lines().enumerate();
    lines
        .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or("")))
        .filter(|(_, line)| !line.trim().is_empty())
        .collect()
}

fn is_test_file(path: &Path) -> bool {
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    name == "tests" || name == "fixture" || path.components().any(|part| part.as_os_str() == "tests")
}

/// Every breach in one file of a room.
fn breaches(room: &Room, path: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in code_of(text) {
        for word in room.must_not {
            if line.contains(word) {
                found.push(format!("{}:{number}: {} must not use {word}", path.display(), room.name));
            }
        }
        for after in line.match_indices("crate::").map(|(place, found)| &line[place + found.len()..]) {
            let used: String =
                after.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            let is_room = ROOMS.iter().any(|other| other.name == used);
            if is_room && used != room.name && !room.may_use.contains(&used.as_str()) {
                found.push(format!(
                    "{}:{number}: {} must not use the room {used}",
                    path.display(),
                    room.name
                ));
            }
        }
    }
    found
}

#[test]
fn no_room_uses_what_it_must_not() {
    let mut found = Vec::new();
    let mut read = 0;
    for room in ROOMS {
        for path in rust_files(&source_folder().join(room.name)).iter().filter(|path| !is_test_file(path)) {
            read += 1;
            found.extend(breaches(room, path, &fs::read_to_string(path).expect("a source can be read")));
        }
    }
    assert!(read > 40, "only {read} sources were read: the test looks in the wrong place");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_folder_is_a_known_room() {
    let folders = fs::read_dir(source_folder()).expect("the sources can be listed");
    for entry in
        folders.map(|entry| entry.expect("the sources can be listed").path()).filter(|path| path.is_dir())
    {
        let name = entry.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        assert!(ROOMS.iter().any(|room| room.name == name), "src/{name} is no room of ARCHITECTURE.md");
    }
}

#[test]
fn names_of_files_say_what_is_in_them() {
    for path in rust_files(&source_folder()) {
        let name = path.file_stem().expect("a source has a name").to_string_lossy().into_owned();
        for vague in ["utils", "util", "helpers", "helper", "manager", "misc", "common", "data"] {
            assert_ne!(name, vague, "{} says nothing", path.display());
        }
    }
}

#[test]
fn a_breach_is_found() {
    let register = ROOMS.iter().find(|room| room.name == "register").expect("a room");
    let path = Path::new("src/register/example.rs");
    assert_eq!(breaches(register, path, "use crate::names::Role;\n// egui\n"), Vec::<String>::new());
    assert_eq!(breaches(register, path, "use crate::store::Store;").len(), 1);
    assert_eq!(breaches(register, path, "let today = jiff::Zoned::now();").len(), 1);
    assert_eq!(breaches(register, path, "#[cfg(test)]\nmod tests {\n use std::fs;\n}").len(), 0);
}
