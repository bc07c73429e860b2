//! The fields of the form.

use egui::{Id, Ui, vec2};

use super::{EnrolState, STAFF_ROLES, adults};
use crate::gui::ScreenContext;
use crate::gui::screens::form_fields::{labelled_choice_ui, side_by_side_ui};
use crate::gui::theme::space;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::regulation::{group_word, usual_group_kind};
use crate::wording::role_name;

/// Draws the fields.
pub(super) fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut EnrolState) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 12.0);
        ui.set_width(ui.available_width());
        if state.returning.is_none() {
            name_ui(ui, state);
        }
        if state.is_of_staff {
            staff_ui(ui, context, state);
        } else {
            student_ui(ui, context, state);
        }
    });
    if !state.is_of_staff && state.returning.is_none() {
        card_ui(ui, 20, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::SMALL, 12.0);
            ui.set_width(ui.available_width());
            adults::show(ui, context, &mut state.adults);
        });
    }
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 12.0);
        ui.set_width(ui.available_width());
        state.on.show(ui, "С какого дня", 220.0, context.today);
        state.order.show(ui, context.today);
        label::caption_ui(ui, "Приказ можно вписать позже или не вписывать.");
    });
}

fn name_ui(ui: &mut Ui, state: &mut EnrolState) {
    let id = Id::unique("enrol name");
    let label = if state.is_of_staff { "ФИО" } else { "ФИО ученика" };
    TextField::new(label, &mut state.name).hint("Фамилия, имя и отчество").id(id).show(ui);
    if std::mem::take(&mut state.focus_name) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

fn student_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut EnrolState) {
    let today = context.today;
    let word = group_word(usual_group_kind(context.register().organization().kind));
    let mut letters = word.chars();
    let word: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let is_new = state.returning.is_none();
    let (group, labels, birth_date) = (&mut state.group, &state.labels, &mut state.birth_date);
    side_by_side_ui(
        ui,
        |ui, width| labelled_choice_ui(ui, &word, width, group, labels),
        |ui, width| {
            if is_new {
                birth_date.show(ui, "Дата рождения", width, today);
            }
        },
    );
}

fn staff_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut EnrolState) {
    ui.horizontal(|ui| {
        ui.add_space(2.0);
        segmented_ui(ui, "Роль", &mut state.staff_role, &STAFF_ROLES.map(role_name));
    });
    let today = context.today;
    let is_new = state.returning.is_none();
    let (post, contract) = (&mut state.post, &mut state.contract_until);
    side_by_side_ui(
        ui,
        |ui, width| TextField::new("Должность", post).hint("учитель математики").width(width).show(ui),
        |ui, width| {
            if is_new {
                contract.show(ui, "Договор до (если на срок)", width, today);
            }
        },
    );
}
