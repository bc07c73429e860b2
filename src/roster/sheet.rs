//! The table of text cells that every source becomes, with rows numbered as the spreadsheet counts.

use super::delimited::Delimiter;

/// A table of text cells. All cells lie in one string, so that 100,000 rows cost a few allocations.
#[derive(Clone, Default)]
pub struct Sheet {
    text: String,
    /// End offset of each cell in `text`; a cell begins where the one before ends.
    cell_ends: Vec<u32>,
    rows: Vec<RowSpan>,
    delimiter: Option<Delimiter>,
    /// Every row has at least this many cells: the cells that a workbook leaves out at the end are empty, not missing.
    least_width: u16,
}

#[derive(Clone, Copy)]
struct RowSpan {
    number: u32,
    first_cell: u32,
    cell_count: u16,
}

/// One row of a [`Sheet`].
#[derive(Clone, Copy)]
pub struct SheetRow<'a> {
    sheet: &'a Sheet,
    span: RowSpan,
}

impl<'a> SheetRow<'a> {
    /// Row number from 1 as Excel counts: blank rows count, line breaks inside a cell do not.
    pub fn number(self) -> u32 {
        self.span.number
    }

    /// Number of cells, empty ones included.
    pub fn cell_count(self) -> usize {
        usize::from(self.span.cell_count.max(self.sheet.least_width))
    }

    /// The text of a cell, counted from 0; empty beyond the last.
    pub fn cell(self, column: usize) -> &'a str {
        if column < usize::from(self.span.cell_count) {
            self.sheet.cell_text(self.span.first_cell as usize + column)
        } else {
            ""
        }
    }

    /// The cells from left to right.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.cell_count()).map(move |column| self.cell(column))
    }

    fn written_cells(self) -> impl Iterator<Item = &'a str> {
        (0..usize::from(self.span.cell_count)).map(move |column| self.cell(column))
    }

    /// Number of cells up to the last one that holds more than blanks.
    pub fn filled_width(self) -> usize {
        (0..usize::from(self.span.cell_count))
            .rev()
            .find(|column| !self.cell(*column).trim().is_empty())
            .map_or(0, |last| last + 1)
    }
}

impl Sheet {
    /// An empty sheet with room for this many bytes of text.
    pub(super) fn with_text_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// Gives every row at least this many cells.
    pub(super) fn pad_rows_to(&mut self, width: u16) {
        self.least_width = width;
    }

    /// Its parts, for sending: text, ends of cells, row numbers with numbers of cells, least width.
    pub(super) fn parts(&self) -> (&str, &[u32], impl ExactSizeIterator<Item = (u32, u16)>, u16) {
        let rows = self.rows.iter().map(|span| (span.number, span.cell_count));
        (&self.text, &self.cell_ends, rows, self.least_width)
    }

    /// A sheet of received parts; `None` when they do not fit together.
    pub(super) fn from_parts(
        text: String,
        cell_ends: Vec<u32>,
        rows: impl Iterator<Item = (u32, u16)>,
        least_width: u16,
    ) -> Option<Self> {
        let mut before = 0;
        for end in &cell_ends {
            if *end < before || !text.is_char_boundary(*end as usize) {
                return None;
            }
            before = *end;
        }
        let mut sheet = Self { text, cell_ends, rows: Vec::new(), delimiter: None, least_width };
        let (mut first_cell, mut last_number) = (0_u32, 0);
        for (number, cell_count) in rows {
            if number <= last_number {
                return None;
            }
            sheet.rows.push(RowSpan { number, first_cell, cell_count });
            first_cell = first_cell.checked_add(u32::from(cell_count))?;
            last_number = number;
        }
        (first_cell as usize == sheet.cell_ends.len()).then_some(sheet)
    }

    /// Notes the delimiter it was read with.
    pub(super) fn set_delimiter(&mut self, delimiter: Delimiter) {
        self.delimiter = Some(delimiter);
    }

    /// The rows that hold anything, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = SheetRow<'_>> + DoubleEndedIterator {
        self.rows.iter().map(|span| SheetRow { sheet: self, span: *span })
    }

    /// Number of rows that hold anything.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The delimiter it was read with; `None` for a sheet that came from elsewhere.
    pub fn delimiter(&self) -> Option<Delimiter> {
        self.delimiter
    }

    /// A copy in which these columns (from 0) are empty below the row `header_row`: sensitive values are
    /// dropped before anything else looks at the rows.
    pub(super) fn without_columns_below(&self, columns: &[usize], header_row: u32) -> Self {
        let mut kept = Self { delimiter: self.delimiter, least_width: self.least_width, ..Self::default() };
        kept.text.reserve(self.text.len());
        for row in self.rows() {
            let hidden = |column: usize| row.number() > header_row && columns.contains(&column);
            let cells =
                row.written_cells().enumerate().map(|(column, cell)| if hidden(column) { "" } else { cell });
            kept.push_row(row.number(), cells);
        }
        kept
    }

    fn cell_text(&self, cell: usize) -> &str {
        let start = if cell == 0 { 0 } else { self.cell_ends[cell - 1] as usize };
        &self.text[start..self.cell_ends[cell] as usize]
    }

    /// Appends a row. Texts are capped at 20 MB by the caller, columns at 200, so the offsets fit.
    pub(super) fn push_row<'c>(&mut self, number: u32, cells: impl Iterator<Item = &'c str>) {
        let first_cell = self.cell_ends.len() as u32;
        for cell in cells {
            self.text.push_str(cell);
            self.cell_ends.push(self.text.len() as u32);
        }
        let cell_count = (self.cell_ends.len() as u32 - first_cell) as u16;
        self.rows.push(RowSpan { number, first_cell, cell_count });
    }

    /// A delimiter at the end of every line makes a last column without a single value: it is dropped.
    pub(super) fn drop_empty_last_columns(&mut self) {
        let filled = self.rows().map(SheetRow::filled_width).max().unwrap_or(0);
        for span in &mut self.rows {
            span.cell_count = span.cell_count.min(filled as u16);
        }
    }
}
