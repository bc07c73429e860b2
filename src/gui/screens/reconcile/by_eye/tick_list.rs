//! Who belongs to the place, each with a tick: found by typing, ticked by a click, Space or Enter.

use std::collections::BTreeSet;

use egui::{
    Align, CornerRadius, Frame, Id, Key, Layout, Panel, Rect, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};
use jiff::civil::Date;

use super::super::words::who_is;
use crate::gui::screens::form_fields::focus_search_on_shortcut;
use crate::gui::theme::{Tokens, hairline};
use crate::gui::widgets::checkbox::{Mark, bare_checkbox_ui, mark_row_ui};
use crate::gui::widgets::field::search_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::paint;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::names::{Role, fold};
use crate::reconcile::{ReconcileScope, people_of_place};
use crate::register::PersonId;
use crate::session::{Snapshot, role_of_scope, search_words};

const WIDTH: f32 = 440.0;
const NARROW_WIDTH: f32 = 330.0;
const ROW: f32 = 44.0;
const PAGE: &str = "by-eye-people";

struct Row {
    person: PersonId,
    name: String,
    note: String,
    key: String,
    is_expected: bool,
}

/// A line of the list: a heading, or the row at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Heading,
    Person(usize),
}

/// The people of a place and who of them was seen.
pub(super) struct TickList {
    scope: ReconcileScope,
    role: Role,
    /// Those who should be inside by name, then the others by name.
    rows: Vec<Row>,
    expected: usize,
    inside: BTreeSet<PersonId>,
    made_for: Option<(u64, Date)>,
    search: String,
    lines: Vec<Line>,
    lines_for: Option<String>,
    cursor: Option<usize>,
    scroll_to_cursor: bool,
}

impl TickList {
    pub(super) fn new(scope: ReconcileScope) -> TickList {
        TickList {
            scope,
            role: Role::Student,
            rows: Vec::new(),
            expected: 0,
            inside: BTreeSet::new(),
            made_for: None,
            search: String::new(),
            lines: Vec::new(),
            lines_for: None,
            cursor: None,
            scroll_to_cursor: false,
        }
    }

    /// Reads the people again when the register changed; whoever is still here stays ticked.
    pub(super) fn refresh(&mut self, snapshot: &Snapshot) {
        let version = snapshot.version();
        if self.made_for != Some(version) {
            self.made_for = Some(version);
            let (register, today) = (&*snapshot.register, snapshot.today);
            self.role = role_of_scope(register, &self.scope);
            let people = people_of_place(register, &self.scope, today).into_iter();
            let mut rows: Vec<Row> = people
                .filter_map(|of_place| {
                    let name = register.person(of_place.person)?.name.full();
                    let note = who_is(register, of_place.person, self.role, today);
                    let key = fold(&format!("{name} {note}"));
                    Some(Row { person: of_place.person, name, note, key, is_expected: of_place.is_expected })
                })
                .collect();
            rows.sort_by(|one, other| (!one.is_expected, &one.name).cmp(&(!other.is_expected, &other.name)));
            self.expected = rows.iter().filter(|row| row.is_expected).count();
            let known: BTreeSet<PersonId> = rows.iter().map(|row| row.person).collect();
            self.inside.retain(|person| known.contains(person));
            self.rows = rows;
            self.lines_for = None;
        }
        if self.lines_for.as_ref() != Some(&self.search) {
            let words = search_words(&self.search);
            let fits = |row: &usize| words.iter().all(|word| self.rows[*row].key.contains(word.as_str()));
            let (expected, others): (Vec<usize>, Vec<usize>) =
                (0..self.rows.len()).filter(fits).partition(|row| self.rows[*row].is_expected);
            let mut lines: Vec<Line> = expected.into_iter().map(Line::Person).collect();
            if !others.is_empty() {
                lines.push(Line::Heading);
                lines.extend(others.into_iter().map(Line::Person));
            }
            self.lines = lines;
            self.lines_for = Some(self.search.clone());
            self.cursor = None;
        }
    }

    pub(super) fn role(&self) -> Role {
        self.role
    }

    pub(super) fn inside(&self) -> &BTreeSet<PersonId> {
        &self.inside
    }

    pub(super) fn is_touched(&self) -> bool {
        !self.inside.is_empty()
    }

    /// How many of those who should be inside are ticked, and how many there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        let ticked = self.rows[..self.expected].iter().filter(|row| self.inside.contains(&row.person));
        (ticked.count(), self.expected)
    }

    fn toggle(&mut self, row: usize) {
        let Some(person) = self.rows.get(row).map(|row| row.person) else { return };
        if !self.inside.remove(&person) {
            self.inside.insert(person);
        }
    }

    fn toggle_all(&mut self) {
        let expected: Vec<PersonId> = self.rows[..self.expected].iter().map(|row| row.person).collect();
        if expected.iter().all(|person| self.inside.contains(person)) {
            self.inside.retain(|person| !expected.contains(person));
        } else {
            self.inside.extend(expected);
        }
    }

    /// Does what the keys ask for; answers whether Escape wants to leave.
    pub(super) fn take_keys(&mut self, ui: &Ui) -> bool {
        let mut leaves = false;
        for key in table_keys(ui, PAGE) {
            match key {
                TableKey::Escape => leaves = true,
                TableKey::Mark | TableKey::Open => {
                    if let Some(Line::Person(row)) = self.cursor.and_then(|cursor| self.lines.get(cursor)) {
                        self.toggle(*row);
                    }
                }
                key => {
                    let Some(target) = key.target(self.cursor, self.lines.len(), 10) else { continue };
                    // A heading is passed over in the direction of the key.
                    let down = self.cursor.is_none_or(|cursor| target > cursor);
                    let passed = if down { target + 1 } else { target.saturating_sub(1) };
                    let is_heading = self.lines.get(target) == Some(&Line::Heading);
                    self.cursor = Some(if is_heading { passed } else { target });
                    self.scroll_to_cursor = true;
                }
            }
        }
        leaves
    }

    /// Draws the list at the right.
    pub(super) fn show(&mut self, ui: &mut Ui, narrow: bool) {
        let tokens = Tokens::of(ui);
        let width = if narrow { NARROW_WIDTH } else { WIDTH };
        let panel = Panel::right("by-eye-people")
            .exact_size(width)
            .resizable(false)
            .show_separator_line(false)
            .frame(Frame::new().fill(tokens.surface));
        panel.show(ui, |ui| {
            let rect = ui.max_rect();
            paint::horizontal_line(ui.painter(), rect.x_range(), rect.top(), tokens.border);
            paint::vertical_line(ui.painter(), rect.left(), rect.y_range(), tokens.border);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(12.0);
            self.search_ui(ui, width);
            ui.add_space(8.0);
            self.all_ui(ui);
            ui.add_space(4.0);
            self.rows_ui(ui);
        });
    }

    /// Enter ticks the first who fits and empties the field: eyes stay on the picture.
    fn search_ui(&mut self, ui: &mut Ui, width: f32) {
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            let id = Id::unique("by-eye-search");
            focus_search_on_shortcut(ui, id);
            let hint = "Фамилия, Enter отмечает первого";
            let response = search_ui(ui, id, &mut self.search, hint, "Ctrl F", width - 36.0);
            if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                let first = self.lines.iter().find_map(|line| match line {
                    Line::Person(row) => Some(*row),
                    Line::Heading => None,
                });
                if let (Some(row), false) = (first, self.search.trim().is_empty()) {
                    self.toggle(row);
                    self.search.clear();
                }
                response.request_focus();
            }
        });
    }

    fn all_ui(&mut self, ui: &mut Ui) {
        let (ticked, expected) = self.counts();
        if expected == 0 {
            return;
        }
        ui.horizontal(|ui| {
            ui.add_space(20.0);
            let words = format!("Все, кто должен быть внутри: {expected}");
            if mark_row_ui(ui, Mark::of_count(ticked, expected), &words).clicked() {
                self.toggle_all();
            }
        });
    }

    fn rows_ui(&mut self, ui: &mut Ui) {
        if self.lines.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(20.0);
                let words = if self.rows.is_empty() {
                    "По списку здесь никого нет"
                } else {
                    "Никого не нашлось"
                };
                label::line_ui(ui, &[Run::caption(words)]);
            });
            return;
        }
        let mut toggled = None;
        let mut area = ScrollArea::vertical().id_salt("by-eye-rows").auto_shrink(false);
        if let (true, Some(cursor)) = (std::mem::take(&mut self.scroll_to_cursor), self.cursor) {
            let middle = cursor as f32 * ROW - ui.available_height() / 2.0;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
        area.show_rows(ui, ROW, self.lines.len(), |ui, range| {
            for place in range {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                let Some(line) = self.lines.get(place).copied() else { continue };
                let Line::Person(row) = line else {
                    heading_ui(ui, rect);
                    continue;
                };
                if self.row_ui(ui, row, rect, self.cursor == Some(place)) {
                    toggled = Some((place, row));
                }
            }
        });
        if let Some((place, row)) = toggled {
            self.cursor = Some(place);
            self.toggle(row);
        }
    }

    fn row_ui(&self, ui: &mut Ui, row: usize, rect: Rect, is_cursor: bool) -> bool {
        let tokens = Tokens::of(ui);
        let Some(known) = self.rows.get(row) else { return false };
        let on = self.inside.contains(&known.person);
        let whole = ui.interact(rect, ui.scope_id().with(("row", known.person.0)), Sense::click());
        let inner = rect.shrink2(vec2(8.0, 1.0));
        if is_cursor || whole.hovered() {
            let fill = if is_cursor { tokens.accent_ground } else { tokens.hover };
            ui.painter().rect_filled(inner, CornerRadius::same(6), fill);
        }
        let builder = UiBuilder::new()
            .id_salt(("tick", known.person.0))
            .max_rect(Rect::from_min_size(pos2(rect.left() + 20.0, rect.top() + 10.0), vec2(24.0, 24.0)))
            .layout(Layout::left_to_right(Align::Center));
        let name = format!("{}, {}", known.name, known.note);
        let ticked = bare_checkbox_ui(&mut ui.new_child(builder), Mark::from(on), &name).clicked();
        let (left, most) = (rect.left() + 48.0, rect.width() - 64.0);
        let title = paint::line(ui, &[Run::body(&known.name).medium()], most);
        paint::put_left(ui.painter(), pos2(left, rect.top() + 14.0), title);
        let note = paint::line(ui, &[Run::caption(&known.note)], most);
        paint::put_left(ui.painter(), pos2(left, rect.top() + 31.0), note);
        ticked || whole.clicked()
    }
}

fn heading_ui(ui: &Ui, rect: Rect) {
    const WORDS: &str = "Не участвуют или ещё не приглашены";
    let galley = paint::line(ui, &[Run::caption(WORDS).semibold()], rect.width() - 40.0);
    let y = rect.bottom() - 14.0;
    paint::put_left(ui.painter(), pos2(rect.left() + 20.0, y), galley);
    let line = rect.left() + 20.0..=rect.right() - 20.0;
    let top = rect.top() + 8.0 + hairline(ui.pixels_per_point());
    paint::horizontal_line(ui.painter(), line, top, Tokens::of(ui).border);
    let response = ui.interact(rect, ui.scope_id().with("others"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Heading, true, WORDS));
}
