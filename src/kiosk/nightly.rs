//! Deletes what is over from the kiosk's store, once a day, a little at a time, while nobody is at the kiosk.

use super::clock;
use crate::clinic::Clinic;
use crate::store::retention::{BETWEEN_BATCHES, LOOK_EVERY};
use crate::store::{RetentionRun, StoreHandle};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// What is to be deleted, and since when it may be gone on with.
pub struct Nightly {
    state: Arc<Mutex<State>>,
}

struct State {
    /// None while the store is at it.
    next: Option<Instant>,
    run: Option<RetentionRun>,
}

impl Nightly {
    /// Begins to look after a while: a program that is started again and again deletes nothing by a clock that is wrong.
    pub fn new() -> Self {
        let next = Some(Instant::now() + LOOK_EVERY);
        Self { state: Arc::new(Mutex::new(State { next, run: None })) }
    }

    /// Nobody is at the kiosk: goes on, if it is time. Waits for nothing.
    pub fn go_on(&self, store: &StoreHandle, clinic: &Arc<Clinic>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.next.is_none_or(|next| Instant::now() < next) {
            return;
        }
        state.next = None;
        let run = state.run.take();
        let (clinic, state, now) = (Arc::clone(clinic), Arc::clone(&self.state), clock::now());
        let told = store.tell(move |store| {
            let batch = store.go_on_retaining(run, &clinic, now);
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            state.run = batch.unwrap_or_else(|error| {
                tracing::warn!("not all that is over could be deleted today: {error}");
                None
            });
            let wait = if state.run.is_some() { BETWEEN_BATCHES } else { LOOK_EVERY };
            state.next = Some(Instant::now() + wait);
        });
        if let Err(error) = told {
            tracing::error!("{error}");
        }
    }
}
