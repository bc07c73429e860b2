//! «Классные руководители»: the head's distribution as a table, filled by typing, by paste or from a file (duty 2.3-5).

mod card;
mod from_cabinet;
mod lines;
mod pasted;
mod pasted_rows;
mod table;
mod typed;

use std::sync::Arc;

use egui::{Key, Modifiers, Ui};
use jiff::civil::Date;

use self::from_cabinet::CabinetForm;
use self::lines::Line;
use self::pasted::PasteForm;
use super::classes::forms::{self, Form};
use super::excel_rows::excel_text;
use super::form_fields::{OrderFields, focus_search_on_shortcut};
use crate::gui::widgets::chip::chip_ui;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::empty_state::{EmptyState, nothing_found_ui};
use crate::gui::widgets::field::search_ui;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::{Button, ButtonKind, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::fold;
use crate::register::{GroupId, OrganizationKind, SchoolYear};
use crate::regulation::{
    DistributionPlan, StaffNames, class_teacher_rows, class_teacher_word, current_year, needs_class_teacher,
    usual_group_kind,
};
use crate::session::{ClassTeacherFile, Snapshot};
use crate::wording::counted;

/// State of the page.
#[derive(Default)]
pub struct ClassTeachersState {
    /// The school year shown; `None`: the current one.
    year: Option<SchoolYear>,
    years: Vec<SchoolYear>,
    search: String,
    /// Only groups with something to settle.
    only_findings: bool,
    lines: Vec<Line>,
    /// Places of the lines that search and filter leave.
    shown: Vec<usize>,
    shown_for: Option<(String, bool)>,
    version: Option<((u64, Date), Option<SchoolYear>)>,
    staff: Option<Arc<StaffNames>>,
    /// What the typed names come to.
    plan: DistributionPlan,
    /// Something was typed since it was planned.
    stale: bool,
    order: OrderFields,
    cursor: Option<usize>,
    selected: Option<GroupId>,
    card_open: bool,
    scroll_to: Option<usize>,
    paste: Option<PasteForm>,
    cabinet: Option<CabinetForm>,
    form: Option<Form>,
    had_text_focus: bool,
    /// Revision at which typed names were handed over to be written.
    handed_over_at: Option<u64>,
}

impl ClassTeachersState {
    /// Begins anew; with a group its row is chosen.
    pub fn begin(&mut self, group: Option<GroupId>) {
        *self = Self { selected: group, card_open: group.is_some(), ..Self::default() };
    }

    /// Takes a table that was read from a file: for the open form, else as a distribution.
    pub fn take_file(&mut self, file: ClassTeacherFile) {
        match &mut self.cabinet {
            Some(cabinet) => cabinet.take_file(file),
            None => self.paste.get_or_insert_with(PasteForm::default).take_file(file),
        }
    }

    fn year(&self, context: &ScreenContext<'_>) -> SchoolYear {
        self.year.unwrap_or_else(|| current_year(context.register(), context.today))
    }

    /// Keeps what is typed while the register changes under it.
    fn refresh(&mut self, context: &ScreenContext<'_>) {
        let version = (context.snapshot.version(), self.year);
        if self.version != Some(version) {
            self.version = Some(version);
            self.rebuild(context);
        }
        let wanted = (self.search.clone(), self.only_findings);
        if self.shown_for.as_ref() != Some(&wanted) {
            let words: Vec<String> = wanted.0.split_whitespace().map(fold).collect();
            let places = self.lines.iter().enumerate();
            let fits = places.filter(|(_, line)| {
                (!wanted.1 || line.finding.is_some())
                    && words.iter().all(|word| line.search_key.contains(word.as_str()))
            });
            self.shown = fits.map(|(place, _)| place).collect();
            self.shown_for = Some(wanted);
        }
        if self.stale {
            self.stale = false;
            typed::plan(context, self);
        }
    }

    fn rebuild(&mut self, context: &ScreenContext<'_>) {
        let register = context.register();
        let revision = context.snapshot.version().0;
        let is_written = self.handed_over_at.take_if(|at| revision > *at).is_some();
        let before = std::mem::take(&mut self.lines);
        let year = self.year(context);
        let rows = class_teacher_rows(register, year, context.today);
        self.lines = rows.iter().filter_map(|row| Line::of(register, row, year, context.today)).collect();
        for line in &mut self.lines {
            if let Some(known) = before.iter().find(|known| known.group == line.group).filter(|_| !is_written)
            {
                line.typed.clone_from(&known.typed);
                line.chosen = known.chosen;
            }
        }
        self.staff = Some(Arc::new(StaffNames::of(register, context.today)));
        self.years = years(context.snapshot, current_year(register, context.today));
        self.shown_for = None;
        self.stale = true;
        if self.selected.is_some_and(|group| !self.lines.iter().any(|line| line.group == group)) {
            (self.selected, self.card_open) = (None, false);
        }
        let of_selected = |selected| self.lines.iter().position(|line| line.group == selected);
        if self.cursor.is_none()
            && let Some(place) = self.selected.and_then(of_selected)
        {
            (self.cursor, self.scroll_to) = (Some(place), Some(place));
        }
    }

    fn typed_count(&self) -> usize {
        self.lines.iter().filter(|line| !line.typed.trim().is_empty()).count()
    }

    fn reset_filter(&mut self) {
        self.search.clear();
        self.only_findings = false;
    }
}

/// The current year, and those that come where groups of them are entered already.
fn years(snapshot: &Snapshot, current: SchoolYear) -> Vec<SchoolYear> {
    let groups = snapshot.register.tables().groups.values();
    let led = groups.filter(|group| group.archived_on.is_none() && needs_class_teacher(group.kind));
    let mut years: Vec<SchoolYear> =
        led.filter_map(|group| group.year).filter(|year| *year > current).collect();
    years.push(current);
    years.sort_unstable();
    years.dedup();
    years
}

/// «Классные руководители», «Кураторы», «Воспитатели».
fn title(kind: OrganizationKind) -> &'static str {
    match class_teacher_word(usual_group_kind(kind)) {
        "куратор" => "Кураторы",
        "воспитатель" => "Воспитатели",
        _ => "Классные руководители",
    }
}

/// The words of the first two columns.
fn column_words(kind: OrganizationKind) -> (&'static str, &'static str) {
    match class_teacher_word(usual_group_kind(kind)) {
        "куратор" => ("Группа", "Куратор"),
        "воспитатель" => ("Группа", "Воспитатель"),
        _ => ("Класс", "Классный руководитель"),
    }
}

/// Draws the page.
pub fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ClassTeachersState,
    actions: &mut Vec<Action>,
) {
    state.refresh(context);
    let in_form = state.paste.is_some() || state.cabinet.is_some() || state.form.is_some();
    if !in_form {
        table::keys(ui, state, actions);
    }
    let fills_page = card::show(ui, context, state, actions);
    if !fills_page {
        header_ui(ui, context, state, actions);
        filter_bar_ui(ui, context, state, actions);
        typed::bar_ui(ui, context, state, actions);
        state.refresh(context);
        body_ui(ui, context, state, actions);
    }
    pasted::show(ui, context, state, actions);
    from_cabinet::show(ui, context, state, actions);
    forms::show(ui, context, &mut state.form, actions);
    let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
    if free
        && !in_form
        && !state.had_text_focus
        && consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::Escape)
    {
        if state.card_open {
            state.card_open = false;
        } else {
            actions.push(Action::LeaveOverlay);
        }
    }
    state.had_text_focus = ui.ctx().text_edit_focused();
}

fn header_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ClassTeachersState,
    actions: &mut Vec<Action>,
) {
    let search = egui::Id::unique("class teachers search");
    focus_search_on_shortcut(ui, search);
    let kind = context.register().organization().kind;
    let typed = state.typed_count() > 0;
    let read_only = context.file.read_only.then_some("Файл открыт только для чтения");
    let beside_card = state.card_open && state.selected.is_some();
    let cramped = context.narrow || beside_card;
    let subtitle = subtitle(context, state);
    page::header_above_filters_ui(ui, title(kind), &subtitle, |ui| {
        if !cramped {
            search_ui(ui, search, &mut state.search, "Класс или учитель", "", 180.0);
        }
        let back = match cramped {
            true => Button::icon_only(icons::ARROW_LEFT, "К классам").kind(ButtonKind::Outlined),
            false => Button::outlined("К классам").icon(icons::ARROW_LEFT),
        };
        if ui.add(back).clicked() {
            actions.push(Action::LeaveOverlay);
        }
        let compare = Button::outlined("Сверить с кабинетом").icon(icons::ARROWS_LEFT_RIGHT);
        if ui.add(compare).clicked() {
            state.cabinet = Some(CabinetForm::default());
        }
        // One solid button a screen: with names typed it is theirs.
        let word = if cramped { "Вставить" } else { "Вставить распределение" };
        let paste = if typed { Button::outlined(word) } else { Button::primary(word) };
        let paste = paste.icon(icons::CLIPBOARD_TEXT).accessible_name("Вставить распределение");
        if ui.add(paste.disabled_because(read_only)).clicked() {
            state.paste = Some(PasteForm::default());
        }
    });
}

fn subtitle(context: &ScreenContext<'_>, state: &ClassTeachersState) -> String {
    let count = state.lines.len() as u64;
    let mut parts = vec![match context.register().organization().kind {
        OrganizationKind::School => counted(count, "класс", "класса", "классов"),
        _ => counted(count, "группа", "группы", "групп"),
    }];
    let free = state.lines.iter().filter(|line| line.now.is_empty()).count();
    if free > 0 {
        parts.push(format!("не назначено: {free}"));
    }
    let others = state.lines.iter().filter(|line| line.finding.is_some() && !line.now.is_empty()).count();
    if others > 0 {
        parts.push(format!("решить: {others}"));
    }
    if state.shown.len() < state.lines.len() {
        parts.push(format!("показано {}", state.shown.len()));
    }
    parts.join(" · ")
}

fn filter_bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ClassTeachersState,
    actions: &mut Vec<Action>,
) {
    page::filter_bar_ui(ui, |ui| {
        if state.years.len() > 1 {
            let words: Vec<String> = state.years.iter().map(SchoolYear::to_string).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let year = state.year(context);
            let mut chosen = state.years.iter().position(|known| *known == year).unwrap_or(0);
            if segmented_ui(ui, "Учебный год", &mut chosen, &words) {
                state.year = state.years.get(chosen).copied();
                state.lines.iter_mut().for_each(|line| line.typed.clear());
                state.cursor = None;
            }
        }
        if state.only_findings {
            if chip_ui(ui, "", "есть что решить").clicked() {
                state.only_findings = false;
            }
        } else if state.lines.iter().any(|line| line.finding.is_some()) {
            let only = Button::ghost("Есть что решить").icon(icons::FUNNEL_SIMPLE).in_bar();
            state.only_findings = ui.add(only).clicked();
        }
        page::trailing_ui(ui, "copy", |ui| {
            let copy = Button::ghost("Копировать для Excel").icon(icons::FILE_XLS).in_bar();
            if ui.add(copy).clicked() {
                actions.push(excel(context, state));
            }
        });
    });
}

fn excel(context: &ScreenContext<'_>, state: &ClassTeachersState) -> Action {
    let (group, leader) = column_words(context.register().organization().kind);
    let header =
        [group, leader, "Номер приказа", "Дата приказа", "С какого дня", "По какой день", "Что решить"];
    let lines: Vec<&Line> = state.shown.iter().filter_map(|place| state.lines.get(*place)).collect();
    let rows = lines.iter().flat_map(|line| line.excel_rows());
    let what = format!("Скопировано: {}", counted(lines.len() as u64, "строка", "строки", "строк"));
    Action::CopyText { text: excel_text(&header, rows), what }
}

fn body_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ClassTeachersState,
    actions: &mut Vec<Action>,
) {
    if state.lines.is_empty() {
        let sentence = "Здесь будет видно, кто какой класс ведёт и по какому приказу";
        if EmptyState::new(icons::CHALKBOARD_TEACHER, "Классов пока нет", sentence)
            .primary(icons::UPLOAD_SIMPLE, "Загрузить список")
            .show(ui)
        {
            actions.push(Action::Go(Destination::Import));
        }
    } else if state.shown.is_empty() {
        let room = ui.available_rect_before_wrap().shrink(24.0);
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(room));
        let sentence = if state.only_findings {
            "Решать нечего"
        } else {
            "Таких классов нет"
        };
        if nothing_found_ui(&mut child, sentence) {
            state.reset_filter();
        }
    } else {
        table::show(ui, context, state);
    }
}
