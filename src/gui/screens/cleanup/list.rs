//! The list at the left: every link by class, what became of it, how much is left.

use egui::{Layout, Ui, UiBuilder, vec2};

use super::CleanupState;
use super::progress::{Entry, Item, Outcome};
use crate::gui::icons;
use crate::gui::theme::{Ink, Tokens, Tone};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::paint;
use crate::gui::widgets::progress::progress_ui;
use crate::gui::widgets::section::both_ends_ui;
use crate::wording::plural;

/// Width in points.
pub(super) const WIDTH: f32 = 296.0;
const ROW: f32 = 30.0;

pub(super) fn show(ui: &mut Ui, state: &mut CleanupState) {
    let rect = ui.max_rect();
    paint::vertical_line(ui.painter(), rect.right() - 1.0, rect.y_range(), Tokens::of(ui).border);
    let head = egui::Rect::from_min_max(rect.min + vec2(24.0, 10.0), rect.max - vec2(20.0, 0.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(head).layout(Layout::top_down(egui::Align::Min)));
    head_ui(&mut child, state);
    let mut room = rect;
    room.min.y = child.min_rect().bottom() + 10.0;
    let mut child = ui.new_child(UiBuilder::new().max_rect(room.shrink2(vec2(8.0, 0.0))));
    rows_ui(&mut child, state);
}

/// «4 из 12», the minutes left, a bar.
pub(super) fn count_words(state: &CleanupState) -> String {
    format!("{} из {}", state.progress.done(), state.progress.items.len())
}

/// Which part is done, 0–1.
pub(super) fn share(state: &CleanupState) -> f32 {
    state.progress.done() as f32 / state.progress.items.len().max(1) as f32
}

fn head_ui(ui: &mut Ui, state: &CleanupState) {
    let count = count_words(state);
    let left = state.progress.left() as u64;
    // A minute for each, as long as the cabinet is open beside.
    let minutes = match left {
        0 => "всё разобрано".to_owned(),
        left => format!("осталось около {left} {}", plural(left, "минуты", "минут", "минут")),
    };
    both_ends_ui(
        ui,
        24.0,
        |ui| label::line_ui(ui, &[Run::body(&count).semibold()]),
        |ui| label::line_ui(ui, &[Run::caption(&minutes)]),
    );
    progress_ui(ui, ui.available_width(), 6.0, share(state), &count);
}

fn rows_ui(ui: &mut Ui, state: &mut CleanupState) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let current = state.current.and_then(|current| state.progress.place_of(current));
    let place = state
        .progress
        .entries
        .iter()
        .position(|entry| matches!(entry, Entry::Item(item) if Some(*item) == current));
    let mut area = egui::ScrollArea::vertical().auto_shrink(false);
    if let Some(place) = place.filter(|_| std::mem::take(&mut state.scroll_to_current)) {
        let (top, bottom) = (place as f32 * ROW, (place + 1) as f32 * ROW);
        let height = ui.available_height();
        let id = ui.make_persistent_id("cleanup rows scroll");
        let before: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
        if top < before + ROW || bottom > before + height {
            area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
        }
    }
    let mut chosen = None;
    let count = state.progress.entries.len();
    let output = area.id_salt("cleanup rows").show_rows(ui, ROW, count, |ui, range| {
        for entry in &state.progress.entries[range] {
            match entry {
                Entry::Heading { label, done, total } => heading_ui(ui, label, *done, *total),
                Entry::Item(place) => {
                    let Some(item) = state.progress.items.get(*place) else { continue };
                    if row_ui(ui, item, Some(*place) == current) {
                        chosen = Some(item.id);
                    }
                }
            }
        }
    });
    let id = ui.make_persistent_id("cleanup rows scroll");
    ui.data_mut(|data| data.insert_temp(id, output.state.clamped_offset().y));
    if chosen.is_some() {
        state.go_to(chosen);
    }
}

fn heading_ui(ui: &mut Ui, group: &str, done: usize, total: usize) {
    let count = format!("{done} из {total}");
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
    let inner = egui::Rect::from_min_max(rect.min + vec2(16.0, 4.0), rect.max - vec2(11.0, 0.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
    both_ends_ui(
        &mut child,
        inner.height(),
        |ui| label::line_ui(ui, &[Run::caption(group).semibold()]),
        |ui| label::line_ui(ui, &[Run::caption(&count)]),
    );
}

fn row_ui(ui: &mut Ui, item: &Item, selected: bool) -> bool {
    let good = Ink::Tone(Tone::Good);
    let attention = Ink::Tone(Tone::Attention);
    let (row, right) = match item.outcome {
        Outcome::Open => (ListRow::new(&item.title).icon(icons::CIRCLE, Ink::Secondary), item.tail.as_str()),
        Outcome::Revoked => {
            (ListRow::new(&item.title).filled_icon(icons::CHECK_CIRCLE, good).quiet(true), item.tail.as_str())
        }
        Outcome::Deferred => {
            (ListRow::new(&item.title).icon(icons::CLOCK, attention).quiet(true), "отложена")
        }
        Outcome::Failed => {
            (ListRow::new(&item.title).icon(icons::WARNING_CIRCLE, attention).quiet(true), "не удалось")
        }
        Outcome::Delegated => {
            (ListRow::new(&item.title).icon(icons::USER_SWITCH, attention).quiet(true), "поручена")
        }
        Outcome::NotNeeded => (ListRow::new(&item.title).icon(icons::CHECK, good).quiet(true), "уже не надо"),
    };
    let row = if selected && item.outcome == Outcome::Open {
        row.icon(icons::ARROW_RIGHT, Ink::Tone(Tone::Accent))
    } else {
        row
    };
    ui.add(row.right(right).selected(selected)).clicked()
}
