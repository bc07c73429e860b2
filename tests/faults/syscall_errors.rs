//! Row 4: the disk answers EIO to one call. Old whole or new whole, a sentence instead of a panic, nothing left over.

use std::path::Path;
use std::process::Command;

use crate::bench::{
    Chance, FILE_NAME, Lock, School, TODAY_OPTION, cases, check, ended, has_program, is_a_sentence, names_in,
    put, roster,
};

/// A command whose every call is made to fail once.
struct Case {
    arguments: &'static [&'static str],
    /// A file besides the school's that the command writes.
    output: Option<&'static str>,
}

const CASES: &[Case] = &[
    Case { arguments: &["import", FILE_NAME, "list.csv", "--role", "student"], output: None },
    Case {
        arguments: &["appeal", "add", FILE_NAME, "--text", "не открывается чат"], output: None
    },
    Case { arguments: &["undo", FILE_NAME], output: None },
    Case { arguments: &["new", "new.sferum", "--name", "Школа"], output: Some("new.sferum") },
    Case {
        arguments: &["document", FILE_NAME, "link-register", "--out", "out.csv"],
        output: Some("out.csv"),
    },
    Case {
        arguments: &["document", FILE_NAME, "class-sheet", "--group", "1А", "--out", "out.docx"],
        output: Some("out.docx"),
    },
];

/// A call, and what of it counts: openings only where they create.
const CALLS: &[(&str, &str)] = &[
    ("write", ""),
    ("pwrite64", ""),
    ("fsync", ""),
    ("fdatasync", ""),
    ("ftruncate", ""),
    ("rename", ""),
    ("renameat", ""),
    ("renameat2", ""),
    ("unlink", ""),
    ("unlinkat", ""),
    ("openat", "O_CREAT"),
];

/// `FAULT_CASES` is how many positions of each call of each command are tried; all of them where there are fewer.
#[test]
fn syscall_errors() {
    if !has_program("strace") {
        println!("syscall errors: NOT RUN, there is no strace");
        return;
    }
    let most = cases(2);
    let mut chance = Chance::of("syscall errors");
    let (mut fired, mut places, mut failed, mut wrong) = (0, 0, 0, Vec::new());
    let every_call = CALLS.iter().map(|(call, _)| *call).collect::<Vec<_>>().join(",");
    for case in CASES {
        let sound = trace(case, &every_call, None);
        assert_eq!(sound.code, 0, "{:?}: {}", case.arguments, sound.errors);
        let after = sound.school.check().expect("the command works without a fault").revision;
        for (call, mark) in CALLS {
            let all: Vec<usize> = (1..)
                .zip(sound.log.lines().filter(|line| line.contains(&format!(" {call}("))))
                .filter(|(_, line)| line.contains(mark))
                .map(|(number, _)| number)
                .collect();
            places += all.len();
            for number in drawn(all, most, &mut chance) {
                let faulty = trace(case, call, Some(number));
                let place = format!("EIO at {call} {number} of {:?}", case.arguments);
                assert!(faulty.log.contains("(INJECTED)"), "{place} was not reached");
                fired += 1;
                failed += usize::from(faulty.code != 0);
                if let Err(words) = examine(case, call, &sound, after, &faulty) {
                    wrong.push(format!("{place}: {words}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {fired} faults were not borne:\n{}", wrong.len(), wrong.join("\n"));
    println!(
        "syscall errors: {fired} injected of {places} places, {failed} commands said so; lost 0, unsound 0"
    );
    assert!(fired > CASES.len() && failed > 0, "hardly a fault fired");
}

/// Some of the places, without repeats; the last always, since a commit ends there.
fn drawn(mut all: Vec<usize>, most: usize, chance: &mut Chance) -> Vec<usize> {
    let mut some: Vec<usize> = all.pop().into_iter().collect();
    while some.len() < most && !all.is_empty() {
        some.push(all.swap_remove(chance.below(all.len())));
    }
    some
}

/// What a traced run left.
struct Traced {
    school: School,
    log: String,
    code: i32,
    errors: String,
}

fn trace(case: &Case, call: &str, fail_at: Option<usize>) -> Traced {
    let school = School::new(Lock::Plain);
    put(&school.beside("list.csv"), roster(50, 20).as_bytes());
    if let Some(name) = case.output.filter(|name| name.starts_with("out")) {
        put(&school.beside(name), b"old");
    }
    let log = school.outside("strace");
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "--seccomp-bpf", "-e", "signal=none", "-o"])
        .arg(&log)
        .args(["-e", &format!("trace={call}")]);
    if let Some(number) = fail_at {
        command.args(["-e", &format!("inject={call}:error=EIO:when={number}")]);
    }
    command.arg(env!("CARGO_BIN_EXE_sferum-console")).args(case.arguments).arg(TODAY_OPTION);
    school.surround(&mut command);
    let output = command.output().expect("strace starts");
    let (code, errors) = ended(&output);
    let log = std::fs::read_to_string(log).expect("strace wrote its log");
    Traced { school, log, code, errors }
}

fn examine(case: &Case, call: &str, sound: &Traced, after: u64, faulty: &Traced) -> Result<(), String> {
    const BEFORE: u64 = 2;
    if faulty.code != 0 && !is_a_sentence(&faulty.errors) {
        // The sentence itself may have been what could not be written.
        if call != "write" {
            return Err(format!("exit code {} with «{}»", faulty.code, faulty.errors));
        }
    }
    let checked = faulty.school.check()?;
    if checked.revision != after && (checked.revision != BEFORE || faulty.code == 0) {
        return Err(format!("revision {} after exit code {}", checked.revision, faulty.code));
    }
    if let Some(name) = case.output {
        examine_output(&sound.school.beside(name), &faulty.school.beside(name), faulty.code)?;
    }
    let allowed = names_in(sound.school.folder());
    // Checking opened and closed the file, which clears what belongs to it. What could not be removed stays.
    let stray = names_in(faulty.school.folder()).into_iter().find(|name| !allowed.contains(name));
    let left = names_in(&faulty.school.temporary()).into_iter().next();
    match stray.or(left).filter(|_| !call.starts_with("unlink")) {
        Some(name) => Err(format!("left over: {name}")),
        None => Ok(()),
    }
}

fn examine_output(sound: &Path, faulty: &Path, code: i32) -> Result<(), String> {
    let is_school = faulty.extension().is_some_and(|ending| ending == "sferum");
    let Ok(bytes) = std::fs::read(faulty) else {
        return if code == 0 || !is_school { Err("the output is gone".into()) } else { Ok(()) };
    };
    if is_school {
        // Founded, or not finished and refused in words; never acknowledged without being sound.
        return match check(faulty, Lock::Plain) {
            Ok(_) => Ok(()),
            Err(words) if code != 0 && is_a_sentence(&words) => Ok(()),
            Err(words) => Err(words),
        };
    }
    let whole = std::fs::read(sound).map_err(|error| error.to_string())?;
    let is_old = bytes == b"old";
    // Word files hold the moment of their making, so only their length is alike.
    let is_new = bytes.len().abs_diff(whole.len()) <= 16 && bytes != b"old";
    if (is_old && code != 0) || is_new { Ok(()) } else { Err(format!("{} bytes of output", bytes.len())) }
}
