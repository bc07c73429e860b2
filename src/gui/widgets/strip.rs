//! A strip above a room: something that is so on every screen until it is put right.

use egui::{Align, Frame, Layout, Margin, Panel, Ui, vec2};

use super::button::Button;
use super::label::{self, Run};
use super::paint;
use super::section::both_ends_ui;
use crate::gui::icons::Icon;
use crate::gui::theme::{Ink, Tokens, Tone, space};

const HEIGHT: f32 = 44.0;

/// Words and what puts it right.
#[derive(Clone, Copy, Debug)]
pub struct Strip<'a> {
    pub tone: Tone,
    pub icon: Icon,
    pub words: &'a str,
    pub button: &'a str,
    /// Names the subject of the button, to be read aloud.
    pub accessible_name: &'a str,
}

/// Draws the strip as a panel at the top, before the room; answers whether the button was pressed.
pub fn strip_ui(ui: &mut Ui, id: &str, strip: Strip<'_>) -> bool {
    let tokens = Tokens::of(ui);
    let ground = strip.tone.ground(tokens);
    let frame = Frame::new().fill(ground).inner_margin(Margin { left: 24, right: 24, top: 0, bottom: 0 });
    Panel::top(egui::Id::unique(("strip", id)))
        .exact_size(HEIGHT)
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| {
            let rect = ui.max_rect().expand2(vec2(24.0, 0.0));
            paint::bottom_line(ui.painter(), rect, tokens.border);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = |ui: &mut Ui| {
                    ui.spacing_mut().item_spacing.x = space::SMALL;
                    label::icon_ui(ui, strip.icon, 18.0, Ink::Tone(strip.tone));
                    label::line_ui(ui, &[Run::body(strip.words).medium()]);
                };
                let button = Button::outlined(strip.button).in_bar().accessible_name(strip.accessible_name);
                both_ends_ui(ui, HEIGHT, words, |ui| ui.add(button).clicked()).1
            })
            .inner
        })
        .inner
}
