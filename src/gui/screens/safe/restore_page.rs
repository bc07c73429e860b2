//! What restoring a backup would change, then the one button that does it.

use crate::names::capitalized;
use std::path::PathBuf;

use egui::{Key, Modifiers, Ui, vec2};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use zeroize::Zeroizing;

use super::middle_column_ui;
use crate::gui::safe_actions::SafeAction;
use crate::gui::theme::{Ink, Tone, space};
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::column_ui;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, icons};
use crate::session::{
    BackupFile, Discarded, KindDifference, RestoreDifference, RestorePreview, RestoreProblem, Restored,
    SecretText,
};
use crate::store::Key as FileKey;
use crate::wording::{counted, date_range, date_short, date_short_without_year, file_size, number};

const MOST_WIDTH: f32 = 820.0;
const NUMBER_WIDTH: f32 = 96.0;
/// Discarded entries that are named before «и ещё».
const ENTRIES_SHOWN: usize = 8;

/// The page.
pub struct RestorePage {
    pub file: PathBuf,
    pub backup: BackupFile,
    /// Of the backup, where it is another one than the file's.
    pub key: Option<FileKey>,
    /// `None`: it is still being read.
    pub preview: Option<Result<Box<RestorePreview>, String>>,
    /// It was asked for; the answer ends this page.
    pub restoring: bool,
    zone: TimeZone,
    asks_password: bool,
    password: Zeroizing<String>,
}

/// What a restore did, in sentences.
pub struct RestoreNotice {
    pub lines: Vec<String>,
}

impl RestorePage {
    /// A page that waits for its preview.
    pub fn new(file: PathBuf, backup: BackupFile, key: Option<FileKey>, zone: TimeZone) -> RestorePage {
        RestorePage {
            file,
            backup,
            key,
            preview: None,
            restoring: false,
            zone,
            asks_password: false,
            password: Zeroizing::default(),
        }
    }

    /// What would change, or why it cannot be restored.
    pub fn take(&mut self, preview: Result<Box<RestorePreview>, RestoreProblem>) {
        self.asks_password = matches!(preview, Err(RestoreProblem::OtherKey));
        self.preview = Some(preview.map_err(|problem| problem.to_string()));
    }

    /// What is said afterwards.
    pub fn notice(&self, restored: &Restored) -> RestoreNotice {
        let mut lines = vec![format!("Файл вернулся к состоянию на {}.", moment_words(self.backup.made_at))];
        if let Some(discarded) = &restored.discarded {
            lines.push(format!(
                "Отброшено: {}. Это записано в журнале, запись № {}.",
                discarded_words(discarded),
                restored.entry
            ));
        } else {
            lines.push(format!("В журнале об этом запись № {}.", restored.entry));
        }
        if let Some(kept) = &restored.kept_as {
            let name = kept.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let folder = kept.parent().map_or_else(String::new, |folder| folder.display().to_string());
            lines.push(format!("Прежний файл цел и лежит рядом: «{name}» в папке «{folder}»."));
        }
        RestoreNotice { lines }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let made_at = self.backup.made_at;
        let subtitle = format!(
            "Копия от {}, {} · {}",
            date_short(made_at.date()),
            made_at.strftime("%H:%M"),
            file_size(self.backup.size)
        );
        page::header_ui(ui, "Восстановление из копии", &subtitle, |_| {});
        let restore = format!("Восстановить состояние на {}", moment_words(made_at));
        let reason = self.reason_against();
        page::foot_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.x = space::MEDIUM;
            let button = Button::danger_solid(&restore).icon(icons::ARROW_COUNTER_CLOCKWISE);
            if ui.add(button.disabled_because(reason)).clicked() {
                actions.push(Action::Safe(SafeAction::Restore));
            }
            let cancel =
                Button::outlined("Отмена").key("Esc").disabled_because(self.restoring.then_some("Уже идёт"));
            let escaped = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            if ui.add(cancel).clicked() || (escaped && !self.restoring) {
                actions.push(Action::Safe(SafeAction::LeaveRestore));
            }
        });
        middle_column_ui(ui, "restore", MOST_WIDTH, |ui| self.body_ui(ui, actions));
    }

    fn reason_against(&self) -> Option<&'static str> {
        match &self.preview {
            _ if self.restoring => Some("Восстанавливаю…"),
            None => Some("Копия ещё читается"),
            Some(Err(_)) => Some("Эту копию восстановить нельзя"),
            Some(Ok(preview)) => {
                let same = preview
                    .against
                    .as_ref()
                    .is_some_and(|difference| difference.discarded.is_none() && difference.brought_back == 0);
                same.then_some("Файл и так такой, как в копии")
            }
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        match &self.preview {
            None => {
                card_ui(ui, 24, |ui| {
                    label::icon_line_ui(
                        ui,
                        icons::HOURGLASS_MEDIUM,
                        Tone::Accent,
                        &[Run::body("Читаю и проверяю копию…")],
                    );
                });
            }
            Some(Err(problem)) => {
                Callout::danger("", problem).show(ui);
                if self.asks_password {
                    self.password_ui(ui, actions);
                }
            }
            Some(Ok(preview)) => match &preview.against {
                Some(difference) => self.difference_ui(ui, difference),
                None => {
                    let text = "Нынешний файл не читается, сравнить с ним нельзя. После восстановления в файле будет \
                                всё, что есть в копии, и ничего из сделанного позже.";
                    Callout::attention("", text).show(ui);
                    card_ui(ui, 24, |ui| copy_ui(ui, preview));
                }
            },
        }
        let text = "Нынешний файл не пропадёт: он останется в той же папке под другим именем. О восстановлении будет \
                    запись в журнале.";
        Callout::neutral("", text).show(ui);
    }

    fn password_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        card_ui(ui, 24, |ui| {
            ui.spacing_mut().item_spacing.y = space::MEDIUM;
            let field = TextField::new("Пароль, который был у файла тогда", &mut self.password);
            let field = field.password(true).width(320.0).show(ui);
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let empty = self.password.is_empty().then_some("Сначала введите пароль");
            let button = Button::outlined("Прочитать копию").icon(icons::KEY).disabled_because(empty);
            let pressed = ui.add(button).clicked();
            if empty.is_none() && (pressed || entered) {
                let password = SecretText::new(std::mem::take(&mut *self.password));
                actions.push(Action::Safe(SafeAction::PrepareRestore { password }));
            }
        });
    }

    fn difference_ui(&self, ui: &mut Ui, difference: &RestoreDifference) {
        card_ui(ui, 24, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::SMALL, 10.0);
            label::lead_ui(ui, "Что изменится");
            match &difference.discarded {
                Some(discarded) => {
                    let words = format!("Будет отброшено: {}", discarded_words(discarded));
                    let run = Run::body(&words).medium().tone(Tone::Danger);
                    label::icon_line_ui(ui, icons::WARNING_CIRCLE, Tone::Danger, &[run]);
                }
                None => {
                    let words = "После этой копии в журнал ничего не записано: отбрасывать нечего";
                    label::icon_line_ui(ui, icons::CHECK_CIRCLE, Tone::Good, &[Run::body(words)]);
                }
            }
            if difference.brought_back > 0 {
                let count = counted(difference.brought_back, "запись", "записи", "записей");
                let words = format!("Вернётся из копии: {count} журнала");
                let run = Run::body(&words).medium();
                label::icon_line_ui(ui, icons::ARROW_COUNTER_CLOCKWISE, Tone::Good, &[run]);
            }
            if !difference.kinds.is_empty() {
                ui.add_space(4.0);
                kinds_ui(ui, &difference.kinds);
            }
        });
        if difference.discarded.is_some() && !difference.newest_discarded.is_empty() {
            card_ui(ui, 24, |ui| self.entries_ui(ui, difference));
        }
    }

    fn entries_ui(&self, ui: &mut Ui, difference: &RestoreDifference) {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, space::SMALL);
        label::lead_ui(ui, "Что отбрасывается, начиная с последнего");
        for entry in difference.newest_discarded.iter().take(ENTRIES_SHOWN) {
            let at = entry.at.to_zoned(self.zone.clone()).datetime();
            let moment = format!("{}  ", moment_words(at));
            label::rich_ui(ui, &[Run::body(&moment).secondary(), Run::body(&entry.sentence)]);
        }
        let total = difference.discarded.map_or(0, |discarded| discarded.count);
        let left = total.saturating_sub(ENTRIES_SHOWN as u64);
        if left > 0 {
            let left = format!("И ещё {}", counted(left, "запись", "записи", "записей"));
            label::secondary_ui(ui, &left);
        }
    }
}

fn copy_ui(ui: &mut Ui, preview: &RestorePreview) {
    let entries = counted(preview.details.revision, "запись", "записи", "записей");
    let last = preview
        .details
        .last_entry
        .map_or_else(String::new, |(_, day)| format!(", последняя от {}", date_short(day)));
    let words = format!("Копия проверена: в журнале {entries}{last}");
    label::icon_line_ui(ui, icons::SHIELD_CHECK, Tone::Good, &[Run::body(&words)]);
}

/// Kind by kind: how many vanish, come back, change.
fn kinds_ui(ui: &mut Ui, kinds: &[KindDifference]) {
    let name_width = (ui.available_width() - 3.0 * (NUMBER_WIDTH + space::SMALL)).max(120.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    let row = |ui: &mut Ui, name: &str, cells: [(String, Ink); 3]| {
        ui.horizontal_top(|ui| {
            column_ui(ui, name_width, |ui| label::line_ui(ui, &[Run::body(name)]));
            for (text, ink) in &cells {
                column_ui(ui, NUMBER_WIDTH, |ui| label::line_ui(ui, &[Run::body(text).ink(*ink)]));
            }
        });
    };
    let head = |word: &str| (word.to_owned(), Ink::Secondary);
    row(ui, "", [head("исчезнет"), head("вернётся"), head("изменится")]);
    for kind in kinds {
        divider_ui(ui, 7.0);
        let cell = |count: u64, sign: &str, tone: Tone| match count {
            0 => ("—".to_owned(), Ink::Secondary),
            count => (format!("{sign}{}", number(count)), Ink::Tone(tone)),
        };
        let cells = [
            cell(kind.vanish, "−", Tone::Danger),
            cell(kind.return_, "+", Tone::Good),
            cell(kind.change, "", Tone::Attention),
        ];
        row(ui, &capitalized(kind.title), cells);
    }
}

/// «14 записей журнала, № 120–133, 10–12 окт 2026».
fn discarded_words(discarded: &Discarded) -> String {
    let count = counted(discarded.count, "запись", "записи", "записей");
    let numbers = if discarded.from == discarded.to {
        format!("№ {}", discarded.from)
    } else {
        format!("№ {}–{}", discarded.from, discarded.to)
    };
    format!("{count} журнала, {numbers}, {}", date_range(discarded.first_day, discarded.last_day))
}

/// «12 окт 14:02».
fn moment_words(at: DateTime) -> String {
    format!("{} {}", date_short_without_year(at.date()), at.strftime("%H:%M"))
}
