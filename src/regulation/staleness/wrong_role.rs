//! `wrong_role` «не та роль» (duty 2.3-9; domain §4, rule 8): a student's or parent's link into the
//! teaching staff or a chat of teachers.

use super::{Finding, FlagFact, Link};

pub(super) fn check(link: &Link<'_>) -> Option<Finding> {
    let is_wrong = link.place.is_for_staff && !link.invite.role.is_staff();
    is_wrong.then_some((link.handed_on, FlagFact::IntoStaff))
}
