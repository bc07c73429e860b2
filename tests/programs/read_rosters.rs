//! `read_rosters FOLDER [--list] [--as-cells] [--program PATH]`: every file below a folder is read as a roster and planned against
//! an empty school. Prints how many were read, how many refused with which message, and everything else; ends with 1
//! when there is anything else. With `--as-cells` every line of every text file stands as every cell of a small roster
//! instead: for lists of naughty strings. Never prints what stands in a file.

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
    as_cells: bool,
    /// The program whose child reads workbooks.
    program: PathBuf,
}

fn main() -> ExitCode {
    let Some(arguments) = arguments() else {
        eprintln!("read_rosters FOLDER [--list] [--as-cells] [--program PATH]");
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
        let name = file.strip_prefix(&arguments.folder).unwrap_or(file);
        let rosters = match (std::fs::read(file), arguments.as_cells) {
            (Ok(bytes), true) => cells_in_rosters(&bytes),
            (Ok(bytes), false) => vec![bytes],
            (Err(_), _) => Vec::new(),
        };
        if rosters.is_empty() {
            *counts.failures.entry("not opened, or no line of text").or_default() += 1;
        }
        for bytes in rosters {
            let word = counts.count(bytes, &reader);
            if arguments.list {
                println!("{word}\t{}", name.display());
            }
        }
    }
    counts.print();
    if counts.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn arguments() -> Option<Arguments> {
    let (mut folder, mut list, mut as_cells, mut program) = (None, false, false, beside_this_one());
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--list") => list = true,
            Some("--as-cells") => as_cells = true,
            Some("--program") => program = Some(PathBuf::from(arguments.next()?)),
            Some(option) if option.starts_with("--") => return None,
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    Some(Arguments { folder: folder?, list, as_cells, program: program? })
}

/// `target/debug/sferum-console`, as seen from `target/debug/examples`.
fn beside_this_one() -> Option<PathBuf> {
    let here = std::env::current_exe().ok()?;
    let name = format!("sferum-console{}", std::env::consts::EXE_SUFFIX);
    Some(here.parent()?.parent()?.join(name))
}

/// Every line of a text in every column of a roster of one pupil.
fn cells_in_rosters(bytes: &[u8]) -> Vec<Vec<u8>> {
    const HEADER: [&str; 6] = ["Фамилия", "Имя", "Отчество", "Класс", "Дата рождения", "Телефон"];
    const PUPIL: [&str; 6] = ["Гусев", "Пётр", "Ильич", "5А", "14.03.2015", "+79120000001"];
    let text = String::from_utf8_lossy(bytes);
    let cells = text.lines().map(|line| format!("\"{}\"", line.replace('"', "\"\"")));
    cells
        .flat_map(|cell| {
            (0..HEADER.len()).map(move |column| {
                let mut odd: Vec<&str> = PUPIL.to_vec();
                odd[column] = &cell;
                format!("{}\n{}\n{}\n", HEADER.join(";"), PUPIL.join(";"), odd.join(";")).into_bytes()
            })
        })
        .collect()
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
    rosters: usize,
    read: usize,
    people: usize,
    refused: BTreeMap<&'static str, usize>,
    failures: BTreeMap<&'static str, usize>,
    longest: Duration,
}

impl Counts {
    /// Reads a roster and counts what became of it; the word stands in the list.
    fn count(&mut self, bytes: Vec<u8>, reader: &WorkbookReader) -> String {
        let begun = Instant::now();
        self.rosters += 1;
        let outcome = std::panic::catch_unwind(|| read_file(bytes, &pupils(), reader));
        let took = begun.elapsed();
        self.longest = self.longest.max(took);
        let failure = match outcome {
            _ if took > LONGEST => "slow",
            Err(_) => "panic",
            Ok(Outcome::Read { people, issues }) => {
                self.read += 1;
                self.people += people;
                return format!("read\t{people} people, {issues} issues");
            }
            Ok(Outcome::Refused(code)) => {
                *self.refused.entry(code).or_default() += 1;
                return format!("refused\t{code}");
            }
        };
        *self.failures.entry(failure).or_default() += 1;
        format!("FAILED\t{failure}")
    }

    fn print(&self) {
        let refused: usize = self.refused.values().sum();
        let failed: usize = self.failures.values().sum();
        println!(
            "{} rosters: {} read ({} people), {refused} refused with a message, {failed} anything else; the slowest \
             took {} ms",
            self.rosters,
            self.read,
            self.people,
            self.longest.as_millis()
        );
        for (code, count) in self.refused.iter().chain(&self.failures) {
            println!("  {code}: {count}");
        }
    }
}
