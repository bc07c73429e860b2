//! The workbooks made for these tests are honest ones: an independent look at them through the parser alone.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};

use super::support::made_school::a_school;
use super::support::shapes::{Cell, SHAPES};
use super::support::workbook_files::WorkbookKind;

#[test]
fn every_cell_of_every_workbook() {
    let mut school = a_school();
    school.pupils.truncate(120);
    for shape in &SHAPES {
        for kind in WorkbookKind::ALL {
            let file = (shape.write)(&school).remove(0);
            let place = format!("{} as {kind:?}", shape.name);
            let mut book = open_workbook_auto_from_rs(Cursor::new(kind.write(&file)))
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            assert_eq!(book.sheet_names().len(), file.tables.len(), "{place}");
            for table in &file.tables {
                let range =
                    book.worksheet_range(&table.sheet).unwrap_or_else(|error| panic!("{place}: {error}"));
                for (row, cells) in (0_u32..).zip(&table.rows) {
                    for (column, cell) in (0_u32..).zip(cells) {
                        let found = range.get_value((row, column)).unwrap_or(&Data::Empty);
                        let agrees = match cell {
                            Cell::Blank => matches!(found, Data::Empty),
                            Cell::Text(text) => {
                                matches!(found, Data::String(other) if other.trim() == text.trim() || text.contains('\n'))
                            }
                            Cell::Number(number) => found == &Data::Float(*number),
                            Cell::Date(_) => matches!(found, Data::DateTime(_) | Data::DateTimeIso(_)),
                        };
                        assert!(agrees, "{place}: {row}, {column}: {cell:?} became {found:?}");
                    }
                }
            }
        }
    }
}
