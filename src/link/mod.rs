//! The link: facts that travel between kiosks and the desk.
//!
//! **Invariant:** this module alone knows the wire format. Facts are appended and never changed; each end
//! applies each fact exactly once, in order, in one transaction with the mark of how far it has come.
//!
//! How a store that was replaced or put back from a backup comes to agree with the other end:
//!
//! 1. A delivery names the fact that it follows on from, and each of its facts has an identity.
//! 2. The desk takes it only if the same facts stand at the same numbers in its store; otherwise it answers
//!    "follow first" and takes nothing. A number alone never makes a fact known.
//! 3. The feed is the desk's whole log, the kiosk's own facts included. A position carries a stamp; if the
//!    desk's log is not the one that the kiosk followed, the kiosk follows it again from the beginning.
//! 4. Following, the kiosk puts its own facts where the desk has them, takes in those that it lacks, and
//!    numbers what the desk has not behind them. What the desk lost counts as not delivered again.
//! 5. Then it delivers. Facts keep their identity through all of this; only their numbers change.

pub mod answer;
pub mod asking;
mod backoff;
pub mod fact;
pub mod heartbeat;
pub mod kiosk_end;

pub use asking::Asking;
pub use kiosk_end::{Link, LinkNews, LinkPlace, LinkWaker};
