//! What two places did that did not know of each other, and a person must put right: two tickets for one
//! appointment, a check-in for an appointment that was called off or moved, a time that another system booked over,
//! an appointment in a time that staff had closed, two that should know and differ about a payment, something that was paid
//! twice.
//!
//! What is told and what is not is found in the store alone, so a desk that stops in between tells it when it is
//! back.

use super::payments::differing_closings;
use crate::clinic::Clinic;
use crate::front_desk::payment::Payment;
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::link::fact::{DESK, FactKind};
use crate::store::{BookedTwice, CheckInConflict, Result, Store};
use chrono::{DateTime, Days, Utc};
use uuid::Uuid;

/// Tickets are good for their day; a kiosk may have been cut off for longer.
const LOOKED_BACK: Days = Days::new(7);

/// Raises a request for each conflict that has none yet. Answers how many. Money is looked at where something was heard
/// of it after a position of the facts; without one, everywhere.
pub fn raise(store: &mut Store, clinic: &Clinic, after: Option<u64>, now: DateTime<Utc>) -> Result<usize> {
    let today = now.with_timezone(&clinic.zone).date_naive();
    let since = today.checked_sub_days(LOOKED_BACK).unwrap_or(today);
    let checked_in = store.check_in_conflicts(since)?.into_iter();
    let booked = store.booked_twice(now)?.into_iter();
    let money = store.payments_to_look_into(after, now - LOOKED_BACK)?.into_iter();
    let closings = differing_closings(store, clinic, after, now)?;
    let requests: Vec<Request> = checked_in
        .map(|conflict| of_check_in(clinic, conflict, now))
        .chain(booked.map(|twice| of_booking(clinic, &twice, now)))
        .chain(money.map(|(reason, row)| of_payment(clinic, reason, row.payment, now)))
        .chain(closings)
        .collect();
    let count = requests.len();
    if count > 0 {
        let kinds = requests.into_iter().map(|request| FactKind::RequestRaised { request });
        store.commit(kinds.collect(), now)?;
    }
    // Another system knows nothing of what was closed here.
    let over = store.booked_over_closures(now)?;
    let told = over.len();
    for (id, appointment) in over {
        if let Some(row) = store.closure(id)? {
            store.tell_of_closed_time(clinic, &row.closure, appointment, now)?;
        }
    }
    Ok(count + told)
}

/// A payment that a person must look into.
pub fn of_payment(clinic: &Clinic, reason: RequestReason, payment: Payment, now: DateTime<Utc>) -> Request {
    Request {
        stopped_at: format!("pay: {}", payment.amount),
        patients: vec![payment.patient],
        ticket: payment.ticket,
        language: payment.language,
        payment: Some(payment.id),
        ..Request::noticed(RequestId(Uuid::now_v7()), reason, clinic, &payment.kiosk, now)
    }
}

fn of_check_in(clinic: &Clinic, conflict: CheckInConflict, now: DateTime<Utc>) -> Request {
    let CheckInConflict { reason, patient, ticket, kiosk, language, words } = conflict;
    Request {
        stopped_at: words,
        patients: vec![patient],
        ticket: Some(ticket),
        language,
        ..Request::noticed(RequestId(Uuid::now_v7()), reason, clinic, &kiosk, now)
    }
}

fn of_booking(clinic: &Clinic, twice: &BookedTwice, now: DateTime<Utc>) -> Request {
    let here = twice.starts_at.with_timezone(&clinic.zone);
    let subject =
        format!("Two patients are booked with {} on {}", twice.clinician, here.format("%A %-d %B, %H:%M"));
    Request {
        subject: Some(subject),
        stopped_at: twice.key(),
        patients: twice.patients.to_vec(),
        ..Request::noticed(RequestId(Uuid::now_v7()), RequestReason::BookedTwice, clinic, DESK, now)
    }
}
