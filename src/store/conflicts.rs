//! What does not fit together: two tickets for one appointment, a check-in for one that was called off or moved, a time
//! that is booked twice.

use super::book::LONGEST;
use super::{Result, Store, StoreError, time};
use crate::front_desk::patient::PatientId;
use crate::front_desk::request::RequestReason;
use crate::front_desk::ticket::{Ticket, TicketId};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A check-in that a person must put right, and of which nobody was told yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckInConflict {
    /// [`RequestReason::TwoTickets`] or [`RequestReason::AppointmentChanged`].
    pub reason: RequestReason,
    /// Who.
    pub patient: PatientId,
    /// The ticket that it is about: of two for one appointment, the later.
    pub ticket: TicketId,
    /// The kiosk that gave it.
    pub kiosk: String,
    /// The language of the ticket, BCP 47.
    pub language: String,
    /// What it is, for staff, as a step of the patient's way: "done: holds C101 of lobby and C201 of annexe".
    pub words: String,
}

/// Two standing appointments of one clinician at the same time, one of them booked here, of which nobody was told yet.
/// The desk never books over another; a system whose book is imported may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedTwice {
    /// Who was booked here, and who was booked over them.
    pub patients: [PatientId; 2],
    /// With whom.
    pub clinician: String,
    /// When the one that was booked here begins.
    pub starts_at: DateTime<Utc>,
    appointments: [Uuid; 2],
}

impl BookedTwice {
    /// By which a request names it: each is told once.
    pub fn key(&self) -> String {
        let [one, other] = self.appointments.map(|id| id.simple().to_string());
        format!("the book: {one} and {other}")
    }
}

const TOLD: &str = "EXISTS (SELECT 1 FROM request WHERE request.body ->> 'ticket' = ticket.id
                    AND request.body ->> 'reason' = ?2)";

impl Store {
    /// The conflicts among the tickets since a day of the clinic that no request tells of.
    pub fn check_in_conflicts(&self, since: NaiveDate) -> Result<Vec<CheckInConflict>> {
        let twice = "SELECT visit.patient, ticket.body, ticket.kiosk,
                (SELECT before.body ->> 'number' || ' of ' || before.kiosk FROM visit AS first
                 JOIN ticket AS before ON before.id = first.ticket WHERE first.appointment = visit.appointment
                 ORDER BY first.checked_in_at, first.id LIMIT 1)
             FROM ticket JOIN visit ON visit.ticket = ticket.id
             WHERE ticket.day >= ?1 AND EXISTS (SELECT 1 FROM visit AS first
                 WHERE first.appointment = visit.appointment
                 AND (first.checked_in_at, first.id) < (visit.checked_in_at, visit.id))";
        let mut found = self.conflicts(twice, since, RequestReason::TwoTickets, |ticket, kiosk, other| {
            format!("done: holds {other} and {} of {kiosk}", ticket.number)
        })?;
        let changed = "SELECT visit.patient, ticket.body, ticket.kiosk,
                CASE appointment.body ->> 'status' WHEN 'cancelled' THEN 'cancelled' ELSE 'moved' END
             FROM ticket JOIN visit ON visit.ticket = ticket.id JOIN appointment ON appointment.id = visit.appointment
             WHERE ticket.day >= ?1 AND (appointment.body ->> 'status' = 'cancelled'
                 OR appointment.body ->> 'starts_at' <> visit.body ->> 'due_at')";
        found.extend(self.conflicts(
            changed,
            since,
            RequestReason::AppointmentChanged,
            |ticket, _, what| format!("done: holds {}, and the appointment was {what}", ticket.number),
        )?);
        Ok(found)
    }

    /// The times still to come that are booked twice.
    pub fn booked_twice(&self, now: DateTime<Utc>) -> Result<Vec<BookedTwice>> {
        let mut query = self.connection.prepare_cached(
            "SELECT ours.id, theirs.id, ours.patient, theirs.patient, ours.body ->> 'clinician', ours.starts_at
             FROM appointment AS ours JOIN appointment AS theirs
                 ON theirs.stands = 1 AND theirs.clinician = ours.clinician
                 AND theirs.starts_at > ours.starts_at - ?2 AND theirs.starts_at < ours.ends_at
                 AND theirs.ends_at > ours.starts_at AND theirs.imported IS NOT NULL
             WHERE ours.stands = 1 AND ours.imported IS NULL AND ours.clinician <> '' AND ours.starts_at > ?1
             ORDER BY ours.starts_at, ours.id, theirs.id",
        )?;
        type Raw = (String, String, String, String, String, i64);
        let rows = query.query_map((now.timestamp_millis(), LONGEST), |row| -> rusqlite::Result<Raw> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (ours, theirs, one, other, clinician, starts_at) = row?;
            let twice = BookedTwice {
                patients: [PatientId(id(&one)?), PatientId(id(&other)?)],
                clinician,
                starts_at: time(starts_at)?,
                appointments: [id(&ours)?, id(&theirs)?],
            };
            let told: bool = self
                .connection
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM request WHERE body ->> 'reason' = ?1 AND body ->> 'stopped_at' = ?2)",
                )?
                .query_row((RequestReason::BookedTwice.id(), twice.key()), |row| row.get(0))?;
            if !told {
                found.push(twice);
            }
        }
        Ok(found)
    }

    fn conflicts(
        &self,
        which: &str,
        since: NaiveDate,
        reason: RequestReason,
        words: impl Fn(&Ticket, &str, &str) -> String,
    ) -> Result<Vec<CheckInConflict>> {
        let mut query =
            self.connection.prepare_cached(&format!("{which} AND NOT {TOLD} ORDER BY ticket.id"))?;
        type Raw = (String, String, String, String);
        let rows = query.query_map((since.to_string(), reason.id()), |row| -> rusqlite::Result<Raw> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        rows.map(|row| {
            let (patient, ticket, kiosk, other) = row?;
            let ticket: Ticket = serde_json::from_str(&ticket)?;
            Ok(CheckInConflict {
                reason,
                patient: PatientId(id(&patient)?),
                words: words(&ticket, &kiosk, &other),
                ticket: ticket.id,
                kiosk,
                language: ticket.language,
            })
        })
        .collect()
    }
}

fn id(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|error| StoreError::Unreadable(error.to_string()))
}
