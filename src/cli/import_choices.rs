//! What the options of `import` say, in the terms of the reader and of the plan.

use std::path::PathBuf;

use jiff::civil::Date;

use super::failure::Failure;
use super::given::Given;
use super::import::{prepare, unreadable};
use super::opening::{unit, year};
use crate::names::parse_date;
use crate::register::{OrderReference, Register};
use crate::regulation::usual_group_kind;
use crate::roster::{
    ColumnMap, ColumnOverride, Departing, Field, MappedColumn, PlanChoices, ReadChoices, RosterEncoding,
    Scope, SheetChoice,
};
use crate::session::{RosterImport, RosterRequest, RosterSource};

/// Columns named in a message at most.
const MOST_LISTED: usize = 40;

/// The request of the command line.
///
/// # Errors
/// Usage failures, and what keeps the file from being opened where `--map` needs its columns.
pub(super) fn request(given: &Given, register: &Register, today: Date) -> Result<RosterRequest, Failure> {
    request_of(given, given.path(1), register, today)
}

/// The same for a roster that stands elsewhere on the command line.
///
/// # Errors
/// As [`request`].
pub(super) fn request_of(
    given: &Given,
    roster: PathBuf,
    register: &Register,
    today: Date,
) -> Result<RosterRequest, Failure> {
    let mut request = RosterRequest {
        source: RosterSource::File(roster),
        read: read_choices(given)?,
        plan: plan_choices(given, register, today)?,
        reuse: None,
    };
    let maps = given.texts("map")?;
    if !maps.is_empty() {
        let wanted = maps.iter().map(|text| parse_map(text)).collect::<Result<Vec<_>, _>>()?;
        let columns = columns_of(register, &mut request, today)?;
        let chosen = wanted.iter().map(|(column, field)| column_override(&columns, column, *field));
        request.read.column_overrides = chosen.collect::<Result<_, _>>()?;
    }
    Ok(request)
}

fn read_choices(given: &Given) -> Result<ReadChoices, Failure> {
    let encoding = |text: &str| {
        let known: Vec<&str> = RosterEncoding::ALL.into_iter().map(RosterEncoding::code).collect();
        let wrong = || Failure::usage(format!("--encoding: одно из {}.", known.join(", ")));
        RosterEncoding::from_code(text).ok_or_else(wrong)
    };
    let header_row = given.number("header-row")?;
    if header_row == Some(0) {
        return Err(Failure::usage("--header-row: строки считаются с 1."));
    }
    Ok(ReadChoices {
        encoding: given.text("encoding")?.map(encoding).transpose()?,
        header_row,
        default_role: given.role()?,
        group: given.text("group")?.map(str::to_owned),
        sheet: given.text("sheet")?.map(|name| match name {
            "all" => SheetChoice::EveryAsClass,
            name => SheetChoice::Named(name.to_owned()),
        }),
        ..ReadChoices::default()
    })
}

fn plan_choices(given: &Given, register: &Register, today: Date) -> Result<PlanChoices, Failure> {
    let mut plan = PlanChoices::for_year(year(given, register, today)?);
    match given.text("scope")? {
        Some(text) => {
            let wrong = || Failure::usage("--scope: одно из additions, groups, full.");
            plan.scope = Scope::from_code(text).ok_or_else(wrong)?;
        }
        None => plan.recall_scope = true,
    }
    plan.default_role = given.role()?;
    plan.group_kind = usual_group_kind(register.organization().kind);
    plan.unit = unit(given, register)?.flatten();
    plan.accept_renames = given.has("accept-renames");
    plan.join_all_adults = given.has("join-families");
    plan.movement_on = given.date("on", today)?;
    if let Some(text) = given.text("order")? {
        plan.order = parse_order(text, today)?;
    }
    if given.number("confirm-departures")?.is_some() {
        plan.departing = Departing::Everybody;
        refuse_departures_of(given.text("scope")?.map(|_| plan.scope))?;
    }
    Ok(plan)
}

/// Nobody is missing from a list of newcomers, so nobody can have left by it.
///
/// # Errors
/// A usage failure for [`Scope::Additions`].
pub(super) fn refuse_departures_of(scope: Option<Scope>) -> Result<(), Failure> {
    match scope {
        Some(Scope::Additions) => Err(Failure::usage(
            "--confirm-departures нужен полный список: укажите --scope groups или --scope full. Ничего не изменено.",
        )),
        _ => Ok(()),
    }
}

/// «№ 12 от 01.09.2026», «12».
pub(super) fn parse_order(text: &str, today: Date) -> Result<OrderReference, Failure> {
    let wrong = || Failure::usage("--order: приказ пишется «№ 12 от 01.09.2026» или «12».");
    let (number, date) = match text.split_once(" от ") {
        Some((number, date)) => (number, Some(parse_date(date, today).map_err(|_| wrong())?)),
        None => (text, None),
    };
    let number = number.trim().trim_start_matches('№').trim();
    if number.is_empty() {
        return Err(wrong());
    }
    Ok(OrderReference { number: number.to_owned(), date })
}

/// «СТОЛБЕЦ=поле».
fn parse_map(text: &str) -> Result<(String, Field), Failure> {
    let Some((column, code)) = text.rsplit_once('=') else {
        return Err(Failure::usage("--map пишется \"СТОЛБЕЦ=поле\", например --map \"Команда=group\"."));
    };
    let wrong = || Failure::usage(format!("--map: поле одно из {}.", Field::codes().join(", ")));
    Ok((column.trim().to_owned(), Field::from_code(code.trim()).ok_or_else(wrong)?))
}

/// The columns of the file as they are read without `--map`; what was read is kept for the import itself.
fn columns_of(register: &Register, request: &mut RosterRequest, today: Date) -> Result<ColumnMap, Failure> {
    let (columns, content) = match prepare(register, request, today) {
        RosterImport::Ready(prepared) => (prepared.opened.header.columns.clone(), prepared.content),
        RosterImport::Unreadable { opened: Some(opened), content, .. } => (opened.header.columns, content),
        RosterImport::Unreadable { text, code, .. } => return Err(unreadable(&text, code)),
        RosterImport::Cancelled => return Err(Failure::failed("Загрузка остановлена. Ничего не изменено.")),
    };
    request.reuse = content;
    Ok(columns)
}

fn column_override(columns: &ColumnMap, written: &str, field: Field) -> Result<ColumnOverride, Failure> {
    let listed = || format!("Столбцы файла:\n{}", list_columns(columns));
    match columns.find_written(written)[..] {
        [column] if matches!(column.field, Field::Sensitive(_)) && field != Field::Unknown => {
            Err(Failure::usage(format!(
                "--map: столбец #{} не загружается: это лишние персональные данные. Ничего не изменено.",
                column.index + 1
            )))
        }
        [column] => {
            // A protected column is left out already, and must not become a plain unread one: its values are dropped.
            let field = if matches!(column.field, Field::Sensitive(_)) { column.field } else { field };
            Ok(ColumnOverride { index: column.index, field })
        }
        [] => Err(Failure::usage(format!("--map: такого столбца нет. Ничего не изменено. {}", listed()))),
        _ => Err(Failure::usage(format!(
            "--map: таких столбцов несколько, укажите номер, например \"#3=group\". Ничего не изменено. {}",
            listed()
        ))),
    }
}

/// The columns by number and header. A first row without any known header may be a row of people: then numbers only.
fn list_columns(columns: &ColumnMap) -> String {
    let is_header = columns.columns.iter().any(|column| column.field != Field::Unknown);
    let line = |column: &MappedColumn| match is_header {
        true => format!("  #{} {}: {}", column.index + 1, column.header, column.field.russian_name()),
        false => format!("  #{}", column.index + 1),
    };
    let mut lines: Vec<String> = columns.columns.iter().take(MOST_LISTED).map(line).collect();
    if columns.columns.len() > MOST_LISTED {
        lines.push("  …".into());
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 10, 12);

    #[test]
    fn orders_as_they_are_written() {
        let order = |text| parse_order(text, TODAY).map(|order| (order.number, order.date)).ok();
        let september = Some(Date::constant(2026, 9, 1));
        assert_eq!(order("№ 12 от 01.09.2026"), Some(("12".into(), september)));
        assert_eq!(order("12-лс от 2026-09-01"), Some(("12-лс".into(), september)));
        assert_eq!(order("№7"), Some(("7".into(), None)));
        for wrong in ["", "№", "12 от вторника", " от 01.09.2026"] {
            assert_eq!(order(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_map_is_a_column_and_a_field() {
        assert_eq!(parse_map("a=b=group").ok(), Some(("a=b".into(), Field::Group)));
        assert_eq!(
            parse_map("Телефон мамы = parent1_phone").ok().map(|map| map.1),
            Some(Field::ParentPhone(1))
        );
        for wrong in ["Класс", "Класс=класс", "Класс="] {
            assert_eq!(parse_map(wrong).map(|_| ()).unwrap_err().code, 2, "{wrong}");
        }
    }

    #[test]
    fn a_first_row_that_is_no_header_is_not_quoted() {
        let column = |index, header: &str, field| MappedColumn { index, header: header.into(), field };
        let mut columns = ColumnMap { columns: vec![column(0, "Осокин", Field::Unknown)] };
        assert_eq!(list_columns(&columns), "  #1");
        columns.columns.push(column(1, "Класс", Field::Group));
        assert!(list_columns(&columns).ends_with("  #2 Класс: класс или группа"));
    }
}
