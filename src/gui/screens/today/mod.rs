//! Сегодня: at most seven tasks, coverage, ages of links.

mod destination;
mod queue;
mod side;
mod tasks;
mod warnings;

use egui::Ui;

use crate::gui::theme::space;
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::search_button::search_button_ui;
use crate::gui::widgets::{Button, ButtonKind, page};
use crate::gui::{Action, Destination, PeoplePage, ScreenContext, icons};
use crate::wording::{counted, weekday_and_day};

/// Width of the column beside the tasks, in points.
const SIDE_WIDTH: f32 = 370.0;

/// State of the screen.
#[derive(Default)]
pub struct TodayState {
    /// «Позже на этой неделе» stands unfolded.
    later_open: bool,
    /// What did not fit among the tasks stands unfolded.
    more_open: bool,
    /// The window of what waits for an answer.
    queue: queue::QueueState,
}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut TodayState, actions: &mut Vec<Action>) {
    header_ui(ui, context, &mut state.queue, actions);
    scroll_page_ui(ui, "today", |ui| {
        warnings::show(ui, context, actions);
        let has_side = side::has_something(context);
        if !has_side || context.narrow {
            tasks::show(ui, context, state, actions);
            if has_side {
                side::show(ui, context);
            }
            return;
        }
        let left = ui.available_width() - SIDE_WIDTH - space::LARGE;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::LARGE;
            column_ui(ui, left, |ui| tasks::show(ui, context, state, actions));
            column_ui(ui, SIDE_WIDTH, |ui| side::show(ui, context));
        });
    });
    queue::show(ui, context, &mut state.queue, actions);
}

fn header_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    queue: &mut queue::QueueState,
    actions: &mut Vec<Action>,
) {
    let list = &context.snapshot.today_list;
    let day = weekday_and_day(context.today);
    let subtitle = match list.tasks.len() + list.more.len() {
        0 => format!("{day} · дел нет"),
        count => format!("{day} · {}", counted(count as u64, "дело", "дела", "дел")),
    };
    page::header_ui(ui, "Сегодня", &subtitle, |ui| {
        let width = if context.narrow { 220.0 } else { 300.0 };
        let word = crate::regulation::group_word(crate::regulation::usual_group_kind(
            context.register().organization().kind,
        ));
        let hint = if context.narrow {
            "Найти".to_owned()
        } else {
            format!("Человек, {word}, ссылка")
        };
        if search_button_ui(ui, &hint, "Ctrl K", width).clicked() {
            actions.push(Action::OpenPalette);
        }
        let enrol = Button::icon_only(icons::USER_PLUS, "Зачислить").kind(ButtonKind::Outlined);
        if !context.snapshot.people.is_empty() && ui.add(enrol).clicked() {
            actions.push(Action::Go(Destination::PeoplePage(PeoplePage::Enrol(None))));
        }
        if let Some(first) = list.tasks.first()
            && ui.add(Button::primary("Начать по порядку").icon(icons::ARROW_RIGHT)).clicked()
        {
            destination::begin(context.register(), first, queue, actions);
        }
    });
}
