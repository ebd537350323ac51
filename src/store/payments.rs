//! What patients owe and what was paid of it: the tables behind the ledger, and the transactions that move it.

use super::outbox::parsed_id;
use super::print_jobs::{self, Paper};
use super::terminal::{self, NewIntent};
use super::{Result, Store, append_own, records, time};
use crate::clinic::Clinic;
use crate::front_desk::patient::{Patient, PatientId};
use crate::front_desk::payment::{
    Account, Charge, ChargeId, Means, Outcome, PaidTwice, Payment, PaymentEnd, PaymentId, PaymentItem,
    PaymentRow, Refund, RefundWay, Witness, account, paid_twice, standing,
};
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::front_desk::ticket::PaperState;
use crate::link::fact::{Fact, FactKind};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Transaction};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Why a payment cannot begin. Nothing was charged, and nothing is kept of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaymentStop {
    /// What it is for is paid already, or is being paid elsewhere, or is owed no longer.
    #[error("this is paid already, is being paid elsewhere, or is owed no longer")]
    NotDue,
    /// Another payment of the patient is not settled.
    #[error("another payment of this patient is not settled yet")]
    InDoubt,
    /// The terminal may still be doing something else.
    #[error("the terminal has a payment that is not settled yet")]
    TerminalTaken,
}

/// A payment as the ledger shows it.
#[derive(Debug, Clone)]
pub struct LedgerRow {
    /// The payment with what became of it.
    pub row: PaymentRow,
    /// What it is for, in the order of its items; what is not here is passed over.
    pub charges: Vec<Charge>,
    /// Whose charges they are, if the record is here.
    pub patient: Option<Patient>,
    /// What became of the receipt's paper, where one was printed.
    pub paper: Option<PaperState>,
}

/// Somebody owes something.
pub(super) fn charged(tx: &Transaction<'_>, charge: &Charge) -> Result<()> {
    let patient = records::resolve(tx, charge.patient)?;
    let charge = Charge { patient, ..charge.clone() };
    // What was settled and deleted is not owed anew because somebody tells of it once more.
    tx.prepare_cached(
        "INSERT OR IGNORE INTO charge (id, patient, state, body)
         SELECT ?1, ?2, 'stands', ?3 WHERE NOT EXISTS (SELECT 1 FROM forgotten_charge WHERE id = ?1)",
    )?
    .execute((charge.id.0.to_string(), patient.to_string(), serde_json::to_string(&charge)?))?;
    Ok(())
}

pub(super) fn withdrawn(tx: &Transaction<'_>, charge: ChargeId) -> Result<()> {
    tx.prepare_cached("UPDATE charge SET state = 'withdrawn' WHERE id = ?1 AND state = 'stands'")?
        .execute([charge.0.to_string()])?;
    Ok(())
}

/// Another system told a new balance: it takes the place of the one before, with all that was paid of that. The
/// same balance told once more is no new one, so that what was paid of it stays paid.
pub(super) fn balance_told(tx: &Transaction<'_>, fact: &Fact, patient: &Patient) -> Result<()> {
    tx.prepare_cached(
        "UPDATE charge SET state = 'superseded' WHERE patient = ?1 AND body ->> 'what' = 'balance' AND state = 'stands'",
    )?
    .execute([patient.id.to_string()])?;
    match patient.balance_due.filter(|balance| balance.minor > 0) {
        Some(balance) => charged(tx, &Charge::of_balance(fact.id, patient.id, balance, fact.at.date_naive())),
        None => Ok(()),
    }
}

pub(super) fn begun(tx: &Transaction<'_>, at: DateTime<Utc>, payment: &Payment) -> Result<()> {
    let patient = records::resolve(tx, payment.patient)?;
    let payment = Payment { patient, ..payment.clone() };
    let (terminal, reference) = match &payment.means {
        Means::Card { terminal } => (Some(terminal), None),
        Means::Code { reference, .. } => (None, Some(reference)),
        Means::Desk { .. } => (None, None),
    };
    tx.prepare_cached(
        "INSERT OR IGNORE INTO payment (id, patient, kiosk, terminal, reference, begun_at, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        payment.id.0.to_string(),
        patient.to_string(),
        &payment.kiosk,
        terminal,
        reference,
        at.timestamp_millis(),
        serde_json::to_string(&payment)?,
    ))?;
    judge(tx, payment.id.0)
}

pub(super) fn refund_begun(tx: &Transaction<'_>, at: DateTime<Utc>, refund: &Refund) -> Result<()> {
    let terminal = match &refund.way {
        RefundWay::Reversal { terminal, .. } | RefundWay::Credit { terminal } => Some(terminal),
        RefundWay::Desk { .. } => None,
    };
    tx.prepare_cached(
        "INSERT OR IGNORE INTO refund (id, payment, terminal, begun_at, body) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((
        refund.id.0.to_string(),
        refund.payment.0.to_string(),
        terminal,
        at.timestamp_millis(),
        serde_json::to_string(refund)?,
    ))?;
    judge(tx, refund.id.0)
}

/// A word about a payment or a refund, which may not have come here yet.
pub(super) fn ended(tx: &Transaction<'_>, fact: &Fact, of: Uuid, end: &PaymentEnd) -> Result<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO payment_end (id, of_id, at, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute((
            fact.id.to_string(),
            of.to_string(),
            fact.at.timestamp_millis(),
            serde_json::to_string(end)?,
        ))?;
    judge(tx, of)
}

/// Writes down where a payment or refund stands by all that was said of it.
fn judge(tx: &Transaction<'_>, of: Uuid) -> Result<()> {
    let ends = ends_of(tx, of)?;
    let word = standing(&ends).map(|end| end.outcome.word());
    for table in ["payment", "refund"] {
        tx.prepare_cached(&format!("UPDATE {table} SET outcome = ?2 WHERE id = ?1"))?
            .execute((of.to_string(), word))?;
    }
    Ok(())
}

pub(super) fn paper(tx: &Transaction<'_>, payment: PaymentId, state: PaperState) -> Result<()> {
    tx.prepare_cached("UPDATE payment SET paper = ?2 WHERE id = ?1")?
        .execute((payment.0.to_string(), state.word()))?;
    Ok(())
}

pub(super) fn ends_of(connection: &Connection, of: Uuid) -> Result<Vec<PaymentEnd>> {
    bodies(connection, "SELECT body FROM payment_end WHERE of_id = ?1 ORDER BY at, id", [of.to_string()])
}

pub(super) fn bodies<T: DeserializeOwned>(
    connection: &Connection,
    sql: &str,
    with: impl Params,
) -> Result<Vec<T>> {
    let mut query = connection.prepare_cached(sql)?;
    let rows = query.query_map(with, |row| row.get::<_, String>(0))?;
    rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
}

pub(super) fn rows(connection: &Connection, which: &str, with: impl Params) -> Result<Vec<PaymentRow>> {
    let sql = format!("SELECT body, begun_at FROM payment WHERE {which} ORDER BY begun_at, id");
    let mut query = connection.prepare_cached(&sql)?;
    let found = query.query_map(with, |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    let found: Vec<_> = found.collect::<rusqlite::Result<_>>()?;
    found
        .into_iter()
        .map(|(body, begun_at)| {
            let payment: Payment = serde_json::from_str(&body)?;
            let refunds: Vec<Refund> = bodies(
                connection,
                "SELECT body FROM refund WHERE payment = ?1 ORDER BY begun_at, id",
                [payment.id.0.to_string()],
            )?;
            let refunds = refunds.into_iter().map(|refund| {
                let ends = ends_of(connection, refund.id.0)?;
                Ok((refund, standing(&ends).map(|end| end.outcome)))
            });
            Ok(PaymentRow {
                ends: ends_of(connection, payment.id.0)?,
                refunds: refunds.collect::<Result<_>>()?,
                begun_at: time(begun_at)?,
                payment,
            })
        })
        .collect()
}

pub(super) fn charges_of(connection: &Connection, patient: PatientId) -> Result<Vec<Charge>> {
    let sql =
        "SELECT body FROM charge WHERE patient = ?1 AND state = 'stands' ORDER BY body ->> 'day', rowid";
    bodies(connection, sql, [patient.to_string()])
}

pub(super) fn account_of(connection: &Connection, patient: PatientId) -> Result<Account> {
    let payments = rows(connection, "patient = ?1", [patient.to_string()])?;
    Ok(account(&charges_of(connection, patient)?, &payments))
}

/// Why a payment may not begin, judged in the transaction that would begin it.
pub(super) fn stop(tx: &Transaction<'_>, payment: &Payment) -> Result<Option<PaymentStop>> {
    let account = account_of(tx, payment.patient)?;
    if !account.in_doubt.is_empty() {
        return Ok(Some(PaymentStop::InDoubt));
    }
    let due = |item: &PaymentItem| {
        let due = account.dues.iter().find(|due| due.charge.id == item.charge);
        due.is_some_and(|due| {
            item.minor > 0 && item.minor <= due.open.minor && due.open.currency == payment.amount.currency
        })
    };
    let charges: BTreeSet<_> = payment.items.iter().map(|item| item.charge).collect();
    let sum = payment.items.iter().try_fold(0i64, |sum, item| sum.checked_add(item.minor));
    let sound = !payment.items.is_empty()
        && charges.len() == payment.items.len()
        && sum == Some(payment.amount.minor)
        && payment.items.iter().all(due);
    Ok((!sound).then_some(PaymentStop::NotDue))
}

impl Store {
    /// How a patient stands.
    pub fn account(&self, patient: PatientId) -> Result<Account> {
        account_of(&self.connection, patient)
    }

    /// What a patient owes or owed, without what was withdrawn or superseded.
    pub fn charges(&self, patient: PatientId) -> Result<Vec<Charge>> {
        charges_of(&self.connection, patient)
    }

    /// A charge, whatever became of it.
    pub fn charge(&self, charge: ChargeId) -> Result<Option<Charge>> {
        Ok(bodies(&self.connection, "SELECT body FROM charge WHERE id = ?1", [charge.0.to_string()])?.pop())
    }

    /// The payments of a patient, in order of time.
    pub fn payments_of(&self, patient: PatientId) -> Result<Vec<PaymentRow>> {
        rows(&self.connection, "patient = ?1", [patient.to_string()])
    }

    /// A payment.
    pub fn payment(&self, payment: PaymentId) -> Result<Option<PaymentRow>> {
        Ok(rows(&self.connection, "id = ?1", [payment.0.to_string()])?.pop())
    }

    /// The payment that a provider calls by a reference.
    pub fn payment_referred_to(&self, reference: &str) -> Result<Option<PaymentRow>> {
        Ok(rows(&self.connection, "reference = ?1", [reference])?.pop())
    }

    /// The payments that began since a time, in order.
    pub fn payments_since(&self, since: DateTime<Utc>) -> Result<Vec<PaymentRow>> {
        rows(&self.connection, "begun_at >= ?1", [since.timestamp_millis()])
    }

    /// The payments that are under way or in doubt, in order.
    pub fn unsettled_payments(&self) -> Result<Vec<PaymentRow>> {
        rows(&self.connection, "outcome IS NULL OR outcome = 'not-known'", [])
    }

    /// A payment as the ledger shows it.
    pub fn ledger_row(&self, row: PaymentRow) -> Result<LedgerRow> {
        let mut charges = Vec::new();
        for item in &row.payment.items {
            charges.extend(self.charge(item.charge)?);
        }
        let paper: Option<String> = self
            .connection
            .prepare_cached("SELECT paper FROM payment WHERE id = ?1")?
            .query_row([row.payment.id.0.to_string()], |row| row.get(0))
            .optional()?
            .flatten();
        let paper = paper.map(|word| PaperState::from_word(&word));
        let patient = self.patient(row.payment.patient)?;
        Ok(LedgerRow { row, charges, patient, paper })
    }

    /// The charges of a patient that were paid more than once.
    pub fn paid_twice(&self, patient: PatientId) -> Result<Vec<PaidTwice>> {
        let sql = "SELECT body FROM charge WHERE patient = ?1 AND state <> 'superseded'";
        let charges: Vec<Charge> = bodies(&self.connection, sql, [patient.to_string()])?;
        let standing: BTreeSet<_> = self.charges(patient)?.iter().map(|charge| charge.id).collect();
        let withdrawn =
            charges.iter().map(|charge| charge.id).filter(|charge| !standing.contains(charge)).collect();
        Ok(paid_twice(&charges, &withdrawn, &self.payments_of(patient)?))
    }

    /// Begins a payment, before anything can be charged: with a card also what the terminal is about to do. Judged in
    /// the same transaction is whether what it is for is still due.
    pub fn begin_payment(
        &mut self,
        payment: &Payment,
        intent: Option<NewIntent>,
        now: DateTime<Utc>,
    ) -> Result<Result<(), PaymentStop>> {
        let origin = self.origin.clone();
        self.write(|tx| {
            if let Some(stop) = stop(tx, payment)? {
                return Ok(Err(stop));
            }
            if let Some(intent) = &intent
                && !terminal::begin(tx, intent, now)?
            {
                return Ok(Err(PaymentStop::TerminalTaken));
            }
            append_own(tx, &origin, FactKind::PaymentBegun { payment: payment.clone() }, now)?;
            Ok(Ok(()))
        })
    }

    /// Keeps what became of a payment. A doubt is a request for staff in the same transaction, and is settled with the
    /// doubt; `print` queues the receipt.
    pub fn end_payment(
        &mut self,
        clinic: &Clinic,
        payment: PaymentId,
        end: PaymentEnd,
        print: bool,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let origin = self.origin.clone();
        self.write(|tx| {
            let before = standing(&ends_of(tx, payment.0)?).map(|end| end.outcome);
            append_own(tx, &origin, FactKind::PaymentEnded { payment, end }, now)?;
            settle_requests(tx, &origin, clinic, payment, now)?;
            let stands = standing(&ends_of(tx, payment.0)?).map(|end| end.outcome);
            if print && stands != before && stands != Some(Outcome::NotCharged) {
                let language = payment_language(tx, payment)?;
                print_jobs::queue_in(tx, Paper::Receipt(payment), &language, now)?;
            }
            Ok(())
        })
    }

    /// Keeps what became of a refund. A doubt is a request for staff in the same transaction.
    pub fn end_refund(
        &mut self,
        clinic: &Clinic,
        refund: &Refund,
        end: PaymentEnd,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let origin = self.origin.clone();
        self.write(|tx| {
            append_own(tx, &origin, FactKind::RefundEnded { refund: refund.id, end }, now)?;
            settle_requests(tx, &origin, clinic, refund.payment, now)
        })
    }

    /// Payments at this kiosk that nobody can say anything about any more: they were under way when it stopped, and
    /// its terminal was not asked to charge them, or the store that knew is gone.
    pub fn abandoned_payments(&self) -> Result<Vec<PaymentId>> {
        let mut query = self.connection.prepare_cached(
            "SELECT id FROM payment WHERE kiosk = ?1 AND outcome IS NULL
             AND NOT EXISTS (SELECT 1 FROM terminal_intent WHERE terminal_intent.id = payment.id AND open = 1)",
        )?;
        let found = query.query_map([&self.origin], |row| row.get::<_, String>(0))?;
        found.map(|id| Ok(PaymentId(parsed_id(&id?)?))).collect()
    }
}

fn payment_language(connection: &Connection, payment: PaymentId) -> Result<String> {
    let language: Option<String> = connection
        .prepare_cached("SELECT body ->> 'language' FROM payment WHERE id = ?1")?
        .query_row([payment.0.to_string()], |row| row.get(0))
        .optional()?;
    Ok(language.unwrap_or_default())
}

/// A payment in doubt, or a refund of it, has a request; one that is settled has none that is open.
pub(super) fn settle_requests(
    tx: &Transaction<'_>,
    origin: &str,
    clinic: &Clinic,
    payment: PaymentId,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(row) = rows(tx, "id = ?1", [payment.0.to_string()])?.pop() else { return Ok(()) };
    let refund_in_doubt = row.refunds.iter().any(|(_, outcome)| *outcome == Some(Outcome::NotKnown));
    let in_doubt = row.outcome() == Some(Outcome::NotKnown) || refund_in_doubt;
    let open: Vec<String> = tx
        .prepare_cached(
            "SELECT id FROM request WHERE payment = ?1 AND body ->> 'reason' = ?2 AND state <> 'resolved'",
        )?
        .query_map((payment.0.to_string(), RequestReason::PaymentNotKnown.id()), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if in_doubt && open.is_empty() {
        let payment = &row.payment;
        let request = Request {
            patients: vec![payment.patient],
            ticket: payment.ticket,
            language: payment.language.clone(),
            payment: Some(payment.id),
            stopped_at: match refund_in_doubt {
                true => format!("refund: {}", payment.amount),
                false => format!("pay: {}", payment.amount),
            },
            ..Request::noticed(
                RequestId(Uuid::now_v7()),
                RequestReason::PaymentNotKnown,
                clinic,
                &payment.kiosk,
                now,
            )
        };
        append_own(tx, origin, FactKind::RequestRaised { request }, now)?;
    } else if !in_doubt && row.outcome().is_some() {
        let ends = match row.refunds.last() {
            Some((refund, Some(_))) => ends_of(tx, refund.id.0)?,
            _ => row.ends.clone(),
        };
        let Some(end) = standing(&ends) else { return Ok(()) };
        let (by, note) = resolution(end);
        for request in open {
            let request = RequestId(parsed_id(&request)?);
            let kind = FactKind::RequestResolved { request, by: by.clone(), note: note.clone() };
            append_own(tx, origin, kind, now)?;
        }
    }
    Ok(())
}

/// By whom and with which words a doubt is settled.
fn resolution(end: &PaymentEnd) -> (String, String) {
    let by = match &end.witness {
        Witness::Staff { by } => by.clone(),
        Witness::Provider => "the payment provider".to_string(),
        Witness::Terminal | Witness::Kiosk | Witness::Patient => "the terminal".to_string(),
    };
    let outcome = match end.outcome {
        Outcome::Charged => "charged",
        Outcome::NotCharged => "not charged",
        Outcome::NotKnown => "not known",
    };
    let receipt = end.transaction.as_ref().and_then(|transaction| transaction.receipt);
    let receipt = receipt.map_or(String::new(), |receipt| format!(", receipt {receipt:04}"));
    let note = if end.note.is_empty() { String::new() } else { format!(": {}", end.note) };
    (by, format!("{outcome}{receipt}{note}"))
}
