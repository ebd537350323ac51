//! People who could not be checked in, and what became of them.

use super::{Result, Store, time};
use crate::front_desk::appointment::Appointment;
use crate::front_desk::arrival::{NotCheckedIn, NotCheckedInCause};
use crate::front_desk::patient::Patient;
use crate::front_desk::ticket::TicketNumber;
use crate::link::fact::Fact;
use chrono::{DateTime, Utc};
use rusqlite::Transaction;
use uuid::Uuid;

/// Somebody who could not be checked in.
#[derive(Debug, Clone)]
pub struct NotCheckedInRow {
    /// Identity: that of its fact.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// At which kiosk.
    pub kiosk: String,
    /// Who, and why.
    pub turned_away: NotCheckedIn,
    /// The record, if it is known and here.
    pub patient: Option<Patient>,
    /// The appointment, if it is known and here.
    pub appointment: Option<Appointment>,
    /// When they were checked in after all, with which number.
    pub checked_in: Option<(DateTime<Utc>, TicketNumber)>,
}

pub(super) fn apply(tx: &Transaction<'_>, fact: &Fact, turned_away: &NotCheckedIn) -> Result<()> {
    tx.prepare_cached("INSERT INTO not_checked_in (id, at, kiosk, cause, body) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING")?
        .execute((
            fact.id.to_string(),
            fact.at.timestamp_millis(),
            &fact.origin,
            turned_away.cause.word(),
            serde_json::to_string(turned_away)?,
        ))?;
    Ok(())
}

impl Store {
    /// Who could not be checked in since a time, latest first.
    pub fn not_checked_in(&self, since: DateTime<Utc>) -> Result<Vec<NotCheckedInRow>> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, at, kiosk, body FROM not_checked_in WHERE at >= ?1 ORDER BY at DESC, id DESC",
        )?;
        type Raw = (String, i64, String, String);
        let rows = query.query_map([since.timestamp_millis()], |row| -> rusqlite::Result<Raw> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        let rows: Vec<Raw> = rows.collect::<rusqlite::Result<_>>()?;
        rows.into_iter().map(|row| self.not_checked_in_row(row)).collect()
    }

    fn not_checked_in_row(
        &self,
        (id, at, kiosk, body): (String, i64, String, String),
    ) -> Result<NotCheckedInRow> {
        let turned_away: NotCheckedIn = serde_json::from_str(&body)?;
        let patient = match turned_away.patient {
            Some(patient) => self.patient(patient)?,
            None => None,
        };
        let appointment = match turned_away.appointment {
            Some(appointment) => self.appointment(appointment)?,
            None => None,
        };
        let checked_in = match turned_away.patient {
            Some(patient) => self
                .connection
                .prepare_cached(
                    "SELECT visit.checked_in_at, ticket.body ->> 'number' FROM visit JOIN ticket ON ticket.id = visit.ticket
                     WHERE visit.patient = ?1 AND visit.checked_in_at >= ?2 ORDER BY visit.checked_in_at LIMIT 1",
                )?
                .query_map((patient.to_string(), at), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?
                .next()
                .transpose()?,
            None => None,
        };
        let checked_in = match checked_in {
            Some((at, number)) => Some((time(at)?, serde_json::from_value(number.into())?)),
            None => None,
        };
        let id = Uuid::parse_str(&id).map_err(|error| super::StoreError::Unreadable(error.to_string()))?;
        Ok(NotCheckedInRow { id, at: time(at)?, kiosk, turned_away, patient, appointment, checked_in })
    }

    /// How many could not be checked in since a time, by cause, the most frequent first.
    pub fn not_checked_in_counts(&self, since: DateTime<Utc>) -> Result<Vec<(NotCheckedInCause, u64)>> {
        let mut query = self.connection.prepare_cached(
            "SELECT cause, count(*) FROM not_checked_in WHERE at >= ?1 GROUP BY cause ORDER BY 2 DESC, 1",
        )?;
        let rows =
            query.query_map([since.timestamp_millis()], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (cause, count) = row?;
            Ok((serde_json::from_value(cause.into())?, count))
        })
        .collect()
    }
}
