//! Asking for a person, and what the patient is told about it.

use super::arrive::Obstacle;
use super::form::Together;
use super::{Effect, PayStage, Place, Session, Settled, Step};
use crate::clinic::routines::Route;
use crate::front_desk::booking::BookingOrder;
use crate::front_desk::message::Message;
use crate::front_desk::patient::{Patient, PatientId};
use crate::front_desk::registration::Question;
use crate::front_desk::request::{Case, OwnWords, Request, RequestId, RequestReason};
use crate::front_desk::ticket::{PaperState, TicketId};
use crate::front_desk::urgency::Urgency;
use std::time::Duration;
use uuid::Uuid;

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
    /// Somebody, by name, has taken it.
    Acknowledged(String),
    /// It is done.
    Resolved,
}

/// A request of the person at the kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaisedRequest {
    /// Which one.
    pub id: RequestId,
    /// Why.
    pub reason: RequestReason,
    /// Id of the category, where the patient chose one.
    pub category: Option<String>,
    /// How urgent it is.
    pub urgency: Urgency,
    /// The case that it is, where it is one.
    pub case: Option<Case>,
    /// Since when, on the kiosk's own clock.
    pub since: Duration,
    /// How far it has come.
    pub progress: RequestProgress,
    /// Whether it is a case that was not answered by its day.
    pub overdue: bool,
    /// What became of its slip's paper, where this session prints one.
    pub slip: Option<PaperState>,
    /// What was said about it.
    pub messages: Vec<Message>,
    /// Whether what the patient said last could not be kept.
    pub unsaid: bool,
    /// How many of the messages were on the screen.
    pub read: usize,
    /// The arrival that led to it, where one did.
    pub obstacle: Option<Box<Obstacle>>,
}

impl RaisedRequest {
    /// Whether it was not lost, and is not done.
    pub fn is_under_way(&self) -> bool {
        !matches!(self.progress, RequestProgress::NotKept | RequestProgress::Resolved)
    }
}

/// What a request says beside when and where it was raised.
#[derive(Default)]
struct Matter {
    category: Option<usize>,
    /// What staff read, where it is neither the reason nor the category.
    subject: Option<String>,
    /// Id of the destination, where the routine of what was asked names it.
    to: Option<String>,
    urgency: Urgency,
    red_flags: Vec<String>,
    words: OwnWords,
    wish: Option<BookingOrder>,
}

impl From<Together> for Matter {
    fn from(together: Together) -> Self {
        let Together { urgency, subject, red_flags, to, words } = together;
        Self { subject: Some(subject), to, urgency, red_flags, words, ..Self::default() }
    }
}

impl Session {
    /// One of this person's requests.
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

    /// Whether an emergency fills the screen and nobody has answered it yet. It is not cleared by itself: who
    /// raised it may lie on the floor.
    pub fn calls_for_help(&self) -> bool {
        let Step::Requested(id, _) = &self.step else { return false };
        self.request(*id).is_some_and(|request| {
            request.urgency == Urgency::Emergency
                && !matches!(request.progress, RequestProgress::Acknowledged(_) | RequestProgress::Resolved)
        })
    }

    /// A person must go on from here: the step ends.
    pub(super) fn raise(
        &mut self,
        reason: RequestReason,
        patients: Vec<PatientId>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let under = std::mem::replace(&mut self.step, Step::Welcome);
        self.put(reason, Matter::default(), Some(patients), &under, None, place)
    }

    /// What the desk could not be asked, or did not allow: a person decides.
    pub(super) fn raise_wish(
        &mut self,
        wish: BookingOrder,
        patient: PatientId,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let under = std::mem::replace(&mut self.step, Step::Welcome);
        let matter = Matter { wish: Some(wish), ..Matter::default() };
        self.put(RequestReason::BookingWish, matter, Some(vec![patient]), &under, None, place)
    }

    /// A person is asked for, and the step can go on meanwhile.
    pub(super) fn put_over(&mut self, reason: RequestReason, place: Place<'_>) -> Vec<Effect> {
        self.put_keeping(reason, Matter::default(), place)
    }

    /// The kiosk could not do its part. Nothing of the step is lost: it can be tried again.
    pub(super) fn fault(&mut self, place: Place<'_>) -> Vec<Effect> {
        self.family.stop();
        self.put_over(RequestReason::KioskFault, place)
    }

    /// Staff end the session: a person goes on from here with what was entered.
    pub(super) fn raise_ended(&mut self, words: OwnWords, place: Place<'_>) -> Vec<Effect> {
        let under = std::mem::replace(&mut self.step, Step::Welcome);
        let matter = Matter { words, ..Matter::default() };
        self.put(RequestReason::KioskFault, matter, None, &under, None, place)
    }

    /// Asks for what the routines offer.
    pub(super) fn put_category(
        &mut self,
        category: usize,
        urgency: Urgency,
        red_flags: Vec<String>,
        words: OwnWords,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let reason =
            if urgency == Urgency::Emergency { RequestReason::Emergency } else { RequestReason::Asked };
        let matter = Matter { category: Some(category), urgency, red_flags, words, ..Matter::default() };
        self.put_keeping(reason, matter, place)
    }

    /// Words that tell of something urgent, and were typed for something else or not sent.
    pub(super) fn put_urgent(
        &mut self,
        words: OwnWords,
        red_flags: Vec<String>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let matter = Matter { urgency: Urgency::Urgent, words, red_flags, ..Matter::default() };
        self.put_keeping(RequestReason::Help, matter, place)
    }

    /// Somebody may be in danger.
    pub(super) fn emergency(
        &mut self,
        words: OwnWords,
        red_flags: Vec<String>,
        category: Option<usize>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let matter = Matter { category, urgency: Urgency::Emergency, red_flags, words, ..Matter::default() };
        self.put_keeping(RequestReason::Emergency, matter, place)
    }

    /// Answers to a form that need a person before the form is sent.
    pub(super) fn put_form_answer(
        &mut self,
        reason: RequestReason,
        together: Together,
        place: Place<'_>,
    ) -> Vec<Effect> {
        self.put_keeping(reason, Matter::from(together), place)
    }

    /// Answers to a form that need a person, while the patient goes on from `under`.
    pub(super) fn put_beside(&mut self, together: Together, under: &Step, place: Place<'_>) -> Effect {
        let request = self.written(RequestReason::FormAnswer, together.into(), None, under, place);
        // The record of somebody new is made by the check-in that is asked for at the same moment.
        Effect::Raise(Box::new(Request { registration: None, ..request }))
    }

    fn put_keeping(&mut self, reason: RequestReason, matter: Matter, place: Place<'_>) -> Vec<Effect> {
        let under = std::mem::replace(&mut self.step, Step::Welcome);
        let resume = under.clone().worth_resuming();
        self.put(reason, matter, None, &under, resume, place)
    }

    /// Raises a request; `under` is the step at which it stopped. Without `patients` the record of the step is
    /// meant, if it is known.
    fn put(
        &mut self,
        reason: RequestReason,
        matter: Matter,
        patients: Option<Vec<PatientId>>,
        under: &Step,
        resume: Option<Box<Step>>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let request = self.written(reason, matter, patients, under, place);
        self.step = Step::Requested(request.id, resume);
        vec![Effect::Raise(Box::new(request))]
    }

    /// Writes a request down, and notes that this person has raised it.
    fn written(
        &mut self,
        reason: RequestReason,
        matter: Matter,
        patients: Option<Vec<PatientId>>,
        under: &Step,
        place: Place<'_>,
    ) -> Request {
        let Matter { category, subject, to, urgency, red_flags, words, wish } = matter;
        let routines = &place.clinic.routines;
        let staff = place.clinic.staff_language();
        let category = category.and_then(|position| routines.categories.get(position));
        let id = self.next_request_id();
        let raised_at = self.moment.now;
        let mut route = routines.route(reason, category.map(|category| category.id.as_str()), urgency);
        // Danger goes where danger goes, whatever the form says.
        if let Some(to) = to.as_deref().filter(|_| urgency < Urgency::Emergency) {
            route = Route { to, answer_within: None, ..route };
        }
        let chain = routines.chain(route, staff, raised_at);
        let series = place.clinic.kiosk(place.kiosk).map_or("", |kiosk| kiosk.series.as_str());
        let case = category.filter(|category| category.kind.is_case()).map(|category| {
            let here = raised_at.with_timezone(&place.clinic.zone);
            let answer_by = routines.complaint.within(category.kind).due(raised_at, &routines.calendar);
            Case::of(id, routines.complaint.letter, series, &here, answer_by)
        });
        self.requests.push(RaisedRequest {
            id,
            reason,
            category: category.map(|category| category.id.clone()),
            urgency,
            case: case.clone(),
            since: self.moment.at,
            progress: RequestProgress::Raising,
            overdue: false,
            slip: case.as_ref().map(|_| PaperState::Reserved),
            messages: Vec::new(),
            unsaid: false,
            read: 0,
            obstacle: None,
        });
        Request {
            id,
            reason,
            category: category.map(|category| category.id.clone()),
            subject: subject.or_else(|| category.map(|category| category.name.text(staff).to_string())),
            urgency,
            red_flags,
            words,
            companion: self.companion.clone(),
            acknowledge_by: chain.first().map_or(raised_at, |rung| rung.answer_by),
            chain,
            case,
            stopped_at: under.bottom().name().to_string(),
            patients: patients.unwrap_or_else(|| under.bottom().patient().into_iter().collect()),
            registration: under.bottom().registering().cloned().map(Box::new),
            wish: wish.map(Box::new),
            payment: match under.bottom() {
                Step::Pay(paying) => paying.payment(),
                _ => None,
            },
            ticket: under.bottom().ticket(),
            language: self.language_code(place.clinic).to_string(),
            kiosk: place.kiosk.to_string(),
            raised_at,
        }
    }

    /// One event may raise several requests: their ids differ in their random part.
    fn next_request_id(&self) -> RequestId {
        let known = |id: &RequestId| self.requests.iter().any(|request| request.id == *id);
        let ids = (0..=self.requests.len() as u128)
            .map(|number| RequestId(Uuid::from_u128(self.moment.id.as_u128() ^ (number << 40))));
        ids.into_iter().find(|id| !known(id)).unwrap_or(RequestId(self.moment.id))
    }
}

/// A question of registration in words for staff. What stands here goes into facts, and staff's page and its
/// counts know it by these words.
pub(super) fn register_step(question: Question) -> &'static str {
    match question {
        Question::GivenName => "register: given name",
        Question::FamilyName => "register: family name",
        Question::FurtherFamilyName => "register: further family name",
        Question::PreviousFamilyName => "register: previous family name",
        Question::DateOfBirth => "register: date of birth",
        Question::Sex => "register: sex",
        Question::Phone => "register: telephone number",
        Question::Email => "register: e-mail address",
        Question::Street => "register: street",
        Question::PostalCodeAndTown => "register: postal code and town",
        Question::PostalCode => "register: postal code",
        Question::Town => "register: town",
        Question::Region => "register: region",
        Question::ContactName => "register: emergency contact's name",
        Question::ContactPhone => "register: emergency contact's telephone number",
        Question::ContactRelation => "register: emergency contact's relation",
        Question::Language => "register: preferred language",
        Question::Reason => "register: reason for visit",
        Question::Insurer => "register: insurer",
        Question::SchemeNumber => "register: insurance or scheme number",
        Question::Own(_) => "register: a question of the clinic's own",
        Question::Consent => "register: consent",
    }
}

impl Step {
    /// The step in words for staff: where a request stopped.
    pub fn name(&self) -> &'static str {
        use super::{ActingQuestion, IdentifyQuestion};
        match self {
            Self::Welcome => "welcome",
            Self::Identify(identify) => match identify.question {
                IdentifyQuestion::DateOfBirth => "identify: date of birth",
                IdentifyQuestion::FamilyName => "identify: family name",
            },
            Self::Waiting(waiting) => waiting.under.name(),
            Self::Confirm(_) => "confirm",
            Self::Booking(_) => "choosing an appointment",
            Self::Booked(_) => "done: appointment booked",
            Self::Settled(_) => "done: book settled",
            Self::Instruct(_) => "instruction after confirming",
            Self::Register(register) => register_step(register.question),
            Self::Details(details) => details.name(),
            Self::Unknown(_) => "a document of nobody who is known",
            Self::FillIn(_) => "register: answers from a document",
            Self::Form(filling) if filling.at.is_none() => "form: looking over the answers",
            Self::Form(_) => "form: questions",
            Self::Requested(..) => "after asking for a person",
            Self::Help(_) => "choosing what is needed",
            Self::Telling(_) => "writing what is needed",
            Self::Companion => "who the patient is",
            Self::Acting(asked) => match asked.question {
                ActingQuestion::PatientHere => "acting for a patient: whether a patient here",
                ActingQuestion::Name => "acting for a patient: name",
                ActingQuestion::Phone => "acting for a patient: telephone number",
                ActingQuestion::Consent(_) => "acting for a patient: consent",
            },
            Self::ConfirmActing(_) => "acting for a patient: confirm",
            Self::Tickets => "done: tickets of a family",
            Self::WalkIn(_) => "what brings a patient without appointment",
            Self::FindCase(_) => "looking for a case",
            Self::Talk(_) => "speaking with the desk",
            Self::StartOver(under) => under.name(),
            Self::Done(_) => "done: ticket issued",
            Self::Pay(paying) => match paying.stage {
                PayStage::Choosing => "pay: choosing how",
                PayStage::Card { .. } => "pay: card",
                PayStage::Code { .. } => "pay: code",
                PayStage::AtDesk => "pay: sent to the desk",
                PayStage::Ended(_) => "done: payment ended",
            },
        }
    }

    /// Where going on has a meaning: not where the person would only be sent to the desk again.
    pub(super) fn worth_resuming(self) -> Option<Box<Step>> {
        match self {
            Self::Requested(_, resume) => resume,
            Self::Waiting(_) => None,
            step => Some(Box::new(step)),
        }
    }

    /// The step that lies under the choice of what is needed, a request, an exchange.
    pub(super) fn bottom(&self) -> &Step {
        match self {
            Self::Help(under) | Self::StartOver(under) | Self::Requested(_, Some(under)) => under.bottom(),
            Self::Telling(telling) => telling.resume.bottom(),
            Self::Talk(talk) => talk.resume.bottom(),
            step => step,
        }
    }

    /// The same, to change it.
    pub(super) fn bottom_mut(&mut self) -> &mut Step {
        match self {
            Self::Help(under) | Self::StartOver(under) | Self::Requested(_, Some(under)) => {
                under.bottom_mut()
            }
            Self::Telling(telling) => telling.resume.bottom_mut(),
            Self::Talk(talk) => talk.resume.bottom_mut(),
            step => step,
        }
    }

    /// The same, and everything over it goes.
    pub(super) fn into_bottom(self) -> Step {
        match self {
            Self::Help(under) | Self::StartOver(under) | Self::Requested(_, Some(under)) => {
                under.into_bottom()
            }
            Self::Telling(telling) => telling.resume.into_bottom(),
            Self::Talk(talk) => talk.resume.into_bottom(),
            step => step,
        }
    }

    /// The record of the person, once it is known.
    fn patient(&self) -> Option<PatientId> {
        match self {
            Self::Confirm(known) => Some(known.patient.id),
            Self::Booking(booking) => Some(booking.patient),
            Self::Booked(booked) => Some(booked.appointment.patient),
            Self::Settled(Settled::Cancelled { patient, .. }) => Some(*patient),
            Self::Details(details) => Some(details.known.patient.id),
            Self::Instruct(instruction) => instruction.patient,
            Self::WalkIn(patient) => Some(*patient),
            Self::Pay(paying) => Some(paying.patient),
            Self::Form(filling) => Some(filling.visit().patient),
            Self::Waiting(waiting) => waiting.under.patient(),
            Self::StartOver(under) => under.patient(),
            _ => None,
        }
    }

    /// Somebody new who answers the clinic's forms: they have agreed, and have no record yet.
    fn registering(&self) -> Option<&Patient> {
        match self {
            Self::Form(filling) => filling.visit().registration.as_ref(),
            Self::Waiting(waiting) => waiting.under.registering(),
            _ => None,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Done(done) => Some(done.ticket.id),
            Self::Pay(paying) => paying.done.as_ref().map(|done| done.ticket.id),
            _ => None,
        }
    }
}
