//! A payment terminal in software, on a real TCP socket or a pseudo-terminal, on a thread of its own.
//!
//! It takes commands apart and writes its messages with code of its own, so that an
//! error of the driver is not made a second time in its mirror. Its journal is the truth: what was charged is
//! what stands there and was not reversed. It outlives power cuts.

mod bytes;
mod dialogue;
mod machine;
mod service;
mod wire;

pub use machine::{
    Patient, PowerCut, ReversedBy, SimulatedFault, SimulatedKind, SimulatedTransaction, Temper,
};
pub use service::TerminalSimulator;
