//! The money of a day: what is in doubt, the terminals with their closings, the sums, and the list itself.

use super::closing::{ClosingShown, EntryShown};
use super::drawer::DrawerShown;
use super::shown::{AmountShown, PaymentShown};
use super::words::{desk_means_words, state, way_words};
use crate::desk::action::wrong;
use crate::desk::board::words::Reader;
use crate::desk::people::Signed;
use crate::desk::table::span;
use crate::desk::{Desk, Refusal};
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::payment::{
    Means, Outcome, Payment, PaymentRow, Refund, RefundWay, TerminalAnswer, TerminalOrder,
};
use crate::front_desk::role::Permission;
use crate::store::{Result as StoreResult, Store};
use axum::Json;
use axum::extract::{Query, State};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// How far back an end of day that was asked for is shown with its terminal.
const ASKED_WITHIN: TimeDelta = TimeDelta::days(3);

/// Which day.
#[derive(Deserialize)]
pub struct Which {
    /// Today without it.
    day: Option<NaiveDate>,
}

/// Everything of the page.
#[derive(Serialize)]
pub struct DayShown {
    clinic: String,
    practice: bool,
    day: NaiveDate,
    today: NaiveDate,
    title: String,
    /// What is not settled, of whatever day: it stands in no sum.
    in_doubt: Vec<PaymentShown>,
    terminals: Vec<TerminalShown>,
    closings: Vec<ClosingShown>,
    sums: Vec<SumShown>,
    /// None where the clinic takes no money.
    drawer: Option<DrawerShown>,
    payments: Vec<EntryShown>,
    refunds: Vec<RefundLine>,
}

#[derive(Serialize)]
struct TerminalShown {
    kiosk: String,
    /// What the ledger has there since its last end of day.
    open: String,
    /// Why its day cannot be closed now; empty where it can.
    stop: String,
    /// What became of the last end of day that was asked for, where that is no closing.
    asked: Option<String>,
    /// The order whose count staff enter by hand, because the kiosk could not tell it.
    count_by_hand: Option<Uuid>,
}

#[derive(Serialize)]
struct SumShown {
    means: String,
    currency: String,
    charged_count: usize,
    charged: AmountShown,
    refunded_count: usize,
    refunded: AmountShown,
    net: AmountShown,
}

#[derive(Serialize)]
struct RefundLine {
    at: String,
    amount: String,
    way: String,
    by: String,
    why: String,
    state: &'static str,
    name: String,
    patient: Option<Uuid>,
}

/// `GET /api/payments/day?day=2026-11-25`.
pub async fn day(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Query(which): Query<Which>,
) -> Result<Json<DayShown>, Refusal> {
    who.may(Permission::Payments)?;
    let (clinic, now) = (desk.clinic.now(), Utc::now());
    let today = now.with_timezone(&clinic.zone).date_naive();
    let day = which.day.unwrap_or(today);
    if day > today {
        return Err(wrong("This day has not come yet."));
    }
    let language = who.language;
    let shown = desk.ask_as(&who, move |store| {
        let shown = DayShown::read(store, Reader { clinic: &clinic, language, now, sees_money: true }, day)?;
        store.note_look_once("read-payments-of-day", None, now)?;
        Ok(shown)
    });
    Ok(Json(shown.await?))
}

impl DayShown {
    fn read(store: &Store, reader: Reader, day: NaiveDate) -> StoreResult<Self> {
        let Reader { clinic, now, .. } = reader;
        let (from, to) = span(clinic, day, day);
        let rows = store.payments_between(from, to)?;
        let refunds = store.refunds_between(from, to)?;
        let mut in_doubt = Vec::new();
        for row in store.money_in_doubt()? {
            in_doubt.push(PaymentShown::read(store, reader, row)?);
        }
        let mut closings = Vec::new();
        for closing in
            store.closings(None)?.iter().rev().filter(|closing| from <= closing.at && closing.at < to)
        {
            closings.push(ClosingShown::read(store, reader, closing)?);
        }
        let mut lines = Vec::new();
        for (at, refund, row) in &refunds {
            let patient = store.patient(row.payment.patient)?;
            let outcome = row.refunds.iter().find(|(each, _)| each.id == refund.id);
            lines.push(RefundLine {
                at: reader.when(*at),
                amount: refund.amount.to_string(),
                way: way_words(reader, &refund.way),
                by: refund.by.clone(),
                why: refund.why.clone(),
                state: match outcome.and_then(|(_, outcome)| *outcome) {
                    Some(Outcome::Charged) => "gone-back",
                    other => state(other),
                },
                patient: patient.as_ref().map(|patient| patient.id.0),
                name: patient
                    .map_or_else(|| reader.say("Record not here yet", &[]), |patient| patient.name.full()),
            });
        }
        let mut payments = Vec::new();
        for row in rows.iter().rev() {
            payments.push(EntryShown::of_payment(store, reader, row)?);
        }
        let today = now.with_timezone(&clinic.zone).date_naive();
        Ok(Self {
            clinic: clinic.name.clone(),
            practice: clinic.practice,
            day,
            today,
            title: day
                .format_localized(&reader.say("%A %-d %B %Y", &[]), reader.language.locale())
                .to_string(),
            in_doubt,
            terminals: terminals(store, reader)?,
            closings,
            sums: sums(reader, &rows, &refunds),
            drawer: DrawerShown::read(store, reader, day, (from, to))?,
            payments,
            refunds: lines,
        })
    }
}

/// The terminals of the clinic's kiosks, and those that have charged something lately.
fn terminals(store: &Store, reader: Reader) -> StoreResult<Vec<TerminalShown>> {
    let Reader { clinic, now, .. } = reader;
    let known = clinic.kiosks.iter().filter(|kiosk| kiosk.terminal.is_some()).map(|kiosk| kiosk.name.clone());
    let names: BTreeSet<String> = known.chain(store.terminals_since(now - TimeDelta::days(31))?).collect();
    let orders = store.terminal_orders(now - ASKED_WITHIN)?;
    let mut shown = Vec::new();
    for kiosk in names {
        let last = store.closings(Some(&kiosk))?.last().map(|closing| closing.at);
        let entries = store.terminal_entries(&kiosk, last, now + TimeDelta::days(1))?;
        let mut sums: BTreeMap<String, Money> = BTreeMap::new();
        for entry in &entries {
            let Money { currency, .. } = entry.payment.payment.amount;
            let sum = sums.entry(currency.code().to_string()).or_insert(Money { minor: 0, currency });
            sum.minor = sum.minor.saturating_add(entry.booked.amount);
        }
        let sums: Vec<String> = sums.values().map(Money::to_string).collect();
        let (count, sums) = (entries.len(), sums.join(" + "));
        let open = match (count, last) {
            (0, None) => reader.say("Nothing so far", &[]),
            (0, Some(at)) => {
                reader.say("Nothing since its end of day, {time}", &[("time", &reader.when(at))])
            }
            (_, None) => reader.count(
                count,
                "{n} transaction, {sums} so far",
                "{n} transactions, {sums} so far",
                &[("sums", &sums)],
            ),
            (_, Some(at)) => reader.count(
                count,
                "{n} transaction, {sums} since its end of day, {time}",
                "{n} transactions, {sums} since its end of day, {time}",
                &[("sums", &sums), ("time", &reader.when(at))],
            ),
        };
        let asked =
            orders.iter().find(|asked| asked.kiosk == kiosk && asked.order == TerminalOrder::EndOfDay);
        let refused = asked.and_then(|asked| match &asked.answer {
            Some((_, TerminalAnswer::Refused { why })) => Some((asked, why)),
            _ => None,
        });
        let in_doubt = store.terminal_is_in_doubt(&kiosk)?;
        let waits = asked.is_some_and(|asked| asked.answer.is_none());
        shown.push(TerminalShown {
            open,
            stop: match (in_doubt, waits) {
                (true, _) => {
                    reader.say("A payment or refund there is under way or in doubt: settle it first.", &[])
                }
                (false, true) => reader.say("Asked for; the kiosk has not answered yet.", &[]),
                (false, false) => String::new(),
            },
            asked: match (refused, asked) {
                (Some((asked, why)), _) => Some(reader.say(
                    "{by} asked to close the day, {time}. It was not done: {why}.",
                    &[
                        ("by", &asked.by),
                        ("time", &reader.when(asked.asked_at)),
                        ("why", &reader.say(why, &[])),
                    ],
                )),
                (None, Some(asked)) if waits => Some(reader.say(
                    "{by} asked to close the day, {time}.",
                    &[("by", &asked.by), ("time", &reader.when(asked.asked_at))],
                )),
                _ => None,
            },
            count_by_hand: refused.map(|(asked, _)| asked.id),
            kiosk,
        });
    }
    Ok(shown)
}

/// What is added up together, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Card,
    Code,
    Cash,
    DeskCard,
    Transfer,
}

impl Kind {
    pub fn of(payment: &Payment) -> Self {
        match &payment.means {
            Means::Card { .. } => Self::Card,
            Means::Code { .. } => Self::Code,
            Means::Desk { how, .. } => Self::at_desk(*how),
        }
    }

    pub fn of_refund(refund: &Refund) -> Self {
        match &refund.way {
            RefundWay::Reversal { .. } | RefundWay::Credit { .. } => Self::Card,
            RefundWay::Desk { how } => Self::at_desk(*how),
        }
    }

    fn at_desk(how: crate::front_desk::payment::DeskMeans) -> Self {
        use crate::front_desk::payment::DeskMeans;
        match how {
            DeskMeans::Cash => Self::Cash,
            DeskMeans::Card => Self::DeskCard,
            DeskMeans::Transfer => Self::Transfer,
        }
    }

    pub fn words(self, reader: Reader) -> String {
        use crate::front_desk::payment::DeskMeans;
        match self {
            Self::Card => reader.say("Card at kiosks", &[]),
            Self::Code => reader.say("Code", &[]),
            Self::Cash => desk_means_words(reader, DeskMeans::Cash),
            Self::DeskCard => desk_means_words(reader, DeskMeans::Card),
            Self::Transfer => desk_means_words(reader, DeskMeans::Transfer),
        }
    }
}

#[derive(Default)]
struct Sum {
    charged: (usize, i64),
    refunded: (usize, i64),
}

/// The sums by means and currency of what is certain: what is under way or in doubt stands in a list of its own.
fn sums(
    reader: Reader,
    rows: &[PaymentRow],
    refunds: &[(DateTime<Utc>, Refund, PaymentRow)],
) -> Vec<SumShown> {
    let mut sums: BTreeMap<(Kind, String), (Currency, Sum)> = BTreeMap::new();
    let key = |kind: Kind, money: Money| (kind, money.currency.code().to_string());
    for row in rows.iter().filter(|row| row.outcome() == Some(Outcome::Charged)) {
        let amount = row.payment.amount;
        let place = key(Kind::of(&row.payment), amount);
        let (_, sum) = sums.entry(place).or_insert_with(|| (amount.currency, Sum::default()));
        sum.charged = (sum.charged.0 + 1, sum.charged.1.saturating_add(amount.minor));
    }
    for (_, refund, row) in refunds {
        let gone = row
            .refunds
            .iter()
            .any(|(each, outcome)| each.id == refund.id && *outcome == Some(Outcome::Charged));
        if gone {
            let place = key(Kind::of_refund(refund), refund.amount);
            let (_, sum) = sums.entry(place).or_insert_with(|| (refund.amount.currency, Sum::default()));
            sum.refunded = (sum.refunded.0 + 1, sum.refunded.1.saturating_add(refund.amount.minor));
        }
    }
    sums.into_iter()
        .map(|((kind, code), (currency, Sum { charged, refunded }))| {
            let written = |minor: i64| AmountShown::of(Money { minor, currency });
            SumShown {
                means: kind.words(reader),
                currency: code,
                charged_count: charged.0,
                charged: written(charged.1),
                refunded_count: refunded.0,
                refunded: written(refunded.1),
                net: written(charged.1.saturating_sub(refunded.1)),
            }
        })
        .collect()
}
