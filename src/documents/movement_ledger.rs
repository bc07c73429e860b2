//! The ledger of movement (duty 2.3-8) as a list: CSV or a workbook.

use super::xlsx_table::{TableCell, xlsx_table};
use super::{DocumentError, csv_table};
use crate::register::{GroupId, OrderReference, Register};
use crate::regulation::{LedgerRow, movement_kind_words};
use crate::wording::{date_short, role_name};

/// The columns.
pub const MOVEMENT_HEADERS: [&str; 9] =
    ["Дата", "ФИО", "Роль", "Движение", "Откуда", "Куда", "Приказ", "Дата приказа", "Отмечено в кабинете"];

/// One line as texts, days as «3 сен 2026».
pub fn movement_cells(register: &Register, row: &LedgerRow) -> [String; 9] {
    let day = |day: Option<jiff::civil::Date>| day.map(date_short).unwrap_or_default();
    [
        date_short(row.on),
        name(register, row),
        role_name(row.role).to_owned(),
        movement_kind_words(row.kind).to_owned(),
        label(register, row.from),
        label(register, row.to),
        number(&row.order),
        day(row.order.date),
        day(row.in_cabinet_on),
    ]
}

/// The ledger as CSV.
pub fn movement_ledger_csv(register: &Register, rows: &[LedgerRow]) -> Vec<u8> {
    csv_table(&MOVEMENT_HEADERS, rows.iter().map(|row| movement_cells(register, row)))
}

/// The ledger as a workbook; days are days that a spreadsheet can sort.
///
/// # Errors
/// [`DocumentError`].
pub fn movement_ledger_workbook(register: &Register, rows: &[LedgerRow]) -> Result<Vec<u8>, DocumentError> {
    let cells = |row: &LedgerRow| {
        vec![
            TableCell::Date(row.on),
            name(register, row).into(),
            role_name(row.role).into(),
            movement_kind_words(row.kind).into(),
            label(register, row.from).into(),
            label(register, row.to).into(),
            number(&row.order).into(),
            row.order.date.into(),
            row.in_cabinet_on.into(),
        ]
    };
    let cells: Vec<Vec<TableCell>> = rows.iter().map(cells).collect();
    xlsx_table("Движение", &MOVEMENT_HEADERS, &cells)
}

fn name(register: &Register, row: &LedgerRow) -> String {
    register.person(row.person).map_or_else(String::new, |person| person.name.full())
}

fn label(register: &Register, group: Option<GroupId>) -> String {
    group.and_then(|group| register.group(group)).map_or_else(String::new, |group| group.label.clone())
}

fn number(order: &OrderReference) -> String {
    if order.number.is_empty() { String::new() } else { format!("№ {}", order.number) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::names::{FullName, Role};
    use crate::register::{Group, MovementId, MovementKind, Person, PersonId};

    #[test]
    fn a_line_says_who_what_where_by_which_order() {
        let mut register = Register::default();
        let name = FullName::new("Лыткин", "Пётр", "");
        register.put_loaded(Person { id: PersonId(1), name, ..Person::default() }.into());
        register.put_loaded(Group { id: GroupId(2), label: "7Б".into(), ..Group::default() }.into());
        let row = LedgerRow {
            movement: MovementId(1),
            on: date(2026, 10, 9),
            kind: MovementKind::Left,
            person: PersonId(1),
            role: Role::Student,
            from: Some(GroupId(2)),
            to: None,
            order: OrderReference { number: "214".into(), date: None },
            in_cabinet_on: None,
        };
        let cells = movement_cells(&register, &row);
        assert_eq!(cells.join("|"), "9 окт 2026|Лыткин Пётр|ученик|отчисление|7Б||№ 214||");
        let csv =
            String::from_utf8(movement_ledger_csv(&register, std::slice::from_ref(&row))).expect("UTF-8");
        assert_eq!(csv.lines().count(), 2);
        assert!(movement_ledger_workbook(&register, &[row]).is_ok_and(|bytes| bytes.starts_with(b"PK")));
    }
}
