//! Every shape as xlsx, ods and old xls, through the child process, under the same law as text.

use super::importing::*;
use super::shapes_in_text::prove;
use super::support::made_school::*;
use super::support::shapes::{SHAPES, Shape};
use super::support::term_later::*;
use super::support::workbook_files::WorkbookKind;

fn files(shape: &Shape, school: &MadeSchool, kind: WorkbookKind) -> Vec<ReadFile> {
    (shape.write)(school).iter().map(|file| read_any(kind.write(file), &shape.reading())).collect()
}

fn every_shape(kind: WorkbookKind) {
    let before = a_school();
    let after = a_term_later(&before);
    let mut failures = Vec::new();
    for shape in &SHAPES {
        let outcome = std::panic::catch_unwind(|| {
            prove(shape, &files(shape, &before, kind), &files(shape, &after, kind), (&before, &after));
        });
        if outcome.is_err() {
            failures.push(shape.name);
        }
    }
    assert!(failures.is_empty(), "{kind:?}: {failures:?}");
}

#[test]
fn every_shape_in_xlsx() {
    every_shape(WorkbookKind::Xlsx);
}

#[test]
fn every_shape_in_ods() {
    every_shape(WorkbookKind::Ods);
}

#[test]
fn every_shape_in_xls() {
    every_shape(WorkbookKind::Xls);
}
