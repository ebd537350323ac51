//! The book at the desk: orders of kiosks are decided here, and staff carry out what patients wish.

use super::action::{Done, conflict, parsed, wrong};
use super::board::words::Reader;
use super::language::sentence;
use super::people::Signed;
use super::{Desk, Refusal, kiosks};
use crate::front_desk::appointment::{Appointment, AppointmentStatus};
use crate::front_desk::booking::{BookingAnswer, BookingOrder, BookingRefusal, Slot, SlotSearch};
use crate::front_desk::request::{Request, RequestId, RequestState};
use crate::front_desk::role::Permission;
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
        let words = sentence("This is no order for the book, or one of another version of Vestibule.");
        Refusal(StatusCode::UNPROCESSABLE_ENTITY, words)
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
    /// Another slot than the one that was wished.
    #[serde(default)]
    slot: Option<Slot>,
}

#[derive(Deserialize)]
struct Declining {
    #[serde(default)]
    keep_waiting: bool,
}

#[derive(Deserialize)]
struct Searching {
    service: String,
    #[serde(default)]
    clinician: String,
    day: NaiveDate,
}

/// `POST /api/requests/{id}/carry-out`: does what the patient wishes, or books another free slot for them.
pub async fn carry_out(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Done {
    who.may(Permission::Book)?;
    let CarryingOut { slot } = parsed(&body)?;
    settle(&desk, &who, id, move |wish| match (wish, slot) {
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
pub async fn decline_offer(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Done {
    who.may(Permission::Book)?;
    let Declining { keep_waiting } = parsed(&body)?;
    settle(&desk, &who, id, move |wish| match wish {
        BookingOrder::TakeOffer { entry, .. } => Ok(BookingOrder::DeclineOffer { entry, keep_waiting }),
        _ => Err(wrong("Nothing was offered by this request.")),
    })
    .await
}

/// Carries out what a request wishes, for staff; with it the request is done.
async fn settle(
    desk: &Desk,
    who: &Signed,
    id: Uuid,
    order: impl FnOnce(BookingOrder) -> Result<BookingOrder, Refusal> + Send + 'static,
) -> Done {
    let clinic = desk.clinic.now();
    let (by, language) = (who.name.clone(), who.language);
    let (done, position) = desk
        .ask_as(who, move |store| {
            let done = (|| {
                let Some(row) = store.request(RequestId(id))? else {
                    return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such request.".into())));
                };
                if let RequestState::Resolved { by: first, note } = row.state {
                    return Ok(Err(conflict(
                        sentence("{first} has resolved it already: {note}")
                            .with("first", first)
                            .with("note", note),
                    )));
                }
                let Some(wish) = row.request.wish else {
                    return Ok(Err(wrong("Nothing is wished of the book by this request.")));
                };
                let order = match order(*wish) {
                    Ok(order) => order,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                let now = Utc::now();
                let reader = Reader { clinic: &clinic, language, now, sees_money: false };
                let answer = store
                    .carry_out(&clinic, RequestId(id), &order, &by, now, |answer| outcome(reader, answer))?;
                Ok(outcome(reader, &answer).map(drop).map_err(conflict))
            })();
            done.and_then(|done: Result<(), Refusal>| Ok((done, store.last_position()?)))
        })
        .await?;
    desk.reached(position);
    done.map(|()| StatusCode::NO_CONTENT)
}

/// What came of an order, for the record; or why nothing did.
fn outcome(reader: Reader, answer: &BookingAnswer) -> Result<String, String> {
    let told = |appointment: &Appointment| {
        format!("{}, {}", reader.when(appointment.starts_at), appointment.clinician)
    };
    match answer {
        BookingAnswer::Booked { appointment } => {
            Ok(reader.say("Booked: {appointment}", &[("appointment", &told(appointment))]))
        },
        BookingAnswer::Cancelled { appointment } => {
            Ok(reader.say("Called off: {appointment}", &[("appointment", &told(appointment))]))
        },
        BookingAnswer::Noted => Ok(reader.say("The waiting list is up to date", &[])),
        BookingAnswer::Taken => {
            Err(reader.say("Somebody else has this time by now: choose another one.", &[]))
        },
        BookingAnswer::Refused { why } => Err(match why {
            BookingRefusal::NoSuchSlot => reader.say("The schedule has no such time: choose another one.", &[]),
            BookingRefusal::OutsideBookingTime => reader.say("This time is over, or too far ahead: choose another one.", &[]),
            BookingRefusal::TooLate => reader.say("It is too late for this by the routines.", &[]),
            BookingRefusal::Changed => {
                reader.say("The appointment was changed, called off or checked in meanwhile: ask the patient what they want now.", &[])
            }
            BookingRefusal::Unknown => reader.say("There is no such appointment or offer any more.", &[]),
            BookingRefusal::PatientIsBusy => reader.say("The patient has another appointment at that time.", &[]),
            BookingRefusal::TooMany => reader.say("The patient has as many appointments ahead as the routines allow.", &[]),
        }),
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
pub async fn search(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    body: Bytes,
) -> Result<Json<FoundSlots>, Refusal> {
    who.may(Permission::Book)?;
    let Searching { service, clinician, day } = parsed(&body)?;
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
    does: Option<String>,
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
    pub fn read(store: &Store, reader: Reader, request: &Request) -> StoreResult<Option<Self>> {
        let Reader { clinic, now, .. } = reader;
        let Some(wish) = &request.wish else { return Ok(None) };
        let on = |at: DateTime<Utc>| reader.whole_time(at);
        let named = |slot: &Slot| {
            let (service, time) = (reader.service(&slot.service), on(slot.starts_at));
            let told = [("service", service.as_str()), ("clinician", &slot.clinician), ("time", &time)];
            reader.say("{service} with {clinician}, {time}", &told)
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
                true => (reader.say("This time is still free.", &[]), Some(does)),
                false => (reader.say("This time is no longer free.", &[]), None),
            };
            Ok(choosing(shown(words, state, does), slot))
        };
        let stands = |there: &Appointment| match there.status {
            AppointmentStatus::Booked => {
                reader.say("It is booked for {time}.", &[("time", &on(there.starts_at))])
            }
            AppointmentStatus::Cancelled => reader.say("It was booked and called off since.", &[]),
        };
        Ok(Some(match &**wish {
            BookingOrder::Book { appointment, slot, .. } => {
                let words = reader.say("Book {appointment}", &[("appointment", &named(slot))]);
                match store.appointment(*appointment)? {
                    Some(there) => shown(words, stands(&there), None),
                    None => open(words, slot, reader.say("Book it", &[]))?,
                }
            }
            BookingOrder::Move { appointment, from, slot } => {
                let words = reader.say(
                    "Move the appointment of {time} to {appointment}",
                    &[("time", &on(*from)), ("appointment", &named(slot))],
                );
                match store.appointment(*appointment)? {
                    Some(there) if there.status == AppointmentStatus::Booked && there.starts_at == *from => {
                        open(words, slot, reader.say("Move it", &[]))?
                    }
                    Some(there) => shown(words, stands(&there), None),
                    None => shown(words, reader.say("There is no such appointment here.", &[]), None),
                }
            }
            BookingOrder::Cancel { appointment, from } => {
                let words = reader.say("Call off the appointment of {time}", &[("time", &on(*from))]);
                match store.appointment(*appointment)? {
                    Some(there) if there.status == AppointmentStatus::Cancelled => {
                        shown(words, reader.say("It is called off already.", &[]), None)
                    }
                    Some(there) if there.starts_at == *from => {
                        shown(words, stands(&there), Some(reader.say("Call it off", &[])))
                    }
                    Some(there) => shown(words, stands(&there), None),
                    None => shown(words, reader.say("There is no such appointment here.", &[]), None),
                }
            }
            BookingOrder::Wait { entry } => {
                let wanted = &entry.wanted;
                let (service, clinician) = (reader.service(&wanted.service), wanted.clinician.as_deref());
                let (from, to) = (reader.date(wanted.from), reader.date(wanted.to));
                let told = [
                    ("service", service.as_str()),
                    ("clinician", clinician.unwrap_or_default()),
                    ("from", &from),
                    ("to", &to),
                ];
                let words = match clinician {
                    Some(_) => {
                        reader.say("Wait for {service} with {clinician} between {from} and {to}", &told)
                    }
                    None => reader.say("Wait for {service} between {from} and {to}", &told),
                };
                match store.waiting_for(entry.patient)?.iter().any(|known| known.id == entry.id) {
                    true => shown(words, reader.say("They are on the waiting list.", &[]), None),
                    false => {
                        shown(words, String::new(), Some(reader.say("Put them on the waiting list", &[])))
                    }
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
                            reader.say("Offer {appointment}", &[("appointment", &named(&offer.slot))]),
                            reader.say("Held for them until {time}.", &[("time", &reader.when(offer.until))]),
                            Some(reader.say("They take it", &[])),
                        )
                    },
                    None => shown(
                        reader.say("Offer a freed time", &[]),
                        reader.say("It is held for them no longer.", &[]),
                        None,
                    ),
                }
            }
            BookingOrder::DeclineOffer { .. } => shown(
                reader.say("They do not want the time that was offered", &[]),
                String::new(),
                Some(reader.say("Write it down", &[])),
            ),
        }))
    }
}
