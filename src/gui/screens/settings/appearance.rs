//! How the window looks. It belongs to this user of this computer, not to the file.

use egui::{Ui, vec2};

use crate::desktop::{Preferences, ThemePreference};
use crate::gui::theme::{SCALES, space};
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::field::field_label_ui;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};

const THEMES: [(ThemePreference, &str); 3] = [
    (ThemePreference::Light, "Светлая"),
    (ThemePreference::Dark, "Тёмная"),
    (ThemePreference::System, "Как в системе"),
];

/// Draws the section; what is chosen holds at once.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    let mut wanted: Preferences = context.preferences.clone();
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 14.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::lead_ui(ui, "Вид");
            label::caption_ui(ui, "Действует сразу и только на этом компьютере, в файл не попадает");
        });
        let mut theme = THEMES.iter().position(|(theme, _)| *theme == wanted.theme).unwrap_or(0);
        if named_segments_ui(ui, "Тема", &mut theme, &THEMES.map(|(_, word)| word)) {
            wanted.theme = THEMES.get(theme).map_or(wanted.theme, |(theme, _)| *theme);
        }
        let words = SCALES.map(|scale| format!("{scale} %"));
        let mut scale = SCALES.iter().position(|scale| *scale == wanted.scale_percent).unwrap_or(0);
        if named_segments_ui(ui, "Размер", &mut scale, &words.each_ref().map(String::as_str)) {
            wanted.scale_percent = SCALES.get(scale).copied().unwrap_or(SCALES[0]);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            checkbox_ui(ui, &mut wanted.compact_rows, "Плотные строки таблиц");
            checkbox_ui(ui, &mut wanted.folded_navigation, "Свернуть разделы слева до значков");
        });
    });
    if wanted != *context.preferences {
        actions.push(Action::SetPreferences(Box::new(wanted)));
    }
}

pub(super) fn named_segments_ui(ui: &mut Ui, name: &str, chosen: &mut usize, words: &[&str]) -> bool {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 7.0;
        field_label_ui(ui, name);
        ui.horizontal(|ui| {
            ui.add_space(2.0);
            segmented_ui(ui, name, chosen, words)
        })
        .inner
    })
    .inner
}
