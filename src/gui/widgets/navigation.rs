//! The rooms at the left: 208 wide, or 56 of icons.

use egui::{CornerRadius, Frame, Margin, Panel, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::paint;
use crate::gui::icons::{self, Icon};
use crate::gui::theme::{Ink, Tokens, Tone, size};

/// Width of the navigation in points.
pub const WIDTH: f32 = 208.0;
/// Width of it folded to icons.
pub const FOLDED_WIDTH: f32 = 56.0;

/// One room.
#[derive(Clone, Copy, Debug)]
pub struct NavigationItem<'a> {
    /// Its icon.
    pub icon: Icon,
    /// Its word.
    pub word: &'a str,
    /// How many things wait in it; nothing is shown for 0.
    pub waiting: usize,
    /// The key that opens it, for the tooltip («Ctrl 1»); may be empty.
    pub key: &'a str,
}

/// The whole navigation.
#[derive(Clone, Copy, Debug)]
pub struct Navigation<'a> {
    /// Two or three characters in the mark: «14» or initials.
    pub mark: &'a str,
    /// Name of the organization.
    pub organization: &'a str,
    /// «2026/2027».
    pub school_year: &'a str,
    /// The rooms.
    pub rooms: &'a [NavigationItem<'a>],
    /// What stands at the bottom: help and settings.
    pub below: &'a [NavigationItem<'a>],
    /// The open one: an index into `rooms` followed by `below`.
    pub active: Option<usize>,
    /// Folded to icons.
    pub folded: bool,
}

/// What was pressed.
#[derive(Clone, Debug)]
pub enum NavigationAction {
    /// A room: an index into `rooms` followed by `below`.
    Open(usize),
    /// The organization: its response, to hang a menu on.
    Organization(Response),
}

/// Draws the navigation as a panel at the left.
pub fn navigation_ui(ui: &mut Ui, navigation: &Navigation<'_>) -> Option<NavigationAction> {
    let tokens = Tokens::of(ui);
    let width = if navigation.folded { FOLDED_WIDTH } else { WIDTH };
    let frame =
        Frame::new().fill(tokens.window).inner_margin(Margin { left: 8, right: 9, top: 8, bottom: 10 });
    Panel::left("navigation")
        .exact_size(width)
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| {
            let rect = ui.max_rect();
            let line = rect.right() + 9.0 - crate::gui::theme::hairline(ui.pixels_per_point());
            paint::vertical_line(ui.painter(), line, rect.y_range().expand(10.0), tokens.border);
            ui.spacing_mut().item_spacing.y = 2.0;
            contents_ui(ui, navigation)
        })
        .inner
}

fn contents_ui(ui: &mut Ui, navigation: &Navigation<'_>) -> Option<NavigationAction> {
    let mut action = None;
    let organization = organization_ui(ui, navigation);
    if organization.clicked() {
        action = Some(NavigationAction::Organization(organization));
    }
    ui.add_space(14.0);
    for (index, item) in navigation.rooms.iter().enumerate() {
        if item_ui(ui, item, navigation.active == Some(index), navigation.folded).clicked() {
            action = Some(NavigationAction::Open(index));
        }
    }
    let height = 38.0 * navigation.below.len() as f32 - 2.0;
    ui.add_space((ui.available_height() - height).max(4.0));
    for (index, item) in navigation.below.iter().enumerate() {
        let index = navigation.rooms.len() + index;
        if item_ui(ui, item, navigation.active == Some(index), navigation.folded).clicked() {
            action = Some(NavigationAction::Open(index));
        }
    }
    action
}

fn organization_ui(ui: &mut Ui, navigation: &Navigation<'_>) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::click());
    let name = format!("{}, {}", navigation.organization, navigation.school_year);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), &name));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(6), tokens.subtle);
    }
    let mark = egui::Rect::from_min_size(rect.min + vec2(4.0, 4.0), vec2(32.0, 32.0));
    ui.painter().rect_filled(mark, CornerRadius::same(8), tokens.accent);
    let run = Run::body(navigation.mark).semibold().ink(Ink::OnAccent);
    paint::put_center(ui.painter(), mark.center(), paint::line(ui, &[run], 30.0));
    if navigation.folded {
        paint::focus_ring(ui, &response, 6);
        return response.on_hover_text(name);
    }
    let room = rect.width() - 46.0 - 26.0;
    let organization = paint::line(ui, &[Run::body(navigation.organization).semibold()], room);
    let elided = organization.elided;
    paint::put_left(ui.painter(), pos2(rect.left() + 46.0, rect.top() + 12.5), organization);
    let year = paint::line(ui, &[Run::caption(navigation.school_year)], room);
    paint::put_left(ui.painter(), pos2(rect.left() + 46.0, rect.top() + 29.5), year);
    let caret = pos2(rect.right() - 12.0, rect.center().y);
    paint::icon(ui.painter(), caret, icons::CARET_DOWN, 14.0, tokens.secondary);
    paint::focus_ring(ui, &response, 6);
    if elided { response.on_hover_text(name) } else { response }
}

fn item_ui(ui: &mut Ui, item: &NavigationItem<'_>, active: bool, folded: bool) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::click());
    let name = if item.waiting > 0 {
        format!("{}, ждут: {}", item.word, item.waiting)
    } else {
        item.word.to_owned()
    };
    response.widget_info(|| WidgetInfo::selected(egui::Role::Tab, ui.is_enabled(), active, &name));
    let fill = match (active, response.hovered()) {
        (true, _) => Some(tokens.accent_ground),
        (false, true) => Some(tokens.subtle),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, CornerRadius::same(6), fill);
    }
    let y = rect.center().y;
    let icon_color = if active { tokens.accent } else { tokens.secondary };
    paint::icon(ui.painter(), pos2(rect.left() + 20.0, y), item.icon, 20.0, icon_color);
    if folded {
        if item.waiting > 0 {
            let edge = Stroke::new(1.5, fill.unwrap_or(tokens.window));
            ui.painter().circle(pos2(rect.left() + 31.0, y - 9.0), 4.0, tokens.accent, edge);
        }
    } else {
        item_words(ui, rect, item, active);
    }
    paint::focus_ring(ui, &response, 6);
    match (folded, item.key.is_empty()) {
        (true, true) => response.on_hover_text(name),
        (true, false) => response.on_hover_text(format!("{name} · {}", item.key)),
        (false, true) => response,
        (false, false) => response.on_hover_text(item.key),
    }
}

fn item_words(ui: &Ui, rect: egui::Rect, item: &NavigationItem<'_>, active: bool) {
    let ink = |other| if active { Ink::Tone(Tone::Accent) } else { other };
    let y = rect.center().y;
    let count = if item.waiting > 0 { item.waiting.to_string() } else { String::new() };
    let count_run = Run::caption(&count).medium().ink(ink(Ink::Secondary));
    let count_rect = paint::put_right(
        ui.painter(),
        pos2(rect.right() - 12.0, y),
        paint::line(ui, &[count_run], f32::INFINITY),
    );
    let run = Run::body(item.word).size(size::LEAD).ink(ink(Ink::Main));
    let run = if active { run.medium() } else { run };
    let galley = paint::line(ui, &[run], count_rect.left() - rect.left() - 50.0);
    paint::put_left(ui.painter(), pos2(rect.left() + 42.0, y), galley);
}
