//! The narrow strip above other windows: the same answers beside the browser with the cabinet.

use egui::{Context, Frame, Margin, Ui, Vec2, ViewportCommand, WindowLevel, vec2};

use super::answers::Given;
use super::card::{Notes, failing_ui, is_entered, link_badge_ui, short_reason};
use super::list::{count_words, share};
use super::{CleanupState, give};
use crate::gui::screens::links::address_error;
use crate::gui::theme::{Ink, Tone, size};
use crate::gui::widgets::Button;
use crate::gui::widgets::answer_key::{Answer, answer_row_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::progress::progress_ui;
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{Action, ScreenContext, icons};

/// Size of the strip in points.
const SIZE: Vec2 = vec2(340.0, 372.0);
/// The least size of the whole window, as it was opened with.
const LEAST_WINDOW: Vec2 = vec2(900.0, 560.0);
/// The window's size where the system does not tell it.
const USUAL_WINDOW: Vec2 = vec2(1366.0, 768.0);

/// Makes the window a strip that stays above the others.
pub(super) fn narrow(ctx: &Context, state: &mut CleanupState) {
    let size = ctx.input(|input| input.viewport().inner_rect).map_or(USUAL_WINDOW, |rect| rect.size());
    state.strip = Some(size);
    ctx.send_viewport_cmd(ViewportCommand::MinInnerSize(SIZE));
    ctx.send_viewport_cmd(ViewportCommand::InnerSize(SIZE));
    ctx.send_viewport_cmd(ViewportCommand::WindowLevel(WindowLevel::AlwaysOnTop));
}

/// Gives the window its size back.
pub(super) fn widen(ctx: &Context, state: &mut CleanupState) {
    let Some(size) = state.strip.take() else { return };
    ctx.send_viewport_cmd(ViewportCommand::WindowLevel(WindowLevel::Normal));
    ctx.send_viewport_cmd(ViewportCommand::InnerSize(size.max(LEAST_WINDOW)));
    ctx.send_viewport_cmd(ViewportCommand::MinInnerSize(LEAST_WINDOW));
}

pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    actions: &mut Vec<Action>,
) {
    let margin = Margin { left: 16, right: 16, top: 8, bottom: 12 };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_max_width(SIZE.x - 32.0);
        ui.spacing_mut().item_spacing.y = 6.0;
        let row = state.current.and_then(|id| context.snapshot.invites.get(id));
        let invite = state.current.and_then(|id| context.register().invite(id));
        let count = count_words(state);
        let (_, widened) = both_ends_ui(
            ui,
            32.0,
            |ui| {
                label::line_ui(ui, &[Run::body(&count).semibold()]);
                ui.add_space(4.0);
                if let (Some(row), Some(invite)) = (row, invite) {
                    link_badge_ui(ui, context, row, invite);
                }
            },
            |ui| ui.add(Button::icon_only(icons::CORNERS_OUT, "Вернуть окно")).clicked(),
        );
        progress_ui(ui, ui.available_width(), 4.0, share(state), &count);
        match (row, invite) {
            (Some(row), Some(invite)) => {
                ui.add_space(6.0);
                both_ends_ui(
                    ui,
                    24.0,
                    |ui| label::line_ui(ui, &[Run::body(&row.target_title).size(size::DIALOG).semibold()]),
                    |ui| label::line_ui(ui, &[Run::body(&row.tail).size(size::DIALOG).semibold()]),
                );
                label::line_ui(ui, &[Run::caption(&short_reason(context, row, invite))]);
                ui.add_space(2.0);
                if state.failing.is_some() {
                    failing_ui(ui, context, state, actions);
                } else {
                    answers_ui(ui, context, state, actions);
                }
                successor_ui(ui, state);
            }
            _ => {
                ui.add_space(12.0);
                label::icon_line_ui(
                    ui,
                    icons::CHECK_CIRCLE,
                    Tone::Good,
                    &[Run::body("Всё разобрано").medium()],
                );
                label::caption_ui(ui, "Верните окно, чтобы увидеть, что сделано.");
            }
        }
        if widened {
            widen(ui.ctx(), state);
        }
    });
}

fn answers_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut CleanupState, actions: &mut Vec<Action>) {
    let Some(invite) = state.current.and_then(|id| context.register().invite(id)) else { return };
    let notes = Notes::of(context, invite);
    let defer = format!("Отложить {}", notes.defer);
    let answers = [
        ("1", "Аннулирована", Given::Revoked),
        ("2", defer.as_str(), Given::Defer),
        ("3", "Не удалось", Given::Failed),
        ("4", "Поручить учителю", Given::Delegate),
        ("C", "Копировать ссылку", Given::Copy),
    ];
    for (key, word, given) in answers {
        let answer = Answer { key, word, note: "", likely: given == Given::Revoked };
        let response = answer_row_ui(ui, &answer);
        if response.clicked() && !is_entered(ui, &response, given) {
            give(context, state, given, actions);
        }
    }
}

/// What was pasted as the chat's new link, since the strip has no field for it.
fn successor_ui(ui: &mut Ui, state: &CleanupState) {
    let text = state.successor.trim();
    if text.is_empty() {
        label::line_ui(ui, &[Run::caption("Новая ссылка: Ctrl V · отменить: Ctrl Z")]);
        return;
    }
    match (crate::names::InviteAddress::parse(text), address_error(text)) {
        (Ok((address, _)), None) => {
            let words = format!("Новая ссылка {} ляжет в запас", address.tail());
            label::icon_line_ui(ui, icons::ARCHIVE, Tone::Neutral, &[Run::caption(&words)]);
        }
        (_, problem) => {
            let words = problem.unwrap_or("Это не адрес ссылки");
            label::line_ui(ui, &[Run::caption(words).ink(Ink::Tone(Tone::Danger))]);
        }
    }
}
