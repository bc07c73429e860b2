//! The backups of the open file: where they go, which there are, restoring one.

use egui::{Ui, vec2};

use super::NAME_WIDTH;
use crate::files::MediumKind;
use crate::gui::safe_actions::SafeAction;
use crate::gui::screens::safe::BackupListing;
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::Button;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::{both_ends_ui, named_value_ui};
use crate::gui::{Action, ScreenContext, icons};
use crate::session::{BackupFile, BackupState};
use crate::wording::{counted, date_short, file_size};

/// Rows that are shown before «Показать все».
const SHOWN: usize = 8;
const ROW: f32 = 36.0;

/// State of the card.
#[derive(Default)]
pub struct BackupSection {
    /// The list was asked for.
    is_listed: bool,
    shows_all: bool,
}

/// Draws the card.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut BackupSection, actions: &mut Vec<Action>) {
    if !state.is_listed {
        state.is_listed = true;
        actions.push(Action::Safe(SafeAction::ListBackups));
    }
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 10.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::lead_ui(ui, "Резервные копии");
            let when = "Делаются сами: при первом открытии за день, перед загрузкой списков и перед сменой пароля. Копия \
                        зашифрована так же, как файл, и считается сделанной, только когда программа её снова открыла.";
            label::caption_ui(ui, when);
        });
        if let Some(backups) = &context.safe.backups {
            state_ui(ui, context, backups);
        }
        ui.horizontal_wrapped(|ui| buttons_ui(ui, context, actions));
        if let Some(list) = &context.safe.list {
            list_ui(ui, context, list, state, actions);
        }
    });
}

fn state_ui(ui: &mut Ui, context: &ScreenContext<'_>, backups: &BackupState) {
    let folder = backups.place.folder.display().to_string();
    named_value_ui(ui, "Папка", NAME_WIDTH, &[Run::body(&folder)]);
    let newest = match &backups.newest {
        Some(newest) => {
            let behind = context.register().revision.saturating_sub(newest.details.revision);
            let behind = match behind {
                0 => "в ней всё, что есть в файле".to_owned(),
                count => format!("после неё {}", counted(count, "запись", "записи", "записей")),
            };
            format!("{}, {behind}", moment_words(&newest.file))
        }
        None => "ещё ни одной".to_owned(),
    };
    named_value_ui(ui, "Исправная копия", NAME_WIDTH, &[Run::body(&newest).medium()]);
    if let Some(problem) = &backups.problem {
        Callout::attention("", &problem.to_string()).show(ui);
    }
    if let MediumKind::CloudFolder(name) = &backups.medium {
        let text = format!("Эту папку копирует «{name}»: копии уходят в облако.");
        label::icon_line_ui(ui, icons::INFO, Tone::Neutral, &[Run::caption(&text)]);
    }
}

fn buttons_ui(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    let busy = context.safe.asked_for_backup.then_some("Копия делается");
    if ui.add(Button::outlined("Создать сейчас").icon(icons::PLUS).disabled_because(busy)).clicked()
    {
        actions.push(Action::Safe(SafeAction::BackUpNow));
    }
    if ui.add(Button::outlined("Выбрать папку…").icon(icons::FOLDER)).clicked() {
        actions.push(Action::Safe(SafeAction::ChooseBackupFolder));
    }
    let is_chosen = context.safe.backups.as_ref().is_some_and(|backups| backups.place.chosen);
    if is_chosen && ui.add(Button::ghost("Вернуть папку рядом с файлом")).clicked() {
        actions.push(Action::Safe(SafeAction::UseBackupFolder(None)));
    }
}

fn list_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    list: &BackupListing,
    state: &mut BackupSection,
    actions: &mut Vec<Action>,
) {
    // A folder that cannot be read is said above.
    let Ok(backups) = &list.backups else { return };
    if backups.is_empty() {
        label::secondary_ui(ui, "Копий этого файла в папке пока нет.");
        return;
    }
    let shown = if state.shows_all { backups.len() } else { SHOWN };
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for backup in backups.iter().take(shown) {
            divider_ui(ui, 0.0);
            row_ui(ui, context, list, backup, actions);
        }
    });
    if backups.len() > shown {
        let word = format!("Показать все ({})", backups.len());
        if ui.add(Button::ghost(&word).in_bar()).clicked() {
            state.shows_all = true;
        }
    }
}

fn row_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    list: &BackupListing,
    backup: &BackupFile,
    actions: &mut Vec<Action>,
) {
    let moment = moment_words(backup);
    let held = list.details.get(&backup.path).map(|details| match details {
        Ok(details) => {
            let last = details
                .last_entry
                .map_or_else(String::new, |(_, day)| format!(", последняя от {}", date_short(day)));
            format!("{}{last}", counted(details.revision, "запись", "записи", "записей"))
        }
        Err(problem) => problem.clone(),
    });
    let beside = held.clone().unwrap_or_else(|| file_size(backup.size));
    let (look_name, restore_name) =
        (format!("Что в копии от {moment}"), format!("Восстановить копию от {moment}"));
    let closed = context.file.read_only && !context.safe.is_damaged;
    let closed = closed.then_some("Файл открыт только для чтения");
    let words = |ui: &mut Ui| {
        label::line_ui(ui, &[Run::body(&moment), Run::body("   "), Run::caption(&beside)]);
    };
    both_ends_ui(ui, ROW, words, |ui| {
        let restore = Button::outlined("Восстановить…").in_bar().accessible_name(&restore_name);
        if ui.add(restore.disabled_because(closed)).clicked() {
            actions.push(Action::Safe(SafeAction::OpenRestore(backup.clone())));
        }
        let look = Button::ghost("Что в ней").in_bar().accessible_name(&look_name);
        if held.is_none() && ui.add(look).clicked() {
            actions.push(Action::Safe(SafeAction::GetBackupDetails(backup.path.clone())));
        }
    });
}

/// «12 окт 2026, 14:02».
fn moment_words(backup: &BackupFile) -> String {
    format!("{}, {}", date_short(backup.made_at.date()), backup.made_at.strftime("%H:%M"))
}
