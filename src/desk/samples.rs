//! A clinic, a desk and requests for tests.

use crate::clinic::{Clinic, EXAMPLE};
use crate::front_desk::request::{Case, OwnWords, Request, RequestId, RequestReason};
use crate::front_desk::urgency::Urgency;
use crate::link::fact::DESK;
use crate::store::Store;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The example clinic.
pub fn clinic() -> Clinic {
    crate::clinic::read_text("clinic.toml", EXAMPLE).unwrap()
}

/// A moment.
pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A request as a kiosk raises it, at the clinic's routines.
pub fn raised(
    clinic: &Clinic,
    reason: RequestReason,
    category: Option<&str>,
    when: DateTime<Utc>,
) -> Request {
    let routines = &clinic.routines;
    let category = category.map(|id| routines.category(id).unwrap());
    let urgency = match reason {
        RequestReason::Emergency => Urgency::Emergency,
        _ => category.map_or(Urgency::Routine, |category| category.urgency),
    };
    let route = routines.route(reason, category.map(|category| category.id.as_str()), urgency);
    let chain = routines.chain(route, "en", when);
    let id = RequestId(Uuid::now_v7());
    let case = category.filter(|category| category.kind.is_case()).map(|category| {
        let answer_by = routines.complaint.within(category.kind).due(when, &routines.calendar);
        Case::of(id, 'R', "1", &when.with_timezone(&clinic.zone), answer_by)
    });
    Request {
        id,
        reason,
        category: category.map(|category| category.id.clone()),
        subject: category.map(|category| category.name.text("en").to_string()),
        urgency,
        red_flags: Vec::new(),
        words: OwnWords::default(),
        companion: None,
        acknowledge_by: chain[0].answer_by,
        chain,
        case,
        stopped_at: "confirm".into(),
        patients: Vec::new(),
        wish: None,
        payment: None,
        registration: None,
        ticket: None,
        language: "en".into(),
        kiosk: "lobby".into(),
        raised_at: when,
    }
}

/// An empty desk.
pub fn desk() -> Store {
    Store::in_memory(DESK).unwrap()
}
