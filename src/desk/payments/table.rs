//! The ledger as a table for other programs (CSV, RFC 4180): every payment and every refund one line.

use super::day::Kind;
use super::shown::{items, receipt_of};
use super::words::{state, witness_words};
use crate::clinic::Clinic;
use crate::desk::board::words::Reader;
use crate::desk::people::Signed;
use crate::desk::table::{download, possible, safe, span};
use crate::desk::{Desk, Refusal};
use crate::front_desk::money::Money;
use crate::front_desk::payment::{Means, Outcome, PaymentEnd, RefundWay, Transaction, standing};
use crate::front_desk::role::Permission;
use crate::store::{Result as StoreResult, Store};
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::Arc;

const COLUMNS: [&str; 22] = [
    "kind",
    "id",
    "payment",
    "begun_at",
    "day",
    "kiosk",
    "means",
    "terminal",
    "scheme",
    "reference",
    "by",
    "state",
    "witness",
    "minor",
    "currency",
    "amount",
    "receipt",
    "terminal_id",
    "card",
    "patient_number",
    "items",
    "why",
];

/// From which day to which, both in it, by the clinic's calendar.
#[derive(Deserialize)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

/// `GET /api/payments.csv?from=2026-11-01&to=2026-11-30`.
pub async fn csv(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Query(period): Query<Period>,
) -> Result<Response, Refusal> {
    who.may(Permission::Payments)?;
    let Period { from, to } = period;
    possible(from, to)?;
    let (clinic, language) = (desk.clinic.now(), who.language);
    let table = desk.ask_as(&who, move |store| {
        store.note_look("took-payments-as-table", &[], None, Utc::now())?;
        table(store, Reader { clinic: &clinic, language, now: Utc::now(), sees_money: true }, from, to)
    });
    Ok(download(&format!("payments-{from}-to-{to}"), table.await?))
}

/// A line before it is written.
#[derive(Default)]
struct Line {
    kind: &'static str,
    id: String,
    payment: String,
    at: DateTime<Utc>,
    kiosk: String,
    means: String,
    terminal: String,
    scheme: String,
    reference: String,
    by: String,
    state: &'static str,
    witness: String,
    amount: Option<Money>,
    transaction: Transaction,
    patient_number: String,
    items: String,
    why: String,
}

fn table(store: &Store, reader: Reader, from: NaiveDate, to: NaiveDate) -> StoreResult<Vec<u8>> {
    let (from, to) = span(reader.clinic, from, to);
    let mut lines = Vec::new();
    for row in store.payments_between(from, to)? {
        let ledger = store.ledger_row(row)?;
        let (row, payment) = (&ledger.row, &ledger.row.payment);
        let end = standing(&row.ends);
        let (terminal, scheme, reference, by) = match &payment.means {
            Means::Card { terminal } => (terminal.clone(), String::new(), String::new(), String::new()),
            Means::Code { scheme, reference } => {
                (String::new(), scheme.clone(), reference.clone(), String::new())
            }
            Means::Desk { by, .. } => (String::new(), String::new(), String::new(), by.clone()),
        };
        let what = items(reader, payment, &ledger.charges);
        let what = what.into_iter().map(|item| format!("{} {}", item.text, item.amount));
        lines.push(Line {
            kind: "payment",
            id: payment.id.0.to_string(),
            payment: payment.id.0.to_string(),
            at: row.begun_at,
            kiosk: payment.kiosk.clone(),
            means: Kind::of(payment).words(reader),
            terminal,
            scheme,
            reference,
            by,
            state: state(row.outcome()),
            witness: end.map_or(String::new(), |end| witness_words(reader, &end.witness)),
            amount: Some(payment.amount),
            transaction: told(&row.ends),
            patient_number: ledger.patient.and_then(|patient| patient.number).unwrap_or_default(),
            items: what.collect::<Vec<_>>().join("; "),
            why: String::new(),
        });
    }
    for (at, refund, row) in store.refunds_between(from, to)? {
        let ends: Vec<PaymentEnd> = store.words_about(refund.id.0)?.into_iter().map(|(_, end)| end).collect();
        let patient = store.patient(row.payment.patient)?;
        let end = standing(&ends);
        lines.push(Line {
            kind: "refund",
            id: refund.id.0.to_string(),
            payment: refund.payment.0.to_string(),
            at,
            kiosk: row.payment.kiosk.clone(),
            means: Kind::of_refund(&refund).words(reader),
            terminal: match &refund.way {
                RefundWay::Reversal { terminal, .. } | RefundWay::Credit { terminal } => terminal.clone(),
                RefundWay::Desk { .. } => String::new(),
            },
            by: refund.by.clone(),
            state: match end.map(|end| end.outcome) {
                Some(Outcome::Charged) => "gone-back",
                other => state(other),
            },
            witness: end.map_or(String::new(), |end| witness_words(reader, &end.witness)),
            // What went back is less than nothing, so that the column adds up.
            amount: Some(Money { minor: -refund.amount.minor, ..refund.amount }),
            transaction: told(&ends),
            patient_number: patient.and_then(|patient| patient.number).unwrap_or_default(),
            why: refund.why.clone(),
            ..Line::default()
        });
    }
    lines.sort_by_key(|line| line.at);
    written(reader.clinic, &lines)
}

/// What the terminal said of a transaction, with the receipt number that anybody told.
fn told(ends: &[PaymentEnd]) -> Transaction {
    let transaction = standing(ends).and_then(|end| end.transaction.clone()).unwrap_or_default();
    Transaction { receipt: receipt_of(ends), ..transaction }
}

fn written(clinic: &Clinic, lines: &[Line]) -> StoreResult<Vec<u8>> {
    let head = COLUMNS.map(Cow::from).to_vec();
    let lines = lines.iter().map(|line| {
        let here = line.at.with_timezone(&clinic.zone);
        let amount = line.amount;
        let receipt = line.transaction.receipt.map_or(String::new(), |receipt| format!("{receipt:04}"));
        [
            line.kind.to_string(),
            line.id.clone(),
            line.payment.clone(),
            here.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
            here.date_naive().to_string(),
            safe(&line.kiosk),
            line.means.clone(),
            safe(&line.terminal),
            safe(&line.scheme),
            safe(&line.reference),
            safe(&line.by),
            line.state.to_string(),
            safe(&line.witness),
            amount.map_or(String::new(), |amount| amount.minor.to_string()),
            amount.map_or(String::new(), |amount| amount.currency.code().to_string()),
            amount.map_or(String::new(), |amount| amount.figures()),
            receipt,
            safe(line.transaction.terminal.as_deref().unwrap_or_default()),
            safe(&line.transaction.card),
            safe(&line.patient_number),
            safe(&line.items),
            safe(&line.why),
        ]
        .map(Cow::from)
        .to_vec()
    });
    crate::desk::table::written([head].into_iter().chain(lines))
}
