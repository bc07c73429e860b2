//! `target_gone` «группы больше нет» (duty 2.3-9; domain §4, rule 5): the group or chat is archived, or
//! its school year is over.

use super::{Finding, Link};

pub(super) fn check(link: &Link<'_>) -> Option<Finding> {
    link.place.gone
}
