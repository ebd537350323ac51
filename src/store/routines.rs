//! The clinic's routines as they were applied, one after the other.

use super::{Result, Store, time};
use crate::link::fact::FactKind;
use chrono::{DateTime, Utc};
use rusqlite::Row;
use std::collections::BTreeMap;

/// Routines that were put in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedRoutines {
    /// Since when.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// The text of each file, by its name.
    pub files: BTreeMap<String, String>,
}

impl Store {
    /// The routines in force, those that were applied last whatever the clock said; none where none ever were.
    pub fn routines_in_force(&self) -> Result<Option<AppliedRoutines>> {
        Ok(self.applied("ORDER BY id DESC LIMIT 1")?.pop())
    }

    /// How many times routines were applied: cheap to ask, and another number after every change.
    pub fn routines_count(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT coalesce(max(id), 0) FROM routines", [], |row| row.get(0))?)
    }

    /// Every change of the routines, latest first.
    pub fn routines_history(&self) -> Result<Vec<AppliedRoutines>> {
        self.applied("ORDER BY id DESC")
    }

    /// At the desk: puts routines in force, unless they are already. Answers whether anything changed.
    pub fn apply_routines(
        &mut self,
        by: &str,
        files: BTreeMap<String, String>,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        if self.routines_in_force()?.is_some_and(|applied| applied.files == files) {
            return Ok(false);
        }
        self.commit(vec![FactKind::RoutinesApplied { by: by.to_string(), files }], now)?;
        Ok(true)
    }

    fn applied(&self, which: &str) -> Result<Vec<AppliedRoutines>> {
        let mut query =
            self.connection.prepare_cached(&format!("SELECT at, by_whom, files FROM routines {which}"))?;
        let rows = query.query_map([], |row: &Row<'_>| {
            Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get::<_, String>(2)?))
        })?;
        rows.map(|row| {
            let (at, by, files) = row?;
            Ok(AppliedRoutines { at: time(at)?, by, files: serde_json::from_str(&files)? })
        })
        .collect()
    }
}
