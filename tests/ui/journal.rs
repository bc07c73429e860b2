//! Журнал: what stands in it, a part taken back, and what the file holds afterwards.

use egui::Key;
use egui_kittest::kittest::Queryable;
use jiff::civil::date;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Action, Destination, Room};
use sferum_console::names::Role;
use sferum_console::register::{Observation, ObservationId, ObservationSource, Operation, Target};

use crate::console::{Console, Setup, press, sample_school};
use crate::pictures::compare_picture;

/// The sample with one more entry of two parts, and the journal open.
fn open(setup: Setup) -> (Console, usize) {
    let mut console = sample_school(setup);
    let snapshot = console.harness.state().view().snapshot.clone().expect("a file is open");
    let observations = snapshot.groups.rows().iter().take(2).map(|group| Observation {
        id: ObservationId::default(),
        target: Target::Group(group.id),
        role: Role::Student,
        on: date(2026, 10, 12),
        source: ObservationSource::Number,
        joined: 7,
        of: None,
    });
    let known = snapshot.register.tables().observations.len();
    let operation = Operation::Observe(observations.collect());
    console.harness.state_mut().act(Action::execute(operation, "Записано"));
    console.harness.state_mut().act(Action::Go(Destination::Room(Room::Journal)));
    console.harness.run();
    (console, known)
}

fn open_newest(console: &mut Console) {
    console.harness.key_press(Key::Home);
    console.harness.run();
    console.harness.run();
}

#[test]
fn one_part_is_taken_back_then_the_rest() {
    let (mut console, known) = open(Setup::default());
    console.harness.get_by_label("Записано, кто внутри: 2 сверки");
    open_newest(&mut console);
    press(&mut console, "Отменить часть 1");
    let count = |console: &Console| {
        let snapshot = console.harness.state().view().snapshot.as_ref().expect("a file is open");
        snapshot.register.tables().observations.len()
    };
    assert_eq!(count(&console), known + 1, "one of two stays");
    console.harness.get_by_label("отменено частей: 1");
    assert!(console.harness.query_by_label("Отменить часть 1").is_none(), "it cannot be taken back twice");
    press(&mut console, "Отменить часть 2");
    assert_eq!(count(&console), known);
    let (session, _folder) = console.reopened();
    assert_eq!(session.register().tables().observations.len(), known);
    let codes: Vec<String> = session
        .list_entries(None, 3)
        .expect("the journal can be read")
        .into_iter()
        .map(|entry| entry.code)
        .collect();
    assert_eq!(codes, ["undo", "undo", "observe"]);
}

#[test]
fn a_whole_entry_is_taken_back_and_greyed() {
    let (mut console, known) = open(Setup::default());
    open_newest(&mut console);
    press(&mut console, "Отменить запись");
    console.harness.get_by_label("отменена");
    let (session, _folder) = console.reopened();
    assert_eq!(session.register().tables().observations.len(), known);
}

#[test]
fn the_filter_finds_by_words_and_says_when_nothing_is_found() {
    let (mut console, _) = open(Setup::default());
    console.harness.get_by_label("Кто или что").focus();
    console.harness.run();
    console.harness.event(egui::Event::Text("загружен список".into()));
    console.harness.run();
    assert!(console.harness.query_by_label("Записано, кто внутри: 2 сверки").is_none());
    assert!(console.harness.query_all_by_label_contains("Загружен список").next().is_some());
    console.harness.event(egui::Event::Text(" такого нет".into()));
    console.harness.run();
    press(&mut console, "Сбросить фильтр");
    console.harness.get_by_label("Записано, кто внутри: 2 сверки");
}

#[test]
fn no_address_and_no_phone_can_be_read_here() {
    let (mut console, _) = open(Setup::default());
    for _ in 0..40 {
        console.harness.key_press(Key::ArrowDown);
        console.harness.run();
        assert!(console.harness.query_by_label_contains("://").is_none(), "addresses are masked");
        assert!(console.harness.query_by_label_contains("+7900").is_none(), "phones are masked");
    }
}

fn pictures(theme: ThemePreference, suffix: &str) {
    let (mut console, _) = open(Setup { theme, ..Setup::default() });
    open_newest(&mut console);
    press(&mut console, "Отменить запись");
    for _ in 0..4 {
        console.harness.key_press(Key::ArrowDown);
        console.harness.run();
    }
    compare_picture(&mut console.harness, &format!("journal-{suffix}"));
}

#[test]
fn journal_light() {
    pictures(ThemePreference::Light, "light");
}

#[test]
fn journal_dark() {
    pictures(ThemePreference::Dark, "dark");
}
