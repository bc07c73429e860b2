//! A box that explains: what happened, what became of the entries, what to do.

use egui::{Layout, Margin, Response, Ui, UiBuilder, Vec2, pos2, vec2};

use super::button::Button;
use super::label::{self, Run};
use super::{card, paint};
use crate::gui::icons::{self, Icon};
use crate::gui::theme::{Ink, Tokens, Tone, size};

/// What somebody did with a callout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalloutAction {
    /// The button with this index was pressed.
    Button(usize),
    /// The × was pressed.
    Closed,
    /// The whole box was pressed (only with [`Callout::opens`]).
    Opened,
}

/// A box on the ground of a tone with an icon, a title, text and buttons.
#[must_use = "call show"]
#[derive(Clone, Debug)]
pub struct Callout<'a> {
    tone: Tone,
    icon: Icon,
    title: &'a str,
    text: &'a str,
    buttons: &'a [&'a str],
    closable: bool,
    opens: bool,
}

impl<'a> Callout<'a> {
    /// Something to look at.
    pub const fn attention(title: &'a str, text: &'a str) -> Self {
        Self::new(Tone::Attention, icons::WARNING, title, text)
    }

    /// An error, or danger.
    pub const fn danger(title: &'a str, text: &'a str) -> Self {
        Self::new(Tone::Danger, icons::WARNING_CIRCLE, title, text)
    }

    /// Something worth knowing.
    pub const fn neutral(title: &'a str, text: &'a str) -> Self {
        Self::new(Tone::Neutral, icons::INFO, title, text)
    }

    /// A box of any tone; an empty title or text is left out.
    pub const fn new(tone: Tone, icon: Icon, title: &'a str, text: &'a str) -> Self {
        Self { tone, icon, title, text, buttons: &[], closable: false, opens: false }
    }

    /// Buttons beneath the text.
    pub const fn buttons(mut self, buttons: &'a [&'a str]) -> Self {
        self.buttons = buttons;
        self
    }

    /// A × at the right.
    pub const fn closable(mut self) -> Self {
        self.closable = true;
        self
    }

    /// The whole box is one button with a caret at the right.
    pub const fn opens(mut self) -> Self {
        self.opens = true;
        self
    }

    /// Draws it as wide as there is room and answers what was pressed.
    pub fn show(&self, ui: &mut Ui) -> Option<CalloutAction> {
        let tokens = Tokens::of(ui);
        let ground = self.tone.ground(tokens);
        let margin = Margin {
            left: 38,
            right: if self.closable || self.opens { 36 } else { 14 },
            top: 11,
            bottom: 12,
        };
        let mut action = None;
        let frame = card::boxed_ui(ui, margin, ground, ground, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            if !self.title.is_empty() {
                let title_size = if self.tone == Tone::Danger { size::LEAD } else { size::BODY };
                label::rich_ui(ui, &[Run::body(self.title).size(title_size).medium()]);
            }
            if !self.text.is_empty() {
                let run = Run::caption(self.text).ink(Ink::Main).line_height(19.0);
                let run =
                    if self.tone == Tone::Danger { run.size(size::BODY).line_height(20.0) } else { run };
                label::rich_ui(ui, &[run]);
            }
            if !self.buttons.is_empty() {
                ui.add_space(6.0);
                action = self.buttons_ui(ui);
            }
        });
        let rect = frame.response.rect;
        let center = pos2(rect.left() + 20.0, rect.top() + 20.0);
        paint::icon(ui.painter(), center, self.icon, 18.0, self.tone.ink(tokens));
        if self.closable && self.close_ui(ui, rect).clicked() {
            action = Some(CalloutAction::Closed);
        }
        if self.opens && self.open_ui(ui, &frame.response).clicked() {
            action = Some(CalloutAction::Opened);
        }
        action
    }

    fn buttons_ui(&self, ui: &mut Ui) -> Option<CalloutAction> {
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            for (index, word) in self.buttons.iter().enumerate() {
                if ui.add(Button::outlined(word).in_bar()).clicked() {
                    action = Some(CalloutAction::Button(index));
                }
            }
        });
        action
    }

    fn close_ui(&self, ui: &mut Ui, rect: egui::Rect) -> Response {
        let corner = egui::Rect::from_min_size(rect.right_top() + vec2(-36.0, 6.0), Vec2::splat(28.0));
        let builder = UiBuilder::new().max_rect(corner).layout(Layout::left_to_right(egui::Align::Center));
        let mut child = ui.new_child(builder);
        child.add(Button::icon_only(icons::X, "Скрыть сообщение").in_bar())
    }

    fn open_ui(&self, ui: &Ui, frame: &Response) -> Response {
        let response = ui.interact(frame.rect, frame.id.with("open"), egui::Sense::click());
        let name = [self.title, self.text].join(". ");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), &name));
        let center = pos2(frame.rect.right() - 16.0, frame.rect.center().y);
        paint::icon(ui.painter(), center, icons::CARET_RIGHT, 15.0, self.tone.ink(Tokens::of(ui)));
        paint::focus_ring(ui, &response, 8);
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }
}
