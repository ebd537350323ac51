//! The code scanner: a serial line on which each code comes as a line of text, or a keyboard on which it is typed.

mod device;
mod frame;
mod keyboard;
mod reader;
pub mod simulator;

pub use frame::{FrameReader, ScanError};
pub use keyboard::{KeyEvent, KeyReader, KeyboardLayout};
pub use reader::{ScanEvent, Scanner, ScannerError, ScannerPort};
