//! What happened, as a value that is stored and travels.

use crate::front_desk::appointment::Appointment;
use crate::front_desk::patient::Patient;
use crate::front_desk::request::{Request, RequestId};
use crate::front_desk::ticket::{PaperState, Ticket, TicketId, Visit};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The origin of the desk's own facts; kiosks have their names.
pub const DESK: &str = "desk";

/// Something that happened, once, at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Identity (UUIDv7).
    pub id: Uuid,
    /// Where it happened: a kiosk's name, or [`DESK`].
    pub origin: String,
    /// Its position among the facts of its origin, from 1, without gaps.
    pub seq: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: FactKind,
}

/// The kinds of fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FactKind {
    /// A patient record was made or taken over; the latest one holds.
    PatientRecorded {
        /// The whole record.
        patient: Patient,
    },
    /// An appointment was booked or changed; the latest one holds.
    AppointmentRecorded {
        /// The whole appointment.
        appointment: Appointment,
    },
    /// A patient is here and holds a number.
    CheckedIn {
        /// The visit.
        visit: Visit,
        /// Its ticket.
        ticket: Ticket,
    },
    /// What became of a ticket's paper.
    TicketPaper {
        /// Which ticket.
        ticket: TicketId,
        /// The end of its print job.
        state: PaperState,
        /// Why, in words for staff; empty when printed.
        cause: String,
        /// Whether it was a copy.
        copy: bool,
    },
    /// A person is needed.
    RequestRaised {
        /// The request.
        request: Request,
    },
    /// Somebody is on the way.
    RequestAcknowledged {
        /// Which request.
        request: RequestId,
        /// The person's name as patients are told it.
        by: String,
    },
    /// A request is done.
    RequestResolved {
        /// Which request.
        request: RequestId,
        /// By whom.
        by: String,
        /// What was done.
        note: String,
    },
    /// Nobody acknowledged in time.
    RequestEscalated {
        /// Which request.
        request: RequestId,
    },
    /// Staff asked for a ticket to be printed again.
    ReprintAsked {
        /// Which ticket.
        ticket: TicketId,
        /// The kiosk that shall print it.
        kiosk: String,
        /// Who asked.
        by: String,
    },
    /// A device of a kiosk changed its state.
    DeviceReported {
        /// Which device, such as "printer".
        device: String,
        /// What is wrong and what to do, in words for staff; empty when all is well.
        trouble: String,
    },
}

/// What a kiosk sends: facts of its own, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The kiosk's name.
    pub kiosk: String,
    /// Its facts, ascending by `seq`.
    pub facts: Vec<Fact>,
}

/// What the desk answers: how far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// All facts of this kiosk up to this `seq` are in the desk's store.
    pub applied_through: u64,
}

/// What the desk sends: facts of others, with its own positions as a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Facts, ascending by position.
    pub facts: Vec<Placed>,
}

/// A fact with its position in the desk's store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The desk's position.
    pub position: u64,
    /// The fact.
    pub fact: Fact,
}
