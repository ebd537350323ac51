//! A patient's account: what is due, taking money for it, what staff write down as owed and what is owed no longer.

use super::shown::{AmountShown, PaymentShown};
use super::words::{charge_words, no_amount};
use crate::clinic::Clinic;
use crate::desk::action::{Done, LONGEST_NOTE, conflict, decide, parsed, text, wrong};
use crate::desk::board::words::Reader;
use crate::desk::language::sentence;
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::patient::PatientId;
use crate::front_desk::payment::{
    Charge, ChargeFor, ChargeId, DeskMeans, Means, Outcome, Payment, PaymentEnd, PaymentId, PaymentItem,
    Witness,
};
use crate::front_desk::role::Permission;
use crate::link::fact::{DESK, FactKind};
use crate::store::{PaymentStop, Result as StoreResult, Store};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::Utc;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// A patient's account, as the dialog shows it.
#[derive(Serialize)]
pub struct AccountShown {
    patient: Uuid,
    name: String,
    number: Option<String>,
    born: String,
    dues: Vec<DueShown>,
    /// Why nothing can be taken now; empty while something can.
    stop: String,
    /// In which currency an item is written down; none where the routines name none and nothing is owed.
    currency: Option<String>,
    /// How an amount is written in it.
    example: String,
    /// The latest first.
    payments: Vec<PaymentShown>,
}

#[derive(Serialize)]
struct DueShown {
    charge: Uuid,
    text: String,
    day: String,
    open: AmountShown,
    /// All of it, where a part was paid.
    of: Option<String>,
    /// Whether staff can say that it is owed no longer.
    can_withdraw: bool,
}

#[derive(Deserialize)]
struct Taking {
    /// Which charges, whole as far as they are open.
    charges: Vec<Uuid>,
    how: DeskMeans,
    /// What the page showed as the sum, in minor units and its currency: nothing else is taken.
    minor: i64,
    currency: Currency,
}

#[derive(Deserialize)]
struct Adding {
    text: String,
    /// As it is written in the currency.
    amount: String,
}

#[derive(Deserialize)]
struct Withdrawing {
    why: String,
}

/// `GET /api/patients/{id}/account`.
pub async fn account(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
) -> Result<Json<AccountShown>, Refusal> {
    who.may(Permission::Payments)?;
    let (clinic, language, now) = (desk.clinic.now(), who.language, Utc::now());
    let read = desk.ask_as(&who, move |store| {
        let shown = AccountShown::read(
            store,
            Reader { clinic: &clinic, language, now, sees_money: true },
            PatientId(id),
        )?;
        if shown.is_some() {
            store.note_look_once("read-account", Some(PatientId(id)), now)?;
        }
        Ok(shown)
    });
    read.await?.map(Json).ok_or_else(no_patient)
}

fn no_patient() -> Refusal {
    Refusal(StatusCode::NOT_FOUND, "This record is not here any more: search again.".into())
}

impl AccountShown {
    fn read(store: &Store, reader: Reader, patient: PatientId) -> StoreResult<Option<Self>> {
        let Some(patient) = store.patient(patient)? else { return Ok(None) };
        let account = store.account(patient.id)?;
        let stop = match account.in_doubt.as_slice() {
            [] => String::new(),
            _ => reader.say(
                "A payment of this patient is under way or in doubt: settle it first, so that nothing is paid twice.",
                &[],
            ),
        };
        let dues = account.dues.iter().map(|due| DueShown {
            charge: due.charge.id.0,
            text: charge_words(reader, &due.charge.what),
            day: reader.date(due.charge.day),
            open: AmountShown::of(due.open),
            of: (due.open != due.charge.amount).then(|| due.charge.amount.to_string()),
            can_withdraw: due.open == due.charge.amount,
        });
        let currency = currency(store, reader.clinic, patient.id)?;
        let mut payments = Vec::new();
        for row in store.payments_of(patient.id)?.into_iter().rev() {
            payments.push(PaymentShown::read(store, reader, row)?);
        }
        Ok(Some(Self {
            patient: patient.id.0,
            name: patient.name.full(),
            number: patient.number.clone(),
            born: reader.born(&patient),
            currency: currency.map(|currency| currency.code().to_string()),
            example: currency.map_or(String::new(), |currency| Money { minor: 1250, currency }.figures()),
            dues: dues.collect(),
            stop,
            payments,
        }))
    }
}

/// The currency of the routines; without one, that in which the patient owes something already.
fn currency(store: &Store, clinic: &Clinic, patient: PatientId) -> StoreResult<Option<Currency>> {
    Ok(match &clinic.routines.payments {
        Some(payments) => Some(payments.currency),
        None => store.charges(patient)?.first().map(|charge| charge.amount.currency),
    })
}

/// `POST /api/patients/{id}/payments`: money was taken at the desk.
pub async fn take(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Payments)?;
    let Taking { charges, how, minor, currency } = parsed(&body)?;
    let by = who.name.clone();
    if charges.is_empty() {
        return Err(wrong("Choose what is paid."));
    }
    let clinic = desk.clinic.now();
    decide(&desk, &who, move |store| {
        let Some(patient) = store.patient(PatientId(id))? else { return Ok(Err(no_patient())) };
        let account = store.account(patient.id)?;
        // Whether all of it is due is judged again where it is kept; here the items get their amounts.
        let items: Vec<PaymentItem> = account
            .dues
            .iter()
            .filter(|due| charges.contains(&due.charge.id.0))
            .map(|due| PaymentItem { charge: due.charge.id, minor: due.open.minor })
            .collect();
        let sum = items.iter().try_fold(0i64, |sum, item| sum.checked_add(item.minor));
        if account.in_doubt.is_empty() && (items.len() != charges.len() || sum != Some(minor)) {
            return Ok(Err(conflict("What is due has changed since this page showed it: nothing was kept. Look at it again before you take \
                 money.")));
        }
        let payment = Payment {
            id: PaymentId(Uuid::now_v7()),
            patient: patient.id,
            items,
            amount: Money { minor, currency },
            means: Means::Desk { how, by: by.clone() },
            ticket: None,
            language: patient.language.clone().unwrap_or_else(|| clinic.staff_language().to_string()),
            kiosk: DESK.to_string(),
        };
        let end = PaymentEnd::new(Outcome::Charged, Witness::Staff { by }, "");
        Ok(store.take_at_desk(&payment, end, Utc::now())?.map_err(|stop| {
            conflict(match stop {
                PaymentStop::InDoubt => {
                    sentence(
                    "A payment of this patient is under way or in doubt: settle it first. Nothing was kept.",
                )
                }
                PaymentStop::NotDue | PaymentStop::TerminalTaken => {
                    sentence(
                        "This is paid already, is being paid elsewhere, or is owed no longer: nothing was kept. Look at \
                         it again before you take money.",
                    )
                }
            })
        }))
    })
    .await
}

/// `POST /api/patients/{id}/charges`: staff write down what a patient owes.
pub async fn add_charge(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Done {
    who.may(Permission::Payments)?;
    let Adding { text: what, amount } = parsed(&body)?;
    let by = who.name.clone();
    let what = text(&what, Charge::LONGEST_TEXT, "Write what it is for: the patient reads it.")?.0;
    if what.chars().any(char::is_control) {
        return Err(wrong("Write what it is for in one line."));
    }
    let clinic = desk.clinic.now();
    decide(&desk, &who, move |store| {
        let Some(patient) = store.patient(PatientId(id))? else { return Ok(Err(no_patient())) };
        let Some(currency) = currency(store, &clinic, patient.id)? else {
            return Ok(Err(wrong("The clinic's routines name no currency: write one in payments.toml.")));
        };
        let amount = match Money::parse(amount.trim(), currency) {
            Ok(amount) => amount,
            Err(error) => return Ok(Err(wrong(no_amount(&error)))),
        };
        if amount.minor == 0 || amount.minor > Charge::LARGEST {
            let most = Money { minor: Charge::LARGEST, currency };
            return Ok(Err(wrong(
                sentence("An item is more than nothing, and {most} at most.").with("most", most),
            )));
        }
        let now = Utc::now();
        let charge = Charge {
            id: ChargeId(Uuid::now_v7()),
            patient: patient.id,
            what: ChargeFor::Item { text: what },
            amount,
            day: now.with_timezone(&clinic.zone).date_naive(),
            visit: None,
        };
        store.commit(vec![FactKind::ChargeAdded { charge, by }], now)?;
        Ok(Ok(()))
    })
    .await
}

/// `POST /api/charges/{id}/withdraw`: something that nobody has paid is owed no longer.
pub async fn withdraw_charge(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Done {
    who.may(Permission::Payments)?;
    let Withdrawing { why } = parsed(&body)?;
    let by = who.name.clone();
    let why = text(&why, LONGEST_NOTE, "Write in a few words why it is owed no longer.")?;
    decide(&desk, &who, move |store| {
        let id = ChargeId(id);
        let Some(charge) = store.charge(id)? else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such item.".into())));
        };
        if !store.charge_stands(id)? {
            return Ok(Err(conflict("It is owed no longer already.")));
        }
        let account = store.account(charge.patient)?;
        let open = account.dues.iter().find(|due| due.charge.id == id);
        if open.is_none_or(|due| due.open != charge.amount) {
            let words = if account.in_doubt.is_empty() {
                sentence(
                    "Something was paid for it: give that back, and say there that it is owed no longer.",
                )
            } else {
                sentence("A payment of this patient is under way or in doubt: settle it first.")
            };
            return Ok(Err(conflict(words)));
        }
        store.commit(vec![FactKind::ChargeWithdrawn { charge: id, by, why }], Utc::now())?;
        Ok(Ok(()))
    })
    .await
}
