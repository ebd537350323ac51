//! What patients wish of the book while the desk is out of reach, and what is offered to those who wait, as staff
//! meet it on their page.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use chrono::{Days, TimeDelta, Utc};
use serde_json::json;
use std::sync::Arc;
use support::clinic::{Place, guests};
use support::desk::RunningDesk;
use support::until;
use uuid::Uuid;
use vestibule::clinic::Clinic;
use vestibule::front_desk::appointment::AppointmentId;
use vestibule::front_desk::booking::*;
use vestibule::front_desk::patient::PatientId;
use vestibule::front_desk::request::{Request, RequestId, RequestReason};
use vestibule::link::fact::FactKind;

fn open_slots(desk: &RunningDesk, clinic: &Arc<Clinic>) -> Vec<Slot> {
    let today = Utc::now().with_timezone(&clinic.zone).date_naive();
    let (from, to) = (today + Days::new(2), today + Days::new(30));
    let search = SlotSearch { service: "general".into(), clinician: None, from, to, part: None };
    let clinic = Arc::clone(clinic);
    desk.store.run(move |store| store.open_slots(&clinic, &search, Utc::now())).unwrap()
}

/// A request as a kiosk raises it that could not ask the desk.
fn wish(desk: &RunningDesk, clinic: &Clinic, order: &BookingOrder, patient: PatientId) {
    let raised_at = Utc::now();
    let id = RequestId(Uuid::now_v7());
    let request = Request {
        wish: Some(Box::new(order.clone())),
        stopped_at: "choosing an appointment".into(),
        patients: vec![patient],
        language: "es".into(),
        ..Request::noticed(id, RequestReason::BookingWish, clinic, "lobby", raised_at)
    };
    desk.store.run(move |store| store.commit(vec![FactKind::RequestRaised { request }], raised_at)).unwrap();
}

fn decide(desk: &RunningDesk, clinic: &Arc<Clinic>, order: &BookingOrder) -> BookingAnswer {
    let (clinic, order) = (Arc::clone(clinic), order.clone());
    desk.store.run(move |store| store.decide_booking(&clinic, &order, Utc::now())).unwrap()
}

#[test]
fn staff_carry_out_a_wish_or_book_another_time_and_see_what_was_booked_already() {
    let place = Place::new();
    let clinic = &place.clinic;
    let desk = RunningDesk::start(clinic);
    let people = guests(3);
    desk.book(&people);
    let slots = open_slots(&desk, clinic);
    let ids = [0, 1, 2].map(|_| AppointmentId(Uuid::now_v7()));
    let order = |number: usize, slot: &Slot| BookingOrder::Book {
        appointment: ids[number],
        patient: people[number].patient.id,
        slot: slot.clone(),
    };

    // Still free: one button books it, and the request is done.
    wish(&desk, clinic, &order(0, &slots[0]), people[0].patient.id);
    until("the wish is on the page", || desk.request().is_some());
    let card = desk.request().unwrap();
    assert_eq!(card["headline"], "Wishes an appointment: book it for them");
    assert_eq!(card["wish"]["state"], "This time is still free.");
    assert_eq!(card["wish"]["does"], "Book it");
    desk.does(Some(&card), "carry-out", json!({}));
    until("it is done", || desk.request().is_none());
    let id = ids[0];
    let booked = desk.store.run(move |store| store.appointment(id)).unwrap().unwrap();
    assert_eq!(booked.starts_at, slots[0].starts_at);

    // Somebody else has it by now: staff choose another one.
    wish(&desk, clinic, &order(1, &slots[0]), people[1].patient.id);
    until("the wish is on the page", || desk.request().is_some());
    let card = desk.request().unwrap();
    assert_eq!(card["wish"]["state"], "This time is no longer free.");
    assert!(card["wish"]["does"].is_null() && card["wish"]["can_choose"] == true, "{card}");
    let day = slots[0].starts_at.with_timezone(&clinic.zone).date_naive();
    let asked = json!({ "service": "general", "clinician": slots[0].clinician, "day": day });
    let found = desk.does(None, "/api/slots/search", asked);
    let other = &found["slots"][0];
    assert!(other["words"].as_str().unwrap().ends_with(&slots[0].clinician), "{other}");
    desk.does(Some(&card), "carry-out", json!({ "slot": other["slot"] }));
    until("it is done", || desk.request().is_none());
    let id = ids[1];
    let booked = desk.store.run(move |store| store.appointment(id)).unwrap().unwrap();
    assert_eq!(serde_json::to_value(booked.starts_at).unwrap(), other["slot"]["starts_at"]);

    // The order had arrived after all; only its answer was lost.
    assert!(matches!(decide(&desk, clinic, &order(2, &slots[4])), BookingAnswer::Booked { .. }));
    wish(&desk, clinic, &order(2, &slots[4]), people[2].patient.id);
    until("the wish is on the page", || desk.request().is_some());
    let card = desk.request().unwrap();
    assert!(card["wish"]["state"].as_str().unwrap().starts_with("It is booked for"), "{card}");
    assert!(card["wish"]["does"].is_null());
}

#[test]
fn staff_offer_a_freed_time_until_somebody_takes_it() {
    let place = Place::new();
    let clinic = &place.clinic;
    let desk = RunningDesk::start(clinic);
    let people = guests(3);
    desk.book(&people);
    let slot = open_slots(&desk, clinic).remove(0);
    let id = AppointmentId(Uuid::now_v7());
    let book = BookingOrder::Book { appointment: id, patient: people[0].patient.id, slot: slot.clone() };
    assert!(matches!(decide(&desk, clinic, &book), BookingAnswer::Booked { .. }));
    let day = slot.starts_at.with_timezone(&clinic.zone).date_naive();
    for (number, guest) in people.iter().enumerate().skip(1) {
        let entry = WaitingListEntry {
            id: WaitingListId(Uuid::from_u128(number as u128)),
            patient: guest.patient.id,
            wanted: SlotSearch { service: "general".into(), clinician: None, from: day, to: day, part: None },
            instead_of: None,
            since: Utc::now(),
            language: "ar".into(),
        };
        assert_eq!(decide(&desk, clinic, &BookingOrder::Wait { entry }), BookingAnswer::Noted);
    }
    let off = BookingOrder::Cancel { appointment: id, from: slot.starts_at };
    assert!(matches!(decide(&desk, clinic, &off), BookingAnswer::Cancelled { .. }));
    until("the freed time is to be offered", || desk.request().is_some());
    let first = desk.request().unwrap();
    assert_eq!(first["patients"][0]["name"], people[1].patient.name.full());
    assert_eq!((&first["wish"]["does"], &first["wish"]["is_offer"]), (&json!("They take it"), &json!(true)));
    assert_eq!(first["chain"][0]["name"], "Reception");
    assert_eq!(first["take_over"]["find"], false, "nobody stands at a kiosk");
    desk.does(Some(&first), "decline-offer", json!({ "keep_waiting": true }));
    until("the next one is to be asked", || desk.request().is_some_and(|card| card["id"] != first["id"]));
    let second = desk.request().unwrap();
    assert_eq!(second["patients"][0]["name"], people[2].patient.name.full());
    desk.does(Some(&second), "carry-out", json!({}));
    until("it is taken", || desk.request().is_none());
    let (patient, clinician) = (people[2].patient.id, slot.clinician.clone());
    let visits = desk.store.run(move |store| store.booked_visits(patient)).unwrap();
    let got = visits.iter().map(|visit| &visit.appointment);
    assert!(got.clone().any(|a| a.starts_at == slot.starts_at && a.clinician == clinician));
    let resolved = desk.board()["resolved"].as_array().unwrap().clone();
    assert!(resolved.iter().all(|done| done["by"] == "Maria"), "{resolved:?}");
}

#[test]
fn a_time_that_another_system_books_over_is_put_right_by_a_person() {
    let place = Place::new();
    let clinic = &place.clinic;
    let desk = RunningDesk::start(clinic);
    let people = guests(2);
    desk.book(&people);
    let slot = open_slots(&desk, clinic).remove(0);
    let id = AppointmentId(Uuid::now_v7());
    let book = BookingOrder::Book { appointment: id, patient: people[0].patient.id, slot: slot.clone() };
    assert!(matches!(decide(&desk, clinic, &book), BookingAnswer::Booked { .. }));
    let mut over = people[1].clone();
    over.appointment.id = AppointmentId(Uuid::now_v7());
    over.appointment.clinician = slot.clinician.to_uppercase();
    over.appointment.starts_at = slot.starts_at + TimeDelta::minutes(5);
    desk.book(std::slice::from_ref(&over));
    until("staff are told", || desk.request().is_some());
    let card = desk.request().unwrap();
    assert!(card["headline"].as_str().unwrap().starts_with("Two patients are booked with"), "{card}");
    assert_eq!(card["patients"].as_array().map(Vec::len), Some(2));
    // Once: it stays a matter of the one request until the other system, or staff, has changed something.
    over.appointment.minutes += 1;
    desk.book(std::slice::from_ref(&over));
    std::thread::sleep(std::time::Duration::from_millis(2500));
    assert!(desk.request().is_some(), "one request, not two");
}
