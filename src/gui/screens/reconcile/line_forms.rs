//! The two answers that need more than a key: «взрослый ребёнка…» and «это …».

use egui::Ui;
use jiff::civil::Date;

use crate::gui::ScreenContext;
use crate::gui::screens::form_fields::{PersonChoice, side_by_side_ui};
use crate::gui::widgets::checkbox::radio_row_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::{TextField, field_label_ui};
use crate::gui::widgets::label;
use crate::names::{FullName, Role, clean, fold};
use crate::register::{GroupId, PersonId, Register};
use crate::session::LineAnswer;

/// What is asked about a line.
pub(super) enum LineForm {
    Adult(Box<AdultForm>),
    Person(PersonForm),
}

/// Who the adult is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// An adult of the child already.
    Known(PersonId),
    /// Somebody of the register who becomes an adult of the child.
    Listed,
    /// Nobody of the register yet.
    New,
}

/// An adult the register knows of the child.
struct KnownAdult {
    person: PersonId,
    /// «Климова Наталья Петровна, мать».
    words: String,
    /// The line holds the surname or the given name.
    bears_the_name: bool,
}

/// An adult of a child: one the register knows, or one who is entered with the line.
pub(super) struct AdultForm {
    item: usize,
    written: String,
    group: Option<GroupId>,
    child: PersonChoice,
    /// The adults the register knows of that child, and the child they were read for.
    known: Vec<KnownAdult>,
    known_of: Option<PersonId>,
    who: Who,
    listed: PersonChoice,
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
        LineForm::Adult(Box::new(AdultForm {
            item,
            written: written.to_owned(),
            group,
            child: PersonChoice::of(only),
            known: Vec::new(),
            known_of: None,
            who: Who::New,
            listed: PersonChoice::default(),
            surname: name.surname,
            given: name.given,
            patronymic: name.patronymic,
            basis: basis.into(),
        }))
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
    /// Reads the adults of the child again when another child was chosen.
    fn refresh(&mut self, register: &Register, today: Date) {
        let child = self.child.chosen();
        if self.known_of == child {
            return;
        }
        self.known_of = child;
        let mut known: Vec<KnownAdult> = Vec::new();
        for link in child.into_iter().flat_map(|child| register.current_guardians(child, today)) {
            let Some(adult) = register.person(link.adult) else { continue };
            if known.iter().all(|other| other.person != adult.id) {
                let basis = if link.basis.is_empty() { "взрослый" } else { &link.basis };
                known.push(KnownAdult {
                    person: adult.id,
                    words: format!("{}, {basis}", adult.name.full()),
                    bears_the_name: shares_a_name(&adult.name, &self.written),
                });
            }
        }
        // One whose name is in the line is proposed; the form is confirmed by the user all the same.
        let mut alike = known.iter().filter(|adult| adult.bears_the_name);
        self.who = match (alike.next(), alike.next()) {
            (Some(only), None) => Who::Known(only.person),
            _ => Who::New,
        };
        self.known = known;
    }

    fn answer(&self) -> Result<LineAnswer, &'static str> {
        let Some(child) = self.child.chosen() else { return Err("Выберите ребёнка") };
        match self.who {
            Who::Known(person) => Ok(LineAnswer::IsPerson(person)),
            Who::Listed => {
                let adult = self.listed.chosen().ok_or("Выберите взрослого из списка")?;
                if adult == child {
                    return Err("Это сам ребёнок: выберите его взрослого");
                }
                Ok(LineAnswer::KnownAdultOf { adult, child, basis: clean(&self.basis) })
            }
            Who::New => {
                let name = FullName::from_parts(&self.surname, &self.given, &self.patronymic);
                let name = name.map_err(|_| "Впишите фамилию и имя взрослого")?;
                Ok(LineAnswer::AdultOf { child, name, basis: clean(&self.basis) })
            }
        }
    }

    fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> Option<Option<(usize, LineAnswer)>> {
        self.refresh(context.register(), context.today);
        let reason = self.answer().err();
        let title = format!("Чей это взрослый: «{}»", self.written);
        let confirm = match self.who {
            Who::Known(_) => "Подтвердить",
            Who::Listed => "Записать взрослым",
            Who::New => "Добавить взрослого",
        };
        let dialog = Dialog::new("reconcile-adult", &title).confirm(confirm).disabled_because(reason);
        let (answer, ()) = dialog.show(ui.ctx(), |ui| self.fields_ui(ui, context));
        match answer {
            DialogAnswer::Open => None,
            DialogAnswer::Confirmed => Some(self.answer().ok().map(|answer| (self.item, answer))),
            _ => Some(None),
        }
    }

    fn fields_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        let group = self.group;
        self.child.show(ui, context.snapshot, "Ребёнок", |row| {
            !row.left
                && row.roles.contains(&Role::Student)
                && group.is_none_or(|group| row.groups.contains(&group))
        });
        if self.child.chosen().is_some() {
            self.who_ui(ui);
        }
        match self.who {
            Who::Known(_) => {
                label::caption_ui(
                    ui,
                    "Программа запомнит это имя за человеком и в следующий раз узнает его сама.",
                );
            }
            Who::Listed => {
                self.listed.show(ui, context.snapshot, "Взрослый из списка", |row| !row.left);
                basis_ui(ui, &mut self.basis, None);
                label::caption_ui(ui, "Связь с ребёнком запишется вместе со сверкой.");
            }
            Who::New => {
                side_by_side_ui(
                    ui,
                    |ui, width| TextField::new("Фамилия", &mut self.surname).width(width).show(ui),
                    |ui, width| TextField::new("Имя", &mut self.given).width(width).show(ui),
                );
                side_by_side_ui(
                    ui,
                    |ui, width| TextField::new("Отчество", &mut self.patronymic).width(width).show(ui),
                    |ui, width| basis_ui(ui, &mut self.basis, Some(width)),
                );
                label::caption_ui(
                    ui,
                    "Человек появится в списке вместе со сверкой. Телефон и остальное можно дописать в его карточке.",
                );
            }
        }
    }

    /// The adults of the child, somebody else of the lists, or somebody new.
    fn who_ui(&mut self, ui: &mut Ui) {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            field_label_ui(ui, "Кто это");
            ui.add_space(3.0);
            let mut chosen = None;
            for adult in &self.known {
                let on = self.who == Who::Known(adult.person);
                if radio_row_ui(ui, on, &adult.words, "").clicked() {
                    chosen = Some(Who::Known(adult.person));
                }
            }
            let others = [(Who::Listed, "Другой взрослый из списков школы"), (Who::New, "Новый взрослый")];
            for (who, words) in others {
                if radio_row_ui(ui, self.who == who, words, "").clicked() {
                    chosen = Some(who);
                }
            }
            self.who = chosen.unwrap_or(self.who);
        });
    }
}

fn basis_ui(ui: &mut Ui, basis: &mut String, width: Option<f32>) -> egui::Response {
    let field = TextField::new("Кем приходится", basis).hint("мать, отец, опекун");
    match width {
        Some(width) => field.width(width).show(ui),
        None => field.show(ui),
    }
}

/// Whether a line holds the surname or the given name of an adult.
fn shares_a_name(name: &FullName, written: &str) -> bool {
    let words: Vec<String> = written
        .split(|letter: char| !letter.is_alphabetic() && letter != '-')
        .map(fold)
        .filter(|word| word.chars().count() > 2)
        .collect();
    words.contains(&fold(&name.surname)) || words.contains(&fold(&name.given))
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
