//! The queue: who is called next, and why.
//!
//! Everybody who waits has a [`Turn`]: a moment from which they count as waiting, made of when they came or are
//! booked, and of what the clinic's policy puts ahead or behind. The earliest moment is called first. A turn
//! does not change while somebody waits, so what the desk says about the order stays true, and nobody starves:
//! whoever comes later than a turn by more than the longest head start of the policy ([`QueuePolicy::longest_ahead`])
//! comes after it.

mod entry;
pub mod late;
mod turn;

pub use entry::{Place, QueueEntry, QueueRefusal, VisitEnd};
pub use turn::{Ahead, Base, Turn, next, order, turn};

use super::urgency::Urgency;
use crate::clinic::Localised;
use chrono::TimeDelta;
use serde::Deserialize;

/// From when a patient counts as waiting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountsFrom {
    /// From the time that is booked, even if they came late or early; without one, from when they came.
    #[default]
    AppointmentTime,
    /// From when they came, whatever is booked.
    Arrival,
    /// From when they are kept waiting: the later of the time booked and of coming.
    LongestWait,
}

/// A group of patients who are called earlier than their turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriorityGroup {
    /// Identity in the routines.
    pub id: String,
    /// What staff call it.
    pub name: Localised,
    /// By how much earlier its patients count as waiting.
    pub ahead: TimeDelta,
    /// Patients of this age or older belong to it by themselves.
    pub age_from: Option<u32>,
    /// Patients younger than this belong to it by themselves.
    pub age_under: Option<u32>,
}

impl PriorityGroup {
    /// Whether a patient of an age belongs to it without anybody saying so.
    pub fn takes(&self, age: u32) -> bool {
        let limited = self.age_from.is_some() || self.age_under.is_some();
        limited
            && self.age_from.is_none_or(|from| age >= from)
            && self.age_under.is_none_or(|under| age < under)
    }
}

/// In which order the patients of a service are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePolicy {
    /// From when they count as waiting.
    pub counts_from: CountsFrom,
    /// By how much later those without an appointment count, where booked times come first.
    pub walk_ins_behind: TimeDelta,
    /// By how much earlier urgent patients count.
    pub urgent_ahead: TimeDelta,
    /// The groups that are called earlier.
    pub groups: Vec<PriorityGroup>,
}

/// Before everybody who waits today: nobody in danger waits because of an order. Staff decide each of them by name.
pub const EMERGENCY_AHEAD: TimeDelta = TimeDelta::hours(24);

impl QueuePolicy {
    /// By how much earlier somebody of this urgency counts.
    pub fn ahead_of(&self, urgency: Urgency) -> TimeDelta {
        match urgency {
            Urgency::Routine => TimeDelta::zero(),
            Urgency::Urgent => self.urgent_ahead,
            Urgency::Emergency => EMERGENCY_AHEAD,
        }
    }

    /// The most by which anybody who is no emergency can count as waiting before they have come.
    pub fn longest_ahead(&self) -> TimeDelta {
        let groups = self.groups.iter().map(|group| group.ahead).max().unwrap_or_default();
        self.urgent_ahead + groups
    }
}
