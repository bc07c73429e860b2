//! The recovery code: shown large, written to a page for the safe, confirmed from that page. It is never put on the
//! clipboard: what is copied is kept by others.

use egui::{Ui, vec2};
use zeroize::Zeroizing;

use super::middle_column_ui;
use crate::gui::safe_actions::SafeAction;
use crate::gui::theme::{size, space};
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::{card_ui, inset_card_ui};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::column_ui;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, icons};
use crate::session::{BackupProblem, PasswordSet, RecoveryCode, ReplacedBackups, SecretText};
use crate::wording::counted;

const MOST_WIDTH: f32 = 920.0;
/// Least width of a group and the gap between two, in points.
const GROUP_WIDTH: f32 = 112.0;
const GAP: f32 = 8.0;
const FIELD_WIDTH: f32 = 140.0;

/// What becomes of the page around its own state.
pub(super) struct Surroundings<'a> {
    pub problem: Option<&'a str>,
    pub waits: bool,
    pub read_only: bool,
}

/// The page.
pub struct CodePage {
    /// `None`: only to be confirmed from paper.
    code: Option<RecoveryCode>,
    /// What a new password changes for the old code and for backups: a title and lines; no lines for a new file.
    news: (&'static str, Vec<String>),
    /// Whether it still has to be confirmed.
    waits_for_confirming: bool,
    /// The code is hidden and two groups are asked for.
    is_confirming: bool,
    /// Numbers of the groups asked for, once they are known.
    groups: Option<[usize; 2]>,
    answers: [Zeroizing<String>; 2],
    /// The page for the safe was written.
    pub is_saved: bool,
}

impl CodePage {
    /// A new code after a password was set.
    pub fn of_new(set: PasswordSet) -> CodePage {
        let news = news_of(&set);
        CodePage { code: Some(set.code), news, ..CodePage::to_confirm() }.showing()
    }

    /// The code of the file once more.
    pub fn shown_again(code: RecoveryCode, waits_for_confirming: bool) -> CodePage {
        CodePage { code: Some(code), waits_for_confirming, ..CodePage::to_confirm() }.showing()
    }

    /// Only the question for two groups.
    pub fn to_confirm() -> CodePage {
        CodePage {
            code: None,
            news: ("", Vec::new()),
            waits_for_confirming: true,
            is_confirming: true,
            groups: None,
            answers: Default::default(),
            is_saved: false,
        }
    }

    fn showing(self) -> CodePage {
        CodePage { is_confirming: false, ..self }
    }

    /// The groups that are asked for.
    pub fn ask(&mut self, numbers: [usize; 2]) {
        self.groups = Some(numbers);
        self.answers = Default::default();
    }

    pub(super) fn show(&mut self, ui: &mut Ui, around: &Surroundings<'_>, actions: &mut Vec<Action>) {
        let step = match (self.is_confirming, self.waits_for_confirming) {
            (true, _) => "Проверка: на листе должно стоять то же, что в программе",
            (false, true) => "Шаг 1 из 2: сохранить и распечатать лист · Шаг 2: проверить его",
            (false, false) => "Подтверждён: лист уже проверен",
        };
        page::header_ui(ui, "Код восстановления", step, |_| {});
        middle_column_ui(ui, "recovery-code", MOST_WIDTH, |ui| {
            if self.is_confirming {
                self.confirm_ui(ui, around, actions);
            } else {
                self.code_ui(ui, around, actions);
            }
        });
    }

    fn code_ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, actions: &mut Vec<Action>) {
        let Some(code) = self.code.clone() else { return };
        let (title, news) = &self.news;
        if !news.is_empty() {
            Callout::attention(title, &news.join("\n")).show(ui);
        }
        card_ui(ui, 24, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::SMALL, space::MEDIUM);
            label::lead_ui(ui, "Единственный запасной ключ от файла");
            let why = "Если пароль забудут, файл откроет только этот код. Другого способа нет ни у программы, ни у её \
                       авторов. Сохраните страницу, распечатайте и отдайте руководителю: лист хранится в сейфе \
                       отдельно от компьютера. Сам документ после печати удалите.";
            label::body_ui(ui, why);
            ui.add_space(4.0);
            groups_ui(ui, &code);
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| self.code_buttons_ui(ui, &code, around, actions));
        });
        let note = "Код нельзя скопировать: всё, что попадает в буфер обмена, могут прочитать другие программы. Не \
                    фотографируйте его и не пересылайте в сообщениях.";
        Callout::neutral("", note).show(ui);
    }

    fn code_buttons_ui(
        &mut self,
        ui: &mut Ui,
        code: &RecoveryCode,
        around: &Surroundings<'_>,
        actions: &mut Vec<Action>,
    ) {
        let saves_first = self.waits_for_confirming && !self.is_saved;
        let save = "Сохранить страницу для сейфа…";
        let save = if saves_first { Button::primary(save) } else { Button::outlined(save) };
        let busy = around.waits.then_some("Подождите: идёт запись");
        if ui.add(save.icon(icons::FLOPPY_DISK).disabled_because(busy)).clicked() {
            actions.push(Action::Safe(SafeAction::ChooseCodePage(code.clone())));
        }
        if !self.waits_for_confirming {
            if ui.add(Button::primary("Готово").icon(icons::CHECK)).clicked() {
                actions.push(Action::Safe(SafeAction::LeaveCode));
            }
            return;
        }
        let closed = around.read_only.then_some("Файл открыт только для чтения");
        let next = "Проверить лист";
        let next = if saves_first { Button::outlined(next) } else { Button::primary(next) };
        if ui.add(next.icon(icons::ARROW_RIGHT).disabled_because(closed)).clicked() {
            self.is_confirming = true;
        }
        later_ui(ui, actions);
    }

    fn confirm_ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, actions: &mut Vec<Action>) {
        card_ui(ui, 24, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::SMALL, space::MEDIUM);
            label::lead_ui(ui, "Введите две группы с распечатанного листа");
            let why = "Так видно, что лист есть, читается и относится к этому файлу. Группы на листе пронумерованы, \
                       большие и маленькие буквы не различаются.";
            label::body_ui(ui, why);
            let Some(numbers) = self.groups else { return };
            let mut entered = false;
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::LARGE;
                for (place, number) in numbers.into_iter().enumerate() {
                    let label = format!("Группа {number}");
                    let field = TextField::new(&label, &mut self.answers[place]).hint("4 знака");
                    let field = field.width(FIELD_WIDTH).show(ui);
                    entered |= place == 1
                        && field.lost_focus()
                        && ui.input(|input| input.key_pressed(egui::Key::Enter));
                }
            });
            if let Some(problem) = around.problem {
                Callout::danger("", problem).show(ui);
            }
            let missing = if around.waits {
                Some("Подождите: идёт проверка")
            } else if self.answers.iter().any(|answer| answer.trim().is_empty()) {
                Some("Введите обе группы")
            } else {
                None
            };
            ui.horizontal_wrapped(|ui| {
                let confirm = Button::primary("Подтвердить").icon(icons::CHECK).disabled_because(missing);
                let pressed = ui.add(confirm).clicked();
                if missing.is_none() && (pressed || entered) {
                    let answers = [&self.answers[0], &self.answers[1]]
                        .map(|answer| SecretText::new(answer.to_string()));
                    actions.push(Action::Safe(SafeAction::ConfirmCode { answers }));
                }
                if self.code.is_some() && ui.add(Button::outlined("Показать код")).clicked() {
                    self.is_confirming = false;
                }
                later_ui(ui, actions);
            });
        });
        if self.code.is_none() {
            let note = "Листа нет или он потерян? Нажмите «Подтвердить завтра» и откройте «Настройки», «Файл и \
                        безопасность»: по паролю код можно показать и распечатать ещё раз.";
            Callout::neutral("", note).show(ui);
        }
    }
}

fn later_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    let tooltip = "До тех пор на каждом экране будет напоминание";
    if ui.add(Button::ghost("Подтвердить завтра").tooltip(tooltip)).clicked() {
        actions.push(Action::Safe(SafeAction::LeaveCode));
    }
}

/// Numbered groups in rows of as many as there is room for: 7, or fewer.
fn groups_ui(ui: &mut Ui, code: &RecoveryCode) {
    let room = ui.available_width();
    let fits = ((room + GAP) / (GROUP_WIDTH + GAP)).floor().clamp(2.0, 7.0);
    let width = ((room - GAP * (fits - 1.0)) / fits).floor();
    let groups = code.groups();
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    for (row, chunk) in groups.chunks(fits as usize).enumerate() {
        ui.horizontal_top(|ui| {
            for (place, group) in chunk.iter().enumerate() {
                let number = row * fits as usize + place + 1;
                column_ui(ui, width, |ui| group_ui(ui, number, group));
            }
        });
    }
}

fn group_ui(ui: &mut Ui, number: usize, group: &str) {
    let name = Zeroizing::new(format!("Группа {number}: {group}"));
    inset_card_ui(ui, 10, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        label::line_ui(ui, &[Run::caption(&number.to_string())]);
        let response = label::line_ui(ui, &[Run::body(group).size(size::HERO).semibold()]);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, name.as_str()));
    });
}

/// What a new password means for the code and the backups of before.
fn news_of(set: &PasswordSet) -> (&'static str, Vec<String>) {
    let mut lines = Vec::new();
    let title = if set.replaces_code {
        "Прежний код больше не действует"
    } else {
        "Копии, сделанные без пароля"
    };
    if set.replaces_code {
        lines
            .push("Уничтожьте прежний лист: прежний пароль и прежний код этот файл уже не открывают.".into());
    }
    if let Ok(ReplacedBackups { removed, .. }) = &set.backups
        && *removed > 0
    {
        let removed = counted(*removed as u64, "прежняя копия", "прежние копии", "прежних копий");
        lines.push(format!("Убрано: {removed}. Вместо них сделана новая, под новым паролем."));
    }
    lines.extend(problem_of(&set.backups));
    (title, lines)
}

fn problem_of(backups: &Result<ReplacedBackups, BackupProblem>) -> Vec<String> {
    match backups {
        Ok(ReplacedBackups { left, .. }) if !left.is_empty() => {
            let count = counted(left.len() as u64, "копия", "копии", "копий");
            let names: Vec<String> = left
                .iter()
                .filter_map(|path| Some(format!("«{}»", path.file_name()?.to_string_lossy())))
                .collect();
            vec![format!(
                "Не убрано: {count} ({}). Удалите сами то, что больше не нужно.",
                crate::wording::list_of(&names, 4)
            )]
        }
        Ok(_) => Vec::new(),
        Err(problem) => {
            vec![format!("Прежние копии остались на месте, новым паролем они не закрыты. {problem}")]
        }
    }
}
