//! What a patient wishes of the book, on its card.

use crate::running_desk::example;
use crate::scene::{Clinic, patient, raised, request};
use chrono::{Days, Utc};
use serde_json::json;
use uuid::Uuid;
use vestibule::front_desk::appointment::AppointmentId;
use vestibule::front_desk::booking::{BookingOrder, SlotSearch};
use vestibule::front_desk::request::{Request, RequestReason};
use vestibule::link::fact::FactKind;

#[test]
fn staff_book_another_free_time_for_a_patient_whose_wish_is_taken() {
    let mut clinic = Clinic::opens_with(example());
    let known = patient("Maria Luisa", "García López", Some("100017"));
    let routines = std::sync::Arc::clone(&clinic.desk.clinic);
    let today = Utc::now().with_timezone(&routines.zone).date_naive();
    let search = SlotSearch {
        service: "children".into(),
        clinician: None,
        from: today + Days::new(3),
        to: today + Days::new(40),
        part: None,
    };
    let (book, of) = (known.clone(), routines.clone());
    let slots = clinic.desk.store().run(move |store| {
        store.take_over(&[book], &[], Utc::now())?;
        store.open_slots(&of, &search, Utc::now())
    });
    let slots = slots.unwrap();
    let order = |appointment, slot: usize| BookingOrder::Book {
        appointment: AppointmentId(Uuid::from_u128(appointment)),
        patient: known.id,
        slot: slots[slot].clone(),
    };
    let (first, of) = (order(1, 0), routines.clone());
    clinic.desk.store().run(move |store| store.decide_booking(&of, &first, Utc::now())).unwrap();

    let wish = Request {
        wish: Some(Box::new(order(2, 0))),
        patients: vec![known.id],
        stopped_at: "booking".into(),
        ..request(RequestReason::BookingWish, 0)
    };
    let id = wish.id;
    clinic.happens(vec![raised(wish)]);
    clinic.page.sees_in("#request-list .wish", "Book Children's clinic with Dr Okafor");
    clinic.page.sees_in("#request-list .wish", "This time is no longer free.");
    clinic.page.is_accessible("with a wish");
    clinic.page.act("evaluate", json!({ "script": "document.querySelector('.wish-other summary').click()" }));
    clinic.page.presses("Find free times");
    let time = slots[1].starts_at.with_timezone(&routines.zone).format("%H:%M");
    let words = format!("{time} Dr Okafor");
    clinic.page.sees_in(".times", &words);
    clinic.page.is_accessible("with free times");
    clinic.page.picture("wish", false);
    clinic.page.presses(&words);
    clinic.hears("the kiosk knows that it is done", |kind| {
        matches!(kind, FactKind::RequestResolved { request, by, note }
            if *request == id && by == "Maria" && note.starts_with("Booked: "))
    });
    let booked = clinic.desk.store().run(|store| store.appointment(AppointmentId(Uuid::from_u128(2))));
    assert_eq!(booked.unwrap().unwrap().starts_at, slots[1].starts_at);
    clinic.ends_well();
}
