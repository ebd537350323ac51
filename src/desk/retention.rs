//! Deletes what is over, once a day, a little at a time.

use super::Desk;
use crate::store::retention::{BETWEEN_BATCHES, LOOK_EVERY};
use chrono::Utc;

/// Deletes by the clinic's rules for as long as the desk runs. What cannot be deleted now, on a full disk perhaps, is
/// deleted later; pages say that the store is in trouble.
pub async fn delete_what_is_over(desk: &Desk) {
    let mut run = None;
    loop {
        let clinic = desk.clinic.now();
        let at_work = run.take();
        let was_at_work = at_work.is_some();
        let batch = desk.ask(move |store| store.go_on_retaining(at_work, &clinic, Utc::now()));
        match batch.await {
            Ok(left) => run = left,
            // What is left of the day's work is begun again with the next day: nothing depends on its hour.
            Err(_) if was_at_work => tracing::warn!("not all that is over could be deleted today"),
            Err(_) => {}
        }
        tokio::time::sleep(if run.is_some() { BETWEEN_BATCHES } else { LOOK_EVERY }).await;
    }
}
