//! Люди: the table, the card and the forms, by roles and labels.

use sferum_console::desktop::ThemePreference;

use crate::console::{Console, Setup, sample_school};
use crate::pictures::compare_picture;

fn people(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num3);
    console.harness.run();
    console
}

#[test]
fn picture_light() {
    let mut console = people(Setup::default());
    compare_picture(&mut console.harness, "people-light");
}

#[test]
fn picture_dark() {
    let mut console = people(Setup { theme: ThemePreference::Dark, ..Setup::default() });
    compare_picture(&mut console.harness, "people-dark");
}
