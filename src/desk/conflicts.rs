//! What two places did that did not know of each other, and a person must put right: two tickets for one
//! appointment, a check-in for an appointment that was called off or moved.
//!
//! What is told and what is not is found in the store alone, so a desk that stops in between tells it when it is
//! back.

use crate::clinic::Clinic;
use crate::front_desk::request::{OwnWords, Request, RequestId};
use crate::front_desk::urgency::Urgency;
use crate::link::fact::FactKind;
use crate::store::{CheckInConflict, Result, Store};
use chrono::{DateTime, Days, Utc};
use uuid::Uuid;

/// Tickets are good for their day; a kiosk may have been cut off for longer.
const LOOKED_BACK: Days = Days::new(7);

/// Raises a request for each conflict that has none yet. Answers how many.
pub fn raise(store: &mut Store, clinic: &Clinic, now: DateTime<Utc>) -> Result<usize> {
    let today = now.with_timezone(&clinic.zone).date_naive();
    let since = today.checked_sub_days(LOOKED_BACK).unwrap_or(today);
    let found = store.check_in_conflicts(since)?;
    let count = found.len();
    let kinds =
        found.into_iter().map(|conflict| FactKind::RequestRaised { request: request(clinic, conflict, now) });
    let kinds: Vec<_> = kinds.collect();
    if !kinds.is_empty() {
        store.commit(kinds, now)?;
    }
    Ok(count)
}

fn request(clinic: &Clinic, conflict: CheckInConflict, now: DateTime<Utc>) -> Request {
    let CheckInConflict { reason, patient, ticket, kiosk, language, words } = conflict;
    let route = clinic.routines.route(reason, None, Urgency::Routine);
    let chain = clinic.routines.chain(route, clinic.staff_language(), now);
    Request {
        id: RequestId(Uuid::now_v7()),
        reason,
        category: None,
        subject: None,
        urgency: Urgency::Routine,
        red_flags: Vec::new(),
        words: OwnWords::default(),
        companion: None,
        acknowledge_by: chain.first().map_or(now, |rung| rung.answer_by),
        chain,
        case: None,
        stopped_at: words,
        patients: vec![patient],
        wish: None,
        registration: None,
        ticket: Some(ticket),
        language,
        kiosk,
        raised_at: now,
    }
}
