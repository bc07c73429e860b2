//! Files that the wizard writes, and the history of what it brought in.

use egui::Key;
use egui_kittest::kittest::Queryable;
use sferum_console::documents::{PlainSheet, plain_workbook};
use sferum_console::gui::{Action, Destination};

use super::{choose, classes_of, named, pick, press, to_review, windows_1251};
use crate::console::{Setup, sample_school};

#[test]
fn rows_with_remarks_are_saved_corrected_and_read_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("Замечания.csv");
    let mut console = sample_school(Setup { chosen: vec![Some(path.clone())], ..Setup::default() });
    let text =
        "ФИО;Класс;Дата рождения\r\nРучьёв Пахом Кимович;7Б;\r\nЗорькин Лука Ильич;7Б;31.02.2013\r\n;7Б;\r\n";
    choose(&mut console, &windows_1251(text));
    to_review(&mut console);
    press(&mut console, "Сохранить строки с замечаниями");
    console.harness.get_by_label_contains("Строки с замечаниями сохранены: «Замечания.csv»");
    let written = std::fs::read_to_string(&path).expect("the file was written");
    assert!(written.contains("Зорькин") && !written.contains("Ручьёв"), "only rows with remarks");
    press(&mut console, "Внести 2 изменения");

    let corrected = written.replace("31.02.2013", "28.02.2013");
    choose(&mut console, corrected.as_bytes());
    to_review(&mut console);
    press(&mut console, "Внести 1 изменение");
    let (session, _folder) = console.reopened();
    let found = named(session.register(), "Зорькин");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].birth_date, Some(jiff::civil::date(2013, 2, 28)));
}

#[test]
fn a_template_is_written_and_reads_as_a_workbook() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("Мой шаблон");
    let mut console = sample_school(Setup { chosen: vec![Some(path)], ..Setup::default() });
    console.harness.state_mut().act(Action::Go(Destination::Import));
    console.harness.run();
    press(&mut console, "Скачать шаблон");
    press(&mut console, "Сотрудники");
    console.harness.get_by_label_contains("Шаблон сохранён: «Мой шаблон.xlsx»");
    let bytes = std::fs::read(folder.path().join("Мой шаблон.xlsx")).expect("the template was written");
    assert!(bytes.starts_with(b"PK"));
}

#[test]
fn earlier_imports_are_listed_and_open_their_entry() {
    let mut console = sample_school(Setup::default());
    choose(&mut console, &windows_1251("ФИО;Класс\r\nРучьёв Пахом Кимович;7Б\r\n"));
    to_review(&mut console);
    press(&mut console, "Внести 1 изменение");
    press(&mut console, "Отменить загрузку");
    press(&mut console, "Загрузить список заново");
    press(&mut console, "Прежние загрузки");
    console.harness.get_by_label("Контингент 2026.csv");
    console.harness.get_by_label("добавлено 1");
    console.harness.get_by_label("отменена");
    console.harness.key_press(Key::Escape);
    console.harness.run();
    press(&mut console, "Прежние загрузки");
    for key in [Key::Home, Key::Enter] {
        console.harness.key_press(key);
        console.harness.run();
    }
    assert!(console.harness.query_by_label("Загрузка списка").is_none(), "the journal is open");
    let entries = console.harness.get_all_by_label_contains("Загружен список «Контингент 2026.csv»");
    assert!(entries.count() > 1, "in the list and, opened, beside it");
}

/// A workbook whose two sheets are named as classes.
pub(super) fn two_sheets() -> Vec<u8> {
    let sheet = |name: &str, person: &str| PlainSheet {
        name: name.into(),
        rows: vec![vec!["ФИО".into()], vec![person.into()]],
        header: 0,
        ..PlainSheet::default()
    };
    let sheets = [sheet("7Б", "Ручьёв Пахом Кимович"), sheet("5А", "Зорькин Лука Ильич")];
    plain_workbook(&sheets).expect("a small workbook")
}

#[test]
fn every_sheet_of_a_workbook_is_a_class() {
    let mut console = sample_school(Setup::default());
    choose(&mut console, &two_sheets());
    press(&mut console, "ученики");
    pick(&mut console, "Лист книги", "Каждый лист — отдельный класс");
    press(&mut console, "Дальше: столбцы");
    press(&mut console, "Дальше: проверка");
    press(&mut console, "Внести 2 изменения");
    let (session, _folder) = console.reopened();
    let register = session.register();
    let class = |surname: &str| classes_of(register, named(register, surname)[0].id);
    assert_eq!((class("Ручьёв"), class("Зорькин")), (vec!["7Б".to_owned()], vec!["5А".to_owned()]));
}
