//! The queue at the desk: who waits, in which order and why, and calling them.

mod act;
mod shown;
mod why;

pub use act::routes;
pub use shown::{QueueShown, wait_words};
