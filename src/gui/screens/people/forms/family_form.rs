//! An adult of a child, or a child of an adult.

use egui::Ui;

use super::super::card::short_name;
use super::{FormFrame, dialog_ui};
use crate::gui::screens::form_fields::PersonChoice;
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::field::TextField;
use crate::gui::{Action, ScreenContext};
use crate::names::{Role, clean};
use crate::register::{Guardianship, Operation, PersonId};

/// The form of a guardianship.
pub struct FamilyForm {
    known: PersonId,
    /// The known one is the child.
    of_child: bool,
    other: PersonChoice,
    basis: String,
    restriction: String,
}

impl FamilyForm {
    /// An adult of this child.
    pub fn adult_of(child: PersonId) -> Self {
        Self {
            known: child,
            of_child: true,
            other: PersonChoice::default(),
            basis: String::new(),
            restriction: String::new(),
        }
    }

    /// A child of this adult.
    pub fn child_of(adult: PersonId) -> Self {
        Self { of_child: false, ..Self::adult_of(adult) }
    }

    fn trouble(&self, context: &ScreenContext<'_>) -> Option<String> {
        let Some(other) = self.other.chosen() else {
            return Some(
                if self.of_child {
                    "Выберите взрослого"
                } else {
                    "Выберите ребёнка"
                }
                .into(),
            );
        };
        let (adult, child) = if self.of_child { (other, self.known) } else { (self.known, other) };
        let mut known = context.register().current_guardians(child, context.today);
        known.any(|one| one.adult == adult).then(|| "Эта связь уже записана".to_owned())
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let name = short_name(context, self.known);
        let (title, confirm, label) = if self.of_child {
            (format!("Взрослый: {name}"), "Добавить взрослого", "Взрослый")
        } else {
            (format!("Ребёнок: {name}"), "Добавить ребёнка", "Ребёнок")
        };
        let frame = FormFrame {
            name: "family",
            title,
            confirm: confirm.into(),
            trouble: self.trouble(context),
            dangerous: false,
        };
        let (known, of_child) = (self.known, self.of_child);
        dialog_ui(ui, &frame, |ui| {
            self.other.show(ui, context.snapshot, label, |row| {
                !row.left && row.id != known && (of_child || row.roles.contains(&Role::Student))
            });
            TextField::new("Кем приходится", &mut self.basis).hint("мать, отец, опекун").show(ui);
            TextField::new("Доступ ограничен, бумага у …", &mut self.restriction)
                .hint("Обычно пусто")
                .show(ui);
        })
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let Some(other) = self.other.chosen() else { return Vec::new() };
        let (adult, child) = if self.of_child { (other, self.known) } else { (self.known, other) };
        let guardianship = Guardianship {
            adult,
            child,
            basis: clean(&self.basis),
            restriction: clean(&self.restriction),
            ..Guardianship::default()
        };
        let done = format!("{}: взрослый {}", short_name(context, child), short_name(context, adult));
        vec![Action::execute(Operation::Add(vec![guardianship.into()]), done)]
    }
}
