//! How a share went over days: one hue and grey, each line labelled at its end, nothing to decode.

use egui::{Align2, RichText, Ui, WidgetInfo};
use egui_plot::{HoverPosition, Line, Plot, PlotPoint, PlotPoints, Points, Text};

use crate::gui::theme::{Tokens, Weight, size, text_font};

/// Width in points of the numbers at the left, and of the labels at the ends of the lines.
const AXIS_WIDTH: f32 = 48.0;
const LABEL_WIDTH: f32 = 124.0;

/// One line of the plot.
#[derive(Clone, Debug)]
pub struct CourseLine<'a> {
    /// What it is of: stands at its end.
    pub label: &'a str,
    /// Day as a number of days, and the share in per cent, days rising.
    pub points: &'a [(f64, f64)],
    /// The line that matters: in the accent; the others are grey.
    pub leads: bool,
}

/// Draws the lines; `day_words` puts a number of days into words. `name` and `spoken` are read aloud.
pub fn course_plot_ui(
    ui: &mut Ui,
    name: &str,
    spoken: &str,
    lines: &[CourseLine<'_>],
    height: f32,
    day_words: fn(f64) -> String,
) {
    let tokens = Tokens::of(ui);
    let (accent, grey, secondary) = (tokens.accent, tokens.neutral_bar, tokens.secondary);
    let days = lines.iter().flat_map(|line| line.points).map(|point| point.0);
    let first = days.clone().fold(f64::INFINITY, f64::min);
    let last = days.fold(f64::NEG_INFINITY, f64::max);
    if !first.is_finite() || !last.is_finite() {
        return;
    }
    let room = (last - first).max(7.0);
    let width = (ui.available_width() - AXIS_WIDTH).max(2.0 * LABEL_WIDTH);
    let labels = room * 1.07 * f64::from(LABEL_WIDTH / (width - LABEL_WIDTH));
    let response = Plot::new(name)
        .height(height)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_background(false)
        .show_crosshair(false)
        .show_grid([false, true])
        .grid_color(tokens.border)
        .grid_fade(0.0)
        .default_x_bounds(first - room * 0.07, last + labels)
        .default_y_bounds(-5.0, 106.0)
        .y_grid_spacer(|_| marks(&[0.0, 25.0, 50.0, 75.0, 100.0], 25.0))
        .x_grid_spacer(move |_| marks(&[first, (first + last) / 2.0, last], (last - first).max(1.0) / 2.0))
        .x_axis_formatter(move |mark, _| day_words(mark.value))
        .y_axis_formatter(|mark, _| format!("{:.0} %", mark.value))
        .label_formatter(move |position: &HoverPosition<'_>| hover_words(position, day_words))
        .show(ui, |plot| {
            let ends = label_places(lines);
            for (line, end) in lines.iter().zip(ends) {
                let color = if line.leads { accent } else { grey };
                let points =
                    || -> PlotPoints<'_> { line.points.iter().map(|(day, share)| [*day, *share]).collect() };
                plot.line(Line::new(line.label, points()).color(color).width(2.0));
                plot.points(
                    Points::new(line.label, points())
                        .id((line.label, "points"))
                        .color(color)
                        .radius(3.5)
                        .filled(true),
                );
                if let (Some((day, share)), Some(end)) = (line.points.last(), end) {
                    let words = format!("  {}, {share:.0} %", line.label);
                    let words = RichText::new(words).font(text_font(size::CAPTION, Weight::Medium));
                    let at = PlotPoint::new(*day, end);
                    let ink = if line.leads { accent } else { secondary };
                    plot.text(
                        Text::new(line.label, at, words)
                            .id((line.label, "words"))
                            .color(ink)
                            .anchor(Align2::LEFT_CENTER),
                    );
                }
            }
        });
    response
        .response
        .widget_info(|| WidgetInfo::labeled(egui::Role::Figure, true, format!("{name}. {spoken}")));
}

/// Least room between two labels, in per cent of the height: a line of text.
const LABEL_ROOM: f64 = 11.0;

/// Where the labels stand: at the ends of their lines, pushed apart where they would lie over each other.
fn label_places(lines: &[CourseLine<'_>]) -> Vec<Option<f64>> {
    let mut places: Vec<Option<f64>> =
        lines.iter().map(|line| line.points.last().map(|point| point.1)).collect();
    let mut order: Vec<usize> = (0..places.len()).filter(|place| places[*place].is_some()).collect();
    order
        .sort_by(|one, other| places[*other].partial_cmp(&places[*one]).unwrap_or(std::cmp::Ordering::Equal));
    let mut ceiling = f64::INFINITY;
    for place in order {
        let lowered = places[place].map(|share| share.min(ceiling));
        places[place] = lowered;
        ceiling = lowered.unwrap_or(ceiling) - LABEL_ROOM;
    }
    places
}

fn marks(values: &[f64], step_size: f64) -> Vec<egui_plot::GridMark> {
    values.iter().map(|value| egui_plot::GridMark { value: *value, step_size }).collect()
}

fn hover_words(position: &HoverPosition<'_>, day_words: fn(f64) -> String) -> Option<String> {
    match position {
        HoverPosition::NearDataPoint { plot_name, position, .. } => {
            Some(format!("{plot_name}: {:.0} %, {}", position.y, day_words(position.x)))
        }
        HoverPosition::Elsewhere { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_apart_and_the_higher_stays_at_its_line() {
        let line = |points| CourseLine { label: "ученики", points, leads: true };
        let (high, low, far) = ([(1.0, 90.0)], [(1.0, 85.0)], [(1.0, 20.0)]);
        assert_eq!(label_places(&[line(&low), line(&high)]), [Some(79.0), Some(90.0)]);
        assert_eq!(label_places(&[line(&high), line(&far), line(&[])]), [Some(90.0), Some(20.0), None]);
    }
}
