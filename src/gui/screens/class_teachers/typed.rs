//! Names typed into the table: completion, what they come to, and the bar that writes them as one entry.

use egui::Ui;

use super::ClassTeachersState;
use crate::gui::screens::form_fields::OrderFields;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, ScreenContext, icons};
use crate::register::Operation;
use crate::regulation::{
    DistributionAnswers, DistributionLine, DistributionPlan, PersonAnswer, PlannedAppointment, PlannedState,
    plan_distribution,
};
use crate::wording::counted;

/// Plans what is typed; the place of a planned row is the place of its line.
pub(super) fn plan(context: &ScreenContext<'_>, state: &mut ClassTeachersState) {
    let Some(staff) = state.staff.clone() else { return };
    if state.typed_count() == 0 {
        state.plan = DistributionPlan::default();
        return;
    }
    let mut answers =
        DistributionAnswers { order: state.order.order(context.today), ..DistributionAnswers::default() };
    let mut lines = Vec::new();
    for (place, line) in state.lines.iter().enumerate().filter(|(_, line)| !line.typed.trim().is_empty()) {
        if let Some(person) = line.chosen {
            answers.people.insert(lines.len(), PersonAnswer::Is(person));
        }
        lines.push(DistributionLine {
            line: u32::try_from(place).unwrap_or(u32::MAX),
            groups: vec![line.group],
            label: line.label.clone(),
            name: line.typed.clone(),
            order: Default::default(),
            since: None,
            until: None,
            temporary: false,
        });
    }
    let year = state.year(context);
    state.plan = plan_distribution(context.register(), &staff, &lines, &answers, year, context.today);
}

/// What the name typed into a line comes to.
pub(super) fn outcome(plan: &DistributionPlan, line: usize) -> Option<&PlannedAppointment> {
    plan.rows.iter().find(|row| row.line as usize == line)
}

/// «3 назначения».
pub(super) fn appointments(count: usize) -> String {
    counted(count as u64, "назначение", "назначения", "назначений")
}

/// The bar of what is typed: order, «Записать 3 назначения», «Очистить».
pub(super) fn bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ClassTeachersState,
    actions: &mut Vec<Action>,
) {
    if state.typed_count() == 0 {
        return;
    }
    let today = context.today;
    let ready = state.plan.operation.appointments.len();
    let questions = state.plan.count(PlannedState::is_question);
    let reason = if context.file.read_only {
        Some("Файл открыт только для чтения".to_owned())
    } else if let Some(trouble) = state.order.trouble(today) {
        Some(trouble.to_owned())
    } else if questions > 0 {
        Some("Есть имена, которые надо выбрать из предложенных".to_owned())
    } else if ready == 0 {
        Some("Впишите того, кто ещё не назначен".to_owned())
    } else {
        None
    };
    let word = if ready == 0 {
        "Записать".to_owned()
    } else {
        format!("Записать {}", appointments(ready))
    };
    let before = state.order.clone();
    let (write, clear) = page::marked_bar_ui(ui, |ui| {
        state.order.show_in_bar(ui);
        let write = Button::primary(&word).icon(icons::CHECK).in_bar();
        let write = ui.add(write.disabled_because(reason.as_deref())).clicked();
        let clear = ui.add(Button::ghost("Очистить").in_bar()).clicked();
        (write, clear)
    });
    if before != state.order {
        state.stale = true;
    }
    if clear {
        for line in &mut state.lines {
            line.typed.clear();
            line.chosen = None;
        }
        state.order = OrderFields::default();
        state.stale = true;
    }
    if write {
        state.handed_over_at = Some(context.snapshot.version().0);
        let operation = state.plan.operation.clone();
        let done = format!("Записано: {}", appointments(ready));
        actions.push(Action::execute(Operation::AppointClassTeachers(operation), done));
    }
}
