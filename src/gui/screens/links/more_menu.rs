//! «Ещё»: what is done with many links at once, and the papers of them.

use egui::Ui;

use super::papers::{ActForm, RegisterForm};
use super::{LinkDialog, LinksState};
use crate::gui::action::LinksPage;
use crate::gui::widgets::Button;
use crate::gui::widgets::menu::{menu_divider_ui, menu_on, menu_row_ui};
use crate::gui::{Action, Destination, ScreenContext, icons};

/// Draws the button with its menu.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LinksState,
    actions: &mut Vec<Action>,
) {
    const NAME: &str = "Ещё: выпустить, раздать, документы";
    let has_little_room = context.narrow || state.inspected.is_some();
    let button = ui.add(if has_little_room {
        Button::icon_only(icons::DOTS_THREE, NAME)
    } else {
        Button::outlined("Ещё").icon(icons::DOTS_THREE).accessible_name(NAME)
    });
    menu_on(&button, |ui| {
        ui.set_max_width(264.0);
        let leaked = if state.leaked.is_unfinished() {
            "Ссылка утекла: продолжить"
        } else {
            "Ссылка утекла"
        };
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
        if menu_row_ui(ui, icons::FILE_TEXT, "Акт об аннулировании…", "", false).clicked()
        {
            state.dialog = Some(LinkDialog::Act(ActForm::new(context.today)));
        }
        if menu_row_ui(ui, icons::TABLE, "Реестр ссылок…", "", false).clicked() {
            state.dialog = Some(LinkDialog::Register(RegisterForm::default()));
        }
        menu_divider_ui(ui);
        if menu_row_ui(ui, icons::SHIELD_WARNING, leaked, "", true).clicked() {
            actions.push(Action::Go(Destination::LinksPage(LinksPage::Leaked(None))));
        }
    });
}
