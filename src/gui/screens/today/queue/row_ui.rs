//! One record on screen: its words at the left, its buttons at the right, a field beneath where one is needed.

use egui::{Align, Key, Layout, Response, Ui, vec2};

use super::QueueState;
use super::answers::Answer;
use super::rows::QueueRow;
use crate::gui::ScreenContext;
use crate::gui::theme::space;
use crate::gui::widgets::Button;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::column_ui;
use crate::register::Entity;

/// Space above and below a row, in points.
const AROUND: f32 = 12.0;

/// An answer, and whether the next row should take the focus.
pub struct RowAnswer {
    pub answer: Answer,
    pub by_keyboard: bool,
}

/// Draws the row; answers how it was answered in this frame.
pub fn row_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut QueueState,
    row: &QueueRow,
    focus: bool,
) -> Option<RowAnswer> {
    let read_only = context.file.read_only.then_some("Файл открыт только для чтения");
    ui.add_space(AROUND);
    let answer = match &row.record {
        Entity::JoinRequest(_) => request_ui(ui, state, row, read_only, focus),
        Entity::Movement(_) => {
            words_and_buttons_ui(ui, state, row, &[("Отмечено", Answer::Entered)], read_only, focus)
        }
        Entity::CabinetTask(_) => {
            words_and_buttons_ui(ui, state, row, &[("Сделано", Answer::Done)], read_only, focus)
        }
        Entity::Appeal(_) => appeal_ui(ui, state, row, read_only, focus),
        Entity::Membership(_) => {
            let buttons = [("Подтверждён", Answer::Verified), ("Отклонён", Answer::NotVerified)];
            words_and_buttons_ui(ui, state, row, &buttons, read_only, focus)
        }
        _ => None,
    };
    ui.add_space(AROUND);
    answer
}

fn words_ui(ui: &mut Ui, row: &QueueRow) {
    ui.spacing_mut().item_spacing.y = 1.0;
    label::rich_ui(ui, &[Run::body(&row.lead).medium().line_height(20.0)]);
    for line in [&row.line, &row.note].into_iter().filter(|line| !line.is_empty()) {
        label::caption_ui(ui, line);
    }
}

/// A press counts once: the second click of a double click would answer the row that moves up.
fn pressed(response: &Response) -> Option<bool> {
    (response.clicked() && !response.double_clicked() && !response.triple_clicked())
        .then_some(response.has_focus())
}

/// The words with these buttons beside them.
fn words_and_buttons_ui(
    ui: &mut Ui,
    state: &QueueState,
    row: &QueueRow,
    buttons: &[(&str, Answer)],
    disabled: Option<&str>,
    focus: bool,
) -> Option<RowAnswer> {
    let names: Vec<String> = buttons.iter().map(|(word, _)| format!("{word}: {}", row.subject)).collect();
    let made: Vec<Button<'_>> = buttons
        .iter()
        .zip(&names)
        .map(|((word, _), name)| Button::outlined(word).accessible_name(name).disabled_because(disabled))
        .collect();
    let taken: f32 = made.iter().map(|button| button.width(ui) + space::SMALL).sum::<f32>() - space::SMALL;
    let room = (ui.available_width() - taken - space::LARGE - state.scroll_room).max(80.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        column_ui(ui, room, |ui| words_ui(ui, row));
        ui.add_space(space::LARGE - space::SMALL);
        let beside = vec2(taken, ui.min_rect().height());
        ui.allocate_ui_with_layout(beside, Layout::left_to_right(Align::Center), |ui| {
            let mut answer = None;
            for (place, (button, (_, meaning))) in made.into_iter().zip(buttons).enumerate() {
                let response = ui.add(button);
                if focus && place == 0 {
                    response.request_focus();
                    response.scroll_to_me(None);
                }
                if let Some(by_keyboard) = pressed(&response) {
                    answer = Some(RowAnswer { answer: meaning.clone(), by_keyboard });
                }
            }
            answer
        })
        .inner
    })
    .inner
}

/// Declining asks why first: the reason belongs to the record, but nobody is made to write one.
fn request_ui(
    ui: &mut Ui,
    state: &mut QueueState,
    row: &QueueRow,
    disabled: Option<&str>,
    focus: bool,
) -> Option<RowAnswer> {
    let buttons = [("Принята", Answer::Accepted), ("Отклонена", Answer::Declined(String::new()))];
    let answer = words_and_buttons_ui(ui, state, row, &buttons, disabled, focus);
    if answer.as_ref().is_some_and(|answer| matches!(answer.answer, Answer::Declined(_))) {
        state.declining = Some(row.key());
        state.focus_reason = true;
        return None;
    }
    if answer.is_some() || state.declining != Some(row.key()) {
        return answer;
    }
    ui.add_space(space::SMALL);
    let name = format!("Почему отклонена: {}", row.subject);
    let record_name = format!("Записать отказ: {}", row.subject);
    let record = Button::outlined("Записать отказ").accessible_name(&record_name);
    let width = ui.available_width() - record.width(ui) - space::SMALL - state.scroll_room;
    let text = state.texts.entry(row.key()).or_default();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        let field =
            TextField::bare(&name, text).hint("Почему: можно не писать").width(width.max(80.0)).show(ui);
        if std::mem::take(&mut state.focus_reason) {
            field.request_focus();
            field.scroll_to_me(None);
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let by_button = pressed(&ui.add(record));
        (entered || by_button.is_some()).then(|| RowAnswer {
            answer: Answer::Declined(text.clone()),
            by_keyboard: entered || by_button == Some(true),
        })
    })
    .inner
}

fn appeal_ui(
    ui: &mut Ui,
    state: &mut QueueState,
    row: &QueueRow,
    disabled: Option<&str>,
    focus: bool,
) -> Option<RowAnswer> {
    words_ui(ui, row);
    ui.add_space(space::SMALL);
    let (field_name, button_name) = (format!("Ответ: {}", row.subject), format!("Отвечено: {}", row.subject));
    let button = Button::outlined("Отвечено").accessible_name(&button_name);
    let width = ui.available_width() - button.width(ui) - space::SMALL - state.scroll_room;
    let text = state.texts.entry(row.key()).or_default();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        let field = TextField::bare(&field_name, text)
            .hint("Что вы ответили")
            .rows(2)
            .width(width.max(80.0))
            .show(ui);
        if focus {
            field.request_focus();
        }
        let nothing = text.trim().is_empty().then_some("Сначала запишите, что вы ответили");
        let by_keyboard = pressed(&ui.add(button.disabled_because(disabled.or(nothing))))?;
        Some(RowAnswer { answer: Answer::Answered(text.clone()), by_keyboard })
    })
    .inner
}
