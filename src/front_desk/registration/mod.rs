//! Registering a new patient: the questions that a clinic may ask, and what each answer must be. Which of them
//! it asks, in which order, is its own: see [`RegistrationForm`].

mod date;

pub use date::DateDigits;

use super::address::{Address, PostalAddress, postal_code_and_town};
use super::patient::{EmergencyContact, Patient, PatientId, PersonName, Sex, Source};
use super::phone;
use super::scheme_number::{SchemeNumber, SchemeNumberError};
use crate::clinic::registration::{Asked, RegistrationForm};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A question, one to a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
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
    /// Sex.
    Sex,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// Street and house number.
    Street,
    /// Postal code and town in one line.
    PostalCodeAndTown,
    /// Postal code.
    PostalCode,
    /// Town.
    Town,
    /// Province or state.
    Region,
    /// Emergency contact's name.
    ContactName,
    /// Emergency contact's telephone number.
    ContactPhone,
    /// Who the emergency contact is to the patient.
    ContactRelation,
    /// Preferred language.
    Language,
    /// Reason for the visit, from the clinic's list.
    Reason,
    /// Insurer.
    Insurer,
    /// Number of the insurance or scheme.
    SchemeNumber,
    /// A field of the clinic's own, by its position in the clinic's list.
    Own(u8),
    /// Consent.
    Consent,
}

impl Question {
    /// All of them but the clinic's own, each with what the clinic's file calls it.
    pub const KNOWN: [(Self, &'static str); 21] = [
        (Self::GivenName, "given-name"),
        (Self::FamilyName, "family-name"),
        (Self::FurtherFamilyName, "further-family-name"),
        (Self::PreviousFamilyName, "previous-family-name"),
        (Self::DateOfBirth, "date-of-birth"),
        (Self::Sex, "sex"),
        (Self::Phone, "phone"),
        (Self::Email, "email"),
        (Self::Street, "street"),
        (Self::PostalCodeAndTown, "postal-code-and-town"),
        (Self::PostalCode, "postal-code"),
        (Self::Town, "town"),
        (Self::Region, "region"),
        (Self::ContactName, "contact-name"),
        (Self::ContactPhone, "contact-phone"),
        (Self::ContactRelation, "contact-relation"),
        (Self::Language, "language"),
        (Self::Reason, "reason"),
        (Self::Insurer, "insurer"),
        (Self::SchemeNumber, "scheme-number"),
        (Self::Consent, "consent"),
    ];

    /// By what the clinic's file calls it; its own fields aside.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::KNOWN.into_iter().find(|(_, known)| *known == id).map(|(question, _)| question)
    }

    /// A number of its own, to tell one screen from another.
    pub fn number(self) -> usize {
        match self {
            Self::Own(position) => 100 + usize::from(position),
            known => Self::KNOWN.iter().position(|(question, _)| *question == known).unwrap_or_default(),
        }
    }

    /// Whether it is answered by typing text, and not a date or a choice.
    pub fn is_typed(self) -> bool {
        !matches!(self, Self::DateOfBirth | Self::Sex | Self::Language | Self::Reason | Self::Consent)
    }
}

/// What is wrong with an answer; each has a sentence that says how to put it right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblem {
    /// Nothing was typed.
    Empty,
    /// A name without any letter.
    NoLetter,
    /// Not all eight digits.
    DateIncomplete,
    /// Not in the calendar.
    NoSuchDay,
    /// Still to come.
    DateInTheFuture,
    /// Beyond any human age.
    DateTooLongAgo,
    /// Fewer than seven digits.
    PhoneTooShort,
    /// More digits than a number has (ITU-T E.164: 15).
    PhoneTooLong,
    /// No number of the clinic's country, nor of another one.
    PhoneUnknown,
    /// No e-mail address.
    Email,
    /// No postal code of the country.
    PostalCode,
    /// A number of another form than those of its kind.
    NumberFormat,
    /// One figure is not right.
    CheckDigit,
    /// Not in the form that the clinic asks for.
    OwnFormat,
    /// Longer than the clinic asks for.
    TooLong,
    /// Nothing was chosen.
    NothingChosen,
}

/// All that has been answered so far. Going back and forth never loses any of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Draft {
    texts: BTreeMap<Question, String>,
    /// Date of birth as typed.
    pub date: DateDigits,
    /// Sex, once chosen.
    pub sex: Option<Sex>,
    /// Position of the preferred language in the clinic's list.
    pub language: Option<usize>,
    /// Position of the reason in the clinic's list.
    pub reason: Option<usize>,
}

// Nothing a patient typed may reach a log by a stray `{:?}`.
impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Draft(withheld)")
    }
}

impl Draft {
    /// The longest answer kept, in characters. Real names beyond a hundred letters exist; two hundred do not
    /// defeat the kiosk.
    pub const LONGEST: usize = 250;

    /// Nothing answered, and the language chosen by its position in the clinic's list.
    pub fn in_language(language: usize) -> Self {
        Self { language: Some(language), ..Self::default() }
    }

    /// What was typed for a question, as it was typed.
    pub fn text(&self, question: Question) -> &str {
        self.texts.get(&question).map_or("", String::as_str)
    }

    /// The text field that a question fills, if it is one that is typed.
    pub fn text_mut(&mut self, question: Question) -> Option<&mut String> {
        question.is_typed().then(|| self.texts.entry(question).or_default())
    }

    /// Takes an answer back: the question is passed over.
    pub fn clear(&mut self, question: Question) {
        match question {
            Question::DateOfBirth => self.date = DateDigits::default(),
            Question::Sex => self.sex = None,
            Question::Reason => self.reason = None,
            // What stands there is the language that was chosen at the welcome.
            Question::Language | Question::Consent => {}
            typed => drop(self.texts.remove(&typed)),
        }
    }

    /// Whether nothing was answered; the language stands there from the welcome.
    pub fn is_empty(&self) -> bool {
        self.date.is_empty()
            && self.sex.is_none()
            && self.reason.is_none()
            && self.texts.values().all(|text| text.trim().is_empty())
    }

    /// Checks the answer to one question as it is left.
    pub fn check(
        &self,
        asked: &Asked,
        form: &RegistrationForm,
        today: NaiveDate,
    ) -> Result<(), FieldProblem> {
        let question = asked.question;
        let nothing = match question {
            Question::DateOfBirth => self.date.is_empty(),
            Question::Sex => self.sex.is_none(),
            Question::Reason => self.reason.is_none(),
            Question::Language => self.language.is_none(),
            Question::Consent => false,
            typed => self.text(typed).trim().is_empty(),
        };
        if nothing && asked.may_skip {
            return Ok(());
        }
        let typed = self.text(question);
        match question {
            Question::DateOfBirth => self.date.date_of_birth(today).map(drop),
            Question::Sex | Question::Language | Question::Reason if nothing => {
                Err(FieldProblem::NothingChosen)
            }
            Question::Sex | Question::Language | Question::Reason | Question::Consent => Ok(()),
            Question::GivenName
            | Question::FamilyName
            | Question::FurtherFamilyName
            | Question::PreviousFamilyName
            | Question::ContactName => check_name(typed),
            Question::Phone | Question::ContactPhone => phone_number(typed, form).map(drop),
            Question::Email => check_email(typed),
            Question::PostalCodeAndTown => postal_town(typed, form).map(drop),
            Question::PostalCode => postal_code(typed, form).map(drop),
            Question::SchemeNumber => scheme_number(typed, form).map(drop),
            Question::Own(position) => own_field(typed, position, form).map(drop),
            Question::Street
            | Question::Town
            | Question::Region
            | Question::ContactRelation
            | Question::Insurer => check_filled(typed),
        }
    }

    /// The name as typed, without stray spaces.
    pub fn name(&self) -> PersonName {
        PersonName {
            given: tidy(self.text(Question::GivenName)),
            family: tidy(self.text(Question::FamilyName)),
        }
    }

    /// The record, or the first question whose answer does not do. The language's code comes in because
    /// the list of languages is the clinic's.
    pub fn complete(
        &self,
        id: PatientId,
        language: &str,
        form: &RegistrationForm,
        today: NaiveDate,
    ) -> Result<Patient, (Question, FieldProblem)> {
        for asked in &form.asked {
            self.check(asked, form, today).map_err(|problem| (asked.question, problem))?;
        }
        let date_of_birth =
            self.date.date_of_birth(today).map_err(|problem| (Question::DateOfBirth, problem))?;
        let mut patient = Patient {
            balance_due: None,
            id,
            number: None,
            name: self.name(),
            date_of_birth,
            sex: self.sex,
            phone: self.phone(form),
            address: self.address(form),
            emergency_contact: self.emergency_contact(form),
            language: Some(language.to_string()),
            source: Source::Kiosk,
            further: Default::default(),
        };
        let further = &mut patient.further;
        further.further_family = self.filled(Question::FurtherFamilyName);
        further.previous_family = self.filled(Question::PreviousFamilyName);
        further.email = self.filled(Question::Email);
        further.insurer = self.filled(Question::Insurer);
        let number = self.filled(Question::SchemeNumber);
        further.scheme_number = number.and_then(|typed| scheme_number(&typed, form).ok());
        for (position, own) in (0..).zip(&form.own) {
            let typed = self.filled(Question::Own(position));
            if let Some(value) = typed.and_then(|typed| own_field(&typed, position, form).ok()) {
                further.own.insert(own.id.clone(), value);
            }
        }
        Ok(patient)
    }

    /// The address out of its parts, if any of it was answered.
    pub fn address(&self, form: &RegistrationForm) -> Option<Address> {
        let part = |question| self.filled(question).unwrap_or_default();
        let (mut code, mut town) = match self.filled(Question::PostalCodeAndTown) {
            Some(line) => postal_town(&line, form).ok()?,
            None => (String::new(), String::new()),
        };
        if let Some(typed) = self.filled(Question::PostalCode) {
            code = postal_code(&typed, form).ok()?;
        }
        if let Some(typed) = self.filled(Question::Town) {
            town = typed;
        }
        let (street, region) = (part(Question::Street), part(Question::Region));
        let parts = [&street, &code, &town, &region];
        if parts.iter().all(|part| part.is_empty()) {
            return None;
        }
        Some(match form.country {
            Some(country) => {
                Address::Parts(PostalAddress { street, postal_code: code, town, region, country })
            }
            None => {
                let filled = parts.into_iter().filter(|part| !part.is_empty());
                Address::Line(filled.cloned().collect::<Vec<_>>().join(", "))
            }
        })
    }

    /// The telephone number in its standard form, if it was answered.
    pub fn phone(&self, form: &RegistrationForm) -> Option<String> {
        self.filled(Question::Phone).and_then(|typed| phone_number(&typed, form).ok())
    }

    /// The emergency contact out of its parts, if any of it was answered.
    pub fn emergency_contact(&self, form: &RegistrationForm) -> Option<EmergencyContact> {
        let name = self.filled(Question::ContactName);
        let phone = self.filled(Question::ContactPhone).and_then(|typed| phone_number(&typed, form).ok());
        if name.is_none() && phone.is_none() {
            return None;
        }
        Some(EmergencyContact {
            name: name.unwrap_or_default(),
            phone: phone.unwrap_or_default(),
            relation: self.filled(Question::ContactRelation),
        })
    }

    fn filled(&self, question: Question) -> Option<String> {
        Some(tidy(self.text(question))).filter(|text| !text.is_empty())
    }
}

/// A text without stray spaces.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_filled(text: &str) -> Result<(), FieldProblem> {
    if text.trim().is_empty() { Err(FieldProblem::Empty) } else { Ok(()) }
}

/// A name needs a letter.
pub fn check_name(text: &str) -> Result<(), FieldProblem> {
    check_filled(text)?;
    // One letter is a whole name for some people; no letter at all is a slip.
    if text.chars().any(char::is_alphabetic) { Ok(()) } else { Err(FieldProblem::NoLetter) }
}

/// Something, an @, and a host with a dot: whatever is stricter refuses addresses that work. Only a letter
/// that is sent there can tell more.
fn check_email(text: &str) -> Result<(), FieldProblem> {
    let text = text.trim();
    check_filled(text)?;
    let right = text.rsplit_once('@').is_some_and(|(who, host)| {
        let labels: Vec<&str> = host.split('.').collect();
        let label =
            |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
        !who.is_empty() && !who.contains('@') && labels.len() >= 2 && labels.iter().all(label)
    });
    if right && !text.contains(char::is_whitespace) { Ok(()) } else { Err(FieldProblem::Email) }
}

/// A telephone number in its standard form; without a country nothing is known of how numbers look.
pub fn phone_number(typed: &str, form: &RegistrationForm) -> Result<String, FieldProblem> {
    match (form.country, typed.chars().filter(|c| c.is_numeric()).count()) {
        (Some(country), _) => phone::e164(typed, country),
        (None, 0) => Err(FieldProblem::Empty),
        (None, 1..7) => Err(FieldProblem::PhoneTooShort),
        (None, 7..=15) => Ok(tidy(typed)),
        (None, _) => Err(FieldProblem::PhoneTooLong),
    }
}

fn postal_town(typed: &str, form: &RegistrationForm) -> Result<(String, String), FieldProblem> {
    check_filled(typed)?;
    match form.country {
        None => Ok((String::new(), tidy(typed))),
        Some(country) => postal_code_and_town(typed, country).ok_or(FieldProblem::PostalCode),
    }
}

fn postal_code(typed: &str, form: &RegistrationForm) -> Result<String, FieldProblem> {
    check_filled(typed)?;
    match form.country {
        None => Ok(tidy(typed)),
        Some(country) => country.postal_code(typed).ok_or(FieldProblem::PostalCode),
    }
}

fn scheme_number(typed: &str, form: &RegistrationForm) -> Result<SchemeNumber, FieldProblem> {
    let Some(scheme) = &form.scheme else { return Err(FieldProblem::NumberFormat) };
    let number = scheme.kind.standard(typed).map_err(|error| match error {
        SchemeNumberError::Empty => FieldProblem::Empty,
        SchemeNumberError::Format => FieldProblem::NumberFormat,
        SchemeNumberError::CheckDigit => FieldProblem::CheckDigit,
    })?;
    if scheme.pattern.as_ref().is_some_and(|pattern| !pattern.fits(&number)) {
        return Err(FieldProblem::NumberFormat);
    }
    Ok(SchemeNumber { kind: scheme.kind, number })
}

fn own_field(typed: &str, position: u8, form: &RegistrationForm) -> Result<String, FieldProblem> {
    check_filled(typed)?;
    let Some(own) = form.own.get(usize::from(position)) else { return Err(FieldProblem::OwnFormat) };
    own.read(typed)
}

#[cfg(test)]
mod tests;
