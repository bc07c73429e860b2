//! «Перевести» several students at once (duty 2.3-8): says how many it reaches and whom it leaves out.

use egui::Ui;
use jiff::civil::Date;

use super::super::bulk::{Reach, move_reach};
use super::{FormFrame, dialog_ui, group_options};
use crate::gui::screens::form_fields::{DateField, OrderFields, labelled_choice_ui, side_by_side_ui};
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::register::{GroupId, Membership, Operation, PersonId};
use crate::wording::counted;

/// The form of a transfer of several.
pub struct BulkMoveForm {
    people: Vec<PersonId>,
    groups: Vec<GroupId>,
    labels: Vec<String>,
    to: Option<usize>,
    on: DateField,
    order: OrderFields,
    reach: Reach<std::sync::Arc<Membership>>,
    reached_for: Option<Option<usize>>,
}

impl BulkMoveForm {
    /// Of these people.
    pub fn new(context: &ScreenContext<'_>, people: &[PersonId]) -> Self {
        let (groups, labels) = group_options(context);
        Self {
            people: people.to_vec(),
            groups,
            labels,
            to: None,
            on: DateField::of(Some(context.today)),
            order: OrderFields::default(),
            reach: Reach::default(),
            reached_for: None,
        }
    }

    fn chosen(&self) -> Option<(GroupId, &str)> {
        let place = self.to?;
        Some((*self.groups.get(place)?, self.labels.get(place)?))
    }

    fn refresh(&mut self, context: &ScreenContext<'_>) {
        if self.reached_for != Some(self.to) {
            let to = self.chosen().map(|(group, _)| group);
            self.reach = move_reach(context.register(), &self.people, to, context.today);
            self.reached_for = Some(self.to);
        }
    }

    fn trouble(&self, today: Date) -> Option<String> {
        if self.to.is_none() {
            return Some("Выберите, куда перевести".into());
        }
        if self.reach.people == 0 {
            return Some("Переводить некого".into());
        }
        self.on.trouble(today, true).or(self.order.trouble(today)).map(str::to_owned)
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let today = context.today;
        self.refresh(context);
        let confirm = match self.chosen() {
            Some((_, label)) => format!("Перевести {} в {label}", self.reach.people),
            None => "Перевести".to_owned(),
        };
        let of = counted(self.people.len() as u64, "человек", "человека", "человек");
        let frame = FormFrame {
            name: "bulk-move",
            title: format!("Перевод: {of}"),
            confirm,
            trouble: self.trouble(today),
            dangerous: false,
        };
        dialog_ui(ui, &frame, |ui| {
            label::body_ui(ui, &self.reach.words());
            let (to, on, labels) = (&mut self.to, &mut self.on, &self.labels);
            side_by_side_ui(
                ui,
                |ui, width| labelled_choice_ui(ui, "Куда", width, to, labels),
                |ui, width| on.show(ui, "С какого дня", width, today),
            );
            self.order.show(ui, today);
            let text = "Взрослые перейдут вместе с детьми. Участие в новом классе начнётся с «нет сведений». В кабинете перевод делается отдельно.";
            Callout::neutral("", text).show(ui);
        })
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let today = context.today;
        let (Some((to, label)), Some(on)) = (self.chosen(), self.on.date(today)) else { return Vec::new() };
        let seen = self.reach.reached.clone();
        let operation = Operation::MoveMembers { seen, to, on, order: self.order.order(today) };
        let people = counted(self.reach.people as u64, "человек", "человека", "человек");
        vec![Action::execute(operation, format!("Переведены в {label}: {people}"))]
    }
}
