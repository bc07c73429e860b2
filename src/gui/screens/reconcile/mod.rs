//! Сверка: what a chat or the cabinet really shows, beside what the roster says; the summary of the classes;
//! the requests and the steps to be done in the cabinet.

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
mod summary;
mod summary_columns;
mod summary_paste;
mod tasks;
mod words;

use egui::Ui;

use self::choose::ChooseState;
use self::done::Finished;
use self::pairing::Pairing;
use self::requests::RequestsState;
use self::summary::SummaryState;
use self::tasks::TasksState;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::page;
use crate::gui::{Action, ScreenContext};
use crate::register::GroupId;
use crate::session::{Executed, ReconciliationOutcome, ReconciliationRequest, Snapshot};

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
        self.mode = Mode::Compare;
        self.pairing = None;
        self.done = None;
        self.choose.choose_group(Some(group));
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

    /// Takes the text of a file that was dropped or chosen.
    pub fn take_text(&mut self, text: String) {
        self.mode = Mode::Compare;
        self.pairing = None;
        self.done = None;
        self.choose.put_text(text);
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
    match state.mode {
        Mode::Summary => summary::show(ui, context, &mut state.summary, &mut state.mode, actions),
        Mode::Requests => requests::show(ui, context, &mut state.requests, &mut state.mode, actions),
        Mode::Tasks => tasks::show(ui, context, &mut state.tasks, &mut state.mode, actions),
        Mode::Compare if state.done.is_some() => done::show(ui, context, state, actions),
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
