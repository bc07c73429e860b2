//! A row of a short list beside a page: kinds of change of an import, links of a class in cleanup mode.

use egui::{CornerRadius, Rect, Response, Sense, Ui, Vec2, Widget, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::paint;
use crate::gui::icons::Icon;
use crate::gui::theme::{Ink, Tokens, Tone, size};

#[derive(Clone, Copy, Debug)]
enum Lead {
    Nothing,
    Plain(Icon, Ink),
    Filled(Icon, Ink),
    Tile(Icon, Tone),
}

/// A row that can be pressed: an icon, a word, something short at the right. As wide as there is room.
#[must_use = "add it to a Ui"]
#[derive(Clone, Copy, Debug)]
pub struct ListRow<'a> {
    lead: Lead,
    word: &'a str,
    right: &'a str,
    count: bool,
    selected: bool,
    quiet: bool,
    height: f32,
}

impl<'a> ListRow<'a> {
    /// A row 30 high.
    pub const fn new(word: &'a str) -> Self {
        Self {
            lead: Lead::Nothing,
            word,
            right: "",
            count: false,
            selected: false,
            quiet: false,
            height: 30.0,
        }
    }

    /// An icon of 17 before the word.
    pub const fn icon(mut self, icon: Icon, ink: Ink) -> Self {
        self.lead = Lead::Plain(icon, ink);
        self
    }

    /// A filled icon before the word: only for what is done.
    pub const fn filled_icon(mut self, icon: Icon, ink: Ink) -> Self {
        self.lead = Lead::Filled(icon, ink);
        self
    }

    /// An icon in a square of a tone before the word; the row is 36 high.
    pub const fn tile(mut self, tone: Tone, icon: Icon) -> Self {
        self.lead = Lead::Tile(icon, tone);
        self.height = 36.0;
        self
    }

    /// A grey word at the right.
    pub const fn right(mut self, text: &'a str) -> Self {
        self.right = text;
        self
    }

    /// A number at the right, semibold.
    pub const fn count(mut self, number: &'a str) -> Self {
        self.right = number;
        self.count = true;
        self
    }

    /// The one that is open.
    pub const fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Done with: the word is grey.
    pub const fn quiet(mut self, quiet: bool) -> Self {
        self.quiet = quiet;
        self
    }

    fn paint_lead(&self, ui: &Ui, center: egui::Pos2) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        match self.lead {
            Lead::Nothing => {}
            Lead::Plain(icon, ink) => {
                paint::icon(painter, center, icon, 17.0, ink.color(tokens));
            }
            Lead::Filled(icon, ink) => {
                paint::filled_icon(painter, center, icon, 18.0, ink.color(tokens));
            }
            Lead::Tile(icon, tone) => {
                let tile = Rect::from_center_size(center + vec2(3.0, 0.0), Vec2::splat(22.0));
                let fill = if self.selected { tokens.surface } else { tone.ground(tokens) };
                painter.rect_filled(tile, CornerRadius::same(5), fill);
                paint::icon(painter, tile.center(), icon, 14.0, tone.ink(tokens));
            }
        }
    }
}

impl Widget for ListRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = Tokens::of(ui);
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), self.height), Sense::click());
        let name = if self.right.is_empty() {
            self.word.to_owned()
        } else {
            format!("{}, {}", self.word, self.right)
        };
        response.widget_info(|| {
            WidgetInfo::selected(egui::Role::ListBoxOption, ui.is_enabled(), self.selected, &name)
        });
        if self.selected || response.hovered() {
            let fill = if self.selected { tokens.accent_ground } else { tokens.subtle };
            ui.painter().rect_filled(rect, CornerRadius::same(6), fill);
        }
        let y = rect.center().y;
        self.paint_lead(ui, pos2(rect.left() + 24.0, y));
        let chosen = |ink| if self.selected { Ink::Tone(Tone::Accent) } else { ink };
        let right_run = if self.count {
            Run::body(self.right).semibold().ink(chosen(Ink::Main))
        } else {
            Run::body(self.right).size(size::CAPTION).secondary()
        };
        let right = paint::line(ui, &[right_run], rect.width() / 2.0);
        let right = paint::put_right(ui.painter(), pos2(rect.right() - 11.0, y), right);
        let left = match self.lead {
            Lead::Nothing => 16.0,
            Lead::Plain(..) | Lead::Filled(..) => 42.0,
            Lead::Tile(..) => 50.0,
        };
        let word = Run::body(self.word).ink(chosen(if self.quiet { Ink::Secondary } else { Ink::Main }));
        let word = if self.selected { word.medium() } else { word };
        let galley = paint::line(ui, &[word], right.left() - rect.left() - left - 8.0);
        let elided = galley.elided;
        paint::put_left(ui.painter(), pos2(rect.left() + left, y), galley);
        paint::focus_ring(ui, &response, 6);
        if elided { response.on_hover_text(self.word) } else { response }
    }
}
