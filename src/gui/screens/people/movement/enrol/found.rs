//! Beside the form: who of this name is known already, and what will stand in the cabinet's list.

use egui::{Ui, vec2};
use jiff::civil::Date;

use super::EnrolState;
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::button::{named_link_button_ui, small_link_button_ui};
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::{FullName, Role};
use crate::register::{PersonId, Register};
use crate::regulation::{Namesake, people_of_name};
use crate::session::Snapshot;
use crate::wording::{date_short, list_of, role_name};

/// The people of the typed name, looked up when the name or the register changed.
#[derive(Default)]
pub(super) struct FoundNames {
    people: Vec<Namesake>,
    asked: Option<(String, (u64, Date))>,
}

impl FoundNames {
    pub(super) fn refresh(&mut self, snapshot: &Snapshot, name: &str, returning: Option<PersonId>) {
        let asked = (name.to_owned(), snapshot.version());
        if self.asked.as_ref() == Some(&asked) || returning.is_some() {
            return;
        }
        self.people = FullName::parse(name)
            .map_or_else(|_| Vec::new(), |name| people_of_name(&snapshot.register, &name, snapshot.today));
        self.asked = Some(asked);
    }

    /// Whether somebody of exactly this name is here in this role, or left: to be looked at before saving.
    pub(super) fn is_sure(&self, role: Role) -> bool {
        self.people.iter().any(|one| {
            one.is_same_name
                && (one.left_on.is_some()
                    || one.places.iter().any(|(held, _)| *held == role || held.is_staff() && role.is_staff()))
        })
    }
}

/// Draws the column.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut EnrolState,
    actions: &mut Vec<Action>,
) {
    if let Some(person) = state.returning.and_then(|person| context.register().person(person)) {
        let name = person.name.full();
        let left = person.left_on.map_or_else(String::new, |on| format!("Выбытие {}", date_short(on)));
        card_ui(ui, 20, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::SMALL, 6.0);
            ui.set_width(ui.available_width());
            label::lead_ui(ui, "Возвращается");
            label::body_ui(ui, &name);
            label::caption_ui(ui, &left);
            label::caption_ui(ui, "Карточка, взрослые и журнал остаются прежними.");
            if small_link_button_ui(ui, "Нет, это другой человек", "Нет, это другой человек").clicked()
            {
                (state.returning, state.is_other_person) = (None, true);
            }
        });
    } else if !state.found.people.is_empty() {
        known_ui(ui, context, state, actions);
    }
    steps_ui(ui, context, state);
}

fn known_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut EnrolState, actions: &mut Vec<Action>) {
    let mut returning = None;
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 4.0);
        ui.set_width(ui.available_width());
        label::lead_ui(ui, "Уже в реестре");
        label::caption_ui(ui, "Тёзки бывают. Программа никого не объединяет сама.");
        for one in state.found.people.iter().take(6) {
            let Some(person) = context.register().person(one.person) else { continue };
            divider_ui(ui, 6.0);
            let name = person.name.full();
            let (opened, _) = both_ends_ui(
                ui,
                22.0,
                |ui| named_link_button_ui(ui, None, &name, &format!("Карточка: {name}")).clicked(),
                |ui| {
                    if one.left_on.is_some()
                        && small_link_button_ui(ui, "Вернуть", &format!("Вернуть: {name}")).clicked()
                    {
                        returning = Some(one.person);
                    }
                },
            );
            if opened {
                actions.push(Action::Go(Destination::Person(one.person)));
            }
            let words = state_words(context.register(), one);
            let (tone, icon) = match one.left_on {
                Some(_) => (Tone::Neutral, icons::USER_MINUS),
                None => (Tone::Attention, icons::WARNING),
            };
            label::icon_line_ui(ui, icon, tone, &[Run::caption(&words)]);
        }
        if state.found.is_sure(state.role()) {
            ui.add_space(8.0);
            checkbox_ui(ui, &mut state.is_other_person, "Это другой человек, тёзка");
        }
    });
    if returning.is_some() {
        state.returning = returning;
    }
}

/// «ученик, 7Б», «выбыл 3 сен 2026 из 7Б: вернуть?».
fn state_words(register: &Register, one: &Namesake) -> String {
    let label = |group| register.group(group).map(|group| group.label.clone());
    let places: Vec<String> = one
        .places
        .iter()
        .map(|(role, group)| match group.and_then(label) {
            Some(label) => format!("{}, {label}", role_name(*role)),
            None => role_name(*role).to_owned(),
        })
        .collect();
    let former = if one.by_former_name { "раньше так звали; " } else { "" };
    match one.left_on {
        None if places.is_empty() => format!("{former}без роли"),
        None => format!("{former}{}", list_of(&places, 3)),
        Some(on) => {
            let from: Vec<String> =
                one.places.iter().filter_map(|(_, group)| group.and_then(label)).collect();
            let from = if from.is_empty() { String::new() } else { format!(" из {}", list_of(&from, 2)) };
            format!("{former}выбытие {}{from}: вернуть?", date_short(on))
        }
    }
}

/// What the same entry of the journal puts onto the list for the cabinet.
fn steps_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &EnrolState) {
    let register = context.register();
    let name = state.read_name().unwrap_or_default();
    if state.returning.is_none() && name.surname.is_empty() || state.chosen_group().is_none() {
        return;
    }
    let mut steps = state.own_steps(register, &name, context.today);
    if state.returning.is_none() && !state.is_of_staff {
        let adults = state.entering_adults(register, context.today);
        steps.extend(adults.into_iter().flat_map(|adult| adult.tasks));
    }
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 6.0);
        ui.set_width(ui.available_width());
        label::lead_ui(ui, "Дела в кабинете");
        if steps.is_empty() {
            label::caption_ui(ui, "Дел не будет.");
        }
        for step in steps.iter().take(8) {
            label::rich_ui(ui, &[Run::caption(&format!("• {}", step.text)).main()]);
        }
        label::caption_ui(
            ui,
            "Вступать не обязательно: дело напоминает показать ссылку, а не добиться участия.",
        );
    });
}
