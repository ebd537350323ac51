//! The details of a patient record, each by itself: what is entered, confirmed, proved and compared.

use super::address::Address;
use super::patient::{DateOfBirth, EmergencyContact, Patient, Sex};
use super::scheme_number::SchemeNumber;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Which detail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Detail {
    /// Given name.
    GivenName,
    /// Family name.
    FamilyName,
    /// A further family name.
    FurtherFamilyName,
    /// A family name of before.
    PreviousFamilyName,
    /// Date of birth.
    DateOfBirth,
    /// Administrative sex.
    Sex,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// Postal address.
    Address,
    /// Whom to call in an emergency.
    EmergencyContact,
    /// Preferred language.
    Language,
    /// Insurer.
    Insurer,
    /// Number of the insurance or scheme.
    SchemeNumber,
    /// A field of the clinic's own, by its id.
    Own(String),
}

const NAMES: [(Detail, &str, &str); 13] = [
    (Detail::GivenName, "given-name", "Given name"),
    (Detail::FamilyName, "family-name", "Family name"),
    (Detail::FurtherFamilyName, "further-family-name", "Further family name"),
    (Detail::PreviousFamilyName, "previous-family-name", "Previous family name"),
    (Detail::DateOfBirth, "date-of-birth", "Date of birth"),
    (Detail::Sex, "sex", "Sex"),
    (Detail::Phone, "phone", "Telephone number"),
    (Detail::Email, "email", "E-mail address"),
    (Detail::Address, "address", "Address"),
    (Detail::EmergencyContact, "emergency-contact", "Emergency contact"),
    (Detail::Language, "language", "Preferred language"),
    (Detail::Insurer, "insurer", "Insurer"),
    (Detail::SchemeNumber, "scheme-number", "Insurance or scheme number"),
];

const OWN: &str = "own:";

impl Detail {
    /// All that the program knows, without those of the clinic's own.
    pub fn known() -> impl Iterator<Item = Self> {
        NAMES.into_iter().map(|(detail, ..)| detail)
    }

    /// What staff call it.
    pub fn words(&self) -> &str {
        match self {
            Self::Own(id) => id,
            known => NAMES.iter().find(|(detail, ..)| detail == known).map_or("", |(_, _, words)| words),
        }
    }

    /// Whether it says who somebody is, and not how they are reached: two records that are merged keep one of
    /// them, whoever typed the other.
    pub fn is_identity(&self) -> bool {
        matches!(
            self,
            Self::GivenName
                | Self::FamilyName
                | Self::FurtherFamilyName
                | Self::PreviousFamilyName
                | Self::DateOfBirth
                | Self::Sex
        )
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(id) => write!(f, "{OWN}{id}"),
            known => {
                f.write_str(NAMES.iter().find(|(detail, ..)| detail == known).map_or("", |(_, id, _)| id))
            }
        }
    }
}

impl FromStr for Detail {
    type Err = String;
    fn from_str(id: &str) -> Result<Self, String> {
        if let Some(own) = id.strip_prefix(OWN) {
            return Ok(Self::Own(own.to_string()));
        }
        let known = NAMES.into_iter().find(|(_, name, _)| *name == id);
        known.map(|(detail, ..)| detail).ok_or_else(|| format!("there is no detail \"{id}\""))
    }
}

impl From<Detail> for String {
    fn from(detail: Detail) -> Self {
        detail.to_string()
    }
}

impl TryFrom<String> for Detail {
    type Error = String;
    fn try_from(id: String) -> Result<Self, String> {
        id.parse()
    }
}

/// A detail with what it says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "detail", content = "value", rename_all = "kebab-case")]
pub enum DetailValue {
    /// Given name.
    GivenName(String),
    /// Family name.
    FamilyName(String),
    /// A further family name.
    FurtherFamilyName(String),
    /// A family name of before.
    PreviousFamilyName(String),
    /// Date of birth.
    DateOfBirth(DateOfBirth),
    /// Administrative sex.
    Sex(Sex),
    /// Telephone number.
    Phone(String),
    /// E-mail address.
    Email(String),
    /// Postal address.
    Address(Address),
    /// Whom to call in an emergency.
    EmergencyContact(EmergencyContact),
    /// Preferred language, BCP 47.
    Language(String),
    /// Insurer.
    Insurer(String),
    /// Number of the insurance or scheme.
    SchemeNumber(SchemeNumber),
    /// A field of the clinic's own: its id and what was entered.
    Own(String, String),
}

// What a patient entered must not reach a log by a stray `{:?}`.
impl fmt::Debug for DetailValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DetailValue({}, withheld)", self.detail())
    }
}

impl DetailValue {
    /// Which detail it is.
    pub fn detail(&self) -> Detail {
        match self {
            Self::GivenName(_) => Detail::GivenName,
            Self::FamilyName(_) => Detail::FamilyName,
            Self::FurtherFamilyName(_) => Detail::FurtherFamilyName,
            Self::PreviousFamilyName(_) => Detail::PreviousFamilyName,
            Self::DateOfBirth(_) => Detail::DateOfBirth,
            Self::Sex(_) => Detail::Sex,
            Self::Phone(_) => Detail::Phone,
            Self::Email(_) => Detail::Email,
            Self::Address(_) => Detail::Address,
            Self::EmergencyContact(_) => Detail::EmergencyContact,
            Self::Language(_) => Detail::Language,
            Self::Insurer(_) => Detail::Insurer,
            Self::SchemeNumber(_) => Detail::SchemeNumber,
            Self::Own(id, _) => Detail::Own(id.clone()),
        }
    }
}

/// What a record holds beside what every record has, and what is known of its details.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Further {
    /// A further family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub further_family: Option<String>,
    /// A family name of before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_family: Option<String>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Insurer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insurer: Option<String>,
    /// Number of the insurance or scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme_number: Option<SchemeNumber>,
    /// The clinic's own fields, by their id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub own: BTreeMap<String, String>,
    /// Which details the patient entered, and which of those staff have seen proof of.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: BTreeMap<Detail, Mark>,
    /// On which day the patient said last that a detail is still right.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub confirmed: BTreeMap<Detail, NaiveDate>,
}

impl Further {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A detail was entered by the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The fact with which it was entered: a proof is of that, and of nothing that was entered later.
    pub entry: Uuid,
    /// When it was entered.
    pub at: DateTime<Utc>,
    /// What staff have seen; none as long as nobody has seen anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// What staff have seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Which document, such as "identity card".
    pub document: String,
    /// Who saw it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Patient {
    /// What a detail says; none where it is empty.
    pub fn get(&self, detail: &Detail) -> Option<DetailValue> {
        use DetailValue as V;
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_string());
        match detail {
            Detail::GivenName => filled(&self.name.given).map(V::GivenName),
            Detail::FamilyName => filled(&self.name.family).map(V::FamilyName),
            Detail::FurtherFamilyName => self.further.further_family.clone().map(V::FurtherFamilyName),
            Detail::PreviousFamilyName => self.further.previous_family.clone().map(V::PreviousFamilyName),
            Detail::DateOfBirth => Some(V::DateOfBirth(self.date_of_birth)),
            Detail::Sex => self.sex.map(V::Sex),
            Detail::Phone => self.phone.clone().map(V::Phone),
            Detail::Email => self.further.email.clone().map(V::Email),
            Detail::Address => self.address.clone().map(V::Address),
            Detail::EmergencyContact => self.emergency_contact.clone().map(V::EmergencyContact),
            Detail::Language => self.language.clone().map(V::Language),
            Detail::Insurer => self.further.insurer.clone().map(V::Insurer),
            Detail::SchemeNumber => self.further.scheme_number.clone().map(V::SchemeNumber),
            Detail::Own(id) => self.further.own.get(id).map(|value| V::Own(id.clone(), value.clone())),
        }
    }

    /// Lets a detail say something else.
    pub fn put(&mut self, value: DetailValue) {
        use DetailValue as V;
        match value {
            V::GivenName(given) => self.name.given = given,
            V::FamilyName(family) => self.name.family = family,
            V::FurtherFamilyName(family) => self.further.further_family = Some(family),
            V::PreviousFamilyName(family) => self.further.previous_family = Some(family),
            V::DateOfBirth(born) => self.date_of_birth = born,
            V::Sex(sex) => self.sex = Some(sex),
            V::Phone(phone) => self.phone = Some(phone),
            V::Email(email) => self.further.email = Some(email),
            V::Address(address) => self.address = Some(address),
            V::EmergencyContact(contact) => self.emergency_contact = Some(contact),
            V::Language(language) => self.language = Some(language),
            V::Insurer(insurer) => self.further.insurer = Some(insurer),
            V::SchemeNumber(number) => self.further.scheme_number = Some(number),
            V::Own(id, value) => drop(self.further.own.insert(id, value)),
        }
    }

    /// The details that say something.
    pub fn filled(&self) -> Vec<Detail> {
        let own = self.further.own.keys().map(|id| Detail::Own(id.clone()));
        let known = NAMES.into_iter().map(|(detail, ..)| detail);
        known.chain(own).filter(|detail| self.get(detail).is_some()).collect()
    }

    /// The details that the patient entered and that staff have seen no proof of.
    pub fn unproved(&self) -> impl Iterator<Item = (&Detail, &Mark)> {
        self.further.marks.iter().filter(|(_, mark)| mark.proof.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_detail_is_called_alike_in_the_file_the_facts_and_the_record() {
        for (detail, id, _) in NAMES {
            assert_eq!(detail.to_string(), id);
            assert_eq!(id.parse(), Ok(detail));
        }
        assert_eq!("own:mutua".parse(), Ok(Detail::Own("mutua".into())));
        let phone = DetailValue::Phone("+34600111222".into());
        assert_eq!(serde_json::to_value(&phone).unwrap()["detail"], Detail::Phone.to_string());
    }
}
