//! Checkboxes of three states and radio rows.

use egui::{
    CornerRadius, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::label::Run;
use super::paint;
use crate::gui::theme::{Ink, Tokens, hairline};

/// What a checkbox shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing is marked.
    #[default]
    Off,
    /// All is marked.
    On,
    /// A part is marked.
    Partly,
}

impl Mark {
    /// The state of a heading over `marked` of `total` rows.
    #[must_use]
    pub const fn of_count(marked: usize, total: usize) -> Self {
        match marked {
            0 => Self::Off,
            _ if marked >= total => Self::On,
            _ => Self::Partly,
        }
    }
}

impl From<bool> for Mark {
    fn from(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}

/// A checkbox with a word; click, Space and Enter toggle it.
pub fn checkbox_ui(ui: &mut Ui, on: &mut bool, word: &str) -> Response {
    let mut response = mark_row_ui(ui, Mark::from(*on), word);
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    response
}

/// A checkbox of three states with a word; the caller decides what a click does.
pub fn mark_row_ui(ui: &mut Ui, mark: Mark, word: &str) -> Response {
    let galley = paint::line(ui, &[Run::body(word)], (ui.available_width() - 24.0).max(8.0));
    let (rect, response) = ui.allocate_exact_size(vec2(24.0 + galley.size().x, 24.0), Sense::click());
    describe(ui, &response, mark, word);
    let center = pos2(rect.left() + 8.0, rect.center().y);
    paint_mark(ui, center, mark, response.hovered());
    paint::put_left(ui.painter(), pos2(rect.left() + 24.0, rect.center().y), galley);
    paint::focus_ring_around(ui, &response, mark_rect(center), 4);
    response
}

/// A checkbox without a word, 16 square in 24: the name is only read aloud.
pub fn bare_checkbox_ui(ui: &mut Ui, mark: Mark, accessible_name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(16.0, 24.0), Sense::click());
    describe(ui, &response, mark, accessible_name);
    paint_mark(ui, rect.center(), mark, response.hovered());
    paint::focus_ring_around(ui, &response, mark_rect(rect.center()), 4);
    response
}

fn describe(ui: &Ui, response: &Response, mark: Mark, name: &str) {
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::CheckBox, ui.is_enabled(), name);
        info.selected = match mark {
            Mark::Off => Some(false),
            Mark::On => Some(true),
            Mark::Partly => None,
        };
        info
    });
}

fn mark_rect(center: Pos2) -> Rect {
    Rect::from_center_size(center, vec2(16.0, 16.0))
}

fn paint_mark(ui: &Ui, center: Pos2, mark: Mark, hovered: bool) {
    let tokens = Tokens::of(ui);
    let (rect, painter) = (mark_rect(center), ui.painter());
    if mark == Mark::Off {
        let fill = if hovered { tokens.hover } else { tokens.surface };
        paint::boxed(painter, rect, 4, fill, tokens.control);
        return;
    }
    let fill = if hovered { tokens.accent_hover } else { tokens.accent };
    painter.rect_filled(rect, CornerRadius::same(4), fill);
    if mark == Mark::Partly {
        painter.rect_filled(
            Rect::from_center_size(center, vec2(8.0, 2.0)),
            CornerRadius::ZERO,
            tokens.on_accent,
        );
    } else {
        paint_tick(painter, center, Stroke::new(1.8, tokens.on_accent));
    }
}

fn paint_tick(painter: &Painter, center: Pos2, stroke: Stroke) {
    let points = [vec2(-3.7, 0.2), vec2(-1.2, 2.8), vec2(3.7, -2.6)];
    painter.add(Shape::line(points.map(|point| center + point).to_vec(), stroke));
}

/// One row of a choice of one: a circle, a word, a note beneath it (may be empty).
pub fn radio_row_ui(ui: &mut Ui, chosen: bool, word: &str, note: &str) -> Response {
    let most = (ui.available_width() - 28.0).max(8.0);
    let word_galley = paint::line(ui, &[Run::body(word)], most);
    let note_galley = paint::line(ui, &[Run::caption(note)], most);
    let height = if note.is_empty() { 28.0 } else { 44.0 };
    let width = 28.0 + word_galley.size().x.max(note_galley.size().x);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, ui.is_enabled(), chosen, word));
    let first = if note.is_empty() { rect.center().y } else { rect.top() + 14.0 };
    let center = pos2(rect.left() + 8.0, first);
    paint_circle(ui, center, chosen, response.hovered());
    paint::put_left(ui.painter(), pos2(rect.left() + 28.0, first), word_galley);
    if !note.is_empty() {
        paint::put_left(ui.painter(), pos2(rect.left() + 28.0, rect.top() + 33.0), note_galley);
    }
    paint::focus_ring_around(ui, &response, mark_rect(center), 8);
    response
}

fn paint_circle(ui: &Ui, center: Pos2, chosen: bool, hovered: bool) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    if chosen {
        painter.circle_filled(center, 8.0, tokens.accent);
        painter.circle_filled(center, 3.0, Ink::OnAccent.color(tokens));
    } else {
        let fill = if hovered { tokens.hover } else { tokens.surface };
        let stroke = Stroke::new(hairline(painter.pixels_per_point()), tokens.control);
        painter.rect(mark_rect(center), CornerRadius::same(8), fill, stroke, StrokeKind::Inside);
    }
}
