//! Классы: the tree, its card and its forms, by roles and labels.

use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Destination, Room};

use crate::console::{Console, Setup, sample_school};
use crate::pictures::compare_picture;

fn classes(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num2);
    console.harness.run();
    let _ = (Destination::Room(Room::Classes), ());
    console
}

#[test]
fn picture_light() {
    let mut console = classes(Setup::default());
    compare_picture(&mut console.harness, "classes-light");
}

#[test]
fn picture_dark() {
    let mut console = classes(Setup { theme: ThemePreference::Dark, ..Setup::default() });
    compare_picture(&mut console.harness, "classes-dark");
}
