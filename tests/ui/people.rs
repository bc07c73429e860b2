//! Люди: the table, the card and the forms, by roles and labels.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use sferum_console::desktop::ThemePreference;
use sferum_console::names::Role as Holder;
use sferum_console::register::{NonParticipation, ParticipationState, Person, Register};

use crate::console::{Console, Setup, choose, press, press_role, sample_school, type_into};
use crate::pictures::compare_picture;

const PUPIL: &str = "Лыткина Дарья Павловна";
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 10, 12);

fn people(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    console.harness.run();
    console
}

fn open_person(console: &mut Console, name: &str) {
    type_into(console, "ФИО или класс", name);
    press_role(console, Role::Label, name);
}

fn open_new_person(console: &mut Console) {
    press_role(console, Role::Button, "Другие действия с людьми");
    press_role(console, Role::MenuItem, "Добавить человека");
}

fn person(register: &Register, name: &str) -> Arc<Person> {
    let found =
        register.tables().people.iter().map(|(_, person)| person).find(|person| person.name.full() == name);
    found.unwrap_or_else(|| panic!("there is no such person")).clone()
}

#[test]
fn picture_light() {
    let mut console = people(Setup::default());
    open_person(&mut console, "Лыткина Оксана Игоревна");
    compare_picture(&mut console.harness, "people-light");
}

#[test]
fn picture_dark() {
    let mut console = people(Setup { theme: ThemePreference::Dark, ..Setup::default() });
    press_role(&mut console, Role::Label, "Абдуллин Камиль Рустамович");
    console.harness.get_by_role_and_label(Role::CheckBox, "Абдуллин Камиль Рустамович").click();
    console.harness.run();
    compare_picture(&mut console.harness, "people-dark");
}

#[test]
fn picture_at_one_and_a_half() {
    let setup = Setup { scale_percent: 150, ..Setup::default() };
    let mut console = people(setup);
    compare_picture(&mut console.harness, "people-150");
}

#[test]
fn picture_of_a_form() {
    let mut console = people(Setup::default());
    open_new_person(&mut console);
    compare_picture(&mut console.harness, "people-form");
}

#[test]
fn a_search_narrows_and_is_dropped() {
    let mut console = people(Setup::default());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    console.harness.run();
    console.harness.event(egui::Event::Text("дарья 7б".into()));
    console.harness.run();
    assert!(console.harness.query_by_role_and_label(Role::CheckBox, PUPIL).is_some());
    console.harness.event(egui::Event::Text("ыыы".into()));
    console.harness.run();
    assert!(console.harness.query_by_label("Таких людей нет").is_some());
    press(&mut console, "Сбросить фильтр");
    assert!(console.harness.query_by_label("Таких людей нет").is_none());
}

#[test]
fn marks_by_keyboard_bring_the_bar() {
    let mut console = people(Setup::default());
    for key in [Key::ArrowDown, Key::Space, Key::ArrowDown] {
        console.harness.key_press(key);
        console.harness.run();
    }
    console.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    console.harness.run();
    assert!(console.harness.query_by_label("Отмечено 3").is_some(), "Space marks one, Shift+↓ two more");
    console.harness.key_press(Key::Escape);
    console.harness.run();
    assert!(console.harness.query_by_label("Отмечено 3").is_none(), "Escape drops the marks");
}

#[test]
fn a_parent_is_added_with_a_child() {
    let mut console = people(Setup::default());
    open_new_person(&mut console);
    type_into(&mut console, "Фамилия", "Пробная");
    type_into(&mut console, "Имя", "Вера");
    type_into(&mut console, "Телефон", "8 945 000-00-01");
    choose(&mut console, "Роль", "родитель");
    type_into(&mut console, "Ребёнок", "лыткина дарья");
    console.harness.get_by_label_contains("Лыткина Дарья Павловна, 7Б").click();
    console.harness.run();
    let buttons: Vec<_> =
        console.harness.get_all_by_role_and_label(Role::Button, "Добавить человека").collect();
    buttons.last().expect("the button of the form").click();
    drop(buttons);
    console.harness.run();
    let (session, _folder) = console.reopened();
    let register = session.register();
    let added = person(register, "Пробная Вера");
    let children: Vec<_> = register.guardianships_of_adult(added.id).map(|one| one.child).collect();
    assert_eq!(children, [person(register, PUPIL).id]);
    assert_eq!(added.phone.as_ref().map(|phone| phone.as_str()), Some("+79450000001"));
    assert_eq!(register.memberships_of_person(added.id).count(), 0, "the class follows from the child");
}

#[test]
fn who_does_not_take_part_is_noted_neutrally() {
    let mut console = people(Setup::default());
    open_person(&mut console, PUPIL);
    press(&mut console, "Изменить участие: ученик");
    choose(&mut console, "Состояние", "не участвует");
    choose(&mut console, "Почему", "отказ за ребёнка");
    type_into(&mut console, "Как получает сведения", "дневник");
    press(&mut console, "Сохранить");
    let (session, _folder) = console.reopened();
    let register = session.register();
    let pupil = person(register, PUPIL);
    let membership = register
        .memberships_of_person(pupil.id)
        .find(|one| register.is_current(one, TODAY))
        .expect("the pupil is in a class");
    let participation = &membership.participation;
    assert_eq!(participation.state, ParticipationState::DoesNotParticipate);
    assert_eq!(participation.reason, Some(NonParticipation::DeclinedForChild));
    assert_eq!(participation.alternative, "дневник");
}

#[test]
fn a_pupil_moves_to_another_class() {
    let mut console = people(Setup::default());
    open_person(&mut console, PUPIL);
    press(&mut console, &format!("Перевести в другой класс: {PUPIL}"));
    choose(&mut console, "Из 7Б в", "7А");
    press(&mut console, "Перевести в 7А");
    let (session, _folder) = console.reopened();
    let register = session.register();
    let pupil = person(register, PUPIL);
    let labels: Vec<_> = register
        .memberships_of_person(pupil.id)
        .filter(|one| one.role == Holder::Student && register.is_current(one, TODAY))
        .filter_map(|one| register.group(one.group?))
        .map(|group| group.label.as_str())
        .collect();
    assert_eq!(labels, ["7А"]);
}

#[test]
fn a_departure_is_confirmed_and_named() {
    let mut console = people(Setup::default());
    open_person(&mut console, "Ковалёва Наталья Игоревна");
    press(&mut console, "Другие действия: Ковалёва Наталья Игоревна");
    press(&mut console, "Выбытие…");
    assert!(
        console.harness.query_by_label_contains("классный руководитель 7Б").is_some(),
        "what follows is named"
    );
    press(&mut console, "Отметить выбытие");
    let (session, _folder) = console.reopened();
    assert_eq!(person(session.register(), "Ковалёва Наталья Игоревна").left_on, Some(TODAY));
}

#[test]
fn a_phone_stands_open_only_for_a_while() {
    let mut console = people(Setup::default());
    open_person(&mut console, "Лыткина Оксана Игоревна");
    let open = |console: &Console| console.harness.query_by_label("Скрыть телефон").is_some();
    let button = "Показать телефон на 10 секунд: удерживайте";
    press(&mut console, button);
    assert!(!open(&console), "a mere press shows nothing");
    let place = console.harness.get_by_label(button).rect().center();
    console.harness.drag_at(place);
    console.harness.run_steps(4);
    console.harness.drop_at(place);
    console.harness.run_steps(2);
    assert!(open(&console));
    // A step of the harness is a quarter of a second.
    console.harness.run_steps(48);
    assert!(!open(&console), "after ten seconds it is masked again");
}

#[test]
fn the_card_tells_the_history() {
    let mut console = people(Setup::default());
    open_person(&mut console, PUPIL);
    press(&mut console, "Безопасный режим включён");
    let history = console.harness.query_all_by_label_contains("Запись журнала №").count();
    assert!(history >= 2, "the import and the tick: {history}");
    let (session, _folder) = console.reopened();
    assert_eq!(person(session.register(), PUPIL).safe_mode_on, Some(TODAY));
}
