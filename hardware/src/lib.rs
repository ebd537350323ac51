//! The kiosk's devices. This crate knows bytes, paper and codes; it knows no patients.
//!
//! Each device stands in its own module and has a simulator beside it. A simulator is reached
//! through a pseudo-terminal, so a program talks to it with exactly the code that talks to the
//! device itself.

pub mod input_event;
pub mod printer;
mod pty;
pub mod scanner;
pub mod terminal;
