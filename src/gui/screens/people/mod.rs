//! Люди: a virtual table with instant search and a card with history.

mod bars;
mod bulk;
mod card;
mod card_movement;
mod card_sections;
mod card_traces;
mod columns;
mod duplicates;
mod excel;
mod forms;
mod found;
mod history;
mod movement;
mod participation;
mod saved_filters;
mod table;

use std::collections::BTreeSet;

use egui::{Pos2, Ui};
use jiff::civil::Date;

pub use self::duplicates::FoundDuplicates;
use self::duplicates::{Compare, DuplicatesState};
use self::forms::Form;
use self::found::{Found, FoundKey};
use crate::gui::icons;
use crate::gui::widgets::empty_state::{EmptyState, nothing_found_ui};
use crate::gui::{Action, Destination, PeoplePage, ScreenContext};
use crate::names::Role;
use crate::register::{
    EntityKey, EntityKind, GroupId, JournalChange, ParticipationStage, PersonId, Verification,
};
use crate::session::{Executed, Snapshot};
use crate::store::EntryRow;

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub role: Option<Role>,
    pub group: Option<GroupId>,
    /// People who left, and nobody else.
    pub left: bool,
    pub without_group: bool,
    /// Adults whose access to a child is restricted.
    pub restricted: bool,
    /// Away for long.
    pub absent: bool,
    pub stage: Option<ParticipationStage>,
    pub verification: Option<Verification>,
}

/// What a column sorts by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    #[default]
    Name,
    Roles,
    Groups,
}

impl SortBy {
    const ALL: [SortBy; 3] = [SortBy::Name, SortBy::Roles, SortBy::Groups];

    /// Stable name in a saved filter.
    fn code(self) -> &'static str {
        match self {
            SortBy::Name => "name",
            SortBy::Roles => "roles",
            SortBy::Groups => "groups",
        }
    }
}

/// What the journal told of a person.
#[derive(Default)]
struct History {
    /// Whose history was asked for, and after which change.
    asked: Option<(PersonId, (u64, Date))>,
    of: Option<PersonId>,
    entries: Vec<(EntryRow, JournalChange)>,
}

/// State of the screen.
#[derive(Default)]
pub struct PeopleState {
    search: String,
    filter: Filter,
    sort: Option<(SortBy, bool)>,
    found: Found,
    selected: Option<PersonId>,
    card_open: bool,
    marked: BTreeSet<PersonId>,
    /// Where a range of marks begins.
    anchor: Option<usize>,
    /// The selection moved: bring it into sight.
    scroll: bool,
    form: Option<Form>,
    menu_at: Option<Pos2>,
    history: History,
    pages: movement::MovementPages,
    /// Columns of the applied filter; `None`: as the user left them.
    columns: Option<Vec<String>>,
    /// Name of the applied saved filter.
    applied: Option<String>,
    /// The name being typed for a filter that is saved.
    saving: Option<String>,
    duplicates: DuplicatesState,
}

impl PeopleState {
    /// Shows a page beside the table, or the table again.
    pub fn open_page(&mut self, page: PeoplePage, snapshot: &Snapshot) {
        self.pages.open(page, snapshot);
    }

    /// Shows «Зачислить» for somebody who comes back.
    pub fn open_return(&mut self, person: PersonId, snapshot: &Snapshot) {
        self.pages.open_return(snapshot, person);
    }

    /// Takes what an executed operation did: the page of a newcomer follows their entry.
    pub fn committed(&mut self, executed: &Executed) {
        self.pages.committed(executed);
    }

    /// Whether a newcomer's page is shown, which needs the words around links.
    pub fn needs_message_words(&self) -> bool {
        self.pages.needs_message_words()
    }

    /// Takes the words around links, one a role.
    pub fn take_message_words(&mut self, words: [String; 4]) {
        self.pages.take_message_words(words);
    }

    /// Opens «Похоже, один человек».
    pub fn open_duplicates(&mut self) {
        self.duplicates.open = true;
    }

    /// Takes the records that may be of one person.
    pub fn take_duplicates(&mut self, found: FoundDuplicates) {
        self.duplicates.take(found);
    }

    /// Selects a person and opens their card.
    pub fn select(&mut self, person: PersonId) {
        self.pages.close();
        self.search.clear();
        self.reset_filter();
        self.duplicates.open = false;
        self.selected = Some(person);
        self.card_open = true;
        self.scroll = true;
    }

    /// Takes the history of the person asked for.
    pub fn take_history(&mut self, key: EntityKey, history: Vec<(EntryRow, JournalChange)>) {
        if key.kind == EntityKind::Person {
            self.history.of = Some(PersonId(key.id));
            self.history.entries = history;
        }
    }

    fn sort(&self) -> (SortBy, bool) {
        self.sort.unwrap_or((SortBy::Name, true))
    }

    fn refresh(&mut self, context: &ScreenContext<'_>) {
        if self.scroll
            && let Some(row) = self.selected.and_then(|person| context.snapshot.people.get(person))
            && row.left
            && self.search.is_empty()
        {
            self.filter.left = true;
        }
        self.found.refresh(
            context.snapshot,
            FoundKey {
                version: context.snapshot.version(),
                search: self.search.clone(),
                filter: self.filter.clone(),
                sort: self.sort(),
            },
        );
    }

    fn reset_filter(&mut self) {
        self.filter = Filter::default();
        self.search.clear();
        self.columns = None;
        self.applied = None;
    }

    /// Compares two records, whether they look alike or not.
    fn compare(&mut self, context: &ScreenContext<'_>, keep: PersonId, merge: PersonId) {
        self.duplicates.compare = Compare::of(context, keep, merge, &[]);
    }

    /// Asks the journal of the selected person once after every change.
    fn ask_history(&mut self, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
        let Some(person) = self.selected.filter(|_| self.card_open) else { return };
        let asked = (person, context.snapshot.version());
        if self.history.asked != Some(asked) {
            self.history.asked = Some(asked);
            actions.push(Action::LoadHistory { key: person.into() });
        }
    }

    /// The marked people, else the selected one.
    fn chosen(&self) -> Vec<PersonId> {
        if self.marked.is_empty() {
            self.selected.into_iter().collect()
        } else {
            self.marked.iter().copied().collect()
        }
    }
}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    if !state.pages.is_list() {
        state.pages.show(ui, context, actions);
        return;
    }
    state.duplicates.ask(context, actions);
    if state.duplicates.open {
        duplicates::show(ui, context, state, actions);
        duplicates::compare_ui(ui, context, state, actions);
        return;
    }
    state.refresh(context);
    table::take_keys(ui, state, context);
    state.ask_history(context, actions);
    let fills_page = card::show(ui, context, state, actions);
    if !fills_page {
        bars::header_ui(ui, context, state, actions);
        bars::filter_bar_ui(ui, context, state, actions);
        bars::marked_bar_ui(ui, context, state, actions);
        // What was typed or chosen just now.
        state.refresh(context);
        body_ui(ui, context, state, actions);
    }
    forms::show(ui, context, state, actions);
    saved_filters::dialog_ui(ui, context, state, actions);
    duplicates::compare_ui(ui, context, state, actions);
}

fn body_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    if !state.found.people.is_empty() {
        table::show(ui, context, state, actions);
    } else if context.snapshot.people.is_empty() {
        let sentence = "Здесь будут ученики, родители, учителя и сотрудники";
        if EmptyState::new(icons::USERS, "Людей пока нет", sentence)
            .primary(icons::UPLOAD_SIMPLE, "Загрузить список")
            .second_line("или добавьте человека кнопкой вверху")
            .show(ui)
        {
            actions.push(Action::Go(Destination::Import));
        }
    } else {
        let room = ui.available_rect_before_wrap().shrink(24.0);
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(room));
        let sentence =
            if state.filter.left { "Выбывших нет" } else { "Таких людей нет" };
        if nothing_found_ui(&mut child, sentence) {
            state.reset_filter();
        }
    }
}
