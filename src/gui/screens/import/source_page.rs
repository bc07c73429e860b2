//! The first step before anything was chosen: a file, a path, or rows pasted from a spreadsheet.

use std::path::PathBuf;

use egui::{Key, Ui, UiBuilder, vec2};

use super::ImportState;
use crate::gui::theme::Tone;
use crate::gui::widgets::badge::icon_tile_ui;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::Run;
use crate::gui::widgets::menu::{menu_on, menu_row_ui};
use crate::gui::widgets::{Button, label};
use crate::gui::{Action, icons};
use crate::session::RosterTemplate;

const WIDTH: f32 = 620.0;

/// Draws the page.
pub(super) fn show(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    let room = ui.available_rect_before_wrap();
    let width = WIDTH.min(room.width() - 48.0);
    let top = egui::pos2(room.center().x - width / 2.0, room.top());
    let rect = egui::Rect::from_min_size(top, vec2(width, room.height()));
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.add_space(((room.height() - 520.0) * 0.4).clamp(16.0, 72.0));
            card_ui(ui, 24, |ui| {
                choose_ui(ui, actions);
                divider_ui(ui, 16.0);
                path_ui(ui, state, actions);
                divider_ui(ui, 16.0);
                paste_ui(ui, state, actions);
            });
            ui.add_space(12.0);
            beside_ui(ui, state, actions);
            ui.add_space(12.0);
            label::caption_ui(
                ui,
                "Ничего не изменится, пока вы не проверите, что получится, и не нажмёте «Внести».",
            );
        });
    });
}

/// Templates to be filled in, and what was brought in before.
fn beside_ui(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        let button = ui.add(Button::outlined("Скачать шаблон").icon(icons::FILE_ARROW_DOWN));
        menu_on(&button, |ui| {
            for (template, icon, word) in [
                (RosterTemplate::Students, icons::STUDENT, "Учащиеся"),
                (RosterTemplate::Staff, icons::CHALKBOARD_TEACHER, "Сотрудники"),
                (RosterTemplate::Parents, icons::USERS, "Родители"),
            ] {
                if menu_row_ui(ui, icon, word, "", false).clicked() {
                    actions.push(Action::ChooseTemplate(template));
                }
            }
        });
        let history = Button::outlined("Прежние загрузки").icon(icons::CLOCK_COUNTER_CLOCKWISE);
        if ui.add(history).clicked() {
            state.history.shown = true;
            actions.push(Action::LoadImports);
        }
    });
}

fn choose_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        icon_tile_ui(ui, Tone::Accent, icons::UPLOAD_SIMPLE, 40.0);
        ui.add_space(4.0);
        let button = Button::primary("Выбрать файл").icon(icons::FOLDER);
        let words = ui.available_width() - button.width(ui) - 16.0;
        ui.allocate_ui_with_layout(vec2(words, 40.0), egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.set_min_width(words);
            ui.spacing_mut().item_spacing.y = 3.0;
            label::lead_ui(ui, "Файл со списком");
            label::line_ui(ui, &[Run::caption("Книга Excel, ODS или CSV. Файл можно перетащить")]);
        });
        if ui.add(button).clicked() {
            actions.push(Action::ChooseRoster);
        }
    });
}

fn path_ui(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    let typed = !state.path_text.trim().is_empty();
    let read = Button::outlined("Прочитать")
        .accessible_name("Прочитать файл по этому пути")
        .disabled_because((!typed).then_some("Впишите путь к файлу"));
    let mut asked = false;
    ui.horizontal_top(|ui| {
        let width = ui.available_width() - read.width(ui) - 9.0;
        let field = TextField::new("Путь к файлу", &mut state.path_text).width(width).show(ui);
        asked = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.vertical(|ui| {
            ui.add_space(21.0);
            asked |= ui.add(read).clicked();
        });
    });
    if asked && typed {
        let path = state.path_text.trim().trim_matches('"');
        actions.push(Action::ReadRoster(PathBuf::from(path)));
    }
}

fn paste_ui(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    TextField::new("Или вставьте строки из Excel вместе с заголовками", &mut state.pasted_text)
        .hint("Фамилия   Имя   Отчество   Класс")
        .rows(6)
        .show(ui);
    ui.add_space(4.0);
    let typed = !state.pasted_text.trim().is_empty();
    let button = Button::outlined("Прочитать вставленное")
        .icon(icons::CLIPBOARD_TEXT)
        .disabled_because((!typed).then_some("Сначала вставьте строки: Ctrl V"));
    if ui.add(button).clicked() {
        actions.push(Action::ReadPastedRoster(std::mem::take(&mut state.pasted_text)));
    }
}
