//! What stands above the tasks when something is wrong with the day or with the file.

use egui::Ui;

use crate::gui::widgets::callout::{Callout, CalloutAction};
use crate::gui::{Action, ScreenContext};
use crate::register::{Operation, Settings, SettingsId};
use crate::regulation::ClockTrust;
use crate::wording::date_long;

/// Draws the banners there are.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    if context.file.read_only {
        let text =
            "Изменения в нём не сохранятся. Чтобы вести учёт, скопируйте файл туда, где есть право записи.";
        Callout::attention("Файл открыт только для чтения", text).show(ui);
    }
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

/// The true date is a fact of the file: confirming it is an entry of the journal.
fn confirm_day(context: &ScreenContext<'_>) -> Action {
    let seen = context.register().settings().clone();
    let wanted = Settings { id: SettingsId(1), confirmed_day: Some(context.wall_day), ..seen.clone() };
    Action::execute(Operation::Edit { seen: seen.into(), wanted: wanted.into() }, "Дата подтверждена")
}
