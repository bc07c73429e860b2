//! `orphaned` «владелец ушёл» (duty 2.3-9; domain §4, rule 6): the chat's owner, or the only person the
//! link was given to, left. A change of the administrator alone flags nothing.

use super::place::left_by;
use super::{Finding, FlagFact, Link};
use crate::register::HandOverWay;

pub(super) fn check(link: &Link<'_>) -> Option<Finding> {
    if let Some((person, on)) = link.place.owner_left {
        return Some((on, FlagFact::OwnerLeft { person, on }));
    }
    let hand_over = link.invite.handed_over.as_ref()?;
    // What was published or printed is with more people than the one named.
    let is_with_one = !matches!(hand_over.way, HandOverWay::Published | HandOverWay::Print);
    let to = hand_over.to.filter(|_| is_with_one)?;
    left_by(link.register, to, link.today).map(|(person, on)| (on, FlagFact::RecipientLeft { person, on }))
}
