//! Wrong passwords: after each the next try waits longer. Kept in memory by file, so nothing is left on the disk and
//! closing the window forgets it; what really protects the file is the cost of the derivation.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Longest wait.
const LONGEST: Duration = Duration::from_secs(30);

static WRONG: Mutex<Option<HashMap<PathBuf, Attempts>>> = Mutex::new(None);

#[derive(Clone, Copy)]
struct Attempts {
    wrong: u32,
    next_at: Instant,
}

/// How long the next try of a password on this file has to wait; zero where it need not. A try before that is made
/// when the time has come: whoever may not block asks first.
pub fn wait_before_password(path: &Path) -> Duration {
    let wrong = WRONG.lock().unwrap_or_else(PoisonError::into_inner);
    let attempts = wrong.as_ref().and_then(|wrong| wrong.get(&one_name(path)));
    attempts.map_or(Duration::ZERO, |attempts| attempts.next_at.saturating_duration_since(Instant::now()))
}

/// Waits as long as it has to be waited.
pub(super) fn wait(path: &Path) {
    std::thread::sleep(wait_before_password(path));
}

/// Counts a try.
pub(super) fn count(path: &Path, was_right: bool) {
    let mut wrong = WRONG.lock().unwrap_or_else(PoisonError::into_inner);
    let wrong = wrong.get_or_insert_default();
    let path = one_name(path);
    if was_right {
        wrong.remove(&path);
        return;
    }
    let attempts = wrong.entry(path).or_insert(Attempts { wrong: 0, next_at: Instant::now() });
    attempts.wrong = attempts.wrong.saturating_add(1);
    attempts.next_at = Instant::now() + delay_after(attempts.wrong);
}

/// 1, 2, 4, 8, 16, 30, 30 … seconds.
fn delay_after(wrong: u32) -> Duration {
    let seconds = 1_u64.checked_shl(wrong.saturating_sub(1)).unwrap_or(u64::MAX);
    if wrong == 0 { Duration::ZERO } else { Duration::from_secs(seconds).min(LONGEST) }
}

fn one_name(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_to_half_a_minute() {
        let delays: Vec<u64> = (0..9).map(|wrong| delay_after(wrong).as_secs()).collect();
        assert_eq!(delays, [0, 1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(delay_after(u32::MAX), LONGEST);
    }

    #[test]
    fn a_right_one_ends_it_and_other_files_are_not_concerned() {
        let (path, other) = (Path::new("нет такого файла 1"), Path::new("нет такого файла 2"));
        count(path, false);
        count(path, false);
        assert!(wait_before_password(path) > Duration::from_millis(1500));
        assert_eq!(wait_before_password(other), Duration::ZERO);
        count(path, true);
        assert_eq!(wait_before_password(path), Duration::ZERO);
    }
}
