//! The payment provider's call: that money came for a code that a patient paid, or did not.
//!
//! Whoever has the key can say so, and nobody else: the call is signed with it, over a time that must be now and the
//! body as it came. A call that is repeated, by the provider or by somebody who saw it, says nothing new.

use crate::desk::{Desk, Refusal};
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::payment::{Outcome, PaymentEnd, PaymentRow, Witness};
use crate::front_desk::payment_code::PaymentReference;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;
use std::sync::Arc;

/// The largest call that is read, in bytes.
pub const LARGEST_CALL: usize = 16 * 1024;
/// How far the provider's clock may be from the desk's.
const CLOCK: TimeDelta = TimeDelta::minutes(5);
const TIMESTAMP: &str = "vestibule-timestamp";
const SIGNATURE: &str = "vestibule-signature";
const LONGEST_ID: usize = 100;

/// What a provider says.
#[derive(Deserialize)]
struct Call {
    /// By which the kiosk's code named the payment.
    reference: String,
    amount_minor: i64,
    currency: String,
    state: CallState,
    /// The provider's own: the same one twice is one word.
    id: String,
    at: DateTime<Utc>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum CallState {
    Paid,
    Failed,
}

/// Why a call is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum NotBelieved {
    #[error("The header Vestibule-Timestamp must be the time in seconds since 1970.")]
    NoTimestamp,
    #[error("The header Vestibule-Signature must be v1= and 64 hexadecimal figures.")]
    NoSignature,
    #[error("The signature does not fit timestamp, body and key.")]
    WrongSignature,
    #[error("The timestamp is more than five minutes off: sign again, and compare the clocks.")]
    NotNow,
}

/// `POST /payments/provider`.
pub async fn call(State(desk): State<Arc<Desk>>, headers: HeaderMap, body: Bytes) -> Response {
    let clinic = desk.clinic.now();
    let Some(key) = clinic.provider_key.as_deref() else { return StatusCode::NOT_FOUND.into_response() };
    if let Err(why) = believe(key.as_bytes(), &headers, &body, Utc::now()) {
        tracing::warn!("a call for the payment provider's place was refused: {why}");
        return Refusal(StatusCode::UNAUTHORIZED, why.to_string().into()).into_response();
    }
    let call = match read(&body) {
        Ok(call) => call,
        Err(refusal) => return refusal.into_response(),
    };
    let done = desk.ask(move |store| {
        // As it stands in the code, alone or in the form of its scheme.
        let reference = PaymentReference::read(&call.reference).map(|reference| reference.to_string());
        let reference = reference.unwrap_or_else(|| call.reference.clone());
        let Some(row) = store.payment_referred_to(&reference)? else { return Ok(None) };
        let now = Utc::now();
        match judge(&row, &call) {
            Word::SaidBefore => {}
            Word::End(end) => store.end_payment(&clinic, row.payment.id, end, false, now)?,
            Word::OtherMoney(end) => store.doubt_of_provider(&clinic, &row.payment, end, now)?,
            Word::OnceMore(end) => store.paid_once_more(&row.payment, &call.id, end, now)?,
        }
        Ok(Some(store.last_position()?))
    });
    match done.await {
        Ok(Some(position)) => {
            desk.reached(position);
            StatusCode::NO_CONTENT.into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        // What is wrong with the desk's disk is not the provider's business; it calls again.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Whether a call comes from who has the key, and now.
fn believe(key: &[u8], headers: &HeaderMap, body: &[u8], now: DateTime<Utc>) -> Result<(), NotBelieved> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let timestamp = header(TIMESTAMP).ok_or(NotBelieved::NoTimestamp)?;
    let seconds: i64 = timestamp.parse().map_err(|_| NotBelieved::NoTimestamp)?;
    let signature = header(SIGNATURE)
        .and_then(|value| value.strip_prefix("v1="))
        .and_then(bytes_of)
        .ok_or(NotBelieved::NoSignature)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| NotBelieved::WrongSignature)?;
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    // Compared in constant time: how far it is right must not show in how long that takes.
    mac.verify_slice(&signature).map_err(|_| NotBelieved::WrongSignature)?;
    let at = DateTime::from_timestamp(seconds, 0).ok_or(NotBelieved::NotNow)?;
    if (now - at).abs() > CLOCK { Err(NotBelieved::NotNow) } else { Ok(()) }
}

/// 64 hexadecimal figures.
fn bytes_of(hex: &str) -> Option<[u8; 32]> {
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, figures) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(figures).ok()?, 16).ok()?;
    }
    Some(bytes)
}

fn read(body: &[u8]) -> Result<Call, Refusal> {
    let wrong = |words: &'static str| Refusal(StatusCode::UNPROCESSABLE_ENTITY, words.into());
    // What the reader would say could quote what was sent.
    let call: Call = serde_json::from_slice(body).map_err(|_| {
        wrong("This is no call as the README describes it: reference, amount_minor, currency, state, id and at.")
    })?;
    let plain = |text: &str| {
        !text.is_empty() && text.len() <= LONGEST_ID && text.bytes().all(|byte| byte.is_ascii_graphic())
    };
    if !plain(&call.id) {
        return Err(wrong("The id must be 1 to 100 visible ASCII characters."));
    }
    Ok(call)
}

/// What a call means for the payment that it names.
enum Word {
    /// It was heard before.
    SaidBefore,
    /// What became of it.
    End(PaymentEnd),
    /// Money came, and not what was asked for.
    OtherMoney(PaymentEnd),
    /// It was paid already, and this is other money for the same.
    OnceMore(PaymentEnd),
}

fn judge(row: &PaymentRow, call: &Call) -> Word {
    let named = format!("its id {}", call.id);
    let by_provider = || row.ends.iter().filter(|end| end.witness == Witness::Provider);
    // The id ends the note or stands before a semicolon, which no id of ours is followed by otherwise.
    let said = |end: &PaymentEnd| end.note.split("; ").next() == Some(named.as_str());
    if by_provider().any(said) {
        return Word::SaidBefore;
    }
    let at = call.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let word = |outcome: Outcome, more: String| {
        PaymentEnd::new(outcome, Witness::Provider, format!("{named}; at {at}{more}"))
    };
    let asked = row.payment.amount;
    let there = Currency::parse(&call.currency).map(|currency| Money { minor: call.amount_minor, currency });
    if there != Some(asked) {
        let there = there.map_or("another currency".to_string(), |there| there.to_string());
        return Word::OtherMoney(word(
            Outcome::NotKnown,
            format!("; it tells of {there} instead of {asked}"),
        ));
    }
    match call.state {
        CallState::Failed => Word::End(word(Outcome::NotCharged, String::new())),
        CallState::Paid if by_provider().any(|end| end.outcome == Outcome::Charged) => {
            Word::OnceMore(word(Outcome::Charged, "; the second time".to_string()))
        }
        CallState::Paid => Word::End(word(Outcome::Charged, String::new())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"a key of the provider";

    fn headers(timestamp: &str, signature: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(TIMESTAMP, timestamp.parse().unwrap());
        headers.insert(SIGNATURE, signature.parse().unwrap());
        headers
    }

    // Made with: printf '1790000000.{}' | openssl dgst -sha256 -hmac 'a key of the provider'
    const SIGNED: &str = "v1=144214d972de2dd60f7c842fe66c2af6b19b9eb5cd6c5c64be48b4ab37f987dc";

    #[test]
    fn only_who_has_the_key_is_believed_and_only_now() {
        let at = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let told = |timestamp: &str, signature: &str, body: &[u8], now| {
            believe(KEY, &headers(timestamp, signature), body, now)
        };
        assert_eq!(told("1790000000", SIGNED, b"{}", at), Ok(()));
        assert_eq!(told("1790000000", &SIGNED.to_uppercase().replace("V1", "v1"), b"{}", at), Ok(()));
        for (off, believed) in
            [(300, Ok(())), (301, Err(NotBelieved::NotNow)), (-301, Err(NotBelieved::NotNow))]
        {
            let now = at + TimeDelta::seconds(off);
            assert_eq!(told("1790000000", SIGNED, b"{}", now), believed, "{off}");
        }
        assert_eq!(told("1790000000", SIGNED, b"{ }", at), Err(NotBelieved::WrongSignature));
        assert_eq!(told("1790000001", SIGNED, b"{}", at), Err(NotBelieved::WrongSignature));
        assert_eq!(
            believe(b"another", &headers("1790000000", SIGNED), b"{}", at),
            Err(NotBelieved::WrongSignature)
        );
        for signature in
            ["", "v1=", "v2=00", &SIGNED[..66], &format!("{SIGNED}0"), &SIGNED.replace('=', "=+")]
        {
            assert_eq!(
                told("1790000000", signature, b"{}", at),
                Err(NotBelieved::NoSignature),
                "{signature}"
            );
        }
        for timestamp in ["", "now", "1790000000.5", "99999999999999999999"] {
            assert_eq!(told(timestamp, SIGNED, b"{}", at), Err(NotBelieved::NoTimestamp), "{timestamp}");
        }
        assert_eq!(believe(KEY, &HeaderMap::new(), b"{}", at), Err(NotBelieved::NoTimestamp));
    }
}
