//! The heading of a section: 13 semibold grey, a link or a note at the right.

use egui::{Layout, Response, Ui, WidgetInfo, vec2};

use super::button::small_link_button_ui;
use super::label::{self, Run};
use crate::gui::theme::{Ink, size};

/// A heading alone.
pub fn section_ui(ui: &mut Ui, title: &str) -> Response {
    let response = label::line_ui(ui, &[Run::caption(title).semibold()]);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Heading, ui.is_enabled(), title));
    response
}

/// A heading with a link at the right; answers whether the link was pressed.
pub fn section_with_link_ui(ui: &mut Ui, title: &str, link: &str) -> bool {
    row(ui, title, |ui| small_link_button_ui(ui, link, &format!("{title}: {link}")).clicked())
}

/// A heading with a grey note at the right: «сверено 12 дней назад».
pub fn section_with_note_ui(ui: &mut Ui, title: &str, note: &str) {
    row(ui, title, |ui| label::line_ui(ui, &[Run::caption(note)]));
}

fn row<R>(ui: &mut Ui, title: &str, right: impl FnOnce(&mut Ui) -> R) -> R {
    both_ends_ui(ui, 20.0, |ui| section_ui(ui, title), right).1
}

/// A row with something at its left and something at its right; the right end keeps its width.
pub fn both_ends_ui<L, R>(
    ui: &mut Ui,
    height: f32,
    left: impl FnOnce(&mut Ui) -> L,
    right: impl FnOnce(&mut Ui) -> R,
) -> (L, R) {
    let wanted = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(wanted, Layout::right_to_left(egui::Align::Center), |ui| {
        let right = right(ui);
        let rest = vec2(ui.available_width(), height);
        let left = ui.allocate_ui_with_layout(rest, Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_width(rest.x);
            left(ui)
        });
        (left.inner, right)
    })
    .inner
}

/// A named value of an inspector or a card: an icon-less grey name of a given width, then the value, wrapping.
pub fn named_value_ui(ui: &mut Ui, name: &str, name_width: f32, value: &[Run<'_>]) {
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(name_width, 20.0), Layout::left_to_right(egui::Align::Min), |ui| {
            ui.set_min_width(name_width);
            label::line_ui(ui, &[Run::body(name).size(size::BODY).ink(Ink::Secondary)]);
        });
        label::rich_ui(ui, value);
    });
}
