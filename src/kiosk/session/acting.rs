//! Whoever acts for a patient says who they are, and agrees to its being kept, before anything of the patient is
//! asked for.

use super::identify::push;
use super::{ComesFor, Effect, Identify, Known, Place, Register, Session, Step, Touch};
use crate::clinic::Clinic;
use crate::clinic::routines::May;
use crate::front_desk::code::Code;
use crate::front_desk::family::{Acting, ActingPerson};
use crate::front_desk::registration::{FieldProblem, check_name, phone_number, tidy};
use crate::front_desk::request::RequestReason;

/// What a person at the kiosk begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Checking in; a code may have been scanned.
    CheckIn(Option<Code>),
    /// A new patient registers.
    Register,
    /// An appointment is to be booked, moved or called off.
    Book,
    /// What is owed is to be paid.
    Pay,
}

/// What somebody who acts for a patient is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActingQuestion {
    /// Whether they are a patient here themselves: then two identifiers say who they are.
    PatientHere,
    /// Their name.
    Name,
    /// Their telephone number.
    Phone,
    /// Whether this may be kept.
    Consent(ActingPerson),
}

/// Somebody who acts for a patient is being asked.
#[derive(Clone, PartialEq, Eq)]
pub struct AskActing {
    /// What is asked.
    pub question: ActingQuestion,
    /// Their name as typed.
    pub name: String,
    /// Their telephone number as typed.
    pub phone: String,
    /// What is wrong with the answer.
    pub problem: Option<FieldProblem>,
    /// What was begun for the patient.
    then: Begun,
}

// Nothing a person typed may reach a log by a stray `{:?}`.
impl std::fmt::Debug for AskActing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AskActing").field("question", &self.question).finish_non_exhaustive()
    }
}

impl AskActing {
    fn new(question: ActingQuestion, then: Begun) -> Self {
        Self { question, name: String::new(), phone: String::new(), problem: None, then }
    }

    pub(super) fn typed(&mut self, character: char) {
        self.problem = None;
        match self.question {
            ActingQuestion::Name => push(&mut self.name, character),
            // A letter in a telephone number is a slip of the finger.
            ActingQuestion::Phone if character.is_numeric() || "+-() /".contains(character) => {
                push(&mut self.phone, character);
            }
            _ => {}
        }
    }

    pub(super) fn erased(&mut self) {
        self.problem = None;
        match self.question {
            ActingQuestion::Name => drop(self.name.pop()),
            ActingQuestion::Phone => drop(self.phone.pop()),
            _ => {}
        }
    }

    /// The position of the question, to notice that another is asked.
    pub(super) fn position(&self) -> usize {
        match self.question {
            ActingQuestion::PatientHere => 0,
            ActingQuestion::Name => 1,
            ActingQuestion::Phone => 2,
            ActingQuestion::Consent(_) => 3,
        }
    }
}

/// A record was found for whoever acts for a patient: is it theirs?
#[derive(Debug, Clone, PartialEq)]
pub struct ConfirmActing {
    /// The record.
    pub known: Known,
    then: Begun,
}

impl Session {
    /// Begins what somebody came for, for themselves or for a patient they act for.
    pub(super) fn begin(&mut self, begun: Begun, place: Place<'_>) -> Vec<Effect> {
        let what = match begun {
            Begun::CheckIn(_) | Begun::Book | Begun::Pay => May::CheckIn,
            Begun::Register => May::Register,
        };
        if !self.may(what, place) {
            return match what {
                May::CheckIn => self.redirect_over(RequestReason::NotAllowed, place),
                _ => self.put_over(RequestReason::NotAllowed, place),
            };
        }
        self.step = match (&self.companion, &self.family.acting) {
            (Some(_), None) => Step::Acting(Box::new(AskActing::new(ActingQuestion::PatientHere, begun))),
            _ => self.begun(begun, place),
        };
        Vec::new()
    }

    fn begun(&mut self, begun: Begun, place: Place<'_>) -> Step {
        let form = &place.clinic.routines.registration;
        self.comes_for = match begun {
            Begun::Book => ComesFor::Book,
            Begun::Pay => ComesFor::Pay,
            Begun::CheckIn(_) | Begun::Register => ComesFor::CheckIn,
        };
        match begun {
            Begun::Book | Begun::Pay => Step::Identify(Identify::default()),
            Begun::CheckIn(code) => Step::Identify(Identify { code, ..Identify::default() }),
            Begun::Register => Step::Register(Box::new(Register::new(self.language, form))),
        }
    }

    /// A touch on a question to whoever acts for a patient.
    pub(super) fn asked_acting(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        let form = &place.clinic.routines.registration;
        let Step::Acting(asked) = &mut self.step else { return Vec::new() };
        asked.problem = None;
        match (&asked.question, touch) {
            (ActingQuestion::PatientHere, Touch::Choice(0)) => {
                let acting = Some(asked.then.clone());
                self.step = Step::Identify(Identify { acting, ..Identify::default() });
            }
            (ActingQuestion::PatientHere, Touch::Choice(1)) => asked.question = ActingQuestion::Name,
            (ActingQuestion::PatientHere, Touch::Back) => self.step = Step::Welcome,
            (ActingQuestion::Name, Touch::Back) => asked.question = ActingQuestion::PatientHere,
            (ActingQuestion::Name, Touch::Next) => match check_name(&asked.name) {
                Ok(()) => asked.question = ActingQuestion::Phone,
                Err(problem) => asked.problem = Some(problem),
            },
            (ActingQuestion::Phone, Touch::Back) => asked.question = ActingQuestion::Name,
            (ActingQuestion::Phone, Touch::Next) => match phone_number(&asked.phone, form) {
                Ok(phone) => {
                    let name = tidy(&asked.name);
                    asked.question = ActingQuestion::Consent(ActingPerson::Named { name, phone });
                }
                Err(problem) => asked.problem = Some(problem),
            },
            (ActingQuestion::Consent(by), Touch::Yes) => {
                let (by, begun) = (by.clone(), asked.then.clone());
                self.family.acting = self.companion.clone().map(|companion| Acting {
                    consent: self.consent_to_act(place.clinic).to_string(),
                    language: self.language_code(place.clinic).to_string(),
                    companion,
                    by,
                });
                self.step = self.begun(begun, place);
            }
            // Without consent nothing of what was entered is kept.
            (ActingQuestion::Consent(_), Touch::No) => {
                return self.raise(RequestReason::NoConsent, Vec::new(), place);
            }
            (ActingQuestion::Consent(by), Touch::Back) => {
                asked.question = match by {
                    ActingPerson::Named { .. } => ActingQuestion::Phone,
                    ActingPerson::Record { .. } => ActingQuestion::PatientHere,
                };
            }
            _ => {}
        }
        Vec::new()
    }

    /// What whoever acts for a patient agrees to, as it stands on the screen.
    pub fn consent_to_act<'a>(&self, clinic: &'a Clinic) -> &'a str {
        let companion = self.companion.as_deref().and_then(|id| clinic.routines.companion(id));
        let consent = companion.and_then(|companion| companion.consent.as_ref());
        consent.unwrap_or(&clinic.consent).text(self.language_code(clinic))
    }

    /// Two identifiers of whoever acts for a patient fit one record.
    pub(super) fn found_acting(&mut self, known: Known, then: Begun) {
        self.step = Step::ConfirmActing(Box::new(ConfirmActing { known, then }));
    }

    /// A touch on *Is this you?* of whoever acts for a patient.
    pub(super) fn confirmed_acting(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        let Step::ConfirmActing(confirm) = &mut self.step else { return Vec::new() };
        let patient = confirm.known.patient.id;
        match touch {
            Touch::Yes => {
                self.family.members = std::mem::take(&mut confirm.known.members);
                let question = ActingQuestion::Consent(ActingPerson::Record { patient });
                self.step = Step::Acting(Box::new(AskActing::new(question, confirm.then.clone())));
                Vec::new()
            }
            Touch::No => self.redirect(RequestReason::NotThatPerson, vec![patient], place),
            _ => Vec::new(),
        }
    }
}
