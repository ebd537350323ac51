//! Identification: two identifiers, always.

use super::arrive::Obstacle;
use super::{Answer, Begun, Effect, Found, Identifiers, Place, Question, Session, Step, Touch};
use crate::front_desk::arrival::ArrivalCase;
use crate::front_desk::code::Code;
use crate::front_desk::document::Document;
use crate::front_desk::registration::{DateDigits, Draft, FieldProblem};
use crate::front_desk::request::RequestReason;

/// After so many misses a person is asked to help.
pub const MISSES_ALLOWED: u8 = 3;

/// Which identifier is being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IdentifyQuestion {
    /// The first one, typed or scanned code or not.
    #[default]
    DateOfBirth,
    /// The second one, where no code was scanned.
    FamilyName,
}

/// What was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifyProblem {
    /// The answer itself.
    Field(FieldProblem),
    /// Nobody fits both identifiers. Which of them failed is never said.
    NoMatch,
    /// The scanned code is of another kind, or could not be read.
    UnknownCode,
    /// The scanned code is one of several that only together say something.
    OneOfSeveral,
}

/// The identifiers so far.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Identify {
    /// Which one is asked for.
    pub question: IdentifyQuestion,
    /// Date of birth as typed.
    pub date: DateDigits,
    /// Family name as typed.
    pub family: String,
    /// The scanned code that stands in for the family name.
    pub code: Option<Code>,
    /// A scanned document that stands in for both identifiers.
    pub document: Option<Box<Document>>,
    /// What was wrong.
    pub problem: Option<IdentifyProblem>,
    /// What follows where the identifiers are those of whoever acts for a patient; none where they are the patient's.
    pub acting: Option<Begun>,
}

// Nothing a patient typed may reach a log by a stray `{:?}`.
impl std::fmt::Debug for Identify {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identify({:?}, withheld)", self.question)
    }
}

impl Identify {
    pub(super) fn typed(&mut self, character: char) {
        self.problem = None;
        match self.question {
            IdentifyQuestion::DateOfBirth => self.date.push(character),
            IdentifyQuestion::FamilyName => push(&mut self.family, character),
        }
    }

    pub(super) fn erased(&mut self) {
        self.problem = None;
        match self.question {
            IdentifyQuestion::DateOfBirth => self.date.erase(),
            IdentifyQuestion::FamilyName => {
                self.family.pop();
            }
        }
    }
}

/// Adds a character to a text answer; control characters, leading spaces and what is beyond the longest
/// answer are ignored.
pub(super) fn push(text: &mut String, character: char) {
    let leading = text.is_empty() && character.is_whitespace();
    if !character.is_control() && !leading && text.chars().count() < Draft::LONGEST {
        text.push(character);
    }
}

pub(super) fn touched(session: &mut Session, touch: Touch, place: Place<'_>) -> Vec<Effect> {
    let today = session.today(place.clinic);
    let Step::Identify(identify) = &mut session.step else { return Vec::new() };
    match (touch, identify.question) {
        (Touch::Back, IdentifyQuestion::DateOfBirth) => session.back_from_identify(),
        (Touch::Back, IdentifyQuestion::FamilyName) => {
            identify.problem = None;
            identify.question = IdentifyQuestion::DateOfBirth;
        }
        (Touch::Next, question) => {
            // Who types has left the document that was scanned before.
            identify.document = None;
            let date = match identify.date.date_of_birth(today) {
                Ok(date) => date,
                Err(problem) => {
                    identify.question = IdentifyQuestion::DateOfBirth;
                    identify.problem = Some(IdentifyProblem::Field(problem));
                    return Vec::new();
                }
            };
            let identifiers = match (&identify.code, question) {
                (Some(code), _) => Identifiers::Code(date, code.clone()),
                (None, IdentifyQuestion::DateOfBirth) => {
                    identify.problem = None;
                    identify.question = IdentifyQuestion::FamilyName;
                    return Vec::new();
                }
                (None, IdentifyQuestion::FamilyName) if identify.family.trim().is_empty() => {
                    identify.problem = Some(IdentifyProblem::Field(FieldProblem::Empty));
                    return Vec::new();
                }
                (None, IdentifyQuestion::FamilyName) => Identifiers::Name(date, identify.family.clone()),
            };
            return session.ask(Question::Who(identifiers));
        }
        _ => {}
    }
    Vec::new()
}

/// A code at the welcome or while identifying stands in for the family name. Elsewhere it means nothing.
pub(super) fn code_scanned(session: &mut Session, code: Option<Code>, place: Place<'_>) -> Vec<Effect> {
    // The slip of a case is enough by itself: nobody guesses what its code says, and it shows no name.
    if let Some(Code::Case(case)) = code {
        return match session.step {
            Step::Welcome | Step::Identify(_) | Step::FindCase(_) => session.ask(Question::ScannedCase(case)),
            _ => Vec::new(),
        };
    }
    let identify = match &mut session.step {
        Step::Welcome if code.as_ref().is_some_and(|code| *code != Code::OneOfSeveral) => {
            return session.begin(Begun::CheckIn(code), place);
        }
        Step::Welcome => {
            let effects = session.begin(Begun::CheckIn(None), place);
            let Step::Identify(identify) = &mut session.step else { return effects };
            identify
        }
        Step::Identify(identify) => identify,
        _ => return Vec::new(),
    };
    match code {
        Some(Code::OneOfSeveral) => identify.problem = Some(IdentifyProblem::OneOfSeveral),
        Some(code) => {
            identify.code = Some(code);
            identify.problem = None;
            identify.question = IdentifyQuestion::DateOfBirth;
        }
        None => identify.problem = Some(IdentifyProblem::UnknownCode),
    }
    Vec::new()
}

pub(super) fn found(session: &mut Session, found: Found, place: Place<'_>) -> Vec<Effect> {
    match found {
        Found::One(known) => {
            session.misses = 0;
            match &mut session.step {
                Step::Identify(Identify { acting: Some(then), .. }) => {
                    let then = then.clone();
                    session.found_acting(*known, then);
                }
                _ => session.step = Step::Confirm(known),
            }
            Vec::new()
        }
        Found::Several(patients) => session.redirect(RequestReason::SeveralRecords, patients, place),
        Found::Nobody => {
            if let Step::Identify(Identify { document, .. }) = &mut session.step
                && let Some(document) = document.take()
            {
                session.step = Step::Unknown(document);
                return Vec::new();
            }
            session.misses += 1;
            if session.misses >= MISSES_ALLOWED {
                session.misses = 0;
                let then = place.clinic.routines.arrivals.answer(ArrivalCase::NoRecord, None).then;
                return session.turn_away(None, Obstacle::no_record(), then, place);
            }
            if let Step::Identify(identify) = &mut session.step {
                identify.problem = Some(IdentifyProblem::NoMatch);
                identify.question = IdentifyQuestion::DateOfBirth;
                // A letter that leads nowhere must not stand in the way of typing.
                identify.code = None;
            }
            Vec::new()
        }
    }
}

impl From<Found> for Answer {
    fn from(found: Found) -> Self {
        Self::Found(found)
    }
}
