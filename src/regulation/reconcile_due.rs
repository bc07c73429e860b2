//! Which groups it is time to reconcile (clause 2.4, duty 2.3-8; domain §4, rule 1): a task, not a flag.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::clock_trust::{days_after, days_between};
use super::observations::{Seen, last_look_at_group, seen_of_place};
use super::year::current_year;
use crate::names::group_sort_key;
use crate::register::{GroupId, Invite, InviteState, Register};

/// Why a group should be reconciled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReconcileBecause {
    /// A link is out since then and nobody looked after it.
    LinkUnobserved { handed_on: Date },
    /// The last look is older than the school's own schedule.
    LongAgo { last: Date },
}

/// A group that it is time to reconcile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReconcileDue {
    pub group: GroupId,
    /// The first day of being due.
    pub since: Date,
    pub because: ReconcileBecause,
}

/// The groups to reconcile, in their order. Only groups of which a link is out for 14 to 30 days with no
/// look since (after that the link itself is flagged), and groups that were looked at before and not for
/// as long as the schedule says. A group nobody ever began with is no debt.
pub fn reconcile_due(register: &Register, today: Date) -> Vec<ReconcileDue> {
    let mut unobserved: BTreeMap<GroupId, WaitingLink> = BTreeMap::new();
    for invite in register.tables().invites.values() {
        let Some(group) = register.group_of_target(invite.target) else { continue };
        let seen = || seen_of_place(register, invite.target, invite.role).last().copied();
        if let Some(found) = waits_for_look(register, invite, seen, today) {
            let known = unobserved.entry(group).or_insert(found);
            *known = (*known).min(found);
        }
    }
    let groups = register.groups_in_year(current_year(register, today));
    let due = groups.filter_map(|group| {
        let last = last_look_at_group(register, group.id);
        due_of_group(register, group.id, last, unobserved.get(&group.id).copied(), today)
    });
    let mut due: Vec<ReconcileDue> = due.collect();
    due.sort_by_cached_key(|due| register.group(due.group).map(|group| group_sort_key(&group.label)));
    due
}

/// A link that waits for a look: since when a look is due, and when it was handed over.
pub(super) type WaitingLink = (Date, Date);

/// Whether a link is out for 14 to 30 days with no look at its place since. `seen`: the latest look, asked last.
pub(super) fn waits_for_look(
    register: &Register,
    invite: &Invite,
    seen: impl FnOnce() -> Option<Seen>,
    today: Date,
) -> Option<WaitingLink> {
    if invite.state(today) != InviteState::InForce {
        return None;
    }
    let thresholds = register.settings().thresholds(invite.role);
    let handed_on = invite.counts_from();
    let days = days_between(handed_on, today);
    if days < thresholds.unclaimed_observed.into() || days >= thresholds.unclaimed_silent.into() {
        return None;
    }
    let is_seen = seen().is_some_and(|seen| seen.on >= handed_on);
    (!is_seen).then(|| (days_after(handed_on, thresholds.unclaimed_observed), handed_on))
}

/// Whether a group is due. `last`: the last look at it; `waiting`: its link that waits longest for one.
pub(super) fn due_of_group(
    register: &Register,
    group: GroupId,
    last: Option<Date>,
    waiting: Option<WaitingLink>,
    today: Date,
) -> Option<ReconcileDue> {
    if let Some((since, handed_on)) = waiting {
        return Some(ReconcileDue { group, since, because: ReconcileBecause::LinkUnobserved { handed_on } });
    }
    let every = register.settings().reconcile_every_days;
    let last = last.filter(|last| days_between(*last, today) > every.into())?;
    let since = days_after(last, every.saturating_add(1));
    Some(ReconcileDue { group, since, because: ReconcileBecause::LongAgo { last } })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::names::Role;
    use crate::register::{ChatKind, Target};
    use crate::regulation::fixture::School;

    const HANDED: Date = date(2026, 9, 1);

    fn due_on(school: &School, days: u16) -> usize {
        reconcile_due(&school.register, days_after(HANDED, days)).len()
    }

    #[test]
    fn a_link_without_a_look_is_a_task_from_day_14_and_a_flag_from_day_30() {
        let mut school = School::new();
        let group = school.class("7Б");
        let chat = school.chat(group, ChatKind::Parents);
        school.link(Target::Chat(chat), Role::Parent, Some(HANDED));
        for (days, expected) in [(13, 0), (14, 1), (15, 1), (29, 1), (30, 0), (31, 0)] {
            assert_eq!(due_on(&school, days), expected, "day {days}");
        }
        school.observe(Target::Group(group), Role::Parent, days_after(HANDED, 2), 5, None);
        assert_eq!(due_on(&school, 20), 0);
    }

    #[test]
    fn a_group_looked_at_before_is_due_after_the_schedules_days() {
        let mut school = School::new();
        let group = school.class("7Б");
        school.observe(Target::Group(group), Role::Student, HANDED, 5, None);
        for (days, expected) in [(29, 0), (30, 0), (31, 1)] {
            assert_eq!(due_on(&school, days), expected, "day {days}");
        }
        school.settings(|settings| settings.reconcile_every_days = 10);
        assert_eq!(due_on(&school, 11), 1);
    }

    #[test]
    fn groups_nobody_began_with_are_no_wall_of_debts() {
        let mut school = School::new();
        for number in 1..=11 {
            school.class(&format!("{number}А"));
        }
        assert_eq!(due_on(&school, 100), 0);
    }
}
