//! `superseded` «есть новее» (duty 2.3-9; domain §4, rule 7): a newer link in force opens the same place
//! for the same role. Of two made on one day none is called newer.

use super::place::made_on;
use super::{Finding, FlagFact, Link};

pub(super) fn check(link: &Link<'_>) -> Option<Finding> {
    let (made, newer, on) = link.place.newest?;
    (made > made_on(link.invite)).then_some((on, FlagFact::NewerLink { newer, on }))
}
