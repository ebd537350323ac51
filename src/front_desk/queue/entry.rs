//! A patient in the queue.

use crate::front_desk::request::OwnWords;
use crate::front_desk::ticket::{TicketId, TicketNumber, VisitId};
use crate::front_desk::urgency::Urgency;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How a visit ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "how")]
pub enum VisitEnd {
    /// The patient was seen.
    Seen,
    /// The patient went away, or was sent home: somebody says so by name, and why.
    Left {
        /// Why.
        why: OwnWords,
    },
    /// The patient holds another ticket for the same appointment, by which they were called.
    Doubled {
        /// The visit by which they were called.
        other: VisitId,
    },
    /// The day ended before anybody called them; staff were asked to tell them.
    NeverCalled,
}

/// Where a patient of the queue is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Waits to be called.
    Waiting,
    /// Was called to a service point, or is there.
    Called {
        /// Id of the service point.
        point: String,
        /// Who called.
        by: String,
        /// When they were first called there.
        at: DateTime<Utc>,
        /// How often, from 1.
        times: u32,
    },
    /// The visit is over.
    Ended(VisitEnd),
}

/// A patient in the queue of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueEntry {
    /// Whose turn it is to come.
    pub visit: VisitId,
    /// The ticket.
    pub ticket: TicketId,
    /// The number that is called.
    pub number: TicketNumber,
    /// The day of the queue, in the clinic's zone.
    pub day: NaiveDate,
    /// Id of the service they wait for.
    pub service: String,
    /// When they checked in.
    pub arrived_at: DateTime<Utc>,
    /// When their appointment begins, if they have one.
    pub appointment: Option<DateTime<Utc>>,
    /// From when they count as waiting where another service sent them here: what they have waited stays theirs.
    pub since: Option<DateTime<Utc>>,
    /// How soon they must be seen.
    pub urgency: Urgency,
    /// Ids of the priority groups that staff put them into.
    pub groups: Vec<String>,
    /// Their age in years, where it is known.
    pub age: Option<u32>,
    /// How often they were called and did not come.
    pub absences: u32,
    /// Not called by *call next* before this: they did not come, and have their second chance then.
    pub held_until: Option<DateTime<Utc>>,
    /// Where they are.
    pub place: Place,
}

impl QueueEntry {
    /// Whether they wait and *call next* may call them now.
    pub fn can_be_called(&self, now: DateTime<Utc>) -> bool {
        self.place == Place::Waiting && self.held_until.is_none_or(|until| until <= now)
    }

    /// Since when the clinic keeps them waiting: nobody waits before the time that is booked.
    pub fn waits_since(&self) -> DateTime<Utc> {
        self.since
            .unwrap_or_else(|| self.appointment.map_or(self.arrived_at, |booked| booked.max(self.arrived_at)))
    }
}

/// Why something cannot be done with the queue; each is a sentence for staff at the desk's edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueRefusal {
    /// There is no such visit.
    NoSuchVisit,
    /// The routines have no such service point.
    NoSuchPoint,
    /// The routines have no such service.
    NoSuchService,
    /// Nobody of the point's services can be called now; when the first who did not come can be called again.
    NobodyWaits {
        /// That time, if somebody is held back.
        held_until: Option<DateTime<Utc>>,
    },
    /// Another patient is at the point: what became of that one comes first.
    PointIsTaken {
        /// That one's number.
        by: TicketNumber,
    },
    /// Somebody has called this patient already.
    CalledAlready {
        /// To which point.
        point: String,
        /// By whom.
        by: String,
    },
    /// The patient is not called: it was taken back, or they did not come.
    NotCalled,
    /// The visit is over.
    Ended,
    /// The visit is not over: there is nothing to take back.
    NotEnded,
    /// The patient waits for that service already.
    SameService,
}
