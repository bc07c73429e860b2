//! A circle with initials.

use egui::{Response, Sense, Ui, vec2};

use super::label::Run;
use super::paint;
use crate::gui::theme::{Tokens, Tone, size};

/// A circle 32 across with up to two initials. The name stands beside it, so it is only decoration.
pub fn avatar_ui(ui: &mut Ui, initials: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(32.0, 32.0), Sense::hover());
    let tokens = Tokens::of(ui);
    ui.painter().circle_filled(rect.center(), 16.0, tokens.accent_ground);
    let run = Run::body(initials).size(size::KEY).semibold().tone(Tone::Accent);
    paint::put_center(ui.painter(), rect.center(), paint::line(ui, &[run], rect.width()));
    response
}

/// An avatar with a name and a line beneath it.
pub fn person_ui(ui: &mut Ui, initials: &str, name: &str, note: &str) -> Response {
    ui.horizontal(|ui| {
        avatar_ui(ui, initials);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            super::label::line_ui(ui, &[Run::body(name).medium()]);
            super::label::line_ui(ui, &[Run::caption(note)])
        })
        .inner
    })
    .response
}
