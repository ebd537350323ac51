//! The clinic's own forms: which are due, which of their questions are asked, and what an answer raises.
//!
//! **Invariant:** a condition looks only at questions before the one it belongs to, so questions are judged in
//! one pass from the first to the last; the answer to a question that is not asked (any more) is no answer, for
//! the conditions behind it, for what is raised and for what is sent.

mod answer;
mod number;
mod raise;
mod record;
mod signature;
#[cfg(test)]
mod tests;

pub use answer::{Answer, AnswerProblem, Draft};
pub use number::{Number, figure};
pub use raise::{Cause, Raise, Raised};
pub use record::{Consent, FilledForm, Given, GivenOption, RecordedAnswer};
pub use signature::{Point, Signature, SignatureDraft, Strokes};

use crate::clinic::Localised;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A form of the clinic.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Identity in the routines and in the record.
    pub id: String,
    /// What patients call it.
    pub title: Localised,
    /// When it is asked.
    pub asked: BTreeSet<Occasion>,
    /// Ids of the services it is asked for; for all of them where this is empty.
    pub services: Vec<String>,
    /// How often.
    pub how_often: HowOften,
    /// Its questions, in order; at least one.
    pub questions: Vec<Question>,
}

/// When a form is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// A patient who is known arrives for an appointment.
    CheckIn,
    /// Somebody new has answered the questions of registration.
    Registration,
}

/// How often a patient is asked the same form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowOften {
    /// At every visit.
    EveryVisit,
    /// Once: whoever has answered it is not asked again.
    Once,
    /// Again when the last answers are at least so many days old.
    EveryDays(u32),
}

impl Occasion {
    /// What staff call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::CheckIn => "at check-in",
            Self::Registration => "at registration",
        }
    }
}

impl HowOften {
    /// What staff call it.
    pub fn words(self) -> String {
        match self {
            Self::EveryVisit => "at every visit".into(),
            Self::Once => "once".into(),
            Self::EveryDays(days) => format!("again after {days} days"),
        }
    }
}

/// A question of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Identity within the form.
    pub id: String,
    /// What patients read.
    pub text: Localised,
    /// How to answer it.
    pub hint: Option<Localised>,
    /// How it is answered.
    pub kind: Kind,
    /// Whether the form cannot be sent without an answer.
    pub required: bool,
    /// Asked only where this holds.
    pub show_when: Option<Condition>,
    /// The answers that need a person.
    pub raise: Vec<Raise>,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// In the patient's own words.
    Text {
        /// Characters at most.
        longest: usize,
    },
    /// One of several options.
    Choice(Vec<Choice>),
    /// Any number of several options.
    Several(Vec<Choice>),
    /// Yes or no.
    YesNo,
    /// A day.
    Date(DateRange),
    /// A number.
    Number {
        /// The least that it can be.
        min: Option<Number>,
        /// The most that it can be.
        max: Option<Number>,
        /// Figures behind the decimal sign at most; 0 to [`Number::DECIMALS`].
        decimals: u8,
        /// What is counted, such as "kg".
        unit: Option<Localised>,
    },
    /// A signature.
    Signature {
        /// What is signed.
        statement: Localised,
    },
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Identity within the question.
    pub id: String,
    /// What patients read.
    pub name: Localised,
}

/// Which days a date may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateRange {
    /// Today or before.
    Past,
    /// Today or later.
    Future,
    /// Any.
    Any,
}

/// What must be answered for something to hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The answer to the question at a position is like this.
    Answer(usize, Test),
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

/// What an answer must be like. Nothing holds of an answer that was not given, but [`Test::Answered`] of
/// `false`.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// There is one, or there is none.
    Answered(bool),
    /// Yes, or no.
    YesNo(bool),
    /// It is, or has among others, one of the options at these positions.
    OneOf(BTreeSet<usize>),
    /// It is this number.
    Is(Number),
    /// It is a number above this.
    MoreThan(Number),
    /// It is a number below this.
    LessThan(Number),
    /// It is a day with more than so many days between it and today.
    MoreDaysThan(u32),
    /// It is a day with fewer than so many days between it and today.
    FewerDaysThan(u32),
}

/// How a question stands, the answers before it being what they are.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// It is not asked: whatever was answered to it before does not count.
    NotAsked,
    /// It is asked; `None` is an answer that may be and was left out.
    Asked(Result<Option<Answer>, AnswerProblem>),
}

impl Standing {
    /// Whether the question is asked.
    pub fn is_asked(&self) -> bool {
        matches!(self, Self::Asked(_))
    }

    /// The answer that counts.
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Asked(Ok(answer)) => answer.as_ref(),
            _ => None,
        }
    }

    /// What is wrong with the answer.
    pub fn problem(&self) -> Option<AnswerProblem> {
        match self {
            Self::Asked(Err(problem)) => Some(*problem),
            _ => None,
        }
    }
}

impl Form {
    /// Whether a patient is to be asked: at an occasion, for a service, having answered it last on a day.
    pub fn is_due(
        &self,
        occasion: Occasion,
        service: &str,
        answered: Option<NaiveDate>,
        today: NaiveDate,
    ) -> bool {
        let for_service = self.services.is_empty() || self.services.iter().any(|id| id == service);
        let again = match (self.how_often, answered) {
            (HowOften::EveryVisit, _) | (_, None) => true,
            (HowOften::Once, Some(_)) => false,
            (HowOften::EveryDays(days), Some(last)) => (today - last).num_days() >= i64::from(days),
        };
        self.asked.contains(&occasion) && for_service && again
    }

    /// A form on which nothing is answered yet.
    pub fn empty(&self) -> Vec<Draft> {
        self.questions.iter().map(|question| Draft::of(&question.kind)).collect()
    }

    /// How each question stands, in order. A draft that is missing, or is one of another kind of question, is
    /// an answer that was not given.
    pub fn standings(&self, drafts: &[Draft], today: NaiveDate) -> Vec<Standing> {
        let mut standings: Vec<Standing> = Vec::with_capacity(self.questions.len());
        for (position, question) in self.questions.iter().enumerate() {
            let asked = question.show_when.as_ref().is_none_or(|when| when.holds(&standings, today));
            standings.push(match (asked, drafts.get(position)) {
                (false, _) => Standing::NotAsked,
                (true, Some(draft)) => Standing::Asked(draft.check(question, today)),
                (true, None) => Standing::Asked(Draft::of(&question.kind).check(question, today)),
            });
        }
        standings
    }
}

impl Kind {
    /// What staff call it.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Text { .. } => "free text",
            Self::Choice(_) => "a choice of one option",
            Self::Several(_) => "a choice of several options",
            Self::YesNo => "yes or no",
            Self::Date(_) => "a date",
            Self::Number { .. } => "a number",
            Self::Signature { .. } => "a signature",
        }
    }
}

impl Condition {
    /// Whether it holds. A question that has no standing yet has no answer.
    pub fn holds(&self, standings: &[Standing], today: NaiveDate) -> bool {
        match self {
            Self::Answer(position, test) => {
                test.holds(standings.get(*position).and_then(Standing::answer), today)
            }
            Self::All(all) => all.iter().all(|one| one.holds(standings, today)),
            Self::Any(any) => any.iter().any(|one| one.holds(standings, today)),
            Self::Not(not) => !not.holds(standings, today),
        }
    }
}

impl Test {
    fn holds(&self, answer: Option<&Answer>, today: NaiveDate) -> bool {
        let days = |day: &NaiveDate| (today - *day).num_days().abs();
        match (self, answer) {
            (Self::Answered(there), answer) => answer.is_some() == *there,
            (Self::YesNo(yes), Some(Answer::YesNo(given))) => given == yes,
            (Self::OneOf(any), Some(Answer::Choice(given))) => any.contains(given),
            (Self::OneOf(any), Some(Answer::Several(given))) => !any.is_disjoint(given),
            (Self::Is(number), Some(Answer::Number(given))) => given == number,
            (Self::MoreThan(number), Some(Answer::Number(given))) => given > number,
            (Self::LessThan(number), Some(Answer::Number(given))) => given < number,
            (Self::MoreDaysThan(number), Some(Answer::Date(day))) => days(day) > i64::from(*number),
            (Self::FewerDaysThan(number), Some(Answer::Date(day))) => days(day) < i64::from(*number),
            _ => false,
        }
    }
}
