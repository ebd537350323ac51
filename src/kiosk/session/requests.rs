//! Asking for a person, and what the patient is told about it.

use super::{Effect, Place, Session, Step};
use crate::front_desk::patient::{Patient, PatientId};
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::front_desk::ticket::TicketId;
use chrono::TimeDelta;
use std::time::Duration;

/// How far a request has come, as the patient is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestProgress {
    /// It is being written down.
    Raising,
    /// It is on this kiosk's disk and on its way.
    Kept,
    /// It could not be written down: the patient must go to the desk without it.
    NotKept,
    /// The desk has it.
    Delivered,
    /// Somebody, by name, is on the way.
    Acknowledged(String),
}

/// A request of the person at the kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaisedRequest {
    /// Which one.
    pub id: RequestId,
    /// Why.
    pub reason: RequestReason,
    /// Since when, on the kiosk's own clock.
    pub since: Duration,
    /// How far it has come.
    pub progress: RequestProgress,
}

impl Session {
    /// The request that is on the screen.
    pub fn request(&self, id: RequestId) -> Option<&RaisedRequest> {
        self.requests.iter().find(|request| request.id == id)
    }

    pub(super) fn progress(
        &mut self,
        id: RequestId,
        change: impl FnOnce(&mut RequestProgress),
    ) -> Vec<Effect> {
        // A request of somebody who has left is nobody's business here any more.
        if let Some(request) = self.requests.iter_mut().find(|request| request.id == id) {
            change(&mut request.progress);
        }
        Vec::new()
    }

    /// *I need help*, from any screen: what was begun stays as it is.
    pub(super) fn need_help(&mut self, place: Place<'_>) -> Vec<Effect> {
        match &self.step {
            // The message is on the screen already, or the store is about to answer.
            Step::Requested(..) | Step::Waiting(_) => return Vec::new(),
            _ => {}
        }
        let resume = std::mem::replace(&mut self.step, Step::Welcome);
        // Help that was asked for and not lost need not be asked for twice.
        let asked = self.requests.iter().find(|request| {
            request.reason == RequestReason::Help && request.progress != RequestProgress::NotKept
        });
        if let Some(asked) = asked {
            self.step = Step::Requested(asked.id, worth_resuming(resume));
            return Vec::new();
        }
        let patients = resume.patient().into_iter().collect();
        let stopped_at = resume.name();
        let ticket = resume.ticket();
        self.put(RequestReason::Help, stopped_at, patients, None, ticket, worth_resuming(resume), place)
    }

    /// A person must go on from here.
    pub(super) fn raise(
        &mut self,
        reason: RequestReason,
        patients: Vec<PatientId>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        self.raise_with(reason, patients, None, place)
    }

    pub(super) fn raise_with(
        &mut self,
        reason: RequestReason,
        patients: Vec<PatientId>,
        registration: Option<Box<Patient>>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let stopped_at = self.step.name();
        self.put(reason, stopped_at, patients, registration, None, None, place)
    }

    /// The kiosk could not do its part. Nothing of the step is lost: it can be tried again.
    pub(super) fn fault(&mut self, place: Place<'_>) -> Vec<Effect> {
        let under = std::mem::replace(&mut self.step, Step::Welcome);
        let patients = under.patient().into_iter().collect();
        let stopped_at = under.name();
        self.put(RequestReason::KioskFault, stopped_at, patients, None, None, Some(Box::new(under)), place)
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one record, each said once")]
    fn put(
        &mut self,
        reason: RequestReason,
        stopped_at: &str,
        patients: Vec<PatientId>,
        registration: Option<Box<Patient>>,
        ticket: Option<TicketId>,
        resume: Option<Box<Step>>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let id = RequestId(self.moment.id);
        let raised_at = self.moment.now;
        self.requests.push(RaisedRequest {
            id,
            reason,
            since: self.moment.at,
            progress: RequestProgress::Raising,
        });
        self.step = Step::Requested(id, resume);
        vec![Effect::Raise(Request {
            id,
            reason,
            stopped_at: stopped_at.to_string(),
            patients,
            registration,
            ticket,
            language: self.language_code(place.clinic).to_string(),
            kiosk: place.kiosk.to_string(),
            raised_at,
            acknowledge_by: raised_at + TimeDelta::minutes(place.clinic.acknowledge_minutes.into()),
        })]
    }
}

/// Where going on has a meaning: not where the person would only be sent to the desk again.
fn worth_resuming(step: Step) -> Option<Box<Step>> {
    match step {
        Step::Requested(..) | Step::Waiting(_) => None,
        step => Some(Box::new(step)),
    }
}

impl Step {
    /// The step in words for staff: where a request stopped.
    pub fn name(&self) -> &'static str {
        use super::IdentifyQuestion;
        use crate::front_desk::registration::Question;
        match self {
            Self::Welcome => "welcome",
            Self::Identify(identify) => match identify.question {
                IdentifyQuestion::DateOfBirth => "identify: date of birth",
                IdentifyQuestion::FamilyName => "identify: family name",
            },
            Self::Waiting(waiting) => waiting.under.name(),
            Self::Confirm(_) => "confirm",
            Self::Instruct(_) => "instruction after confirming",
            Self::Register(register) => match register.question {
                Question::GivenName => "register: given name",
                Question::FamilyName => "register: family name",
                Question::DateOfBirth => "register: date of birth",
                Question::Sex => "register: sex",
                Question::Phone => "register: telephone number",
                Question::Street => "register: street",
                Question::Town => "register: town",
                Question::ContactName => "register: emergency contact's name",
                Question::ContactPhone => "register: emergency contact's telephone number",
                Question::Language => "register: preferred language",
                Question::Reason => "register: reason for visit",
                Question::Consent => "register: consent",
            },
            Self::Requested(..) => "after asking for a person",
            Self::StartOver(under) => under.name(),
            Self::Done(_) => "done: ticket issued",
        }
    }

    /// The record of the person, once it is known.
    fn patient(&self) -> Option<PatientId> {
        match self {
            Self::Confirm(known) => Some(known.patient.id),
            Self::Instruct(instruction) => Some(instruction.appointment().patient),
            Self::Waiting(waiting) => waiting.under.patient(),
            Self::StartOver(under) => under.patient(),
            _ => None,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Done(done) => Some(done.ticket.id),
            _ => None,
        }
    }
}
