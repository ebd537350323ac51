//! A doubt: asking the terminal once more, and a person's word about what they saw.

use super::shown::{UNDER_WAY, may_settle};
use crate::desk::action::{Done, LONGEST_NOTE, conflict, decide, known_kiosk, parsed, text, wrong};
use crate::desk::language::sentence;
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::payment::{
    Means, Outcome, PaymentEnd, PaymentId, RefundId, RefundWay, TerminalOrder, Transaction, Witness, standing,
};
use crate::front_desk::request::{Request, RequestReason};
use crate::front_desk::role::Permission;
use crate::link::fact::FactKind;
use crate::store::{Result as StoreResult, Store};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// How long an unanswered question to a terminal is taken for the same question when it is asked again.
const PATIENCE: TimeDelta = TimeDelta::seconds(30);

#[derive(Deserialize)]
struct Settling {
    /// Whether the money moved.
    charged: bool,
    /// The terminal's receipt number, as it is written.
    #[serde(default)]
    receipt: String,
    /// What they looked at, and what it showed.
    #[serde(default)]
    note: String,
}

/// What a person saw, in the form of a word about a payment.
struct Seen {
    by: String,
    charged: bool,
    receipt: Option<u16>,
    note: String,
}

impl Seen {
    fn read(by: &Signed, body: &[u8]) -> Result<Self, Refusal> {
        let Settling { charged, receipt, note } = parsed(body)?;
        let by = by.name.clone();
        let note = if note.trim().is_empty() { String::new() } else { text(&note, LONGEST_NOTE, "")?.0 };
        Ok(Self { by, charged, receipt: receipt_number(&receipt)?, note })
    }

    /// The word, once it is known whether a terminal has the money.
    fn word(self, at_terminal: bool) -> Result<PaymentEnd, Refusal> {
        let Self { by, charged, receipt, note } = self;
        match (charged, at_terminal) {
            (true, true) if receipt.is_none() => {
                return Err(wrong(
                    "Write the terminal's receipt number: it stands on its receipt and in its journal.",
                ));
            }
            (true, false) if note.is_empty() => {
                return Err(wrong(
                    "Write what the account shows: amount, time, and the reference if there is one.",
                ));
            }
            (false, _) if note.is_empty() => {
                return Err(wrong(
                    "Write what you looked at, such as the terminal's journal or the account.",
                ));
            }
            _ => {}
        }
        let outcome = if charged { Outcome::Charged } else { Outcome::NotCharged };
        let mut end = PaymentEnd::new(outcome, Witness::Staff { by }, note);
        end.transaction = receipt
            .filter(|_| charged && at_terminal)
            .map(|receipt| Transaction { receipt: Some(receipt), ..Transaction::default() });
        Ok(end)
    }
}

/// A receipt number of a terminal: 1 to 9999; none where nothing is written.
fn receipt_number(written: &str) -> Result<Option<u16>, Refusal> {
    let written = written.trim();
    if written.is_empty() {
        return Ok(None);
    }
    let figures = written.len() <= 4 && written.bytes().all(|byte| byte.is_ascii_digit());
    match written.parse() {
        Ok(number @ 1..=9999) if figures => Ok(Some(number)),
        _ => Err(wrong("The terminal's receipt number has up to four figures: 0001 to 9999.")),
    }
}

/// `POST /api/payments/{id}/settle`: somebody looked, and says whether a payment was charged.
pub async fn payment(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Payments)?;
    let seen = Seen::read(&who, &body)?;
    let clinic = desk.clinic.now();
    decide(&desk, &who, move |store| {
        let Some(row) = store.payment(PaymentId(id))? else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such payment.".into())));
        };
        let now = Utc::now();
        if let Err(why) = may_settle(row.outcome(), standing(&row.ends), row.begun_at, now) {
            return Ok(Err(conflict(why)));
        }
        match seen.word(matches!(row.payment.means, Means::Card { .. })) {
            Ok(end) => store.end_payment(&clinic, row.payment.id, end, false, now).map(Ok),
            Err(refusal) => Ok(Err(refusal)),
        }
    })
    .await
}

/// `POST /api/refunds/{id}/settle`: the same about money that was to go back.
pub async fn refund(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Payments)?;
    let seen = Seen::read(&who, &body)?;
    let clinic = desk.clinic.now();
    decide(&desk, &who, move |store| {
        let Some((begun_at, refund)) = store.refund(RefundId(id))? else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such refund.".into())));
        };
        let ends: Vec<_> = store.words_about(id)?.into_iter().map(|(_, end)| end).collect();
        match standing(&ends) {
            None if Utc::now() - begun_at < UNDER_WAY => {
                return Ok(Err(conflict("It is still under way: the kiosk says what became of it. If it does not, wait for ten minutes from \
                     its beginning.")));
            }
            // A kiosk that hears of it only now leaves it alone: it is known what became of it.
            None => {}
            Some(end) if end.outcome != Outcome::NotKnown => {
                return Ok(Err(conflict(match end.outcome {
                    Outcome::Charged => {
                        sentence("This is settled already: it went back. Your word was not kept.")
                    }
                    _ => sentence("This is settled already: it did not go back. Your word was not kept."),
                })));
            }
            Some(_) => {}
        }
        match seen.word(!matches!(refund.way, RefundWay::Desk { .. })) {
            Ok(end) => store.end_refund(&clinic, &refund, end, Utc::now()).map(Ok),
            Err(refusal) => Ok(Err(refusal)),
        }
    })
    .await
}

/// `POST /api/terminals/{kiosk}/last-transaction`: the kiosk asks its terminal what it did last. What that settles, the
/// kiosk settles by itself.
pub async fn ask_last_transaction(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(kiosk): Path<String>,
) -> Done {
    who.may(Permission::Payments)?;
    let by = who.name.clone();
    known_kiosk(&desk.clinic.now(), &kiosk)?;
    decide(&desk, &who, move |store| {
        let now = Utc::now();
        if let Some((first, _)) = unanswered(store, &kiosk, &TerminalOrder::LastTransaction, now - PATIENCE)?
        {
            return Ok(Err(conflict(
                sentence("{first} has asked the terminal just now: its answer appears here.")
                    .with("first", first),
            )));
        }
        let order = TerminalOrder::LastTransaction;
        store.commit(vec![FactKind::TerminalAsked { id: Uuid::now_v7(), kiosk, by, order }], now)?;
        Ok(Ok(()))
    })
    .await
}

/// Who asked a terminal the same since a time and has no answer yet, and when.
pub fn unanswered(
    store: &Store,
    kiosk: &str,
    order: &TerminalOrder,
    since: DateTime<Utc>,
) -> StoreResult<Option<(String, DateTime<Utc>)>> {
    let orders = store.terminal_orders(since)?;
    let open = orders
        .into_iter()
        .find(|asked| asked.kiosk == kiosk && asked.order == *order && asked.answer.is_none());
    Ok(open.map(|asked| (asked.by, asked.asked_at)))
}

/// Why a request cannot be resolved by a note alone: its money is in doubt still.
pub fn must_be_settled_first(store: &Store, request: &Request) -> StoreResult<Option<Refusal>> {
    let (RequestReason::PaymentNotKnown, Some(payment)) = (request.reason, request.payment) else {
        return Ok(None);
    };
    let Some(row) = store.payment(payment)? else { return Ok(None) };
    let refund = row.refunds.iter().any(|(_, outcome)| *outcome == Some(Outcome::NotKnown));
    let in_doubt = refund || row.outcome() == Some(Outcome::NotKnown);
    Ok(in_doubt.then(|| {
        conflict("Say first whether it was charged: with that the request is done. A note alone would leave the money in doubt.")
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_number_is_written_as_the_terminal_prints_it() {
        for (written, number) in
            [("0042", Some(Some(42))), (" 7 ", Some(Some(7))), ("9999", Some(Some(9999))), ("", Some(None))]
        {
            assert_eq!(receipt_number(written).ok(), number, "{written}");
        }
        for written in ["0", "0000", "10000", "00042", "+42", "-1", "4 2", "x", "٤٢"] {
            assert!(receipt_number(written).is_err(), "{written}");
        }
    }
}
