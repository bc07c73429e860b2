//! Answers given in the wizard, and what the file holds afterwards.

use egui::Key;
use egui_kittest::kittest::Queryable;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::Action;
use sferum_console::names::parse_phone;
use sferum_console::register::{Entity, Operation, Person, PersonId};

use super::{
    choose, class_list, classes_of, line_of, named, pick, press, register, to_review, type_in, with_roster,
};
use crate::console::{Console, Setup, sample_school};

fn open_list(console: &mut Console, start: &str) {
    console.harness.get_by_label_contains(start).click();
    console.harness.run();
}

#[test]
fn a_class_value_is_asked_about_and_mapped() {
    let text =
        "Фамилия;Имя;Класс\r\nРучьёв;Пахом;7б\r\nЗорькин;Лука;7 гуманитарный\r\nЛишний;Яков;за штатом\r\n";
    let mut console = with_roster(text.as_bytes(), Setup::default());
    press(&mut console, "ученики");
    press(&mut console, "Дальше: столбцы");
    press(&mut console, "Что в файле: Классы 3");
    // Known, by another spelling.
    console.harness.get_by_label("есть в программе");
    pick(&mut console, "Чем станет «7 гуманитарный»", "7А");
    pick(&mut console, "Чем станет «за штатом»", "Не загружать эти строки");
    console.harness.get_by_label("не загружается");
    press(&mut console, "Дальше: проверка");
    press(&mut console, "Внести 2 изменения");

    let (session, _folder) = console.reopened();
    let register = session.register();
    let class = |surname: &str| classes_of(register, named(register, surname)[0].id);
    assert_eq!((class("Ручьёв"), class("Зорькин")), (vec!["7Б".to_owned()], vec!["7А".to_owned()]));
    assert!(named(register, "Лишний").is_empty());
}

#[test]
fn a_class_value_becomes_a_new_class_of_another_name() {
    let mut console =
        with_roster("ФИО;Класс\r\nРучьёв Пахом Кимович;гуманитарии\r\n".as_bytes(), Setup::default());
    press(&mut console, "ученики");
    press(&mut console, "Дальше: столбцы");
    press(&mut console, "Что в файле: Классы 1");
    pick(&mut console, "Чем станет «гуманитарии»", "Новый класс с другим именем…");
    type_in(&mut console, "Имя нового класса или группы", "11 гум");
    press(&mut console, "Создать при загрузке");
    press(&mut console, "Дальше: проверка");
    press(&mut console, "Внести 1 изменение");
    let (session, _folder) = console.reopened();
    let register = session.register();
    assert_eq!(classes_of(register, named(register, "Ручьёв")[0].id), ["11 гум"]);
}

/// The seventh of 7Б under another surname.
fn renamed_roster(console: &Console) -> (Vec<u8>, Person) {
    let register = register(console);
    let changed = std::cell::RefCell::new(None);
    let bytes = class_list(&register, "7Б", |place, person| {
        let is_changed = place == 6;
        if is_changed {
            *changed.borrow_mut() = Some(person.clone());
        }
        Some(line_of(person, "7Б", is_changed.then_some("Первозванная")))
    });
    (bytes, changed.into_inner().expect("the class has seven"))
}

#[test]
fn a_changed_surname_is_proposed_and_accepted_by_keyboard() {
    let mut console = sample_school(Setup::default());
    let (bytes, person) = renamed_roster(&console);
    choose(&mut console, &bytes);
    to_review(&mut console);
    console.harness.get_by_label("Изменений нет");
    open_list(&mut console, "Похоже, сменилась фамилия, 1");
    for key in [Key::Home, Key::Space] {
        console.harness.key_press(key);
        console.harness.run();
    }
    press(&mut console, "Внести 1 изменение");
    press(&mut console, "Сменили фамилию, 1");
    console.harness.get_by_label_contains("Список уже внесён");
    press(&mut console, "К итогу загрузки");

    let (session, _folder) = console.reopened();
    let after = session.register().person(person.id).expect("nobody is lost");
    assert_eq!(after.name.surname, "Первозванная");
    assert_eq!(named(session.register(), "Первозванная").len(), 1, "nobody was added");
}

#[test]
fn a_changed_surname_may_be_somebody_else() {
    let mut console = sample_school(Setup::default());
    let (bytes, person) = renamed_roster(&console);
    choose(&mut console, &bytes);
    to_review(&mut console);
    open_list(&mut console, "Похоже, сменилась фамилия, 1");
    console.harness.key_press(Key::Home);
    console.harness.run();
    press(&mut console, "Другой человек");
    press(&mut console, "Внести 1 изменение");
    let (session, _folder) = console.reopened();
    let before = session.register().person(person.id).expect("nobody is lost");
    assert_eq!(before.name.surname, person.name.surname);
    assert_eq!(named(session.register(), "Первозванная").len(), 1);
}

/// Somebody of 7Б whose phone was set by hand, and a file that says another.
pub(super) fn with_hand_edit(theme: ThemePreference) -> (Console, PersonId, String) {
    let mut console = sample_school(Setup { theme, ..Setup::default() });
    let before = register(&console);
    let member = before.tables().people.values().find(|person| classes_of(&before, person.id) == ["7Б"]);
    let person = member.expect("the class has people").clone();
    let mut wanted = person.clone();
    wanted.phone = parse_phone("8 900 555-01-88").ok();
    let operation = Operation::Edit { seen: Entity::from(person.clone()), wanted: Entity::from(wanted) };
    console.harness.state_mut().act(Action::execute(operation, "Изменено"));
    let line = line_of(&person, "7Б", None);
    let text = format!("Фамилия;Имя;Отчество;Класс;Дата рождения;Телефон\r\n{line};8 900 555-01-77\r\n");
    (console, person.id, text)
}

#[test]
fn what_a_hand_set_stays_unless_ticked() {
    let (mut console, person, text) = with_hand_edit(ThemePreference::Light);
    choose(&mut console, text.as_bytes());
    to_review(&mut console);
    console.harness.get_by_label("Изменений нет");
    open_list(&mut console, "Задано вручную, 1");
    press(&mut console, "Взять из файла, строка 2: телефон");
    press(&mut console, "Внести 1 изменение");
    let (session, _folder) = console.reopened();
    let after = session.register().person(person).expect("nobody is lost");
    assert_eq!(after.phone.as_ref().map(|phone| phone.as_str()), Some("+79005550177"));
}

#[test]
fn a_refused_value_is_not_asked_about_again() {
    let (mut console, person, text) = with_hand_edit(ThemePreference::Light);
    let with_newcomer = format!("{text}Ручьёв;Пахом;Кимович;7Б;;\r\n");
    choose(&mut console, with_newcomer.as_bytes());
    to_review(&mut console);
    open_list(&mut console, "Задано вручную, 1");
    press(&mut console, "больше не спрашивать");
    press(&mut console, "Внести 1 изменение");
    choose(&mut console, with_newcomer.as_bytes());
    press(&mut console, "Дальше: столбцы");
    press(&mut console, "Дальше: проверка");
    assert!(console.harness.query_by_label_contains("Задано вручную").is_none());
    let (session, _folder) = console.reopened();
    let after = session.register().person(person).expect("nobody is lost");
    assert_eq!(after.phone.as_ref().map(|phone| phone.as_str()), Some("+79005550188"));
}
