//! The table of norms of accessibility, held to the tests that it names; and what norms ask of the whole kiosk and can be
//! measured in numbers.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod loudness;
mod source;
mod table;
mod time_limits;
