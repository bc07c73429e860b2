//! Why a workbook was not read, in the words of developers and of the administrator.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a workbook was not read. It crosses the border between the child process and the program.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum WorkbookProblem {
    /// More files in the archive than an honest workbook has.
    #[error("the archive holds too many files")]
    TooManyEntries,
    /// The archive inflates beyond the limit.
    #[error("the archive inflates beyond the limit")]
    InflatesTooFar,
    /// Files of the archive lie over one another.
    #[error("files of the archive overlap")]
    OverlappingEntries,
    /// The container is torn, or its sizes and sums are false.
    #[error("the container is damaged")]
    BrokenContainer,
    /// The contents are not what the format says.
    #[error("the contents are damaged")]
    BrokenContents,
    /// The XML defines entities or a document type, which no spreadsheet program writes.
    #[error("the XML has a document type definition")]
    DocumentType,
    /// Elements nested beyond reason.
    #[error("the XML is nested too deep")]
    TooDeep,
    /// A cell reference that no spreadsheet has: `ZZZZZZZZZ1`.
    #[error("a cell reference is false")]
    FalseReference,
    /// Declared numbers far above the true ones.
    #[error("a declared count is false")]
    FalseCount,
    /// Too many merged ranges.
    #[error("too many merged ranges")]
    TooManyMergedRanges,
    /// More worksheets than are read.
    #[error("too many worksheets")]
    TooManySheets,
    /// No worksheet at all.
    #[error("no worksheet")]
    NoSheets,
    /// A filled cell below the last row that is read.
    #[error("a worksheet has too many rows")]
    TooManyRows {
        /// Name of the worksheet.
        sheet: String,
    },
    /// A filled cell right of the last column that is read.
    #[error("row {row} of a worksheet has too many columns")]
    TooManyColumns {
        /// Name of the worksheet.
        sheet: String,
        /// Row as the spreadsheet counts.
        row: u32,
    },
    /// More cells or more text than is read.
    #[error("too many cells")]
    TooManyCells,
    /// A cell longer than is read.
    #[error("row {row}, column {column} of a worksheet is too long")]
    CellTooLong {
        /// Name of the worksheet.
        sheet: String,
        /// Row as the spreadsheet counts.
        row: u32,
        /// Column, from 1.
        column: u32,
    },
    /// A cell with signs in whose place letters were lost before.
    #[error("row {row}, column {column} of a worksheet has lost letters")]
    LostLetters {
        /// Name of the worksheet.
        sheet: String,
        /// Row as the spreadsheet counts.
        row: u32,
        /// Column, from 1.
        column: u32,
    },
    /// Protected by a password.
    #[error("the workbook is encrypted")]
    Encrypted,
    /// The chosen worksheet does not exist.
    #[error("there is no such worksheet")]
    NoSuchSheet {
        /// Name chosen.
        sheet: String,
    },
    /// The child process could not be started.
    #[error("the reading process could not be started")]
    ReaderNotStarted,
    /// The child process ended without an answer: out of memory, or a fault of the parser.
    #[error("the reading process died")]
    ReaderDied,
    /// The child process took too long and was ended.
    #[error("the reading process timed out")]
    ReaderTimedOut,
    /// The answer of the child process makes no sense, or is too long.
    #[error("the answer of the reading process is invalid")]
    ReaderAnswerInvalid,
}

/// The cure that always works.
const SAVE_AS_CSV: &str = "Откройте его в Excel или LibreOffice и сохраните лист со списком как «CSV UTF-8 (разделители — запятые)»";
const COPY_TO_NEW: &str = "Скопируйте список в новую книгу и загрузите её";

impl WorkbookProblem {
    /// Stable name for `--json` and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyEntries => "too_many_entries",
            Self::InflatesTooFar => "inflates_too_far",
            Self::OverlappingEntries => "overlapping_entries",
            Self::BrokenContainer => "broken_container",
            Self::BrokenContents => "broken_contents",
            Self::DocumentType => "document_type",
            Self::TooDeep => "too_deep",
            Self::FalseReference => "false_reference",
            Self::FalseCount => "false_count",
            Self::TooManyMergedRanges => "too_many_merged_ranges",
            Self::TooManySheets => "too_many_sheets",
            Self::NoSheets => "no_sheets",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::TooManyCells => "too_many_cells",
            Self::CellTooLong { .. } => "cell_too_long",
            Self::LostLetters { .. } => "lost_letters",
            Self::Encrypted => "encrypted",
            Self::NoSuchSheet { .. } => "no_such_sheet",
            Self::ReaderNotStarted => "reader_not_started",
            Self::ReaderDied => "reader_died",
            Self::ReaderTimedOut => "reader_timed_out",
            Self::ReaderAnswerInvalid => "reader_answer_invalid",
        }
    }

    /// What is wrong, and what to do: «… не прочитан: {0}. … {1}.»
    pub(in crate::roster) fn russian_reason_and_advice(&self) -> (String, &'static str) {
        match self {
            Self::TooManyRows { sheet } => (
                format!("на листе «{sheet}» заполнены ячейки ниже строки 120 000"),
                "Удалите лишние строки под таблицей или разделите список на части",
            ),
            Self::TooManyColumns { sheet, row } => (
                format!("на листе «{sheet}» в строке {row} заполнены ячейки дальше столбца 200"),
                "Удалите лишние столбцы справа от таблицы",
            ),
            Self::CellTooLong { sheet, row, column } => (
                format!("на листе «{sheet}» в строке {row}, столбце {column}, больше 10 000 знаков"),
                "Сократите текст этой ячейки",
            ),
            Self::LostLetters { sheet, row, column } => (
                format!("на листе «{sheet}» в строке {row}, столбце {column}, потеряны буквы"),
                "Впишите текст этой ячейки заново",
            ),
            Self::NoSuchSheet { sheet } => {
                (format!("в нём нет листа «{sheet}»"), "Выберите другой лист на шаге 1")
            }
            other => {
                let (reason, advice) = other.plain_reason_and_advice();
                (reason.into(), advice)
            }
        }
    }

    fn plain_reason_and_advice(&self) -> (&'static str, &'static str) {
        match self {
            Self::TooManyEntries => ("внутри него больше 200 частей, у списков так не бывает", COPY_TO_NEW),
            Self::InflatesTooFar => ("в развёрнутом виде он занимает больше 200 МБ", COPY_TO_NEW),
            Self::OverlappingEntries
            | Self::FalseReference
            | Self::FalseCount
            | Self::DocumentType
            | Self::TooDeep => {
                ("он устроен не так, как пишут табличные программы, и может быть опасен", SAVE_AS_CSV)
            }
            Self::BrokenContainer => {
                ("он повреждён или скачан не до конца", "Возьмите файл заново или сохраните список как CSV")
            }
            Self::BrokenContents => ("его содержимое повреждено", SAVE_AS_CSV),
            Self::TooManyMergedRanges => ("в нём слишком много объединённых ячеек", COPY_TO_NEW),
            Self::TooManySheets => ("в нём больше 200 листов", COPY_TO_NEW),
            Self::NoSheets => ("в нём нет ни одного листа с ячейками", "Проверьте, тот ли файл выбран"),
            Self::TooManyCells => ("в нём слишком много заполненных ячеек", COPY_TO_NEW),
            Self::Encrypted => (
                "он защищён паролем",
                "Откройте его, снимите пароль («Сохранить как» без пароля) и загрузите снова",
            ),
            Self::ReaderNotStarted => ("не удалось запустить чтение книг", SAVE_AS_CSV),
            Self::ReaderTimedOut => ("он читался дольше 20 секунд, чтение остановлено", SAVE_AS_CSV),
            Self::ReaderDied => {
                ("его чтение прервалось: файл повреждён или требует слишком много памяти", SAVE_AS_CSV)
            }
            _ => ("его содержимое прочитано неверно", SAVE_AS_CSV),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::RosterError;

    #[test]
    fn every_problem_speaks_russian_and_says_what_to_do() {
        let sheet = || "7Б".to_owned();
        let problems = [
            WorkbookProblem::TooManyEntries,
            WorkbookProblem::InflatesTooFar,
            WorkbookProblem::OverlappingEntries,
            WorkbookProblem::BrokenContainer,
            WorkbookProblem::BrokenContents,
            WorkbookProblem::DocumentType,
            WorkbookProblem::TooDeep,
            WorkbookProblem::FalseReference,
            WorkbookProblem::FalseCount,
            WorkbookProblem::TooManyMergedRanges,
            WorkbookProblem::TooManySheets,
            WorkbookProblem::NoSheets,
            WorkbookProblem::TooManyRows { sheet: sheet() },
            WorkbookProblem::TooManyColumns { sheet: sheet(), row: 2 },
            WorkbookProblem::TooManyCells,
            WorkbookProblem::CellTooLong { sheet: sheet(), row: 2, column: 3 },
            WorkbookProblem::LostLetters { sheet: sheet(), row: 2, column: 3 },
            WorkbookProblem::Encrypted,
            WorkbookProblem::NoSuchSheet { sheet: sheet() },
            WorkbookProblem::ReaderNotStarted,
            WorkbookProblem::ReaderDied,
            WorkbookProblem::ReaderTimedOut,
            WorkbookProblem::ReaderAnswerInvalid,
        ];
        for problem in problems {
            let technical = problem.to_string();
            assert!(!technical.contains("7Б"), "no contents in the words for developers: {technical}");
            let text = RosterError::Workbook(problem).russian("9Б.xlsx");
            assert!(text.starts_with("Файл «9Б.xlsx» не прочитан: "), "{text}");
            assert!(text.contains(". Список не изменён. "), "{text}");
            assert!(text.ends_with('.') && !text.contains('!') && !text.contains(".."), "{text}");
        }
    }
}
