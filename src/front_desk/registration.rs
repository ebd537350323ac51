//! Registering a new patient: the questions, and what each answer must be.

use super::patient::{
    DateOfBirth, DateOfBirthError, EmergencyContact, Patient, PatientId, PersonName, Sex, Source,
};
use chrono::NaiveDate;

/// The questions, in the order in which they are asked; one to a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Given name.
    GivenName,
    /// Family name.
    FamilyName,
    /// Date of birth.
    DateOfBirth,
    /// Sex.
    Sex,
    /// Telephone number.
    Phone,
    /// Street and house number.
    Street,
    /// Postal code and town.
    Town,
    /// Emergency contact's name.
    ContactName,
    /// Emergency contact's telephone number.
    ContactPhone,
    /// Preferred language.
    Language,
    /// Reason for the visit, from the clinic's list.
    Reason,
    /// Consent.
    Consent,
}

impl Question {
    /// All of them, in order.
    pub const ALL: [Self; 12] = [
        Self::GivenName,
        Self::FamilyName,
        Self::DateOfBirth,
        Self::Sex,
        Self::Phone,
        Self::Street,
        Self::Town,
        Self::ContactName,
        Self::ContactPhone,
        Self::Language,
        Self::Reason,
        Self::Consent,
    ];

    /// From 0.
    pub fn position(self) -> usize {
        self as usize
    }

    /// The one after this, if any.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.position() + 1).copied()
    }

    /// The one before this, if any.
    pub fn previous(self) -> Option<Self> {
        self.position().checked_sub(1).map(|position| Self::ALL[position])
    }
}

/// A date as it is being typed: digits only, day, month and year apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateDigits {
    digits: String,
}

impl DateDigits {
    /// Adds a digit; anything else, and a ninth digit, is ignored.
    pub fn push(&mut self, typed: char) {
        // Arabic-Indic and Devanagari digits come from keyboards of those scripts.
        let value = match typed {
            '0'..='9' => typed as u32 - '0' as u32,
            '٠'..='٩' => typed as u32 - '٠' as u32,
            '०'..='९' => typed as u32 - '०' as u32,
            _ => return,
        };
        if self.digits.len() < 8 {
            self.digits.extend(char::from_digit(value, 10));
        }
    }

    /// Takes the last digit back.
    pub fn erase(&mut self) {
        self.digits.pop();
    }

    /// Day, month and year as typed so far.
    pub fn parts(&self) -> [&str; 3] {
        let cut =
            |from: usize, to: usize| &self.digits[from.min(self.digits.len())..to.min(self.digits.len())];
        [cut(0, 2), cut(2, 4), cut(4, 8)]
    }

    /// Where the next digit goes: 0 day, 1 month, 2 year.
    pub fn active_part(&self) -> u8 {
        match self.digits.len() {
            0 | 1 => 0,
            2 | 3 => 1,
            _ => 2,
        }
    }

    /// The date, once it is whole and a day on which somebody can have been born.
    pub fn date_of_birth(&self, today: NaiveDate) -> Result<DateOfBirth, FieldProblem> {
        let [day, month, year] = self.parts();
        if self.digits.len() < 8 {
            return Err(FieldProblem::DateIncomplete);
        }
        let number = |text: &str| text.parse::<u32>().map_err(|_| FieldProblem::DateIncomplete);
        DateOfBirth::new(number(year)? as i32, number(month)?, number(day)?, today).map_err(|error| {
            match error {
                DateOfBirthError::NoSuchDay => FieldProblem::NoSuchDay,
                DateOfBirthError::InTheFuture => FieldProblem::DateInTheFuture,
                DateOfBirthError::TooLongAgo => FieldProblem::DateTooLongAgo,
            }
        })
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
    /// Nothing was chosen.
    NothingChosen,
}

/// All that has been answered so far. Going back and forth never loses any of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Given name as typed.
    pub given: String,
    /// Family name as typed.
    pub family: String,
    /// Date of birth as typed.
    pub date: DateDigits,
    /// Sex, once chosen.
    pub sex: Option<Sex>,
    /// Telephone number as typed.
    pub phone: String,
    /// Street as typed.
    pub street: String,
    /// Postal code and town as typed.
    pub town: String,
    /// Emergency contact's name as typed.
    pub contact_name: String,
    /// Emergency contact's number as typed.
    pub contact_phone: String,
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

    /// The text field that a question fills, if it is one that is typed.
    pub fn text_mut(&mut self, question: Question) -> Option<&mut String> {
        match question {
            Question::GivenName => Some(&mut self.given),
            Question::FamilyName => Some(&mut self.family),
            Question::Phone => Some(&mut self.phone),
            Question::Street => Some(&mut self.street),
            Question::Town => Some(&mut self.town),
            Question::ContactName => Some(&mut self.contact_name),
            Question::ContactPhone => Some(&mut self.contact_phone),
            Question::DateOfBirth
            | Question::Sex
            | Question::Language
            | Question::Reason
            | Question::Consent => None,
        }
    }

    /// Checks the answer to one question as it is left.
    pub fn check(&self, question: Question, today: NaiveDate) -> Result<(), FieldProblem> {
        match question {
            Question::GivenName => check_name(&self.given),
            Question::FamilyName => check_name(&self.family),
            Question::DateOfBirth => self.date.date_of_birth(today).map(drop),
            Question::Sex => self.sex.map(drop).ok_or(FieldProblem::NothingChosen),
            Question::Phone => check_phone(&self.phone),
            Question::Street => check_filled(&self.street),
            Question::Town => check_filled(&self.town),
            Question::ContactName => check_name(&self.contact_name),
            Question::ContactPhone => check_phone(&self.contact_phone),
            Question::Language => self.language.map(drop).ok_or(FieldProblem::NothingChosen),
            Question::Reason => self.reason.map(drop).ok_or(FieldProblem::NothingChosen),
            Question::Consent => Ok(()),
        }
    }

    /// The name as typed, without stray spaces.
    pub fn name(&self) -> PersonName {
        PersonName { given: tidy(&self.given), family: tidy(&self.family) }
    }

    /// The record, or the first question whose answer does not do. The language's code comes in because
    /// the list of languages is the clinic's.
    pub fn complete(
        &self,
        id: PatientId,
        language: &str,
        today: NaiveDate,
    ) -> Result<Patient, (Question, FieldProblem)> {
        for question in Question::ALL {
            self.check(question, today).map_err(|problem| (question, problem))?;
        }
        let date_of_birth =
            self.date.date_of_birth(today).map_err(|problem| (Question::DateOfBirth, problem))?;
        Ok(Patient {
            id,
            number: None,
            name: self.name(),
            date_of_birth,
            sex: self.sex,
            phone: Some(tidy(&self.phone)),
            address: Some(format!("{}, {}", tidy(&self.street), tidy(&self.town))),
            emergency_contact: Some(EmergencyContact {
                name: tidy(&self.contact_name),
                phone: tidy(&self.contact_phone),
            }),
            language: Some(language.to_string()),
            source: Source::Kiosk,
            balance_due: None,
        })
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

/// A telephone number has 7 to 15 digits (ITU-T E.164).
pub fn check_phone(text: &str) -> Result<(), FieldProblem> {
    match text.chars().filter(|c| c.is_numeric()).count() {
        0 => Err(FieldProblem::Empty),
        1..7 => Err(FieldProblem::PhoneTooShort),
        7..=15 => Ok(()),
        _ => Err(FieldProblem::PhoneTooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> DateDigits {
        let mut date = DateDigits::default();
        text.chars().for_each(|c| date.push(c));
        date
    }

    #[test]
    fn a_typed_date_is_judged_when_it_is_left() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        for (typed, expected) in [
            ("", Err(FieldProblem::DateIncomplete)),
            ("0102", Err(FieldProblem::DateIncomplete)),
            ("31021990", Err(FieldProblem::NoSuchDay)),
            ("29022000", Ok(())),
            ("29021999", Err(FieldProblem::NoSuchDay)),
            ("25112026", Err(FieldProblem::DateInTheFuture)),
            ("01011800", Err(FieldProblem::DateTooLongAgo)),
            ("٠١٠٢١٩٩٠", Ok(())),
            ("०१०२१९९०", Ok(())),
            ("0a1/0-2 1990", Ok(())),
            ("010219901234", Ok(())),
        ] {
            assert_eq!(digits(typed).date_of_birth(today).map(drop), expected, "{typed}");
        }
        assert_eq!(digits("0102199").parts(), ["01", "02", "199"]);
    }

    #[test]
    fn each_field_is_checked_as_it_is_left() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let draft =
            |given: &str, phone: &str| Draft { given: given.into(), phone: phone.into(), ..Draft::default() };
        for (given, expected) in [
            ("X", Ok(())),
            ("ليلى", Ok(())),
            ("  ", Err(FieldProblem::Empty)),
            ("--", Err(FieldProblem::NoLetter)),
        ] {
            assert_eq!(draft(given, "").check(Question::GivenName, today), expected);
        }
        for (phone, expected) in [
            ("+34 600 111 222", Ok(())),
            ("123", Err(FieldProblem::PhoneTooShort)),
            ("1234567890123456", Err(FieldProblem::PhoneTooLong)),
            ("", Err(FieldProblem::Empty)),
        ] {
            assert_eq!(draft("", phone).check(Question::Phone, today), expected);
        }
    }
}
