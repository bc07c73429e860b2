//! Every shape as delimited text, and the plainest in every encoding with every delimiter.

use sferum_console::roster::PlanCounts;

use super::importing::*;
use super::support::made_school::*;
use super::support::shapes::{SENSITIVE_VALUES, SHAPES, Shape};
use super::support::term_later::*;
use super::support::text_files::{TextEncoding, delimited};

pub fn text_files(
    shape: &Shape,
    school: &MadeSchool,
    encoding: TextEncoding,
    delimiter: char,
) -> Option<Vec<ReadFile>> {
    let encoded = |table| encoding.encode(&delimited(table, delimiter));
    let files = (shape.write)(school);
    files.iter().map(|file| Some(read(&encoded(&file.tables[0])?, &shape.reading()))).collect()
}

/// The whole law of a shape: the first import, the same file again, the school a term later.
pub fn prove(shape: &Shape, before: &[ReadFile], after: &[ReadFile], schools: (&MadeSchool, &MadeSchool)) {
    let mut register = empty_school();
    let first = import_all(&mut register, before);
    let parents = if shape.carries.parents { schools.0.parents_named() as u32 } else { 0 };
    let expected = PlanCounts { added: PUPILS as u32, parents_added: parents, ..PlanCounts::default() };
    assert_eq!(first, expected, "first import");
    assert_nothing_to_do(&register, before);
    let truth = Truth::between(schools.0, schools.1, shape.carries);
    assert_eq!(plan_all(&register, after), counts_of(truth, after.len() > 1), "a term later");
}

/// What a plan says of the truth. In single files a pupil who moved is missing from the class they left.
fn counts_of(truth: Truth, file_a_class: bool) -> PlanCounts {
    PlanCounts {
        added: truth.added,
        moved: truth.moved,
        renamed: truth.renamed,
        updated: truth.updated + truth.new_parents_of_the_known,
        unchanged: truth.unchanged - truth.new_parents_of_the_known,
        absent: truth.left + if file_a_class { truth.moved } else { 0 },
        parents_added: truth.new_parents_of_the_known + truth.new_parents_of_newcomers,
        ..PlanCounts::default()
    }
}

#[test]
fn the_school_is_what_its_numbers_say() {
    let (before, after) = (a_school(), a_term_later(&a_school()));
    assert_eq!((before.pupils.len(), before.classes().len(), before.staff.len()), (PUPILS, CLASSES, STAFF));
    let names: std::collections::BTreeSet<String> =
        before.pupils.iter().map(|it| it.name.match_key()).collect();
    assert_eq!(names.len(), PUPILS - 8, "namesakes");
    let truth = Truth::between(&before, &after, Carries { phone: true, parents: true });
    let touched = MOVES + CHANGED_SURNAMES + CHANGED_PHONES + FILLED_BLANKS;
    let expected = Truth {
        added: NEWCOMERS as u32,
        left: LEAVERS as u32,
        moved: MOVES as u32,
        renamed: CHANGED_SURNAMES as u32,
        updated: (CHANGED_PHONES + FILLED_BLANKS) as u32,
        unchanged: (PUPILS - LEAVERS - touched) as u32,
        new_parents_of_the_known: NEW_PARENTS as u32,
        ..truth
    };
    assert_eq!(truth, expected);
    assert!(truth.new_parents_of_newcomers > 10);
    let written_otherwise = before
        .pupils
        .iter()
        .filter(|pupil| after.pupils.iter().any(|it| it.number == pupil.number && it.name != pupil.name));
    assert_eq!(written_otherwise.count(), MERE_YO + CHANGED_SURNAMES + 4);
}

#[test]
fn every_shape_in_windows_1251() {
    let before = a_school();
    let after = a_term_later(&before);
    let mut failures = Vec::new();
    for shape in SHAPES.iter().filter(|shape| !shape.workbook_only) {
        let outcome = std::panic::catch_unwind(|| {
            let files = |school| {
                text_files(shape, school, TextEncoding::Windows1251, ';')
                    .expect("windows-1251 has every letter")
            };
            prove(shape, &files(&before), &files(&after), (&before, &after));
        });
        if outcome.is_err() {
            failures.push(shape.name);
        }
    }
    assert!(failures.is_empty(), "{failures:?}");
}

#[test]
fn the_plainest_shape_in_every_encoding() {
    let before = a_school();
    let after = a_term_later(&before);
    let shape = &SHAPES[0];
    for (index, encoding) in TextEncoding::ALL.into_iter().enumerate() {
        let delimiter = [';', ',', '\t'][index % 3];
        let files = |school| text_files(shape, school, encoding, delimiter).expect("plain letters");
        let (first, later) = (files(&before), files(&after));
        // What is read is the same in every encoding; the whole law is proved above.
        let mut register = empty_school();
        import_all(&mut register, &first);
        let truth = Truth::between(&before, &after, shape.carries);
        assert_eq!(plan_all(&register, &later), counts_of(truth, false), "{encoding:?} {delimiter:?}");
    }
}

#[test]
fn every_shape_reads_alike_in_every_encoding() {
    let mut small = a_school();
    small.pupils.truncate(30);
    for shape in SHAPES.iter().filter(|shape| !shape.workbook_only) {
        let as_rows = |files: Vec<ReadFile>| -> Vec<_> {
            files.into_iter().flat_map(|file| file.roster.rows).collect()
        };
        let plain =
            as_rows(text_files(shape, &small, TextEncoding::Utf8, ';').expect("utf-8 has every letter"));
        assert_eq!(plain.len(), 30, "{}", shape.name);
        for encoding in TextEncoding::ALL {
            for delimiter in [';', ',', '\t'] {
                if let Some(files) = text_files(shape, &small, encoding, delimiter) {
                    assert!(as_rows(files) == plain, "{} in {encoding:?} with {delimiter:?}", shape.name);
                }
            }
        }
    }
}

#[test]
fn sensitive_values_go_nowhere() {
    let mut school = a_school();
    school.pupils.truncate(40);
    let shape = SHAPES.iter().find(|shape| shape.name.contains("sensitive")).expect("there is one");
    let files = text_files(shape, &school, TextEncoding::Utf8, ';').expect("utf-8 has every letter");
    let (file, mut register) = (&files[0], empty_school());
    let cells: String = file.opened.sheet.rows().flat_map(|row| row.cells()).collect();
    let changes = import_unseen(&mut register, file);
    let everything = format!("{cells}{changes:?}{register:?}{:?}", file.roster.issues);
    for value in SENSITIVE_VALUES {
        assert!(!everything.contains(value));
    }
    assert_eq!(file.roster.skipped_columns.len(), SENSITIVE_VALUES.len());
}
