//! The open file: where it lies, whether it has a password.

use egui::{Ui, vec2};

use crate::gui::theme::space;
use crate::gui::widgets::Button;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::named_value_ui;
use crate::gui::{Action, ScreenContext, icons};

const NAME_WIDTH: f32 = 120.0;

/// Draws the section.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    let file = context.file;
    let path = file.path.display().to_string();
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 10.0);
        label::lead_ui(ui, "Файл");
        named_value_ui(ui, "Название", NAME_WIDTH, &[Run::body(&file.name()).medium()]);
        named_value_ui(ui, "Где лежит", NAME_WIDTH, &[Run::body(&path)]);
        let password =
            if file.encrypted { "есть, файл зашифрован" } else { "без пароля" };
        named_value_ui(ui, "Пароль", NAME_WIDTH, &[Run::body(password)]);
        let writing = if file.read_only {
            "только чтение"
        } else {
            "каждое изменение сразу на диске"
        };
        named_value_ui(ui, "Запись", NAME_WIDTH, &[Run::body(writing)]);
        ui.horizontal(|ui| {
            if ui.add(Button::outlined("Копировать путь").icon(icons::COPY)).clicked() {
                actions.push(Action::CopyText {
                    text: path.clone(), what: "Путь к файлу скопирован".into()
                });
            }
            if ui.add(Button::outlined("Закрыть файл").icon(icons::X)).clicked() {
                actions.push(Action::CloseFile);
            }
        });
    });
    if !file.encrypted {
        let text =
            "Кто получит файл, тот прочтёт имена и ссылки. Храните его там, куда нет доступа посторонним.";
        Callout::attention("Файл без пароля", text).show(ui);
    }
}
