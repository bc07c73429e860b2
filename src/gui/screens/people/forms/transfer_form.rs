//! «Перевести в другой класс» (duty 2.3-8).

use std::sync::Arc;

use egui::Ui;
use jiff::civil::Date;

use super::{FormFrame, dialog_ui, group_options};
use crate::gui::screens::form_fields::{DateField, OrderFields, labelled_choice_ui, side_by_side_ui};
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::{Action, ScreenContext};
use crate::register::{GroupId, Membership, Operation};

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
        dialog_ui(ui, &frame, |ui| {
            let (to, on, labels) = (&mut self.to, &mut self.on, &self.labels);
            side_by_side_ui(
                ui,
                |ui, width| labelled_choice_ui(ui, &format!("Из {} в", self.from), width, to, labels),
                |ui, width| on.show(ui, "С какого дня", width, today),
            );
            self.order.show(ui, today);
            let text = "Взрослые перейдут вместе с ребёнком. Участие в новом классе начнётся с «нет сведений». В кабинете перевод делается отдельно.";
            Callout::neutral("", text).show(ui);
        })
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let today = context.today;
        let (Some((to, label)), Some(on)) = (self.chosen(), self.on.date(today)) else { return Vec::new() };
        let operation =
            Operation::MoveMember { seen: self.seen.clone(), to, on, order: self.order.order(today) };
        vec![Action::execute(operation, format!("{}: теперь в {label}", self.name))]
    }
}
