//! A thermal printer on a pseudo-terminal. Each ticket that it cuts becomes a picture in a folder.
//!
//! It takes ESC/POS apart with a parser of its own ([`parser`]), so that an error in the encoder is
//! not made a second time in its mirror; it has a buffer, sensors and a blade ([`machine`]), and
//! paper ([`paper`]).

mod machine;
mod paper;
mod parser;
mod preview;
mod service;
mod uart;

pub use machine::Condition;
pub use preview::{Preview, preview};
pub use service::{LineRecord, SimulatedPrinter, SimulatorError, SimulatorOptions};
