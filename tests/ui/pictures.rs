//! Compares what is drawn with the pictures in `tests/ui/snapshots`.

use std::path::{Path, PathBuf};

use egui_kittest::Harness;
use image::RgbImage;
use sferum_console::gui::theme;

use crate::cpu_renderer::CpuRenderer;

/// A channel may differ by this much before a pixel counts as different.
const CHANNEL_TOLERANCE: u8 = 8;
/// One pixel in this many may be different.
const ONE_PIXEL_IN: usize = 1000;

/// A window of a size in points at a scale, in one theme, with the fonts and styles of the program.
pub fn window<'a>(
    theme: egui::Theme,
    size: [f32; 2],
    scale: f32,
    draw: impl FnMut(&mut egui::Ui) + 'a,
) -> Harness<'a> {
    Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_theme(theme)
        .with_render_cursor(false)
        .renderer(CpuRenderer::default())
        .with_context_setup(theme::install)
        .build_ui(without_margin(draw))
}

/// The root of the harness keeps 8 points on every side for itself; a window of the program does not.
fn without_margin<'a>(mut draw: impl FnMut(&mut egui::Ui) + 'a) -> impl FnMut(&mut egui::Ui) + 'a {
    move |ui| {
        let whole = ui.ctx().content_rect();
        let builder = egui::UiBuilder::new().max_rect(whole);
        let mut child = ui.new_child(builder);
        child.set_clip_rect(whole);
        let fill = theme::Tokens::of(&child).surface;
        child.painter().rect_filled(whole, 0.0, fill);
        draw(&mut child);
    }
}

/// Draws the window and compares it with `tests/ui/snapshots/NAME.png`.
///
/// With `UPDATE_SNAPSHOTS=1` the picture is written instead; else a different one is put beside it as
/// `NAME.new.png` and the test fails.
#[track_caller]
pub fn compare_picture<State>(harness: &mut Harness<'_, State>, name: &str) {
    harness.run();
    let drawn = harness.render().expect("the processor can always draw");
    let drawn = image::DynamicImage::ImageRgba8(drawn).to_rgb8();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui/snapshots");
    let (expected, new) = (folder.join(format!("{name}.png")), folder.join(format!("{name}.new.png")));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|value| value == "1") {
        save(&drawn, &expected);
        let _ = std::fs::remove_file(new);
        return;
    }
    let verdict = match image::open(&expected) {
        Ok(picture) => difference(&picture.to_rgb8(), &drawn),
        Err(error) => Some(format!("cannot be read ({error})")),
    };
    if let Some(verdict) = verdict {
        save(&drawn, &new);
        panic!(
            "The picture «{name}» {verdict}. What was drawn lies in {}; run with UPDATE_SNAPSHOTS=1 to accept it.",
            new.display()
        );
    }
    let _ = std::fs::remove_file(new);
}

fn save(picture: &RgbImage, path: &PathBuf) {
    std::fs::create_dir_all(path.parent().expect("snapshots lie in a folder"))
        .expect("the folder can be made");
    picture.save(path).expect("the picture can be written");
}

/// What is different, or nothing.
fn difference(expected: &RgbImage, drawn: &RgbImage) -> Option<String> {
    if expected.dimensions() != drawn.dimensions() {
        return Some(format!("is {:?}, but {:?} was drawn", expected.dimensions(), drawn.dimensions()));
    }
    let differs = |(one, other): &(&image::Rgb<u8>, &image::Rgb<u8>)| {
        one.0.iter().zip(other.0).any(|(one, other)| one.abs_diff(other) > CHANNEL_TOLERANCE)
    };
    let count = expected.pixels().zip(drawn.pixels()).filter(differs).count();
    let total = (expected.width() * expected.height()) as usize;
    (count * ONE_PIXEL_IN > total).then(|| format!("differs in {count} of {total} pixels"))
}

#[test]
fn a_picture_is_told_from_another() {
    let white = RgbImage::from_pixel(40, 40, image::Rgb([255; 3]));
    let mut other = white.clone();
    assert_eq!(difference(&white, &other), None);
    other.put_pixel(3, 3, image::Rgb([0; 3]));
    assert_eq!(difference(&white, &other), None, "one pixel in 1600 is let through");
    other.put_pixel(4, 3, image::Rgb([0; 3]));
    assert!(difference(&white, &other).is_some(), "two pixels in 1600 are too many");
    assert!(difference(&white, &RgbImage::new(2, 2)).is_some(), "another size");
}
