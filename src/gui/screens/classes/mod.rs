//! Классы: a tree that is a table, with an inspector.

mod card_sections;
mod excel;
pub(super) mod forms;
mod group_card;
mod place_cards;
mod restricted_ui;
mod seen_text;
mod table;
mod tree;

use std::collections::BTreeSet;

use egui::{Pos2, Ui};

use self::forms::Form;
use self::tree::{SortBy, Tree, TreeKey};
use super::form_fields::focus_search_on_shortcut;
use crate::gui::icons;
use crate::gui::widgets::chip::chip_ui;
use crate::gui::widgets::empty_state::{EmptyState, nothing_found_ui};
use crate::gui::widgets::field::search_ui;
use crate::gui::widgets::menu::{menu_divider_ui, menu_on, menu_row_ui};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext};
use crate::names::Role;
use crate::register::{ChatId, Entity, GroupId, GroupKind, OrganizationKind, SchoolYear, UnitId};
use crate::regulation::usual_group_kind;
use crate::wording::{counted, plural, role_counted};

/// What a row of the tree is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKey {
    /// `None`: groups without a unit.
    Unit(Option<UnitId>),
    Group(GroupId),
    Chat(ChatId),
}

/// What the tree is narrowed to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub parallels: Option<(u8, u8)>,
    pub no_teacher: bool,
    pub flagged: bool,
    pub long_ago: bool,
    pub archived: bool,
    /// Another school year than the current one.
    pub year: Option<SchoolYear>,
}

impl Filter {
    /// Whether groups of the year are left out.
    pub fn narrows(&self) -> bool {
        self.parallels.is_some() || self.no_teacher || self.flagged || self.long_ago || self.archived
    }
}

/// State of the screen.
#[derive(Default)]
pub struct ClassesState {
    search: String,
    filter: Filter,
    sort: Option<(SortBy, bool)>,
    closed_units: BTreeSet<Option<UnitId>>,
    open_groups: BTreeSet<GroupId>,
    selected: Option<RowKey>,
    card_open: bool,
    /// The selection moved: bring it into sight.
    scroll: bool,
    tree: Tree,
    form: Option<Form>,
    menu_at: Option<Pos2>,
}

impl ClassesState {
    /// Selects a group and opens its card.
    pub fn select(&mut self, group: GroupId) {
        self.search.clear();
        self.filter = Filter::default();
        self.selected = Some(RowKey::Group(group));
        self.card_open = true;
        self.scroll = true;
    }

    fn sort(&self) -> (SortBy, bool) {
        self.sort.unwrap_or((SortBy::Label, true))
    }

    fn refresh(&mut self, context: &ScreenContext<'_>) {
        if self.scroll
            && let Some(RowKey::Group(group)) = self.selected
            && let Some(group) = context.register().group(group)
        {
            self.closed_units.remove(&group.unit);
        }
        let key = TreeKey {
            version: context.snapshot.version(),
            search: self.search.clone(),
            filter: self.filter.clone(),
            sort: self.sort(),
            closed_units: self.closed_units.clone(),
            open_groups: self.open_groups.clone(),
        };
        self.tree.refresh(context.snapshot, key);
    }

    fn reset_filter(&mut self) {
        self.filter = Filter::default();
        self.search.clear();
    }
}

/// Words that follow the kind of organization.
struct Words {
    title: &'static str,
    /// «класс», «класса», «классов».
    counted: [&'static str; 3],
    add: &'static str,
    hint: &'static str,
    column: &'static str,
    leader: &'static str,
}

fn words(kind: OrganizationKind) -> Words {
    match usual_group_kind(kind) {
        GroupKind::SchoolClass => Words {
            title: "Классы",
            counted: ["класс", "класса", "классов"],
            add: "Добавить класс",
            hint: "Класс или учитель",
            column: "Класс",
            leader: "Руководитель",
        },
        other => Words {
            title: "Группы",
            counted: ["группа", "группы", "групп"],
            add: "Добавить группу",
            hint: "Группа или учитель",
            column: "Группа",
            leader: if other == GroupKind::StudyGroup { "Куратор" } else { "Воспитатель" },
        },
    }
}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ClassesState, actions: &mut Vec<Action>) {
    state.refresh(context);
    table::take_keys(ui, state, context);
    let fills_page = card_ui(ui, context, state, actions);
    if !fills_page {
        header_ui(ui, context, state, actions);
        filter_bar_ui(ui, context, state, actions);
        // What was typed or chosen just now.
        state.refresh(context);
        body_ui(ui, context, state, actions);
    }
    forms::show(ui, context, &mut state.form, actions);
}

/// Draws the card of what is selected; answers whether it fills the page.
fn card_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ClassesState,
    actions: &mut Vec<Action>,
) -> bool {
    let Some(selected) = state.selected.filter(|_| state.card_open) else { return false };
    let form = &mut state.form;
    let closed = match selected {
        RowKey::Group(group) => group_card::show(ui, context, group, form, actions),
        RowKey::Chat(chat) => place_cards::show_chat(ui, context, chat, form, actions),
        RowKey::Unit(Some(unit)) => place_cards::show_unit(ui, context, unit, form, actions),
        RowKey::Unit(None) => None,
    };
    match closed {
        // What was selected is gone (undone).
        None => {
            state.selected = None;
            false
        }
        Some(closed) => {
            state.card_open = !closed;
            context.narrow
        }
    }
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ClassesState, actions: &mut Vec<Action>) {
    let kind = context.register().organization().kind;
    let words = words(kind);
    let search = egui::Id::unique("classes search");
    focus_search_on_shortcut(ui, search);
    page::header_above_filters_ui(ui, words.title, &subtitle(state, &words), |ui| {
        search_ui(ui, search, &mut state.search, words.hint, "", 212.0);
        if ui.add(Button::primary(words.add).icon(icons::PLUS)).clicked() {
            state.form = Some(Form::new_group(context));
        }
        let more = ui.add(Button::icon_only(icons::DOTS_THREE, "Другие действия"));
        menu_on(&more, |ui| {
            if menu_row_ui(ui, icons::BUILDINGS, "Добавить корпус…", "", false).clicked() {
                state.form = Some(Form::new_unit());
            }
            if menu_row_ui(ui, icons::UPLOAD_SIMPLE, "Загрузить список", "Ctrl O", false).clicked()
            {
                actions.push(Action::Go(Destination::Import));
            }
            let leaders = match kind {
                OrganizationKind::School => "Классные руководители",
                OrganizationKind::College => "Кураторы",
                OrganizationKind::Kindergarten => "Воспитатели",
            };
            if menu_row_ui(ui, icons::CHALKBOARD_TEACHER, leaders, "", false).clicked() {
                actions.push(Action::Go(Destination::ClassTeachers(None)));
            }
            if menu_row_ui(ui, icons::LIST_CHECKS, "Кто уже в системе?", "", false).clicked() {
                actions.push(Action::Go(Destination::Presence));
            }
        });
    });
}

fn subtitle(state: &ClassesState, words: &Words) -> String {
    let groups = state.tree.groups.rows();
    let classes = groups.iter().filter(|group| !tree::is_staff(group)).count() as u64;
    let students = groups.iter().map(|group| group.member_count(Role::Student) as u64).sum();
    let [one, few, many] = words.counted;
    let mut text = format!("{}, {}", counted(classes, one, few, many), role_counted(students, Role::Student));
    if let Some(year) = state.filter.year {
        text = format!("{year}: {text}");
    }
    if state.filter.narrows() || !state.search.trim().is_empty() {
        text.push_str(&format!(" · показано {}", state.tree.shown));
    }
    text
}

fn filter_bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ClassesState,
    actions: &mut Vec<Action>,
) {
    let kind = context.register().organization().kind;
    page::filter_bar_ui(ui, |ui| {
        let button = ui.add(Button::outlined("Фильтр").icon(icons::FUNNEL_SIMPLE).in_bar());
        menu_on(&button, |ui| filter_menu_ui(ui, context, &mut state.filter));
        chips_ui(ui, kind, &mut state.filter);
        if (state.filter.narrows() || state.filter.year.is_some())
            && ui.add(Button::ghost("Сбросить").in_bar()).clicked()
        {
            state.filter = Filter::default();
        }
        page::trailing_ui(ui, "copy", |ui| {
            table::columns_button_ui(ui, context, actions);
            let copy = Button::ghost("Копировать для Excel").icon(icons::FILE_XLS).in_bar();
            if ui.add(copy).clicked() {
                actions.push(excel::copy_tree(&state.tree));
            }
        });
    });
}

fn filter_menu_ui(ui: &mut Ui, context: &ScreenContext<'_>, filter: &mut Filter) {
    let row = |ui: &mut Ui, icon, word: &str| menu_row_ui(ui, icon, word, "", false).clicked();
    if context.register().organization().kind == OrganizationKind::School {
        for (from, to) in [(1, 4), (5, 9), (10, 11)] {
            if row(ui, icons::STUDENT, &format!("Параллели {from}–{to}")) {
                filter.parallels = Some((from, to));
            }
        }
        menu_divider_ui(ui);
    }
    if row(ui, icons::USER, "Без руководителя") {
        filter.no_teacher = true;
    }
    if row(ui, icons::LINK_SIMPLE, "Есть что аннулировать") {
        filter.flagged = true;
    }
    if row(ui, icons::CLOCK, "Давно не сверяли") {
        filter.long_ago = true;
    }
    menu_divider_ui(ui);
    let years = tree::years(context.register());
    for year in years.into_iter().filter(|year| context.snapshot.groups.year != Some(*year)) {
        if row(ui, icons::CALENDAR_BLANK, &format!("Учебный год {year}")) {
            *filter = Filter { year: Some(year), ..Filter::default() };
        }
    }
    if row(ui, icons::ARCHIVE, "Архив") {
        *filter = Filter { archived: true, ..Filter::default() };
    }
}

fn chips_ui(ui: &mut Ui, kind: OrganizationKind, filter: &mut Filter) {
    if let Some((from, to)) = filter.parallels
        && chip_ui(ui, "Параллель:", &format!("{from}–{to}")).clicked()
    {
        filter.parallels = None;
    }
    let no_teacher = if kind == OrganizationKind::School {
        "без руководителя"
    } else {
        "не назначен"
    };
    for (word, on) in [
        (no_teacher, &mut filter.no_teacher),
        ("есть что аннулировать", &mut filter.flagged),
        ("давно не сверяли", &mut filter.long_ago),
        ("архив", &mut filter.archived),
    ] {
        if *on && chip_ui(ui, "", word).clicked() {
            *on = false;
        }
    }
    if let Some(year) = filter.year
        && chip_ui(ui, "Год:", &year.to_string()).clicked()
    {
        filter.year = None;
    }
}

fn body_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ClassesState, actions: &mut Vec<Action>) {
    if !state.tree.rows.is_empty() {
        table::show(ui, context, state, actions);
        return;
    }
    let words = words(context.register().organization().kind);
    if state.filter.archived && state.search.trim().is_empty() {
        let empty = EmptyState::new(
            icons::ARCHIVE,
            "Архив пуст",
            "Сюда попадают корпуса, группы и чаты, с которыми закончили",
        );
        if empty.button(Button::outlined("Показать действующие")).show(ui) {
            state.reset_filter();
        }
    } else if state.filter.narrows() || !state.search.trim().is_empty() {
        let [_, _, many] = words.counted;
        let room = ui.available_rect_before_wrap().shrink(24.0);
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(room));
        if nothing_found_ui(&mut child, &format!("Таких {many} нет")) {
            state.reset_filter();
        }
    } else if EmptyState::new(
        icons::TREE_STRUCTURE,
        "Пока пусто",
        "Здесь будет видно, кто где учится и кто уже внутри",
    )
    .primary(icons::UPLOAD_SIMPLE, "Загрузить список")
    .second_line("или добавьте вручную кнопкой вверху")
    .show(ui)
    {
        actions.push(Action::Go(Destination::Import));
    }
}

/// Archives or brings back one record, with what the line at the bottom says.
fn archive_action(context: &ScreenContext<'_>, entity: &Entity, archived: bool, name: &str) -> Action {
    use crate::register::Operation;
    let keys = vec![entity.key()];
    if archived {
        Action::execute(Operation::Restore { keys }, format!("Из архива: {name}"))
    } else {
        Action::execute(Operation::Archive { keys, on: context.today }, format!("В архиве: {name}"))
    }
}

/// «Разобрать 2 ссылки».
fn cleanup_words(count: usize) -> String {
    format!("Разобрать {count} {}", plural(count as u64, "ссылку", "ссылки", "ссылок"))
}
