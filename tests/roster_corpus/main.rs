//! Every file of the corpus through the functions of the fuzz targets, and a few thousand mutations of them: a short
//! run of what `cargo fuzz` does at length.

#[path = "../support/mod.rs"]
mod support;

use support::corpus::{corpus_folder, files_of, seeds};
use support::mutations::mutated;
use support::school_names::Chance;
use support::whole_way::read_text_in_every_encoding;

/// Writes the seeds anew: `cargo test --test roster_corpus -- --ignored`.
#[test]
#[ignore = "writes into the source tree"]
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

#[test]
fn every_text_of_the_corpus() {
    for (name, bytes) in files_of("text") {
        let outcome = std::panic::catch_unwind(|| read_text_in_every_encoding(&bytes));
        assert!(outcome.is_ok(), "{name}");
    }
}

#[test]
fn mutated_texts() {
    let files = files_of("text");
    for number in 0..1_500 {
        let mut chance = Chance::new(number);
        let (name, seed) = chance.pick(&files);
        let other = &chance.pick(&files).1;
        let bytes = mutated(seed, other, &mut chance);
        let outcome = std::panic::catch_unwind(|| read_text_in_every_encoding(&bytes));
        assert!(outcome.is_ok(), "mutation {number} of {name}");
    }
}
