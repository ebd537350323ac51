//! The desk's page as staff have it: in a real browser, at a real desk, with a kiosk on the other side.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod answers;
mod arrivals;
mod booking;
mod cases;
mod connection;
mod emergency;
mod looks;
mod messages;
mod page;
mod payments;
mod records;
mod requests;
mod routines;
#[path = "../running_desk/mod.rs"]
mod running_desk;
mod scene;
mod steps;
mod supervisor;
