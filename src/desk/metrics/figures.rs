//! What the running desk counts of its own work. A restart begins anew, as Prometheus expects of a counter.

use super::text::Histogram;
use crate::desk::locked;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

const REQUEST_BOUNDS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];
const STORE_BOUNDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Counters of the running desk.
pub struct Figures {
    counted: Mutex<Counted>,
}

/// What was counted so far.
#[derive(Clone)]
pub struct Counted {
    /// Requests by method, route and status.
    pub requests: BTreeMap<(&'static str, String, u16), u64>,
    /// Their times by route.
    pub request_seconds: BTreeMap<String, Histogram>,
    /// How long the store took, with waiting for its turn.
    pub store_seconds: Histogram,
    /// How often it could not do its work.
    pub store_failures: u64,
}

impl Default for Figures {
    fn default() -> Self {
        let counted = Counted {
            requests: BTreeMap::new(),
            request_seconds: BTreeMap::new(),
            store_seconds: Histogram::new(STORE_BOUNDS),
            store_failures: 0,
        };
        Self { counted: Mutex::new(counted) }
    }
}

impl Figures {
    /// A request was answered.
    pub fn request_answered(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let mut counted = locked(&self.counted);
        *counted.requests.entry((method, route.to_string(), status)).or_default() += 1;
        let times = &mut counted.request_seconds;
        let histogram = times.entry(route.to_string()).or_insert_with(|| Histogram::new(REQUEST_BOUNDS));
        histogram.take(took.as_secs_f64());
    }

    /// The store did something, or could not.
    pub fn store_answered(&self, took: Duration, failed: bool) {
        let mut counted = locked(&self.counted);
        counted.store_seconds.take(took.as_secs_f64());
        counted.store_failures += u64::from(failed);
    }

    /// All of it.
    pub fn counted(&self) -> Counted {
        locked(&self.counted).clone()
    }
}
