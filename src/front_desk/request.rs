//! Flagged requests: what needs a person.

use super::{patient::PatientId, ticket::TicketId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The identity of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub Uuid);

/// Why a person is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestReason {
    /// The patient touched *help*.
    Help,
    /// Three times nothing matched.
    NotIdentified,
    /// Several records fit both identifiers.
    SeveralRecords,
    /// *That's not me* on the confirmation.
    NotThatPerson,
    /// Somebody registers who probably has a record already.
    PossibleDuplicate,
    /// Later than the window allows.
    LateArrival,
    /// Today's appointment was called off.
    AppointmentCancelled,
    /// Identified, but nothing is booked.
    NoAppointment,
    /// Consent was not given.
    NoConsent,
    /// The kiosk could not keep what was entered.
    KioskFault,
}

impl RequestReason {
    /// What staff read, in one line.
    pub fn headline(self) -> &'static str {
        match self {
            Self::Help => "Asks for help",
            Self::NotIdentified => "Could not be identified in three tries",
            Self::SeveralRecords => "Several records fit: decide which is theirs",
            Self::NotThatPerson => "Says the record shown is not theirs",
            Self::PossibleDuplicate => "Registers, but may have a record already",
            Self::LateArrival => "Came after check-in closed",
            Self::AppointmentCancelled => "Came for an appointment that was cancelled",
            Self::NoAppointment => "Has no appointment in the book",
            Self::NoConsent => "Did not give consent at the kiosk",
            Self::KioskFault => "The kiosk could not finish: see the patient in person",
        }
    }
}

/// What was typed before a registration was handed to a person; nothing of it is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Identity.
    pub id: RequestId,
    /// Why.
    pub reason: RequestReason,
    /// The step at which the kiosk stopped, such as "identify: family name".
    pub stopped_at: String,
    /// The records that are meant or could be meant.
    pub patients: Vec<PatientId>,
    /// A registration that was not made into a record, kept for staff to decide.
    pub registration: Option<Box<super::patient::Patient>>,
    /// The ticket, where there is one.
    pub ticket: Option<TicketId>,
    /// The language the patient reads, BCP 47.
    pub language: String,
    /// Which kiosk the patient stands at.
    pub kiosk: String,
    /// When it was raised.
    pub raised_at: DateTime<Utc>,
    /// By when somebody must have acknowledged it; after that it escalates.
    pub acknowledge_by: DateTime<Utc>,
}

/// How far a request has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum RequestState {
    /// Nobody has it.
    Open,
    /// Somebody is on the way.
    Acknowledged {
        /// The person's name as patients are told it.
        by: String,
    },
    /// Done.
    Resolved {
        /// By whom.
        by: String,
        /// What was done.
        note: String,
    },
}
