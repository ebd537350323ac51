//! The machine-readable zone of passports and identity cards (ICAO Doc 9303, parts 4 to 6).

use super::{Born, Document, written};
use crate::front_desk::patient::{PersonName, Sex};
use chrono::NaiveDate;
use mrz::{MrzData, MrzDate, ParseOptions};

/// Reads a zone, in its lines or in one text. All check digits must be right: a scanner that misread one figure
/// would find somebody else.
pub(super) fn read(text: &str) -> Option<Document> {
    let zone: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    if !zone.is_ascii() {
        return None;
    }
    // Every year is read as of this century; which one it is depends on today.
    let options = ParseOptions::default().with_pivot_yy(99);
    let data = match zone.len() {
        88 => mrz::parse_td3_with(&zone[..44], &zone[44..], &options),
        72 => mrz::parse_td2_with(&zone[..36], &zone[36..], &options),
        90 => mrz::parse_td1_with(&zone[..30], &zone[30..60], &zone[60..], &options),
        _ => return None,
    };
    document(&data.ok()?, &zone)
}

fn document(data: &MrzData, zone: &str) -> Option<Document> {
    if !data.checksum_consistent() {
        return None;
    }
    let MrzDate::Calendar(_) = data.date_of_birth else { return None };
    let born: NaiveDate = data.date_of_birth.to_string().parse().ok()?;
    let name = PersonName { given: written(&data.given_names), family: written(&data.surname) };
    // A name that fills its field to the last place may go on behind it (Doc 9303-3, 4.6).
    let field = match zone.len() {
        88 => &zone[5..44],
        72 => &zone[5..36],
        _ => &zone[60..],
    };
    let sex = match data.sex {
        mrz::Sex::Male => Some(Sex::Male),
        mrz::Sex::Female => Some(Sex::Female),
        _ => None,
    };
    let truncated = !field.ends_with('<');
    if name.family.is_empty() {
        return None;
    }
    Some(Document { name, truncated, born: Born::ShortYear(born), sex, address: None })
}
