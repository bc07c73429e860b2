//! Отчёты: how the duties stand and what proves them, the coverage with its course, the documents of the school
//! (section 2, clause 2.4).

mod coverage;
mod documents;
mod duties;
mod duty_card;
mod facts;
mod forms;

use egui::{Key, Modifiers, Ui};
use jiff::civil::Date;

pub use self::facts::{FactsKey, ReportFacts};
use self::forms::PaperForm;
use super::form_fields::DateField;
use crate::gui::action::ReportsPage;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::page;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::{Action, ScreenContext, icons};
use crate::register::SchoolYear;
use crate::regulation::{Duty, DutyState, duty_codes};
use crate::session::Snapshot;
use crate::store::EntryRow;
use crate::wording::counted;

/// The pages, as the switch at the top has them.
const PAGES: [(ReportsPage, &str); 3] = [
    (ReportsPage::Duties, "Обязанности"),
    (ReportsPage::Coverage, "Охват"),
    (ReportsPage::Documents, "Документы"),
];

/// State of the screen.
#[derive(Default)]
pub struct ReportsState {
    page: ReportsPage,
    selected: Option<Duty>,
    /// Journal entries of a duty, newest first.
    entries: Option<(Duty, Vec<EntryRow>)>,
    /// The day of «было»; `None`: nobody has seen the field yet.
    then: Option<DateField>,
    facts: Option<ReportFacts>,
    /// What is being computed.
    asked: Option<FactsKey>,
    form: Option<PaperForm>,
}

impl ReportsState {
    /// Opens a page.
    pub fn open_page(&mut self, page: ReportsPage) {
        self.page = page;
        self.selected = None;
    }

    /// Opens the card of a duty.
    pub fn open_duty(&mut self, duty: Duty) {
        self.page = ReportsPage::Duties;
        self.selected = Some(duty);
        self.entries = None;
    }

    /// What must be computed before the screen can show this snapshot; `None`: it is there or under way.
    pub fn wanted(&mut self, snapshot: &Snapshot) -> Option<FactsKey> {
        let today = snapshot.today;
        let then = self.then.get_or_insert_with(|| DateField::of(month_ago(today)));
        let day = then.date(today).filter(|day| *day < today);
        let key = FactsKey { version: snapshot.version(), then: day };
        let known = self.facts.as_ref().is_some_and(|facts| facts.key == key);
        if known || self.asked == Some(key) {
            return None;
        }
        self.asked = Some(key);
        Some(key)
    }

    /// Takes what was computed, if it still is what is wanted.
    pub fn take_facts(&mut self, facts: ReportFacts) {
        if self.asked == Some(facts.key) {
            self.asked = None;
            self.facts = Some(facts);
            // The register may have changed: so may the entries.
            self.entries = None;
        }
    }

    /// The duty whose journal entries are missing on the screen.
    pub fn wants_entries(&mut self) -> Option<Duty> {
        let duty = self.selected.filter(|_| self.page == ReportsPage::Duties)?;
        if self.entries.as_ref().is_some_and(|(known, _)| *known == duty) {
            return None;
        }
        self.entries = Some((duty, Vec::new()));
        Some(duty)
    }

    /// Takes journal entries with these codes.
    pub fn take_entries(&mut self, codes: &[&str], entries: Vec<EntryRow>) {
        if let Some((duty, known)) = &mut self.entries
            && duty_codes(*duty) == codes
        {
            *known = entries;
        }
    }
}

/// A month before, but within the school year.
fn month_ago(today: Date) -> Option<Date> {
    let begins = Date::new(SchoolYear::of(today).0, 9, 1).ok()?;
    let month = today.saturating_sub(jiff::Span::new().days(30));
    let day = month.max(begins);
    (day < today).then_some(day)
}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ReportsState, actions: &mut Vec<Action>) {
    let facts = state.facts.take();
    let selected = facts.as_ref().and_then(|facts| facts.duty(state.selected?));
    let mut card_is_page = false;
    if let (ReportsPage::Duties, Some(line)) = (state.page, selected) {
        card_is_page = context.narrow;
        duty_card::show(ui, context, state, line, actions);
    }
    if !card_is_page {
        header_ui(ui, state, facts.as_ref());
        match (&facts, state.page) {
            (_, ReportsPage::Documents) => documents::show(ui, context, state, actions),
            (Some(facts), ReportsPage::Duties) => duties::show(ui, context, state, facts),
            (Some(facts), ReportsPage::Coverage) => coverage::show(ui, context, state, facts, actions),
            (None, _) => {
                EmptyState::new(icons::HOURGLASS_MEDIUM, "Отчёты", "Считаю по данным файла…").show(ui);
            }
        }
    }
    state.facts = facts;
    if let Some(mut form) = state.form.take()
        && !form.show(ui, context, actions)
    {
        state.form = Some(form);
    }
}

fn header_ui(ui: &mut Ui, state: &mut ReportsState, facts: Option<&ReportFacts>) {
    let subtitle = match (facts, state.page) {
        (_, ReportsPage::Documents) => {
            "Заполнены данными файла, открываются в текстовом редакторе".to_owned()
        }
        (Some(facts), _) => subtitle(facts),
        (None, _) => String::new(),
    };
    let before = state.page;
    let mut chosen = PAGES.iter().position(|(page, _)| *page == state.page).unwrap_or(0);
    page::header_ui(ui, "Отчёты", &subtitle, |ui| {
        segmented_ui(ui, "Показать", &mut chosen, &PAGES.map(|(_, word)| word));
    });
    if let Some((page, _)) = PAGES.get(chosen).filter(|(page, _)| *page != before) {
        state.open_page(*page);
    }
    let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
    if free && state.selected.is_some() && consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::Escape) {
        state.selected = None;
    }
}

/// «20 обязанностей · ждут решения 3».
fn subtitle(facts: &ReportFacts) -> String {
    let all = counted(facts.duties.len() as u64, "обязанность", "обязанности", "обязанностей");
    let waits = |state| matches!(state, DutyState::Attention | DutyState::Due);
    let waiting =
        facts.duties.iter().filter(|line| line.status.duty.ours() && waits(line.status.state)).count();
    match waiting {
        0 => format!("{all} · ничего не ждёт"),
        waiting => format!("{all} · из моих ждут решения {waiting}"),
    }
}
