//! The ages of the links by which nobody is known to have joined (duty 2.3-9).

use jiff::civil::Date;

use super::{PendingAges, PendingBucket};
use crate::register::{InviteId, InviteState, Register, Target};
use crate::regulation::clock_trust::days_between;
use crate::regulation::observations::{Seen, seen_of_place};
use crate::regulation::staleness::{Flag, StalenessRule};

/// Last day of each bar; the last bar has none.
const LAST_DAYS: [i64; 4] = [7, 14, 30, 60];
const WORDS: [&str; 5] = ["до 7", "8–14", "15–30", "31–60", "> 60"];

pub(super) fn pending_ages(register: &Register, flags: &[(InviteId, Vec<Flag>)], today: Date) -> PendingAges {
    let threshold: i64 = register.settings().student.unclaimed_observed.into();
    let mut ages = PendingAges {
        buckets: WORDS.map(|words| PendingBucket { words, ..PendingBucket::default() }),
        threshold_before: LAST_DAYS.iter().position(|last| *last > threshold).unwrap_or(LAST_DAYS.len()),
        due: 0,
    };
    // Links of one place mostly follow each other, so the last look is remembered.
    let mut last_place: Option<(Target, crate::names::Role, Option<Seen>)> = None;
    for invite in register.tables().invites.values() {
        if invite.state(today) != InviteState::InForce {
            continue;
        }
        let seen = match last_place {
            Some((target, role, seen)) if (target, role) == (invite.target, invite.role) => seen,
            _ => {
                let seen = seen_of_place(register, invite.target, invite.role).pop();
                last_place = Some((invite.target, invite.role, seen));
                seen
            }
        };
        let handed_on = invite.counts_from();
        if seen.is_some_and(|seen| seen.on >= handed_on && seen.joined > 0) {
            continue;
        }
        let age = days_between(handed_on, today);
        let bucket =
            &mut ages.buckets[LAST_DAYS.iter().position(|last| age <= *last).unwrap_or(LAST_DAYS.len())];
        bucket.count += 1;
        if is_unclaimed(flags, invite.id) {
            bucket.due += 1;
            ages.due += 1;
        }
    }
    ages
}

/// `flags` rise by id.
fn is_unclaimed(flags: &[(InviteId, Vec<Flag>)], id: InviteId) -> bool {
    let found = flags.binary_search_by_key(&id, |(id, _)| *id).ok().map(|place| &flags[place].1);
    found.is_some_and(|flags| flags.iter().any(|flag| flag.rule == StalenessRule::Unclaimed))
}
