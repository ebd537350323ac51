//! The end of a terminal's day: asking for it, and what the terminal counted beside what the ledger has.

use super::settle::unanswered;
use super::shown::items;
use super::words::{means_words, state};
use crate::clinic::Clinic;
use crate::desk::Desk;
use crate::desk::Refusal;
use crate::desk::action::{Done, conflict, decide, known_kiosk, name, parsed, wrong};
use crate::desk::board::words::{counted, when};
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::payment::{
    Booked, DayTotals, Difference, PaymentRow, TerminalAnswer, TerminalOrder, Witness, reconcile,
};
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::link::fact::{DESK, FactKind};
use crate::store::{Closing, Result as StoreResult, Store, TerminalEntry};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// A closing that arrives later than this is looked at by whoever opens it: facts of a kiosk come in order, so what it
/// closed came before.
const LOOKED_BACK: TimeDelta = TimeDelta::days(7);
/// How a request names a closing.
const KEY: &str = "end of day: ";

/// A closing beside the ledger.
#[derive(Serialize)]
pub struct ClosingShown {
    pub id: Uuid,
    pub kiosk: String,
    pub words: String,
    /// What the terminal counted.
    pub counted: String,
    /// By kind of card, where it says so.
    pub kinds: Vec<String>,
    /// What the ledger has.
    pub ledger: String,
    pub differences: Vec<DifferenceShown>,
    /// What the ledger has between this end of day and the one before.
    pub entries: Vec<EntryShown>,
    /// Where there are differences: what began at this terminal in that time and counts as not charged.
    pub not_charged: Vec<EntryShown>,
}

/// A difference with the transactions that it is about.
#[derive(Serialize)]
pub struct DifferenceShown {
    pub words: String,
    pub entries: Vec<EntryShown>,
}

/// A transaction of the ledger.
#[derive(Serialize, Clone)]
pub struct EntryShown {
    pub payment: Uuid,
    pub patient: Option<Uuid>,
    pub name: String,
    pub at: String,
    pub receipt: String,
    pub amount: String,
    pub what: String,
    pub state: &'static str,
}

#[derive(Deserialize)]
struct By {
    by: String,
}

#[derive(Deserialize)]
struct Counted {
    by: String,
    /// The sum on the terminal's slip, as it is written.
    amount: String,
    /// How many transactions, where the slip says so.
    #[serde(default)]
    count: Option<u32>,
    /// The first and the last receipt number, where the slip says so.
    #[serde(default)]
    first: Option<u16>,
    #[serde(default)]
    last: Option<u16>,
}

/// `POST /api/terminals/{kiosk}/end-of-day`: the terminal is to close its day.
pub async fn ask_end_of_day(State(desk): State<Arc<Desk>>, Path(kiosk): Path<String>, body: Bytes) -> Done {
    let by = name(parsed::<By>(&body)?.by)?;
    known_kiosk(&desk.clinic.now(), &kiosk)?;
    decide(&desk, move |store| {
        let order = TerminalOrder::EndOfDay;
        let now = Utc::now();
        if store.terminal_is_in_doubt(&kiosk)? {
            return Ok(Err(conflict(format!(
                "A payment or refund at the terminal of {kiosk} is under way or in doubt: settle it first, or the \
                 terminal's count would hide what became of it."
            ))));
        }
        if let Some((first, _)) = unanswered(store, &kiosk, &order, now - LOOKED_BACK)? {
            return Ok(Err(conflict(format!(
                "{first} has asked for it already, and kiosk {kiosk} has not answered yet."
            ))));
        }
        store.commit(vec![FactKind::TerminalAsked { id: Uuid::now_v7(), kiosk, by, order }], now)?;
        Ok(Ok(()))
    })
    .await
}

/// `POST /api/closings/{id}/counted`: a terminal closed its day and the kiosk could not say what it counted; staff read
/// it from the terminal's slip.
pub async fn counted_by_hand(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let Counted { by, amount, count, first, last } = parsed(&body)?;
    let by = name(by)?;
    let receipts = match (first, last) {
        (None, None) => None,
        (Some(first @ 1..=9999), Some(last @ 1..=9999)) => Some((first, last)),
        _ => return Err(wrong("Write both receipt numbers, the first and the last, or neither.")),
    };
    let clinic = desk.clinic.now();
    decide(&desk, move |store| {
        let orders = store.terminal_orders(Utc::now() - LOOKED_BACK)?;
        let asked = orders.into_iter().find(|asked| asked.id == id && asked.order == TerminalOrder::EndOfDay);
        let Some(asked) = asked else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such end of day.".into())));
        };
        match asked.answer {
            Some((_, TerminalAnswer::Refused { .. })) => {}
            Some(_) => return Ok(Err(conflict("The terminal's count is known already.".into()))),
            None => return Ok(Err(conflict("The kiosk has not answered yet.".into()))),
        }
        let Some(currency) = currency_at(store, &clinic, &asked.kiosk)? else {
            return Ok(Err(wrong("The clinic's routines name no currency: write one in payments.toml.")));
        };
        let amount = match Money::parse(amount.trim(), currency) {
            Ok(amount) => amount.minor,
            Err(error) => return Ok(Err(wrong(format!("{error}.")))),
        };
        let totals = DayTotals { amount, count, receipts, kinds: Vec::new() };
        store.commit(vec![FactKind::TerminalCounted { id, by, totals }], Utc::now())?;
        Ok(Ok(()))
    })
    .await
}

/// The currency of the routines, or of what the terminal charged last.
fn currency_at(store: &Store, clinic: &Clinic, kiosk: &str) -> StoreResult<Option<Currency>> {
    if let Some(payments) = &clinic.routines.payments {
        return Ok(Some(payments.currency));
    }
    let entries = store.terminal_entries(kiosk, None, Utc::now())?;
    Ok(entries.last().map(|entry| entry.payment.payment.amount.currency))
}

/// What is compared: the entries in the terminal's currency, and those in others.
struct Compared {
    currency: Option<Currency>,
    entries: Vec<TerminalEntry>,
    others: Vec<TerminalEntry>,
    differences: Vec<Difference>,
}

fn compare(store: &Store, clinic: &Clinic, closing: &Closing) -> StoreResult<Compared> {
    let all = store.terminal_entries(&closing.kiosk, closing.before, closing.at)?;
    let mut counts: BTreeMap<String, (usize, Currency)> = BTreeMap::new();
    for entry in &all {
        let currency = entry.payment.payment.amount.currency;
        counts.entry(currency.code().to_string()).or_insert((0, currency)).0 += 1;
    }
    // A terminal counts in one currency: the one of nearly all that it charged.
    let most = counts.into_values().max_by_key(|(count, _)| *count).map(|(_, currency)| currency);
    let currency = most.or(clinic.routines.payments.as_ref().map(|payments| payments.currency));
    let (entries, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|entry| Some(entry.payment.payment.amount.currency) == currency);
    let booked: Vec<Booked> = entries.iter().map(|entry| entry.booked.clone()).collect();
    let declined = declined(store, closing)?;
    let differences = reconcile(&closing.totals, &booked).into_iter();
    let differences = differences.filter_map(|difference| unexplained(difference, &declined));
    Ok(Compared { currency, differences: differences.collect(), entries, others })
}

/// The receipt numbers that the terminal gave to what it declined: they are missing among what was charged, rightly.
fn declined(store: &Store, closing: &Closing) -> StoreResult<BTreeSet<u16>> {
    let rows = store.not_charged_at(&closing.kiosk, closing.before, closing.at)?;
    let ends = rows.iter().flat_map(|row| &row.ends).filter(|end| end.witness == Witness::Terminal);
    Ok(ends.filter_map(|end| end.transaction.as_ref()?.receipt).collect())
}

fn unexplained(difference: Difference, declined: &BTreeSet<u16>) -> Option<Difference> {
    match difference {
        Difference::NotInLedger { mut receipts } => {
            receipts.retain(|receipt| !declined.contains(receipt));
            (!receipts.is_empty()).then_some(Difference::NotInLedger { receipts })
        }
        other => Some(other),
    }
}

/// A request for each closing that differs from the ledger and of which nobody was told yet. Looked at are those of which
/// something was heard after a position of the facts; without one, those of the last days.
pub fn differing(
    store: &Store,
    clinic: &Clinic,
    after: Option<u64>,
    now: DateTime<Utc>,
) -> StoreResult<Vec<Request>> {
    let mut requests = Vec::new();
    for closing in store.closings_heard_of(after, now - LOOKED_BACK)? {
        let key = format!("{KEY}{}", closing.id);
        if store.is_told(RequestReason::PaymentDiffers, &key)? {
            continue;
        }
        let compared = compare(store, clinic, &closing)?;
        if compared.differences.is_empty() && compared.others.is_empty() {
            continue;
        }
        let subject = format!("The terminal at {} counted something else than the ledger has", closing.kiosk);
        let id = RequestId(Uuid::now_v7());
        requests.push(Request {
            subject: Some(subject),
            stopped_at: key,
            ..Request::noticed(id, RequestReason::PaymentDiffers, clinic, DESK, now)
        });
    }
    Ok(requests)
}

impl ClosingShown {
    /// The closing that a request tells of.
    pub fn told_by(
        store: &Store,
        clinic: &Clinic,
        request: &Request,
        now: DateTime<Utc>,
    ) -> StoreResult<Option<Self>> {
        let Some(id) = request.stopped_at.strip_prefix(KEY).and_then(|id| id.parse::<Uuid>().ok()) else {
            return Ok(None);
        };
        let closing = store.closings(None)?.into_iter().find(|closing| closing.id == id);
        closing.map(|closing| Self::read(store, clinic, &closing, now)).transpose()
    }

    /// Puts a closing beside the ledger.
    pub fn read(store: &Store, clinic: &Clinic, closing: &Closing, now: DateTime<Utc>) -> StoreResult<Self> {
        let Compared { currency, entries, others, differences } = compare(store, clinic, closing)?;
        let written = |minor: i64| match currency {
            Some(currency) => Money { minor, currency }.to_string(),
            None => format!("{minor} (smallest units)"),
        };
        let totals = &closing.totals;
        let count = totals
            .count
            .map_or(String::new(), |count| format!(", {}", counted(count as usize, "transaction")));
        let receipts = totals
            .receipts
            .map_or(String::new(), |(first, last)| format!(", receipts {first:04} to {last:04}"));
        let ledger: i64 = entries.iter().map(|entry| entry.booked.amount).sum();
        let mut shown: Vec<(TerminalEntry, EntryShown)> = Vec::new();
        for entry in entries {
            let line = EntryShown::of(store, clinic, &entry, now)?;
            shown.push((entry, line));
        }
        let mut named: Vec<DifferenceShown> = differences
            .iter()
            .map(|difference| DifferenceShown {
                words: difference_words(difference, written),
                entries: shown
                    .iter()
                    .filter(|(entry, _)| is_about(difference, &entry.booked))
                    .map(|(_, line)| line.clone())
                    .collect(),
            })
            .collect();
        if !others.is_empty() {
            let mut lines = Vec::new();
            for entry in &others {
                lines.push(EntryShown::of(store, clinic, entry, now)?);
            }
            named.push(DifferenceShown {
                words: "transactions in another currency, which the terminal's sum cannot hold".into(),
                entries: lines,
            });
        }
        let mut not_charged = Vec::new();
        if !named.is_empty() {
            for row in store.not_charged_at(&closing.kiosk, closing.before, closing.at)? {
                not_charged.push(EntryShown::of_payment(store, clinic, &row, now)?);
            }
        }
        Ok(Self {
            id: closing.id,
            kiosk: closing.kiosk.clone(),
            words: match closing.before {
                Some(before) => format!(
                    "Closed {}, asked for by {}; before that, {}",
                    when(clinic, closing.at, now),
                    closing.by,
                    when(clinic, before, now)
                ),
                None => format!("Closed {}, asked for by {}", when(clinic, closing.at, now), closing.by),
            },
            counted: format!("{}{count}{receipts}", written(totals.amount)),
            kinds: totals
                .kinds
                .iter()
                .map(|(kind, count, minor)| format!("{kind}: {count}, {}", written(*minor)))
                .collect(),
            ledger: format!("{}, {}", written(ledger), counted(shown.len(), "transaction")),
            differences: named,
            entries: shown.into_iter().map(|(_, line)| line).collect(),
            not_charged,
        })
    }
}

/// Whether a transaction of the ledger is one of those that a difference is about.
fn is_about(difference: &Difference, booked: &Booked) -> bool {
    match difference {
        Difference::Amount { .. } | Difference::Count { .. } | Difference::NotInLedger { .. } => false,
        Difference::NotAtTerminal { receipts } => {
            booked.receipt.is_some_and(|receipt| receipts.contains(&receipt))
        }
        Difference::Twice { receipt } => booked.receipt == Some(*receipt),
        Difference::WithoutReceipt { amount } => booked.receipt.is_none() && booked.amount == *amount,
    }
}

/// A difference in words, with its sums as money.
fn difference_words(difference: &Difference, written: impl Fn(i64) -> String) -> String {
    match difference {
        Difference::Amount { terminal, ledger } => {
            let more = written((terminal.saturating_sub(*ledger)).saturating_abs());
            let side = if terminal > ledger { "more at the terminal" } else { "more in the ledger" };
            format!(
                "the terminal counted {} and the ledger has {}: {more} {side}",
                written(*terminal),
                written(*ledger)
            )
        }
        Difference::WithoutReceipt { amount } => {
            format!("the ledger has {} without a receipt number of the terminal", written(*amount))
        }
        other => other.to_string(),
    }
}

impl EntryShown {
    fn of(store: &Store, clinic: &Clinic, entry: &TerminalEntry, now: DateTime<Utc>) -> StoreResult<Self> {
        let payment = Self::of_payment(store, clinic, &entry.payment, now)?;
        let amount = Money { minor: entry.booked.amount, ..entry.payment.payment.amount };
        Ok(Self {
            at: when(clinic, entry.at, now),
            receipt: receipt_words(entry.booked.receipt),
            amount: amount.to_string(),
            what: match (&entry.refund, entry.booked.reverses) {
                (None, _) => payment.what,
                (Some(_), true) => format!("Taken back: {}", payment.what),
                (Some(_), false) => format!("Credited: {}", payment.what),
            },
            ..payment
        })
    }

    /// A payment by itself.
    pub fn of_payment(
        store: &Store,
        clinic: &Clinic,
        row: &PaymentRow,
        now: DateTime<Utc>,
    ) -> StoreResult<Self> {
        let ledger = store.ledger_row(row.clone())?;
        let what = items(&row.payment, &ledger.charges).into_iter().map(|item| item.text);
        Ok(Self {
            payment: row.payment.id.0,
            patient: ledger.patient.as_ref().map(|patient| patient.id.0),
            name: ledger.patient.map_or("Record not here yet".to_string(), |patient| patient.name.full()),
            at: when(clinic, row.begun_at, now),
            receipt: receipt_words(super::shown::receipt_of(&row.ends)),
            amount: row.payment.amount.to_string(),
            what: format!("{}: {}", means_words(&row.payment), what.collect::<Vec<_>>().join(", ")),
            state: state(row.outcome()),
        })
    }
}

fn receipt_words(receipt: Option<u16>) -> String {
    receipt.map_or(String::new(), |receipt| format!("{receipt:04}"))
}
