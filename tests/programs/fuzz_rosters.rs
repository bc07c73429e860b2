//! `fuzz_rosters text|workbook_xml COUNT [FROM]`: mutations of the corpus, deterministic by their number, through the
//! functions of the fuzz targets. What `cargo fuzz` does better where a nightly compiler is at hand; this counts
//! executions on the stable one. With COUNT 1 the mutation itself is printed. Prints the number of every mutation that fails, so that it can be repeated.

#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use support::corpus::files_of;
use support::mutations::mutated;
use support::school_names::Chance;
use support::whole_way::{read_text_in_every_encoding, read_workbook_here};
use support::workbook_parts::workbook_of;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<u64> = arguments.iter().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let target: fn(&[u8]) = match arguments.first().map(String::as_str) {
        Some("text") => read_text_in_every_encoding,
        Some("workbook_xml") => |parts| {
            read_workbook_here(&workbook_of(parts));
        },
        _ => {
            eprintln!("fuzz_rosters text|workbook_xml COUNT [FROM]");
            return ExitCode::from(2);
        }
    };
    // The place, not the words: those would quote what the program stumbled over.
    std::panic::set_hook(Box::new(|panic| {
        if let Some(place) = panic.location() {
            eprintln!("{}:{}", place.file(), place.line());
        }
    }));
    let from = numbers.get(1).copied().unwrap_or(0);
    let until = from + numbers.first().copied().unwrap_or(10_000);
    let files = files_of(&arguments[0]);
    let begun = Instant::now();
    let (mut failures, mut slowest) = (0_u64, Duration::ZERO);
    for number in from..until {
        let mut chance = Chance::new(number);
        let (name, seed) = chance.pick(&files);
        let other = &chance.pick(&files).1;
        let bytes = mutated(seed, other, &mut chance);
        if until == from + 1 {
            // One alone is asked for to be looked at.
            println!("{}", String::from_utf8_lossy(&bytes));
        }
        let one = Instant::now();
        if std::panic::catch_unwind(|| target(&bytes)).is_err() {
            failures += 1;
            println!("mutation {number} of {name} fails");
        }
        slowest = slowest.max(one.elapsed());
    }
    let seconds = begun.elapsed().as_secs_f64();
    let executions = until - from;
    println!(
        "{executions} executions in {seconds:.0} s, {failures} failures, slowest {} ms",
        slowest.as_millis()
    );
    if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
