//! Booking: the free slots of the book, what may be asked of it, and what the desk answers.
//!
//! A kiosk searches in its own copy of the book and shows what seems free; only the desk books. It decides one
//! order after the other in its store, so no two orders can get the same slot, whoever asks and whenever.

use super::appointment::{Appointment, AppointmentId};
use super::patient::PatientId;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A time of a clinician that can be booked. Its identity is the clinician and the start.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slot {
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// The clinician's name as patients know it.
    pub clinician: String,
    /// The service's id in the clinic's routines.
    pub service: String,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// Id of the site where it is; none where the clinic has only one.
    pub site: Option<String>,
}

impl Slot {
    /// When it is over.
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at + TimeDelta::minutes(self.minutes.into())
    }
}

/// A part of the day, by the clinic's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartOfDay {
    /// Until 12:00.
    Morning,
    /// From 12:00 to 17:00.
    Afternoon,
    /// From 17:00.
    Evening,
}

/// Which slots are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SlotSearch {
    /// Id of the service.
    pub service: String,
    /// The clinician; none for any.
    pub clinician: Option<String>,
    /// The first day, in the clinic's zone.
    pub from: NaiveDate,
    /// The last day, included.
    pub to: NaiveDate,
    /// The part of the day; none for any.
    pub part: Option<PartOfDay>,
}

/// The identity of an entry of the waiting list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WaitingListId(pub Uuid);

/// Somebody who would like an earlier time than there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingListEntry {
    /// Identity.
    pub id: WaitingListId,
    /// Who.
    pub patient: PatientId,
    /// What they wait for. Slots outside of it are not offered.
    pub wanted: SlotSearch,
    /// The later appointment that an offered slot would replace, where there is one.
    pub instead_of: Option<AppointmentId>,
    /// Since when: the first who fits is offered a freed slot first.
    pub since: DateTime<Utc>,
    /// The language the patient reads, BCP 47.
    pub language: String,
}

/// What is asked of the book. The same order may be sent again after a lost answer: it is carried out once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "order")]
pub enum BookingOrder {
    /// Book a slot.
    Book {
        /// The identity that the appointment shall have.
        appointment: AppointmentId,
        /// For whom.
        patient: PatientId,
        /// Which slot.
        slot: Slot,
    },
    /// Move an appointment to another slot.
    Move {
        /// Which appointment.
        appointment: AppointmentId,
        /// Where it stood when the patient decided: an appointment that was changed since is not moved.
        from: DateTime<Utc>,
        /// To which slot.
        slot: Slot,
    },
    /// Call an appointment off.
    Cancel {
        /// Which appointment.
        appointment: AppointmentId,
        /// Where it stood when the patient decided.
        from: DateTime<Utc>,
    },
    /// Wait for an earlier time.
    Wait {
        /// The entry.
        entry: WaitingListEntry,
    },
    /// Take the slot that was offered to somebody who waits.
    TakeOffer {
        /// Whose offer.
        entry: WaitingListId,
        /// The identity that the appointment shall have, where none is moved.
        appointment: AppointmentId,
    },
    /// Decline it; the next one is asked.
    DeclineOffer {
        /// Whose offer.
        entry: WaitingListId,
        /// Whether to go on waiting for another one.
        keep_waiting: bool,
    },
}

/// What the desk made of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum BookingAnswer {
    /// The appointment stands as it is now.
    Booked {
        /// The whole appointment.
        appointment: Appointment,
    },
    /// It is called off.
    Cancelled {
        /// The whole appointment.
        appointment: Appointment,
    },
    /// On the waiting list, or off it.
    Noted,
    /// Somebody else has the slot.
    Taken,
    /// The routines or the book do not allow it: a person decides.
    Refused {
        /// Why.
        why: BookingRefusal,
    },
}

/// Why there is no answer to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unanswered {
    /// The desk could not be reached, or does not take such orders from this kiosk: certainly not done.
    NotReached,
    /// It was sent and no answer came in time: it may have been done or not. The same order may be sent again.
    NotKnown,
}

/// Why an order is not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BookingRefusal {
    /// The routines have no such slot, or none that patients may book themselves.
    NoSuchSlot,
    /// Too soon, or too far ahead.
    OutsideBookingTime,
    /// Too late to move or to cancel by oneself.
    TooLate,
    /// The appointment was changed, called off or checked in meanwhile.
    Changed,
    /// There is no such appointment or offer.
    Unknown,
    /// The patient has an appointment at that time already.
    PatientIsBusy,
    /// The patient has as many appointments ahead as the routines allow.
    TooMany,
}

/// A freed slot that is held for somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotOffer {
    /// Who waits, and for what.
    pub entry: WaitingListEntry,
    /// The slot.
    pub slot: Slot,
    /// Until when it is held; then the next one is asked.
    pub until: DateTime<Utc>,
}

/// How an offer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfferEnd {
    /// It was taken.
    Taken,
    /// It was declined.
    Declined,
    /// Nobody answered in time.
    Expired,
    /// The slot is no longer there: another system booked it, or the routines have changed.
    Withdrawn,
}

impl OfferEnd {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}
