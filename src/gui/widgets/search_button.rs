//! What looks like a search field and opens the palette.

use egui::{Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::{key_cap, paint};
use crate::gui::icons;
use crate::gui::theme::{Ink, Tokens, space};

/// A button in the shape of a search field: hint at the left, key cap at the right.
pub fn search_button_ui(ui: &mut Ui, hint: &str, key: &str, width: f32) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, space::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), hint));
    let fill = if response.hovered() { tokens.hover } else { tokens.surface };
    paint::boxed(ui.painter(), rect, 6, fill, tokens.control);
    let y = rect.center().y;
    paint::icon(ui.painter(), pos2(rect.left() + 18.0, y), icons::MAGNIFYING_GLASS, 17.0, tokens.secondary);
    let cap = key_cap::width(ui, key);
    key_cap::paint_at(ui, pos2(rect.right() - cap - 12.0, y), key);
    let room = rect.width() - 34.0 - cap - 24.0;
    let galley = paint::line(ui, &[Run::body(hint).ink(Ink::Secondary)], room);
    paint::put_left(ui.painter(), pos2(rect.left() + 34.0, y), galley);
    paint::focus_ring(ui, &response, 6);
    response.on_hover_cursor(egui::CursorIcon::Text)
}
