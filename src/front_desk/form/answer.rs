//! Answers: as they are being given, and as they are once they do.

use super::{Choice, DateRange, Kind, Number, Question, Signature, SignatureDraft};
use crate::front_desk::registration::DateDigits;
use crate::front_desk::request::OwnWords;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;
use std::fmt;

/// An answer that does.
#[derive(Clone, PartialEq)]
pub enum Answer {
    /// In the patient's own words.
    Text(OwnWords),
    /// The option at a position.
    Choice(usize),
    /// The options at these positions.
    Several(BTreeSet<usize>),
    /// Yes or no.
    YesNo(bool),
    /// A day.
    Date(NaiveDate),
    /// A number.
    Number(Number),
    /// A signature.
    Signature(Signature),
}

/// An answer as it is being given. Whatever is in it, going back and forth never loses any of it.
#[derive(Clone, PartialEq)]
pub enum Draft {
    /// As typed so far.
    Text(String),
    /// What is chosen.
    Choice(Option<usize>),
    /// What is chosen.
    Several(BTreeSet<usize>),
    /// Yes or no, once chosen.
    YesNo(Option<bool>),
    /// As typed so far.
    Date(DateDigits),
    /// As typed so far.
    Number(String),
    /// As far as it was made.
    Signature(SignatureDraft),
}

// Nothing a patient answered may reach a log by a stray `{:?}`.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer(withheld)")
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Draft(withheld)")
    }
}

/// What is wrong with an answer; each has a sentence that says how to put it right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerProblem {
    /// Nothing was typed, and something must be.
    Empty,
    /// Nothing was chosen, and something must be.
    NothingChosen,
    /// More characters than this.
    TooLong(usize),
    /// Not all eight figures.
    DateIncomplete,
    /// Not in the calendar.
    NoSuchDay,
    /// Still to come, and it must be past.
    NotPast,
    /// Past, and it must be to come.
    NotFuture,
    /// Further than [`Draft::FURTHEST_YEARS`] from today.
    DateFarAway,
    /// Something else than a number.
    NoNumber,
    /// More figures behind the decimal sign than this.
    TooManyDecimals(u8),
    /// Below the least.
    TooSmall(Number),
    /// Above the most.
    TooLarge(Number),
    /// Not signed, and it must be.
    NotSigned,
    /// A touch of the pad, no signature.
    OnlyADot,
    /// A name without any letter.
    NoLetter,
}

impl Draft {
    /// No answer in a form means a day beyond this; it is a slip of the finger.
    pub const FURTHEST_YEARS: i32 = 130;
    /// Figures of a number that are kept at most.
    const LONGEST_NUMBER: usize = 16;

    /// An answer that nobody has begun.
    pub fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Text { .. } => Self::Text(String::new()),
            Kind::Choice(_) => Self::Choice(None),
            Kind::Several(_) => Self::Several(BTreeSet::new()),
            Kind::YesNo => Self::YesNo(None),
            Kind::Date(_) => Self::Date(DateDigits::default()),
            Kind::Number { .. } => Self::Number(String::new()),
            Kind::Signature { .. } => Self::Signature(SignatureDraft::default()),
        }
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Number(text) => text.trim().is_empty(),
            Self::Choice(choice) => choice.is_none(),
            Self::Several(choices) => choices.is_empty(),
            Self::YesNo(choice) => choice.is_none(),
            Self::Date(date) => date.parts().concat().is_empty(),
            Self::Signature(signature) => signature.is_empty(),
        }
    }

    /// One more character. What has no place in the answer is ignored: control characters, a letter in a
    /// number, what is beyond the longest.
    pub fn push(&mut self, kind: &Kind, typed: char) {
        match self {
            Self::Text(text) => {
                let longest = if let Kind::Text { longest } = kind { *longest } else { 0 };
                push(text, typed, longest);
            }
            Self::Date(date) => date.push(typed),
            Self::Number(text) => {
                let kept = match (super::figure(typed), typed) {
                    (Some(value), _) => char::from_digit(value, 10),
                    (None, '.' | ',' | '٫') if !text.contains(['.', ',', '٫']) => Some(typed),
                    (None, '-' | '\u{2212}') if text.is_empty() => Some('-'),
                    _ => None,
                };
                if text.chars().count() < Self::LONGEST_NUMBER {
                    text.extend(kept);
                }
            }
            Self::Signature(signature) => {
                // Whoever writes on a real keyboard signs by typing, unless they have drawn already.
                signature.typing |= typed.is_alphabetic() && signature.strokes.is_empty();
                if signature.typing {
                    push(&mut signature.name, typed, SignatureDraft::LONGEST);
                }
            }
            Self::Choice(_) | Self::Several(_) | Self::YesNo(_) => {}
        }
    }

    /// The last character is taken back.
    pub fn erase(&mut self) {
        match self {
            Self::Text(text) | Self::Number(text) => drop(text.pop()),
            Self::Date(date) => date.erase(),
            Self::Signature(signature) if signature.typing => drop(signature.name.pop()),
            Self::Choice(_) | Self::Several(_) | Self::YesNo(_) | Self::Signature(_) => {}
        }
    }

    /// The option at a position was touched: it is chosen, or, among several, changed. Of yes and no, yes is
    /// the first.
    pub fn choose(&mut self, kind: &Kind, position: usize) {
        let there = |choices: &[Choice]| position < choices.len();
        match (self, kind) {
            (Self::Choice(choice), Kind::Choice(choices)) if there(choices) => *choice = Some(position),
            (Self::Several(chosen), Kind::Several(choices)) if there(choices) => {
                let was_chosen = chosen.remove(&position);
                chosen.extend((!was_chosen).then_some(position));
            }
            (Self::YesNo(choice), Kind::YesNo) if position < 2 => *choice = Some(position == 0),
            _ => {}
        }
    }

    /// The answer, or what is wrong with it. A question that must be answered cannot be left out.
    pub fn check(&self, question: &Question, today: NaiveDate) -> Result<Option<Answer>, AnswerProblem> {
        let answer = self.answer(&question.kind, today)?;
        if answer.is_none() && question.required {
            return Err(match question.kind {
                Kind::Text { .. } | Kind::Date(_) | Kind::Number { .. } => AnswerProblem::Empty,
                Kind::Choice(_) | Kind::Several(_) | Kind::YesNo => AnswerProblem::NothingChosen,
                Kind::Signature { .. } => AnswerProblem::NotSigned,
            });
        }
        Ok(answer)
    }

    fn answer(&self, kind: &Kind, today: NaiveDate) -> Result<Option<Answer>, AnswerProblem> {
        if self.is_empty() {
            return Ok(None);
        }
        Ok(match (self, kind) {
            (Self::Text(text), Kind::Text { longest }) => {
                if text.chars().count() > *longest {
                    return Err(AnswerProblem::TooLong(*longest));
                }
                Some(Answer::Text(OwnWords(text.trim().to_string())))
            }
            (Self::Choice(choice), Kind::Choice(choices)) => {
                choice.filter(|position| *position < choices.len()).map(Answer::Choice)
            }
            (Self::Several(chosen), Kind::Several(choices)) => {
                let known: BTreeSet<usize> = chosen.range(..choices.len()).copied().collect();
                (!known.is_empty()).then_some(Answer::Several(known))
            }
            (Self::YesNo(choice), Kind::YesNo) => choice.map(Answer::YesNo),
            (Self::Date(digits), Kind::Date(range)) => Some(Answer::Date(day(digits, *range, today)?)),
            (Self::Number(text), Kind::Number { min, max, decimals, .. }) => {
                let number = Number::parse(text, *decimals)?;
                match (min, max) {
                    (Some(min), _) if number < *min => return Err(AnswerProblem::TooSmall(*min)),
                    (_, Some(max)) if number > *max => return Err(AnswerProblem::TooLarge(*max)),
                    _ => Some(Answer::Number(number)),
                }
            }
            (Self::Signature(signature), Kind::Signature { .. }) => {
                signature.signature()?.map(Answer::Signature)
            }
            // A draft of another kind is no answer to this question.
            _ => None,
        })
    }
}

fn push(text: &mut String, typed: char, longest: usize) {
    let leading = text.is_empty() && typed.is_whitespace();
    if !typed.is_control() && !leading && text.chars().count() < longest {
        text.push(typed);
    }
}

fn day(digits: &DateDigits, range: DateRange, today: NaiveDate) -> Result<NaiveDate, AnswerProblem> {
    let [day, month, year] = digits.parts();
    if year.len() < 4 {
        return Err(AnswerProblem::DateIncomplete);
    }
    let (Ok(day), Ok(month), Ok(year)) = (day.parse(), month.parse(), year.parse()) else {
        return Err(AnswerProblem::DateIncomplete);
    };
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(AnswerProblem::NoSuchDay)?;
    match range {
        _ if (date.year() - today.year()).abs() > Draft::FURTHEST_YEARS => Err(AnswerProblem::DateFarAway),
        DateRange::Past if date > today => Err(AnswerProblem::NotPast),
        DateRange::Future if date < today => Err(AnswerProblem::NotFuture),
        DateRange::Past | DateRange::Future | DateRange::Any => Ok(date),
    }
}
