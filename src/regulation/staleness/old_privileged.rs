//! `old_privileged` «старая ссылка для сотрудников» (duty 2.3-9; domain §4, rule 10): a teacher's or
//! employee's link handed over more than 7 days ago.

use super::{Finding, FlagFact, Link, days_after};

pub(super) fn check(link: &Link<'_>) -> Option<Finding> {
    let limit_days = link.thresholds.privileged;
    let is_old = link.invite.role.is_staff() && link.age > limit_days.into();
    is_old.then(|| {
        (days_after(link.handed_on, limit_days.saturating_add(1)), FlagFact::OldPrivileged { limit_days })
    })
}
