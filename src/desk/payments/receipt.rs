//! The receipt of a payment on paper, for money that the desk took or paper that was lost: a kiosk's printer prints it.

use crate::desk::action::{Done, conflict, decide, known_kiosk, parsed};
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::payment::PaymentId;
use crate::front_desk::role::Permission;
use crate::front_desk::ticket::PaperState;
use crate::link::fact::FactKind;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::Utc;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
struct Printing {
    /// Whose printer.
    kiosk: String,
}

/// `POST /api/payments/{id}/receipt`: a kiosk shall print the receipt; where one came out before, it says that it is a
/// copy.
pub async fn print(who: Signed, State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Payments)?;
    let Printing { kiosk } = parsed(&body)?;
    let clinic = desk.clinic.now();
    known_kiosk(&clinic, &kiosk)?;
    if clinic.kiosk(&kiosk).is_some_and(|kiosk| kiosk.printer.is_none()) {
        return Err(conflict(who.language.say("This kiosk has no printer: choose another one.", &[])));
    }
    let person = who.clone();
    decide(&desk, &person, move |store| {
        let payment = PaymentId(id);
        let Some(row) = store.payment(payment)? else {
            let words = who.language.say("There is no such payment.", &[]);
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, words.into())));
        };
        if row.outcome().is_none() {
            let words = who.language.say("It is still under way: a receipt says what became of it.", &[]);
            return Ok(Err(conflict(words)));
        }
        let copy = store.ledger_row(row)?.paper == Some(PaperState::Printed);
        let by = who.name.clone();
        store.commit(vec![FactKind::ReceiptAsked { payment, kiosk, copy, by }], Utc::now())?;
        Ok(Ok(()))
    })
    .await
}
