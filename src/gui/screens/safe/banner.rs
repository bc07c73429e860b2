//! The strip above every room while the recovery code is not confirmed.

use egui::Ui;
use jiff::civil::Date;

use super::SafeState;
use crate::gui::safe_actions::SafeAction;
use crate::gui::theme::Tone;
use crate::gui::widgets::page;
use crate::gui::widgets::strip::{Strip, strip_ui};
use crate::gui::{Action, icons};
use crate::session::CodeState;
use crate::wording::date_short_without_year;

/// Draws the strip where there is something to say. A window that stays open over a day is late as well.
pub fn show(ui: &mut Ui, state: &SafeState, wall_day: Date, actions: &mut Vec<Action>) {
    let Some(CodeState::Waiting { since, late }) = state.code_state else { return };
    let late = late || (wall_day - since).get_days() > 1;
    let words = match (late, page::is_narrow(ui.ctx())) {
        (false, true) => "Код восстановления не подтверждён".into(),
        (false, false) => {
            "Код восстановления не подтверждён: пока лист не проверен, забытый пароль закроет файл навсегда"
                .into()
        }
        (true, true) => "Код восстановления не подтверждён: файл можно потерять".into(),
        (true, false) => format!(
            "Код восстановления не подтверждён с {}. Если пароль забудут, файл не откроет никто",
            date_short_without_year(since)
        ),
    };
    let strip = Strip {
        tone: if late { Tone::Danger } else { Tone::Attention },
        icon: if late { icons::WARNING_CIRCLE } else { icons::SHIELD_WARNING },
        words: &words,
        button: "Подтвердить",
        accessible_name: "Подтвердить код восстановления",
    };
    if strip_ui(ui, "code", strip) {
        actions.push(Action::Safe(SafeAction::BeginConfirming));
    }
}
