//! Справка: the pages of assets/help, searched, linked, with a way back to the work.

mod page_view;
mod pages;
mod parse;
mod pictures;
mod search;

use egui::{Align, CornerRadius, Id, Key, Layout, Modifiers, ScrollArea, Ui, vec2};

use self::pages::{PAGES, Place, find, page_text};
use self::pictures::PictureCache;
use self::search::{Found, search};
use crate::gui::theme::{Tokens, space};
use crate::gui::view::Overlay;
use crate::gui::widgets::field::search_ui;
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::scroll_page::scroll_page_ui;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::{Button, label, page};
use crate::gui::{Action, Room, icons};

/// Width of the list of pages in points.
const LIST_WIDTH: f32 = 300.0;

/// Where the help was opened from.
pub(in crate::gui) type Origin = (Room, Option<Overlay>);

/// State of the screen.
#[derive(Default)]
pub struct HelpState {
    at: Place,
    /// The places before, the last one at the end.
    before: Vec<Place>,
    /// The block that is brought to the top in the next frame.
    scroll_to: Option<usize>,
    query: String,
    found: Vec<Found>,
    found_for: String,
    pictures: PictureCache,
    origin: Option<Origin>,
    /// It stands over the start page or the unlock screen, where there are no rooms.
    over: bool,
}

impl HelpState {
    /// Opens the section of the work that is left for it. `over`: there is no room to come back to.
    pub(in crate::gui) fn open(&mut self, topic: &str, origin: Origin, over: bool) {
        self.origin = Some(origin);
        self.over = over;
        self.query.clear();
        self.before.clear();
        self.at = find(topic, 0).unwrap_or_default();
        self.scroll_to = Some(self.at.block);
    }

    /// Whether it stands over a page that is no room.
    pub(in crate::gui) fn is_over(&self) -> bool {
        self.over
    }

    /// Closes it; the room and the page to come back to.
    pub(in crate::gui) fn leave(&mut self) -> Option<Origin> {
        self.over = false;
        self.origin.take()
    }

    /// The page and the section that are open, «links#cleanup», for tests.
    pub fn topic(&self) -> String {
        let Some(page) = PAGES.get(self.at.page) else { return String::new() };
        match page.blocks.get(self.at.block).filter(|_| self.at.block > 0) {
            Some(parse::Block::Heading { anchor: Some(anchor), .. }) => format!("{}#{anchor}", page.name),
            _ => page.name.to_owned(),
        }
    }

    fn go(&mut self, place: Place) {
        if place != self.at {
            self.before.push(self.at);
        }
        self.at = place;
        self.scroll_to = Some(place.block);
    }

    fn go_back(&mut self) {
        if let Some(place) = self.before.pop() {
            self.at = place;
            self.scroll_to = Some(place.block);
        }
    }
}

/// Whether a section of this name exists.
#[cfg(test)]
pub(in crate::gui) fn has_topic(topic: &str) -> bool {
    find(topic, 0).is_some()
}

/// Draws the screen.
pub fn show(ui: &mut Ui, narrow: bool, state: &mut HelpState, actions: &mut Vec<Action>) {
    keys(ui, state, actions);
    header_ui(ui, state, actions);
    let list_width = if narrow { 240.0 } else { LIST_WIDTH };
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, CornerRadius::ZERO, Tokens::of(ui).window);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(space::LARGE);
        let column = vec2(list_width, room.height());
        ui.allocate_ui_with_layout(column, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(column);
            ui.set_max_size(column);
            ui.add_space(space::MEDIUM);
            search_field_ui(ui, state);
            ui.add_space(space::SMALL);
            ScrollArea::vertical().id_salt("help list").auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                if state.query.trim().is_empty() {
                    contents_ui(ui, state)
                } else {
                    found_ui(ui, state)
                }
                ui.add_space(space::SMALL);
            });
        });
        let rest = vec2(ui.available_width(), room.height());
        ui.allocate_ui_with_layout(rest, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(rest);
            let Some(page) = PAGES.get(state.at.page) else { return };
            let scroll_to = state.scroll_to.take();
            let pictures = &mut state.pictures;
            // A page of its own for every name: each remembers how far it was scrolled.
            let pressed = scroll_page_ui(ui, &format!("help {}", page.name), |ui| {
                if scroll_to == Some(0) {
                    ui.scroll_to_cursor_animation(Some(Align::Min), egui::style::ScrollAnimation::none());
                }
                page_view::page_ui(ui, page, scroll_to.filter(|block| *block > 0), pictures)
            });
            if let Some(place) = pressed.and_then(|target| find(&target, state.at.page)) {
                state.go(place);
            }
        });
    });
}

fn keys(ui: &Ui, state: &mut HelpState, actions: &mut Vec<Action>) {
    let ctx = ui.ctx();
    if consume_shortcut_physical(ctx, Modifiers::COMMAND, Key::F) {
        ctx.memory_mut(|memory| memory.request_focus(search_id()));
    }
    if consume_shortcut_physical(ctx, Modifiers::ALT, Key::ArrowLeft) {
        state.go_back();
    }
    if !ctx.text_edit_focused() && consume_shortcut_physical(ctx, Modifiers::NONE, Key::Escape) {
        actions.push(Action::LeaveHelp);
    }
}

fn header_ui(ui: &mut Ui, state: &mut HelpState, actions: &mut Vec<Action>) {
    page::header_ui(
        ui,
        "Справка",
        "Коротко о работе администратора и об этой программе",
        |ui| {
            if (state.origin.is_some() || state.over)
                && ui.add(Button::outlined("Вернуться").icon(icons::ARROW_LEFT).key("Esc")).clicked()
            {
                actions.push(Action::LeaveHelp);
            }
            if ui.add(Button::outlined("Копировать страницу").icon(icons::COPY)).clicked()
                && let Some(page) = PAGES.get(state.at.page)
            {
                let what = format!("Скопировано: «{}»", page.title);
                actions.push(Action::CopyText { text: page_text(page), what });
            }
            let nothing = state.before.is_empty().then_some("Это первая открытая страница");
            let back = Button::ghost("Назад").key("Alt ←").disabled_because(nothing);
            if ui.add(back).clicked() {
                state.go_back();
            }
        },
    );
}

fn search_id() -> Id {
    Id::unique("help search")
}

fn search_field_ui(ui: &mut Ui, state: &mut HelpState) {
    let width = ui.available_width();
    search_ui(ui, search_id(), &mut state.query, "Поиск в справке", "Ctrl F", width);
    if state.query != state.found_for {
        state.found = search(&state.query);
        state.found_for.clone_from(&state.query);
    }
}

fn contents_ui(ui: &mut Ui, state: &mut HelpState) {
    for (page, known) in PAGES.iter().enumerate() {
        if ui.add(ListRow::new(known.title).selected(page == state.at.page)).clicked() {
            state.go(Place { page, block: 0 });
        }
    }
}

fn found_ui(ui: &mut Ui, state: &mut HelpState) {
    let mut chosen = None;
    if state.found.is_empty() {
        ui.add_space(space::SMALL);
        label::secondary_ui(ui, "Такого в справке нет. Попробуйте одно слово, например «ссылка».");
    }
    for found in &state.found {
        let row = ListRow::new(&found.heading).selected(found.place == state.at);
        if ui.add(row).clicked() {
            chosen = Some(found.place);
        }
        if found.heading != found.page {
            let line = vec2(ui.available_width(), 20.0);
            ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Min), |ui| {
                ui.add_space(space::LARGE);
                label::line_ui(ui, &[label::Run::caption(found.page)]);
            });
        }
    }
    if let Some(place) = chosen {
        state.go(place);
    }
}
