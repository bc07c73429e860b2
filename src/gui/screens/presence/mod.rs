//! Кто уже в системе? Whole classes are ticked, numbers are typed, and what nobody knows yet stays unwritten.

mod answers;
mod table;

use egui::{Key, Modifiers, Ui};

use answers::Line;

use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::parse_date;
use crate::register::{Operation, OrganizationKind};
use crate::session::Snapshot;
use crate::wording::{counted, date_short, plural};

/// State of the screen.
#[derive(Default)]
pub struct PresenceState {
    lines: Vec<Line>,
    date_text: String,
    cursor: Option<usize>,
    /// Line and column that Shift reaches from.
    anchor: Option<(usize, usize)>,
    scroll_to: Option<usize>,
    had_text_focus: bool,
    /// Revision of the register when the answers were handed over to be written.
    handed_over_at: Option<u64>,
}

impl PresenceState {
    /// Begins with the groups of the snapshot.
    pub fn begin(&mut self, snapshot: &Snapshot) {
        let lines =
            snapshot.groups.rows().iter().filter_map(|row| Line::of_group(&snapshot.register, row)).collect();
        *self = Self { lines, date_text: date_short(snapshot.today), ..Self::default() };
    }

    /// How many groups have an answer.
    fn answered(&self) -> usize {
        self.lines.iter().filter(|line| line.is_answered()).count()
    }
}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PresenceState, actions: &mut Vec<Action>) {
    if state.handed_over_at.is_some_and(|revision| context.register().revision > revision) {
        state.handed_over_at = None;
        actions.push(Action::LeaveOverlay);
    }
    table::keys(ui, state, actions);
    header_ui(ui, context, state, actions);
    if state.lines.is_empty() {
        if EmptyState::new(icons::TREE_STRUCTURE, "Отмечать пока некого", "Сначала загрузите список людей")
            .primary(icons::UPLOAD_SIMPLE, "Загрузить список")
            .show(ui)
        {
            actions.push(Action::Go(Destination::Import));
        }
    } else {
        hint_ui(ui);
        table::show(ui, context, state);
    }
    let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
    if free && !state.had_text_focus && consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::Escape) {
        actions.push(Action::LeaveOverlay);
    }
    state.had_text_focus = ui.ctx().text_edit_focused();
}

fn hint_ui(ui: &mut Ui) {
    page::filter_bar_ui(ui, |ui| {
        label::line_ui(
            ui,
            &[Run::caption(
                "Галка — внутри все, пробел ставит её. Число и Enter — курсор уходит ниже. Без ответа ничего не записывается.",
            )],
        );
    });
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PresenceState, actions: &mut Vec<Action>) {
    let answered = state.answered();
    let (one, few, many) = match context.register().organization().kind {
        OrganizationKind::School => ("класс", "класса", "классов"),
        _ => ("группа", "группы", "групп"),
    };
    let classes = state.lines.iter().filter(|line| !line.is_staff).count();
    let staff = if classes < state.lines.len() { " и педагоги" } else { "" };
    let total = format!("{}{staff}", counted(classes as u64, one, few, many));
    let subtitle = format!("{total} · отвечено: {answered}");
    let on = parse_date(&state.date_text, context.today).ok().filter(|day| *day <= context.today);
    let wrong = state.lines.iter().find_map(Line::problem);
    let reason = if context.file.read_only {
        Some("Файл открыт только для чтения".to_owned())
    } else if on.is_none() {
        Some("Укажите день не позже сегодняшнего, например 12.10".to_owned())
    } else if let Some(wrong) = wrong {
        Some(wrong)
    } else if answered == 0 {
        Some("Отметьте хотя бы одну строку или нажмите «Позже»".to_owned())
    } else {
        None
    };
    let count = answered as u64;
    let with_staff = state.lines.iter().any(|line| line.is_staff && line.is_answered());
    let dative = match one {
        "класс" if !with_staff => plural(count, "классу", "классам", "классам"),
        _ => plural(count, "группе", "группам", "группам"),
    };
    let word = if answered == 0 {
        "Записать".to_owned()
    } else {
        format!("Записать по {answered} {dative}")
    };
    let pressed = page::header_above_filters_ui(ui, "Кто уже в системе?", &subtitle, |ui| {
        label::line_ui(ui, &[Run::caption("На день")]);
        let field = TextField::bare("На какой день", &mut state.date_text).width(124.0);
        field.show(ui);
        let later = ui.add(Button::outlined("Позже").key("Esc")).clicked();
        let write = ui.add(Button::primary(&word).disabled_because(reason.as_deref())).clicked();
        (later, write)
    });
    if pressed.0 {
        actions.push(Action::LeaveOverlay);
    }
    if let (true, Some(on)) = (pressed.1, on) {
        let observations = state.lines.iter().flat_map(|line| line.observations(on)).collect();
        state.handed_over_at = Some(context.register().revision);
        let done = format!("Записано, кто внутри: {}", counted(count, one, few, many));
        actions.push(Action::execute(Operation::Observe(observations), done));
    }
    if on.is_none() {
        ui.horizontal(|ui| {
            ui.add_space(24.0);
            ui.allocate_ui(egui::vec2(ui.available_width() - 24.0, 40.0), |ui| {
                Callout::attention("", "Такого дня нет или он ещё не наступил. Впишите, например, 12.10.")
                    .show(ui);
            });
        });
    }
}
