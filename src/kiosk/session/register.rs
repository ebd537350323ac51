//! Registration of a new patient: a question a screen, nothing typed is lost by going back.

use super::identify::push;
use super::{Effect, Place, Question as Asked, Session, Step, Touch};
use crate::front_desk::patient::{PatientId, Sex};
use crate::front_desk::registration::{Draft, FieldProblem, Question};
use crate::front_desk::request::RequestReason;
use crate::front_desk::ticket::NewVisit;

/// The answers to *Sex*, in the order in which they are offered.
pub const SEXES: [Sex; 4] = [Sex::Female, Sex::Male, Sex::Other, Sex::Unknown];

/// How far a registration has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// The question that is asked.
    pub question: Question,
    /// All answers so far.
    pub draft: Draft,
    /// What is wrong with the answer to the question that is asked.
    pub problem: Option<FieldProblem>,
}

impl Register {
    /// At the first question; the language that was chosen at the welcome is probably the preferred one.
    pub fn new(language: usize) -> Self {
        let draft = Draft { language: Some(language), ..Draft::default() };
        Self { question: Question::ALL[0], draft, problem: None }
    }

    pub(super) fn typed(&mut self, character: char) {
        if self.question == Question::DateOfBirth {
            self.problem = None;
            self.draft.date.push(character);
        } else if let Some(text) = self.draft.text_mut(self.question) {
            self.problem = None;
            let telephone = matches!(self.question, Question::Phone | Question::ContactPhone);
            // A letter in a telephone number is a slip of the finger.
            if !telephone || character.is_numeric() || "+-() /".contains(character) {
                push(text, character);
            }
        }
    }

    pub(super) fn erased(&mut self) {
        self.problem = None;
        if self.question == Question::DateOfBirth {
            self.draft.date.erase();
        } else if let Some(text) = self.draft.text_mut(self.question) {
            text.pop();
        }
    }

    /// The position of what is chosen, where the question is one of choices.
    pub fn chosen(&self) -> Option<usize> {
        match self.question {
            Question::Sex => self.draft.sex.and_then(|sex| SEXES.iter().position(|each| *each == sex)),
            Question::Language => self.draft.language,
            Question::Reason => self.draft.reason,
            _ => None,
        }
    }

    fn choose(&mut self, position: usize, place: Place<'_>) {
        match self.question {
            Question::Sex => self.draft.sex = SEXES.get(position).copied().or(self.draft.sex),
            Question::Language if position < place.clinic.languages.len() => {
                self.draft.language = Some(position);
            }
            Question::Reason if position < place.clinic.reasons.len() => self.draft.reason = Some(position),
            _ => return,
        }
        self.problem = None;
    }
}

pub(super) fn touched(session: &mut Session, touch: Touch, place: Place<'_>) -> Vec<Effect> {
    let today = session.today(place.clinic);
    let id = PatientId(session.moment.id);
    let Step::Register(register) = &mut session.step else { return Vec::new() };
    match touch {
        Touch::Choice(position) => register.choose(position, place),
        Touch::Back => match register.question.previous() {
            Some(question) => {
                register.problem = None;
                register.question = question;
            }
            None => return super::start_over(session, place),
        },
        Touch::Next => match register.draft.check(register.question, today) {
            Err(problem) => register.problem = Some(problem),
            Ok(()) => {
                if let Some(question) = register.question.next() {
                    register.problem = None;
                    register.question = question;
                }
            }
        },
        Touch::Yes if register.question == Question::Consent => {
            let preferred = register.draft.language.and_then(|position| place.clinic.languages.get(position));
            let preferred = preferred.map_or("en", String::as_str);
            match register.draft.complete(id, preferred, today) {
                Err((question, problem)) => {
                    register.question = question;
                    register.problem = Some(problem);
                }
                Ok(patient) => {
                    // The check above made sure that a reason is chosen.
                    let reason =
                        register.draft.reason.and_then(|position| place.clinic.reasons.get(position));
                    let (name, born) = (patient.name.clone(), patient.date_of_birth);
                    session.family.next_is(name.first_given());
                    let visit = NewVisit {
                        patient: id,
                        registration: Some(patient),
                        appointment: None,
                        service: reason.map(|reason| reason.service.clone()).unwrap_or_default(),
                        reason: reason.map(|reason| reason.id.clone()),
                        language: session.language_code(place.clinic).to_string(),
                        companion: session.companion.clone(),
                        acting: session.family.acting.clone(),
                        noted: Vec::new(),
                    };
                    return session.ask(Asked::Duplicates(name, born), Some(Box::new(visit)));
                }
            }
        }
        // Without consent nothing of what was entered is kept, also not in the request.
        Touch::No if register.question == Question::Consent => {
            return session.raise(RequestReason::NoConsent, Vec::new(), place);
        }
        _ => {}
    }
    Vec::new()
}

/// The store has looked for duplicates: a likely one is for a person to decide, with all that was entered.
pub(super) fn judged(
    session: &mut Session,
    visit: NewVisit,
    duplicates: Vec<PatientId>,
    place: Place<'_>,
) -> Vec<Effect> {
    if duplicates.is_empty() {
        session.ask(Asked::CheckIn(Box::new(visit)), None)
    } else {
        session.raise_with(
            RequestReason::PossibleDuplicate,
            duplicates,
            visit.registration.map(Box::new),
            place,
        )
    }
}
