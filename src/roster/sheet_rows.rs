//! The rows of a sheet that lie below its header, and a sample of them for judging columns by their values.

use super::delimited::{Sheet, SheetRow};

/// Columns are judged by no more rows than these.
const SAMPLE_ROWS: usize = 1_000;

/// The rows below a header.
#[derive(Clone, Copy)]
pub(super) struct RowsBelow<'s> {
    sheet: &'s Sheet,
    /// The last row, as Excel counts, that is not data; 0 where all are.
    after: u32,
}

impl<'s> RowsBelow<'s> {
    /// The rows of `sheet` after the row `after`.
    pub fn new(sheet: &'s Sheet, after: u32) -> Self {
        Self { sheet, after }
    }

    /// All of them.
    pub fn all(self) -> impl Iterator<Item = SheetRow<'s>> {
        self.sheet.rows().filter(move |row| row.number() > self.after)
    }

    /// The first of them, enough to judge a column.
    pub fn sample(self) -> impl Iterator<Item = SheetRow<'s>> {
        self.all().take(SAMPLE_ROWS)
    }
}
