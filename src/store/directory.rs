//! Patients and the book: whom the front desk knows, and when they are due.

use super::{Result, Store, append_own, book, closures, records};
use crate::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus, BookedVisit};
use crate::front_desk::patient::{DateOfBirth, Patient, PatientId};
use crate::front_desk::provenance::{self, Entry};
use crate::front_desk::ticket::{Ticket, TicketId};
use crate::link::fact::FactKind;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};
use uuid::Uuid;

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

    /// The patients with a record number (more than one only if an import said so). The number of a record that
    /// was merged leads to the one that was kept: it stands on letters.
    pub fn patients_numbered(&self, number: &str) -> Result<Vec<Patient>> {
        let mut query = self.connection.prepare_cached(
            "SELECT body FROM patient WHERE number = ?1
             OR id IN (SELECT keep FROM merged_patient WHERE number = ?1) ORDER BY id",
        )?;
        let rows = query.query_map([number], |row| row.get::<_, String>(0))?;
        rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    /// One patient; of a record that was merged into another, that one.
    pub fn patient(&self, id: PatientId) -> Result<Option<Patient>> {
        records::load(&self.connection, records::resolve(&self.connection, id)?)
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
            "SELECT appointment.body, ticket.body, appointment.id FROM appointment
             LEFT JOIN visit ON visit.id = (SELECT first.id FROM visit AS first WHERE first.appointment = appointment.id
                                            ORDER BY first.checked_in_at, first.id LIMIT 1)
             LEFT JOIN ticket ON ticket.id = visit.ticket
             WHERE appointment.patient = ?1 ORDER BY appointment.starts_at",
        )?;
        let rows = query.query_map([patient.to_string()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?))
        })?;
        rows.map(|row| {
            let (appointment, ticket, id) = row?;
            Ok(BookedVisit {
                appointment: serde_json::from_str(&appointment)?,
                ticket: ticket.map(|body| serde_json::from_str(&body)).transpose()?,
                changed: closures::untold(&self.connection, &id)?,
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
    /// over. Answers how many were new or different. What a patient entered and nobody has proved stays as it
    /// is, see [`provenance::record`]; a record that was merged into another stays merged.
    pub fn take_over(
        &mut self,
        patients: &[Patient],
        appointments: &[Appointment],
        now: DateTime<Utc>,
    ) -> Result<DirectoryCounts> {
        let origin = self.origin.clone();
        self.write(|tx| {
            let mut counts = DirectoryCounts { patients: 0, appointments: 0 };
            for patient in patients {
                if records::merged_into(tx, patient.id)?.is_some() {
                    continue;
                }
                let held = records::load(tx, patient.id)?;
                let entry = Entry { id: Uuid::nil(), at: now };
                if held.as_ref() != Some(&provenance::record(held.as_ref(), patient.clone(), entry)) {
                    append_own(tx, &origin, FactKind::PatientRecorded { patient: patient.clone() }, now)?;
                    counts.patients += 1;
                }
            }
            for appointment in appointments {
                let patient = records::resolve(tx, appointment.patient)?;
                let appointment = &Appointment { patient, ..appointment.clone() };
                if take_over_appointment(tx, &origin, appointment, now)? {
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
        one(&self.connection, sql, id)
    }
}

/// Takes over an appointment from elsewhere. What says the same as the last time is passed over, even if the
/// appointment was moved or called off here meanwhile: an export that knows nothing of it must not undo it.
fn take_over_appointment(
    tx: &Transaction<'_>,
    origin: &str,
    appointment: &Appointment,
    now: DateTime<Utc>,
) -> Result<bool> {
    let id = appointment.id.0.to_string();
    let body = serde_json::to_string(appointment)?;
    let held: Option<(String, Option<String>)> = tx
        .prepare_cached("SELECT body, imported FROM appointment WHERE id = ?1")?
        .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if held.as_ref().is_some_and(|(held, imported)| imported.as_ref().unwrap_or(held) == &body) {
        return Ok(false);
    }
    append_own(tx, origin, FactKind::AppointmentRecorded { appointment: appointment.clone() }, now)?;
    tx.prepare_cached("UPDATE appointment SET imported = ?2 WHERE id = ?1")?.execute((&id, &body))?;
    if let Some((held, _)) = held {
        let held: Appointment = serde_json::from_str(&held)?;
        let (from, to) = book::span(&held);
        let stands = appointment.status == AppointmentStatus::Booked;
        let same = stands && book::span(appointment) == (from, to) && appointment.clinician == held.clinician;
        if held.status == AppointmentStatus::Booked && !same && to > now {
            book::free(tx, &held.clinician, from, to)?;
        }
    }
    Ok(true)
}

/// The record that a query finds by an identity.
pub(super) fn one<T: serde::de::DeserializeOwned>(
    connection: &Connection,
    sql: &str,
    id: &str,
) -> Result<Option<T>> {
    let body: Option<String> =
        connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
}
