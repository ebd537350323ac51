//! Who waits now, service by service.

use super::figures::{Cell, minutes};
use super::period::Scope;
use crate::desk::queue::wait_words;
use crate::front_desk::queue::{Place, QueueEntry};
use crate::front_desk::wait::Spoken;
use crate::store::{Result as StoreResult, Store};
use serde::Serialize;

/// A service as it is now.
#[derive(Serialize)]
pub struct ServiceNow {
    pub name: String,
    /// How many wait to be called.
    pub waiting: usize,
    /// Minutes that the one waits who waits longest.
    longest: Cell,
    /// How long somebody would wait who came now, as tickets tell it.
    estimate: String,
    /// How many wait beyond the time that their ticket promises.
    pub beyond_promise: usize,
    /// How many are with somebody.
    with_somebody: usize,
    /// How many are done today.
    done: usize,
}

/// Every service of the clinic.
pub fn now(store: &Store, scope: &Scope<'_>) -> StoreResult<Vec<ServiceNow>> {
    let today = scope.now.with_timezone(&scope.clinic.zone).date_naive();
    let entries = store.queue(today)?;
    let mut services = Vec::new();
    for service in &scope.clinic.services {
        let ours: Vec<&QueueEntry> = entries.iter().filter(|entry| entry.service == service.id).collect();
        let waiting: Vec<&QueueEntry> =
            ours.iter().copied().filter(|entry| entry.place == Place::Waiting).collect();
        let longest =
            waiting.iter().map(|entry| (scope.now - entry.waits_since()).num_seconds().max(0)).max();
        let mut beyond_promise = 0;
        for entry in &waiting {
            let promised = store.ticket(entry.ticket)?.map(|ticket| ticket.come_back_at);
            beyond_promise += usize::from(promised.is_some_and(|at| at <= scope.now));
        }
        let estimate = store.wait_estimate(scope.clinic, &service.id, None, scope.now)?;
        services.push(ServiceNow {
            name: scope.service(&service.id),
            longest: minutes(longest),
            estimate: wait_words(Spoken::of(estimate.range, scope.now), scope.language),
            beyond_promise,
            with_somebody: ours.iter().filter(|entry| matches!(entry.place, Place::Called { .. })).count(),
            done: ours.iter().filter(|entry| matches!(entry.place, Place::Ended(_))).count(),
            waiting: waiting.len(),
        });
    }
    Ok(services)
}
