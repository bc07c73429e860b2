//! A picture of the member list beside the roster: pasted or opened, ticked by hand, gone when the room is left.

use std::sync::Arc;

use egui::accesskit::Role as Seen;
use egui::{Color32, ColorImage, Modifiers};
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::Room;

use super::*;
use crate::pictures::compare_picture;

/// Something like a member list on a telephone: circles and lines of words that nobody can read.
fn screen(width: usize, height: usize) -> ColorImage {
    let mut picture = ColorImage::filled([width, height], Color32::from_gray(250));
    let row = 96;
    for y in 0..height {
        for x in 0..width {
            let (place, inside) = (y / row, y % row);
            let (dx, dy) = (x as i64 - 56, inside as i64 - 48);
            let ends = 120 + 180 + (place * 67) % 230;
            let grey = if dx * dx + dy * dy < 30 * 30 {
                Some(150 + ((place * 37) % 80) as u8)
            } else if (28..44).contains(&inside) && (120..ends).contains(&x) && x % 23 < 19 {
                Some(60)
            } else if (58..68).contains(&inside) && (120..300).contains(&x) && x % 17 < 14 {
                Some(170)
            } else {
                None
            };
            if let Some(grey) = grey {
                picture.pixels[y * width + x] = Color32::from_gray(grey);
            }
        }
    }
    picture
}

fn paste_picture(console: &mut Console, picture: ColorImage) {
    console.harness.event(Event::PasteImage(Arc::new(picture)));
    console.harness.run();
}

fn tick(console: &mut Console, name: &str) {
    let nodes = console.harness.query_all_by_label_contains(name);
    let tick = nodes.into_iter().find(|node| node.accesskit_node().role() == Seen::CheckBox);
    tick.expect("the person can be ticked").click();
    console.harness.run();
}

fn has_picture(console: &Console, label: &str) -> bool {
    console.harness.query_by_role_and_label(Seen::Image, label).is_some()
}

#[test]
fn a_pasted_picture_is_ticked_by_hand_and_written_as_seen_by_eye() {
    let mut console = open(Setup::default(), "7Б");
    paste_picture(&mut console, screen(540, 900));
    assert!(has_picture(&console, "Снимок 1 из 1"));
    tick(&mut console, "Волкова Елена Олеговна");
    // The other one is found by typing; Enter ticks her.
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    console.harness.run();
    console.harness.event(Event::Text("климова нат".to_owned()));
    console.harness.run();
    press(&mut console, Key::Enter);
    console.harness.get_by_label_contains("Отмечены 2 из ");
    click(&mut console, "Записать сверку");
    console.harness.get_by_label("Сверка записана");

    let (session, _folder) = console.reopened();
    let register = session.register();
    assert!(is_inside(register, "Волкова Елена Олеговна") && is_inside(register, "Климова Наталья Петровна"));
    let seen = register.tables().observations.values().max_by_key(|seen| seen.id).cloned();
    let seen = seen.expect("an observation was written");
    assert_eq!(
        (seen.role, seen.on, seen.source, seen.joined),
        (Role::Parent, date(2026, 10, 12), ObservationSource::Picture, 2)
    );
    assert!(matches!(seen.target, Target::Chat(_)));
}

#[test]
fn the_picture_goes_when_the_room_is_left_and_the_ticks_stay() {
    let mut console = open(Setup::default(), "7Б");
    paste_picture(&mut console, screen(540, 900));
    tick(&mut console, "Волкова Елена Олеговна");
    console.harness.state_mut().act(Action::Go(Destination::Room(Room::People)));
    console.harness.run();
    console.harness.state_mut().act(Action::Go(Destination::Room(Room::Reconcile)));
    console.harness.run();
    assert!(!has_picture(&console, "Снимок 1 из 1"), "the picture is nowhere any more");
    console.harness.get_by_label("Вставьте снимок списка");
    console.harness.get_by_label_contains("Отмечен 1 из ");
    // Two screens of a long list stand below one another.
    paste_picture(&mut console, screen(540, 900));
    paste_picture(&mut console, screen(540, 5000));
    assert!(has_picture(&console, "Снимок 2 из 2"), "a picture higher than a texture is drawn in parts");
    press(&mut console, Key::Escape);
    click(&mut console, "Вернуться");
    click(&mut console, "Убрать снимки");
    assert!(!has_picture(&console, "Снимок 2 из 2"));
}

#[test]
fn a_picture_is_opened_from_a_file_and_another_kind_of_file_is_explained() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (good, bad) = (folder.path().join("Снимок.png"), folder.path().join("Фото.jpg"));
    image::RgbImage::from_pixel(40, 60, image::Rgb([200; 3])).save(&good).expect("a picture can be written");
    sferum_console::files::write_bytes_atomically(&bad, b"\xff\xd8\xff\xe0").expect("a file can be written");
    let chosen = vec![Some(bad), Some(good)];
    let mut console = open(Setup { chosen, ..Setup::default() }, "7Б");
    click(&mut console, "Открыть картинку…");
    console.harness.run();
    console.harness.get_by_label_contains("это не PNG");
    press(&mut console, Key::Escape);
    click(&mut console, "Открыть картинку…");
    console.harness.run();
    assert!(has_picture(&console, "Снимок 1 из 1"));
}

#[test]
fn the_list_is_ticked_by_the_keyboard_alone() {
    let mut console = open(Setup::default(), "7Б");
    paste_picture(&mut console, screen(540, 900));
    press(&mut console, Key::ArrowDown);
    press(&mut console, Key::Space);
    press(&mut console, Key::ArrowDown);
    press(&mut console, Key::Space);
    console.harness.get_by_label_contains("Отмечены 2 из ");
    press(&mut console, Key::Space);
    console.harness.get_by_label_contains("Отмечен 1 из ");
}

#[test]
fn looks() {
    for (theme, name) in
        [(ThemePreference::Light, "reconcile-by-eye-light"), (ThemePreference::Dark, "reconcile-by-eye-dark")]
    {
        let mut console = open(Setup { theme, ..Setup::default() }, "7Б");
        paste_picture(&mut console, screen(540, 1400));
        for _ in 0..3 {
            press(&mut console, Key::ArrowDown);
            press(&mut console, Key::Space);
        }
        compare_picture(&mut console.harness, name);
    }
    let mut console = open(Setup { scale_percent: 150, ..Setup::default() }, "7Б");
    paste_picture(&mut console, screen(540, 1400));
    compare_picture(&mut console.harness, "reconcile-by-eye-150");
}
