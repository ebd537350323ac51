//! Money at the desk, over its real server: doubts that staff settle, money taken and given back, ends of a terminal's
//! day and of the cash drawer's, and the calls of a payment provider.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod closing;
mod doubt;
mod drawer;
mod late_kiosk;
mod ledger;
mod provider;
mod refund;
#[allow(dead_code, reason = "other tests use more of it")]
#[path = "../running_desk/mod.rs"]
mod running_desk;
mod scene;
mod taking;
