//! Choosing one of several: a combo box and a segmented row.

use egui::{ComboBox, CornerRadius, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::paint;
use crate::gui::icons;
use crate::gui::theme::{Ink, Tokens, Tone, Weight, size, space, text_font};

/// A combo box: one of `options`, the one at `chosen` shown. Arrows, Enter and Space work. Answers whether it changed.
///
/// `label_id` is the id of the visible label, else `accessible_name` is read aloud.
#[must_use = "call show"]
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    id_salt: &'a str,
    accessible_name: &'a str,
    label_id: Option<egui::Id>,
    width: f32,
    placeholder: &'a str,
    in_bar: bool,
}

impl<'a> Choice<'a> {
    /// A combo box with a name that is read aloud; the name also makes it unique on its page.
    pub const fn new(accessible_name: &'a str) -> Self {
        Self {
            id_salt: accessible_name,
            accessible_name,
            label_id: None,
            width: 200.0,
            placeholder: "Не выбрано",
            in_bar: false,
        }
    }

    /// The visible label it belongs to.
    pub const fn labelled_by(mut self, label_id: egui::Id) -> Self {
        self.label_id = Some(label_id);
        self
    }

    /// A salt where the same name stands twice on one page.
    pub const fn id_salt(mut self, id_salt: &'a str) -> Self {
        self.id_salt = id_salt;
        self
    }

    /// Width in points.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Words while nothing is chosen.
    pub const fn placeholder(mut self, text: &'a str) -> Self {
        self.placeholder = text;
        self
    }

    /// 28 high, for bars.
    pub const fn in_bar(mut self) -> Self {
        self.in_bar = true;
        self
    }

    /// Draws it; `chosen` is an index into `options`.
    pub fn show<S: AsRef<str>>(&self, ui: &mut Ui, chosen: &mut Option<usize>, options: &[S]) -> bool {
        let tokens = Tokens::of(ui);
        let before = *chosen;
        ui.scope(|ui| {
            let widgets = &mut ui.visuals_mut().widgets;
            widgets.inactive.bg_stroke.color = tokens.control;
            ui.spacing_mut().interact_size.y = if self.in_bar { space::BAR_CONTROL } else { space::CONTROL };
            ui.spacing_mut().button_padding = vec2(11.0, 2.0);
            let current = chosen.and_then(|index| options.get(index)).map(AsRef::as_ref);
            let ink = if current.is_some() { Ink::Main } else { Ink::Secondary };
            let word = egui::RichText::new(current.unwrap_or(self.placeholder))
                .font(text_font(size::BODY, Weight::Regular))
                .color(ink.color(tokens));
            let response = ComboBox::from_id_salt(self.id_salt)
                .width(self.width)
                .truncate()
                .selected_text(word)
                .icon(|ui, rect, _, _| {
                    let color = Tokens::of(ui).secondary;
                    paint::icon(ui.painter(), rect.center(), icons::CARET_DOWN, 14.0, color);
                })
                .show_ui(ui, |ui| options_ui(ui, chosen, options))
                .response;
            paint::focus_ring(ui, &response, 6);
            match self.label_id {
                Some(id) => response.labelled_by(id),
                None => response.accessible_name(self.accessible_name),
            };
        });
        *chosen != before
    }
}

fn options_ui<S: AsRef<str>>(ui: &mut Ui, chosen: &mut Option<usize>, options: &[S]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for (index, option) in options.iter().enumerate() {
        let response = option_ui(ui, *chosen == Some(index), option.as_ref());
        if response.clicked() {
            *chosen = Some(index);
            ui.close();
        }
    }
}

fn option_ui(ui: &mut Ui, chosen: bool, word: &str) -> Response {
    let tokens = Tokens::of(ui);
    let galley = paint::line(ui, &[Run::body(word)], f32::INFINITY);
    let width = (galley.size().x + 44.0).max(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, 32.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, ui.is_enabled(), chosen, word));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, CornerRadius::same(5), tokens.subtle);
    }
    paint::put_left(ui.painter(), pos2(rect.left() + 10.0, rect.center().y), galley);
    if chosen {
        let center = pos2(rect.right() - 16.0, rect.center().y);
        paint::icon(ui.painter(), center, icons::CHECK, 15.0, Ink::Tone(Tone::Accent).color(tokens));
    }
    response
}

/// A row of two to four words of which one is chosen. Answers whether it changed.
pub fn segmented_ui(ui: &mut Ui, accessible_name: &str, chosen: &mut usize, options: &[&str]) -> bool {
    let tokens = Tokens::of(ui);
    let before = *chosen;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let ground = ui.painter().add(egui::Shape::Noop);
        let mut whole = Rect::NOTHING;
        for (index, word) in options.iter().enumerate() {
            let response = segment_ui(ui, *chosen == index, word, accessible_name);
            whole = whole.union(response.rect);
            if response.clicked() {
                *chosen = index;
            }
        }
        let shape = egui::epaint::RectShape::filled(
            whole.expand2(vec2(2.0, 2.0)),
            CornerRadius::same(7),
            tokens.subtle,
        );
        ui.painter().set(ground, shape);
    });
    *chosen != before
}

fn segment_ui(ui: &mut Ui, chosen: bool, word: &str, group: &str) -> Response {
    let tokens = Tokens::of(ui);
    let ink = if chosen { Ink::Main } else { Ink::Secondary };
    let galley = paint::line(ui, &[Run::body(word).medium().ink(ink)], f32::INFINITY);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 24.0, 28.0), Sense::click());
    let name = format!("{group}: {word}");
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, ui.is_enabled(), chosen, &name));
    if chosen {
        paint::boxed(ui.painter(), rect, 6, tokens.surface, tokens.strong_border);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(6), tokens.hover);
    }
    paint::put_center(ui.painter(), rect.center(), galley);
    paint::focus_ring(ui, &response, 6);
    response
}
