//! Люди: records of one person, saved filters with columns, what is done with many, restricted adults.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Action, Destination};
use sferum_console::names::Role as Holder;
use sferum_console::register::{
    Guardianship, JoinRequest, JoinRequestId, Membership, MembershipId, Operation, Origin, Participation,
    Person, PersonId, Register, RememberedKind, Target, Verification,
};

use crate::console::{
    Console, Setup, assert_controls_in_sight, choose, narrow_window, press, press_role, sample_school,
    type_into,
};
use crate::pictures::compare_picture;

const MOTHER: &str = "Лыткина Оксана Игоревна";
const CHILD: &str = "Лыткина Дарья Павловна";
const TODAY: jiff::civil::Date = date(2026, 10, 12);

fn register(console: &Console) -> Arc<Register> {
    console.harness.state().view().snapshot.as_ref().expect("a file is open").register.clone()
}

fn people_named(register: &Register, name: &str) -> Vec<Arc<Person>> {
    let people = register.tables().people.iter().map(|(_, person)| person);
    people.filter(|person| person.name.full() == name).cloned().collect()
}

fn person(register: &Register, name: &str) -> Arc<Person> {
    people_named(register, name).first().cloned().expect("somebody of this name")
}

fn act(console: &mut Console, action: Action) {
    console.harness.state_mut().act(action);
    console.harness.run();
}

fn execute(console: &mut Console, operation: Operation) {
    act(console, Action::execute(operation, "Записано"));
}

fn membership(person: PersonId, role: Holder) -> Membership {
    Membership {
        id: MembershipId(0),
        person,
        role,
        group: None,
        origin: Origin::Hand,
        post: "лаборант".into(),
        post_origin: Origin::Hand,
        since: None,
        until: None,
        participation: Participation::default(),
        verification: Verification::Waiting,
        verification_since: None,
    }
}

/// The mother stands once more in the file: as a laboratory assistant with the same phone.
fn with_a_twin(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    let mother = person(&register(&console), MOTHER);
    assert!(mother.phone.is_some(), "the sample gives her a phone");
    let twin = Person { name: mother.name.clone(), phone: mother.phone.clone(), ..Person::default() };
    let roles = vec![membership(PersonId(0), Holder::Employee)];
    execute(&mut console, Operation::AddPerson { person: twin, memberships: roles, children: Vec::new() });
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    console.harness.run();
    console
}

fn open_pair(console: &mut Console) {
    act(console, Action::Go(Destination::Duplicates));
    console.harness.get_all_by_role_and_label(Role::Label, MOTHER).next().expect("the pair").click();
    console.harness.run();
}

#[test]
fn a_mother_who_stands_twice_becomes_one_and_two_again() {
    let mut console = with_a_twin(Setup::default());
    open_pair(&mut console);
    assert!(console.harness.query_by_label("Один ли это человек?").is_some());
    press_role(&mut console, Role::Button, "Объединить");
    let merged = register(&console);
    let one = people_named(&merged, MOTHER);
    assert_eq!(one.len(), 1);
    assert!(merged.guardianships_of_adult(one[0].id).next().is_some(), "the children are hers");
    let works = merged.memberships_of_person(one[0].id).any(|one| one.role == Holder::Employee);
    assert!(works, "and so is the work");
    press_role(&mut console, Role::Button, "Отменить");
    let (session, _folder) = console.reopened();
    let people = people_named(session.register(), MOTHER);
    assert_eq!(people.len(), 2, "both records are there again");
    assert!(people.iter().all(|person| person.merged.is_empty()));
}

#[test]
fn a_merge_is_kept_in_the_file_and_told_on_the_card() {
    let mut console = with_a_twin(Setup::default());
    open_pair(&mut console);
    press(&mut console, "Поменять местами");
    press_role(&mut console, Role::Button, "Объединить");
    let stays = person(&register(&console), MOTHER);
    act(&mut console, Action::Go(Destination::Person(stays.id)));
    assert!(console.harness.query_by_label_contains("Объединена с карточкой").is_some());
    let (session, _folder) = console.reopened();
    let people = people_named(session.register(), MOTHER);
    assert_eq!((people.len(), people[0].merged.len()), (1, 1));
}

#[test]
fn the_certain_ones_are_merged_in_bulk() {
    let mut console = with_a_twin(Setup::default());
    act(&mut console, Action::Go(Destination::Duplicates));
    let button = console.harness.get_by_label_contains("Объединить точных");
    button.click();
    console.harness.run();
    let confirm = console.harness.get_all_by_role(Role::Button).find(|node| {
        node.accesskit_node()
            .label()
            .is_some_and(|name| name.starts_with("Объединить ") && !name.starts_with("Объединить точных"))
    });
    confirm.expect("the button with the number").click();
    console.harness.run();
    assert_eq!(people_named(&register(&console), MOTHER).len(), 1);
}

#[test]
fn who_is_told_apart_is_not_proposed_again() {
    let mut console = with_a_twin(Setup::default());
    open_pair(&mut console);
    press_role(&mut console, Role::Button, "Не один человек");
    assert!(console.harness.query_by_role_and_label(Role::Label, MOTHER).is_none());
    let (session, _folder) = console.reopened();
    assert_eq!(people_named(session.register(), MOTHER).len(), 2);
    let answers = session.register().tables().remembered.values();
    assert_eq!(answers.filter(|answer| answer.kind == RememberedKind::DifferentPeople).count(), 1);
}

#[test]
fn picture_of_the_page_and_of_two_records() {
    for (theme, name) in [(ThemePreference::Light, "light"), (ThemePreference::Dark, "dark")] {
        let mut console = with_a_twin(Setup { theme, ..Setup::default() });
        act(&mut console, Action::Go(Destination::Duplicates));
        compare_picture(&mut console.harness, &format!("duplicates-{name}"));
        open_pair(&mut console);
        compare_picture(&mut console.harness, &format!("duplicates-compare-{name}"));
    }
}

#[test]
fn a_narrow_window_cuts_nothing_off() {
    let mut console = with_a_twin(narrow_window());
    assert_controls_in_sight(&console, "people");
    open_pair(&mut console);
    assert_controls_in_sight(&console, "two records");
}

#[test]
fn a_filter_is_saved_with_its_columns_and_comes_back() {
    let mut console = sample_school(Setup::default());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    console.harness.run();
    press_role(&mut console, Role::Button, "Фильтр");
    press_role(&mut console, Role::MenuItem, "Учителя");
    press_role(&mut console, Role::Button, "Столбцы");
    press_role(&mut console, Role::CheckBox, "Телефон");
    console.harness.key_press(Key::Escape);
    console.harness.run();
    assert!(console.harness.query_by_role_and_label(Role::ColumnHeader, "Телефон").is_none());
    press_role(&mut console, Role::Button, "Отборы");
    press_role(&mut console, Role::MenuItem, "Сохранить отбор…");
    type_into(&mut console, "Название", "Учителя без телефонов");
    compare_picture(&mut console.harness, "people-save-filter-light");
    press_role(&mut console, Role::Button, "Сохранить отбор");
    press_role(&mut console, Role::Button, "Сбросить");
    press_role(&mut console, Role::Button, "Столбцы");
    press_role(&mut console, Role::CheckBox, "Телефон");
    console.harness.key_press(Key::Escape);
    console.harness.run();
    assert!(console.harness.query_by_role_and_label(Role::ColumnHeader, "Телефон").is_some());
    press_role(&mut console, Role::Button, "Отборы");
    press_role(&mut console, Role::MenuItem, "Учителя без телефонов");
    assert!(console.harness.query_by_role_and_label(Role::ColumnHeader, "Телефон").is_none());
    let (session, _folder) = console.reopened();
    let saved = &session.register().settings().people_filters;
    assert_eq!((saved.len(), saved[0].role), (1, Some(Holder::Teacher)));
    assert!(!saved[0].columns.iter().any(|column| column == "phone"));
}

#[test]
fn many_move_at_once_and_it_is_said_who_does_not() {
    let mut console = sample_school(Setup::default());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    console.harness.run();
    for name in [CHILD, MOTHER] {
        let search = console.harness.get_by_role(Role::TextInput);
        search.focus();
        console.harness.run();
        console.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        console.harness.event(egui::Event::Text(name.to_owned()));
        console.harness.run();
        press_role(&mut console, Role::CheckBox, name);
    }
    press_role(&mut console, Role::Button, "Перевести");
    choose(&mut console, "Куда", "7А");
    assert!(console.harness.query_by_label("1 человек · 1 пропущен: не учатся").is_some());
    compare_picture(&mut console.harness, "people-bulk-move-light");
    press_role(&mut console, Role::Button, "Перевести 1 в 7А");
    let (session, _folder) = console.reopened();
    let register = session.register();
    let child = person(register, CHILD);
    let groups: Vec<&str> = register
        .memberships_of_person(child.id)
        .filter(|one| register.is_current(one, TODAY))
        .filter_map(|one| register.group(one.group?))
        .map(|group| group.label.as_str())
        .collect();
    assert_eq!(groups, ["7А"]);
}

#[test]
fn a_restricted_adult_is_seen_in_requests_and_on_cards() {
    let mut console = sample_school(Setup::default());
    let now = register(&console);
    let (mother, child) = (person(&now, MOTHER), person(&now, CHILD));
    let bond = now.guardianships_of_adult(mother.id).find(|bond| bond.child == child.id).expect("her child");
    let wanted = Guardianship { restriction: "у секретаря".into(), ..(**bond).clone() };
    execute(&mut console, Operation::Edit { seen: bond.clone().into(), wanted: wanted.into() });
    let group = now
        .memberships_of_person(child.id)
        .find(|one| now.is_current(one, TODAY))
        .and_then(|one| one.group)
        .expect("a class");
    let request = JoinRequest {
        id: JoinRequestId::default(),
        written_name: MOTHER.into(),
        role: Holder::Parent,
        target: Target::Group(group),
        received_on: TODAY,
        person: None,
        decision: None,
    };
    execute(&mut console, Operation::Add(vec![request.into()]));
    act(&mut console, Action::Go(Destination::JoinRequests));
    assert!(
        console
            .harness
            .query_all_by_label_contains("доступ к ребёнку ограничен, бумага: у секретаря")
            .count()
            > 0
    );
    act(&mut console, Action::Go(Destination::Person(mother.id)));
    assert!(console.harness.query_all_by_label_contains("Доступ к ребёнку ограничен").count() > 0);
    compare_picture(&mut console.harness, "people-restricted-light");
    act(&mut console, Action::Go(Destination::Group(group)));
    assert!(console.harness.query_all_by_label_contains("бумага: у секретаря").count() > 0);
}

#[test]
fn a_width_that_was_dragged_is_remembered() {
    let mut console = sample_school(Setup::default());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    console.harness.run();
    let title = console.harness.get_by_role_and_label(Role::ColumnHeader, "Роли").rect();
    let edge = egui::pos2(title.right() + 2.0, title.center().y);
    console.harness.drag_at(edge);
    console.harness.run();
    console.harness.hover_at(edge + egui::vec2(40.0, 0.0));
    console.harness.run();
    console.harness.drop_at(edge + egui::vec2(40.0, 0.0));
    console.harness.run();
    let wider = console.harness.get_by_role_and_label(Role::ColumnHeader, "Роли").rect();
    assert!(wider.width() > title.width() + 30.0, "{} → {}", title.width(), wider.width());
    let kept = console.harness.state().remembered_width("people", "Роли");
    assert_eq!(kept, Some(wider.width().round() + 8.0));
}
