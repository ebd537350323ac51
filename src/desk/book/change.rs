//! Booking for a patient, moving, putting back and calling off.

use super::words::refusal;
use crate::desk::action::parsed;
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::appointment::AppointmentId;
use crate::front_desk::booking::{BookingAnswer, BookingOrder, Slot};
use crate::front_desk::patient::PatientId;
use crate::front_desk::role::Permission;
use crate::front_desk::schedule::Asker;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
struct NewAppointment {
    /// Made by the page: the same one sent again books nothing anew.
    id: Uuid,
    patient: Uuid,
    slot: Slot,
}

#[derive(Deserialize)]
struct Moving {
    /// When it began as the page showed it.
    from: DateTime<Utc>,
    slot: Slot,
}

#[derive(Deserialize)]
struct CallingOff {
    from: DateTime<Utc>,
}

/// The appointment as it stands now.
#[derive(Serialize)]
pub struct Stands {
    id: Uuid,
    slot: Slot,
}

/// What was asked of the book.
enum Asked {
    Order(BookingOrder),
    PutBack { appointment: AppointmentId, from: DateTime<Utc>, before: Slot },
}

/// `POST /api/book/appointments`: books a free slot for a patient.
pub async fn book(who: Signed, State(desk): State<Arc<Desk>>, body: Bytes) -> Result<Json<Stands>, Refusal> {
    who.may(Permission::Book)?;
    let NewAppointment { id, patient, slot } = parsed(&body)?;
    let (appointment, patient) = (AppointmentId(id), PatientId(patient));
    let known = desk.ask_as(&who, move |store| store.patient(patient)).await?;
    if known.is_none() {
        let words = who.language.say("This record is not here any more: search again.", &[]);
        return Err(Refusal(StatusCode::NOT_FOUND, words.into()));
    }
    decide(&desk, &who, Asked::Order(BookingOrder::Book { appointment, patient, slot })).await
}

/// `POST /api/book/appointments/{id}/move`.
pub async fn put_off(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Result<Json<Stands>, Refusal> {
    who.may(Permission::Book)?;
    let Moving { from, slot } = parsed(&body)?;
    decide(&desk, &who, Asked::Order(BookingOrder::Move { appointment: AppointmentId(id), from, slot })).await
}

/// `POST /api/book/appointments/{id}/put-back`: undoes a move; also to where the schedule has no slot of that kind.
pub async fn put_back(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Result<Json<Stands>, Refusal> {
    who.may(Permission::Book)?;
    let Moving { from, slot } = parsed(&body)?;
    decide(&desk, &who, Asked::PutBack { appointment: AppointmentId(id), from, before: slot }).await
}

/// `POST /api/book/appointments/{id}/call-off`.
pub async fn call_off(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Result<Json<Stands>, Refusal> {
    who.may(Permission::Book)?;
    let CallingOff { from } = parsed(&body)?;
    decide(&desk, &who, Asked::Order(BookingOrder::Cancel { appointment: AppointmentId(id), from })).await
}

/// Carries out what was asked, or refuses it in words.
async fn decide(desk: &Desk, who: &Signed, asked: Asked) -> Result<Json<Stands>, Refusal> {
    let clinic = desk.clinic.now();
    let (answer, is_closed, position) = desk
        .ask_as(who, move |store| {
            let now = Utc::now();
            let (answer, slot) = match asked {
                Asked::Order(order) => {
                    let answer = store.decide_booking_for(Asker::Staff, &clinic, &order, now)?;
                    let slot = match order {
                        BookingOrder::Book { slot, .. } | BookingOrder::Move { slot, .. } => Some(slot),
                        _ => None,
                    };
                    (answer, slot)
                }
                Asked::PutBack { appointment, from, before } => {
                    (store.put_back(&clinic, appointment, from, &before, now)?, Some(before))
                }
            };
            let is_closed = match (&answer, slot) {
                (BookingAnswer::Taken, Some(slot)) => {
                    store.closed_by(&slot.clinician, slot.starts_at, slot.ends_at())?.is_some()
                }
                _ => false,
            };
            Ok((answer, is_closed, store.last_position()?))
        })
        .await?;
    desk.reached(position);
    if let Some(refusal) = refusal(&answer, is_closed) {
        return Err(refusal);
    }
    match answer {
        BookingAnswer::Booked { appointment } | BookingAnswer::Cancelled { appointment } => {
            let slot = Slot {
                starts_at: appointment.starts_at,
                clinician: appointment.clinician,
                service: appointment.service,
                minutes: appointment.minutes,
                site: appointment.site,
            };
            Ok(Json(Stands { id: appointment.id.0, slot }))
        }
        // Orders about appointments are answered by appointments.
        _ => Err(Refusal(StatusCode::INTERNAL_SERVER_ERROR, "The book gave no answer.".into())),
    }
}
