//! Every file of the corpus through the functions of the fuzz targets, and a few thousand mutations of them: a short
//! run of what `cargo fuzz` does at length.

#[path = "../support/mod.rs"]
mod support;

use support::corpus::{corpus_folder, files_of, seeds};
use support::mutations::mutated;
use support::school_names::Chance;
use support::whole_way::{Outcome, read_text_in_every_encoding, read_workbook_here};
use support::workbook_parts::workbook_of;

/// Writes the seeds anew: `cargo test --test roster_corpus -- --ignored`.
#[test]
#[ignore = "writes into the source tree"]
#[expect(clippy::disallowed_methods, reason = "seeds, which the next run writes whole again")]
fn write_the_seeds() {
    for (folder, name, bytes) in seeds() {
        std::fs::write(corpus_folder().join(folder).join(name), bytes).expect("the corpus can be written");
    }
}

#[test]
fn the_seeds_are_what_is_made() {
    for (folder, name, bytes) in seeds() {
        let kept = std::fs::read(corpus_folder().join(folder).join(&name)).unwrap_or_default();
        assert!(kept == bytes, "{folder}/{name} differs: write the seeds anew");
    }
}

const TEXT: (&str, fn(&[u8])) = ("text", read_text_in_every_encoding);
const WORKBOOK: (&str, fn(&[u8])) = ("workbook_xml", |parts| {
    read_workbook_here(&workbook_of(parts));
});

#[test]
fn every_file_of_the_corpus() {
    for (folder, target) in [TEXT, WORKBOOK] {
        for (name, bytes) in files_of(folder) {
            let outcome = std::panic::catch_unwind(|| target(&bytes));
            assert!(outcome.is_ok(), "{folder}/{name}");
        }
    }
}

/// A corpus that is refused at the door would prove nothing.
#[test]
fn honest_seeds_are_read() {
    for name in ["plain.txt", "inline-texts.txt", "merged-and-hidden.txt", "numbers-and-dates.txt"] {
        let files = files_of(WORKBOOK.0);
        let (_, parts) = files.iter().find(|file| file.0 == name).expect("is in the corpus");
        let outcome = read_workbook_here(&workbook_of(parts));
        assert!(matches!(outcome, Outcome::Read { people: 1.., .. }), "{name}: {outcome:?}");
    }
}

#[test]
fn mutated_texts() {
    mutate(TEXT, 1_500);
}

#[test]
fn mutated_workbooks() {
    mutate(WORKBOOK, 1_500);
}

fn mutate((folder, target): (&str, fn(&[u8])), executions: u64) {
    let files = files_of(folder);
    for number in 0..executions {
        let mut chance = Chance::new(number);
        let (name, seed) = chance.pick(&files);
        let other = &chance.pick(&files).1;
        let bytes = mutated(seed, other, &mut chance);
        let outcome = std::panic::catch_unwind(|| target(&bytes));
        assert!(outcome.is_ok(), "mutation {number} of {name}: repeat it with the example fuzz_rosters");
    }
}
