//! What goes wrong around a kiosk, and what is typed and scanned into it, met by the real parts: the kiosk's
//! runner with its store, its devices on pseudo-terminals, a desk that is served, and the program itself.
//!
//! Each case holds that people go on being served or are told where to go, that nothing is kept by halves,
//! and that whoever has to mend it reads what happened, to what, and what to do now.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

#[path = "../support/mod.rs"]
mod support;

mod devices;
mod disk;
mod glass;
mod program;
mod stores;
