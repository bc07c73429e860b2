//! Tables: sticky header, sorting by click, columns that can be widened, rows drawn only while in sight.

use std::collections::BTreeMap;

use egui::{Align, Id, Modifiers, Pos2, Rangef, Rect, Response, Sense, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_extras::TableBuilder;

use super::checkbox::{Mark, bare_checkbox_ui};
use super::label::Run;
use super::table_cell::{Cell, CellOutcome};
use super::table_keys::table_id;
use super::{page, paint};
use crate::gui::icons;
use crate::gui::theme::{Ink, Tokens, hairline, size};

/// Height of a row in points.
pub const ROW: f32 = 32.0;
/// Height of a compact row.
pub const COMPACT_ROW: f32 = 28.0;
/// Height of a row of two lines.
pub const TALL_ROW: f32 = 44.0;
const HEADER: f32 = 34.0;

/// How wide a column is, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// This wide until the user drags its edge.
    Exact(f32),
    /// What the others leave, but at least this. At most one column should have it.
    Remainder(f32),
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    title: &'a str,
    width: Width,
    right: bool,
    sortable: bool,
    marks: bool,
    tooltip: &'a str,
}

impl<'a> Column<'a> {
    /// A column of words.
    #[must_use]
    pub const fn left(title: &'a str, width: Width) -> Self {
        Self { title, width, right: false, sortable: true, marks: false, tooltip: "" }
    }

    /// A column of numbers or dates.
    #[must_use]
    pub const fn right(title: &'a str, width: Width) -> Self {
        Self { title, width, right: true, sortable: true, marks: false, tooltip: "" }
    }

    /// The first column of checkboxes, with one over all rows in the header.
    #[must_use]
    pub const fn marks() -> Self {
        Self { title: "", width: Width::Exact(52.0), right: false, sortable: false, marks: true, tooltip: "" }
    }

    /// A click on its title sorts nothing.
    #[must_use]
    pub const fn unsortable(mut self) -> Self {
        self.sortable = false;
        self
    }

    /// The word above the column: under it the width is remembered.
    #[must_use]
    pub const fn title(&self) -> &'a str {
        self.title
    }

    /// More about the title, shown under the pointer.
    #[must_use]
    pub const fn tooltip(mut self, text: &'a str) -> Self {
        self.tooltip = text;
        self
    }
}

/// What happened in a table in this frame.
#[derive(Clone, Debug, Default)]
pub struct TableResponse {
    /// A row was clicked, with the modifiers held: Shift marks a range, Ctrl one more.
    pub clicked_row: Option<(usize, Modifiers)>,
    /// A row was double-clicked.
    pub double_clicked_row: Option<usize>,
    /// A row was right-clicked, and where: open the menu of its actions there.
    pub secondary_clicked_row: Option<(usize, Pos2)>,
    /// The title of a column was clicked.
    pub sort_clicked: Option<usize>,
    /// The checkbox of a row was clicked, with the modifiers held.
    pub toggled_mark: Option<(usize, Modifiers)>,
    /// The checkbox in the header was clicked.
    pub toggled_all: bool,
    /// The edge of a column was let go, or double-clicked: its width in points, `None` as it was asked for. To be
    /// remembered by whoever passes [`DataTable::widths_by_title`].
    pub resized: Option<(usize, Option<f32>)>,
    /// The caret of a row of a tree was clicked.
    pub toggled_caret: Option<usize>,
    /// The row under the pointer.
    pub hovered_row: Option<usize>,
    /// How many whole rows fit in sight: the page of PageUp and PageDown.
    pub rows_in_sight: usize,
    /// The response of the whole body: its id is what a context menu of the table hangs on.
    pub body: Option<Response>,
}

/// A table. It fills the room there is; give it the last place on a page.
#[must_use = "call show"]
#[derive(Clone, Debug)]
pub struct DataTable<'a> {
    name: &'a str,
    accessible_name: &'a str,
    columns: &'a [Column<'a>],
    sort: Option<(usize, bool)>,
    row_height: f32,
    scroll_to_row: Option<usize>,
    header_mark: Mark,
    last_padding: f32,
    remembered: Option<&'a BTreeMap<String, f32>>,
}

/// Widths that were dragged since the program began, by the titles of the columns; `None`: as asked for again.
type Dragged = BTreeMap<String, Option<f32>>;

impl<'a> DataTable<'a> {
    /// A table whose name is unique in the program: widths and focus are kept under it.
    pub const fn new(name: &'a str, columns: &'a [Column<'a>]) -> Self {
        Self {
            name,
            accessible_name: "Таблица",
            columns,
            sort: None,
            row_height: ROW,
            scroll_to_row: None,
            header_mark: Mark::Off,
            last_padding: 16.0,
            remembered: None,
        }
    }

    /// Widths of columns by their titles, as they were kept of [`TableResponse::resized`].
    pub const fn widths_by_title(mut self, widths: Option<&'a BTreeMap<String, f32>>) -> Self {
        self.remembered = widths;
        self
    }

    /// What a screen reader calls it: «Классы».
    pub const fn accessible_name(mut self, name: &'a str) -> Self {
        self.accessible_name = name;
        self
    }

    /// The sorted column, and whether it ascends.
    pub const fn sort(mut self, sort: Option<(usize, bool)>) -> Self {
        self.sort = sort;
        self
    }

    /// [`ROW`], [`COMPACT_ROW`] or [`TALL_ROW`].
    pub const fn row_height(mut self, height: f32) -> Self {
        self.row_height = height;
        self
    }

    /// Brings a row into sight; pass it only in the frame after the selection moved.
    pub const fn scroll_to_row(mut self, row: Option<usize>) -> Self {
        self.scroll_to_row = row;
        self
    }

    /// What the checkbox in the header shows.
    pub const fn header_mark(mut self, mark: Mark) -> Self {
        self.header_mark = mark;
        self
    }

    /// Draws header and rows. `selected` answers for a row, `cell` draws row and column.
    pub fn show(
        &self,
        ui: &mut Ui,
        row_count: usize,
        selected: impl Fn(usize) -> bool,
        mut cell: impl FnMut(usize, usize, &mut Cell<'_>),
    ) -> TableResponse {
        let mut table = self.clone();
        table.last_padding = page::right_margin(ui);
        table.draw(ui, row_count, &selected, &mut cell)
    }

    fn draw(
        &self,
        ui: &mut Ui,
        row_count: usize,
        selected: &impl Fn(usize) -> bool,
        cell: &mut impl FnMut(usize, usize, &mut Cell<'_>),
    ) -> TableResponse {
        let room = ui.available_rect_before_wrap();
        let widths = self.widths(ui, room.width());
        let total: f32 = widths.iter().sum();
        let mut response = TableResponse {
            rows_in_sight: (((room.height() - HEADER) / self.row_height).floor().max(1.0)) as usize,
            ..TableResponse::default()
        };
        // Rows are painted beyond their cells, but never beyond the table: a wide one is scrolled in its room.
        let sight = room.x_range().intersection(ui.clip_rect().x_range());
        let mut draw =
            |ui: &mut Ui| self.table_ui(ui, (&widths, sight), row_count, selected, cell, &mut response);
        if total > room.width() + 1.0 {
            egui::ScrollArea::horizontal().id_salt((self.name, "wide")).auto_shrink(false).show(ui, |ui| {
                ui.set_min_width(total);
                draw(ui);
            });
        } else {
            draw(ui);
        }
        self.focus_ui(ui, room, &mut response);
        response
    }

    fn id(&self) -> Id {
        table_id(self.name)
    }

    /// Widths of all columns: what the user dragged, what was asked for, and the rest for the remainder.
    fn widths(&self, ui: &Ui, room: f32) -> Vec<f32> {
        let dragged: Dragged = ui.data(|data| data.get_temp(self.id())).unwrap_or_default();
        // A wider margin at the right is not taken from what the last column shows.
        let margin =
            |index: usize| if index + 1 == self.columns.len() { self.last_padding - 16.0 } else { 0.0 };
        let fixed = |index: usize, column: &Column<'_>| match column.width {
            Width::Exact(width) => {
                Some(margin(index) + self.dragged_width(column, &dragged).unwrap_or(width))
            }
            Width::Remainder(_) => None,
        };
        let taken: f32 =
            self.columns.iter().enumerate().filter_map(|(index, column)| fixed(index, column)).sum();
        let widths = self.columns.iter().enumerate().map(|(index, column)| match column.width {
            Width::Exact(_) => fixed(index, column).unwrap_or_default(),
            Width::Remainder(least) => (room - taken).max(least),
        });
        widths.map(|width| width.round()).collect()
    }

    /// What the user made of a column: now, else before.
    fn dragged_width(&self, column: &Column<'_>, dragged: &Dragged) -> Option<f32> {
        let remembered = || self.remembered.and_then(|widths| widths.get(column.title)).copied();
        dragged.get(column.title).copied().unwrap_or_else(remembered).map(|width| width.clamp(48.0, 900.0))
    }

    fn table_ui(
        &self,
        ui: &mut Ui,
        (widths, sight): (&[f32], Rangef),
        row_count: usize,
        selected: &impl Fn(usize) -> bool,
        cell: &mut impl FnMut(usize, usize, &mut Cell<'_>),
        response: &mut TableResponse,
    ) {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            ui.visuals_mut().widgets.noninteractive.bg_stroke = Stroke::NONE;
            let left = ui.available_rect_before_wrap().left();
            let right = (left + widths.iter().sum::<f32>()).max(ui.max_rect().right());
            let across = Across { row: Rangef::new(left, right), sight };
            let mut table = TableBuilder::new(ui)
                .id_salt(self.id())
                .sense(Sense::CLICK)
                .striped(false)
                .auto_shrink(false)
                .min_scrolled_height(0.0)
                .cell_layout(egui::Layout::left_to_right(Align::Center));
            for width in widths {
                table = table.column(egui_extras::Column::exact(*width).clip(true));
            }
            if let Some(row) = self.scroll_to_row {
                table = table.scroll_to_row(row, None).animate_scrolling(false);
            }
            let table = table.header(HEADER, |mut header| {
                for index in 0..self.columns.len() {
                    header.col(|ui| self.header_cell_ui(ui, index, across, response));
                }
            });
            table.body(|body| {
                body.rows(self.row_height, row_count, |mut row| {
                    let index = row.index();
                    row.set_hovered(false);
                    let drawn = RowContext { index, selected: selected(index), across, widths };
                    for column in 0..self.columns.len() {
                        row.col(|ui| self.body_cell_ui(ui, column, &drawn, cell, response));
                    }
                    row_events(&row.response(), index, response);
                });
            });
        });
    }

    fn header_cell_ui(&self, ui: &mut Ui, index: usize, across: Across, response: &mut TableResponse) {
        let tokens = Tokens::of(ui);
        let Some(column) = self.columns.get(index) else { return };
        let rect = ui.max_rect();
        if index == 0 {
            let strip = Rect::from_x_y_ranges(across.row, rect.y_range());
            let painter = paint::painter_within(ui, Rect::from_x_y_ranges(across.sight, rect.y_range()));
            painter.rect_filled(strip, 0.0, tokens.window);
            paint::horizontal_line(&painter, strip.x_range(), strip.top(), tokens.border);
            paint::bottom_line(&painter, strip, tokens.border);
        }
        let (before, after) = self.padding(index);
        let inner = Rect::from_min_max(rect.min + vec2(before, 0.0), rect.max - vec2(after, 0.0));
        if column.marks {
            let builder = UiBuilder::new().max_rect(inner).layout(egui::Layout::left_to_right(Align::Center));
            let mut child = ui.new_child(builder);
            response.toggled_all |= bare_checkbox_ui(&mut child, self.header_mark, "Отметить все").clicked();
            return;
        }
        if self.header_title_ui(ui, index, column, rect, inner) {
            response.sort_clicked = Some(index);
        }
        self.resize_handle_ui(ui, index, column, rect, response);
    }

    fn header_title_ui(&self, ui: &Ui, index: usize, column: &Column<'_>, rect: Rect, inner: Rect) -> bool {
        if column.title.is_empty() {
            return false;
        }
        let sorted = self.sort.filter(|(sorted, _)| *sorted == index).map(|(_, ascending)| ascending);
        let arrow_room = if sorted.is_some() { 18.0 } else { 0.0 };
        let ink = if sorted.is_some() { Ink::Main } else { Ink::Secondary };
        let run = Run::body(column.title).size(size::CAPTION).medium().ink(ink);
        let galley = paint::line(ui, &[run], inner.width() - arrow_room);
        let elided = galley.elided;
        let (painter, y) = (ui.painter(), inner.center().y);
        let words = if column.right {
            paint::put_right(painter, pos2(inner.right() - arrow_room, y), galley)
        } else {
            paint::put_left(painter, pos2(inner.left(), y), galley)
        };
        if let Some(ascending) = sorted {
            let arrow = if ascending { icons::ARROW_UP } else { icons::ARROW_DOWN };
            paint::icon(painter, pos2(words.right() + 11.0, y), arrow, 13.0, ink.color(Tokens::of(ui)));
        }
        let sense = if column.sortable { Sense::click() } else { Sense::hover() };
        let click = ui.interact(rect.shrink2(vec2(4.0, 1.0)), self.id().with(("title", index)), sense);
        let name = match sorted {
            Some(true) => format!("{}, по возрастанию", column.title),
            Some(false) => format!("{}, по убыванию", column.title),
            None => column.title.to_owned(),
        };
        click.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ColumnHeader, ui.is_enabled(), &name));
        paint::focus_ring_around(ui, &click, rect.shrink2(vec2(6.0, 5.0)), 4);
        let pressed = click.clicked();
        if !column.tooltip.is_empty() {
            click.on_hover_text(column.tooltip);
        } else if elided {
            click.on_hover_text(column.title);
        }
        pressed
    }

    fn resize_handle_ui(
        &self,
        ui: &Ui,
        index: usize,
        column: &Column<'_>,
        rect: Rect,
        response: &mut TableResponse,
    ) {
        let Width::Exact(asked) = column.width else { return };
        if index + 1 == self.columns.len() || column.title.is_empty() {
            return;
        }
        let handle = Rect::from_x_y_ranges(rect.right() - 4.0..=rect.right(), rect.y_range());
        let drag = ui.interact(handle, self.id().with(("width", index)), Sense::DRAG | Sense::CLICK);
        let drag = drag.on_hover_cursor(egui::CursorIcon::ResizeColumn);
        if drag.hovered() || drag.dragged() {
            let x = rect.right() - hairline(ui.pixels_per_point());
            paint::vertical_line(ui.painter(), x, rect.y_range().shrink(8.0), Tokens::of(ui).control);
        }
        let mut dragged: Dragged = ui.data(|data| data.get_temp(self.id())).unwrap_or_default();
        let width = self.dragged_width(column, &dragged);
        if drag.drag_stopped() {
            response.resized = Some((index, width));
        }
        if !drag.dragged() && !drag.double_clicked() {
            return;
        }
        let width = if drag.double_clicked() {
            response.resized = Some((index, None));
            None
        } else {
            Some((width.unwrap_or(asked) + drag.drag_delta().x).clamp(48.0, 900.0))
        };
        dragged.insert(column.title.to_owned(), width);
        ui.data_mut(|data| data.insert_temp(self.id(), dragged));
    }

    fn body_cell_ui(
        &self,
        ui: &mut Ui,
        column: usize,
        row: &RowContext<'_>,
        draw: &mut impl FnMut(usize, usize, &mut Cell<'_>),
        response: &mut TableResponse,
    ) {
        let rect = ui.max_rect();
        if column == 0 {
            row.paint_ground(ui, rect, response);
        }
        let right = self.columns.get(column).is_some_and(|column| column.right);
        let mut outcome = CellOutcome::default();
        let widths = row.widths.get(column..).unwrap_or_default();
        let padding = self.padding(column);
        let mut cell = Cell::new(ui, rect, padding, right, widths, &mut outcome);
        cell.within(row.across.sight);
        draw(row.index, column, &mut cell);
        if outcome.mark_toggled {
            response.toggled_mark = Some((row.index, ui.input(|input| input.modifiers)));
        }
        if outcome.caret_toggled {
            response.toggled_caret = Some(row.index);
        }
    }

    /// Space before and after what is in a column: 8, the first column 24 before, the last the page margin after.
    fn padding(&self, column: usize) -> (f32, f32) {
        let before = if column == 0 { 24.0 } else { 8.0 };
        let after = if column + 1 == self.columns.len() { self.last_padding } else { 8.0 };
        (before, after)
    }

    /// One stop for Tab: the table itself; arrows then belong to it.
    fn focus_ui(&self, ui: &Ui, room: Rect, response: &mut TableResponse) {
        let body = Rect::from_min_max(room.min + vec2(0.0, HEADER), room.max);
        let focus = ui.interact(body, self.id(), Sense::focusable_noninteractive());
        focus.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Table, ui.is_enabled(), self.accessible_name)
        });
        if focus.has_focus() {
            let stroke = Stroke::new(2.0, Tokens::of(ui).accent);
            ui.painter().rect_stroke(body.shrink(1.0), 2.0, stroke, egui::StrokeKind::Inside);
        }
        if response.clicked_row.is_some() {
            ui.memory_mut(|memory| {
                if let Some(other) = memory.focused() {
                    memory.surrender_focus(other);
                }
            });
        }
        response.body = Some(focus);
    }
}

/// From where to where a row reaches, and how much of it is in sight.
#[derive(Clone, Copy)]
struct Across {
    row: Rangef,
    sight: Rangef,
}

struct RowContext<'a> {
    index: usize,
    selected: bool,
    across: Across,
    widths: &'a [f32],
}

impl RowContext<'_> {
    /// The whole row at once, from its first cell, so that a cell that spans others is not painted over.
    fn paint_ground(&self, ui: &Ui, cell: Rect, response: &mut TableResponse) {
        let tokens = Tokens::of(ui);
        let row = Rect::from_x_y_ranges(self.across.row, cell.y_range());
        let clip = Rect::from_x_y_ranges(self.across.sight, ui.clip_rect().y_range());
        let visible = row.intersect(clip);
        let hovered = ui.is_enabled() && ui.ctx().rect_contains_pointer(ui.layer_id(), visible);
        if hovered {
            response.hovered_row = Some(self.index);
        }
        let painter = paint::painter_within(ui, clip);
        if self.selected {
            painter.rect_filled(row, 0.0, tokens.accent_ground);
            let bar = Rect::from_min_size(row.min, vec2(3.0, row.height()));
            painter.rect_filled(bar, 0.0, tokens.accent);
        } else if hovered {
            painter.rect_filled(row, 0.0, tokens.hover);
        }
        paint::bottom_line(&painter, row, tokens.row_line);
    }
}

fn row_events(row: &Response, index: usize, response: &mut TableResponse) {
    if row.double_clicked() {
        response.double_clicked_row = Some(index);
    }
    if row.clicked() {
        response.clicked_row = Some((index, row.ctx.input(|input| input.modifiers)));
    }
    if row.secondary_clicked() {
        let position = row.interact_pointer_pos().unwrap_or_else(|| row.rect.center());
        response.secondary_clicked_row = Some((index, position));
    }
}
