//! What can be wrong with a roster file, in words for developers (Display, no contents of cells) and for
//! the administrator (`russian`, which names the file, the row and what to do).
//!
//! Unlike other rooms this one owns its Russian texts: they need rows and columns that only it knows.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::encoding::RosterEncoding;
use super::workbook::WorkbookProblem;

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;
/// The largest number of rows, empty ones included.
pub const MAX_ROWS: u32 = 120_000;
/// The largest number of columns in a row.
pub const MAX_COLUMNS: usize = 200;
/// The largest number of characters in a cell.
pub const MAX_CELL_CHARACTERS: usize = 10_000;

/// A known file format that is no delimited text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignFormat {
    /// A workbook of Excel 2007 or later.
    ExcelXlsx,
    /// A workbook of an older Excel (or another document in the same container).
    ExcelXls,
    /// A LibreOffice spreadsheet.
    OpenDocumentSheet,
    /// A Word or RTF document.
    WordDocument,
    /// PDF.
    Pdf,
    /// A picture, for instance a photographed list.
    Picture,
    /// Any other ZIP archive.
    ZipArchive,
    /// A database.
    Database,
    /// A binary workbook of Excel (.xlsb).
    ExcelXlsb,
    /// A web page, as school systems save it under the ending .xls.
    WebPage,
    /// Any other XML, the «Таблица XML 2003» of Excel among them.
    XmlDocument,
    /// An archive other than ZIP.
    OtherArchive,
    /// Another document of an old office program.
    OtherOffice,
}

/// Why no roster could be read at all. Problems of single rows are [`Issue`]s.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RosterError {
    /// The file holds no character but blanks.
    #[error("the file is empty")]
    Empty,
    /// The file is over [`MAX_FILE_BYTES`].
    #[error("the file has {bytes} bytes, over the limit of {MAX_FILE_BYTES}")]
    FileTooLarge {
        /// Size of the file in bytes.
        bytes: u64,
    },
    /// The file is in a known format that is no delimited text.
    #[error("the file is no delimited text: {0:?}")]
    ForeignFormat(ForeignFormat),
    /// The file is no text.
    #[error("the file is binary")]
    Binary,
    /// The bytes mean nothing in this encoding, or letters were lost before.
    #[error("the file cannot be decoded as {} (line {line:?})", .encoding.code())]
    Undecodable {
        /// The encoding tried.
        encoding: RosterEncoding,
        /// Line of the text, from 1, where known.
        line: Option<u32>,
    },
    /// No encoding yields plausible Russian.
    #[error("no encoding yields plausible Russian text")]
    UnknownEncoding,
    /// More rows than [`MAX_ROWS`].
    #[error("more than {MAX_ROWS} rows")]
    TooManyRows,
    /// More columns than [`MAX_COLUMNS`].
    #[error("row {row} has more than {MAX_COLUMNS} columns")]
    TooManyColumns {
        /// Row as Excel counts.
        row: u32,
    },
    /// A cell longer than [`MAX_CELL_CHARACTERS`].
    #[error("row {row}, column {column} is longer than {MAX_CELL_CHARACTERS} characters")]
    CellTooLong {
        /// Row as Excel counts.
        row: u32,
        /// Column, from 1.
        column: usize,
    },
    /// A quotation mark swallowed the rows after it.
    #[error("a quotation mark opened in row {row} is not closed")]
    BrokenQuotes {
        /// Row as Excel counts, in which the cell begins.
        row: u32,
    },
    /// No row looks like a header.
    #[error("no header row among the first rows")]
    NoHeader,
    /// The chosen header row does not exist.
    #[error("there is no row {row} to serve as header")]
    NoSuchHeaderRow {
        /// Row chosen.
        row: u32,
    },
    /// The header has no column with names of people.
    #[error("the header in row {header_row} has no name column")]
    NoNameColumn {
        /// Row of the header as Excel counts.
        header_row: u32,
    },
    /// Nothing below the header.
    #[error("there are no rows below the header in row {header_row}")]
    HeaderOnly {
        /// Row of the header as Excel counts.
        header_row: u32,
    },
    /// Students without any class: no column, no title, no choice of the user.
    #[error("the header in row {header_row} has no group column, and no group was given")]
    NoGroupColumn {
        /// Row of the header as Excel counts.
        header_row: u32,
    },
    /// A workbook that cannot be read.
    #[error("the workbook cannot be read: {0}")]
    Workbook(WorkbookProblem),
}

impl RosterError {
    /// Stable name for `--json` and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::ForeignFormat(_) => "foreign_format",
            Self::Binary => "binary",
            Self::Undecodable { .. } => "undecodable",
            Self::UnknownEncoding => "unknown_encoding",
            Self::TooManyRows => "too_many_rows",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::CellTooLong { .. } => "cell_too_long",
            Self::BrokenQuotes { .. } => "broken_quotes",
            Self::NoHeader => "no_header",
            Self::NoSuchHeaderRow { .. } => "no_such_header_row",
            Self::NoNameColumn { .. } => "no_name_column",
            Self::HeaderOnly { .. } => "header_only",
            Self::NoGroupColumn { .. } => "no_group_column",
            Self::Workbook(problem) => problem.code(),
        }
    }

    /// The message for the administrator: what failed, what was left unchanged, what to do.
    pub fn russian(&self, file_name: &str) -> String {
        let (reason, advice) = self.russian_reason_and_advice();
        format!("Файл «{file_name}» не прочитан: {reason}. Список не изменён. {advice}.")
    }

    fn russian_reason_and_advice(&self) -> (String, &'static str) {
        match self {
            Self::Empty => ("он пустой".into(), "Проверьте, тот ли файл выбран, и сохраните его заново"),
            Self::FileTooLarge { bytes } => (
                format!("он занимает {} МБ, а прочитать можно не больше 20 МБ", bytes.div_ceil(1024 * 1024)),
                "Проверьте, тот ли это файл, или разделите список на части",
            ),
            Self::ForeignFormat(format) => {
                let (reason, advice) = format.russian();
                (reason.into(), advice)
            }
            Self::Workbook(problem) => problem.russian_reason_and_advice(),
            Self::Binary => (
                "это не текстовый файл".into(),
                "Откройте список в Excel и сохраните как «CSV (разделители — запятые)»",
            ),
            Self::Undecodable { encoding, line } => (
                match line {
                    Some(line) => format!(
                        "в строке {line} есть знаки, которые не читаются в кодировке {}",
                        encoding.russian_name()
                    ),
                    None => {
                        format!(
                            "в нём есть знаки, которые не читаются в кодировке {}",
                            encoding.russian_name()
                        )
                    }
                },
                "Выберите другую кодировку или сохраните файл из Excel заново",
            ),
            Self::UnknownEncoding => (
                "не удалось определить кодировку: русский текст не получается ни в одной из известных".into(),
                "Выберите кодировку или сохраните файл из Excel заново как «CSV UTF-8»",
            ),
            _ => self.russian_table_reason_and_advice(),
        }
    }

    fn russian_table_reason_and_advice(&self) -> (String, &'static str) {
        match self {
            Self::TooManyRows => (
                "в нём больше 120 000 строк".into(),
                "Удалите лишние строки под таблицей или разделите список на части",
            ),
            Self::TooManyColumns { row } => (
                format!("в строке {row} больше {MAX_COLUMNS} столбцов"),
                "Удалите лишние столбцы или выберите другой разделитель",
            ),
            Self::CellTooLong { row, column } => (
                format!("в строке {row}, столбце {column}, больше 10 000 знаков"),
                "Проверьте эту ячейку: похоже, в ней не закрыта кавычка",
            ),
            Self::BrokenQuotes { row } => (
                format!("в строке {row} кавычка открыта и не закрыта, из-за этого следующие строки слились с ней"),
                "Исправьте кавычки в этой строке или сохраните файл из Excel заново",
            ),
            Self::NoHeader => (
                "в первых 15 строках не найдены заголовки столбцов (искали «Фамилия», «Имя», «Отчество», «ФИО», \
                 «Класс», «Группа», «Роль», «Телефон», «Дата рождения»)"
                    .into(),
                "Укажите строку с заголовками или добавьте её в файл",
            ),
            Self::NoSuchHeaderRow { row } => {
                (format!("в нём нет строки {row}, указанной как заголовок"), "Укажите другую строку")
            }
            Self::NoNameColumn { header_row } => (
                format!("в заголовке (строка {header_row}) нет столбца с фамилией"),
                "Укажите, какой столбец с фамилией, или скачайте шаблон",
            ),
            Self::HeaderOnly { header_row: 0 } => {
                ("в нём нет ни одной строки с человеком".into(), "Проверьте, тот ли файл выбран")
            }
            Self::HeaderOnly { header_row } => (
                format!("под заголовком (строка {header_row}) нет ни одной строки"),
                "Проверьте, тот ли файл выбран",
            ),
            Self::NoGroupColumn { header_row: 0 } => (
                "в нём нет заголовка и не найден столбец с классом или группой".into(),
                "Укажите класс для всего файла или столбец с классом на шаге 2",
            ),
            Self::NoGroupColumn { header_row } => (
                format!("в заголовке (строка {header_row}) нет столбца с классом или группой"),
                "Укажите класс для всего файла или столбец с классом",
            ),
            _ => ("причина неизвестна".into(), "Сохраните файл из Excel заново"),
        }
    }
}

impl ForeignFormat {
    fn russian(self) -> (&'static str, &'static str) {
        const SAVE_AS_CSV: &str = "Откройте его и сохраните список как «CSV (разделители — запятые)»";
        match self {
            Self::ExcelXlsx => ("это книга Excel (.xlsx), а не CSV", SAVE_AS_CSV),
            Self::ExcelXls => ("это книга Excel старого образца (.xls), а не CSV", SAVE_AS_CSV),
            Self::OpenDocumentSheet => ("это таблица LibreOffice (.ods), а не CSV", SAVE_AS_CSV),
            Self::WordDocument => (
                "это текстовый документ, а не таблица",
                "Скопируйте таблицу в Excel и сохраните как «CSV (разделители — запятые)»",
            ),
            Self::Pdf => ("это документ PDF", "Попросите список в виде таблицы Excel или CSV"),
            Self::Picture => ("это изображение", "Попросите список в виде таблицы Excel или CSV"),
            Self::ZipArchive => ("это архив ZIP", "Извлеките из него список и выберите сам список"),
            Self::ExcelXlsb => (
                "это двоичная книга Excel (.xlsb)",
                "Откройте его в Excel и сохраните как «Книга Excel (*.xlsx)»",
            ),
            Self::WebPage => (
                "это веб-страница, сохранённая под видом таблицы",
                "Откройте его в Excel или LibreOffice и сохраните как «Книга Excel (*.xlsx)»",
            ),
            Self::XmlDocument => (
                "это документ XML",
                "Откройте его в Excel или LibreOffice и сохраните как «Книга Excel (*.xlsx)»",
            ),
            Self::OtherArchive => ("это архив", "Извлеките из него список и выберите сам список"),
            Self::OtherOffice => ("это документ Office, а не таблица", SAVE_AS_CSV),
            Self::Database => ("это база данных", "Выберите файл со списком: CSV или текст с табуляцией"),
        }
    }
}

/// How grave an issue of a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row is left out.
    Error,
    /// The row is taken, perhaps without one value.
    Warning,
}

/// What is wrong with a row. The codes are stable: scripts read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueCode {
    /// More filled cells than the header has columns: the row may be shifted.
    TooManyFields,
    /// Fewer cells than the needed columns.
    TooFewFields,
    /// The name cell is empty.
    NoName,
    /// The name cannot be read as surname and given name.
    BadName,
    /// A student without a class.
    NoGroup,
    /// The class cannot be read.
    BadGroup,
    /// Neither the file nor the user says what the person is.
    NoRole,
    /// The word for the role is not known.
    UnknownRole,
    /// The phone cannot be read.
    BadPhone,
    /// Two phones in a cell: none taken.
    TwoPhones,
    /// The date of birth cannot be read.
    BadBirthDate,
    /// The same name, class and role as in an earlier row: left out.
    DuplicateRow,
    /// A parent's name of one word, or none that can be read: the parent is not taken.
    ParentNameShort,
    /// The class that an employee leads cannot be read.
    BadLeads,
    /// The child's name in a list of parents cannot be read.
    BadChild,
    /// The words of this name stand in another order than in the rest of the column.
    NameOrder,
    /// The row is hidden in the spreadsheet; it is taken.
    HiddenRow,
}

impl IssueCode {
    /// The code as `--json` prints it.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooManyFields => "too_many_fields",
            Self::TooFewFields => "too_few_fields",
            Self::NoName => "no_name",
            Self::BadName => "bad_name",
            Self::NoGroup => "no_group",
            Self::BadGroup => "bad_group",
            Self::NoRole => "no_role",
            Self::UnknownRole => "unknown_role",
            Self::BadPhone => "bad_phone",
            Self::TwoPhones => "two_phones",
            Self::BadBirthDate => "bad_birth_date",
            Self::DuplicateRow => "duplicate_row",
            Self::ParentNameShort => "parent_name_short",
            Self::BadLeads => "bad_leads",
            Self::BadChild => "bad_child",
            Self::NameOrder => "name_order",
            Self::HiddenRow => "hidden_row",
        }
    }
}

/// A problem of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// The header of the column as written, where one column is to blame.
    pub column: Option<String>,
    /// Whether the row is left out.
    pub severity: Severity,
    /// Stable code.
    pub code: IssueCode,
    /// Russian text: what, where, what to do. It may quote the cell, so it belongs in previews only.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_speaks_russian_and_says_what_to_do() {
        let errors = [
            RosterError::Empty,
            RosterError::FileTooLarge { bytes: 200 * 1024 * 1024 },
            RosterError::ForeignFormat(ForeignFormat::ExcelXlsx),
            RosterError::ForeignFormat(ForeignFormat::Pdf),
            RosterError::Binary,
            RosterError::Undecodable { encoding: RosterEncoding::Utf8, line: Some(3) },
            RosterError::UnknownEncoding,
            RosterError::TooManyRows,
            RosterError::TooManyColumns { row: 4 },
            RosterError::CellTooLong { row: 4, column: 2 },
            RosterError::BrokenQuotes { row: 4 },
            RosterError::NoHeader,
            RosterError::NoSuchHeaderRow { row: 9 },
            RosterError::NoNameColumn { header_row: 2 },
            RosterError::HeaderOnly { header_row: 1 },
            RosterError::NoGroupColumn { header_row: 1 },
        ];
        for error in errors {
            let text = error.russian("9Б.csv");
            assert!(text.starts_with("Файл «9Б.csv» не прочитан: "), "{text}");
            assert!(text.contains(". Список не изменён. "), "{text}");
            assert!(text.ends_with('.') && !text.contains('!') && !text.contains(".."), "{text}");
            assert!(!text.contains("причина неизвестна"), "{text}");
            assert!(!text.contains("на шаге"), "steps are the window's: {text}");
        }
        assert_eq!(
            RosterError::NoNameColumn { header_row: 2 }.russian("9Б.csv"),
            "Файл «9Б.csv» не прочитан: в заголовке (строка 2) нет столбца с фамилией. Список не изменён. \
             Укажите, какой столбец с фамилией, или скачайте шаблон."
        );
    }
}
