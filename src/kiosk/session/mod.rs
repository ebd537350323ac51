//! One person's time at the kiosk, as a value: [`step`] takes a session and what happened, and answers the
//! next session and what must be done. Every path of a patient is in here and can be played in microseconds.
//!
//! **Invariants.** No clock, disk, screen, network or chance: all of them come in with the [`Moment`] and
//! the [`Event`]. A question that is asked of the store carries a number, and an answer to any other number
//! is ignored: what belongs to one person cannot arrive at the next.

mod identify;
mod register;
mod requests;
#[cfg(test)]
mod tests;

pub use identify::{Identify, IdentifyProblem, IdentifyQuestion};
pub use register::Register;
pub use requests::{RaisedRequest, RequestProgress};

use crate::clinic::Clinic;
use crate::front_desk::appointment::{Appointment, Arrival, BookedVisit, judge_arrival};
use crate::front_desk::code::Code;
use crate::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName};
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::front_desk::ticket::{NewVisit, PaperState, Ticket, TicketId};
use chrono::{DateTime, NaiveDate, Utc};
use std::time::Duration;
use uuid::Uuid;

/// A screen that has just appeared takes no touch for so long: the second tap of a double tap was meant for
/// the screen before. (EN 301 549, 5.9 asks that a key struck twice can be told from two.)
pub const GUARD: Duration = Duration::from_millis(350);
/// The store answers in milliseconds; after this long it never will.
const STORE_PATIENCE: Duration = Duration::from_secs(15);

/// Where the session takes place.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The routines.
    pub clinic: &'a Clinic,
    /// The kiosk's name.
    pub kiosk: &'a str,
}

/// When something happened, and the one random id that answering it may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The time of day.
    pub now: DateTime<Utc>,
    /// Time since the kiosk started, from a clock that never jumps.
    pub at: Duration,
    /// A fresh id (UUIDv7).
    pub id: Uuid,
}

/// A control that was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// A language, by its position in the clinic's list.
    Language(usize),
    /// *I have an appointment*.
    HaveAppointment,
    /// *I am new here*.
    NewHere,
    /// *I need help*.
    NeedHelp,
    /// On to the next question.
    Next,
    /// Back to the one before.
    Back,
    /// Yes, that's me, I agree.
    Yes,
    /// No, that's not me, I do not agree.
    No,
    /// One of several answers, by its position.
    Choice(usize),
    /// The second button of a message: once more, go on, print again.
    Again,
    /// The first button of a message: done.
    Finish,
    /// Start over.
    StartOver,
    /// *I am still here*.
    StillHere,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A control was touched.
    Touched(Touch),
    /// A character came from a keyboard, on the screen or a real one.
    Typed(char),
    /// The last character is taken back.
    Erased,
    /// A code was scanned; `None` for one that is not ours or cannot be read.
    Scanned(Option<Code>),
    /// Time has passed.
    Ticked,
    /// The store answers a question.
    Answered(Ask, Answer),
    /// A request is on this kiosk's disk, or could not be put there.
    RequestKept(RequestId, bool),
    /// The desk has a request.
    RequestDelivered(RequestId),
    /// Somebody at the desk took a request.
    RequestAcknowledged(RequestId, String),
    /// What became of a ticket's paper.
    Paper(TicketId, PaperState),
    /// Whether the desk answers at all.
    DeskAnswers(bool),
}

/// The number of a question to the store.
pub type Ask = u64;

/// What is asked of the store.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Who fits both identifiers?
    Who(Identifiers),
    /// Is somebody of this name and date of birth known already?
    Duplicates(PersonName, DateOfBirth),
    /// Check in; the answer is the ticket.
    CheckIn(Box<NewVisit>),
}

/// Two identifiers of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identifiers {
    /// As typed.
    Name(DateOfBirth, String),
    /// A code and what was typed.
    Code(DateOfBirth, Code),
}

/// What the store answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Who fits.
    Found(Found),
    /// Records of the same name and date of birth.
    Duplicates(Vec<PatientId>),
    /// Checked in.
    CheckedIn(Ticket),
    /// The store could not; nothing was kept.
    Failed,
}

/// Who fits two identifiers.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Nobody.
    Nobody,
    /// Exactly one.
    One(Box<Known>),
    /// Several: a case for a person.
    Several(Vec<PatientId>),
}

/// A patient who was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The record.
    pub patient: Patient,
    /// Their appointments.
    pub visits: Vec<BookedVisit>,
}

/// What must be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the store; its answer comes back with the same number.
    Ask(Ask, Question),
    /// Keep a request and bring it to the desk.
    Raise(Request),
    /// Print a ticket again, as a copy.
    PrintCopy(TicketId),
}

/// Where a person stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Nobody is here, or somebody has just come.
    Welcome,
    /// Two identifiers are being asked for.
    Identify(Identify),
    /// The store has been asked.
    Waiting(Waiting),
    /// *Is this you?*
    Confirm(Box<Known>),
    /// An arrival that cannot be checked in now, with what to do instead.
    Instruct(Instruction),
    /// A new patient answers the questions of registration.
    Register(Box<Register>),
    /// A person was asked for; `resume` is where the patient can go on meanwhile.
    Requested(RequestId, Option<Box<Step>>),
    /// *Start over?* Something was typed that would be lost.
    StartOver(Box<Step>),
    /// Checked in.
    Done(Done),
}

/// A question to the store that has not been answered yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Its number.
    pub ask: Ask,
    /// Since when.
    pub since: Duration,
    /// The step that asked; it is shown until waiting takes long enough to be felt.
    pub under: Box<Step>,
    /// A registration whose duplicates are being looked for.
    registering: Option<Box<NewVisit>>,
}

/// Why somebody who was identified cannot be checked in now, and needs nobody.
#[derive(Debug, Clone, PartialEq)]
pub enum Instruction {
    /// Check-in opens at the given time.
    Early(Appointment, DateTime<Utc>),
    /// The appointment is on another day.
    OtherDay(Appointment),
}

impl Instruction {
    fn appointment(&self) -> &Appointment {
        match self {
            Self::Early(appointment, _) | Self::OtherDay(appointment) => appointment,
        }
    }
}

/// A patient with a ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The ticket.
    pub ticket: Ticket,
    /// What became of its paper; `None` where this session printed nothing.
    pub paper: Option<PaperState>,
    /// Checked in before this session.
    pub before: bool,
    /// The time to which the wait is told.
    pub told_at: DateTime<Utc>,
}

/// Whether somebody is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Somebody did something not long ago.
    There,
    /// Nobody did anything for a while; the session ends in the given time.
    Warned(Duration),
    /// Nobody is there.
    Gone,
}

/// One person's time at the kiosk.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Position of the language in the clinic's list.
    pub language: usize,
    /// Where the person stands.
    pub step: Step,
    /// What this person asked people for.
    pub requests: Vec<RaisedRequest>,
    /// Whether the desk answers: the kiosk's own knowledge, not the person's.
    pub desk_answers: bool,
    /// The latest moment this session knows of.
    pub moment: Moment,
    /// How often nothing matched.
    misses: u8,
    quiet_since: Duration,
    guarded_until: Duration,
    asked: Ask,
}

impl Session {
    /// A kiosk that nobody stands at.
    pub fn new(moment: Moment) -> Self {
        Self {
            language: 0,
            step: Step::Welcome,
            requests: Vec::new(),
            desk_answers: false,
            misses: 0,
            quiet_since: moment.at,
            guarded_until: Duration::ZERO,
            asked: 0,
            moment,
        }
    }

    /// Whether somebody is there, and how long the countdown still runs.
    pub fn presence(&self, clinic: &Clinic) -> Presence {
        let quiet = self.moment.at.saturating_sub(self.quiet_since);
        let over = clinic.inactivity.warn_after + clinic.inactivity.countdown;
        if self.step == Step::Welcome || quiet < clinic.inactivity.warn_after {
            Presence::There
        } else if quiet < over {
            Presence::Warned(over - quiet)
        } else {
            Presence::Gone
        }
    }

    /// The code of the language, BCP 47.
    pub fn language_code<'a>(&self, clinic: &'a Clinic) -> &'a str {
        clinic.languages.get(self.language).map_or("en", String::as_str)
    }

    /// The day of the clinic.
    pub fn today(&self, clinic: &Clinic) -> NaiveDate {
        self.moment.now.with_timezone(&clinic.zone).date_naive()
    }

    /// What the arrival of a known patient means now.
    pub fn arrival(&self, known: &Known, clinic: &Clinic) -> Arrival {
        judge_arrival(&known.visits, clinic.arrival, clinic.zone, self.moment.now)
    }

    /// The name of whoever at the desk takes care of this person.
    pub fn on_the_way(&self) -> Option<&str> {
        self.requests.iter().rev().find_map(|request| match &request.progress {
            RequestProgress::Acknowledged(by) => Some(by.as_str()),
            _ => None,
        })
    }

    /// Nobody is here any more: everything of the person goes.
    fn leave(&mut self) {
        self.step = Step::Welcome;
        self.language = 0;
        self.requests.clear();
    }

    fn ask(&mut self, question: Question, registering: Option<Box<NewVisit>>) -> Vec<Effect> {
        self.asked += 1;
        let under = std::mem::replace(&mut self.step, Step::Welcome);
        self.step = Step::Waiting(Waiting {
            ask: self.asked,
            since: self.moment.at,
            under: Box::new(under),
            registering,
        });
        vec![Effect::Ask(self.asked, question)]
    }

    /// What a screen is, to notice that another has appeared.
    fn face(&self) -> (u8, usize) {
        match &self.step {
            Step::Welcome => (0, 0),
            Step::Identify(identify) => (1, identify.question as usize),
            // Until waiting is felt, the screen before is shown; it takes no touch in any case.
            Step::Waiting(_) => (2, 0),
            Step::Confirm(_) => (3, 0),
            Step::Instruct(_) => (4, 0),
            Step::Register(register) => (5, register.question.position()),
            Step::Requested(..) => (6, 0),
            Step::StartOver(_) => (7, 0),
            Step::Done(_) => (8, 0),
        }
    }
}

/// The next session, and what must be done.
pub fn step(mut session: Session, event: Event, place: Place<'_>, moment: Moment) -> (Session, Vec<Effect>) {
    session.moment = moment;
    let person = matches!(event, Event::Touched(_) | Event::Typed(_) | Event::Erased | Event::Scanned(_));
    match session.presence(place.clinic) {
        Presence::Gone => {
            session.leave();
            session.misses = 0;
            session.quiet_since = moment.at;
        }
        // Whatever the person does means "I am still here", and nothing else.
        Presence::Warned(_) if person => {
            session.quiet_since = moment.at;
            session.guarded_until = moment.at + GUARD;
            return (session, Vec::new());
        }
        Presence::Warned(_) | Presence::There => {}
    }
    if person {
        if matches!(event, Event::Touched(_)) && moment.at < session.guarded_until {
            return (session, Vec::new());
        }
        session.quiet_since = moment.at;
    }
    let face = session.face();
    let effects = match event {
        Event::Touched(touch) => touched(&mut session, touch, place),
        Event::Typed(character) => typed(&mut session, character),
        Event::Erased => erased(&mut session),
        Event::Scanned(code) => identify::scanned(&mut session, code),
        Event::Ticked => ticked(&mut session, place),
        Event::Answered(ask, answer) => answered(&mut session, ask, answer, place),
        Event::RequestKept(id, kept) => session.progress(id, |progress| {
            if *progress == RequestProgress::Raising {
                *progress = if kept { RequestProgress::Kept } else { RequestProgress::NotKept };
            }
        }),
        Event::RequestDelivered(id) => session.progress(id, |progress| {
            if !matches!(progress, RequestProgress::Acknowledged(_)) {
                *progress = RequestProgress::Delivered;
            }
        }),
        Event::RequestAcknowledged(id, by) => {
            session.progress(id, |progress| *progress = RequestProgress::Acknowledged(by))
        }
        Event::Paper(ticket, state) => {
            paper(&mut session.step, ticket, state);
            Vec::new()
        }
        Event::DeskAnswers(answers) => {
            session.desk_answers = answers;
            Vec::new()
        }
    };
    if session.face() != face {
        session.guarded_until = moment.at + GUARD;
        session.quiet_since = moment.at;
    }
    (session, effects)
}

fn touched(session: &mut Session, touch: Touch, place: Place<'_>) -> Vec<Effect> {
    match touch {
        Touch::NeedHelp => return session.need_help(place),
        Touch::StartOver => {
            start_over(session);
            return Vec::new();
        }
        Touch::StillHere => return Vec::new(),
        _ => {}
    }
    match (&mut session.step, touch) {
        (Step::Welcome, Touch::Language(position)) if position < place.clinic.languages.len() => {
            session.language = position;
        }
        (Step::Welcome, Touch::HaveAppointment) => session.step = Step::Identify(Identify::default()),
        (Step::Welcome, Touch::NewHere) => {
            session.step = Step::Register(Box::new(Register::new(session.language)));
        }
        (Step::Identify(_), Touch::Next | Touch::Back) => return identify::touched(session, touch, place),
        (Step::Confirm(_), Touch::Yes) => return thats_me(session, place),
        (Step::Confirm(known), Touch::No) => {
            let patient = known.patient.id;
            return session.raise(RequestReason::NotThatPerson, vec![patient], place);
        }
        (Step::Register(_), Touch::Next | Touch::Back | Touch::Choice(_) | Touch::Yes | Touch::No) => {
            return register::touched(session, touch, place);
        }
        (Step::Instruct(instruction), Touch::Again) => {
            let patient = instruction.appointment().patient;
            return session.raise(RequestReason::NoAppointment, vec![patient], place);
        }
        (Step::Requested(_, resume), Touch::Again) => {
            if let Some(resume) = resume.take() {
                session.step = *resume;
            }
        }
        (Step::StartOver(under), Touch::Again) => {
            session.step = std::mem::replace(under, Step::Welcome);
        }
        (Step::Done(done), Touch::Again) if done.before && done.paper.is_none() => {
            done.paper = Some(PaperState::Reserved);
            return vec![Effect::PrintCopy(done.ticket.id)];
        }
        (Step::Instruct(_) | Step::Requested(..) | Step::StartOver(_) | Step::Done(_), Touch::Finish) => {
            session.leave()
        }
        // A touch that this step does not know came from a screen that is gone already.
        _ => {}
    }
    Vec::new()
}

/// Back to the welcome; asked first where much would be lost.
fn start_over(session: &mut Session) {
    match std::mem::replace(&mut session.step, Step::Welcome) {
        Step::Register(register) if register.draft != Register::new(session.language).draft => {
            session.step = Step::StartOver(Box::new(Step::Register(register)));
        }
        // What the store was asked for may be happening; its answer comes at once.
        waiting @ Step::Waiting(_) => session.step = waiting,
        // The language stays: it is probably the same person.
        _ => session.requests.clear(),
    }
}

fn typed(session: &mut Session, character: char) -> Vec<Effect> {
    match &mut session.step {
        Step::Identify(identify) => identify.typed(character),
        Step::Register(register) => register.typed(character),
        _ => {}
    }
    Vec::new()
}

fn erased(session: &mut Session) -> Vec<Effect> {
    match &mut session.step {
        Step::Identify(identify) => identify.erased(),
        Step::Register(register) => register.erased(),
        _ => {}
    }
    Vec::new()
}

fn ticked(session: &mut Session, place: Place<'_>) -> Vec<Effect> {
    match &mut session.step {
        // Somebody chose a language and went away, or had missed twice: the next one begins anew.
        Step::Welcome => {
            let quiet = session.moment.at.saturating_sub(session.quiet_since);
            if quiet >= place.clinic.inactivity.warn_after {
                session.leave();
                session.misses = 0;
            }
        }
        Step::Waiting(waiting) if session.moment.at.saturating_sub(waiting.since) > STORE_PATIENCE => {
            session.step = std::mem::replace(&mut *waiting.under, Step::Welcome);
            return session.fault(place);
        }
        _ => {}
    }
    Vec::new()
}

fn answered(session: &mut Session, ask: Ask, answer: Answer, place: Place<'_>) -> Vec<Effect> {
    let Step::Waiting(waiting) = &mut session.step else { return Vec::new() };
    if waiting.ask != ask {
        return Vec::new();
    }
    let under = std::mem::replace(&mut *waiting.under, Step::Welcome);
    let registering = waiting.registering.take();
    session.step = under;
    match answer {
        Answer::Found(found) => identify::found(session, found, place),
        Answer::Duplicates(duplicates) => match registering {
            Some(visit) => register::judged(session, *visit, duplicates, place),
            None => Vec::new(),
        },
        Answer::CheckedIn(ticket) => {
            session.step = Step::Done(Done {
                ticket,
                paper: Some(PaperState::Reserved),
                before: false,
                told_at: session.moment.now,
            });
            Vec::new()
        }
        Answer::Failed => session.fault(place),
    }
}

/// *That's me*: what the arrival means decides.
fn thats_me(session: &mut Session, place: Place<'_>) -> Vec<Effect> {
    let Step::Confirm(known) = &session.step else { return Vec::new() };
    let patient = known.patient.id;
    match session.arrival(known, place.clinic) {
        Arrival::OnTime(appointment) => {
            let visit = NewVisit {
                registration: None,
                patient,
                service: appointment.service.clone(),
                appointment: Some(appointment),
                reason: None,
                language: session.language_code(place.clinic).to_string(),
            };
            session.ask(Question::CheckIn(Box::new(visit)), None)
        }
        Arrival::AlreadyCheckedIn(_, ticket) => {
            let told_at = session.moment.now;
            session.step = Step::Done(Done { ticket, paper: None, before: true, told_at });
            Vec::new()
        }
        Arrival::Early(appointment, opens) => {
            session.step = Step::Instruct(Instruction::Early(appointment, opens));
            Vec::new()
        }
        Arrival::OtherDay(appointment) => {
            session.step = Step::Instruct(Instruction::OtherDay(appointment));
            Vec::new()
        }
        Arrival::Late(_) => session.raise(RequestReason::LateArrival, vec![patient], place),
        Arrival::Cancelled(_) => session.raise(RequestReason::AppointmentCancelled, vec![patient], place),
        Arrival::NoAppointment => session.raise(RequestReason::NoAppointment, vec![patient], place),
    }
}

/// Notes what became of paper, also where the ticket is only covered by another screen.
fn paper(step: &mut Step, ticket: TicketId, state: PaperState) {
    match step {
        Step::Done(done) if done.ticket.id == ticket => done.paper = Some(state),
        Step::Requested(_, Some(under)) => paper(under, ticket, state),
        _ => {}
    }
}
