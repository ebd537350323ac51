//! What is not resolved, by whose turn it is and how urgent it is.

use super::period::Scope;
use super::requests::waits_now;
use crate::front_desk::urgency::Urgency;
use crate::store::RequestFigure;
use serde::Serialize;
use std::collections::BTreeMap;

/// What one destination has to do.
#[derive(Serialize, Default)]
pub struct Unresolved {
    name: String,
    emergency: usize,
    urgent: usize,
    routine: usize,
    /// Cases, praise, and what nobody stands beside.
    in_days: usize,
    /// Of all these: not answered in time, or not by its day.
    overdue: usize,
}

/// Each destination that has something to do, whoever has most overdue first.
pub fn now(scope: &Scope<'_>, open: &[RequestFigure]) -> Vec<Unresolved> {
    let mut places: BTreeMap<String, Unresolved> = BTreeMap::new();
    for request in open {
        let name = scope.destination(request.with.as_deref());
        let place =
            places.entry(name.clone()).or_insert_with(|| Unresolved { name, ..Unresolved::default() });
        match request.urgency {
            Urgency::Emergency => place.emergency += 1,
            _ if !waits_now(scope, request) => place.in_days += 1,
            Urgency::Urgent => place.urgent += 1,
            Urgency::Routine => place.routine += 1,
        }
        place.overdue += usize::from(is_overdue(request, scope));
    }
    let mut places: Vec<_> = places.into_values().collect();
    places.sort_by_key(|place| {
        std::cmp::Reverse((place.emergency, place.overdue, place.urgent, place.routine))
    });
    places
}

/// Whether nobody has answered it in time, or a case has passed its day.
pub fn is_overdue(request: &RequestFigure, scope: &Scope<'_>) -> bool {
    let unanswered = request.answered_at.is_none() && request.acknowledge_by <= scope.now;
    unanswered || request.case_answer_by.is_some_and(|day| day <= scope.now)
}
