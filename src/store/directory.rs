//! Patients and the book: whom the front desk knows, and when they are due.

use super::{Result, Store, append_own};
use crate::front_desk::appointment::{Appointment, AppointmentId, BookedVisit};
use crate::front_desk::patient::{DateOfBirth, Patient, PatientId};
use crate::front_desk::ticket::{Ticket, TicketId};
use crate::link::fact::FactKind;
use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

/// How much the directory holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DirectoryCounts {
    /// Patient records.
    pub patients: u64,
    /// Appointments.
    pub appointments: u64,
}

impl Store {
    /// The patients born on a day.
    pub fn patients_born_on(&self, day: DateOfBirth) -> Result<Vec<Patient>> {
        let mut query = self
            .connection
            .prepare_cached("SELECT body FROM patient WHERE date_of_birth = ?1 ORDER BY id")?;
        let rows = query.query_map([day.date().to_string()], |row| row.get::<_, String>(0))?;
        rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    /// The patients with a record number (more than one only if an import said so).
    pub fn patients_numbered(&self, number: &str) -> Result<Vec<Patient>> {
        let mut query =
            self.connection.prepare_cached("SELECT body FROM patient WHERE number = ?1 ORDER BY id")?;
        let rows = query.query_map([number], |row| row.get::<_, String>(0))?;
        rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    /// One patient.
    pub fn patient(&self, id: PatientId) -> Result<Option<Patient>> {
        self.one("SELECT body FROM patient WHERE id = ?1", &id.to_string())
    }

    /// One appointment.
    pub fn appointment(&self, id: AppointmentId) -> Result<Option<Appointment>> {
        self.one("SELECT body FROM appointment WHERE id = ?1", &id.0.to_string())
    }

    /// One ticket.
    pub fn ticket(&self, id: TicketId) -> Result<Option<Ticket>> {
        self.one("SELECT body FROM ticket WHERE id = ?1", &id.0.to_string())
    }

    /// The patient who holds a ticket.
    pub fn holder_of(&self, ticket: TicketId) -> Result<Option<Patient>> {
        self.one(
            "SELECT patient.body FROM visit JOIN patient ON patient.id = visit.patient WHERE visit.ticket = ?1",
            &ticket.0.to_string(),
        )
    }

    /// A patient's appointments, each once, with the ticket that its check-in gave: the earliest, where two kiosks
    /// that could not hear of each other gave one each.
    pub fn booked_visits(&self, patient: PatientId) -> Result<Vec<BookedVisit>> {
        let mut query = self.connection.prepare_cached(
            "SELECT appointment.body, ticket.body FROM appointment
             LEFT JOIN visit ON visit.id = (SELECT first.id FROM visit AS first WHERE first.appointment = appointment.id
                                            ORDER BY first.checked_in_at, first.id LIMIT 1)
             LEFT JOIN ticket ON ticket.id = visit.ticket
             WHERE appointment.patient = ?1 ORDER BY appointment.starts_at",
        )?;
        let rows = query.query_map([patient.to_string()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
        })?;
        rows.map(|row| {
            let (appointment, ticket) = row?;
            Ok(BookedVisit {
                appointment: serde_json::from_str(&appointment)?,
                ticket: ticket.map(|body| serde_json::from_str(&body)).transpose()?,
            })
        })
        .collect()
    }

    /// Appointments that begin in a span of time, with their patients.
    pub fn book(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<(Appointment, Patient)>> {
        let mut query = self.connection.prepare_cached(
            "SELECT appointment.body, patient.body FROM appointment JOIN patient ON patient.id = appointment.patient
             WHERE starts_at >= ?1 AND starts_at < ?2 ORDER BY starts_at, appointment.id",
        )?;
        let rows = query.query_map([from.timestamp_millis(), to.timestamp_millis()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        rows.map(|row| {
            let (appointment, patient) = row?;
            Ok((serde_json::from_str(&appointment)?, serde_json::from_str(&patient)?))
        })
        .collect()
    }

    /// Takes over records from elsewhere in one transaction; what is here already, unchanged, is passed
    /// over. Answers how many were new or different.
    pub fn take_over(
        &mut self,
        patients: &[Patient],
        appointments: &[Appointment],
        now: DateTime<Utc>,
    ) -> Result<DirectoryCounts> {
        let origin = self.origin.clone();
        self.write(|tx| {
            let mut counts = DirectoryCounts { patients: 0, appointments: 0 };
            let held = |table: &str, id: String| -> Result<Option<String>> {
                Ok(tx
                    .prepare_cached(&format!("SELECT body FROM {table} WHERE id = ?1"))?
                    .query_row([id], |row| row.get(0))
                    .optional()?)
            };
            for patient in patients {
                if held("patient", patient.id.to_string())? != Some(serde_json::to_string(patient)?) {
                    append_own(tx, &origin, FactKind::PatientRecorded { patient: patient.clone() }, now)?;
                    counts.patients += 1;
                }
            }
            for appointment in appointments {
                if held("appointment", appointment.id.0.to_string())?
                    != Some(serde_json::to_string(appointment)?)
                {
                    append_own(
                        tx,
                        &origin,
                        FactKind::AppointmentRecorded { appointment: appointment.clone() },
                        now,
                    )?;
                    counts.appointments += 1;
                }
            }
            Ok(counts)
        })
    }

    /// How much the directory holds.
    pub fn directory_counts(&self) -> Result<DirectoryCounts> {
        let count =
            |table| self.connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
        Ok(DirectoryCounts { patients: count("patient")?, appointments: count("appointment")? })
    }

    fn one<T: serde::de::DeserializeOwned>(&self, sql: &str, id: &str) -> Result<Option<T>> {
        let body: Option<String> =
            self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
        body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
    }
}
