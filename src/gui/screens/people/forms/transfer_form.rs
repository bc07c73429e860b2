//! «Перевести в другой класс» (duty 2.3-8).

use std::sync::Arc;

use egui::Ui;
use jiff::civil::Date;

use super::{FormFrame, dialog_ui, group_options, steps_ui};
use crate::gui::screens::form_fields::{DateField, OrderFields, labelled_choice_ui, side_by_side_ui};
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::register::{CabinetTask, GroupId, Membership, MovementOperation, MovementStep, Operation};
use crate::regulation::steps_of_transfer;

/// The form of a transfer.
pub struct TransferForm {
    seen: Arc<Membership>,
    name: String,
    from: String,
    groups: Vec<GroupId>,
    labels: Vec<String>,
    to: Option<usize>,
    on: DateField,
    order: OrderFields,
}

impl TransferForm {
    /// A membership to be moved.
    pub fn new(context: &ScreenContext<'_>, membership: &Arc<Membership>) -> Self {
        let register = context.register();
        let (groups, labels) = group_options(context);
        let from = membership.group.and_then(|group| register.group(group));
        Self {
            seen: membership.clone(),
            name: register.person(membership.person).map_or_else(String::new, |person| person.name.full()),
            from: from.map_or_else(String::new, |group| group.label.clone()),
            groups,
            labels,
            to: None,
            on: DateField::of(Some(context.today)),
            order: OrderFields::default(),
        }
    }

    fn chosen(&self) -> Option<(GroupId, &str)> {
        let place = self.to?;
        Some((*self.groups.get(place)?, self.labels.get(place)?))
    }

    fn trouble(&self, today: Date) -> Option<String> {
        match self.chosen() {
            None => return Some("Выберите, куда перевести".into()),
            Some((group, label)) if Some(group) == self.seen.group => return Some(format!("Уже в {label}")),
            Some(_) => {}
        }
        self.on.trouble(today, true).or(self.order.trouble(today)).map(str::to_owned)
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let today = context.today;
        let confirm = self
            .chosen()
            .map_or("Перевести".to_owned(), |(_, label)| format!("Перевести в {label}"));
        let frame = FormFrame {
            name: "transfer",
            title: format!("Перевод: {}", self.name),
            confirm,
            trouble: self.trouble(today),
            dangerous: false,
        };
        let steps = self.steps(context);
        dialog_ui(ui, &frame, |ui| {
            let (to, on, labels) = (&mut self.to, &mut self.on, &self.labels);
            side_by_side_ui(
                ui,
                |ui, width| labelled_choice_ui(ui, &format!("Из {} в", self.from), width, to, labels),
                |ui, width| on.show(ui, "С какого дня", width, today),
            );
            self.order.show(ui, today);
            let text = "Взрослые перейдут вместе с ребёнком. Участие в новом классе начнётся с «нет сведений», отказ останется отказом.";
            label::caption_ui(ui, text);
            steps_ui(ui, &steps);
        })
    }

    /// The steps that go with it; none while no group is chosen.
    fn steps(&self, context: &ScreenContext<'_>) -> Vec<CabinetTask> {
        let chosen = self.chosen().filter(|(group, _)| Some(*group) != self.seen.group);
        chosen.map_or_else(Vec::new, |(to, _)| {
            steps_of_transfer(context.register(), &self.seen, to, context.today)
        })
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let today = context.today;
        let (Some((to, label)), Some(on)) = (self.chosen(), self.on.date(today)) else { return Vec::new() };
        let step = MovementStep::Transfer { seen: self.seen.clone(), to, tasks: self.steps(context) };
        let movement = MovementOperation { on, order: self.order.order(today), step };
        let operation = Operation::RecordMovement(Box::new(movement));
        vec![Action::execute(operation, format!("{}: теперь в {label}", self.name))]
    }
}
