//! What the session asks of the kiosk's store: who somebody is, and what is under way with them. On the store's thread.

use crate::front_desk::code::Code;
use crate::front_desk::patient::{self, Match, Patient, PatientId};
use crate::front_desk::payment::ChargeFor;
use crate::kiosk::session::{Answer, Found, Identifiers, Known, OpenCase, Owed, VisitUnderWay};
use crate::store::{RequestRow, Store, StoreError};
use chrono::{DateTime, NaiveDate, Utc};

/// Who fits two identifiers.
pub(super) fn who(store: &Store, identifiers: &Identifiers, now: DateTime<Utc>) -> Result<Found, StoreError> {
    let fitting = match identifiers {
        Identifiers::Name(born, family) => {
            patient::match_family_name(&store.patients_born_on(*born)?, family)
        }
        Identifiers::Document(born, document) => {
            let mut fitting = store.patients_born_on(*born)?;
            fitting.retain(|patient| document.is_of(&patient.name));
            // Twins have one family name and one date of birth.
            if fitting.len() > 1 {
                fitting.retain(|patient| document.has_given_name(&patient.name));
            }
            patient::one_or_several(fitting)
        }
        Identifiers::Code(born, code) => {
            let mut named = match code {
                Code::PatientNumber(number) => store.patients_numbered(number)?,
                Code::Ticket(ticket) => store.holder_of(*ticket)?.into_iter().collect(),
                // A case is no patient, and a document none of ours: they are looked up in other ways.
                Code::Case(_) | Code::Document(_) | Code::OneOfSeveral => Vec::new(),
                Code::Appointment(appointment) => match store.appointment(*appointment)? {
                    Some(appointment) => store.patient(appointment.patient)?.into_iter().collect(),
                    None => Vec::new(),
                },
            };
            named.retain(|patient| patient.date_of_birth == *born);
            patient::one_or_several(named)
        }
    };
    Ok(match fitting {
        Match::None => Found::Nobody,
        Match::Several(patients) => Found::Several(patients),
        Match::One(patient) => known(store, *patient, now)?,
    })
}

/// The record that staff know to be the patient's.
pub(super) fn record(store: &Store, patient: PatientId, now: DateTime<Utc>) -> Result<Found, StoreError> {
    match store.patient(patient)? {
        Some(patient) => known(store, patient, now),
        None => Ok(Found::Nobody),
    }
}

fn known(store: &Store, mut patient: Patient, now: DateTime<Utc>) -> Result<Found, StoreError> {
    // What was paid since another system told the balance is owed no longer.
    let account = store.account(patient.id)?;
    let balance = account.dues.iter().find(|due| due.charge.what == ChargeFor::Balance);
    patient.balance_due = balance.map(|due| due.open);
    let (visits, members) = (store.booked_visits(patient.id)?, store.members_of(patient.id)?);
    let offer = store.offers_for(patient.id, now)?.into_iter().next();
    let forms = store.forms_answered(patient.id)?;
    Ok(Found::One(Box::new(Known { patient, visits, offer, members, forms })))
}

/// What the patient owes whom an answer is about. That it cannot be read stands in nobody's way.
pub(super) fn owed_after(store: &Store, answer: &Result<Answer, StoreError>) -> Option<Owed> {
    let (patient, ticket) = match answer {
        Ok(Answer::Found(Found::One(known))) => (known.patient.id, None),
        Ok(Answer::CheckedIn(ticket)) => {
            let holder = store.holder_of(ticket.id).ok()??;
            (holder.id, Some(ticket.id))
        }
        _ => return None,
    };
    store.account(patient).ok().map(|account| Owed { patient, ticket, account })
}

/// What is under way with the patient whom an answer is about. That it cannot be read stands in nobody's way.
pub(super) fn visit_of(
    store: &Store,
    answer: &Result<Answer, StoreError>,
    today: NaiveDate,
) -> Option<VisitUnderWay> {
    let Ok(Answer::Found(Found::One(known))) = answer else { return None };
    let patient = known.patient.id;
    let rows = store.questions_for(patient).ok()?.into_iter();
    let questions =
        rows.map(|row| open_case(store, Some(row)).ok()?.map(|case| *case)).collect::<Option<_>>()?;
    Some(VisitUnderWay { patient, questions, ticket: store.standing_ticket(patient, today).ok()? })
}

pub(super) fn open_case(store: &Store, row: Option<RequestRow>) -> Result<Option<Box<OpenCase>>, StoreError> {
    let Some(RequestRow { request, state, overdue, .. }) = row else { return Ok(None) };
    let messages = store.messages(request.id)?;
    Ok(Some(Box::new(OpenCase { request, state, overdue, messages })))
}
