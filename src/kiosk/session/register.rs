//! Registration of a new patient: a question a screen, nothing typed is lost by going back.

use super::identify::push;
use super::{Effect, Place, Session, Step, Touch};
use crate::clinic::registration::RegistrationForm;
use crate::front_desk::form::{Consent, Occasion};
use crate::front_desk::patient::{PatientId, Sex};
use crate::front_desk::registration::{Draft, FieldProblem, Question};
use crate::front_desk::request::RequestReason;
use crate::front_desk::ticket::NewVisit;
use std::collections::BTreeSet;

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
    /// Questions that a document has answered, and that the patient has said are right: they are passed over.
    pub answered: BTreeSet<Question>,
}

impl Register {
    /// At the first question; the language that was chosen at the welcome is probably the preferred one.
    pub fn new(language: usize, form: &RegistrationForm) -> Self {
        let draft = Draft::in_language(language);
        Self { question: form.first(), draft, problem: None, answered: BTreeSet::new() }
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

    /// To another question, as far as the form goes.
    pub(super) fn turn(&mut self, question: Option<Question>) {
        if let Some(question) = question {
            self.problem = None;
            self.question = question;
        }
    }

    pub(super) fn after(&self, form: &RegistrationForm) -> Option<Question> {
        let behind = form.asked.iter().skip(form.position(self.question) + 1);
        behind.map(|asked| asked.question).find(|question| !self.answered.contains(question))
    }

    fn before(&self, form: &RegistrationForm) -> Option<Question> {
        let position = form.position(self.question).checked_sub(1)?;
        form.asked.get(position).map(|asked| asked.question)
    }
}

pub(super) fn touched(session: &mut Session, touch: Touch, place: Place<'_>) -> Vec<Effect> {
    let today = session.today(place.clinic);
    let id = PatientId(session.moment.id);
    let form = &place.clinic.routines.registration;
    let Step::Register(register) = &mut session.step else { return Vec::new() };
    match touch {
        Touch::Choice(position) => register.choose(position, place),
        Touch::Back => match register.before(form) {
            Some(question) => register.turn(Some(question)),
            None => return super::start_over(session, place),
        },
        Touch::Skip if form.asked(register.question).is_some_and(|asked| asked.may_skip) => {
            register.draft.clear(register.question);
            register.turn(register.after(form));
        }
        Touch::Next => {
            let Some(asked) = form.asked(register.question) else { return Vec::new() };
            match register.draft.check(asked, form, today) {
                Err(problem) => register.problem = Some(problem),
                Ok(()) => register.turn(register.after(form)),
            }
        }
        Touch::Yes if register.question == Question::Consent => {
            let preferred = register.draft.language.and_then(|position| place.clinic.languages.get(position));
            let preferred = preferred.map_or("en", String::as_str);
            match register.draft.complete(id, preferred, form, today) {
                Err((question, problem)) => {
                    register.question = question;
                    register.problem = Some(problem);
                }
                Ok(patient) => {
                    let reason =
                        register.draft.reason.and_then(|position| place.clinic.reasons.get(position));
                    session.family.next_is(patient.name.first_given());
                    // Where no reason is asked, or it was passed over, the clinic's first service is meant.
                    let service = reason.map_or_else(
                        || place.clinic.service_or_first("").id.clone(),
                        |reason| reason.service.clone(),
                    );
                    let visit = NewVisit {
                        patient: id,
                        registration: Some(patient),
                        appointment: None,
                        service,
                        reason: reason.map(|reason| reason.id.clone()),
                        language: session.language_code(place.clinic).to_string(),
                        companion: session.companion.clone(),
                        acting: session.family.acting.clone(),
                        noted: Vec::new(),
                        consent: Some(consent(session, place)),
                        forms: Vec::new(),
                    };
                    // Whether it is probably of somebody who is known already, the store sees as it keeps it.
                    session.forms_answered.clear();
                    return session.forms_then_check_in(visit, Occasion::Registration, place);
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

/// What the patient, or whoever acts for them, has just agreed to: the very text that stands on the glass.
fn consent(session: &Session, place: Place<'_>) -> Consent {
    let language = session.language_code(place.clinic);
    Consent {
        text: place.clinic.consent.text(language).to_string(),
        language: language.to_string(),
        companion: session.companion.clone(),
        at: session.moment.now,
    }
}
