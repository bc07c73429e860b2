//! `stalled` «перестали вступать» (duty 2.3-9; domain §4, rule 2): some joined, nobody new over the looks
//! of 30 days, some still out.

use super::{Finding, FlagFact, Link, days_after, days_between};

pub(super) fn check(link: &Link<'_>) -> Option<Finding> {
    let latest = link.place.seen.last().filter(|seen| seen.joined > 0 && seen.on >= link.handed_on)?;
    let period = link.thresholds.stalled;
    // Back through the looks for as long as none of them shows fewer than a later one.
    let (mut first, mut most) = (latest, latest.joined);
    let mut since = latest.on;
    for seen in link.place.seen.iter().rev().take_while(|seen| seen.on >= link.handed_on) {
        if seen.joined < most {
            break;
        }
        (first, most) = (seen, seen.joined);
    }
    if days_between(first.on, latest.on) < period.into() {
        return None;
    }
    let end_of_period = days_after(first.on, period);
    if let Some(seen) = link.place.seen.iter().find(|seen| seen.on >= end_of_period) {
        since = seen.on;
    }
    let coverage = link.place.coverage(link.register, link.today);
    let is_somebody_out = coverage.expected > latest.joined;
    let (joined, of) = (latest.joined, coverage.expected);
    is_somebody_out.then_some((since, FlagFact::NobodyNew { joined, of, from: first.on, until: latest.on }))
}
