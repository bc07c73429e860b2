//! What the child process writes: compact, since a hundred thousand rows pass through a pipe.
//!
//! `SFW1`, then `R` and a workbook or `P` and a problem as JSON. Numbers are little-endian.

use super::problem::WorkbookProblem;
use super::{MergedRange, Workbook, WorkbookFormat, WorkbookSheet};
use crate::roster::sheet::Sheet;

const MARK: &[u8] = b"SFW1";
const READ: u8 = b'R';
const PROBLEM: u8 = b'P';

impl WorkbookFormat {
    /// The byte that names the format in the pipe.
    pub(super) fn byte(self) -> u8 {
        match self {
            Self::Xlsx => b'x',
            Self::Xls => b'l',
            Self::Ods => b'o',
        }
    }

    /// The format a byte names.
    pub(super) fn from_byte(byte: u8) -> Option<Self> {
        [Self::Xlsx, Self::Xls, Self::Ods].into_iter().find(|format| format.byte() == byte)
    }
}

/// Writes the child's answer.
pub(super) fn encode(answer: &Result<Workbook, WorkbookProblem>) -> Vec<u8> {
    let mut bytes = MARK.to_vec();
    match answer {
        Ok(workbook) => {
            bytes.extend([READ, workbook.format.byte()]);
            put_number(&mut bytes, workbook.sheets.len());
            for sheet in &workbook.sheets {
                put_sheet(&mut bytes, sheet);
            }
        }
        Err(problem) => {
            bytes.push(PROBLEM);
            // An enum of names and numbers always becomes JSON; were it not so, the parent would say that the answer
            // makes no sense.
            bytes.extend(serde_json::to_vec(problem).unwrap_or_default());
        }
    }
    bytes
}

fn put_number(bytes: &mut Vec<u8>, number: usize) {
    // All counts are limited far below.
    bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_number(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

fn put_sheet(bytes: &mut Vec<u8>, sheet: &WorkbookSheet) {
    put_text(bytes, &sheet.name);
    bytes.push(u8::from(sheet.hidden));
    put_number(bytes, sheet.merged.len());
    for range in &sheet.merged {
        for number in [range.first_row, range.last_row, range.first_column, range.last_column] {
            bytes.extend(number.to_le_bytes());
        }
    }
    put_number(bytes, sheet.hidden_rows.len());
    bytes.extend(sheet.hidden_rows.iter().flat_map(|row| row.to_le_bytes()));
    let (text, cell_ends, rows, least_width) = sheet.rows.parts();
    put_text(bytes, text);
    put_number(bytes, cell_ends.len());
    bytes.extend(cell_ends.iter().flat_map(|end| end.to_le_bytes()));
    bytes.extend(least_width.to_le_bytes());
    put_number(bytes, rows.len());
    for (number, cells) in rows {
        bytes.extend(number.to_le_bytes());
        bytes.extend(cells.to_le_bytes());
    }
}

/// Reads the child's answer, believing nothing in it.
///
/// # Errors
/// The problem it tells of, or [`WorkbookProblem::ReaderAnswerInvalid`].
pub(super) fn decode(bytes: &[u8]) -> Result<Workbook, WorkbookProblem> {
    let invalid = WorkbookProblem::ReaderAnswerInvalid;
    let Some(rest) = bytes.strip_prefix(MARK) else { return Err(invalid) };
    match rest.split_first() {
        Some((&READ, rest)) => Answer { rest }.workbook().ok_or(invalid),
        Some((&PROBLEM, json)) => Err(serde_json::from_slice(json).unwrap_or(invalid)),
        _ => Err(invalid),
    }
}

/// The bytes not read yet.
struct Answer<'b> {
    rest: &'b [u8],
}

impl<'b> Answer<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn small(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn numbers(&mut self) -> Option<Vec<u32>> {
        let count = self.number()? as usize;
        let bytes = self.take(count.checked_mul(4)?)?;
        Some(bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect())
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()? as usize;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    fn workbook(mut self) -> Option<Workbook> {
        let format = WorkbookFormat::from_byte(self.take(1)?[0])?;
        let count = self.number()?;
        let sheets = (0..count).map(|_| self.sheet()).collect::<Option<Vec<_>>>()?;
        self.rest.is_empty().then_some(Workbook { format, sheets })
    }

    fn sheet(&mut self) -> Option<WorkbookSheet> {
        let name = self.text()?;
        let hidden = self.take(1)?[0] != 0;
        let merged_count = self.number()?;
        let merged = (0..merged_count).map(|_| self.merged()).collect::<Option<Vec<_>>>()?;
        let hidden_rows = self.numbers()?;
        let (text, cell_ends) = (self.text()?, self.numbers()?);
        let least_width = self.small()?;
        let row_count = self.number()?;
        let spans =
            (0..row_count).map(|_| Some((self.number()?, self.small()?))).collect::<Option<Vec<_>>>()?;
        let rows = Sheet::from_parts(text, cell_ends, spans.into_iter(), least_width)?;
        Some(WorkbookSheet { name, hidden, rows, merged, hidden_rows })
    }

    fn merged(&mut self) -> Option<MergedRange> {
        Some(MergedRange {
            first_row: self.number()?,
            last_row: self.number()?,
            first_column: self.number()?,
            last_column: self.number()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::{Allowance, Grid, SheetStructure};
    use super::*;

    fn workbook() -> Workbook {
        let mut allowance = Allowance::default();
        let mut grid = Grid::new("7Б".into(), &mut allowance);
        let range = MergedRange { first_row: 2, last_row: 4, first_column: 2, last_column: 2 };
        for (row, column, text) in
            [(0, 0, "ФИО"), (0, 3, "Телефон"), (1, 0, "Ким Ян"), (1, 1, "7Б"), (3, 0, "Ли Ян")]
        {
            grid.put(row, column, text.into()).expect("within the limits");
        }
        let structure = SheetStructure { merged: vec![range], hidden: vec![(3, 9)] };
        let sheet = grid.finish(true, structure).expect("within the limits");
        Workbook { format: WorkbookFormat::Ods, sheets: vec![sheet] }
    }

    #[test]
    fn an_answer_comes_over_whole_or_not_at_all() {
        let bytes = encode(&Ok(workbook()));
        let Ok(read) = decode(&bytes) else { panic!("whole") };
        let sheet = &read.sheets[0];
        assert_eq!((read.format, sheet.name.as_str(), sheet.hidden), (WorkbookFormat::Ods, "7Б", true));
        let rows: Vec<(u32, Vec<&str>)> =
            sheet.rows.rows().map(|row| (row.number(), row.cells().collect())).collect();
        assert_eq!(rows[1], (2, vec!["Ким Ян", "7Б", "", ""]));
        assert_eq!(rows[2], (4, vec!["Ли Ян", "7Б", "", ""]), "filled down, padded");
        assert_eq!(sheet.hidden_rows, [4]);
        for cut in 0..bytes.len() {
            assert!(decode(&bytes[..cut]).is_err(), "cut at {cut}");
        }
        for place in 4..bytes.len() {
            let mut wrong = bytes.clone();
            wrong[place] ^= 0xFF;
            // Whatever it says, reading it does not panic.
            if let Ok(workbook) = decode(&wrong) {
                let texts = workbook.sheets.iter().flat_map(|sheet| sheet.rows.rows());
                assert!(texts.flat_map(|row| row.cells()).count() < 1_000_000);
            }
        }
    }

    #[test]
    fn a_problem_comes_over() {
        let problem = WorkbookProblem::TooManyRows { sheet: "7Б".into() };
        assert_eq!(decode(&encode(&Err(problem.clone()))).err(), Some(problem));
        assert_eq!(decode(b"SFW1P{").err(), Some(WorkbookProblem::ReaderAnswerInvalid));
    }
}
