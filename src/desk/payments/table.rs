//! The ledger as a table for other programs (CSV, RFC 4180): every payment and every refund one line.

use super::day::Kind;
use super::shown::{items, receipt_of};
use super::words::{state, witness_words};
use crate::clinic::Clinic;
use crate::desk::action::wrong;
use crate::desk::{Desk, Refusal};
use crate::front_desk::money::Money;
use crate::front_desk::payment::{Means, Outcome, PaymentEnd, RefundWay, Transaction, standing};
use crate::store::{Result as StoreResult, Store};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::Deserialize;
use std::sync::Arc;

/// How long a period can be, in days.
const LONGEST_PERIOD: i64 = 366;

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

/// From the beginning of one day of the clinic to the end of another.
pub fn span(clinic: &Clinic, from: NaiveDate, to: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let begins = |day: NaiveDate| {
        let midnight = day.and_time(NaiveTime::MIN);
        // Where the clocks go forward at midnight, the day begins an hour later.
        let here = (0..4).find_map(|hours| {
            clinic.zone.from_local_datetime(&(midnight + chrono::TimeDelta::hours(hours))).earliest()
        });
        here.map_or(midnight.and_utc(), |here| here.to_utc())
    };
    (begins(from), begins(to.checked_add_days(Days::new(1)).unwrap_or(to)))
}

/// `GET /api/payments.csv?from=2026-11-01&to=2026-11-30`.
pub async fn csv(State(desk): State<Arc<Desk>>, Query(period): Query<Period>) -> Result<Response, Refusal> {
    let Period { from, to } = period;
    let days = (to - from).num_days();
    if !(0..LONGEST_PERIOD).contains(&days) {
        return Err(wrong("Choose a first and a last day in this order, a year apart at most."));
    }
    let clinic = desk.clinic.now();
    let table = desk.ask(move |store| table(store, &clinic, from, to)).await?;
    let name = format!("attachment; filename=\"payments-{from}-to-{to}.csv\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_string()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, table).into_response())
}

/// A line before it is written.
#[derive(Default)]
struct Line {
    kind: &'static str,
    id: String,
    payment: String,
    at: DateTime<Utc>,
    kiosk: String,
    means: &'static str,
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

fn table(store: &Store, clinic: &Clinic, from: NaiveDate, to: NaiveDate) -> StoreResult<Vec<u8>> {
    let (from, to) = span(clinic, from, to);
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
        let what = items(payment, &ledger.charges);
        let what = what.into_iter().map(|item| format!("{} {}", item.text, item.amount));
        lines.push(Line {
            kind: "payment",
            id: payment.id.0.to_string(),
            payment: payment.id.0.to_string(),
            at: row.begun_at,
            kiosk: payment.kiosk.clone(),
            means: Kind::of(payment).words(),
            terminal,
            scheme,
            reference,
            by,
            state: state(row.outcome()),
            witness: end.map_or(String::new(), |end| witness_words(&end.witness)),
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
            means: Kind::of_refund(&refund).words(),
            terminal: match &refund.way {
                RefundWay::Reversal { terminal, .. } | RefundWay::Credit { terminal } => terminal.clone(),
                RefundWay::Desk { .. } => String::new(),
            },
            by: refund.by.clone(),
            state: match end.map(|end| end.outcome) {
                Some(Outcome::Charged) => "gone-back",
                other => state(other),
            },
            witness: end.map_or(String::new(), |end| witness_words(&end.witness)),
            // What went back is less than nothing, so that the column adds up.
            amount: Some(Money { minor: -refund.amount.minor, ..refund.amount }),
            transaction: told(&ends),
            patient_number: patient.and_then(|patient| patient.number).unwrap_or_default(),
            why: refund.why.clone(),
            ..Line::default()
        });
    }
    lines.sort_by_key(|line| line.at);
    written(clinic, &lines)
}

/// What the terminal said of a transaction, with the receipt number that anybody told.
fn told(ends: &[PaymentEnd]) -> Transaction {
    let transaction = standing(ends).and_then(|end| end.transaction.clone()).unwrap_or_default();
    Transaction { receipt: receipt_of(ends), ..transaction }
}

fn written(clinic: &Clinic, lines: &[Line]) -> StoreResult<Vec<u8>> {
    let unreadable = |error: csv::Error| crate::store::StoreError::Unreadable(error.to_string());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(unreadable)?;
    for line in lines {
        let here = line.at.with_timezone(&clinic.zone);
        let amount = line.amount;
        let receipt = line.transaction.receipt.map_or(String::new(), |receipt| format!("{receipt:04}"));
        writer
            .write_record([
                line.kind.to_string(),
                line.id.clone(),
                line.payment.clone(),
                here.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
                here.date_naive().to_string(),
                safe(&line.kiosk),
                line.means.to_string(),
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
            ])
            .map_err(unreadable)?;
    }
    writer.into_inner().map_err(|error| crate::store::StoreError::Unreadable(error.to_string()))
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::samples::clinic;

    #[test]
    fn a_spreadsheet_runs_nothing_that_somebody_wrote() {
        for (text, written) in
            [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5"), ("Dressing", "Dressing"), ("", "")]
        {
            assert_eq!(safe(text), written);
        }
    }

    #[test]
    fn a_day_is_the_clinic_s_and_not_utc_s() {
        let clinic = clinic();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (from, to) = span(&clinic, day("2026-11-25"), day("2026-11-25"));
        assert_eq!(
            (from.to_rfc3339(), to.to_rfc3339()),
            ("2026-11-24T23:00:00+00:00".into(), "2026-11-25T23:00:00+00:00".into())
        );
        // The clocks went back in that night: the day had 25 hours.
        let (from, to) = span(&clinic, day("2026-10-25"), day("2026-10-25"));
        assert_eq!((to - from).num_hours(), 25);
    }
}
