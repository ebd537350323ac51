//! How long it takes to count a year.

use super::*;
use crate::front_desk::patient::PatientId;
use crate::front_desk::queue::VisitEnd;
use crate::front_desk::ticket::{Ticket, TicketId, TicketNumber, Visit, VisitId};
use crate::link::fact::DESK;
use std::time::Instant;
use uuid::Uuid;

const PATIENTS_A_DAY: u32 = 400;
const REQUESTS_A_DAY: usize = 40;

/// One patient from the check-in until they were seen.
fn visit(number: u32, at: DateTime<Utc>) -> [FactKind; 4] {
    let (ticket, visit) = (TicketId(Uuid::now_v7()), VisitId(Uuid::now_v7()));
    let steps =
        ["identify: date of birth", "identify: family name", "confirm", "form: questions", "pay: card"];
    let spent = steps.map(|step| StepTime { step: step.into(), seconds: 10 + number % 40 });
    [
        FactKind::CheckedIn {
            visit: Visit {
                id: visit,
                patient: PatientId(Uuid::now_v7()),
                appointment: None,
                reason: None,
                ticket,
                checked_in_at: at,
                companion: None,
                relation: None,
                due_at: None,
                noted: Vec::new(),
            },
            ticket: Ticket {
                id: ticket,
                number: TicketNumber::new('C', "1", number),
                day: at.date_naive(),
                service: "general".into(),
                issued_at: at,
                expected_at: at,
                expected_until: Some(at),
                come_back_at: at,
                language: "en".into(),
            },
        },
        FactKind::PatientCalled { visit, point: "room-1".into(), by: "Tom".into() },
        FactKind::VisitFinished { visit, end: VisitEnd::Seen, by: "Tom".into() },
        FactKind::SessionEnded {
            step: "done: ticket issued".into(),
            end: SessionEnd::Finished,
            spent: spent.into(),
        },
    ]
}

/// One request from when it was raised until it was resolved.
fn request(clinic: &Clinic, at: DateTime<Utc>) -> [FactKind; 4] {
    let request = raised(clinic, RequestReason::Asked, Some("wheelchair"), at);
    let (id, by) = (request.id, || "Tom".to_string());
    let step = "Bring a wheelchair to the kiosk".into();
    [
        FactKind::RequestRaised { request },
        FactKind::RequestAcknowledged { request: id, by: by() },
        FactKind::RoutineStepDone { request: id, by: by(), step, done: true },
        FactKind::RequestResolved { request: id, by: by(), note: "Done.".into() },
    ]
}

/// `cargo test --lib a_year_is_counted -- --ignored --nocapture`
#[test]
#[ignore = "a measurement that takes minutes: it prints, and nothing of it is right or wrong"]
fn a_year_is_counted() {
    let clinic = clinic();
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("desk.db"), DESK).unwrap();
    let last = at("2026-11-25T18:00:00Z");
    for back in (0..365).rev() {
        let began = last - TimeDelta::days(back) - TimeDelta::hours(10);
        let patients = (0..PATIENTS_A_DAY)
            .flat_map(|number| visit(number, began + TimeDelta::seconds(80 * i64::from(number))));
        let requests = (0..REQUESTS_A_DAY).flat_map(|_| request(&clinic, began));
        store.commit(patients.chain(requests).collect(), began + TimeDelta::hours(9)).unwrap();
    }
    for (from, words) in [("2026-11-25", "a day"), ("2026-08-28", "90 days"), ("2025-11-26", "a year")] {
        let began = Instant::now();
        let told = report(&store, &clinic, from, "2026-11-25", last);
        println!("{words}: {:?}, {} bytes", began.elapsed(), told.to_string().len());
    }
    let began = Instant::now();
    now_of(&store, &clinic, last);
    println!("how it is now: {:?}", began.elapsed());
}
