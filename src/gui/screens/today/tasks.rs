//! The list of the day: tasks, what did not fit, what comes later; first steps; all done.

use egui::{Align, Layout, Ui, vec2};
use jiff::civil::{Date, Weekday};

use super::TodayState;
use super::destination::{begin, look_of_task};
use super::queue::QueueState;
use crate::gui::icons;
use crate::gui::theme::{Ink, space};
use crate::gui::widgets::big_row::BigRow;
use crate::gui::widgets::button::named_link_button_ui;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::widgets::task_row::{TASK_WORDS_LEFT, TaskRow, line_between_rows_ui, task_row_ui};
use crate::gui::{Action, ScreenContext};
use crate::regulation::{LaterTask, Task, TodayList};
use crate::wording::{counted, date_short_without_year, weekday_and_day};

/// Height of the rows «Позже на этой неделе», in points.
const FOLD_ROW: f32 = 44.0;

/// Draws the column of tasks.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut TodayState, actions: &mut Vec<Action>) {
    let list = &context.snapshot.today_list;
    if list.is_fresh && !list.tasks.is_empty() {
        first_steps_ui(ui, context, &mut state.queue, actions);
        return;
    }
    card_ui(ui, 0, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if list.tasks.is_empty() {
            all_done_ui(ui, list);
        }
        for (place, task) in list.tasks.iter().enumerate() {
            if place > 0 {
                line_between_rows_ui(ui);
            }
            row_ui(ui, context, task, &mut state.queue, actions);
        }
        if !list.more.is_empty() {
            more_ui(ui, context, state, actions);
        }
        if !list.later.is_empty() {
            later_ui(ui, &list.later, state);
        }
    });
}

fn row_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    task: &Task,
    queue: &mut QueueState,
    actions: &mut Vec<Action>,
) {
    let (tone, icon) = look_of_task(task);
    let duty = task.duty_line();
    let row =
        TaskRow { tone, icon, title: &task.title, reason: &task.reason, duty: &duty, button: &task.button };
    if task_row_ui(ui, &row) {
        begin(context.register(), task, queue, actions);
    }
}

fn first_steps_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    queue: &mut QueueState,
    actions: &mut Vec<Action>,
) {
    card_ui(ui, 4, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let margin = egui::Margin { left: 16, right: 16, top: 14, bottom: 10 };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            label::lead_ui(ui, "Первые шаги");
            label::caption_ui(ui, "Порядок можно менять: остальное программа подскажет, когда придёт время");
        });
        for task in &context.snapshot.today_list.tasks {
            divider_ui(ui, 0.0);
            let (tone, icon) = look_of_task(task);
            if ui.add(BigRow::new(icon, &task.title, &task.reason).tone(tone)).clicked() {
                begin(context.register(), task, queue, actions);
            }
        }
    });
}

fn all_done_ui(ui: &mut Ui, list: &TodayList) {
    let sentence = match (list.next_visit, list.later.first()) {
        (Some(day), Some(later)) if later.on == day => {
            format!("Возвращайтесь {}: {}", day_to_return(day), lower_first(&later.title))
        }
        (Some(day), _) => format!("Возвращайтесь {}: пора будет разобрать ссылки", day_to_return(day)),
        (None, _) => "Новые дела появятся здесь сами, когда придёт их время".to_owned(),
    };
    let room = vec2(ui.available_width(), 250.0);
    ui.allocate_ui_with_layout(room, Layout::top_down(Align::Center), |ui| {
        ui.set_min_size(room);
        EmptyState::done("На сегодня всё", &sentence).show(ui);
    });
}

/// A row that folds: caret, words, a grey note, «Показать» at the right. Answers whether it was pressed.
fn fold_row_ui(ui: &mut Ui, open: bool, words: &str, note: &str) -> bool {
    divider_ui(ui, 0.0);
    let (_, pressed) = both_ends_ui(
        ui,
        FOLD_ROW,
        |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(28.0);
            let caret = if open { icons::CARET_DOWN } else { icons::CARET_RIGHT };
            label::icon_ui(ui, caret, 15.0, Ink::Secondary);
            ui.add_space(TASK_WORDS_LEFT - 43.0);
            label::line_ui(ui, &[Run::body(words), Run::body("   "), Run::caption(note)]);
        },
        |ui| {
            ui.add_space(space::LARGE);
            let word = if open { "Скрыть" } else { "Показать" };
            named_link_button_ui(ui, None, word, &format!("{word}: {words}")).clicked()
        },
    );
    pressed
}

fn more_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut TodayState, actions: &mut Vec<Action>) {
    let more = &context.snapshot.today_list.more;
    let words = format!("Ещё {}", counted(more.len() as u64, "дело", "дела", "дел"));
    if fold_row_ui(ui, state.more_open, &words, "могут подождать") {
        state.more_open = !state.more_open;
    }
    if state.more_open {
        for task in more {
            line_between_rows_ui(ui);
            row_ui(ui, context, task, &mut state.queue, actions);
        }
    }
}

fn later_ui(ui: &mut Ui, later: &[LaterTask], state: &mut TodayState) {
    let count = counted(later.len() as u64, "дело", "дела", "дел");
    let note = later.first().map_or(count.clone(), |first| {
        let nearest = if later.len() == 1 { "" } else { "ближайшее " };
        format!("{count}, {nearest}{}", in_weekday(first.on))
    });
    let pressed = fold_row_ui(ui, state.later_open, "Позже на этой неделе", &note);
    if pressed {
        state.later_open = !state.later_open;
    }
    if !state.later_open {
        return;
    }
    for task in later {
        let room = vec2(ui.available_width(), 30.0);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(room);
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(TASK_WORDS_LEFT);
            let day = format!("{}, {}", in_weekday(task.on), date_short_without_year(task.on));
            ui.allocate_ui_with_layout(vec2(150.0, 30.0), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(150.0);
                label::line_ui(ui, &[Run::caption(&day)]);
            });
            label::line_ui(ui, &[Run::body(&task.title)]);
        });
    }
    ui.add_space(space::SMALL);
    if pressed {
        // What folded out stands at the very bottom of the page.
        ui.scroll_to_cursor(Some(Align::Max));
    }
}

/// «в среду», «во вторник».
fn in_weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "в понедельник",
        Weekday::Tuesday => "во вторник",
        Weekday::Wednesday => "в среду",
        Weekday::Thursday => "в четверг",
        Weekday::Friday => "в пятницу",
        Weekday::Saturday => "в субботу",
        Weekday::Sunday => "в воскресенье",
    }
}

/// «в среду, 14 октября».
fn day_to_return(day: Date) -> String {
    let words = weekday_and_day(day);
    let date = words.split_once(", ").map_or("", |(_, date)| date);
    format!("{}, {date}", in_weekday(day))
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_day_to_return_is_named_in_the_accusative() {
        let cases = [
            (date(2026, 10, 13), "во вторник, 13 октября"),
            (date(2026, 10, 14), "в среду, 14 октября"),
            (date(2026, 11, 1), "в воскресенье, 1 ноября"),
        ];
        for (day, words) in cases {
            assert_eq!(day_to_return(day), words);
        }
    }
}
