//! A wait in the words and steps in which it is told.

use super::Range;
use super::range::step;
use chrono::{DateTime, TimeDelta, Utc};

/// A wait as it is told to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    /// Less than so many minutes.
    LessThan(u32),
    /// Between so many and so many minutes.
    Minutes(u32, u32),
    /// Between so many and so many half hours.
    HalfHours(u32, u32),
}

impl Spoken {
    /// A range as it is told at a moment.
    pub fn of(range: Range, now: DateTime<Utc>) -> Self {
        let Range { from, until } = range.told(now);
        let minutes = |at: DateTime<Utc>| u32::try_from((at - now).num_minutes()).unwrap_or(0);
        match (minutes(from), minutes(until)) {
            (0, until) => Self::LessThan(until),
            (from, until) if step(until.into()) < 30.0 => Self::Minutes(from, until),
            (from, until) => Self::HalfHours(from / 30, until / 30),
        }
    }
}

/// Half hours as hours: "1½".
pub fn as_hours(half_hours: u32) -> String {
    match (half_hours / 2, half_hours % 2) {
        (0, 1) => "½".to_string(),
        (hours, 0) => hours.to_string(),
        (hours, _) => format!("{hours}½"),
    }
}

impl Range {
    /// The range to the marks of a clock that people look at, every five minutes.
    pub fn on_the_clock(self) -> Self {
        let nearest = |at: DateTime<Utc>| {
            let seconds = at.timestamp().rem_euclid(300);
            at + TimeDelta::seconds(if seconds < 150 { -seconds } else { 300 - seconds })
        };
        let (from, until) = (nearest(self.from), nearest(self.until));
        Self { from, until: if until > from { until } else { from + TimeDelta::minutes(5) } }
    }
}
