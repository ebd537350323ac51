//! The audit trail: who looked at which patient, and who changed what. Rows are only ever added; the tables refuse
//! everything else.
//!
//! What staff change is facts, and each fact that is appended while somebody acts gets its row in the same
//! transaction, whichever method of the store appends it. So no change can be made and not be in the trail.

use super::{Result, Store, StoreError, time};
use crate::front_desk::patient::PatientId;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Identity of their account; none for what nobody signed in does, such as a sign-in that fails.
    pub person: Option<Uuid>,
    /// Their name, as it was then.
    pub name: String,
}

/// A line of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place: later ones are higher.
    pub position: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What was done, in one word: the kind of a fact, or what was looked at.
    pub what: String,
    /// Whose data it was, where it was a patient's.
    pub patient: Option<PatientId>,
    /// The fact, the visit, the account or the request that it was about.
    pub about: Option<Uuid>,
}

/// What somebody looks for in the trail. Whatever is none is not asked for.
#[derive(Debug, Clone, Default)]
pub struct AuditSearch {
    /// Who did it.
    pub person: Option<Uuid>,
    /// Whose data it was.
    pub patient: Option<PatientId>,
    /// From when.
    pub from: Option<DateTime<Utc>>,
    /// Until when, exclusive.
    pub to: Option<DateTime<Utc>>,
    /// Only lines before this place: the next page.
    pub before: Option<u64>,
    /// Leave out that somebody saw a patient's line on the board.
    pub without_board: bool,
}

/// What a page reads again within this is the same look.
const ONE_LOOK: TimeDelta = TimeDelta::minutes(5);

/// What a person sees without asking for it: a patient's line on the live board.
pub const SAW_ON_BOARD: &str = "saw-on-board";

impl Store {
    /// Does some work for a person: every fact that it appends is in the trail as theirs.
    pub fn acting<T>(&mut self, actor: Actor, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        /// A defect in the work must not leave the next one under this name.
        struct Ends<'a>(&'a mut Store);
        impl Drop for Ends<'_> {
            fn drop(&mut self) {
                self.0.actor = None;
            }
        }
        self.actor = Some(actor);
        let ends = Ends(self);
        work(&mut *ends.0)
    }

    /// Whoever acts looks at a patient's data.
    pub fn note_look(
        &mut self,
        what: &str,
        patients: &[PatientId],
        about: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let Some(actor) = self.actor.clone() else { return Ok(()) };
        self.write(|tx| {
            if patients.is_empty() {
                return note(tx, &actor, what, None, about, now);
            }
            patients.iter().try_for_each(|patient| note(tx, &actor, what, Some(*patient), about, now))
        })
    }

    /// The same of what a page reads again and again by itself while it stays open: one line for some minutes of it.
    pub fn note_look_once(
        &mut self,
        what: &str,
        patient: Option<PatientId>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let Some(person) = self.actor.as_ref().and_then(|actor| actor.person) else { return Ok(()) };
        let lately: bool = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM audit WHERE person = ?1 AND at > ?2 AND what = ?3 AND patient IS ?4)",
            )?
            .query_row(
                (
                    person.to_string(),
                    (now - ONE_LOOK).timestamp_millis(),
                    what,
                    patient.map(|patient| patient.0.to_string()),
                ),
                |row| row.get(0),
            )?;
        if lately { Ok(()) } else { self.note_look(what, patient.as_slice(), None, now) }
    }

    /// The patients of a board that somebody has not seen on it yet today, in this session, are in the trail.
    pub fn note_seen_on_board(
        &mut self,
        actor: &Actor,
        session: Uuid,
        day: &str,
        patients: &[PatientId],
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.write(|tx| {
            for patient in patients {
                let fresh = tx
                    .prepare_cached(
                        "INSERT OR IGNORE INTO board_seen (session, day, patient) VALUES (?1, ?2, ?3)",
                    )?
                    .execute((session.to_string(), day, patient.0.to_string()))?;
                if fresh > 0 {
                    note(tx, actor, SAW_ON_BOARD, Some(*patient), Some(session), now)?;
                }
            }
            // Yesterday's sessions see a board of their own day.
            tx.execute("DELETE FROM board_seen WHERE day < ?1", [day])?;
            Ok(())
        })
    }

    /// The latest lines of the trail that fit, latest first.
    pub fn audit(&self, search: &AuditSearch, at_most: usize) -> Result<Vec<AuditEntry>> {
        let mut wanted = vec!["1 = 1".to_string()];
        let mut cells: Vec<Cell> = Vec::new();
        let mut ask = |condition: &str, cell: Cell| {
            cells.push(cell);
            wanted.push(condition.replace('?', &format!("?{}", cells.len())));
        };
        if let Some(person) = search.person {
            ask("person = ?", person.to_string().into());
        }
        if let Some(patient) = search.patient {
            // A record that was merged since takes what was done with it along.
            ask(
                "(patient = ? OR patient IN (SELECT merge FROM merged_patient WHERE keep = ?))",
                patient.0.to_string().into(),
            );
        }
        if let Some(from) = search.from {
            ask("at >= ?", from.timestamp_millis().into());
        }
        if let Some(to) = search.to {
            ask("at < ?", to.timestamp_millis().into());
        }
        if let Some(before) = search.before {
            ask("position < ?", i64::try_from(before).unwrap_or(i64::MAX).into());
        }
        if search.without_board {
            ask("what <> ?", SAW_ON_BOARD.to_string().into());
        }
        let sql = format!(
            "SELECT position, at, person, name, what, patient, about FROM audit WHERE {} ORDER BY position DESC LIMIT {at_most}",
            wanted.join(" AND ")
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_map(rusqlite::params_from_iter(cells), |row| {
            Ok((
                row.get::<_, u64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, Option<String>>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, String>(4)?,
                row.get::<_, Option<String>>(5)?,
                row.get::<_, Option<String>>(6)?,
            ))
        })?;
        rows.map(|row| {
            let (position, at, person, name, what, patient, about) = row?;
            Ok(AuditEntry {
                position,
                at: time(at)?,
                actor: Actor { person: person.as_deref().map(id).transpose()?, name },
                what,
                patient: patient.as_deref().map(id).transpose()?.map(PatientId),
                about: about.as_deref().map(id).transpose()?,
            })
        })
        .collect()
    }
}

/// An id as it is stored.
pub(super) fn id(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// Adds a line.
pub(super) fn note(
    tx: &Transaction<'_>,
    actor: &Actor,
    what: &str,
    patient: Option<PatientId>,
    about: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO audit (at, person, name, what, patient, about) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        now.timestamp_millis(),
        actor.person.map(|person| person.to_string()),
        &actor.name,
        what,
        patient.map(|patient| patient.0.to_string()),
        about.map(|about| about.to_string()),
    ))?;
    Ok(())
}

/// The last position of any fact.
pub(super) fn last_fact(connection: &Connection) -> Result<u64> {
    let last: Option<u64> = connection.query_row("SELECT max(position) FROM fact", [], |row| row.get(0))?;
    Ok(last.unwrap_or(0))
}

/// Adds a line for each fact after a position, one a patient.
pub(super) fn note_facts(tx: &Transaction<'_>, actor: &Actor, after: u64) -> Result<()> {
    let facts: Vec<(String, i64, String)> = tx
        .prepare_cached("SELECT id, at, body FROM fact WHERE position > ?1 ORDER BY position")?
        .query_map([after], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (fact, at, body) in facts {
        let body: Value = serde_json::from_str(&body)?;
        let what = body["kind"].as_str().unwrap_or_default();
        let (about, at) = (Some(id(&fact)?), time(at)?);
        let patients = patients_of(tx, &body)?;
        if patients.is_empty() {
            note(tx, actor, what, None, about, at)?;
        }
        for patient in patients {
            note(tx, actor, what, Some(PatientId(id(&patient)?)), about, at)?;
        }
    }
    Ok(())
}

/// Where a fact names something of a patient's by its id, and whose that is.
const NAMED: [(&str, &str); 9] = [
    ("request", "SELECT value FROM request, json_each(request.body, '$.patients') WHERE request.id = ?1"),
    ("ticket", "SELECT patient FROM visit WHERE ticket = ?1"),
    ("visit", "SELECT patient FROM visit WHERE id = ?1"),
    ("charge", "SELECT patient FROM charge WHERE id = ?1"),
    ("payment", "SELECT patient FROM payment WHERE id = ?1"),
    ("refund", "SELECT patient FROM payment WHERE id = (SELECT payment FROM refund WHERE id = ?1)"),
    ("relation", "SELECT patient FROM relation WHERE id = ?1"),
    ("appointment", "SELECT patient FROM appointment WHERE id = ?1"),
    ("entry", "SELECT patient FROM waiting_list WHERE id = ?1"),
];

/// The patients that a fact is about: those it names, and those to whom what it names belongs. Kinds of facts that
/// come later are read like the others, by the names of their fields.
fn patients_of(tx: &Transaction<'_>, body: &Value) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let Some(fields) = body.as_object() else { return Ok(found) };
    for (name, value) in fields {
        match (name.as_str(), value) {
            ("patient" | "keep" | "merge" | "one" | "other", Value::String(patient)) => {
                found.insert(patient.clone());
            }
            ("patient", Value::Object(record)) => found.extend(text(record.get("id"))),
            ("patients", Value::Array(patients)) => {
                found.extend(patients.iter().filter_map(|each| text(Some(each))))
            }
            (_, Value::String(named)) => {
                let Some((_, sql)) = NAMED.iter().find(|(field, _)| field == name) else { continue };
                let mut query = tx.prepare_cached(sql)?;
                let rows = query.query_map([named], |row| row.get::<_, String>(0))?;
                for patient in rows {
                    found.insert(patient?);
                }
            }
            // What is told whole names its patient itself, or what it belongs to.
            (_, Value::Object(_)) => found.extend(patients_of(tx, value)?),
            _ => {}
        }
    }
    Ok(found)
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_string)
}

/// The name of an account, for what somebody else does with it.
pub(super) fn name_of(tx: &Transaction<'_>, person: Uuid) -> Result<Option<String>> {
    Ok(tx
        .prepare_cached("SELECT name FROM staff WHERE id = ?1")?
        .query_row([person.to_string()], |row| row.get(0))
        .optional()?)
}
