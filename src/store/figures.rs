//! Counts for those who watch over the desk. No patient is in them.

use super::{Result, Store};
use crate::front_desk::ticket::PaperState;
use crate::front_desk::urgency::Urgency;
use chrono::NaiveDate;

/// How many requests of an urgency are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrgencyCount {
    /// The urgency.
    pub urgency: Urgency,
    /// "open" or "acknowledged".
    pub state: String,
    /// How many.
    pub count: u64,
}

/// How many tickets of a kiosk came to the same end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketCount {
    /// The kiosk.
    pub kiosk: String,
    /// What became of their paper.
    pub paper: PaperState,
    /// How many.
    pub count: u64,
}

impl Store {
    /// Requests that are not resolved, counted.
    pub fn open_by_urgency(&self) -> Result<Vec<UrgencyCount>> {
        let mut query = self.connection.prepare_cached(
            "SELECT coalesce(body ->> 'urgency', 'routine'), state, count(*) FROM request WHERE state <> 'resolved' GROUP BY 1, 2",
        )?;
        let rows = query.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, u64>(2)?))
        })?;
        rows.map(|row| {
            let (urgency, state, count) = row?;
            Ok(UrgencyCount { urgency: serde_json::from_value(urgency.into())?, state, count })
        })
        .collect()
    }

    /// After how many seconds somebody took each request that was ever taken.
    pub fn acknowledged_after(&self) -> Result<Vec<f64>> {
        let mut query = self.connection.prepare_cached(
            "SELECT min(event.at) - request.raised_at FROM request_event AS event JOIN request ON request.id = event.request
             WHERE event.kind = 'acknowledged' GROUP BY request.id",
        )?;
        let rows = query.query_map([], |row| row.get::<_, i64>(0))?;
        rows.map(|millis| Ok(millis?.max(0) as f64 / 1000.0)).collect()
    }

    /// Tickets of a day, counted.
    pub fn tickets_of(&self, day: NaiveDate) -> Result<Vec<TicketCount>> {
        let mut query = self.connection.prepare_cached(
            "SELECT kiosk, paper, count(*) FROM ticket WHERE day = ?1 GROUP BY kiosk, paper ORDER BY 1, 2",
        )?;
        let rows = query.query_map([day.to_string()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, u64>(2)?))
        })?;
        rows.map(|row| {
            let (kiosk, paper, count) = row?;
            Ok(TicketCount { kiosk, paper: PaperState::from_word(&paper), count })
        })
        .collect()
    }
}
