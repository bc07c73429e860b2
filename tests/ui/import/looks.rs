//! What the wizard looks like.

use egui::Key;
use egui_kittest::kittest::Queryable;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Action, Destination};

use super::answers::with_hand_edit;
use super::families::TWO_CHILDREN;
use super::files::two_sheets;
use super::{choose, class_list, line_of, pick, press, register, to_review, whole_school, with_roster};
use crate::console::{Setup, sample_school};
use crate::pictures::compare_picture;

fn pictures(theme: ThemePreference, suffix: &str) {
    let mut console = sample_school(Setup { theme, ..Setup::default() });
    console.harness.state_mut().act(Action::Go(Destination::Import));
    compare_picture(&mut console.harness, &format!("import-source-{suffix}"));
    press(&mut console, "Прежние загрузки");
    compare_picture(&mut console.harness, &format!("import-history-{suffix}"));
    choose(&mut console, &whole_school());
    press(&mut console, "ученики");
    compare_picture(&mut console.harness, &format!("import-file-{suffix}"));
    press(&mut console, "Дальше: столбцы");
    compare_picture(&mut console.harness, &format!("import-columns-{suffix}"));
    press(&mut console, "Дальше: проверка");
    console.harness.get_by_label_contains("Изменятся, ").click();
    console.harness.run();
    for key in [Key::Home, Key::ArrowDown] {
        console.harness.key_press(key);
        console.harness.run();
    }
    compare_picture(&mut console.harness, &format!("import-{suffix}"));
    console.harness.get_by_label_contains("Внести ").click();
    compare_picture(&mut console.harness, &format!("import-done-{suffix}"));
}

/// Classes that are known, new and neither; a changed surname; departures and the brake before them.
fn questions(theme: ThemePreference, suffix: &str) {
    let mut console = sample_school(Setup { theme, ..Setup::default() });
    let list = class_list(&register(&console), "7Б", |place, person| match place {
        0..=8 => None,
        9 => Some(line_of(person, "7Б", Some("Первозванная"))),
        10 => Some(line_of(person, "за штатом", None)),
        11 => Some(line_of(person, "7 гум", None)),
        _ => Some(line_of(person, "7 «б»", None)),
    });
    choose(&mut console, &list);
    press(&mut console, "ученики");
    press(&mut console, "полный список этих классов");
    press(&mut console, "Дальше: столбцы");
    console.harness.get_by_label_contains("Что в файле: Классы").click();
    compare_picture(&mut console.harness, &format!("import-classes-{suffix}"));
    press(&mut console, "Дальше: проверка");
    console.harness.get_by_label_contains("Похоже, сменилась фамилия, ").click();
    console.harness.run();
    console.harness.key_press(Key::Home);
    compare_picture(&mut console.harness, &format!("import-renamed-{suffix}"));
    console.harness.get_by_label_contains("Нет в файле, ").click();
    console.harness.run();
    press(&mut console, "Отметить всех");
    compare_picture(&mut console.harness, &format!("import-absent-{suffix}"));
    console.harness.get_by_label_contains("Внести ").click();
    compare_picture(&mut console.harness, &format!("import-brake-{suffix}"));
}

/// Parents in the rows of children, values set by hand, and a workbook of two sheets.
fn relations(theme: ThemePreference, suffix: &str) {
    let mut console = sample_school(Setup { theme, ..Setup::default() });
    choose(&mut console, TWO_CHILDREN.as_bytes());
    press(&mut console, "ученики");
    press(&mut console, "Дальше: столбцы");
    press(&mut console, "Дальше: проверка");
    console.harness.get_by_label_contains("Похоже, один человек, ").click();
    console.harness.run();
    console.harness.key_press(Key::Home);
    compare_picture(&mut console.harness, &format!("import-joins-{suffix}"));
    console.harness.get_by_label_contains("Родители, ").click();
    compare_picture(&mut console.harness, &format!("import-parents-{suffix}"));

    let (mut console, _, text) = with_hand_edit(theme);
    choose(&mut console, text.as_bytes());
    to_review(&mut console);
    console.harness.get_by_label_contains("Задано вручную, ").click();
    console.harness.run();
    console.harness.key_press(Key::Home);
    compare_picture(&mut console.harness, &format!("import-conflicts-{suffix}"));

    choose(&mut console, &two_sheets());
    press(&mut console, "ученики");
    pick(&mut console, "Лист книги", "Каждый лист — отдельный класс");
    compare_picture(&mut console.harness, &format!("import-sheets-{suffix}"));
}

#[test]
fn import_relations_light() {
    relations(ThemePreference::Light, "light");
}

#[test]
fn import_relations_dark() {
    relations(ThemePreference::Dark, "dark");
}

#[test]
fn import_light() {
    pictures(ThemePreference::Light, "light");
}

#[test]
fn import_dark() {
    pictures(ThemePreference::Dark, "dark");
}

#[test]
fn import_questions_light() {
    questions(ThemePreference::Light, "light");
}

#[test]
fn import_questions_dark() {
    questions(ThemePreference::Dark, "dark");
}

#[test]
fn import_narrow_at_one_and_a_half() {
    let setup = Setup { scale_percent: 150, ..Setup::default() };
    let mut console = with_roster(&whole_school(), setup);
    compare_picture(&mut console.harness, "import-file-150");
    to_review(&mut console);
    console.harness.key_press(Key::Home);
    compare_picture(&mut console.harness, "import-150");
}
