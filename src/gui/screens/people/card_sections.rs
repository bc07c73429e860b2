//! Sections of the card of a person.

use egui::{Id, Ui};
use jiff::civil::Date;

use super::card::edit_person;
use super::card_movement::withdrawal_ui;
use super::forms::Form;
use super::participation::{participation_note, state_look};
use crate::gui::screens::form_fields::labelled_choice_ui;
use crate::gui::widgets::button::{named_link_button_ui, small_link_button_ui};
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::masked;
use crate::gui::widgets::section::{both_ends_ui, named_value_ui, section_ui, section_with_link_ui};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::register::{Entity, Guardianship, Membership, Operation, Participation, Person, Verification};
use crate::regulation::participation_words;
use crate::wording::{counted, date_short, role_name};

const NAME_WIDTH: f32 = 116.0;

/// Full name, phone, masked until asked for, and date of birth.
pub fn contacts_ui(ui: &mut Ui, context: &ScreenContext<'_>, person: &Person) {
    named_value_ui(ui, "ФИО", NAME_WIDTH, &[Run::body(&person.name.full()).medium()]);
    match &person.phone {
        None => named_value_ui(ui, "Телефон", NAME_WIDTH, &[Run::body("не записан").secondary()]),
        Some(phone) => {
            let mask = Id::unique(("phone of a person", person.id));
            let text = if masked::is_open(ui, mask) { phone.display() } else { phone.masked() };
            both_ends_ui(
                ui,
                20.0,
                |ui| named_value_ui(ui, "Телефон", NAME_WIDTH, &[Run::body(&text)]),
                |ui| masked::reveal_button_ui(ui, mask, "телефон"),
            );
        }
    }
    let born = person.birth_date.map_or("не записана".to_owned(), |born| {
        format!("{}, {}", date_short(born), counted(age(born, context.today), "год", "года", "лет"))
    });
    named_value_ui(ui, "Дата рождения", NAME_WIDTH, &[Run::body(&born)]);
}

/// Full years on a day.
fn age(born: Date, today: Date) -> u64 {
    let years = i64::from(today.year()) - i64::from(born.year());
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    (years - i64::from(!had_birthday)).max(0).unsigned_abs()
}

/// Roles and groups, each with its participation.
pub fn memberships_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    person: &Person,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    let register = context.register();
    if section_with_link_ui(ui, "Роли и классы", "Добавить") {
        *form = Some(Form::add_membership(context, person.id));
    }
    let mut memberships: Vec<_> = register.memberships_of_person(person.id).cloned().collect();
    memberships.sort_by_key(|one| (!register.is_current(one, context.today), std::cmp::Reverse(one.since)));
    if memberships.is_empty() {
        label::caption_ui(ui, "Своих ролей нет");
    }
    for (place, membership) in memberships.iter().enumerate() {
        if place > 0 {
            divider_ui(ui, 4.0);
        }
        membership_ui(ui, context, membership, form, actions);
    }
    ui.add_space(10.0);
}

fn membership_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    membership: &Membership,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    let register = context.register();
    let group = membership.group.and_then(|group| register.group(group));
    let current = register.is_current(membership, context.today);
    let mut role = role_name(membership.role).to_owned();
    if !membership.post.is_empty() {
        role = format!("{role}, {}", membership.post);
    }
    let opened = both_ends_ui(
        ui,
        22.0,
        |ui| {
            let run = Run::body(&role);
            label::line_ui(ui, &[if current { run.medium() } else { run.secondary() }]);
        },
        |ui| {
            let group = group?;
            let name = format!("Открыть: {}", group.label);
            small_link_button_ui(ui, &group.label, &name).clicked().then_some(group.id)
        },
    )
    .1;
    if let Some(group) = opened {
        actions.push(Action::Go(Destination::Group(group)));
    }
    if let Some(until) = membership.until.filter(|_| !current) {
        label::caption_ui(ui, &format!("до {}", date_short(until)));
        return;
    }
    if current {
        let record = Entity::from(membership.clone());
        withdrawal_ui(ui, context, record, &membership.participation, &role, actions);
    }
    if current && participation_ui(ui, &membership.participation, &role) {
        *form = Some(Form::participation(
            vec![Entity::from(membership.clone())],
            &membership.participation,
            &role,
        ));
    }
}

/// The state; answers whether «Изменить» was pressed.
fn state_ui(ui: &mut Ui, participation: &Participation, of: &str) -> bool {
    let (tone, icon) = state_look(participation.state);
    let words = participation_words(participation.state);
    both_ends_ui(
        ui,
        22.0,
        |ui| label::icon_line_ui(ui, icon, tone, &[Run::body(words).secondary()]),
        |ui| small_link_button_ui(ui, "Изменить", &format!("Изменить участие: {of}")).clicked(),
    )
    .1
}

/// The state with what stands behind it; answers whether «Изменить» was pressed.
fn participation_ui(ui: &mut Ui, participation: &Participation, of: &str) -> bool {
    let pressed = state_ui(ui, participation, of);
    let note = participation_note(participation);
    if !note.is_empty() {
        label::caption_ui(ui, &note);
    }
    pressed
}

/// Adults of a child and children of an adult.
pub fn families_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    person: &Person,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    let register = context.register();
    let current = |one: &&std::sync::Arc<Guardianship>| one.until.is_none_or(|until| until >= context.today);
    let adults: Vec<_> = register.guardianships_of_child(person.id).filter(current).cloned().collect();
    let children: Vec<_> = register.guardianships_of_adult(person.id).filter(current).cloned().collect();
    let is_student =
        register.memberships_of_person(person.id).any(|one| one.role == crate::names::Role::Student);
    if is_student || !adults.is_empty() {
        if section_with_link_ui(ui, "Взрослые", "Добавить взрослого") {
            *form = Some(Form::add_adult(person.id));
        }
        guardianships_ui(ui, context, &adults, true, form, actions);
    }
    if !children.is_empty() {
        if section_with_link_ui(ui, "Дети", "Добавить ребёнка") {
            *form = Some(Form::add_child(person.id));
        }
        guardianships_ui(ui, context, &children, false, form, actions);
    }
    past_bonds_ui(ui, context, person, actions);
}

/// Bonds that ended, both ways.
fn past_bonds_ui(ui: &mut Ui, context: &ScreenContext<'_>, person: &Person, actions: &mut Vec<Action>) {
    let register = context.register();
    let bonds = register.guardianships_of_child(person.id).chain(register.guardianships_of_adult(person.id));
    let past: Vec<_> =
        bonds.filter_map(|bond| Some((bond, bond.until.filter(|until| *until < context.today)?))).collect();
    if past.is_empty() {
        return;
    }
    section_ui(ui, "Прежние связи");
    for (bond, until) in past {
        let (other, kind) = if bond.child == person.id {
            (bond.adult, "взрослый")
        } else {
            (bond.child, "ребёнок")
        };
        let Some(row) = context.snapshot.people.get(other) else { continue };
        let note = format!("{kind}, до {}", date_short(until));
        let (opened, _) = both_ends_ui(
            ui,
            22.0,
            |ui| {
                let name = format!("Карточка: {}", row.full_name);
                named_link_button_ui(ui, None, &row.full_name, &name).clicked()
            },
            |ui| label::line_ui(ui, &[Run::caption(&note)]),
        );
        if opened {
            actions.push(Action::Go(Destination::Person(other)));
        }
    }
    ui.add_space(10.0);
}

fn guardianships_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    guardianships: &[std::sync::Arc<Guardianship>],
    show_adults: bool,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    if guardianships.is_empty() {
        label::caption_ui(ui, "Никто не записан");
    }
    for (place, guardianship) in guardianships.iter().enumerate() {
        if place > 0 {
            divider_ui(ui, 4.0);
        }
        let other = if show_adults { guardianship.adult } else { guardianship.child };
        let Some(row) = context.snapshot.people.get(other) else { continue };
        let note = if show_adults { &guardianship.basis } else { &row.group_labels };
        let (opened, _) = both_ends_ui(
            ui,
            22.0,
            |ui| {
                let name = format!("Карточка: {}", row.full_name);
                named_link_button_ui(ui, None, &row.full_name, &name).clicked()
            },
            |ui| label::line_ui(ui, &[Run::caption(note)]),
        );
        if opened {
            actions.push(Action::Go(Destination::Person(other)));
        }
        if !guardianship.restriction.is_empty() {
            label::caption_ui(ui, &format!("Доступ ограничен: {}", guardianship.restriction));
        }
        if state_ui(ui, &guardianship.participation, &row.full_name) {
            let entity = vec![Entity::from(guardianship.clone())];
            *form = Some(Form::participation(entity, &guardianship.participation, &row.full_name));
        }
        let record = Entity::from(guardianship.clone());
        withdrawal_ui(ui, context, record, &guardianship.participation, &row.full_name, actions);
        let end = format!("Больше не взрослый этого ребёнка: {}", row.full_name);
        let note = participation_note(&guardianship.participation);
        let change = format!("Изменить связь: {}", row.full_name);
        if !note.is_empty() {
            label::caption_ui(ui, &note);
        }
        let (changed, ended) = both_ends_ui(
            ui,
            20.0,
            |ui| small_link_button_ui(ui, "Изменить связь", &change).clicked(),
            |ui| small_link_button_ui(ui, "Убрать связь", &end).clicked(),
        );
        if changed {
            *form = Some(Form::bond(guardianship));
        }
        if ended {
            let until = Some(context.today.yesterday().unwrap_or(context.today));
            let wanted = Guardianship { until, ..(**guardianship).clone() };
            let operation = Operation::Edit { seen: guardianship.clone().into(), wanted: wanted.into() };
            actions.push(Action::execute(operation, format!("Связь убрана: {}", row.full_name)));
        }
    }
    ui.add_space(10.0);
}

/// The states of a confirmation, in their order.
pub const VERIFICATIONS: [Verification; 4] =
    [Verification::NoInformation, Verification::Waiting, Verification::Verified, Verification::Rejected];

pub use crate::regulation::verification_words;

/// Confirmation of the status of staff.
pub fn verification_ui(ui: &mut Ui, context: &ScreenContext<'_>, person: &Person, actions: &mut Vec<Action>) {
    let register = context.register();
    let staff = register.memberships_of_person(person.id).filter(|one| one.role.is_staff());
    for membership in staff.filter(|one| register.is_current(one, context.today)) {
        let label = format!("Статус «{}» в кабинете", role_name(membership.role));
        let mut chosen = VERIFICATIONS.iter().position(|known| *known == membership.verification);
        let width = ui.available_width();
        if labelled_choice_ui(ui, &label, width, &mut chosen, &VERIFICATIONS.map(verification_words)) {
            let verification = chosen.and_then(|place| VERIFICATIONS.get(place)).copied().unwrap_or_default();
            let operation = crate::register::VerificationOperation {
                seen: vec![membership.clone()],
                verification,
                on: context.today,
            };
            let done = format!("{}: {}", person.name.short(), verification_words(verification));
            actions.push(Action::execute(Operation::SetVerification(operation), done));
        }
        if let Some(since) = membership.verification_since {
            label::caption_ui(ui, &format!("с {}", date_short(since)));
        }
        ui.add_space(6.0);
    }
}

/// The tick of the safe mode [R 2.10].
pub fn safe_mode_ui(ui: &mut Ui, context: &ScreenContext<'_>, person: &Person, actions: &mut Vec<Action>) {
    let mut on = person.safe_mode_on.is_some();
    let word =
        person.safe_mode_on.map_or("Безопасный режим включён".to_owned(), |date| {
            format!("Безопасный режим включён, отмечено {}", date_short(date))
        });
    if checkbox_ui(ui, &mut on, &word).changed() {
        let wanted = Person { safe_mode_on: on.then_some(context.today), ..person.clone() };
        let done = if on {
            "безопасный режим отмечен"
        } else {
            "отметка о безопасном режиме снята"
        };
        actions.push(edit_person(person, wanted, format!("{}: {done}", person.name.short())));
    }
}

/// The note.
pub fn note_ui(ui: &mut Ui, person: &Person, form: &mut Option<Form>) {
    if person.note.is_empty() {
        if named_link_button_ui(ui, Some(icons::PENCIL_SIMPLE), "Добавить заметку", "Добавить заметку")
            .clicked()
        {
            *form = Some(Form::edit_person(person));
        }
        return;
    }
    ui.add_space(10.0);
    section_ui(ui, "Заметка");
    label::body_ui(ui, &person.note);
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_is_full_on_the_birthday() {
        let born = date(2010, 10, 12);
        let cases = [
            (date(2026, 10, 11), 15),
            (date(2026, 10, 12), 16),
            (date(2026, 12, 1), 16),
            (date(2009, 1, 1), 0),
        ];
        for (today, years) in cases {
            assert_eq!(age(born, today), years, "{today}");
        }
    }
}
