//! Flagged requests: what needs a person.

use super::{
    booking::BookingOrder, patient::PatientId, payment::PaymentId, ticket::TicketId, urgency::Urgency,
};
use crate::clinic::Clinic;
use chrono::{DateTime, TimeZone, Timelike, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The identity of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub Uuid);

/// Why a person is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestReason {
    /// The patient touched *help*.
    Help,
    /// Three times nothing matched.
    NotIdentified,
    /// Several records fit both identifiers.
    SeveralRecords,
    /// *That's not me* on the confirmation.
    NotThatPerson,
    /// Two records are probably one person's; nobody is kept waiting by it.
    PossibleDuplicate,
    /// Later than the window allows.
    LateArrival,
    /// Today's appointment was called off.
    AppointmentCancelled,
    /// Identified, but nothing is booked.
    NoAppointment,
    /// Before check-in opens.
    EarlyArrival,
    /// The appointment is on another day.
    OtherDay,
    /// The appointment is at another site.
    OtherSite,
    /// Money is owed, and the routines want a person to see to it first.
    BalanceDue,
    /// Two kiosks gave a ticket for one appointment while they could not hear of each other.
    TwoTickets,
    /// Checked in for an appointment that was called off or moved meanwhile.
    AppointmentChanged,
    /// Nobody knows whether a payment was charged: it is settled before anybody pays again.
    PaymentNotKnown,
    /// One charge was paid more than once.
    PaidTwice,
    /// Two that should know say different things of a payment.
    PaymentDiffers,
    /// Still waits shortly before the time that the ticket promises.
    WaitsTooLong,
    /// Was called several times and did not come.
    NotThere,
    /// The day ended before they were called.
    NeverCalled,
    /// Consent was not given.
    NoConsent,
    /// Whoever acts for the patient may not do this for them.
    NotAllowed,
    /// The kiosk could not keep what was entered.
    KioskFault,
    /// Something about a kiosk stops patients, or soon will.
    KioskTrouble,
    /// An appointment is wished, moved or called off, and the desk could not be asked or did not allow it.
    BookingWish,
    /// A time was freed that somebody waits for: they are to be told.
    SlotFreed,
    /// Another system booked a time that was booked here already.
    BookedTwice,
    /// The clinic closed the time of an appointment: the patient is to be told.
    AppointmentMovedByClinic,
    /// An answer to one of the clinic's forms needs a person.
    FormAnswer,
    /// The patient chose something from the clinic's routines.
    Asked,
    /// Somebody may be in danger: chosen, or found in what was typed.
    Emergency,
}

impl RequestReason {
    /// What the kiosk never decides by itself; the routines say where each goes.
    pub const HANDED_OVER: [Self; 29] = [
        Self::Help,
        Self::NotIdentified,
        Self::SeveralRecords,
        Self::NotThatPerson,
        Self::PossibleDuplicate,
        Self::LateArrival,
        Self::AppointmentCancelled,
        Self::NoAppointment,
        Self::EarlyArrival,
        Self::OtherDay,
        Self::OtherSite,
        Self::BalanceDue,
        Self::TwoTickets,
        Self::AppointmentChanged,
        Self::PaymentNotKnown,
        Self::PaidTwice,
        Self::PaymentDiffers,
        Self::WaitsTooLong,
        Self::NotThere,
        Self::NeverCalled,
        Self::NoConsent,
        Self::NotAllowed,
        Self::KioskFault,
        Self::KioskTrouble,
        Self::FormAnswer,
        Self::BookingWish,
        Self::SlotFreed,
        Self::BookedTwice,
        Self::AppointmentMovedByClinic,
    ];

    /// What the routines call it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::NotIdentified => "not-identified",
            Self::SeveralRecords => "several-records",
            Self::NotThatPerson => "not-that-person",
            Self::PossibleDuplicate => "possible-duplicate",
            Self::LateArrival => "late-arrival",
            Self::AppointmentCancelled => "appointment-cancelled",
            Self::NoAppointment => "no-appointment",
            Self::EarlyArrival => "early-arrival",
            Self::OtherDay => "other-day",
            Self::OtherSite => "other-site",
            Self::BalanceDue => "balance-due",
            Self::TwoTickets => "two-tickets",
            Self::AppointmentChanged => "appointment-changed",
            Self::PaymentNotKnown => "payment-not-known",
            Self::PaidTwice => "paid-twice",
            Self::PaymentDiffers => "payment-differs",
            Self::WaitsTooLong => "waits-too-long",
            Self::NotThere => "not-there",
            Self::NeverCalled => "never-called",
            Self::NoConsent => "no-consent",
            Self::NotAllowed => "not-allowed",
            Self::KioskFault => "kiosk-fault",
            Self::KioskTrouble => "kiosk-trouble",
            Self::BookingWish => "booking-wish",
            Self::FormAnswer => "form-answer",
            Self::SlotFreed => "slot-freed",
            Self::BookedTwice => "booked-twice",
            Self::AppointmentMovedByClinic => "appointment-moved-by-clinic",
            Self::Asked => "asked",
            Self::Emergency => "emergency",
        }
    }

    /// What the kiosk hands over, by what the routines call it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::HANDED_OVER.into_iter().find(|reason| reason.id() == id)
    }

    /// What staff read, in one line.
    pub fn headline(self) -> &'static str {
        match self {
            Self::Help => "Asks for help",
            Self::NotIdentified => "Could not be identified in three tries",
            Self::SeveralRecords => "Several records fit: decide which is theirs",
            Self::NotThatPerson => "Says the record shown is not theirs",
            Self::PossibleDuplicate => "Two records may be one person's",
            Self::LateArrival => "Came after check-in closed",
            Self::AppointmentCancelled => "Came for an appointment that was cancelled",
            Self::NoAppointment => "Has no appointment in the book",
            Self::EarlyArrival => "Came before check-in opens",
            Self::OtherDay => "Has an appointment on another day",
            Self::OtherSite => "Has an appointment at another site",
            Self::BalanceDue => "Has a balance due",
            Self::TwoTickets => "Holds two tickets for one appointment",
            Self::AppointmentChanged => "Checked in for an appointment that was cancelled or moved",
            Self::PaymentNotKnown => "Nobody knows whether a payment was charged: settle it first",
            Self::PaidTwice => "Paid the same thing twice: give the money back",
            Self::PaymentDiffers => "Two accounts of one payment differ: look into it",
            Self::WaitsTooLong => "Still waits, and the time on the ticket is nearly over",
            Self::NotThere => "Was called and did not come: look for the patient",
            Self::NeverCalled => "Held a ticket and was never called that day",
            Self::NoConsent => "Did not give consent at the kiosk",
            Self::NotAllowed => "Acts for a patient, and may not do this alone",
            Self::BookingWish => "Wishes an appointment: book it for them",
            Self::KioskFault => "The kiosk could not finish: see the patient in person",
            Self::KioskTrouble => "A kiosk cannot serve patients as it should",
            Self::SlotFreed => "Offer the freed time to whoever waits for it",
            Self::BookedTwice => "Two patients are booked for the same time",
            Self::AppointmentMovedByClinic => "The clinic changed an appointment: tell the patient",
            Self::FormAnswer => "An answer to a form needs a person",
            Self::Asked => "Asks for something",
            Self::Emergency => "EMERGENCY: go there now",
        }
    }
}

/// What a patient typed, in their own words. It must not reach a log by a stray `{:?}`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OwnWords(pub String);

impl fmt::Debug for OwnWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "OwnWords(none)" } else { "OwnWords(withheld)" })
    }
}

/// One of those who must answer, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// Id of the destination in the routines.
    pub to: String,
    /// Its name in the language of staff, as it was when the request was raised.
    pub name: String,
    /// The person who is meant, where it is one.
    pub person: Option<String>,
    /// How that person is reached.
    pub reach: Option<String>,
    /// By when; after that it is the next one's turn.
    pub answer_by: DateTime<Utc>,
}

/// A case: a request that goes on after the patient has left, with a number on a slip.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The number for people, such as `R1-261125-41403`: letter, kiosk, day, and second of the day. One kiosk
    /// raises no two cases in one second, and none of them has to ask anybody for a number.
    pub number: String,
    /// Six figures that stand on the slip alone: number and code together open the case at any kiosk.
    pub code: String,
    /// By when the clinic must have answered.
    pub answer_by: DateTime<Utc>,
}

// With number and code anybody could read the case.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case").field("number", &self.number).finish_non_exhaustive()
    }
}

impl Case {
    /// The case that a request is, raised at the kiosk with `series`; `here` is when, in the clinic's zone.
    pub fn of<Z: TimeZone>(
        id: RequestId,
        letter: char,
        series: &str,
        here: &DateTime<Z>,
        answer_by: DateTime<Utc>,
    ) -> Self {
        let (day, second) = (here.date_naive().format("%y%m%d"), here.time().num_seconds_from_midnight());
        // The lowest 62 bits of a UUIDv7 are random (RFC 9562, 5.7).
        let code = (id.0.as_u128() & ((1 << 62) - 1)) % 1_000_000;
        Self { number: format!("{letter}{series}-{day}-{second:05}"), code: format!("{code:06}"), answer_by }
    }

    /// Whether what somebody typed is this case's number and code; only figures count, so that letter and
    /// dashes may be left out.
    pub fn opens_with(&self, number: &str, code: &str) -> bool {
        let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let own = figures(&self.number);
        let behind_the_kiosk = self.number.split_once('-').map_or(String::new(), |(_, rest)| figures(rest));
        let typed = figures(number);
        (typed == own || typed == behind_the_kiosk) && figures(code) == self.code
    }
}

/// A person is needed: why, by whom, and who must answer by when. What was typed before a registration was
/// handed to a person is in it; nothing of it is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Identity.
    pub id: RequestId,
    /// Why.
    pub reason: RequestReason,
    /// Id of the category in the routines, where the patient chose one.
    #[serde(default)]
    pub category: Option<String>,
    /// The category's name in the language of staff, as it was when the request was raised.
    #[serde(default)]
    pub subject: Option<String>,
    /// How urgent it is, by its category or by what was typed.
    #[serde(default)]
    pub urgency: Urgency,
    /// Ids of the red flags found in the patient's words.
    #[serde(default)]
    pub red_flags: Vec<String>,
    /// The patient's own words.
    #[serde(default)]
    pub words: OwnWords,
    /// Id of the relation, where somebody acts for the patient.
    #[serde(default)]
    pub companion: Option<String>,
    /// Who must answer, one after the other.
    #[serde(default)]
    pub chain: Vec<Rung>,
    /// The case that it is, where it is one.
    #[serde(default)]
    pub case: Option<Case>,
    /// What the patient wishes of the book, or what is offered to them, as the order that would do it.
    #[serde(default)]
    pub wish: Option<Box<BookingOrder>>,
    /// The payment that it is about, where it is one.
    #[serde(default)]
    pub payment: Option<PaymentId>,
    /// The step at which the kiosk stopped, such as "identify: family name".
    pub stopped_at: String,
    /// The records that are meant or could be meant.
    pub patients: Vec<PatientId>,
    /// A registration that was not made into a record, kept for staff to decide: in requests of before.
    pub registration: Option<Box<super::patient::Patient>>,
    /// The ticket, where there is one.
    pub ticket: Option<TicketId>,
    /// The language the patient reads, BCP 47.
    pub language: String,
    /// Which kiosk the patient stands at.
    pub kiosk: String,
    /// When it was raised.
    pub raised_at: DateTime<Utc>,
    /// By when somebody must have acknowledged it; after that it escalates.
    pub acknowledge_by: DateTime<Utc>,
}

impl Request {
    /// A request that the desk or a kiosk itself raises, of what it noticed: with the chain of its reason, and
    /// nothing of a patient yet.
    pub fn noticed(
        id: RequestId,
        reason: RequestReason,
        clinic: &Clinic,
        at: &str,
        raised_at: DateTime<Utc>,
    ) -> Self {
        let route = clinic.routines.route(reason, None, Urgency::Routine);
        let chain = clinic.routines.chain(route, clinic.staff_language(), raised_at);
        Self {
            id,
            reason,
            category: None,
            subject: None,
            urgency: Urgency::Routine,
            red_flags: Vec::new(),
            words: OwnWords::default(),
            companion: None,
            acknowledge_by: chain.first().map_or(raised_at, |rung| rung.answer_by),
            chain,
            case: None,
            stopped_at: String::new(),
            patients: Vec::new(),
            wish: None,
            payment: None,
            registration: None,
            ticket: None,
            language: clinic.staff_language().to_string(),
            kiosk: at.to_string(),
            raised_at,
        }
    }

    /// What staff read, in one line.
    pub fn headline(&self) -> &str {
        match &self.subject {
            Some(subject)
                if matches!(
                    self.reason,
                    RequestReason::Asked
                        | RequestReason::FormAnswer
                        | RequestReason::BookingWish
                        | RequestReason::SlotFreed
                        | RequestReason::BookedTwice
                        | RequestReason::AppointmentMovedByClinic
                        | RequestReason::PaymentDiffers
                        | RequestReason::KioskTrouble
                ) =>
            {
                subject
            }
            _ => self.reason.headline(),
        }
    }
}

/// What staff did at the desk in the place of a patient who had called for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "done")]
pub enum TakenStep {
    /// They know who it is: the kiosk goes on as if the patient had been found.
    Identified {
        /// The record.
        patient: PatientId,
    },
    /// They answered the question that the patient stood at; an answer to another one is passed over.
    Answered {
        /// The step, as the request named it.
        step: String,
        /// The answer, as it would be typed.
        answer: OwnWords,
    },
}

/// How far a request has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum RequestState {
    /// Nobody has it.
    Open,
    /// Somebody is on the way.
    Acknowledged {
        /// The person's name as patients are told it.
        by: String,
    },
    /// Done.
    Resolved {
        /// By whom.
        by: String,
        /// What was done.
        note: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_kiosk_hands_over_is_named_alike_in_the_routines_and_in_the_facts() {
        for reason in RequestReason::HANDED_OVER {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.id());
            assert_eq!(RequestReason::from_id(reason.id()), Some(reason));
        }
    }

    #[test]
    fn a_case_opens_with_its_number_as_people_copy_it_and_its_code() {
        let at: DateTime<Utc> = "2026-11-25T11:30:03Z".parse().unwrap();
        let case = Case::of(RequestId(Uuid::from_u128(42)), 'R', "1", &at, at);
        assert_eq!((case.number.as_str(), case.code.as_str()), ("R1-261125-41403", "000042"));
        for number in ["R1-261125-41403", "r1 261125 41403", "126112541403", "26112541403", "261125-41403"] {
            assert!(case.opens_with(number, "000042"), "{number}");
        }
        for (number, code) in
            [("261125-41403", "000043"), ("261125-41404", "000042"), ("", ""), ("1", "000042")]
        {
            assert!(!case.opens_with(number, code), "{number} {code}");
        }
    }
}
