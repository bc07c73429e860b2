//! The confirmation of the status «учитель» or «сотрудник» for several at once (duty 2.3-7).

use egui::Ui;

use super::super::bulk::{Reach, verification_reach};
use super::super::card_sections::{VERIFICATIONS, verification_words};
use super::{FormFrame, dialog_ui};
use crate::gui::screens::form_fields::labelled_choice_ui;
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::register::{Membership, Operation, PersonId, Verification, VerificationOperation};
use crate::wording::counted;

/// The form of the confirmation.
pub struct VerificationForm {
    reach: Reach<std::sync::Arc<Membership>>,
    chosen: Option<usize>,
    on: jiff::civil::Date,
}

impl VerificationForm {
    /// Of these people.
    pub fn new(context: &ScreenContext<'_>, people: &[PersonId]) -> Self {
        let reach = verification_reach(context.register(), people, context.today);
        let confirmed = VERIFICATIONS.iter().position(|known| *known == Verification::Verified);
        Self { reach, chosen: confirmed, on: context.today }
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, _context: &ScreenContext<'_>) -> DialogAnswer {
        let nobody = self.reach.people == 0;
        let frame = FormFrame {
            name: "bulk-verification",
            title: "Статус в кабинете".into(),
            confirm: format!("Отметить {}", self.reach.people),
            trouble: nobody.then(|| "Среди отмеченных нет учителей и сотрудников".to_owned()),
            dangerous: false,
        };
        dialog_ui(ui, &frame, |ui| {
            label::body_ui(ui, &self.reach.words());
            let width = ui.available_width();
            labelled_choice_ui(
                ui,
                "Состояние",
                width,
                &mut self.chosen,
                &VERIFICATIONS.map(verification_words),
            );
        })
    }

    /// What it does.
    pub fn action(&self) -> Vec<Action> {
        let chosen = self.chosen.and_then(|place| VERIFICATIONS.get(place)).copied();
        let Some(verification) = chosen else { return Vec::new() };
        let seen = self.reach.reached.clone();
        let people = counted(self.reach.people as u64, "человек", "человека", "человек");
        let done = format!("{}: {people}", verification_words(verification));
        let wanted = VerificationOperation { seen, verification, on: self.on };
        vec![Action::execute(Operation::SetVerification(wanted), done)]
    }
}
