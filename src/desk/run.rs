//! Runs the desk as a program of its own.

use super::{DeskError, serve};
use crate::clinic::Clinic;
use crate::link::fact::DESK;
use crate::store::StoreHandle;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};

/// Where the desk's store is.
pub fn store_path(clinic: &Clinic) -> PathBuf {
    clinic.data.join("desk.db")
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
        serve(clinic, store, listener, async move {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = interrupted.recv() => {}
            }
        })
        .await
    })
}
