//! Разбор ссылок: one link fills the page, by keyboard alone (duty 2.3-9).

mod answers;
mod card;
mod done;
mod list;
mod progress;
mod strip;

use std::collections::BTreeSet;

use egui::{Event, Frame, Panel, Popup, Ui, Vec2};
use jiff::civil::Date;

use self::answers::Given;
use self::progress::{Kept, Outcome, Progress};
use crate::gui::theme::Tokens;
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, Room, ScreenContext, icons};
use crate::register::InviteId;
use crate::regulation::links_by_danger;
use crate::session::Snapshot;

/// The key of the paused work in the file.
const WORKSPACE_KEY: &str = "cleanup";

/// State of the screen.
#[derive(Default)]
pub struct CleanupState {
    kept: Option<Kept>,
    current: Option<InviteId>,
    progress: Progress,
    made_for: Option<(u64, Date)>,
    /// What was done with at the last snapshot: a link that is open again was taken back.
    closed: BTreeSet<InviteId>,
    /// An answer on its way: the link and the revision it was given at.
    pending: Option<(InviteId, u64)>,
    /// The order is not in the file yet.
    unsaved: bool,
    /// Nothing can be kept in the file.
    is_read_only: bool,
    steps_are_open: bool,
    successor: String,
    successor_had_focus: bool,
    /// «Не удалось»: the reason as far as it is typed.
    failing: Option<String>,
    confirms_group: bool,
    scroll_to_current: bool,
    /// The window is a narrow strip; its size before.
    strip: Option<Vec2>,
}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut CleanupState, actions: &mut Vec<Action>) {
    state.refresh(context.snapshot);
    state.keep(context, actions);
    if !state.confirms_group && !Popup::is_any_open(ui.ctx()) {
        answers::keys(ui, context, state, actions);
        state.take_paste(ui);
    }
    if state.strip.is_some() {
        strip::show(ui, context, state, actions);
        return;
    }
    header_ui(ui, state, actions);
    if state.progress.items.is_empty() {
        let pressed = EmptyState::done("Разбирать нечего", "Сегодня нет ссылок, которые пора аннулировать")
            .button(Button::outlined("К ссылкам"))
            .show(ui);
        if pressed {
            leave(state, actions);
        }
        return;
    }
    let tokens = Tokens::of(ui);
    Panel::left("cleanup-list")
        .exact_size(list::WIDTH)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(tokens.surface))
        .show(ui, |ui| list::show(ui, state));
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, tokens.window);
    match state.current {
        Some(current) => card::show(ui, context, state, current, actions),
        None => done::show(ui, context, state, actions),
    }
    answers::group_dialog_ui(ui, context, state, actions);
}

fn header_ui(ui: &mut Ui, state: &mut CleanupState, actions: &mut Vec<Action>) {
    let line = "Откройте кабинет рядом: здесь отмечаете то, что сделали там";
    page::header_ui(ui, "Разбор ссылок", line, |ui| {
        let strip = Button::outlined("Узкая полоса поверх окон").icon(icons::PICTURE_IN_PICTURE);
        if state.current.is_some() && ui.add(strip).clicked() {
            strip::narrow(ui.ctx(), state);
        }
        if ui.add(Button::outlined("Выйти").key("Esc")).clicked() {
            leave(state, actions);
        }
    });
}

/// Leaves; a finished cleanup is forgotten, an unfinished one waits in the file.
fn leave(state: &mut CleanupState, actions: &mut Vec<Action>) {
    if state.progress.left() == 0 {
        state.kept = None;
        if !state.is_read_only {
            actions.push(Action::KeepWorkspace { key: WORKSPACE_KEY, value: None });
        }
    }
    actions.push(Action::Go(Destination::Room(Room::Links)));
}

impl CleanupState {
    /// Begins (or resumes) a cleanup of these links; `None`: all that are flagged.
    pub fn begin(&mut self, snapshot: &Snapshot, only: Option<Vec<InviteId>>) {
        let paused = self.kept.take().filter(|_| only.is_none());
        let kept = match (paused, only) {
            (Some(mut kept), _) if progress::count_open(snapshot, &kept) > 0 => {
                let new = progress::flagged(snapshot).into_iter().filter(|id| !kept.order.contains(id));
                let all = kept.order.iter().copied().chain(new).collect();
                kept.order = if kept.by_danger { all } else { progress::in_cabinet_order(snapshot, all) };
                kept
            }
            (_, Some(only)) => Kept {
                begun_on: snapshot.today,
                chosen: true,
                by_danger: false,
                order: progress::in_cabinet_order(snapshot, only),
            },
            _ => Kept {
                begun_on: snapshot.today,
                chosen: false,
                by_danger: false,
                order: progress::flagged(snapshot),
            },
        };
        self.begin_with(snapshot, kept);
    }

    /// Begins a cleanup of every link that opens, the most dangerous first: the file got to strangers.
    pub fn begin_by_danger(&mut self, snapshot: &Snapshot) {
        let links = links_by_danger(&snapshot.register, snapshot.today);
        let order = links.into_iter().map(|(id, _)| id).collect();
        let kept = Kept { begun_on: snapshot.today, chosen: true, by_danger: true, order };
        self.begin_with(snapshot, kept);
    }

    fn begin_with(&mut self, snapshot: &Snapshot, kept: Kept) {
        let strip = self.strip;
        *self = Self { unsaved: true, scroll_to_current: true, kept: Some(kept), strip, ..Self::default() };
        self.refresh(snapshot);
        self.current = self.progress.next_open(None);
    }

    /// Takes what an earlier sitting left in the file; what cannot be read is forgotten.
    pub fn resume_from(&mut self, kept: &str) {
        self.kept = serde_json::from_str(kept).ok();
    }

    /// How many links an unfinished cleanup has left; 0: none is paused.
    pub fn left_to_do(&self, snapshot: &Snapshot) -> usize {
        self.kept.as_ref().map_or(0, |kept| progress::count_open(snapshot, kept))
    }

    /// The first day of this cleanup.
    fn begun_on(&self) -> Option<Date> {
        self.kept.as_ref().map(|kept| kept.begun_on)
    }

    /// Whether the window is the narrow strip now: nothing else is drawn then.
    pub fn is_strip(&self) -> bool {
        self.strip.is_some()
    }

    /// Undoes the narrow strip when something else is shown: a shortcut led away.
    pub fn give_window_back(&mut self, ctx: &egui::Context) {
        strip::widen(ctx, self);
    }

    fn refresh(&mut self, snapshot: &Snapshot) {
        if self.made_for == Some(snapshot.version()) {
            return;
        }
        let Some(kept) = &self.kept else { return };
        self.progress = Progress::of(snapshot, kept);
        self.made_for = Some(snapshot.version());
        self.pending = None;
        let is_open = |outcome| outcome == Outcome::Open;
        let reopened = self
            .progress
            .items
            .iter()
            .find(|item| is_open(item.outcome) && self.closed.contains(&item.id))
            .map(|item| item.id);
        if let Some(id) = reopened {
            self.go_to(Some(id));
        }
        self.closed =
            self.progress.items.iter().filter(|item| !is_open(item.outcome)).map(|item| item.id).collect();
        if self.current.is_some_and(|current| self.progress.place_of(current).is_none()) {
            self.current = self.progress.next_open(None);
        }
    }

    /// Puts the order into the file, once.
    fn keep(&mut self, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
        self.is_read_only = context.file.read_only;
        if !std::mem::take(&mut self.unsaved) || self.is_read_only {
            return;
        }
        if let Some(text) = self.kept.as_ref().and_then(|kept| serde_json::to_string(kept).ok()) {
            actions.push(Action::KeepWorkspace { key: WORKSPACE_KEY, value: Some(text) });
        }
    }

    fn go_to(&mut self, id: Option<InviteId>) {
        if self.current != id {
            self.current = id;
            self.successor.clear();
            self.failing = None;
        }
        self.scroll_to_current = true;
    }

    /// Whether the current link waits for the answer to be written.
    fn is_pending(&self, context: &ScreenContext<'_>) -> bool {
        self.pending
            .is_some_and(|(id, revision)| Some(id) == self.current && revision == context.register().revision)
    }

    /// Ctrl+V while nobody types: the new link that the cabinet gave for this chat.
    fn take_paste(&mut self, ui: &Ui) {
        if self.current.is_none() || ui.ctx().text_edit_focused() {
            return;
        }
        let mut pasted = None;
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Paste(text) => {
                    pasted = Some(text.trim().to_owned());
                    false
                }
                _ => true,
            });
        });
        if let Some(text) = pasted {
            self.successor = text;
        }
    }
}

/// The answer given by a key or a click.
fn give(context: &ScreenContext<'_>, state: &mut CleanupState, given: Given, actions: &mut Vec<Action>) {
    answers::give(context, state, given, actions);
}
