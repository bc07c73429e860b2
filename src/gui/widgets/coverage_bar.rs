//! Who is in: inside, awaited, and neutral (declined or not invited). Neutral never counts in «из».

use egui::{
    Color32, CornerRadius, Rect, Response, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2, vec2,
};

use super::label::{self, Run};
use super::section;
use crate::gui::theme::{Tokens, hairline};

const HEIGHT: f32 = 8.0;
const GAP: f32 = 2.0;
const LEAST: f32 = 3.0;

/// A bar of three parts in numbers of people.
#[must_use = "add it to a Ui"]
#[derive(Clone, Copy, Debug)]
pub struct CoverageBar<'a> {
    inside: u32,
    waiting: u32,
    neutral: u32,
    width: Option<f32>,
    name: &'a str,
}

impl<'a> CoverageBar<'a> {
    /// A bar named for screen readers: «Ученики».
    pub const fn new(name: &'a str, inside: u32, waiting: u32, neutral: u32) -> Self {
        Self { inside, waiting, neutral, width: None, name }
    }

    /// Width in points; else all the room there is.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    fn spoken(&self) -> String {
        let expected = self.inside.saturating_add(self.waiting);
        let mut text = format!("{}: внутри {} из {expected}", self.name, self.inside);
        if self.neutral > 0 {
            text.push_str(&format!(", не участвуют или не приглашены: {}", self.neutral));
        }
        text
    }
}

impl Widget for CoverageBar<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Meter, true, self.spoken()));
        paint_parts(ui, rect, [self.inside, self.waiting, self.neutral]);
        response
    }
}

/// A name at the left, «25 из 26» at the right, the bar beneath, a note under it (may be empty).
pub fn coverage_row_ui(ui: &mut Ui, bar: CoverageBar<'_>, note: &str) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.spacing_mut().interact_size.y = 18.0;
        let inside = bar.inside.to_string();
        let expected = format!(" из {}", bar.inside.saturating_add(bar.waiting));
        section::both_ends_ui(
            ui,
            20.0,
            |ui| label::line_ui(ui, &[Run::body(bar.name)]),
            |ui| label::line_ui(ui, &[Run::body(&inside).semibold(), Run::body(&expected).secondary()]),
        );
        let response = ui.add(bar);
        if !note.is_empty() {
            ui.horizontal(|ui| {
                ui.set_height(19.0);
                let (rect, _) = ui.allocate_exact_size(vec2(14.0, HEIGHT), Sense::hover());
                paint_hatched(ui, rect, CornerRadius::same(4));
                label::line_ui(ui, &[Run::caption(note)])
            });
        }
        response
    })
    .inner
}

fn paint_parts(ui: &Ui, rect: Rect, parts: [u32; 3]) {
    let tokens = Tokens::of(ui);
    let present: Vec<(usize, f32)> = parts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(kind, count)| (kind, *count as f32))
        .collect();
    if present.is_empty() {
        ui.painter().rect_filled(rect, CornerRadius::same(4), tokens.track);
        return;
    }
    let total: f32 = present.iter().map(|(_, count)| count).sum();
    let room = rect.width() - GAP * (present.len() - 1) as f32;
    let widths = shares(&present.iter().map(|(_, count)| room * count / total).collect::<Vec<_>>());
    let mut left = rect.left();
    let last = present.len() - 1;
    for (index, ((kind, _), width)) in present.into_iter().zip(widths).enumerate() {
        let right = if index == last { rect.right() } else { left + width };
        let part = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
        let end = |outer: bool| if outer { 4 } else { 1 };
        let (west, east) = (end(index == 0), end(index == last));
        let radius = CornerRadius { nw: west, sw: west, ne: east, se: east };
        match kind {
            0 => fill(ui, part, radius, tokens.accent),
            1 => fill(ui, part, radius, tokens.track),
            _ => paint_hatched(ui, part, radius),
        }
        left = right + GAP;
    }
}

/// Brings every part up to the least width that can be seen, at the cost of the widest.
fn shares(wanted: &[f32]) -> Vec<f32> {
    let mut widths: Vec<f32> = wanted.iter().map(|width| width.max(LEAST)).collect();
    let excess: f32 = widths.iter().sum::<f32>() - wanted.iter().sum::<f32>();
    if let Some(widest) = widths.iter_mut().max_by(|one, other| one.total_cmp(other)) {
        *widest = (*widest - excess).max(LEAST);
    }
    widths
}

fn fill(ui: &Ui, rect: Rect, radius: CornerRadius, color: Color32) {
    ui.painter().rect_filled(rect, radius, color);
}

fn paint_hatched(ui: &Ui, rect: Rect, radius: CornerRadius) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let stroke = Stroke::new(hairline(painter.pixels_per_point()), tokens.control);
    painter.rect_filled(rect, radius, tokens.surface);
    let clipped = painter.with_clip_rect(rect.shrink(1.0).intersect(painter.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        clipped.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
        x += 5.0;
    }
    painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_part_stays_visible_and_the_sum_is_kept() {
        for wanted in [vec![397.0, 0.5, 1.0], vec![100.0, 100.0], vec![398.0]] {
            let widths = shares(&wanted);
            assert!(widths.iter().all(|width| *width >= LEAST), "{wanted:?}");
            assert!((widths.iter().sum::<f32>() - wanted.iter().sum::<f32>()).abs() < 0.01, "{wanted:?}");
        }
    }

    #[test]
    fn neutral_people_never_count_in_the_expected_number() {
        let spoken = CoverageBar::new("Ученики", 548, 23, 41).spoken();
        assert_eq!(spoken, "Ученики: внутри 548 из 571, не участвуют или не приглашены: 41");
    }
}
