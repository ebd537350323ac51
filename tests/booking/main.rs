//! The book at the desk: who gets a slot, who waits for one, and what no order may ever do.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod any_orders;
mod decisions;
mod scene;
mod waiting;
