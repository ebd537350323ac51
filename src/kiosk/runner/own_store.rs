//! The kiosk's store as a file: one program has it, and a damaged one is set aside.

use super::KioskError;
use crate::clinic::Clinic;
use crate::store::{StoreError, StoreHandle};
use chrono::Utc;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// Where a kiosk's store is.
pub fn store_path(clinic: &Clinic, name: &str) -> PathBuf {
    clinic.data.join(format!("kiosk-{name}.db"))
}

/// Two programs with one store would print every ticket twice. The system lets go of the lock when the
/// program ends, however it ends.
pub(super) fn lock_store(store: &Path) -> Result<File, KioskError> {
    let path = store.with_extension("lock");
    let cannot = |error: std::io::Error| KioskError::Store(StoreError::cannot_open(&path, error.to_string()));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(cannot)?;
    }
    let file = File::create(&path).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(KioskError::RunsAlready { path }),
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}

/// Opens the store. A damaged one is set aside, never deleted: nobody is there to do it, a lobby without a
/// kiosk helps nobody, and a new store is filled from the desk.
pub(super) fn open_store(path: &Path, name: &str) -> Result<StoreHandle, KioskError> {
    match StoreHandle::open(path, name) {
        Ok(store) => Ok(store),
        Err(StoreError::Damaged { .. }) => {
            let stamp = Utc::now().format("%Y%m%dT%H%M%S%3fZ");
            let beside = |path: &Path, suffix: &str| PathBuf::from(format!("{}{suffix}", path.display()));
            let aside = beside(path, &format!("{ASIDE}{stamp}"));
            for suffix in ["", "-wal", "-shm"] {
                let (from, to) = (beside(path, suffix), beside(&aside, suffix));
                if from.exists() {
                    std::fs::rename(&from, &to).map_err(|error| StoreError::CannotOpen {
                        path: from,
                        reason: format!("it is damaged and cannot be set aside: {error}"),
                    })?;
                }
            }
            Ok(StoreHandle::open(path, name)?)
        }
        Err(other) => Err(other.into()),
    }
}

/// What a damaged store's name goes on with.
const ASIDE: &str = ".damaged-";

/// What to tell the desk of damaged stores beside this one, for as long as they lie there; nothing for none.
pub(super) fn set_aside(store: &Path) -> Result<String, KioskError> {
    let cannot = |error: std::io::Error| {
        KioskError::Store(StoreError::CannotOpen { path: store.to_path_buf(), reason: error.to_string() })
    };
    let (Some(folder), Some(name)) = (store.parent(), store.file_name()) else { return Ok(String::new()) };
    let begins = format!("{}{ASIDE}", name.to_string_lossy());
    let mut aside = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(&begins) && !name.ends_with("-wal") && !name.ends_with("-shm") {
            aside.push(path.display().to_string());
        }
    }
    if aside.is_empty() {
        return Ok(String::new());
    }
    aside.sort();
    Ok(format!(
        "the store of this kiosk was damaged and set aside as {}: keep that file, what had not reached the desk \
         is only in there; this is told until the file is moved elsewhere and the kiosk started again",
        aside.join(" and ")
    ))
}
