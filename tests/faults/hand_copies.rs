//! Row 9: the file is copied by hand while the program has it open and is idle. The copy is whole.

use crate::bench::School;
use crate::bench::{FILE_NAME, Lock, cases, check, names_in};
use crate::other_process::Other;

#[test]
fn hand_copies() {
    let count = cases(40);
    let mut copied = 0;
    for lock in [Lock::Raw, Lock::Plain, Lock::Password] {
        let school = School::new(lock);
        let mut other = Other::start("start", &school);
        other.wait_for("held");
        let mut revision = 2;
        // A file with a password is copied once: deriving its key takes long.
        let here = if lock == Lock::Password { 1 } else { count.div_ceil(2) };
        for number in 0..here {
            if number % 5 == 0 {
                other.go_on();
                revision = other.wait_for("idle").parse().expect("a revision");
            }
            let names = names_in(school.folder());
            assert!(names.iter().any(|name| name.ends_with(".open")), "nobody has the file open: {names:?}");
            let copy = school.outside("copy").join(FILE_NAME);
            std::fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
            std::fs::copy(&school.path, &copy).expect("anybody may copy it");
            let checked =
                check(&copy, lock).unwrap_or_else(|words| panic!("{lock:?} copy {number}: {words}"));
            assert_eq!(checked.revision, revision, "{lock:?} copy {number}");
            assert_eq!(checked.people, 20);
            copied += 1;
        }
        assert_eq!(other.finish(), 0);
    }
    println!("hand copies: {copied} of an open, idle file; torn 0, behind 0");
}
