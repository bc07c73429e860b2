//! Parents in the rows of children, adults who are one person, class teachers.

use egui_kittest::kittest::Queryable;
use sferum_console::register::Register;

use super::{choose, named, press, register, to_review};
use crate::console::{Console, Setup, sample_school};

pub(super) const TWO_CHILDREN: &str = "ФИО;Класс;Мать;Телефон матери\r\n\
    Ручьёв Пахом Кимович;7Б;Ручьёва Зинаида Львовна;8 900 555-01-31\r\n\
    Ручьёва Фёкла Кимовна;5А;Ручьёва Зинаида Львовна;8 900 555-01-31\r\n";

fn children_of_mothers(register: &Register) -> Vec<usize> {
    let mothers = named(register, "Ручьёва").into_iter().filter(|person| person.name.given == "Зинаида");
    mothers.map(|mother| register.guardianships_of_adult(mother.id).count()).collect()
}

fn open_list(console: &mut Console, start: &str) {
    console.harness.get_by_label_contains(start).click();
    console.harness.run();
}

#[test]
fn one_mother_of_two_is_joined_when_confirmed() {
    let mut console = sample_school(Setup::default());
    choose(&mut console, TWO_CHILDREN.as_bytes());
    to_review(&mut console);
    open_list(&mut console, "Похоже, один человек, 1");
    press(&mut console, "Объединить всех");
    console.harness.get_by_label("Родители, 1");
    press(&mut console, "Внести 3 изменения");
    console.harness.get_by_label("Добавлено родителей, 1");
    let (session, _folder) = console.reopened();
    assert_eq!(children_of_mothers(session.register()), [2]);
}

#[test]
fn nobody_is_joined_unasked() {
    let mut console = sample_school(Setup::default());
    choose(&mut console, TWO_CHILDREN.as_bytes());
    to_review(&mut console);
    console.harness.get_by_label("Родители, 2");
    press(&mut console, "Внести 4 изменения");
    let (session, _folder) = console.reopened();
    assert_eq!(children_of_mothers(session.register()), [1, 1]);
}

#[test]
fn a_class_teacher_is_replaced_only_when_ticked() {
    let mut console = sample_school(Setup::default());
    let before = register(&console);
    let group = before.tables().groups.values().find(|group| group.label == "7Б").expect("7Б").id;
    let leads = |register: &Register| {
        let here = register.tables().assignments.values();
        let now = here.filter(|one| one.group == group && one.until.is_none());
        now.map(|one| one.person).collect::<Vec<_>>()
    };
    let present = leads(&before);
    let other = before
        .tables()
        .memberships
        .values()
        .filter(|one| one.role == sferum_console::names::Role::Teacher && one.until.is_none())
        .map(|one| one.person)
        .find(|person| !before.tables().assignments.values().any(|one| one.person == *person))
        .expect("a teacher without a class");
    let name = before.person(other).expect("a teacher").name.full();
    let text = format!("ФИО;Должность;Классное руководство\r\n{name};учитель;7Б\r\n");
    choose(&mut console, text.as_bytes());
    press(&mut console, "учителя");
    press(&mut console, "Дальше: столбцы");
    press(&mut console, "Дальше: проверка");
    open_list(&mut console, "Классные руководители, 1");
    console.harness.get_by_label("останется прежний");
    press(&mut console, "Заменить руководителя: 7Б");
    console.harness.get_by_label("заменит прежнего");
    console.harness.get_by_label_contains("Внести ").click();
    console.harness.run();
    let (session, _folder) = console.reopened();
    assert_ne!(present, [other]);
    assert_eq!(leads(session.register()), [other]);
}
