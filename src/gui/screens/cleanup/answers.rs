//! The answers: what each key does, and that the next link follows at once.

use egui::{Event, Key, Ui};
use jiff::ToSpan;

use super::progress::Outcome;
use super::{CleanupState, give as give_answer, leave, strip};
use crate::gui::screens::links::words::{self, day_words, links_accusative, links_done, reason_of};
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::label;
use crate::gui::widgets::shortcut::consume_bare_key;
use crate::gui::{Action, ScreenContext};
use crate::names::InviteAddress;
use crate::register::{Delegation, Invite, InviteId, Operation, PersonId, Target};

/// What somebody answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    Revoked,
    Defer,
    Failed,
    Delegate,
    Copy,
}

/// Bare keys by their place on the keyboard, so that they work on a Russian layout.
pub(super) fn keys(
    ui: &Ui,
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    actions: &mut Vec<Action>,
) {
    let ctx = ui.ctx();
    // Escape has taken the focus away from the field already when it is seen here.
    let leaves_field = std::mem::take(&mut state.successor_had_focus);
    if consume_bare_key(ctx, Key::Escape) {
        if state.failing.take().is_some() || leaves_field {
            return;
        }
        if state.strip.is_some() {
            strip::widen(ctx, state);
        } else {
            leave(state, actions);
        }
        return;
    }
    if state.failing.is_some() {
        return;
    }
    for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
        if consume_bare_key(ctx, key) {
            state.step(step);
        }
    }
    let answers = [
        (Key::Num1, Given::Revoked),
        (Key::Num2, Given::Defer),
        (Key::Num3, Given::Failed),
        (Key::Num4, Given::Delegate),
        (Key::C, Given::Copy),
    ];
    for (key, given) in answers {
        if consume_bare_key(ctx, key) {
            // The letter itself must not end up in the field that opens now.
            ctx.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Text(_))));
            give_answer(context, state, given, actions);
        }
    }
}

impl CleanupState {
    /// One link up or down the list; from the page «Готово» into the list.
    pub(super) fn step(&mut self, step: isize) {
        let count = self.progress.items.len();
        let place = self.current.and_then(|current| self.progress.place_of(current));
        let target = match place {
            Some(place) => place.saturating_add_signed(step).min(count.saturating_sub(1)),
            None if step < 0 => count.saturating_sub(1),
            None => 0,
        };
        let id = self.progress.items.get(target).map(|item| item.id);
        self.go_to(id);
    }
}

/// Does what was answered and goes on to the next link.
pub(super) fn give(
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    given: Given,
    actions: &mut Vec<Action>,
) {
    let Some(invite) = state.current.and_then(|id| context.register().invite(id)).cloned() else { return };
    if given == Given::Copy {
        actions.push(Action::CopyInvite(invite.id));
        return;
    }
    if state.is_pending(context) || invite.revocation.is_some() {
        return;
    }
    match given {
        Given::Failed => state.failing = Some(String::new()),
        Given::Revoked => revoke(context, state, &invite, actions),
        Given::Defer => {
            let days = i64::from(context.register().settings().defer_days.max(1));
            let until = context.today.saturating_add(days.days());
            let operation =
                Operation::DeferInvites { seen: vec![invite.clone()], until, reason: String::new() };
            let words = format!("отложена до {}", day_words(until, context.today));
            execute(context, state, &invite, operation, &words, actions);
        }
        Given::Delegate => match teacher(context, &invite) {
            Some(to) => {
                let delegation = Delegation { on: context.today, to: Some(to) };
                let operation = Operation::DelegateInvites { seen: vec![invite.clone()], delegation };
                let words = format!("поручена, {}", words::short_name(context.register(), to));
                execute(context, state, &invite, operation, &words, actions);
            }
            None => actions.push(Action::Say("Поручить некому: учитель не назначен".into())),
        },
        Given::Copy => {}
    }
}

fn revoke(
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    invite: &std::sync::Arc<Invite>,
    actions: &mut Vec<Action>,
) {
    let successor = match state.successor.trim() {
        "" => None,
        text => match InviteAddress::parse(text) {
            Ok((address, _)) => Some(address),
            // What is wrong stands under the field.
            Err(_) => return,
        },
    };
    let flags = context.snapshot.invites.get(invite.id).map_or(&[][..], |row| &row.flags);
    let operation = Operation::RevokeInvites {
        seen: vec![invite.clone()],
        on: context.today,
        reason: reason_of(flags),
        successor,
    };
    execute(context, state, invite, operation, "аннулирована", actions);
}

/// Records why it did not work; an empty reason is not taken.
pub(super) fn fail(
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    why: &str,
    actions: &mut Vec<Action>,
) {
    let Some(invite) = state.current.and_then(|id| context.register().invite(id)).cloned() else { return };
    let operation =
        Operation::FailInvites { seen: vec![invite.clone()], on: context.today, why: why.to_owned() };
    execute(context, state, &invite, operation, "не удалось, записано", actions);
}

fn execute(
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    invite: &Invite,
    operation: Operation,
    done: &str,
    actions: &mut Vec<Action>,
) {
    let title = context.snapshot.invites.get(invite.id).map_or("", |row| row.target_title.as_str());
    actions.push(Action::execute(operation, format!("{title}: {done}")));
    let next = state.progress.next_open(state.progress.place_of(invite.id));
    state.go_to(next);
    state.pending = Some((invite.id, context.register().revision));
}

/// Who can be asked: only links of groups and chats have a teacher.
pub(super) fn teacher(context: &ScreenContext<'_>, invite: &Invite) -> Option<PersonId> {
    match invite.target {
        Target::Organization => None,
        Target::Group(_) | Target::Chat(_) => words::teacher_of(context.register(), invite, context.today),
    }
}

/// «Отметить все 3 ссылки 7Б»: asked once, since one key press answers for several links.
pub(super) fn group_dialog_ui(
    ui: &Ui,
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    actions: &mut Vec<Action>,
) {
    let Some(current) = state.current.filter(|_| state.confirms_group) else { return };
    let ids = state.progress.open_of_group(current);
    let label = context.snapshot.invites.get(current).map_or("", |row| row.group_label.as_str());
    let title = format!("Аннулированы все {}: {label}?", words::links_counted(ids.len()));
    let confirm = format!("Аннулировать {}", links_accusative(ids.len()));
    let names: Vec<String> =
        ids.iter().filter_map(|id| context.snapshot.invites.get(*id)).map(words::subject).collect();
    let (answer, ()) = Dialog::new("cleanup group", &title).confirm_danger(&confirm).show(ui.ctx(), |ui| {
        let text = "Запишем сегодняшним днём, что вы аннулировали их в кабинете. Сама программа ссылки не \
                    отключает.";
        label::body_ui(ui, text);
        label::body_ui(ui, &words::listed(&names, 12));
    });
    if answer == DialogAnswer::Open {
        return;
    }
    state.confirms_group = false;
    if answer == DialogAnswer::Confirmed {
        revoke_all(context, state, &ids, label, actions);
    }
}

fn revoke_all(
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    ids: &[InviteId],
    label: &str,
    actions: &mut Vec<Action>,
) {
    let seen: Vec<_> = ids.iter().filter_map(|id| context.register().invite(*id).cloned()).collect();
    let rows = ids.iter().filter_map(|id| context.snapshot.invites.get(*id));
    let mut reasons: Vec<String> = rows.map(|row| reason_of(&row.flags)).collect();
    reasons.sort();
    reasons.dedup();
    let done = format!("{}: {label}", links_done("Аннулирован", seen.len()));
    let operation =
        Operation::RevokeInvites { seen, on: context.today, reason: reasons.join(", "), successor: None };
    actions.push(Action::execute(operation, done));
    let open = |id: &&super::progress::Item| id.outcome == Outcome::Open && !ids.contains(&id.id);
    let last = ids.last().and_then(|id| state.progress.place_of(*id)).unwrap_or(0);
    let below = state.progress.items.iter().skip(last).find(open);
    let next = below.or_else(|| state.progress.items.iter().find(open)).map(|item| item.id);
    state.go_to(next);
}
