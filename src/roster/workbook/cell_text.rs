//! Values of cells → the texts that the rest of the program reads.

use calamine::{Data, DataRef, ExcelDateTime};

/// Whole numbers up to here are exact, so their digits are the digits that were typed: phones, contract numbers.
const LARGEST_EXACT: f64 = 1e15;

/// The text of a cell: strings as they are, dates as `dd.mm.yyyy`, whole numbers as digits, errors as nothing.
pub(super) fn text_of(value: DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text,
        DataRef::SharedString(text) => text.to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(number),
        DataRef::Bool(true) => "да".into(),
        DataRef::Bool(false) => "нет".into(),
        DataRef::DateTime(moment) => date_text(moment),
        DataRef::DateTimeIso(text) => iso_date_text(&text),
        DataRef::DurationIso(text) => text,
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// As [`text_of`], of the values that the parsers of ods and xls keep.
pub(super) fn text_of_owned(value: &Data) -> String {
    match value {
        Data::String(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(truth) => text_of(DataRef::Bool(*truth)),
        Data::DateTime(moment) => date_text(*moment),
        Data::DateTimeIso(text) => iso_date_text(text),
        Data::DurationIso(text) => text.clone(),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// A number as Russian spreadsheets show it in the format «Общий», in full.
fn number_text(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    if number == 0.0 {
        return "0".into();
    }
    let size = number.abs();
    let text = if (1e-9..LARGEST_EXACT).contains(&size) { number.to_string() } else { format!("{number:E}") };
    text.replace('.', ",")
}

fn date_text(moment: ExcelDateTime) -> String {
    if moment.is_duration() || moment.as_f64() < 1.0 {
        return number_text(moment.as_f64());
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{day:02}.{month:02}.{year:04}")
}

/// `2011-03-14T00:00:00` → `14.03.2011`; anything else as it is.
fn iso_date_text(text: &str) -> String {
    let day = text.split('T').next().unwrap_or_default();
    match day.split('-').collect::<Vec<_>>()[..] {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            format!("{day}.{month}.{year}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn values_become_the_texts_people_typed() {
        let date = |value, is_1904| {
            DataRef::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904))
        };
        let cases = [
            (DataRef::Float(79_175_550_131.0), "79175550131"),
            (DataRef::Float(4.5), "4,5"),
            (DataRef::Float(-3.0), "-3"),
            (DataRef::Float(0.1 + 0.2), "0,30000000000000004"),
            (DataRef::Float(7.9e20), "7,9E20"),
            (DataRef::Float(f64::NAN), ""),
            (DataRef::Int(5), "5"),
            (DataRef::Bool(true), "да"),
            (date(40_616.0, false), "14.03.2011"),
            (date(40_616.75, false), "14.03.2011"),
            (date(39_154.0, true), "14.03.2011"),
            (DataRef::DateTimeIso("2011-03-14T00:00:00".into()), "14.03.2011"),
            (DataRef::DateTimeIso("2011-03-14".into()), "14.03.2011"),
            (DataRef::Error(calamine::CellErrorType::NA), ""),
            (DataRef::SharedString("5А"), "5А"),
        ];
        for (value, text) in cases {
            assert_eq!(text_of(value.clone()), text, "{value:?}");
        }
    }
}
