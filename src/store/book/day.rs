//! What the book has in a span of time, for the desk.

use super::LONGEST;
use crate::front_desk::appointment::{Appointment, ClinicChanged};
use crate::front_desk::closure::BookClosure;
use crate::front_desk::patient::Patient;
use crate::front_desk::queue::Place;
use crate::front_desk::ticket::{Ticket, VisitId};
use crate::store::outbox::parsed_id;
use crate::store::{Result, Store, closures, time};
use chrono::{DateTime, Utc};

/// An appointment of the book with what is known about it.
#[derive(Debug, Clone)]
pub struct BookRow {
    /// The appointment.
    pub appointment: Appointment,
    /// Who, if the record is here.
    pub patient: Option<Patient>,
    /// The ticket that its check-in gave: the earliest, where there are two.
    pub ticket: Option<Ticket>,
    /// Where they are in the queue, once they are here.
    pub place: Option<Place>,
    /// What the clinic changed, and the patient may not know yet.
    pub untold: Option<ClinicChanged>,
}

/// A closed time of one clinician.
#[derive(Debug, Clone)]
pub struct ClosedTime {
    /// Whose, by [`crate::front_desk::schedule::clinician_key`].
    pub clinician: String,
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; not included.
    pub to: DateTime<Utc>,
    /// The closure that it is part of.
    pub closure: BookClosure,
}

impl Store {
    /// The appointments that begin in a span of time, those that were called off too.
    pub fn book_rows(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<BookRow>> {
        let mut query = self.connection.prepare_cached(
            "SELECT appointment.body, patient.body, ticket.body, appointment.id, visit.id FROM appointment
             LEFT JOIN patient ON patient.id = appointment.patient
             LEFT JOIN visit ON visit.id = (SELECT first.id FROM visit AS first WHERE first.appointment = appointment.id
                                            ORDER BY first.checked_in_at, first.id LIMIT 1)
             LEFT JOIN ticket ON ticket.id = visit.ticket
             WHERE starts_at >= ?1 AND starts_at < ?2 ORDER BY starts_at, appointment.id",
        )?;
        self.rows(query.query([from.timestamp_millis(), to.timestamp_millis()])?)
    }

    /// The standing appointments that touch a span of time.
    pub fn book_rows_touching(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<BookRow>> {
        let mut query = self.connection.prepare_cached(
            "SELECT appointment.body, patient.body, ticket.body, appointment.id, visit.id FROM appointment
             LEFT JOIN patient ON patient.id = appointment.patient
             LEFT JOIN visit ON visit.id = (SELECT first.id FROM visit AS first WHERE first.appointment = appointment.id
                                            ORDER BY first.checked_in_at, first.id LIMIT 1)
             LEFT JOIN ticket ON ticket.id = visit.ticket
             WHERE stands = 1 AND starts_at > ?1 - ?3 AND starts_at < ?2 AND ends_at > ?1
             ORDER BY starts_at, appointment.id",
        )?;
        self.rows(query.query([from.timestamp_millis(), to.timestamp_millis(), LONGEST])?)
    }

    fn rows(&self, mut rows: rusqlite::Rows<'_>) -> Result<Vec<BookRow>> {
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (patient, ticket): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
            let visit = row.get::<_, Option<String>>(4)?.map(|id| parsed_id(&id)).transpose()?;
            let entry = visit.map(|id| self.queue_entry(VisitId(id))).transpose()?.flatten();
            found.push(BookRow {
                appointment: serde_json::from_str(&row.get::<_, String>(0)?)?,
                patient: patient.map(|body| serde_json::from_str(&body)).transpose()?,
                ticket: ticket.map(|body| serde_json::from_str(&body)).transpose()?,
                place: entry.map(|entry| entry.place),
                untold: closures::untold(&self.connection, &row.get::<_, String>(3)?)?,
            });
        }
        Ok(found)
    }

    /// The times that staff closed and that touch a span of time.
    pub fn closed_times(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<ClosedTime>> {
        let mut query = self.connection.prepare_cached(
            "SELECT clinician, closure_time.starts_at, closure_time.ends_at, body FROM closure_time
             JOIN closure ON closure.id = closure_time.closure
             WHERE closure_time.starts_at < ?2 AND closure_time.ends_at > ?1 ORDER BY closure_time.starts_at, closure.id",
        )?;
        let mut rows = query.query([from.timestamp_millis(), to.timestamp_millis()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(ClosedTime {
                clinician: row.get(0)?,
                from: time(row.get(1)?)?,
                to: time(row.get(2)?)?,
                closure: serde_json::from_str(&row.get::<_, String>(3)?)?,
            });
        }
        Ok(found)
    }
}
