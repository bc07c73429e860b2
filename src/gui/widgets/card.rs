//! A card: surface with an edge of one physical pixel, radius 8.

use egui::{Color32, CornerRadius, Frame, InnerResponse, Margin, Stroke, Ui};

use super::paint;
use crate::gui::theme::Tokens;

/// A card with a padding in points around what is in it. It is as wide as there is room.
pub fn card_ui<R>(ui: &mut Ui, padding: i8, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let tokens = Tokens::of(ui);
    boxed_ui(ui, Margin::same(padding), tokens.surface, tokens.border, contents)
}

/// A card on the ground of the window, inside another card or a page of surface.
pub fn inset_card_ui<R>(ui: &mut Ui, padding: i8, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let tokens = Tokens::of(ui);
    boxed_ui(ui, Margin::same(padding), tokens.window, tokens.border, contents)
}

pub(super) fn boxed_ui<R>(
    ui: &mut Ui,
    padding: Margin,
    fill: Color32,
    edge: Color32,
    contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let ground = ui.painter().add(egui::Shape::Noop);
    let inner = Frame::new().inner_margin(padding).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        contents(ui)
    });
    let stroke = Stroke::new(crate::gui::theme::hairline(ui.pixels_per_point()), edge);
    let shape = egui::epaint::RectShape::new(
        inner.response.rect,
        CornerRadius::same(8),
        fill,
        stroke,
        egui::StrokeKind::Inside,
    );
    ui.painter().set(ground, shape);
    inner
}

/// A line of one physical pixel across the width there is, with a space in points above and below.
pub fn divider_ui(ui: &mut Ui, around: f32) {
    let spacing = std::mem::take(&mut ui.spacing_mut().item_spacing.y);
    ui.add_space(around);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), egui::Sense::hover());
    paint::horizontal_line(ui.painter(), rect.x_range(), rect.top(), Tokens::of(ui).row_line);
    ui.add_space(around);
    ui.spacing_mut().item_spacing.y = spacing;
}
