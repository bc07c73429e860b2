//! The start page.

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::ConsoleApp;
use sferum_console::register::OrganizationKind;
use sferum_console::session::Session;
use sferum_console::store::Key as FileKey;

use crate::console::{Setup, clock, sample_school, start_page};
use crate::pictures::compare_picture;

/// Gives a field the focus and types into it.
fn type_into(harness: &mut Harness<'_, ConsoleApp>, label: &str, text: &str) {
    let field = || By::new().label(label).predicate(|node| node.is_text_input());
    harness.get(field()).focus();
    harness.run();
    harness.get(field()).type_text(text);
    harness.run();
}

const PASSWORD: &str = "барсук овраг сирень";

/// The second step of a new file.
fn type_password(harness: &mut Harness<'_, ConsoleApp>) {
    harness.get_by_label("Дальше: пароль").click();
    harness.run();
    type_into(harness, "Новый пароль", PASSWORD);
    type_into(harness, "Пароль ещё раз", PASSWORD);
}

#[test]
fn a_new_file_is_made_where_the_chooser_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("Колледж");
    let mut harness = start_page(Setup { chosen: vec![Some(file.clone())], ..Setup::default() });
    harness.run();
    harness.get_by_label("Новый файл").click();
    harness.run();
    harness.get_by_label("Вид организации: Колледж").click();
    type_into(&mut harness, "Название, как вы её называете", "Горный  колледж");
    type_password(&mut harness);
    harness.get_by_label("Выбрать место и создать").click();
    harness.run();
    let view = harness.state().view();
    assert_eq!(view.error, None);
    assert!(view.snapshot.is_some(), "the file is open");
    drop(harness);
    let key = FileKey::from_password(PASSWORD);
    let session =
        Session::open(&file.with_extension("sferum"), key.as_ref(), clock(), None).expect("the file opens");
    let card = session.register().organization();
    assert_eq!((card.name.as_str(), card.kind), ("Горный колледж", OrganizationKind::College));
}

#[test]
fn a_new_file_is_made_at_a_typed_path_and_its_form_survives_a_failure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = start_page(Setup::default());
    harness.run();
    harness.get_by_label("Новый файл").click();
    harness.run();
    type_into(&mut harness, "Название, как вы её называете", "Школа 5");
    type_password(&mut harness);
    let nowhere = folder.path().join("нет такой папки").join("Школа 5");
    type_into(&mut harness, "Путь к новому файлу", &nowhere.display().to_string());
    harness.run();
    harness.get_by_label("Создать здесь").click();
    harness.run();
    assert!(harness.state().view().error.is_some(), "there is no such folder");
    harness.get_by_label("Выбрать место и создать");
    for _ in 0..2 {
        harness.key_press(Key::Escape);
        harness.run();
    }
    harness.get_by_label("Учебная школа");
}

#[test]
fn an_encrypted_file_asks_for_its_password() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("Школа с паролем.sferum");
    let key = FileKey::from_password("осенний лист");
    let card = sferum_console::register::Organization { name: "Школа 9".into(), ..Default::default() };
    drop(Session::create(&file, key.as_ref(), card, clock(), "").expect("the file is made"));
    let mut harness = start_page(Setup::default());
    harness.state_mut().open(file, None, None);
    harness.run();
    let prompt = &harness.state().view().start.asks_password_for;
    assert!(prompt.is_some(), "it asks");
    for (password, opens) in [("другой", false), ("осенний лист", true)] {
        type_into(&mut harness, "Пароль", password);
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().view().snapshot.is_some(), opens, "{password}");
        // A wrong one makes the next wait a second.
        harness.run_steps(if opens { 0 } else { 6 });
    }
}

#[test]
fn a_recent_file_that_is_gone_can_only_be_taken_off_the_list() {
    let console = sample_school(Setup::default());
    let (mut harness, file) = (console.harness, console.file);
    harness.get_by_label("Закрыть файл").click();
    harness.run();
    harness.get_by_label("Школа 14").click();
    harness.run();
    assert!(harness.state().view().snapshot.is_some(), "a recent file opens by one press");
    harness.get_by_label("Закрыть файл").click();
    harness.run();
    std::fs::rename(&file, file.with_extension("moved")).expect("the file can be moved");
    harness.get_by_label("Новый файл");
    // A new look is taken when the page is entered again.
    harness.state_mut().open(file.clone(), None, None);
    harness.run();
    assert!(harness.state().view().error.is_some(), "it is gone");
    assert!(harness.get_by_label("Школа 14").accesskit_node().is_disabled());
    harness.get_by_label("Убрать из недавних: Школа 14").click();
    harness.run();
    assert!(harness.query_by_label("Школа 14").is_none());
}

#[test]
fn pictures_of_the_start_page() {
    for (theme, name) in [(ThemePreference::Light, "start-light"), (ThemePreference::Dark, "start-dark")] {
        let mut harness = start_page(Setup { theme, ..Setup::default() });
        compare_picture(&mut harness, name);
        if theme == ThemePreference::Light {
            harness.get_by_label("Новый файл").click();
            harness.run();
            compare_picture(&mut harness, "start-new-light");
        }
    }
}

#[test]
fn at_one_and_a_half_nothing_is_lost() {
    let mut harness = start_page(Setup { scale_percent: 150, ..Setup::default() });
    compare_picture(&mut harness, "start-light-150");
}
