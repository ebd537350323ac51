//! What a scanned document says of a person: the machine-readable zone of a passport or identity card (ICAO
//! Doc 9303), a SMART Health Card, the code of a North American driving licence.
//!
//! It only saves typing. Whether the document is theirs, and genuine, nobody has seen: what it fills in is
//! marked as entered by the patient like everything else.

mod aamva;
mod health_card;
mod mrz_zone;

use super::patient::{DateOfBirth, PersonName, Sex, fold_name};
use chrono::{Datelike, NaiveDate};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// A date of birth as a document has it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Born {
    /// Whole.
    Day(NaiveDate),
    /// With the last two figures of the year; the day itself is one of this century.
    ShortYear(NaiveDate),
}

/// What a document says of its holder.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// The name; in capital letters where the document has no others.
    pub name: PersonName,
    /// Whether the name may go on where the document ended.
    truncated: bool,
    born: Born,
    /// Sex, where the document says it.
    pub sex: Option<Sex>,
    /// Street, town, region and postal code, where the document says them.
    pub address: Option<DocumentAddress>,
}

/// An address on a document.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentAddress {
    /// Street and house number.
    pub street: String,
    /// Town.
    pub town: String,
    /// State.
    pub region: String,
    /// Postal code.
    pub postal_code: String,
}

// Nothing of a document may reach a log by a stray `{:?}`.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Document(withheld)")
    }
}

impl fmt::Debug for DocumentAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentAddress(withheld)")
    }
}

/// What a scanned text is, if it is of a document at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// A whole one.
    Document(Box<Document>),
    /// One of several codes that only together say something.
    OneOfSeveral,
}

impl Document {
    /// Reads a scanned text; `None` where it is of no document that is known, or its check digits are wrong.
    pub fn read(text: &str) -> Option<Scanned> {
        let whole = |document| Scanned::Document(Box::new(document));
        if let Some(numbers) = text.trim().strip_prefix("shc:/") {
            return health_card::read(numbers);
        }
        mrz_zone::read(text).or_else(|| aamva::read(text)).map(whole)
    }

    /// The date of birth. A year of two figures is of this century if that day has been, and of the last one
    /// otherwise.
    pub fn date_of_birth(&self, today: NaiveDate) -> Option<DateOfBirth> {
        let day = match self.born {
            Born::Day(day) => day,
            Born::ShortYear(day) if day <= today => day,
            Born::ShortYear(day) => day.with_year(day.year() - 100)?,
        };
        DateOfBirth::from_date(day, today).ok()
    }

    /// Whether a name on record can be the one of the document, which may be spelt in the letters A to Z alone
    /// and be cut off.
    pub fn is_of(&self, on_record: &PersonName) -> bool {
        let typed = fold_name(&self.name.family);
        spellings(&on_record.family).iter().any(|family| {
            *family == typed || (self.truncated && typed.chars().count() >= 5 && family.starts_with(&typed))
        }) || super::patient::family_name_fits(&on_record.family, &self.name.family)
    }

    /// Whether the first given name is the same, to tell twins apart.
    pub fn has_given_name(&self, on_record: &PersonName) -> bool {
        let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_string();
        let given = fold_name(&first(&self.name.given));
        spellings(&first(&on_record.given)).contains(&given)
    }
}

/// A name folded as it is, and as Doc 9303-3, section 6, spells its letters.
fn spellings(name: &str) -> [String; 2] {
    let spelt: String = name
        .nfc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ä' | 'æ' => "ae".to_string(),
            'ö' | 'ø' | 'œ' => "oe".to_string(),
            'ü' => "ue".to_string(),
            'å' => "aa".to_string(),
            other => other.to_string(),
        })
        .collect();
    [fold_name(name), fold_name(&spelt)]
}

/// A name in capital letters as people write it: "MARIA LUISA" is "Maria Luisa". What has small letters already
/// stays as it is.
fn written(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_string();
    }
    let mut begins = true;
    name.chars()
        .flat_map(|c| {
            let kept: Vec<char> = if begins { vec![c] } else { c.to_lowercase().collect() };
            begins = !c.is_alphabetic();
            kept
        })
        .collect()
}

#[cfg(test)]
mod tests;
