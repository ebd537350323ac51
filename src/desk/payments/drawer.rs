//! The cash drawer at the end of the day: what it should hold, what somebody counted, and why that differs.

use super::shown::AmountShown;
use super::words::no_amount;
use crate::desk::action::{Done, LONGEST_NOTE, decide, parsed, wrong};
use crate::desk::board::words::Reader;
use crate::desk::language::sentence;
use crate::desk::people::Signed;
use crate::desk::table::span;
use crate::desk::{Desk, Refusal};
use crate::front_desk::money::Money;
use crate::front_desk::payment::{DrawerCount, DrawerStop};
use crate::front_desk::request::OwnWords;
use crate::front_desk::role::Permission;
use crate::store::{Result as StoreResult, Store};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// The drawer of a day.
#[derive(Serialize)]
pub struct DrawerShown {
    /// The float that was written down last: mostly it is the same every day.
    float: String,
    taken: String,
    given_back: String,
    /// Whether cash was taken or given back since it was counted last.
    moved: bool,
    /// The last count first.
    counts: Vec<CountShown>,
}

#[derive(Serialize)]
struct CountShown {
    id: Uuid,
    at: String,
    by: String,
    float: String,
    taken: String,
    given_back: String,
    expected: String,
    counted: String,
    agrees: bool,
    difference: String,
    why: String,
}

/// What would be kept of a count.
#[derive(Serialize)]
pub struct Reckoned {
    expected: AmountShown,
    difference: String,
    agrees: bool,
}

#[derive(Deserialize)]
struct Counting {
    day: NaiveDate,
    /// Both as they are written.
    float: String,
    counted: String,
    #[serde(default)]
    why: String,
}

impl Counting {
    /// The count with what the ledger has of the day by now.
    fn count(self, store: &Store, reader: Reader, by: &str) -> StoreResult<Result<DrawerCount, Refusal>> {
        let Reader { clinic, now, .. } = reader;
        let Self { day, float, counted, why } = self;
        if day > now.with_timezone(&clinic.zone).date_naive() {
            return Ok(Err(wrong("This day has not come yet.")));
        }
        if why.chars().count() > LONGEST_NOTE {
            let words = sentence("This is too long: {longest} characters at most.");
            return Ok(Err(wrong(words.with("longest", LONGEST_NOTE))));
        }
        let Some(payments) = &clinic.routines.payments else {
            return Ok(Err(wrong("The clinic's routines name no currency: write one in payments.toml.")));
        };
        let amount = |written: &str| {
            Money::parse(written.trim(), payments.currency).map_err(|error| wrong(no_amount(&error)))
        };
        let (float, counted) = match (amount(&float), amount(&counted)) {
            (Ok(float), Ok(counted)) => (float, counted),
            (Err(refusal), _) | (_, Err(refusal)) => return Ok(Err(refusal)),
        };
        let (from, to) = span(clinic, day, day);
        let (taken, given_back) = store.cash_between(from, to, payments.currency)?;
        let (why, by) = (OwnWords(why.trim().to_string()), by.to_string());
        Ok(Ok(DrawerCount { id: Uuid::now_v7(), day, float, taken, given_back, counted, why, by }))
    }
}

/// `POST /api/payments/drawer/reckon`: what the drawer should hold, beside what somebody is about to write down.
pub async fn reckon(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    body: Bytes,
) -> Result<Json<Reckoned>, Refusal> {
    who.may(Permission::Payments)?;
    let counting: Counting = parsed(&body)?;
    let clinic = desk.clinic.now();
    let reckoned = desk.ask(move |store| {
        let reader = who.reader(&clinic, Utc::now());
        let count = counting.count(store, reader, &who.name)?;
        Ok(count.map(|count| Reckoned {
            expected: AmountShown::of(count.expected()),
            difference: difference(reader, &count),
            agrees: count.difference().minor == 0,
        }))
    });
    reckoned.await?.map(Json)
}

/// `POST /api/payments/drawer`: somebody counted the drawer. What it should hold is reckoned again where the count is
/// kept, so that cash that was taken meanwhile is not overlooked.
pub async fn count(State(desk): State<Arc<Desk>>, who: Signed, body: Bytes) -> Done {
    who.may(Permission::Payments)?;
    let counting: Counting = parsed(&body)?;
    let clinic = desk.clinic.now();
    let as_whom = who.clone();
    decide(&desk, &as_whom, move |store| {
        let now = Utc::now();
        let reader = who.reader(&clinic, now);
        let count = match counting.count(store, reader, &who.name)? {
            Ok(count) => count,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (expected, differs) = (count.expected(), difference(reader, &count));
        Ok(store.count_drawer(count, now)?.map_err(|stop| match stop {
            DrawerStop::TooMuch => wrong("No drawer holds so much: look at the amounts again."),
            DrawerStop::NoReason => wrong(
                sentence(
                    "The drawer should hold {expected}: {difference}. Write why, as far as it is known.",
                )
                .with("expected", expected)
                .with("difference", differs),
            ),
        }))
    })
    .await
}

/// How much of it is missing, or is more than should be.
fn difference(reader: Reader, count: &DrawerCount) -> String {
    let difference = count.difference();
    let amount = Money { minor: difference.minor.saturating_abs(), ..difference }.to_string();
    match difference.minor {
        0 => reader.say("nothing differs", &[]),
        1.. => reader.say("{amount} too much", &[("amount", &amount)]),
        _ => reader.say("{amount} missing", &[("amount", &amount)]),
    }
}

impl DrawerShown {
    /// The drawer of a day; none where the clinic takes no money.
    pub fn read(
        store: &Store,
        reader: Reader,
        day: NaiveDate,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
    ) -> StoreResult<Option<Self>> {
        let Some(payments) = &reader.clinic.routines.payments else { return Ok(None) };
        let (taken, given_back) = store.cash_between(from, to, payments.currency)?;
        let counts = store.drawer_counts(day)?;
        let is_other =
            |(_, last): &(DateTime<Utc>, DrawerCount)| (last.taken, last.given_back) != (taken, given_back);
        let float = store.last_drawer_count()?.filter(|last| last.float.currency == payments.currency);
        let shown = counts.iter().map(|(at, count)| CountShown {
            id: count.id,
            at: reader.when(*at),
            by: count.by.clone(),
            float: count.float.to_string(),
            taken: count.taken.to_string(),
            given_back: count.given_back.to_string(),
            expected: count.expected().to_string(),
            counted: count.counted.to_string(),
            agrees: count.difference().minor == 0,
            difference: difference(reader, count),
            why: count.why.0.clone(),
        });
        Ok(Some(Self {
            float: float.map_or(String::new(), |last| last.float.figures()),
            taken: taken.to_string(),
            given_back: given_back.to_string(),
            moved: counts.first().is_some_and(is_other),
            counts: shown.collect(),
        }))
    }
}
