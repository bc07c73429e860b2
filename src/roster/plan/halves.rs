//! Work over many rows in two halves at the same time. A school's PC has two cores at least, and more threads than
//! that would gain little: the halves wait for the same memory.

use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Below this number a second thread costs more than it saves.
const WORTH_A_THREAD: usize = 4_000;

/// Whether to go on, told the done share of one's own range, 0 to 1.
pub(super) type GoOn<'a> = &'a dyn Fn(f32) -> bool;

/// Does `work` over `0..count`, in two ranges where that pays. The results come in the order of the ranges. `progress`
/// is told from the calling thread only, by the first range; when it answers `false`, both ranges stop.
///
/// Returns `None` only when some range was stopped.
pub(super) fn in_halves<T: Send>(
    count: usize,
    progress: GoOn<'_>,
    work: impl Fn(Range<usize>, GoOn<'_>) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let is_alone =
        count < WORTH_A_THREAD || thread::available_parallelism().is_ok_and(|cores| cores.get() == 1);
    if is_alone {
        return Some(vec![work(0..count, progress)?]);
    }
    let stopped = AtomicBool::new(false);
    let middle = count / 2;
    thread::scope(|scope| {
        let second_half = || work(middle..count, &|_| !stopped.load(Ordering::Relaxed));
        // A system without threads to spare gets the second half after the first.
        let other = thread::Builder::new().spawn_scoped(scope, second_half).ok();
        let first = work(0..middle, &|share| {
            let go_on = progress(share);
            stopped.fetch_or(!go_on, Ordering::Relaxed);
            go_on
        });
        let second = match other {
            Some(other) => other.join().unwrap_or_else(|panic| resume_unwind(panic)),
            None => work(middle..count, &|_| !stopped.load(Ordering::Relaxed)),
        };
        Some(vec![first?, second?])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_halves_are_whole_and_in_order_and_stop_together() {
        for count in [0, 1, WORTH_A_THREAD - 1, WORTH_A_THREAD, 3 * WORTH_A_THREAD + 1] {
            let done = in_halves(count, &|_| true, |range, _| Some(range.collect::<Vec<_>>()));
            assert_eq!(done.map(|parts| parts.concat()), Some((0..count).collect::<Vec<_>>()), "{count}");
            assert_eq!(in_halves(count, &|_| false, |_, go_on| go_on(0.0).then_some(())), None, "{count}");
        }
    }
}
