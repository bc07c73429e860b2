//! The help: its way in and out, its search and links, and its pictures of this program.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use egui::accesskit::Role as Spoken;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use image::{Rgb, RgbImage};
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Action, ConsoleApp, Destination, LinksPage, Overlay, Room};

use crate::console::{
    Setup, assert_controls_in_sight, large_letters, narrow_window, sample_school, start_page,
};
use crate::pictures::compare_picture;

/// Picture of the help, snapshot it is cut out of, left, top, width, height in pixels.
const CUT_OUT: [(&str, &str, [u32; 4]); 17] = [
    ("start", "start", [196, 146, 580, 400]),
    ("today", "today", [208, 60, 752, 440]),
    ("classes", "classes", [208, 0, 796, 470]),
    ("people", "people", [1004, 0, 362, 500]),
    ("import-columns", "import-columns", [62, 56, 1000, 500]),
    ("import-review", "import", [62, 56, 1000, 400]),
    ("links", "links", [208, 0, 796, 470]),
    ("issue", "links-issue", [208, 56, 1000, 330]),
    ("hand-out", "links-hand-out", [208, 0, 796, 380]),
    ("cleanup", "cleanup", [500, 66, 720, 640]),
    ("leaked", "links-leaked", [208, 56, 1000, 500]),
    ("reconcile", "reconcile", [208, 56, 930, 440]),
    ("summary", "reconcile-summary", [208, 56, 850, 400]),
    ("requests", "reconcile-requests", [208, 56, 1000, 380]),
    ("tasks", "reconcile-tasks", [208, 56, 1000, 430]),
    ("journal", "journal", [208, 0, 800, 420]),
    ("erasure", "erasure", [480, 66, 770, 530]),
];

fn press(harness: &mut Harness<'_, ConsoleApp>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

/// Presses a page of the list or a link, wherever it is scrolled to.
fn open(harness: &mut Harness<'_, ConsoleApp>, role: Spoken, label: &str) {
    harness.get_by_role_and_label(role, label).click_accesskit();
    harness.run();
}

fn search(harness: &mut Harness<'_, ConsoleApp>, text: &str) {
    let field = "Поиск в справке";
    harness.get_by_role_and_label(Spoken::TextInput, field).focus();
    harness.run();
    harness.get_by_role_and_label(Spoken::TextInput, field).type_text(text);
    harness.run();
}

fn press_key(harness: &mut Harness<'_, ConsoleApp>, key: Key) {
    harness.key_press(key);
    harness.run();
}

#[test]
fn f1_opens_the_section_of_every_page_and_escape_returns_to_it() {
    let cases = [
        (Destination::Room(Room::Today), "tasks"),
        (Destination::Room(Room::Classes), "structure"),
        (Destination::Room(Room::People), "people"),
        (Destination::Room(Room::Links), "links"),
        (Destination::LinksPage(LinksPage::Issue), "links#issue"),
        (Destination::LinksPage(LinksPage::HandOut), "links#hand-out"),
        (Destination::LinksPage(LinksPage::Leaked(None)), "links#leaked"),
        (Destination::LinksPage(LinksPage::Course), "links#course"),
        (Destination::Room(Room::Reconcile), "reconcile"),
        (Destination::ClassSummary, "reconcile#summary"),
        (Destination::JoinRequests, "requests"),
        (Destination::CabinetTasks, "tasks#cabinet"),
        (Destination::Room(Room::Journal), "journal"),
        (Destination::Erasure, "erasure"),
        (Destination::FileContents, "erasure#contents"),
        (Destination::Import, "rosters"),
        (Destination::Cleanup(None), "links#cleanup"),
        (Destination::Presence, "reconcile#presence"),
    ];
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    for (destination, topic) in cases {
        harness.state_mut().act(Action::Go(destination));
        harness.run();
        let place = |harness: &Harness<'_, ConsoleApp>| {
            let view = harness.state().view();
            (view.room, view.overlay, view.links.page(), view.reconcile.mode())
        };
        let before = place(harness);
        press_key(harness, Key::F1);
        assert_eq!(harness.state().view().room, Room::Help, "{topic}");
        assert_eq!(harness.state().view().help.topic(), topic);
        press_key(harness, Key::Escape);
        assert_eq!(place(harness), before, "{topic}: everything is as it was");
    }
}

#[test]
fn a_search_finds_a_section_links_lead_on_and_back_leads_back() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    press_key(harness, Key::F1);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    harness.get_by_role_and_label(Spoken::TextInput, "Поиск в справке").type_text("забытый пароль");
    harness.run();
    open(harness, Spoken::ListBoxOption, "Если пароль забыт");
    assert_eq!(harness.state().view().help.topic(), "password#forgotten");
    press(harness, "Очистить поиск");
    open(harness, Spoken::ListBoxOption, "С чего начать");
    open(harness, Spoken::Link, "Загрузка списка, подробно");
    assert_eq!(harness.state().view().help.topic(), "rosters");
    press(harness, "Назад");
    assert_eq!(harness.state().view().help.topic(), "first-steps");
    press(harness, "Копировать страницу");
    let copied = harness.output().platform_output.commands.iter().any(|command| {
        matches!(command, egui::OutputCommand::CopyText(text) if text.starts_with("С чего начать\r\n"))
    });
    let toast = harness.state().view().toast.as_ref().map(|toast| toast.text.clone());
    assert!(copied || toast.is_some_and(|text| text.contains("С чего начать")));
    search(harness, "щщщщ");
    harness.get_by_label_contains("Такого в справке нет");
}

#[test]
fn the_help_is_there_before_a_file_and_over_a_locked_one() {
    let mut harness = start_page(Setup::default());
    harness.run();
    press(&mut harness, "Справка");
    assert_eq!(harness.state().view().help.topic(), "first-steps#file");
    open(&mut harness, Spoken::ListBoxOption, "Контакты");
    harness.get_by_label_contains("Бот в MAX");
    press_key(&mut harness, Key::Escape);
    harness.get_by_label("Новый файл");

    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    harness.state_mut().act(Action::Lock);
    harness.run();
    press_key(harness, Key::F1);
    assert_eq!(harness.state().view().help.topic(), "password#lock");
    press(harness, "Вернуться");
    assert!(harness.state().view().locked.is_some(), "the file stays locked");
}

#[test]
fn pictures_of_the_help() {
    for (theme, name) in [(ThemePreference::Light, "help-light"), (ThemePreference::Dark, "help-dark")] {
        let mut console = sample_school(Setup { theme, ..Setup::default() });
        let harness = &mut console.harness;
        press_key(harness, Key::F1);
        open(harness, Spoken::ListBoxOption, "Ссылки и разбор");
        harness.event(egui::Event::PointerGone);
        compare_picture(harness, name);
        if theme == ThemePreference::Light {
            open(harness, Spoken::ListBoxOption, "Законы и письма");
            harness.event(egui::Event::PointerGone);
            compare_picture(harness, "help-law-light");
            search(harness, "аннулировать");
            compare_picture(harness, "help-search-light");
        }
    }
}

#[test]
fn in_a_narrow_window_and_large_letters_nothing_is_lost() {
    for (setup, name) in [(narrow_window(), "help-1100"), (large_letters(), "help-150")] {
        let mut console = sample_school(setup);
        press_key(&mut console.harness, Key::F1);
        open(&mut console.harness, Spoken::ListBoxOption, "Загрузка списка");
        console.harness.event(egui::Event::PointerGone);
        compare_picture(&mut console.harness, name);
        assert_controls_in_sight(&console, name);
    }
}

#[test]
fn every_page_can_be_drawn() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    press_key(harness, Key::F1);
    let mut pages: Vec<String> = Vec::new();
    for node in harness.query_all_by_role(Spoken::ListBoxOption) {
        use egui_kittest::kittest::NodeT;
        pages.extend(node.accesskit_node().label());
    }
    assert!(pages.len() >= 20, "{pages:?}");
    for page in pages {
        harness.get_by_role_and_label(Spoken::ListBoxOption, &page).click_accesskit();
        harness.run();
        assert!(harness.query_all_by_role_and_label(Spoken::Heading, &page).count() >= 1, "{page}");
        assert_eq!(harness.state().view().overlay, None::<Overlay>);
    }
}

// The pictures of the program within the help

fn picture_path(name: &str, theme: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/help/pictures");
    folder.join(format!("{name}-{theme}.png"))
}

fn cut_out(snapshot: &str, theme: &str, [left, top, width, height]: [u32; 4]) -> RgbImage {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui/snapshots");
    let whole = image::open(path.join(format!("{snapshot}-{theme}.png"))).expect("a snapshot").to_rgb8();
    image::imageops::crop_imm(&whole, left, top, width, height).to_image()
}

/// The help shows the program as it is. With `UPDATE_SNAPSHOTS=1` the pictures are cut out anew; run it after the
/// snapshots themselves were written.
#[test]
fn pictures_in_the_help_show_this_program() {
    for (name, snapshot, part) in CUT_OUT {
        for theme in ["light", "dark"] {
            let drawn = cut_out(snapshot, theme, part);
            let path = picture_path(name, theme);
            if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|value| value == "1") {
                write_indexed(&drawn, &path);
                continue;
            }
            let shown = image::open(&path).expect("the picture can be read").to_rgb8();
            assert_eq!(shown.dimensions(), drawn.dimensions(), "{name}-{theme}");
            let far = |(one, other): &(&Rgb<u8>, &Rgb<u8>)| {
                one.0.iter().zip(other.0).any(|(one, other)| one.abs_diff(other) > 40)
            };
            let differ = shown.pixels().zip(drawn.pixels()).filter(far).count();
            let total = shown.pixels().len();
            assert!(
                differ * 50 < total,
                "{name}-{theme} shows what the program was; run this test with UPDATE_SNAPSHOTS=1"
            );
        }
    }
}

/// Writes a picture with at most 256 colours: a third of the size, and nobody sees it.
fn write_indexed(picture: &RgbImage, path: &Path) {
    let coarse = |pixel: &Rgb<u8>| pixel.0.map(|channel| channel & 0xF8);
    let mut exact: HashMap<[u8; 3], HashMap<[u8; 3], u32>> = HashMap::new();
    for pixel in picture.pixels() {
        *exact.entry(coarse(pixel)).or_default().entry(pixel.0).or_default() += 1;
    }
    // Of each neighbourhood of colours the most frequent one stands for all.
    let mut colors: Vec<(u32, [u8; 3])> = exact
        .values()
        .filter_map(|alike| {
            let most = alike.iter().max_by_key(|(color, count)| (**count, **color))?;
            Some((alike.values().sum(), *most.0))
        })
        .collect();
    colors.sort_unstable_by_key(|(count, color)| (std::cmp::Reverse(*count), *color));
    colors.truncate(256);
    let distance = |one: [u8; 3], other: [u8; 3]| -> u32 {
        one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    let mut nearest: HashMap<[u8; 3], u8> = HashMap::new();
    let indexed: Vec<u8> = picture
        .pixels()
        .map(|pixel| {
            *nearest.entry(pixel.0).or_insert_with(|| {
                let all = colors.iter().enumerate();
                let found = all.min_by_key(|(_, (_, color))| distance(*color, pixel.0));
                u8::try_from(found.map_or(0, |(place, _)| place)).expect("at most 256 colours")
            })
        })
        .collect();
    let file = std::fs::File::create(path).expect("the picture can be made");
    let mut encoder = png::Encoder::new(file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(colors.iter().flat_map(|(_, color)| *color).collect::<Vec<u8>>());
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&indexed).expect("the picture can be written");
}
