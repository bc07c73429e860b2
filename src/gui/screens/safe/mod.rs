//! What stands over all rooms for the safety of the file: the recovery code, damage, restoring a backup.

mod backup_list;
mod banner;
mod code_page;
mod damage_page;
mod password_form;
mod restore_page;

use egui::Ui;

pub use self::backup_list::BackupListing;
pub use self::banner::show as banner_ui;
pub use self::code_page::CodePage;
pub use self::damage_page::DamagePage;
pub use self::password_form::PasswordForm;
pub use self::restore_page::{RestoreNotice, RestorePage};
use crate::gui::safe_actions::SafeAction;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::label;
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::{Action, theme::space};
use crate::session::{BackupState, CodeState, FileStanding};
use crate::store::Key;

/// What the next refusal of the worker answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Create,
    Set,
    /// A recovery code on the start page.
    Code,
    Show,
    Groups,
    Page,
}

/// What the window knows about the safety of the file.
#[derive(Default)]
pub struct SafeState {
    /// `None` until a file is open.
    pub code_state: Option<CodeState>,
    pub standing: Option<FileStanding>,
    /// The demonstration school: neither password nor automatic backups.
    pub is_sample: bool,
    /// A check of all pages found damage.
    pub is_damaged: bool,
    pub backups: Option<BackupState>,
    /// «14:02», the newest backup of this session; empty before it.
    pub made_at: String,
    pub list: Option<BackupListing>,
    /// The page of the code, while it is open.
    pub code: Option<CodePage>,
    /// What restoring a backup would change, while that is open.
    pub restore: Option<RestorePage>,
    /// A damaged file and the backup that is offered, while that is open.
    pub damage: Option<DamagePage>,
    /// What a restore did, until it was read.
    pub notice: Option<RestoreNotice>,
    /// What was asked of the worker and is not answered yet.
    pub asked: Option<Asked>,
    /// Why the last thing asked was refused.
    pub problem: Option<String>,
    /// Until this moment of egui's clock no password is tried.
    pub may_try_at: f64,
    /// The entry at which the last backup before something big was asked for.
    pub backed_up_revision: Option<u64>,
    /// «Создать сейчас» was pressed: say what came of it.
    pub asked_for_backup: bool,
    /// The key that the file was last tried with: its backups have the same.
    pub tried_key: Option<Key>,
}

impl SafeState {
    /// Whether a page of this room fills the window instead of the rooms.
    pub fn fills_window(&self) -> bool {
        self.code.is_some() || self.restore.is_some() || self.damage.is_some()
    }

    /// The newest copy, for the status line: «копия сделана в 14:02».
    pub fn backup_words(&self) -> String {
        if self.made_at.is_empty() {
            String::new()
        } else {
            format!("копия сделана в {}", self.made_at)
        }
    }
}

/// Draws the page that fills the window. `opening`: a restore is under way or the file is being opened.
pub fn show(ui: &mut Ui, read_only: bool, state: &mut SafeState, actions: &mut Vec<Action>) {
    let waits = state.asked.is_some();
    let problem = state.problem.clone();
    if let Some(page) = &mut state.code {
        page.show(ui, &code_page::Surroundings { problem: problem.as_deref(), waits, read_only }, actions);
    } else if let Some(page) = &mut state.restore {
        page.show(ui, actions);
    } else if let Some(page) = &state.damage {
        page.show(ui, actions);
    }
}

/// What a restore did, in a window of its own: it waits until it was read.
pub fn notice_ui(ui: &Ui, notice: &RestoreNotice, actions: &mut Vec<Action>) {
    let (answer, ()) = Dialog::new("restored", "Файл восстановлен")
        .width(560.0)
        .confirm("Понятно")
        .cancel("Закрыть")
        .show(ui.ctx(), |ui| {
            for line in &notice.lines {
                label::body_ui(ui, line);
            }
        });
    if answer != DialogAnswer::Open {
        actions.push(Action::Safe(SafeAction::CloseNotice));
    }
}

/// A column in the middle of the window, as wide as reading allows.
fn middle_column_ui<R>(ui: &mut Ui, salt: &str, most: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    scroll_page_ui(ui, salt, |ui| {
        let width = ui.available_width().min(most);
        let side = ((ui.available_width() - width) / 2.0).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(side);
            column_ui(ui, width, |ui| {
                ui.spacing_mut().item_spacing = egui::vec2(space::SMALL, space::LARGE);
                contents(ui)
            })
        })
        .inner
    })
}

/// «Следующая попытка через 8 с», while a wrong password makes the next one wait; asks for the next frame itself.
pub fn waiting_words(ui: &Ui, may_try_at: f64) -> Option<String> {
    let left = may_try_at - ui.input(|input| input.time);
    if left <= 0.0 {
        return None;
    }
    let to_next_second = left - (left.ceil() - 1.0);
    ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(to_next_second.max(0.02)));
    Some(format!("Следующая попытка через {} с", left.ceil()))
}
