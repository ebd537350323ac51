//! How long somebody will probably wait: the one place where ticket, kiosk, desk and display get it from.
//!
//! [`estimate`] plays the queue forward from what was seen of it: who is before the one who asks, by the order
//! in which the queue calls, who is booked and not here yet, since when the service points have been busy, and how long
//! patients took, on former days and today. It does so some two hundred times with durations drawn
//! from those that were seen (the bootstrap of Efron 1979; by whole days, as in the block bootstrap of Künsch 1989, for
//! what days have in common: a late beginning, the break at noon, the pace), and answers
//! quantiles of what came out. The pace of today weighs against the pace of other days by how much of today there is
//! (a credibility estimate, Bühlmann 1967). In the limit of one duration for everybody this is the queue-length estimator QL of
//! Whitt ("Predicting queueing delays", Management Science 45, 1999); what it has beyond that are the order of
//! appointments, the durations under way and the range.
//!
//! **The range** is to hold in four cases of five. How wide it must be for that is learned from what was told
//! before: a range that missed makes the next ones wider, one that held a little narrower, as in adaptive conformal
//! inference (Gibbs and Candès, "Adaptive conformal inference under distribution shift", NeurIPS 2021). See [`Told`].
//!
//! **Why this one.** `vestibule bench wait` compares it with the delay history estimators of
//! Ibrahim and Whitt ("Real-time delay estimation based on delay history", Manufacturing & Service
//! Operations Management 11, 2009), with QL, with the fixed plan that this program had before, and with the plain average of
//! today's waits; the table stands in the README. Nothing here asks the time or makes chance: the same queue gives
//! the same answer on every machine, also on a kiosk that is alone.

mod chance;
mod clock;
mod habits;
mod others;
mod play;
mod range;
mod seen;
mod spoken;

pub use chance::Chance;
pub use others::{Estimator, RESIDUALS, calibrated};
pub use range::{Range, WIDTH_OF};
pub use seen::{Called, QueueSeen, Told, Waiting};
pub use spoken::{Spoken, as_hours};

use chrono::{DateTime, Utc};

/// When somebody will probably be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// Half of all such waits end before, half after it.
    pub likely: DateTime<Utc>,
    /// Between when and when, in four cases of five.
    pub range: Range,
}

/// When somebody can expect to be called.
pub fn estimate(seen: &QueueSeen, who: Waiting) -> Estimate {
    let played = play::play(seen, who);
    let width = range::width(&seen.told, chrono::TimeDelta::seconds(played.median));
    let at = |seconds: i64| seen.now + chrono::TimeDelta::seconds(seconds.max(0));
    let widened = |edge: i64| played.median + ((edge - played.median) as f64 * width) as i64;
    let range = Range { from: at(widened(played.low)), until: at(widened(played.high)) };
    Estimate { likely: at(played.median), range: range.told(seen.now) }
}

#[cfg(test)]
mod tests;
