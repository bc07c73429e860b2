//! The password and the recovery code of the open file: set, changed, shown again.

use egui::{Ui, vec2};
use zeroize::Zeroizing;

use super::NAME_WIDTH;
use crate::gui::safe_actions::SafeAction;
use crate::gui::screens::safe::{Asked, PasswordForm, waiting_words};
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::Button;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::named_value_ui;
use crate::gui::{Action, ScreenContext, icons};
use crate::session::{CodeState, SecretText, own_words};
use crate::wording::date_short;

/// The window that is open over the section.
#[derive(Default)]
enum Open {
    #[default]
    Nothing,
    Change(PasswordForm),
    ShowCode,
}

/// State of the card.
#[derive(Default)]
pub struct PasswordSection {
    open: Open,
    /// The present password, typed.
    old: Zeroizing<String>,
    was_focused: bool,
    /// A refusal is shown only to the window that asked.
    has_asked: bool,
}

/// Draws the card and the window over it.
pub fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PasswordSection,
    actions: &mut Vec<Action>,
) {
    let encrypted = context.file.encrypted;
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 10.0);
        label::lead_ui(ui, "Пароль и код восстановления");
        let password =
            if encrypted { "есть, файл зашифрован" } else { "без пароля" };
        named_value_ui(ui, "Пароль", NAME_WIDTH, &[Run::body(password)]);
        if context.safe.is_sample {
            label::secondary_ui(ui, "Учебной школе пароль не нужен: люди в ней выдуманы.");
            return;
        }
        if encrypted {
            let code = code_words(context);
            named_value_ui(ui, "Код восстановления", NAME_WIDTH, &[Run::body(&code)]);
            let none = "Если потеряны и пароль, и лист с кодом, файл не откроет никто: запасного входа нет.";
            label::caption_ui(ui, none);
        }
        ui.horizontal_wrapped(|ui| buttons_ui(ui, context, state, actions));
    });
    if !encrypted && !context.safe.is_sample {
        let text = "Кто получит файл, тот прочтёт имена детей и ссылки в их чаты. Задайте пароль: файл будет зашифрован, \
                    а копии без пароля заменены новой.";
        Callout::attention("Файл без пароля", text).show(ui);
    }
    match &state.open {
        Open::Nothing => {}
        Open::Change(_) => change_ui(ui, context, state, actions),
        Open::ShowCode => show_code_ui(ui, context, state, actions),
    }
}

fn code_words(context: &ScreenContext<'_>) -> String {
    match context.safe.code_state {
        Some(CodeState::Confirmed { on }) => format!("подтверждён {}", date_short(on)),
        Some(CodeState::Waiting { since, .. }) => format!("не подтверждён, выдан {}", date_short(since)),
        Some(CodeState::NoPassword) | None => "нет".into(),
    }
}

fn buttons_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PasswordSection,
    actions: &mut Vec<Action>,
) {
    let closed = context.file.read_only.then_some("Файл открыт только для чтения");
    let word = if context.file.encrypted {
        "Сменить пароль…"
    } else {
        "Задать пароль…"
    };
    if ui.add(Button::outlined(word).icon(icons::KEY).disabled_because(closed)).clicked() {
        let form = if context.file.encrypted {
            PasswordForm::below_another_field()
        } else {
            PasswordForm::default()
        };
        *state = PasswordSection { open: Open::Change(form), ..Default::default() };
    }
    if !context.file.encrypted {
        return;
    }
    if ui.add(Button::outlined("Показать код…").icon(icons::EYE)).clicked() {
        *state = PasswordSection { open: Open::ShowCode, ..Default::default() };
    }
    if matches!(context.safe.code_state, Some(CodeState::Waiting { .. })) {
        let confirm = Button::outlined("Подтвердить код…").icon(icons::CHECK).disabled_because(closed);
        if ui.add(confirm).clicked() {
            actions.push(Action::Safe(SafeAction::BeginConfirming));
        }
    }
}

/// What stands beneath the fields of both windows: what was refused and how long the next try waits.
fn refusal_ui(ui: &mut Ui, context: &ScreenContext<'_>, has_asked: bool, waiting: Option<&str>) {
    if has_asked && let Some(problem) = &context.safe.problem {
        Callout::danger("", problem).show(ui);
    }
    if let Some(waiting) = waiting {
        label::icon_line_ui(ui, icons::TIMER, Tone::Neutral, &[Run::caption(waiting)]);
    }
}

fn change_ui(ui: &Ui, context: &ScreenContext<'_>, state: &mut PasswordSection, actions: &mut Vec<Action>) {
    let PasswordSection { open: Open::Change(form), old, was_focused, has_asked } = state else { return };
    let encrypted = context.file.encrypted;
    let waiting = waiting_words(ui, context.safe.may_try_at).filter(|_| encrypted);
    let busy = (context.safe.asked == Some(Asked::Set)).then_some("Перешифровываю файл…");
    let no_old = (encrypted && old.is_empty()).then_some("Сначала введите прежний пароль");
    let reason = busy.or(waiting.as_deref()).or(no_old).or_else(|| form.missing());
    let (title, confirm) = if encrypted {
        ("Сменить пароль", "Сменить пароль")
    } else {
        ("Задать пароль", "Задать пароль")
    };
    let dialog = Dialog::new("change-password", title).width(520.0).confirm(confirm).disabled_because(reason);
    let words = own_words(context.register().organization());
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        let what = if encrypted {
            "Файл будет перешифрован. Прежний код восстановления перестанет действовать, копии с прежним паролем будут \
             заменены новой. Сразу после этого программа даст новый код для сейфа."
        } else {
            "Файл будет зашифрован, копии без пароля заменены новой. Сразу после этого программа даст код \
             восстановления для сейфа."
        };
        label::body_ui(ui, what);
        if encrypted {
            let field = TextField::new("Прежний пароль", old).password(true).show(ui);
            if !std::mem::replace(was_focused, true) {
                field.request_focus();
            }
        }
        form.show(ui, &words);
        refusal_ui(ui, context, *has_asked, waiting.as_deref());
    });
    match answer {
        DialogAnswer::Confirmed => {
            *has_asked = true;
            let old = encrypted.then(|| SecretText::new(old.to_string()));
            actions.push(Action::Safe(SafeAction::SetPassword { old, new: form.secret() }));
        }
        DialogAnswer::Cancelled => *state = PasswordSection::default(),
        DialogAnswer::Open | DialogAnswer::Alternative => {}
    }
}

fn show_code_ui(
    ui: &Ui,
    context: &ScreenContext<'_>,
    state: &mut PasswordSection,
    actions: &mut Vec<Action>,
) {
    let waiting = waiting_words(ui, context.safe.may_try_at);
    let busy = (context.safe.asked == Some(Asked::Show)).then_some("Проверяю пароль…");
    let empty = state.old.is_empty().then_some("Сначала введите пароль");
    let reason = busy.or(waiting.as_deref()).or(empty);
    let dialog = Dialog::new("show-code", "Показать код восстановления").confirm("Показать код");
    let (answer, ()) = dialog.disabled_because(reason).show(ui.ctx(), |ui| {
        label::body_ui(ui, "Код открывает файл без пароля. Проверьте, что экран не видят посторонние.");
        let field = TextField::new("Пароль файла", &mut state.old).password(true).show(ui);
        if !std::mem::replace(&mut state.was_focused, true) {
            field.request_focus();
        }
        refusal_ui(ui, context, state.has_asked, waiting.as_deref());
    });
    match answer {
        DialogAnswer::Confirmed => {
            state.has_asked = true;
            let password = SecretText::new(std::mem::take(&mut *state.old));
            actions.push(Action::Safe(SafeAction::ShowCode { password }));
        }
        DialogAnswer::Cancelled => *state = PasswordSection::default(),
        DialogAnswer::Open | DialogAnswer::Alternative => {}
    }
}
