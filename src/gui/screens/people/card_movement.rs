//! What the card says of absence, contract, coming of age, the act that binds staff, and a withdrawn refusal
//! (duty 2.3-8, clause 1.8).

use std::sync::Arc;

use egui::Ui;

use super::card::edit_person;
use super::forms::Form;
use crate::gui::screens::form_fields::order_words;
use crate::gui::theme::Tone;
use crate::gui::widgets::button::small_link_button_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::menu::menu_row_ui;
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{Action, ScreenContext, icons};
use crate::names::Role;
use crate::register::{AbsenceReason, Entity, Operation, Participation, ParticipationState, Person};
use crate::regulation::{CONTRACT_REMINDER_DAYS, comes_of_age_on};
use crate::wording::date_short;

/// A reason of absence in words.
pub fn absence_words(reason: AbsenceReason) -> &'static str {
    match reason {
        AbsenceReason::ParentalLeave => "декрет, отпуск по уходу",
        AbsenceReason::SickLeave => "больничный",
        AbsenceReason::OtherLeave => "другое",
    }
}

/// Draws the lines.
pub fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    person: &Person,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    absence_ui(ui, context, person, form, actions);
    let register = context.register();
    let held = |wanted: fn(Role) -> bool| {
        register
            .memberships_of_person(person.id)
            .any(|membership| wanted(membership.role) && register.is_current(membership, context.today))
    };
    if held(Role::is_staff) {
        contract_ui(ui, context, person, form);
        let act = order_words(&register.organization().staff_act);
        if !act.is_empty() {
            label::caption_ui(ui, &format!("Для работников обязательно: {act}"));
        }
    }
    if held(|role| role == Role::Student)
        && let Some(day) = comes_of_age_on(person)
        && day.saturating_sub(jiff::Span::new().months(3)) <= context.today
    {
        let words = match day <= context.today {
            true => format!("С {} решает об участии сам, родителей не считаем", date_short(day)),
            false => format!("С {} решает об участии сам", date_short(day)),
        };
        label::caption_ui(ui, &words);
    }
    if !person.former_names.is_empty() {
        let names: Vec<String> = person.former_names.iter().map(|name| name.full()).collect();
        label::caption_ui(ui, &format!("Раньше: {}", names.join("; ")));
    }
}

fn absence_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    person: &Person,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    let Some(since) = person.absent_since else {
        if small_link_button_ui(ui, "Отметить долгое отсутствие", "Отметить долгое отсутствие").clicked()
        {
            *form = Some(Form::absence(context, &Arc::new(person.clone())));
        }
        return;
    };
    let until = person.absent_until.map_or_else(String::new, |until| format!(" по {}", date_short(until)));
    let reason =
        person.absence_reason.map_or_else(String::new, |reason| format!(", {}", absence_words(reason)));
    let over = if person.is_absent(context.today) || since > context.today {
        ""
    } else {
        " (закончилось)"
    };
    let words = format!("Долго отсутствует с {}{until}{reason}{over}", date_short(since));
    label::icon_line_ui(ui, icons::PAUSE, Tone::Neutral, &[Run::body(&words)])
        .on_hover_text("Пока отсутствует, человек не входит в «из»");
    let (changed, back) = both_ends_ui(
        ui,
        20.0,
        |ui| small_link_button_ui(ui, "Изменить отсутствие", "Изменить отсутствие").clicked(),
        |ui| small_link_button_ui(ui, "Снова на месте", "Снова на месте").clicked(),
    );
    if changed {
        *form = Some(Form::absence(context, &Arc::new(person.clone())));
    }
    if back {
        let wanted =
            Person { absent_since: None, absent_until: None, absence_reason: None, ..person.clone() };
        actions.push(edit_person(person, wanted, format!("{}: снова на месте", person.name.short())));
    }
}

fn contract_ui(ui: &mut Ui, context: &ScreenContext<'_>, person: &Person, form: &mut Option<Form>) {
    let Some(until) = person.contract_until else {
        if small_link_button_ui(ui, "Договор на срок", "Договор на срок: указать, до какого дня").clicked()
        {
            *form = Some(Form::contract(&Arc::new(person.clone())));
        }
        return;
    };
    let is_near = (until - context.today).get_days() <= i32::from(CONTRACT_REMINDER_DAYS);
    let words = format!("Договор до {}", date_short(until));
    let (_, pressed) = both_ends_ui(
        ui,
        22.0,
        |ui| {
            let tone = if is_near { Tone::Attention } else { Tone::Neutral };
            label::icon_line_ui(ui, icons::CALENDAR_BLANK, tone, &[Run::body(&words)])
        },
        |ui| small_link_button_ui(ui, "Изменить", "Изменить срок договора").clicked(),
    );
    if pressed {
        *form = Some(Form::contract(&Arc::new(person.clone())));
    }
}

/// A refusal can be withdrawn: the record stands as «не приглашали» again, with the day of it [R 1.8].
pub fn withdrawal_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    record: Entity,
    participation: &Participation,
    of: &str,
    actions: &mut Vec<Action>,
) {
    if participation.state != ParticipationState::DoesNotParticipate {
        return;
    }
    if small_link_button_ui(ui, "Отозвать отказ", &format!("Отозвать отказ: {of}")).clicked()
    {
        let participation = Participation {
            state: ParticipationState::NotInvited,
            as_of: Some(context.today),
            refusal_withdrawn_on: Some(context.today),
            ..Participation::default()
        };
        let operation = Operation::SetParticipation { seen: vec![record], participation };
        actions.push(Action::execute(operation, format!("Отказ отозван: {of}")));
    }
}

/// Rows of the menu «Другие действия».
pub fn menu_ui(ui: &mut Ui, context: &ScreenContext<'_>, person: &Person, form: &mut Option<Form>) {
    if menu_row_ui(ui, icons::IDENTIFICATION_CARD, "Сменить имя…", "", false).clicked() {
        *form = Some(Form::rename(context, &Arc::new(person.clone())));
    }
    if menu_row_ui(ui, icons::KEY, "Новый номер телефона…", "", false).clicked() {
        *form = Some(Form::new_phone(context, &Arc::new(person.clone())));
    }
}
