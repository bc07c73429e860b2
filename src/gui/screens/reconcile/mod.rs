//! Сверка: what a chat or the cabinet really shows, beside what the roster says; the summary of the classes;
//! the requests and the steps to be done in the cabinet.

mod by_eye;
mod cards;
mod choose;
mod done;
mod draft;
mod keys;
mod line_forms;
mod pairing;
mod pairs_page;
mod places;
mod requests;
mod restricted;
mod sheet_preview;
mod summary;
mod summary_columns;
mod summary_paste;
mod summary_sheets;
mod tasks;
mod words;

use std::sync::Arc;

use egui::{ColorImage, Ui};

use self::by_eye::ByEye;
use self::choose::ChooseState;
use self::done::Finished;
use self::pairing::Pairing;
use self::requests::RequestsState;
use self::sheet_preview::SheetPreview;
use self::summary::SummaryState;
use self::tasks::TasksState;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::page;
use crate::gui::{Action, ScreenContext};
use crate::names::Role;
use crate::register::{GroupId, Register, Target};
use crate::session::{Executed, ReadClassSheet, ReconciliationOutcome, ReconciliationRequest, Snapshot};

/// What the room shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Comparing a list.
    #[default]
    Compare,
    /// «Сводка классов».
    Summary,
    /// «Заявки».
    Requests,
    /// «Задачи для кабинета».
    Tasks,
}

impl Mode {
    const ALL: [Mode; 4] = [Mode::Compare, Mode::Summary, Mode::Requests, Mode::Tasks];
    const WORDS: [&'static str; 4] = ["Сверка списка", "Сводка классов", "Заявки", "Задачи для кабинета"];
}

/// State of the room.
#[derive(Default)]
pub struct ReconcileState {
    mode: Mode,
    choose: ChooseState,
    /// The comparison on screen.
    pairing: Option<Box<Pairing>>,
    /// The roster beside a picture of the list.
    by_eye: Option<Box<ByEye>>,
    /// The comparison that was handed over to be written.
    handed_over: Option<Finished>,
    done: Option<Finished>,
    summary: SummaryState,
    requests: RequestsState,
    tasks: TasksState,
}

impl ReconcileState {
    /// Opens the first page with this group chosen.
    pub fn open_group(&mut self, group: GroupId) {
        self.begin_again();
        self.choose.choose_group(Some(group));
    }

    /// Opens the first page with this place chosen.
    pub fn open_place(&mut self, register: &Register, target: Target, role: Role) {
        self.begin_again();
        self.choose.choose_place(register.group_of_target(target), target, role);
    }

    /// What the room shows.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Opens the summary of the classes.
    pub fn open_summary(&mut self) {
        self.mode = Mode::Summary;
    }

    /// Opens the requests.
    pub fn open_requests(&mut self) {
        self.mode = Mode::Requests;
    }

    /// Opens the click list for the cabinet.
    pub fn open_tasks(&mut self) {
        self.mode = Mode::Tasks;
    }

    /// What the job is to compare; `None` while nothing is chosen or pasted.
    pub fn request(&self) -> Option<ReconciliationRequest> {
        self.choose.request()
    }

    /// Whether the summary of the classes is on screen.
    pub fn shows_summary(&self) -> bool {
        self.mode == Mode::Summary
    }

    /// Takes a filled class sheet, to be looked at before it is recorded.
    pub fn take_class_sheet(&mut self, read: ReadClassSheet) {
        self.mode = Mode::Summary;
        self.summary.sheet = Some(SheetPreview::new(read));
    }

    /// Takes the text of a file that was dropped or chosen.
    pub fn take_text(&mut self, text: String) {
        self.begin_again();
        self.choose.put_text(text);
    }

    fn begin_again(&mut self) {
        self.mode = Mode::Compare;
        self.pairing = None;
        self.by_eye = None;
        self.done = None;
    }

    /// Puts a picture beside the roster of the place that is chosen.
    pub fn take_picture(&mut self, picture: Arc<ColorImage>, snapshot: &Snapshot) {
        if self.by_eye.is_none() {
            let Some(place) = self.choose.place().cloned() else { return };
            self.begin_again();
            self.by_eye = Some(Box::new(ByEye::of(&place, snapshot)));
        }
        if let Some(by_eye) = &mut self.by_eye {
            self.mode = Mode::Compare;
            by_eye.add(picture);
        }
    }

    /// Forgets pictures: the room was left. What was ticked beside them stays.
    pub fn forget_pictures(&mut self) {
        if let Some(by_eye) = &mut self.by_eye {
            by_eye.forget_pictures();
        }
        if self.by_eye.as_ref().is_some_and(|by_eye| by_eye.is_empty()) {
            self.by_eye = None;
        }
    }

    /// Takes what the job found.
    pub fn take_outcome(&mut self, outcome: ReconciliationOutcome, snapshot: &Snapshot, pasted_at: String) {
        match outcome {
            ReconciliationOutcome::Ready(prepared) => {
                self.done = None;
                self.pairing = Some(Box::new(Pairing::of(*prepared, snapshot, pasted_at)));
            }
            ReconciliationOutcome::NoNames => self.choose.say_no_names(),
            ReconciliationOutcome::Cancelled => {}
        }
    }

    /// A change was written: the page of the result follows the operation that made it.
    pub fn committed(&mut self, executed: &Executed) {
        if executed.code == "reconcile"
            && let Some(mut finished) = self.handed_over.take()
        {
            finished.entry = executed.entry;
            self.done = Some(finished);
            self.pairing = None;
            self.by_eye = None;
            self.choose.forget_text();
        } else if let (Some(done), Some(undone)) = (&mut self.done, executed.undoes) {
            if done.entry == Some(undone) {
                done.taken_back = true;
            } else if done.undone_by == Some(undone) {
                done.taken_back = false;
            }
            if done.entry == Some(undone) {
                done.undone_by = executed.entry;
            }
        }
    }

    /// The change was refused: what was answered stays on screen.
    pub fn refused(&mut self) {
        self.handed_over = None;
    }
}

/// Draws the room.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ReconcileState, actions: &mut Vec<Action>) {
    if state.mode != Mode::Compare {
        state.forget_pictures();
    }
    match state.mode {
        Mode::Summary => summary::show(ui, context, &mut state.summary, &mut state.mode, actions),
        Mode::Requests => requests::show(ui, context, &mut state.requests, &mut state.mode, actions),
        Mode::Tasks => tasks::show(ui, context, &mut state.tasks, &mut state.mode, actions),
        Mode::Compare if state.done.is_some() => done::show(ui, context, state, actions),
        Mode::Compare if state.by_eye.is_some() => by_eye::show(ui, context, state, actions),
        Mode::Compare if state.pairing.is_some() => pairs_page::show(ui, context, state, actions),
        Mode::Compare => choose::show(ui, context, state, actions),
    }
}

/// The bar that changes between the modes of the room.
fn mode_bar_ui<R>(ui: &mut Ui, mode: &mut Mode, right: impl FnOnce(&mut Ui) -> R) -> R {
    page::filter_bar_ui(ui, |ui| {
        ui.add_space(2.0);
        let mut chosen = Mode::ALL.iter().position(|known| known == mode).unwrap_or(0);
        if segmented_ui(ui, "Сверка", &mut chosen, &Mode::WORDS) {
            *mode = Mode::ALL[chosen];
        }
        page::trailing_ui(ui, "modes", right)
    })
}
