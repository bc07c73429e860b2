//! The duties in two parts: what the administrator answers for, and what teachers do.

use crate::names::capitalized;
use egui::{Key, Modifiers, Ui};

use super::{ReportFacts, ReportsState};
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::fact_row::FactRow;
use crate::gui::widgets::label;
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::{ScreenContext, icons};
use crate::regulation::{DutyLine, DutyState};
use crate::wording::date_short;

const MOST_WIDTH: f32 = 900.0;

/// The two parts and what stands under each heading.
const PARTS: [(bool, &str, &str); 2] = [
    (true, "Мои обязанности", "Сроки здесь наши собственные: норма их не устанавливает"),
    (
        false,
        "Делают учителя: вижу, не отвечаю",
        "Чаты и ссылки в них ведут учителя; здесь видно, чего не хватает",
    ),
];

/// Draws both parts.
pub(super) fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ReportsState, facts: &ReportFacts) {
    keys(ui, state, facts);
    scroll_page_ui(ui, "duties", |ui| {
        column_ui(ui, ui.available_width().min(MOST_WIDTH), |ui| {
            ui.spacing_mut().item_spacing.y = 16.0;
            for (ours, title, note) in PARTS {
                card_ui(ui, 12, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.horizontal(|ui| {
                        ui.add_space(8.0);
                        ui.vertical(|ui| {
                            label::lead_ui(ui, title);
                            label::caption_ui(ui, note);
                        });
                    });
                    ui.add_space(6.0);
                    for line in facts.duties.iter().filter(|line| line.status.duty.ours() == ours) {
                        row_ui(ui, context, state, line);
                    }
                });
            }
        });
    });
}

/// ↑ and ↓ step through the duties while a card is open.
fn keys(ui: &Ui, state: &mut ReportsState, facts: &ReportFacts) {
    let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
    if !free || ui.ctx().text_edit_focused() {
        return;
    }
    let place = state.selected.and_then(|duty| facts.duties.iter().position(|line| line.status.duty == duty));
    let step = i64::from(consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::ArrowDown))
        - i64::from(consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::ArrowUp));
    if step == 0 {
        return;
    }
    let last = facts.duties.len().saturating_sub(1);
    let next = match place {
        Some(place) => place.saturating_add_signed(step as isize).min(last),
        None => 0,
    };
    state.selected = facts.duties.get(next).map(|line| line.status.duty);
}

fn row_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ReportsState, line: &DutyLine) {
    let duty = line.status.duty;
    let (icon, tone) = look(line);
    let title = capitalized(duty.title());
    let clause = duty.clause();
    let words = state_words(line);
    let right = line.next.map_or_else(String::new, |next| match next.on <= context.today {
        true => "сегодня".to_owned(),
        false => format!("вернуться {}", date_short(next.on)),
    });
    let ink = if tone == Tone::Attention { Ink::Main } else { Ink::Secondary };
    let row = FactRow::new(icon, Ink::Tone(tone), &title, &words)
        .note(&clause)
        .state_ink(ink)
        .right(&right)
        .selected(state.selected == Some(duty));
    if ui.add(row).clicked() {
        state.selected = (state.selected != Some(duty)).then_some(duty);
    }
}

/// No state is red: nobody's norm is broken by waiting. What teachers do calls for nobody's attention here.
pub(super) fn look(line: &DutyLine) -> (icons::Icon, Tone) {
    match line.status.state {
        DutyState::Attention | DutyState::Due if !line.status.duty.ours() => (icons::CLOCK, Tone::Neutral),
        DutyState::Attention => (icons::WARNING, Tone::Attention),
        DutyState::Due => (icons::CLOCK, Tone::Attention),
        _ if line.time_to_look => (icons::CALENDAR_BLANK, Tone::Attention),
        DutyState::Done => (icons::CHECK_CIRCLE, Tone::Good),
        DutyState::NotTracked => (icons::CIRCLE_DASHED, Tone::Neutral),
        DutyState::NotRequired => (icons::MINUS, Tone::Neutral),
    }
}

/// «ждёт решения: 3», «осталось: 9», «пора по нашему графику», «в порядке».
pub(super) fn state_words(line: &DutyLine) -> String {
    match line.status.state {
        DutyState::Attention | DutyState::Due if !line.status.duty.ours() => {
            format!("осталось: {}", line.left.len() + line.left_more)
        }
        DutyState::Attention | DutyState::Due => {
            format!("ждёт решения: {}", line.left.len() + line.left_more)
        }
        _ if line.time_to_look => "пора по нашему графику".to_owned(),
        state => state.words().to_owned(),
    }
}
