//! Two kiosks race for the same slots over one real desk, which is killed and started again in the middle of it:
//! nobody is told of a slot that somebody else has, and whoever was told of one has it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod running_desk;

use chrono::{Days, NaiveDate, Utc};
use running_desk::{RunningDesk, eventually, example};
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::Duration;
use uuid::Uuid;
use vestibule::clinic::Clinic;
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::booking::Unanswered;
use vestibule::front_desk::booking::{BookingAnswer, BookingOrder, Slot, SlotSearch};
use vestibule::front_desk::patient::PatientId;
use vestibule::link::{Link, LinkPlace};
use vestibule::store::{Store, StoreHandle};

const WITHIN: Duration = Duration::from_secs(2);

/// A kiosk without glass.
struct Kiosk {
    store: StoreHandle,
    link: Link,
}

impl Kiosk {
    fn start(place: LinkPlace) -> Self {
        let store = StoreHandle::new(Store::in_memory(&place.kiosk).unwrap()).unwrap();
        let link = Link::start(place, store.clone(), |_| {}).unwrap();
        Self { store, link }
    }

    fn ask(&self, order: &BookingOrder, within: Duration) -> Result<BookingAnswer, Unanswered> {
        let (tell, told) = mpsc::channel();
        self.link.asking().ask_desk(order.clone(), within, move |answer| tell.send(answer).unwrap());
        told.recv_timeout(within + Duration::from_secs(10)).expect("whoever asks is told in any case")
    }

    /// Asks until it is known what became of the order, as the kiosk and its staff do.
    fn insist(&self, order: &BookingOrder) -> BookingAnswer {
        let mut answer = self.ask(order, WITHIN);
        let began = std::time::Instant::now();
        while answer.is_err() {
            assert!(began.elapsed() < Duration::from_secs(60), "{answer:?}");
            std::thread::sleep(Duration::from_millis(50));
            answer = self.ask(order, WITHIN);
        }
        answer.unwrap()
    }
}

/// The example's clinic; patients may have as many appointments as they like.
fn clinic() -> Clinic {
    let mut clinic = example();
    clinic.routines.schedule.booking.most_ahead = 1000;
    clinic
}

/// The first free slots of a service from tomorrow on.
fn free(clinic: &Clinic, store: &StoreHandle, service: &str, count: usize) -> Vec<Slot> {
    let today: NaiveDate = Utc::now().with_timezone(&clinic.zone).date_naive();
    let (from, to) = (today + Days::new(1), today + Days::new(50));
    let search = SlotSearch { service: service.into(), clinician: None, from, to, part: None };
    let clinic = clinic.clone();
    let slots = store.run(move |store| store.open_slots(&clinic, &search, Utc::now())).unwrap();
    slots.into_iter().take(count).collect()
}

#[test]
fn two_kiosks_never_have_the_same_slot_although_the_desk_dies_between() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = RunningDesk::start(clinic(), folder.path());
    let slots = free(&desk.clinic, desk.store(), "general", 40);
    assert_eq!(slots.len(), 40);
    let kiosks = ["lobby", "garden"].map(|name| Kiosk::start(desk.place(name)));
    let won: Vec<Vec<Appointment>> = std::thread::scope(|scope| {
        let racing: Vec<_> = kiosks
            .iter()
            .enumerate()
            .map(|(number, kiosk)| {
                let slots = slots.clone();
                scope.spawn(move || {
                    let mut won = Vec::new();
                    for (place, slot) in slots.into_iter().enumerate() {
                        let appointment = AppointmentId(Uuid::now_v7());
                        // Each slot is for another patient: nobody is busy.
                        let patient = PatientId(Uuid::from_u128((number * 1000 + place) as u128));
                        match kiosk.insist(&BookingOrder::Book { appointment, patient, slot: slot.clone() }) {
                            BookingAnswer::Booked { appointment: booked } => {
                                assert_eq!((booked.id, booked.starts_at), (appointment, slot.starts_at));
                                won.push(booked);
                            }
                            BookingAnswer::Taken => {}
                            other => panic!("{other:?}"),
                        }
                    }
                    won
                })
            })
            .collect();
        for _ in 0..3 {
            std::thread::sleep(Duration::from_millis(150));
            desk.kill();
            std::thread::sleep(Duration::from_millis(150));
            desk.start_again();
        }
        racing.into_iter().map(|race| race.join().unwrap()).collect()
    });
    let told: BTreeSet<_> = won.iter().flatten().map(|a| (a.clinician.clone(), a.starts_at)).collect();
    assert_eq!(told.len(), won.iter().flatten().count(), "a slot was given to two");
    assert_eq!(told.len(), slots.len(), "each slot was given to one of them");
    for appointment in won.iter().flatten() {
        let id = appointment.id;
        let stands = desk.store().run(move |store| store.appointment(id)).unwrap();
        assert_eq!(stands.as_ref(), Some(appointment), "what was answered stands");
    }
    // Both kiosks come to know all of it, whoever booked.
    for kiosk in &kiosks {
        eventually("the kiosk knows what the other one booked", || {
            let all = won.iter().flatten().map(|appointment| appointment.id).collect::<Vec<_>>();
            kiosk
                .store
                .run(move |store| all.iter().map(|id| store.appointment(*id)).collect::<Result<Vec<_>, _>>())
                .unwrap()
                .iter()
                .all(|found| found.as_ref().is_some_and(|a| a.status == AppointmentStatus::Booked))
        });
    }
}

#[test]
fn an_order_is_known_not_to_be_done_only_where_nothing_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = RunningDesk::start(clinic(), folder.path());
    let kiosk = Kiosk::start(desk.place("lobby"));
    let [slot] = &free(&desk.clinic, desk.store(), "blood", 1)[..] else { panic!("a free slot") };
    let order = BookingOrder::Book {
        appointment: AppointmentId(Uuid::now_v7()),
        patient: PatientId(Uuid::from_u128(1)),
        slot: slot.clone(),
    };
    desk.stop();
    assert_eq!(kiosk.ask(&order, WITHIN), Err(Unanswered::NotReached), "nobody listens");
    // Somebody takes the call and never answers.
    let silent = TcpListener::bind(desk.address).unwrap();
    assert_eq!(kiosk.ask(&order, Duration::from_millis(500)), Err(Unanswered::NotKnown));
    drop(silent);
    desk.start_again();
    let BookingAnswer::Booked { appointment } = kiosk.insist(&order) else { panic!("it is free") };
    assert_eq!(kiosk.insist(&order), BookingAnswer::Booked { appointment }, "again");
    // A kiosk that the desk's clinic does not have is refused before anything is looked at.
    let stranger = Kiosk::start(desk.place("nowhere"));
    assert_eq!(stranger.ask(&order, WITHIN), Err(Unanswered::NotReached));
    // And if the link ends with a question under way, that is told too.
    let asking = kiosk.link.asking();
    drop(kiosk);
    let (tell, told) = mpsc::channel();
    asking.ask_desk(order, WITHIN, move |answer| tell.send(answer).unwrap());
    assert_eq!(told.recv_timeout(WITHIN).unwrap(), Err(Unanswered::NotReached));
}
