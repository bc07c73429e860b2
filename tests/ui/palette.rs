//! The command palette.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{ConsoleApp, Room};

use crate::console::{Console, Setup, sample_school};
use crate::pictures::compare_picture;

const FIELD: &str = "Команда, человек, класс или ссылка";

fn palette(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    console.harness.run();
    console
}

fn type_in(harness: &mut Harness<'_, ConsoleApp>, text: &str) {
    harness.get_by_label(FIELD).type_text(text);
    harness.run();
}

#[test]
fn a_command_runs_by_keyboard_alone() {
    let mut console = palette(Setup::default());
    let harness = &mut console.harness;
    assert!(harness.get_by_label(FIELD).is_focused());
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::Enter] {
        harness.key_press(key);
        harness.run();
    }
    assert_eq!(harness.state().view().room, Room::Classes, "the second command");
    assert!(harness.state().view().palette.is_none());
}

#[test]
fn escape_and_the_search_field_of_today() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    harness.get_by_label("Человек, класс, ссылка").click();
    harness.run();
    assert!(harness.state().view().palette.is_some());
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().view().palette.is_none());
}

#[test]
fn people_groups_and_links_are_found_and_opened() {
    let mut console = palette(Setup::default());
    let harness = &mut console.harness;
    let snapshot = harness.state().view().snapshot.clone().expect("an open file");
    let row = snapshot.people.iter().next().expect("people").clone();
    type_in(harness, &row.full_name.to_lowercase());
    assert!(harness.query_all_by_label_contains(&row.full_name).count() >= 1);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().view().room, Room::People);
    let link = snapshot.invites.rows().next().expect("links");
    for (text, room) in [("7б".to_owned(), None), (link.tail.replace('…', ""), Some(Room::Links))] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
        harness.run();
        type_in(harness, &text);
        let options = harness.query_all_by_role(egui::accesskit::Role::ListBoxOption).count();
        assert!((1..=32).contains(&options), "{text}: {options}");
        if room.is_some() {
            harness.key_press(Key::Enter);
            harness.run();
            assert_eq!(Some(harness.state().view().room), room);
        } else {
            harness.key_press(Key::Escape);
            harness.run();
        }
    }
}

#[test]
fn nothing_found_says_so() {
    let mut console = palette(Setup::default());
    type_in(&mut console.harness, "щщщщ");
    console.harness.get_by_label_contains("Ничего не нашлось");
    console.harness.key_press(Key::Enter);
    console.harness.run();
    assert!(console.harness.state().view().palette.is_some(), "Enter on nothing does nothing");
}

#[test]
fn pictures_of_the_palette() {
    for (theme, name) in [(ThemePreference::Light, "palette-light"), (ThemePreference::Dark, "palette-dark")]
    {
        let mut console = palette(Setup { theme, ..Setup::default() });
        type_in(&mut console.harness, "7б");
        compare_picture(&mut console.harness, name);
    }
}
