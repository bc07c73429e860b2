//! Answers of cleanup mode with the key that gives them: a row in the narrow strip, a card on the page.

use egui::{Rect, Response, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::{key_cap, paint};
use crate::gui::icons::Icon;
use crate::gui::theme::{Ink, Tokens, Tone, size};

/// An answer: the key that gives it, its words, and whether it is the likely one.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// «1» to «4», «C».
    pub key: &'a str,
    /// «Аннулирована».
    pub word: &'a str,
    /// «готово, следующая»; only the card shows it.
    pub note: &'a str,
    /// Drawn with an accent edge.
    pub likely: bool,
}

/// A row of the strip, 34 high, as wide as there is room.
pub fn answer_row_ui(ui: &mut Ui, answer: &Answer<'_>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
    ground(ui, &response, answer);
    let key = Rect::from_min_size(rect.min + Vec2::splat(6.0), Vec2::splat(22.0));
    key_cap::paint_big(ui, key, answer.key, answer.likely, size::CAPTION);
    let word = paint::line(ui, &[Run::body(answer.word).medium()], rect.width() - 52.0);
    paint::put_left(ui.painter(), pos2(rect.left() + 40.0, rect.center().y), word);
    response
}

/// A card of the page, 100 high and as wide as given in points.
pub fn answer_card_ui(ui: &mut Ui, answer: &Answer<'_>, icon: Icon, width: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, 100.0), Sense::click());
    ground(ui, &response, answer);
    let key = Rect::from_min_size(rect.min + Vec2::splat(14.0), Vec2::splat(28.0));
    key_cap::paint_big(ui, key, answer.key, answer.likely, size::LEAD);
    let ink = if answer.likely { Ink::Tone(Tone::Accent) } else { Ink::Secondary };
    let corner = pos2(rect.right() - 23.0, rect.top() + 28.0);
    paint::icon(ui.painter(), corner, icon, 18.0, ink.color(Tokens::of(ui)));
    let word = paint::line(ui, &[Run::body(answer.word).medium()], width - 28.0);
    paint::put_left(ui.painter(), pos2(rect.left() + 14.0, rect.top() + 60.0), word);
    let note = paint::line(ui, &[Run::caption(answer.note)], width - 28.0);
    paint::put_left(ui.painter(), pos2(rect.left() + 14.0, rect.top() + 80.0), note);
    response
}

fn ground(ui: &Ui, response: &Response, answer: &Answer<'_>) {
    let tokens = Tokens::of(ui);
    let name = format!("{}, клавиша {}", answer.word, answer.key);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), &name));
    let edge = if answer.likely {
        tokens.accent
    } else if response.hovered() {
        tokens.control
    } else {
        tokens.strong_border
    };
    let fill = if response.hovered() { tokens.hover } else { tokens.surface };
    paint::boxed(ui.painter(), response.rect, 6, fill, edge);
    paint::focus_ring(ui, response, 6);
}
