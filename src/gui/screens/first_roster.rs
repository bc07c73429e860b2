//! The last step of a new file: the first list, or later.

use crate::names::capitalized;
use egui::{Ui, vec2};

use super::start::first_steps_ui;
use crate::gui::action::{Action, Destination};
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::Button;
use crate::gui::widgets::badge::icon_tile_ui;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::label;
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::{ScreenContext, icons};
use crate::register::OrganizationKind;

/// Greatest width of the card in points.
const MOST_WIDTH: f32 = 640.0;

/// Draws the page.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    scroll_page_ui(ui, "first roster", |ui| {
        let width = ui.available_width().min(MOST_WIDTH);
        let side = ((ui.available_width() - width) / 2.0).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(side);
            column_ui(ui, width, |ui| {
                ui.add_space(if context.narrow { 8.0 } else { 64.0 });
                card_ui(ui, 24, |ui| {
                    ui.spacing_mut().item_spacing = vec2(space::SMALL, space::LARGE);
                    first_steps_ui(ui, 2);
                    words_ui(ui, context.register().organization().kind);
                    buttons_ui(ui, actions);
                });
            });
        });
    });
}

fn words_ui(ui: &mut Ui, kind: OrganizationKind) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::MEDIUM;
        icon_tile_ui(ui, Tone::Accent, icons::UPLOAD_SIMPLE, 44.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::title_ui(ui, "Загрузите список");
            label::caption_ui(ui, "Файл создан. По списку программа узнает, кого где ждать");
        });
    });
    let (who, groups) = match kind {
        OrganizationKind::School => ("учеников", "классы"),
        OrganizationKind::College => ("студентов", "группы"),
        OrganizationKind::Kindergarten => ("детей и родителей", "группы"),
    };
    let sentence = format!(
        "Подойдёт список {who} из электронного журнала или ваша таблица: XLSX, XLS, ODS, CSV. {} заведутся сами. \
         Файл можно перетащить в окно. Ничего не запишется, пока вы не проверите, что изменится.",
        capitalized(groups),
    );
    label::body_ui(ui, &sentence);
}

fn buttons_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::primary("Выбрать файл списка").icon(icons::FOLDER)).clicked() {
            actions.push(Action::ChooseRoster);
        }
        if ui.add(Button::outlined("Вставить строки или взять шаблон")).clicked()
        {
            actions.push(Action::Go(Destination::Import));
        }
        if ui.add(Button::ghost("Позже").key("Esc")).clicked() {
            actions.push(Action::LeaveOverlay);
        }
    });
    if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
        actions.push(Action::LeaveOverlay);
    }
}
