//! Загрузка списка from the first step to what the file holds afterwards.

mod answers;
mod departures;
mod families;
mod files;
mod looks;

use egui::Key;
use egui::accesskit::Role as Spoken;
use egui_kittest::kittest::Queryable;
use jiff::civil::date;
use sferum_console::gui::{Action, Destination};
use sferum_console::names::{Role, fold};
use sferum_console::register::{Person, PersonId, Register};
use sferum_console::sample::{SampleKind, roster_files};

use crate::console::{Console, Setup, press, sample_school};

/// The whole school as its own Excel saves it.
fn whole_school() -> Vec<u8> {
    let files = roster_files(SampleKind::School, date(2026, 10, 12));
    files.into_iter().next().expect("the sample has rosters").1
}

fn windows_1251(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
}

/// The sample with a roster in its folder, chosen in the wizard.
fn with_roster(bytes: &[u8], setup: Setup) -> Console {
    let mut console = sample_school(setup);
    choose(&mut console, bytes);
    console
}

/// Opens the wizard and hands it a roster.
fn choose(console: &mut Console, bytes: &[u8]) {
    let path = console.folder.path().join("Контингент 2026.csv");
    sferum_console::files::write_bytes_atomically(&path, bytes).expect("the roster can be written");
    console.harness.state_mut().act(Action::Go(Destination::Import));
    console.harness.run();
    console.harness.state_mut().act(Action::ReadRoster(path));
    console.harness.run();
}

/// Takes one of a list that hangs open under a button.
fn pick(console: &mut Console, list: &str, option: &str) {
    press(console, list);
    // A long list hangs below the window's edge: it is pressed as a screen reader presses it.
    console.harness.get_by_role_and_label(Spoken::ListBoxOption, option).click_accesskit();
    console.harness.run();
}

/// Types into the field of this name, over what stands in it.
fn type_in(console: &mut Console, field: &str, text: &str) {
    console.harness.get_by_role_and_label(Spoken::TextInput, field).focus();
    console.harness.run();
    console.harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    console.harness.get_by_role_and_label(Spoken::TextInput, field).type_text(text);
    console.harness.run();
}

fn to_review(console: &mut Console) {
    press(console, "ученики");
    press(console, "Дальше: столбцы");
    press(console, "Дальше: проверка");
}

fn register(console: &Console) -> Register {
    let snapshot = console.harness.state().view().snapshot.as_ref().expect("a file is open");
    Register::clone(&snapshot.register)
}

fn named<'a>(register: &'a Register, surname: &str) -> Vec<&'a Person> {
    register.tables().people.values().filter(|person| person.name.surname == surname).collect()
}

fn classes_of(register: &Register, person: PersonId) -> Vec<String> {
    let current = register.memberships_of_person(person).filter(|membership| membership.until.is_none());
    let group = |id| register.group(id).map(|group| group.label.clone());
    current.filter_map(|membership| membership.group.and_then(group)).collect()
}

/// The students of a class as its own Excel would list them, each line changed or
/// left out by `line`.
fn class_list(register: &Register, class: &str, line: impl Fn(usize, &Person) -> Option<String>) -> Vec<u8> {
    let today = date(2026, 10, 12);
    let group =
        register.tables().groups.values().find(|group| group.label == class).expect("the class exists");
    let mut text = "Фамилия;Имя;Отчество;Класс;Дата рождения\r\n".to_owned();
    let mut members = register.current_members(group.id, Role::Student, today);
    members.sort();
    for (place, id) in members.into_iter().enumerate() {
        let person = register.person(id).expect("members exist");
        if let Some(line) = line(place, person) {
            text.push_str(&format!("{line}\r\n"));
        }
    }
    windows_1251(&text)
}

/// «Орлова;Анна;Олеговна;7Б;14.03.2014», with another surname where one is given.
fn line_of(person: &Person, class: &str, surname: Option<&str>) -> String {
    let born = person.birth_date.map(|day| day.strftime("%d.%m.%Y").to_string()).unwrap_or_default();
    let name = &person.name;
    let surname = surname.unwrap_or(&name.surname);
    format!("{surname};{};{};{class};{born}", name.given, name.patronymic)
}

/// Two namesakes in two classes, a newcomer, and somebody to be left out; the class under a strange heading.
const FIRST: &str = "Список на 01.09.2026;;\r\nФ.И.О.;Команда;Тел.\r\nРучьёв Пахом Кимович;5А;\r\n\
                     Ручьёв Пахом Кимович;6А;\r\nЗорькин Лука Ильич;7 «б»;8 (900) 555-01-31\r\nЛишний Яков Львович;7Б;\r\n";

#[test]
fn a_roster_comes_through_the_wizard_into_the_file() {
    let mut console = with_roster(&windows_1251(FIRST), Setup::default());
    // Nobody knows the class before the column is named.
    press(&mut console, "ученики");
    console.harness.get_by_label_contains("нет столбца с классом или группой");
    press(&mut console, "Указать столбец");
    pick(&mut console, "Что в столбце «Команда»", "класс или группа");
    press(&mut console, "Дальше: проверка");
    console.harness.get_by_label("Внести 4 изменения");
    press(&mut console, "Взять строку 6");
    press(&mut console, "Внести 3 изменения");
    console.harness.get_by_label("Список внесён");

    // The same name in a third class: the wizard asks which of the two it is.
    choose(&mut console, "Фамилия;Имя;Отчество;Класс\r\nРучьёв;Пахом;Кимович;8А\r\n".as_bytes());
    to_review(&mut console);
    console.harness.get_by_label("Изменений нет");
    console.harness.get_by_label("Ждут вашего ответа, 1").click();
    console.harness.run();
    console.harness.get_by_label("ученик, 8А");
    console.harness.key_press(Key::Home);
    console.harness.run();
    let sixth = console.harness.get_by_label_contains("Ручьёв Пахом Кимович, 6А");
    sixth.click();
    console.harness.run();
    press(&mut console, "Внести 1 изменение");

    let (session, _folder) = console.reopened();
    let register = session.register();
    let namesakes = named(register, "Ручьёв");
    let mut classes: Vec<Vec<String>> =
        namesakes.iter().map(|person| classes_of(register, person.id)).collect();
    classes.sort();
    assert_eq!(classes, [vec!["5А".to_owned()], vec!["8А".to_owned()]], "the chosen one was moved");
    let newcomer = named(register, "Зорькин");
    assert_eq!(newcomer.len(), 1);
    assert_eq!(classes_of(register, newcomer[0].id), ["7Б"]);
    assert_eq!(newcomer[0].phone.as_ref().map(|phone| phone.as_str()), Some("+79005550131"));
    assert!(named(register, "Лишний").is_empty(), "a row left out is not written");
    let role = register.memberships_of_person(newcomer[0].id).next().map(|membership| membership.role);
    assert_eq!(role, Some(Role::Student));
}

#[test]
fn a_wrong_encoding_is_seen_and_switched() {
    let mut console = with_roster(&whole_school(), Setup::default());
    console.harness.ctx.set_missing_glyph_policy(egui::MissingGlyphPolicy::Tofu);
    pick(&mut console, "Кодировка", "KOI8-R (русская, Unix)");
    console.harness.get_by_label_contains("не найдены заголовки столбцов");
    pick(&mut console, "Кодировка", "Windows-1251 (русская)");
    assert!(console.harness.query_by_label_contains("не найдены заголовки").is_none());
    console.harness.get_by_label("Воронцова");
}

#[test]
fn a_second_import_changes_nothing_and_the_first_can_be_taken_back() {
    let mut console = with_roster(&whole_school(), Setup::default());
    let before = register(&console);
    to_review(&mut console);
    console.harness.get_by_label_contains("Внести ").click();
    console.harness.run();
    let after = register(&console);
    assert!(!after.holds_the_same_as(&before));

    choose(&mut console, &whole_school());
    to_review(&mut console);
    console.harness.get_by_label("Изменений нет");
    assert_eq!(register(&console).revision, after.revision);
    console.harness.key_press(Key::Escape);
    console.harness.run();

    console.harness.state_mut().act(Action::Undo(Default::default()));
    choose(&mut console, &whole_school());
    to_review(&mut console);
    console.harness.get_by_label_contains("Внести ").click();
    console.harness.run();
    press(&mut console, "Отменить загрузку");
    console.harness.get_by_label("Загрузка отменена");
    let (session, _folder) = console.reopened();
    assert!(session.register().holds_the_same_as(&before), "everything is as it was");
}

#[test]
fn escape_asks_only_when_something_was_decided() {
    let mut console = with_roster(&whole_school(), Setup::default());
    let in_wizard = |console: &Console| console.harness.query_by_label("Загрузка списка").is_some();
    assert!(in_wizard(&console));
    console.harness.key_press(Key::Escape);
    console.harness.run();
    assert!(!in_wizard(&console));

    choose(&mut console, &windows_1251("ФИО;Класс\r\nРучьёв Пахом Кимович;5А\r\n"));
    to_review(&mut console);
    // By keyboard alone: the first row, then its mark.
    console.harness.key_press(Key::Home);
    console.harness.run();
    console.harness.key_press(Key::Space);
    console.harness.run();
    console.harness.get_by_label("Изменений нет");
    console.harness.key_press(Key::Escape);
    console.harness.run();
    console.harness.get_by_label("Прервать загрузку?");
    press(&mut console, "Прервать");
    assert!(!in_wizard(&console));
}

#[test]
fn an_unreadable_file_says_why_and_changes_nothing() {
    let console = with_roster(b"PK\x03\x04\x14\x00\x06\x00 xl/workbook.xml", Setup::default());
    console.harness.get_by_label_contains("Список не изменён");
    assert!(console.harness.query_by_label("Указать столбец").is_none(), "no column would help here");
    console.harness.get_by_label("Выбрать другой файл");
}

#[test]
fn pasted_rows_are_read_like_a_file() {
    let mut console = sample_school(Setup::default());
    console.harness.state_mut().act(Action::Go(Destination::Import));
    console.harness.run();
    let text = "ФИО ученика\tКласс\nРучьёв Пахом Кимович\t5А\n".to_owned();
    console.harness.state_mut().act(Action::ReadPastedRoster(text));
    console.harness.run();
    press(&mut console, "Дальше: столбцы");
    press(&mut console, "Дальше: проверка");
    press(&mut console, "Внести 1 изменение");
    let (session, _folder) = console.reopened();
    assert_eq!(named(session.register(), "Ручьёв").len(), 1);
    assert_eq!(fold("Ручьёв"), "ручьев");
}
