//! Pictures one below another, as wide as the room; larger with Ctrl and the wheel, moved by dragging.

use std::sync::Arc;

use egui::scroll_area::ScrollSource;
use egui::style::ScrollAnimation;
use egui::{
    Align, Color32, ColorImage, Context, CornerRadius, Rect, ScrollArea, Sense, TextureHandle,
    TextureOptions, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::gui::icons;
use crate::gui::theme::{Tokens, hairline};
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::paint;

/// Space around and between pictures, in points.
const MARGIN: f32 = 16.0;
/// A small picture is not blown up beyond this many points a pixel.
const MOST_POINTS_A_PIXEL: f32 = 1.5;
const STEP: f32 = 1.25;
const ZOOM: std::ops::RangeInclusive<f32> = 0.25..=6.0;

/// A part of a picture that fits into one texture.
struct Tile {
    texture: TextureHandle,
    /// In pixels of the picture.
    rect: Rect,
}

struct Shown {
    tiles: Vec<Tile>,
    /// In pixels.
    size: Vec2,
}

/// The pictures, on the graphics card only.
pub(super) struct PictureView {
    waiting: Vec<Arc<ColorImage>>,
    shown: Vec<Shown>,
    /// 1: as wide as the room.
    zoom: f32,
    offset: Vec2,
    /// The offset to go to, after the zoom changed.
    wanted_offset: Option<Vec2>,
    room: Vec2,
    /// A picture was added: the view goes to it.
    go_to_last: bool,
}

impl Default for PictureView {
    fn default() -> Self {
        Self {
            waiting: Vec::new(),
            shown: Vec::new(),
            zoom: 1.0,
            offset: Vec2::ZERO,
            wanted_offset: None,
            room: Vec2::ZERO,
            go_to_last: false,
        }
    }
}

impl PictureView {
    pub(super) fn add(&mut self, picture: Arc<ColorImage>) {
        if picture.width() > 0 && picture.height() > 0 {
            self.go_to_last |= !self.is_empty();
            self.waiting.push(picture);
        }
    }

    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count() == 0
    }

    pub(super) fn count(&self) -> usize {
        self.shown.len() + self.waiting.len()
    }

    pub(super) fn zoom_in(&mut self) {
        self.zoom_by(STEP, self.room / 2.0);
    }

    pub(super) fn zoom_out(&mut self) {
        self.zoom_by(1.0 / STEP, self.room / 2.0);
    }

    pub(super) fn fit_width(&mut self) {
        self.zoom_by(1.0 / self.zoom, Vec2::ZERO);
    }

    /// What lies under `anchor`, in points from the corner of the room, stays there.
    fn zoom_by(&mut self, factor: f32, anchor: Vec2) {
        let zoom = (self.zoom * factor).clamp(*ZOOM.start(), *ZOOM.end());
        let factor = zoom / self.zoom;
        self.zoom = zoom;
        self.wanted_offset = Some(((self.offset + anchor) * factor - anchor).max(Vec2::ZERO));
    }

    /// Draws the pictures, or that there are none; answers whether one is to be opened from a file.
    pub(super) fn show(&mut self, ui: &mut Ui) -> bool {
        let room = ui.available_rect_before_wrap();
        self.room = room.size();
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(room, CornerRadius::ZERO, tokens.window);
        paint::horizontal_line(ui.painter(), room.x_range(), room.top(), tokens.border);
        for picture in std::mem::take(&mut self.waiting) {
            self.shown.push(upload(ui.ctx(), &picture));
        }
        if self.shown.is_empty() {
            let sentence = "Скопируйте снимок экрана со списком участников и нажмите Ctrl+V. Снимок никуда не \
                            записывается и пропадает, когда вы уходите со страницы.";
            return EmptyState::new(icons::EYE, "Вставьте снимок списка", sentence)
                .primary(icons::FOLDER, "Открыть картинку…")
                .show(ui);
        }
        self.take_wheel(ui, room);
        let sizes: Vec<Vec2> = self.shown.iter().map(|shown| self.size_of(shown, room.width())).collect();
        let width = sizes.iter().map(|size| size.x).fold(0.0, f32::max) + 2.0 * MARGIN;
        let height = sizes.iter().map(|size| size.y + MARGIN).sum::<f32>() + MARGIN;
        if std::mem::take(&mut self.go_to_last) {
            let last = sizes.last().map_or(0.0, |size| size.y);
            self.wanted_offset = Some(vec2(self.offset.x, (height - last - 2.0 * MARGIN).max(0.0)));
        }
        let area = ScrollArea::both().id_salt("by-eye-pictures").auto_shrink(false);
        let area = area.scroll_source(ScrollSource::ALL);
        let wanted = self.wanted_offset.take();
        let output = area.show(ui, |ui| {
            let whole = vec2(width.max(room.width()), height);
            let (rect, _) = ui.allocate_exact_size(whole, Sense::hover());
            let mut top = rect.top() + MARGIN;
            for (place, (shown, size)) in self.shown.iter().zip(&sizes).enumerate() {
                let left = (rect.center().x - size.x / 2.0).max(rect.left() + MARGIN);
                picture_ui(ui, shown, Rect::from_min_size(pos2(left, top), *size), place, sizes.len());
                top += size.y + MARGIN;
            }
            // Not by the offset of the area: it would spring back to the size it had before.
            if let Some(offset) = wanted {
                let target = Rect::from_min_size(rect.min + offset, room.size());
                ui.scroll_to_rect_animation(target, Some(Align::Min), ScrollAnimation::none());
                ui.ctx().request_discard("the pictures changed their size");
            }
        });
        self.offset = output.state.clamped_offset();
        false
    }

    fn size_of(&self, shown: &Shown, room: f32) -> Vec2 {
        let fitting = (room - 2.0 * MARGIN).min(shown.size.x * MOST_POINTS_A_PIXEL).max(40.0);
        shown.size * (fitting * self.zoom / shown.size.x)
    }

    fn take_wheel(&mut self, ui: &Ui, room: Rect) {
        let (factor, pointer) = ui.input(|input| (input.zoom_delta(), input.pointer.hover_pos()));
        let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
        if let Some(pointer) = pointer.filter(|pointer| free && room.contains(*pointer))
            && (factor - 1.0).abs() > f32::EPSILON
        {
            self.zoom_by(factor, pointer - room.min);
        }
    }
}

/// Puts a picture on the graphics card, in parts where it is larger than a texture may be.
fn upload(ctx: &Context, picture: &Arc<ColorImage>) -> Shown {
    let most = ctx.input(|input| input.max_texture_side).max(256);
    let [width, height] = picture.size;
    let mut tiles = Vec::new();
    for y in (0..height).step_by(most) {
        for x in (0..width).step_by(most) {
            let size = [most.min(width - x), most.min(height - y)];
            let part = if size == picture.size {
                picture.clone()
            } else {
                Arc::new(picture.region_by_pixels([x, y], size))
            };
            let rect = Rect::from_min_size(pos2(x as f32, y as f32), vec2(size[0] as f32, size[1] as f32));
            tiles.push(Tile { texture: ctx.load_texture("picture", part, TextureOptions::LINEAR), rect });
        }
    }
    Shown { tiles, size: vec2(width as f32, height as f32) }
}

fn picture_ui(ui: &Ui, shown: &Shown, rect: Rect, place: usize, count: usize) {
    let scale = rect.width() / shown.size.x;
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    for tile in &shown.tiles {
        let part = Rect::from_min_size(rect.min + tile.rect.min.to_vec2() * scale, tile.rect.size() * scale);
        if ui.is_rect_visible(part) {
            ui.painter().image(tile.texture.id(), part, whole, Color32::WHITE);
        }
    }
    // A white screen on a light ground would have no edge.
    let edge = egui::Stroke::new(hairline(ui.pixels_per_point()), Tokens::of(ui).strong_border);
    ui.painter().rect_stroke(rect, CornerRadius::ZERO, edge, egui::StrokeKind::Outside);
    let response = ui.interact(rect, ui.scope_id().with(("picture", place)), Sense::hover());
    let name = format!("Снимок {} из {count}", place + 1);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
}
