//! The fleet, with a real desk, a real link and real kiosks: how a kiosk is, what calls somebody, and what it is
//! ordered to do, also when either side is restarted in the middle of it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

#[path = "../support/mod.rs"]
mod support;

mod alarms;
#[path = "../end_to_end/display.rs"]
#[allow(dead_code, reason = "here nobody touches the glass")]
mod display;
mod heartbeat;
mod metrics;
mod orders;
mod out_of_service;
mod program;
mod scene;
mod watched;
