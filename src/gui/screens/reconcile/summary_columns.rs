//! Free columns of the summary: figures read in the cabinet («Активных за неделю»), typed in place.

use egui::{Key, Ui};
use jiff::civil::Date;

use super::summary::{Line, SummaryState, field_id};
use crate::gui::theme::Tone;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::{Action, icons};
use crate::names::clean;
use crate::register::{GroupId, Operation};

/// A number of a free column; a dash takes the known one out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Nothing,
    Number(u32),
    TakenOut,
    Wrong,
}

/// Reads what stands in a cell.
pub(super) fn read_cell(text: &str) -> Typed {
    match text.trim() {
        "" => Typed::Nothing,
        "-" | "—" | "–" => Typed::TakenOut,
        text => text.parse().ok().filter(|number| *number <= 999_999).map_or(Typed::Wrong, Typed::Number),
    }
}

/// Draws the cell of a free column. Answers where Enter and the arrows go.
pub(super) fn cell_ui(cell: &mut Cell<'_>, line: &mut Line, column: usize, title: &str) -> Option<i64> {
    let (group, name) = (line.group, format!("{}: {title}", line.label));
    let Some((known, text)) = line.extra.get_mut(column) else {
        cell.nothing();
        return None;
    };
    let hint = known.map_or_else(|| "—".to_owned(), |known| known.to_string());
    let ui = cell.ui();
    let field = TextField::bare(&name, text)
        .id(field_id(group, column + 2))
        .hint(&hint)
        .width(72.0)
        .in_bar()
        .show(ui);
    if read_cell(text) == Typed::Wrong {
        label::icon_ui(ui, icons::WARNING_CIRCLE, 16.0, crate::gui::theme::Ink::Tone(Tone::Danger));
        label::line_ui(ui, &[Run::caption("не число").tone(Tone::Danger)]);
    }
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    if (field.lost_focus() && pressed(Key::Enter)) || (field.has_focus() && pressed(Key::ArrowDown)) {
        Some(1)
    } else {
        (field.has_focus() && pressed(Key::ArrowUp)).then_some(-1)
    }
}

/// One operation for every column in which something is typed.
pub(super) fn actions_of(state: &SummaryState, on: Date) -> Vec<Action> {
    let of_column = |(place, column): (usize, &String)| {
        let values: Vec<(GroupId, Option<u32>)> = state
            .lines
            .iter()
            .filter_map(|line| match read_cell(&line.extra.get(place)?.1) {
                Typed::Number(number) => Some((line.group, Some(number))),
                Typed::TakenOut => Some((line.group, None)),
                Typed::Nothing | Typed::Wrong => None,
            })
            .collect();
        let operation = Operation::SetFigures { column: column.clone(), on, values: values.clone() };
        (!values.is_empty()).then(|| Action::execute(operation, format!("Записан столбец «{column}»")))
    };
    state.columns.iter().enumerate().filter_map(of_column).collect()
}

/// «Добавить столбец»: its name; it stays once a number is written in it.
pub(super) fn new_column_ui(ui: &Ui, state: &mut SummaryState) {
    let Some(name) = &mut state.new_column else { return };
    let wanted = clean(name);
    let reason = if wanted.is_empty() {
        Some("Назовите столбец")
    } else if wanted.chars().count() > 40 {
        Some("Название длиннее сорока букв")
    } else {
        state.columns.contains(&wanted).then_some("Такой столбец уже есть")
    };
    let dialog = Dialog::new("summary-column", "Новый столбец").confirm("Добавить").disabled_because(reason);
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        TextField::new("Что в нём", name).hint("Активных за неделю").show(ui);
        label::caption_ui(
            ui,
            "Для цифр, которые вы переписываете из кабинета. На напоминания и правила они не влияют. Столбец \
             останется, когда в нём записано хотя бы одно число; тире в клетке убирает число.",
        );
    });
    match answer {
        DialogAnswer::Open => {}
        DialogAnswer::Confirmed => {
            state.columns.push(wanted);
            state.lines.iter_mut().for_each(|line| line.extra.push((None, String::new())));
            state.new_column = None;
        }
        _ => state.new_column = None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_a_number_a_dash_or_nothing() {
        for (text, expected) in [
            ("", Typed::Nothing),
            (" 17 ", Typed::Number(17)),
            ("—", Typed::TakenOut),
            ("1000000", Typed::Wrong),
            ("много", Typed::Wrong),
            ("-5", Typed::Wrong),
        ] {
            assert_eq!(read_cell(text), expected, "{text}");
        }
    }
}
