//! One day and one order for every transfer and departure of an import, above the lists that hold them.

use egui::{Frame, Margin, Panel, Ui};

use super::lists::RowKind;
use super::state::ImportState;
use crate::gui::theme::Tokens;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::paint;
use crate::gui::{Action, ScreenContext};
use crate::wording::counted;

/// Draws the fields where the open list holds movements.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) {
    let is_of_movements = matches!(state.lists.kind, RowKind::Moved | RowKind::Absent);
    let Some(words) = movements_words(state).filter(|_| is_of_movements && state.done.is_none()) else {
        return;
    };
    let tokens = Tokens::of(ui);
    let frame =
        Frame::new().fill(tokens.window).inner_margin(Margin { left: 24, right: 24, top: 10, bottom: 10 });
    let panel = Panel::top("import-movements").resizable(false).show_separator_line(false).frame(frame);
    panel.show(ui, |ui| {
        let edge = ui.max_rect();
        paint::horizontal_line(ui.painter(), edge.x_range().expand(24.0), edge.top() - 10.0, tokens.border);
        ui.spacing_mut().item_spacing.y = 6.0;
        label::line_ui(ui, &[Run::body(&words).medium()]);
        let today = context.today;
        let before = typed(state, context);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            state.answers.movement_on.show(ui, "День (пусто: сегодня)", 180.0, today);
            let width = (ui.available_width()).min(392.0);
            ui.vertical(|ui| {
                ui.set_width(width);
                state.answers.order.show(ui, today);
            });
        });
        if typed(state, context) != before && state.answers.movement_trouble(today).is_none() {
            actions.push(Action::PlanRoster);
        }
    });
}

fn typed(
    state: &ImportState,
    context: &ScreenContext<'_>,
) -> (Option<jiff::civil::Date>, crate::register::OrderReference) {
    (state.answers.movement_on.date(context.today), state.answers.order.order(context.today))
}

/// «Один день и один приказ: 3 перевода, 2 выбытия»; `None` where nobody moves.
fn movements_words(state: &ImportState) -> Option<String> {
    let counts = state.prepared.as_ref()?.plan.counts;
    let mut parts = Vec::new();
    if counts.moved > 0 {
        parts.push(counted(u64::from(counts.moved), "перевод", "перевода", "переводов"));
    }
    if counts.departed > 0 {
        parts.push(counted(u64::from(counts.departed), "выбытие", "выбытия", "выбытий"));
    }
    (!parts.is_empty()).then(|| format!("Один день и один приказ: {}", parts.join(", ")))
}
