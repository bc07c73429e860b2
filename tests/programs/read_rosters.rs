//! `read_rosters FOLDER [--list] [--program PATH]`: every file below a folder is read as a roster and planned against
//! an empty school. Prints how many were read, how many refused with which message, and everything else; ends with 1
//! when there is anything else. Never prints what stands in a file.

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use sferum_console::roster::WorkbookReader;
use support::whole_way::{Outcome, pupils, read_file};

/// A file that takes longer counts as a failure.
const LONGEST: Duration = Duration::from_secs(5);

struct Arguments {
    folder: PathBuf,
    list: bool,
    /// The program whose child reads workbooks.
    program: PathBuf,
}

fn main() -> ExitCode {
    let Some(arguments) = arguments() else {
        eprintln!("read_rosters FOLDER [--list] [--program PATH]");
        return ExitCode::from(2);
    };
    // A panic would quote what it stumbled over; it is counted instead.
    std::panic::set_hook(Box::new(|_| {}));
    let mut files = Vec::new();
    collect(&arguments.folder, &mut files);
    files.sort();
    let reader = WorkbookReader::new(arguments.program.clone());
    let mut counts = Counts::default();
    for file in &files {
        let word = counts.count(file, &reader);
        if arguments.list {
            let name = file.strip_prefix(&arguments.folder).unwrap_or(file);
            println!("{word}\t{}", name.display());
        }
    }
    counts.print(files.len());
    if counts.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn arguments() -> Option<Arguments> {
    let (mut folder, mut list, mut program) = (None, false, beside_this_one());
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--list") => list = true,
            Some("--program") => program = Some(PathBuf::from(arguments.next()?)),
            Some(option) if option.starts_with("--") => return None,
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    Some(Arguments { folder: folder?, list, program: program? })
}

/// `target/debug/sferum-console`, as seen from `target/debug/examples`.
fn beside_this_one() -> Option<PathBuf> {
    let here = std::env::current_exe().ok()?;
    let name = format!("sferum-console{}", std::env::consts::EXE_SUFFIX);
    Some(here.parent()?.parent()?.join(name))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    // What cannot be listed is no roster.
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), files),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Counts {
    read: usize,
    people: usize,
    refused: BTreeMap<&'static str, usize>,
    failures: BTreeMap<&'static str, usize>,
    longest: Duration,
}

impl Counts {
    /// Reads a file and counts what became of it; the word stands in the list.
    fn count(&mut self, file: &Path, reader: &WorkbookReader) -> String {
        let begun = Instant::now();
        let outcome = std::panic::catch_unwind(|| {
            let bytes = std::fs::read(file).ok()?;
            Some(read_file(bytes, &pupils(), reader))
        });
        let took = begun.elapsed();
        self.longest = self.longest.max(took);
        let failure = match outcome {
            _ if took > LONGEST => "slow",
            Err(_) => "panic",
            Ok(None) => "not opened",
            Ok(Some(Outcome::Read { people, issues })) => {
                self.read += 1;
                self.people += people;
                return format!("read\t{people} people, {issues} issues");
            }
            Ok(Some(Outcome::Refused(code))) => {
                *self.refused.entry(code).or_default() += 1;
                return format!("refused\t{code}");
            }
        };
        *self.failures.entry(failure).or_default() += 1;
        format!("FAILED\t{failure}")
    }

    fn print(&self, files: usize) {
        let refused: usize = self.refused.values().sum();
        let failed: usize = self.failures.values().sum();
        println!(
            "{files} files: {} read ({} people), {refused} refused with a message, {failed} anything else; the slowest \
             took {} ms",
            self.read,
            self.people,
            self.longest.as_millis()
        );
        for (code, count) in self.refused.iter().chain(&self.failures) {
            println!("  {code}: {count}");
        }
    }
}
