//! `summary`: «Сводка классов», and the answers of class teachers into it (clauses 2.4 and 1.8).

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{judged_day, open};
use super::output::{TextTable, print, print_json, print_line, say};
use super::pasted::read_option;
use crate::names::clean;
use crate::register::Operation;
use crate::regulation::{
    ClassSummary, SummaryCell, SummaryRow, class_summary, observations_of_answers, read_figure_lines,
    read_summary_answers,
};
use crate::session::Session;
use crate::wording::{counted, date_short};

/// `summary FILE [--paste SOURCE|- [--column NAME]] [--sheet PATH [--dry-run]] [--on DATE] [--json]`.
pub(super) fn summary(given: &Given) -> Outcome {
    let has_sheet = given.values.contains_key("sheet");
    if has_sheet && given.values.contains_key("paste") {
        return Err(Failure::usage("Или --sheet, или --paste."));
    }
    if has_sheet {
        return super::class_sheet::read_sheet(given);
    }
    if given.has("dry-run") {
        return Err(Failure::usage("--dry-run бывает только у --sheet."));
    }
    if let Some(column) = given.text("column")? {
        set_figures(given, column)?;
        return show(given, &open(given)?);
    }
    let mut session = open(given)?;
    let today = session.clock().today();
    if let Some(pasted) = read_option(given, "paste")? {
        let on = given.date("on", today)?.unwrap_or(today);
        let answers = read_summary_answers(session.register(), &pasted.text, today);
        for answer in &answers {
            if let Err(problem) = answer.outcome {
                say(&format!("Строка {} не взята: {}.", answer.line, problem.words()));
            }
        }
        let observations = observations_of_answers(&answers, on);
        if observations.is_empty() {
            return Err(Failure::failed(
                "Ответов не нашлось. Ничего не изменено. Пишите, например, «7Б 24/22».",
            ));
        }
        let groups = answers.iter().filter(|answer| answer.outcome.is_ok()).count();
        let done = session.execute(&Operation::Observe(observations))?;
        let entry = done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."));
        let line = format!("Записано: {}.{entry}", counted(groups as u64, "ответ", "ответа", "ответов"));
        match given.has("json") {
            true => say(&line),
            false => print_line(&line)?,
        }
    }
    show(given, &session)
}

fn show(given: &Given, session: &Session) -> Outcome {
    let summary = class_summary(session.register(), judged_day(session));
    match given.has("json") {
        true => print_json(&Value::Array(summary.rows.iter().map(|row| row_json(row, &summary)).collect()))?,
        false => print(&table(&summary))?,
    }
    Ok(DONE)
}

/// Figures of a free column, a class a line: «7Б 12», or «7Б -» to take one out.
fn set_figures(given: &Given, column: &str) -> Result<(), Failure> {
    let needs = || Failure::usage("К --column нужен ключ --paste: строки вида «7Б 12».");
    let pasted = read_option(given, "paste")?.ok_or_else(needs)?;
    let mut session = open(given)?;
    let today = session.clock().today();
    let on = given.date("on", today)?.unwrap_or(today);
    let mut values = Vec::new();
    for line in read_figure_lines(session.register(), &pasted.text, today) {
        match line.outcome {
            Ok(value) => values.push(value),
            Err(problem) => say(&format!("Строка {} не взята: {}.", line.line, problem.words())),
        }
    }
    if values.is_empty() {
        return Err(Failure::failed("Чисел не нашлось. Ничего не изменено. Пишите, например, «7Б 12»."));
    }
    let count = counted(values.len() as u64, "число", "числа", "чисел");
    let done = session.execute(&Operation::SetFigures { column: clean(column), on, values })?;
    let entry = done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."));
    say(&format!("Записано в столбец «{}»: {count}.{entry}", clean(column)));
    Ok(())
}

fn table(summary: &ClassSummary) -> String {
    let mut headings = vec!["Группа", "Учеников", "Детей со взрослым", "Не участвуют", "Сведения"];
    headings.extend(summary.columns.iter().map(String::as_str));
    let mut table = TextTable::new(&headings, &[3]);
    for row in &summary.rows {
        let count =
            if row.not_participating == 0 { String::new() } else { row.not_participating.to_string() };
        let mut cells = vec![
            row.label.clone(),
            row.students.map_or_else(String::new, |cell| cell_words(&cell)),
            cell_words(&row.parents),
            count,
            row.as_of().map_or_else(|| "нет сведений".to_owned(), date_short),
        ];
        let figures = row.figures.iter();
        cells.extend(
            figures.map(|figure| figure.as_ref().map_or_else(String::new, |it| it.value.to_string())),
        );
        table.row(cells);
    }
    table.render()
}

/// «24 из 27 (+4)».
fn cell_words(cell: &SummaryCell) -> String {
    let Some(inside) = cell.coverage.inside else { return String::new() };
    let of =
        if cell.coverage.expected > 0 { format!(" из {}", cell.coverage.expected) } else { String::new() };
    let change = match cell.change() {
        None | Some(0) => String::new(),
        Some(change) => format!(" ({change:+})"),
    };
    format!("{inside}{of}{change}")
}

fn row_json(row: &SummaryRow, summary: &ClassSummary) -> Value {
    let cell = |cell: &SummaryCell| {
        json!({
            "inside": cell.coverage.inside,
            "of": cell.coverage.expected,
            "as_of": cell.coverage.as_of,
            "change": cell.change(),
        })
    };
    let figures: serde_json::Map<String, Value> = summary
        .columns
        .iter()
        .zip(&row.figures)
        .filter_map(|(column, figure)| Some((column.clone(), json!(figure.as_ref()?.value))))
        .collect();
    json!({
        "group": row.label,
        "students": row.students.as_ref().map(cell),
        "parents": cell(&row.parents),
        "not_participating": row.not_participating,
        "as_of": row.as_of(),
        "figures": figures,
    })
}
