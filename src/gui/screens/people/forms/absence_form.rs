//! Two short forms of dates: a long absence, and the end of a contract for a time (duty 2.3-8, clause 1.8).

use std::sync::Arc;

use egui::Ui;

use super::super::card::edit_person;
use super::super::card_movement::absence_words;
use super::{FormFrame, dialog_ui};
use crate::gui::screens::form_fields::{DateField, labelled_choice_ui, side_by_side_ui};
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::register::{AbsenceReason, Person};
use crate::wording::date_short;

const REASONS: [AbsenceReason; 3] =
    [AbsenceReason::ParentalLeave, AbsenceReason::SickLeave, AbsenceReason::OtherLeave];

/// The form of an absence or of a contract.
pub struct AbsenceForm {
    seen: Arc<Person>,
    is_contract: bool,
    /// Place among the reasons, after «не сказано».
    reason: Option<usize>,
    since: DateField,
    until: DateField,
}

impl AbsenceForm {
    /// «Долгое отсутствие».
    pub fn of_absence(context: &ScreenContext<'_>, person: &Arc<Person>) -> Self {
        let reason =
            person.absence_reason.and_then(|reason| REASONS.iter().position(|known| *known == reason));
        Self {
            seen: person.clone(),
            is_contract: false,
            reason: Some(reason.map_or(0, |place| place + 1)),
            since: DateField::of(person.absent_since.or(Some(context.today))),
            until: DateField::of(person.absent_until),
        }
    }

    /// «Срок договора».
    pub fn of_contract(person: &Arc<Person>) -> Self {
        Self {
            seen: person.clone(),
            is_contract: true,
            reason: None,
            since: DateField::default(),
            until: DateField::of(person.contract_until),
        }
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let today = context.today;
        let name = self.seen.name.short();
        let (since, until) = (self.since.date(today), self.until.date(today));
        let reversed = since.zip(until).is_some_and(|(since, until)| until < since);
        let reversed = reversed.then_some("Конец раньше начала");
        let trouble = match self.is_contract {
            true => self.until.trouble(today, false),
            false => self.since.trouble(today, true).or(self.until.trouble(today, false)).or(reversed),
        };
        let title = match self.is_contract {
            true => format!("Договор: {name}"),
            false => format!("Долгое отсутствие: {name}"),
        };
        let frame = FormFrame {
            name: "absence",
            title,
            confirm: "Сохранить".into(),
            trouble: trouble.map(str::to_owned),
            dangerous: false,
        };
        dialog_ui(ui, &frame, |ui| {
            if self.is_contract {
                self.until.show(ui, "Последний день договора", 220.0, today);
                label::caption_ui(
                    ui,
                    "За 30 дней программа напомнит. Сама она никого не увольняет. Пусто: договор без срока.",
                );
                return;
            }
            let mut reasons = vec!["не сказано"];
            reasons.extend(REASONS.map(absence_words));
            let width = ui.available_width();
            labelled_choice_ui(ui, "Почему", width, &mut self.reason, &reasons);
            let (since, until) = (&mut self.since, &mut self.until);
            side_by_side_ui(
                ui,
                |ui, width| since.show(ui, "С какого дня", width, today),
                |ui, width| until.show(ui, "По какой день (если известен)", width, today),
            );
            label::caption_ui(ui, "Пока отсутствует, человек не входит в «из» и ни в одном списке не долг.");
        })
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let today = context.today;
        let short = self.seen.name.short();
        if self.is_contract {
            let contract_until = self.until.date(today);
            let done = contract_until.map_or_else(
                || format!("{short}: договор без срока"),
                |until| format!("{short}: договор до {}", date_short(until)),
            );
            return vec![edit_person(&self.seen, Person { contract_until, ..(*self.seen).clone() }, done)];
        }
        let reason = self.reason.and_then(|place| REASONS.get(place.checked_sub(1)?)).copied();
        let wanted = Person {
            absent_since: self.since.date(today),
            absent_until: self.until.date(today),
            absence_reason: reason,
            ..(*self.seen).clone()
        };
        vec![edit_person(&self.seen, wanted, format!("{short}: отмечено долгое отсутствие"))]
    }
}
