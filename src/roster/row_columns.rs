//! The columns of a file by what they mean, looked up once, and the cells of a row under them.

use super::aliases::Field;
use super::cells::Cell;
use super::delimited::SheetRow;
use super::header::{Header, MappedColumn};
use super::name_order::{NameOrder, order_of_names};
use super::sheet_rows::RowsBelow;

/// A column of joined names with the order of words that the column as a whole shows.
#[derive(Clone, Copy)]
pub(super) struct NameColumn<'h> {
    /// The column.
    pub column: &'h MappedColumn,
    /// Order of the words.
    pub order: NameOrder,
}

impl<'h> NameColumn<'h> {
    /// The column with the order that its values show.
    pub fn of(column: &'h MappedColumn, rows: RowsBelow<'_>) -> Self {
        Self { column, order: order_of_names(rows.sample().map(|row| row.cell(column.index))) }
    }
}

/// The columns by field.
pub(super) struct Columns<'h> {
    pub full_name: Option<NameColumn<'h>>,
    pub surname: Option<NameColumn<'h>>,
    pub given: Option<&'h MappedColumn>,
    pub patronymic: Option<&'h MappedColumn>,
    pub group: Option<&'h MappedColumn>,
    pub parallel: Option<&'h MappedColumn>,
    pub letter: Option<&'h MappedColumn>,
    pub role: Option<&'h MappedColumn>,
    pub post: Option<&'h MappedColumn>,
    pub phone: Option<&'h MappedColumn>,
    pub birth_date: Option<&'h MappedColumn>,
    pub class_teacher: Option<&'h MappedColumn>,
    pub child: Option<NameColumn<'h>>,
}

impl<'h> Columns<'h> {
    /// Looks the columns up.
    pub fn of(header: &'h Header, rows: RowsBelow<'_>) -> Self {
        let find = |field| header.columns.find(field);
        let named = |field| find(field).map(|column| NameColumn::of(column, rows));
        Self {
            full_name: named(Field::FullName),
            surname: named(Field::Surname),
            given: find(Field::Given),
            patronymic: find(Field::Patronymic),
            group: find(Field::Group),
            parallel: find(Field::Parallel),
            letter: find(Field::Letter),
            role: find(Field::Role),
            post: find(Field::Post),
            phone: find(Field::Phone),
            birth_date: find(Field::BirthDate),
            class_teacher: find(Field::ClassTeacher),
            child: named(Field::Child),
        }
    }

    /// Columns without which a row is not whole.
    pub fn needed(&self) -> impl Iterator<Item = &'h MappedColumn> {
        let names = [self.full_name, self.surname].map(|name| name.map(|name| name.column));
        [names[0], names[1], self.given, self.group, self.parallel, self.letter, self.role]
            .into_iter()
            .flatten()
    }

    /// The first column of the name. A header without any is refused before rows are read.
    pub fn name(&self) -> Option<&'h MappedColumn> {
        self.full_name.or(self.surname).map(|name| name.column)
    }

    /// The column of the class, or of its year.
    pub fn class(&self) -> Option<&'h MappedColumn> {
        self.group.or(self.parallel)
    }
}

/// The text of a row under a column.
pub(super) fn text_of<'s>(row: SheetRow<'s>, column: Option<&MappedColumn>) -> Option<&'s str> {
    column.map(|column| row.cell(column.index))
}

/// The cell of a row under a column.
pub(super) fn cell_of<'c>(row: SheetRow<'c>, column: &'c MappedColumn) -> Cell<'c> {
    Cell { row: row.number(), header: &column.header, text: row.cell(column.index) }
}
