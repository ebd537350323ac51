//! What stands beside an arrival: what made it a question, and who acts for the patient.

use super::words::Reader;
use crate::front_desk::appointment::AppointmentStatus;
use crate::front_desk::arrival::ArrivalCase;
use crate::front_desk::family::{ActingPerson, RelationState};
use crate::store::{ArrivalRow, RelationRow, Result, Store};
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
    pub fn read(store: &Store, reader: Reader, row: &ArrivalRow) -> Result<Option<Self>> {
        let Some(relation) = row.visit.relation else { return Ok(None) };
        let Some(RelationRow { relation, state }) = store.relation(relation)? else { return Ok(None) };
        let who = match &relation.by {
            ActingPerson::Named { name, phone } => format!("{name}, {phone}"),
            ActingPerson::Record { patient } => match store.patient(*patient)? {
                None => reader.say("a patient whose record is not here yet", &[]),
                Some(patient) => {
                    let name = patient.name.full();
                    match &patient.number {
                        Some(number) => {
                            reader.say("{name}, no. {number}", &[("name", &name), ("number", number)])
                        }
                        None => name,
                    }
                }
            },
        };
        let (confirmed, ended) = match state {
            RelationState::Entered => (String::new(), String::new()),
            RelationState::Confirmed { by } => {
                (reader.say("Confirmed by {by}", &[("by", &by)]), String::new())
            }
            RelationState::Ended { by } => (String::new(), reader.say("Ended by {by}", &[("by", &by)])),
        };
        Ok(Some(Self {
            relation: relation.id.0,
            // The text is the one that patients choose: "My child".
            what: reader.companion(&relation.companion),
            who,
            consent: relation.consent,
            lang: relation.language,
            agreed: format!("{}, {}", reader.day(relation.at), reader.clock(relation.at)),
            confirmed,
            ended,
        }))
    }
}

/// What staff should know of an arrival, a sentence each.
pub fn notes(reader: Reader, row: &ArrivalRow, all: &[ArrivalRow]) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(appointment) = row.visit.appointment {
        // The earliest ticket holds; the board has the latest arrivals first.
        let same = all.iter().rev().filter(|other| other.visit.appointment == Some(appointment));
        let numbers: Vec<_> = same.map(|other| &other.ticket).collect();
        match numbers.as_slice() {
            [first, .., _] if first.id == row.ticket.id => {
                let others: Vec<_> = numbers[1..].iter().map(|ticket| ticket.number.as_str()).collect();
                notes.push(reader.say(
                    "Holds {others} as well: call only {first}",
                    &[("others", &others.join(", ")), ("first", first.number.as_str())],
                ));
            }
            [first, .., _] => {
                notes.push(reader.say(
                    "The same patient holds {first}: call only that",
                    &[("first", first.number.as_str())],
                ))
            }
            _ => {}
        }
    }
    for case in &row.visit.noted {
        notes.push(match case {
            ArrivalCase::Late => reader.say("Came late", &[]),
            ArrivalCase::Early => reader.say("Came before check-in opens", &[]),
            ArrivalCase::BalanceDue => {
                let balance = row.patient.as_ref().and_then(|patient| patient.balance_due);
                match balance.filter(|_| reader.sees_money) {
                    Some(balance) => {
                        reader.say("Balance due: {balance}", &[("balance", &balance.to_string())])
                    }
                    None => reader.say("Balance due", &[]),
                }
            }
            other => other.id().to_string(),
        });
    }
    if let Some((due_at, appointment)) = row.visit.due_at.zip(row.appointment.as_ref())
        && appointment.starts_at != due_at
    {
        let time = reader.clock(due_at);
        notes.push(reader.say("Checked in for {time}, which was moved", &[("time", &time)]));
    }
    if row.appointment.as_ref().is_some_and(|each| each.status == AppointmentStatus::Cancelled) {
        notes.push(reader.say("The appointment was cancelled", &[]));
    }
    notes
}
