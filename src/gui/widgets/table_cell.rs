//! What a cell of a table can show.

use egui::{Align, Layout, Rangef, Rect, Response, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::badge::{badge_ui, quiet_badge_ui};
use super::checkbox::{Mark, bare_checkbox_ui};
use super::label::{self, Run};
use super::paint;
use crate::gui::icons::{self, Icon};
use crate::gui::theme::{Ink, Tokens, Tone};

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CellOutcome {
    pub(super) mark_toggled: bool,
    pub(super) caret_toggled: bool,
}

/// One cell while it is drawn. In a right-aligned column the first thing added stands at the right end.
pub struct Cell<'a> {
    ui: Ui,
    rect: Rect,
    padding: (f32, f32),
    right: bool,
    /// Widths of this column and of those after it.
    widths: &'a [f32],
    /// What of the table is in sight.
    sight: Rangef,
    outcome: &'a mut CellOutcome,
}

fn inner_ui(parent: &mut Ui, rect: Rect, padding: (f32, f32), right: bool) -> Ui {
    let inner = Rect::from_min_max(rect.min + vec2(padding.0, 0.0), rect.max - vec2(padding.1, 0.0));
    let layout =
        if right { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
    let mut ui = parent.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    ui.spacing_mut().item_spacing = vec2(6.0, 0.0);
    ui
}

impl<'a> Cell<'a> {
    pub(super) fn new(
        parent: &mut Ui,
        rect: Rect,
        padding: (f32, f32),
        right: bool,
        widths: &'a [f32],
        outcome: &'a mut CellOutcome,
    ) -> Self {
        let ui = inner_ui(parent, rect, padding, right);
        Self { ui, rect, padding, right, widths, sight: Rangef::EVERYTHING, outcome }
    }

    /// What of the table is in sight: a cell that reaches over others ends there.
    pub(super) fn within(&mut self, sight: Rangef) {
        self.sight = sight;
    }

    /// The inside of the cell, for anything else.
    pub fn ui(&mut self) -> &mut Ui {
        &mut self.ui
    }

    /// Runs of text, cut with «…».
    pub fn runs(&mut self, runs: &[Run<'_>]) -> Response {
        label::line_ui(&mut self.ui, runs)
    }

    /// Text.
    pub fn text(&mut self, text: &str) -> Response {
        self.runs(&[Run::body(text)])
    }

    /// Text of the second colour.
    pub fn text_secondary(&mut self, text: &str) -> Response {
        self.runs(&[Run::body(text).secondary()])
    }

    /// Names: weight 500.
    pub fn text_medium(&mut self, text: &str) -> Response {
        self.runs(&[Run::body(text).medium()])
    }

    /// Text whose whole meaning is told under the pointer: a date behind an age.
    pub fn text_with_tooltip(&mut self, run: Run<'_>, tooltip: &str) -> Response {
        self.runs(&[run]).on_hover_text(tooltip)
    }

    /// «25/26»: the second number grey; «—» where nobody is expected.
    pub fn fraction(&mut self, count: usize, of: usize) -> Response {
        if of == 0 {
            return self.nothing();
        }
        let (count, of) = (count.to_string(), format!("/{of}"));
        self.runs(&[Run::body(&count), Run::body(&of).secondary()])
    }

    /// «—» where there is nothing to show.
    pub fn nothing(&mut self) -> Response {
        self.text_secondary("—")
    }

    /// An icon and text in the colour of a tone; neutral text is grey. What is due is of weight 500 among words.
    pub fn icon_text(&mut self, tone: Tone, icon: Icon, text: &str) -> Response {
        let run = Run::body(text).tone(tone);
        let spacing = std::mem::replace(&mut self.ui.spacing_mut().item_spacing.x, 4.0);
        let response = if self.right {
            // The icon keeps its place; the words give way.
            let most = vec2((self.ui.available_width() - 20.0).max(8.0), self.ui.available_height());
            let layout = Layout::right_to_left(Align::Center);
            let words = self.ui.allocate_ui_with_layout(most, layout, |ui| label::line_ui(ui, &[run]));
            label::icon_ui(&mut self.ui, icon, 16.0, Ink::Tone(tone));
            words.inner
        } else {
            label::icon_ui(&mut self.ui, icon, 16.0, Ink::Tone(tone));
            let due = tone == Tone::Attention || tone == Tone::Danger;
            self.runs(&[if due { run.medium() } else { run }])
        };
        self.ui.spacing_mut().item_spacing.x = spacing;
        response
    }

    /// An icon of 17 that only decorates; one that says something is [`Self::flag`].
    pub fn icon(&mut self, tone: Tone, icon: Icon) -> Response {
        label::icon_ui(&mut self.ui, icon, 17.0, Ink::Tone(tone))
    }

    /// An icon that says something by itself: why, under the pointer and read aloud.
    pub fn flag(&mut self, tone: Tone, icon: Icon, why: &str) -> Response {
        let response = self.icon(tone, icon);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, why));
        response.on_hover_text(why)
    }

    /// A filled badge: only where action is due.
    pub fn badge(&mut self, tone: Tone, icon: Icon, word: &str) -> Response {
        badge_ui(&mut self.ui, tone, icon, word)
    }

    /// An icon and a grey word.
    pub fn quiet_badge(&mut self, tone: Tone, icon: Icon, word: &str) -> Response {
        quiet_badge_ui(&mut self.ui, tone, icon, word)
    }

    /// The checkbox of the row; a click answers as `toggled_mark`.
    pub fn checkbox(&mut self, marked: bool, accessible_name: &str) -> Response {
        let response = bare_checkbox_ui(&mut self.ui, Mark::from(marked), accessible_name);
        self.outcome.mark_toggled |= response.clicked();
        response
    }

    /// Indents by `depth` (0 is the top) and draws a caret where the row can be opened; a click on it answers as
    /// `toggled_caret`. `None` leaves its place empty.
    pub fn caret(&mut self, open: Option<bool>, depth: usize, accessible_name: &str) {
        self.ui.add_space(20.0 * depth as f32);
        let Some(open) = open else {
            return;
        };
        let (rect, response) = self.ui.allocate_exact_size(vec2(14.0, 24.0), Sense::click());
        let name = format!("{}: {accessible_name}", if open { "Свернуть" } else { "Развернуть" });
        response.widget_info(|| {
            WidgetInfo::selected(egui::Role::DisclosureTriangle, self.ui.is_enabled(), open, &name)
        });
        let icon = if open { icons::CARET_DOWN } else { icons::CARET_RIGHT };
        let tokens = Tokens::of(&self.ui);
        let color = if response.hovered() { tokens.text } else { tokens.secondary };
        paint::icon(self.ui.painter(), pos2(rect.left() + 6.0, rect.center().y), icon, 13.0, color);
        paint::focus_ring_around(&self.ui, &response, rect.shrink2(vec2(1.0, 5.0)), 4);
        self.outcome.caret_toggled |= response.clicked();
    }

    /// Two lines in a tall row.
    pub fn two_lines(&mut self, first: &[Run<'_>], second: &[Run<'_>]) {
        let align = if self.right { Align::Max } else { Align::Min };
        let size = vec2(self.ui.available_width(), 36.0);
        self.ui.allocate_ui_with_layout(size, Layout::top_down(align), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            label::line_ui(ui, first);
            label::line_ui(ui, second);
        });
    }

    /// Lets the cell reach over the next columns too: group rows «Садовая, 3  9 классов». Call it first, and leave
    /// the cells it reaches over empty.
    pub fn span(&mut self, columns: usize) {
        let width: f32 = self.widths.iter().take(columns.max(1)).sum();
        let rect = Rect::from_min_size(self.rect.min, vec2(width, self.rect.height()));
        let mut ui = inner_ui(&mut self.ui, rect, self.padding, self.right);
        let across = rect.x_range().intersection(self.sight);
        ui.set_clip_rect(Rect::from_x_y_ranges(across, self.ui.clip_rect().y_range()));
        self.ui = ui;
    }
}
