//! «Что нажать в кабинете»: the texts of the click list, which the school may change when its cabinet does.

use egui::{Ui, vec2};

use crate::gui::theme::space;
use crate::gui::widgets::button::named_link_button_ui;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::names::clean;
use crate::register::Settings;
use crate::regulation::{StepKind, step_template};

/// The fields of the section: a text of each of [`StepKind::ALL`].
#[derive(Clone, Default, PartialEq)]
pub struct StepFields {
    texts: Vec<String>,
}

impl StepFields {
    /// As the settings have them: the school's own, else ours.
    pub fn of(settings: &Settings) -> Self {
        Self { texts: StepKind::ALL.map(|kind| step_template(settings, kind).to_owned()).to_vec() }
    }

    /// Puts them into settings. What is as ours, or empty, is not kept: ours may become better.
    pub fn put_into(&self, settings: &mut Settings) {
        let own = StepKind::ALL.into_iter().zip(&self.texts).map(|(kind, text)| (kind, clean(text)));
        settings.step_texts = own
            .filter(|(kind, text)| !text.is_empty() && text != kind.original())
            .map(|(kind, text)| (kind.code().to_owned(), text))
            .collect();
    }
}

/// Draws the section.
pub fn show(ui: &mut Ui, fields: &mut StepFields) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 6.0);
        label::lead_ui(ui, "Что нажать в кабинете");
        let text = "Эти слова стоят под каждым шагом в «Задачах для кабинета». Кабинет меняется: впишите названия \
                    кнопок, как они стоят у вас. Вместо {кто}, {где}, {роль} и {ссылка} встанут имя, название \
                    класса или чата, роль и последние знаки ссылки.";
        label::caption_ui(ui, text);
        for (kind, text) in StepKind::ALL.into_iter().zip(&mut fields.texts) {
            divider_ui(ui, 6.0);
            TextField::new(kind.words(), text).rows(2).show(ui);
            if text.trim() != kind.original() {
                let name = format!("Вернуть исходный текст: {}", kind.words());
                if named_link_button_ui(ui, None, "Вернуть исходный текст", &name).clicked()
                {
                    kind.original().clone_into(text);
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_from_ours_is_kept() {
        let mut settings = Settings::default();
        let mut fields = StepFields::of(&settings);
        fields.put_into(&mut settings);
        assert!(settings.step_texts.is_empty());
        fields.texts[1] = "  Меню {кто} →  Исключить ".into();
        fields.texts[2].clear();
        fields.put_into(&mut settings);
        let kept: Vec<(&str, &str)> =
            settings.step_texts.iter().map(|(code, text)| (code.as_str(), text.as_str())).collect();
        assert_eq!(kept, [("remove", "Меню {кто} → Исключить")]);
        assert_eq!(StepFields::of(&settings).texts[2], StepKind::RemoveForRole.original());
    }
}
