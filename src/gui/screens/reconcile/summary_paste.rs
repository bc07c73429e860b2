//! «Вставить ответы»: what class teachers sent, one class a line, on its way into the cells of the summary.

use egui::Ui;

use super::summary::SummaryState;
use crate::gui::ScreenContext;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::regulation::{SummaryAnswer, ToldFigures, read_summary_answers};
use crate::wording::counted;

/// Answers on their way into the cells.
#[derive(Default)]
pub(super) struct Paste {
    text: String,
    /// The text that `read` was read of.
    read_of: String,
    read: Vec<SummaryAnswer>,
}

/// «Вставить ответы»: many lines at once; what cannot be read is named and nothing is guessed.
pub(super) fn paste_ui(ui: &Ui, context: &ScreenContext<'_>, state: &mut SummaryState) {
    let Some(paste) = &mut state.paste else { return };
    if paste.read_of != paste.text {
        paste.read_of.clone_from(&paste.text);
        paste.read = read_summary_answers(context.register(), &paste.text, context.today);
    }
    let good = paste.read.iter().filter(|answer| answer.outcome.is_ok()).count();
    let word = if good == 0 {
        "Вписать".to_owned()
    } else {
        format!("Вписать: {}", counted(good as u64, "ответ", "ответа", "ответов"))
    };
    let reason = (good == 0).then_some("Вставьте строки вида «7Б 24/22»");
    let dialog =
        Dialog::new("summary-paste", "Вставить ответы классных").confirm(&word).disabled_because(reason);
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        TextField::new("Ответы, по строке на класс", &mut paste.text).hint("7Б 24/22").rows(9).show(ui);
        label::caption_ui(
            ui,
            "Первое число — ученики внутри, второе — дети, у которых внутри есть взрослый. Числа встанут в клетки, \
             запишете вы их сами.",
        );
        problems_ui(ui, paste);
    });
    match answer {
        DialogAnswer::Open => {}
        DialogAnswer::Confirmed => put_in(state),
        _ => state.paste = None,
    }
}

fn problems_ui(ui: &mut Ui, paste: &Paste) {
    let problems: Vec<String> = paste
        .read
        .iter()
        .filter_map(|answer| {
            let problem = answer.outcome.err()?;
            let line = paste.text.lines().nth(answer.line.saturating_sub(1) as usize).unwrap_or_default();
            Some(format!("«{}»: {}", short(line.trim()), problem.words()))
        })
        .collect();
    if problems.is_empty() {
        return;
    }
    let more = problems.len().saturating_sub(4);
    let more = if more > 0 { format!("\nи ещё {more}") } else { String::new() };
    let shown = problems.get(..4).unwrap_or(&problems).join("\n");
    Callout::attention("Эти строки не прочитаны", &format!("{shown}{more}")).show(ui);
}

fn short(line: &str) -> String {
    if line.chars().count() <= 40 { line.to_owned() } else { line.chars().take(39).chain(['…']).collect() }
}

fn put_in(state: &mut SummaryState) {
    let Some(paste) = state.paste.take() else { return };
    let told: Vec<ToldFigures> = paste.read.iter().filter_map(|answer| answer.outcome.ok()).collect();
    for answer in &told {
        let Some(line) = state.lines.iter_mut().find(|line| line.group == answer.group) else { continue };
        for (figure, told) in line.figures.iter_mut().zip([answer.students, answer.parents]) {
            if let Some(told) = told {
                figure.text = told.joined.to_string();
                figure.told_of = told.of;
            }
        }
    }
    let first = told.first().map(|answer| answer.group);
    state.scroll_to = state.lines.iter().position(|line| Some(line.group) == first);
}
