//! What happened, as a value that is stored and travels.

use crate::front_desk::appointment::{Appointment, AppointmentId};
use crate::front_desk::arrival::NotCheckedIn;
use crate::front_desk::booking::{OfferEnd, Slot, WaitingListEntry, WaitingListId};
use crate::front_desk::closure::{BookClosure, CallOutcome, ClinicChange, ClosureId};
use crate::front_desk::detail::{Detail, DetailValue};
use crate::front_desk::family::{Relation, RelationId};
use crate::front_desk::fleet::{KioskOrder, KioskOrderId, OrderEnd};
use crate::front_desk::form::{Consent, FilledForm};
use crate::front_desk::message::{Message, SessionEnd, SideNote, StepTime};
use crate::front_desk::patient::{Patient, PatientId};
use crate::front_desk::payment::{
    Charge, ChargeId, DayTotals, Payment, PaymentEnd, PaymentId, Refund, RefundId, TerminalAnswer,
    TerminalOrder,
};
use crate::front_desk::queue::VisitEnd;
use crate::front_desk::request::{OwnWords, Request, RequestId, Rung, TakenStep};
use crate::front_desk::ticket::{PaperState, Ticket, TicketId, Visit, VisitId};
use crate::front_desk::urgency::Urgency;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The origin of the desk's own facts; kiosks have their names.
pub const DESK: &str = "desk";

/// Something that happened, once, at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Identity (UUIDv7).
    pub id: Uuid,
    /// Where it happened: a kiosk's name, or [`DESK`].
    pub origin: String,
    /// Its position among the facts of its origin, from 1, without gaps.
    pub seq: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: FactKind,
}

/// The kinds of fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FactKind {
    /// A patient record was made or taken over; the latest one holds.
    PatientRecorded {
        /// The whole record.
        patient: Patient,
    },
    /// The patient entered details of a record that was there already.
    DetailsEntered {
        /// Which record.
        patient: PatientId,
        /// What was entered.
        details: Vec<DetailValue>,
    },
    /// The patient said that details are still right.
    DetailsConfirmed {
        /// Which record.
        patient: PatientId,
        /// Which details.
        details: Vec<Detail>,
        /// The day of it, in the clinic's zone.
        day: NaiveDate,
    },
    /// Staff saw proof of details that the patient had entered.
    DetailsProved {
        /// Which record.
        patient: PatientId,
        /// Each detail with the fact that entered it: the proof is of nothing that was entered later.
        entries: Vec<(Detail, Uuid)>,
        /// Which document they saw.
        document: String,
        /// Who saw it.
        by: String,
    },
    /// Staff decided that two records are one person's.
    PatientsMerged {
        /// The record that stays.
        keep: PatientId,
        /// The record that goes; everything of it follows to the other.
        merge: PatientId,
        /// Who decided.
        by: String,
    },
    /// Staff decided that two records are two people's.
    PatientsKeptApart {
        /// The one.
        one: PatientId,
        /// The other.
        other: PatientId,
        /// Who decided.
        by: String,
    },
    /// An appointment was booked or changed; the latest one holds.
    AppointmentRecorded {
        /// The whole appointment.
        appointment: Appointment,
    },
    /// Somebody waits for an earlier time.
    WaitingListJoined {
        /// Who, and for what.
        entry: WaitingListEntry,
    },
    /// Somebody waits no longer.
    WaitingListLeft {
        /// Whose entry.
        entry: WaitingListId,
    },
    /// A freed slot is held for somebody who waits.
    SlotOffered {
        /// Whose entry.
        entry: WaitingListId,
        /// Which slot.
        slot: Slot,
        /// Until when.
        until: DateTime<Utc>,
        /// The request by which staff tell them.
        request: RequestId,
    },
    /// The slot is held no longer for the one it was offered to.
    OfferEnded {
        /// Whose entry: nobody is offered two at a time.
        entry: WaitingListId,
        /// How.
        how: OfferEnd,
    },
    /// Staff closed a time of the book: its clinicians see nobody in it.
    ClosureRecorded {
        /// Whose time, since when and until when.
        closure: BookClosure,
    },
    /// A closed time is open again.
    ClosureEnded {
        /// Which closure.
        closure: ClosureId,
        /// By whom.
        by: String,
    },
    /// The clinic changed an appointment by itself: a request tells staff to tell the patient.
    ClinicChangeToTell {
        /// What was changed.
        change: ClinicChange,
    },
    /// Staff called a patient about such a change.
    PatientTelephoned {
        /// The request that asked for it.
        request: RequestId,
        /// By whom.
        by: String,
        /// How it ended.
        outcome: CallOutcome,
        /// What was said, for the record.
        #[serde(default)]
        note: OwnWords,
    },
    /// What became of the paper that an appointment was written on.
    AppointmentPaper {
        /// Which appointment.
        appointment: AppointmentId,
        /// The end of its print job.
        state: PaperState,
        /// Why, in words for staff; empty when printed.
        cause: String,
    },
    /// A patient is here and holds a number.
    CheckedIn {
        /// The visit.
        visit: Visit,
        /// Its ticket.
        ticket: Ticket,
    },
    /// A patient is called to a service point.
    PatientCalled {
        /// Which visit.
        visit: VisitId,
        /// Id of the service point.
        point: String,
        /// Who calls.
        by: String,
    },
    /// The patient is called to the same place once more.
    CallRepeated {
        /// Which visit.
        visit: VisitId,
        /// Who calls.
        by: String,
    },
    /// The patient was called by mistake, and waits as before.
    CallTakenBack {
        /// Which visit.
        visit: VisitId,
        /// Who says so.
        by: String,
    },
    /// The patient did not come when called, and goes back to waiting.
    PatientAbsent {
        /// Which visit.
        visit: VisitId,
        /// Who says so.
        by: String,
        /// From when on they are called again.
        again_from: DateTime<Utc>,
    },
    /// The patient waits for another service.
    VisitTransferred {
        /// Which visit.
        visit: VisitId,
        /// Id of that service.
        service: String,
        /// From when they count as waiting there: what they have waited stays theirs.
        since: DateTime<Utc>,
        /// Who sends them.
        by: String,
    },
    /// Staff said how soon a patient must be seen, and to which priority groups they belong.
    VisitMarked {
        /// Which visit.
        visit: VisitId,
        /// How soon.
        urgency: Urgency,
        /// Ids of the groups.
        groups: Vec<String>,
        /// Who says so.
        by: String,
    },
    /// A visit is over.
    VisitFinished {
        /// Which visit.
        visit: VisitId,
        /// How it ended.
        end: VisitEnd,
        /// Who says so.
        by: String,
    },
    /// A visit that was ended by mistake, or whose patient has come back, goes on.
    VisitReopened {
        /// Which visit.
        visit: VisitId,
        /// Id of the service point at which the patient is again; none for who waits again, at the old place.
        point: Option<String>,
        /// Who says so.
        by: String,
    },
    /// A patient answered one of the clinic's forms.
    FormAnswered {
        /// The visit that it belongs to.
        visit: VisitId,
        /// Whose answers they are.
        patient: PatientId,
        /// The questions as they were shown, and the answers.
        form: FilledForm,
    },
    /// A patient agreed to have a record.
    ConsentGiven {
        /// Who.
        patient: PatientId,
        /// To what, when, and who said so.
        consent: Consent,
    },
    /// What became of a ticket's paper.
    TicketPaper {
        /// Which ticket.
        ticket: TicketId,
        /// The end of its print job.
        state: PaperState,
        /// Why, in words for staff; empty when printed.
        cause: String,
        /// Whether it was a copy.
        copy: bool,
    },
    /// Somebody could not be checked in at a kiosk.
    NotCheckedIn {
        /// Who, and why.
        turned_away: NotCheckedIn,
    },
    /// Whoever acts for a patient said who they are, and agreed to its being kept.
    RelationRecorded {
        /// The relation, as it was entered at the kiosk.
        relation: Relation,
    },
    /// Staff have seen that a relation is as it was entered.
    RelationConfirmed {
        /// Which relation.
        relation: RelationId,
        /// By whom.
        by: String,
    },
    /// Staff ended a relation: nobody is offered by it any more.
    RelationEnded {
        /// Which relation.
        relation: RelationId,
        /// By whom.
        by: String,
    },
    /// A patient owes something.
    ChargeRecorded {
        /// What.
        charge: Charge,
    },
    /// Staff wrote down what a patient owes.
    ChargeAdded {
        /// What.
        charge: Charge,
        /// Who wrote it.
        by: String,
    },
    /// Something is owed no longer, by the decision of staff or by the word of the system that told of it.
    ChargeWithdrawn {
        /// Which charge.
        charge: ChargeId,
        /// By whom.
        by: String,
        /// Why.
        why: OwnWords,
    },
    /// A payment begins: nothing was charged yet.
    PaymentBegun {
        /// The payment.
        payment: Payment,
    },
    /// What became of a payment, in somebody's word; more than one may speak.
    PaymentEnded {
        /// Which payment.
        payment: PaymentId,
        /// What became of it.
        end: PaymentEnd,
    },
    /// What became of the paper of a payment's receipt.
    ReceiptPaper {
        /// Which payment.
        payment: PaymentId,
        /// The end of its print job.
        state: PaperState,
        /// Why, in words for staff; empty when printed.
        cause: String,
    },
    /// Money is to go back.
    RefundBegun {
        /// The refund.
        refund: Refund,
    },
    /// What became of a refund: *charged* is that the money went back.
    RefundEnded {
        /// Which refund.
        refund: RefundId,
        /// What became of it.
        end: PaymentEnd,
    },
    /// Staff ask something of a kiosk's terminal.
    TerminalAsked {
        /// By which the answer names it.
        id: Uuid,
        /// The kiosk.
        kiosk: String,
        /// Who asks.
        by: String,
        /// What.
        order: TerminalOrder,
    },
    /// The kiosk's answer to that.
    TerminalAnswered {
        /// What was asked.
        id: Uuid,
        /// The answer.
        answer: TerminalAnswer,
    },
    /// A terminal closed its day, and its kiosk could not tell what it counted: staff read it from the terminal's slip.
    TerminalCounted {
        /// What was asked.
        id: Uuid,
        /// Who read it.
        by: String,
        /// What stands on the slip.
        totals: DayTotals,
    },
    /// A person is needed.
    RequestRaised {
        /// The request.
        request: Request,
    },
    /// Somebody is on the way.
    RequestAcknowledged {
        /// Which request.
        request: RequestId,
        /// The person's name as patients are told it.
        by: String,
    },
    /// A request is done.
    RequestResolved {
        /// Which request.
        request: RequestId,
        /// By whom.
        by: String,
        /// What was done.
        note: String,
    },
    /// How a request ended, of what the routines offer; told in one breath with [`FactKind::RequestResolved`].
    OutcomeChosen {
        /// Which request.
        request: RequestId,
        /// Who chose it.
        by: String,
        /// Id of the outcome.
        outcome: String,
    },
    /// Nobody acknowledged in time.
    RequestEscalated {
        /// Which request.
        request: RequestId,
        /// Whose turn it is now: the position in the request's chain. Facts from before chains have none.
        #[serde(default)]
        rung: usize,
        /// By when that one must answer; none at the end of the chain.
        #[serde(default)]
        answer_by: Option<DateTime<Utc>>,
    },
    /// A case was not answered by its day.
    CaseOverdue {
        /// Which request.
        request: RequestId,
    },
    /// What became of the paper of a case's slip.
    SlipPaper {
        /// Which request.
        request: RequestId,
        /// The end of its print job.
        state: PaperState,
        /// Why, in words for staff; empty when printed.
        cause: String,
    },
    /// Staff handed a request to another destination.
    RequestHandedOver {
        /// Which request.
        request: RequestId,
        /// By whom.
        by: String,
        /// Why, in words for staff.
        #[serde(default)]
        reason: OwnWords,
        /// Who must answer from now on, one after the other.
        chain: Vec<Rung>,
    },
    /// Staff did a step of the routine of a request, or took that back.
    RoutineStepDone {
        /// Which request.
        request: RequestId,
        /// By whom.
        by: String,
        /// The step as the routine has it.
        step: String,
        /// Whether it is done.
        done: bool,
    },
    /// One side said something to the other.
    MessageSent {
        /// What was said.
        message: Message,
    },
    /// Staff noted what one side of a conflict said.
    SideNoted {
        /// What was noted.
        note: SideNote,
    },
    /// Staff finished a step of a patient who had called for a person.
    StepTaken {
        /// The request of that patient.
        request: RequestId,
        /// By whom.
        by: String,
        /// What was done.
        step: TakenStep,
    },
    /// Somebody's time at a kiosk ended; nothing in it says whose.
    SessionEnded {
        /// The last step, such as "register: telephone number".
        step: String,
        /// How.
        end: SessionEnd,
        /// How long they stood at each step. Facts from before it was kept have none.
        #[serde(default)]
        spent: Vec<StepTime>,
    },
    /// The clinic's written routines were changed.
    RoutinesApplied {
        /// By whom.
        by: String,
        /// The text of each file, by its name.
        files: BTreeMap<String, String>,
    },
    /// Staff asked for a ticket to be printed again.
    ReprintAsked {
        /// Which ticket.
        ticket: TicketId,
        /// The kiosk that shall print it.
        kiosk: String,
        /// Who asked.
        by: String,
    },
    /// Staff asked for the receipt of a payment: money that the desk took has none, and paper gets lost.
    ReceiptAsked {
        /// Which payment.
        payment: PaymentId,
        /// The kiosk that shall print it.
        kiosk: String,
        /// Whether one was printed before.
        copy: bool,
        /// Who asked.
        by: String,
    },
    /// Staff order a kiosk to do something.
    KioskOrdered {
        /// By which the end names it.
        id: KioskOrderId,
        /// The kiosk.
        kiosk: String,
        /// Who orders.
        by: String,
        /// What.
        what: KioskOrder,
    },
    /// What became of that, in the word of the kiosk; or of the desk, where the kiosk said nothing in time.
    KioskOrderEnded {
        /// What was ordered.
        id: KioskOrderId,
        /// What became of it.
        end: OrderEnd,
    },
    /// What happened here was deleted, as the clinic's rules ask for. Its number stays, so that none is missing.
    Forgotten,
    /// A device of a kiosk changed its state.
    DeviceReported {
        /// Which device, such as "printer".
        device: String,
        /// What is wrong and what to do, in words for staff; empty when all is well.
        trouble: String,
    },
}

/// What a kiosk sends: facts of its own, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The kiosk's name.
    pub kiosk: String,
    /// The identity of its store: two machines with one kiosk's name show by it.
    pub store: Uuid,
    /// The kiosk's fact before the first of these; none if they begin with its first. If the desk has
    /// another one at that place, or none, nothing is taken.
    pub after: Option<Uuid>,
    /// Its facts, ascending by `seq` without gaps.
    pub facts: Vec<Fact>,
}

/// What the desk answers to a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acknowledgement {
    /// All facts of this kiosk up to this `seq` are in the desk's store.
    AppliedThrough(u64),
    /// Desk and kiosk do not have the same facts of this kiosk at the same places, because the store of one
    /// of them was replaced or put back: nothing is taken until the kiosk has followed the feed, which
    /// settles it.
    FollowFirst,
}

/// How far a kiosk has followed the desk's log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The desk's last position; 0 before the first fact.
    pub position: u64,
    /// The stamp at that position, by which the desk sees whether it is still the same log.
    pub stamp: Option<Uuid>,
}

/// What the desk sends: its log, from where the kiosk stopped. A kiosk's own facts are in it too, so that a
/// store that replaces another one gets back what the other had delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// The position that the facts follow: that of the kiosk's cursor, or 0 if the kiosk must begin anew.
    pub after: u64,
    /// Facts, ascending by position.
    pub facts: Vec<Placed>,
    /// Whether the log goes on behind them.
    pub more: bool,
    /// All facts of this kiosk up to this `seq` are in the desk's store, and none after it: what the kiosk
    /// thought delivered beyond (the desk was put back from a backup) is to be sent again.
    pub applied_through: u64,
    /// Whether the store that asks is the first of its kiosk that the desk has heard of.
    pub first: bool,
}

/// A fact with its position in the desk's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The desk's position.
    pub position: u64,
    /// Made when the fact was put there. A desk that was put back from a backup fills the same positions
    /// anew, perhaps with the same facts behind others, but never with the same stamps.
    pub stamp: Uuid,
    /// The fact.
    pub fact: Fact,
}
