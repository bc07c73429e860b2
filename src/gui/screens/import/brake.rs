//! The brake: when too many people would be entered as left, their number is typed before the import.

use egui::Ui;

use super::state::ImportState;
use crate::gui::Action;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::roster::Brake;
use crate::wording::{counted, plural};

/// Brings the plan in, or asks for the number first.
pub(super) fn ask_or_commit(state: &mut ImportState, actions: &mut Vec<Action>) {
    if brake(state).is_some() {
        state.brake_text = Some(String::new());
    } else {
        actions.push(Action::CommitRoster);
    }
}

/// Draws the question while it is asked.
pub(super) fn show(ui: &Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    let Some(brake) = brake(state).cloned() else {
        state.brake_text = None;
        return;
    };
    let Some(text) = &mut state.brake_text else { return };
    let typed = text.trim().parse::<u32>().ok();
    let reason = match typed {
        Some(number) if number == brake.departing => None,
        Some(_) => Some("Число не то"),
        None => Some("Впишите число выбывающих"),
    };
    let people = counted(u64::from(brake.departing), "человек", "человека", "человек");
    let title = "Столько людей и правда выбывает?";
    let confirm = format!("Внести, выбывают {}", brake.departing);
    let confirm = if reason.is_none() { confirm.as_str() } else { "Внести" };
    let dialog = Dialog::new("departures-brake", title).confirm_danger(confirm).disabled_because(reason);
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        label::body_ui(ui, &place_words(&brake));
        label::body_ui(
            ui,
            &format!(
                "Всего загрузка отметит выбывшими: {people}. Если файл неполный, вернитесь и снимите отметки."
            ),
        );
        ui.add_space(4.0);
        let is_fresh = text.is_empty() && ui.memory(|memory| memory.focused().is_none());
        let field = TextField::new("Чтобы подтвердить, впишите число выбывающих", text).show(ui);
        if is_fresh {
            field.request_focus();
        }
    });
    match answer {
        DialogAnswer::Open => {}
        DialogAnswer::Confirmed if reason.is_none() => {
            state.brake_text = None;
            actions.push(Action::CommitRoster);
        }
        _ => state.brake_text = None,
    }
}

fn brake(state: &ImportState) -> Option<&Brake> {
    state.prepared.as_ref().filter(|_| state.done.is_none())?.plan.brake.as_ref()
}

/// «В 7Б выбывают 9 из 24».
fn place_words(brake: &Brake) -> String {
    let place = if brake.group.is_empty() {
        "Во всей организации".into()
    } else {
        format!("В {}", brake.group)
    };
    let leave = plural(u64::from(brake.departing_there), "выбывает", "выбывают", "выбывают");
    format!("{place} {leave} {} из {}.", brake.departing_there, brake.of)
}
