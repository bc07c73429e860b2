//! Finding the header row and giving each column its meaning.

use serde::{Deserialize, Serialize};

use super::aliases::{Field, field_of_header, fold_header, is_people_word, role_named_in};
use super::delimited::{Sheet, SheetRow};
use super::problem::{MAX_COLUMNS, RosterError};
use super::title::{TitleFacts, read_titles};
use crate::names::Role;

/// The header is looked for within this many rows.
pub const HEADER_SEARCH_ROWS: u32 = 15;

/// One column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// Position from 0.
    pub index: usize,
    /// Header as written, blanks and line breaks collapsed; «столбец 4» where it is empty.
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
}

/// The header of a roster and what stands above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Row of the header as Excel counts, from 1.
    pub row: u32,
    /// The columns.
    pub columns: ColumnMap,
    /// Number of columns a row may fill; more is the sign of a shifted row.
    pub width: usize,
    /// What the title rows say.
    pub title: TitleFacts,
    /// Whom the file says it lists («ФИО обучающегося», «Список сотрудников»): used where neither a column
    /// nor the user names a role.
    pub role_hint: Option<Role>,
}

/// Finds the header, or takes the row `chosen_row`, and maps its columns, `overrides` last.
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
        Some(number) => sheet
            .rows()
            .find(|row| row.number() == number)
            .ok_or(RosterError::NoSuchHeaderRow { row: number })?,
        None => likeliest_header_row(sheet).ok_or(RosterError::NoHeader)?,
    };
    let header = header_at(sheet, header_row, overrides);
    let row = header.row;
    if !header.columns.has(Field::FullName) && !header.columns.has(Field::Surname) {
        return Err(RosterError::NoNameColumn { header_row: row });
    }
    if !sheet.rows().any(|other| other.number() > row && other.filled_width() > 0) {
        return Err(RosterError::HeaderOnly { header_row: row });
    }
    Ok(header)
}

/// The header at the chosen row, else at the likeliest, else at the first row of several cells, whatever is missing
/// in it: for the screen where the user says what the columns are. `None` for a sheet without a row.
pub fn describe_header(
    sheet: &Sheet,
    chosen_row: Option<u32>,
    overrides: &[ColumnOverride],
) -> Option<Header> {
    let chosen = chosen_row.and_then(|number| sheet.rows().find(|row| row.number() == number));
    let header_row = chosen
        .or_else(|| likeliest_header_row(sheet))
        .or_else(|| sheet.rows().find(|row| row.filled_width() > 1))
        .or_else(|| sheet.rows().next())?;
    Some(header_at(sheet, header_row, overrides))
}

fn header_at(sheet: &Sheet, header_row: SheetRow<'_>, overrides: &[ColumnOverride]) -> Header {
    let row = header_row.number();
    let columns = map_columns(header_row, sheet, overrides);
    let titles: Vec<String> =
        sheet.rows().take_while(|title| title.number() < row).map(joined_cells).collect();
    let names_column = columns.find(Field::FullName).or_else(|| columns.find(Field::Surname));
    let role_hint = names_column
        .and_then(|column| role_named_in(&column.header))
        .or_else(|| titles.iter().find_map(|title| role_named_in(title)));
    let title = read_titles(titles.iter().map(String::as_str));
    let width = honest_width(sheet, header_row);
    Header { row, columns, width, title, role_hint }
}

/// The width of the header, widened by columns without a header that most rows fill: those are remarks, while
/// a single longer row is a shifted one.
fn honest_width(sheet: &Sheet, header_row: SheetRow<'_>) -> usize {
    let mut filled_by_rows = vec![0_usize; MAX_COLUMNS + 1];
    let mut rows = 0;
    for row in sheet.rows().filter(|row| row.number() > header_row.number()) {
        filled_by_rows[row.filled_width().min(MAX_COLUMNS)] += 1;
        rows += 1;
    }
    let named = header_row.filled_width();
    (named + 1..=header_row.cell_count().min(MAX_COLUMNS))
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

fn map_columns(header_row: SheetRow<'_>, sheet: &Sheet, overrides: &[ColumnOverride]) -> ColumnMap {
    let overridden_width = overrides.iter().map(|choice| choice.index + 1).max().unwrap_or(0);
    let widest = sheet.rows().map(SheetRow::filled_width).max().unwrap_or(0);
    let width = header_row.filled_width().max(overridden_width.min(widest));
    let mut columns: Vec<MappedColumn> = Vec::with_capacity(width);
    for index in 0..width {
        let field = field_of_header(header_row.cell(index));
        let field = field_beside(field, columns.last());
        let field = if is_taken(&columns, field) { second_of_a_kind(field) } else { field };
        columns.push(MappedColumn { index, header: shown_header(header_row.cell(index), index), field });
    }
    prefer_class_over_unit(&mut columns);
    apply_overrides(&mut columns, overrides);
    ColumnMap { columns }
}

/// Collapses blanks so that the header can stand in a sentence.
fn shown_header(cell: &str, index: usize) -> String {
    let shown = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if shown.is_empty() { format!("столбец {}", index + 1) } else { shown }
}

/// A phone right beside a parent's name is the parent's: taken for the child's it would make the account in
/// the messenger the parent's.
fn field_beside(field: Field, left: Option<&MappedColumn>) -> Field {
    match (field, left.map(|column| column.field)) {
        (Field::Phone, Some(Field::ParentName(number))) => Field::ParentPhone(number),
        _ => field,
    }
}

fn is_taken(columns: &[MappedColumn], field: Field) -> bool {
    let may_repeat = matches!(field, Field::Unknown | Field::Sensitive(_) | Field::Number);
    !may_repeat && columns.iter().any(|column| column.field == field)
}

/// The meaning of a second column with the same header: «Родитель», «Родитель» are two parents, anything else
/// is left to the user.
fn second_of_a_kind(field: Field) -> Field {
    match field {
        Field::ParentName(1) => Field::ParentName(2),
        Field::ParentPhone(1) => Field::ParentPhone(2),
        _ => Field::Unknown,
    }
}

/// Where «Подразделение» and «Класс» both stand, the class is the group and the unit is not.
fn prefer_class_over_unit(columns: &mut [MappedColumn]) {
    let is_unit = |column: &MappedColumn| fold_header(&column.header) == "подразделение";
    let Some(unit) = columns.iter().position(|column| column.field == Field::Group && is_unit(column)) else {
        return;
    };
    let class =
        columns.iter().position(|column| !is_unit(column) && field_of_header(&column.header) == Field::Group);
    let split_class = columns.iter().any(|column| column.field == Field::Parallel);
    if let Some(class) = class {
        columns[class].field = Field::Group;
        columns[unit].field = Field::Unknown;
    } else if split_class {
        columns[unit].field = Field::Unknown;
    }
}

fn apply_overrides(columns: &mut [MappedColumn], overrides: &[ColumnOverride]) {
    for choice in overrides {
        if is_taken(columns, choice.field) {
            for column in columns.iter_mut().filter(|column| column.field == choice.field) {
                column.field = Field::Unknown;
            }
        }
        if let Some(column) = columns.iter_mut().find(|column| column.index == choice.index) {
            column.field = choice.field;
        }
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
            ("Ким Ян;ученик\nЛи Ян;ученик\n", "no_header"),
            ("Ким Ян;5А\n", "no_header"),
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
