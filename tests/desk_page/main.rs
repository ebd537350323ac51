//! The desk's page as staff have it: in a real browser, at a real desk, with a kiosk on the other side.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod alarms;
mod answers;
mod arrivals;
mod book;
mod booking;
mod cases;
mod connection;
mod display;
mod drawer;
mod emergency;
mod every_page;
mod figures;
mod fleet;
mod keyboard;
mod language;
mod looks;
mod messages;
mod page;
mod payments;
mod queue;
mod records;
mod reflow;
mod requests;
mod resuming;
mod routines;
#[path = "../running_desk/mod.rs"]
mod running_desk;
mod scene;
mod screen_reader;
mod signing_in;
mod steps;
mod supervisor;
