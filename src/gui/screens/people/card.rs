//! The card of a person.

use egui::Ui;

use super::card_sections::{
    contacts_ui, families_ui, memberships_ui, note_ui, safe_mode_ui, verification_ui,
};
use super::forms::Form;
use super::{PeopleState, card_movement, card_traces, duplicates, excel, history};
use crate::gui::widgets::Button;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::menu::{menu_divider_ui, menu_on, menu_row_ui};
use crate::gui::widgets::page::Inspector;
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::Role;
use crate::register::{Entity, Operation, Person, PersonId, Restriction};
use crate::wording::date_short;

/// Draws the card of the selected person; answers whether it fills the page.
pub fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PeopleState,
    actions: &mut Vec<Action>,
) -> bool {
    let Some(id) = state.selected.filter(|_| state.card_open) else { return false };
    let (Some(person), Some(row)) = (context.register().person(id).cloned(), context.snapshot.people.get(id))
    else {
        // Taken back.
        state.selected = None;
        return false;
    };
    let subtitle = match person.left_on.filter(|_| row.left) {
        Some(on) => format!("выбытие {}", date_short(on)),
        None if row.group_labels.is_empty() => row.role_words.clone(),
        None => format!("{} · {}", row.role_words, row.group_labels),
    };
    // Three long words do not fit the header: the patronymic stands in the body.
    let title = format!("{} {}", person.name.surname, person.name.given);
    // Body and foot are drawn one after the other, yet both hold what they push into.
    let (mut foot_form, mut foot_actions) = (None, Vec::new());
    let response = Inspector::new(&title, &subtitle).as_page(context.narrow).show(
        ui,
        |ui| body_ui(ui, context, state, &person, actions),
        |ui| foot_ui(ui, context, &person, row.left, &mut foot_form, &mut foot_actions),
    );
    actions.append(&mut foot_actions);
    if foot_form.is_some() {
        state.form = foot_form;
    }
    state.card_open = !response.closed;
    context.narrow
}

fn body_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PeopleState,
    person: &Person,
    actions: &mut Vec<Action>,
) {
    contacts_ui(ui, context, person);
    alike_ui(ui, context, state, person);
    restriction_ui(ui, context, person);
    ui.add_space(10.0);
    memberships_ui(ui, context, person, &mut state.form, actions);
    families_ui(ui, context, person, &mut state.form, actions);
    verification_ui(ui, context, person, actions);
    safe_mode_ui(ui, context, person, actions);
    card_movement::show(ui, context, person, &mut state.form, actions);
    note_ui(ui, person, &mut state.form);
    ui.add_space(10.0);
    card_traces::show(ui, context, person, actions);
    let entries = if state.history.of == Some(person.id) { &state.history.entries[..] } else { &[] };
    history::history_ui(ui, context, entries, actions);
}

/// That another record may be of the same person; pressing it compares them.
fn alike_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PeopleState, person: &Person) {
    let Some(other) = duplicates::pairs_of(&state.duplicates, person.id).first().copied() else { return };
    let Some(row) = context.snapshot.people.get(other) else { return };
    let groups = if row.group_labels.is_empty() { &row.role_words } else { &row.group_labels };
    let text = format!("Есть ещё карточка: {}, {groups}", row.full_name);
    ui.add_space(8.0);
    if Callout::neutral("Похоже, один человек", &text).buttons(&["Сравнить"]).show(ui).is_some()
    {
        state.compare(context, person.id, other);
    }
}

/// That access to a child is restricted, and where the paper is.
fn restriction_ui(ui: &mut Ui, context: &ScreenContext<'_>, person: &Person) {
    let restricted = context.register().restrictions_of_adult(person.id, context.today);
    if restricted.is_empty() {
        return;
    }
    let line = |one: &Restriction| format!("{}, бумага: {}", short_name(context, one.child), one.paper);
    let text = restricted.iter().map(line).collect::<Vec<_>>().join("\n");
    ui.add_space(8.0);
    Callout::danger("Доступ к ребёнку ограничен", &text).show(ui);
}

fn foot_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    person: &Person,
    left: bool,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    let name = person.name.full();
    let named = format!("Изменить: {name}");
    if ui.add(Button::outlined("Изменить").icon(icons::PENCIL_SIMPLE).accessible_name(&named)).clicked()
    {
        *form = Some(Form::edit_person(person));
    }
    let membership = context.register().memberships_of_person(person.id).find(|one| {
        one.role == Role::Student && one.group.is_some() && context.register().is_current(one, context.today)
    });
    if let Some(membership) = membership {
        let named = format!("Перевести в другой класс: {name}");
        if ui.add(Button::outlined("Перевести").icon(icons::SWAP).accessible_name(&named)).clicked()
        {
            *form = Some(Form::transfer(context, membership));
        }
    }
    let named = format!("Другие действия: {name}");
    let more = ui.add(Button::icon_only(icons::DOTS_THREE, &named));
    menu_on(&more, |ui| more_ui(ui, context, person, left, form, actions));
}

fn more_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    person: &Person,
    left: bool,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    if menu_row_ui(ui, icons::PLUS, "Добавить роль…", "", false).clicked() {
        *form = Some(Form::add_membership(context, person.id));
    }
    if menu_row_ui(ui, icons::USER_PLUS, "Добавить взрослого…", "", false).clicked() {
        *form = Some(Form::add_adult(person.id));
    }
    if menu_row_ui(ui, icons::STUDENT, "Добавить ребёнка…", "", false).clicked() {
        *form = Some(Form::add_child(person.id));
    }
    if menu_row_ui(ui, icons::COPY, "Для Excel", "", false).clicked() {
        actions.push(excel::copy_people(context, &[person.id]));
    }
    card_movement::menu_ui(ui, context, person, form);
    menu_divider_ui(ui);
    if left {
        if menu_row_ui(ui, icons::USER_PLUS, "Вернуть…", "", false).clicked() {
            actions.push(Action::Go(Destination::Return(person.id)));
        }
        if menu_row_ui(ui, icons::ARROW_COUNTER_CLOCKWISE, "Снять отметку о выбытии", "", false).clicked()
        {
            let wanted = Person { left_on: None, ..person.clone() };
            actions.push(edit_person(
                person,
                wanted,
                format!("{}: отметка о выбытии снята", person.name.short()),
            ));
        }
    } else if menu_row_ui(ui, icons::USER_MINUS, "Выбытие…", "", false).clicked() {
        *form = Some(Form::depart(context, &[person.id]));
    }
}

/// Edits a person as seen.
pub fn edit_person(seen: &Person, wanted: Person, done: String) -> Action {
    let operation = Operation::Edit { seen: Entity::from(seen.clone()), wanted: wanted.into() };
    Action::execute(operation, done)
}

/// The name of a person for words of what was done; empty where there is none.
pub fn short_name(context: &ScreenContext<'_>, person: PersonId) -> String {
    crate::regulation::short_name(context.register(), person)
}
