//! Row 8: twenty starts at once. One has the file, the others say who, and a killed first never blocks.

use crate::bench::{Lock, School, cases, is_a_sentence};
use crate::other_process::Other;

const STARTS: usize = 20;

#[test]
fn twenty_starts() {
    let count = cases(3);
    let (mut refused, mut named) = (0, 0);
    let here = whoami::hostname().unwrap_or_default();
    for round in 0..count {
        let school = School::new(if round == 0 { Lock::Password } else { Lock::Raw });
        let others: Vec<Other> = (0..STARTS).map(|_| Other::start("start", &school)).collect();
        let (mut holders, mut losers) = (Vec::new(), Vec::new());
        for mut other in others {
            let line = other.wait_for_any(&["held", "refused"]);
            match line.strip_prefix("refused ") {
                None => holders.push(other),
                Some(words) => losers.push((other, words.to_owned())),
            }
        }
        assert_eq!((holders.len(), losers.len()), (1, STARTS - 1), "round {round}");
        for (other, words) in losers {
            assert_eq!(other.finish(), 3, "round {round}");
            assert!(is_a_sentence(&words), "{words}");
            refused += 1;
            named += usize::from(words.contains(&format!("«{here}»")));
        }
        let mut holder = holders.pop().expect("one");
        holder.go_on();
        let revision = holder.wait_for("idle");
        if round % 2 == 0 {
            holder.kill();
        } else {
            assert_eq!(holder.finish(), 0);
        }
        let checked = school.check().unwrap_or_else(|words| panic!("round {round}: {words}"));
        assert_eq!(checked.revision.to_string(), revision, "round {round}: the writer's change");
        the_program_says_the_same(&school);
    }
    println!(
        "twenty starts: {count} rounds, one writer each; {refused} refused with exit code 3, {named} named the holder; \
         killed holders that blocked 0"
    );
    assert_eq!(named, refused, "some were refused without saying who has the file");
}

/// The program's own exit code and sentence on a file that is held.
fn the_program_says_the_same(school: &School) {
    if school.lock != Lock::Raw {
        return;
    }
    let plain = School::new(Lock::Plain);
    let mut holder = Other::start("start", &plain);
    holder.wait_for("held");
    let output = plain.console(&["groups", crate::bench::FILE_NAME]).output().expect("starts");
    let (code, errors) = crate::bench::ended(&output);
    assert!(code == 3 && errors.contains("Файл уже открыт: компьютер"), "{code}: {errors}");
    holder.kill();
    let output = plain.console(&["groups", crate::bench::FILE_NAME]).output().expect("starts");
    assert_eq!(crate::bench::ended(&output).0, 0, "a killed holder blocks");
}
