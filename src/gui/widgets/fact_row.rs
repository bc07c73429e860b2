//! A row of a page of facts: an icon, what it is, a grey note, how it stands, a day at the right. The whole row can be
//! pressed.

use egui::{CornerRadius, Response, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::paint;
use crate::gui::icons::Icon;
use crate::gui::theme::{Ink, Tokens};

const HEIGHT: f32 = 36.0;
/// Where the words begin, in points from the left edge.
const WORDS_LEFT: f32 = 42.0;

/// Draws one fact; as wide as there is room.
#[must_use = "add it to a Ui"]
#[derive(Clone, Copy, Debug)]
pub struct FactRow<'a> {
    icon: Icon,
    ink: Ink,
    word: &'a str,
    note: &'a str,
    state: &'a str,
    state_ink: Ink,
    right: &'a str,
    selected: bool,
}

impl<'a> FactRow<'a> {
    /// A fact by its name and how it stands.
    pub const fn new(icon: Icon, ink: Ink, word: &'a str, state: &'a str) -> Self {
        Self { icon, ink, word, note: "", state, state_ink: Ink::Secondary, right: "", selected: false }
    }

    /// A grey note after the name: the clause.
    pub const fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// The colour of the words on how it stands.
    pub const fn state_ink(mut self, ink: Ink) -> Self {
        self.state_ink = ink;
        self
    }

    /// A grey word at the right end: when to look again.
    pub const fn right(mut self, text: &'a str) -> Self {
        self.right = text;
        self
    }

    /// The one whose card is open.
    pub const fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Name, state and day in columns: the name gets half, the day its own width.
    fn paint(&self, ui: &Ui, rect: egui::Rect) {
        let (painter, y) = (ui.painter(), rect.center().y);
        paint::icon(painter, pos2(rect.left() + 22.0, y), self.icon, 17.0, self.ink.color(Tokens::of(ui)));
        let state_left = rect.left() + (rect.width() * 0.54).round();
        let right_left = rect.right() - 180.0_f32.min(rect.width() * 0.26);
        let left = rect.left() + WORDS_LEFT;
        let note = paint::line(ui, &[Run::caption(self.note)], 120.0);
        let note_width = note.size().x;
        let word = paint::line(ui, &[Run::body(self.word)], state_left - left - note_width - 20.0);
        let word = paint::put_left(painter, pos2(left, y), word);
        paint::put_left(painter, pos2(word.right() + 8.0, y), note);
        let state =
            paint::line(ui, &[Run::body(self.state).ink(self.state_ink)], right_left - state_left - 8.0);
        paint::put_left(painter, pos2(state_left, y), state);
        let right = paint::line(ui, &[Run::caption(self.right)], rect.right() - right_left - 12.0);
        paint::put_right(painter, pos2(rect.right() - 12.0, y), right);
    }
}

impl Widget for FactRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click());
        let parts = [self.word, self.note, self.state, self.right];
        let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        response.widget_info(|| {
            WidgetInfo::selected(egui::Role::ListBoxOption, ui.is_enabled(), self.selected, &name)
        });
        if self.selected || response.hovered() {
            let tokens = Tokens::of(ui);
            let fill = if self.selected { tokens.accent_ground } else { tokens.hover };
            ui.painter().rect_filled(rect, CornerRadius::same(6), fill);
        }
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect);
            paint::focus_ring(ui, &response, 6);
        }
        let tooltip = name.clone();
        response.on_hover_text(tooltip)
    }
}
