//! Who a patient is: identity, matching and masking.

use super::address::Address;
use super::detail::Further;
use super::money::Money;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use uuid::Uuid;

/// The identity of a patient record, stable across kiosks and desks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PatientId(pub Uuid);

impl fmt::Display for PatientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A calendar day on which somebody can have been born.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateOfBirth(NaiveDate);

/// Why a day is no date of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateOfBirthError {
    /// Such as the 31st of April, or the 29th of February outside a leap year.
    #[error("there is no such day in the calendar")]
    NoSuchDay,
    /// The day has not come yet.
    #[error("the day lies in the future")]
    InTheFuture,
    /// More than [`DateOfBirth::OLDEST_YEARS`] ago.
    #[error("the day lies more than {years} years back", years = DateOfBirth::OLDEST_YEARS)]
    TooLongAgo,
}

impl DateOfBirth {
    /// Nobody on record has lived longer than 122 years; beyond 130 it is a slip of the finger.
    pub const OLDEST_YEARS: i32 = 130;

    /// A date of birth from its parts, judged against `today` in the clinic's zone.
    pub fn new(year: i32, month: u32, day: u32, today: NaiveDate) -> Result<Self, DateOfBirthError> {
        let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(DateOfBirthError::NoSuchDay)?;
        Self::from_date(date, today)
    }

    /// A date of birth from a calendar day, judged against `today` in the clinic's zone.
    pub fn from_date(date: NaiveDate, today: NaiveDate) -> Result<Self, DateOfBirthError> {
        if date > today {
            Err(DateOfBirthError::InTheFuture)
        } else if today.year() - date.year() > Self::OLDEST_YEARS {
            Err(DateOfBirthError::TooLongAgo)
        } else {
            Ok(Self(date))
        }
    }

    /// The calendar day.
    pub fn date(self) -> NaiveDate {
        self.0
    }

    /// The age in whole years on a day.
    pub fn age_on(self, day: NaiveDate) -> u32 {
        day.years_since(self.0).unwrap_or(0)
    }
}

/// A person's name in its two parts, as the record has it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// Given name or names.
    pub given: String,
    /// Family name; may be of several words.
    pub family: String,
}

// Names must not reach logs by a stray `{:?}`.
impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(withheld)")
    }
}

impl PersonName {
    /// The name as it may stand on a screen in a lobby: first given name and the initial of the family
    /// name, "Maria G.". Very long given names are cut so that no screen is broken by one.
    pub fn masked(&self) -> String {
        let shown = self.first_given();
        let initial = self.family.nfc().find(|c| c.is_alphanumeric());
        match initial {
            Some(initial) if shown.is_empty() => format!("{}.", initial.to_uppercase()),
            Some(initial) => format!("{shown} {}.", initial.to_uppercase()),
            None => shown,
        }
    }

    /// The first given name alone, cut where it is very long.
    pub fn first_given(&self) -> String {
        const LONGEST: usize = 24;
        let given = self.given.split_whitespace().next().unwrap_or_default();
        let mut shown: String = given.chars().take(LONGEST).collect();
        if given.chars().count() > LONGEST {
            shown.push('…');
        }
        shown
    }

    /// Given and family name, for staff.
    pub fn full(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_string()
    }
}

/// Administrative sex as FHIR R4 has it (`AdministrativeGender`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Other.
    Other,
    /// Not known, or not said.
    Unknown,
}

/// Whom to call when something happens to the patient.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyContact {
    /// The contact's name as one line.
    pub name: String,
    /// Telephone number.
    pub phone: String,
    /// Who they are to the patient, in the patient's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
}

/// Where a record's data come from; patient-entered data stay marked until staff have seen proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Taken over from another system by `vestibule import`.
    Imported,
    /// Typed by the patient at a kiosk; identity unverified.
    Kiosk,
}

/// A patient record, as far as a front desk needs it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// Identity.
    pub id: PatientId,
    /// The clinic's own record number, where there is one.
    pub number: Option<String>,
    /// Name.
    pub name: PersonName,
    /// Date of birth.
    pub date_of_birth: DateOfBirth,
    /// Administrative sex.
    pub sex: Option<Sex>,
    /// Telephone number; E.164 where it was entered at a kiosk.
    pub phone: Option<String>,
    /// Postal address.
    pub address: Option<Address>,
    /// Emergency contact.
    pub emergency_contact: Option<EmergencyContact>,
    /// Preferred language, BCP 47.
    pub language: Option<String>,
    /// Where the data come from.
    pub source: Source,
    /// What is owed from before, as it was imported; none where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance_due: Option<Money>,
    /// What not every record has, and what is known of its details.
    #[serde(default, skip_serializing_if = "Further::is_empty")]
    pub further: Further,
}

impl fmt::Debug for Patient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Patient({})", self.id)
    }
}

/// A name reduced to what two spellings of it share: no case, accents, spaces, hyphens or apostrophes,
/// ligatures and special letters spelt out, and the Arabic letters that are written either way unified.
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    // Compatibility decomposition parts letters from their accents and full-width forms from their width.
    for c in name.nfkd() {
        match c {
            // Combining marks go, but not Devanagari vowel signs and virama, which are spelling there.
            c if is_combining_mark(c) && !('\u{0900}'..='\u{0DFF}').contains(&c) => {}
            '\u{0640}' => {} // Arabic tatweel only stretches a word
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            'ى' => folded.push('ي'),
            'ة' => folded.push('ه'),
            c if c.is_alphanumeric() || ('\u{0900}'..='\u{0DFF}').contains(&c) => {
                folded.extend(c.to_lowercase())
            }
            _ => {}
        }
    }
    // Lower-casing may decompose again (İ); what it leaves behind are marks.
    folded.retain(|c| !is_combining_mark(c) || ('\u{0900}'..='\u{0DFF}').contains(&c));
    folded
}

/// Whether a family name as typed is the one on record: the whole of it, or its leading words
/// ("García" for "García López"), spelling differences folded away by [`fold_name`].
pub fn family_name_fits(on_record: &str, typed: &str) -> bool {
    let typed = fold_name(typed);
    if typed.is_empty() {
        return false;
    }
    let mut leading = String::new();
    on_record.split(|c: char| c.is_whitespace() || c == '-').any(|word| {
        leading.push_str(&fold_name(word));
        leading == typed
    }) || fold_name(on_record) == typed
}

/// What two identifiers found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// No record fits both.
    None,
    /// Exactly one fits both.
    One(Box<Patient>),
    /// Several fit: a case for a person, never a list to choose from.
    Several(Vec<PatientId>),
}

/// Judges the records found for a date of birth against a typed family name.
pub fn match_family_name(found: &[Patient], typed: &str) -> Match {
    let fitting = found.iter().filter(|patient| family_name_fits(&patient.name.family, typed));
    one_or_several(fitting.cloned().collect())
}

/// Whether records that fit both identifiers are one.
pub fn one_or_several(mut fitting: Vec<Patient>) -> Match {
    match (fitting.pop(), fitting.is_empty()) {
        (None, _) => Match::None,
        (Some(patient), true) => Match::One(Box::new(patient)),
        (Some(last), false) => {
            Match::Several(fitting.iter().map(|patient| patient.id).chain([last.id]).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_never_defeats_a_match() {
        for (on_record, typed) in [
            ("O'Brien", "obrien"),
            ("O’Brien", "O'BRIEN"),
            ("García López", "garcia lopez"),
            ("García López", "GARCIA"),
            ("Müller", "Muller"),
            ("Straße", "strasse"),
            ("Núñez", "nun\u{0303}ez"),
            ("Smith-Jones", "smith jones"),
            ("Van der Berg", "vanderberg"),
            ("Łukasz", "lukasz"),
            ("İnan", "inan"),
            ("أحمد", "احمد"),
            ("فاطمة", "فاطمه"),
            ("शर्मा", "शर्मा"),
            ("X", "x"),
        ] {
            assert!(family_name_fits(on_record, typed), "{on_record} / {typed}");
        }
        for (on_record, typed) in [("Garcia", "Garci"), ("Lopez", ""), ("O'Brien", "'"), ("कमल", "कमला")]
        {
            assert!(!family_name_fits(on_record, typed), "{on_record} / {typed}");
        }
    }

    #[test]
    fn a_lobby_sees_a_first_name_and_an_initial() {
        for (given, family, masked) in [
            ("Maria Luisa", "García", "Maria G."),
            ("Seán", "o'Brien", "Seán O."),
            ("", "Prince", "P."),
            ("Sukarno", "", "Sukarno"),
            ("A", "B", "A B."),
            ("D", "'t Hooft", "D T."),
            ("ليلى", "حداد", "ليلى ح."),
        ] {
            assert_eq!(PersonName { given: given.into(), family: family.into() }.masked(), masked);
        }
        let long = PersonName { given: "Ab".repeat(100), family: "Z".repeat(200) };
        assert!(long.masked().chars().count() < 30);
    }

    #[test]
    fn a_date_of_birth_is_a_day_that_was() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert!(DateOfBirth::new(2000, 2, 29, today).is_ok());
        assert_eq!(DateOfBirth::new(1900, 2, 29, today), Err(DateOfBirthError::NoSuchDay));
        assert_eq!(DateOfBirth::new(1990, 2, 31, today), Err(DateOfBirthError::NoSuchDay));
        assert_eq!(DateOfBirth::new(2026, 11, 25, today), Err(DateOfBirthError::InTheFuture));
        assert_eq!(DateOfBirth::new(1826, 1, 1, today), Err(DateOfBirthError::TooLongAgo));
        assert!(DateOfBirth::new(2026, 11, 24, today).is_ok());
    }
}
