//! Check-ins that do not fit what else is known: two tickets for one appointment, an appointment that was called
//! off or moved.

use super::{Result, Store, StoreError};
use crate::front_desk::patient::PatientId;
use crate::front_desk::request::RequestReason;
use crate::front_desk::ticket::{Ticket, TicketId};
use chrono::NaiveDate;
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
            let patient =
                Uuid::parse_str(&patient).map_err(|error| StoreError::Unreadable(error.to_string()))?;
            Ok(CheckInConflict {
                reason,
                patient: PatientId(patient),
                words: words(&ticket, &kiosk, &other),
                ticket: ticket.id,
                kiosk,
                language: ticket.language,
            })
        })
        .collect()
    }
}
