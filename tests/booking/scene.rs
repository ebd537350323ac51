//! A small clinic with few slots, so that everybody wants the same ones.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;
use vestibule::clinic::{self, Clinic, EXAMPLE, RoutineTexts};
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::booking::*;
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::link::fact::DESK;
use vestibule::store::Store;

const SCHEDULE: &str = r#"
[booking]
days_ahead = 2
notice = "10 min"
change_until = "1 h"
hold_offer = "30 min"
most_ahead = 2

[[clinician]]
name = "Dr Chen"
services = ["general", "children"]

[[clinician.session]]
service = "general"
weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
from = "09:00"
to = "10:30"
minutes = 30

[[clinician.session]]
service = "children"
weekdays = ["wednesday", "thursday"]
from = "09:00"
to = "10:00"
minutes = 20

[[clinician.session]]
service = "general"
weekdays = ["wednesday"]
from = "18:00"
to = "19:00"
minutes = 30
patients_may_book = false
"#;

/// The clinic; its clock is that of UTC.
pub fn clinic() -> Clinic {
    let mut texts = RoutineTexts::example();
    texts.replace("schedule.toml", SCHEDULE.to_string());
    let text = EXAMPLE.replace("Europe/Madrid", "UTC");
    clinic::read_texts("clinic.toml", &text, &texts).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// The evening before everything: Tuesday.
pub fn evening() -> DateTime<Utc> {
    at("2026-11-24T20:00:00Z")
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn patient(number: u128) -> Patient {
    let born = NaiveDate::from_ymd_opt(1980, 1, 2).unwrap();
    Patient {
        balance_due: None,
        further: Default::default(),
        id: PatientId(Uuid::from_u128(number)),
        number: None,
        name: PersonName { given: "Given".into(), family: format!("Family {number}") },
        date_of_birth: DateOfBirth::from_date(born, evening().date_naive()).unwrap(),
        sex: None,
        phone: None,
        address: None,
        emergency_contact: None,
        language: None,
        source: Source::Imported,
    }
}

pub fn slot(begins: &str) -> Slot {
    Slot {
        starts_at: at(begins),
        clinician: "Dr Chen".into(),
        service: "general".into(),
        minutes: 30,
        site: None,
    }
}

pub fn general(from: &str, to: &str) -> SlotSearch {
    SlotSearch {
        service: "general".into(),
        clinician: None,
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        part: None,
    }
}

pub fn appointment_id(number: u128) -> AppointmentId {
    AppointmentId(Uuid::from_u128(1000 + number))
}

pub fn imported(number: u128, patient: u128, starts_at: DateTime<Utc>) -> Appointment {
    Appointment {
        id: AppointmentId(Uuid::from_u128(5000 + number)),
        patient: PatientId(Uuid::from_u128(patient)),
        service: "general".into(),
        clinician: "DR. CHEN".into(),
        starts_at,
        minutes: 30,
        status: AppointmentStatus::Booked,
        site: None,
    }
}

pub fn book(number: u128, patient: u128, slot: Slot) -> BookingOrder {
    BookingOrder::Book {
        appointment: appointment_id(number),
        patient: PatientId(Uuid::from_u128(patient)),
        slot,
    }
}

pub fn entry(number: u128, patient: u128, instead_of: Option<AppointmentId>) -> WaitingListEntry {
    WaitingListEntry {
        id: WaitingListId(Uuid::from_u128(9000 + number)),
        patient: PatientId(Uuid::from_u128(patient)),
        wanted: general("2026-11-25", "2026-11-26"),
        instead_of,
        since: evening(),
        language: "es".into(),
    }
}

/// A desk with four patients.
pub fn desk() -> Store {
    let mut desk = Store::in_memory(DESK).unwrap();
    fill(&mut desk);
    desk
}

pub fn fill(desk: &mut Store) {
    let patients: Vec<Patient> = (1..=4).map(patient).collect();
    desk.take_over(&patients, &[], evening()).unwrap();
}

/// The appointment that an order was answered with.
pub fn booked(answer: BookingAnswer) -> Appointment {
    match answer {
        BookingAnswer::Booked { appointment } => appointment,
        other => panic!("{other:?}"),
    }
}

pub fn minutes(count: i64) -> TimeDelta {
    TimeDelta::minutes(count)
}
