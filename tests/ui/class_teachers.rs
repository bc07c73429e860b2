//! «Классные руководители»: paste, typing, stand-ins, the cabinet's list; «Статусы»: many confirmed at once.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::{Date, date};
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Action, Destination};
use sferum_console::names::{FullName, Role as Holder};
use sferum_console::register::{Group, GroupId, PersonId, Register, Verification};

use crate::console::{
    Console, Setup, assert_controls_in_sight, narrow_window, press, sample_school, type_into,
};
use crate::pictures::compare_picture;

const TODAY: Date = date(2026, 10, 12);

fn page(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.state_mut().act(Action::Go(Destination::ClassTeachers(None)));
    console.harness.run();
    console
}

fn statuses(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.state_mut().act(Action::Go(Destination::Statuses));
    console.harness.run();
    console
}

fn register(console: &Console) -> Arc<Register> {
    console.harness.state().view().snapshot.as_ref().expect("the file is open").register.clone()
}

fn class(register: &Register, label: &str) -> Group {
    let found = register.tables().groups.values().find(|group| group.label == label);
    found.unwrap_or_else(|| panic!("there is no class {label}")).clone()
}

fn leaders(register: &Register, group: GroupId, day: Date) -> Vec<PersonId> {
    register.class_teachers(group, day).map(|one| one.person).collect()
}

/// Teachers who lead nothing, each with a surname of their own among the staff.
fn free_teachers(register: &Register) -> Vec<(PersonId, FullName)> {
    let staff: Vec<_> = register
        .tables()
        .memberships
        .values()
        .filter(|one| one.role == Holder::Teacher && register.is_current(one, TODAY))
        .filter_map(|one| register.person(one.person))
        .collect();
    let alone = |surname: &str| staff.iter().filter(|person| person.name.surname == surname).count() == 1;
    staff
        .iter()
        .filter(|person| {
            register.assignments_of_person(person.id).next().is_none() && alone(&person.name.surname)
        })
        .map(|person| (person.id, person.name.clone()))
        .collect()
}

fn paste(console: &mut Console, text: &str) {
    press(console, "Вставить распределение");
    type_into(console, "Строки распределения", text);
}

#[test]
fn a_pasted_distribution_is_one_entry_that_ends_the_old_one() {
    let mut console = sample_school(Setup::default());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    console.harness.run();
    press(&mut console, "Другие действия");
    press(&mut console, "Классные руководители");
    let before = register(&console);
    let (seventh, eighth) = (class(&before, "7Б").id, class(&before, "8А").id);
    let (old, free) = (leaders(&before, seventh, TODAY), free_teachers(&before));
    let text = format!("Приказ № 45 от 12.10.2026\n7Б {}\n{}\t8А\n", free[0].1.full(), free[1].1.short());
    paste(&mut console, &text);
    press(&mut console, "Записать 2 назначения");
    let (session, _folder) = console.reopened();
    let after = session.register();
    assert_eq!(after.revision, before.revision + 1, "one entry for all");
    assert_eq!(leaders(after, seventh, date(2026, 10, 11)), old);
    assert_eq!(leaders(after, seventh, TODAY), [free[0].0]);
    assert_eq!(leaders(after, eighth, TODAY), [free[1].0]);
    let assignment = after.class_teachers(seventh, TODAY).next().expect("the new one");
    assert_eq!((assignment.order.number.as_str(), assignment.order.date), ("45", Some(TODAY)));
    let handed_over =
        after.tables().cabinet_tasks.values().any(|task| task.text.starts_with("Передать права в чатах 7Б"));
    assert!(handed_over, "the rights in its chats change hands");
}

#[test]
fn a_doubtful_name_is_asked_and_nothing_is_guessed() {
    let mut console = page(Setup::default());
    let before = register(&console);
    let free = free_teachers(&before);
    paste(&mut console, &format!("8А {}", free[0].1.surname));
    assert!(console.harness.query_by_label_contains("Записать 1").is_none(), "nothing is certain yet");
    press(&mut console, "Кто это: 8А, строка 1");
    press(&mut console, &free[0].1.full());
    press(&mut console, "Записать 1 назначение");
    let (session, _folder) = console.reopened();
    let eighth = class(session.register(), "8А").id;
    assert_eq!(leaders(session.register(), eighth, TODAY), [free[0].0]);
}

#[test]
fn names_are_typed_into_the_table_and_completed_by_enter() {
    let mut console = page(Setup::default());
    let before = register(&console);
    let free = free_teachers(&before);
    let beginning: String = free[0].1.surname.chars().take(5).collect::<String>().to_lowercase();
    let typed = format!("{beginning} {}", free[0].1.given.chars().next().expect("a letter"));
    type_into(&mut console, "2А: кто ведёт", &typed);
    console.harness.key_press(Key::Enter);
    console.harness.run();
    press(&mut console, "Записать 1 назначение");
    let second = class(&before, "2А").id;
    let (session, _folder) = console.reopened();
    assert_eq!(leaders(session.register(), second, TODAY), [free[0].0]);
}

#[test]
fn a_stand_in_leads_for_a_time_and_the_old_one_comes_back() {
    let mut console = page(Setup::default());
    let before = register(&console);
    let (seventh, free) = (class(&before, "7Б").id, free_teachers(&before));
    let old = leaders(&before, seventh, TODAY);
    type_into(&mut console, "Класс или учитель", "7Б");
    press(&mut console, "7Б");
    press(&mut console, "Сейчас: Изменить или заменить");
    press(&mut console, "Кто: выбрать другого");
    type_into(&mut console, "Кто", &free[0].1.full());
    let option = console
        .harness
        .get_all_by_role(Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.starts_with(&free[0].1.full()))
        .expect("the teacher is offered");
    console.harness.get_by_role_and_label(Role::ListBoxOption, &option).click();
    console.harness.run();
    type_into(&mut console, "По какой день, если известно", "30.12.2026");
    console.harness.get_by_label_contains("На время отсутствия прежнего").click();
    console.harness.run();
    press(&mut console, "Назначить");
    let (session, _folder) = console.reopened();
    let after = session.register();
    assert_eq!(leaders(after, seventh, TODAY), [old.clone(), vec![free[0].0]].concat());
    assert_eq!(leaders(after, seventh, date(2027, 1, 10)), old);
    let back = after.tables().cabinet_tasks.values().find(|task| task.text.starts_with("Вернуть права"));
    assert_eq!(back.and_then(|task| task.due_on), Some(date(2026, 12, 31)));
}

#[test]
fn what_differs_from_the_cabinet_becomes_steps() {
    let mut console = page(Setup::default());
    let before = register(&console);
    let free = free_teachers(&before);
    press(&mut console, "Сверить с кабинетом");
    type_into(&mut console, "Список из кабинета", &format!("7Б\t{}", free[0].1.full()));
    press(&mut console, "Записать 1 дело для кабинета");
    let (session, _folder) = console.reopened();
    let steps = session.register().tables().cabinet_tasks.values();
    assert!(steps.into_iter().any(|task| task.text.starts_with("Сменить в кабинете: 7Б")));
}

#[test]
fn statuses_are_confirmed_many_at_once_with_their_day() {
    let mut console = statuses(Setup::default());
    press(&mut console, "Какие статусы: Ждут 2");
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    console.harness.run();
    press(&mut console, "Отметить: подтверждены");
    let (session, _folder) = console.reopened();
    let of_state =
        |state| session.register().tables().memberships.values().filter(move |one| one.verification == state);
    assert_eq!(of_state(Verification::Waiting).count(), 0);
    let today = of_state(Verification::Verified).filter(|one| one.verification_since == Some(TODAY));
    assert_eq!(today.count(), 2);
}

#[test]
fn nothing_is_cut_off_in_a_narrow_window() {
    let console = page(narrow_window());
    assert_controls_in_sight(&console, "class teachers");
    let console = statuses(narrow_window());
    assert_controls_in_sight(&console, "statuses");
}

fn table_picture(setup: Setup, name: &str) {
    let mut console = page(setup);
    let free = free_teachers(&register(&console));
    type_into(&mut console, "1Б: кто ведёт", &free[0].1.full());
    type_into(&mut console, "1В: кто ведёт", &free[1].1.surname.chars().take(3).collect::<String>());
    press(&mut console, "2А");
    compare_picture(&mut console.harness, name);
}

#[test]
fn picture_of_the_whole_table() {
    let mut console = page(Setup::default());
    let free = free_teachers(&register(&console));
    type_into(&mut console, "1Б: кто ведёт", &free[0].1.full());
    compare_picture(&mut console.harness, "class-teachers-wide");
}

fn paste_picture(setup: Setup, name: &str) {
    let mut console = page(setup);
    let before = register(&console);
    let free = free_teachers(&before);
    let known = before.class_teachers(class(&before, "7А").id, TODAY).next().expect("7А is led");
    let known = before.person(known.person).expect("the teacher").name.full();
    let text = format!(
        "Приказ № 45 от 01.09.2026\n7Б {}\n7А {known}\n8А {}\n8Б Лаптева Зоя Ильинична\n12Ъ {}\n9А {} с 12.10 по 30.12.2026",
        free[0].1.full(),
        free[1].1.surname,
        free[2].1.full(),
        free[3].1.short(),
    );
    paste(&mut console, &text);
    compare_picture(&mut console.harness, name);
}

fn dark() -> Setup {
    Setup { theme: ThemePreference::Dark, ..Setup::default() }
}

#[test]
fn picture_of_the_table_light() {
    table_picture(Setup::default(), "class-teachers-light");
}

#[test]
fn picture_of_the_table_dark() {
    table_picture(dark(), "class-teachers-dark");
}

#[test]
fn picture_of_the_paste_light() {
    paste_picture(Setup::default(), "class-teachers-paste-light");
}

#[test]
fn picture_of_the_paste_dark() {
    paste_picture(dark(), "class-teachers-paste-dark");
}

#[test]
fn picture_of_the_cabinet_check() {
    let mut console = page(Setup::default());
    let free = free_teachers(&register(&console));
    press(&mut console, "Сверить с кабинетом");
    let text = format!("7Б\t{}\n8А\n7А {}", free[0].1.full(), free[1].1.short());
    type_into(&mut console, "Список из кабинета", &text);
    compare_picture(&mut console.harness, "class-teachers-cabinet");
}

#[test]
fn picture_of_statuses_light() {
    let mut console = statuses(Setup::default());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    console.harness.run();
    compare_picture(&mut console.harness, "statuses-light");
}

#[test]
fn picture_of_statuses_dark() {
    let mut console = statuses(dark());
    press(&mut console, "Какие статусы: Все 68");
    compare_picture(&mut console.harness, "statuses-dark");
}
