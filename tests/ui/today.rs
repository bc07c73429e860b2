//! Сегодня, and the help that stands beside it.

use egui::Key;
use egui_kittest::kittest::Queryable;
use jiff::civil::date;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Overlay, Room};
use sferum_console::register::Organization;
use sferum_console::session::{Clock, Session};

use crate::console::{Setup, clock, sample_school, start_page};
use crate::pictures::compare_picture;

#[test]
fn every_task_leads_somewhere() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    let tasks = harness.state().view().snapshot.as_ref().expect("an open file").today_list.tasks.clone();
    assert!(!tasks.is_empty() && tasks.len() <= 7);
    for task in &tasks {
        harness.get_by_label(&format!("{}: {}", task.button, task.title)).click();
        harness.run();
        let view = harness.state().view();
        assert!(view.overlay.is_some() || view.room != Room::Today, "{}", task.title);
        harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num1);
        harness.run();
        assert_eq!((harness.state().view().room, harness.state().view().overlay), (Room::Today, None));
    }
    harness.get_by_label("Начать по порядку").click();
    harness.run();
    assert_eq!(harness.state().view().overlay, Some(Overlay::Cleanup), "the exposed link comes first");
}

#[test]
fn later_folds_out() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    let later = harness.state().view().snapshot.as_ref().expect("an open file").today_list.later.clone();
    let first = later.first().expect("the sample has something of the coming days");
    assert!(harness.query_by_label(&first.title).is_none());
    harness.get_by_label("Показать: Позже на этой неделе").click();
    harness.run();
    assert!(harness.query_all_by_label(&first.title).count() >= 1);
}

#[test]
fn a_fresh_file_begins_with_three_steps_at_most() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let chosen = vec![Some(folder.path().join("Новая школа.sferum"))];
    let mut harness = start_page(Setup { chosen, ..Setup::default() });
    harness.run();
    harness.get_by_label("Новый файл").click();
    harness.run();
    harness.get_by_label("Название, как вы её называете").type_text("Школа № 3");
    harness.key_press(Key::Enter);
    harness.run();
    harness.event(egui::Event::PointerGone);
    compare_picture(&mut harness, "today-fresh-light");
    harness.get_by_label("Загрузить список школы").click();
    harness.run();
    assert_eq!(harness.state().view().overlay, Some(Overlay::Import));
}

#[test]
fn a_doubtful_clock_is_asked_about_and_the_answer_is_recorded() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("Школа 2.sferum");
    let december = "2026-12-01T09:00:00+03:00[Europe/Moscow]".parse().expect("a valid moment");
    let card = Organization { name: "Школа 2".into(), ..Organization::default() };
    drop(Session::create(&file, None, card, Clock::fixed(december), "").expect("the file is made"));
    let mut harness = start_page(Setup::default());
    harness.state_mut().open(file.clone(), None, None);
    harness.run();
    harness.get_by_label("Верна ли дата на компьютере?");
    harness.get_by_label("Да, сегодня 12 октября 2026").click();
    harness.run();
    assert_eq!(harness.state().view().error, None);
    assert!(harness.query_by_label("Верна ли дата на компьютере?").is_none());
    drop(harness);
    let session = Session::open(&file, None, clock(), None).expect("the file opens");
    assert_eq!(session.register().settings().confirmed_day, Some(date(2026, 10, 12)));
}

#[test]
fn pictures_of_today() {
    for (theme, name) in [(ThemePreference::Light, "today-light"), (ThemePreference::Dark, "today-dark")] {
        let mut console = sample_school(Setup { theme, ..Setup::default() });
        compare_picture(&mut console.harness, name);
    }
}

#[test]
fn at_one_and_a_half_the_cards_stand_below_each_other() {
    let mut console = sample_school(Setup { scale_percent: 150, ..Setup::default() });
    compare_picture(&mut console.harness, "today-light-150");
}

#[test]
fn the_help_opens_by_f1_and_turns_its_pages() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    harness.key_press(Key::F1);
    harness.run();
    harness.get_by_label("Контакты").click();
    harness.run();
    harness.get_by_label_contains("Бот в MAX");
    harness.get_by_label("Ссылки и разбор").click();
    compare_picture(harness, "help-light");
}
