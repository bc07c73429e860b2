//! `document` for the papers of the school and `duties`, by the program as it is installed.

use super::console::{CANARY, Console, TODAY};

#[test]
fn every_paper_of_the_school_is_written() {
    let console = Console::new();
    console.run(&["sample", "made", TODAY]).expect(0);
    let write = |arguments: &[&str]| {
        let mut all = vec!["document", "made/school.sferum"];
        all.extend_from_slice(arguments);
        all.push(TODAY);
        console.run(&all)
    };
    let papers: [&[&str]; 11] = [
        &["head-report", "--from", "2026-09-15", "--to", "2026-10-12", "--out", "1.docx"],
        &["head-report", "--out", "2.xlsx"],
        &["class-passport", "--group", "7Б", "--out", "3.docx"],
        &["responsible-list", "--out", "4.xlsx"],
        &["handover", "--name", "Ветрова Ирина Павловна", "--out", "5.docx"],
        &["inspection-folder", "--on", "2026-10-01", "--from", "2026-09-01", "--out", "6.docx"],
        &["order-administrator", "--out", "7.docx"],
        &["order-class-teachers", "--out", "8.docx"],
        &["order-class-teachers", "--out", "9.xlsx"],
        &["local-act", "--out", "10.docx"],
        &["parents-information", "--out", "11.docx"],
    ];
    for arguments in papers {
        write(arguments).expect(0);
        let out = arguments.last().expect("a path");
        assert!(console.bytes(out).starts_with(b"PK"), "{out}");
    }
}

#[test]
fn what_cannot_be_written_is_said_and_writes_nothing() {
    let console = Console::with_people();
    let table: [(&[&str], i32, &str); 7] = [
        (&["class-passport", "--out", "a.docx"], 2, "--group"),
        (&["head-report", "--group", "7Б", "--out", "a.docx"], 2, "--group"),
        (&["head-report", "--from", "2026-10-12", "--to", "2026-10-12", "--out", "a.docx"], 1, "раньше"),
        (&["head-report", "--to", "2026-10-13", "--out", "a.docx"], 1, "впереди"),
        (&["inspection-folder", "--on", "2026-10-13", "--out", "a.docx"], 1, "впереди"),
        (&["local-act", "--out", "a.xlsx"], 1, ".docx"),
        (&["local-act", "--on", "2026-10-01", "--out", "a.docx"], 2, "--on"),
    ];
    for (arguments, code, words) in table {
        let mut all = vec!["document", "school.sferum"];
        all.extend_from_slice(arguments);
        all.push(TODAY);
        let ran = console.run(&all).expect(code);
        assert!(ran.stderr.contains(words), "{arguments:?}: {}", ran.stderr);
    }
    assert!(!console.path("a.docx").exists() && !console.path("a.xlsx").exists());
}

#[test]
fn duties_say_what_is_left_without_naming_who_is_not_inside() {
    let console = Console::with_people();
    let ran = console.run(&["duties", "school.sferum", "--json", TODAY]).expect(0);
    assert!(!ran.stdout.contains(CANARY), "a roster alone makes nobody a debtor");
    let duties = ran.json();
    let ours = duties.as_array().expect("a list").iter().filter(|duty| duty["ours"] == true).count();
    assert_eq!((duties.as_array().map(Vec::len), ours), (Some(20), 13));
}
