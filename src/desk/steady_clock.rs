//! Whether the desk's clock can be relied on for what cannot be taken back, such as ending the queue of a day: a
//! machine without a battery begins years ago until the network has told it the time, and whoever sets a clock may
//! err and correct it.

use crate::front_desk::fleet::WRITTEN_AFTER;
use chrono::{DateTime, TimeDelta, Utc};
use std::time::{Duration, Instant};

/// So long a clock must go on by itself, after a start and after each jump. NTP has set it by then.
const SETTLES_IN: Duration = Duration::from_secs(600);
/// A clock that is slewed, or read by a busy machine, differs by less from one look to the next.
const JUMP: TimeDelta = TimeDelta::seconds(60);

/// The machine's clock beside one that nobody can set.
pub struct SteadyClock {
    seen: (DateTime<Utc>, Instant),
    since: Instant,
}

impl SteadyClock {
    /// At the start of the program.
    pub const fn new(now: DateTime<Utc>, at: Instant) -> Self {
        Self { seen: (now, at), since: at }
    }

    /// Looks at the clock; answers whether it has gone on by itself for long enough.
    pub fn has_settled(&mut self, now: DateTime<Utc>, at: Instant) -> bool {
        let (before, then) = std::mem::replace(&mut self.seen, (now, at));
        let passed = TimeDelta::from_std(at - then).unwrap_or(TimeDelta::MAX);
        if (now - before - passed).abs() > JUMP {
            self.since = at;
        }
        now > WRITTEN_AFTER && at - self.since >= SETTLES_IN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_relied_on_when_it_has_gone_on_by_itself_for_ten_minutes() {
        let (start, at) = ("2026-11-29T10:00:00Z".parse::<DateTime<Utc>>().unwrap(), Instant::now());
        let mut clock = SteadyClock::new(start, at);
        // By how many minutes the clock differs from what it was at the start, from each minute on.
        for (what, minute, ahead, settled) in [
            ("a start", 1, 0, false),
            ("nothing has happened", 9, 0, false),
            ("nothing has happened for long", 10, 0, true),
            ("slewed", 11, 0, true),
            ("set to the year after", 12, 525_600, false),
            ("not yet corrected", 20, 525_600, false),
            ("corrected", 21, 0, false),
            ("since then", 30, 0, false),
            ("for long since then", 31, 0, true),
            ("a machine that slept for a night", 32, 480, false),
            ("awake for long", 42, 480, true),
            ("in 1970", 43, -29_000_000, false),
            ("in 1970 for long", 60, -29_000_000, false),
        ] {
            let now = start + TimeDelta::minutes(minute + ahead);
            let at = at + Duration::from_secs(60) * u32::try_from(minute).unwrap();
            assert_eq!(clock.has_settled(now, at), settled, "{what}, after {minute} minutes");
        }
    }
}
