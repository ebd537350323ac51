//! What staff reported of the routines, and whether they have read what was answered.

use super::{Result, Store, StoreError, append_own, time};
use crate::front_desk::request::{Request, RequestId};
use crate::link::fact::FactKind;
use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;
use uuid::Uuid;

/// A report of somebody at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnReport {
    /// The request that it is.
    pub request: RequestId,
    /// When its author read the answer.
    pub seen_at: Option<DateTime<Utc>>,
}

impl Store {
    /// Keeps a report with the account that made it. All of it or nothing.
    pub fn report(&mut self, request: Request, account: Uuid, now: DateTime<Utc>) -> Result<()> {
        let origin = self.origin.clone();
        self.write(|tx| {
            tx.prepare_cached("INSERT INTO staff_report (request, account) VALUES (?1, ?2)")?
                .execute((request.id.0.to_string(), account.to_string()))?;
            append_own(tx, &origin, FactKind::RequestRaised { request }, now)?;
            Ok(())
        })
    }

    /// The reports of an account whose answer its owner has not read, the latest first.
    pub fn unseen_reports(&self, account: Uuid) -> Result<Vec<RequestId>> {
        let mut query = self.connection.prepare_cached(
            "SELECT staff_report.request FROM staff_report JOIN request ON request.id = staff_report.request
             WHERE account = ?1 AND seen_at IS NULL ORDER BY request.raised_at DESC, request.id DESC",
        )?;
        let rows = query.query_map([account.to_string()], |row| row.get::<_, String>(0))?;
        rows.map(|id| {
            let id = Uuid::parse_str(&id?).map_err(|error| StoreError::Unreadable(error.to_string()))?;
            Ok(RequestId(id))
        })
        .collect()
    }

    /// Notes that whoever made a report has read the answer. Answers whether it is a report of this account.
    pub fn saw_answer(&mut self, request: RequestId, account: Uuid, now: DateTime<Utc>) -> Result<bool> {
        self.write(|tx| {
            let noted = tx
                .prepare_cached(
                    "UPDATE staff_report SET seen_at = coalesce(seen_at, ?3) WHERE request = ?1 AND account = ?2",
                )?
                .execute((request.0.to_string(), account.to_string(), now.timestamp_millis()))?;
            Ok(noted > 0)
        })
    }

    /// What is known of whoever made a report; nothing where no account did.
    pub fn own_report(&self, request: RequestId) -> Result<Option<OwnReport>> {
        let seen: Option<Option<i64>> = self
            .connection
            .prepare_cached("SELECT seen_at FROM staff_report WHERE request = ?1")?
            .query_row([request.0.to_string()], |row| row.get(0))
            .optional()?;
        seen.map(|seen| Ok(OwnReport { request, seen_at: seen.map(time).transpose()? })).transpose()
    }
}
