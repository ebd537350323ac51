//! Patient records: how facts change them, which of them are one person's, and which may be.

use super::{Result, Store, append_own, payments};
use crate::clinic::Clinic;
use crate::front_desk::detail::{Detail, Proof};
use crate::front_desk::duplicate::{self, changed_round};
use crate::front_desk::patient::{Patient, PatientId, Source};
use crate::front_desk::provenance::{self, Entry};
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::front_desk::ticket::TicketId;
use crate::front_desk::{detail::DetailValue, phone};
use crate::link::fact::{Fact, FactKind};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};
use uuid::Uuid;

/// A record was made or taken over. One that was merged into another is not there any more; what the patient
/// entered in a registration that arrives only now is not lost by that.
pub(super) fn recorded(tx: &Transaction<'_>, fact: &Fact, patient: &Patient) -> Result<()> {
    if let Some(keep) = merged_into(tx, patient.id)? {
        return match patient.source {
            Source::Imported => Ok(()),
            Source::Kiosk => change(tx, keep, |kept| {
                provenance::merge(kept, &provenance::record(None, patient.clone(), entry(fact)))
            }),
        };
    }
    let held = load(tx, patient.id)?;
    let patient = provenance::record(held.as_ref(), patient.clone(), entry(fact));
    if held.as_ref().and_then(|held| held.balance_due) != patient.balance_due {
        payments::balance_told(tx, fact, &patient)?;
    }
    save(tx, &patient)?;
    notice_duplicates(tx, &patient)
}

/// The patient entered details anew.
pub(super) fn entered(
    tx: &Transaction<'_>,
    fact: &Fact,
    patient: PatientId,
    details: &[DetailValue],
) -> Result<()> {
    change(tx, patient, |held| provenance::enter(held, details, entry(fact)))
}

/// The patient said that details are still right.
pub(super) fn confirmed(
    tx: &Transaction<'_>,
    patient: PatientId,
    details: &[Detail],
    day: NaiveDate,
) -> Result<()> {
    change(tx, patient, |held| provenance::confirm(held, details, day))
}

/// Staff saw proof.
pub(super) fn proved(
    tx: &Transaction<'_>,
    fact: &Fact,
    patient: PatientId,
    entries: &[(Detail, Uuid)],
    (document, by): (&str, &str),
) -> Result<()> {
    let proof = Proof { document: document.to_string(), by: by.to_string(), at: entry(fact).at };
    change(tx, patient, |held| provenance::prove(held, entries, &proof))
}

/// Two records are one person's. What belonged to the second follows to the first; the second is gone, and
/// only its id and its number still lead to the first: on letters that were sent, and in facts under way.
pub(super) fn merged(tx: &Transaction<'_>, keep: PatientId, merge: PatientId) -> Result<()> {
    let (keep, merge) = (resolve(tx, keep)?, resolve(tx, merge)?);
    let (Some(kept), Some(other)) = (load(tx, keep)?, load(tx, merge)?) else { return Ok(()) };
    if keep == merge {
        return Ok(());
    }
    save(tx, &provenance::merge(&kept, &other))?;
    let ids = (keep.to_string(), merge.to_string());
    tx.execute("DELETE FROM patient WHERE id = ?1", [&ids.1])?;
    for table in ["visit", "appointment", "charge", "payment"] {
        let sql = format!(
            "UPDATE {table} SET patient = ?1, body = json_set(body, '$.patient', ?1) WHERE patient = ?2"
        );
        tx.execute(&sql, (&ids.0, &ids.1))?;
    }
    tx.execute("UPDATE merged_patient SET keep = ?1 WHERE keep = ?2", (&ids.0, &ids.1))?;
    tx.execute(
        "INSERT INTO merged_patient (merge, keep, number) VALUES (?2, ?1, ?3)",
        (&ids.0, &ids.1, &other.number),
    )?;
    tx.execute("DELETE FROM possible_duplicate WHERE state = 'found' AND ?1 IN (one, other)", [&ids.1])?;
    Ok(())
}

/// Somebody was asked about two records, or has answered that they are two people's.
pub(super) fn noted_pair(tx: &Transaction<'_>, one: PatientId, other: PatientId, state: &str) -> Result<()> {
    let (one, other) = sorted(one, other);
    tx.prepare_cached(
        "INSERT INTO possible_duplicate (one, other, state) VALUES (?1, ?2, ?3)
         ON CONFLICT (one, other) DO UPDATE SET state = ?3 WHERE state <> 'apart'",
    )?
    .execute((one, other, state))?;
    Ok(())
}

/// The record that an id leads to: its own, or the one it was merged into.
pub(super) fn resolve(connection: &Connection, patient: PatientId) -> Result<PatientId> {
    Ok(merged_into(connection, patient)?.unwrap_or(patient))
}

pub(super) fn merged_into(connection: &Connection, patient: PatientId) -> Result<Option<PatientId>> {
    let keep: Option<String> = connection
        .prepare_cached("SELECT keep FROM merged_patient WHERE merge = ?1")?
        .query_row([patient.to_string()], |row| row.get(0))
        .optional()?;
    keep.map(|id| super::outbox::parsed_id(&id).map(PatientId)).transpose()
}

pub(super) fn load(connection: &Connection, patient: PatientId) -> Result<Option<Patient>> {
    let body: Option<String> = connection
        .prepare_cached("SELECT body FROM patient WHERE id = ?1")?
        .query_row([patient.to_string()], |row| row.get(0))
        .optional()?;
    body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
}

fn change(tx: &Transaction<'_>, patient: PatientId, change: impl FnOnce(&Patient) -> Patient) -> Result<()> {
    match load(tx, resolve(tx, patient)?)? {
        Some(held) => save(tx, &change(&held)),
        None => Ok(()),
    }
}

fn save(tx: &Transaction<'_>, patient: &Patient) -> Result<()> {
    let scheme = patient.further.scheme_number.as_ref();
    tx.prepare_cached(
        "INSERT INTO patient (id, number, date_of_birth, body, phone, scheme, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET number = ?2, date_of_birth = ?3, body = ?4, phone = ?5, scheme = ?6, source = ?7",
    )?
    .execute((
        patient.id.to_string(),
        &patient.number,
        patient.date_of_birth.date().to_string(),
        serde_json::to_string(patient)?,
        patient.phone.as_deref().and_then(phone::key),
        scheme.map(|scheme| format!("{}:{}", scheme.kind.id(), scheme.number)),
        source(patient),
    ))?;
    Ok(())
}

fn source(patient: &Patient) -> &'static str {
    match patient.source {
        Source::Imported => "imported",
        Source::Kiosk => "kiosk",
    }
}

/// Times are stored in milliseconds: the fact has the same one at the kiosk that made it and everywhere else.
fn entry(fact: &Fact) -> Entry {
    let at = DateTime::from_timestamp_millis(fact.at.timestamp_millis()).unwrap_or(fact.at);
    Entry { id: fact.id, at }
}

fn sorted(one: PatientId, other: PatientId) -> (String, String) {
    (one.min(other).to_string(), one.max(other).to_string())
}

/// Records that are probably the same person's. Of two that another system has, that system knows.
fn duplicates_of(connection: &Connection, patient: &Patient) -> Result<Vec<PatientId>> {
    let born = patient.date_of_birth.date();
    let scheme = patient.further.scheme_number.as_ref();
    let mut query = connection.prepare_cached(
        "SELECT body FROM patient WHERE id <> ?1 AND (?6 = 'kiosk' OR source = 'kiosk')
         AND (date_of_birth IN (?2, ?3) OR phone = ?4 OR scheme = ?5) ORDER BY id",
    )?;
    let rows = query.query_map(
        (
            patient.id.to_string(),
            born.to_string(),
            changed_round(born).map(|day| day.to_string()),
            patient.phone.as_deref().and_then(phone::key),
            scheme.map(|scheme| format!("{}:{}", scheme.kind.id(), scheme.number)),
            source(patient),
        ),
        |row| row.get::<_, String>(0),
    )?;
    let known = rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect::<Result<Vec<Patient>>>()?;
    Ok(duplicate::likely(patient, &known).into_iter().map(|other| other.id).collect())
}

fn notice_duplicates(tx: &Transaction<'_>, patient: &Patient) -> Result<()> {
    for other in duplicates_of(tx, patient)? {
        let (one, other) = sorted(patient.id, other);
        tx.prepare_cached(
            "INSERT OR IGNORE INTO possible_duplicate (one, other, state) VALUES (?1, ?2, 'found')",
        )?
        .execute((one, other))?;
    }
    Ok(())
}

/// The request that asks staff about a registration, if it is probably of somebody who has a record. It must be
/// kept before the record: whoever hears of the record then knows that somebody is asked already.
pub(super) fn ask_about_registration(
    tx: &Transaction<'_>,
    clinic: &Clinic,
    kiosk: &str,
    (patient, ticket, language): (&Patient, TicketId, &str),
    now: DateTime<Utc>,
) -> Result<Option<Request>> {
    let others = duplicates_of(tx, patient)?;
    if others.is_empty() {
        return Ok(None);
    }
    let patients = [patient.id].into_iter().chain(others).collect();
    Ok(Some(Request {
        ticket: Some(ticket),
        language: language.to_string(),
        stopped_at: "register: consent".into(),
        ..possible_duplicate(clinic, kiosk, patients, now)
    }))
}

fn possible_duplicate(clinic: &Clinic, kiosk: &str, patients: Vec<PatientId>, now: DateTime<Utc>) -> Request {
    Request {
        stopped_at: "two records met at the desk".into(),
        patients,
        ..Request::noticed(RequestId(Uuid::now_v7()), RequestReason::PossibleDuplicate, clinic, kiosk, now)
    }
}

impl Store {
    /// At the desk: raises a request for each two records that met here and nobody has been asked about, such as
    /// of somebody who registered at two kiosks that were cut off. Which ones is kept with the records, in one
    /// transaction, so a restart forgets none. Answers how many were raised.
    pub fn ask_about_duplicates(&mut self, clinic: &Clinic, now: DateTime<Utc>) -> Result<usize> {
        let found: Vec<(String, String)> = {
            let mut query = self.connection.prepare_cached(
                "SELECT one, other FROM possible_duplicate WHERE state = 'found' ORDER BY one, other LIMIT 100",
            )?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        if found.is_empty() {
            return Ok(0);
        }
        let origin = self.origin.clone();
        self.write(|tx| {
            for (one, other) in &found {
                let id = |id: &str| super::outbox::parsed_id(id).map(PatientId);
                let patients = vec![id(one)?, id(other)?];
                let request = possible_duplicate(clinic, &origin, patients, now);
                append_own(tx, &origin, FactKind::RequestRaised { request }, now)?;
            }
            Ok(found.len())
        })
    }

    /// Keeps what a known patient said of details: which are still right, and which are not and how.
    pub fn details_said(
        &mut self,
        patient: PatientId,
        confirmed: Vec<Detail>,
        entered: Vec<DetailValue>,
        (day, now): (NaiveDate, DateTime<Utc>),
    ) -> Result<()> {
        let mut kinds = Vec::new();
        let changed: Vec<Detail> = entered.iter().map(DetailValue::detail).collect();
        if !entered.is_empty() {
            kinds.push(FactKind::DetailsEntered { patient, details: entered });
        }
        // What was just entered is right today, too.
        let details: Vec<Detail> = confirmed.into_iter().chain(changed).collect();
        if !details.is_empty() {
            kinds.push(FactKind::DetailsConfirmed { patient, details, day });
        }
        self.commit(kinds, now).map(drop)
    }
}
