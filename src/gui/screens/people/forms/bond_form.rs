//! A guardianship to be changed: who the adult is to the child, and whether access is restricted.

use std::sync::Arc;

use egui::Ui;

use super::super::card::short_name;
use super::{FormFrame, dialog_ui};
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::names::clean;
use crate::register::{Guardianship, Operation};

/// The form of a bond that is there.
pub struct BondForm {
    seen: Arc<Guardianship>,
    basis: String,
    restriction: String,
}

impl BondForm {
    /// Of this bond.
    pub fn new(seen: &Arc<Guardianship>) -> Self {
        Self { seen: seen.clone(), basis: seen.basis.clone(), restriction: seen.restriction.clone() }
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let (adult, child) = (short_name(context, self.seen.adult), short_name(context, self.seen.child));
        let frame = FormFrame {
            name: "bond",
            title: format!("{adult}, взрослый: {child}"),
            confirm: "Сохранить".into(),
            trouble: None,
            dangerous: false,
        };
        dialog_ui(ui, &frame, |ui| {
            TextField::new("Кем приходится", &mut self.basis).hint("мать, отец, опекун").show(ui);
            TextField::new("Доступ ограничен, бумага у …", &mut self.restriction)
                .hint("Обычно пусто")
                .show(ui);
            label::caption_ui(
                ui,
                "Если доступ ограничен, программа предупредит о заявке этого взрослого и о том, что он внутри чата.",
            );
        })
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let wanted = Guardianship {
            basis: clean(&self.basis),
            restriction: clean(&self.restriction),
            ..(*self.seen).clone()
        };
        let done = format!("Связь изменена: {}", short_name(context, self.seen.adult));
        vec![Action::execute(Operation::Edit { seen: self.seen.clone().into(), wanted: wanted.into() }, done)]
    }
}
