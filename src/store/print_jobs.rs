//! Print jobs: `queued → sent → ended`, each step on disk before the next.

use super::{Result, Store, StoreError, append_own, time};
use crate::front_desk::appointment::{Appointment, AppointmentId};
use crate::front_desk::payment::PaymentId;
use crate::front_desk::request::RequestId;
use crate::front_desk::ticket::{PaperState, Ticket, TicketId};
use crate::link::fact::FactKind;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

/// The identity of a print job at its kiosk.
pub type PrintJobId = i64;

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// A queue ticket.
    Ticket(TicketId),
    /// The slip of a case.
    Slip(RequestId),
    /// The paper with an appointment.
    Appointment(AppointmentId),
    /// The receipt of a payment, whatever became of it.
    Receipt(PaymentId),
}

impl Paper {
    fn words(self) -> (&'static str, String) {
        match self {
            Self::Ticket(ticket) => ("ticket", ticket.0.to_string()),
            Self::Slip(request) => ("slip", request.0.to_string()),
            Self::Appointment(appointment) => ("appointment", appointment.0.to_string()),
            Self::Receipt(payment) => ("receipt", payment.0.to_string()),
        }
    }
}

/// Something to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// Identity.
    pub id: PrintJobId,
    /// What.
    pub paper: Paper,
    /// Whether it says COPY.
    pub copy: bool,
    /// The language, BCP 47, where the record of the paper names none; else empty.
    pub language: String,
    /// Since when it waits.
    pub queued_at: DateTime<Utc>,
}

pub(super) fn queue(
    tx: &Transaction<'_>,
    paper: Paper,
    copy: bool,
    now: DateTime<Utc>,
) -> Result<PrintJobId> {
    let (kind, id) = paper.words();
    tx.prepare_cached(
        "INSERT INTO print_job (paper, ticket, copy, state, queued_at) VALUES (?1, ?2, ?3, 'queued', ?4)",
    )?
    .execute((kind, id, copy, now.timestamp_millis()))?;
    Ok(tx.last_insert_rowid())
}

/// Queues a paper in a language that its record does not name.
pub(super) fn queue_in(
    tx: &Transaction<'_>,
    paper: Paper,
    language: &str,
    now: DateTime<Utc>,
) -> Result<PrintJobId> {
    let job = queue(tx, paper, false, now)?;
    tx.prepare_cached("UPDATE print_job SET language = ?2 WHERE id = ?1")?.execute((job, language))?;
    Ok(job)
}

impl Store {
    /// Queues a copy of a ticket.
    pub fn queue_copy(&mut self, ticket: TicketId, now: DateTime<Utc>) -> Result<PrintJobId> {
        self.write(|tx| queue(tx, Paper::Ticket(ticket), true, now))
    }

    /// Queues the receipt of a payment whose end came from elsewhere.
    pub fn queue_receipt(
        &mut self,
        payment: PaymentId,
        language: &str,
        now: DateTime<Utc>,
    ) -> Result<PrintJobId> {
        self.write(|tx| queue_in(tx, Paper::Receipt(payment), language, now))
    }

    /// What a ticket's paper needs to say: the ticket, and its appointment if there is one.
    pub fn ticket_to_print(&self, ticket: TicketId) -> Result<Option<(Ticket, Option<Appointment>)>> {
        let found: Option<(String, Option<String>)> = self
            .connection
            .prepare_cached(
                "SELECT ticket.body, appointment.body FROM ticket
                 LEFT JOIN visit ON visit.ticket = ticket.id
                 LEFT JOIN appointment ON appointment.id = visit.appointment WHERE ticket.id = ?1",
            )?
            .query_row([ticket.0.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((ticket, appointment)) = found else { return Ok(None) };
        let appointment = appointment.map(|body| serde_json::from_str(&body)).transpose()?;
        Ok(Some((serde_json::from_str(&ticket)?, appointment)))
    }

    /// Takes the next queued job and marks it as sent, before a byte leaves.
    pub fn start_print_job(&mut self) -> Result<Option<PrintJob>> {
        self.write(|tx| {
            let job = tx
                .prepare_cached("SELECT id, paper, ticket, copy, language, queued_at FROM print_job WHERE state = 'queued' ORDER BY id LIMIT 1")?
                .query_row([], raw_job)
                .optional()?
                .map(job)
                .transpose()?;
            if let Some(job) = &job {
                tx.prepare_cached("UPDATE print_job SET state = 'sent' WHERE id = ?1")?.execute([job.id])?;
            }
            Ok(job)
        })
    }

    /// Ends a job; what became of the paper is a fact in the same transaction.
    pub fn end_print_job(
        &mut self,
        job: &PrintJob,
        state: PaperState,
        cause: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let origin = self.origin.clone();
        self.write(|tx| end(tx, &origin, job, state, cause, now))
    }

    /// After a restart: jobs that were sent when the program ended. Whether their paper came out is not
    /// known, so they are not repeated; the desk sees each. Answers what they were.
    pub fn end_interrupted_print_jobs(&mut self, now: DateTime<Utc>) -> Result<Vec<Paper>> {
        let origin = self.origin.clone();
        self.write(|tx| {
            let jobs: Vec<PrintJob> = tx
                .prepare_cached(
                    "SELECT id, paper, ticket, copy, language, queued_at FROM print_job WHERE state = 'sent'",
                )?
                .query_map([], raw_job)?
                .map(|row| job(row?))
                .collect::<Result<_>>()?;
            for job in &jobs {
                let cause = "the kiosk stopped while this was being printed";
                end(tx, &origin, job, PaperState::NotKnown, cause, now)?;
            }
            Ok(jobs.into_iter().map(|job| job.paper).collect())
        })
    }

    /// Whether the last ticket that went to the printer may have got stuck there. One of which no byte was
    /// sent says nothing about that.
    pub fn last_print_is_in_doubt(&self) -> Result<bool> {
        let state: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT body ->> 'state' FROM fact
                 WHERE origin = ?1 AND body ->> 'kind' IN ('ticket-paper', 'slip-paper', 'appointment-paper', 'receipt-paper') AND body ->> 'state' <> 'not-printed'
                 ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([&self.origin], |row| row.get(0))
            .optional()?;
        Ok(state.is_some_and(|state| PaperState::from_word(&state) == PaperState::NotKnown))
    }
}

fn end(
    tx: &Transaction<'_>,
    origin: &str,
    job: &PrintJob,
    state: PaperState,
    cause: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    tx.prepare_cached("UPDATE print_job SET state = 'ended' WHERE id = ?1")?.execute([job.id])?;
    let cause = cause.to_string();
    let kind = match job.paper {
        Paper::Ticket(ticket) => FactKind::TicketPaper { ticket, state, cause, copy: job.copy },
        Paper::Slip(request) => FactKind::SlipPaper { request, state, cause },
        Paper::Appointment(appointment) => FactKind::AppointmentPaper { appointment, state, cause },
        Paper::Receipt(payment) => FactKind::ReceiptPaper { payment, state, cause },
    };
    append_own(tx, origin, kind, now)?;
    Ok(())
}

type RawJob = (i64, String, String, bool, String, i64);

fn raw_job(row: &rusqlite::Row<'_>) -> rusqlite::Result<RawJob> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

fn job((id, kind, paper, copy, language, queued_at): RawJob) -> Result<PrintJob> {
    let paper = Uuid::parse_str(&paper).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let paper = match kind.as_str() {
        "slip" => Paper::Slip(RequestId(paper)),
        "appointment" => Paper::Appointment(AppointmentId(paper)),
        "receipt" => Paper::Receipt(PaymentId(paper)),
        _ => Paper::Ticket(TicketId(paper)),
    };
    Ok(PrintJob { id, paper, copy, language, queued_at: time(queued_at)? })
}
