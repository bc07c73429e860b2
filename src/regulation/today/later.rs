//! What comes in the next seven days: nothing to do yet, but good to know when to come back.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{LaterTask, TaskKind};
use crate::register::{CabinetTask, Invite, InviteState, Register};
use crate::regulation::clock_trust::days_after;
use crate::regulation::observations::Seen;
use crate::wording::counted;

const DAYS_AHEAD: u16 = 7;

/// How many things come on a day, and why.
pub(in crate::regulation) type Coming = BTreeMap<(Date, Reason), u32>;

/// What a link brings in the coming days, at most two things. `seen`: the latest look at its place.
pub(in crate::regulation) fn coming_of_invite(
    register: &Register,
    invite: &Invite,
    seen: Option<Seen>,
    today: Date,
) -> [Option<(Date, Reason)>; 2] {
    let is_coming = |day: &Date| is_coming(*day, today);
    match invite.state(today) {
        InviteState::Deferred => {
            let until = invite.deferral.as_ref().map(|deferral| deferral.until).filter(is_coming);
            [until.map(|until| (until, Reason::DeferralEnds)), None]
        }
        InviteState::InForce => {
            let end = invite.expires_on.and_then(|last_day| last_day.tomorrow().ok()).filter(is_coming);
            let handed_on = invite.counts_from();
            let silent = register.settings().thresholds(invite.role).unclaimed_silent;
            let grows_stale = Some(days_after(handed_on, silent))
                .filter(is_coming)
                .filter(|_| seen.is_none_or(|seen| seen.on < handed_on));
            [end.map(|end| (end, Reason::Expires)), grows_stale.map(|day| (day, Reason::GrowsStale))]
        }
        InviteState::Reserve | InviteState::Revoked => [None, None],
    }
}

/// When a group that was looked at comes up for reconciliation, if that is in the coming days.
pub(in crate::regulation) fn coming_of_group(
    register: &Register,
    last_look: Option<Date>,
    today: Date,
) -> Option<(Date, Reason)> {
    let every = register.settings().reconcile_every_days.saturating_add(1);
    let due = days_after(last_look?, every);
    is_coming(due, today).then_some((due, Reason::ReconcileDue))
}

/// When an open step in the cabinet is due, if that is in the coming days.
pub(in crate::regulation) fn coming_of_task(task: &CabinetTask, today: Date) -> Option<(Date, Reason)> {
    let due = task.due_on.filter(|_| task.done_on.is_none())?;
    is_coming(due, today).then_some((due, Reason::CabinetTask))
}

fn is_coming(day: Date, today: Date) -> bool {
    day > today && day <= days_after(today, DAYS_AHEAD)
}

/// Tasks of the coming days, by date.
pub(super) fn later_tasks(coming: &Coming) -> Vec<LaterTask> {
    let task = |((on, reason), count): (&(Date, Reason), &u32)| LaterTask {
        kind: reason.kind(),
        on: *on,
        count: *count,
        title: reason.title(*count),
    };
    coming.iter().map(task).collect()
}

/// Why something comes; in the order of the list of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::regulation) enum Reason {
    DeferralEnds,
    Expires,
    GrowsStale,
    ReconcileDue,
    CabinetTask,
}

impl Reason {
    fn kind(self) -> TaskKind {
        match self {
            Reason::DeferralEnds | Reason::Expires | Reason::GrowsStale => TaskKind::StaleLinks,
            Reason::ReconcileDue => TaskKind::Reconcile,
            Reason::CabinetTask => TaskKind::CabinetTasks,
        }
    }

    fn title(self, count: u32) -> String {
        let n = count.into();
        match self {
            Reason::DeferralEnds => {
                format!(
                    "Вернуться к {}",
                    counted(n, "отложенной ссылке", "отложенным ссылкам", "отложенным ссылкам")
                )
            }
            Reason::Expires => {
                format!("Выйдет срок {}", counted(n, "ссылки", "ссылок", "ссылок"))
            }
            Reason::GrowsStale => {
                format!("Проверить {} без сведений", counted(n, "ссылку", "ссылки", "ссылок"))
            }
            Reason::ReconcileDue => format!("Сверить {}", counted(n, "группу", "группы", "групп")),
            Reason::CabinetTask => format!("Сделать в кабинете {}", counted(n, "дело", "дела", "дел")),
        }
    }
}
