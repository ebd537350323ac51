//! The table of how estimators did.

use super::replay::Outcome;
use crate::front_desk::wait::Estimator;
use std::fmt;

/// How an estimator did.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    /// How many estimates.
    pub count: usize,
    /// The mean absolute error, in minutes.
    pub mean: f64,
    /// The median of the absolute error.
    pub median: f64,
    /// The absolute error that one in ten exceeds.
    pub ninetieth: f64,
    /// How much later than expected calls come on the mean.
    pub bias: f64,
    /// The share of told ranges that held.
    pub held: f64,
    /// The mean width of the told range.
    pub width: f64,
    /// The time for an estimate, in microseconds: the median, for what else runs on the machine does not count.
    pub micros: f64,
}

impl Figures {
    /// The figures of an estimator among outcomes; none where it said nothing.
    pub fn of(outcomes: &[Outcome], estimator: Estimator) -> Option<Self> {
        let own: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.estimator == estimator).collect();
        if own.is_empty() {
            return None;
        }
        let count = own.len() as f64;
        let mean =
            |figure: &dyn Fn(&Outcome) -> f64| own.iter().map(|outcome| figure(outcome)).sum::<f64>() / count;
        let mut errors: Vec<f64> = own.iter().map(|outcome| outcome.late.abs()).collect();
        errors.sort_by(f64::total_cmp);
        let mut took: Vec<f64> = own.iter().map(|outcome| outcome.took.as_secs_f64()).collect();
        took.sort_by(f64::total_cmp);
        let at = |share: f64| errors[((count * share) as usize).min(errors.len() - 1)];
        Some(Self {
            count: own.len(),
            mean: mean(&|outcome| outcome.late.abs()),
            median: at(0.5),
            ninetieth: at(0.9),
            bias: mean(&|outcome| outcome.late),
            held: mean(&|outcome| f64::from(u8::from(outcome.held))),
            width: mean(&|outcome| outcome.width),
            micros: took[took.len() / 2] * 1e6,
        })
    }
}

/// The heading above rows of [`Figures`].
pub fn heading(first: &str) -> String {
    format!(
        "{first:<28} {:>9} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7} {:>9}",
        "estimates", "mean", "median", "90th", "bias", "held", "width", "time"
    )
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { count, mean, median, ninetieth, bias, held, width, micros } = self;
        write!(
            f,
            "{count:>9} {mean:>7.1} {median:>7.1} {ninetieth:>7.1} {bias:>+7.1} {:>6.1}% {width:>7.1} {micros:>6.0} µs",
            held * 100.0
        )
    }
}
