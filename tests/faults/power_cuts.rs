//! Row 2: the power goes at any sync, and what was not synced is lost or torn by sectors. Nothing acknowledged is lost.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::bench::{Chance, Lock, School, cases, check, has_program, is_a_sentence, put};
use crate::other_process::{acknowledged, command, new_report, old_report};

/// The exit code by which the library says that it cut.
const CUT: i32 = 77;

#[test]
fn power_cuts() {
    let count = cases(60);
    let mut chance = Chance::of("power cuts");
    let Some((_folder, library)) = compiled_library() else { return };
    let (_, syncs) = run_round(&library, Lock::Raw, 0, 1);
    assert!(syncs > 20, "only {syncs} syncs were seen in a whole round: the library does not catch them");
    let (mut cuts, mut acknowledged_cuts) = (0, 0);
    for case in 0..count {
        let lock = if case == 0 { Lock::Password } else { Lock::Raw };
        // Every sync in turn; what is dropped differs each time round.
        let (at, seed) = (case as u64 % syncs + 1, chance.next() >> 1);
        let (school, _) = run_round(&library, lock, at, seed);
        let last = acknowledged(&school, "revision");
        cuts += 1;
        acknowledged_cuts += usize::from(last > 0);
        if let Err(words) = examine(&school, last) {
            panic!("power cut at sync {at} of {syncs}, seed {seed}: {words}");
        }
    }
    println!(
        "power cuts: {cuts} fired over {syncs} syncs of a round, {acknowledged_cuts} after an acknowledged change; lost \
         0, unsound 0"
    );
    assert!(acknowledged_cuts * 2 >= cuts.min(10), "the cuts came before anything was acknowledged");
}

/// One round under the library; `at` 0: no cut. Answers the folder as the cut left it, and the syncs of a whole round.
fn run_round(library: &Path, lock: Lock, at: u64, seed: u64) -> (School, u64) {
    let school = School::new(lock);
    put(&school.beside("отчёт.csv"), &old_report());
    let stash = school.outside("stash");
    std::fs::create_dir(&stash).expect("a folder");
    let output = command("round", &school)
        .env("LD_PRELOAD", library)
        .env("POWER_CUT_FOLDER", school.folder())
        .env("POWER_CUT_STASH", &stash)
        .env("POWER_CUT_AT", at.to_string())
        .env("POWER_CUT_SEED", seed.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .expect("starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    let expected = if at == 0 { 0 } else { CUT };
    assert_eq!(output.status.code(), Some(expected), "cut at {at}, seed {seed}: {errors}");
    let syncs = std::fs::read_to_string(stash.join("syncs")).ok().and_then(|text| text.parse().ok());
    (school, syncs.unwrap_or_default())
}

fn examine(school: &School, last: u64) -> Result<(), String> {
    let checked = school.check()?;
    if checked.revision < last {
        return Err(format!("{last} was acknowledged, {} is there", checked.revision));
    }
    let report = std::fs::read(school.beside("отчёт.csv")).map_err(|error| format!("the report: {error}"))?;
    if report != new_report() && (report != old_report() || acknowledged(school, "report") > 0) {
        return Err("the report is neither the old one nor the new one".into());
    }
    for (name, word) in [("копия.sferum", "backup"), ("новая.sferum", "made")] {
        let (path, promised) = (school.beside(name), acknowledged(school, word));
        let outcome = if path.exists() { check(&path, school.lock) } else { Err("is not there".into()) };
        match outcome {
            Ok(checked) if checked.revision >= promised => {}
            Ok(checked) => {
                return Err(format!("{name}: {promised} acknowledged, {} there", checked.revision));
            }
            Err(words) if promised > 0 => return Err(format!("{name}: {words}")),
            // A backup is there whole or not at all; a new file that was never finished may be anything but is told.
            Err(words) if word == "backup" && path.exists() => return Err(format!("{name}: {words}")),
            Err(words) if path.exists() && !is_a_sentence(&words) => return Err(format!("{name}: {words}")),
            Err(_) => {}
        }
    }
    Ok(())
}

/// Compiles the library; says why where that cannot be done.
fn compiled_library() -> Option<(tempfile::TempDir, PathBuf)> {
    if !has_program("cc") {
        println!("power cuts: NOT RUN, there is no C compiler (cc)");
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("power_cut.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/power_cut.c");
    let output = Command::new("cc")
        .args(["-O1", "-shared", "-fPIC", "-pthread", "-o"])
        .args([&library, &source])
        .output()
        .expect("cc starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some((folder, library))
}
