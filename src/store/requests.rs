//! Flagged requests.

use super::print_jobs::{self, Paper};
use super::{Result, Store, StoreError, append_own, time};
use crate::front_desk::message::{Message, SideNote};
use crate::front_desk::patient::PatientId;
use crate::front_desk::request::{Request, RequestId, RequestState, Rung};
use crate::front_desk::ticket::PaperState;
use crate::link::fact::{Fact, FactKind};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Row;
use serde::de::DeserializeOwned;

/// A request with how far it has come.
#[derive(Debug, Clone)]
pub struct RequestRow {
    /// The request.
    pub request: Request,
    /// How far it has come.
    pub state: RequestState,
    /// Whether nobody acknowledged it in time.
    pub escalated: bool,
    /// Who must answer, one after the other: as it was raised, or handed over since.
    pub chain: Vec<Rung>,
    /// Whose turn it is, as a position in the chain.
    pub rung: usize,
    /// By when that one must acknowledge it.
    pub acknowledge_by: DateTime<Utc>,
    /// Whether it is a case that was not answered by its day.
    pub overdue: bool,
    /// What became of the paper of its slip, where it has one.
    pub slip: Option<PaperState>,
}

const COLUMNS: &str = "SELECT body, state, by_whom, note, escalated, chain, rung, acknowledge_by, overdue, slip, raised_at FROM request";

/// A kiosk's clock may be so far ahead of the desk's.
const AHEAD: TimeDelta = TimeDelta::seconds(60);

impl Store {
    /// Keeps a request; a case's slip is to be printed. All of it or nothing.
    pub fn raise(&mut self, request: Request, now: DateTime<Utc>) -> Result<Fact> {
        let origin = self.origin.clone();
        self.write(|tx| {
            if request.case.is_some() {
                print_jobs::queue(tx, Paper::Slip(request.id), false, now)?;
            }
            append_own(tx, &origin, FactKind::RequestRaised { request }, now)
        })
    }

    /// Requests that are not resolved, what is due first first.
    pub fn open_requests(&self) -> Result<Vec<RequestRow>> {
        self.requests(&format!("{COLUMNS} WHERE state <> 'resolved' ORDER BY acknowledge_by, id"), [])
    }

    /// Requests resolved, or raised and resolved, since a time, those that were raised last first.
    pub fn resolved_requests(&self, since: DateTime<Utc>) -> Result<Vec<RequestRow>> {
        let sql = format!(
            "{COLUMNS} WHERE state = 'resolved' AND (raised_at >= ?1 OR EXISTS (SELECT 1 FROM request_event AS e
             WHERE e.request = request.id AND e.kind = 'resolved' AND e.at >= ?1)) ORDER BY raised_at DESC, id DESC"
        );
        self.requests(&sql, [since.timestamp_millis()])
    }

    /// Requests raised since a time, whatever became of them, latest first.
    pub fn requests_since(&self, since: DateTime<Utc>) -> Result<Vec<RequestRow>> {
        let sql = format!("{COLUMNS} WHERE raised_at >= ?1 ORDER BY raised_at DESC, id DESC");
        self.requests(&sql, [since.timestamp_millis()])
    }

    /// Requests that were resolved, and about which the patient said something afterwards that nobody has
    /// answered.
    pub fn answered_after_resolution(&self) -> Result<Vec<RequestRow>> {
        let last = "SELECT message.body ->> 'from' FROM message WHERE message.request = request.id
                    AND message.at > (SELECT max(at) FROM request_event AS e WHERE e.request = request.id AND e.kind = 'resolved')
                    ORDER BY message.at DESC, message.id DESC LIMIT 1";
        self.requests(&format!("{COLUMNS} WHERE state = 'resolved' AND ({last}) = 'patient' ORDER BY id"), [])
    }

    /// Requests about one patient alone, of whom staff have asked something that is not answered. A case is not among
    /// them: it is read by whoever holds its slip.
    pub fn questions_for(&self, patient: PatientId) -> Result<Vec<RequestRow>> {
        let last = "SELECT message.body ->> 'from' FROM message WHERE message.request = request.id
                    ORDER BY message.at DESC, message.id DESC LIMIT 1";
        let asked = self.requests(
            &format!(
                "{COLUMNS} WHERE state <> 'resolved' AND case_code IS NULL AND ({last}) = 'staff' ORDER BY id"
            ),
            [],
        )?;
        let mut questions = Vec::new();
        for row in asked {
            // Where several records could be meant, somebody else may be.
            let of = match (row.request.patients.as_slice(), row.request.ticket) {
                ([one], _) => self.patient(*one)?,
                (_, Some(ticket)) => self.holder_of(ticket)?,
                _ => None,
            };
            if of.is_some_and(|of| of.id == patient) {
                questions.push(row);
            }
        }
        Ok(questions)
    }

    /// One request.
    pub fn request(&self, id: RequestId) -> Result<Option<RequestRow>> {
        Ok(self.requests(&format!("{COLUMNS} WHERE id = ?1"), [id.0.to_string()])?.pop())
    }

    /// The case that opens with a number and a code.
    pub fn case_opened_with(&self, number: &str, code: &str) -> Result<Option<RequestRow>> {
        let code: String = code.chars().filter(char::is_ascii_digit).collect();
        let rows = self.requests(&format!("{COLUMNS} WHERE case_code = ?1"), [&code])?;
        let opens =
            |row: &RequestRow| row.request.case.as_ref().is_some_and(|case| case.opens_with(number, &code));
        Ok(rows.into_iter().find(opens))
    }

    /// What was said about a request, in the order in which it was said.
    pub fn messages(&self, request: RequestId) -> Result<Vec<Message>> {
        self.bodies("SELECT body FROM message WHERE request = ?1 ORDER BY at, id", request)
    }

    /// What staff noted about the sides of a conflict, in the order in which it was noted.
    pub fn side_notes(&self, request: RequestId) -> Result<Vec<SideNote>> {
        self.bodies("SELECT body FROM side_note WHERE request = ?1 ORDER BY at, id", request)
    }

    fn bodies<T: DeserializeOwned>(&self, sql: &str, request: RequestId) -> Result<Vec<T>> {
        let mut query = self.connection.prepare_cached(sql)?;
        let rows = query.query_map([request.0.to_string()], |row| row.get::<_, String>(0))?;
        rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    /// At the desk: escalates what nobody acknowledged in time, and what cases were not answered by their day.
    /// The time to act is a column, not a timer in memory, so a restart forgets none, and a desk that was off
    /// climbs every rung that was missed at once. Answers what was escalated now.
    pub fn escalate_overdue(&mut self, now: DateTime<Utc>) -> Result<Vec<RequestId>> {
        self.bring_near_what_lies_ahead(now)?;
        let mut all = Vec::new();
        loop {
            let escalated = self.escalate_once(now)?;
            if escalated.is_empty() {
                return Ok(all);
            }
            all.extend(escalated);
        }
    }

    /// Requests that will be raised in years, by a kiosk whose clock runs ahead or by the desk's own before it was put
    /// back, would not escalate until then: their times count from now on.
    fn bring_near_what_lies_ahead(&mut self, now: DateTime<Utc>) -> Result<()> {
        let which = "state <> 'resolved' AND raised_at > ?1";
        let ahead = (now + AHEAD).timestamp_millis();
        let there: bool = self
            .connection
            .prepare_cached(&format!("SELECT EXISTS (SELECT 1 FROM request WHERE {which})"))?
            .query_row([ahead], |row| row.get(0))?;
        if there {
            self.write(|tx| {
                let sql = format!(
                    "UPDATE request SET acknowledge_by = acknowledge_by - (raised_at - ?2),
                     case_answer_by = case_answer_by - (raised_at - ?2), raised_at = ?2 WHERE {which}"
                );
                tx.prepare_cached(&sql)?.execute((ahead, now.timestamp_millis()))?;
                Ok(())
            })?;
        }
        Ok(())
    }

    /// One rung of each chain: none has endlessly many, so this comes to an end.
    fn escalate_once(&mut self, now: DateTime<Utc>) -> Result<Vec<RequestId>> {
        let now_millis = now.timestamp_millis();
        let unanswered = self.requests(
            &format!(
                "{COLUMNS} WHERE state = 'open' AND escalated < rungs AND acknowledge_by <= ?1 ORDER BY acknowledge_by"
            ),
            [now_millis],
        )?;
        let overdue = self.requests(
            &format!("{COLUMNS} WHERE state <> 'resolved' AND overdue = 0 AND case_answer_by <= ?1 ORDER BY case_answer_by"),
            [now_millis],
        )?;
        let mut kinds: Vec<FactKind> = unanswered.iter().map(next_rung).collect();
        kinds.extend(overdue.iter().map(|row| FactKind::CaseOverdue { request: row.request.id }));
        if !kinds.is_empty() {
            self.commit(kinds, now)?;
        }
        Ok(unanswered.iter().chain(&overdue).map(|row| row.request.id).collect())
    }

    fn requests<P: rusqlite::Params>(&self, sql: &str, parameters: P) -> Result<Vec<RequestRow>> {
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query(parameters)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}

/// It is the next one's turn; at the end of the chain it stays where it is and is late for good.
fn next_rung(row: &RequestRow) -> FactKind {
    let next = row.chain.get(row.rung + 1);
    FactKind::RequestEscalated {
        request: row.request.id,
        rung: if next.is_some() { row.rung + 1 } else { row.rung },
        answer_by: next.map(|rung| rung.answer_by),
    }
}

fn read(row: &Row<'_>) -> Result<RequestRow> {
    let request: Request = serde_json::from_str(&row.get::<_, String>(0)?)?;
    let by = row.get(2)?;
    let state = match row.get::<_, String>(1)?.as_str() {
        "open" => RequestState::Open,
        "acknowledged" => RequestState::Acknowledged { by },
        "resolved" => RequestState::Resolved { by, note: row.get(3)? },
        other => return Err(StoreError::Unreadable(format!("request state {other}"))),
    };
    let chain = match row.get::<_, Option<String>>(5)? {
        Some(chain) => serde_json::from_str(&chain)?,
        // As it was raised, by when the desk counts it as raised.
        None => {
            let ahead = request.raised_at - time(row.get(10)?)?;
            let near = |rung: &Rung| Rung { answer_by: rung.answer_by - ahead, ..rung.clone() };
            if ahead > AHEAD { request.chain.iter().map(near).collect() } else { request.chain.clone() }
        }
    };
    Ok(RequestRow {
        state,
        escalated: row.get::<_, i64>(4)? > 0,
        chain,
        rung: row.get(6)?,
        acknowledge_by: time(row.get(7)?)?,
        overdue: row.get(8)?,
        slip: row.get::<_, Option<String>>(9)?.map(|word| PaperState::from_word(&word)),
        request,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::{EXAMPLE, read_text};
    use crate::front_desk::request::RequestReason;
    use crate::link::fact::DESK;
    use uuid::Uuid;

    #[test]
    fn a_request_of_a_kiosk_whose_clock_is_years_ahead_escalates_as_fast_as_any_other() {
        let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
        let now: DateTime<Utc> = "2026-11-25T09:00:00Z".parse().unwrap();
        let climbs = |ahead: TimeDelta| {
            let mut desk = Store::in_memory(DESK).unwrap();
            let id = RequestId(Uuid::now_v7());
            let request = Request::noticed(id, RequestReason::Help, &clinic, "lobby", now + ahead);
            desk.raise(request, now + ahead).unwrap();
            let mut late = Vec::new();
            for minute in 0..240 {
                if !desk.escalate_overdue(now + TimeDelta::minutes(minute)).unwrap().is_empty() {
                    late.push(minute);
                }
            }
            late
        };
        let usual = climbs(TimeDelta::zero());
        assert!(!usual.is_empty());
        assert_eq!(climbs(TimeDelta::days(3650)), usual);
        assert_eq!(climbs(TimeDelta::hours(1)), usual);
    }
}
