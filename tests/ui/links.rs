//! Ссылки: the table, its filters, forms and pasted lists, and what the file holds afterwards.

use egui::accesskit::Role as Seen;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use sferum_console::desktop::ThemePreference;
use sferum_console::names::Role;
use sferum_console::register::{Invite, InviteId, InviteState, Register, Target};

use crate::console::{Console, SIZE, Setup, sample_school};
use crate::pictures::compare_picture;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 10, 12);

fn open_links(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
    console.harness.run();
    console
}

fn press(console: &mut Console, label: &str) {
    console.harness.get_by_role_and_label(Seen::Button, label).click();
    console.harness.run();
}

fn register(console: &Console) -> &Register {
    &console.harness.state().view().snapshot.as_ref().expect("a file is open").register
}

#[test]
fn links_dark() {
    let mut console = open_links(Setup { theme: ThemePreference::Dark, ..Setup::default() });
    for _ in 0..3 {
        console.harness.key_press(Key::ArrowDown);
        console.harness.key_press(Key::Space);
    }
    compare_picture(&mut console.harness, "links-dark");
}

#[test]
fn links_light() {
    let mut console = open_links(Setup::default());
    console.harness.key_press(Key::ArrowDown);
    console.harness.key_press(Key::Enter);
    compare_picture(&mut console.harness, "links-light");
}

#[test]
fn links_narrow_at_one_and_a_half() {
    let setup = Setup { scale_percent: 150, ..Setup::default() };
    let mut console = open_links(setup);
    compare_picture(&mut console.harness, "links-light-150");
    let _ = SIZE;
}
