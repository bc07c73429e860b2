//! `expired` «срок вышел» (duty 2.3-9; domain §4, rule 4): the day after the link's last day.

use super::{Finding, FlagFact, Link};

pub(super) fn check(link: &Link<'_>) -> Option<Finding> {
    let on = link.invite.expires_on.filter(|last_day| *last_day < link.today)?;
    Some((on.tomorrow().unwrap_or(on), FlagFact::Expired { on }))
}
