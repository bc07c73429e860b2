//! «Сменить имя» and «Новый номер телефона»: what changes for a person, and what the cabinet then needs (duty 2.3-8).

use std::sync::Arc;

use egui::Ui;
use jiff::civil::Date;

use super::{FormFrame, dialog_ui, steps_ui};
use crate::gui::screens::form_fields::{DateField, OrderFields};
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::names::{FullName, Phone, PhoneProblem, parse_phone};
use crate::register::{CabinetTask, MovementOperation, MovementStep, Operation, Person};
use crate::regulation::{steps_of_new_phone, steps_of_renaming};

/// The form of another name or another phone.
pub struct ChangedForm {
    seen: Arc<Person>,
    is_phone: bool,
    text: String,
    on: DateField,
    order: OrderFields,
}

impl ChangedForm {
    /// «Сменить имя».
    pub fn of_name(context: &ScreenContext<'_>, person: &Arc<Person>) -> Self {
        Self {
            seen: person.clone(),
            is_phone: false,
            text: person.name.full(),
            on: DateField::of(Some(context.today)),
            order: OrderFields::default(),
        }
    }

    /// «Новый номер телефона».
    pub fn of_phone(context: &ScreenContext<'_>, person: &Arc<Person>) -> Self {
        Self { is_phone: true, text: String::new(), ..Self::of_name(context, person) }
    }

    fn phone(&self) -> Result<Option<Phone>, &'static str> {
        match parse_phone(&self.text) {
            Ok(phone) => Ok(Some(phone)),
            Err(PhoneProblem::Empty) => Ok(None),
            Err(_) => Err("Запишите один номер, например +7 912 345-67-89"),
        }
    }

    fn trouble(&self, today: Date) -> Option<&'static str> {
        if self.is_phone {
            return match self.phone() {
                Err(words) => Some(words),
                Ok(None) => Some("Запишите новый номер"),
                Ok(phone) if phone == self.seen.phone => Some("Этот номер уже записан"),
                Ok(_) => None,
            };
        }
        match FullName::parse(&self.text) {
            Err(_) => Some("Напишите фамилию и имя"),
            Ok(name) if name == self.seen.name => Some("Имя то же самое"),
            Ok(_) => self.on.trouble(today, true).or(self.order.trouble(today)),
        }
    }

    fn steps(&self, context: &ScreenContext<'_>) -> Vec<CabinetTask> {
        let (register, today) = (context.register(), context.today);
        match self.is_phone {
            true => steps_of_new_phone(register, &self.seen, today),
            false => FullName::parse(&self.text)
                .map_or_else(|_| Vec::new(), |name| steps_of_renaming(register, &self.seen, &name, today)),
        }
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let today = context.today;
        let (title, confirm) = match self.is_phone {
            true => (format!("Новый номер: {}", self.seen.name.short()), "Записать номер"),
            false => (format!("Новое имя: {}", self.seen.name.short()), "Сменить имя"),
        };
        let trouble = self.trouble(today);
        let frame = FormFrame {
            name: "changed",
            title,
            confirm: confirm.into(),
            trouble: trouble.map(str::to_owned),
            dangerous: false,
        };
        let steps = if trouble.is_none() { self.steps(context) } else { Vec::new() };
        dialog_ui(ui, &frame, |ui| {
            if self.is_phone {
                TextField::new("Новый номер", &mut self.text).hint("+7 912 345-67-89").show(ui);
                label::caption_ui(
                    ui,
                    "С новым номером обычно и новый аккаунт: старый стоит убрать, чтобы чат не читал чужой.",
                );
            } else {
                TextField::new("Новые фамилия, имя и отчество", &mut self.text).show(ui);
                self.on.show(ui, "С какого дня", 220.0, today);
                self.order.show(ui, today);
                label::caption_ui(ui, "Прежнее имя запомнится: по нему человека узнают при сверке.");
            }
            steps_ui(ui, &steps);
        })
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let today = context.today;
        let (seen, tasks) = (self.seen.clone(), self.steps(context));
        let (step, done) = if self.is_phone {
            let phone = self.phone().ok().flatten();
            let done = format!("{}: новый номер записан", seen.name.short());
            (MovementStep::NewPhone { seen, phone, tasks }, done)
        } else {
            let Ok(name) = FullName::parse(&self.text) else { return Vec::new() };
            let done = format!("{}: теперь {}", seen.name.short(), name.short());
            (MovementStep::Rename { seen, name, tasks }, done)
        };
        let on = self.on.date(today).unwrap_or(today);
        let order = if self.is_phone { Default::default() } else { self.order.order(today) };
        let operation = Operation::RecordMovement(Box::new(MovementOperation { on, order, step }));
        vec![Action::execute(operation, done)]
    }
}
