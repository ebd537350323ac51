//! What stands beside an arrival: what made it a question, and who acts for the patient.

use super::words::{clock, day};
use crate::clinic::Clinic;
use crate::front_desk::appointment::AppointmentStatus;
use crate::front_desk::arrival::ArrivalCase;
use crate::front_desk::family::{ActingPerson, RelationState};
use crate::store::{ArrivalRow, RelationRow, Result, Store};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// Who acts for a patient, until staff have seen that it is so, or ended it.
#[derive(Serialize)]
pub struct ActsForPatient {
    relation: Uuid,
    /// What the relation is called in the routines.
    what: String,
    /// Name, and how to reach them.
    who: String,
    /// What they agreed to, as it was shown, and when.
    consent: String,
    lang: String,
    agreed: String,
    /// That staff have confirmed it, and who; empty while they have not.
    confirmed: String,
    /// That staff have ended it, and who; empty while they have not.
    ended: String,
}

impl ActsForPatient {
    /// Who acts in a visit, where somebody does.
    pub fn read(
        store: &Store,
        clinic: &Clinic,
        row: &ArrivalRow,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>> {
        let Some(relation) = row.visit.relation else { return Ok(None) };
        let Some(RelationRow { relation, state }) = store.relation(relation)? else { return Ok(None) };
        let who = match &relation.by {
            ActingPerson::Named { name, phone } => format!("{name}, {phone}"),
            ActingPerson::Record { patient } => store.patient(*patient)?.map_or_else(
                || "a patient whose record is not here yet".to_string(),
                |patient| {
                    let number = patient.number.map_or(String::new(), |number| format!(", no. {number}"));
                    format!("{}{number}", patient.name.full())
                },
            ),
        };
        let what = clinic.routines.companion(&relation.companion);
        let (confirmed, ended) = match state {
            RelationState::Entered => (String::new(), String::new()),
            RelationState::Confirmed { by } => (format!("Confirmed by {by}"), String::new()),
            RelationState::Ended { by } => (String::new(), format!("Ended by {by}")),
        };
        Ok(Some(Self {
            relation: relation.id.0,
            // The text is the one that patients choose: "My child".
            what: what
                .map_or(relation.companion.as_str(), |what| what.name.text(clinic.staff_language()))
                .to_string(),
            who,
            consent: relation.consent,
            lang: relation.language,
            agreed: format!("{}, {}", day(clinic, relation.at, now), clock(clinic, relation.at)),
            confirmed,
            ended,
        }))
    }
}

/// What staff should know of an arrival, a sentence each.
pub fn notes(clinic: &Clinic, row: &ArrivalRow, all: &[ArrivalRow]) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(appointment) = row.visit.appointment {
        // The earliest ticket holds; the board has the latest arrivals first.
        let same = all.iter().rev().filter(|other| other.visit.appointment == Some(appointment));
        let numbers: Vec<_> = same.map(|other| &other.ticket).collect();
        match numbers.as_slice() {
            [first, .., _] if first.id == row.ticket.id => {
                let others: Vec<_> = numbers[1..].iter().map(|ticket| ticket.number.as_str()).collect();
                notes.push(format!("Holds {} as well: call only {}", others.join(" and "), first.number));
            }
            [first, .., _] => notes.push(format!("The same patient holds {}: call only that", first.number)),
            _ => {}
        }
    }
    for case in &row.visit.noted {
        notes.push(match case {
            ArrivalCase::Late => "Came late".to_string(),
            ArrivalCase::Early => "Came before check-in opens".to_string(),
            ArrivalCase::BalanceDue => {
                let balance = row.patient.as_ref().and_then(|patient| patient.balance_due);
                balance.map_or("Balance due".to_string(), |balance| format!("Balance due: {balance}"))
            }
            other => other.id().to_string(),
        });
    }
    if let Some((due_at, appointment)) = row.visit.due_at.zip(row.appointment.as_ref())
        && appointment.starts_at != due_at
    {
        notes.push(format!("Checked in for {}, which was moved", clock(clinic, due_at)));
    }
    if row.appointment.as_ref().is_some_and(|each| each.status == AppointmentStatus::Cancelled) {
        notes.push("The appointment was cancelled".to_string());
    }
    notes
}
