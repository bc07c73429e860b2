//! Row 1: killed in mid-import or mid-edit. Nothing acknowledged is lost, nothing stands half.

use std::time::{Duration, Instant};

use crate::bench::{Chance, Lock, School, cases, is_hot};
use crate::other_process::{Other, acknowledged};

/// A third of the kills come at a random moment, 10–100 ms after the work began; the others wait, after that, until a
/// commit is under way, since a moment drawn blindly mostly hits the work before it.
#[test]
fn kills() {
    let count = cases(12);
    let mut chance = Chance::of("kills");
    let (mut hot, mut hot_blind, mut after_an_acknowledgement, mut slowest) = (0, 0, 0, Duration::ZERO);
    for case in 0..count {
        let school = School::new(if case == 0 { Lock::Password } else { Lock::Raw });
        let part = if case / 2 % 2 == 0 { "imports" } else { "edits" };
        let mut other = Other::start(part, &school);
        other.wait_for("begun");
        std::thread::sleep(Duration::from_millis(chance.between(10, 100) as u64));
        let is_aimed = case % 3 != 0;
        if is_aimed {
            wait_for_a_commit(&school);
            if part == "imports" {
                // A commit of megabytes lasts; that of an edit is over before anybody woke up.
                std::thread::sleep(Duration::from_micros(chance.below(2000) as u64));
            }
        }
        other.kill();
        let is_hot = is_hot(&school.journal());
        hot += usize::from(is_hot);
        hot_blind += usize::from(is_hot && !is_aimed);
        let last = acknowledged(&school, "revision");
        after_an_acknowledgement += usize::from(last > 0);
        let checked = school.check().unwrap_or_else(|words| panic!("kill {case} in {part}: {words}"));
        assert!(
            checked.revision >= last,
            "kill {case} in {part}: {last} was acknowledged, {} is there",
            checked.revision
        );
        slowest = slowest.max(checked.opened_in);
    }
    println!(
        "kills: {count}, of them {hot} left a hot journal ({hot_blind} of {} blind ones), {after_an_acknowledgement} \
         came after an acknowledged change; lost 0, unsound 0; slowest opening {} ms",
        count.div_ceil(3),
        slowest.as_millis()
    );
    assert!(hot * 2 >= count, "only {hot} of {count} kills hit a commit: the fault hardly fired");
    // Unoptimised, and beside other programs, it says nothing.
    assert!(
        cfg!(debug_assertions) || slowest < Duration::from_secs(3),
        "opening after a kill took {slowest:?}"
    );
}

fn wait_for_a_commit(school: &School) {
    let begun = Instant::now();
    while !is_hot(&school.journal()) && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_micros(100));
    }
}
