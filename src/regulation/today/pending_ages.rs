//! The ages of the links by which nobody is known to have joined (duty 2.3-9).

use jiff::civil::Date;

use super::{PendingAges, PendingBucket};
use crate::register::{Invite, InviteState, Register};
use crate::regulation::clock_trust::days_between;
use crate::regulation::observations::Seen;
use crate::regulation::staleness::{Flag, StalenessRule};

/// Last day of each bar; the last bar has none.
const LAST_DAYS: [i64; 4] = [7, 14, 30, 60];
const WORDS: [&str; 5] = ["до 7", "8–14", "15–30", "31–60", "> 60"];

/// Links of each bar, and how many of them are flagged `unclaimed`.
pub(in crate::regulation) type PendingCounts = [(u32, u32); 5];

/// The bar of a link by which nobody is known to have joined. `seen`: the latest look at its place.
pub(in crate::regulation) fn pending_bar(invite: &Invite, seen: Option<Seen>, today: Date) -> Option<usize> {
    if invite.state(today) != InviteState::InForce {
        return None;
    }
    let handed_on = invite.counts_from();
    if seen.is_some_and(|seen| seen.on >= handed_on && seen.joined > 0) {
        return None;
    }
    let age = days_between(handed_on, today);
    Some(LAST_DAYS.iter().position(|last| age <= *last).unwrap_or(LAST_DAYS.len()))
}

/// Whether a link of a bar counts as due: flagged `unclaimed`.
pub(in crate::regulation) fn is_unclaimed(flags: &[Flag]) -> bool {
    flags.iter().any(|flag| flag.rule == StalenessRule::Unclaimed)
}

/// The bars with the line of the students' threshold.
pub(super) fn pending_ages(register: &Register, counts: &PendingCounts) -> PendingAges {
    let threshold: i64 = register.settings().student.unclaimed_observed.into();
    let mut buckets = WORDS.map(|words| PendingBucket { words, ..PendingBucket::default() });
    for (bucket, (count, due)) in buckets.iter_mut().zip(counts) {
        (bucket.count, bucket.due) = (*count, *due);
    }
    PendingAges {
        buckets,
        threshold_before: LAST_DAYS.iter().position(|last| *last > threshold).unwrap_or(LAST_DAYS.len()),
        due: counts.iter().map(|(_, due)| due).sum(),
    }
}
