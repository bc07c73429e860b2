//! The class teacher, curator or воспитатель of a group by the head's distribution (duty 2.3-5).

use std::sync::Arc;

use egui::Ui;
use jiff::civil::Date;

use super::{FormFrame, dialog_ui};
use crate::gui::screens::form_fields::{DateField, OrderFields, PersonChoice, side_by_side_ui};
use crate::gui::widgets::checkbox::{checkbox_ui, radio_row_ui};
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::{Action, ScreenContext};
use crate::names::Role;
use crate::register::{
    Appointee, Appointment, AppointmentOperation, Assignment, Group, GroupId, GroupKind, Operation, PersonId,
};
use crate::regulation::{class_teacher_word, handover_steps};

/// What becomes of those who lead the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Others {
    /// Their assignments end the day before.
    End,
    /// They lead together.
    Stay,
    /// They come back: the new one stands in.
    ComeBack,
}

/// The form of an assignment.
pub struct TeacherForm {
    group: GroupId,
    label: String,
    word: &'static str,
    /// Who leads the group now.
    now: Vec<Arc<Assignment>>,
    person: PersonChoice,
    order: OrderFields,
    since: DateField,
    until: DateField,
    temporary: bool,
    others: Others,
}

impl TeacherForm {
    /// The form of a group; the one leader it has is shown to be changed.
    pub fn new(context: &ScreenContext<'_>, group: &Group) -> Self {
        let now: Vec<Arc<Assignment>> =
            context.register().class_teachers(group.id, context.today).cloned().collect();
        let only = if now.len() == 1 { now.first() } else { None };
        let is_away = |person: PersonId| {
            context.register().person(person).is_some_and(|one| one.absent_since.is_some())
        };
        // Two воспитателя lead one group together; whoever is away for long is stood in for.
        let others = if group.kind == GroupKind::KindergartenGroup {
            Others::Stay
        } else if only.is_some_and(|one| is_away(one.person)) {
            Others::ComeBack
        } else {
            Others::End
        };
        Self {
            group: group.id,
            label: group.label.clone(),
            word: class_teacher_word(group.kind),
            person: PersonChoice::of(only.map(|one| one.person)),
            order: only.map(|one| OrderFields::of(&one.order)).unwrap_or_default(),
            since: DateField::of(only.map_or(Some(context.today), |one| one.since)),
            until: DateField::of(only.and_then(|one| one.until)),
            temporary: only.is_some_and(|one| one.temporary),
            others,
            now,
        }
    }

    fn same(&self) -> Option<&Arc<Assignment>> {
        let person = self.person.chosen()?;
        self.now.iter().find(|one| one.person == person)
    }

    fn trouble(&self, today: Date) -> Option<String> {
        if self.person.chosen().is_none() {
            return Some(format!("Выберите, кто {}", self.word));
        }
        let dates = self.order.trouble(today).or(self.since.trouble(today, false));
        let is_turned = self
            .until
            .date(today)
            .is_some_and(|until| self.since.date(today).or(Some(today)).is_some_and(|since| until < since));
        let turned = is_turned.then_some("Последний день раньше первого");
        dates.or(self.until.trouble(today, false)).or(turned).map(str::to_owned)
    }

    /// Whether the one who is appointed leads only for a time.
    fn is_for_a_time(&self) -> bool {
        match self.same().is_none() && !self.now.is_empty() {
            true => self.others == Others::ComeBack,
            false => self.temporary,
        }
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
            // The order and the days of the one before say nothing of somebody else.
            if chosen && self.same().is_none() {
                self.order = OrderFields::default();
                self.since = DateField::of(Some(today));
                self.until = DateField::default();
            }
            self.order.show(ui, today);
            side_by_side_ui(
                ui,
                |ui, width| self.since.show(ui, "С какого дня", width, today),
                |ui, width| self.until.show(ui, "По какой день, если известно", width, today),
            );
            if !self.now.is_empty() && self.person.chosen().is_some() && self.same().is_none() {
                self.others_ui(ui, context);
            } else {
                checkbox_ui(ui, &mut self.temporary, "Временно");
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
        let rows = [
            (Others::End, "Вместо прежнего", format!("{names}: руководство закончится накануне")),
            (
                Others::ComeBack,
                "На время отсутствия прежнего",
                format!("{names}: вернётся, например, из отпуска по уходу за ребёнком"),
            ),
            (Others::Stay, "Вместе с прежним", names.clone()),
        ];
        for (others, word, note) in rows {
            if radio_row_ui(ui, self.others == others, word, &note).clicked() {
                self.others = others;
            }
        }
    }

    /// What it does, as one entry: the old assignments end or wait, the new one begins, with the steps that follow.
    pub fn actions(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let Some(person) = self.person.chosen() else { return Vec::new() };
        let (register, today) = (context.register(), context.today);
        let name = register.person(person).map_or_else(String::new, |person| person.name.short());
        let done = format!("{}: {} {name}", self.label, self.word);
        let mut appointment = Appointment {
            group: self.group,
            teacher: Some(Appointee::Existing(person)),
            same: self.same().cloned(),
            order: self.order.order(today),
            since: self.since.date(today),
            until: self.until.date(today),
            temporary: self.is_for_a_time(),
            ..Appointment::default()
        };
        if let Some(same) = &appointment.same {
            appointment.stands_in_for = same.stands_in_for.filter(|_| appointment.temporary);
        } else {
            let permanent: Vec<&Arc<Assignment>> = self.now.iter().filter(|one| !one.temporary).collect();
            let from: Vec<PersonId> = match self.others {
                Others::End => {
                    appointment.ends.clone_from(&self.now);
                    self.now.iter().map(|one| one.person).collect()
                }
                Others::ComeBack => {
                    // Who stood in so far stands in no longer.
                    appointment.ends = self.now.iter().filter(|one| one.temporary).cloned().collect();
                    appointment.stands_in_for = permanent.first().map(|one| one.id);
                    permanent.iter().map(|one| one.person).collect()
                }
                Others::Stay => Vec::new(),
            };
            appointment.steps = handover_steps(register, &appointment, &from, today);
        }
        let operation =
            AppointmentOperation { appointments: vec![appointment], ..AppointmentOperation::default() };
        vec![Action::execute(Operation::AppointClassTeachers(operation), done)]
    }
}
