//! Row 6: a file, folder or medium that cannot be written. It opens to read, edits are refused in a sentence, nothing
//! changes and nothing is left beside it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sferum_console::session::Session;

use crate::bench::{
    FILE_NAME, Lock, School, TODAY_OPTION, cases, clock, ended, has_program, is_a_sentence, is_hot, names_in,
};
use crate::other_process::{self, Other};

/// Somebody who owns nothing else: the modes of files do not bind the superuser.
const NOBODY: u32 = 65534;

/// Modes of the file and of its folder.
const MODES: [(u32, u32); 3] = [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)];

#[test]
fn read_only() {
    let count = cases(2);
    let is_root = is_superuser();
    if is_root && !has_program("setpriv") {
        println!("read only: NOT RUN, the superuser needs setpriv to become an ordinary user");
        return;
    }
    let (mut read, mut refused, mut hot) = (0, 0, 0);
    for round in 0..count {
        for (file_mode, folder_mode) in MODES {
            let school = School::new(Lock::Plain);
            if round % 2 == 1 {
                hot += usize::from(leave_a_hot_journal(&school));
            }
            let everything = [school.folder(), &school.temporary()];
            if is_root {
                for path in everything.into_iter().chain([school.folder().parent().expect("the whole")]) {
                    give_to_nobody(path);
                }
            }
            for name in names_in(school.folder()) {
                set_mode(&school.beside(&name), file_mode);
            }
            set_mode(school.folder(), folder_mode);
            let (bytes, names) = (school.bytes(), names_in(school.folder()));
            let place = format!("file {file_mode:o} in folder {folder_mode:o}, round {round}");
            for (arguments, expected) in [
                (&["people", FILE_NAME, "--json"][..], 0),
                (&["verify", FILE_NAME], 0),
                (&["appeal", "add", FILE_NAME, "--text", "не открывается"], 1),
            ] {
                let mut command = as_ordinary_user(&school, is_root, arguments);
                let (code, errors) = ended(&command.output().expect("starts"));
                assert_eq!(code, expected, "{place}, {arguments:?}: {errors}");
                if code == 0 {
                    read += 1;
                } else {
                    assert!(
                        errors.contains("только для чтения") && is_a_sentence(&errors),
                        "{place}: {errors}"
                    );
                    refused += 1;
                }
                assert!(school.bytes() == bytes, "{place}, {arguments:?}: changed");
                assert_eq!(names_in(school.folder()), names, "{place}, {arguments:?}");
                assert_eq!(names_in(&school.temporary()), Vec::<String>::new(), "{place}, {arguments:?}");
            }
            set_mode(school.folder(), 0o700);
        }
    }
    println!(
        "read only: {} folders ({hot} with a hot journal), {read} commands read, {refused} edits refused; changed 0, \
         left over 0",
        count * MODES.len()
    );
    assert!(count == 1 || hot > 0, "no hot journal was left to be rolled back elsewhere");
}

/// The same on a mount that takes no writes even from the superuser.
#[test]
fn read_only_mount() {
    let school = School::new(Lock::Raw);
    let part = other_process::command("read_only_mount", &school);
    let may = has_program("unshare")
        && Command::new("unshare")
            .args(["-rm", "mount", "--bind", "/tmp", "/tmp"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
    if !may {
        println!("read only mount: NOT RUN, this system lets nobody mount in a name space of their own");
        return;
    }
    let mut command = Command::new("unshare");
    command.arg("-rm").arg(part.get_program()).args(part.get_args());
    for (name, value) in part.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let output = command.output().expect("starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    println!("read only mount: opened to read from a private copy; changed 0");
}

/// The part of the other process, in a name space of its own.
pub fn on_a_read_only_mount(path: &Path) -> i32 {
    let folder = path.parent().expect("a folder");
    for arguments in [&["--bind"][..], &["-o", "remount,ro,bind"]] {
        let mut mount = Command::new("mount");
        mount.args(arguments).arg(folder);
        if arguments[0] == "--bind" {
            mount.arg(folder);
        }
        assert!(mount.status().expect("a program of every system").success());
    }
    assert!(std::fs::File::create(path.with_file_name("probe")).is_err(), "the mount takes writes");
    let mut session =
        Session::open(path, Lock::Raw.key().as_ref(), clock(), Some("Проверка")).expect("opens to read");
    assert!(session.read_only());
    assert_eq!(session.register().tables().people.values().count(), 20);
    let words = session.execute(&crate::bench::appeals(1)).expect_err("nothing can be written").to_string();
    assert!(words.contains("только для чтения"), "{words}");
    0
}

fn is_superuser() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let effective = status.lines().find_map(|line| line.strip_prefix("Uid:")?.split_whitespace().nth(1));
    effective == Some("0")
}

fn as_ordinary_user(school: &School, is_root: bool, arguments: &[&str]) -> Command {
    let own = school.console(arguments);
    if !is_root {
        let mut own = own;
        own.arg(TODAY_OPTION);
        return own;
    }
    let mut command = Command::new("setpriv");
    command.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups"]);
    command.arg(own.get_program()).args(arguments).arg(TODAY_OPTION);
    school.surround(&mut command);
    command
}

fn give_to_nobody(path: &Path) {
    std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).expect("the superuser may");
    if path.is_dir() {
        for name in names_in(path) {
            std::os::unix::fs::chown(path.join(name), Some(NOBODY), Some(NOBODY)).expect("the superuser may");
        }
    }
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("the owner may");
}

/// A writer killed in its commit.
fn leave_a_hot_journal(school: &School) -> bool {
    let mut other = Other::start("edits", school);
    other.wait_for("begun");
    let begun = Instant::now();
    while !is_hot(&school.journal()) && begun.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_micros(100));
    }
    other.kill();
    is_hot(&school.journal())
}
