//! The link: facts that travel between kiosks and the desk.
//!
//! **Invariant:** this module alone knows the wire format. Facts are appended and never changed; each end
//! applies each fact exactly once, in order, in one transaction with the mark of how far it has come.

pub mod answer;
mod backoff;
pub mod fact;
pub mod kiosk_end;

pub use kiosk_end::{Link, LinkNews, LinkPlace, LinkWaker};
