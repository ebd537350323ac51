//! Closed times of the book, and the patients who are to be told what the clinic changed because of them.

use super::outbox::parsed_id;
use super::requests::RequestRow;
use super::{Result, Store, StoreError, append_own, book, time};
use crate::front_desk::appointment::{Appointment, ClinicChanged};
use crate::front_desk::closure::{BookClosure, CallOutcome, ClinicChange, ClinicChangeKind, ClosureId};
use crate::front_desk::patient::Patient;
use crate::front_desk::request::{OwnWords, RequestId, RequestState};
use crate::front_desk::schedule::clinician_key;
use crate::link::fact::{Fact, FactKind};
use crate::store::history::{RequestEventKind, note as note_event};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};

/// A closure with everybody who is to be told because of it.
#[derive(Debug, Clone)]
pub struct ClosureRow {
    /// The closure.
    pub closure: BookClosure,
    /// Who opened the time again, where somebody has.
    pub ended_by: Option<String>,
    /// Whom it concerned, by the time that they had.
    pub told: Vec<ToldRow>,
}

/// Somebody who is to be told what was changed, and how far that has come.
#[derive(Debug, Clone)]
pub struct ToldRow {
    /// What was changed.
    pub change: ClinicChange,
    /// The request by which staff tell them.
    pub request: RequestRow,
    /// The appointment as it is by now.
    pub appointment: Option<Appointment>,
    /// Who, if the record is here.
    pub patient: Option<Patient>,
    /// The calls, in their order.
    pub calls: Vec<CallRow>,
}

/// A call to a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    /// When.
    pub at: DateTime<Utc>,
    /// Who called.
    pub by: String,
    /// How it ended.
    pub outcome: CallOutcome,
    /// What was said.
    pub note: OwnWords,
}

pub(super) fn record(tx: &Transaction<'_>, closure: &BookClosure) -> Result<()> {
    let (id, from, to) =
        (closure.id.0.to_string(), closure.from.timestamp_millis(), closure.to.timestamp_millis());
    let is_new = tx
        .prepare_cached(
            "INSERT INTO closure (id, starts_at, ends_at, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
        )?
        .execute((&id, from, to, serde_json::to_string(closure)?))?;
    if is_new == 0 {
        return Ok(());
    }
    let mut insert = tx.prepare_cached(
        "INSERT INTO closure_time (closure, clinician, starts_at, ends_at) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for clinician in &closure.clinicians {
        insert.execute((&id, clinician_key(clinician), from, to))?;
    }
    Ok(())
}

pub(super) fn end(tx: &Transaction<'_>, closure: ClosureId, by: &str) -> Result<()> {
    let id = closure.0.to_string();
    tx.prepare_cached("UPDATE closure SET ended_by = ?2 WHERE id = ?1 AND ended_by IS NULL")?
        .execute((&id, by))?;
    tx.prepare_cached("DELETE FROM closure_time WHERE closure = ?1")?.execute([&id])?;
    Ok(())
}

pub(super) fn to_tell(tx: &Transaction<'_>, change: &ClinicChange) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO clinic_change (request, closure, appointment, body) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (request) DO NOTHING",
    )?
    .execute((
        change.request.0.to_string(),
        change.closure.0.to_string(),
        change.before.id.0.to_string(),
        serde_json::to_string(change)?,
    ))?;
    Ok(())
}

pub(super) fn called(
    tx: &Transaction<'_>,
    fact: &Fact,
    request: RequestId,
    by: &str,
    outcome: CallOutcome,
    note: &OwnWords,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO telephone_call (id, request, at, by_whom, outcome, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute((
        fact.id.to_string(),
        request.0.to_string(),
        fact.at.timestamp_millis(),
        by,
        outcome.word(),
        &note.0,
    ))?;
    // What ends the calling is told by the request that is resolved with it.
    if !outcome.is_final() {
        note_event(tx, fact.at, request, RequestEventKind::Called, by, "nobody answered")?;
    }
    Ok(())
}

/// The last change of an appointment by the clinic, if the patient may not know of it yet: nobody has reached them, and
/// nobody has ended the request in words of their own.
pub(super) fn untold(connection: &Connection, appointment: &str) -> Result<Option<ClinicChanged>> {
    let body: Option<String> = connection
        .prepare_cached(
            "SELECT clinic_change.body FROM clinic_change JOIN request ON request.id = clinic_change.request
             WHERE appointment = ?1
             AND NOT EXISTS (SELECT 1 FROM telephone_call AS call WHERE call.request = request.id AND outcome = 'reached')
             AND (state <> 'resolved'
                  OR EXISTS (SELECT 1 FROM telephone_call AS call WHERE call.request = request.id AND outcome = 'not-reached'))
             ORDER BY clinic_change.rowid DESC LIMIT 1",
        )?
        .query_row([appointment], |row| row.get(0))
        .optional()?;
    let Some(body) = body else { return Ok(None) };
    let change: ClinicChange = serde_json::from_str(&body)?;
    let is_open = change.kind == ClinicChangeKind::LeftOpen;
    Ok(Some(ClinicChanged { was_at: change.before.starts_at, is_open }))
}

impl Store {
    /// One closure, whether it was ended or not.
    pub fn closure(&self, id: ClosureId) -> Result<Option<ClosureRow>> {
        Ok(self.closures("WHERE id = ?1", [id.0.to_string()])?.pop())
    }

    /// The closures that staff must see: those that are not over, and those of which somebody is still to be told.
    pub fn closures_to_see(&self, now: DateTime<Utc>) -> Result<Vec<ClosureRow>> {
        let which = "WHERE (ended_by IS NULL AND ends_at > ?1) OR EXISTS (
                SELECT 1 FROM clinic_change JOIN request ON request.id = clinic_change.request
                WHERE clinic_change.closure = closure.id AND request.state <> 'resolved')
            ORDER BY starts_at, id";
        self.closures(which, [now.timestamp_millis()])
    }

    /// What a request asks staff to tell a patient of.
    pub fn to_tell(&self, request: RequestId) -> Result<Option<ToldRow>> {
        Ok(self.told("request = ?1", request.0.to_string())?.pop())
    }

    /// Tells that a patient was called. What ends the calling ends the request too, in the same transaction.
    pub fn note_call(
        &mut self,
        request: RequestId,
        by: &str,
        outcome: CallOutcome,
        note: OwnWords,
        words: String,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let by = by.to_string();
        let mut kinds = vec![FactKind::PatientTelephoned { request, by: by.clone(), outcome, note }];
        if outcome.is_final() {
            kinds.push(FactKind::RequestResolved { request, by, note: words });
        }
        self.commit(kinds, now).map(drop)
    }

    /// Opens a closed time again. What was left open stands as it did, so nobody needs to be told of it; what was moved
    /// stays where it is. Answers whether it was closed.
    pub fn end_closure(&mut self, id: ClosureId, by: &str, note: &str, now: DateTime<Utc>) -> Result<bool> {
        let Some(row) = self.closure(id)?.filter(|row| row.ended_by.is_none()) else { return Ok(false) };
        let origin = self.origin.clone();
        self.write(|tx| {
            append_own(tx, &origin, FactKind::ClosureEnded { closure: id, by: by.to_string() }, now)?;
            for told in &row.told {
                let open = told.change.kind == ClinicChangeKind::LeftOpen
                    && !matches!(told.request.state, RequestState::Resolved { .. });
                if open {
                    let (by, note) = (by.to_string(), note.to_string());
                    let request = told.change.request;
                    append_own(tx, &origin, FactKind::RequestResolved { request, by, note }, now)?;
                }
            }
            for clinician in &row.closure.clinicians {
                book::free(tx, clinician, row.closure.from.max(now), row.closure.to)?;
            }
            Ok(true)
        })
    }

    fn closures<P: rusqlite::Params>(&self, which: &str, parameters: P) -> Result<Vec<ClosureRow>> {
        let mut query =
            self.connection.prepare_cached(&format!("SELECT body, ended_by FROM closure {which}"))?;
        let rows = query
            .query_map(parameters, |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))?;
        let rows: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
        rows.into_iter()
            .map(|(body, ended_by)| {
                let closure: BookClosure = serde_json::from_str(&body)?;
                let mut told = self.told("closure = ?1", closure.id.0.to_string())?;
                told.sort_by_key(|row| (row.change.before.starts_at, row.change.before.id));
                Ok(ClosureRow { closure, ended_by, told })
            })
            .collect()
    }

    fn told(&self, which: &str, id: String) -> Result<Vec<ToldRow>> {
        let sql = format!("SELECT body FROM clinic_change WHERE {which} ORDER BY rowid");
        let mut query = self.connection.prepare_cached(&sql)?;
        let bodies: Vec<String> =
            query.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut found = Vec::new();
        for body in bodies {
            let change: ClinicChange = serde_json::from_str(&body)?;
            // Change and request are told in one transaction, and travel one after the other.
            let Some(request) = self.request(change.request)? else { continue };
            let appointment = self.appointment(change.before.id)?;
            let patient = appointment.as_ref().map_or(change.before.patient, |there| there.patient);
            found.push(ToldRow {
                patient: self.patient(patient)?,
                calls: self.calls(change.request)?,
                appointment,
                request,
                change,
            });
        }
        Ok(found)
    }

    fn calls(&self, request: RequestId) -> Result<Vec<CallRow>> {
        let mut query = self.connection.prepare_cached(
            "SELECT at, by_whom, outcome, note FROM telephone_call WHERE request = ?1 ORDER BY at, id",
        )?;
        let mut rows = query.query([request.0.to_string()])?;
        let mut calls = Vec::new();
        while let Some(row) = rows.next()? {
            let word: String = row.get(2)?;
            calls.push(CallRow {
                at: time(row.get(0)?)?,
                by: row.get(1)?,
                outcome: serde_json::from_value(word.into())?,
                note: OwnWords(row.get(3)?),
            });
        }
        Ok(calls)
    }

    /// Appointments that stand in a closed time, still to come, and of which nobody was told for that closure: another
    /// system booked over it, or the word of it came after the time was closed.
    pub fn booked_over_closures(&self, now: DateTime<Utc>) -> Result<Vec<(ClosureId, Appointment)>> {
        let mut query = self.connection.prepare_cached(
            "SELECT closure_time.closure, appointment.body FROM closure_time JOIN appointment
                 ON appointment.clinician = closure_time.clinician AND stands = 1
                 AND appointment.starts_at > closure_time.starts_at - ?2
                 AND appointment.starts_at < closure_time.ends_at AND appointment.ends_at > closure_time.starts_at
             WHERE closure_time.ends_at > ?1 AND appointment.ends_at > ?1 AND NOT EXISTS (
                 SELECT 1 FROM clinic_change AS told
                 WHERE told.closure = closure_time.closure AND told.appointment = appointment.id)
             ORDER BY appointment.starts_at, appointment.id",
        )?;
        let rows = query.query_map((now.timestamp_millis(), book::LONGEST), |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        rows.map(|row| {
            let (closure, body) = row?;
            Ok((ClosureId(parsed_id(&closure)?), serde_json::from_str(&body)?))
        })
        .collect::<Result<_>>()
    }

    /// The closure that a time of a clinician lies in, if it does.
    pub fn closed_by(
        &self,
        clinician: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Option<BookClosure>> {
        let body: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT body FROM closure WHERE id = (SELECT closure FROM closure_time
                 WHERE clinician = ?1 AND starts_at < ?3 AND ends_at > ?2 LIMIT 1)",
            )?
            .query_row((clinician_key(clinician), from.timestamp_millis(), to.timestamp_millis()), |row| {
                row.get(0)
            })
            .optional()?;
        body.map(|body| serde_json::from_str(&body).map_err(StoreError::from)).transpose()
    }
}
