//! «Выбытие»: people leave the organization (duty 2.3-8). The form names what follows from it.

use std::sync::Arc;

use egui::Ui;
use jiff::civil::Date;

use super::super::bulk::departure_reach;
use super::{FormFrame, dialog_ui, steps_ui};
use crate::gui::screens::form_fields::{DateField, OrderFields};
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::names::Role;
use crate::register::{
    CabinetTask, Leaving, MovementKind, MovementOperation, MovementStep, Operation, Person, PersonId,
    Register,
};
use crate::regulation::{chat_title, class_teacher_word, steps_of_leaving};
use crate::wording::{counted, list_of};

/// The form of people who leave.
pub struct DepartForm {
    people: Vec<Arc<Person>>,
    /// Whether one of them is a student, who may leave or graduate.
    has_students: bool,
    graduates: usize,
    follows: Vec<String>,
    on: DateField,
    order: OrderFields,
    /// Whom it reaches and whom it leaves out, of several people.
    reach: String,
}

impl DepartForm {
    /// Those of the people who have not left yet.
    pub fn new(context: &ScreenContext<'_>, people: &[PersonId]) -> Self {
        let register = context.register();
        let reach = departure_reach(register, people);
        let words = if people.len() > 1 { reach.words() } else { String::new() };
        let people = reach.reached;
        Self {
            reach: words,
            follows: follows(register, &people, context.today),
            has_students: people.iter().any(|person| is_student(register, person.id)),
            graduates: 0,
            people,
            on: DateField::of(Some(context.today)),
            order: OrderFields::default(),
        }
    }

    fn who(&self) -> String {
        match self.people.as_slice() {
            [one] => one.name.full(),
            many => counted(many.len() as u64, "человек", "человека", "человек"),
        }
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let today = context.today;
        let nobody = self.people.is_empty().then_some("Все отмеченные уже выбыли");
        let trouble = nobody.or(self.on.trouble(today, true)).or(self.order.trouble(today));
        let count = self.people.len() as u64;
        let confirm = match count {
            1 => "Отметить выбытие".to_owned(),
            count => format!("Отметить выбытие: {count}"),
        };
        let frame = FormFrame {
            name: "depart",
            title: format!("Выбытие: {}", self.who()),
            confirm,
            trouble: trouble.map(str::to_owned),
            dangerous: true,
        };
        let steps: Vec<CabinetTask> =
            self.leaving(context).into_iter().flat_map(|leaving| leaving.tasks).collect();
        dialog_ui(ui, &frame, |ui| {
            if self.has_students {
                ui.horizontal(|ui| {
                    ui.add_space(2.0);
                    segmented_ui(ui, "Что случилось", &mut self.graduates, &["Отчисление", "Выпуск"]);
                });
            }
            if !self.reach.is_empty() {
                label::body_ui(ui, &self.reach);
            }
            self.on.show(ui, "С какого дня", 220.0, today);
            self.order.show(ui, today);
            label::body_ui(ui, "Роли закончатся этим днём, карточка и журнал останутся. Можно отменить.");
            steps_ui(ui, &steps);
            if !self.follows.is_empty() {
                Callout::attention("Что ещё изменится", &self.follows.join("\n")).show(ui);
            }
        })
    }

    /// Everybody with what ends for them: who works is dismissed, who learns leaves or graduates.
    fn leaving(&self, context: &ScreenContext<'_>) -> Vec<Leaving> {
        let register = context.register();
        let of_person = |seen: &Arc<Person>| {
            let works = register
                .memberships_of_person(seen.id)
                .any(|membership| membership.until.is_none() && membership.role.is_staff());
            let kind = match (is_student(register, seen.id), works) {
                (true, _) if self.graduates == 1 => MovementKind::Graduated,
                (false, true) => MovementKind::Dismissed,
                _ => MovementKind::Left,
            };
            let tasks = steps_of_leaving(register, seen, kind, context.today);
            Leaving { seen: seen.clone(), kind, tasks }
        };
        self.people.iter().map(of_person).collect()
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let Some(on) = self.on.date(context.today) else { return Vec::new() };
        let order = self.order.order(context.today);
        let step = MovementStep::Leave(self.leaving(context));
        let operation = Operation::RecordMovement(Box::new(MovementOperation { on, order, step }));
        vec![Action::execute(operation, format!("Выбытие: {}", self.who()))]
    }
}

fn is_student(register: &Register, person: PersonId) -> bool {
    register
        .memberships_of_person(person)
        .any(|membership| membership.until.is_none() && membership.role == Role::Student)
}

/// What a departure leaves behind: groups without a class teacher, chats without an owner, children
/// without an adult.
fn follows(register: &Register, people: &[Arc<Person>], today: Date) -> Vec<String> {
    let (mut led, mut owned, mut children) = (Vec::new(), Vec::new(), 0);
    for person in people {
        for assignment in register
            .assignments_of_person(person.id)
            .filter(|one| one.until.is_none_or(|until| until >= today))
        {
            if let Some(group) = register.group(assignment.group) {
                led.push(format!("{} {}", class_teacher_word(group.kind), group.label));
            }
        }
        let owns = register
            .tables()
            .chats
            .values()
            .filter(|chat| chat.owner == Some(person.id) && chat.archived_on.is_none());
        owned.extend(owns.map(|chat| chat_title(register, chat)));
        let adult_of = register.guardianships_of_adult(person.id);
        children += adult_of.filter(|one| one.until.is_none_or(|until| until >= today)).count();
    }
    let mut lines = Vec::new();
    if !led.is_empty() {
        lines.push(format!("Закончится: {}.", list_of(&led, 4)));
    }
    if !owned.is_empty() {
        lines.push(format!(
            "Останутся без владельца чаты: {}. Их ссылки попадут в «пора аннулировать».",
            list_of(&owned, 4)
        ));
    }
    let only_adults = people
        .iter()
        .all(|person| register.memberships_of_person(person.id).all(|membership| membership.until.is_some()));
    if children > 0 && only_adults {
        let children = counted(children as u64, "ребёнком", "детьми", "детьми");
        lines.push(format!("Закончится связь с {children}."));
    }
    lines
}
