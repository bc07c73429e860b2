//! Rows of menus: an icon, a word, the shortcut at the right. The same actions stand on the bar of marked rows.

use egui::{
    Align, CornerRadius, Id, Layout, Popup, PopupCloseBehavior, PopupKind, Pos2, Response, Sense,
    SetOpenCommand, Ui, WidgetInfo, pos2, vec2,
};

use super::label::Run;
use super::paint;
use crate::gui::icons::Icon;
use crate::gui::theme::{Ink, Tokens, Tone};

/// A row of a menu, 36 high; `danger` draws it in danger. Pressing it closes the menu.
pub fn menu_row_ui(ui: &mut Ui, icon: Icon, word: &str, shortcut: &str, danger: bool) -> Response {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 1.0;
    let ink = if danger { Ink::Tone(Tone::Danger) } else { Ink::Main };
    let galley = paint::line(ui, &[Run::body(word).ink(ink)], f32::INFINITY);
    let key = paint::line(ui, &[Run::caption(shortcut)], f32::INFINITY);
    let wanted = 40.0 + galley.size().x + 32.0 + key.size().x + 12.0;
    let width = wanted.max(ui.available_width().min(288.0)).max(220.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 36.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::MenuItem, ui.is_enabled(), word));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, CornerRadius::same(5), tokens.subtle);
    }
    let y = rect.center().y;
    let icon_ink = if danger { ink } else { Ink::Secondary };
    paint::icon(ui.painter(), pos2(rect.left() + 20.0, y), icon, 17.0, icon_ink.color(tokens));
    paint::put_left(ui.painter(), pos2(rect.left() + 40.0, y), galley);
    paint::put_right(ui.painter(), pos2(rect.right() - 12.0, y), key);
    if response.clicked() {
        ui.close();
    }
    response
}

/// The line between groups of rows.
pub fn menu_divider_ui(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), Sense::hover());
    paint::horizontal_line(ui.painter(), rect.x_range().expand(5.0), rect.center().y, Tokens::of(ui).border);
}

/// A menu of rows at a point, open while `open_at` holds it: the actions of a table row under a right click, or
/// under the menu key. Pressing a row, a click elsewhere and Escape close it.
pub fn menu_at(ui: &Ui, name: &str, open_at: &mut Option<Pos2>, rows: impl FnOnce(&mut Ui)) {
    let Some(position) = *open_at else { return };
    let id = Id::unique(("menu", name));
    Popup::new(id, ui.ctx().clone(), position, ui.layer_id())
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(Align::Min))
        .open_memory(SetOpenCommand::Bool(true))
        .show(rows);
    if !Popup::is_id_open(ui.ctx(), id) {
        *open_at = None;
    }
}

/// A menu of ticks that hangs on a button and stays open while they are set; a click elsewhere closes it.
pub fn menu_on_staying(button: &Response, rows: impl FnOnce(&mut Ui)) {
    Popup::menu(button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(rows);
}

/// A menu of rows that hangs on a button and opens with it.
pub fn menu_on(button: &Response, rows: impl FnOnce(&mut Ui)) {
    Popup::menu(button).show(rows);
}
