//! The estimators that [`super::estimate`] is compared with.

use super::clock::Clock;
use super::{Called, Estimate, QueueSeen, Range, Waiting, estimate};
use chrono::{DateTime, TimeDelta, Utc};

/// A way to estimate a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Estimator {
    /// [`estimate`]: the one that people are told.
    PlayedForward,
    /// The peer: the plain average of today's waits, before the first call that of the day before.
    AverageOfToday,
    /// The fixed plan: each patient takes what the clinic's file says.
    FixedPlan,
    /// QL of Whitt 1999: who is before, times the mean duration, by the number of busy service points.
    QueueLength,
    /// LES of Ibrahim and Whitt 2009: as long as the one who was called last.
    LastToEnterService,
    /// HOL of Ibrahim and Whitt 2009: as long as the first in line has waited so far.
    HeadOfLine,
}

/// So many earlier errors of an estimator make its range, where it has none of its own.
pub const RESIDUALS: usize = 100;

impl Estimator {
    /// All of them, the one in use first.
    pub const ALL: [Self; 6] = [
        Self::PlayedForward,
        Self::AverageOfToday,
        Self::FixedPlan,
        Self::QueueLength,
        Self::LastToEnterService,
        Self::HeadOfLine,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::PlayedForward => "played forward (in use)",
            Self::AverageOfToday => "average of today's waits",
            Self::FixedPlan => "fixed plan of the file",
            Self::QueueLength => "queue length (QL)",
            Self::LastToEnterService => "last to enter (LES)",
            Self::HeadOfLine => "head of line (HOL)",
        }
    }

    /// When somebody can expect to be called. Only the first has a range of its own;
    /// `late` is how much later than expected it came before by this estimator, in seconds, oldest first.
    pub fn estimate(self, seen: &QueueSeen, who: Waiting, late: &[i64]) -> Estimate {
        let ready = who.ready.max(seen.now);
        let likely = match self {
            Self::PlayedForward => return estimate(seen, who),
            Self::AverageOfToday => ready + average(seen),
            Self::FixedPlan => fixed_plan(seen, who),
            Self::QueueLength => queue_length(seen, who).max(ready),
            Self::LastToEnterService => {
                let last = seen.called_today().last().map(|called| called.waited());
                ready + last.unwrap_or_default()
            }
            Self::HeadOfLine => {
                let first = seen.waiting.iter().min_by_key(|waiting| waiting.turn);
                ready
                    + first.map_or(TimeDelta::zero(), |first| (seen.now - first.ready).max(TimeDelta::zero()))
            }
        };
        calibrated(likely, late, seen.now)
    }
}

/// A range around an expected time from the errors made before: from their tenth to their ninetieth hundredth (split conformal
/// prediction, Vovk, Gammerman and Shafer 2005, in a moving window).
pub fn calibrated(likely: DateTime<Utc>, late: &[i64], now: DateTime<Utc>) -> Estimate {
    let mut last = late[late.len().saturating_sub(RESIDUALS)..].to_vec();
    last.sort_unstable();
    let at = |hundredth: usize, otherwise: i64| {
        TimeDelta::seconds(last.get(last.len() * hundredth / 100).copied().unwrap_or(otherwise))
    };
    let from = (likely + at(10, -600)).max(now);
    let until = (likely + at(90, 600)).max(from);
    Estimate { likely, range: Range { from, until }.told(now) }
}

fn average(seen: &QueueSeen) -> TimeDelta {
    let mean = |called: &[&Called]| {
        let sum: i64 = called.iter().map(|called| called.waited().num_seconds()).sum();
        TimeDelta::seconds(sum / called.len().max(1) as i64)
    };
    let today = seen.called_today();
    if !today.is_empty() {
        return mean(&today);
    }
    let clock = Clock::of(seen.zone);
    let day = |called: &Called| clock.day_and_second(called.called).0;
    let last = seen.called.iter().map(day).max();
    mean(&seen.called.iter().filter(|called| Some(day(called)) == last).collect::<Vec<_>>())
}

fn before(seen: &QueueSeen, who: Waiting) -> impl Iterator<Item = &Waiting> {
    seen.waiting.iter().filter(move |waiting| waiting.turn <= who.turn)
}

fn fixed_plan(seen: &QueueSeen, who: Waiting) -> DateTime<Utc> {
    let each = TimeDelta::minutes(seen.minutes_each.into());
    let mut starts: Vec<_> = before(seen, who).map(|waiting| waiting.ready).collect();
    let busy = seen.called.iter().filter(|called| called.finished.is_none()).map(|called| called.called);
    starts.extend(busy);
    starts.sort();
    let mut free = vec![DateTime::<Utc>::MIN_UTC; seen.service_points.max(1).into()];
    for start in starts {
        free.sort();
        free[0] = (free[0].max(start)) + each;
    }
    free.sort();
    free[0].max(who.ready).max(seen.now)
}

fn queue_length(seen: &QueueSeen, who: Waiting) -> DateTime<Utc> {
    let took = seen.called.iter().filter_map(|called| Some((called.finished? - called.called).num_seconds()));
    let (count, sum) =
        took.fold((6.0, 6.0 * seen.seconds_each()), |(n, sum), each| (n + 1.0, sum + each as f64));
    let points: std::collections::BTreeSet<u16> =
        seen.called_today().iter().map(|called| called.point).collect();
    let points = if points.is_empty() { usize::from(seen.service_points.max(1)) } else { points.len() };
    let busy = seen.called_today().iter().filter(|called| called.finished.is_none()).count();
    let before = before(seen, who).count() + usize::from(busy >= points);
    seen.now + TimeDelta::seconds((before as f64 * sum / count / points as f64) as i64)
}
