//! Adults who were found inside although their access to a child is restricted: said above everything else.

use egui::{Frame, Margin, Panel, Ui};

use crate::gui::widgets::callout::{Callout, CalloutAction};
use crate::gui::{Action, Destination, ScreenContext};
use crate::register::Restriction;
use crate::wording::list_of;

/// Draws the warning where there is one; pressing it opens the card of the first.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    restricted: &[Restriction],
    actions: &mut Vec<Action>,
) {
    let Some(first) = restricted.first() else { return };
    let name = |id| context.register().person(id).map_or_else(String::new, |person| person.name.short());
    let lines: Vec<String> = restricted
        .iter()
        .map(|one| format!("{} ({}, бумага: {})", name(one.adult), name(one.child), one.paper))
        .collect();
    let text =
        format!("{}. Решите с руководителем, может ли взрослый оставаться в этом чате.", list_of(&lines, 3));
    let frame = Frame::new().inner_margin(Margin { left: 24, right: 24, top: 12, bottom: 0 });
    let panel = Panel::top("reconcile-restricted").resizable(false).show_separator_line(false).frame(frame);
    let title = "Внутри есть взрослый, чей доступ к ребёнку ограничен";
    let pressed =
        panel.show(ui, |ui| Callout::danger(title, &text).buttons(&["Открыть карточку"]).show(ui)).inner;
    if matches!(pressed, Some(CalloutAction::Button(_))) {
        actions.push(Action::Go(Destination::Person(first.adult)));
    }
}
