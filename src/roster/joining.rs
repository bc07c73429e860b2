//! Worksheets read one by one → one roster, in which every row and every word still says where it stands.

use std::collections::BTreeSet;

use super::ReadChoices;
use super::aliases::Field;
use super::header::Header;
use super::mapped::{ClassAnswer, ClassValue, MappedRoster, PostRole};
use super::problem::{Issue, IssueCode, Severity};
use super::row_places::{RowPlaces, on_sheet};
use crate::names::parse_group_label;

/// A hidden row is taken, and said: people hide those who left, and forget them.
pub(super) fn warn_of_hidden_rows(read: &mut MappedRoster, hidden_rows: &[u32]) {
    if hidden_rows.is_empty() {
        return;
    }
    let hidden: BTreeSet<u32> = hidden_rows.iter().copied().collect();
    let taken = read.rows.iter().map(|row| row.row).filter(|row| hidden.contains(row));
    read.issues.extend(taken.map(|row| Issue {
        row,
        column: None,
        severity: Severity::Warning,
        code: IssueCode::HiddenRow,
        message: format!(
            "Строка {row} скрыта в таблице. Она взята; если это лишний человек, снимите отметку."
        ),
    }));
    read.issues.sort_by_key(|issue| issue.row);
}

/// The name of a worksheet stands among the class values of the file, to be answered like them.
pub(super) fn name_class_value(read: &mut MappedRoster, sheet: &str, header: &Header, choices: &ReadChoices) {
    let by_sheet = choices.group.is_none()
        && !header.columns.has(Field::Group)
        && !header.columns.has(Field::Parallel)
        && !read.class_values.iter().any(|value| value.written == sheet);
    if !by_sheet {
        return;
    }
    let answer = choices.class_answers.get(sheet).cloned();
    let label = header.title.group_label.as_deref().and_then(|label| parse_group_label(label).ok());
    let mut value = ClassValue { written: sheet.to_owned(), label, rows: read.rows.len() as u32, answer };
    if value.answer == Some(ClassAnswer::LeaveOut) {
        value.label = None;
        read.rows.clear();
        read.issues.clear();
    }
    read.class_values.push(value);
}

/// Gives the rows and the words of one worksheet their place among several.
pub(super) fn move_to_sheet(read: &mut MappedRoster, places: &RowPlaces, index: usize, name: &str) {
    for row in &mut read.rows {
        row.row = places.number(index, row.row);
    }
    for issue in &mut read.issues {
        issue.row = places.number(index, issue.row);
        issue.message = on_sheet(name, &issue.message);
    }
}

/// Adds what a further worksheet holds. Notes said already are not said again.
pub(super) fn append(joined: &mut MappedRoster, read: MappedRoster) {
    joined.rows.extend(read.rows);
    joined.issues.extend(read.issues);
    add_new(&mut joined.skipped_columns, read.skipped_columns);
    add_new(&mut joined.unknown_columns, read.unknown_columns);
    add_new(&mut joined.notes, read.notes);
    for value in read.class_values {
        match joined.class_values.iter_mut().find(|known| known.written == value.written) {
            Some(known) => known.rows += value.rows,
            None => joined.class_values.push(value),
        }
    }
    for post in read.post_roles {
        match joined.post_roles.iter_mut().find(|known: &&mut PostRole| known.key == post.key) {
            Some(known) => known.rows += post.rows,
            None => joined.post_roles.push(post),
        }
    }
    joined.fill_down.rows += read.fill_down.rows;
    joined.fill_down.done |= read.fill_down.done;
    joined.totals_dropped += read.totals_dropped;
    joined.rows_seen += read.rows_seen;
}

fn add_new(known: &mut Vec<String>, more: Vec<String>) {
    for text in more {
        if !known.contains(&text) {
            known.push(text);
        }
    }
}
