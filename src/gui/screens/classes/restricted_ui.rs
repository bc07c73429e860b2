//! Adults of the class whose access to a child is restricted: who, to whom, and where the paper is.

use egui::Ui;

use crate::gui::theme::Tone;
use crate::gui::widgets::button::named_link_button_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::section_with_note_ui;
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::register::GroupId;

/// Draws the section; nothing where nobody is restricted.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, group: GroupId, actions: &mut Vec<Action>) {
    let register = context.register();
    let restricted = register.restrictions_in_group(group, context.today);
    if restricted.is_empty() {
        return;
    }
    section_with_note_ui(ui, "Доступ ограничен", &restricted.len().to_string());
    for one in &restricted {
        let (Some(adult), Some(child)) = (register.person(one.adult), register.person(one.child)) else {
            continue;
        };
        let (name, of) = (adult.name.full(), format!("взрослый: {}", child.name.short()));
        let accessible = format!("Карточка: {name}");
        if named_link_button_ui(ui, Some(icons::SHIELD_WARNING), &name, &accessible).clicked() {
            actions.push(Action::Go(Destination::Person(one.adult)));
        }
        label::caption_ui(ui, &format!("{of} · бумага: {}", one.paper));
    }
    let hint = "Не принимайте заявку и не давайте ссылку, пока не прочли бумагу";
    label::icon_line_ui(ui, icons::WARNING, Tone::Attention, &[Run::caption(hint)]);
    ui.add_space(10.0);
}
