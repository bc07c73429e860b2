//! A result of a search in the palette: an icon, a word, a grey note, a key cap.

use egui::{CornerRadius, Response, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::{key_cap, paint};
use crate::gui::icons::Icon;
use crate::gui::theme::{Ink, Tokens, Tone};

/// A row 34 high, as wide as there is room.
#[must_use = "add it to a Ui"]
#[derive(Clone, Copy, Debug)]
pub struct ResultRow<'a> {
    pub icon: Icon,
    pub word: &'a str,
    /// Grey, at the right: roles and classes.
    pub note: &'a str,
    /// A key cap at the right; may be empty.
    pub key: &'a str,
    pub selected: bool,
}

impl Widget for ResultRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = Tokens::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
        let name =
            if self.note.is_empty() { self.word.to_owned() } else { format!("{}, {}", self.word, self.note) };
        response.widget_info(|| {
            WidgetInfo::selected(egui::Role::ListBoxOption, ui.is_enabled(), self.selected, &name)
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }
        if self.selected || response.hovered() {
            let fill = if self.selected { tokens.accent_ground } else { tokens.hover };
            ui.painter().rect_filled(rect, CornerRadius::same(6), fill);
        }
        let y = rect.center().y;
        let ink = if self.selected { Ink::Tone(Tone::Accent) } else { Ink::Secondary };
        paint::icon(ui.painter(), pos2(rect.left() + 22.0, y), self.icon, 17.0, ink.color(tokens));
        let mut right = rect.right() - 12.0;
        if !self.key.is_empty() {
            let width = key_cap::width(ui, self.key);
            key_cap::paint_at(ui, pos2(right - width, y), self.key);
            right -= width + 10.0;
        }
        let note = paint::line(ui, &[Run::caption(self.note)], rect.width() * 0.45);
        let note = paint::put_right(ui.painter(), pos2(right, y), note);
        let room = (note.left() - 12.0 - rect.left() - 42.0).max(24.0);
        let word = Run::body(self.word);
        let word = if self.selected { word.medium() } else { word };
        paint::put_left(ui.painter(), pos2(rect.left() + 42.0, y), paint::line(ui, &[word], room));
        paint::focus_ring(ui, &response, 6);
        response
    }
}
