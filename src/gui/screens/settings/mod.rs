//! Настройки: card, thresholds, appearance.

mod appearance;
mod card;
mod clauses;
mod contents;
mod draft;
mod erasure;
mod file;
mod people;
mod protection;
mod schedule;
mod steps;
mod thresholds;

use egui::{Align, CornerRadius, Layout, Ui, vec2};

use self::card::CardFields;
use self::clauses::ClausesFields;
use self::contents::ContentsPage;
use self::draft::Draft;
use self::erasure::{ErasureFields, ErasureList};
use self::file::FileSection;
use self::people::PeopleFields;
use self::schedule::ScheduleFields;
use self::steps::StepFields;
use self::thresholds::{Effect, ThresholdFields};
use crate::gui::theme::{Ink, Tokens, Tone, space};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, ScreenContext, icons};
use crate::register::{Operation, Organization, Settings};
use crate::session::ErasureOutcome;

const LIST_WIDTH: f32 = 240.0;
const NARROW_LIST_WIDTH: f32 = 200.0;
const MOST_WIDTH: f32 = 760.0;

/// The sections, in the order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Section {
    #[default]
    Card,
    People,
    Clauses,
    Thresholds,
    Schedule,
    Steps,
    Erasure,
    Contents,
    Appearance,
    Protection,
    File,
}

impl Section {
    const ALL: [Section; 11] = [
        Section::Card,
        Section::People,
        Section::Clauses,
        Section::Thresholds,
        Section::Schedule,
        Section::Steps,
        Section::Erasure,
        Section::Contents,
        Section::Appearance,
        Section::Protection,
        Section::File,
    ];

    fn words(self) -> &'static str {
        match self {
            Section::Card => "Организация",
            Section::People => "Ответственные",
            Section::Clauses => "Положение",
            Section::Thresholds => "Пороги",
            Section::Schedule => "График",
            Section::Steps => "Шаги кабинета",
            Section::Erasure => "Данные выбывших",
            Section::Contents => "Что было в файле",
            Section::Appearance => "Вид",
            Section::Protection => "Защита",
            Section::File => "Файл и безопасность",
        }
    }

    /// Its section of the help.
    fn help_topic(self) -> &'static str {
        match self {
            Section::Card | Section::People | Section::Clauses => "duties#settings",
            Section::Thresholds => "links#thresholds",
            Section::Schedule => "reconcile#schedule",
            Section::Steps => "tasks#steps",
            Section::Erasure => "erasure",
            Section::Contents => "erasure#contents",
            Section::Appearance => "keys#appearance",
            Section::Protection => "password#lock",
            Section::File => "password#file",
        }
    }
}

/// The sections of the help that those of the settings lead to.
#[cfg(test)]
pub(in crate::gui) fn help_topics() -> impl Iterator<Item = &'static str> {
    Section::ALL.into_iter().map(Section::help_topic)
}

/// State of the screen.
#[derive(Default)]
pub struct SettingsState {
    section: Section,
    /// The card was asked for: the next frame opens the part that has a gap.
    looks_for_gap: bool,
    card: Draft<CardFields>,
    people: Draft<PeopleFields>,
    clauses: Draft<ClausesFields>,
    thresholds: Draft<ThresholdFields>,
    schedule: Draft<ScheduleFields>,
    steps: Draft<StepFields>,
    erasure: Draft<ErasureFields>,
    due: ErasureList,
    contents: ContentsPage,
    effect: Effect,
    file: FileSection,
}

impl SettingsState {
    /// Opens the organization card; where only the administrator is missing on it, that part of it.
    pub fn open_card(&mut self) {
        self.section = Section::Card;
        self.looks_for_gap = true;
    }

    /// The section of the help for the one that is open.
    pub fn help_topic(&self) -> &'static str {
        self.section.help_topic()
    }

    /// Opens «Что было в файле».
    pub fn open_contents(&mut self) {
        self.section = Section::Contents;
    }

    /// Opens «Данные выбывших».
    pub fn open_erasure(&mut self) {
        self.section = Section::Erasure;
    }

    /// Shows what an erasure did.
    pub fn take_erasure(&mut self, outcome: ErasureOutcome) {
        self.due.take_outcome(outcome);
    }

    /// Opens «Файл и безопасность».
    pub fn open_file(&mut self) {
        self.section = Section::File;
    }

    /// What was asked about the password of the file is done.
    pub fn password_done(&mut self) {
        self.file.password_done();
    }

    /// What stands in the file now flows into every section that nobody is editing.
    fn follow(&mut self, context: &ScreenContext<'_>) {
        let (organization, settings) = (context.register().organization(), context.register().settings());
        self.card.follow(|| CardFields::of(organization));
        self.people.follow(|| PeopleFields::of(organization));
        self.clauses.follow(|| ClausesFields::of(organization));
        self.thresholds.follow(|| ThresholdFields::of(settings));
        self.schedule.follow(|| ScheduleFields::of(settings));
        self.steps.follow(|| StepFields::of(settings));
        self.erasure.follow(|| ErasureFields::of(settings));
        let administrator = &organization.administrator;
        if std::mem::take(&mut self.looks_for_gap)
            && (administrator.name.is_empty() || administrator.order.number.is_empty())
        {
            self.section = Section::People;
        }
    }

    fn is_changed(&self, section: Section) -> bool {
        match section {
            Section::Card => self.card.is_changed(),
            Section::People => self.people.is_changed(),
            Section::Clauses => self.clauses.is_changed(),
            Section::Thresholds => self.thresholds.is_changed(),
            Section::Schedule => self.schedule.is_changed(),
            Section::Steps => self.steps.is_changed(),
            Section::Erasure => self.erasure.is_changed(),
            Section::Contents | Section::Appearance | Section::Protection | Section::File => false,
        }
    }

    fn put_back(&mut self, section: Section) {
        match section {
            Section::Card => self.card.put_back(),
            Section::People => self.people.put_back(),
            Section::Clauses => self.clauses.put_back(),
            Section::Thresholds => self.thresholds.put_back(),
            Section::Schedule => self.schedule.put_back(),
            Section::Steps => self.steps.put_back(),
            Section::Erasure => self.erasure.put_back(),
            Section::Contents | Section::Appearance | Section::Protection | Section::File => {}
        }
    }

    /// The operation that saves a section; an error says in words why it cannot be saved yet.
    fn saving(&self, section: Section, context: &ScreenContext<'_>) -> Result<Operation, String> {
        let today = context.today;
        let organization = |wanted: Organization| {
            let seen = context.register().organization().clone();
            Operation::Edit { seen: seen.into(), wanted: wanted.into() }
        };
        let settings = |wanted: Settings| {
            let seen = context.register().settings().clone();
            Operation::Edit { seen: seen.into(), wanted: wanted.into() }
        };
        let (mut card, mut rules) =
            (context.register().organization().clone(), context.register().settings().clone());
        match section {
            Section::Card => self.card.edited.put_into(&mut card).map(|()| organization(card)),
            Section::People => self.people.edited.put_into(&mut card, today).map(|()| organization(card)),
            Section::Clauses => self.clauses.edited.put_into(&mut card, today).map(|()| organization(card)),
            Section::Thresholds => self.thresholds.edited.put_into(&mut rules).map(|()| settings(rules)),
            Section::Schedule => self.schedule.edited.put_into(&mut rules).map(|()| settings(rules)),
            Section::Steps => {
                self.steps.edited.put_into(&mut rules);
                Ok(settings(rules))
            }
            Section::Erasure => self.erasure.edited.put_into(&mut rules).map(|()| settings(rules)),
            Section::Contents | Section::Appearance | Section::Protection | Section::File => {
                Err(String::new())
            }
        }
    }
}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut SettingsState, actions: &mut Vec<Action>) {
    state.follow(context);
    header_ui(ui, context, state, actions);
    let section = state.section;
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, CornerRadius::ZERO, Tokens::of(ui).window);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(space::LARGE);
        let list_width = if context.narrow { NARROW_LIST_WIDTH } else { LIST_WIDTH };
        column_ui(ui, list_width, |ui| sections_ui(ui, state));
        let rest = vec2(ui.available_width(), room.height());
        ui.allocate_ui_with_layout(rest, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(rest);
            scroll_page_ui(ui, section.words(), |ui| {
                column_ui(ui, ui.available_width().min(MOST_WIDTH), |ui| {
                    ui.spacing_mut().item_spacing.y = space::LARGE;
                    section_ui(ui, context, state, section, actions);
                });
            });
        });
    });
}

fn sections_ui(ui: &mut Ui, state: &mut SettingsState) {
    ui.add_space(20.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    for section in Section::ALL {
        let note = if state.is_changed(section) { "изменено" } else { "" };
        let row = ListRow::new(section.words()).selected(section == state.section).right(note);
        if ui.add(row).clicked() {
            state.section = section;
        }
    }
}

fn section_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut SettingsState,
    section: Section,
    actions: &mut Vec<Action>,
) {
    match section {
        Section::Card => card::show(ui, &mut state.card.edited),
        Section::People => people::show(ui, context, &mut state.people.edited),
        Section::Clauses => clauses::show(ui, context, &mut state.clauses.edited),
        Section::Thresholds => {
            thresholds::show(ui, context, &mut state.thresholds.edited, &mut state.effect);
        }
        Section::Schedule => schedule::show(ui, &mut state.schedule.edited),
        Section::Steps => steps::show(ui, &mut state.steps.edited),
        Section::Erasure => {
            erasure::show(ui, context, &mut state.erasure.edited, &mut state.due, actions);
        }
        Section::Contents => contents::show(ui, context, &mut state.contents, actions),
        Section::Appearance => appearance::show(ui, context, actions),
        Section::Protection => protection::show(ui, context, actions),
        Section::File => file::show(ui, context, &mut state.file, actions),
    }
}

/// Saving stands in the header: at the foot of the page the line after a change would lie over it.
fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut SettingsState, actions: &mut Vec<Action>) {
    let section = state.section;
    let changed = state.is_changed(section);
    let saving = if changed { Some(state.saving(section, context)) } else { None };
    let reason = match &saving {
        _ if context.file.read_only => Some("Файл открыт только для чтения"),
        None => Some("Здесь ничего не изменено"),
        Some(Err(problem)) => Some(problem.as_str()),
        Some(Ok(_)) => None,
    };
    let words = section.words();
    page::header_ui(ui, "Настройки", &context.register().organization().name, |ui| {
        if matches!(section, Section::Contents | Section::Appearance | Section::Protection | Section::File) {
            return;
        }
        if let (true, Some(problem)) = (changed, reason) {
            label::icon_ui(ui, icons::WARNING_CIRCLE, 15.0, Ink::Tone(Tone::Danger));
            label::line_ui(ui, &[Run::caption(problem).tone(Tone::Danger)]);
        }
        if changed && ui.add(Button::ghost("Вернуть как было")).clicked() {
            state.put_back(section);
        }
        let name = format!("Сохранить: {words}");
        let save = Button::primary("Сохранить").icon(icons::CHECK).accessible_name(&name);
        let pressed = ui.add(save.disabled_because(reason)).clicked();
        if let (true, Some(Ok(operation))) = (pressed, &saving) {
            let done = format!("Сохранено: {}", words.to_lowercase());
            actions.push(Action::execute(operation.clone(), done));
        }
    });
    // What was typed becomes what will stand in the file: «12 окт» turns into «12.10.2026».
    if let Some(Action::Execute { operation, .. }) = actions.last() {
        state.normalise(operation);
    }
}

impl SettingsState {
    fn normalise(&mut self, operation: &Operation) {
        use crate::register::Entity;
        let Operation::Edit { wanted, .. } = operation else { return };
        match (self.section, wanted) {
            (Section::Card, Entity::Organization(card)) => self.card.edited = CardFields::of(card),
            (Section::People, Entity::Organization(card)) => self.people.edited = PeopleFields::of(card),
            (Section::Clauses, Entity::Organization(card)) => self.clauses.edited = ClausesFields::of(card),
            (Section::Thresholds, Entity::Settings(rules)) => {
                self.thresholds.edited = ThresholdFields::of(rules);
            }
            (Section::Erasure, Entity::Settings(rules)) => self.erasure.edited = ErasureFields::of(rules),
            (Section::Schedule, Entity::Settings(rules)) => self.schedule.edited = ScheduleFields::of(rules),
            (Section::Steps, Entity::Settings(rules)) => self.steps.edited = StepFields::of(rules),
            _ => {}
        }
    }
}
