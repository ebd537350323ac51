//! The tables of each rule: what of them goes, and what goes with it.

use super::{A_BATCH, FORGOTTEN, OnItsWay, Result, Since, forget_facts};
use crate::front_desk::retention::{Kept, Lies};
use crate::store::outbox::set_progress;
use rusqlite::{OptionalExtension, Transaction};

/// Something that goes as a whole: which of it goes, and the tables with the column that names it.
struct Whole {
    /// Answers the identities that go, `:day` and `:since` being the first that are kept; a visit's with its ticket's.
    which: &'static str,
    /// `(table, column)`, the table of the thing itself last.
    rows: &'static [(&'static str, &'static str)],
}

/// A visit may go once it has ended, one of a day that is yet to come so long after its end; what waits for it, or tells of it and is open, keeps it.
const VISITS: Whole = Whole {
    which: "SELECT visit.id, ticket.id FROM visit JOIN ticket ON ticket.id = visit.ticket
            LEFT JOIN queue_entry AS entry ON entry.visit = visit.id
            WHERE (ticket.day < :day OR (ticket.day > :ahead_day AND entry.ended_at < :since)) AND (:kiosk OR entry.state = 'ended' OR entry.visit IS NULL)
            AND NOT EXISTS (SELECT 1 FROM print_job WHERE print_job.state <> 'ended' AND print_job.ticket = ticket.id)
            AND (:kiosk OR ticket.id NOT IN (SELECT body ->> 'ticket' FROM request
                WHERE state IN ('open', 'acknowledged') AND body ->> 'ticket' IS NOT NULL))
            AND NOT EXISTS (SELECT 1 FROM fact WHERE subject IN (visit.id, ticket.id) AND ON_ITS_WAY)",
    rows: &[("patient_call", "visit"), ("stay", "visit"), ("queue_entry", "visit"), ("visit", "id")],
};
const NOT_CHECKED_IN: Whole = Whole {
    which: "SELECT id FROM not_checked_in WHERE at < :since
            AND NOT EXISTS (SELECT 1 FROM fact WHERE subject = not_checked_in.id AND ON_ITS_WAY)",
    rows: &[("not_checked_in", "id")],
};
const APPOINTMENTS: Whole = Whole {
    which: "SELECT id FROM appointment WHERE starts_at < :since AND ends_at < :since
            AND NOT EXISTS (SELECT 1 FROM visit WHERE visit.appointment = appointment.id)
            AND NOT EXISTS (SELECT 1 FROM print_job WHERE print_job.state <> 'ended' AND print_job.ticket = appointment.id)
            AND (:kiosk OR id NOT IN (SELECT appointment FROM clinic_change JOIN request ON request.id = clinic_change.request
                WHERE request.state <> 'resolved'))
            AND NOT EXISTS (SELECT 1 FROM fact WHERE subject = appointment.id AND ON_ITS_WAY)",
    rows: &[("booking_order", "appointment"), ("appointment", "id")],
};
const WAITING: Whole = Whole {
    which: "SELECT id FROM waiting_list WHERE waits = 0 AND since < :since
            AND NOT EXISTS (SELECT 1 FROM slot_offer WHERE entry = waiting_list.id AND (ended IS NULL OR until >= :since))
            AND NOT EXISTS (SELECT 1 FROM fact WHERE subject = waiting_list.id AND ON_ITS_WAY)",
    rows: &[("slot_offer", "entry"), ("waiting_list", "id")],
};
const CLOSURES: Whole = Whole {
    which: "SELECT id FROM closure WHERE ends_at < :since
            AND NOT EXISTS (SELECT 1 FROM clinic_change WHERE clinic_change.closure = closure.id)
            AND NOT EXISTS (SELECT 1 FROM fact WHERE subject = closure.id AND ON_ITS_WAY)",
    rows: &[("closure_time", "closure"), ("closure", "id")],
};
const ANSWERS: Whole = Whole {
    which: "SELECT id FROM form_answered WHERE at < :since
            AND NOT EXISTS (SELECT 1 FROM fact WHERE subject = form_answered.id AND ON_ITS_WAY)",
    rows: &[("form_answered", "id")],
};
/// A request may go once it was resolved and nothing was heard of it since.
macro_rules! requests {
    ($is_case:literal) => {
        Whole {
            which: concat!(
                "SELECT id FROM request WHERE (raised_at < :since OR raised_at > :ahead) AND case_code IS ",
                $is_case,
                " AND (state = 'resolved' OR raised_at < :forsaken)
                AND NOT EXISTS (SELECT 1 FROM request_event AS event WHERE event.request = request.id
                    AND event.at BETWEEN :since AND :ahead)
                AND NOT EXISTS (SELECT 1 FROM message WHERE message.request = request.id AND message.at BETWEEN :since AND :ahead)
                AND NOT EXISTS (SELECT 1 FROM print_job WHERE print_job.state <> 'ended' AND print_job.ticket = request.id)
                AND NOT EXISTS (SELECT 1 FROM fact WHERE subject = request.id AND ON_ITS_WAY)"
            ),
            rows: &[
                ("message", "request"),
                ("side_note", "request"),
                ("request_event", "request"),
                ("clinic_change", "request"),
                ("telephone_call", "request"),
                ("staff_report", "request"),
                ("request", "id"),
            ],
        }
    };
}
const REQUESTS: Whole = requests!("NULL");
const CASES: Whole = requests!("NOT NULL");
/// The last order that closed or opened a kiosk says which of both it is.
const ORDERS: Whole = Whole {
    which: "SELECT id FROM kiosk_order WHERE ordered_at < :since AND (outcome IS NOT NULL OR :kiosk)
            AND NOT EXISTS (SELECT 1 FROM kiosk_task WHERE kiosk_task.id = kiosk_order.id)
            AND rowid NOT IN (SELECT max(rowid) FROM kiosk_order WHERE outcome ->> 'end' = 'done'
                AND body ->> 'order' IN ('take-out-of-service', 'back-in-service') GROUP BY kiosk)
            AND NOT EXISTS (SELECT 1 FROM fact WHERE subject = kiosk_order.id AND ON_ITS_WAY)",
    rows: &[("kiosk_order", "id")],
};

/// Deletes a batch of what goes by one rule. Answers how much that was, and whether nothing is left of it.
pub(super) fn go(tx: &Transaction<'_>, kept: Kept, since: &Since, way: &OnItsWay) -> Result<(u64, bool)> {
    let wholes: &[Whole] = match kept {
        Kept::Visits => &[VISITS, NOT_CHECKED_IN, APPOINTMENTS, WAITING, CLOSURES],
        Kept::Answers => &[ANSWERS],
        Kept::Requests => &[REQUESTS],
        Kept::Cases => &[CASES],
        Kept::Figures => &[ORDERS],
        Kept::Money | Kept::Trail | Kept::PrintJobs | Kept::Facts | Kept::Passed | Kept::TicketCounts => &[],
    };
    for whole in wholes {
        let gone = whole.go(tx, since, way)?;
        if gone > 0 {
            return Ok((gone, false));
        }
    }
    let rest = match (kept, way.lies) {
        (Kept::Visits, Lies::AtTheDesk) => {
            lines(tx, "booking_order", "at < :since", since)? + facts_of_days(tx, kept, since, way)?
        }
        (Kept::Requests, Lies::AtAKiosk) => strays(tx, since)?,
        (Kept::PrintJobs, _) => {
            lines(tx, "print_job", "state = 'ended' AND (queued_at < :since OR queued_at > :ahead)", since)?
        }
        (Kept::TicketCounts, _) => lines(tx, "ticket_count", "day < :day", since)?,
        (Kept::Figures, lies) => {
            let mut gone = lines(tx, "kiosk_session", "ended_at < :since OR ended_at > :ahead", since)?;
            gone += lines(tx, "display", "heard_at < :since", since)?;
            gone += lines(tx, "staff_code", "until < :since", since)?;
            gone += lines(tx, "staff_browser", "password_at < :since", since)?;
            if lies == Lies::AtTheDesk {
                gone += facts_of_days(tx, kept, since, way)?;
            }
            gone
        }
        (Kept::Trail, lies) => {
            set_progress(tx, "trail-kept-since", since.millis.unsigned_abs())?;
            let mut gone = lines(tx, "audit", "at < :since", since)?;
            gone += lines(tx, "routines", "at < :since AND id < (SELECT max(id) FROM routines)", since)?;
            if lies == Lies::AtTheDesk {
                gone += facts_of_days(tx, kept, since, way)?;
            }
            gone
        }
        (Kept::Facts, Lies::AtAKiosk) => blank_answers(tx, since)? + blank_facts(tx, since, way)?,
        (Kept::Passed, Lies::AtAKiosk) => passed_facts(tx, since, way)?,
        _ => 0,
    };
    Ok((rest, rest == 0))
}

impl Whole {
    fn go(&self, tx: &Transaction<'_>, since: &Since, way: &OnItsWay) -> Result<u64> {
        let sql = self.which.replace("ON_ITS_WAY", &way.condition);
        let which = format!("{sql} LIMIT {A_BATCH}");
        let mut query = tx.prepare(&which)?;
        let named: [(&str, &dyn rusqlite::ToSql); 6] = [
            (":day", &since.day),
            (":since", &since.millis),
            (":ahead_day", &since.ahead_day),
            (":ahead", &since.ahead),
            (":forsaken", &since.forsaken),
            (":kiosk", &(way.lies == Lies::AtAKiosk)),
        ];
        for (name, value) in named {
            if let Some(index) = query.parameter_index(name)? {
                query.raw_bind_parameter(index, value)?;
            }
        }
        let has_ticket = query.column_count() > 1;
        let mut ids: Vec<(String, Option<String>)> = Vec::new();
        let mut rows = query.raw_query();
        while let Some(row) = rows.next()? {
            ids.push((row.get(0)?, if has_ticket { row.get(1)? } else { None }));
        }
        drop(rows);
        for (id, ticket) in &ids {
            for (table, column) in self.rows {
                tx.prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?1"))?.execute([id])?;
            }
            forget_facts(tx, way, id)?;
            if let Some(ticket) = ticket {
                tx.prepare_cached("DELETE FROM ticket WHERE id = ?1")?.execute([ticket])?;
                forget_facts(tx, way, ticket)?;
            }
        }
        Ok(ids.len() as u64)
    }
}

/// Deletes lines that hang on nothing.
pub(super) fn lines(tx: &Transaction<'_>, table: &str, which: &str, since: &Since) -> Result<u64> {
    let sql = format!(
        "DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE {which} LIMIT {A_LINES})"
    );
    let mut delete = tx.prepare_cached(&sql)?;
    if let Some(index) = delete.parameter_index(":day")? {
        delete.raw_bind_parameter(index, &since.day)?;
    }
    for (name, millis) in [(":since", since.millis), (":ahead", since.ahead)] {
        if let Some(index) = delete.parameter_index(name)? {
            delete.raw_bind_parameter(index, millis)?;
        }
    }
    Ok(delete.raw_execute()? as u64)
}

/// A line is quickly deleted: nothing goes with it.
const A_LINES: usize = 4 * A_BATCH;

/// At the desk: facts that hang on nothing but their day, and those of something that was never here.
fn facts_of_days(tx: &Transaction<'_>, kept: Kept, since: &Since, way: &OnItsWay) -> Result<u64> {
    let of_nothing = if kept == Kept::Visits { OF_NO_VISIT } else { "subject IS NULL" };
    // What says how a device is, and which routines hold, is needed by a kiosk that is new.
    let sql = format!(
        "DELETE FROM fact WHERE position IN (SELECT position FROM fact WHERE part = ?1 AND ({of_nothing}) AND at < ?2
         AND NOT {} AND position NOT IN (SELECT position FROM kiosk_followed)
         AND seq < (SELECT max(seq) FROM fact AS last WHERE last.origin = fact.origin)
         AND NOT (body ->> 'kind' = 'device-reported' AND EXISTS (SELECT 1 FROM device
             WHERE device.kiosk = fact.origin AND device.device = fact.body ->> 'device' AND device.since = fact.at))
         AND NOT (body ->> 'kind' = 'routines-applied' AND position = (SELECT max(position) FROM fact AS latest
             WHERE latest.part = 'trail'))
         LIMIT {A_LINES})",
        way.condition
    );
    Ok(tx.prepare(&sql)?.execute((kept.word(), since.millis))? as u64)
}

/// What a kiosk with a clock of years ago tells of a visit comes after that visit has gone.
const OF_NO_VISIT: &str = "subject IS NULL OR NOT (EXISTS (SELECT 1 FROM visit WHERE id = fact.subject)
    OR EXISTS (SELECT 1 FROM ticket WHERE id = fact.subject)
    OR EXISTS (SELECT 1 FROM appointment WHERE id = fact.subject)
    OR EXISTS (SELECT 1 FROM not_checked_in WHERE id = fact.subject)
    OR EXISTS (SELECT 1 FROM waiting_list WHERE id = fact.subject)
    OR EXISTS (SELECT 1 FROM closure WHERE id = fact.subject))";

/// At a kiosk: what was answered is the desk's business; when it was answered says whether it is asked again.
fn blank_answers(tx: &Transaction<'_>, since: &Since) -> Result<u64> {
    let sql = format!(
        "UPDATE form_answered SET body = '' WHERE id IN (SELECT id FROM form_answered WHERE (at < ?1 OR at > ?2) AND body <> '' LIMIT {A_LINES})"
    );
    Ok(tx.prepare(&sql)?.execute((since.millis, since.ahead))? as u64)
}

/// At a kiosk: what was told of requests that were never here, or went before.
fn strays(tx: &Transaction<'_>, since: &Since) -> Result<u64> {
    let mut gone = 0;
    for (table, at) in
        [("request_event", "at"), ("message", "at"), ("side_note", "at"), ("telephone_call", "at")]
    {
        let which = format!("{at} < :since AND request NOT IN (SELECT id FROM request)");
        gone += lines(tx, table, &which, since)?;
    }
    Ok(gone)
}

/// At a kiosk: the content of facts that the desk has, and of those of a time that is yet to come. What became of a paper says nothing of a patient, and the last of
/// it says whether one may be stuck in the printer.
fn blank_facts(tx: &Transaction<'_>, since: &Since, way: &OnItsWay) -> Result<u64> {
    let sql = format!(
        "UPDATE fact SET body = '{FORGOTTEN}' WHERE position IN (SELECT position FROM fact
         WHERE (at < ?1 OR at > ?2) AND body <> '{FORGOTTEN}' AND NOT {} AND body ->> 'kind' NOT IN ({PAPERS}) LIMIT {A_LINES})",
        way.condition
    );
    Ok(tx.prepare(&sql)?.execute((since.millis, since.ahead))? as u64)
}

const PAPERS: &str = "'ticket-paper', 'slip-paper', 'appointment-paper', 'receipt-paper'";

/// At a kiosk: that there were facts of what goes. The last own one that the desk has is what the next follows on from.
fn passed_facts(tx: &Transaction<'_>, since: &Since, way: &OnItsWay) -> Result<u64> {
    let paper: Option<i64> = tx
        .prepare(&format!(
            "SELECT position FROM fact WHERE origin = ?1 AND body ->> 'kind' IN ({PAPERS})
             AND body ->> 'state' <> 'not-printed' ORDER BY seq DESC LIMIT 1"
        ))?
        .query_row([&way.own], |row| row.get(0))
        .optional()?;
    let sql = format!(
        "DELETE FROM fact WHERE position IN (SELECT position FROM fact
         WHERE part IN ('visits', 'answers', 'requests', 'money', 'figures', 'trail') AND at < ?1 AND NOT {}
         AND NOT (origin = ?2 AND seq = ?3) AND position <> ?4 LIMIT {A_LINES})",
        way.condition,
    );
    Ok(tx.prepare(&sql)?.execute((since.millis, &way.own, way.delivered, paper.unwrap_or(0)))? as u64)
}
