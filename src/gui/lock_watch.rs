//! When the file is to be locked (faults row 26): a pure judgement over moments that are handed in.

use std::time::Duration;

use jiff::Timestamp;

/// A wall clock that goes by more than the steady one, or back, by so much: the computer slept, or the clock was set.
const CLOCK_JUMP: Duration = Duration::from_secs(120);

/// One moment, by both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The computer's clock, which may be set and goes on while the computer sleeps.
    pub wall: Timestamp,
    /// Time since the program began, which nobody sets. Whether it goes on during sleep depends on the system.
    pub steady: Duration,
}

/// Why a file was locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockReason {
    /// Nobody touched keyboard and pointer for so many minutes.
    Idle { minutes: u64 },
    /// The user asked for it.
    Asked,
    /// The wall clock jumped: sleep, or a clock that was set.
    ClockJump,
    /// A bug of ours was hit while drawing.
    Failure,
}

impl LockReason {
    /// «15 минут без работы».
    pub fn words(self) -> String {
        match self {
            LockReason::Idle { minutes } => {
                format!("{} без работы", crate::wording::counted(minutes, "минута", "минуты", "минут"))
            }
            LockReason::Asked => "по вашей команде".into(),
            LockReason::ClockJump => "компьютер спал или его часы перевели".into(),
            LockReason::Failure => "после ошибки программы".into(),
        }
    }
}

/// What is to be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing before so much time has passed.
    Wait(Duration),
    /// Ask the system how long it stands idle.
    AskSystem,
    Lock(LockReason),
}

/// What is known of the system's idleness.
#[derive(Clone, Copy, Debug)]
struct Seen {
    last: Moment,
    /// Steady time of the last input that is known of, in this window or any other.
    input: Duration,
}

/// Watches over one open file.
#[derive(Debug, Default)]
pub(super) struct LockWatch {
    seen: Option<Seen>,
}

impl LockWatch {
    /// Judges a frame. `own_input`: this window got input in it. Clocks come first: after sleep the waking key press
    /// is input too.
    pub(super) fn judge(&mut self, now: Moment, own_input: bool, limit: Duration) -> Verdict {
        let seen = self.seen.get_or_insert(Seen { last: now, input: now.steady });
        let steady = now.steady.saturating_sub(seen.last.steady);
        let wall = now.wall.duration_since(seen.last.wall);
        let jump = (wall - jiff::SignedDuration::try_from(steady).unwrap_or_default()).unsigned_abs();
        // Where the steady clock goes on during sleep, the frame that was due came far too late.
        let due = (seen.input + limit).max(seen.last.steady);
        let overslept = now.steady.saturating_sub(due) > CLOCK_JUMP;
        seen.last = now;
        if jump > CLOCK_JUMP || overslept {
            return Verdict::Lock(LockReason::ClockJump);
        }
        if own_input {
            seen.input = now.steady;
        }
        match (seen.input + limit).checked_sub(now.steady) {
            Some(wait) if !wait.is_zero() => Verdict::Wait(wait),
            _ => Verdict::AskSystem,
        }
    }

    /// Judges the system's answer; `None`: it does not tell, so this window's own input decides.
    pub(super) fn answered(&mut self, now: Moment, idle: Option<Duration>, limit: Duration) -> Verdict {
        let seen = self.seen.get_or_insert(Seen { last: now, input: now.steady });
        let own = now.steady.saturating_sub(seen.input);
        let idle = idle.unwrap_or(own).min(own);
        if idle >= limit {
            return Verdict::Lock(LockReason::Idle { minutes: limit.as_secs() / 60 });
        }
        seen.input = now.steady.saturating_sub(idle);
        Verdict::Wait(limit - idle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(15 * 60);

    fn at(seconds: u64) -> Moment {
        with_wall(seconds, seconds as i64)
    }

    fn with_wall(seconds: u64, wall: i64) -> Moment {
        let wall = Timestamp::from_second(1_790_000_000 + wall).expect("a day of our time");
        Moment { wall, steady: Duration::from_secs(seconds) }
    }

    #[test]
    fn it_asks_only_at_the_earliest_moment_of_locking() {
        let mut watch = LockWatch::default();
        assert_eq!(watch.judge(at(0), false, LIMIT), Verdict::Wait(LIMIT));
        assert_eq!(watch.judge(at(600), true, LIMIT), Verdict::Wait(LIMIT));
        assert_eq!(watch.judge(at(1000), false, LIMIT), Verdict::Wait(Duration::from_secs(500)));
        assert_eq!(watch.judge(at(1500), false, LIMIT), Verdict::AskSystem);
        let worked_beside = Some(Duration::from_secs(60));
        assert_eq!(watch.answered(at(1500), worked_beside, LIMIT), Verdict::Wait(Duration::from_secs(840)));
        assert_eq!(watch.judge(at(2340), false, LIMIT), Verdict::AskSystem);
        let locked = Verdict::Lock(LockReason::Idle { minutes: 15 });
        assert_eq!(watch.answered(at(2340), Some(LIMIT), LIMIT), locked);
    }

    #[test]
    fn without_an_answer_the_own_window_decides() {
        let mut watch = LockWatch::default();
        watch.judge(at(0), true, LIMIT);
        assert_eq!(watch.judge(at(900), false, LIMIT), Verdict::AskSystem);
        assert_eq!(watch.answered(at(900), None, LIMIT), Verdict::Lock(LockReason::Idle { minutes: 15 }));
    }

    #[test]
    fn a_jump_of_the_clock_locks_and_a_late_frame_too() {
        let jump = Verdict::Lock(LockReason::ClockJump);
        for (moment, expected) in [
            (with_wall(10, 10 + 121), jump),
            (with_wall(10, 10 - 121), jump),
            (with_wall(10, 10 + 119), Verdict::Wait(LIMIT)),
            // The steady clock went on too: the frame that was due after 900 s came an hour late.
            (with_wall(4500, 4500), jump),
        ] {
            let mut watch = LockWatch::default();
            watch.judge(at(0), false, LIMIT);
            assert_eq!(watch.judge(moment, true, LIMIT), expected, "{moment:?}");
        }
    }
}
