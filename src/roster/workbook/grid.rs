//! Cells as they come → rows of text, with merged cells filled down and hidden rows named.

use super::limits::{MAX_CELLS, MAX_MERGED_FILLS, MAX_TEXT_BYTES};
use super::problem::WorkbookProblem;
use super::{MergedRange, WorkbookSheet};
use crate::roster::problem::{MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS};
use crate::roster::sheet::Sheet;

/// What the parser does not tell of a worksheet. Rows count from 1.
#[derive(Default, Clone)]
pub(super) struct SheetStructure {
    /// Merged ranges.
    pub merged: Vec<MergedRange>,
    /// First and last row of each hidden stretch.
    pub hidden: Vec<(u32, u32)>,
}

/// What all worksheets of a workbook may still take.
pub(super) struct Allowance {
    cells: u64,
    text_bytes: usize,
    fills: usize,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { cells: MAX_CELLS, text_bytes: MAX_TEXT_BYTES, fills: MAX_MERGED_FILLS }
    }
}

/// A worksheet under construction.
pub(super) struct Grid<'w> {
    name: String,
    allowance: &'w mut Allowance,
    /// Row numbers from 1, ascending where the file is in order, with their filled cells.
    rows: Vec<(u32, Vec<(u16, String)>)>,
}

impl<'w> Grid<'w> {
    pub fn new(name: String, allowance: &'w mut Allowance) -> Self {
        Self { name, allowance, rows: Vec::new() }
    }

    /// Takes a cell; row and column count from 0. Blank ones are nothing, wherever they lie.
    pub fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), WorkbookProblem> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let number = row.saturating_add(1);
        let sheet = || self.name.clone();
        if number > MAX_ROWS {
            return Err(WorkbookProblem::TooManyRows { sheet: sheet() });
        }
        if column as usize >= MAX_COLUMNS {
            return Err(WorkbookProblem::TooManyColumns { sheet: sheet(), row: number });
        }
        if text.len() > MAX_CELL_CHARACTERS && text.chars().count() > MAX_CELL_CHARACTERS {
            return Err(WorkbookProblem::CellTooLong { sheet: sheet(), row: number, column: column + 1 });
        }
        if text.contains(['\0', '\u{FFFD}']) {
            return Err(WorkbookProblem::LostLetters { sheet: sheet(), row: number, column: column + 1 });
        }
        self.spend(text.len())?;
        let cell = (column as u16, text);
        match self.rows.last_mut() {
            Some((last, cells)) if *last == number => cells.push(cell),
            _ => self.rows.push((number, vec![cell])),
        }
        Ok(())
    }

    fn spend(&mut self, text_bytes: usize) -> Result<(), WorkbookProblem> {
        let allowance = &mut *self.allowance;
        let (Some(cells), Some(text)) =
            (allowance.cells.checked_sub(1), allowance.text_bytes.checked_sub(text_bytes))
        else {
            return Err(WorkbookProblem::TooManyCells);
        };
        (allowance.cells, allowance.text_bytes) = (cells, text);
        Ok(())
    }

    /// Brings rows and cells into order and makes the worksheet of them.
    pub fn finish(
        mut self,
        hidden: bool,
        structure: SheetStructure,
    ) -> Result<WorkbookSheet, WorkbookProblem> {
        self.put_in_order();
        for range in structure.merged.iter().filter(|range| range.first_column == range.last_column) {
            self.fill_down(range)?;
        }
        let mut rows = Sheet::with_text_capacity(MAX_TEXT_BYTES.min(self.rows.len() * 64));
        let width =
            self.rows.iter().filter_map(|(_, cells)| cells.last()).map(|(column, _)| column + 1).max();
        rows.pad_rows_to(width.unwrap_or(0));
        for (number, cells) in &self.rows {
            let mut filled = cells.iter().peekable();
            let last = cells.last().map_or(0, |(column, _)| column + 1);
            let in_place = (0..last).map(|column| match filled.next_if(|(other, _)| *other == column) {
                Some((_, text)) => text.as_str(),
                None => "",
            });
            rows.push_row(*number, in_place);
        }
        let hidden_rows = self.hidden_rows(structure.hidden);
        Ok(WorkbookSheet { name: self.name, hidden, rows, merged: structure.merged, hidden_rows })
    }

    /// Spreadsheet programs write in order; others need not. The last text of a cell holds.
    fn put_in_order(&mut self) {
        if !self.rows.is_sorted_by(|left, right| left.0 < right.0) {
            self.rows.sort_by_key(|(number, _)| *number);
            let mut joined: Vec<(u32, Vec<(u16, String)>)> = Vec::with_capacity(self.rows.len());
            for (number, cells) in self.rows.drain(..) {
                match joined.last_mut() {
                    Some((last, earlier)) if *last == number => earlier.extend(cells),
                    _ => joined.push((number, cells)),
                }
            }
            self.rows = joined;
        }
        for (_, cells) in &mut self.rows {
            if !cells.is_sorted_by(|left, right| left.0 < right.0) {
                cells.reverse();
                cells.sort_by_key(|(column, _)| *column);
                cells.dedup_by_key(|(column, _)| *column);
            }
        }
    }

    fn fill_down(&mut self, range: &MergedRange) -> Result<(), WorkbookProblem> {
        let Ok(column) = u16::try_from(range.first_column.saturating_sub(1)) else { return Ok(()) };
        let first = self.rows.partition_point(|(number, _)| *number < range.first_row);
        let end = self.rows.partition_point(|(number, _)| *number <= range.last_row);
        let Some((number, cells)) = self.rows.get(first) else { return Ok(()) };
        let Ok(place) = cells.binary_search_by_key(&column, |(other, _)| *other) else { return Ok(()) };
        if *number != range.first_row {
            return Ok(());
        }
        let text = cells[place].1.clone();
        for index in first + 1..end {
            self.allowance.fills =
                self.allowance.fills.checked_sub(1).ok_or(WorkbookProblem::TooManyMergedRanges)?;
            let cells = &mut self.rows[index].1;
            if let Err(place) = cells.binary_search_by_key(&column, |(other, _)| *other) {
                cells.insert(place, (column, text.clone()));
                self.spend(text.len())?;
            }
        }
        Ok(())
    }

    fn hidden_rows(&self, mut stretches: Vec<(u32, u32)>) -> Vec<u32> {
        stretches.sort_unstable();
        let mut stretches = stretches.into_iter().peekable();
        let mut hidden = Vec::new();
        for (number, _) in &self.rows {
            while stretches.next_if(|(_, last)| last < number).is_some() {}
            if stretches.peek().is_some_and(|(first, _)| first <= number) {
                hidden.push(*number);
            }
        }
        hidden
    }
}
