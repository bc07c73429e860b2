//! A person: name, date of birth, phone; a new one with a role, a parent with children.

use egui::Ui;
use jiff::civil::Date;

use super::super::card::edit_person;
use super::membership_form::RoleFields;
use super::{FormFrame, dialog_ui};
use crate::gui::screens::form_fields::{DateField, PersonChoice, side_by_side_ui};
use crate::gui::widgets::button::small_link_button_ui;
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{Action, ScreenContext};
use crate::names::{FullName, NameProblem, Phone, PhoneProblem, Role, clean, parse_phone};
use crate::register::{Operation, Person, PersonId};

/// The form of a person.
pub struct PersonForm {
    seen: Option<Person>,
    surname: String,
    given: String,
    patronymic: String,
    birth_date: DateField,
    phone: String,
    note: String,
    role: Option<RoleFields>,
    children: Vec<PersonId>,
    child: PersonChoice,
    basis: String,
}

impl PersonForm {
    /// A new person.
    pub fn new(context: &ScreenContext<'_>) -> Self {
        Self { role: Some(RoleFields::new(context)), seen: None, ..Self::edit(&Person::default()) }
    }

    /// A person to be changed.
    pub fn edit(person: &Person) -> Self {
        Self {
            surname: person.name.surname.clone(),
            given: person.name.given.clone(),
            patronymic: person.name.patronymic.clone(),
            birth_date: DateField::of_birth(person.birth_date),
            phone: person.phone.as_ref().map_or_else(String::new, |phone| phone.display()),
            note: person.note.clone(),
            role: None,
            children: Vec::new(),
            child: PersonChoice::default(),
            basis: String::new(),
            seen: Some(person.clone()),
        }
    }

    fn read_phone(&self) -> Result<Option<Phone>, &'static str> {
        match parse_phone(&self.phone) {
            Ok(phone) => Ok(Some(phone)),
            Err(PhoneProblem::Empty) => Ok(None),
            Err(_) => Err("Запишите один номер, например +7 912 345-67-89"),
        }
    }

    fn is_parent(&self) -> bool {
        self.role.as_ref().is_some_and(|role| role.role() == Role::Parent)
    }

    fn trouble(&self, today: Date) -> Option<String> {
        if let Err(problem) = FullName::from_parts(&self.surname, &self.given, &self.patronymic) {
            return Some(name_problem_words(problem).to_owned());
        }
        let late =
            self.birth_date.date(today).is_some_and(|day| day > today).then_some("Дата рождения впереди");
        self.birth_date.trouble(today, false).or(late).or(self.read_phone().err()).map(str::to_owned)
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let today = context.today;
        let (title, confirm) = match &self.seen {
            Some(person) => (person.name.full(), "Сохранить"),
            None => ("Новый человек".to_owned(), "Добавить человека"),
        };
        let frame = FormFrame {
            name: "person",
            title,
            confirm: confirm.into(),
            trouble: self.trouble(today),
            dangerous: false,
        };
        let phone_error = self.read_phone().err();
        dialog_ui(ui, &frame, |ui| {
            TextField::new("Фамилия", &mut self.surname).show(ui);
            let (given, patronymic) = (&mut self.given, &mut self.patronymic);
            side_by_side_ui(
                ui,
                |ui, width| TextField::new("Имя", given).width(width).show(ui),
                |ui, width| TextField::new("Отчество", patronymic).hint("Если есть").width(width).show(ui),
            );
            let (birth_date, phone) = (&mut self.birth_date, &mut self.phone);
            side_by_side_ui(
                ui,
                |ui, width| birth_date.show(ui, "Дата рождения", width, today),
                |ui, width| TextField::new("Телефон", phone).error(phone_error).width(width).show(ui),
            );
            if let Some(role) = &mut self.role {
                role.show(ui);
            } else {
                TextField::new("Заметка", &mut self.note).rows(2).show(ui);
            }
            if self.is_parent() {
                self.children_ui(ui, context);
            }
        })
    }

    fn children_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        let mut removed = None;
        for child in &self.children {
            let Some(row) = context.snapshot.people.get(*child) else { continue };
            let text = format!("{}, {}", row.full_name, row.group_labels);
            let name = format!("Убрать ребёнка: {}", row.full_name);
            let (_, pressed) = both_ends_ui(
                ui,
                24.0,
                |ui| label::line_ui(ui, &[Run::body(&text)]),
                |ui| small_link_button_ui(ui, "Убрать", &name).clicked(),
            );
            if pressed {
                removed = Some(*child);
            }
        }
        self.children.retain(|child| Some(*child) != removed);
        let children = &self.children;
        self.child.show(ui, context.snapshot, "Ребёнок", |row| {
            !row.left && row.roles.contains(&Role::Student) && !children.contains(&row.id)
        });
        if let Some(child) = self.child.chosen() {
            self.children.push(child);
            self.child = PersonChoice::default();
        }
        TextField::new("Кем приходится", &mut self.basis).hint("мать, отец, опекун").show(ui);
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let today = context.today;
        let Ok(name) = FullName::from_parts(&self.surname, &self.given, &self.patronymic) else {
            return Vec::new();
        };
        let person = Person {
            name,
            birth_date: self.birth_date.date(today),
            phone: self.read_phone().ok().flatten(),
            note: self.note.trim().to_owned(),
            ..self.seen.clone().unwrap_or_default()
        };
        let short = person.name.short();
        if let Some(seen) = &self.seen {
            return vec![edit_person(seen, person, format!("Сохранено: {short}"))];
        }
        let role = self.role.as_ref().map(|role| role.membership(PersonId::default(), today));
        // The groups of a parent follow from the children; a role of its own only while none is known.
        let derived = self.is_parent() && !self.children.is_empty();
        let memberships = role.into_iter().filter(|_| !derived).collect();
        let children = if self.is_parent() { self.children.clone() } else { Vec::new() };
        let children = children.into_iter().map(|child| (child, clean(&self.basis))).collect();
        vec![Action::execute(
            Operation::AddPerson { person, memberships, children },
            format!("Добавлено: {short}"),
        )]
    }
}

fn name_problem_words(problem: NameProblem) -> &'static str {
    match problem {
        NameProblem::Empty | NameProblem::OneWord => "Напишите фамилию и имя",
        NameProblem::Digits => "В имени не бывает цифр",
        NameProblem::TooLong => "Имя слишком длинное",
    }
}
