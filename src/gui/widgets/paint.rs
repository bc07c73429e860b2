//! Painting that every widget shares: lines of one physical pixel, icons, one line of text.

use std::sync::Arc;

use egui::{
    Align, Align2, Color32, CornerRadius, Galley, Painter, Pos2, Rangef, Rect, Response, Stroke, StrokeKind,
    Ui, pos2,
};

use super::label::Run;
use crate::gui::icons::Icon;
use crate::gui::theme::{Tokens, filled_icon_font, hairline, icon_font};

/// A horizontal line of one physical pixel with its upper edge at `y`.
pub fn horizontal_line(painter: &Painter, x: impl Into<Rangef>, y: f32, color: Color32) {
    let scale = painter.pixels_per_point();
    let (x, y) = (x.into(), (y * scale).round() / scale);
    let line = Rect::from_min_max(pos2(x.min, y), pos2(x.max, y + hairline(scale)));
    painter.rect_filled(line, CornerRadius::ZERO, color);
}

/// A vertical line of one physical pixel with its left edge at `x`.
pub fn vertical_line(painter: &Painter, x: f32, y: impl Into<Rangef>, color: Color32) {
    let scale = painter.pixels_per_point();
    let (y, x) = (y.into(), (x * scale).round() / scale);
    let line = Rect::from_min_max(pos2(x, y.min), pos2(x + hairline(scale), y.max));
    painter.rect_filled(line, CornerRadius::ZERO, color);
}

/// A line of one physical pixel along the bottom of `rect`, inside it.
pub fn bottom_line(painter: &Painter, rect: Rect, color: Color32) {
    horizontal_line(painter, rect.x_range(), rect.bottom() - hairline(painter.pixels_per_point()), color);
}

/// A filled box with an edge of one physical pixel inside it.
pub fn boxed(painter: &Painter, rect: Rect, radius: u8, fill: Color32, edge: Color32) {
    let stroke = Stroke::new(hairline(painter.pixels_per_point()), edge);
    painter.rect(rect, CornerRadius::same(radius), fill, stroke, StrokeKind::Inside);
}

/// An icon centred at a point.
pub fn icon(painter: &Painter, center: Pos2, icon: Icon, size: f32, color: Color32) {
    painter.text(center, Align2::CENTER_CENTER, icon.glyph(), icon_font(size), color);
}

/// An icon of the filled cut centred at a point: only for what is done.
pub fn filled_icon(painter: &Painter, center: Pos2, icon: Icon, size: f32, color: Color32) {
    painter.text(center, Align2::CENTER_CENTER, icon.glyph(), filled_icon_font(size), color);
}

/// The painter of a place that may also paint outside of it, within `clip`.
pub fn painter_within(ui: &Ui, clip: Rect) -> Painter {
    let mut painter = ui.painter().clone();
    painter.set_clip_rect(clip);
    painter
}

/// Lays out one line, cut with «…» at `max_width`.
pub fn line(ui: &Ui, runs: &[Run<'_>], max_width: f32) -> Arc<Galley> {
    let mut job = super::label::job(Tokens::of(ui), runs);
    job.wrap.max_width = max_width.max(1.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    ui.painter().layout_job(job)
}

/// Puts a laid-out line with its left edge and vertical centre at a point; answers its rectangle.
pub fn put_left(painter: &Painter, left_center: Pos2, galley: Arc<Galley>) -> Rect {
    put(painter, left_center, Align2([Align::Min, Align::Center]), galley)
}

/// Puts a laid-out line with its right edge and vertical centre at a point; answers its rectangle.
pub fn put_right(painter: &Painter, right_center: Pos2, galley: Arc<Galley>) -> Rect {
    put(painter, right_center, Align2([Align::Max, Align::Center]), galley)
}

/// Puts a laid-out line centred at a point; answers its rectangle.
pub fn put_center(painter: &Painter, center: Pos2, galley: Arc<Galley>) -> Rect {
    put(painter, center, Align2::CENTER_CENTER, galley)
}

fn put(painter: &Painter, position: Pos2, anchor: Align2, galley: Arc<Galley>) -> Rect {
    let rect = anchor.anchor_size(position, galley.size());
    painter.galley(rect.min, galley, Color32::PLACEHOLDER);
    rect
}

/// The ring around what has the keyboard focus.
pub fn focus_ring(ui: &Ui, response: &Response, radius: u8) {
    focus_ring_around(ui, response, response.rect, radius);
}

/// The ring around a part of what has the keyboard focus.
pub fn focus_ring_around(ui: &Ui, response: &Response, rect: Rect, radius: u8) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, Tokens::of(ui).accent);
        ui.painter().rect_stroke(
            rect.expand(2.0),
            CornerRadius::same(radius + 2),
            stroke,
            StrokeKind::Middle,
        );
    }
}
