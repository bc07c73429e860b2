//! «Статусы учителей и сотрудников»: the queue of confirmations, who is stuck longest, many set at once (duty 2.3-7).

mod table;

use crate::names::capitalized;
use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Key, Modifiers, Ui};
use jiff::civil::Date;

use super::excel_rows::excel_text;
use super::form_fields::{DateField, focus_search_on_shortcut};
use crate::gui::widgets::button::link_button_ui;
use crate::gui::widgets::checkbox::{Mark, mark_row_ui};
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::empty_state::{EmptyState, nothing_found_ui};
use crate::gui::widgets::field::search_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::{Role, fold};
use crate::register::{Operation, PersonId, Verification, VerificationOperation};
use crate::regulation::{StatusRow, status_waiting_days, statuses, verification_words};
use crate::wording::{age_days, counted, date_short, number, role_name};

/// The states as the filter shows them, with the word of each; the last shows everybody.
const FILTERS: [(Option<Verification>, &str); 5] = [
    (Some(Verification::Waiting), "Ждут"),
    (Some(Verification::NoInformation), "Нет сведений"),
    (Some(Verification::Rejected), "Отклонены"),
    (Some(Verification::Verified), "Подтверждены"),
    (None, "Все"),
];

/// Whom a row is of.
type Whom = (PersonId, Role);

/// State of the page.
#[derive(Default)]
pub struct StatusesState {
    search: String,
    filter: usize,
    /// Whether the first look chose the filter already.
    settled: bool,
    rows: Vec<Arc<StatusRow>>,
    shown: Vec<usize>,
    built_for: Option<((u64, Date), String, usize)>,
    version: Option<(u64, Date)>,
    cursor: Option<usize>,
    scroll_to: Option<usize>,
    marked: BTreeSet<Whom>,
    anchor: Option<usize>,
    on: DateField,
    had_text_focus: bool,
}

impl StatusesState {
    /// Begins anew.
    pub fn begin(&mut self) {
        *self = Self::default();
    }

    fn refresh(&mut self, context: &ScreenContext<'_>) {
        let version = context.snapshot.version();
        if self.version != Some(version) {
            self.version = Some(version);
            self.rows = statuses(context.register(), context.today).into_iter().map(Arc::new).collect();
            self.marked.retain(|whom| self.rows.iter().any(|row| (row.person, row.role) == *whom));
        }
        if !self.settled {
            self.settled = true;
            self.on = DateField::of(Some(context.today));
            // Nobody waits: everybody is shown rather than an empty list.
            let waits = self.rows.iter().any(|row| row.verification == Verification::Waiting);
            self.filter = if waits { 0 } else { FILTERS.len() - 1 };
        }
        let key = (version, self.search.clone(), self.filter);
        if self.built_for.as_ref() == Some(&key) {
            return;
        }
        let words: Vec<String> = self.search.split_whitespace().map(fold).collect();
        let state = FILTERS.get(self.filter).and_then(|(state, _)| *state);
        let register = context.register();
        let fits = |row: &StatusRow| {
            let name = || {
                let full = register.person(row.person).map_or_else(String::new, |person| person.name.full());
                fold(&format!("{full} {}", row.post))
            };
            state.is_none_or(|state| row.verification == state)
                && (words.is_empty() || {
                    let name = name();
                    words.iter().all(|word| name.contains(word.as_str()))
                })
        };
        let places = self.rows.iter().enumerate().filter(|(_, row)| fits(row));
        self.shown = places.map(|(place, _)| place).collect();
        self.built_for = Some(key);
    }

    fn count(&self, state: Verification) -> usize {
        self.rows.iter().filter(|row| row.verification == state).count()
    }

    fn row(&self, shown: usize) -> Option<&Arc<StatusRow>> {
        self.rows.get(*self.shown.get(shown)?)
    }
}

/// Draws the page.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut StatusesState, actions: &mut Vec<Action>) {
    state.refresh(context);
    table::keys(ui, state, actions);
    header_ui(ui, context, state, actions);
    filter_bar_ui(ui, context, state, actions);
    marked_bar_ui(ui, context, state, actions);
    state.refresh(context);
    body_ui(ui, context, state, actions);
    let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
    if free && !state.had_text_focus && consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::Escape) {
        actions.push(Action::LeaveOverlay);
    }
    state.had_text_focus = ui.ctx().text_edit_focused();
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut StatusesState, actions: &mut Vec<Action>) {
    let search = egui::Id::unique("statuses search");
    focus_search_on_shortcut(ui, search);
    let waiting = state.count(Verification::Waiting);
    let mut subtitle = format!("ждут подтверждения: {}", number(waiting as u64));
    let longest = state.rows.iter().filter_map(|row| status_waiting_days(row, context.today)).max();
    if let Some(days) = longest {
        subtitle.push_str(&format!(" · дольше всех {}", age_days(days)));
    }
    let title = if context.narrow {
        "Статусы"
    } else {
        "Статусы учителей и сотрудников"
    };
    page::header_above_filters_ui(ui, title, &subtitle, |ui| {
        search_ui(ui, search, &mut state.search, "ФИО или должность", "", 220.0);
        if ui.add(Button::outlined("К людям").icon(icons::ARROW_LEFT)).clicked() {
            actions.push(Action::LeaveOverlay);
        }
    });
}

fn filter_bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut StatusesState,
    actions: &mut Vec<Action>,
) {
    let words: Vec<String> = FILTERS
        .iter()
        .map(|(filter, word)| {
            let count = filter.map_or(state.rows.len(), |filter| state.count(filter));
            format!("{word} {}", number(count as u64))
        })
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    page::filter_bar_ui(ui, |ui| {
        if segmented_ui(ui, "Какие статусы", &mut state.filter, &words) {
            state.cursor = None;
        }
        page::trailing_ui(ui, "copy", |ui| {
            let copy = if context.narrow {
                Button::icon_only(icons::FILE_XLS, "Копировать для Excel").in_bar()
            } else {
                Button::ghost("Копировать для Excel").icon(icons::FILE_XLS).in_bar()
            };
            if ui.add(copy).clicked() {
                actions.push(excel(context, state));
            }
        });
    });
}

fn marked_bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut StatusesState,
    actions: &mut Vec<Action>,
) {
    if state.marked.is_empty() {
        return;
    }
    let today = context.today;
    let on = state.on.date(today).filter(|on| *on <= today);
    let reason = if context.file.read_only {
        Some("Файл открыт только для чтения")
    } else {
        on.is_none().then_some("Укажите день не позже сегодняшнего")
    };
    let mut wanted = None;
    page::marked_bar_ui(ui, |ui| {
        let mark = Mark::of_count(state.marked.len(), state.shown.len());
        let words = format!("Отмечено {}", state.marked.len());
        if mark_row_ui(ui, mark, &words).clicked() {
            if mark == Mark::On {
                state.marked.clear();
            } else {
                let shown = state.shown.iter().filter_map(|place| state.rows.get(*place));
                state.marked.extend(shown.map(|row| (row.person, row.role)));
            }
        }
        label::line_ui(ui, &[Run::caption("С какого дня")]);
        state.on.show_in_bar(ui, "С какого дня", "ДД.ММ.ГГГГ");
        let buttons = [
            (Verification::Verified, "Подтверждены", icons::SHIELD_CHECK),
            (Verification::Waiting, "Ждут", icons::CLOCK),
            (Verification::Rejected, "Отклонены", icons::PROHIBIT),
            (Verification::NoInformation, "Нет сведений", icons::CIRCLE_DASHED),
        ];
        for (verification, word, icon) in buttons {
            let name = format!("Отметить: {}", word.to_lowercase());
            let button = Button::outlined(word).icon(icon).in_bar().accessible_name(&name);
            if ui.add(button.disabled_because(reason)).clicked() {
                wanted = Some(verification);
            }
        }
        if !context.narrow {
            page::trailing_ui(ui, "unmark", |ui| {
                if link_button_ui(ui, "Снять отметки").clicked() {
                    state.marked.clear();
                }
            });
        }
    });
    if let (Some(verification), Some(on)) = (wanted, on) {
        let marked = state.rows.iter().filter(|row| state.marked.contains(&(row.person, row.role)));
        let people = marked.clone().count();
        let memberships = marked.flat_map(|row| row.memberships.iter());
        let seen = memberships.filter_map(|id| context.register().membership(*id)).cloned().collect();
        let operation = VerificationOperation { seen, verification, on };
        let count = counted(people as u64, "человек", "человека", "человек");
        let done = format!("{}: {count}", capitalized(verification_words(verification)));
        actions.push(Action::execute(Operation::SetVerification(operation), done));
        state.marked.clear();
    }
}

fn excel(context: &ScreenContext<'_>, state: &StatusesState) -> Action {
    let header = ["ФИО", "Роль", "Должность", "Статус", "С какого дня", "Ждёт, дней"];
    let rows: Vec<[String; 6]> = state
        .shown
        .iter()
        .filter_map(|place| state.rows.get(*place))
        .map(|row| {
            let person = context.register().person(row.person);
            [
                person.map_or_else(String::new, |person| person.name.full()),
                role_name(row.role).to_owned(),
                row.post.clone(),
                verification_words(row.verification).to_owned(),
                row.since.map(date_short).unwrap_or_default(),
                status_waiting_days(row, context.today).map_or_else(String::new, |days| days.to_string()),
            ]
        })
        .collect();
    let what = format!("Скопировано: {}", counted(rows.len() as u64, "строка", "строки", "строк"));
    Action::CopyText { text: excel_text(&header, rows), what }
}

fn body_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut StatusesState, actions: &mut Vec<Action>) {
    if state.rows.is_empty() {
        let sentence = "Здесь будут учителя и сотрудники, чей статус подтверждают в кабинете";
        if EmptyState::new(icons::SHIELD_CHECK, "Сотрудников пока нет", sentence)
            .primary(icons::UPLOAD_SIMPLE, "Загрузить список")
            .show(ui)
        {
            actions.push(Action::Go(Destination::Import));
        }
    } else if state.shown.is_empty() {
        let room = ui.available_rect_before_wrap().shrink(24.0);
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(room));
        if nothing_found_ui(&mut child, "Таких статусов нет") {
            state.search.clear();
            state.filter = FILTERS.len() - 1;
        }
    } else {
        table::show(ui, context, state, actions);
    }
}
