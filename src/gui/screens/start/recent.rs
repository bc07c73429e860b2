//! Recent files; those that are gone stay in grey until they are taken off the list.

use std::path::{Path, PathBuf};

use egui::{Ui, UiBuilder, vec2};

use super::{folder_words, name_words};
use crate::desktop::{Preferences, RecentFilesLook};
use crate::gui::theme::Tone;
use crate::gui::widgets::Button;
use crate::gui::widgets::big_row::BigRow;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::label;
use crate::gui::widgets::section::section_ui;
use crate::gui::{Action, icons};

/// Draws the list.
pub fn show(
    ui: &mut Ui,
    preferences: &Preferences,
    look: &mut Option<RecentFilesLook>,
    actions: &mut Vec<Action>,
) {
    let paths = &preferences.recent_files;
    if look.as_ref().is_none_or(|look| look.is_of_others(paths)) {
        let ctx = ui.ctx().clone();
        *look = Some(RecentFilesLook::begin(paths, move || ctx.request_repaint()));
    }
    let missing: Vec<PathBuf> = look.as_mut().map(|look| look.missing().to_vec()).unwrap_or_default();
    card_ui(ui, 4, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        egui::Frame::new().inner_margin(egui::Margin { left: 16, right: 16, top: 10, bottom: 6 }).show(
            ui,
            |ui| {
                section_ui(ui, "Недавние файлы");
                if paths.is_empty() {
                    ui.add_space(6.0);
                    label::secondary_ui(ui, "Здесь появятся файлы, которые вы открывали на этом компьютере.");
                    ui.add_space(6.0);
                }
            },
        );
        for path in paths {
            divider_ui(ui, 0.0);
            row_ui(ui, path, missing.contains(path), actions);
        }
    });
}

fn row_ui(ui: &mut Ui, path: &Path, is_missing: bool, actions: &mut Vec<Action>) {
    let (name, folder) = (name_words(path), folder_words(path));
    let reason = is_missing.then(|| format!("Файла здесь больше нет: {folder}"));
    let icon = if is_missing { icons::PROHIBIT } else { icons::FLOPPY_DISK };
    let row = BigRow::new(icon, &name, &folder).tone(Tone::Neutral).disabled_because(reason.as_deref());
    if !is_missing {
        if ui.add(row.without_caret_room(36.0)).clicked() {
            actions.push(Action::OpenFile { path: path.to_owned(), password: None });
        }
    } else {
        ui.add(row.without_caret_room(36.0));
    }
    forget_ui(ui, path, &name, actions);
}

/// The × over the right end of the row just drawn.
fn forget_ui(ui: &mut Ui, path: &Path, name: &str, actions: &mut Vec<Action>) {
    let below = ui.cursor().min;
    let corner = egui::pos2(ui.max_rect().right() - 38.0, below.y - 48.0);
    let rect = egui::Rect::from_min_size(corner, vec2(28.0, 28.0));
    let name = format!("Убрать из недавних: {name}");
    let builder = UiBuilder::new().id_salt(("forget", path)).max_rect(rect);
    let button = Button::icon_only(icons::X, &name).in_bar();
    if ui.new_child(builder).add(button).clicked() {
        actions.push(Action::ForgetRecent(path.to_owned()));
    }
}
