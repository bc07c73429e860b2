//! `exposed` «попала к посторонним» (duty 2.3-9; domain §4, rule 9): at once, deferred or not.

use super::{Finding, FlagFact, Link};

pub(super) fn check(link: &Link<'_>) -> Option<Finding> {
    let on = link.invite.exposure.as_ref()?.on;
    Some((on, FlagFact::Exposed { on }))
}
