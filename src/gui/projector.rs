//! «Режим проектора»: pages whose texts come from outside the register cannot be veiled, so they are covered.

use egui::Ui;

use super::action::{Action, Room};
use super::icons;
use super::view::{Overlay, View};
use super::widgets::Button;
use super::widgets::empty_state::EmptyState;

/// Whether the page shows names as a file or a pasted list writes them.
pub(super) fn hides_page(view: &View) -> bool {
    match (view.overlay, view.room) {
        (Some(Overlay::Import), _) => true,
        (None, Room::Reconcile) => view.reconcile.shows_written_names(),
        _ => false,
    }
}

/// Stands instead of such a page.
pub(super) fn cover_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    let sentence = "Здесь имена из файла или вставленного списка. Работа не потеряна: выключите режим проектора, и \
                    страница откроется.";
    let cover = EmptyState::new(icons::PROHIBIT, "Страница скрыта в режиме проектора", sentence)
        .button(Button::outlined("Выключить режим проектора").icon(icons::EYE));
    if cover.show(ui) {
        actions.push(Action::ToggleProjector);
    }
}
