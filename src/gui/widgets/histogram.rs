//! A small histogram: one hue and grey, labelled directly.

use egui::{CornerRadius, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::paint;
use crate::gui::theme::{Tokens, Tone, size};

/// One bar: its words under it and its number above it.
#[derive(Clone, Copy, Debug)]
pub struct Bar<'a> {
    /// «до 7», «8–14».
    pub label: &'a str,
    /// How many.
    pub count: u32,
}

/// Bars of equal width; those from index `due_from` on are in the accent, with a dashed line before them that
/// says `due_text` («пора решать: 11»). `name` begins what is read aloud.
pub fn histogram_ui(
    ui: &mut Ui,
    name: &str,
    bars: &[Bar<'_>],
    due_from: usize,
    due_text: &str,
    height: f32,
) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let parts: Vec<String> = bars.iter().map(|bar| format!("{}: {}", bar.label, bar.count)).collect();
    response.widget_info(|| {
        WidgetInfo::labeled(egui::Role::Figure, true, format!("{name}. {}. {due_text}", parts.join(", ")))
    });
    let base = rect.bottom() - 26.0;
    let room = base - rect.top() - 46.0;
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1) as f32;
    let step = (rect.width() + 8.0) / bars.len().max(1) as f32;
    for (index, bar) in bars.iter().enumerate() {
        let left = rect.left() + step * index as f32;
        let bar_height = (room * bar.count as f32 / most).round();
        let column = Rect::from_min_max(
            pos2(left.round(), base - bar_height),
            pos2((left + step - 8.0).round(), base),
        );
        paint_bar(ui, column, bar, index >= due_from);
    }
    paint::horizontal_line(ui.painter(), rect.x_range(), base, tokens.strong_border);
    if due_from < bars.len() && !due_text.is_empty() {
        paint_due_line(ui, rect, (rect.left() + step * due_from as f32 - 4.0).round(), base, due_text);
    }
    response
}

fn paint_bar(ui: &Ui, column: Rect, bar: &Bar<'_>, due: bool) {
    let tokens = Tokens::of(ui);
    let radius = CornerRadius { nw: 3, ne: 3, sw: 0, se: 0 };
    let color = if due { tokens.accent } else { tokens.neutral_bar };
    ui.painter().rect_filled(column, radius, color);
    let count = bar.count.to_string();
    let run = Run::caption(&count).size(size::CAPTION);
    let run = if due { run.semibold().main() } else { run.medium() };
    let x = column.center().x;
    paint::put_center(ui.painter(), pos2(x, column.top() - 10.0), paint::line(ui, &[run], column.width()));
    let word = paint::line(ui, &[Run::caption(bar.label)], column.width() + 8.0);
    paint::put_center(ui.painter(), pos2(x, column.bottom() + 14.0), word);
}

fn paint_due_line(ui: &Ui, rect: Rect, x: f32, base: f32, text: &str) {
    let tokens = Tokens::of(ui);
    let mut y = rect.top();
    while y < base {
        paint::vertical_line(ui.painter(), x, y..=(y + 3.0).min(base), tokens.control);
        y += 6.0;
    }
    let run = Run::caption(text).medium().tone(Tone::Accent);
    let galley = paint::line(ui, &[run], (rect.right() - x - 8.0).max(24.0));
    paint::put_left(ui.painter(), pos2(x + 8.0, rect.top() + 8.0), galley);
}
