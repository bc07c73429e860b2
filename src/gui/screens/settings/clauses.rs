//! The school's own regulation: the local act, its clauses, what is not required there.

use egui::{Align, Layout, Ui, vec2};
use jiff::civil::Date;

use super::draft::{date_text, read_date, tidy};
use crate::gui::ScreenContext;
use crate::gui::theme::space;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::register::{LocalAct, OrderReference, Organization};
use crate::regulation::Duty;

/// What the regulation asks for only «при необходимости» [R 2.2, 2.3-3, 2.3-5, 2.5, 2.6].
const AS_NEEDED: [Duty; 5] =
    [Duty::Structure, Duty::ClassTeachers, Duty::StatusConfirmation, Duty::ChatTransfer, Duty::SubjectChats];

/// The fields of the section.
#[derive(Clone, PartialEq)]
pub struct ClausesFields {
    number: String,
    date: String,
    page: String,
    /// Number and date of the act that binds staff.
    staff_number: String,
    staff_date: String,
    /// The own clause of each of [`Duty::ALL`].
    clauses: Vec<String>,
    /// Codes ticked as «не требуется».
    not_required: Vec<String>,
}

impl Default for ClausesFields {
    fn default() -> Self {
        Self::of(&Organization::default())
    }
}

impl ClausesFields {
    /// As the card has them.
    pub fn of(card: &Organization) -> Self {
        let clause = |duty: Duty| card.own_clauses.get(duty.code()).cloned().unwrap_or_default();
        let mut not_required = card.not_required.clone();
        not_required.sort();
        Self {
            number: card.local_act.reference.number.clone(),
            date: date_text(card.local_act.reference.date),
            page: card.local_act.page.clone(),
            staff_number: card.staff_act.number.clone(),
            staff_date: date_text(card.staff_act.date),
            clauses: Duty::ALL.into_iter().map(clause).collect(),
            not_required,
        }
    }

    /// Puts them into a card.
    pub fn put_into(&self, card: &mut Organization, today: Date) -> Result<(), String> {
        let date = read_date(&self.date, today)?;
        let number = tidy(self.number.trim().trim_start_matches('№'));
        let page = tidy(&self.page);
        card.local_act = LocalAct { reference: OrderReference { number, date }, page };
        card.staff_act = OrderReference {
            number: tidy(self.staff_number.trim().trim_start_matches('№')),
            date: read_date(&self.staff_date, today)?,
        };
        card.own_clauses = Duty::ALL
            .into_iter()
            .zip(&self.clauses)
            .filter(|(_, clause)| !clause.trim().is_empty())
            .map(|(duty, clause)| (duty.code().to_owned(), tidy(clause)))
            .collect();
        card.not_required = self.not_required.clone();
        Ok(())
    }
}

/// Draws the section.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, fields: &mut ClausesFields) {
    local_act_ui(ui, context, fields);
    staff_act_ui(ui, context, fields);
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 6.0);
        label::lead_ui(ui, "Не требуется");
        label::caption_ui(
            ui,
            "Положение просит об этом «при необходимости». Отмеченное не появляется в делах и стоит \
             в обязанностях как «не требуется».",
        );
        ui.add_space(4.0);
        for duty in AS_NEEDED {
            let code = duty.code();
            let mut ticked = fields.not_required.iter().any(|known| known == code);
            if checkbox_ui(ui, &mut ticked, &sentence(duty)).changed() {
                fields.not_required.retain(|known| known != code);
                if ticked {
                    fields.not_required.push(code.to_owned());
                    fields.not_required.sort();
                }
            }
        }
    });
    clauses_ui(ui, fields);
}

fn local_act_ui(ui: &mut Ui, context: &ScreenContext<'_>, fields: &mut ClausesFields) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::MEDIUM, 14.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::lead_ui(ui, "Локальный акт");
            label::caption_ui(ui, "Порядок использования платформы и страница сайта, где он опубликован");
        });
        let problem = read_date(&fields.date, context.today).err();
        ui.horizontal_top(|ui| {
            TextField::new("Номер акта", &mut fields.number).width(150.0).show(ui);
            TextField::new("Дата акта", &mut fields.date)
                .hint("28.08.2026")
                .width(160.0)
                .error(problem)
                .show(ui);
        });
        TextField::new("Страница на сайте", &mut fields.page).hint("Адрес страницы").show(ui);
    });
}

/// Only staff may be bound, by an act or their contracts [R 1.8].
fn staff_act_ui(ui: &mut Ui, context: &ScreenContext<'_>, fields: &mut ClausesFields) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::MEDIUM, 14.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::lead_ui(ui, "Что обязывает работников");
            label::caption_ui(
                ui,
                "Ученики и родители участвуют добровольно (п. 1.8). Работников может обязать локальный акт или договор.",
            );
        });
        let problem = read_date(&fields.staff_date, context.today).err();
        ui.horizontal_top(|ui| {
            TextField::new("Номер акта для работников", &mut fields.staff_number).width(220.0).show(ui);
            TextField::new("Дата акта для работников", &mut fields.staff_date)
                .hint("28.08.2026")
                .width(220.0)
                .error(problem)
                .show(ui);
        });
    });
}

fn clauses_ui(ui: &mut Ui, fields: &mut ClausesFields) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 6.0);
        label::lead_ui(ui, "Пункты нашего положения");
        label::caption_ui(
            ui,
            "Какой пункт вашего положения говорит о каждой обязанности. Он будет стоять в документах; \
             где поле пустое, пункт не печатается.",
        );
        ui.add_space(4.0);
        for (duty, clause) in Duty::ALL.into_iter().zip(&mut fields.clauses) {
            let room = vec2(ui.available_width(), 32.0);
            ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_size(room);
                let words = vec2(room.x - 130.0 - space::SMALL, 32.0);
                let title = sentence(duty);
                ui.allocate_ui_with_layout(words, Layout::left_to_right(Align::Center), |ui| {
                    ui.set_min_size(words);
                    let grey = format!("  {}", duty.clause());
                    label::line_ui(ui, &[Run::body(&title), Run::caption(&grey)]);
                });
                let name = format!("Наш пункт: {}", duty.title());
                TextField::bare(&name, clause).hint("п.").width(130.0).in_bar().show(ui);
            });
        }
    });
}

fn sentence(duty: Duty) -> String {
    let mut letters = duty.title().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
