//! A page of the help as it is drawn: text that can be selected, links, pictures.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Label, Layout, Sense, Ui, WidgetInfo, vec2};

use super::pages::Page;
use super::parse::{Block, Part};
use super::pictures::{PictureCache, picture_ui};
use crate::gui::theme::{Ink, Tokens, Tone, Weight, size, space, text_font};
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::label;
use crate::gui::widgets::scroll_page::column_ui;

/// Lines longer than this, in points, are hard to read.
const MOST_WIDTH: f32 = 760.0;
/// From one line of a paragraph to the next, in points.
const LINE: f32 = 21.0;
/// Room of the mark of a list item in points.
const MARK: f32 = 26.0;

/// Draws a page; `scroll_to` is the block that is brought to the top now. Answers the target of a link that was
/// pressed.
pub fn page_ui(
    ui: &mut Ui,
    page: &Page,
    scroll_to: Option<usize>,
    pictures: &mut PictureCache,
) -> Option<String> {
    let mut pressed = None;
    column_ui(ui, ui.available_width().min(MOST_WIDTH), |ui| {
        card_ui(ui, 28, |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            label::title_ui(ui, page.title);
            for (place, block) in page.blocks.iter().enumerate() {
                let top = ui.next_widget_position();
                if let Some(target) = block_ui(ui, block, pictures) {
                    pressed = Some(target.to_owned());
                }
                if scroll_to == Some(place) {
                    let rect = egui::Rect::from_min_size(top, vec2(1.0, 1.0));
                    ui.scroll_to_rect_animation(rect, Some(Align::Min), egui::style::ScrollAnimation::none());
                }
            }
        });
    });
    pressed
}

fn block_ui<'a>(ui: &mut Ui, block: &'a Block, pictures: &mut PictureCache) -> Option<&'a str> {
    match block {
        Block::Heading { text, .. } => {
            ui.add_space(space::SMALL);
            label::lead_ui(ui, text);
            None
        }
        Block::Paragraph(parts) => parts_ui(ui, parts),
        Block::Item { mark, parts } => {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.allocate_ui_with_layout(vec2(MARK, LINE), Layout::left_to_right(Align::Min), |ui| {
                    ui.set_min_width(MARK);
                    ui.add(Label::new(job(ui, mark, Weight::Regular, Ink::Secondary)).selectable(true));
                });
                ui.vertical(|ui| parts_ui(ui, parts)).inner
            })
            .inner
        }
        Block::Picture { name, seen } => {
            ui.add_space(space::TINY);
            picture_ui(ui, pictures, name, seen);
            ui.add_space(space::SMALL);
            None
        }
    }
}

/// Words that flow over the lines, each part a label of its own: a link can be pressed, tabbed to, read aloud.
fn parts_ui<'a>(ui: &mut Ui, parts: &'a [Part]) -> Option<&'a str> {
    let mut pressed = None;
    if let [Part::Plain(text)] = parts {
        ui.add(Label::new(job(ui, text, Weight::Regular, Ink::Main)).selectable(true).wrap());
        return None;
    }
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = LINE;
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        ui.horizontal_wrapped(|ui| {
            for part in parts {
                match part {
                    Part::Plain(text) => {
                        ui.add(Label::new(job(ui, text, Weight::Regular, Ink::Main)).selectable(true));
                    }
                    Part::Strong(text) => {
                        ui.add(Label::new(job(ui, text, Weight::Semibold, Ink::Main)).selectable(true));
                    }
                    Part::Link { words, target } => {
                        if link_ui(ui, words) {
                            pressed = Some(target.as_str());
                        }
                    }
                }
            }
        });
    });
    pressed
}

fn link_ui(ui: &mut Ui, words: &str) -> bool {
    let job = job(ui, words, Weight::Medium, Ink::Tone(Tone::Accent));
    let response = ui.add(Label::new(job).selectable(false).sense(Sense::click()));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Link, ui.is_enabled(), words));
    if response.hovered() || response.has_focus() {
        let color = Tokens::of(ui).accent;
        let line = response.rect.bottom() - 2.0;
        crate::gui::widgets::paint::horizontal_line(ui.painter(), response.rect.x_range(), line, color);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

fn job(ui: &Ui, text: &str, weight: Weight, ink: Ink) -> LayoutJob {
    let format = TextFormat {
        font_id: text_font(size::BODY, weight),
        color: ink.color(Tokens::of(ui)),
        valign: Align::Center,
        line_height: Some(LINE),
        ..TextFormat::default()
    };
    LayoutJob::single_section(text.to_owned(), format)
}
