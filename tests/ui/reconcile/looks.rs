//! Pictures of the room.

use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Action, Destination};

use super::{PASTED, click, open, paste};
use crate::console::{Console, SIZE, Setup, sample_school};
use crate::pictures::compare_picture;

fn setup(theme: ThemePreference) -> Setup {
    Setup { theme, ..Setup::default() }
}

fn picture(console: &mut Console, name: &str) {
    compare_picture(&mut console.harness, name);
}

#[test]
fn choosing() {
    picture(&mut open(setup(ThemePreference::Light), "7Б"), "reconcile-choose-light");
    picture(&mut open(setup(ThemePreference::Dark), "7Б"), "reconcile-choose-dark");
}

#[test]
fn pairs() {
    for (theme, name) in
        [(ThemePreference::Light, "reconcile-light"), (ThemePreference::Dark, "reconcile-dark")]
    {
        let mut console = open(setup(theme), "7Б");
        paste(&mut console, PASTED);
        picture(&mut console, name);
    }
}

#[test]
fn pairs_with_large_letters() {
    let mut console = open(Setup { scale_percent: 150, size: SIZE, ..Setup::default() }, "7Б");
    paste(&mut console, PASTED);
    picture(&mut console, "reconcile-150");
}

#[test]
fn done() {
    for (theme, name) in
        [(ThemePreference::Light, "reconcile-done-light"), (ThemePreference::Dark, "reconcile-done-dark")]
    {
        let mut console = open(setup(theme), "7Б");
        paste(&mut console, PASTED);
        click(&mut console, "Записать сверку");
        picture(&mut console, name);
    }
}

#[test]
fn summary() {
    for (theme, name) in [
        (ThemePreference::Light, "reconcile-summary-light"),
        (ThemePreference::Dark, "reconcile-summary-dark"),
    ] {
        let mut console = sample_school(setup(theme));
        console.harness.state_mut().act(Action::Go(Destination::ClassSummary));
        console.harness.run();
        picture(&mut console, name);
    }
}

#[test]
fn requests_and_tasks() {
    for (theme, suffix) in [(ThemePreference::Light, "light"), (ThemePreference::Dark, "dark")] {
        let mut console = sample_school(setup(theme));
        console.harness.state_mut().act(Action::Go(Destination::JoinRequests));
        console.harness.run();
        picture(&mut console, &format!("reconcile-requests-{suffix}"));
        console.harness.state_mut().act(Action::Go(Destination::CabinetTasks));
        console.harness.run();
        picture(&mut console, &format!("reconcile-tasks-{suffix}"));
    }
}

#[test]
fn strangers_and_the_missing_at_the_end() {
    let mut console = open(setup(ThemePreference::Light), "7Б");
    paste(&mut console, PASTED);
    super::press(&mut console, egui::Key::End);
    picture(&mut console, "reconcile-end-light");
}

#[test]
fn a_form_over_the_room() {
    let mut console = open(setup(ThemePreference::Dark), "7Б");
    paste(&mut console, PASTED);
    super::press(&mut console, egui::Key::End);
    super::press(&mut console, egui::Key::H);
    picture(&mut console, "reconcile-adult-dark");
}
