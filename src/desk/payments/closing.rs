//! The end of a terminal's day: asking for it, and what the terminal counted beside what the ledger has.

use super::settle::unanswered;
use super::shown::items;
use super::words::{means_words, no_amount, receipt_words, state};
use crate::clinic::Clinic;
use crate::desk::Desk;
use crate::desk::Refusal;
use crate::desk::action::{Done, conflict, decide, known_kiosk, parsed, wrong};
use crate::desk::board::words::Reader;
use crate::desk::language::sentence;
use crate::desk::people::Signed;
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::payment::{
    Booked, DayTotals, Difference, PaymentRow, TerminalAnswer, TerminalOrder, Witness, reconcile,
};
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::front_desk::role::Permission;
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
struct Counted {
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
pub async fn ask_end_of_day(State(desk): State<Arc<Desk>>, who: Signed, Path(kiosk): Path<String>) -> Done {
    who.may(Permission::Payments)?;
    let by = who.name.clone();
    known_kiosk(&desk.clinic.now(), &kiosk)?;
    decide(&desk, &who, move |store| {
        let order = TerminalOrder::EndOfDay;
        let now = Utc::now();
        if store.terminal_is_in_doubt(&kiosk)? {
            return Ok(Err(conflict(
                sentence(
                    "A payment or refund at the terminal of {kiosk} is under way or in doubt: settle it first, or the \
                     terminal's count would hide what became of it.",
                )
                .with("kiosk", &kiosk),
            )));
        }
        if let Some((first, _)) = unanswered(store, &kiosk, &order, now - LOOKED_BACK)? {
            return Ok(Err(conflict(
                sentence("{first} has asked for it already, and kiosk {kiosk} has not answered yet.")
                    .with("first", first)
                    .with("kiosk", &kiosk),
            )));
        }
        store.commit(vec![FactKind::TerminalAsked { id: Uuid::now_v7(), kiosk, by, order }], now)?;
        Ok(Ok(()))
    })
    .await
}

/// `POST /api/closings/{id}/counted`: a terminal closed its day and the kiosk could not say what it counted; staff read
/// it from the terminal's slip.
pub async fn counted_by_hand(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Done {
    who.may(Permission::Payments)?;
    let Counted { amount, count, first, last } = parsed(&body)?;
    let by = who.name.clone();
    let receipts = match (first, last) {
        (None, None) => None,
        (Some(first @ 1..=9999), Some(last @ 1..=9999)) => Some((first, last)),
        _ => return Err(wrong("Write both receipt numbers, the first and the last, or neither.")),
    };
    let clinic = desk.clinic.now();
    decide(&desk, &who, move |store| {
        let orders = store.terminal_orders(Utc::now() - LOOKED_BACK)?;
        let asked = orders.into_iter().find(|asked| asked.id == id && asked.order == TerminalOrder::EndOfDay);
        let Some(asked) = asked else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such end of day.".into())));
        };
        match asked.answer {
            Some((_, TerminalAnswer::Refused { .. })) => {}
            Some(_) => return Ok(Err(conflict("The terminal's count is known already."))),
            None => return Ok(Err(conflict("The kiosk has not answered yet."))),
        }
        let Some(currency) = currency_at(store, &clinic, &asked.kiosk)? else {
            return Ok(Err(wrong("The clinic's routines name no currency: write one in payments.toml.")));
        };
        let amount = match Money::parse(amount.trim(), currency) {
            Ok(amount) => amount.minor,
            Err(error) => return Ok(Err(wrong(no_amount(&error)))),
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
    pub fn told_by(store: &Store, reader: Reader, request: &Request) -> StoreResult<Option<Self>> {
        let Some(id) = request.stopped_at.strip_prefix(KEY).and_then(|id| id.parse::<Uuid>().ok()) else {
            return Ok(None);
        };
        let closing = store.closings(None)?.into_iter().find(|closing| closing.id == id);
        closing.map(|closing| Self::read(store, reader, &closing)).transpose()
    }

    /// Puts a closing beside the ledger.
    pub fn read(store: &Store, reader: Reader, closing: &Closing) -> StoreResult<Self> {
        let Compared { currency, entries, others, differences } = compare(store, reader.clinic, closing)?;
        let written = |minor: i64| match currency {
            Some(currency) => Money { minor, currency }.to_string(),
            None => reader.say("{number} (smallest units)", &[("number", &minor.to_string())]),
        };
        let totals = &closing.totals;
        let transactions = |count: usize| reader.count(count, "{n} transaction", "{n} transactions", &[]);
        let count = totals.count.map(|count| transactions(count as usize));
        let receipts = totals.receipts.map(|(first, last)| {
            let (first, last) = (receipt_words(first), receipt_words(last));
            reader.say("receipts {first} to {last}", &[("first", &first), ("last", &last)])
        });
        let counted = [Some(written(totals.amount)), count, receipts].into_iter().flatten();
        let counted = counted.collect::<Vec<_>>().join(", ");
        let ledger: i64 = entries.iter().map(|entry| entry.booked.amount).sum();
        let mut shown: Vec<(TerminalEntry, EntryShown)> = Vec::new();
        for entry in entries {
            let line = EntryShown::of(store, reader, &entry)?;
            shown.push((entry, line));
        }
        let mut named: Vec<DifferenceShown> = differences
            .iter()
            .map(|difference| DifferenceShown {
                words: difference_words(reader, difference, written),
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
                lines.push(EntryShown::of(store, reader, entry)?);
            }
            named.push(DifferenceShown {
                words: reader
                    .say("transactions in another currency, which the terminal's sum cannot hold", &[]),
                entries: lines,
            });
        }
        let mut not_charged = Vec::new();
        if !named.is_empty() {
            for row in store.not_charged_at(&closing.kiosk, closing.before, closing.at)? {
                not_charged.push(EntryShown::of_payment(store, reader, &row)?);
            }
        }
        Ok(Self {
            id: closing.id,
            kiosk: closing.kiosk.clone(),
            words: match closing.before {
                Some(before) => reader.say(
                    "Closed {time}, asked for by {by}; before that, {before}",
                    &[
                        ("time", &reader.when(closing.at)),
                        ("by", &closing.by),
                        ("before", &reader.when(before)),
                    ],
                ),
                None => reader.say(
                    "Closed {time}, asked for by {by}",
                    &[("time", &reader.when(closing.at)), ("by", &closing.by)],
                ),
            },
            counted,
            kinds: totals
                .kinds
                .iter()
                .map(|(kind, count, minor)| format!("{kind}: {count}, {}", written(*minor)))
                .collect(),
            ledger: format!("{}, {}", written(ledger), transactions(shown.len())),
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
fn difference_words(reader: Reader, difference: &Difference, written: impl Fn(i64) -> String) -> String {
    let list = |receipts: &[u16]| {
        receipts.iter().map(|receipt| receipt_words(*receipt)).collect::<Vec<_>>().join(", ")
    };
    match difference {
        Difference::Amount { terminal, ledger } => {
            let more = written((terminal.saturating_sub(*ledger)).saturating_abs());
            let (at_terminal, in_ledger) = (written(*terminal), written(*ledger));
            let sums = [("terminal", at_terminal.as_str()), ("ledger", &in_ledger), ("more", &more)];
            if terminal > ledger {
                reader.say(
                    "the terminal counted {terminal} and the ledger has {ledger}: {more} more at the terminal",
                    &sums,
                )
            } else {
                reader.say(
                    "the terminal counted {terminal} and the ledger has {ledger}: {more} more in the ledger",
                    &sums,
                )
            }
        }
        Difference::Count { terminal, ledger } => reader.say(
            "the terminal counted {terminal} transactions and the ledger has {ledger}",
            &[("terminal", &terminal.to_string()), ("ledger", &ledger.to_string())],
        ),
        Difference::NotInLedger { receipts } => reader.say(
            "the ledger does not have receipt {receipts} of the terminal: look at its journal whose they are",
            &[("receipts", &list(receipts))],
        ),
        Difference::NotAtTerminal { receipts } => reader.say(
            "the terminal did not count receipt {receipts} of the ledger: look at its journal what became of them",
            &[("receipts", &list(receipts))],
        ),
        Difference::Twice { receipt } => reader.say(
            "receipt {receipt} stands twice in the ledger: one of the two is not what it says",
            &[("receipt", &receipt_words(*receipt))],
        ),
        Difference::WithoutReceipt { amount } => reader.say(
            "the ledger has {amount} without a receipt number of the terminal",
            &[("amount", &written(*amount))],
        ),
    }
}

impl EntryShown {
    fn of(store: &Store, reader: Reader, entry: &TerminalEntry) -> StoreResult<Self> {
        let payment = Self::of_payment(store, reader, &entry.payment)?;
        let amount = Money { minor: entry.booked.amount, ..entry.payment.payment.amount };
        Ok(Self {
            at: reader.when(entry.at),
            receipt: entry.booked.receipt.map(receipt_words).unwrap_or_default(),
            amount: amount.to_string(),
            what: match (&entry.refund, entry.booked.reverses) {
                (None, _) => payment.what,
                (Some(_), true) => reader.say("Taken back: {what}", &[("what", &payment.what)]),
                (Some(_), false) => reader.say("Credited: {what}", &[("what", &payment.what)]),
            },
            ..payment
        })
    }

    /// A payment by itself.
    pub fn of_payment(store: &Store, reader: Reader, row: &PaymentRow) -> StoreResult<Self> {
        let ledger = store.ledger_row(row.clone())?;
        let what = items(reader, &row.payment, &ledger.charges).into_iter().map(|item| item.text);
        Ok(Self {
            payment: row.payment.id.0,
            patient: ledger.patient.as_ref().map(|patient| patient.id.0),
            name: ledger
                .patient
                .map_or_else(|| reader.say("Record not here yet", &[]), |patient| patient.name.full()),
            at: reader.when(row.begun_at),
            receipt: super::shown::receipt_of(&row.ends).map(receipt_words).unwrap_or_default(),
            amount: row.payment.amount.to_string(),
            what: format!("{}: {}", means_words(reader, &row.payment), what.collect::<Vec<_>>().join(", ")),
            state: state(row.outcome()),
        })
    }
}
