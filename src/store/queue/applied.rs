//! What the facts of the queue change in its tables; the same at the desk and at a kiosk.

use crate::front_desk::queue::VisitEnd;
use crate::front_desk::ticket::{Ticket, Visit, VisitId};
use crate::front_desk::urgency::Urgency;
use crate::store::Result;
use chrono::{DateTime, Utc};
use rusqlite::Transaction;

pub fn joined(tx: &Transaction<'_>, visit: &Visit, ticket: &Ticket) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO queue_entry (visit, ticket, day, service, state) VALUES (?1, ?2, ?3, ?4, 'waiting')
         ON CONFLICT (visit) DO NOTHING",
    )?
    .execute((
        visit.id.0.to_string(),
        ticket.id.0.to_string(),
        ticket.day.to_string(),
        &ticket.service,
    ))?;
    Ok(())
}

pub fn called(
    tx: &Transaction<'_>,
    at: DateTime<Utc>,
    visit: VisitId,
    (point, by): (&str, &str),
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE queue_entry SET state = 'called', point = ?2, by_whom = ?3, called_at = ?4, times = 1, held_until = NULL
         WHERE visit = ?1",
    )?
    .execute((visit.0.to_string(), point, by, at.timestamp_millis()))?;
    note_call(tx, at, visit, false)
}

pub fn called_again(tx: &Transaction<'_>, at: DateTime<Utc>, visit: VisitId) -> Result<()> {
    tx.prepare_cached("UPDATE queue_entry SET times = times + 1 WHERE visit = ?1")?
        .execute([visit.0.to_string()])?;
    note_call(tx, at, visit, true)
}

fn note_call(tx: &Transaction<'_>, at: DateTime<Utc>, visit: VisitId, again: bool) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO patient_call (visit, point, at, again) SELECT visit, point, ?2, ?3 FROM queue_entry
         WHERE visit = ?1 AND point IS NOT NULL",
    )?
    .execute((visit.0.to_string(), at.timestamp_millis(), again))?;
    Ok(())
}

/// Nothing is left of the call, not even on the display.
pub fn call_taken_back(tx: &Transaction<'_>, visit: VisitId) -> Result<()> {
    let visit = visit.0.to_string();
    tx.prepare_cached(
        "DELETE FROM patient_call WHERE visit = ?1 AND at >= (SELECT called_at FROM queue_entry WHERE visit = ?1)",
    )?
    .execute([&visit])?;
    tx.prepare_cached(
        "UPDATE queue_entry SET state = 'waiting', point = NULL, by_whom = NULL, called_at = NULL, times = 0 WHERE visit = ?1",
    )?
    .execute([&visit])?;
    Ok(())
}

pub fn absent(tx: &Transaction<'_>, visit: VisitId, again_from: DateTime<Utc>) -> Result<()> {
    tx.prepare_cached(
        "UPDATE queue_entry SET state = 'waiting', point = NULL, by_whom = NULL, absences = absences + 1, held_until = ?2
         WHERE visit = ?1",
    )?
    .execute((visit.0.to_string(), again_from.timestamp_millis()))?;
    Ok(())
}

pub fn transferred(
    tx: &Transaction<'_>,
    at: DateTime<Utc>,
    visit: VisitId,
    service: &str,
    since: DateTime<Utc>,
) -> Result<()> {
    note_stay(tx, at, visit)?;
    tx.prepare_cached(
        "UPDATE queue_entry SET state = 'waiting', service = ?2, since = ?3, point = NULL, by_whom = NULL, times = 0,
         absences = 0, held_until = NULL WHERE visit = ?1",
    )?
    .execute((visit.0.to_string(), service, since.timestamp_millis()))?;
    Ok(())
}

pub fn marked(tx: &Transaction<'_>, visit: VisitId, urgency: Urgency, groups: &[String]) -> Result<()> {
    tx.prepare_cached("UPDATE queue_entry SET urgency = ?2, groups = ?3 WHERE visit = ?1")?.execute((
        visit.0.to_string(),
        serde_json::to_string(&urgency)?,
        serde_json::to_string(groups)?,
    ))?;
    Ok(())
}

pub fn finished(tx: &Transaction<'_>, at: DateTime<Utc>, visit: VisitId, end: &VisitEnd) -> Result<()> {
    if *end == VisitEnd::Seen {
        note_stay(tx, at, visit)?;
    }
    tx.prepare_cached(
        "UPDATE queue_entry SET state = 'ended', held_until = NULL, ended_at = ?2, ending = ?3 WHERE visit = ?1",
    )?
    .execute((visit.0.to_string(), at.timestamp_millis(), serde_json::to_string(end)?))?;
    Ok(())
}

/// As it was before the end; the time at the service point has not come to its end.
pub fn reopened(tx: &Transaction<'_>, visit: VisitId, point: Option<&str>) -> Result<()> {
    let visit = visit.0.to_string();
    tx.prepare_cached(
        "DELETE FROM stay WHERE visit = ?1 AND ended_at = (SELECT ended_at FROM queue_entry WHERE visit = ?1)",
    )?
    .execute([&visit])?;
    tx.prepare_cached(
        "UPDATE queue_entry SET state = iif(?2 IS NULL, 'waiting', 'called'), point = ?2, ended_at = NULL, ending = NULL
         WHERE visit = ?1 AND state = 'ended'",
    )?
    .execute((&visit, point))?;
    Ok(())
}

/// A patient who was at a service point is there no longer: from when they waited, from when until when they were there.
fn note_stay(tx: &Transaction<'_>, at: DateTime<Utc>, visit: VisitId) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO stay (visit, day, service, point, appointment, arrived_at, waits_since, called_at, ended_at)
         SELECT visit.id, entry.day, entry.service, entry.point, appointment.starts_at, visit.checked_in_at,
                coalesce(entry.since, max(visit.checked_in_at, coalesce(appointment.starts_at, 0))), entry.called_at, ?2
         FROM queue_entry AS entry JOIN visit ON visit.id = entry.visit
         LEFT JOIN appointment ON appointment.id = visit.appointment
         WHERE entry.visit = ?1 AND entry.state = 'called' AND entry.point IS NOT NULL",
    )?
    .execute((visit.0.to_string(), at.timestamp_millis()))?;
    Ok(())
}
