//! What is wrong with the desk's store, for those who stand at it.

use super::language::{Sentence, sentence};
use crate::store::StoreError;

/// What happened, and what to do now. The log has the name of the file, and what the system said.
pub fn words(error: &StoreError) -> Sentence {
    match error {
        StoreError::DiskFull { .. } => {
            sentence("the disk of the store is full: free some space, nothing that was confirmed is lost")
        }
        StoreError::DiskReadOnly { .. } => sentence(
            "the disk of the store cannot be written any more, as Linux does with one that fails: restart the machine, and replace the disk if it happens again; nothing that was confirmed is lost",
        ),
        StoreError::Damaged { .. } => {
            sentence("the store is damaged: call whoever installed this desk; its file comes from a backup")
        }
        StoreError::Sqlite(_) => sentence(
            "the store failed: restart the desk; if it fails again, look at its log, its disk and its space",
        ),
        StoreError::Unreadable(what) => {
            sentence("the store holds something unreadable ({what}): restore it from a backup")
                .with("what", what)
        }
        StoreError::Abandoned => sentence(
            "the store did not finish what it was asked: the program is stopping, or its log tells of a defect; nothing of it was kept, try again",
        ),
        // Of a store that is opened, before there is a page.
        StoreError::CannotOpen { .. } | StoreError::Newer { .. } | StoreError::NoChance(_) => {
            error.to_string().into()
        }
    }
}
