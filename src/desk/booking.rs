//! The book at the desk: orders of kiosks are decided here, and staff carry out what patients wish.

use super::action::{Done, conflict, name, parsed, wrong};
use super::board::words::{service_name, when};
use super::{Desk, Refusal, kiosks};
use crate::clinic::Clinic;
use crate::front_desk::appointment::{Appointment, AppointmentStatus};
use crate::front_desk::booking::{BookingAnswer, BookingOrder, BookingRefusal, Slot, SlotSearch};
use crate::front_desk::request::{Request, RequestId, RequestState};
use crate::front_desk::schedule::Asker;
use crate::link::asking::BookingAsked;
use crate::store::{Result as StoreResult, Store};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// `POST /link/bookings`: decides what a patient at a kiosk asks of the book.
pub async fn decide(State(desk): State<Arc<Desk>>, body: Bytes) -> Result<Json<BookingAnswer>, Refusal> {
    // What the reader would say about the fault could quote what was sent, so it is not passed on.
    let BookingAsked { kiosk, order } = serde_json::from_slice(&body).map_err(|_| {
        let words = "This is no order for the book, or one of another version of Vestibule.";
        Refusal(StatusCode::UNPROCESSABLE_ENTITY, words.into())
    })?;
    kiosks::known(&desk, &kiosk)?;
    let clinic = desk.clinic.now();
    let (answer, position) = desk
        .ask(move |store| {
            let answer = store.decide_booking(&clinic, &order, Utc::now())?;
            Ok((answer, store.last_position()?))
        })
        .await?;
    desk.reached(position);
    Ok(Json(answer))
}

#[derive(Deserialize)]
struct CarryingOut {
    by: String,
    /// Another slot than the one that was wished.
    #[serde(default)]
    slot: Option<Slot>,
}

#[derive(Deserialize)]
struct Declining {
    by: String,
    #[serde(default)]
    keep_waiting: bool,
}

#[derive(Deserialize)]
struct Searching {
    by: String,
    service: String,
    #[serde(default)]
    clinician: String,
    day: NaiveDate,
}

/// `POST /api/requests/{id}/carry-out`: does what the patient wishes, or books another free slot for them.
pub async fn carry_out(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let CarryingOut { by, slot } = parsed(&body)?;
    let by = name(by)?;
    settle(&desk, id, by, move |wish| match (wish, slot) {
        (wish, None) => Ok(wish),
        (BookingOrder::Book { appointment, patient, .. }, Some(slot)) => {
            Ok(BookingOrder::Book { appointment, patient, slot })
        }
        (BookingOrder::Move { appointment, from, .. }, Some(slot)) => {
            Ok(BookingOrder::Move { appointment, from, slot })
        }
        (_, Some(_)) => Err(wrong("No other time can be chosen for this.")),
    })
    .await
}

/// `POST /api/requests/{id}/decline-offer`: the patient does not want the time; it is offered to the next.
pub async fn decline_offer(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let Declining { by, keep_waiting } = parsed(&body)?;
    let by = name(by)?;
    settle(&desk, id, by, move |wish| match wish {
        BookingOrder::TakeOffer { entry, .. } => Ok(BookingOrder::DeclineOffer { entry, keep_waiting }),
        _ => Err(wrong("Nothing was offered by this request.")),
    })
    .await
}

/// Carries out what a request wishes, for staff; with it the request is done.
async fn settle(
    desk: &Desk,
    id: Uuid,
    by: String,
    order: impl FnOnce(BookingOrder) -> Result<BookingOrder, Refusal> + Send + 'static,
) -> Done {
    let clinic = desk.clinic.now();
    let (done, position) = desk
        .ask(move |store| {
            let done = (|| {
                let Some(row) = store.request(RequestId(id))? else {
                    return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such request.".into())));
                };
                if let RequestState::Resolved { by: first, note } = row.state {
                    return Ok(Err(conflict(format!("{first} has resolved it already: {note}"))));
                }
                let Some(wish) = row.request.wish else {
                    return Ok(Err(wrong("Nothing is wished of the book by this request.")));
                };
                let order = match order(*wish) {
                    Ok(order) => order,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                let now = Utc::now();
                let answer = store.carry_out(&clinic, RequestId(id), &order, &by, now, |answer| {
                    outcome(&clinic, answer, now)
                })?;
                Ok(outcome(&clinic, &answer, now).map(drop).map_err(conflict))
            })();
            done.and_then(|done: Result<(), Refusal>| Ok((done, store.last_position()?)))
        })
        .await?;
    desk.reached(position);
    done.map(|()| StatusCode::NO_CONTENT)
}

/// What came of an order, for the record; or why nothing did.
fn outcome(clinic: &Clinic, answer: &BookingAnswer, now: DateTime<Utc>) -> Result<String, String> {
    let told = |appointment: &Appointment| {
        format!("{}, {}", when(clinic, appointment.starts_at, now), appointment.clinician)
    };
    match answer {
        BookingAnswer::Booked { appointment } => Ok(format!("Booked: {}", told(appointment))),
        BookingAnswer::Cancelled { appointment } => Ok(format!("Called off: {}", told(appointment))),
        BookingAnswer::Noted => Ok("The waiting list is up to date".to_string()),
        BookingAnswer::Taken => Err("Somebody else has this time by now: choose another one.".to_string()),
        BookingAnswer::Refused { why } => Err(match why {
            BookingRefusal::NoSuchSlot => "The schedule has no such time: choose another one.",
            BookingRefusal::OutsideBookingTime => "This time is over, or too far ahead: choose another one.",
            BookingRefusal::TooLate => "It is too late for this by the routines.",
            BookingRefusal::Changed => {
                "The appointment was changed, called off or checked in meanwhile: ask the patient what they want now."
            }
            BookingRefusal::Unknown => "There is no such appointment or offer any more.",
            BookingRefusal::PatientIsBusy => "The patient has another appointment at that time.",
            BookingRefusal::TooMany => "The patient has as many appointments ahead as the routines allow.",
        }
        .to_string()),
    }
}

/// The free slots of a day.
#[derive(Serialize)]
pub struct FoundSlots {
    slots: Vec<FoundSlot>,
}

#[derive(Serialize)]
struct FoundSlot {
    words: String,
    slot: Slot,
}

/// `POST /api/slots/search`: what is free on a day, also what patients may not book by themselves.
pub async fn search(State(desk): State<Arc<Desk>>, body: Bytes) -> Result<Json<FoundSlots>, Refusal> {
    let Searching { by, service, clinician, day } = parsed(&body)?;
    name(by)?;
    let (clinic, now) = (desk.clinic.now(), Utc::now());
    let clinician = Some(clinician).filter(|name| !name.is_empty());
    let search = SlotSearch { service, clinician, from: day, to: day, part: None };
    let zone = clinic.zone;
    let slots =
        desk.ask(move |store| store.open_slots_for(Asker::Staff, &clinic, &search, now)).await?.into_iter();
    let slots = slots.map(|slot| FoundSlot {
        words: format!("{} {}", slot.starts_at.with_timezone(&zone).format("%H:%M"), slot.clinician),
        slot,
    });
    Ok(Json(FoundSlots { slots: slots.collect() }))
}

/// What is wished, as a card shows it.
#[derive(Serialize)]
pub struct WishShown {
    /// What is wished.
    words: String,
    /// How it stands with that now.
    state: String,
    /// What the button says that does it; none where it cannot be done as it was wished.
    does: Option<&'static str>,
    /// Whether another slot can be chosen instead.
    can_choose: bool,
    /// Whether it is an offer that can be declined.
    is_offer: bool,
    /// Where the search for another slot begins.
    service: String,
    clinician: String,
    day: String,
}

impl WishShown {
    /// Reads what a request wishes and how it stands with that.
    pub fn read(
        store: &Store,
        clinic: &Clinic,
        request: &Request,
        now: DateTime<Utc>,
    ) -> StoreResult<Option<Self>> {
        let Some(wish) = &request.wish else { return Ok(None) };
        let on = |at: DateTime<Utc>| at.with_timezone(&clinic.zone).format("%A %-d %B, %H:%M").to_string();
        let named = |slot: &Slot| {
            format!("{} with {}, {}", service_name(clinic, &slot.service), slot.clinician, on(slot.starts_at))
        };
        let shown = |words: String, state: String, does| Self {
            words,
            state,
            does,
            can_choose: false,
            is_offer: false,
            service: String::new(),
            clinician: String::new(),
            day: String::new(),
        };
        let choosing = |shown: Self, slot: &Slot| Self {
            can_choose: true,
            service: slot.service.clone(),
            clinician: slot.clinician.clone(),
            day: slot.starts_at.with_timezone(&clinic.zone).date_naive().to_string(),
            ..shown
        };
        let free = |slot: &Slot| -> StoreResult<bool> {
            let day = slot.starts_at.with_timezone(&clinic.zone).date_naive();
            let (service, clinician) = (slot.service.clone(), Some(slot.clinician.clone()));
            let search = SlotSearch { service, clinician, from: day, to: day, part: None };
            Ok(store.open_slots_for(Asker::Staff, clinic, &search, now)?.contains(slot))
        };
        let open = |words: String, slot: &Slot, does| -> StoreResult<Self> {
            let (state, does) = match free(slot)? {
                true => ("This time is still free.", Some(does)),
                false => ("This time is no longer free.", None),
            };
            Ok(choosing(shown(words, state.to_string(), does), slot))
        };
        let stands = |there: &Appointment| match there.status {
            AppointmentStatus::Booked => format!("It is booked for {}.", on(there.starts_at)),
            AppointmentStatus::Cancelled => "It was booked and called off since.".to_string(),
        };
        Ok(Some(match &**wish {
            BookingOrder::Book { appointment, slot, .. } => {
                let words = format!("Book {}", named(slot));
                match store.appointment(*appointment)? {
                    Some(there) => shown(words, stands(&there), None),
                    None => open(words, slot, "Book it")?,
                }
            }
            BookingOrder::Move { appointment, from, slot } => {
                let words = format!("Move the appointment of {} to {}", on(*from), named(slot));
                match store.appointment(*appointment)? {
                    Some(there) if there.status == AppointmentStatus::Booked && there.starts_at == *from => {
                        open(words, slot, "Move it")?
                    }
                    Some(there) => shown(words, stands(&there), None),
                    None => shown(words, "There is no such appointment here.".into(), None),
                }
            }
            BookingOrder::Cancel { appointment, from } => {
                let words = format!("Call off the appointment of {}", on(*from));
                match store.appointment(*appointment)? {
                    Some(there) if there.status == AppointmentStatus::Cancelled => {
                        shown(words, "It is called off already.".into(), None)
                    }
                    Some(there) if there.starts_at == *from => {
                        shown(words, stands(&there), Some("Call it off"))
                    }
                    Some(there) => shown(words, stands(&there), None),
                    None => shown(words, "There is no such appointment here.".into(), None),
                }
            }
            BookingOrder::Wait { entry } => {
                let wanted = &entry.wanted;
                let whom = wanted.clinician.as_deref().map_or(String::new(), |name| format!(" with {name}"));
                let service = service_name(clinic, &wanted.service);
                let words = format!("Wait for {service}{whom} between {} and {}", wanted.from, wanted.to);
                match store.waiting_for(entry.patient)?.iter().any(|known| known.id == entry.id) {
                    true => shown(words, "They are on the waiting list.".into(), None),
                    false => shown(words, String::new(), Some("Put them on the waiting list")),
                }
            }
            BookingOrder::TakeOffer { entry, .. } => {
                let mut offers = Vec::new();
                for patient in &request.patients {
                    offers.extend(store.offers_for(*patient, now)?);
                }
                match offers.iter().find(|offer| offer.entry.id == *entry) {
                    Some(offer) => Self {
                        is_offer: true,
                        ..shown(
                            format!("Offer {}", named(&offer.slot)),
                            format!("Held for them until {}.", when(clinic, offer.until, now)),
                            Some("They take it"),
                        )
                    },
                    None => shown("Offer a freed time".into(), "It is held for them no longer.".into(), None),
                }
            }
            BookingOrder::DeclineOffer { .. } => shown(
                "They do not want the time that was offered".into(),
                String::new(),
                Some("Write it down"),
            ),
        }))
    }
}
