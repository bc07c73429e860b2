//! The frame of a screen: header, filter bar, inspector, status line.
//!
//! Order of calls in a screen: status line, navigation, inspector, header, filter bar, then the rest of the room.

use egui::{Align, Color32, Frame, Layout, Margin, Panel, Rect, Ui, UiBuilder, pos2};

use super::button::Button;
use super::label::{self, Run};
use super::paint;
use crate::gui::icons;
use crate::gui::theme::{Tokens, size, space};

/// Height of the page header in points.
pub const HEADER_HEIGHT: f32 = 56.0;
/// Height of the filter bar in points.
pub const FILTER_BAR_HEIGHT: f32 = 40.0;
/// Width of the inspector in points.
pub const INSPECTOR_WIDTH: f32 = 360.0;
/// Height of the status line in points.
pub const STATUS_HEIGHT: f32 = 28.0;
/// Under this width of the window, in points, navigation folds and the inspector becomes a page.
pub const NARROW_WINDOW: f32 = 1200.0;

/// Whether the window is too narrow for navigation, table and inspector side by side.
#[must_use]
pub fn is_narrow(ctx: &egui::Context) -> bool {
    ctx.content_rect().width() < NARROW_WINDOW
}

/// Space in points between what ends at the right and the edge of a page: 24, or 16 beside an inspector.
#[must_use]
pub fn right_margin(ui: &Ui) -> f32 {
    let beside = ui.available_rect_before_wrap().right() < ui.ctx().content_rect().right() - 60.0;
    if beside { space::LARGE } else { space::PAGE }
}

fn ground(color: Color32) -> Frame {
    Frame::new().fill(color)
}

fn plain_panel(panel: Panel, exact: f32, fill: Color32) -> Panel {
    panel.exact_size(exact).resizable(false).show_separator_line(false).frame(ground(fill))
}

/// Lays `contents` out from left to right, but ending at the right edge. Reading order stays tab order.
pub fn trailing_ui<R>(ui: &mut Ui, salt: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    trailing_in_rect(ui, salt, ui.available_rect_before_wrap(), contents).0
}

/// Answers what is inside and where it begins.
fn trailing_in_rect<R>(ui: &mut Ui, salt: &str, room: Rect, contents: impl FnOnce(&mut Ui) -> R) -> (R, f32) {
    let id = ui.scope_id().with(("trailing", salt));
    let known: Option<f32> = ui.data(|data| data.get_temp(id));
    let left = (room.right() - known.unwrap_or(room.width())).max(room.left());
    let rect = Rect::from_min_max(pos2(left, room.top()), room.right_bottom());
    let mut builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
    if known.is_none() {
        builder = builder.sizing_pass().invisible();
    }
    let mut child = ui.new_child(builder);
    let inner = contents(&mut child);
    let used = child.min_rect().width().ceil();
    if known.is_none_or(|width| (width - used).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(id, used));
        ui.ctx().request_discard("the width of a group at the right became known");
    }
    (inner, room.right() - used)
}

/// The header of a page, 56 high, with a line beneath: title, one line of what is seen, actions at the right.
pub fn header_ui<R>(ui: &mut Ui, title: &str, subtitle: &str, actions: impl FnOnce(&mut Ui) -> R) -> R {
    header_with(ui, title, subtitle, true, actions)
}

/// The same without the line beneath: where a filter bar follows.
pub fn header_above_filters_ui<R>(
    ui: &mut Ui,
    title: &str,
    subtitle: &str,
    actions: impl FnOnce(&mut Ui) -> R,
) -> R {
    header_with(ui, title, subtitle, false, actions)
}

fn header_with<R>(
    ui: &mut Ui,
    title: &str,
    subtitle: &str,
    line: bool,
    actions: impl FnOnce(&mut Ui) -> R,
) -> R {
    let tokens = Tokens::of(ui);
    let margin = right_margin(ui);
    plain_panel(Panel::top("page-header"), HEADER_HEIGHT, tokens.surface)
        .show(ui, |ui| {
            let rect = ui.max_rect();
            if line {
                paint::bottom_line(ui.painter(), rect, tokens.border);
            }
            let mut room = rect.shrink2(egui::vec2(space::PAGE, 12.0));
            room.max.x = rect.right() - margin;
            let words =
                |right: f32| Rect::from_min_max(pos2(room.left(), rect.top()), pos2(right, rect.bottom()));
            let known: Option<f32> =
                ui.data(|data| data.get_temp(ui.scope_id().with(("trailing", "header"))));
            let right = room.right() - known.unwrap_or(0.0) - space::LARGE;
            header_words_ui(ui, words(right.max(room.left() + 80.0)), title, subtitle);
            trailing_in_rect(ui, "header", room, actions).0
        })
        .inner
}

/// Title with its centre at 20, the line beneath at 41.5, as the pictures have them.
fn header_words_ui(ui: &mut Ui, room: Rect, title: &str, subtitle: &str) {
    let row = |top: f32, bottom: f32| {
        let rect =
            Rect::from_min_max(pos2(room.left(), room.top() + top), pos2(room.right(), room.top() + bottom));
        UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center))
    };
    label::title_ui(&mut ui.new_child(row(6.0, 34.0)), title);
    if !subtitle.is_empty() {
        label::line_ui(&mut ui.new_child(row(32.0, 51.0)), &[Run::caption(subtitle)]);
    }
}

/// The bar of filters, 40 high, between header and table: chips and quiet buttons, 28 high.
pub fn filter_bar_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = Tokens::of(ui);
    bar_panel(ui, "filter-bar", tokens.surface, contents)
}

/// The bar that appears above the table while rows are marked, on the ground of the selection.
pub fn marked_bar_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = Tokens::of(ui);
    bar_panel(ui, "marked-bar", tokens.accent_ground, |ui| {
        paint::horizontal_line(
            ui.painter(),
            ui.max_rect().x_range().expand(24.0),
            ui.max_rect().top(),
            tokens.border,
        );
        contents(ui)
    })
}

fn bar_panel<R>(ui: &mut Ui, id: &str, fill: Color32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let right = right_margin(ui) as i8;
    let frame = ground(fill).inner_margin(Margin { left: 24, right, top: 0, bottom: 0 });
    plain_panel(Panel::top(id), FILTER_BAR_HEIGHT, fill)
        .frame(frame)
        .show(ui, |ui| ui.with_layout(Layout::left_to_right(Align::Center), contents).inner)
        .inner
}

/// The foot of a page or a wizard, 56 high, with a line above.
pub fn foot_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = Tokens::of(ui);
    let frame = ground(tokens.surface).inner_margin(Margin { left: 20, right: 24, top: 0, bottom: 0 });
    plain_panel(Panel::bottom("page-foot"), HEADER_HEIGHT, tokens.surface)
        .frame(frame)
        .show(ui, |ui| {
            let rect = ui.max_rect();
            paint::horizontal_line(ui.painter(), rect.x_range().expand(24.0), rect.top(), tokens.border);
            ui.with_layout(Layout::left_to_right(Align::Center), contents).inner
        })
        .inner
}

/// What an inspector answers.
#[derive(Clone, Debug)]
pub struct InspectorResponse<B, F> {
    /// The button «…» beside the ×, where there is one: hang a menu on it.
    pub more: Option<egui::Response>,
    /// × or «Назад» was pressed. Escape is the caller's: see [`super::table_keys`].
    pub closed: bool,
    /// What the body answered.
    pub body: B,
    /// What the foot answered.
    pub foot: F,
}

/// The panel of the selected thing, 360 wide at the right. In a narrow window it fills the page, with a way back.
#[must_use = "call show"]
#[derive(Clone, Copy, Debug)]
pub struct Inspector<'a> {
    title: &'a str,
    subtitle: &'a str,
    has_foot: bool,
    as_page: bool,
    more: Option<&'a str>,
}

impl<'a> Inspector<'a> {
    /// An inspector of one thing.
    pub const fn new(title: &'a str, subtitle: &'a str) -> Self {
        Self { title, subtitle, has_foot: true, as_page: false, more: None }
    }

    /// Without the row of actions.
    pub const fn without_foot(mut self) -> Self {
        self.has_foot = false;
        self
    }

    /// A button «…» beside the ×; the name is read aloud.
    pub const fn more(mut self, name: &'a str) -> Self {
        self.more = Some(name);
        self
    }

    /// Fills the page instead of standing at the right: in a narrow window ([`is_narrow`]).
    pub const fn as_page(mut self, as_page: bool) -> Self {
        self.as_page = as_page;
        self
    }

    /// Draws header, scrolling body and foot.
    pub fn show<B, F>(
        self,
        ui: &mut Ui,
        body: impl FnOnce(&mut Ui) -> B,
        foot: impl FnOnce(&mut Ui) -> F,
    ) -> InspectorResponse<B, F> {
        let tokens = Tokens::of(ui);
        if self.as_page {
            return self.contents_ui(ui, body, foot);
        }
        plain_panel(Panel::right("inspector"), INSPECTOR_WIDTH, tokens.surface)
            .show(ui, |ui| {
                let rect = ui.max_rect();
                let response = self.contents_ui(ui, body, foot);
                paint::vertical_line(ui.painter(), rect.left(), rect.y_range(), tokens.border);
                response
            })
            .inner
    }

    fn contents_ui<B, F>(
        self,
        ui: &mut Ui,
        body: impl FnOnce(&mut Ui) -> B,
        foot: impl FnOnce(&mut Ui) -> F,
    ) -> InspectorResponse<B, F> {
        let tokens = Tokens::of(ui);
        let (closed, more) = plain_panel(Panel::top("inspector-header"), HEADER_HEIGHT, tokens.surface)
            .show(ui, |ui| self.header_ui(ui))
            .inner;
        let foot_height = if self.has_foot { HEADER_HEIGHT } else { 0.0 };
        let room = ui.available_rect_before_wrap();
        let (top, bottom) = room.split_top_bottom_at_y(room.bottom() - foot_height);
        let mut body_ui = ui.new_child(UiBuilder::new().id_salt("inspector-body").max_rect(top));
        body_ui.set_clip_rect(top.intersect(ui.clip_rect()));
        let body = egui::ScrollArea::vertical()
            .auto_shrink(false)
            .show(&mut body_ui, |ui| {
                let frame = Frame::new().inner_margin(Margin { left: 20, right: 20, top: 16, bottom: 20 });
                frame
                    .show(ui, |ui| {
                        ui.set_min_width(ui.available_width());
                        body(ui)
                    })
                    .inner
            })
            .inner;
        if self.has_foot {
            paint::horizontal_line(ui.painter(), bottom.x_range(), bottom.top(), tokens.border);
        }
        let layout = Layout::left_to_right(Align::Center);
        let foot_room = bottom.shrink2(egui::vec2(20.0, 0.0));
        let builder = UiBuilder::new().id_salt("inspector-foot").max_rect(foot_room).layout(layout);
        let foot = foot(&mut ui.new_child(builder));
        InspectorResponse { more, closed, body, foot }
    }

    fn header_ui(self, ui: &mut Ui) -> (bool, Option<egui::Response>) {
        let rect = ui.max_rect();
        paint::bottom_line(ui.painter(), rect, Tokens::of(ui).border);
        let layout = Layout::left_to_right(Align::Center);
        let button_at = |left: f32, width: f32| {
            let room = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, rect.bottom()));
            UiBuilder::new().max_rect(room).layout(layout)
        };
        if self.as_page {
            let back = Button::outlined("Назад").icon(icons::ARROW_LEFT);
            let width = back.width(ui);
            let closed = ui.new_child(button_at(rect.left() + 24.0, width)).add(back).clicked();
            let left = rect.left() + 24.0 + width + space::LARGE;
            let right = rect.right() - 24.0 - if self.more.is_some() { 40.0 } else { 0.0 };
            let words = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
            header_words_ui(ui, words, self.title, self.subtitle);
            return (closed, self.more_ui(&mut ui.new_child(button_at(rect.right() - 56.0, 32.0))));
        }
        let words = Rect::from_min_max(
            pos2(rect.left() + 20.0, rect.top()),
            pos2(rect.right() - if self.more.is_some() { 88.0 } else { 52.0 }, rect.bottom()),
        );
        header_words_ui(ui, words, self.title, self.subtitle);
        let close = Button::icon_only(icons::X, "Закрыть карточку");
        let more = self.more_ui(&mut ui.new_child(button_at(rect.right() - 84.0, 32.0)));
        (ui.new_child(button_at(rect.right() - 46.0, 32.0)).add(close).clicked(), more)
    }

    fn more_ui(self, ui: &mut Ui) -> Option<egui::Response> {
        Some(ui.add(Button::icon_only(icons::DOTS_THREE, self.more?)))
    }
}

/// The line at the bottom, 28 high: `left` from the left edge, `right` ending at the right edge.
pub fn status_line_ui<L, R>(
    ui: &mut Ui,
    left: impl FnOnce(&mut Ui) -> L,
    right: impl FnOnce(&mut Ui) -> R,
) -> (L, R) {
    let tokens = Tokens::of(ui);
    let frame = ground(tokens.window).inner_margin(Margin { left: 12, right: 12, top: 0, bottom: 0 });
    plain_panel(Panel::bottom("status-line"), STATUS_HEIGHT, tokens.window)
        .frame(frame)
        .show(ui, |ui| {
            let rect = ui.max_rect();
            paint::horizontal_line(ui.painter(), rect.x_range().expand(12.0), rect.top(), tokens.border);
            ui.spacing_mut().interact_size.y = 24.0;
            let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
            let left = left(&mut ui.new_child(builder));
            let right = trailing_in_rect(ui, "status", rect, right).0;
            (left, right)
        })
        .inner
}

/// An icon and words of 13 in the status line.
pub fn status_words_ui(
    ui: &mut Ui,
    icon: icons::Icon,
    ink: crate::gui::theme::Ink,
    words: &str,
) -> egui::Response {
    let spacing = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, 6.0);
    label::icon_ui(ui, icon, 15.0, ink);
    let response = label::line_ui(ui, &[Run::caption(words)]);
    ui.spacing_mut().item_spacing.x = spacing;
    ui.add_space(8.0);
    response
}

/// An icon and words of 13 in the status line that can be pressed: «Закрыть на пароль».
pub fn status_button_ui(ui: &mut Ui, icon: icons::Icon, words: &str) -> egui::Response {
    let tokens = Tokens::of(ui);
    let galley = paint::line(ui, &[Run::caption(words).size(size::CAPTION)], f32::INFINITY);
    let gap = if words.is_empty() { 0.0 } else { 6.0 };
    let wanted = egui::vec2(galley.size().x + gap + 15.0, 24.0);
    let (rect, response) = ui.allocate_exact_size(wanted, egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), words));
    let words_rect = paint::put_left(ui.painter(), rect.left_center(), galley);
    let center = pos2(rect.right() - 7.5, rect.center().y);
    let color = if response.hovered() { tokens.text } else { tokens.secondary };
    paint::icon(ui.painter(), center, icon, 15.0, color);
    if response.hovered() {
        paint::horizontal_line(ui.painter(), words_rect.x_range(), words_rect.bottom(), color);
    }
    paint::focus_ring_around(ui, &response, rect.shrink2(egui::vec2(0.0, 3.0)), 4);
    response
}

/// What background work shows in the status line: words, a bar (0–1), and × to stop it. Answers whether to stop.
pub fn status_work_ui(ui: &mut Ui, words: &str, share: f32) -> bool {
    label::line_ui(ui, &[Run::caption(words)]);
    super::progress::progress_ui(ui, 92.0, 4.0, share, words);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(20.0, 20.0), egui::Sense::click());
    let name = format!("Остановить: {words}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), &name));
    paint::icon(ui.painter(), rect.center(), icons::X, 13.0, Tokens::of(ui).secondary);
    paint::focus_ring_around(ui, &response, rect.shrink(2.0), 4);
    response.on_hover_text("Остановить").clicked()
}
