//! Families: who acts for whom, on record and with consent, and which of them can be checked in together.
//!
//! **Invariant:** nothing of another person is offered without a recorded relation that stands and that the
//! clinic's routines let check in.

use super::appointment::{Appointment, Arrival, ArrivalLimits, BookedVisit, Here, judge_arrival};
use super::patient::PatientId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The identity of a recorded relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RelationId(pub Uuid);

/// Who acts for a patient.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "as")]
pub enum ActingPerson {
    /// A patient of the clinic, who has given two identifiers of their own.
    Record {
        /// Their record.
        patient: PatientId,
    },
    /// Somebody who is no patient here.
    Named {
        /// Name, as typed.
        name: String,
        /// Telephone number, as typed.
        phone: String,
    },
}

// Names must not reach logs by a stray `{:?}`.
impl fmt::Debug for ActingPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record { patient } => write!(f, "Record({patient})"),
            Self::Named { .. } => f.write_str("Named(withheld)"),
        }
    }
}

/// Somebody at a kiosk acts for patients, and has agreed to its being written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// Id of the relation in the clinic's routines.
    pub companion: String,
    /// Who acts.
    pub by: ActingPerson,
    /// The text that was agreed to, exactly as it was shown.
    pub consent: String,
    /// The language of that text, BCP 47.
    pub language: String,
}

/// A relation as it was entered at a kiosk: a patient's word until staff have confirmed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Identity.
    pub id: RelationId,
    /// Who is acted for.
    pub of: PatientId,
    /// Id of the relation in the clinic's routines, such as "parent".
    pub companion: String,
    /// Who acts.
    pub by: ActingPerson,
    /// The text that was agreed to, exactly as it was shown.
    pub consent: String,
    /// The language of that text, BCP 47.
    pub language: String,
    /// When it was agreed to.
    pub at: DateTime<Utc>,
}

/// What staff made of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RelationState {
    /// Nobody has looked at it: it is what was entered.
    Entered,
    /// Somebody has seen that it is so.
    Confirmed {
        /// Who.
        by: String,
    },
    /// It holds no longer, or never did.
    Ended {
        /// Who ended it.
        by: String,
    },
}

/// A patient whom somebody else may check in, by a relation that stands: only what must be known to offer it.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    /// Whose.
    pub patient: PatientId,
    /// Who acts for them, as it was agreed to.
    pub acting: Acting,
    /// First given name: no more than that is shown.
    pub given: String,
    /// Their appointments.
    pub visits: Vec<BookedVisit>,
}

/// The appointments for which members can be checked in now and here, with whose they are.
pub fn members_at_hand<'a>(
    members: &'a [Member],
    limits: impl Fn(&Appointment) -> ArrivalLimits,
    here: Here<'_>,
) -> Vec<(&'a Member, Appointment)> {
    let at_hand = |member: &'a Member| match judge_arrival(&member.visits, &limits, here) {
        Arrival::OnTime(appointment) => Some((member, appointment)),
        _ => None,
    };
    members.iter().filter_map(at_hand).collect()
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Member({})", self.patient)
    }
}
