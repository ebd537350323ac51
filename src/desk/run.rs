//! Runs the desk as a program of its own.

use super::{DeskError, serve};
use crate::clinic::Clinic;
use crate::link::fact::DESK;
use crate::store::{Secret, Store, StoreError, StoreHandle};
use crate::watchdog;
use chrono::{TimeDelta, Utc};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};

/// Where the desk's store is.
pub fn store_path(clinic: &Clinic) -> PathBuf {
    clinic.data.join("desk.db")
}

/// How long a code for an administrator is good, where nobody uses it: the first one as long as the desk runs, or a year.
const FIRST_CODE_LASTS: TimeDelta = TimeDelta::days(365);
const LATER_CODE_LASTS: TimeDelta = TimeDelta::hours(1);

/// A code to make an administrator with, while nobody has an account; none where somebody has. Codes from before are
/// good no longer.
pub fn first_administrator_code(store: &mut Store) -> Result<Option<Secret>, StoreError> {
    store.forget_administrator_codes()?;
    if store.staff_count()? > 0 {
        Ok(None)
    } else {
        store.administrator_code(FIRST_CODE_LASTS, Utc::now()).map(Some)
    }
}

/// A code to make another administrator with, for whoever has lost every way in: only the machine of the desk gives it.
pub fn administrator_code(clinic: &Clinic) -> Result<Secret, StoreError> {
    let mut store = Store::open(&store_path(clinic), DESK)?;
    store.administrator_code(LATER_CODE_LASTS, Utc::now())
}

/// Whether what is said on the standard error goes to systemd's journal. The variable alone does not tell: whatever
/// a service has started inherits it (`systemd.exec(5)`, `JOURNAL_STREAM`).
fn is_kept_in_a_journal() -> bool {
    let stream = std::env::var("JOURNAL_STREAM").unwrap_or_default();
    rustix::fs::fstat(std::io::stderr())
        .is_ok_and(|stderr| stream == format!("{}:{}", stderr.st_dev, stderr.st_ino))
}

/// Serves the desk until the program is told to end (SIGTERM, SIGINT).
pub fn run(clinic: Arc<Clinic>) -> Result<(), DeskError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(clinic.desk)
            .await
            .map_err(|reason| DeskError::Address { address: clinic.desk, reason })?;
        let store = StoreHandle::open(&store_path(&clinic), DESK)?;
        let mut terminated = signal(SignalKind::terminate())?;
        let mut interrupted = signal(SignalKind::interrupt())?;
        println!("The desk's page: http://{}", clinic.desk);
        if is_kept_in_a_journal() {
            // What is said here is kept, and read by others: the code is to be asked for.
            if store.run_async(|store| store.staff_count()).await? == 0 {
                tracing::warn!(
                    "nobody has an account yet: vestibule desk --administrator-code gives a code for the first"
                );
            }
        } else if let Some(code) = store.run_async(first_administrator_code).await? {
            // To the terminal and not to the log: logs are kept, and read by others.
            eprintln!(
                "\nNobody has an account yet. Make the first administrator at http://{}/sign-in with this code, which is good \
                 once and until the desk is restarted:\n\n    {}\n",
                clinic.desk,
                code.text()
            );
        }
        serve(clinic, store, listener, async move {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = interrupted.recv() => {}
            }
            watchdog::stopping();
        })
        .await
    })
}
