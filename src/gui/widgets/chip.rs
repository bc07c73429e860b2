//! A filter that is on, with a × that takes it off.

use egui::{CornerRadius, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::paint;
use crate::gui::icons;
use crate::gui::theme::{Tokens, size};

/// A chip «Роль: родитель ×» (the key may be empty). A click anywhere on it, Space or Enter takes the filter off.
pub fn chip_ui(ui: &mut Ui, key: &str, value: &str) -> Response {
    let tokens = Tokens::of(ui);
    let gap = if key.is_empty() { "" } else { " " };
    let runs =
        [Run::caption(key), Run::caption(gap), Run::caption(value).size(size::CAPTION).medium().main()];
    let galley = paint::line(ui, &runs, (ui.available_width() - 40.0).max(24.0));
    let (rect, response) =
        ui.allocate_exact_size(vec2((galley.size().x + 40.0).round(), 28.0), Sense::click());
    let name = format!("Убрать фильтр «{}»", [key, gap, value].concat());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), &name));
    let fill = if response.hovered() { tokens.border } else { tokens.subtle };
    ui.painter().rect_filled(rect, CornerRadius::same(6), fill);
    paint::put_left(ui.painter(), pos2(rect.left() + 10.0, rect.center().y), galley);
    paint::icon(ui.painter(), pos2(rect.right() - 15.0, rect.center().y), icons::X, 13.0, tokens.secondary);
    paint::focus_ring(ui, &response, 6);
    response
}
