//! Words: body, captions, titles, runs of mixed weight. One line ends in «…» with the whole in the tooltip.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Label, Layout, Response, Sense, Ui, WidgetInfo, vec2};

use super::paint;
use crate::gui::icons::Icon;
use crate::gui::theme::{Ink, Tokens, Tone, Weight, size, text_font};

/// A piece of text in one size, weight and colour.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    text: &'a str,
    size: f32,
    weight: Weight,
    ink: Ink,
    line_height: Option<f32>,
}

impl<'a> Run<'a> {
    /// Body text, 14.
    #[must_use]
    pub const fn body(text: &'a str) -> Self {
        Self { text, size: size::BODY, weight: Weight::Regular, ink: Ink::Main, line_height: None }
    }

    /// A caption, 13, secondary.
    #[must_use]
    pub const fn caption(text: &'a str) -> Self {
        Self { text, size: size::CAPTION, weight: Weight::Regular, ink: Ink::Secondary, line_height: None }
    }

    /// Another size in points.
    #[must_use]
    pub const fn size(mut self, size: f32) -> Self {
        self.size = size;
        self
    }

    /// Weight 500.
    #[must_use]
    pub const fn medium(mut self) -> Self {
        self.weight = Weight::Medium;
        self
    }

    /// Weight 600.
    #[must_use]
    pub const fn semibold(mut self) -> Self {
        self.weight = Weight::Semibold;
        self
    }

    /// Another colour.
    #[must_use]
    pub const fn ink(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }

    /// The colour of second text.
    #[must_use]
    pub const fn secondary(self) -> Self {
        self.ink(Ink::Secondary)
    }

    /// The colour of main text.
    #[must_use]
    pub const fn main(self) -> Self {
        self.ink(Ink::Main)
    }

    /// The colour of a tone.
    #[must_use]
    pub const fn tone(self, tone: Tone) -> Self {
        self.ink(Ink::Tone(tone))
    }

    /// A line height in points, for paragraphs.
    #[must_use]
    pub const fn line_height(mut self, height: f32) -> Self {
        self.line_height = Some(height);
        self
    }
}

/// Lays runs out one after another; the caller decides on wrapping.
pub(super) fn job(tokens: &Tokens, runs: &[Run<'_>]) -> LayoutJob {
    let mut job = LayoutJob::default();
    for run in runs {
        job.append(
            run.text,
            0.0,
            TextFormat {
                font_id: text_font(run.size, run.weight),
                color: run.ink.color(tokens),
                valign: Align::Center,
                line_height: run.line_height,
                ..TextFormat::default()
            },
        );
    }
    job
}

/// One line of runs, cut with «…» and then whole in the tooltip.
pub fn line_ui(ui: &mut Ui, runs: &[Run<'_>]) -> Response {
    let job = job(Tokens::of(ui), runs);
    ui.add(Label::new(job).truncate())
}

/// Runs that wrap to the width there is.
pub fn rich_ui(ui: &mut Ui, runs: &[Run<'_>]) -> Response {
    let job = job(Tokens::of(ui), runs);
    ui.add(Label::new(job).wrap())
}

/// A paragraph of body text, lines 20 apart.
pub fn body_ui(ui: &mut Ui, text: &str) -> Response {
    rich_ui(ui, &[Run::body(text).line_height(20.0)])
}

/// A paragraph of body text in the second colour, lines 20 apart.
pub fn secondary_ui(ui: &mut Ui, text: &str) -> Response {
    rich_ui(ui, &[Run::body(text).secondary().line_height(20.0)])
}

/// A paragraph of 13 in the second colour, lines 19 apart.
pub fn caption_ui(ui: &mut Ui, text: &str) -> Response {
    rich_ui(ui, &[Run::caption(text).line_height(19.0)])
}

/// The title of a page: one line of 20 semibold.
pub fn title_ui(ui: &mut Ui, text: &str) -> Response {
    let response = line_ui(ui, &[Run::body(text).size(size::TITLE).semibold()]);
    heading_role(ui, &response, text);
    response
}

/// The heading of a card: one line of 15 semibold.
pub fn lead_ui(ui: &mut Ui, text: &str) -> Response {
    let response = line_ui(ui, &[Run::body(text).size(size::LEAD).semibold()]);
    heading_role(ui, &response, text);
    response
}

/// An icon in a square of its size. It is decoration: the word beside it says the same.
pub fn icon_ui(ui: &mut Ui, icon: Icon, size: f32, ink: Ink) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    paint::icon(ui.painter(), rect.center(), icon, size, ink.color(Tokens::of(ui)));
    response
}

/// The filled cut of an icon: only for what is done.
pub fn filled_icon_ui(ui: &mut Ui, icon: Icon, size: f32, ink: Ink) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    paint::filled_icon(ui.painter(), rect.center(), icon, size, ink.color(Tokens::of(ui)));
    response
}

/// An icon and one line of words in the colour of a tone; neutral words are grey.
pub fn icon_line_ui(ui: &mut Ui, icon: Icon, tone: Tone, runs: &[Run<'_>]) -> Response {
    let row = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 20.0), row, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        icon_ui(ui, icon, 17.0, Ink::Tone(tone));
        line_ui(ui, runs)
    })
    .inner
}

fn heading_role(ui: &Ui, response: &Response, text: &str) {
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Heading, ui.is_enabled(), text));
}
