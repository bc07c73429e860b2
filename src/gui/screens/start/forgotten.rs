//! «Забыли пароль?»: the recovery code from the safe, then a new password.

use std::path::Path;

use egui::{Key, Modifiers, Ui, vec2};
use zeroize::Zeroizing;

use super::{StartState, name_words};
use crate::gui::safe_actions::SafeAction;
use crate::gui::screens::safe::PasswordForm;
use crate::gui::theme::space;
use crate::gui::widgets::Button;
use crate::gui::widgets::button::link_button_ui;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::gui::{Action, icons};
use crate::session::SecretText;

const WIDTH: f32 = 640.0;

/// What was filled in so far; overwritten on drop.
#[derive(Default)]
pub(super) struct ForgottenForm {
    code: Zeroizing<String>,
    password: PasswordForm,
    /// The code opens the file: a new password is asked for.
    code_is_right: bool,
    /// A check is under way.
    waits: bool,
    problem: Option<String>,
    was_focused: bool,
}

impl StartState {
    /// The typed code opens the file.
    pub fn code_is_right(&mut self) {
        if let Some(form) = &mut self.forgotten {
            *form = ForgottenForm {
                code: std::mem::take(&mut form.code),
                code_is_right: true,
                ..ForgottenForm::default()
            };
        }
    }

    /// The code, or the password after it, was refused.
    pub fn code_refused(&mut self, text: String) {
        if let Some(form) = &mut self.forgotten {
            form.waits = false;
            form.problem = Some(text);
        }
    }
}

/// The link under the prompt for the password.
pub(super) fn link_ui(ui: &mut Ui, state: &mut StartState) {
    if link_button_ui(ui, "Забыли пароль?").clicked() {
        state.forgotten = Some(ForgottenForm::default());
    }
}

/// Draws the form that is open.
pub(super) fn show(ui: &mut Ui, state: &mut StartState, actions: &mut Vec<Action>) {
    let (Some(path), Some(form)) = (&state.asks_password_for, &mut state.forgotten) else { return };
    let mut left = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    card_ui(ui, 24, |ui| {
        ui.set_max_width(WIDTH);
        ui.spacing_mut().item_spacing = vec2(space::SMALL, space::MEDIUM);
        label::lead_ui(ui, &format!("Забыт пароль: {}", name_words(path)));
        left |= if form.code_is_right {
            new_password_ui(ui, path, form, actions)
        } else {
            code_ui(ui, path, form, actions)
        };
    });
    let honest = "Кроме пароля и кода восстановления файл не открывает ничто: запасного входа нет ни у программы, ни у \
                  её авторов. Если нет ни того, ни другого, список придётся завести заново из списков школы.";
    Callout::neutral("Других способов нет", honest).show(ui);
    if left {
        state.forgotten = None;
    }
}

fn code_ui(ui: &mut Ui, path: &Path, form: &mut ForgottenForm, actions: &mut Vec<Action>) -> bool {
    let where_it_is = "Возьмите лист с кодом восстановления: он в сейфе руководителя. Введите все 14 групп подряд. \
                       Пробелы, дефисы и раскладка не важны.";
    label::body_ui(ui, where_it_is);
    let field = TextField::new("Код восстановления", &mut form.code).rows(2).hint("7K2M 9QXA …").show(ui);
    if !form.was_focused {
        form.was_focused = true;
        field.request_focus();
    }
    if field.changed() {
        form.problem = None;
    }
    if let Some(problem) = &form.problem {
        Callout::danger("", problem).show(ui);
    }
    let missing = if form.waits {
        Some("Проверяю код…")
    } else {
        form.code.trim().is_empty().then_some("Сначала введите код")
    };
    ui.horizontal_wrapped(|ui| {
        let check = Button::primary("Проверить код").icon(icons::KEY).disabled_because(missing);
        if ui.add(check).clicked() {
            form.waits = true;
            let code = SecretText::new(form.code.to_string());
            actions.push(Action::Safe(SafeAction::CheckCode { path: path.to_owned(), code }));
        }
        ui.add(Button::ghost("Назад к паролю").key("Esc")).clicked()
    })
    .inner
}

fn new_password_ui(ui: &mut Ui, path: &Path, form: &mut ForgottenForm, actions: &mut Vec<Action>) -> bool {
    let next = "Код подходит. Задайте новый пароль: файл будет перешифрован, прежний пароль и этот код перестанут \
                действовать. Сразу после этого программа даст новый код для сейфа.";
    label::body_ui(ui, next);
    let entered = form.password.show(ui, &[]);
    if let Some(problem) = &form.problem {
        Callout::danger("", problem).show(ui);
    }
    let missing = if form.waits { Some("Открываю файл…") } else { form.password.missing() };
    ui.horizontal_wrapped(|ui| {
        let open = Button::primary("Открыть с новым паролем").icon(icons::KEY).disabled_because(missing);
        let pressed = ui.add(open).clicked();
        if missing.is_none() && (pressed || entered) {
            form.waits = true;
            let code = SecretText::new(form.code.to_string());
            let new = form.password.secret();
            actions.push(Action::Safe(SafeAction::Recover { path: path.to_owned(), code, new }));
        }
        ui.add(Button::ghost("Отмена").key("Esc")).clicked()
    })
    .inner
}
