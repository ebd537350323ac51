//! SMART Health Cards (HL7, "SMART Health Cards Framework" 1.4): figures → a signed token → FHIR.
//!
//! The signature is not checked: that needs the keys of whoever issued it, from the network, and would say
//! nothing of who holds the card. It fills in a form, no more.

use super::{Born, Document, Scanned};
use crate::front_desk::patient::PersonName;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

/// The longest code that is read: the largest QR code has 7,089 figures.
const LONGEST: usize = 7_100;
/// The most that a payload may unpack to. Real ones have a few thousand bytes; a bomb has millions.
const LARGEST: usize = 256 * 1024;

#[derive(Deserialize)]
struct Header {
    zip: Option<String>,
}

#[derive(Deserialize)]
struct Payload {
    vc: Credential,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credential {
    credential_subject: Subject,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subject {
    fhir_bundle: Bundle,
}

#[derive(Deserialize)]
struct Bundle {
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    resource: Resource,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    resource_type: String,
    #[serde(default)]
    name: serde_json::Value,
    birth_date: Option<String>,
}

#[derive(Deserialize)]
struct HumanName {
    family: Option<String>,
    #[serde(default)]
    given: Vec<String>,
}

pub(super) fn read(numbers: &str) -> Option<Scanned> {
    if numbers.contains('/') {
        return Some(Scanned::OneOfSeveral);
    }
    if numbers.len() > LONGEST
        || !numbers.len().is_multiple_of(2)
        || !numbers.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let token: String = numbers
        .as_bytes()
        .chunks(2)
        .map(|pair| char::from((pair[0] - b'0') * 10 + (pair[1] - b'0') + 45))
        .collect();
    let mut parts = token.split('.');
    let (header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
    let payload = match header.zip.as_deref() {
        Some("DEF") => miniz_oxide::inflate::decompress_to_vec_with_limit(&payload, LARGEST).ok()?,
        None => payload,
        Some(_) => return None,
    };
    let payload: Payload = serde_json::from_slice(&payload).ok()?;
    let entries = payload.vc.credential_subject.fhir_bundle.entry;
    let patient = entries.into_iter().map(|entry| entry.resource).find(|r| r.resource_type == "Patient")?;
    let names: Vec<HumanName> = serde_json::from_value(patient.name).ok()?;
    let name = names.into_iter().find(|name| name.family.as_ref().is_some_and(|f| !f.trim().is_empty()))?;
    let plain = |text: &str| text.chars().filter(|c| !c.is_control()).take(200).collect::<String>();
    let document = Document {
        name: PersonName { given: plain(&name.given.join(" ")), family: plain(&name.family?) },
        truncated: false,
        born: Born::Day(patient.birth_date?.parse().ok()?),
        sex: None,
        address: None,
    };
    Some(Scanned::Document(Box::new(document)))
}
