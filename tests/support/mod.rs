//! A clinic in a temporary folder, with what stands in it: a desk that is really served, devices on
//! pseudo-terminals, and hands at the glass of a real kiosk.
#![allow(dead_code, reason = "each test program uses its part of this")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

pub mod chance;
pub mod clinic;
pub mod desk;
pub mod devices;
pub mod elsewhere;
pub mod hands;
pub mod own_process;
pub mod paper;
pub mod program;
#[path = "../staff/mod.rs"]
pub mod staff;

use std::time::{Duration, Instant};

/// The longest that anything may take that must come.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until something is so. What never comes is named.
pub fn until(what: &str, so: impl FnMut() -> bool) {
    until_within(PATIENCE, what, so);
}

/// The same, for what takes its time.
pub fn until_within(patience: Duration, what: &str, mut so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < patience, "{what} did not come within {} s", patience.as_secs());
        std::thread::sleep(Duration::from_millis(20));
    }
}
