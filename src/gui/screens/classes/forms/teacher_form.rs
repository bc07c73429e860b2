//! The class teacher, curator or воспитатель of a group by the head's distribution (duty 2.3-5).

use egui::Ui;
use jiff::civil::Date;

use super::{FormFrame, dialog_ui};
use crate::gui::screens::form_fields::{DateField, OrderFields, PersonChoice, side_by_side_ui};
use crate::gui::widgets::checkbox::{checkbox_ui, radio_row_ui};
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::{Action, ScreenContext};
use crate::names::Role;
use crate::register::{Assignment, Group, GroupId, GroupKind, Operation};
use crate::regulation::class_teacher_word;

/// The form of an assignment.
pub struct TeacherForm {
    group: GroupId,
    label: String,
    word: &'static str,
    /// Who leads the group now.
    now: Vec<Assignment>,
    person: PersonChoice,
    order: OrderFields,
    since: DateField,
    temporary: bool,
    /// Whether the others stay.
    beside: bool,
}

impl TeacherForm {
    /// The form of a group; the one leader it has is shown to be changed.
    pub fn new(context: &ScreenContext<'_>, group: &Group) -> Self {
        let now: Vec<Assignment> =
            context.register().class_teachers(group.id, context.today).map(|one| (**one).clone()).collect();
        let only = if now.len() == 1 { now.first() } else { None };
        Self {
            group: group.id,
            label: group.label.clone(),
            word: class_teacher_word(group.kind),
            person: PersonChoice::of(only.map(|one| one.person)),
            order: only.map(|one| OrderFields::of(&one.order)).unwrap_or_default(),
            since: DateField::of(only.map_or(Some(context.today), |one| one.since)),
            temporary: only.is_some_and(|one| one.temporary),
            // Two воспитателя lead one group together.
            beside: group.kind == GroupKind::KindergartenGroup,
            now,
        }
    }

    fn same(&self) -> Option<&Assignment> {
        let person = self.person.chosen()?;
        self.now.iter().find(|one| one.person == person)
    }

    fn trouble(&self, today: Date) -> Option<String> {
        if self.person.chosen().is_none() {
            return Some(format!("Выберите, кто {}", self.word));
        }
        self.order.trouble(today).or(self.since.trouble(today, false)).map(str::to_owned)
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let today = context.today;
        let mut title = self.word.chars();
        let title: String = title.next().into_iter().flat_map(char::to_uppercase).chain(title).collect();
        let confirm = if self.same().is_some() { "Сохранить" } else { "Назначить" };
        let frame = FormFrame {
            name: "teacher",
            title: format!("{title} {}", self.label),
            confirm: confirm.into(),
            trouble: self.trouble(today),
        };
        dialog_ui(ui, &frame, |ui| {
            let chosen = self.person.show(ui, context.snapshot, "Кто", |row| {
                !row.left && row.roles.iter().any(|role: &Role| role.is_staff())
            });
            // The order and the day of the one before say nothing of somebody else.
            if chosen && self.same().is_none() {
                self.order = OrderFields::default();
                self.since = DateField::of(Some(today));
            }
            self.order.show(ui, today);
            side_by_side_ui(
                ui,
                |ui, width| self.since.show(ui, "С какого дня", width, today),
                |ui, _| {
                    ui.vertical(|ui| {
                        ui.add_space(24.0);
                        checkbox_ui(ui, &mut self.temporary, "Временно");
                    });
                },
            );
            if !self.now.is_empty() && self.person.chosen().is_some() && self.same().is_none() {
                self.others_ui(ui, context);
            }
        })
    }

    fn others_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        let names: Vec<String> = self
            .now
            .iter()
            .filter_map(|one| context.register().person(one.person))
            .map(|person| person.name.short())
            .collect();
        let names = names.join(", ");
        if radio_row_ui(
            ui,
            !self.beside,
            "Вместо прежнего",
            &format!("{names}: руководство закончится накануне"),
        )
        .clicked()
        {
            self.beside = false;
        }
        if radio_row_ui(ui, self.beside, "Вместе с прежним", &names).clicked() {
            self.beside = true;
        }
    }

    /// What it does: the old assignments end the day before, the new one begins.
    pub fn actions(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let today = context.today;
        let Some(person) = self.person.chosen() else { return Vec::new() };
        let (order, since) = (self.order.order(today), self.since.date(today));
        let name = context.register().person(person).map_or_else(String::new, |person| person.name.short());
        let done = format!("{}: {} {name}", self.label, self.word);
        if let Some(seen) = self.same() {
            let wanted = Assignment { order, since, temporary: self.temporary, ..seen.clone() };
            return vec![Action::execute(
                Operation::Edit { seen: seen.clone().into(), wanted: wanted.into() },
                done,
            )];
        }
        let mut actions = Vec::new();
        if !self.beside {
            let last_day = since.unwrap_or(today).yesterday().unwrap_or(today);
            for seen in &self.now {
                let until = seen.since.map_or(last_day, |begun| begun.max(last_day));
                let wanted = Assignment { until: Some(until), ..seen.clone() };
                let operation = Operation::Edit { seen: seen.clone().into(), wanted: wanted.into() };
                actions.push(Action::execute(operation, done.clone()));
            }
        }
        let new = Assignment {
            group: self.group,
            person,
            order,
            since,
            temporary: self.temporary,
            ..Assignment::default()
        };
        actions.push(Action::execute(Operation::Add(vec![new.into()]), done));
        actions
    }
}
