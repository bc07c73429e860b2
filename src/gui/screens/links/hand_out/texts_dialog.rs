//! The form with the words of the message.

use egui::Ui;

use super::message::Texts;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::names::Role;
use crate::wording::role_dative_plural;

/// How the form stands.
pub(super) enum Answer {
    Open,
    Closed,
    Wanted(Box<Texts>),
}

/// The open form.
pub(super) struct TextsDialog {
    texts: Texts,
}

impl TextsDialog {
    pub(super) fn new(texts: Texts) -> Self {
        Self { texts }
    }

    /// Draws it.
    pub(super) fn show(&mut self, ui: &Ui) -> Answer {
        let (answer, ()) = Dialog::new("hand out texts", "Тексты сообщений")
            .width(640.0)
            .alternative("Вернуть наши")
            .confirm("Сохранить тексты")
            .disabled_because(self.texts.problem())
            .show(ui.ctx(), |ui| {
                let text = "Вместо {имя}, {класс} и {ссылка} встанут имя и отчество, название класса и адрес. \
                            Участие учеников и родителей добровольное (п. 1.8): пусть текст об этом говорит.";
                label::caption_ui(ui, text);
                TextField::new("Начало", &mut self.texts.greeting).rows(3).show(ui);
                for role in [Role::Student, Role::Parent, Role::Teacher, Role::Employee] {
                    let name = format!("Для ссылки {}", role_dative_plural(role));
                    let rows = if role.is_staff() { 2 } else { 3 };
                    TextField::new(&name, self.texts.of_mut(role)).rows(rows).show(ui);
                }
            });
        match answer {
            DialogAnswer::Open => Answer::Open,
            DialogAnswer::Alternative => {
                self.texts = Texts::default();
                Answer::Open
            }
            DialogAnswer::Confirmed => Answer::Wanted(Box::new(self.texts.clone())),
            DialogAnswer::Cancelled => Answer::Closed,
        }
    }
}
