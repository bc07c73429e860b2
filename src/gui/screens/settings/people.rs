//! Who answers for the platform by order: the administrator and the deputies (clauses 2.1, 2.4).

use egui::{Ui, vec2};
use jiff::civil::Date;

use super::draft::{date_text, read_date, tidy};
use crate::gui::theme::space;
use crate::gui::widgets::Button;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::field::{TextField, field_label_ui};
use crate::gui::widgets::label;
use crate::gui::widgets::scroll_page::column_ui;
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{ScreenContext, icons};
use crate::register::{OrderReference, Organization, ResponsiblePerson};

/// One person as they stand in fields.
#[derive(Clone, Default, PartialEq)]
struct PersonFields {
    name: String,
    number: String,
    date: String,
}

impl PersonFields {
    fn of(person: &ResponsiblePerson) -> Self {
        Self {
            name: person.name.clone(),
            number: person.order.number.clone(),
            date: date_text(person.order.date),
        }
    }

    fn read(&self, today: Date) -> Result<ResponsiblePerson, &'static str> {
        let date = read_date(&self.date, today)?;
        let number = tidy(self.number.trim().trim_start_matches('№'));
        Ok(ResponsiblePerson { name: tidy(&self.name), order: OrderReference { number, date } })
    }
}

/// The fields of the section.
#[derive(Clone, Default, PartialEq)]
pub struct PeopleFields {
    administrator: PersonFields,
    deputies: Vec<PersonFields>,
}

impl PeopleFields {
    /// As the card has them.
    pub fn of(card: &Organization) -> Self {
        Self {
            administrator: PersonFields::of(&card.administrator),
            deputies: card.deputies.iter().map(PersonFields::of).collect(),
        }
    }

    /// Puts them into a card.
    pub fn put_into(&self, card: &mut Organization, today: Date) -> Result<(), String> {
        card.administrator = self.administrator.read(today)?;
        card.deputies.clear();
        for deputy in &self.deputies {
            if deputy.name.trim().is_empty() {
                return Err("Укажите имя заместителя или уберите его".into());
            }
            card.deputies.push(deputy.read(today)?);
        }
        Ok(())
    }
}

/// Draws the section.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, fields: &mut PeopleFields) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::MEDIUM, 14.0);
        heading_ui(ui, "Администратор", "Назначается приказом руководителя из сотрудников (п. 2.1)");
        person_ui(ui, "Администратор", &mut fields.administrator, context.today);
    });
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::MEDIUM, 14.0);
        heading_ui(ui, "Заместители", "Могут вести учёт вместо администратора; в журнале стоит их имя");
        let mut removed = None;
        for (place, deputy) in fields.deputies.iter_mut().enumerate() {
            let title = format!("Заместитель {}", place + 1);
            let name = format!("Убрать: {}", if deputy.name.is_empty() { &title } else { &deputy.name });
            let (_, pressed) = both_ends_ui(
                ui,
                28.0,
                |ui| label::secondary_ui(ui, &title),
                |ui| ui.add(Button::icon_only(icons::X, &name).in_bar()).clicked(),
            );
            if pressed {
                removed = Some(place);
            }
            ui.push_id(place, |ui| person_ui(ui, &title, deputy, context.today));
        }
        if let Some(place) = removed {
            fields.deputies.remove(place);
        }
        if ui.add(Button::outlined("Добавить заместителя").icon(icons::PLUS).in_bar()).clicked()
        {
            fields.deputies.push(PersonFields::default());
        }
    });
}

fn heading_ui(ui: &mut Ui, title: &str, note: &str) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        label::lead_ui(ui, title);
        label::caption_ui(ui, note);
    });
}

fn person_ui(ui: &mut Ui, who: &str, person: &mut PersonFields, today: Date) {
    let full = ui.available_width();
    let (number, date) = (150.0, 160.0);
    let name_width = (full - number - date - 2.0 * space::MEDIUM).max(200.0);
    let problem = read_date(&person.date, today).err();
    ui.horizontal_top(|ui| {
        column_ui(ui, name_width, |ui| {
            labelled_ui(ui, who, "Фамилия, имя и отчество", &mut person.name, "", None);
        });
        column_ui(ui, number, |ui| {
            labelled_ui(ui, who, "Номер приказа", &mut person.number, "без «№»", None);
        });
        column_ui(ui, date, |ui| {
            labelled_ui(ui, who, "Дата приказа", &mut person.date, "28.08.2026", problem);
        });
    });
}

/// The label stands above the field; the name read aloud says whose field it is.
fn labelled_ui(ui: &mut Ui, who: &str, label: &str, text: &mut String, hint: &str, error: Option<&str>) {
    ui.spacing_mut().item_spacing.y = 5.0;
    field_label_ui(ui, label);
    let name = format!("{who}: {}", label.to_lowercase());
    TextField::bare(&name, text).hint(hint).error(error).show(ui);
}
