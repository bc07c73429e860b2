//! Text fields: with a label, a hint, an icon, an error beneath; of many lines; for searching.

use egui::{Align, Layout, Margin, Response, RichText, TextEdit, Ui, UiBuilder, Vec2, vec2};

use super::label::{self, Run};
use super::{key_cap, paint};
use crate::gui::icons::{self, Icon};
use crate::gui::theme::{Ink, Tokens, Tone, icon_font, space};

/// A text field. Without a label it needs an accessible name or a hint.
#[must_use = "call show"]
pub struct TextField<'a> {
    text: &'a mut String,
    label: &'a str,
    accessible_name: &'a str,
    hint: &'a str,
    icon: Option<Icon>,
    error: Option<&'a str>,
    rows: usize,
    width: Option<f32>,
    height: f32,
    password: bool,
    id: Option<egui::Id>,
    suffix_room: i8,
}

impl<'a> TextField<'a> {
    /// A field with a label above it, tied to it for screen readers.
    pub const fn new(label: &'a str, text: &'a mut String) -> Self {
        Self {
            text,
            label,
            accessible_name: "",
            hint: "",
            icon: None,
            error: None,
            rows: 1,
            width: None,
            height: space::CONTROL,
            password: false,
            id: None,
            suffix_room: 0,
        }
    }

    /// A field without a visible label; the name is read aloud.
    pub const fn bare(accessible_name: &'a str, text: &'a mut String) -> Self {
        let mut field = Self::new("", text);
        field.accessible_name = accessible_name;
        field
    }

    /// Grey words while it is empty.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// An icon at its left.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A line beneath saying what is wrong; the edge turns to danger.
    pub const fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// Many lines: Enter starts a new one.
    pub const fn rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }

    /// Width in points; else all the room there is.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// 28 high, for bars.
    pub const fn in_bar(mut self) -> Self {
        self.height = space::BAR_CONTROL;
        self
    }

    /// Shows dots instead of the letters.
    pub const fn password(mut self, password: bool) -> Self {
        self.password = password;
        self
    }

    /// A fixed id, so that a shortcut can give it the focus.
    pub const fn id(mut self, id: egui::Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Draws it; the answer is the field's own response (`changed`, `lost_focus`).
    pub fn show(self, ui: &mut Ui) -> Response {
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let (label, error) = (self.label, self.error);
        if label.is_empty() && error.is_none() {
            return self.edit_ui(ui, width);
        }
        let layout = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 5.0;
            let label_id =
                (!label.is_empty()).then(|| label::line_ui(ui, &[Run::caption(label).medium().main()]).id);
            let mut response = self.edit_ui(ui, width);
            if let Some(id) = label_id {
                response = response.labelled_by(id);
            }
            if let Some(error) = error {
                error_line_ui(ui, error);
            }
            response
        })
        .inner
    }

    fn edit_ui(self, ui: &mut Ui, width: f32) -> Response {
        let tokens = Tokens::of(ui);
        ui.scope(|ui| {
            let edge = if self.error.is_some() { tokens.danger } else { tokens.control };
            let widgets = &mut ui.visuals_mut().widgets;
            widgets.inactive.bg_stroke.color = edge;
            widgets.hovered.bg_stroke.color = edge;
            widgets.hovered.bg_fill = tokens.surface;
            ui.spacing_mut().interact_size.y = self.height;
            let multiline = self.rows > 1;
            let mut edit = if multiline {
                TextEdit::multiline(self.text).desired_rows(self.rows)
            } else {
                TextEdit::singleline(self.text).align(egui::Align2::LEFT_CENTER)
            };
            let vertical = if multiline { 7 } else { 0 };
            edit = edit
                .hint_text(RichText::new(self.hint).color(tokens.secondary))
                .password(self.password)
                .desired_width(width)
                .margin(Margin { left: 11, right: 11 + self.suffix_room, top: vertical, bottom: vertical })
                .min_size(vec2(width, self.height));
            if let Some(icon) = self.icon {
                edit = edit.prefix(RichText::new(icon.glyph()).font(icon_font(17.0)).color(tokens.secondary));
            }
            if let Some(id) = self.id {
                edit = edit.id(id);
            }
            let response = ui.add(edit);
            if self.accessible_name.is_empty() {
                response
            } else {
                response.accessible_name(self.accessible_name)
            }
        })
        .inner
    }
}

/// The line beneath a field that says what is wrong.
pub fn error_line_ui(ui: &mut Ui, error: &str) -> Response {
    let row = Layout::left_to_right(Align::Min);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 18.0), row, |ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        label::icon_ui(ui, icons::WARNING_CIRCLE, 15.0, Ink::Tone(Tone::Danger));
        label::rich_ui(ui, &[Run::caption(error).tone(Tone::Danger)])
    })
    .inner
}

/// The label above a control that is not a text field; hand its id to `labelled_by`.
pub fn field_label_ui(ui: &mut Ui, text: &str) -> Response {
    label::line_ui(ui, &[Run::caption(text).medium().main()])
}

/// A search field with a magnifying glass, a key cap while it is empty (may be empty) and a × while it is not.
/// Escape empties it. Give it a fixed `id`, so that Ctrl+F or Ctrl+K can move the focus there.
pub fn search_ui(
    ui: &mut Ui,
    id: egui::Id,
    text: &mut String,
    hint: &str,
    key: &str,
    width: f32,
) -> Response {
    let room = if !text.is_empty() {
        24
    } else if key.is_empty() {
        0
    } else {
        key_cap::width(ui, key) as i8 + 4
    };
    let had_text = !text.is_empty();
    let mut field = TextField::bare(hint, text).hint(hint).icon(icons::MAGNIFYING_GLASS).width(width).id(id);
    field.suffix_room = room;
    let mut response = field.show(ui);
    let right_center = response.rect.right_center();
    if had_text {
        let corner = egui::Rect::from_center_size(right_center - vec2(16.0, 0.0), Vec2::splat(24.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(corner));
        if clear_ui(&mut child).clicked() {
            text.clear();
            response.mark_changed();
            response.request_focus();
        }
    } else if !key.is_empty() {
        key_cap::paint_at(ui, right_center - vec2(key_cap::width(ui, key) + 7.0, 0.0), key);
    }
    if had_text && response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        text.clear();
        response.mark_changed();
    }
    response
}

fn clear_ui(ui: &mut Ui) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(24.0), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), "Очистить поиск"));
    let ink = if response.hovered() { Ink::Main } else { Ink::Secondary };
    paint::icon(ui.painter(), rect.center(), icons::X, 13.0, ink.color(Tokens::of(ui)));
    paint::focus_ring_around(ui, &response, rect.shrink(4.0), 4);
    response.on_hover_cursor(egui::CursorIcon::Default)
}
