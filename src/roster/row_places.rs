//! Rows of several worksheets under one number each.
//!
//! A row of the first worksheet read keeps its number; the rows of the k-th have k millions added, far above the
//! highest row number, so that numbers neither collide nor shift when another worksheet grows. Words always name the
//! worksheet and the true row.

use std::fmt;

/// Added to the row numbers of every further worksheet; above [`MAX_ROWS`](super::MAX_ROWS).
const STEP: u32 = 1_000_000;

/// Which worksheet and row a row number stands for. Without worksheets every number is itself.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RowPlaces {
    sheets: Vec<String>,
}

impl fmt::Debug for RowPlaces {
    /// Worksheets may bear the names of teachers.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RowPlaces({} sheets)", self.sheets.len())
    }
}

/// Where a row stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RowPlace<'p> {
    /// Name of the worksheet, where several were read.
    pub sheet: Option<&'p str>,
    /// Row as the spreadsheet counts, from 1.
    pub row: u32,
}

impl RowPlaces {
    /// The places of rows of these worksheets, in the order of reading. One worksheet needs no telling.
    pub fn of_sheets(names: Vec<String>) -> Self {
        Self { sheets: if names.len() > 1 { names } else { Vec::new() } }
    }

    /// The number of a row of the worksheet at this position.
    pub fn number(&self, sheet: usize, row: u32) -> u32 {
        // 200 worksheets at most: far from the end of the numbers.
        (sheet as u32).saturating_mul(STEP).saturating_add(row)
    }

    /// Position of the worksheet of a row, from 0.
    pub fn sheet_index(&self, number: u32) -> usize {
        if self.sheets.is_empty() { 0 } else { (number / STEP) as usize }
    }

    /// Where the row of this number stands.
    pub fn place(&self, number: u32) -> RowPlace<'_> {
        match self.sheets.get((number / STEP) as usize) {
            Some(sheet) => RowPlace { sheet: Some(sheet), row: number % STEP },
            None => RowPlace { sheet: None, row: number },
        }
    }

    /// «строка 5», or «лист «7Б», строка 5».
    pub fn words(&self, number: u32) -> String {
        let place = self.place(number);
        match place.sheet {
            Some(sheet) => format!("лист «{sheet}», строка {}", place.row),
            None => format!("строка {}", place.row),
        }
    }
}

/// The words of a reader who saw one worksheet, said of several: «Лист «7Б», строка 5…».
pub(super) fn on_sheet(sheet: &str, message: &str) -> String {
    for (alone, among) in [("Строка ", ", строка "), ("В строке ", ", в строке ")] {
        if let Some(rest) = message.strip_prefix(alone) {
            return format!("Лист «{sheet}»{among}{rest}");
        }
    }
    format!("Лист «{sheet}». {message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_several_sheets_are_told_apart() {
        let places = RowPlaces::of_sheets(vec!["7А".into(), "7Б".into()]);
        assert_eq!(places.number(0, 5), 5);
        assert_eq!(places.words(places.number(0, 5)), "лист «7А», строка 5");
        assert_eq!(places.words(places.number(1, 5)), "лист «7Б», строка 5");
        assert_eq!(places.sheet_index(places.number(1, 120_000)), 1);
        let alone = RowPlaces::of_sheets(vec!["7А".into()]);
        assert_eq!(alone, RowPlaces::default());
        assert_eq!(alone.words(7), "строка 7");
        assert_eq!(on_sheet("7Б", "Строка 5, столбец «ФИО»: нет"), "Лист «7Б», строка 5, столбец «ФИО»: нет");
        assert_eq!(on_sheet("7Б", "В строке 5 на 1 поле больше"), "Лист «7Б», в строке 5 на 1 поле больше");
        assert_eq!(on_sheet("7Б", "Пропущены итоги: 2."), "Лист «7Б». Пропущены итоги: 2.");
    }
}
