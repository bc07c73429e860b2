//! Классы: the tree, its card and its forms, by roles and labels.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use sferum_console::desktop::ThemePreference;
use sferum_console::names::Role as Holder;
use sferum_console::register::{Group, GroupKind, ObservationSource, Register, Target};
use sferum_console::session::Session;

use crate::console::{Console, Setup, press, press_role, sample_school, type_into};
use crate::pictures::compare_picture;

fn classes(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    console.harness.run();
    console
}

/// Finds a class by typing and opens its card.
fn open_class(console: &mut Console, label: &str) {
    type_into(console, "Класс или учитель", label);
    press(console, label);
}

fn class(register: &Register, label: &str) -> Group {
    let found =
        register.tables().groups.values().find(|group| group.label == label && group.archived_on.is_none());
    found.unwrap_or_else(|| panic!("there is no class {label}")).clone()
}

fn written(console: Console) -> (Session, tempfile::TempDir) {
    console.reopened()
}

fn picture(setup: Setup, name: &str) {
    let mut console = classes(setup);
    press(&mut console, "Фильтр");
    press(&mut console, "Параллели 5–9");
    press(&mut console, "7Б");
    press(&mut console, "Развернуть: 7Б");
    compare_picture(&mut console.harness, name);
}

#[test]
fn picture_light() {
    picture(Setup::default(), "classes-light");
}

#[test]
fn picture_dark() {
    picture(Setup { theme: ThemePreference::Dark, ..Setup::default() }, "classes-dark");
}

#[test]
fn picture_of_the_class_teacher_form() {
    let mut console = classes(Setup::default());
    open_class(&mut console, "7Б");
    press(&mut console, "Классный руководитель: Изменить");
    press(&mut console, "Кто: выбрать другого");
    type_into(&mut console, "Кто", "аб");
    compare_picture(&mut console.harness, "classes-form");
}

#[test]
fn picture_of_ticks_and_the_lower_card() {
    let mut console = classes(Setup::default());
    open_class(&mut console, "7Б");
    console.harness.get_by_label("Чаты: Добавить чат").scroll_to_me();
    console.harness.run();
    compare_picture(&mut console.harness, "classes-card");
    console.harness.get_by_label("Записать, кто внутри").click_accesskit();
    console.harness.run();
    press(&mut console, "Как записать: Поимённо");
    compare_picture(&mut console.harness, "classes-ticks");
}

#[test]
fn a_narrow_window_shows_the_card_as_a_page() {
    let mut console = classes(Setup { size: [1100.0, 768.0], ..Setup::default() });
    open_class(&mut console, "7Б");
    assert!(console.harness.query_by_label("Класс или учитель").is_none(), "the card fills the page");
    press(&mut console, "Назад");
    assert!(console.harness.query_by_label("Класс или учитель").is_some());
}

#[test]
fn picture_at_one_and_a_half() {
    let setup = Setup { scale_percent: 150, ..Setup::default() };
    let mut console = classes(setup);
    compare_picture(&mut console.harness, "classes-150");
}

#[test]
fn arrows_walk_and_fold_the_tree() {
    let mut console = classes(Setup::default());
    let key = |console: &mut Console, key| {
        console.harness.key_press(key);
        console.harness.run();
    };
    key(&mut console, Key::ArrowDown);
    key(&mut console, Key::ArrowLeft);
    assert!(console.harness.query_by_label("Развернуть: Садовая, 3").is_some(), "← folds a building");
    assert!(console.harness.query_by_label("1А").is_none());
    key(&mut console, Key::ArrowRight);
    key(&mut console, Key::ArrowDown);
    key(&mut console, Key::ArrowRight);
    assert!(console.harness.query_by_label("Свернуть: 1А").is_some(), "→ opens a class");
    assert!(console.harness.query_by_label("Родители 1А").is_some(), "its chats stand under it");
    key(&mut console, Key::Enter);
    assert!(console.harness.query_by_label("Закрыть карточку").is_some(), "Enter opens the card");
    key(&mut console, Key::Escape);
    assert!(console.harness.query_by_label("Закрыть карточку").is_none(), "Escape closes it");
}

#[test]
fn a_filter_that_finds_nothing_can_be_dropped() {
    let mut console = classes(Setup::default());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    console.harness.run();
    console.harness.event(egui::Event::Text("нет такого".into()));
    console.harness.run();
    assert!(console.harness.query_by_label("Таких классов нет").is_some(), "Ctrl+F leads to the search");
    press(&mut console, "Сбросить фильтр");
    assert!(console.harness.query_by_label("Садовая, 3   21 класс").is_some());
}

#[test]
fn lines_of_labels_become_classes() {
    let mut console = classes(Setup::default());
    press_role(&mut console, Role::Button, "Добавить класс");
    type_into(&mut console, "Названия, по одному в строке", "11 в\n11-Г");
    press(&mut console, "Добавить 2 класса");
    let (session, _folder) = written(console);
    for label in ["11В", "11Г"] {
        assert_eq!(class(session.register(), label).kind, GroupKind::SchoolClass);
    }
}

#[test]
fn what_the_teacher_told_is_observed() {
    let mut console = classes(Setup::default());
    open_class(&mut console, "1В");
    press(&mut console, "Записать, кто внутри");
    type_into(&mut console, "Ученики", "40 из 19");
    assert!(console.harness.query_by_label("Внутри не может быть больше, чем всего").is_some());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    console.harness.run();
    type_into(&mut console, "Ученики", "15 из 19 на 10.10");
    press(&mut console, "Записать");
    let (session, _folder) = written(console);
    let group = class(session.register(), "1В").id;
    let seen: Vec<_> = session.register().observations_of_target(Target::Group(group)).collect();
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].joined, seen[0].of, seen[0].role), (15, Some(19), Holder::Student));
    assert_eq!(seen[0].on, jiff::civil::date(2026, 10, 10));
}

#[test]
fn ticks_mark_members_and_are_observed() {
    let mut console = classes(Setup::default());
    open_class(&mut console, "1В");
    press(&mut console, "Записать, кто внутри");
    press(&mut console, "Как записать: Поимённо");
    console.harness.get_by_label_contains("Все: внутри 0 из").click();
    console.harness.run();
    press(&mut console, "Записать");
    let (session, _folder) = written(console);
    let register = session.register();
    let group = class(register, "1В").id;
    let seen: Vec<_> = register.observations_of_target(Target::Group(group)).collect();
    let members = register.current_members(group, Holder::Student, jiff::civil::date(2026, 10, 12)).len();
    assert_eq!((seen.len(), seen[0].joined as usize, seen[0].source), (1, members, ObservationSource::Ticks));
}

#[test]
fn a_new_class_teacher_ends_the_old_one() {
    let mut console = classes(Setup::default());
    open_class(&mut console, "7Б");
    press(&mut console, "Классный руководитель: Изменить");
    press(&mut console, "Кто: выбрать другого");
    type_into(&mut console, "Кто", "Юсупов");
    console.harness.get_by_role_and_label(Role::ListBoxOption, &first_option(&console, "Юсупов")).click();
    console.harness.run();
    press(&mut console, "Назначить");
    let (session, _folder) = written(console);
    let register = session.register();
    let today = jiff::civil::date(2026, 10, 12);
    let leaders: Vec<_> = register.class_teachers(class(register, "7Б").id, today).collect();
    assert_eq!(leaders.len(), 1, "the old assignment ended");
    assert_eq!(register.person(leaders[0].person).expect("the teacher").name.surname, "Юсупов");
}

fn first_option(console: &Console, beginning: &str) -> String {
    console
        .harness
        .get_all_by_role(Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.starts_with(beginning))
        .expect("an option that begins so")
}

#[test]
fn a_class_goes_to_the_archive_and_comes_back() {
    let mut console = classes(Setup::default());
    open_class(&mut console, "7Б");
    press(&mut console, "Другие действия: 7Б");
    press(&mut console, "В архив");
    assert!(console.harness.query_by_label("Таких классов нет").is_some());
    press(&mut console, "Сбросить фильтр");
    press(&mut console, "Фильтр");
    press(&mut console, "Архив");
    press(&mut console, "7Б, 2026/2027");
    press(&mut console, "Другие действия: 7Б");
    press(&mut console, "Вернуть из архива");
    let (session, _folder) = written(console);
    assert_eq!(class(session.register(), "7Б").archived_on, None);
}

#[test]
fn a_chat_is_added_to_a_class() {
    let mut console = classes(Setup::default());
    open_class(&mut console, "7Б");
    // It lies below what is in sight of the card.
    console.harness.get_by_label("Чаты: Добавить чат").click_accesskit();
    console.harness.run();
    type_into(&mut console, "Название в мессенджере", "Шахматы 7Б");
    press_role(&mut console, Role::Button, "Добавить чат");
    let (session, _folder) = written(console);
    let register = session.register();
    assert!(register.chats_of_group(class(register, "7Б").id).any(|chat| chat.title == "Шахматы 7Б"));
}
