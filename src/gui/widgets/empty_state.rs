//! What stands where nothing is yet: one sentence what will be here, one button to get it.

use egui::{CornerRadius, Layout, Rect, Sense, Ui, UiBuilder, Vec2, vec2};

use super::button::{Button, ButtonKind};
use super::label::{self, Run};
use super::paint;
use crate::gui::icons::{self, Icon};
use crate::gui::theme::{Ink, Tokens, Tone, size};

/// An empty page or card: an icon in a circle, a title, a sentence, one button, a second line.
#[must_use = "call show"]
#[derive(Clone, Debug)]
pub struct EmptyState<'a> {
    icon: Icon,
    tone: Tone,
    title: &'a str,
    sentence: &'a str,
    button: Option<Button<'a>>,
    second_line: &'a str,
}

impl<'a> EmptyState<'a> {
    /// Nothing is here yet.
    pub const fn new(icon: Icon, title: &'a str, sentence: &'a str) -> Self {
        Self { icon, tone: Tone::Neutral, title, sentence, button: None, second_line: "" }
    }

    /// Everything is done.
    pub const fn done(title: &'a str, sentence: &'a str) -> Self {
        Self { icon: icons::CHECK, tone: Tone::Good, title, sentence, button: None, second_line: "" }
    }

    /// The button that gets it; usually primary.
    pub const fn button(mut self, button: Button<'a>) -> Self {
        self.button = Some(button);
        self
    }

    /// A solid button with an icon.
    pub const fn primary(self, icon: Icon, word: &'a str) -> Self {
        self.button(Button::new(ButtonKind::Primary, word).icon(icon))
    }

    /// A line under the button: another way to get it.
    pub const fn second_line(mut self, text: &'a str) -> Self {
        self.second_line = text;
        self
    }

    /// Draws it in the middle of the room there is; answers whether the button was pressed.
    pub fn show(self, ui: &mut Ui) -> bool {
        let room = ui.available_rect_before_wrap();
        let height = 150.0
            + if self.button.is_some() { 48.0 } else { 0.0 }
            + if self.second_line.is_empty() { 0.0 } else { 36.0 };
        let width = room.width().min(460.0);
        let top = room.top() + ((room.height() - height) * 0.4).max(16.0);
        let rect = Rect::from_min_size(egui::pos2(room.center().x - width / 2.0, top), vec2(width, height));
        let layout = Layout::top_down(egui::Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| self.contents_ui(ui)).inner
    }

    fn contents_ui(self, ui: &mut Ui) -> bool {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        let (circle, _) = ui.allocate_exact_size(Vec2::splat(64.0), Sense::hover());
        ui.painter().rect_filled(circle, CornerRadius::same(32), self.tone.ground(tokens));
        paint::icon(ui.painter(), circle.center(), self.icon, 28.0, self.tone.ink(tokens));
        ui.add_space(18.0);
        label::rich_ui(ui, &[Run::body(self.title).size(size::SECTION).semibold()]);
        ui.add_space(7.0);
        label::rich_ui(ui, &[Run::caption(self.sentence).ink(Ink::Secondary).line_height(19.0)]);
        let mut pressed = false;
        if let Some(button) = self.button {
            ui.add_space(16.0);
            pressed = ui.add(button).clicked();
        }
        if !self.second_line.is_empty() {
            ui.add_space(14.0);
            label::caption_ui(ui, self.second_line);
        }
        pressed
    }
}

/// A filter that finds nothing: says so and offers to drop it. Answers whether to drop it.
pub fn nothing_found_ui(ui: &mut Ui, sentence: &str) -> bool {
    super::card::card_ui(ui, 20, |ui| {
        label::rich_ui(ui, &[Run::body(sentence).medium()]);
        ui.add(Button::outlined("Сбросить фильтр").icon(icons::X).in_bar()).clicked()
    })
    .inner
}
