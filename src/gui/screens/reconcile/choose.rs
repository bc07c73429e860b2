//! The first page: what is compared, when it was compared last, and the field for the pasted list.

use egui::{Event, Frame, Id, Key, Modifiers, Panel, ScrollArea, Ui};
use jiff::civil::Date;

use super::by_eye::take_pasted_pictures;
use super::places::{Place, places_of};
use super::{ReconcileState, mode_bar_ui};
use crate::gui::screens::form_fields::focus_search_on_shortcut;
use crate::gui::theme::{Ink, Tokens, Tone};
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::checkbox::radio_row_ui;
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::field::{TextField, search_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::section::section_ui;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::{Button, page, paint};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::Role;
use crate::reconcile::read_member_list;
use crate::register::{GroupId, Target};
use crate::session::{ReconciliationRequest, Snapshot, search_words};
use crate::wording::{counted, days_ago};

const LEFT_WIDTH: f32 = 300.0;
const ROW: f32 = 34.0;

/// A row of the list at the left.
#[derive(Clone, Debug)]
enum ListedGroup {
    Organization,
    Group { id: GroupId, label: String, age: String },
    Heading(&'static str),
}

/// The places of a group, and what they were made of.
type KnownPlaces = ((u64, Date), Option<GroupId>, Vec<Place>);
/// The list at the left, and the search it answers.
type KnownGroups = ((u64, Date), String, Vec<ListedGroup>);

/// What the first page remembers.
#[derive(Default)]
pub(super) struct ChooseState {
    /// `None`: nothing chosen yet; `Some(None)`: the whole organization.
    group: Option<Option<GroupId>>,
    place: usize,
    /// A place that is to be chosen once the places of its group are known.
    wanted: Option<(Target, Role)>,
    search: String,
    text: String,
    /// «7Б»: what is chosen at the left.
    title: String,
    /// How many names the text holds; counted when the text changes.
    names: usize,
    counted: String,
    no_names: bool,
    places: Option<KnownPlaces>,
    listed: Option<KnownGroups>,
}

impl ChooseState {
    pub(super) fn choose_group(&mut self, group: Option<GroupId>) {
        if self.group != Some(group) {
            self.place = 0;
        }
        self.group = Some(group);
    }

    pub(super) fn choose_place(&mut self, group: Option<GroupId>, target: Target, role: Role) {
        self.choose_group(group);
        self.wanted = Some((target, role));
    }

    pub(super) fn put_text(&mut self, text: String) {
        self.text = text;
        self.no_names = false;
    }

    pub(super) fn forget_text(&mut self) {
        self.put_text(String::new());
    }

    /// Group, place and text of what is pasted; `None` while nothing is.
    pub(super) fn pasted(&self) -> Option<(Option<GroupId>, usize, &str)> {
        (!self.text.trim().is_empty()).then(|| (self.group.flatten(), self.place, self.text.as_str()))
    }

    /// Puts back what was pasted before.
    pub(super) fn resume(&mut self, group: Option<GroupId>, place: usize, text: String, snapshot: &Snapshot) {
        self.choose_group(group);
        self.put_text(text);
        self.refresh(snapshot);
        self.place = place;
    }

    pub(super) fn say_no_names(&mut self) {
        self.no_names = true;
    }

    /// The place that is chosen.
    pub(super) fn place(&self) -> Option<&Place> {
        self.places.as_ref()?.2.get(self.place)
    }

    pub(super) fn request(&self) -> Option<ReconciliationRequest> {
        let scope = self.place()?.scope;
        (!self.text.trim().is_empty())
            .then(|| ReconciliationRequest { scope, text: self.text.as_str().into() })
    }

    /// The place chosen last, for the title of the comparison.
    pub(super) fn short_title(&self) -> String {
        self.place().map_or_else(String::new, |place| place.short.clone())
    }

    fn refresh(&mut self, snapshot: &Snapshot) {
        let version = snapshot.version();
        if self.group.is_none() {
            // The class that waits longest, else the first: nothing to press before the paste.
            let first = snapshot.reconcile_due.iter().min_by_key(|due| due.since).map(|due| due.group);
            self.group = first.or_else(|| snapshot.groups.rows().first().map(|row| row.id)).map(Some);
        }
        let group = self.group.flatten();
        if self.places.as_ref().is_none_or(|(of, known, _)| *of != version || *known != group) {
            let found = group.and_then(|group| snapshot.register.group(group));
            self.title = found.map_or_else(|| "вся организация".into(), |group| group.label.clone());
            self.places = Some((version, group, places_of(&snapshot.register, group, snapshot.today)));
        }
        if let (Some((target, role)), Some((_, _, places))) = (self.wanted.take(), &self.places) {
            let is_wanted = |place: &Place| {
                place.scope.target == target && place.scope.role.is_none_or(|known| known == role)
            };
            self.place = places.iter().position(is_wanted).unwrap_or(0);
        }
        if self.listed.as_ref().is_none_or(|(of, search, _)| *of != version || *search != self.search) {
            self.listed = Some((version, self.search.clone(), listed(snapshot, &self.search)));
        }
        if self.counted != self.text {
            self.counted = self.text.clone();
            self.names = read_member_list(&self.text).lines.len();
        }
    }
}

fn listed(snapshot: &Snapshot, search: &str) -> Vec<ListedGroup> {
    let words = search_words(search);
    let age = |day: Option<Date>| match day {
        Some(day) => days_ago((snapshot.today - day).get_days().into()),
        None => "нет сведений".to_owned(),
    };
    let line = |row: &crate::session::GroupRow| ListedGroup::Group {
        id: row.id,
        label: row.label.clone(),
        age: age(row.last_seen),
    };
    let mut listed = Vec::new();
    if words.is_empty() {
        let due: Vec<_> =
            snapshot.reconcile_due.iter().filter_map(|due| snapshot.groups.get(due.group)).collect();
        if !due.is_empty() {
            listed.push(ListedGroup::Heading("Пора сверить"));
            listed.extend(due.into_iter().map(line));
        }
        listed.push(ListedGroup::Heading("Все"));
        listed.push(ListedGroup::Organization);
    }
    listed.extend(snapshot.groups.rows().iter().filter(|row| row.matches(&words)).map(|row| line(row)));
    listed
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ReconcileState,
    actions: &mut Vec<Action>,
) {
    state.choose.refresh(context.snapshot);
    let pasted = take_paste(ui, &mut state.choose);
    for picture in take_pasted_pictures(ui) {
        state.take_picture(picture, context.snapshot);
    }
    let run_key = consume_shortcut_physical(ui.ctx(), Modifiers::COMMAND, Key::Enter);
    let reason = trouble(&state.choose);
    let compare = page::header_above_filters_ui(
        ui,
        "Сверка",
        "Сравните список из чата или кабинета с вашим: кто внутри, кого нет, кто чужой",
        |ui| {
            ui.add(Button::primary("Сверить").icon(icons::ARROWS_LEFT_RIGHT).disabled_because(reason))
                .clicked()
        },
    );
    mode_bar_ui(ui, &mut state.mode, |_| {});
    if context.snapshot.groups.rows().is_empty() {
        if EmptyState::new(
            icons::ARROWS_LEFT_RIGHT,
            "Сверять пока не с чем",
            "Сначала загрузите список людей",
        )
        .primary(icons::UPLOAD_SIMPLE, "Загрузить список")
        .show(ui)
        {
            actions.push(Action::Go(Destination::Import));
        }
        return;
    }
    left_ui(ui, &mut state.choose);
    right_ui(ui, &mut state.choose, actions);
    if (compare || run_key || pasted) && trouble(&state.choose).is_none() {
        actions.push(Action::CompareMembers);
    }
}

fn trouble(state: &ChooseState) -> Option<&'static str> {
    if state.place().is_none() {
        Some("Выберите, что сверяем")
    } else if state.text.trim().is_empty() {
        Some("Вставьте список участников")
    } else {
        None
    }
}

/// Ctrl+V anywhere on the page is the list: nobody has to hit the field first.
fn take_paste(ui: &Ui, state: &mut ChooseState) -> bool {
    if ui.ctx().text_edit_focused() || !ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id())) {
        return false;
    }
    let mut pasted = None;
    ui.ctx().input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Paste(text) => {
                pasted = Some(text.clone());
                false
            }
            _ => true,
        });
    });
    let Some(text) = pasted else { return false };
    state.put_text(text);
    true
}

fn left_ui(ui: &mut Ui, state: &mut ChooseState) {
    let tokens = Tokens::of(ui);
    let panel = Panel::left("reconcile-left")
        .exact_size(LEFT_WIDTH)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(tokens.surface));
    panel.show(ui, |ui| {
        let rect = ui.max_rect();
        paint::horizontal_line(ui.painter(), rect.x_range(), rect.top(), tokens.border);
        paint::vertical_line(ui.painter(), rect.right() - 1.0, rect.y_range(), tokens.border);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            let id = Id::unique("reconcile-search");
            focus_search_on_shortcut(ui, id);
            search_ui(ui, id, &mut state.search, "Класс или учитель", "Ctrl F", LEFT_WIDTH - 36.0);
        });
        ui.add_space(8.0);
        let Some((_, _, rows)) = &state.listed else { return };
        let mut chosen = None;
        ScrollArea::vertical().id_salt("reconcile-groups").auto_shrink(false).show_rows(
            ui,
            ROW,
            rows.len(),
            |ui, range| {
                for row in rows.get(range).unwrap_or_default() {
                    ui.allocate_ui(egui::vec2(ui.available_width(), ROW), |ui| {
                        let inner = ui.max_rect().shrink2(egui::vec2(8.0, 0.0));
                        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner));
                        if let Some(group) = listed_row_ui(&mut child, row, state.group) {
                            chosen = Some(group);
                        }
                        ui.advance_cursor_after_rect(inner);
                    });
                }
            },
        );
        if let Some(group) = chosen {
            state.choose_group(group);
        }
    });
}

fn listed_row_ui(ui: &mut Ui, row: &ListedGroup, chosen: Option<Option<GroupId>>) -> Option<Option<GroupId>> {
    match row {
        ListedGroup::Heading(word) => {
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                ui.add_space(16.0);
                section_ui(ui, word);
            });
            None
        }
        ListedGroup::Organization => {
            let row = ListRow::new("Вся организация").selected(chosen == Some(None));
            ui.add(row).clicked().then_some(None)
        }
        ListedGroup::Group { id, label, age } => {
            let row = ListRow::new(label).right(age).selected(chosen == Some(Some(*id)));
            ui.add(row).clicked().then_some(Some(*id))
        }
    }
}

fn right_ui(ui: &mut Ui, state: &mut ChooseState, actions: &mut Vec<Action>) {
    let tokens = Tokens::of(ui);
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, tokens.window);
    paint::horizontal_line(ui.painter(), room.x_range(), room.top(), tokens.border);
    let frame = Frame::new().inner_margin(egui::Margin { left: 24, right: 24, top: 18, bottom: 20 });
    ScrollArea::vertical().id_salt("reconcile-right").auto_shrink(false).show(ui, |ui| {
        frame.show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 8.0;
            places_ui(ui, state);
            ui.add_space(8.0);
            paste_ui(ui, state, room.bottom(), actions);
        });
    });
}

fn places_ui(ui: &mut Ui, state: &mut ChooseState) {
    let Some((_, _, places)) = &state.places else { return };
    section_ui(ui, &format!("Что сверяем: {}", state.title));
    let mut chosen = state.place;
    let width = ((ui.available_width() - 16.0) / 2.0).floor();
    for pair in 0..places.len().div_ceil(2) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            for index in [pair * 2, pair * 2 + 1] {
                let Some(place) = places.get(index) else { continue };
                ui.allocate_ui(egui::vec2(width, 44.0), |ui| {
                    ui.set_width(width);
                    if radio_row_ui(ui, state.place == index, &place.title, &place.note).clicked() {
                        chosen = index;
                    }
                });
            }
        });
    }
    state.place = chosen;
}

fn paste_ui(ui: &mut Ui, state: &mut ChooseState, bottom: f32, actions: &mut Vec<Action>) {
    let height = bottom - ui.cursor().top() - 140.0;
    let rows = (height / 17.0).floor().clamp(8.0, 60.0) as usize;
    let field = TextField::new("Список участников", &mut state.text)
        .hint(
            "Вставьте список участников, как он скопирован со страницы или из мессенджера (Ctrl+V). \
             «Был(а) недавно», роли и телефоны рядом с именами не мешают.",
        )
        .rows(rows)
        .show(ui);
    state.no_names &= !field.changed();
    if state.no_names {
        Callout::attention(
            "В тексте нет имён",
            "Скопируйте список участников целиком: откройте сведения о чате, выделите имена и нажмите Ctrl+C.",
        )
        .show(ui);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        if ui.add(Button::outlined("Взять из файла").icon(icons::FOLDER).in_bar()).clicked() {
            actions.push(Action::ChooseMemberList);
        }
        if state.names > 0 {
            label::icon_ui(ui, icons::CHECK, 16.0, Ink::Tone(Tone::Good));
            let words = counted(state.names as u64, "имя", "имени", "имён");
            label::line_ui(ui, &[Run::body(&format!("В тексте {words}"))]);
            if ui.add(Button::ghost("Очистить").icon(icons::X).in_bar()).clicked() {
                state.forget_text();
            }
        } else if ui.add(Button::outlined("Открыть картинку…").icon(icons::EYE).in_bar()).clicked()
        {
            actions.push(Action::ChooseMemberPicture);
        }
    });
    if state.names == 0 {
        label::caption_ui(
            ui,
            "Файл TXT или CSV можно перетащить на страницу. Снимок экрана со списком вставьте (Ctrl+V): он встанет \
             рядом с вашим списком, чтобы отметить глазами.",
        );
    }
}
