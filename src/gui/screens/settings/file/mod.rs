//! The open file: where it lies, its password and recovery code, its backups.

mod backups;
mod password;

use egui::{Ui, vec2};

use self::backups::BackupSection;
use self::password::PasswordSection;
use crate::gui::theme::space;
use crate::gui::widgets::Button;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::named_value_ui;
use crate::gui::{Action, ScreenContext, icons};

const NAME_WIDTH: f32 = 150.0;

/// State of the section.
#[derive(Default)]
pub struct FileSection {
    password: PasswordSection,
    backups: BackupSection,
}

impl FileSection {
    /// What was asked about the password is done: its window closes.
    pub fn password_done(&mut self) {
        self.password = PasswordSection::default();
    }
}

/// Draws the section.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut FileSection, actions: &mut Vec<Action>) {
    file_ui(ui, context, actions);
    password::show(ui, context, &mut state.password, actions);
    backups::show(ui, context, &mut state.backups, actions);
}

fn file_ui(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    let file = context.file;
    let path = file.path.display().to_string();
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 10.0);
        label::lead_ui(ui, "Файл");
        named_value_ui(ui, "Название", NAME_WIDTH, &[Run::body(&file.name()).medium()]);
        named_value_ui(ui, "Где лежит", NAME_WIDTH, &[Run::body(&path)]);
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
}
