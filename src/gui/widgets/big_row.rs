//! A large friendly row that is one button: the start page, the first steps.

use egui::{CornerRadius, Rect, Response, Sense, Ui, Vec2, Widget, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::paint;
use crate::gui::icons::{self, Icon};
use crate::gui::theme::{Ink, Tokens, Tone, size};

const HEIGHT: f32 = 68.0;
const TILE: f32 = 40.0;

/// An icon in a tile, a title, one line beneath, something short at the right. As wide as there is room.
#[must_use = "add it to a Ui"]
#[derive(Clone, Copy, Debug)]
pub struct BigRow<'a> {
    icon: Icon,
    tone: Tone,
    title: &'a str,
    line: &'a str,
    right: &'a str,
    disabled_because: Option<&'a str>,
    own_end: Option<f32>,
}

impl<'a> BigRow<'a> {
    /// A row 68 high with a caret at its right.
    pub const fn new(icon: Icon, title: &'a str, line: &'a str) -> Self {
        Self { icon, tone: Tone::Accent, title, line, right: "", disabled_because: None, own_end: None }
    }

    /// Another tone of the tile.
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// A grey word before the caret.
    pub const fn right(mut self, text: &'a str) -> Self {
        self.right = text;
        self
    }

    /// Cannot be pressed now; the reason stands in place of the line.
    pub const fn disabled_because(mut self, reason: Option<&'a str>) -> Self {
        self.disabled_because = reason;
        self
    }

    /// No caret: so many points at the right end are left for a button of the caller's.
    pub const fn without_caret_room(mut self, width: f32) -> Self {
        self.own_end = Some(width);
        self
    }

    fn paint(&self, ui: &Ui, rect: Rect, enabled: bool) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let y = rect.center().y;
        let tile = Rect::from_center_size(pos2(rect.left() + 16.0 + TILE / 2.0, y), Vec2::splat(TILE));
        let tone = if enabled { self.tone } else { Tone::Neutral };
        painter.rect_filled(tile, CornerRadius::same(8), tone.ground(tokens));
        paint::icon(painter, tile.center(), self.icon, 22.0, tone.ink(tokens));
        if enabled && self.own_end.is_none() {
            paint::icon(painter, pos2(rect.right() - 22.0, y), icons::CARET_RIGHT, 15.0, tokens.secondary);
        }
        let right = paint::line(ui, &[Run::caption(self.right)], rect.width() / 3.0);
        let right = paint::put_right(painter, pos2(rect.right() - self.own_end.unwrap_or(42.0), y), right);
        let left = tile.right() + 16.0;
        let room = (right.left() - 12.0 - left).max(40.0);
        let ink = if enabled { Ink::Main } else { Ink::Secondary };
        let title = paint::line(ui, &[Run::body(self.title).size(size::LEAD).medium().ink(ink)], room);
        paint::put_left(painter, pos2(left, y - 11.0), title);
        let line = self.disabled_because.unwrap_or(self.line);
        paint::put_left(painter, pos2(left, y + 11.0), paint::line(ui, &[Run::caption(line)], room));
    }
}

impl Widget for BigRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let enabled = self.disabled_because.is_none() && ui.is_enabled();
        let sense = if enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), sense);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, enabled, self.title));
        if ui.is_rect_visible(rect) {
            if response.hovered() && enabled {
                let ground = rect.shrink2(vec2(4.0, 2.0));
                ui.painter().rect_filled(ground, CornerRadius::same(6), Tokens::of(ui).hover);
            }
            self.paint(ui, rect, enabled);
            paint::focus_ring_around(ui, &response, rect.shrink(4.0), 6);
        }
        response.on_hover_text(self.disabled_because.unwrap_or(self.line))
    }
}
