//! A building or department.

use egui::Ui;

use super::{FormFrame, dialog_ui};
use crate::gui::Action;
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::field::TextField;
use crate::names::clean;
use crate::register::{Operation, Unit};

/// The form of a unit.
#[derive(Default)]
pub struct UnitForm {
    seen: Option<Unit>,
    name: String,
    address: String,
}

impl UnitForm {
    /// A unit to be changed.
    pub fn edit(unit: &Unit) -> Self {
        Self { name: unit.name.clone(), address: unit.address.clone(), seen: Some(unit.clone()) }
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui) -> DialogAnswer {
        let (title, confirm) = match self.seen {
            Some(_) => ("Корпус", "Сохранить"),
            None => ("Новый корпус", "Добавить корпус"),
        };
        let trouble = clean(&self.name).is_empty().then(|| "Назовите корпус".to_owned());
        let frame = FormFrame { name: "unit", title: title.into(), confirm: confirm.into(), trouble };
        dialog_ui(ui, &frame, |ui| {
            TextField::new("Название", &mut self.name).hint("Садовая, 3").show(ui);
            TextField::new("Адрес", &mut self.address).hint("Можно не заполнять").show(ui);
        })
    }

    /// What it does.
    pub fn actions(&self) -> Vec<Action> {
        let name = clean(&self.name);
        let wanted = Unit {
            name: name.clone(),
            address: clean(&self.address),
            ..self.seen.clone().unwrap_or_default()
        };
        vec![match &self.seen {
            Some(seen) => Action::execute(
                Operation::Edit { seen: seen.clone().into(), wanted: wanted.into() },
                format!("Изменён корпус {name}"),
            ),
            None => Action::execute(Operation::Add(vec![wanted.into()]), format!("Добавлен корпус {name}")),
        }]
    }
}
