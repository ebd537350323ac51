//! The ends of a terminal's day, and what the ledger has at that terminal between two of them.

use super::outbox::parsed_id;
use super::payments::rows;
use super::{Result, Store, time};
use crate::front_desk::payment::{
    Booked, DayTotals, PaymentEnd, PaymentRow, Refund, RefundId, RefundWay, TerminalAnswer, standing,
};
use crate::front_desk::request::RequestReason;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A terminal's day that was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// By which staff asked for it.
    pub id: Uuid,
    /// Of which kiosk's terminal.
    pub kiosk: String,
    /// Who asked.
    pub by: String,
    /// When the terminal had done it, by the kiosk's clock.
    pub at: DateTime<Utc>,
    /// When it was closed before; none for the first.
    pub before: Option<DateTime<Utc>>,
    /// What the terminal counted.
    pub totals: DayTotals,
}

/// A transaction of the ledger at a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalEntry {
    /// Of which payment.
    pub payment: PaymentRow,
    /// Which of its refunds it is; none for the payment itself.
    pub refund: Option<RefundId>,
    /// When, by the kiosk's clock.
    pub at: DateTime<Utc>,
    /// What is compared with the terminal's count.
    pub booked: Booked,
}

impl Store {
    /// The days of a terminal that were closed, in order of time; of every terminal without a kiosk's name.
    pub fn closings(&self, kiosk: Option<&str>) -> Result<Vec<Closing>> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, kiosk, by_whom, answered_at, answer FROM terminal_order
             WHERE answer ->> 'answer' = 'day-closed' AND kiosk = coalesce(?1, kiosk)
             ORDER BY kiosk, answered_at, id",
        )?;
        type Raw = (String, String, String, i64, String);
        let found = query.query_map([kiosk], |row| -> rusqlite::Result<Raw> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        let mut closings: Vec<Closing> = Vec::new();
        for row in found {
            let (id, kiosk, by, at, answer) = row?;
            let TerminalAnswer::DayClosed { totals } = serde_json::from_str(&answer)? else { continue };
            let before = closings.last().filter(|last| last.kiosk == kiosk).map(|last| last.at);
            closings.push(Closing { id: parsed_id(&id)?, kiosk, by, at: time(at)?, before, totals });
        }
        closings.sort_by_key(|closing| closing.at);
        Ok(closings)
    }

    /// What the ledger has at a terminal after one time and until another: the payments that were charged there, and
    /// what it took back or credited.
    pub fn terminal_entries(
        &self,
        kiosk: &str,
        after: Option<DateTime<Utc>>,
        until: DateTime<Utc>,
    ) -> Result<Vec<TerminalEntry>> {
        let after = after.map_or(i64::MIN, |at| at.timestamp_millis());
        let limits = (kiosk, after, until.timestamp_millis());
        let which = "terminal = ?1 AND outcome = 'charged' AND begun_at > ?2 AND begun_at <= ?3";
        let mut entries: Vec<TerminalEntry> = rows(&self.connection, which, limits)?
            .into_iter()
            .map(|payment| TerminalEntry {
                booked: Booked {
                    receipt: receipt(&payment.ends),
                    amount: payment.payment.amount.minor,
                    reverses: false,
                },
                at: payment.begun_at,
                refund: None,
                payment,
            })
            .collect();
        // A refund is asked for at the desk; at the terminal it is when something was first said of it.
        let mut query = self.connection.prepare_cached(
            "SELECT refund.body, min(payment_end.at) AS done_at FROM refund
             JOIN payment_end ON payment_end.of_id = refund.id
             WHERE refund.terminal = ?1 AND refund.outcome = 'charged'
             GROUP BY refund.id HAVING done_at > ?2 AND done_at <= ?3 ORDER BY done_at, refund.id",
        )?;
        let found = query.query_map(limits, |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        for row in found {
            let (body, at) = row?;
            let refund: Refund = serde_json::from_str(&body)?;
            let Some(payment) = self.payment(refund.payment)? else { continue };
            let words: Vec<PaymentEnd> =
                self.words_about(refund.id.0)?.into_iter().map(|(_, end)| end).collect();
            entries.push(TerminalEntry {
                payment,
                refund: Some(refund.id),
                at: time(at)?,
                booked: Booked {
                    receipt: receipt(&words),
                    amount: -refund.amount.minor,
                    reverses: matches!(refund.way, RefundWay::Reversal { .. }),
                },
            });
        }
        entries.sort_by_key(|entry| entry.at);
        Ok(entries)
    }

    /// The payments that began at a terminal after one time and until another, and count as not charged.
    pub fn not_charged_at(
        &self,
        kiosk: &str,
        after: Option<DateTime<Utc>>,
        until: DateTime<Utc>,
    ) -> Result<Vec<PaymentRow>> {
        let after = after.map_or(i64::MIN, |at| at.timestamp_millis());
        let which = "terminal = ?1 AND outcome = 'not-charged' AND begun_at > ?2 AND begun_at <= ?3";
        rows(&self.connection, which, (kiosk, after, until.timestamp_millis()))
    }

    /// The kiosks at whose terminals something was to be charged since a time.
    pub fn terminals_since(&self, since: DateTime<Utc>) -> Result<Vec<String>> {
        let mut query = self.connection.prepare_cached(
            "SELECT DISTINCT terminal FROM payment WHERE begun_at >= ?1 AND terminal IS NOT NULL ORDER BY terminal",
        )?;
        let found = query.query_map([since.timestamp_millis()], |row| row.get(0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// The days of terminals of whose closing something was heard after a position of the facts; without one, all
    /// since a time.
    pub fn closings_heard_of(&self, after: Option<u64>, since: DateTime<Utc>) -> Result<Vec<Closing>> {
        let mut closings = self.closings(None)?;
        let Some(position) = after else {
            closings.retain(|closing| closing.at >= since);
            return Ok(closings);
        };
        let mut query = self.connection.prepare_cached(
            "SELECT body ->> 'id' FROM fact WHERE position > ?1
             AND body ->> 'kind' IN ('terminal-answered', 'terminal-counted')",
        )?;
        let heard = query.query_map([position], |row| row.get::<_, String>(0))?;
        let heard: BTreeSet<String> = heard.collect::<rusqlite::Result<_>>()?;
        closings.retain(|closing| heard.contains(&closing.id.to_string()));
        Ok(closings)
    }

    /// Whether a request tells of something that is named by a key.
    pub fn is_told(&self, reason: RequestReason, key: &str) -> Result<bool> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM request WHERE body ->> 'reason' = ?1 AND body ->> 'stopped_at' = ?2)",
            )?
            .query_row((reason.id(), key), |row| row.get(0))?)
    }
}

/// The receipt number by which the terminal counts a transaction: that of the word that stands, or of any that says
/// the same.
pub(super) fn receipt(ends: &[PaymentEnd]) -> Option<u16> {
    let standing = standing(ends)?;
    let of = |end: &PaymentEnd| end.transaction.as_ref().and_then(|transaction| transaction.receipt);
    let same = |end: &&PaymentEnd| end.outcome == standing.outcome;
    of(standing).or_else(|| ends.iter().filter(same).find_map(of))
}
