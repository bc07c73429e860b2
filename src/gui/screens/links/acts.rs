//! What can be done with links: the same acts from the bar, the menu, the card and the keyboard.

use std::sync::Arc;

use super::steps::{StepForm, StepKind};
use super::{LinkDialog, LinksState, words};
use crate::gui::{Action, Destination, LinksPage, ScreenContext};
use crate::register::{Invite, InviteId};
use crate::wording::counted;

/// An act on one or many links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkAct {
    Open,
    Copy,
    Observe,
    HandOver,
    Defer,
    Delegate,
    Expose,
    Revoke,
    Excel,
}

/// Does it, or opens the form it needs.
pub(super) fn perform(
    context: &ScreenContext<'_>,
    state: &mut LinksState,
    act: LinkAct,
    ids: &[InviteId],
    actions: &mut Vec<Action>,
) {
    let kind = match act {
        LinkAct::Open => {
            state.inspected = ids.first().copied();
            return;
        }
        LinkAct::Copy => {
            actions.extend(ids.first().map(|id| Action::CopyInvite(*id)));
            return;
        }
        // One leaked link is followed through its steps; several are only recorded.
        LinkAct::Expose if ids.len() == 1 => {
            actions.push(Action::Go(Destination::LinksPage(LinksPage::Leaked(ids.first().copied()))));
            return;
        }
        LinkAct::Excel => return copy_for_excel(context, state, true, actions),
        LinkAct::Observe => StepKind::Observe,
        LinkAct::HandOver => StepKind::HandOver,
        LinkAct::Defer => StepKind::Defer,
        LinkAct::Delegate => StepKind::Delegate,
        LinkAct::Expose => StepKind::Expose,
        LinkAct::Revoke => StepKind::Revoke,
    };
    let ids = if kind == StepKind::Observe { ids.to_vec() } else { not_revoked(context, ids) };
    if !ids.is_empty() {
        state.dialog = Some(LinkDialog::Step(StepForm::new(kind, ids, context)));
    }
}

/// Those of the links that are not revoked.
pub(super) fn not_revoked(context: &ScreenContext<'_>, ids: &[InviteId]) -> Vec<InviteId> {
    let open =
        |id: &&InviteId| context.register().invite(**id).is_some_and(|invite| invite.revocation.is_none());
    ids.iter().filter(open).copied().collect()
}

/// The links as the register holds them now.
pub(super) fn seen(context: &ScreenContext<'_>, ids: &[InviteId]) -> Vec<Arc<Invite>> {
    ids.iter().filter_map(|id| context.register().invite(*id).cloned()).collect()
}

/// Puts the shown rows, or only the marked ones, on the clipboard.
pub(super) fn copy_for_excel(
    context: &ScreenContext<'_>,
    state: &LinksState,
    only_marked: bool,
    actions: &mut Vec<Action>,
) {
    let rows = state
        .listing
        .rows(context.snapshot)
        .filter(|row| !only_marked || state.marked.is_empty() || state.marked.contains(&row.id));
    let rows: Vec<_> = rows.collect();
    let what = counted(rows.len() as u64, "строка", "строки", "строк");
    let text = words::excel_text(rows.into_iter(), context.register(), context.today);
    actions.push(Action::CopyText {
        text, what: format!("Скопировано для Excel: {what}, без адресов")
    });
}
