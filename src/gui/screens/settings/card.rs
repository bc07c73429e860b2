//! The organization card: name, kind, address (duty 2.3-1).

use egui::{Ui, vec2};

use super::draft::tidy;
use crate::gui::theme::space;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::field::{TextField, field_label_ui};
use crate::gui::widgets::label;
use crate::register::{Organization, OrganizationKind};

const KINDS: [OrganizationKind; 3] =
    [OrganizationKind::School, OrganizationKind::College, OrganizationKind::Kindergarten];

/// The fields of the section.
#[derive(Clone, Default, PartialEq)]
pub struct CardFields {
    name: String,
    kind: usize,
    address: String,
    head: String,
}

impl CardFields {
    /// As the card has them.
    pub fn of(card: &Organization) -> Self {
        Self {
            name: card.name.clone(),
            kind: KINDS.iter().position(|kind| *kind == card.kind).unwrap_or(0),
            address: card.address.clone(),
            head: card.head.clone(),
        }
    }

    /// Puts them into a card.
    pub fn put_into(&self, card: &mut Organization) -> Result<(), String> {
        if self.name.trim().is_empty() {
            return Err("Укажите название организации".into());
        }
        card.name = tidy(&self.name);
        card.kind = KINDS.get(self.kind).copied().unwrap_or_default();
        card.address = tidy(&self.address);
        card.head = tidy(&self.head);
        Ok(())
    }
}

/// Draws the section.
pub fn show(ui: &mut Ui, fields: &mut CardFields) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 14.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::lead_ui(ui, "Карточка организации");
            label::caption_ui(
                ui,
                "Эти сведения стоят в отчётах и актах. Вид решает, говорить «класс» или «группа».",
            );
        });
        let missing = fields.name.trim().is_empty().then_some("Укажите название");
        TextField::new("Название", &mut fields.name).error(missing).show(ui);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 7.0;
            field_label_ui(ui, "Вид организации");
            ui.horizontal(|ui| {
                ui.add_space(2.0);
                segmented_ui(ui, "Вид организации", &mut fields.kind, &["Школа", "Колледж", "Детский сад"]);
            });
        });
        TextField::new("Адрес", &mut fields.address).show(ui);
        TextField::new("Руководитель", &mut fields.head).hint("Фамилия, имя и отчество").show(ui);
    });
}
