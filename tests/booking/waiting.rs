//! Who waits for an earlier time, and is offered one that was freed.

use crate::scene::*;
use chrono::{DateTime, Utc};
use vestibule::clinic::Clinic;
use vestibule::front_desk::appointment::{Appointment, AppointmentStatus};
use vestibule::front_desk::booking::*;
use vestibule::front_desk::patient::PatientId;
use vestibule::front_desk::request::{RequestReason, RequestState};
use vestibule::link::fact::DESK;
use vestibule::store::Store;

const NINE: &str = "2026-11-25T09:00:00Z";
const TOMORROW: &str = "2026-11-26T10:00:00Z";

/// A desk where patient 1 has the slot that patients 2 and 3 wait for, 2 with a later appointment of their own.
fn awaited(desk: &mut Store, clinic: &Clinic) {
    let now = evening();
    booked(desk.decide_booking(clinic, &book(1, 1, slot(NINE)), now).unwrap());
    booked(desk.decide_booking(clinic, &book(2, 2, slot(TOMORROW)), now).unwrap());
    for (entry, later) in [(entry(1, 2, Some(appointment_id(2))), 0), (entry(2, 3, None), 1)] {
        let wait = BookingOrder::Wait { entry };
        assert_eq!(desk.decide_booking(clinic, &wait, now + minutes(later)).unwrap(), BookingAnswer::Noted);
    }
}

fn call_off(desk: &mut Store, clinic: &Clinic, now: DateTime<Utc>) {
    let off = BookingOrder::Cancel { appointment: appointment_id(1), from: at(NINE) };
    assert!(matches!(desk.decide_booking(clinic, &off, now).unwrap(), BookingAnswer::Cancelled { .. }));
}

/// To whom the slot is offered now.
fn offered(desk: &Store, now: DateTime<Utc>) -> Option<u128> {
    let to =
        |number: &u128| !desk.offers_for(PatientId(uuid::Uuid::from_u128(*number)), now).unwrap().is_empty();
    let all: Vec<u128> = (1..=4).filter(to).collect();
    assert!(all.len() <= 1, "{all:?}");
    all.first().copied()
}

fn open_calls(desk: &Store) -> Vec<(Vec<PatientId>, String)> {
    let rows = desk.open_requests().unwrap();
    let calls = rows.iter().filter(|row| row.request.reason == RequestReason::SlotFreed);
    calls.map(|row| (row.request.patients.clone(), row.request.headline().to_string())).collect()
}

#[test]
fn a_freed_slot_is_held_for_the_first_then_for_the_next_and_then_open_to_all() {
    let (clinic, mut desk, mut now) = (clinic(), desk(), evening() + minutes(5));
    awaited(&mut desk, &clinic);
    call_off(&mut desk, &clinic, now);
    assert_eq!(offered(&desk, now), Some(2));
    let calls = open_calls(&desk);
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].0, [PatientId(uuid::Uuid::from_u128(2))]);
    assert_eq!(
        calls[0].1,
        "Wednesday 25 November, 09:00 with Dr Chen is free: held for whoever waits until 20:35"
    );
    // Nobody else gets it meanwhile, and nobody else sees it.
    let day = general("2026-11-25", "2026-11-25");
    assert!(desk.open_slots(&clinic, &day, now).unwrap().iter().all(|slot| slot.starts_at != at(NINE)));
    assert_eq!(desk.decide_booking(&clinic, &book(9, 4, slot(NINE)), now).unwrap(), BookingAnswer::Taken);
    // Time passes: the next, and then everybody.
    assert!(!desk.settle_waiting_list(&clinic, now + minutes(29)).unwrap());
    now += minutes(30);
    assert!(desk.settle_waiting_list(&clinic, now).unwrap());
    assert_eq!(offered(&desk, now), Some(3));
    assert_eq!(open_calls(&desk)[0].0, [PatientId(uuid::Uuid::from_u128(3))], "the first call is done");
    now += minutes(31);
    desk.settle_waiting_list(&clinic, now).unwrap();
    assert_eq!(offered(&desk, now), None);
    assert!(open_calls(&desk).is_empty());
    assert!(!desk.settle_waiting_list(&clinic, now).unwrap(), "nothing is left to do");
    booked(desk.decide_booking(&clinic, &book(10, 4, slot(NINE)), now).unwrap());
}

#[test]
fn who_takes_an_offer_leaves_the_later_appointment_to_others() {
    let (clinic, mut desk, now) = (clinic(), desk(), evening() + minutes(5));
    awaited(&mut desk, &clinic);
    call_off(&mut desk, &clinic, now);
    let take = BookingOrder::TakeOffer { entry: entry(1, 2, None).id, appointment: appointment_id(50) };
    let taken = booked(desk.decide_booking(&clinic, &take, now).unwrap());
    assert_eq!((taken.id, taken.starts_at), (appointment_id(2), at(NINE)), "the appointment was moved");
    assert_eq!(booked(desk.decide_booking(&clinic, &take, now).unwrap()), taken, "again");
    assert!(desk.waiting_for(PatientId(uuid::Uuid::from_u128(2))).unwrap().is_empty());
    // The time that they left suits the other one who waits.
    assert_eq!(offered(&desk, now), Some(3));
    let take = BookingOrder::TakeOffer { entry: entry(2, 3, None).id, appointment: appointment_id(51) };
    let taken = booked(desk.decide_booking(&clinic, &take, now).unwrap());
    assert_eq!((taken.id, taken.starts_at), (appointment_id(51), at(TOMORROW)));
    assert!(open_calls(&desk).is_empty());
}

#[test]
fn who_declines_is_not_asked_about_the_same_slot_again() {
    let (clinic, mut desk, now) = (clinic(), desk(), evening() + minutes(5));
    awaited(&mut desk, &clinic);
    call_off(&mut desk, &clinic, now);
    let decline =
        |entry: WaitingListEntry, keep_waiting| BookingOrder::DeclineOffer { entry: entry.id, keep_waiting };
    let first = decline(entry(1, 2, None), true);
    assert_eq!(desk.decide_booking(&clinic, &first, now).unwrap(), BookingAnswer::Noted);
    assert_eq!(offered(&desk, now), Some(3));
    assert_eq!(desk.decide_booking(&clinic, &first, now).unwrap(), BookingAnswer::Noted, "again");
    assert_eq!(offered(&desk, now), Some(3));
    let second = decline(entry(2, 3, None), false);
    assert_eq!(desk.decide_booking(&clinic, &second, now).unwrap(), BookingAnswer::Noted);
    assert_eq!(offered(&desk, now), None, "both have said no");
    assert_eq!(desk.waiting_for(PatientId(uuid::Uuid::from_u128(2))).unwrap().len(), 1);
    assert!(desk.waiting_for(PatientId(uuid::Uuid::from_u128(3))).unwrap().is_empty());
}

#[test]
fn staff_take_an_offer_for_the_patient_and_the_call_is_done_by_them() {
    let (clinic, mut desk, now) = (clinic(), desk(), evening() + minutes(5));
    awaited(&mut desk, &clinic);
    call_off(&mut desk, &clinic, now);
    let row = desk.open_requests().unwrap().remove(0);
    let wish = row.request.wish.clone().unwrap();
    let answer = desk
        .carry_out(&clinic, row.request.id, &wish, "Maria", now, |answer| {
            Ok(format!("{answer:?}").len().to_string())
        })
        .unwrap();
    assert_eq!(booked(answer).starts_at, at(NINE));
    let done = desk.request(row.request.id).unwrap().unwrap();
    assert!(matches!(done.state, RequestState::Resolved { by, .. } if by == "Maria"));
}

#[test]
fn what_another_system_frees_is_offered_and_what_it_fills_is_withdrawn() {
    let (clinic, mut desk, now) = (clinic(), desk(), evening());
    let there = imported(1, 4, at(NINE));
    desk.take_over(&[], std::slice::from_ref(&there), now).unwrap();
    let wait = BookingOrder::Wait { entry: entry(2, 3, None) };
    desk.decide_booking(&clinic, &wait, now).unwrap();
    let cancelled = Appointment { status: AppointmentStatus::Cancelled, ..there };
    desk.take_over(&[], &[cancelled], now).unwrap();
    assert_eq!(offered(&desk, now), None, "another process has imported it");
    assert!(desk.settle_waiting_list(&clinic, now).unwrap());
    assert_eq!(offered(&desk, now), Some(3));
    desk.take_over(&[], &[imported(2, 4, at(NINE))], now).unwrap();
    assert!(desk.settle_waiting_list(&clinic, now).unwrap());
    assert_eq!(offered(&desk, now), None);
    assert!(open_calls(&desk).is_empty());
    let take = BookingOrder::TakeOffer { entry: entry(2, 3, None).id, appointment: appointment_id(51) };
    let answer = desk.decide_booking(&clinic, &take, now).unwrap();
    assert_eq!(answer, BookingAnswer::Refused { why: BookingRefusal::Unknown });
}

#[test]
fn an_offer_runs_out_although_the_desk_was_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let clinic = clinic();
    let mut desk = Store::open(&path, DESK).unwrap();
    fill(&mut desk);
    awaited(&mut desk, &clinic);
    call_off(&mut desk, &clinic, evening());
    drop(desk);
    let mut desk = Store::open(&path, DESK).unwrap();
    let later = evening() + minutes(90);
    assert!(desk.settle_waiting_list(&clinic, later).unwrap());
    assert_eq!(offered(&desk, later), Some(3), "who was next is asked now");
}

#[test]
fn nobody_is_offered_what_does_not_suit_them() {
    let (clinic, now) = (clinic(), evening());
    let wanted = |change: fn(&mut WaitingListEntry)| {
        let mut entry = entry(1, 2, None);
        change(&mut entry);
        entry
    };
    for (entry, suits) in [
        (wanted(|_| {}), true),
        (wanted(|entry| entry.wanted.service = "children".into()), true), // from nine as well, for twenty minutes
        (wanted(|entry| entry.wanted.service = "blood".into()), false),
        (wanted(|entry| entry.wanted.clinician = Some("dr. chen".into())), true),
        (wanted(|entry| entry.wanted.clinician = Some("Dr Okafor".into())), false),
        (wanted(|entry| entry.wanted.part = Some(PartOfDay::Morning)), true),
        (wanted(|entry| entry.wanted.part = Some(PartOfDay::Evening)), false),
        (wanted(|entry| entry.wanted.from = "2026-11-26".parse().unwrap()), false),
    ] {
        let mut desk = desk();
        booked(desk.decide_booking(&clinic, &book(1, 1, slot(NINE)), now).unwrap());
        let wait = BookingOrder::Wait { entry: entry.clone() };
        assert_eq!(desk.decide_booking(&clinic, &wait, now).unwrap(), BookingAnswer::Noted);
        call_off(&mut desk, &clinic, now);
        assert_eq!(offered(&desk, now).is_some(), suits, "{entry:?}");
    }
    // Nor what they could not come to.
    let mut desk = desk();
    desk.take_over(&[], &[Appointment { clinician: "Nurse Ruiz".into(), ..imported(1, 2, at(NINE)) }], now)
        .unwrap();
    booked(desk.decide_booking(&clinic, &book(1, 1, slot(NINE)), now).unwrap());
    desk.decide_booking(&clinic, &BookingOrder::Wait { entry: entry(1, 2, None) }, now).unwrap();
    call_off(&mut desk, &clinic, now);
    assert_eq!(offered(&desk, now), None);
}
