//! When the file locks itself, and what strangers see. It belongs to this user of this computer, not to the file.

use egui::{Ui, vec2};

use super::appearance::named_segments_ui;
use crate::desktop::Preferences;
use crate::gui::theme::space;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};

/// The minutes that can be chosen.
const MINUTES: [u8; 6] = [1, 5, 10, 15, 30, 60];

/// Draws the section; what is chosen holds at once.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 14.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::lead_ui(ui, "Защита");
            label::caption_ui(ui, "Действует сразу и только на этом компьютере, в файл не попадает");
        });
        let now = context.preferences.lock_after_minutes.clamp(1, 60);
        // A number that somebody wrote into the configuration by hand falls to the choice beneath it.
        let mut chosen = MINUTES.iter().rposition(|minutes| *minutes <= now).unwrap_or(0);
        let words = MINUTES.map(|minutes| format!("{minutes} мин"));
        let name = "Блокировать, если за компьютером не работают";
        if named_segments_ui(ui, name, &mut chosen, &words.each_ref().map(String::as_str)) {
            let lock_after_minutes = MINUTES.get(chosen).copied().unwrap_or(now);
            let wanted = Preferences { lock_after_minutes, ..context.preferences.clone() };
            actions.push(Action::SetPreferences(Box::new(wanted)));
        }
        label::caption_ui(
            ui,
            "Считается работа в любой программе, не только здесь. После сна компьютера файл тоже заблокирован. Сразу: \
             Ctrl+L.",
        );
        let mut hidden = context.snapshot.veiled;
        if checkbox_ui(ui, &mut hidden, "Режим проектора: вместо имён инициалы").changed()
        {
            actions.push(Action::ToggleProjector);
        }
        label::caption_ui(ui, "Включать и выключать быстрее по Ctrl+Shift+P или внизу окна");
    });
}
