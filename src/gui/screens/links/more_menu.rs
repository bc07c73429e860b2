//! «Ещё»: what is done with many links at once, and the papers of them.

use egui::Ui;

use super::LinksState;
use crate::gui::action::LinksPage;
use crate::gui::widgets::Button;
use crate::gui::widgets::menu::{menu_divider_ui, menu_on, menu_row_ui};
use crate::gui::{Action, Destination, ScreenContext, icons};

/// Draws the button with its menu.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &LinksState,
    actions: &mut Vec<Action>,
) {
    let _ = context;
    let button = ui.add(
        Button::outlined("Ещё").icon(icons::DOTS_THREE).accessible_name("Ещё: выпустить, раздать, документы"),
    );
    menu_on(&button, |ui| {
        let leaked =
            if state.leaked.is_unfinished() { "Ссылка утекла: продолжить" } else { "Ссылка утекла" };
        let pages = [
            (icons::PLUS, "Выпустить ссылки", LinksPage::Issue),
            (icons::MEGAPHONE, "Раздать классным", LinksPage::HandOut),
            (icons::CHART_BAR, "Ход разбора", LinksPage::Course),
        ];
        for (icon, word, page) in pages {
            if menu_row_ui(ui, icon, word, "", false).clicked() {
                actions.push(Action::Go(Destination::LinksPage(page)));
            }
        }
        menu_divider_ui(ui);
        if menu_row_ui(ui, icons::SHIELD_WARNING, leaked, "", true).clicked() {
            actions.push(Action::Go(Destination::LinksPage(LinksPage::Leaked(None))));
        }
    });
}
