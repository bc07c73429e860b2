//! Справка: the pages of assets/help.

mod pages;

use egui::{Align, CornerRadius, Layout, Ui, vec2};

use self::pages::{Block, PAGES, Page};
use crate::gui::theme::{Ink, Tokens, size, space};
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::page;
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::{Action, ScreenContext};

/// Width of the list of pages in points.
const LIST_WIDTH: f32 = 300.0;
/// Lines longer than this, in points, are hard to read.
const MOST_WIDTH: f32 = 720.0;

/// State of the screen.
#[derive(Default)]
pub struct HelpState {
    /// Which of the pages is open.
    page: usize,
}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut HelpState, actions: &mut Vec<Action>) {
    let _ = actions;
    page::header_ui(ui, "Справка", "Коротко о работе администратора и об этой программе", |_| {});
    let list_width = if context.narrow { 240.0 } else { LIST_WIDTH };
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, CornerRadius::ZERO, Tokens::of(ui).window);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(space::LARGE);
        column_ui(ui, list_width, |ui| {
            ui.add_space(20.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            for (place, page) in PAGES.iter().enumerate() {
                if ui.add(ListRow::new(page.title).selected(place == state.page)).clicked() {
                    state.page = place;
                }
            }
        });
        let rest = vec2(ui.available_width(), room.height());
        ui.allocate_ui_with_layout(rest, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(rest);
            let Some(page) = PAGES.get(state.page) else { return };
            scroll_page_ui(ui, &format!("help {}", state.page), |ui| page_ui(ui, page));
        });
    });
}

fn page_ui(ui: &mut Ui, page: &Page) {
    column_ui(ui, ui.available_width().min(MOST_WIDTH), |ui| {
        card_ui(ui, 28, |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            label::title_ui(ui, page.title);
            for block in &page.blocks {
                block_ui(ui, block);
            }
        });
    });
}

fn block_ui(ui: &mut Ui, block: &Block) {
    match block {
        Block::Heading(text) => {
            ui.add_space(space::SMALL);
            label::lead_ui(ui, text);
        }
        Block::Paragraph(parts) => {
            rich_ui(ui, parts);
        }
        Block::Item { mark, parts } => {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                let wanted = vec2(26.0, 21.0);
                ui.allocate_ui_with_layout(wanted, Layout::left_to_right(Align::Min), |ui| {
                    ui.set_min_width(wanted.x);
                    label::line_ui(ui, &[Run::body(mark).ink(Ink::Secondary).line_height(21.0)]);
                });
                rich_ui(ui, parts);
            });
        }
    }
}

fn rich_ui(ui: &mut Ui, parts: &[(bool, String)]) {
    let runs: Vec<Run<'_>> = parts
        .iter()
        .map(|(strong, text)| {
            let run = Run::body(text).size(size::BODY).line_height(21.0);
            if *strong { run.semibold() } else { run }
        })
        .collect();
    label::rich_ui(ui, &runs);
}
