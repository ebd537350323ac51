//! Queue tickets: the number a patient holds, and what became of its paper.

use super::appointment::{Appointment, AppointmentId};
use super::arrival::ArrivalCase;
use super::family::{Acting, RelationId};
use super::form::{Consent, FilledForm};
use super::patient::{Patient, PatientId};
use super::wait::Range;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The identity of a ticket. The number on the paper is for people; this is what records refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketId(pub Uuid);

/// The identity of a visit: one patient's stay for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VisitId(pub Uuid);

/// The number that is called: the service's letter, the kiosk's series, and the count of the day,
/// as in `C107` (general consultation, kiosk 1, seventh of the day).
///
/// All series of a clinic have the same number of digits (the clinic's file is refused otherwise), so two
/// kiosks cannot arrive at the same number, and none of them has to ask anybody for one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketNumber(String);

impl TicketNumber {
    /// The number for the `count`-th ticket (from 1) of a service and day at the kiosk with `series`.
    pub fn new(letter: char, series: &str, count: u32) -> Self {
        Self(format!("{letter}{series}{count:02}"))
    }

    /// As it is shown and called.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A queue ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Identity.
    pub id: TicketId,
    /// The number for people.
    pub number: TicketNumber,
    /// The day it is good for, in the clinic's zone.
    pub day: NaiveDate,
    /// The service's id in the clinic's routines.
    pub service: String,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// When the patient can expect to be called at the earliest.
    pub expected_at: DateTime<Utc>,
    /// And at the latest, in four cases of five. Tickets from before ranges were told have none.
    #[serde(default)]
    pub expected_until: Option<DateTime<Utc>>,
    /// When to come back to the desk if nobody has called.
    pub come_back_at: DateTime<Utc>,
    /// The language it is printed in, BCP 47.
    pub language: String,
}

impl Ticket {
    /// Between when and when the patient can expect to be called.
    pub fn expected(&self) -> Range {
        Range { from: self.expected_at, until: self.expected_until.unwrap_or(self.expected_at) }
    }
}

/// A visit that is about to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVisit {
    /// A record that is made by this visit: a new patient's.
    pub registration: Option<Patient>,
    /// Who.
    pub patient: PatientId,
    /// For which appointment, if any.
    pub appointment: Option<Appointment>,
    /// Id of the chosen reason, if any.
    pub reason: Option<String>,
    /// Id of the service.
    pub service: String,
    /// Language of the ticket, BCP 47.
    pub language: String,
    /// Id of the relation, where somebody acts for the patient.
    pub companion: Option<String>,
    /// Who acts for the patient, where that was asked and agreed to.
    pub acting: Option<Acting>,
    /// What made the check-in a question, and did not stand in its way.
    pub noted: Vec<ArrivalCase>,
    /// What a new patient consented to.
    pub consent: Option<Consent>,
    /// The clinic's forms that were answered for this visit.
    pub forms: Vec<FilledForm>,
}

/// A patient who is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Identity.
    pub id: VisitId,
    /// Who.
    pub patient: PatientId,
    /// For which appointment; none for a walk-in.
    pub appointment: Option<AppointmentId>,
    /// The id of the clinic's reason for visit, where one was chosen.
    pub reason: Option<String>,
    /// With which ticket.
    pub ticket: TicketId,
    /// Since when.
    pub checked_in_at: DateTime<Utc>,
    /// Id of the relation, where somebody acts for the patient.
    #[serde(default)]
    pub companion: Option<String>,
    /// The recorded relation of whoever acts for the patient.
    #[serde(default)]
    pub relation: Option<RelationId>,
    /// When the appointment began, as the kiosk knew it: a later change shows against it. Visits from before
    /// this was kept have none.
    #[serde(default)]
    pub due_at: Option<DateTime<Utc>>,
    /// What made the check-in a question, and did not stand in its way.
    #[serde(default)]
    pub noted: Vec<ArrivalCase>,
}

/// What became of a ticket's paper. *Not known* is an end of its own: it is never rounded to success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperState {
    /// The number is given out, its paper is under way.
    Reserved,
    /// The printer confirmed it.
    Printed,
    /// Certain: no paper came out.
    NotPrinted,
    /// The printer fell silent in between; perhaps there is paper, perhaps not.
    NotKnown,
}

impl PaperState {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Printed => "printed",
            Self::NotPrinted => "not-printed",
            Self::NotKnown => "not-known",
        }
    }

    /// Reads [`PaperState::word`] back; anything else is treated as not known.
    pub fn from_word(word: &str) -> Self {
        match word {
            "reserved" => Self::Reserved,
            "printed" => Self::Printed,
            "not-printed" => Self::NotPrinted,
            _ => Self::NotKnown,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn ticket() -> Ticket {
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        Ticket {
            id: TicketId(Uuid::from_u128(7)),
            number: TicketNumber::new('C', "1", 7),
            day: at.date_naive(),
            service: "general".into(),
            issued_at: at,
            expected_at: at,
            expected_until: Some(at + chrono::TimeDelta::minutes(10)),
            come_back_at: at,
            language: "en".into(),
        }
    }

    proptest! {
        #[test]
        fn two_kiosks_never_arrive_at_the_same_number(
            a in (1u32..100, 1u32..100_000), b in (1u32..100, 1u32..100_000)
        ) {
            let number = |(series, count): (u32, u32)| TicketNumber::new('C', &format!("{series:02}"), count);
            prop_assert_eq!(number(a) == number(b), a == b);
        }
    }
}
