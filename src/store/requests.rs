//! Flagged requests.

use super::{Result, Store, StoreError};
use crate::front_desk::request::{Request, RequestId, RequestState};
use crate::link::fact::FactKind;
use chrono::{DateTime, Utc};
use rusqlite::Row;

/// A request with how far it has come.
#[derive(Debug, Clone)]
pub struct RequestRow {
    /// The request.
    pub request: Request,
    /// How far it has come.
    pub state: RequestState,
    /// Whether nobody acknowledged it in time.
    pub escalated: bool,
}

const COLUMNS: &str = "SELECT body, state, by_whom, note, escalated FROM request";

impl Store {
    /// Requests that are not resolved, what is due first first.
    pub fn open_requests(&self) -> Result<Vec<RequestRow>> {
        self.requests(&format!("{COLUMNS} WHERE state <> 'resolved' ORDER BY acknowledge_by, id"), [])
    }

    /// Requests resolved since a time, latest first.
    pub fn resolved_requests(&self, since: DateTime<Utc>) -> Result<Vec<RequestRow>> {
        let sql = format!(
            "{COLUMNS} WHERE state = 'resolved' AND raised_at >= ?1 ORDER BY raised_at DESC, id DESC"
        );
        self.requests(&sql, [since.timestamp_millis()])
    }

    /// One request.
    pub fn request(&self, id: RequestId) -> Result<Option<RequestRow>> {
        Ok(self.requests(&format!("{COLUMNS} WHERE id = ?1"), [id.0.to_string()])?.pop())
    }

    /// At the desk: escalates what nobody acknowledged in time. The time to act is a column, not a timer in
    /// memory, so a restart forgets none. Answers what was escalated now.
    pub fn escalate_overdue(&mut self, now: DateTime<Utc>) -> Result<Vec<RequestId>> {
        let overdue: Vec<RequestId> = self
            .requests(
                &format!("{COLUMNS} WHERE state = 'open' AND escalated = 0 AND acknowledge_by <= ?1 ORDER BY acknowledge_by"),
                [now.timestamp_millis()],
            )?
            .into_iter()
            .map(|row| row.request.id)
            .collect();
        if !overdue.is_empty() {
            self.commit(overdue.iter().map(|id| FactKind::RequestEscalated { request: *id }).collect(), now)?;
        }
        Ok(overdue)
    }

    fn requests<P: rusqlite::Params>(&self, sql: &str, parameters: P) -> Result<Vec<RequestRow>> {
        let mut query = self.connection.prepare_cached(sql)?;
        let rows = query.query_map(parameters, |row: &Row<'_>| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, bool>(4)?,
            ))
        })?;
        rows.map(|row| {
            let (body, state, by, note, escalated) = row?;
            let state = match state.as_str() {
                "open" => RequestState::Open,
                "acknowledged" => RequestState::Acknowledged { by },
                "resolved" => RequestState::Resolved { by, note },
                other => return Err(StoreError::Unreadable(format!("request state {other}"))),
            };
            Ok(RequestRow { request: serde_json::from_str(&body)?, state, escalated })
        })
        .collect()
    }
}
