//! What can happen to a session, what it asks of others and what they answer, and what it wants done.

use super::form::{FormsAnswered, Pen};
use super::pay::{Owed, PaymentNews};
use crate::clinic::Clinic;
use crate::front_desk::appointment::{AppointmentId, BookedVisit};
use crate::front_desk::arrival::NotCheckedIn;
use crate::front_desk::booking::{BookingAnswer, BookingOrder, Slot, SlotOffer, SlotSearch, Unanswered};
use crate::front_desk::code::Code;
use crate::front_desk::detail::{Detail, DetailValue};
use crate::front_desk::document::Document;
use crate::front_desk::family::Member;
use crate::front_desk::fleet::ClosedNotice;
use crate::front_desk::message::{Message, SessionEnd, StepTime};
use crate::front_desk::patient::{DateOfBirth, Patient, PatientId};
use crate::front_desk::payment::{Payment, PaymentEnd, PaymentId};
use crate::front_desk::request::{Request, RequestId, TakenStep};
use crate::front_desk::ticket::{NewVisit, PaperState, Ticket, TicketId};
use crate::kiosk::session::OpenCase;
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Where the session takes place.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The routines.
    pub clinic: &'a Clinic,
    /// The kiosk's name.
    pub kiosk: &'a str,
}

impl Place<'_> {
    /// Whether cards can be paid with here.
    pub fn has_terminal(self) -> bool {
        !self.clinic.practice && self.clinic.kiosk(self.kiosk).is_some_and(|kiosk| kiosk.terminal.is_some())
    }
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
    /// *Pay*.
    Pay,
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
    /// How the screen shall be can be chosen.
    Preferences,
    /// A size of text, by its position in [`TextSize::ALL`](super::TextSize::ALL).
    TextSize(usize),
    /// High contrast, or no longer.
    Contrast,
    /// Everything within reach from a wheelchair, or no longer.
    Reach,
    /// Nothing moves, or again.
    Stillness,
    /// More time, or no longer.
    MoreTime,
    /// Double taps are ignored, or no longer.
    Steady,
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
    /// How a patient stands who was identified or checked in.
    OwedTold(Owed),
    /// What is known of the visit of a patient who was identified.
    VisitTold(VisitUnderWay),
    /// Something is heard of a payment.
    Payment(PaymentId, PaymentNews),
    /// Whether the desk answers at all.
    DeskAnswers(bool),
    /// Staff close the kiosk to patients.
    Closed {
        /// What patients read beside the usual words.
        notice: ClosedNotice,
        /// Whether somebody who is at it is sent to the desk now.
        at_once: bool,
    },
    /// Staff open it again.
    Reopened,
}

/// What is under way with a patient who was identified.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitUnderWay {
    /// Whose.
    pub patient: PatientId,
    /// What staff have asked them, and nobody has answered.
    pub questions: Vec<OpenCase>,
    /// The ticket with which they stand in today's queue.
    pub ticket: Option<Ticket>,
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
    /// The receipt of a payment.
    Receipt(PaymentId),
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
    /// Let the terminal charge a card.
    PayByCard(Box<Payment>),
    /// Ask the terminal to stop, if it still can.
    StopPaying(PaymentId),
    /// Keep a payment that is begun by showing its code.
    BeginPayment(Box<Payment>),
    /// Print the receipt of a payment whose end others told.
    PrintReceipt(PaymentId),
    /// Keep what became of a payment.
    EndPayment(PaymentId, Box<PaymentEnd>),
    /// Keep what the patient says and bring it to the desk.
    Say(Message),
    /// Somebody's time at the kiosk ended, at a step, in a way, with the time they took for each step: for those who
    /// look where people give up.
    Ended(&'static str, SessionEnd, Vec<StepTime>),
    /// Somebody could not be checked in: the desk sees why.
    NotCheckedIn(NotCheckedIn),
}
