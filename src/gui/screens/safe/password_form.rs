//! A new password: typed twice, judged while it is typed.

use egui::{Ui, vec2};
use zeroize::Zeroizing;

use crate::gui::theme::{Ink, Tone, space};
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::progress::progress_ui;
use crate::session::{PasswordStrength, SHORTEST_PASSWORD, SecretText, password_strength};

/// What was typed so far; overwritten on drop.
#[derive(Default)]
pub struct PasswordForm {
    first: Zeroizing<String>,
    second: Zeroizing<String>,
    is_shown: bool,
    strength: Option<PasswordStrength>,
    was_focused: bool,
}

impl PasswordForm {
    /// A form under another field, which has the focus first.
    pub fn below_another_field() -> Self {
        Self { was_focused: true, ..Self::default() }
    }

    /// Draws the fields. `own_words`: what a guesser takes from the school's card. Answers whether Enter was pressed
    /// in the last field.
    pub fn show(&mut self, ui: &mut Ui, own_words: &[String]) -> bool {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::SMALL, space::SMALL);
            let first = TextField::new("Новый пароль", &mut self.first).password(!self.is_shown).show(ui);
            if !self.was_focused {
                self.was_focused = true;
                first.request_focus();
            }
            if first.changed() {
                let judged = password_strength(&self.first, own_words);
                self.strength = (!self.first.is_empty()).then_some(judged);
            }
            self.strength_ui(ui);
            ui.add_space(4.0);
            let differs = !self.second.is_empty() && !self.first.starts_with(self.second.as_str());
            let error = differs.then_some("Пароли не совпадают");
            let field = TextField::new("Пароль ещё раз", &mut self.second).password(!self.is_shown);
            let second = field.error(error).show(ui);
            checkbox_ui(ui, &mut self.is_shown, "Показать пароль");
            second.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
        })
        .inner
    }

    fn strength_ui(&self, ui: &mut Ui) {
        let Some(strength) = self.strength else {
            let advice = format!(
                "Не короче {SHORTEST_PASSWORD} знаков. Лучше всего три-четыре не связанных слова: их легко запомнить \
                 и трудно подобрать."
            );
            label::caption_ui(ui, &advice);
            return;
        };
        let share = f32::from(strength.score) / 4.0;
        let words = format!("Надёжность пароля: {}", strength.word);
        let tone = match strength.score {
            0 => Tone::Danger,
            1 | 2 => Tone::Attention,
            _ => Tone::Good,
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::MEDIUM;
            progress_ui(ui, 160.0, 8.0, share, &words);
            label::line_ui(ui, &[Run::caption(strength.word).medium().ink(Ink::Tone(tone))]);
        });
        let refusal = strength.refusal.map(|refusal| refusal.to_string());
        let advice = refusal.as_deref().unwrap_or(strength.advice);
        if !advice.is_empty() {
            label::caption_ui(ui, advice);
        }
    }

    /// Why the password cannot be set yet.
    pub fn missing(&self) -> Option<&'static str> {
        match self.strength {
            None => Some("Сначала введите пароль"),
            Some(strength) if strength.refusal.is_some() => Some("Такой пароль не подойдёт"),
            Some(_) if self.first.as_str() != self.second.as_str() => {
                Some("Введите пароль второй раз так же")
            }
            Some(_) => None,
        }
    }

    /// The password.
    pub fn secret(&self) -> SecretText {
        SecretText::new(self.first.to_string())
    }
}
