//! A damaged file: what is known, and the newest backup that is good.

use std::path::PathBuf;

use egui::{Ui, vec2};

use super::middle_column_ui;
use crate::gui::safe_actions::SafeAction;
use crate::gui::theme::space;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::named_value_ui;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, icons};
use crate::session::RestoreOffer;
use crate::wording::{date_short, file_size, number};

const MOST_WIDTH: f32 = 720.0;
const NAME_WIDTH: f32 = 150.0;

/// The page.
pub struct DamagePage {
    pub file: PathBuf,
    pub offer: RestoreOffer,
    /// The file opens all the same and can be read.
    pub is_open: bool,
}

impl DamagePage {
    pub(super) fn show(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let name = self.file.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        page::header_ui(ui, "Файл повреждён", &name, |_| {});
        middle_column_ui(ui, "damage", MOST_WIDTH, |ui| {
            let title = if self.is_open {
                "При проверке в файле нашлись повреждения"
            } else {
                "Файл не открывается"
            };
            Callout::danger(title, &self.offer.text).show(ui);
            card_ui(ui, 24, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::SMALL, 10.0);
                label::lead_ui(ui, "Последняя исправная копия");
                self.backup_ui(ui);
                ui.add_space(4.0);
                let kept = "Повреждённый файл не удаляется: он останется в той же папке под именем с пометкой \
                            «повреждён». Его можно отдать тому, кто восстанавливает данные.";
                label::secondary_ui(ui, kept);
                ui.add_space(4.0);
                ui.horizontal_wrapped(|ui| self.buttons_ui(ui, actions));
            });
        });
    }

    fn backup_ui(&self, ui: &mut Ui) {
        let backup = &self.offer.backup;
        let made_at = &backup.file.made_at;
        let made = format!("{}, {}", date_short(made_at.date()), made_at.strftime("%H:%M"));
        named_value_ui(ui, "Сделана", NAME_WIDTH, &[Run::body(&made).medium()]);
        let size = file_size(backup.file.size);
        named_value_ui(ui, "Размер", NAME_WIDTH, &[Run::body(&size)]);
        let entries = number(backup.details.revision);
        named_value_ui(ui, "Записей в журнале", NAME_WIDTH, &[Run::body(&entries)]);
        if let Some((_, day)) = backup.details.last_entry {
            named_value_ui(ui, "Последняя запись", NAME_WIDTH, &[Run::body(&date_short(day))]);
        }
        let folder = backup.file.path.parent().map_or_else(String::new, |path| path.display().to_string());
        named_value_ui(ui, "Где лежит", NAME_WIDTH, &[Run::body(&folder)]);
    }

    fn buttons_ui(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let look = Button::primary("Посмотреть и восстановить").icon(icons::ARROW_COUNTER_CLOCKWISE);
        if ui.add(look).clicked() {
            let backup = self.offer.backup.file.clone();
            actions.push(Action::Safe(SafeAction::OpenRestore(backup)));
        }
        let other = if self.is_open {
            "Открыть для чтения как есть"
        } else {
            "Другой файл"
        };
        if ui.add(Button::ghost(other)).clicked() {
            actions.push(Action::Safe(SafeAction::LeaveDamage));
        }
    }
}
