//! Who leads a group now, what can be done about it, and everybody who led it.

use std::sync::Arc;

use egui::Ui;

use super::ClassTeachersState;
use super::lines::{Line, term_words};
use crate::gui::screens::classes::forms::Form;
use crate::gui::screens::form_fields::order_words;
use crate::gui::theme::Tone;
use crate::gui::widgets::Button;
use crate::gui::widgets::avatar::person_ui;
use crate::gui::widgets::button::small_link_button_ui;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::page::Inspector;
use crate::gui::widgets::section::{section_ui, section_with_link_ui};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::register::{Appointment, AppointmentOperation, Assignment, Operation};
use crate::regulation::{class_teacher_history, class_teacher_word};
use crate::wording::date_short;

/// Draws the card of the selected group; answers whether it fills the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ClassTeachersState,
    actions: &mut Vec<Action>,
) -> bool {
    let Some(selected) = state.selected.filter(|_| state.card_open) else { return false };
    let Some(line) = state.lines.iter().find(|line| line.group == selected) else { return false };
    let word = class_teacher_word(line.kind);
    let inspector = Inspector::new(&line.label, word).as_page(context.narrow);
    let (mut form, mut from_foot) = (None, Vec::new());
    let response = inspector.show(
        ui,
        |ui| body_ui(ui, context, line, &mut form, actions),
        |ui| {
            let open = Button::outlined("Открыть карточку").icon(icons::SIDEBAR);
            if ui.add(open.accessible_name(&format!("Открыть карточку {}", line.label))).clicked()
            {
                from_foot.push(Action::Go(Destination::Group(line.group)));
            }
        },
    );
    actions.append(&mut from_foot);
    if form.is_some() {
        state.form = form;
    }
    state.card_open = !response.closed;
    context.narrow
}

fn body_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    line: &Line,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    if let Some(finding) = &line.finding {
        Callout::attention("", finding).show(ui);
        ui.add_space(8.0);
    }
    let link =
        if line.now.is_empty() { "Назначить" } else { "Изменить или заменить" };
    if section_with_link_ui(ui, "Сейчас", link)
        && let Some(group) = context.register().group(line.group)
    {
        *form = Some(Form::teacher(context, group));
    }
    if line.now.is_empty() {
        label::caption_ui(ui, "Никто не назначен");
    }
    for assignment in &line.now {
        assignment_ui(ui, context, line, assignment, actions);
    }
    ui.add_space(10.0);
    let history: Vec<Arc<Assignment>> = class_teacher_history(context.register(), line.group)
        .into_iter()
        .filter(|known| !line.now.iter().any(|now| now.id == known.id))
        .collect();
    section_ui(ui, "Раньше и потом");
    if history.is_empty() {
        label::caption_ui(ui, "Других назначений не записано");
    }
    for assignment in &history {
        past_ui(ui, context, assignment, actions);
    }
}

fn assignment_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    line: &Line,
    assignment: &Arc<Assignment>,
    actions: &mut Vec<Action>,
) {
    let Some(person) = context.register().person(assignment.person) else { return };
    let name = person.name.full();
    let note = order_of(assignment);
    let row = person_ui(ui, &person.name.initials(), &name, &note).interact(egui::Sense::click());
    row.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, format!("Карточка: {name}")));
    if row.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        actions.push(Action::Go(Destination::Person(person.id)));
    }
    term_ui(ui, assignment);
    if let Some(since) = person.absent_since.filter(|since| *since <= context.today) {
        let words = format!("отсутствует с {}", date_short(since));
        label::icon_line_ui(ui, icons::CLOCK, Tone::Neutral, &[Run::caption(&words)]);
    }
    let accessible = format!("Завершить сегодня: {}, {name}", line.label);
    if !context.file.read_only && small_link_button_ui(ui, "Завершить сегодня", &accessible).clicked()
    {
        let ending = Appointment {
            group: line.group,
            until: Some(context.today),
            ends: vec![assignment.clone()],
            ..Appointment::default()
        };
        let operation =
            AppointmentOperation { appointments: vec![ending], ..AppointmentOperation::default() };
        let done = format!("{}: {} больше не ведёт", line.label, person.name.short());
        actions.push(Action::execute(Operation::AppointClassTeachers(operation), done));
    }
    ui.add_space(4.0);
}

/// «Приказ № 45 от 1 сен 2026».
fn order_of(assignment: &Assignment) -> String {
    let order = order_words(&assignment.order);
    if order.is_empty() { "приказ не указан".to_owned() } else { order }
}

/// «с 1 сен 2026, временно».
fn term_of(assignment: &Assignment) -> String {
    let temporary = if assignment.temporary { "временно" } else { "" };
    let parts = [term_words(assignment), temporary.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn term_ui(ui: &mut Ui, assignment: &Assignment) {
    let term = term_of(assignment);
    if !term.is_empty() {
        label::icon_line_ui(ui, icons::CALENDAR_BLANK, Tone::Neutral, &[Run::caption(&term)]);
    }
}

fn past_ui(ui: &mut Ui, context: &ScreenContext<'_>, assignment: &Assignment, actions: &mut Vec<Action>) {
    let Some(person) = context.register().person(assignment.person) else { return };
    let (name, note) = (person.name.full(), order_of(assignment));
    let row = person_ui(ui, &person.name.initials(), &name, &note).interact(egui::Sense::click());
    row.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::Link,
            true,
            format!("Карточка: {name}, {}", term_of(assignment)),
        )
    });
    if row.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        actions.push(Action::Go(Destination::Person(person.id)));
    }
    term_ui(ui, assignment);
    ui.add_space(4.0);
}
