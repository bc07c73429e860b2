//! Departures: marked by hand, dated, braked, and taken back as a whole.

use egui::Key;
use egui::accesskit::Role as Spoken;
use egui_kittest::kittest::Queryable;
use jiff::civil::date;
use sferum_console::gui::Action;
use sferum_console::register::{Entity, Operation, PersonId, Register};
use sferum_console::session::UndoTarget;

use super::{choose, class_list, line_of, named, press, register, type_in, windows_1251};
use crate::console::{Console, Setup, sample_school};

/// 7Б without the first nine.
fn without_nine(register: &Register) -> Vec<u8> {
    class_list(register, "7Б", |place, person| (place >= 9).then(|| line_of(person, "7Б", None)))
}

fn to_review_of_whole_classes(console: &mut Console) {
    press(console, "ученики");
    press(console, "полный список этих классов");
    press(console, "Дальше: столбцы");
    press(console, "Дальше: проверка");
}

fn left(register: &Register) -> Vec<PersonId> {
    let on = Some(date(2026, 10, 5));
    register.tables().people.values().filter(|person| person.left_on == on).map(|person| person.id).collect()
}

pub(super) fn braked() -> Console {
    let mut console = sample_school(Setup::default());
    let bytes = without_nine(&register(&console));
    choose(&mut console, &bytes);
    to_review_of_whole_classes(&mut console);
    console.harness.get_by_label("Нет в файле, 9").click();
    console.harness.run();
    press(&mut console, "Отметить всех");
    type_in(&mut console, "День (пусто: сегодня)", "05.10.2026");
    type_in(&mut console, "Номер приказа", "187");
    press(&mut console, "Внести 9 изменений");
    console
}

#[test]
fn the_brake_opens_to_the_right_number_only() {
    let mut console = braked();
    let before = register(&console).revision;
    console.harness.get_by_label_contains("В 7Б выбывают 9 из");
    let field = "Чтобы подтвердить, впишите число выбывающих";
    type_in(&mut console, field, "8");
    console.harness.key_press(Key::Enter);
    console.harness.run();
    console.harness.get_by_role_and_label(Spoken::Button, "Внести").click();
    console.harness.run();
    assert_eq!(register(&console).revision, before, "a wrong number does nothing");
    console.harness.key_press(Key::Escape);
    console.harness.run();
    assert!(console.harness.query_by_label(field).is_none(), "Escape closes the question");

    press(&mut console, "Внести 9 изменений");
    type_in(&mut console, field, "9");
    press(&mut console, "Внести, выбывают 9");
    console.harness.get_by_label("Отмечено выбывшими, 9");
    let (session, _folder) = console.reopened();
    let register = session.register();
    assert_eq!(left(register).len(), 9);
    let dated = register
        .tables()
        .movements
        .values()
        .filter(|movement| movement.order.number == "187" && movement.on == date(2026, 10, 5));
    assert_eq!(dated.count(), 9, "one order for all of them");
}

#[test]
fn nobody_departs_by_being_absent() {
    let mut console = sample_school(Setup::default());
    let bytes = without_nine(&register(&console));
    choose(&mut console, &bytes);
    to_review_of_whole_classes(&mut console);
    console.harness.get_by_label("Нет в файле, 9");
    console.harness.get_by_label("Изменений нет");
}

#[test]
fn how_complete_such_a_file_is_is_remembered() {
    let mut console = sample_school(Setup::default());
    let mut bytes = without_nine(&register(&console));
    bytes.extend(windows_1251("Ручьёв;Пахом;Кимович;7Б;\r\n"));
    choose(&mut console, &bytes);
    to_review_of_whole_classes(&mut console);
    press(&mut console, "Внести 1 изменение");
    // Nothing is answered the second time.
    choose(&mut console, &bytes);
    press(&mut console, "Дальше: столбцы");
    console.harness.get_by_label_contains("взяты из прошлой загрузки");
    press(&mut console, "Дальше: проверка");
    console.harness.get_by_label("Нет в файле, 9");
}

#[test]
fn an_import_that_created_nothing_is_seen_to_be_taken_back() {
    let mut console = braked();
    type_in(&mut console, "Чтобы подтвердить, впишите число выбывающих", "9");
    press(&mut console, "Внести, выбывают 9");
    console.harness.get_by_label("Список внесён");
    console.harness.state_mut().act(Action::Undo(UndoTarget::default()));
    console.harness.run();
    console.harness.get_by_label("Загрузка отменена");
    console.harness.state_mut().act(Action::Redo);
    console.harness.run();
    console.harness.get_by_label("Список внесён");
    press(&mut console, "Отменить загрузку");
    console.harness.get_by_label("Загрузка отменена");
    let (session, _folder) = console.reopened();
    assert!(left(session.register()).is_empty());
}

#[test]
fn what_was_changed_later_is_kept_and_named() {
    let mut console = sample_school(Setup::default());
    let text = "ФИО;Класс\r\nРучьёв Пахом Кимович;7Б\r\nЗорькин Лука Ильич;7Б\r\nЛишний Яков Львович;7Б\r\n";
    choose(&mut console, &windows_1251(text));
    super::to_review(&mut console);
    press(&mut console, "Внести 3 изменения");
    let now = register(&console);
    let person = named(&now, "Зорькин")[0].clone();
    let mut wanted = person.clone();
    wanted.birth_date = Some(date(2013, 1, 31));
    let operation = Operation::Edit { seen: Entity::from(person), wanted: Entity::from(wanted) };
    console.harness.state_mut().act(Action::execute(operation, "Изменено"));
    console.harness.run();
    press(&mut console, "Отменить загрузку");
    console.harness.get_by_label("Загрузка отменена не вся");
    console.harness.get_by_label("Отменено 2, оставлено 1: изменено позже.");
    console.harness.get_by_label_contains("Зорькин Лука Ильич");
    let (session, _folder) = console.reopened();
    let register = session.register();
    assert_eq!(named(register, "Зорькин").len(), 1);
    assert!(named(register, "Ручьёв").is_empty() && named(register, "Лишний").is_empty());
}
