//! The queue of the day: what its facts amount to, and the decisions of the desk about it. Each decision reads and
//! writes in one transaction, so two receptionists who call at the same moment get two patients.

mod applied;
mod decided;
mod flagged;
mod read;
mod seen;

pub(super) use applied::{
    absent, call_taken_back, called, called_again, finished, joined, marked, reopened, transferred,
};
pub use decided::Called;
pub use read::{PatientCall, Stay};
pub use seen::DaySeen;
pub(super) use seen::{Known, Newcomer, estimate};

use super::Result;
use crate::front_desk::queue::QueueRefusal;

/// What the desk decides about the queue, or why it cannot.
pub type QueueDecision<T> = Result<std::result::Result<T, QueueRefusal>>;

#[cfg(test)]
mod tests;
