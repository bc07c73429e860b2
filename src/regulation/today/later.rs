//! What comes in the next seven days: nothing to do yet, but good to know when to come back.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{LaterTask, TaskKind};
use crate::register::{InviteState, Register};
use crate::regulation::clock_trust::days_after;
use crate::regulation::observations::{last_look_at_group, seen_of_place};
use crate::regulation::year::current_year;
use crate::wording::counted;

const DAYS_AHEAD: u16 = 7;

/// Tasks of the coming days, by date.
pub(super) fn later_tasks(register: &Register, today: Date) -> Vec<LaterTask> {
    let horizon = days_after(today, DAYS_AHEAD);
    let is_coming = |day: &Date| *day > today && *day <= horizon;
    let mut counts: BTreeMap<(Date, TaskKind, Reason), u32> = BTreeMap::new();
    let mut count = |day, kind, reason| *counts.entry((day, kind, reason)).or_default() += 1;
    for invite in register.tables().invites.values() {
        let state = invite.state(today);
        if let Some(deferral) = invite.deferral.as_ref().filter(|_| state == InviteState::Deferred)
            && is_coming(&deferral.until)
        {
            count(deferral.until, TaskKind::StaleLinks, Reason::DeferralEnds);
        }
        if state != InviteState::InForce {
            continue;
        }
        if let Some(end) = invite.expires_on.and_then(|last_day| last_day.tomorrow().ok()).filter(is_coming) {
            count(end, TaskKind::StaleLinks, Reason::Expires);
        }
        let silent =
            days_after(invite.counts_from(), register.settings().thresholds(invite.role).unclaimed_silent);
        if is_coming(&silent)
            && seen_of_place(register, invite.target, invite.role)
                .last()
                .is_none_or(|seen| seen.on < invite.counts_from())
        {
            count(silent, TaskKind::StaleLinks, Reason::GrowsStale);
        }
    }
    let every = register.settings().reconcile_every_days.saturating_add(1);
    for group in register.groups_in_year(current_year(register, today)) {
        let due = last_look_at_group(register, group.id).map(|last| days_after(last, every));
        if let Some(due) = due.filter(is_coming) {
            count(due, TaskKind::Reconcile, Reason::ReconcileDue);
        }
    }
    for task in register.tables().cabinet_tasks.values().filter(|task| task.done_on.is_none()) {
        if let Some(due) = task.due_on.filter(is_coming) {
            count(due, TaskKind::CabinetTasks, Reason::CabinetTask);
        }
    }
    let later = counts.into_iter();
    later
        .map(|((on, kind, reason), count)| LaterTask { kind, on, count, title: reason.title(count) })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    DeferralEnds,
    Expires,
    GrowsStale,
    ReconcileDue,
    CabinetTask,
}

impl Reason {
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
