//! The prompt for the password of a file.

use egui::{Key, Modifiers, Ui, vec2};

use super::{StartState, folder_words, name_words};
use crate::gui::screens::safe::waiting_words;
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::Button;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::{Action, icons};

/// Draws the prompt. `error`: what the file answered, as given.
pub fn show(ui: &mut Ui, error: Option<&str>, state: &mut StartState, actions: &mut Vec<Action>) {
    let Some(path) = state.asks_password_for.clone() else { return };
    let mut left = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    card_ui(ui, 24, |ui| {
        ui.set_max_width(480.0);
        ui.spacing_mut().item_spacing = vec2(space::SMALL, space::MEDIUM);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::lead_ui(ui, &name_words(&path));
            label::caption_ui(ui, &folder_words(&path));
        });
        if let Some(error) = error {
            Callout::neutral("", error).show(ui);
        }
        let field = TextField::new("Пароль", &mut state.password).password(true).show(ui);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        // The prompt is all there is to do here.
        if ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        let waiting = waiting_words(ui, state.may_try_at);
        let unready = state.password.is_empty().then_some("Сначала введите пароль");
        let unready = waiting.as_deref().or(unready);
        ui.horizontal(|ui| {
            let open = Button::primary("Открыть").icon(icons::KEY).disabled_because(unready);
            let pressed = ui.add(open).clicked();
            if unready.is_none() && (pressed || entered) {
                let password = Some(std::mem::take(&mut state.password));
                actions.push(Action::OpenFile { path: path.clone(), password });
            }
            left |= ui.add(Button::ghost("Другой файл").key("Esc")).clicked();
        });
        if let Some(waiting) = &waiting {
            label::icon_line_ui(ui, icons::TIMER, Tone::Neutral, &[Run::caption(waiting)]);
        }
    });
    if left {
        state.asks_password_for = None;
        state.password.clear();
    }
}
