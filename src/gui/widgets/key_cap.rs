//! A key of the keyboard as it is printed: 20 high, with a thicker lower edge.

use egui::{Color32, CornerRadius, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::label::Run;
use super::paint;
use crate::gui::theme::{Ink, Tokens, hairline, size};

const HEIGHT: f32 = 20.0;

fn run(key: &str) -> Run<'_> {
    Run::body(key).size(size::KEY).medium().ink(Ink::Secondary)
}

/// Width of a key cap in points.
pub(super) fn width(ui: &Ui, key: &str) -> f32 {
    (paint::line(ui, &[run(key)], f32::INFINITY).size().x.max(9.0) + 11.0).round()
}

/// Paints a key cap with its left edge and vertical centre at a point.
pub(super) fn paint_at(ui: &Ui, left_center: Pos2, key: &str) -> Rect {
    let tokens = Tokens::of(ui);
    let rect = Rect::from_min_size(left_center - vec2(0.0, HEIGHT / 2.0), vec2(width(ui, key), HEIGHT));
    let painter = ui.painter();
    paint::boxed(painter, rect, 4, tokens.surface, tokens.strong_border);
    let edge = rect.bottom() - hairline(painter.pixels_per_point());
    paint::horizontal_line(painter, rect.x_range().shrink(2.0), edge, tokens.control);
    paint::put_center(painter, rect.center(), paint::line(ui, &[run(key)], f32::INFINITY));
    rect
}

/// Paints a key cap as an outline in given colours: on the dark line after a change.
pub(super) fn paint_outline(ui: &Ui, rect: Rect, key: &str, text: Color32, edge: Color32) {
    let stroke = Stroke::new(hairline(ui.pixels_per_point()), edge);
    ui.painter().rect_stroke(rect, CornerRadius::same(4), stroke, StrokeKind::Inside);
    let font = crate::gui::theme::text_font(size::KEY, crate::gui::theme::Weight::Medium);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, key, font, text);
}

/// A key cap on its own: «Esc», «Ctrl K».
pub fn key_cap_ui(ui: &mut Ui, key: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width(ui, key), HEIGHT), Sense::hover());
    paint_at(ui, rect.left_center(), key);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, format!("клавиша {key}")));
    response
}

/// The big key of cleanup mode, 28 square; `chosen` draws it in the accent.
pub fn big_key_ui(ui: &mut Ui, key: &str, chosen: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, 28.0), Sense::hover());
    paint_big(ui, rect, key, chosen, size::LEAD);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, format!("клавиша {key}")));
    response
}

pub(super) fn paint_big(ui: &Ui, rect: Rect, key: &str, chosen: bool, text_size: f32) {
    let tokens = Tokens::of(ui);
    let (fill, edge, ink) = if chosen {
        (tokens.accent_ground, tokens.accent, Ink::Tone(crate::gui::theme::Tone::Accent))
    } else {
        (tokens.window, tokens.strong_border, Ink::Main)
    };
    paint::boxed(ui.painter(), rect, 5, fill, edge);
    let galley = paint::line(ui, &[Run::body(key).size(text_size).semibold().ink(ink)], f32::INFINITY);
    paint::put_center(ui.painter(), rect.center(), galley);
}
