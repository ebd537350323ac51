//! The payment terminal, by ZVT (PA00P015; over serial lines PA00P016).
//!
//! ```text
//!  Till ──▶ Terminal ──▶ dialogue ──▶ line (TCP, or blocks over a serial line) ──▶ device
//!   ▲                       │ messages, read
//!   └──── TransactionEnd ◀──┘
//! ```
//!
//! «No answer» is not «not paid». A transaction ends as [`TransactionEnd::Completed`] or
//! [`TransactionEnd::Refused`] only when the terminal itself said so to its end; all else is
//! [`TransactionEnd::NotKnown`]. Card numbers do not enter the program: of each at most the last four digits
//! are read, texts are masked, and what was received is wiped.

mod abort;
mod apdu;
mod command;
#[cfg(test)]
mod corpus;
mod dialogue;
mod driver;
mod fault;
mod field;
#[cfg(test)]
mod judged;
mod line;
mod mask;
mod message;
mod place;
mod receipt;
mod record;
mod refusal;
mod serial_frame;
pub mod simulator;
mod text;
mod transaction;

pub use abort::Aborter;
pub use driver::{Registered, Terminal, TerminalCondition};
pub use fault::{NotKept, TerminalFault};
pub use message::TerminalMessage;
pub use place::{NotAPassword, Patience, TerminalPassword, TerminalPlace, TerminalSettings};
pub use receipt::{PrintedReceipt, ReceiptFor};
pub use record::{
    CardKind, DayTotals, KindTotal, MaskedCard, TerminalDate, TerminalId, TerminalTime, TransactionRecord,
};
pub use refusal::{Refusal, RefusalKind};
pub use transaction::{Till, TransactionEnd};
