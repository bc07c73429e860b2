//! Which worksheets of a workbook are read.

use super::aliases::Field;
use super::header::{Header, find_header};
use super::problem::RosterError;
use super::workbook::{Workbook, WorkbookProblem, WorkbookSheet};
use super::{ReadChoices, SheetChoice};
use crate::names::parse_group_label;

/// The header of a worksheet. A header row chosen for a file of many worksheets may not suit each of them.
pub(super) fn header_of_sheet(sheet: &WorkbookSheet, choices: &ReadChoices) -> Result<Header, RosterError> {
    if sheet.rows.row_count() == 0 {
        return Err(RosterError::Empty);
    }
    let chosen = find_header(&sheet.rows, choices.header_row, &choices.column_overrides);
    match (&choices.sheet, chosen) {
        (Some(SheetChoice::EveryAsClass), Err(_)) => {
            find_header(&sheet.rows, None, &choices.column_overrides)
        }
        (_, chosen) => chosen,
    }
}

/// The worksheets to read: as chosen, or the visible one with the best header, or every one when each is a class.
pub(super) fn chosen_sheets<'w>(
    workbook: &'w Workbook,
    choices: &ReadChoices,
) -> Result<(SheetChoice, Vec<&'w WorkbookSheet>), RosterError> {
    let visible: Vec<&WorkbookSheet> = workbook.sheets.iter().filter(|sheet| !sheet.hidden).collect();
    match &choices.sheet {
        Some(SheetChoice::Named(name)) => {
            let named = workbook.sheets.iter().find(|sheet| sheet.name == *name);
            let missing = || RosterError::Workbook(WorkbookProblem::NoSuchSheet { sheet: name.clone() });
            Ok((SheetChoice::Named(name.clone()), vec![named.ok_or_else(missing)?]))
        }
        Some(SheetChoice::EveryAsClass) => Ok((SheetChoice::EveryAsClass, visible)),
        None => {
            let filled = |sheet: &&WorkbookSheet| sheet.rows.row_count() > 0;
            let known: Vec<(usize, &WorkbookSheet)> = visible
                .iter()
                .filter_map(|sheet| Some((known_columns(&find_header(&sheet.rows, None, &[]).ok()?), *sheet)))
                .collect();
            if known.len() > 1 && known.iter().all(|(_, sheet)| is_class_name(&sheet.name)) {
                return Ok((SheetChoice::EveryAsClass, visible));
            }
            let best = known.iter().rev().max_by_key(|(columns, _)| *columns).map(|(_, sheet)| *sheet);
            let best = best
                .or_else(|| visible.iter().copied().find(filled))
                .or_else(|| workbook.sheets.iter().find(filled))
                .ok_or(RosterError::Workbook(WorkbookProblem::NoSheets))?;
            Ok((SheetChoice::Named(best.name.clone()), vec![best]))
        }
    }
}

fn known_columns(header: &Header) -> usize {
    header.columns.columns.iter().filter(|column| column.field != Field::Unknown).count()
}

pub(super) fn is_class_name(name: &str) -> bool {
    parse_group_label(name).is_ok_and(|label| label.parallel.is_some())
}
