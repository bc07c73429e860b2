//! A task of the day: a tile, three lines (verb and number, reason, duty), one button.

use egui::{Align, Layout, Ui, vec2};

use super::badge::icon_tile_ui;
use super::button::{Button, ButtonKind};
use super::label::{self, Run};
use super::paint;
use crate::gui::icons::Icon;
use crate::gui::theme::{Tokens, Tone, space};

/// Height of a row in points.
pub const TASK_ROW_HEIGHT: f32 = 82.0;
/// Where the words begin, in points from the left edge of the row: the line between rows begins there too.
pub const TASK_WORDS_LEFT: f32 = 71.0;

/// What a row shows.
#[derive(Clone, Copy, Debug)]
pub struct TaskRow<'a> {
    pub tone: Tone,
    pub icon: Icon,
    pub title: &'a str,
    pub reason: &'a str,
    pub duty: &'a str,
    pub button: &'a str,
}

/// The line between two rows: it begins where the words begin, and takes no height.
pub fn line_between_rows_ui(ui: &Ui) {
    let (room, top) = (ui.max_rect(), ui.cursor().top());
    let x = room.left() + TASK_WORDS_LEFT..=room.right();
    paint::horizontal_line(ui.painter(), x, top, Tokens::of(ui).row_line);
}

/// Draws the row; answers whether its button was pressed.
pub fn task_row_ui(ui: &mut Ui, row: &TaskRow<'_>) -> bool {
    let kind = if row.tone == Tone::Danger { ButtonKind::DangerOutlined } else { ButtonKind::Outlined };
    let name = format!("{}: {}", row.button, row.title);
    let button = Button::new(kind, row.button).accessible_name(&name);
    let button_width = button.width(ui);
    let room = vec2(ui.available_width(), TASK_ROW_HEIGHT);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.set_min_size(room);
        ui.add_space(15.0);
        icon_tile_ui(ui, row.tone, row.icon, 40.0);
        ui.add_space(16.0);
        let words = vec2((room.x - TASK_WORDS_LEFT - button_width - 2.0 * space::LARGE).max(40.0), 60.0);
        ui.allocate_ui_with_layout(words, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(words);
            ui.spacing_mut().item_spacing.y = 1.0;
            label::line_ui(ui, &[Run::body(row.title).medium().line_height(20.0)]);
            label::line_ui(ui, &[Run::caption(row.reason).main().line_height(19.0)]);
            label::line_ui(ui, &[Run::caption(row.duty).line_height(19.0)]);
        });
        ui.add_space(space::LARGE);
        ui.add(button).clicked()
    })
    .inner
}
