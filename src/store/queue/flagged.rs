//! What a person is told about the queue before it is too late: who still waits when the ticket's time is nearly over,
//! and whom a day has left behind.

use super::decided::noticed;
use super::read::entries;
use crate::clinic::Clinic;
use crate::front_desk::patient::PatientId;
use crate::front_desk::queue::{Place, QueueEntry, VisitEnd};
use crate::front_desk::request::{Request, RequestReason};
use crate::link::fact::FactKind;
use crate::store::{Result, Store, StoreError, append_own};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use uuid::Uuid;

impl Store {
    /// Tells the desk of everybody who still waits shortly before the time to come back that their ticket promises,
    /// once for each time they wait. Answers how many were told of.
    pub fn flag_long_waits(&mut self, clinic: &Clinic, now: DateTime<Utc>) -> Result<usize> {
        let Some(before) = clinic.routines.queue.flag_before else { return Ok(0) };
        let today = now.with_timezone(&clinic.zone).date_naive();
        let promised = "WHERE entry.state = 'waiting' AND entry.day = ?1
             AND unixepoch(ticket.body ->> 'come_back_at') * 1000 <= ?2
             AND NOT EXISTS (SELECT 1 FROM request WHERE request.body ->> 'ticket' = entry.ticket
                 AND request.body ->> 'reason' = ?3
                 AND (request.state <> 'resolved' OR request.raised_at > coalesce(entry.called_at, 0)))
             ORDER BY visit.checked_in_at";
        let until = (now + before).timestamp_millis();
        let parameters = (today.to_string(), until, RequestReason::WaitsTooLong.id());
        // Most of the time there is nobody, and nothing is to be written.
        let late = entries(&self.connection, promised, parameters)?;
        let mut kinds = Vec::new();
        for entry in &late {
            let stopped_at = format!("queue: {}", entry.service);
            let request =
                about(&self.connection, clinic, entry, RequestReason::WaitsTooLong, stopped_at, now)?;
            kinds.push(FactKind::RequestRaised { request });
        }
        if !kinds.is_empty() {
            self.commit(kinds, now)?;
        }
        Ok(late.len())
    }

    /// Ends the queues of days that are over. Whoever was never called is told to a person, all of one day together.
    pub fn end_days(&mut self, clinic: &Clinic, now: DateTime<Utc>) -> Result<usize> {
        let today = now.with_timezone(&clinic.zone).date_naive();
        // A ticket of a day that is still to come was given by a clock that ran ahead: no queue of today has it, and
        // staff must look for whoever holds it.
        let tomorrow = today.succ_opt().unwrap_or(today);
        let over = "WHERE entry.state <> 'ended' AND (entry.day < ?1 OR entry.day > ?2)
                    ORDER BY entry.day, visit.checked_in_at";
        let days = [today.to_string(), tomorrow.to_string()];
        if entries(&self.connection, over, days.clone())?.is_empty() {
            return Ok(0);
        }
        let origin = self.origin.clone();
        self.write(|tx| {
            let left = entries(tx, over, days)?;
            for entry in &left {
                let end = if entry.place == Place::Waiting { VisitEnd::NeverCalled } else { VisitEnd::Seen };
                let kind = FactKind::VisitFinished { visit: entry.visit, end, by: String::new() };
                append_own(tx, &origin, kind, now)?;
            }
            if clinic.routines.queue.flag_before.is_some() {
                let waited: Vec<_> = left.iter().filter(|entry| entry.place == Place::Waiting).collect();
                for of_a_day in waited.chunk_by(|one, other| one.day == other.day) {
                    let request = never_called(tx, clinic, of_a_day, now)?;
                    append_own(tx, &origin, FactKind::RequestRaised { request }, now)?;
                }
            }
            Ok(left.len())
        })
    }
}

fn never_called(
    connection: &Connection,
    clinic: &Clinic,
    entries: &[&QueueEntry],
    now: DateTime<Utc>,
) -> Result<Request> {
    let mut patients = Vec::new();
    for entry in entries {
        patients.push(patient_of(connection, entry)?.0);
    }
    let numbers: Vec<_> = entries.iter().map(|entry| entry.number.as_str()).collect();
    let day = entries.first().map(|entry| entry.day.to_string()).unwrap_or_default();
    Ok(Request {
        stopped_at: format!("queue: {day}, {}", numbers.join(", ")),
        patients,
        ..noticed(clinic, RequestReason::NeverCalled, now)
    })
}

/// A request about one patient in the queue, with their ticket.
pub fn about(
    connection: &Connection,
    clinic: &Clinic,
    entry: &QueueEntry,
    reason: RequestReason,
    stopped_at: String,
    now: DateTime<Utc>,
) -> Result<Request> {
    let (patient, language) = patient_of(connection, entry)?;
    Ok(Request {
        stopped_at,
        patients: vec![patient],
        ticket: Some(entry.ticket),
        language,
        ..noticed(clinic, reason, now)
    })
}

/// Whose visit it is, and the language of the ticket.
fn patient_of(connection: &Connection, entry: &QueueEntry) -> Result<(PatientId, String)> {
    let (patient, language): (String, String) = connection
        .prepare_cached(
            "SELECT visit.patient, ticket.body ->> 'language' FROM visit JOIN ticket ON ticket.id = visit.ticket
             WHERE visit.id = ?1",
        )?
        .query_row([entry.visit.0.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((PatientId(uuid(&patient)?), language))
}

pub fn uuid(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|error| StoreError::Unreadable(error.to_string()))
}
