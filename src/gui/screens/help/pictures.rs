//! Pictures of this program, cut out of the pictures its tests compare with, in both themes.

use std::collections::HashMap;

use egui::{Color32, ColorImage, CornerRadius, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui};
use egui::{WidgetInfo, vec2};

use crate::desktop::decode_picture;
use crate::gui::theme::{Tokens, hairline};

macro_rules! pictures {
    ($($name:literal),* $(,)?) => {
        &[$((
            $name,
            include_bytes!(concat!("../../../../assets/help/pictures/", $name, "-light.png")),
            include_bytes!(concat!("../../../../assets/help/pictures/", $name, "-dark.png")),
        )),*]
    };
}

/// Name, light, dark.
const PICTURES: &[(&str, &[u8], &[u8])] = pictures![
    "start",
    "today",
    "classes",
    "people",
    "import-columns",
    "import-review",
    "links",
    "issue",
    "hand-out",
    "cleanup",
    "leaked",
    "reconcile",
    "summary",
    "requests",
    "tasks",
    "journal",
    "erasure",
];

/// Names of all pictures.
#[cfg(test)]
pub fn names() -> impl Iterator<Item = &'static str> {
    PICTURES.iter().map(|(name, ..)| *name)
}

/// Whether there is a picture of this name.
#[cfg(test)]
pub fn has(name: &str) -> bool {
    names().any(|known| known == name)
}

/// Pictures that were shown, ready to be drawn again.
#[derive(Default)]
pub struct PictureCache {
    shown: HashMap<(&'static str, bool), Option<TextureHandle>>,
}

impl PictureCache {
    fn texture(&mut self, ui: &Ui, name: &str) -> Option<TextureHandle> {
        let dark = ui.visuals().dark_mode;
        let (name, light_bytes, dark_bytes) = PICTURES.iter().find(|(known, ..)| *known == name)?;
        let make = || {
            let picture = decode_picture(if dark { dark_bytes } else { light_bytes }).ok()?;
            let size = [picture.width, picture.height];
            let image = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
            let options = TextureOptions::LINEAR.with_mipmap_mode(Some(egui::TextureFilter::Linear));
            Some(ui.ctx().load_texture(format!("help {name} {dark}"), image, options))
        };
        self.shown.entry((name, dark)).or_insert_with(make).clone()
    }
}

/// A picture as wide as there is room, at most a point for each of its pixels. `seen` is read aloud.
pub fn picture_ui(ui: &mut Ui, cache: &mut PictureCache, name: &str, seen: &str) {
    let Some(texture) = cache.texture(ui, name) else { return };
    let natural = texture.size_vec2();
    let scale = (ui.available_width() / natural.x).min(1.0);
    let (rect, response) = ui.allocate_exact_size((natural * scale).floor(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, seen));
    if ui.is_rect_visible(rect) {
        let whole = egui::Rect::from_min_size(egui::Pos2::ZERO, vec2(1.0, 1.0));
        ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
        let edge = Stroke::new(hairline(ui.pixels_per_point()), Tokens::of(ui).strong_border);
        ui.painter().rect_stroke(rect, CornerRadius::same(4), edge, StrokeKind::Outside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_can_be_decoded_and_all_are_small() {
        let mut total = 0;
        for (name, light, dark) in PICTURES {
            for bytes in [light, dark] {
                assert!(decode_picture(bytes).is_ok_and(|picture| picture.width >= 200), "{name}");
                total += bytes.len();
            }
        }
        assert!(total < 1_500_000, "the pictures make every copy of the program {total} bytes larger");
    }
}
