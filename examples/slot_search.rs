//! How long a search for free slots takes in a large book, beside the time that a screen has for one frame.
//!
//! `cargo run --release --example slot_search` fills a store with 20 000 appointments of the example's clinicians
//! within 60 days, and searches over all of them again and again. Its figures are of the machine it runs on.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use std::error::Error;
use std::time::{Duration, Instant};
use uuid::Uuid;
use vestibule::clinic::{self, EXAMPLE};
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::booking::SlotSearch;
use vestibule::front_desk::patient::PatientId;
use vestibule::link::fact::DESK;
use vestibule::store::Store;

const APPOINTMENTS: i64 = 20_000;
const SEARCHES: usize = 200;
/// A frame at 60 Hz.
const LIMIT: Duration = Duration::from_micros(16_700);

fn main() -> Result<(), Box<dyn Error>> {
    let clinic = clinic::read_text("example.toml", EXAMPLE)?;
    let now: DateTime<Utc> = "2026-11-25T07:00:00Z".parse()?;
    let folder = std::env::temp_dir().join(format!("slot-search-{}", Uuid::now_v7()));
    let mut store = Store::open(&folder.join("desk.db"), DESK)?;
    let clinicians = &clinic.routines.schedule.clinicians;
    let appointments: Vec<Appointment> = (0..APPOINTMENTS)
        .map(|number| Appointment {
            id: AppointmentId(Uuid::from_u128(number as u128)),
            patient: PatientId(Uuid::from_u128(number as u128 % 7000)),
            service: "general".into(),
            clinician: clinicians[number as usize % clinicians.len()].name.clone(),
            // Spread over the nights too, so that slots remain to be found.
            starts_at: now + TimeDelta::minutes(number * 60 * 24 * 60 / APPOINTMENTS),
            minutes: 3,
            status: AppointmentStatus::Booked,
            site: None,
        })
        .collect();
    store.take_over(&[], &appointments, now)?;
    let from: NaiveDate = now.date_naive();
    let services = ["general", "blood", "children"];
    let mut took = Vec::new();
    let mut found = 0;
    for round in 0..SEARCHES {
        let search = SlotSearch {
            service: services[round % services.len()].into(),
            clinician: None,
            from,
            to: from + Days::new(60),
            part: None,
        };
        let began = Instant::now();
        found += store.open_slots(&clinic, &search, now)?.len();
        took.push(began.elapsed());
    }
    std::fs::remove_dir_all(&folder)?;
    took.sort();
    let (median, slowest) = (took[SEARCHES / 2], took[SEARCHES * 99 / 100]);
    println!(
        "{APPOINTMENTS} appointments, {SEARCHES} searches over 60 days, {} slots found each",
        found / SEARCHES
    );
    println!("median {median:.2?}, 99 % within {slowest:.2?}; a frame at 60 Hz is {LIMIT:.1?}");
    if slowest > LIMIT { Err("a search takes longer than a frame".into()) } else { Ok(()) }
}
