//! The queue as it is, and what it has been.

use crate::front_desk::patient::{DateOfBirth, PatientId};
use crate::front_desk::queue::{Place, QueueEntry};
use crate::front_desk::ticket::{Ticket, TicketId, TicketNumber, VisitId};
use crate::store::{Result, Store, StoreError, time};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;
use uuid::Uuid;

/// A call as the display shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientCall {
    /// Its position among all calls.
    pub id: i64,
    /// Whose.
    pub visit: VisitId,
    /// The number that is called.
    pub number: TicketNumber,
    /// The language of the ticket, BCP 47.
    pub language: String,
    /// Id of the service point.
    pub point: String,
    /// Id of the service that the patient came for, or was sent on to.
    pub service: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the patient was called to the same place before.
    pub again: bool,
}

/// A time at a service point that has come to its end, with the wait before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The day of the queue.
    pub day: NaiveDate,
    /// Id of the service.
    pub service: String,
    /// Id of the service point.
    pub point: String,
    /// When the appointment began, for those who had one.
    pub appointment: Option<DateTime<Utc>>,
    /// When the patient checked in.
    pub arrived_at: DateTime<Utc>,
    /// Since when the clinic kept them waiting for this service.
    pub waits_since: DateTime<Utc>,
    /// When they were called.
    pub called_at: DateTime<Utc>,
    /// When they were done there.
    pub ended_at: DateTime<Utc>,
}

const ENTRY: &str = "SELECT entry.visit, entry.ticket, ticket.number, entry.day, entry.service, visit.checked_in_at,
        coalesce(appointment.starts_at, unixepoch(visit.body ->> 'due_at') * 1000), entry.since, entry.urgency, entry.groups,
        patient.date_of_birth, entry.absences, entry.held_until, entry.state, entry.point, entry.by_whom,
        entry.called_at, entry.times, entry.ending
    FROM queue_entry AS entry JOIN visit ON visit.id = entry.visit JOIN ticket ON ticket.id = entry.ticket
    LEFT JOIN patient ON patient.id = visit.patient LEFT JOIN appointment ON appointment.id = visit.appointment";

impl Store {
    /// Everybody in the queue of a day, ended visits too, as they came.
    pub fn queue(&self, day: NaiveDate) -> Result<Vec<QueueEntry>> {
        let which = "WHERE entry.day = ?1 ORDER BY visit.checked_in_at, visit.id";
        entries(&self.connection, which, [day.to_string()])
    }

    /// One visit in the queue.
    pub fn queue_entry(&self, visit: VisitId) -> Result<Option<QueueEntry>> {
        entry(&self.connection, visit)
    }

    /// The ticket with which a patient stands in the queue of a day: waits, or is called.
    pub fn standing_ticket(&self, patient: PatientId, day: NaiveDate) -> Result<Option<Ticket>> {
        let mut query = self.connection.prepare_cached(
            "SELECT ticket.body FROM queue_entry AS entry JOIN visit ON visit.id = entry.visit
             JOIN ticket ON ticket.id = entry.ticket
             WHERE visit.patient = ?1 AND entry.day = ?2 AND entry.state <> 'ended' ORDER BY visit.checked_in_at LIMIT 1",
        )?;
        let body: Option<String> =
            query.query_row((patient.0.to_string(), day.to_string()), |row| row.get(0)).optional()?;
        body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
    }

    /// The last calls of a day, each ticket once, latest first.
    pub fn last_calls(&self, day: NaiveDate, count: usize) -> Result<Vec<PatientCall>> {
        let count = i64::try_from(count).unwrap_or(i64::MAX).to_string();
        let which = "WHERE entry.day = ?1 GROUP BY entry.visit ORDER BY 1 DESC LIMIT ?2";
        self.calls_where("max(patient_call.id)", which, [day.to_string(), count])
    }

    /// One call; none once it was taken back.
    pub fn patient_call(&self, id: i64) -> Result<Option<PatientCall>> {
        Ok(self.calls_where("patient_call.id", "WHERE patient_call.id = ?1", [id])?.pop())
    }

    /// The position of the last call there ever was, also if it was taken back since; 0 while there was none.
    pub fn highest_call(&self) -> Result<i64> {
        let sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'patient_call'";
        Ok(self.connection.prepare_cached(sql)?.query_row((), |row| row.get(0))?)
    }

    fn calls_where<P: rusqlite::Params>(
        &self,
        id: &str,
        which: &str,
        parameters: P,
    ) -> Result<Vec<PatientCall>> {
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT {id}, entry.visit, ticket.number, ticket.body ->> 'language', patient_call.point,
                    entry.service, patient_call.at, patient_call.again
             FROM patient_call JOIN queue_entry AS entry ON entry.visit = patient_call.visit
             JOIN ticket ON ticket.id = entry.ticket {which}"
        ))?;
        let mut rows = query.query(parameters)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(PatientCall {
                id: row.get(0)?,
                visit: VisitId(uuid(row, 1)?),
                number: number(row, 2)?,
                language: row.get(3)?,
                point: row.get(4)?,
                service: row.get(5)?,
                at: time(row.get(6)?)?,
                again: row.get(7)?,
            });
        }
        Ok(found)
    }

    /// Until when, at the latest, the tickets of those who wait said that their patients would be called.
    pub fn expected_calls(&self, day: NaiveDate) -> Result<HashMap<VisitId, DateTime<Utc>>> {
        let mut query = self.connection.prepare_cached(
            "SELECT entry.visit,
                    unixepoch(coalesce(ticket.body ->> 'expected_until', ticket.body ->> 'expected_at')) * 1000
             FROM queue_entry AS entry JOIN ticket ON ticket.id = entry.ticket WHERE entry.day = ?1 AND entry.state = 'waiting'",
        )?;
        let mut rows = query.query([day.to_string()])?;
        let mut found = HashMap::new();
        while let Some(row) = rows.next()? {
            found.insert(VisitId(uuid(row, 0)?), time(row.get(1)?)?);
        }
        Ok(found)
    }

    /// What the times at service points amounted to, of the days from `first` to `last`, as they ended.
    pub fn stays(&self, first: NaiveDate, last: NaiveDate) -> Result<Vec<Stay>> {
        self.stays_where(
            "WHERE day BETWEEN ?1 AND ?2 ORDER BY ended_at, id",
            [first.to_string(), last.to_string()],
        )
    }

    /// The last times at a service's points, latest first.
    pub fn last_stays(&self, service: &str, count: usize) -> Result<Vec<Stay>> {
        let count = i64::try_from(count).unwrap_or(i64::MAX).to_string();
        self.stays_where(
            "WHERE service = ?1 ORDER BY ended_at DESC, id DESC LIMIT ?2",
            [service.to_string(), count],
        )
    }

    fn stays_where(&self, which: &str, parameters: [String; 2]) -> Result<Vec<Stay>> {
        let sql = format!(
            "SELECT day, service, point, appointment, arrived_at, waits_since, called_at, ended_at FROM stay {which}"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query(parameters)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(Stay {
                day: day(row, 0)?,
                service: row.get(1)?,
                point: row.get(2)?,
                appointment: row.get::<_, Option<i64>>(3)?.map(time).transpose()?,
                arrived_at: time(row.get(4)?)?,
                waits_since: time(row.get(5)?)?,
                called_at: time(row.get(6)?)?,
                ended_at: time(row.get(7)?)?,
            });
        }
        Ok(found)
    }
}

pub fn entry(connection: &Connection, visit: VisitId) -> Result<Option<QueueEntry>> {
    Ok(entries(connection, "WHERE entry.visit = ?1", [visit.0.to_string()])?.pop())
}

pub fn entries<P: rusqlite::Params>(
    connection: &Connection,
    which: &str,
    parameters: P,
) -> Result<Vec<QueueEntry>> {
    let mut query = connection.prepare_cached(&format!("{ENTRY} {which}"))?;
    let mut rows = query.query(parameters)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<QueueEntry> {
    let day = day(row, 3)?;
    let born: Option<String> = row.get(10)?;
    let born =
        born.and_then(|born| born.parse().ok()).and_then(|born| DateOfBirth::from_date(born, day).ok());
    let moment = |column: usize| -> Result<Option<DateTime<Utc>>> {
        row.get::<_, Option<i64>>(column)?.map(time).transpose()
    };
    let place = match row.get::<_, String>(13)?.as_str() {
        "waiting" => Place::Waiting,
        "called" => Place::Called {
            point: row.get::<_, Option<String>>(14)?.unwrap_or_default(),
            by: row.get::<_, Option<String>>(15)?.unwrap_or_default(),
            at: moment(16)?.unwrap_or_default(),
            times: row.get(17)?,
        },
        "ended" => {
            let ending: String = row.get(18)?;
            Place::Ended(serde_json::from_str(&ending)?)
        }
        other => return Err(StoreError::Unreadable(format!("place in the queue {other}"))),
    };
    Ok(QueueEntry {
        visit: VisitId(uuid(row, 0)?),
        ticket: TicketId(uuid(row, 1)?),
        number: number(row, 2)?,
        day,
        service: row.get(4)?,
        arrived_at: time(row.get(5)?)?,
        appointment: moment(6)?,
        since: moment(7)?,
        urgency: serde_json::from_str(&row.get::<_, String>(8)?)?,
        groups: serde_json::from_str(&row.get::<_, String>(9)?)?,
        age: born.map(|born| born.age_on(day)),
        absences: row.get(11)?,
        held_until: moment(12)?,
        place,
    })
}

fn uuid(row: &Row<'_>, column: usize) -> Result<Uuid> {
    let text: String = row.get(column)?;
    Uuid::parse_str(&text).map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn day(row: &Row<'_>, column: usize) -> Result<NaiveDate> {
    let text: String = row.get(column)?;
    text.parse().map_err(|_| StoreError::Unreadable(format!("day {text}")))
}

fn number(row: &Row<'_>, column: usize) -> Result<TicketNumber> {
    Ok(serde_json::from_value(serde_json::Value::String(row.get(column)?))?)
}
