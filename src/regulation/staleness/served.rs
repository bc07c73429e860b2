//! `served` «все уже внутри» (duty 2.3-9; domain §4, rule 3): every expected student joined, does not
//! participate or left; for parents every child has one adult in or declined.
//!
//! Who was not invited yet may still need the link, so it is not served while there is one.

use super::{Finding, FlagFact, Link};

pub(super) fn check(link: &Link<'_>) -> Option<Finding> {
    let (inside, as_of) = match link.place.seen.last() {
        Some(seen) if seen.joined > 0 => {
            let roster = link.place.roster(link.register, link.today).counts;
            let told = link.place.coverage(link.register, link.today).expected;
            // The roster may have grown since the number was told.
            let expected = told.max(roster.expected());
            let is_served = expected > 0 && seen.joined >= expected && roster.not_invited == 0;
            is_served.then_some((seen.joined, Some(seen.on)))?
        }
        Some(_) => return None,
        None => link.place.settled(link.register, link.today)?,
    };
    let since = as_of.map_or(link.handed_on, |day| day.max(link.handed_on));
    Some((since, FlagFact::EverybodyInside { inside, as_of }))
}
