//! What staff do with money at the desk, each in one transaction, and what the desk looks up to settle it.

use super::closings::receipt;
use super::outbox::parsed_id;
use super::payments::{rows, settle_requests, stop};
use super::{PaymentStop, Result, Store, append_own, time};
use crate::clinic::Clinic;
use crate::front_desk::patient::PatientId;
use crate::front_desk::payment::{
    ChargeId, Means, Outcome, PaidTwice, Payment, PaymentEnd, PaymentId, PaymentRow, Refund, RefundId,
    RefundWay, contradiction,
};
use crate::front_desk::request::{OwnWords, Request, RequestId, RequestReason};
use crate::link::fact::FactKind;
use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Why money cannot go back. Nothing is kept of the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefundStop {
    /// There is no such payment.
    #[error("There is no such payment.")]
    NoPayment,
    /// It was not charged, or all of it went back or is on its way back.
    #[error(
        "So much cannot go back: the payment was not charged, or this part went back or is on its way back already. \
         Look at it again."
    )]
    NotRefundable,
    /// A reversal takes the whole transaction back.
    #[error(
        "The terminal can only take the whole payment back, and only where it charged it itself: credit the card instead."
    )]
    NotWhole,
    /// The terminal's day was closed since.
    #[error("The terminal's day was closed since: it can no longer take this back. Credit the card instead.")]
    DayClosed,
    /// The terminal must settle another one first.
    #[error("A payment or refund at this terminal is not settled yet: wait for its end, or settle it first.")]
    TerminalTaken,
    /// What is owed no longer must go back whole.
    #[error("Only what goes back whole can be owed no longer: give that item back whole, or leave it owed.")]
    NotWholeItem,
}

/// What was said of a payment or refund, and when.
pub type Word = (DateTime<Utc>, PaymentEnd);

impl Store {
    /// Staff took money: the payment and its end are one transaction, judged by what is due then.
    pub fn take_at_desk(
        &mut self,
        payment: &Payment,
        end: PaymentEnd,
        now: DateTime<Utc>,
    ) -> Result<Result<(), PaymentStop>> {
        let origin = self.origin.clone();
        self.write(|tx| {
            if let Some(stop) = stop(tx, payment)? {
                return Ok(Err(stop));
            }
            append_own(tx, &origin, FactKind::PaymentBegun { payment: payment.clone() }, now)?;
            append_own(tx, &origin, FactKind::PaymentEnded { payment: payment.id, end }, now)?;
            Ok(Ok(()))
        })
    }

    /// Staff give money back: with an `end` at once, otherwise a kiosk's terminal does it. `withdraw` are the charges
    /// that are owed no longer. Judged in the same transaction is whether so much may go back.
    pub fn begin_refund(
        &mut self,
        refund: &Refund,
        end: Option<PaymentEnd>,
        withdraw: &[ChargeId],
        now: DateTime<Utc>,
    ) -> Result<Result<(), RefundStop>> {
        let origin = self.origin.clone();
        self.write(|tx| {
            let Some(row) = rows(tx, "id = ?1", [refund.payment.0.to_string()])?.pop() else {
                return Ok(Err(RefundStop::NoPayment));
            };
            if let Some(stop) = refund_stop(tx, &row, refund, withdraw)? {
                return Ok(Err(stop));
            }
            append_own(tx, &origin, FactKind::RefundBegun { refund: refund.clone() }, now)?;
            if let Some(end) = end {
                append_own(tx, &origin, FactKind::RefundEnded { refund: refund.id, end }, now)?;
            }
            for charge in withdraw {
                let why = OwnWords(refund.why.clone());
                let kind = FactKind::ChargeWithdrawn { charge: *charge, by: refund.by.clone(), why };
                append_own(tx, &origin, kind, now)?;
            }
            Ok(Ok(()))
        })
    }

    /// Keeps that a provider saw other money than was asked for, with a request for staff: also where somebody has said
    /// already what became of the payment, and that stands.
    pub fn doubt_of_provider(
        &mut self,
        clinic: &Clinic,
        payment: &Payment,
        end: PaymentEnd,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let origin = self.origin.clone();
        self.write(|tx| {
            append_own(tx, &origin, FactKind::PaymentEnded { payment: payment.id, end }, now)?;
            settle_requests(tx, &origin, clinic, payment.id, now)?;
            let row = rows(tx, "id = ?1", [payment.id.0.to_string()])?.pop();
            let reason = RequestReason::PaymentDiffers;
            let told: bool = tx
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM request WHERE payment = ?1 AND body ->> 'reason' = ?2
                     AND state <> 'resolved')",
                )?
                .query_row((payment.id.0.to_string(), reason.id()), |row| row.get(0))?;
            if !told && row.and_then(|row| row.outcome()) != Some(Outcome::NotKnown) {
                let request = Request {
                    stopped_at: format!("pay: {}", payment.amount),
                    patients: vec![payment.patient],
                    ticket: payment.ticket,
                    language: payment.language.clone(),
                    payment: Some(payment.id),
                    ..Request::noticed(RequestId(Uuid::now_v7()), reason, clinic, &payment.kiosk, now)
                };
                append_own(tx, &origin, FactKind::RequestRaised { request }, now)?;
            }
            Ok(())
        })
    }

    /// Money came a second time for what was paid by a code already. It is a payment of its own, so that it can be
    /// given back, and stands in the sums. `id` is the provider's.
    pub fn paid_once_more(
        &mut self,
        first: &Payment,
        id: &str,
        end: PaymentEnd,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let origin = self.origin.clone();
        let means = match &first.means {
            Means::Code { scheme, reference } => {
                Means::Code { scheme: scheme.clone(), reference: format!("{reference}/{id}") }
            }
            other => other.clone(),
        };
        let payment =
            Payment { id: PaymentId(Uuid::new_v5(&first.id.0, id.as_bytes())), means, ..first.clone() };
        self.write(|tx| {
            if !rows(tx, "id = ?1", [payment.id.0.to_string()])?.is_empty() {
                return Ok(());
            }
            append_own(tx, &origin, FactKind::PaymentBegun { payment: payment.clone() }, now)?;
            append_own(tx, &origin, FactKind::PaymentEnded { payment: payment.id, end }, now)?;
            Ok(())
        })
    }

    /// What was said of a payment or a refund, in order of time.
    pub fn words_about(&self, of: Uuid) -> Result<Vec<Word>> {
        let mut query = self
            .connection
            .prepare_cached("SELECT at, body FROM payment_end WHERE of_id = ?1 ORDER BY at, id")?;
        let found =
            query.query_map([of.to_string()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        found
            .map(|row| {
                let (at, body) = row?;
                Ok((time(at)?, serde_json::from_str(&body)?))
            })
            .collect()
    }

    /// The refund with an id, and when it began.
    pub fn refund(&self, refund: RefundId) -> Result<Option<(DateTime<Utc>, Refund)>> {
        let found: Option<(i64, String)> = self
            .connection
            .prepare_cached("SELECT begun_at, body FROM refund WHERE id = ?1")?
            .query_row([refund.0.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.map(|(at, body)| Ok((time(at)?, serde_json::from_str(&body)?))).transpose()
    }

    /// The payments that began in a time (the end is not in it), in order.
    pub fn payments_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<PaymentRow>> {
        rows(
            &self.connection,
            "begun_at >= ?1 AND begun_at < ?2",
            [from.timestamp_millis(), to.timestamp_millis()],
        )
    }

    /// The refunds that began in a time (the end is not in it), in order, each with its payment.
    pub fn refunds_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<(DateTime<Utc>, Refund, PaymentRow)>> {
        let mut query = self.connection.prepare_cached(
            "SELECT begun_at, body FROM refund WHERE begun_at >= ?1 AND begun_at < ?2 ORDER BY begun_at, id",
        )?;
        let found = query.query_map([from.timestamp_millis(), to.timestamp_millis()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut refunds = Vec::new();
        for row in found {
            let (at, body) = row?;
            let refund: Refund = serde_json::from_str(&body)?;
            if let Some(row) = self.payment(refund.payment)? {
                refunds.push((time(at)?, refund, row));
            }
        }
        Ok(refunds)
    }

    /// The payments that are under way or in doubt, and those of which a refund is, in order.
    pub fn money_in_doubt(&self) -> Result<Vec<PaymentRow>> {
        rows(
            &self.connection,
            "outcome IS NULL OR outcome = 'not-known' OR id IN
             (SELECT payment FROM refund WHERE outcome IS NULL OR outcome = 'not-known')",
            [],
        )
    }

    /// Whether a terminal has something that is not settled.
    pub fn terminal_is_in_doubt(&self, kiosk: &str) -> Result<bool> {
        in_doubt_at(&self.connection, kiosk)
    }

    /// Two that both should know and differ about a payment, of which nobody was told yet; and what was paid twice.
    /// Looked at are the patients of whose money something was heard after a position of the facts; without one, those
    /// of whose payments somebody spoke since a time.
    pub fn payments_to_look_into(
        &self,
        after: Option<u64>,
        since: DateTime<Utc>,
    ) -> Result<Vec<(RequestReason, PaymentRow)>> {
        let told = |payment: PaymentId, reason: RequestReason| -> Result<bool> {
            Ok(self
                .connection
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM request WHERE payment = ?1 AND body ->> 'reason' = ?2)",
                )?
                .query_row((payment.0.to_string(), reason.id()), |row| row.get(0))?)
        };
        let mut found = Vec::new();
        for patient in self.heard_of(after, since)? {
            let payments = self.payments_of(patient)?;
            let twice = self.paid_twice(patient)?;
            for row in payments {
                let id = row.payment.id;
                if self.differs(&row)? && !told(id, RequestReason::PaymentDiffers)? {
                    found.push((RequestReason::PaymentDiffers, row));
                    continue;
                }
                // Of the payments for one charge, the last is the one too many; while money is on its way back, what
                // comes of that decides.
                let too_many = |twice: &PaidTwice| twice.payments.last() == Some(&id);
                let waits =
                    row.refunds.iter().any(|(_, outcome)| matches!(outcome, None | Some(Outcome::NotKnown)));
                if !waits && twice.iter().any(too_many) && !told(id, RequestReason::PaidTwice)? {
                    found.push((RequestReason::PaidTwice, row));
                }
            }
        }
        Ok(found)
    }

    /// Whether two that should know say different things of a payment or of a refund of it, or more went back than was
    /// charged.
    fn differs(&self, row: &PaymentRow) -> Result<bool> {
        if contradiction(&row.ends).is_some() || row.refunded() > row.payment.amount.minor {
            return Ok(true);
        }
        for (refund, _) in &row.refunds {
            let ends: Vec<PaymentEnd> =
                self.words_about(refund.id.0)?.into_iter().map(|(_, end)| end).collect();
            if contradiction(&ends).is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn heard_of(&self, after: Option<u64>, since: DateTime<Utc>) -> Result<BTreeSet<PatientId>> {
        let sql = match after {
            None => {
                "WITH heard AS (SELECT of_id FROM payment_end WHERE at >= ?1)
                 SELECT patient FROM payment WHERE id IN (SELECT of_id FROM heard)
                 UNION SELECT payment.patient FROM payment JOIN refund ON refund.payment = payment.id
                   WHERE refund.id IN (SELECT of_id FROM heard)"
            }
            Some(_) => {
                "WITH heard AS (SELECT body FROM fact WHERE position > ?1 AND body ->> 'kind' IN
                   ('payment-begun', 'payment-ended', 'refund-begun', 'refund-ended', 'charge-recorded', 'charge-added',
                    'charge-withdrawn', 'patients-merged')),
                 named AS (SELECT body, coalesce(body ->> '$.payment.id', body ->> '$.refund.payment',
                   body ->> 'payment') AS payment FROM heard)
                 SELECT payment.patient FROM payment JOIN named ON payment.id = named.payment
                 UNION SELECT payment.patient FROM payment JOIN refund ON refund.payment = payment.id
                   JOIN heard ON heard.body ->> 'refund' = refund.id
                 UNION SELECT charge.patient FROM charge
                   JOIN heard ON coalesce(heard.body ->> '$.charge.id', heard.body ->> 'charge') = charge.id
                 UNION SELECT body ->> 'keep' FROM heard WHERE body ->> 'keep' IS NOT NULL"
            }
        };
        let from = match after {
            None => since.timestamp_millis(),
            Some(position) => i64::try_from(position).unwrap_or(i64::MAX),
        };
        let mut query = self.connection.prepare_cached(sql)?;
        let found = query.query_map([from], |row| row.get::<_, String>(0))?;
        found.map(|id| Ok(PatientId(parsed_id(&id?)?))).collect()
    }

    /// What became of a charge: 'stands', 'withdrawn' or 'superseded'.
    pub fn charge_stands(&self, charge: ChargeId) -> Result<bool> {
        let state: Option<String> = self
            .connection
            .prepare_cached("SELECT state FROM charge WHERE id = ?1")?
            .query_row([charge.0.to_string()], |row| row.get(0))
            .optional()?;
        Ok(state.as_deref() == Some("stands"))
    }
}

fn in_doubt_at(connection: &rusqlite::Connection, kiosk: &str) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM payment WHERE terminal = ?1 AND (outcome IS NULL OR outcome = 'not-known'))
             OR EXISTS (SELECT 1 FROM refund WHERE terminal = ?1 AND (outcome IS NULL OR outcome = 'not-known'))",
        )?
        .query_row([kiosk], |row| row.get(0))?)
}

fn refund_stop(
    connection: &rusqlite::Connection,
    row: &PaymentRow,
    refund: &Refund,
    withdraw: &[ChargeId],
) -> Result<Option<RefundStop>> {
    let payment = &row.payment;
    let minor = refund.amount.minor;
    if minor <= 0 || minor > row.refundable() || refund.amount.currency != payment.amount.currency {
        return Ok(Some(RefundStop::NotRefundable));
    }
    let items: i64 =
        payment.items.iter().filter(|item| withdraw.contains(&item.charge)).map(|item| item.minor).sum();
    let known = withdraw.iter().all(|charge| payment.items.iter().any(|item| item.charge == *charge));
    if !known || items > minor {
        return Ok(Some(RefundStop::NotWholeItem));
    }
    let terminal = match &refund.way {
        RefundWay::Desk { .. } => return Ok(None),
        RefundWay::Reversal { terminal, receipt: wanted } => {
            let own = matches!(&payment.means, Means::Card { terminal: own } if own == terminal);
            if !own || minor != payment.amount.minor || receipt(&row.ends) != Some(*wanted) {
                return Ok(Some(RefundStop::NotWhole));
            }
            let closed: bool = connection
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM terminal_order WHERE kiosk = ?1 AND answered_at >= ?2
                     AND answer ->> 'answer' = 'day-closed')",
                )?
                .query_row((terminal, row.begun_at.timestamp_millis()), |row| row.get(0))?;
            if closed {
                return Ok(Some(RefundStop::DayClosed));
            }
            terminal
        }
        RefundWay::Credit { terminal } => terminal,
    };
    Ok(in_doubt_at(connection, terminal)?.then_some(RefundStop::TerminalTaken))
}
