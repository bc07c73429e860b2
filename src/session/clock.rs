//! The only place that reads the wall clock.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use crate::register::Context;

/// Where the time comes from: the system, or a fixed moment for tests and `--today`.
#[derive(Clone, Debug)]
pub struct Clock {
    fixed: Option<Zoned>,
    /// `--today`: the day that rules are judged by; never enters the journal's clock.
    judged_day: Option<Date>,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self { fixed: None, judged_day: None }
    }

    /// A clock that stands still.
    pub fn fixed(moment: Zoned) -> Self {
        Self { fixed: Some(moment), judged_day: None }
    }

    /// The same clock with the rules judged as of `day`.
    pub fn judging(self, day: Option<Date>) -> Self {
        Self { judged_day: day, ..self }
    }

    /// Whether it was fixed to one moment.
    pub fn stands_still(&self) -> bool {
        self.fixed.is_some()
    }

    /// Wall-clock moment with its time zone.
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn now(&self) -> Zoned {
        self.fixed.clone().unwrap_or_else(Zoned::now)
    }

    /// Wall-clock moment.
    pub fn timestamp(&self) -> Timestamp {
        self.now().timestamp()
    }

    /// The wall clock's day in local time.
    pub fn wall_day(&self) -> Date {
        self.now().date()
    }

    /// The day that rules are judged by.
    pub fn today(&self) -> Date {
        self.judged_day.unwrap_or_else(|| self.wall_day())
    }

    /// Whether `--today` named the day.
    pub fn judges_a_given_day(&self) -> bool {
        self.judged_day.is_some()
    }

    /// What `decide` is told of the world.
    pub fn context(&self, actor: &str) -> Context {
        Context { today: self.today(), now: self.timestamp(), actor: actor.to_owned() }
    }
}
