//! `unclaimed` «никто не вступил» (duty 2.3-9; domain §4, rule 1): 14 days after the hand-over the latest
//! later look shows nobody, or 30 days passed with no look at all.

use super::{Finding, FlagFact, Link, days_after};

pub(super) fn check(link: &Link<'_>) -> Option<Finding> {
    match link.place.seen.last().filter(|seen| seen.on >= link.handed_on) {
        Some(seen) if seen.joined == 0 && link.age >= link.thresholds.unclaimed_observed.into() => {
            let expected = link.place.coverage(link.register, link.today).expected;
            let of = (expected > 0).then_some(expected);
            let since = days_after(link.handed_on, link.thresholds.unclaimed_observed).max(seen.on);
            Some((since, FlagFact::NobodyJoined { seen_on: seen.on, of }))
        }
        None if link.age >= link.thresholds.unclaimed_silent.into() => {
            let since = days_after(link.handed_on, link.thresholds.unclaimed_silent);
            Some((since, FlagFact::NoInformation))
        }
        _ => None,
    }
}
