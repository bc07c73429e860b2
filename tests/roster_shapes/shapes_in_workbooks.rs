//! Every shape as xlsx, ods and old xls, through the child process. Xlsx stands under the same law as text; of the
//! others every row is read as from text.

use sferum_console::roster::RosterRow;

use super::importing::*;
use super::shapes_in_text::{prove, text_files};
use super::support::made_school::*;
use super::support::shapes::{SHAPES, Shape};
use super::support::term_later::*;
use super::support::text_files::TextEncoding;
use super::support::workbook_files::WorkbookKind;

fn files(shape: &Shape, school: &MadeSchool, kind: WorkbookKind) -> Vec<ReadFile> {
    (shape.write)(school).iter().map(|file| read_any(kind.write(file), &shape.reading())).collect()
}

#[test]
fn every_shape_in_xlsx() {
    let before = a_school();
    let after = a_term_later(&before);
    let kind = WorkbookKind::Xlsx;
    let mut failures = Vec::new();
    for shape in &SHAPES {
        let outcome = std::panic::catch_unwind(|| {
            prove(shape, &files(shape, &before, kind), &files(shape, &after, kind), (&before, &after));
        });
        if outcome.is_err() {
            failures.push(shape.name);
        }
    }
    assert!(failures.is_empty(), "{failures:?}");
}

#[test]
fn the_plainest_and_the_oddest_in_ods_and_xls() {
    let before = a_school();
    let after = a_term_later(&before);
    for kind in [WorkbookKind::Ods, WorkbookKind::Xls] {
        for shape in [&SHAPES[0], SHAPES.last().expect("there are shapes")] {
            prove(shape, &files(shape, &before, kind), &files(shape, &after, kind), (&before, &after));
        }
    }
}

#[test]
fn every_shape_reads_as_from_text() {
    let mut small = a_school();
    small.pupils.truncate(60);
    let rows = |files: Vec<ReadFile>| -> Vec<RosterRow> {
        files.into_iter().flat_map(|file| file.roster.rows).collect()
    };
    for shape in SHAPES.iter().filter(|shape| !shape.workbook_only) {
        let text = text_files(shape, &small, TextEncoding::Utf8, ';').expect("utf-8 has every letter");
        let text = rows(text);
        for kind in WorkbookKind::ALL {
            assert!(rows(files(shape, &small, kind)) == text, "{} in {kind:?}", shape.name);
        }
    }
}
