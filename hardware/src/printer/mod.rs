//! The ticket printer, in two layers: the line (bytes, status frames, flow) and the printer (jobs
//! and their end).
//!
//! ```text
//!  Document ──encode──▶ bytes ──Printer::print──▶ line ──▶ device
//!                                   ▲                       │
//!                                 JobEnd ◀── replies ◀──────┘
//! ```
//!
//! «The bytes were written» is not «the ticket was printed». A job ends as [`JobEnd::Printed`] only
//! when the printer itself said, in the order of its own buffer, that it came to the job's end.

mod bitmap;
mod code_page;
mod command;
mod condition;
mod document;
mod driver;
mod encode;
mod fonts;
mod job;
mod line;
mod profile;
mod qr;
pub mod simulator;
mod status;

pub use bitmap::Bitmap;
pub use condition::{Fault, OtherSpeed, PrinterStatus};
pub use document::{Align, Direction, Document, Element, TextSize, Weight};
pub use driver::{Printer, PrinterSettings};
pub use encode::{EncodeError, encode};
pub use fonts::{FontError, Fonts};
pub use job::{JobEnd, JobId};
pub use line::{FlowControl, PrinterError};
pub use profile::{CodePage, Cutter, Fence, Profile, ProfileError};
pub use status::{Reply, ReplyReader};
