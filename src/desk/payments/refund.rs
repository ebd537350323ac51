//! Giving money back.

use super::shown::receipt_of;
use super::words::no_amount;
use crate::desk::action::{Done, LONGEST_NOTE, conflict, decide, parsed, text, wrong};
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::money::Money;
use crate::front_desk::payment::{
    ChargeId, DeskMeans, Means, Outcome, PaymentEnd, PaymentId, PaymentRow, Refund, RefundId, RefundWay,
    Witness,
};
use crate::front_desk::role::Permission;
use crate::store::RefundStop;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::Utc;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
struct Refunding {
    why: String,
    /// How much, as it is written in the payment's currency.
    amount: String,
    way: Way,
    /// Which of its charges are owed no longer.
    #[serde(default)]
    withdraw: Vec<Uuid>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Way {
    /// The terminal that charged it takes it back.
    Reversal,
    /// That terminal credits a card.
    Credit,
    Cash,
    Card,
    Transfer,
}

/// `POST /api/payments/{id}/refund`: at the desk it is given back at once; a terminal does it when its kiosk hears of
/// it, and the kiosk says what became of it.
pub async fn refund(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Refunds)?;
    let Refunding { why, amount, way, withdraw } = parsed(&body)?;
    let by = who.name.clone();
    let why = text(&why, LONGEST_NOTE, "Write in a few words why the money goes back.")?.0;
    decide(&desk, &who, move |store| {
        let Some(row) = store.payment(PaymentId(id))? else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, RefundStop::NoPayment.to_string().into())));
        };
        let amount = match Money::parse(amount.trim(), row.payment.amount.currency) {
            Ok(amount) => amount,
            Err(error) => return Ok(Err(wrong(no_amount(&error)))),
        };
        let way = match way.of(&row) {
            Ok(way) => way,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let end = matches!(way, RefundWay::Desk { .. })
            .then(|| PaymentEnd::new(Outcome::Charged, Witness::Staff { by: by.clone() }, ""));
        let refund = Refund { id: RefundId(Uuid::now_v7()), payment: row.payment.id, amount, way, by, why };
        let withdraw: Vec<ChargeId> = withdraw.into_iter().map(ChargeId).collect();
        let done = store.begin_refund(&refund, end, &withdraw, Utc::now())?;
        Ok(done.map_err(|stop| conflict(stop.to_string())))
    })
    .await
}

impl Way {
    fn of(self, row: &PaymentRow) -> Result<RefundWay, Refusal> {
        let how = match self {
            Self::Cash => DeskMeans::Cash,
            Self::Card => DeskMeans::Card,
            Self::Transfer => DeskMeans::Transfer,
            Self::Reversal | Self::Credit => {
                let Means::Card { terminal } = &row.payment.means else {
                    return Err(wrong(
                        "No terminal of a kiosk charged this: give it back at the desk, or by transfer.",
                    ));
                };
                let terminal = terminal.clone();
                return match (self, receipt_of(&row.ends)) {
                    (Self::Reversal, Some(receipt)) => Ok(RefundWay::Reversal { terminal, receipt }),
                    (Self::Reversal, None) => Err(wrong(
                        "Nobody knows the terminal's receipt number of this payment: credit the card instead.",
                    )),
                    _ => Ok(RefundWay::Credit { terminal }),
                };
            }
        };
        Ok(RefundWay::Desk { how })
    }
}
