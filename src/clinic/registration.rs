//! `registration.toml`: what a new patient is asked, in which order, and what may be passed over.
//!
//! **Invariant:** a `RegistrationForm` that exists asks for given name, family name, date of birth and, last,
//! consent; each question once; and every field of the clinic's own that is asked is described.

mod file;

pub(super) use file::registration;

use super::Localised;
use crate::front_desk::address::Country;
use crate::front_desk::digits::ascii_digits;
use crate::front_desk::registration::{FieldProblem, Question};
use crate::front_desk::scheme_number::SchemeKind;
use regex::Regex;

/// What a new patient is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RegistrationForm {
    /// The clinic's country: its telephone numbers, addresses and postal codes. None in a clinic whose files
    /// are from before this one: numbers and addresses are then kept as they are typed.
    pub country: Option<Country>,
    /// The questions, in order.
    pub asked: Vec<Asked>,
    /// The names of the steps that the questions are grouped in; empty names are not shown.
    pub steps: Vec<Option<Localised>>,
    /// The clinic's own fields.
    pub own: Vec<OwnField>,
    /// The number of the insurance or scheme, where it is asked.
    pub scheme: Option<SchemeField>,
    /// What known patients are asked to confirm.
    pub confirm: Confirm,
}

/// A question that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which one.
    pub question: Question,
    /// Whether the patient may pass it over.
    pub may_skip: bool,
    /// Position of its step.
    pub step: usize,
}

/// A field of the clinic's own.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnField {
    /// What the record and the file call it.
    pub id: String,
    /// The question.
    pub ask: Localised,
    /// How to answer it.
    pub hint: Option<Localised>,
    /// An answer that fits, to show.
    pub example: Option<String>,
    format: Format,
    longest: usize,
}

#[derive(Debug, Clone, PartialEq)]
enum Format {
    Text,
    Digits,
    Pattern(Pattern),
}

/// A regular expression that a whole answer must fit.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Pattern {
    /// Whether a text fits from its beginning to its end.
    pub fn fits(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    fn read(text: &str) -> Option<Self> {
        // A pattern that explodes is refused rather than waited for.
        let mut builder = regex::RegexBuilder::new(&format!("^(?:{text})$"));
        builder.size_limit(1 << 20).build().ok().map(Self)
    }
}

impl OwnField {
    /// An answer in the form in which it is kept.
    pub fn read(&self, typed: &str) -> Result<String, FieldProblem> {
        let tidy = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let kept = match &self.format {
            Format::Text => tidy,
            Format::Digits => {
                let figures: String = ascii_digits(&tidy).chars().filter(|c| !" -.".contains(*c)).collect();
                if figures.is_empty() || !figures.chars().all(|c| c.is_ascii_digit()) {
                    return Err(FieldProblem::OwnFormat);
                }
                figures
            }
            Format::Pattern(pattern) => {
                let upper = ascii_digits(&tidy).to_uppercase();
                let compact = upper.chars().filter(|c| !" -.".contains(*c)).collect();
                let spellings = [tidy, upper, compact];
                spellings.into_iter().find(|text| pattern.fits(text)).ok_or(FieldProblem::OwnFormat)?
            }
        };
        if kept.chars().count() > self.longest { Err(FieldProblem::TooLong) } else { Ok(kept) }
    }

    /// Whether the number pad is enough to answer it.
    pub fn figures_only(&self) -> bool {
        self.format == Format::Digits
    }
}

/// The number of the insurance or scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemeField {
    /// What kind it is.
    pub kind: SchemeKind,
    /// What patients call it.
    pub name: Localised,
    /// Where it stands, and how it looks.
    pub hint: Option<Localised>,
    /// What numbers of the kind `pattern` look like.
    pub pattern: Option<Pattern>,
}

/// What known patients are asked to confirm at check-in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Confirm {
    /// Which details, in order.
    pub details: Vec<ConfirmedDetail>,
    /// How many days after it was confirmed last a detail is asked for again.
    pub every_days: u16,
}

/// A detail that can be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConfirmedDetail {
    /// Postal address.
    Address,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// Emergency contact.
    EmergencyContact,
}

impl RegistrationForm {
    /// How a question is asked; none where it is not.
    pub fn asked(&self, question: Question) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.question == question)
    }

    /// From 0.
    pub fn position(&self, question: Question) -> usize {
        self.asked.iter().position(|asked| asked.question == question).unwrap_or_default()
    }

    /// The first question.
    pub fn first(&self) -> Question {
        self.asked.first().map_or(Question::GivenName, |asked| asked.question)
    }
}

#[cfg(test)]
mod tests;
