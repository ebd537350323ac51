//! What happened to requests after they were raised, for the board and for those who look back.

use super::{Result, Store, StoreError, time};
use crate::front_desk::request::RequestId;
use chrono::{DateTime, Utc};
use rusqlite::{Row, Transaction};
use std::fmt;
use uuid::Uuid;

/// What can happen to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestEventKind {
    /// Somebody has taken it.
    Acknowledged,
    /// Somebody did not answer in time: `by`; then it was the turn of `words`, or of nobody.
    Escalated,
    /// It went to another destination.
    HandedOver,
    /// It is done; `words` says how.
    Resolved,
    /// How it ended: `words` is the id of the outcome.
    OutcomeChosen,
    /// A case was not answered by its day.
    Overdue,
    /// Staff did a step for the patient.
    StepTaken,
    /// A step of the routine is done.
    RoutineStepDone,
    /// It turned out not to be.
    RoutineStepUndone,
    /// Somebody called the patient: `words` says how that ended.
    Called,
}

impl RequestEventKind {
    const ALL: [Self; 10] = [
        Self::Acknowledged,
        Self::Escalated,
        Self::HandedOver,
        Self::Resolved,
        Self::OutcomeChosen,
        Self::Overdue,
        Self::StepTaken,
        Self::RoutineStepDone,
        Self::RoutineStepUndone,
        Self::Called,
    ];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::Escalated => "escalated",
            Self::HandedOver => "handed-over",
            Self::Resolved => "resolved",
            Self::OutcomeChosen => "outcome-chosen",
            Self::Overdue => "overdue",
            Self::StepTaken => "step-taken",
            Self::RoutineStepDone => "routine-step-done",
            Self::RoutineStepUndone => "routine-step-undone",
            Self::Called => "called",
        }
    }
}

/// Something that happened to a request.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestEvent {
    /// To which one.
    pub request: RequestId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: RequestEventKind,
    /// By whom.
    pub by: String,
    /// In words, where it has any.
    pub words: String,
}

// The words may be about a patient.
impl fmt::Debug for RequestEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestEvent").field("at", &self.at).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Store {
    /// What happened to a request, in the order in which it happened.
    pub fn request_events(&self, request: RequestId) -> Result<Vec<RequestEvent>> {
        self.events("WHERE request = ?1 ORDER BY at, id", [request.0.to_string()])
    }

    /// What happened to all requests that were raised since a time, in the order in which it happened.
    pub fn request_events_since(&self, since: DateTime<Utc>) -> Result<Vec<RequestEvent>> {
        let raised = "WHERE request IN (SELECT id FROM request WHERE raised_at >= ?1) ORDER BY at, id";
        self.events(raised, [since.timestamp_millis()])
    }

    fn events<P: rusqlite::Params>(&self, which: &str, parameters: P) -> Result<Vec<RequestEvent>> {
        let sql = format!("SELECT request, at, kind, by_whom, words FROM request_event {which}");
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query(parameters)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}

/// Notes what a fact did to a request.
pub(super) fn note(
    tx: &Transaction<'_>,
    at: DateTime<Utc>,
    request: RequestId,
    kind: RequestEventKind,
    by: &str,
    words: &str,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO request_event (request, at, kind, by_whom, words) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((request.0.to_string(), at.timestamp_millis(), kind.word(), by, words))?;
    Ok(())
}

/// Notes who did not answer, and whose turn it is now; before the request itself says so.
pub(super) fn note_escalated(
    tx: &Transaction<'_>,
    at: DateTime<Utc>,
    request: RequestId,
    rung: usize,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO request_event (request, at, kind, by_whom, words)
         SELECT id, ?2, ?3, coalesce(coalesce(chain, body -> 'chain') ->> ('$[' || rung || '].name'), ''),
                CASE WHEN rung = ?4 THEN '' ELSE coalesce(coalesce(chain, body -> 'chain') ->> ('$[' || ?4 || '].name'), '') END
         FROM request WHERE id = ?1",
    )?
    .execute((request.0.to_string(), at.timestamp_millis(), RequestEventKind::Escalated.word(), rung))?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<RequestEvent> {
    let word: String = row.get(2)?;
    let kind = RequestEventKind::ALL.into_iter().find(|kind| kind.word() == word);
    let request = Uuid::parse_str(&row.get::<_, String>(0)?);
    Ok(RequestEvent {
        request: RequestId(request.map_err(|error| StoreError::Unreadable(error.to_string()))?),
        at: time(row.get(1)?)?,
        kind: kind.ok_or_else(|| StoreError::Unreadable(format!("request event {word}")))?,
        by: row.get(3)?,
        words: row.get(4)?,
    })
}
