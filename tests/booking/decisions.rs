//! What the desk answers to single orders.

use crate::scene::*;
use uuid::Uuid;
use vestibule::front_desk::appointment::AppointmentStatus;
use vestibule::front_desk::booking::*;
use vestibule::front_desk::patient::PatientId;
use vestibule::front_desk::schedule::Asker;
use vestibule::front_desk::ticket::PaperState;
use vestibule::link::fact::FactKind;
use vestibule::store::{Paper, Store};

const NINE: &str = "2026-11-25T09:00:00Z";
const HALF_NINE: &str = "2026-11-25T09:30:00Z";
const TEN: &str = "2026-11-25T10:00:00Z";

fn refused(why: BookingRefusal) -> BookingAnswer {
    BookingAnswer::Refused { why }
}

#[test]
fn each_order_is_answered_by_the_routines_and_the_book() {
    let (clinic, now) = (clinic(), evening());
    let off_the_grid = Slot { starts_at: at("2026-11-25T09:10:00Z"), ..slot(NINE) };
    let longer = Slot { minutes: 45, ..slot(NINE) };
    let children = Slot { service: "children".into(), minutes: 20, ..slot(NINE) };
    use BookingRefusal::*;
    for (order, expected) in [
        (book(2, 2, slot(NINE)), BookingAnswer::Taken),
        // Whatever the service, the clinician is one person.
        (book(2, 2, children), BookingAnswer::Taken),
        (book(2, 1, slot(NINE)), refused(PatientIsBusy)),
        (book(2, 2, off_the_grid), refused(NoSuchSlot)),
        (book(2, 2, longer), refused(NoSuchSlot)),
        (book(2, 2, Slot { clinician: "Dr Who".into(), ..slot(HALF_NINE) }), refused(NoSuchSlot)),
        (book(2, 2, slot("2026-11-25T18:00:00Z")), refused(NoSuchSlot)),
        (book(2, 2, slot("2026-11-27T09:00:00Z")), refused(OutsideBookingTime)),
        (book(2, 2, slot("2026-11-24T09:00:00Z")), refused(OutsideBookingTime)),
        (book(2, 4, slot("2026-11-26T10:00:00Z")), refused(TooMany)),
        (book(1, 2, slot(HALF_NINE)), refused(Changed)),
    ] {
        let mut desk = desk();
        booked(desk.decide_booking(&clinic, &book(1, 1, slot(NINE)), now).unwrap());
        for (number, begins) in [(8, HALF_NINE), (9, TEN)] {
            booked(desk.decide_booking(&clinic, &book(number, 4, slot(begins)), now).unwrap());
        }
        assert_eq!(desk.decide_booking(&clinic, &order, now).unwrap(), expected, "{order:?}");
        let position = desk.last_position().unwrap();
        assert_eq!(desk.decide_booking(&clinic, &order, now).unwrap(), expected, "again: {order:?}");
        assert_eq!(desk.last_position().unwrap(), position);
    }
}

#[test]
fn what_another_system_booked_is_taken_and_staff_see_what_patients_do_not() {
    let (clinic, mut desk, now) = (clinic(), desk(), evening());
    desk.take_over(&[], &[imported(1, 4, at("2026-11-25T09:15:00Z"))], now).unwrap();
    let free = |desk: &Store, asker| -> Vec<String> {
        let search = general("2026-11-25", "2026-11-25");
        let slots = desk.open_slots_for(asker, &clinic, &search, now).unwrap();
        slots.iter().map(|slot| slot.starts_at.format("%H:%M").to_string()).collect()
    };
    assert_eq!(free(&desk, Asker::Patient), ["10:00"]);
    assert_eq!(free(&desk, Asker::Staff), ["10:00", "18:00", "18:30"]);
    assert_eq!(desk.decide_booking(&clinic, &book(1, 1, slot(NINE)), now).unwrap(), BookingAnswer::Taken);
    let evening = book(2, 1, slot("2026-11-25T18:00:00Z"));
    booked(desk.decide_booking_for(Asker::Staff, &clinic, &evening, now).unwrap());
    // An order that staff carried out is answered to the kiosk that had asked for it.
    booked(desk.decide_booking(&clinic, &evening, now).unwrap());
}

#[test]
fn an_appointment_is_moved_and_called_off_until_it_is_too_late_or_checked_in() {
    let (clinic, mut desk, now) = (clinic(), desk(), evening());
    let id = appointment_id(1);
    booked(desk.decide_booking(&clinic, &book(1, 1, slot(NINE)), now).unwrap());
    let to =
        |from: &str, begins: &str| BookingOrder::Move { appointment: id, from: at(from), slot: slot(begins) };
    let off = |from: &str| BookingOrder::Cancel { appointment: id, from: at(from) };
    // It keeps its identity, and the half hour where it stands does not keep it from moving by less.
    let moved = booked(desk.decide_booking(&clinic, &to(NINE, HALF_NINE), now).unwrap());
    assert_eq!((moved.id, moved.starts_at), (id, at(HALF_NINE)));
    assert_eq!(booked(desk.decide_booking(&clinic, &to(NINE, HALF_NINE), now).unwrap()), moved, "again");
    use BookingRefusal::*;
    assert_eq!(desk.decide_booking(&clinic, &to(NINE, TEN), now).unwrap(), refused(Changed));
    assert_eq!(desk.decide_booking(&clinic, &off(NINE), now).unwrap(), refused(Changed));
    let late = at("2026-11-25T08:31:00Z");
    assert_eq!(desk.decide_booking(&clinic, &off(HALF_NINE), late).unwrap(), refused(TooLate));
    assert_eq!(desk.decide_booking(&clinic, &to(HALF_NINE, TEN), late).unwrap(), refused(TooLate));
    booked(desk.decide_booking_for(Asker::Staff, &clinic, &to(HALF_NINE, TEN), late).unwrap());
    let cancelled = desk.decide_booking(&clinic, &off(TEN), now).unwrap();
    assert!(matches!(&cancelled, BookingAnswer::Cancelled { appointment } if appointment.id == id));
    assert_eq!(desk.decide_booking(&clinic, &off(TEN), now).unwrap(), cancelled, "again");
    // The order that booked it, should it come again now, books nothing.
    let again = desk.decide_booking(&clinic, &book(1, 1, slot(NINE)), now).unwrap();
    assert!(matches!(again, BookingAnswer::Cancelled { .. }), "{again:?}");
    assert_eq!(desk.decide_booking(&clinic, &to(TEN, NINE), now).unwrap(), refused(Changed));
    let nobody = BookingOrder::Cancel { appointment: appointment_id(77), from: now };
    assert_eq!(desk.decide_booking(&clinic, &nobody, now).unwrap(), refused(Unknown));
}

#[test]
fn whoever_has_checked_in_keeps_the_appointment() {
    use vestibule::front_desk::ticket::NewVisit;
    let (clinic, mut desk, now) = (clinic(), desk(), evening());
    booked(desk.decide_booking(&clinic, &book(1, 1, slot(TEN)), now).unwrap());
    let visit = NewVisit {
        acting: None,
        noted: Vec::new(),
        consent: None,
        forms: Vec::new(),
        registration: None,
        patient: PatientId(Uuid::from_u128(1)),
        appointment: desk.appointment(appointment_id(1)).unwrap(),
        reason: None,
        service: "general".into(),
        language: "en".into(),
        companion: None,
    };
    desk.check_in(&clinic, "1", &visit, now).unwrap();
    let off = BookingOrder::Cancel { appointment: appointment_id(1), from: at(TEN) };
    for asker in [Asker::Patient, Asker::Staff] {
        let answer = desk.decide_booking_for(asker, &clinic, &off, now).unwrap();
        assert_eq!(answer, refused(BookingRefusal::Changed));
    }
}

#[test]
fn an_import_that_knows_nothing_new_does_not_undo_what_was_decided_here() {
    let (clinic, mut desk, now) = (clinic(), desk(), evening());
    let there = imported(1, 1, at(NINE));
    desk.take_over(&[], std::slice::from_ref(&there), now).unwrap();
    let away = BookingOrder::Move { appointment: there.id, from: at(NINE), slot: slot(TEN) };
    booked(desk.decide_booking(&clinic, &away, now).unwrap());
    assert_eq!(desk.take_over(&[], std::slice::from_ref(&there), now).unwrap().appointments, 0);
    assert_eq!(desk.appointment(there.id).unwrap().unwrap().starts_at, at(TEN));
    // What the other system changes since holds.
    let cancelled = vestibule::front_desk::appointment::Appointment {
        status: AppointmentStatus::Cancelled,
        ..there.clone()
    };
    assert_eq!(desk.take_over(&[], std::slice::from_ref(&cancelled), now).unwrap().appointments, 1);
    assert_eq!(desk.appointment(there.id).unwrap(), Some(cancelled));
}

#[test]
fn a_kiosk_keeps_what_was_answered_with_its_paper_before_the_feed_brings_it() {
    let (clinic, mut desk, now) = (clinic(), desk(), evening());
    let mut kiosk = Store::in_memory("lobby").unwrap();
    let follow = |kiosk: &mut Store, desk: &mut Store| {
        let feed = desk.feed("lobby", kiosk.identity(), kiosk.cursor().unwrap(), 1000).unwrap();
        kiosk.follow(&feed).unwrap();
    };
    follow(&mut kiosk, &mut desk);
    let appointment = booked(desk.decide_booking(&clinic, &book(1, 1, slot(NINE)), now).unwrap());
    kiosk.keep_booking(&appointment, Some("es"), now).unwrap();
    assert_eq!(kiosk.appointment(appointment.id).unwrap(), Some(appointment.clone()));
    let search = general("2026-11-25", "2026-11-25");
    assert_eq!(kiosk.open_slots(&clinic, &search, now).unwrap().len(), 2);
    let job = kiosk.start_print_job().unwrap().unwrap();
    assert_eq!(job.paper, Paper::Appointment(appointment.id));
    kiosk.end_print_job(&job, PaperState::NotPrinted, "no paper", now).unwrap();
    let told = kiosk.facts_of("lobby").unwrap();
    assert!(
        matches!(&told[0].kind, FactKind::AppointmentPaper { appointment: id, state: PaperState::NotPrinted, .. } if *id == appointment.id)
    );
    // The feed was faster, and has brought what came after: the old answer changes nothing.
    let away = BookingOrder::Move { appointment: appointment.id, from: at(NINE), slot: slot(TEN) };
    let moved = booked(desk.decide_booking(&clinic, &away, now).unwrap());
    follow(&mut kiosk, &mut desk);
    kiosk.keep_booking(&appointment, None, now).unwrap();
    assert_eq!(kiosk.appointment(appointment.id).unwrap(), Some(moved));
    assert!(kiosk.start_print_job().unwrap().is_none());
}
