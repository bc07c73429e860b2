//! The window over «Сегодня» for tasks that have no room of their own: the records that wait, oldest first,
//! each with the buttons that finish it. One answer is one entry of the journal.

mod answers;
mod found;
mod row_ui;
mod rows;

use std::collections::BTreeMap;

use egui::{Align, Key, Layout, Modifiers, Ui, vec2};
use jiff::civil::Date;

use self::row_ui::{RowAnswer, row_ui};
use self::rows::QueueRow;
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::register::EntityKey;
use crate::regulation::{Task, TaskKind};

/// Width of the window, in points.
const WIDTH: f32 = 780.0;

/// What stands in the window, and what was typed in it.
#[derive(Default)]
pub struct QueueState {
    /// The task whose records are shown; `None`: no window.
    open: Option<TaskKind>,
    /// The records as of a version of the snapshot.
    rows: Option<((u64, Date), Vec<QueueRow>)>,
    /// Answers and reasons as typed; they stay when the window is closed, the writing fails, or it is undone.
    texts: BTreeMap<EntityKey, String>,
    /// The request whose reason is being typed.
    declining: Option<EntityKey>,
    /// The field of that reason takes the focus.
    focus_reason: bool,
    /// The row whose first control takes the focus; after an answer by keyboard the next one.
    focus_row: Option<usize>,
    /// The greatest height of the rows so far: buttons must not move away from under the pointer.
    height: f32,
    /// Points at the right end of the rows that the bar of scrolling lies over.
    scroll_room: f32,
}

impl QueueState {
    /// Opens the window for the records of a task.
    pub fn open(&mut self, kind: TaskKind) {
        let texts = std::mem::take(&mut self.texts);
        // A field to write in takes the focus at once; a button that answers never does by itself.
        let focus_row = (kind == TaskKind::Appeals).then_some(0);
        *self = Self { open: Some(kind), texts, focus_row, ..Self::default() };
    }

    fn close(&mut self) {
        (self.open, self.rows, self.declining) = (None, None, None);
    }
}

/// Whether the records of such a task are answered in this window.
pub const fn is_answered_here(kind: TaskKind) -> bool {
    matches!(
        kind,
        TaskKind::JoinRequests
            | TaskKind::MovementsToCabinet
            | TaskKind::Appeals
            | TaskKind::StatusConfirmation
    )
}

/// Title of the window and the line that says what an answer means.
const fn words_of(kind: TaskKind) -> (&'static str, &'static str) {
    match kind {
        TaskKind::JoinRequests => (
            "Заявки на вступление",
            "Решение вы принимаете в кабинете «Сферума». Здесь отметьте, каким оно было.",
        ),
        TaskKind::MovementsToCabinet => {
            ("Отметить в кабинете", "Внесите изменение в кабинете «Сферума», потом отметьте его здесь.")
        }
        TaskKind::Appeals => {
            ("Обращения", "Запишите, что вы ответили: по записи видно, что участнику помогли.")
        }
        _ => (
            "Подтвердить статусы",
            "Подтвердите или отклоните статус в кабинете «Сферума», потом отметьте здесь.",
        ),
    }
}

/// Draws the window where one is open. Going to another room closes it.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut QueueState, actions: &mut Vec<Action>) {
    let Some(kind) = state.open else { return };
    if actions.iter().any(|action| matches!(action, Action::Go(_))) {
        state.close();
        return;
    }
    // Escape first leaves the reason, then the window.
    if state.declining.is_some()
        && ui.ctx().input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
    {
        state.declining = None;
    }
    let version = context.snapshot.version();
    let rows = match state.rows.take() {
        Some((of, rows)) if of == version => rows,
        _ => rows::of_subjects(context, subjects(context, kind)),
    };
    let (title, note) = words_of(kind);
    let (answer, ()) =
        Dialog::new("today-queue", title).width(WIDTH).cancel("Закрыть").show(ui.ctx(), |ui| {
            ui.set_min_height(state.height);
            // The focus ring of a button at the very edge would be cut, too.
            let scrolls = state.height > ui.clip_rect().height() + 8.0;
            state.scroll_room = if scrolls { 14.0 } else { 2.0 };
            ui.spacing_mut().item_spacing.y = 0.0;
            if rows.is_empty() {
                all_done_ui(ui);
            } else {
                label::caption_ui(ui, note);
                ui.add_space(10.0);
                rows_ui(ui, context, state, &rows, actions);
            }
            state.height = state.height.max(ui.min_rect().height());
        });
    if answer == DialogAnswer::Open {
        state.rows = Some((version, rows));
    } else {
        state.close();
    }
}

/// What the task is about now: an answered record is no subject any more.
fn subjects<'a>(context: &ScreenContext<'a>, kind: TaskKind) -> &'a [EntityKey] {
    let list = &context.snapshot.today_list;
    let mut tasks = list.tasks.iter().chain(&list.more);
    tasks.find(|task: &&Task| task.kind == kind).map_or(&[], |task| task.subjects.as_slice())
}

fn all_done_ui(ui: &mut Ui) {
    let room = vec2(ui.available_width(), 190.0);
    ui.allocate_ui_with_layout(room, Layout::top_down(Align::Center), |ui| {
        ui.set_min_size(room);
        EmptyState::done("Здесь всё сделано", "Что и когда отмечено, видно в журнале").show(ui);
    });
}

fn rows_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut QueueState,
    rows: &[QueueRow],
    actions: &mut Vec<Action>,
) {
    let focused = state.focus_row.take().map(|place| place.min(rows.len() - 1));
    let mut answered = None;
    for (place, row) in rows.iter().enumerate() {
        divider_ui(ui, 0.0);
        let answer =
            ui.push_id(row.key(), |ui| row_ui(ui, context, state, row, focused == Some(place))).inner;
        if answer.is_some() {
            answered = answer.map(|answer| (place, row, answer));
        }
    }
    let Some((place, row, RowAnswer { answer, by_keyboard })) = answered else { return };
    if let Some(action) = row.action(&answer, context.today) {
        state.declining = None;
        state.focus_row = by_keyboard.then_some(place);
        actions.push(action);
    }
}
