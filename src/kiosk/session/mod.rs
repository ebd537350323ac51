//! One person's time at the kiosk, as a value: [`step`] takes a session and what happened, and answers the
//! next session and what must be done. Every path of a patient is in here and can be played in microseconds.
//!
//! **Invariants.** No clock, disk, screen, network or chance: all of them come in with the [`Moment`] and
//! the [`Event`]. A question that is asked of the store carries a number, and an answer to any other number
//! is ignored: what belongs to one person cannot arrive at the next.

mod acting;
mod arrive;
mod booking;
mod details;
mod documents;
mod family;
mod form;
mod identify;
mod needs;
mod register;
mod requests;
mod talk;
#[cfg(test)]
mod tests;

pub use acting::{ActingQuestion, AskActing, Begun, ConfirmActing};
pub use arrive::{Instruction, Obstacle};
pub use booking::{
    Booked, Booking, BookingProblem, BookingStage, Choosing, Narrowing, Purpose, Settled, bookable,
};
pub use details::{Changing, Details};
pub use documents::FillIn;
pub use family::{Family, FamilyTicket};
pub use form::{At, Filling, FormsAnswered, Pen};
pub use identify::{Identify, IdentifyProblem, IdentifyQuestion};
pub use needs::{About, Telling};
pub use register::Register;
pub use requests::{RaisedRequest, RequestProgress};
pub use talk::{FindCase, FindCaseProblem, OpenCase, Talk};

use crate::clinic::Clinic;
use crate::front_desk::appointment::{AppointmentId, Arrival, BookedVisit, Here, judge_arrival};
use crate::front_desk::arrival::NotCheckedIn;
use crate::front_desk::booking::{BookingAnswer, BookingOrder, Slot, SlotOffer, SlotSearch, Unanswered};
use crate::front_desk::code::Code;
use crate::front_desk::detail::{Detail, DetailValue};
use crate::front_desk::document::Document;
use crate::front_desk::family::Member;
use crate::front_desk::message::{Message, SessionEnd};
use crate::front_desk::patient::{DateOfBirth, Patient, PatientId};
use crate::front_desk::request::{Request, RequestId, RequestReason, TakenStep};
use crate::front_desk::ticket::{NewVisit, PaperState, Ticket, TicketId};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;
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
    /// *Book, move or cancel an appointment*.
    Appointments,
    /// *I am new here*.
    NewHere,
    /// *I need help*: what is needed can be chosen.
    NeedHelp,
    /// *Call a person*.
    CallPerson,
    /// *It is an emergency*.
    Emergency,
    /// *I am here for somebody else*.
    ForSomebodyElse,
    /// *Check in another person of the family*.
    AnotherPerson,
    /// *Check us all in*.
    CheckInAll,
    /// *I have a slip with a case number*.
    MyCase,
    /// What the desk has said is to be read.
    Talk,
    /// On to the next question.
    Next,
    /// Back to the one before.
    Back,
    /// On to the next question without an answer to this one.
    Skip,
    /// Yes, that's me, I agree.
    Yes,
    /// No, that's not me, I do not agree.
    No,
    /// One of several answers, by its position.
    Choice(usize),
    /// What was drawn goes.
    Clear,
    /// Sign in the other way: by typing, or by drawing.
    OtherWay,
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
    /// A finger draws on the pad for signatures.
    Drawn(Pen),
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
    /// A request is done.
    RequestResolved(RequestId),
    /// The desk said something about a request.
    MessageHeard(Message),
    /// What the patient said about a request could not be kept: nobody at the desk will read it.
    MessageNotKept(Uuid),
    /// Staff did a step for the patient who raised a request.
    StepTaken(RequestId, TakenStep),
    /// What became of a paper.
    Paper(Printed, PaperState),
    /// Whether the desk answers at all.
    DeskAnswers(bool),
}

/// What was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// A queue ticket.
    Ticket(TicketId),
    /// The slip of a case.
    Slip(RequestId),
    /// The slip of an appointment.
    Appointment(AppointmentId),
}

/// The number of a question to the store.
pub type Ask = u64;

/// What is asked of the store.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Who fits both identifiers?
    Who(Identifiers),
    /// Check in; the answer is the ticket.
    CheckIn(Box<NewVisit>),
    /// Which slots are free, as far as this kiosk knows?
    Slots(SlotSearch),
    /// The desk is asked to book.
    Order {
        /// What it is asked.
        order: BookingOrder,
        /// Whether the appointment that comes of it gets a slip.
        print: bool,
    },
    /// Keep what a known patient said of details on file.
    Details {
        /// Whose.
        patient: PatientId,
        /// What is still right.
        confirmed: Vec<Detail>,
        /// What was corrected.
        entered: Vec<DetailValue>,
        /// The day, in the clinic's zone.
        day: NaiveDate,
    },
    /// The record that staff know to be this patient's.
    Record(PatientId),
    /// The case with a number and a code.
    Case {
        /// The number as typed.
        number: String,
        /// The code as typed.
        code: String,
    },
    /// The case of a scanned slip.
    ScannedCase(RequestId),
}

/// Two identifiers of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identifiers {
    /// As typed.
    Name(DateOfBirth, String),
    /// A code and what was typed.
    Code(DateOfBirth, Code),
    /// Date of birth and name of a scanned document.
    Document(DateOfBirth, Box<Document>),
}

/// What the store answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Who fits.
    Found(Found),
    /// What was said of details is kept.
    DetailsKept,
    /// Checked in.
    CheckedIn(Ticket),
    /// The free slots, in order.
    Slots(Arc<[Slot]>),
    /// What the desk made of an order.
    Ordered(Result<BookingAnswer, Unanswered>),
    /// The case, if there is one.
    Case(Option<Box<OpenCase>>),
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
    /// A freed slot that is held for them.
    pub offer: Option<SlotOffer>,
    /// For whom they act, by relations on record.
    pub members: Vec<Member>,
    /// When they answered each of the clinic's forms last.
    pub forms: FormsAnswered,
}

/// What must be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the store; its answer comes back with the same number.
    Ask(Ask, Question),
    /// Keep a request and bring it to the desk.
    Raise(Box<Request>),
    /// Print a ticket again, as a copy.
    PrintCopy(TicketId),
    /// Keep what the patient says and bring it to the desk.
    Say(Message),
    /// Somebody's time at the kiosk ended: for those who look where people give up.
    Ended(&'static str, SessionEnd),
    /// Somebody could not be checked in: the desk sees why.
    NotCheckedIn(NotCheckedIn),
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
    /// An appointment is being booked, moved or called off.
    Booking(Box<Booking>),
    /// An appointment was booked or moved; its slip is on its way.
    Booked(Box<Booked>),
    /// Something of the book is settled without a slip.
    Settled(Settled),
    /// An arrival that cannot be checked in now, with what to do instead.
    Instruct(Instruction),
    /// A new patient answers the questions of registration.
    Register(Box<Register>),
    /// What is on file is confirmed or corrected.
    Details(Box<Details>),
    /// A scanned document is of nobody who is known: is the person new?
    Unknown(Box<Document>),
    /// A scanned document fills in answers: are they right?
    FillIn(Box<FillIn>),
    /// The clinic's own forms are answered, before the check-in.
    Form(Box<Filling>),
    /// A person was asked for; `resume` is where the patient can go on meanwhile.
    Requested(RequestId, Option<Box<Step>>),
    /// *What do you need?* What was begun lies under it.
    Help(Box<Step>),
    /// The patient writes in their own words.
    Telling(Telling),
    /// Who is the person at the kiosk here for?
    Companion,
    /// Who is it that acts for a patient?
    Acting(Box<AskActing>),
    /// *Is this you?*, to whoever acts for a patient.
    ConfirmActing(Box<ConfirmActing>),
    /// What brings a known patient here who has no appointment?
    WalkIn(PatientId),
    /// All the tickets of a family.
    Tickets,
    /// A case is looked for by what stands on its slip.
    FindCase(Box<FindCase>),
    /// What staff and the patient said about a request.
    Talk(Box<Talk>),
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
    /// What goes on with the answer.
    pending: Pending,
}

/// What goes on with an answer of the store.
#[derive(Debug, Clone, PartialEq)]
enum Pending {
    /// The step that asked.
    Step,
    /// A search for free slots, what for and of which service.
    Search(Purpose, String),
    /// An order to the desk.
    Order(BookingOrder),
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
    /// What made the check-in a question, and did not stand in its way.
    pub obstacles: Vec<Obstacle>,
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
    /// Id of the relation, where this person acts for a patient.
    pub companion: Option<String>,
    /// Whether the desk answers: the kiosk's own knowledge, not the person's.
    pub desk_answers: bool,
    /// The latest moment this session knows of.
    pub moment: Moment,
    /// When the patient who was identified answered each of the clinic's forms last.
    forms_answered: FormsAnswered,
    /// Whether this person came for the book and not to check in.
    wants_booking: bool,
    /// What it knows of a family.
    pub family: Family,
    /// What made the check-in that was asked of the store a question.
    obstacles: Vec<Obstacle>,
    /// Id of the site of the kiosk.
    site: Option<String>,
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
            companion: None,
            desk_answers: false,
            forms_answered: FormsAnswered::new(),
            wants_booking: false,
            family: Family::default(),
            obstacles: Vec::new(),
            site: None,
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
        if self.step == Step::Welcome || self.calls_for_help() || quiet < clinic.inactivity.warn_after {
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
        let here = Here { site: self.site.as_deref(), zone: clinic.zone, now: self.moment.now };
        judge_arrival(&known.visits, |appointment| clinic.arrival_limits(&appointment.service), here)
    }

    /// The name of whoever at the desk takes care of this person.
    pub fn on_the_way(&self) -> Option<&str> {
        self.requests.iter().rev().find_map(|request| match &request.progress {
            // Who has taken a case reads it; nobody comes because of it.
            RequestProgress::Acknowledged(by) if request.case.is_none() => Some(by.as_str()),
            _ => None,
        })
    }

    /// Nobody is here any more: everything of the person goes.
    fn leave(&mut self) {
        self.step = Step::Welcome;
        self.language = 0;
        self.requests.clear();
        self.companion = None;
        self.wants_booking = false;
        self.forms_answered.clear();
        self.family = Family::default();
        self.obstacles.clear();
    }

    /// The person is done.
    fn finish(&mut self, place: Place<'_>) -> Vec<Effect> {
        let mut effects = self.heed_words(place);
        if effects.is_empty() && self.must_list_tickets() {
            self.step = Step::Tickets;
        } else if effects.is_empty() {
            effects.extend(self.ended(SessionEnd::Finished));
            self.leave();
        }
        effects
    }

    /// Nobody has answered the warning.
    fn abandoned(&mut self, place: Place<'_>) -> Vec<Effect> {
        let mut effects = self.heed_words(place);
        effects.extend(self.ended(SessionEnd::WentAway));
        // Words of danger that were never sent: whoever typed them may lie in front of the kiosk.
        if !self.calls_for_help() {
            self.leave();
        }
        self.misses = 0;
        self.quiet_since = self.moment.at;
        effects
    }

    fn ended(&self, end: SessionEnd) -> Option<Effect> {
        let step = self.step.bottom();
        (*step != Step::Welcome).then(|| Effect::Ended(step.name(), end))
    }

    fn ask(&mut self, question: Question) -> Vec<Effect> {
        self.ask_pending(question, Pending::Step)
    }

    fn ask_pending(&mut self, question: Question, pending: Pending) -> Vec<Effect> {
        self.asked += 1;
        let under = std::mem::replace(&mut self.step, Step::Welcome);
        self.step = Step::Waiting(Waiting {
            ask: self.asked,
            since: self.moment.at,
            under: Box::new(under),
            pending,
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
            Step::Register(register) => (5, register.question.number()),
            Step::Requested(..) => (6, 0),
            Step::StartOver(_) => (7, 0),
            Step::Done(_) => (8, 0),
            Step::Help(_) => (9, 0),
            Step::Telling(_) => (10, 0),
            Step::Companion => (11, 0),
            Step::FindCase(find) => (12, usize::from(find.asks_code)),
            Step::Talk(_) => (13, 0),
            Step::WalkIn(_) => (14, 0),
            Step::Acting(asked) => (15, asked.position()),
            Step::ConfirmActing(_) => (16, 0),
            Step::Tickets => (17, 0),
            Step::Booking(booking) => (18, booking.face()),
            Step::Booked(_) => (19, 0),
            Step::Settled(_) => (20, 0),
            Step::Details(details) => (21, details.face()),
            Step::Unknown(_) => (22, 0),
            Step::FillIn(_) => (23, 0),
            Step::Form(filling) => (24, filling.at.map_or(0, |at| 1 + at.form * 1000 + at.question)),
        }
    }
}

/// The next session, and what must be done.
pub fn step(mut session: Session, event: Event, place: Place<'_>, moment: Moment) -> (Session, Vec<Effect>) {
    session.moment = moment;
    session.site = place.clinic.kiosk(place.kiosk).and_then(|kiosk| kiosk.site.clone());
    let person = matches!(
        event,
        Event::Touched(_) | Event::Typed(_) | Event::Erased | Event::Drawn(_) | Event::Scanned(_)
    );
    let mut effects = Vec::new();
    match session.presence(place.clinic) {
        Presence::Gone => effects = session.abandoned(place),
        // Whatever the person does means "I am still here", and nothing else.
        Presence::Warned(_) if person => {
            session.quiet_since = moment.at;
            session.guarded_until = moment.at + GUARD;
            return (session, effects);
        }
        Presence::Warned(_) | Presence::There => {}
    }
    if person {
        if matches!(event, Event::Touched(_) | Event::Drawn(_)) && moment.at < session.guarded_until {
            return (session, effects);
        }
        session.quiet_since = moment.at;
    }
    let face = session.face();
    effects.extend(match event {
        Event::Touched(touch) => touched(&mut session, touch, place),
        Event::Typed(character) => typed(&mut session, character),
        Event::Erased => erased(&mut session),
        Event::Drawn(pen) => {
            if let Step::Form(filling) = &mut session.step {
                filling.drawn(pen);
            }
            Vec::new()
        }
        Event::Scanned(code) => documents::scanned(&mut session, code, place),
        Event::Ticked => ticked(&mut session, place),
        Event::Answered(ask, answer) => answered(&mut session, ask, answer, place),
        Event::RequestKept(id, kept) => session.progress(id, |progress| {
            if *progress == RequestProgress::Raising {
                *progress = if kept { RequestProgress::Kept } else { RequestProgress::NotKept };
            }
        }),
        Event::RequestDelivered(id) => session.progress(id, |progress| {
            if !matches!(progress, RequestProgress::Acknowledged(_) | RequestProgress::Resolved) {
                *progress = RequestProgress::Delivered;
            }
        }),
        Event::RequestAcknowledged(id, by) => {
            session.progress(id, |progress| *progress = RequestProgress::Acknowledged(by))
        }
        Event::RequestResolved(id) => session.progress(id, |progress| *progress = RequestProgress::Resolved),
        Event::MessageHeard(message) => session.heard(message),
        Event::MessageNotKept(message) => {
            session.unsaid(message);
            Vec::new()
        }
        Event::StepTaken(request, taken) => session.step_taken(request, taken, place),
        Event::Paper(Printed::Ticket(ticket), state) => {
            paper(&mut session.step, ticket, state);
            session.family.paper(ticket, state);
            Vec::new()
        }
        Event::Paper(Printed::Appointment(appointment), state) => {
            booking::paper(&mut session.step, appointment, state);
            Vec::new()
        }
        Event::Paper(Printed::Slip(request), state) => {
            if let Some(request) = session.requests.iter_mut().find(|known| known.id == request) {
                request.slip = Some(state);
            }
            Vec::new()
        }
        Event::DeskAnswers(answers) => {
            session.desk_answers = answers;
            Vec::new()
        }
    });
    if session.step == Step::Welcome {
        // Whoever comes next is perhaps somebody else: nothing of a family stays at the welcome.
        session.family = Family::default();
    }
    if session.face() != face {
        session.guarded_until = moment.at + GUARD;
        session.quiet_since = moment.at;
    }
    (session, effects)
}

fn touched(session: &mut Session, touch: Touch, place: Place<'_>) -> Vec<Effect> {
    match touch {
        // What the store was asked for may be happening; its answer comes at once.
        Touch::NeedHelp | Touch::StartOver if matches!(session.step, Step::Waiting(_)) => return Vec::new(),
        Touch::NeedHelp => {
            session.need_help();
            return Vec::new();
        }
        Touch::StartOver => return start_over(session, place),
        Touch::StillHere => return Vec::new(),
        Touch::Talk => {
            if let Some(request) = session.unread() {
                session.open_talk(request);
            }
            return Vec::new();
        }
        _ => {}
    }
    match (&mut session.step, touch) {
        (Step::Welcome, Touch::Language(position)) if position < place.clinic.languages.len() => {
            session.language = position;
        }
        (Step::Welcome, Touch::HaveAppointment) => return session.begin(Begun::CheckIn(None), place),
        (Step::Welcome, Touch::Appointments) if !bookable(place.clinic).is_empty() => {
            return session.begin(Begun::Book, place);
        }
        (Step::Welcome, Touch::NewHere) => return session.begin(Begun::Register, place),
        (Step::Booking(_), _) => return session.booking_touched(touch, place),
        (Step::Booked(_), Touch::Again) => return session.check_in_now(place),
        (Step::Settled(Settled::Cancelled { patient, visits, .. }), Touch::Again) => {
            let (patient, visits) = (*patient, std::mem::take(visits));
            return session.open_book(patient, visits, None, place);
        }
        (Step::Welcome, Touch::ForSomebodyElse) if !place.clinic.routines.companions.is_empty() => {
            session.step = Step::Companion;
        }
        (Step::Companion, _) => session.here_for(touch, place),
        (Step::Acting(_), _) => return session.asked_acting(touch, place),
        (Step::ConfirmActing(_), _) => return session.confirmed_acting(touch, place),
        (Step::WalkIn(_), _) => return session.walk_in_for(touch, place),
        (Step::Tickets, _) => return session.tickets_touched(touch, place),
        (Step::Done(_), Touch::AnotherPerson) => return session.another_person(place),
        (Step::Confirm(_), Touch::CheckInAll) => return session.check_in_all(place),
        (Step::Help(_), _) => return session.chosen_help(touch, place),
        (Step::Telling(_), _) => return session.told(touch, place),
        (Step::FindCase(_), _) => return session.find_case(touch),
        (Step::Talk(_), _) => return session.talked(touch, place),
        (Step::Identify(_), Touch::Next | Touch::Back) => return identify::touched(session, touch, place),
        (Step::Confirm(_), Touch::Yes) => return thats_me(session, place),
        (Step::Confirm(known), Touch::No) => {
            let patient = known.patient.id;
            return session.redirect(RequestReason::NotThatPerson, vec![patient], place);
        }
        (
            Step::Register(_),
            Touch::Next | Touch::Back | Touch::Skip | Touch::Choice(_) | Touch::Yes | Touch::No,
        ) => {
            return register::touched(session, touch, place);
        }
        (Step::Instruct(_), _) => return session.instructed(touch, place),
        (Step::Form(_), _) => return session.filled(touch, place),
        (Step::Details(_), _) => return details::touched(session, touch, place),
        (Step::Unknown(_) | Step::FillIn(_), Touch::Again | Touch::Yes | Touch::No) => {
            return documents::touched(session, touch, place);
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
        (Step::StartOver(_), Touch::Finish) => {
            let mut effects = session.heed_words(place);
            if effects.is_empty() {
                effects.extend(session.ended(SessionEnd::StartedOver));
                session.leave();
            }
            return effects;
        }
        (
            Step::Requested(..) | Step::Done(_) | Step::Booked(_) | Step::Settled(_) | Step::Unknown(_),
            Touch::Finish,
        ) => {
            return session.finish(place);
        }
        // A touch that this step does not know came from a screen that is gone already.
        _ => {}
    }
    Vec::new()
}

/// Back to the welcome; asked first where much would be lost.
fn start_over(session: &mut Session, place: Place<'_>) -> Vec<Effect> {
    // Words of danger are not cleared away unheard.
    let effects = session.heed_words(place);
    if !effects.is_empty() {
        return effects;
    }
    let begun = |step: &Step| match step.bottom() {
        Step::Register(register) => !register.draft.is_empty(),
        Step::FillIn(_) => true,
        Step::Details(details) => details.is_changed(),
        Step::Form(filling) => filling.is_begun(),
        _ => false,
    };
    if begun(&session.step) && !matches!(session.step, Step::StartOver(_)) {
        let under = std::mem::replace(&mut session.step, Step::Welcome);
        session.step = Step::StartOver(Box::new(under));
        return Vec::new();
    }
    let effects = session.ended(SessionEnd::StartedOver).into_iter().collect();
    session.step = Step::Welcome;
    // The language stays: it is probably the same person.
    session.requests.clear();
    session.family = Family::default();
    session.obstacles.clear();
    effects
}

fn typed(session: &mut Session, character: char) -> Vec<Effect> {
    match &mut session.step {
        Step::Identify(identify) => identify.typed(character),
        Step::Register(register) => register.typed(character),
        Step::Details(details) => details.typed(character),
        Step::Form(filling) => filling.typed(character),
        Step::Telling(telling) => telling.typed(character),
        Step::FindCase(find) => find.typed(character),
        Step::Acting(asked) => asked.typed(character),
        _ => {}
    }
    Vec::new()
}

fn erased(session: &mut Session) -> Vec<Effect> {
    match &mut session.step {
        Step::Identify(identify) => identify.erased(),
        Step::Register(register) => register.erased(),
        Step::Details(details) => details.erased(),
        Step::Form(filling) => filling.erased(),
        Step::Telling(telling) => telling.erased(),
        Step::FindCase(find) => find.erased(),
        Step::Acting(asked) => asked.erased(),
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
        Step::Telling(_) | Step::Form(_) => return session.heed_pause(place),
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
    let pending = std::mem::replace(&mut waiting.pending, Pending::Step);
    session.step = under;
    match answer {
        Answer::Found(found) => identify::found(session, found, place),
        Answer::Slots(slots) => match pending {
            Pending::Search(purpose, service) => session.slots_found(purpose, service, slots, place),
            _ => Vec::new(),
        },
        Answer::Ordered(answer) => match pending {
            Pending::Order(order) => session.ordered(order, answer, place),
            _ => Vec::new(),
        },
        Answer::CheckedIn(ticket) => session.checked_in(ticket),
        Answer::DetailsKept => details::kept(session, place),
        Answer::Case(case) => session.case_found(case, place),
        Answer::Failed => session.fault(place),
    }
}

/// *That's me*: what the arrival means decides.
fn thats_me(session: &mut Session, place: Place<'_>) -> Vec<Effect> {
    let Step::Confirm(known) = &session.step else { return Vec::new() };
    if session.wants_booking {
        let (patient, visits, offer) = (known.patient.id, known.visits.clone(), known.offer.clone());
        return session.open_book(patient, visits, offer, place);
    }
    let (known, arrival) = (known.clone(), session.arrival(known, place.clinic));
    session.forms_answered = known.forms.clone();
    let patient = &known.patient;
    session.family.next_is(patient.name.first_given());
    match arrival {
        Arrival::OnTime(appointment) => {
            let due = Details::due(&known, &place.clinic.routines.registration, session.today(place.clinic));
            // Who acts for a patient is not shown where the patient lives.
            if !due.is_empty() && session.companion.is_none() {
                session.step = Step::Details(Box::new(Details::new(known, appointment, due)));
                return Vec::new();
            }
            session.check_in(patient, appointment, Vec::new(), place)
        }
        Arrival::AlreadyCheckedIn(_, ticket) => {
            let told_at = session.moment.now;
            let obstacles = Vec::new();
            session.family.hold(&ticket, None);
            session.step = Step::Done(Done { ticket, paper: None, before: true, told_at, obstacles });
            Vec::new()
        }
        arrival => session.unusual(patient, arrival, place),
    }
}

/// Notes what became of paper, also where the ticket is only covered by another screen.
fn paper(step: &mut Step, ticket: TicketId, state: PaperState) {
    match step {
        Step::Done(done) if done.ticket.id == ticket => done.paper = Some(state),
        Step::Requested(_, Some(under)) | Step::Help(under) => paper(under, ticket, state),
        Step::Telling(telling) => paper(&mut telling.resume, ticket, state),
        Step::Talk(talk) => paper(&mut talk.resume, ticket, state),
        _ => {}
    }
}
