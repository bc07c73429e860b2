//! A page of cards that scrolls, on the ground of the window; columns beside each other.

use egui::{Align, CornerRadius, Frame, Layout, Margin, ScrollArea, Ui, vec2};

use crate::gui::theme::{Tokens, space};

/// Fills the room there is: margins of 24 at the sides, 20 above, 24 below.
pub fn scroll_page_ui<R>(ui: &mut Ui, salt: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, CornerRadius::ZERO, Tokens::of(ui).window);
    ScrollArea::vertical()
        .id_salt(salt)
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin { left: 24, right: 24, top: 20, bottom: 24 };
            Frame::new()
                .inner_margin(margin)
                .show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    ui.spacing_mut().item_spacing.y = space::LARGE;
                    contents(ui)
                })
                .inner
        })
        .inner
}

/// A column `width` points wide, as high as what is in it; put columns side by side in `ui.horizontal_top`.
pub fn column_ui<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        contents(ui)
    })
    .inner
}
