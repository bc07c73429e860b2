//! Finding the header row, or doing without one, and giving each column its meaning.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::aliases::{Field, field_of_header, fold_header, is_people_word, role_named_in};
use super::guessed_columns::guess_columns;
use super::header_columns::{HeaderRows, MappedHeader, apply_overrides, map_columns, shown_header};
use super::problem::{MAX_COLUMNS, RosterError};
use super::sensitive::mark_by_values;
use super::sheet::{Sheet, SheetRow};
use super::sheet_rows::RowsBelow;
use super::title::{TitleFacts, read_titles};
use crate::names::Role;

/// The header is looked for within this many rows.
pub const HEADER_SEARCH_ROWS: u32 = 15;

/// One column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// Position from 0.
    pub index: usize,
    /// Header as written, blanks and line breaks collapsed; «Мать: ФИО» for a header of two rows; «столбец 4» where it
    /// is empty.
    pub header: String,
    /// What it means.
    pub field: Field,
}

/// The user's word on a column, which wins over the alias table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnOverride {
    /// Position from 0.
    pub index: usize,
    /// What the column means; [`Field::Unknown`] to leave it out.
    pub field: Field,
}

/// What every column means.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnMap {
    /// The columns from left to right.
    pub columns: Vec<MappedColumn>,
}

impl ColumnMap {
    /// The column that holds this field.
    pub fn find(&self, field: Field) -> Option<&MappedColumn> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// Whether a column holds this field.
    pub fn has(&self, field: Field) -> bool {
        self.find(field).is_some()
    }

    /// Positions of the columns that are not taken for the protection of people.
    pub fn sensitive_indices(&self) -> Vec<usize> {
        let sensitive = self.columns.iter().filter(|column| matches!(column.field, Field::Sensitive(_)));
        sensitive.map(|column| column.index).collect()
    }

    fn names_people(&self) -> bool {
        self.has(Field::FullName) || self.has(Field::Surname)
    }
}

/// The header of a roster and what stands above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Row of the header as Excel counts, from 1; of a header of two rows the lower one. 0 where the file has none.
    pub row: u32,
    /// Whether there is no header and the columns were told by what their values look like, so that the screen asks.
    pub guessed: bool,
    /// The last row that is not data: the header, or the last title where there is no header; 0 where all is data.
    pub data_after: u32,
    /// The columns.
    pub columns: ColumnMap,
    /// Number of columns a row may fill; more is the sign of a shifted row.
    pub width: usize,
    /// What the title rows say.
    pub title: TitleFacts,
    /// Whom the file says it lists («ФИО обучающегося», «Список сотрудников»): used where neither a column
    /// nor the user names a role.
    pub role_hint: Option<Role>,
    /// Names the kind of file: see [`Header::signature`].
    signature: String,
}

impl Header {
    /// A stable key of this kind of file, by which answers about it are remembered: a hash of the folded headers, or
    /// of the kinds of columns where there is no header. Overrides do not change it, and no text can be read from it,
    /// since a wrongly chosen header row holds people.
    pub fn signature(&self) -> String {
        self.signature.clone()
    }
}

/// Finds the header, or takes the row `chosen_row`, and maps its columns, `overrides` last. Row 0 says that the file
/// has no header. Without a choice a file without a header is read when its columns are plain by their values, or when
/// `overrides` name its people.
///
/// # Errors
/// [`RosterError::NoHeader`], [`RosterError::NoSuchHeaderRow`], [`RosterError::NoNameColumn`],
/// [`RosterError::HeaderOnly`].
pub fn find_header(
    sheet: &Sheet,
    chosen_row: Option<u32>,
    overrides: &[ColumnOverride],
) -> Result<Header, RosterError> {
    let header_row = match chosen_row {
        Some(0) => None,
        Some(number) => {
            let chosen = sheet.rows().find(|row| row.number() == number);
            Some(chosen.ok_or(RosterError::NoSuchHeaderRow { row: number })?)
        }
        None => likeliest_header_row(sheet),
    };
    let Some(header_row) = header_row else {
        let header = header_by_values(sheet, overrides);
        return header.filter(|header| header.columns.names_people()).ok_or(RosterError::NoHeader);
    };
    let header = header_at(sheet, header_row, overrides);
    let row = header.row;
    if !header.columns.names_people() {
        return Err(RosterError::NoNameColumn { header_row: row });
    }
    if !RowsBelow::new(sheet, row).all().any(|other| other.filled_width() > 0) {
        return Err(RosterError::HeaderOnly { header_row: row });
    }
    Ok(header)
}

/// The header at the chosen row, else at the likeliest, else by the values, else at the first row of several cells,
/// whatever is missing in it: for the screen where the user says what the columns are. `None` for a sheet without a row.
pub fn describe_header(
    sheet: &Sheet,
    chosen_row: Option<u32>,
    overrides: &[ColumnOverride],
) -> Option<Header> {
    if chosen_row == Some(0) {
        return header_by_values(sheet, overrides);
    }
    let chosen = chosen_row.and_then(|number| sheet.rows().find(|row| row.number() == number));
    let Some(header_row) = chosen.or_else(|| likeliest_header_row(sheet)) else {
        let by_values = header_by_values(sheet, overrides).filter(|header| header.columns.names_people());
        return by_values.or_else(|| {
            let widest = sheet.rows().find(|row| row.filled_width() > 1);
            Some(header_at(sheet, widest.or_else(|| sheet.rows().next())?, overrides))
        });
    };
    Some(header_at(sheet, header_row, overrides))
}

fn header_at(sheet: &Sheet, header_row: SheetRow<'_>, overrides: &[ColumnOverride]) -> Header {
    let rows = HeaderRows::around(sheet, header_row);
    let row = rows.lower.number();
    let first = rows.upper.map_or(row, SheetRow::number);
    let titles: Vec<String> =
        sheet.rows().take_while(|title| title.number() < first).map(joined_cells).collect();
    let title_role = titles.iter().find_map(|title| role_named_in(title));
    let below = RowsBelow::new(sheet, row);
    let MappedHeader { mut columns, lists_parents } =
        map_columns(rows, widest_override(sheet, overrides), title_role == Some(Role::Parent));
    mark_by_values(&mut columns, below, false);
    let folded: Vec<String> = telling(&columns).iter().map(|column| fold_header(&column.header)).collect();
    let signature = hashed(&format!("header {}", folded.join("\u{1F}")));
    apply_overrides(&mut columns, overrides);
    let columns = ColumnMap { columns };
    let names_column = columns.find(Field::FullName).or_else(|| columns.find(Field::Surname));
    let role_hint = lists_parents
        .then_some(Role::Parent)
        .or_else(|| names_column.and_then(|column| role_named_in(&column.header)))
        .or(title_role);
    let width = honest_width(below, rows.filled_width(), rows.lower.cell_count());
    let title = read_titles(titles.iter().map(String::as_str));
    Header { row, guessed: false, data_after: row, columns, width, title, role_hint, signature }
}

/// The columns of a file without a header, as far as their values tell.
fn header_by_values(sheet: &Sheet, overrides: &[ColumnOverride]) -> Option<Header> {
    sheet.rows().next()?;
    let guessed = guess_columns(sheet);
    let below = RowsBelow::new(sheet, guessed.data_after);
    let mut columns = guessed.columns;
    mark_by_values(&mut columns, below, true);
    let kinds: Vec<String> = columns.iter().map(|column| format!("{:?}", column.field)).collect();
    let signature = hashed(&format!("values {} {}", columns.len(), kinds.join("\u{1F}")));
    apply_overrides(&mut columns, overrides);
    let last_known = columns.iter().rposition(|column| column.field != Field::Unknown);
    let known_width = last_known.map_or(1, |last| last + 1);
    let titles: Vec<String> =
        sheet.rows().take_while(|row| row.number() <= guessed.data_after).map(joined_cells).collect();
    Some(Header {
        row: 0,
        guessed: true,
        data_after: guessed.data_after,
        width: honest_width(below, known_width, columns.len()),
        columns: ColumnMap { columns },
        title: read_titles(titles.iter().map(String::as_str)),
        role_hint: titles.iter().find_map(|title| role_named_in(title)),
        signature,
    })
}

/// The columns that tell the kind of a file. At the right end columns without a header do not count, since they come
/// and go with what the user says of them, and running numbers neither: by those a file of rows to be corrected
/// differs from the one it came from.
fn telling(columns: &[MappedColumn]) -> &[MappedColumn] {
    let is_telling = |column: &MappedColumn| {
        column.header != shown_header("", column.index) && field_of_header(&column.header) != Field::Number
    };
    let end = columns.iter().rposition(is_telling).map_or(0, |last| last + 1);
    &columns[..end]
}

fn hashed(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Overrides may name columns beyond the header, but not beyond the sheet.
fn widest_override(sheet: &Sheet, overrides: &[ColumnOverride]) -> usize {
    let overridden = overrides.iter().map(|choice| choice.index + 1).max().unwrap_or(0);
    let widest = sheet.rows().map(SheetRow::filled_width).max().unwrap_or(0);
    overridden.min(widest)
}

/// The width of the header, widened by columns without a header that most rows fill: those are remarks, while
/// a single longer row is a shifted one.
fn honest_width(below: RowsBelow<'_>, named: usize, cells: usize) -> usize {
    let mut filled_by_rows = vec![0_usize; MAX_COLUMNS + 1];
    let mut rows = 0;
    for row in below.all() {
        filled_by_rows[row.filled_width().min(MAX_COLUMNS)] += 1;
        rows += 1;
    }
    (named + 1..=cells.min(MAX_COLUMNS))
        .rev()
        .find(|width| filled_by_rows[*width..].iter().sum::<usize>() * 2 > rows)
        .unwrap_or(named)
}

fn joined_cells(row: SheetRow<'_>) -> String {
    row.cells().map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
}

fn likeliest_header_row(sheet: &Sheet) -> Option<SheetRow<'_>> {
    let mut best: Option<(usize, SheetRow<'_>)> = None;
    for row in sheet.rows().take_while(|row| row.number() <= HEADER_SEARCH_ROWS) {
        let recognised = recognised_headers(row);
        if recognised > best.map_or(0, |(most, _)| most) {
            best = Some((recognised, row));
        }
    }
    best.map(|(_, row)| row)
}

/// How many cells of the row are known headers; 0 for a row that looks like a title or like data.
fn recognised_headers(row: SheetRow<'_>) -> usize {
    let filled: Vec<&str> = row.cells().filter(|cell| !cell.trim().is_empty()).collect();
    let known: Vec<&str> =
        filled.iter().copied().filter(|cell| field_of_header(cell) != Field::Unknown).collect();
    match known.len() {
        // «Ким Ян;ученик» is data, «Ученик» alone a header; «Класс;9Б;…» is a title.
        1 if filled.len() == 1 => 1,
        1 if filled.len() == 2 && !is_people_word(&fold_header(known[0])) => 1,
        1 => 0,
        more => more,
    }
}

#[cfg(test)]
mod tests {
    use super::super::delimited::read_sheet;
    use super::*;

    fn header(text: &str) -> Result<Header, RosterError> {
        find_header(&read_sheet(text, None).expect("reads"), None, &[])
    }

    fn fields(header: &Header) -> Vec<Field> {
        header.columns.columns.iter().map(|column| column.field).collect()
    }

    #[test]
    fn header_below_titles() {
        let mut text = "Школа № 0\n\nСписок обучающихся на 01.09.2026\nКласс;9Б\n".to_owned();
        text.push_str(&"Примечание\n".repeat(6));
        text.push_str("№ п/п;Фамилия;Имя;Телефон\n1;Ким;Ян;\n");
        let found = header(&text).expect("found");
        assert_eq!(found.row, 11);
        assert_eq!(fields(&found), [Field::Number, Field::Surname, Field::Given, Field::Phone]);
        assert_eq!(found.title.group_label.as_deref(), Some("9Б"));
        assert_eq!(found.role_hint, Some(Role::Student));
    }

    #[test]
    fn what_is_missing_is_said() {
        let cases = [
            ("Молоко;12\nХлеб белый;ученик\n", "no_header"),
            ("1;2;3\n", "no_header"),
            ("Класс;Телефон\n5А;1\n", "no_name_column"),
            ("Имя;Класс\nЯн;5А\n", "no_name_column"),
            ("Фамилия;Имя;Класс\n;;\n", "header_only"),
            ("ФИО\n", "header_only"),
        ];
        for (text, code) in cases {
            assert_eq!(header(text).map(|_| ()).unwrap_err().code(), code, "{text}");
        }
    }

    #[test]
    fn neighbours_decide_doubtful_columns() {
        let found = header("ФИО;Класс;Телефон;Мать;Телефон;Отец;Тел.\nА Б;5А\n").expect("found");
        assert_eq!(
            fields(&found)[3..],
            [Field::ParentName(1), Field::ParentPhone(1), Field::ParentName(2), Field::ParentPhone(2)]
        );
        let found = header("ФИО;Подразделение;Класс\nА Б;Корпус 1;5А\n").expect("found");
        assert_eq!(fields(&found), [Field::FullName, Field::Unknown, Field::Group]);
    }

    #[test]
    fn overrides_win() {
        let sheet = read_sheet("ФИО;Группа;Команда\nА Б;1;5А\n", None).expect("reads");
        let overrides = [ColumnOverride { index: 2, field: Field::Group }];
        let found = find_header(&sheet, None, &overrides).expect("found");
        assert_eq!(fields(&found), [Field::FullName, Field::Unknown, Field::Group]);
        assert_eq!(
            find_header(&sheet, Some(9), &[]).map(|_| ()),
            Err(RosterError::NoSuchHeaderRow { row: 9 })
        );
    }
}
