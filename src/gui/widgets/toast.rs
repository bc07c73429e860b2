//! The line at the bottom left after a change: «Добавлено 902 ученика · Отменить».

use egui::{Align2, Context, Id, Order, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::label;
use super::{key_cap, paint};
use crate::gui::icons;
use crate::gui::theme::{Tokens, Weight, size, text_font};

const HEIGHT: f32 = 44.0;

/// What happened to the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToastResponse {
    /// The action was pressed.
    pub action: bool,
    /// The pointer rests on it or it has the focus: the 8 seconds should wait.
    pub held: bool,
}

/// Floats above everything at the bottom left, `left` points from the left edge and 12 above the status line.
pub fn toast(ctx: &Context, left: f32, text: &str, action: &str, key: &str) -> ToastResponse {
    egui::Area::new(Id::unique("toast"))
        // Above dialogs too: what was done in one is undone from here while it stays open.
        .order(Order::Tooltip)
        .anchor(Align2::LEFT_BOTTOM, vec2(left, -40.0))
        .show(ctx, |ui| toast_ui(ui, text, action, key))
        .inner
}

/// The same line where it stands. An empty action or key is left out.
pub fn toast_ui(ui: &mut Ui, text: &str, action: &str, key: &str) -> ToastResponse {
    let tokens = Tokens::of(ui);
    let most = (ui.ctx().content_rect().width() * 0.6).max(160.0);
    let text_galley = {
        let mut job = label::job(tokens, &[]);
        job.append(
            text,
            0.0,
            egui::TextFormat::simple(text_font(size::BODY, Weight::Regular), tokens.toast_text),
        );
        job.wrap = egui::text::TextWrapping::truncate_at_width(most);
        ui.painter().layout_job(job)
    };
    let font = text_font(size::BODY, Weight::Medium);
    let action_galley = ui.painter().layout_no_wrap(action.to_owned(), font, tokens.toast_action);
    let key_width = if key.is_empty() { 0.0 } else { key_cap::width(ui, key) + 10.0 };
    let action_width = if action.is_empty() { 0.0 } else { 20.0 + action_galley.size().x + key_width };
    let width = (40.0 + text_galley.size().x + action_width + 16.0).round();
    let (rect, line) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    line.widget_info(|| WidgetInfo::labeled(egui::Role::Status, true, text));

    let shadow = egui::Shadow { offset: [0, 6], blur: 20, spread: 0, color: tokens.shadow };
    ui.painter().add(shadow.as_shape(rect, egui::CornerRadius::same(8)));
    let edge = if tokens.dark { tokens.strong_border } else { tokens.toast_ground };
    paint::boxed(ui.painter(), rect, 8, tokens.toast_ground, edge);
    let y = rect.center().y;
    paint::icon(ui.painter(), pos2(rect.left() + 22.0, y), icons::CHECK_CIRCLE, 18.0, tokens.toast_good);
    let words = paint::put_left(ui.painter(), pos2(rect.left() + 40.0, y), text_galley);
    if action.is_empty() {
        return ToastResponse { action: false, held: line.hovered() };
    }
    let button = Rect::from_min_max(pos2(words.right() + 14.0, rect.top() + 6.0), rect.max - vec2(8.0, 6.0));
    let response = ui.interact(button, line.id.with("action"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, action));
    let action_rect = paint::put_left(ui.painter(), pos2(words.right() + 20.0, y), action_galley);
    if response.hovered() {
        paint::horizontal_line(
            ui.painter(),
            action_rect.x_range(),
            action_rect.bottom(),
            tokens.toast_action,
        );
    }
    if !key.is_empty() {
        let cap = Rect::from_min_size(
            pos2(action_rect.right() + 10.0, y - 10.0),
            vec2(key_cap::width(ui, key), 20.0),
        );
        key_cap::paint_outline(ui, cap, key, tokens.toast_secondary, tokens.toast_edge);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, tokens.toast_action);
        ui.painter().rect_stroke(button, egui::CornerRadius::same(6), stroke, StrokeKind::Inside);
    }
    ToastResponse { action: response.clicked(), held: line.contains_pointer() || response.has_focus() }
}
