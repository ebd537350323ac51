//! The code scanner: a serial line on which each code comes as a line of text.

mod frame;
mod reader;
pub mod simulator;

pub use frame::{FrameReader, ScanError};
pub use reader::{ScanEvent, Scanner, ScannerError};
