//! Загрузка списка: four clear steps, «Файл · Столбцы · Проверка · Готово».

mod answers;
mod brake;
mod class_values;
mod columns_step;
mod done_step;
mod draft;
mod file_step;
mod history;
mod lists;
mod marks;
mod movement_bar;
mod outcome;
mod posts;
mod review_left;
mod review_step;
mod review_table;
mod row_card;
mod source_page;
mod special_table;
mod state;
mod words;

use egui::{Key, Modifiers, Ui};

pub use state::ImportState;
use state::Step;

use crate::gui::widgets::Button;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::label;
use crate::gui::widgets::page;
use crate::gui::widgets::progress::progress_ui;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::step_line::step_line_ui;
use crate::gui::{Action, ScreenContext};
use crate::wording::counted;

const STEPS: [&str; 4] = ["Файл", "Столбцы", "Проверка", "Готово"];
/// Work is shown only after so many seconds.
const SHOW_WORK_AFTER: f64 = 0.5;

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ImportState, actions: &mut Vec<Action>) {
    state.follow_register(context, actions);
    let asked = header_ui(ui, state);
    match state.step {
        Step::File if state.source.is_none() && state.history.shown => {
            history::show(ui, context, state, actions);
        }
        Step::File if state.source.is_none() => source_page::show(ui, state, actions),
        Step::File => file_step::show(ui, context, state, actions),
        Step::Columns => columns_step::show(ui, context, state, actions),
        Step::Review => review_step::show(ui, context, state, actions),
        Step::Done => done_step::show(ui, context, state, actions),
    }
    let escaped = escape_pressed(ui, state);
    if escaped && !asked && state.source.is_none() && state.history.shown {
        state.history.shown = false;
    } else if asked || escaped {
        leave(state, actions);
    }
    state.had_text_focus = ui.ctx().text_edit_focused();
    confirm_leaving_ui(ui, state, actions);
}

/// Title, steps and the way out; answers whether it was pressed.
fn header_ui(ui: &mut Ui, state: &ImportState) -> bool {
    let subtitle = subtitle(state);
    page::header_ui(ui, "Загрузка списка", &subtitle, |ui| {
        step_line_ui(ui, &STEPS, state.step.index());
        ui.add_space(8.0);
        let word = if state.step == Step::Done { "Закрыть" } else { "Отмена" };
        ui.add(Button::outlined(word).key("Esc")).clicked()
    })
}

fn subtitle(state: &ImportState) -> String {
    let Some(source) = &state.source else {
        return "Список людей из файла или из Excel".into();
    };
    let name = source.name();
    match &state.prepared {
        Some(prepared) => {
            let rows = counted(u64::from(prepared.roster.rows_seen), "строка", "строки", "строк");
            format!("«{name}», {rows}")
        }
        None => format!("«{name}»"),
    }
}

/// Escape leaves the page, unless it was meant for a text field or a list that hangs open.
fn escape_pressed(ui: &Ui, state: &mut ImportState) -> bool {
    if std::mem::take(&mut state.escape) {
        return true;
    }
    let elsewhere = state.had_text_focus || state.asks_to_leave || egui::Popup::is_any_open(ui.ctx());
    let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
    !elsewhere && free && consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::Escape)
}

fn leave(state: &mut ImportState, actions: &mut Vec<Action>) {
    if state.step != Step::Done && state.has_decisions() {
        state.asks_to_leave = true;
        return;
    }
    if state.job.is_some() {
        actions.push(Action::CancelJob);
    }
    // The file's people are not kept in memory for a page that is closed.
    state.begin();
    actions.push(Action::LeaveOverlay);
}

fn confirm_leaving_ui(ui: &Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    if !state.asks_to_leave {
        return;
    }
    let dialog = Dialog::new("leave-import", "Прервать загрузку?").confirm("Прервать").cancel("Продолжить");
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        label::body_ui(ui, "Ваши ответы по этому списку не сохранятся. Люди в программе не изменятся.");
    });
    if answer == DialogAnswer::Open {
        return;
    }
    state.asks_to_leave = false;
    if answer == DialogAnswer::Confirmed {
        state.begin();
        actions.push(Action::LeaveOverlay);
    }
}

/// Work in the background, once it takes longer than a blink: words, a bar and a way to stop it.
fn work_ui(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    let now = ui.input(|input| input.time);
    let Some(job) = &state.job else {
        state.job_since = None;
        return;
    };
    let since = *state.job_since.get_or_insert(now);
    if now - since < SHOW_WORK_AFTER {
        return;
    }
    ui.horizontal(|ui| {
        progress_ui(ui, 160.0, 6.0, job.progress(), "Читаю список");
        label::line_ui(ui, &[label::Run::caption("Читаю список")]);
        if ui.add(Button::ghost("Остановить").in_bar()).clicked() {
            actions.push(Action::CancelJob);
        }
    });
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
}
