//! Кто уже в системе? Numbers down the column, a tick, and what the file holds afterwards.

use egui::{Event, Key};
use egui_kittest::kittest::Queryable;
use jiff::civil::date;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Action, Destination};
use sferum_console::names::Role;
use sferum_console::register::{Observation, ObservationSource, Target};

use crate::console::{Console, Setup, sample_school};
use crate::pictures::compare_picture;

fn open(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.state_mut().act(Action::Go(Destination::Presence));
    console.harness.run();
    console
}

fn type_text(console: &mut Console, text: &str) {
    console.harness.event(Event::Text(text.to_owned()));
    console.harness.run();
}

fn press_key(console: &mut Console, key: Key) {
    console.harness.key_press(key);
    console.harness.run();
}

#[test]
fn numbers_and_ticks_become_observations() {
    let mut console = open(Setup::default());
    let snapshot = console.harness.state().view().snapshot.clone().expect("a file is open");
    let groups: Vec<_> = snapshot.groups.rows().iter().take(3).cloned().collect();
    let known = snapshot.register.tables().observations.len();

    let field = format!("{}, ученики: сколько внутри", groups[0].label);
    console.harness.get_by_label(&field).focus();
    console.harness.run();
    type_text(&mut console, "19");
    press_key(&mut console, Key::Enter);
    // Enter went down the column.
    type_text(&mut console, "18");
    press_key(&mut console, Key::Enter);
    let tick = format!("{}, ученики: внутри все", groups[2].label);
    console.harness.get_by_label(&tick).click();
    console.harness.run();
    console.harness.get_by_label("Записать по 3 классам").click();
    console.harness.run();
    assert!(console.harness.query_by_label("Кто уже в системе?").is_none(), "the page closes by itself");

    let (session, _folder) = console.reopened();
    let mut written: Vec<&Observation> =
        session.register().tables().observations.values().skip(known).collect();
    written.sort_by_key(|observation| observation.id);
    let facts: Vec<_> = written
        .iter()
        .map(|observation| (observation.target, observation.joined, observation.source))
        .collect();
    let all = groups[2].students.expected;
    assert_eq!(
        facts,
        [
            (Target::Group(groups[0].id), 19, ObservationSource::Number),
            (Target::Group(groups[1].id), 18, ObservationSource::Number),
            (Target::Group(groups[2].id), all, ObservationSource::Ticks),
        ]
    );
    assert!(written.iter().all(|seen| seen.role == Role::Student && seen.on == date(2026, 10, 12)));
}

#[test]
fn nothing_is_written_without_an_answer() {
    let mut console = open(Setup::default());
    let before = console.harness.state().view().snapshot.as_ref().map(|snapshot| snapshot.register.revision);
    console.harness.get_by_label("Записать").click();
    console.harness.run();
    press_key(&mut console, Key::Escape);
    assert!(console.harness.query_by_label("Кто уже в системе?").is_none());
    let (session, _folder) = console.reopened();
    assert_eq!(Some(session.register().revision), before);
}

#[test]
fn a_class_is_ticked_with_the_space_bar() {
    let mut console = open(Setup::default());
    press_key(&mut console, Key::Home);
    press_key(&mut console, Key::Space);
    press_key(&mut console, Key::ArrowDown);
    press_key(&mut console, Key::Space);
    console.harness.get_by_label("Записать по 2 классам");
}

fn pictures(theme: ThemePreference, suffix: &str) {
    let mut console = open(Setup { theme, ..Setup::default() });
    press_key(&mut console, Key::Home);
    press_key(&mut console, Key::Space);
    press_key(&mut console, Key::ArrowDown);
    press_key(&mut console, Key::Enter);
    type_text(&mut console, "25");
    press_key(&mut console, Key::Enter);
    type_text(&mut console, "нет");
    compare_picture(&mut console.harness, &format!("presence-{suffix}"));
}

#[test]
fn presence_light() {
    pictures(ThemePreference::Light, "light");
}

#[test]
fn presence_dark() {
    pictures(ThemePreference::Dark, "dark");
}
