//! The two answers that need more than a key: «взрослый ребёнка…» and «это …».

use egui::Ui;

use crate::gui::ScreenContext;
use crate::gui::screens::form_fields::{PersonChoice, side_by_side_ui};
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::names::{FullName, Role, clean};
use crate::register::{GroupId, PersonId};
use crate::session::LineAnswer;

/// What is asked about a line.
pub(super) enum LineForm {
    Adult(AdultForm),
    Person(PersonForm),
}

/// An adult of a child who is not in the register yet.
pub(super) struct AdultForm {
    item: usize,
    written: String,
    group: Option<GroupId>,
    child: PersonChoice,
    surname: String,
    given: String,
    patronymic: String,
    basis: String,
}

/// Somebody of the register.
pub(super) struct PersonForm {
    item: usize,
    written: String,
    person: PersonChoice,
}

impl LineForm {
    /// «Взрослый ребёнка…» for a line; the child is known where only one can be meant.
    pub(super) fn adult(
        item: usize,
        written: &str,
        children: &[PersonId],
        group: Option<GroupId>,
    ) -> LineForm {
        let own = written.split(['(', ',']).next().unwrap_or_default();
        let name = FullName::parse(own).ok().filter(|_| own.split_whitespace().count() < 4);
        let name = name.unwrap_or_default();
        let only = match children {
            [only] => Some(*only),
            _ => None,
        };
        let is_kin = ["мама", "папа", "бабушка", "дедушка"]
            .iter()
            .any(|kin| name.surname.to_lowercase() == *kin || name.given.to_lowercase() == *kin);
        let name = if is_kin { FullName::default() } else { surname_first(name) };
        let lower = written.to_lowercase();
        let basis = if lower.contains("мама") {
            "мать"
        } else if lower.contains("папа") {
            "отец"
        } else {
            ""
        };
        LineForm::Adult(AdultForm {
            item,
            written: written.to_owned(),
            group,
            child: PersonChoice::of(only),
            surname: name.surname,
            given: name.given,
            patronymic: name.patronymic,
            basis: basis.into(),
        })
    }

    /// «Это …» for a line.
    pub(super) fn person(item: usize, written: &str) -> LineForm {
        LineForm::Person(PersonForm { item, written: written.to_owned(), person: PersonChoice::default() })
    }

    /// Draws it; `Some(None)`: closed without an answer.
    pub(super) fn show(
        &mut self,
        ui: &Ui,
        context: &ScreenContext<'_>,
    ) -> Option<Option<(usize, LineAnswer)>> {
        match self {
            LineForm::Adult(form) => form.show(ui, context),
            LineForm::Person(form) => form.show(ui, context),
        }
    }
}

/// A messenger shows «Костик Рыбаков»: the name before the surname.
fn surname_first(name: FullName) -> FullName {
    let is_surname = |word: &str| {
        let word = word.to_lowercase();
        ["ов", "ев", "ёв", "ова", "ева", "ёва", "ин", "ина", "ий", "ая", "ко", "ян", "ук", "юк"]
            .iter()
            .any(|end| word.ends_with(end))
    };
    if name.patronymic.is_empty() && is_surname(&name.given) && !is_surname(&name.surname) {
        FullName { surname: name.given, given: name.surname, ..name }
    } else {
        name
    }
}

impl AdultForm {
    fn answer(&self) -> Result<LineAnswer, &'static str> {
        let Some(child) = self.child.chosen() else { return Err("Выберите ребёнка") };
        let name = FullName::from_parts(&self.surname, &self.given, &self.patronymic);
        let name = name.map_err(|_| "Впишите фамилию и имя взрослого")?;
        Ok(LineAnswer::AdultOf { child, name, basis: clean(&self.basis) })
    }

    fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> Option<Option<(usize, LineAnswer)>> {
        let reason = self.answer().err();
        let title = format!("Чей это взрослый: «{}»", self.written);
        let dialog =
            Dialog::new("reconcile-adult", &title).confirm("Добавить взрослого").disabled_because(reason);
        let group = self.group;
        let (answer, ()) = dialog.show(ui.ctx(), |ui| {
            self.child.show(ui, context.snapshot, "Ребёнок", |row| {
                !row.left
                    && row.roles.contains(&Role::Student)
                    && group.is_none_or(|group| row.groups.contains(&group))
            });
            side_by_side_ui(
                ui,
                |ui, width| TextField::new("Фамилия", &mut self.surname).width(width).show(ui),
                |ui, width| TextField::new("Имя", &mut self.given).width(width).show(ui),
            );
            side_by_side_ui(
                ui,
                |ui, width| TextField::new("Отчество", &mut self.patronymic).width(width).show(ui),
                |ui, width| {
                    TextField::new("Кем приходится", &mut self.basis).hint("мать, отец, опекун").width(width).show(ui)
                },
            );
            label::caption_ui(
                ui,
                "Человек появится в списке вместе со сверкой. Телефон и остальное можно дописать в его карточке.",
            );
        });
        match answer {
            DialogAnswer::Open => None,
            DialogAnswer::Confirmed => Some(self.answer().ok().map(|answer| (self.item, answer))),
            _ => Some(None),
        }
    }
}

impl PersonForm {
    fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> Option<Option<(usize, LineAnswer)>> {
        let reason = self.person.chosen().is_none().then_some("Выберите человека");
        let title = format!("Кто это: «{}»", self.written);
        let dialog =
            Dialog::new("reconcile-person", &title).confirm("Это он или она").disabled_because(reason);
        let (answer, ()) = dialog.show(ui.ctx(), |ui| {
            self.person.show(ui, context.snapshot, "Человек из списка", |_| true);
            label::caption_ui(
                ui,
                "Программа запомнит это имя за человеком и в следующий раз узнает его сама.",
            );
        });
        match answer {
            DialogAnswer::Open => None,
            DialogAnswer::Confirmed => {
                Some(self.person.chosen().map(|person| (self.item, LineAnswer::IsPerson(person))))
            }
            _ => Some(None),
        }
    }
}
