//! One person's time at the kiosk, as a value: [`step`] takes a session and what happened, and answers the
//! next session and what must be done. Every path of a patient is in here and can be played in microseconds.
//!
//! **Invariants.** No clock, disk, screen, network or chance: all of them come in with the [`Moment`] and
//! the [`Event`]. A question that is asked of the store carries a number, and an answer to any other number
//! is ignored: what belongs to one person cannot arrive at the next.

mod acting;
mod arrive;
mod booking;
mod closed;
mod details;
mod documents;
mod events;
mod family;
mod form;
mod happen;
mod identify;
mod needs;
mod pay;
mod preferences;
mod register;
mod requests;
mod talk;
#[cfg(test)]
mod tests;
mod time_spent;

pub use acting::{ActingQuestion, AskActing, Begun, ConfirmActing};
pub use arrive::{Instruction, Obstacle};
pub use booking::{
    Booked, Booking, BookingProblem, BookingStage, Choosing, Narrowing, Purpose, Settled, bookable,
};
pub use details::{Changing, Details};
pub use documents::FillIn;
pub use events::{
    Answer, Ask, Effect, Event, Found, Identifiers, Known, Moment, Place, Printed, Question, Touch,
    VisitUnderWay,
};
pub use family::{Family, FamilyTicket};
pub use form::{At, Filling, FormsAnswered, Pen};
pub use identify::{Identify, IdentifyProblem, IdentifyQuestion};
pub use needs::{About, Telling};
pub use pay::{
    NotChargedWhy, Owed, PayStage, Paying, PaymentNews, PaymentResult, TerminalShows, takes_payments,
};
pub use preferences::{Preferences, TextSize};
pub use register::Register;
pub use requests::{RaisedRequest, RequestProgress};
pub use talk::{FindCase, FindCaseProblem, OpenCase, Talk};

use happen::{answered, erased, paper, start_over, ticked, touched, typed};
use time_spent::TimeSpent;

use crate::clinic::Clinic;
use crate::front_desk::appointment::{Arrival, Here, judge_arrival};
use crate::front_desk::booking::BookingOrder;
use crate::front_desk::document::Document;
use crate::front_desk::fleet::ClosedNotice;
use crate::front_desk::message::SessionEnd;
use crate::front_desk::patient::PatientId;
use crate::front_desk::request::RequestId;
use crate::front_desk::ticket::{PaperState, Ticket};
use chrono::{DateTime, NaiveDate, Utc};
use std::time::Duration;

/// A screen that has just appeared takes no touch for so long: the second tap of a double tap was meant for
/// the screen before. (EN 301 549, 5.9 asks that a key struck twice can be told from two.)
pub const GUARD: Duration = Duration::from_millis(350);
/// The store answers in milliseconds; after this long it never will.
const STORE_PATIENCE: Duration = Duration::from_secs(15);

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
    /// What is owed is paid.
    Pay(Box<Paying>),
    /// A case is looked for by what stands on its slip.
    FindCase(Box<FindCase>),
    /// What staff and the patient said about a request.
    Talk(Box<Talk>),
    /// *Start over?* Something was typed that would be lost.
    StartOver(Box<Step>),
    /// Checked in.
    Done(Done),
}

/// What a person came for who identifies themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ComesFor {
    CheckIn,
    Book,
    Pay,
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
    /// What a patient without paper may want to write down.
    pub text: TextToWrite,
}

/// Whether the text to write down is shown instead of the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextToWrite {
    /// It was not looked at: where paper is missing it is offered in the place of *another person*.
    Unseen,
    /// It is on the glass.
    Shown,
    /// It was looked at.
    Seen,
}

impl Done {
    /// Whether the patient may have no paper.
    pub fn lacks_paper(&self) -> bool {
        matches!(self.paper, Some(PaperState::NotPrinted | PaperState::NotKnown))
    }

    /// Notes what became of its paper. Whoever has paper after all need write nothing down.
    fn hear_paper(&mut self, state: PaperState) {
        self.paper = Some(state);
        if !self.lacks_paper() && self.text == TextToWrite::Shown {
            self.text = TextToWrite::Seen;
        }
    }

    /// Whether the text to write down is offered.
    pub fn offers_text(&self) -> bool {
        self.lacks_paper() && self.text == TextToWrite::Unseen
    }
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
    /// How the person wants the screen.
    pub preferences: Preferences,
    /// Whether that is being chosen, over whatever was begun.
    pub choosing_preferences: bool,
    /// Where the person stands.
    pub step: Step,
    /// What this person asked people for.
    pub requests: Vec<RaisedRequest>,
    /// Id of the relation, where this person acts for a patient.
    pub companion: Option<String>,
    /// Whether the desk answers: the kiosk's own knowledge, not the person's.
    pub desk_answers: bool,
    /// What a kiosk says that is closed to patients; none where it is not. The kiosk's own, not the person's.
    pub closed: Option<ClosedNotice>,
    /// The latest moment this session knows of.
    pub moment: Moment,
    /// When the patient who was identified answered each of the clinic's forms last.
    forms_answered: FormsAnswered,
    /// What this person came for.
    comes_for: ComesFor,
    /// What the patient owes who was identified or checked in last.
    pub owed: Option<Owed>,
    /// What is under way with the patient who was identified; nothing of it is shown before they have said that it is they.
    under_way: Option<VisitUnderWay>,
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
    /// How long this person has stood at each step.
    time_spent: TimeSpent,
}

impl Session {
    /// A kiosk that nobody stands at.
    pub fn new(moment: Moment) -> Self {
        Self {
            language: 0,
            preferences: Preferences::default(),
            choosing_preferences: false,
            step: Step::Welcome,
            requests: Vec::new(),
            companion: None,
            desk_answers: false,
            closed: None,
            forms_answered: FormsAnswered::new(),
            comes_for: ComesFor::CheckIn,
            owed: None,
            under_way: None,
            family: Family::default(),
            obstacles: Vec::new(),
            site: None,
            misses: 0,
            quiet_since: moment.at,
            guarded_until: Duration::ZERO,
            asked: 0,
            time_spent: TimeSpent::default(),
            moment,
        }
    }

    /// Whether somebody is there, and how long the countdown still runs.
    pub fn presence(&self, clinic: &Clinic) -> Presence {
        let quiet = self.moment.at.saturating_sub(self.quiet_since);
        let warn_after = self.warn_after(clinic);
        let over = warn_after + clinic.inactivity.countdown;
        let undisturbed = self.step == Step::Welcome || self.calls_for_help() || self.is_paying();
        if undisturbed || quiet < warn_after {
            Presence::There
        } else if quiet < over {
            Presence::Warned(over - quiet)
        } else {
            Presence::Gone
        }
    }

    /// How long the kiosk waits for this person before it asks whether they are still there.
    fn warn_after(&self, clinic: &Clinic) -> Duration {
        clinic.inactivity.warn_after * self.preferences.patience()
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
        self.preferences = Preferences::default();
        self.choosing_preferences = false;
        self.requests.clear();
        self.companion = None;
        self.comes_for = ComesFor::CheckIn;
        self.owed = None;
        self.under_way = None;
        self.forms_answered.clear();
        self.family = Family::default();
        self.obstacles.clear();
        self.time_spent = TimeSpent::default();
    }

    /// The person is done.
    fn finish(&mut self, place: Place<'_>) -> Vec<Effect> {
        let mut effects = self.heed_words(place);
        if !effects.is_empty() {
            return effects;
        }
        effects.extend(self.let_go_of_payment());
        if self.must_list_tickets() {
            self.step = Step::Tickets;
        } else {
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
        // Whoever went away did so after the last touch, not when the countdown was over.
        let spent = || self.time_spent.until(self.quiet_since);
        (*step != Step::Welcome).then(|| Effect::Ended(step.name(), end, spent()))
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
        if self.choosing_preferences {
            return (26, 0);
        }
        match &self.step {
            Step::Welcome => (0, usize::from(self.closed.is_some())),
            Step::Identify(identify) => (1, identify.question as usize),
            // Until waiting is felt, the screen before is shown; it takes no touch in any case.
            Step::Waiting(_) => (2, 0),
            Step::Confirm(_) => (3, 0),
            Step::Instruct(_) => (4, 0),
            Step::Register(register) => (5, register.question.number()),
            Step::Requested(..) => (6, 0),
            Step::StartOver(_) => (7, 0),
            Step::Done(done) => (8, usize::from(done.text == TextToWrite::Shown)),
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
            Step::Pay(paying) => (25, paying.face()),
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
        // What is beneath is not seen, and so is not written on.
        Event::Typed(_) | Event::Erased | Event::Drawn(_) if session.choosing_preferences => Vec::new(),
        Event::Touched(touch) => touched(&mut session, touch, place),
        Event::Typed(character) => typed(&mut session, character),
        Event::Erased => erased(&mut session),
        Event::Drawn(pen) => {
            if let Step::Form(filling) = &mut session.step {
                filling.drawn(pen);
            }
            Vec::new()
        }
        Event::Scanned(code) => {
            session.choosing_preferences = false;
            documents::scanned(&mut session, code, place)
        }
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
        Event::Paper(Printed::Receipt(payment), state) => {
            session.receipt_paper(payment, state);
            Vec::new()
        }
        Event::VisitTold(visit) => {
            session.under_way = Some(visit);
            Vec::new()
        }
        Event::OwedTold(owed) => {
            session.told_owed(owed);
            Vec::new()
        }
        Event::Payment(payment, news) => session.payment_news(payment, news),
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
        Event::Closed { notice, at_once } => session.close(notice, at_once, place),
        Event::Reopened => {
            session.reopen();
            Vec::new()
        }
    });
    if session.step == Step::Welcome {
        // Whoever comes next is perhaps somebody else, and comes for something else: nothing of a family, nor of
        // what somebody owes, stays at the welcome.
        session.family = Family::default();
        session.owed = None;
        session.under_way = None;
        session.comes_for = ComesFor::CheckIn;
    }
    if session.calls_for_help() {
        // Nothing stands between somebody in danger and what to do now.
        session.choosing_preferences = false;
    }
    if session.face() != face {
        session.guarded_until = moment.at + GUARD;
        session.quiet_since = moment.at;
    }
    session.time_spent.stands_at(&session.step, moment.at);
    (session, effects)
}
