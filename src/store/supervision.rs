//! What happened in a period, for those who look whether the routines work.
//!
//! **Invariant:** nothing that is read here holds anything of a patient: no name, no number, no words. Only what
//! happened, when, and what the routines call it.

use super::{Result, Store, StoreError, time};
use crate::front_desk::arrival::NotCheckedInCause;
use crate::front_desk::message::{SessionEnd, StepTime};
use crate::front_desk::request::RequestReason;
use crate::front_desk::urgency::Urgency;
use crate::link::fact::Fact;
use chrono::{DateTime, Utc};
use rusqlite::Transaction;
use serde::de::DeserializeOwned;

/// A request, as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFigure {
    /// When it was raised.
    pub raised_at: DateTime<Utc>,
    /// Why.
    pub reason: RequestReason,
    /// Id of the category, where one was chosen.
    pub category: Option<String>,
    /// How urgent it is.
    pub urgency: Urgency,
    /// The kiosk; the desk's own name for what was noticed or reported there.
    pub kiosk: String,
    /// The step at which somebody called for help, where that is what it is. Of other requests the step is not read: the
    /// desk writes there whom it is about.
    pub called_for_help_at: Option<String>,
    /// Id of the destination that was asked first.
    pub to: Option<String>,
    /// Id of the destination whose turn it is or was last.
    pub with: Option<String>,
    /// By when the first one had to answer.
    pub acknowledge_by: DateTime<Utc>,
    /// When somebody answered first: took it, handed it over, or had it done at once.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it was resolved.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Whether it is resolved.
    pub resolved: bool,
    /// How often nobody answered in time.
    pub escalations: u32,
    /// Id of the outcome that was chosen last.
    pub outcome: Option<String>,
    /// Whether it is a case: it is answered in days.
    pub is_case: bool,
    /// By when a case must be answered.
    pub case_answer_by: Option<DateTime<Utc>>,
}

/// A step of a routine that somebody ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutineStepFigure {
    /// Why the request was raised.
    pub reason: RequestReason,
    /// Id of its category, where one was chosen.
    pub category: Option<String>,
    /// The step, as the routine had it.
    pub step: String,
    /// Seconds from when the request was raised.
    pub after: i64,
}

/// Somebody checked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// When.
    pub at: DateTime<Utc>,
    /// Id of the service.
    pub service: String,
}

/// The end of a wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitEnded {
    /// When.
    pub at: DateTime<Utc>,
    /// Id of the service.
    pub service: String,
    /// Seconds for which the clinic kept them waiting until they were called; none where they went away before.
    pub called_after: Option<i64>,
}

/// Somebody's time at a kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KioskSession {
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// At which step.
    pub step: String,
    /// How.
    pub how: SessionEnd,
    /// The time for each step; empty where it was not kept.
    pub steps: Vec<(String, u32)>,
}

impl KioskSession {
    /// How long all of it took, in seconds, where it was kept.
    pub fn seconds(&self) -> Option<u32> {
        (!self.steps.is_empty()).then(|| self.steps.iter().map(|(_, seconds)| seconds).sum())
    }
}

/// From the first moment up to, and not with, the last.
type Period = (DateTime<Utc>, DateTime<Utc>);

fn millis((from, until): Period) -> (i64, i64) {
    (from.timestamp_millis(), until.timestamp_millis())
}

const REQUESTS: &str = "
SELECT request.raised_at, body ->> 'reason', body ->> 'category', body ->> 'urgency', kiosk,
       CASE WHEN body ->> 'reason' = 'help' AND kiosk <> 'desk' THEN body ->> 'stopped_at' END,
       body ->> '$.chain[0].to', coalesce(chain, body -> 'chain') ->> ('$[' || rung || '].to'), body ->> 'acknowledge_by',
       state = 'resolved', case_code IS NOT NULL, case_answer_by,
       (SELECT min(at) FROM request_event AS e WHERE e.request = request.id AND e.kind IN ('acknowledged', 'handed-over', 'resolved')),
       (SELECT max(at) FROM request_event AS e WHERE e.request = request.id AND e.kind = 'resolved'),
       (SELECT count(*) FROM request_event AS e WHERE e.request = request.id AND e.kind = 'escalated'),
       (SELECT words FROM request_event AS e WHERE e.request = request.id AND e.kind = 'outcome-chosen' ORDER BY e.id DESC LIMIT 1)
FROM request";

impl Store {
    /// The requests that were raised in a period, in the order in which they were.
    pub fn request_figures(&self, period: Period) -> Result<Vec<RequestFigure>> {
        self.figures(
            &format!("{REQUESTS} WHERE raised_at >= ?1 AND raised_at < ?2 ORDER BY raised_at, id"),
            millis(period),
        )
    }

    /// The requests that are not resolved, whenever they were raised.
    pub fn open_request_figures(&self) -> Result<Vec<RequestFigure>> {
        self.figures(&format!("{REQUESTS} WHERE state <> 'resolved' ORDER BY raised_at, id"), [])
    }

    fn figures<P: rusqlite::Params>(&self, sql: &str, parameters: P) -> Result<Vec<RequestFigure>> {
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query(parameters)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let moment = |column| row.get::<_, Option<i64>>(column)?.map(time).transpose();
            let acknowledge_by: String = row.get(8)?;
            found.push(RequestFigure {
                raised_at: time(row.get(0)?)?,
                reason: word(row.get(1)?)?,
                category: row.get(2)?,
                urgency: row.get::<_, Option<String>>(3)?.map(word).transpose()?.unwrap_or_default(),
                kiosk: row.get(4)?,
                called_for_help_at: row.get(5)?,
                to: row.get(6)?,
                with: row.get(7)?,
                acknowledge_by: acknowledge_by
                    .parse()
                    .map_err(|error| StoreError::Unreadable(format!("a time to acknowledge: {error}")))?,
                resolved: row.get(9)?,
                is_case: row.get(10)?,
                case_answer_by: moment(11)?,
                answered_at: moment(12)?,
                resolved_at: moment(13)?,
                escalations: row.get(14)?,
                outcome: row.get(15)?,
            });
        }
        Ok(found)
    }

    /// The steps of routines that were ticked for requests that were raised in a period and are resolved, each at the last
    /// time that it was; one that was taken back is none.
    pub fn routine_step_figures(&self, period: Period) -> Result<Vec<RoutineStepFigure>> {
        let mut query = self.connection.prepare_cached(
            "SELECT request.body ->> 'reason', request.body ->> 'category', e.words, max(e.at) - request.raised_at, e.kind
             FROM request JOIN request_event AS e ON e.request = request.id
             WHERE request.state = 'resolved' AND request.raised_at >= ?1 AND request.raised_at < ?2
               AND e.kind IN ('routine-step-done', 'routine-step-undone')
             GROUP BY request.id, e.words",
        )?;
        let mut rows = query.query(millis(period))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            // With `max` beside it, SQLite takes the other columns from the row that has it.
            if row.get::<_, String>(4)? == "routine-step-done" {
                found.push(RoutineStepFigure {
                    reason: word(row.get(0)?)?,
                    category: row.get(1)?,
                    step: row.get(2)?,
                    after: (row.get::<_, i64>(3)? / 1000).max(0),
                });
            }
        }
        Ok(found)
    }

    /// Who checked in during a period, in the order in which they did.
    pub fn arrived(&self, period: Period) -> Result<Vec<Arrived>> {
        let mut query = self.connection.prepare_cached(
            "SELECT visit.checked_in_at, ticket.service FROM visit JOIN ticket ON ticket.id = visit.ticket
             WHERE visit.checked_in_at >= ?1 AND visit.checked_in_at < ?2 ORDER BY visit.checked_in_at",
        )?;
        let rows = query.query_map(millis(period), |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (at, service) = row?;
            Ok(Arrived { at: time(at)?, service })
        })
        .collect()
    }

    /// The waits that ended in a period: by a call that the patient came to, or is expected to come to; by going away.
    pub fn waits_ended(&self, period: Period) -> Result<Vec<WaitEnded>> {
        let mut query = self.connection.prepare_cached(
            "SELECT called_at, service, called_at - waits_since FROM stay WHERE called_at >= ?1 AND called_at < ?2
             UNION ALL
             SELECT entry.called_at, entry.service, entry.called_at
                 - coalesce(entry.since, max(visit.checked_in_at, coalesce(appointment.starts_at, 0)))
             FROM queue_entry AS entry JOIN visit ON visit.id = entry.visit
             LEFT JOIN appointment ON appointment.id = visit.appointment
             WHERE entry.state = 'called' AND entry.called_at >= ?1 AND entry.called_at < ?2
             UNION ALL
             SELECT ended_at, service, NULL FROM queue_entry
             WHERE state = 'ended' AND ending ->> 'how' = 'left' AND ended_at >= ?1 AND ended_at < ?2
             ORDER BY 1",
        )?;
        let mut rows = query.query(millis(period))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let after: Option<i64> = row.get(2)?;
            found.push(WaitEnded {
                at: time(row.get(0)?)?,
                service: row.get(1)?,
                // Whoever is called before the time that is booked has waited for nobody.
                called_after: after.map(|millis| millis.max(0) / 1000),
            });
        }
        Ok(found)
    }

    /// When kiosks could not check somebody in during a period, and why.
    pub fn turned_away(&self, period: Period) -> Result<Vec<(DateTime<Utc>, NotCheckedInCause)>> {
        let mut query = self
            .connection
            .prepare_cached("SELECT at, cause FROM not_checked_in WHERE at >= ?1 AND at < ?2 ORDER BY at")?;
        let rows = query.query_map(millis(period), |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (at, cause) = row?;
            Ok((time(at)?, word(cause)?))
        })
        .collect()
    }

    /// The sessions at kiosks that ended in a period, in the order in which they did.
    pub fn kiosk_sessions(&self, period: Period) -> Result<Vec<KioskSession>> {
        let mut query = self.connection.prepare_cached(
            "SELECT ended_at, step, how, steps FROM kiosk_session WHERE ended_at >= ?1 AND ended_at < ?2 ORDER BY ended_at, id",
        )?;
        type Raw = (i64, String, String, String);
        let rows = query.query_map(millis(period), |row| -> rusqlite::Result<Raw> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        rows.map(|row| {
            let (at, step, how, steps) = row?;
            Ok(KioskSession {
                ended_at: time(at)?,
                step,
                how: word(how)?,
                steps: serde_json::from_str(&steps)?,
            })
        })
        .collect()
    }

    /// How many tickets, receipts and slips of a period have no paper for certain, and how many perhaps, by kiosk.
    pub fn paper_failures(&self, (from, until): Period) -> Result<Vec<(String, u64, u64)>> {
        let mut query = self.connection.prepare_cached(
            "SELECT kiosk, sum(paper = 'not-printed'), sum(paper = 'not-known') FROM (
                 SELECT ticket.kiosk, ticket.paper FROM visit JOIN ticket ON ticket.id = visit.ticket
                 WHERE visit.checked_in_at >= ?1 AND visit.checked_in_at < ?2
                 UNION ALL SELECT kiosk, slip FROM request WHERE slip IS NOT NULL AND raised_at >= ?1 AND raised_at < ?2
                 UNION ALL SELECT kiosk, paper FROM payment WHERE paper IS NOT NULL AND begun_at >= ?1 AND begun_at < ?2
             ) WHERE paper IN ('not-printed', 'not-known') GROUP BY kiosk ORDER BY kiosk",
        )?;
        let rows =
            query.query_map(millis((from, until)), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Keeps how somebody's time at a kiosk ended.
pub(super) fn session_ended(
    tx: &Transaction<'_>,
    fact: &Fact,
    step: &str,
    end: SessionEnd,
    spent: &[StepTime],
) -> Result<()> {
    let steps: Vec<_> = spent.iter().map(|time| (time.step.as_str(), time.seconds)).collect();
    tx.prepare_cached(
        "INSERT INTO kiosk_session (ended_at, kiosk, step, how, steps) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((
        fact.at.timestamp_millis(),
        &fact.origin,
        step,
        end.word(),
        serde_json::to_string(&steps)?,
    ))?;
    Ok(())
}

/// A word of the store, read back.
fn word<T: DeserializeOwned>(text: String) -> Result<T> {
    Ok(serde_json::from_value(text.into())?)
}
