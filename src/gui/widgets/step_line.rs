//! The steps of a wizard: done, now, still to come.

use egui::{Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::paint;
use crate::gui::icons;
use crate::gui::theme::{Ink, Tokens, Tone, hairline, size};

const CIRCLE: f32 = 32.0;
const GAP: f32 = 48.0;

/// The names of the steps with the one at `current` (from 0) in the accent; those before it are done.
pub fn step_line_ui(ui: &mut Ui, steps: &[&str], current: usize) -> Response {
    let tokens = Tokens::of(ui);
    let runs = |index: usize, name| {
        let run = Run::body(name).medium().secondary();
        [if index == current { run.semibold().main() } else { run }]
    };
    let galleys: Vec<_> = steps
        .iter()
        .enumerate()
        .map(|(index, name)| paint::line(ui, &runs(index, name), f32::INFINITY))
        .collect();
    let words: f32 = galleys.iter().map(|galley| galley.size().x.ceil() + CIRCLE).sum();
    let gaps = GAP * galleys.len().saturating_sub(1) as f32;
    let (rect, response) = ui.allocate_exact_size(vec2(words + gaps, CIRCLE), Sense::hover());
    let name = format!(
        "Шаг {} из {}: {}",
        current + 1,
        steps.len(),
        steps.get(current).copied().unwrap_or_default()
    );
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &name));
    let (mut x, y) = (rect.left(), rect.center().y);
    let last = galleys.len().saturating_sub(1);
    for (index, galley) in galleys.into_iter().enumerate() {
        circle(ui, pos2(x + 12.0, y), index, current);
        let width = galley.size().x.ceil();
        paint::put_left(ui.painter(), pos2(x + CIRCLE, y), galley);
        x += CIRCLE + width;
        if index < last {
            let color = if index < current { tokens.accent } else { tokens.strong_border };
            paint::horizontal_line(ui.painter(), x + 10.0..=x + GAP - 10.0, y, color);
            x += GAP;
        }
    }
    response
}

fn circle(ui: &Ui, center: egui::Pos2, index: usize, current: usize) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let number = (index + 1).to_string();
    let run = Run::body(&number).size(size::CAPTION);
    let word = |run: Run<'_>| paint::put_center(painter, center, paint::line(ui, &[run], CIRCLE));
    match index.cmp(&current) {
        std::cmp::Ordering::Less => {
            painter.circle_filled(center, 12.0, tokens.accent_ground);
            paint::icon(painter, center, icons::CHECK, 14.0, Ink::Tone(Tone::Accent).color(tokens));
        }
        std::cmp::Ordering::Equal => {
            painter.circle_filled(center, 12.0, tokens.accent);
            word(run.semibold().ink(Ink::OnAccent));
        }
        std::cmp::Ordering::Greater => {
            painter.circle_stroke(
                center,
                11.5,
                Stroke::new(hairline(painter.pixels_per_point()), tokens.control),
            );
            word(run.medium().secondary());
        }
    }
}
