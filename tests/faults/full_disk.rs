//! Rows 3, 12 and 23: the disk is full. A clear sentence, the old whole or the new whole, nothing left over.

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::bench::{
    FILE_NAME, Lock, School, TODAY_OPTION, cases, check, ended, has_program, is_a_sentence, names_in, put,
    roster,
};
use crate::other_process;

const COUNT: &str = "FAULT_SIZES";
/// Where backups go by themselves.
const BACKUPS: &str = "Резервные копии";

/// Small disks are mounted in a name space of their own, which is gone with the process.
#[test]
fn full_disk() {
    let count = cases(10);
    let may_mount = has_program("unshare")
        && Command::new("unshare")
            .args(["-rm", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
    if !may_mount {
        println!(
            "full disk: NOT RUN, this system lets nobody mount in a name space of their own (unshare -rm)"
        );
        return;
    }
    let school = School::empty(Lock::Plain);
    let part = other_process::command("full_disk", &school);
    let mut command = Command::new("unshare");
    command.arg("-rm").arg(part.get_program()).args(part.get_args());
    for (name, value) in part.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let output = command.env(COUNT, count.to_string()).output().expect("unshare starts");
    let said = String::from_utf8_lossy(&output.stdout);
    let line = said.lines().find(|line| line.starts_with("full disk:"));
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    println!("{}", line.expect("the sweep prints its figures"));
}

/// What is done on a disk that is nearly full.
struct Case {
    arguments: &'static [&'static str],
    /// The school's file lies there beforehand.
    with_school: bool,
    output: Option<&'static str>,
    /// The size from which there is room for sure, in KiB beyond what lies there.
    enough: usize,
}

const CASES: &[Case] = &[
    Case {
        arguments: &["import", FILE_NAME, "list.csv", "--role", "student"],
        with_school: true,
        output: None,
        enough: 1536,
    },
    Case { arguments: &["backup", FILE_NAME], with_school: true, output: None, enough: 1024 },
    Case {
        arguments: &["document", FILE_NAME, "link-register", "--out", "out.csv"],
        with_school: true,
        output: Some("out.csv"),
        enough: 64,
    },
    Case {
        arguments: &["document", FILE_NAME, "class-sheet", "--group", "1А", "--out", "out.docx"],
        with_school: true,
        output: Some("out.docx"),
        enough: 96,
    },
    Case {
        arguments: &["new", "new.sferum", "--name", "Школа"],
        with_school: false,
        output: Some("new.sferum"),
        enough: 768,
    },
];

/// The part of the other process: every case on disks of rising sizes.
pub fn sweep() -> i32 {
    let count = std::env::var(COUNT).ok().and_then(|text| text.parse().ok()).expect("given with the part");
    let disk = TempDir::new().expect("a folder to mount on");
    let (mut full, mut done) = (0, 0);
    for case in CASES {
        let (mut full_here, mut done_here) = (0, 0);
        for step in 0..count {
            // Four KiB is a page of the memory that tmpfs gives; the last size is surely enough.
            let room = 4 + (case.enough - 4) * step / (count - 1).max(1) / 4 * 4;
            let was_full = on_a_small_disk(disk.path(), case, room);
            full_here += usize::from(was_full);
            done_here += usize::from(!was_full);
        }
        assert!(full_here > 0 || count == 1, "{:?} never met a full disk", case.arguments);
        assert!(done_here > 0 || count == 1, "{:?} never had room", case.arguments);
        full += full_here;
        done += done_here;
    }
    println!(
        "\nfull disk: {count} sizes × {} commands, {full} were full, {done} had room; lost 0, unsound 0",
        CASES.len()
    );
    0
}

/// Whether the disk was too small. Panics where that was not borne as promised.
fn on_a_small_disk(disk: &Path, case: &Case, room: usize) -> bool {
    let school = School::new(Lock::Plain);
    put(&school.outside("list.csv"), roster(50, 200).as_bytes());
    let mut lying = Vec::new();
    if case.with_school {
        lying.push((FILE_NAME, school.bytes()));
    }
    if let Some(name) = case.output.filter(|name| name.starts_with("out")) {
        lying.push((name, b"old".to_vec()));
    }
    let pages = |bytes: &Vec<u8>| bytes.len().div_ceil(4096) * 4;
    let size = lying.iter().map(|(_, bytes)| pages(bytes)).sum::<usize>() + room;
    mount(disk, size);
    for (name, bytes) in &lying {
        std::fs::copy(write_outside(&school, bytes), disk.join(name))
            .expect("there is room for what lies there");
    }
    let before = names_in(disk);
    let list = school.outside("list.csv");
    let mut command = school.console(&[]);
    for argument in case.arguments {
        // The roster lies on a disk with room.
        command.arg(if *argument == "list.csv" { list.as_os_str() } else { argument.as_ref() });
    }
    let output = command.arg(TODAY_OPTION).current_dir(disk).output().expect("starts");
    let (code, errors) = ended(&output);
    let place = format!("{:?} with {room} KiB", case.arguments);
    if code != 0 {
        assert!(errors.contains("места") && is_a_sentence(&errors), "{place}: «{errors}»");
        let names: Vec<String> = names_in(disk).into_iter().filter(|name| name != BACKUPS).collect();
        assert_eq!(names, before, "{place}: left over or gone");
    }
    check_backups(&disk.join(BACKUPS), &place);
    if case.with_school {
        let checked =
            check(&disk.join(FILE_NAME), Lock::Plain).unwrap_or_else(|words| panic!("{place}: {words}"));
        let is_old = checked.revision == 2;
        assert!(is_old || code == 0, "{place}: exit code {code}, revision {}", checked.revision);
    }
    if let Some(name) = case.output {
        let bytes = std::fs::read(disk.join(name)).unwrap_or_default();
        match (code, name) {
            (0, "new.sferum") => drop(check(&disk.join(name), Lock::Plain).expect("a new file is sound")),
            (0, _) => assert!(bytes.len() > 3, "{place}: nothing new"),
            (_, "new.sferum") => assert!(bytes.is_empty(), "{place}: half a file stayed"),
            _ => assert_eq!(bytes, b"old", "{place}"),
        }
    }
    unmount(disk);
    code != 0
}

/// A backup is whole or it is not there.
fn check_backups(folder: &Path, place: &str) {
    for name in if folder.exists() { names_in(folder) } else { Vec::new() } {
        check(&folder.join(&name), Lock::Plain).unwrap_or_else(|words| panic!("{place}: {name}: {words}"));
    }
}

fn write_outside(school: &School, bytes: &[u8]) -> std::path::PathBuf {
    let path = school.outside("lying");
    put(&path, bytes);
    path
}

fn mount(disk: &Path, kibibytes: usize) {
    run("mount", &["-t", "tmpfs", "-o", &format!("size={kibibytes}k"), "tmpfs"], disk);
}

fn unmount(disk: &Path) {
    run("umount", &[], disk);
}

fn run(program: &str, arguments: &[&str], last: &Path) {
    let status = Command::new(program).args(arguments).arg(last).status().expect("a program of every system");
    assert!(status.success(), "{program} failed");
}
