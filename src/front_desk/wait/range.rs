//! The range that is told, and how wide it must be.

use super::Told;
use chrono::{DateTime, TimeDelta, Utc};

/// Between when and when somebody will be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Not before.
    pub from: DateTime<Utc>,
    /// Not after.
    pub until: DateTime<Utc>,
}

/// So many ranges that were told last decide how wide the next ones are.
pub const WIDTH_OF: usize = 300;
/// No range is narrower, in minutes.
const NARROWEST: i64 = 5;
/// How often a range may miss.
const MAY_MISS: f64 = 0.2;
/// How much one miss changes the width. At 0.06 one bad day of forty patients widens by about a third.
const STEP: f64 = 0.06;
/// Waits that end after so many minutes are judged apart from shorter ones (Mondrian conformal prediction, Vovk, Gammerman and
/// Shafer 2005): else the short ones, which are easy, would make the long ones miss.
const FAR: i64 = 30;

/// How much wider or narrower than played a range must be whose middle is so far away, from how the last ones held that were
/// about as far.
///
/// Each miss multiplies by 1 + step × 0.8, each hit by 1 − step × 0.2: it rests where one in five misses. Ranges that cannot
/// be narrower say nothing about how wide the others must be.
pub(super) fn width(told: &[Told], ahead: TimeDelta) -> f64 {
    let last = &told[told.len().saturating_sub(WIDTH_OF)..];
    let far = |ahead: TimeDelta| ahead.num_minutes() >= FAR;
    let alike = last.iter().filter(|told| {
        let Range { from, until } = told.range;
        far(from + (until - from) / 2 - told.at) == far(ahead) && (until - from).num_minutes() > NARROWEST
    });
    alike.fold(1.0, |width: f64, told| {
        let missed = if told.held() { 0.0 } else { 1.0 };
        (width * (1.0 + STEP * (missed - MAY_MISS))).clamp(0.4, 4.0)
    })
}

impl Range {
    /// As it is told at a moment: the nearest steps that people count waits in. What is told is what must hold, so it is
    /// rounded before anybody judges it.
    pub fn told(self, now: DateTime<Utc>) -> Self {
        let minutes = |at: DateTime<Utc>| (at - now).num_seconds().max(0) as f64 / 60.0;
        let (from, until) = (minutes(self.from), minutes(self.until));
        let step = step(until);
        let nearest = |minutes: f64| (minutes / step).round() * step;
        let mut told = (nearest(from), nearest(until));
        if told.1 - told.0 < step {
            // Both fell on one mark: the step in which the middle lies.
            told.0 = ((from + until) / 2.0 / step).floor() * step;
            told.1 = told.0 + step;
        }
        let at = |minutes: f64| now + TimeDelta::minutes(minutes as i64);
        Self { from: at(told.0), until: at(told.1) }
    }
}

/// In what steps a wait is told whose end is so many minutes away.
pub(super) fn step(until: f64) -> f64 {
    match until {
        ..62.5 => NARROWEST as f64,
        ..125.0 => 10.0,
        _ => 30.0,
    }
}
