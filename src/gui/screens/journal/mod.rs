//! Журнал: who, when, what, before → after, undo.

mod export;
mod inspector;
mod lines;
mod table;

use egui::{Key, Modifiers, Ui};
use jiff::tz::TimeZone;

use export::ExportForm;
use inspector::Details;
use lines::{Line, Period};

use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::empty_state::{EmptyState, nothing_found_ui};
use crate::gui::widgets::field::search_ui;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, ScreenContext, icons};
use crate::register::JournalChange;
use crate::session::JournalCheck;
use crate::store::EntryRow;
use crate::wording::{counted, number};

/// State of the screen.
pub struct JournalState {
    lines: Vec<Line>,
    /// Whether there is nothing older to load.
    complete: bool,
    loading: bool,
    /// Entries older than this are being loaded.
    zone: TimeZone,
    filter: String,
    period: Period,
    /// Indices of the lines that pass the filter, and the key they were made for.
    shown: Vec<usize>,
    shown_for: Option<(usize, String, Period, jiff::civil::Date)>,
    selected: Option<u64>,
    scroll_to: Option<usize>,
    details: Option<Details>,
    generation: usize,
    /// «Экспорт…» is open.
    export: Option<ExportForm>,
    /// What the check found, until it was read.
    check: Option<JournalCheck>,
}

impl Default for JournalState {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            complete: false,
            loading: false,
            zone: TimeZone::UTC,
            filter: String::new(),
            period: Period::default(),
            shown: Vec::new(),
            shown_for: None,
            selected: None,
            scroll_to: None,
            details: None,
            generation: 0,
            export: None,
            check: None,
        }
    }
}

impl JournalState {
    /// The time zone that moments are told in.
    pub fn know_zone(&mut self, zone: TimeZone) {
        self.zone = zone;
    }

    /// Takes a page of entries; `before: None` begins anew.
    pub fn take_entries(&mut self, before: Option<u64>, entries: Vec<EntryRow>) {
        if before.is_none() {
            self.lines.clear();
        }
        self.loading = false;
        self.complete = entries.last().is_none_or(|entry| entry.number <= 1);
        self.lines.extend(entries.into_iter().map(|entry| Line::new(entry, &self.zone)));
        lines::mark_taken_back_parts(&mut self.lines);
        self.generation += 1;
    }

    /// Takes the changes of an entry.
    pub fn take_changes(&mut self, entry: u64, changes: Vec<JournalChange>) {
        if self.selected == Some(entry) {
            self.details = Some(Details::new(entry, changes));
        }
    }

    /// Forgets the changes on screen: they are to be shown with or without names.
    pub fn forget_changes(&mut self) {
        self.details = None;
        self.selected = None;
    }

    /// Takes what the check of the journal found.
    pub fn take_check(&mut self, check: JournalCheck) {
        self.check = Some(check);
    }

    /// Selects an entry.
    pub fn select(&mut self, entry: u64) {
        if self.selected != Some(entry) {
            self.details = None;
        }
        self.selected = Some(entry);
        self.filter.clear();
        self.period = Period::All;
        self.shown_for = None;
    }

    /// The register changed: what is shown is old.
    pub fn mark_old(&mut self) {
        self.loading = true;
    }

    fn line(&self, entry: u64) -> Option<&Line> {
        self.lines.iter().find(|line| line.entry.number == entry)
    }

    fn is_filtered(&self) -> bool {
        !self.filter.trim().is_empty() || self.period != Period::All
    }

    fn refresh_shown(&mut self, today: jiff::civil::Date) {
        let key = (self.generation, self.filter.clone(), self.period, today);
        if self.shown_for.as_ref() != Some(&key) {
            let words = crate::session::search_words(&self.filter);
            let passes = |line: &Line| line.matches(&words) && self.period.holds(line.entry.day, today);
            self.shown = (0..self.lines.len()).filter(|index| passes(&self.lines[*index])).collect();
            self.shown_for = Some(key);
        }
    }

    fn load_more(&mut self, actions: &mut Vec<Action>) {
        if self.complete || self.loading {
            return;
        }
        if let Some(oldest) = self.lines.last() {
            self.loading = true;
            actions.push(Action::LoadEntries { before: Some(oldest.entry.number) });
        }
    }

    fn open(&mut self, entry: u64, actions: &mut Vec<Action>) {
        if self.selected != Some(entry) {
            self.selected = Some(entry);
            self.details = None;
            actions.push(Action::LoadChanges { entry });
        }
    }
}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut JournalState, actions: &mut Vec<Action>) {
    export::dialog_ui(ui, context, &mut state.export, actions);
    export::check_ui(ui, &mut state.check);
    state.refresh_shown(context.today);
    let search = egui::Id::unique("journal search");
    if consume_shortcut_physical(ui.ctx(), Modifiers::COMMAND, Key::F) {
        ui.memory_mut(|memory| memory.request_focus(search));
    }
    table::keys(ui, state, actions);
    let selected = state.selected.filter(|entry| state.line(*entry).is_some());
    if let Some(entry) = selected {
        inspector::show(ui, context, state, entry, actions);
        if context.narrow {
            return;
        }
    }
    let shown = number(state.shown.len() as u64);
    let seen = counted(state.lines.len() as u64, "запись", "записи", "записей");
    let more = if state.complete { "" } else { ", старые подгружаются" };
    let subtitle = if state.is_filtered() {
        format!("{seen}{more} · показано {shown}")
    } else {
        format!("{seen}{more}")
    };
    page::header_above_filters_ui(ui, "Журнал", &subtitle, |ui| {
        search_ui(ui, search, &mut state.filter, "Кто или что", "Ctrl F", 216.0);
        let check =
            Button::outlined("Проверить").icon(icons::SHIELD_CHECK).accessible_name("Проверить журнал");
        if ui.add(check).clicked() {
            actions.push(Action::CheckJournal);
        }
        let export =
            Button::outlined("Экспорт…").icon(icons::EXPORT).accessible_name("Экспорт журнала за период");
        if ui.add(export).clicked() {
            state.export = Some(ExportForm::new(context));
        }
        let copy = Button::outlined("Для Excel")
            .icon(icons::COPY)
            .accessible_name("Копировать журнал для Excel")
            .disabled_because(state.shown.is_empty().then_some("Копировать нечего"));
        if ui.add(copy).clicked() {
            actions.push(table::copy(state));
        }
    });
    filter_bar_ui(ui, state);
    state.refresh_shown(context.today);
    if state.lines.is_empty() {
        if !state.loading {
            EmptyState::new(
                icons::CLOCK_COUNTER_CLOCKWISE,
                "Записей нет",
                "Здесь видно, кто, когда и что изменил",
            )
            .show(ui);
        }
        return;
    }
    if state.shown.is_empty() {
        state.load_more(actions);
        nothing_ui(ui, state);
        return;
    }
    table::show(ui, context, state, actions);
}

fn filter_bar_ui(ui: &mut Ui, state: &mut JournalState) {
    page::filter_bar_ui(ui, |ui| {
        let names = Period::ALL.map(Period::words);
        let mut chosen = Period::ALL.iter().position(|period| *period == state.period);
        if Choice::new("За какое время").width(190.0).in_bar().show(ui, &mut chosen, &names) {
            state.period = chosen.and_then(|index| Period::ALL.get(index)).copied().unwrap_or_default();
        }
        if state.is_filtered() && ui.add(Button::ghost("Сбросить").in_bar()).clicked() {
            state.filter.clear();
            state.period = Period::All;
        }
    });
}

fn nothing_ui(ui: &mut Ui, state: &mut JournalState) {
    let sentence = match state.filter.trim() {
        "" => format!("Таких записей нет: {}", state.period.words()),
        words => format!("Таких записей нет: «{words}», {}", state.period.words()),
    };
    let mut reset = false;
    ui.add_space(16.0);
    ui.horizontal(|ui| {
        ui.add_space(24.0);
        ui.allocate_ui(egui::vec2(420.0, 100.0), |ui| reset = nothing_found_ui(ui, &sentence));
    });
    if reset {
        state.filter.clear();
        state.period = Period::All;
    }
}
