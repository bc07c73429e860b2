//! What stands above the tasks when something is wrong with the day or with the file.

use egui::Ui;

use crate::gui::widgets::callout::{Callout, CalloutAction};
use crate::gui::{Action, Destination, ScreenContext};
use crate::register::{Operation, Settings, SettingsId};
use crate::regulation::ClockTrust;
use crate::session::FileStanding;
use crate::wording::date_long;

/// Draws the banners there are.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    file_ui(ui, context, actions);
    let latest = match context.snapshot.clock_trust {
        ClockTrust::Trusted => return,
        ClockTrust::BehindFile { latest } | ClockTrust::FarAhead { latest } => latest,
    };
    let wall_day = date_long(context.wall_day);
    let text = format!(
        "По часам компьютера сегодня {wall_day}, а последняя запись в файле сделана {}. Пока дата не подтверждена, \
         сроки считаются от дня последней записи.",
        date_long(latest)
    );
    let confirm = format!("Да, сегодня {wall_day}");
    let callout = Callout::attention("Верна ли дата на компьютере?", &text);
    let buttons = [confirm.as_str()];
    let callout = if context.file.read_only { callout } else { callout.buttons(&buttons) };
    if callout.show(ui) == Some(CalloutAction::Button(0)) {
        actions.push(confirm_day(context));
    }
}

/// What is wrong with the file, its place, its password or its backups.
fn file_ui(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    let safe = context.safe;
    let mut leads_to_settings = |ui: &mut Ui, callout: Callout<'_>, button: &str| {
        if callout.buttons(&[button]).show(ui).is_some() {
            actions.push(Action::Go(Destination::FileSettings));
        }
    };
    if safe.is_damaged {
        let text = "При проверке в нём нашлись повреждения, поэтому он открыт только для чтения. Восстановите файл из \
                    копии; нынешний останется рядом под другим именем.";
        leads_to_settings(ui, Callout::danger("Файл повреждён", text), "Резервные копии");
    } else if let Some(words) = safe.standing.as_ref().and_then(FileStanding::words) {
        let title = if context.file.read_only {
            "Файл открыт только для чтения"
        } else {
            "Где лежит файл"
        };
        Callout::attention(title, &words).show(ui);
    }
    if !context.file.encrypted && !safe.is_sample && !context.file.read_only {
        let text = "Кто получит файл, тот прочтёт имена детей и ссылки в их чаты.";
        leads_to_settings(ui, Callout::attention("Файл без пароля", text), "Задать пароль");
    }
    if let Some(problem) = safe.backups.as_ref().and_then(|backups| backups.problem) {
        let text = problem.to_string();
        leads_to_settings(ui, Callout::attention("Нет свежей резервной копии", &text), "Настройки копий");
    }
}

/// The true date is a fact of the file: confirming it is an entry of the journal.
fn confirm_day(context: &ScreenContext<'_>) -> Action {
    let seen = context.register().settings().clone();
    let wanted = Settings { id: SettingsId(1), confirmed_day: Some(context.wall_day), ..seen.clone() };
    Action::execute(Operation::Edit { seen: seen.into(), wanted: wanted.into() }, "Дата подтверждена")
}
