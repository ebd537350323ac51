//! Closing a time of the book: whom it concerns, what is proposed for each, and that nobody is left out.

use super::appointment::{Appointment, AppointmentId, AppointmentStatus};
use super::booking::Slot;
use super::request::{OwnWords, RequestId};
use super::schedule::clinician_key;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The identity of a closure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClosureId(pub Uuid);

/// A time that staff closed: its clinicians see nobody in it. Those of the routines stand in the schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookClosure {
    /// Identity.
    pub id: ClosureId,
    /// Whose time it is, by the names that patients know.
    pub clinicians: Vec<String>,
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; not included.
    pub to: DateTime<Utc>,
    /// Why, in words for staff.
    pub reason: OwnWords,
    /// Who closed it.
    pub by: String,
}

impl BookClosure {
    /// Whether it takes the time of a standing appointment, or a part of it.
    pub fn concerns(&self, appointment: &Appointment) -> bool {
        let (from, to) = span(appointment);
        appointment.status == AppointmentStatus::Booked
            && from < self.to
            && self.from < to
            && self.clinicians.iter().any(|name| clinician_key(name) == clinician_key(&appointment.clinician))
    }
}

/// The time that an appointment takes. One that another system gives no length takes its minute all the same.
fn span(appointment: &Appointment) -> (DateTime<Utc>, DateTime<Utc>) {
    let length = TimeDelta::minutes(appointment.minutes.max(1).into());
    (appointment.starts_at, appointment.starts_at + length)
}

/// What becomes of an appointment whose time is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "then")]
pub enum Decision {
    /// It is moved to another slot.
    Move {
        /// Which.
        slot: Slot,
    },
    /// It is called off.
    CallOff,
    /// It stands where it is until somebody has spoken with the patient.
    LeaveOpen,
}

/// What staff decided about an appointment that a page showed them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Which appointment.
    pub appointment: AppointmentId,
    /// When it began as the page showed it: one that was changed since is looked at again.
    pub from: DateTime<Utc>,
    /// What becomes of it.
    #[serde(flatten)]
    pub decision: Decision,
}

/// A decision for each appointment that a closure concerns, as it stands. Where one has none, or has changed since it
/// was shown, all is refused, so that nobody is left out: those are answered.
pub fn decide_for_all(
    concerned: &[Appointment],
    decided: &[Decided],
) -> Result<Vec<(Appointment, Decision)>, Vec<AppointmentId>> {
    let by_id: BTreeMap<AppointmentId, &Decided> =
        decided.iter().map(|each| (each.appointment, each)).collect();
    let mut all = Vec::with_capacity(concerned.len());
    let mut without = Vec::new();
    for appointment in concerned {
        match by_id.get(&appointment.id) {
            Some(each) if each.from == appointment.starts_at => {
                all.push((appointment.clone(), each.decision.clone()));
            }
            _ => without.push(appointment.id),
        }
    }
    // What a page decided about somebody whom it does not concern any more is not carried out either.
    let concerns = |id| concerned.iter().any(|appointment| appointment.id == id);
    without.extend(decided.iter().map(|each| each.appointment).filter(|id| !concerns(*id)));
    if without.is_empty() { Ok(all) } else { Err(without) }
}

/// For each appointment the next free slot of its service that begins no earlier than it does: whoever has kept the
/// hours before free cannot be expected to come then. Nobody gets a slot that touches another one's; of two at the same
/// time the clinician's own comes first. `is_busy` says where a patient has something else.
pub fn propose(
    concerned: &[Appointment],
    free: &[Slot],
    is_busy: impl Fn(&Appointment, &Slot) -> bool,
) -> Vec<Option<Slot>> {
    let mut order: Vec<usize> = (0..concerned.len()).collect();
    order.sort_by_key(|position| (concerned[*position].starts_at, concerned[*position].id));
    let mut proposed: Vec<Option<Slot>> = vec![None; concerned.len()];
    for position in order {
        let appointment = &concerned[position];
        let touches = |slot: &Slot, other: &Slot, same: bool| {
            same && slot.starts_at < other.ends_at() && other.starts_at < slot.ends_at()
        };
        let given = |slot: &Slot| {
            proposed.iter().zip(concerned).any(|(other, whose)| {
                other.as_ref().is_some_and(|other| {
                    let same = other.clinician == slot.clinician || whose.patient == appointment.patient;
                    touches(slot, other, same)
                })
            })
        };
        let own = clinician_key(&appointment.clinician);
        let found = free
            .iter()
            .filter(|slot| {
                slot.service == appointment.service
                    && slot.starts_at >= appointment.starts_at
                    && (appointment.site.is_none() || slot.site == appointment.site)
                    && !given(slot)
                    && !is_busy(appointment, slot)
            })
            .min_by_key(|slot| (slot.starts_at, clinician_key(&slot.clinician) != own, &slot.clinician))
            .cloned();
        proposed[position] = found;
    }
    proposed
}

/// What the clinic changed about an appointment by itself, and somebody has to tell the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicChange {
    /// The request by which staff tell them.
    pub request: RequestId,
    /// The closure that it came of.
    pub closure: ClosureId,
    /// The appointment as it stood before.
    pub before: Appointment,
    /// What was changed.
    pub kind: ClinicChangeKind,
}

/// What the clinic changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClinicChangeKind {
    /// It was moved.
    Moved,
    /// It was called off.
    CalledOff,
    /// Nothing was decided yet: it stands in a time in which nobody is seen.
    LeftOpen,
}

impl Decision {
    /// What the patient must be told of.
    pub fn kind(&self) -> ClinicChangeKind {
        match self {
            Self::Move { .. } => ClinicChangeKind::Moved,
            Self::CallOff => ClinicChangeKind::CalledOff,
            Self::LeaveOpen => ClinicChangeKind::LeftOpen,
        }
    }
}

/// How a call to a patient ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallOutcome {
    /// The patient knows.
    Reached,
    /// Nobody answered: it is to be tried again.
    NoAnswer,
    /// It was given up: the patient does not know, and is told at the kiosk.
    NotReached,
}

impl CallOutcome {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no-answer",
            Self::NotReached => "not-reached",
        }
    }

    /// Whether nobody calls any more.
    pub fn is_final(self) -> bool {
        self != Self::NoAnswer
    }
}

#[cfg(test)]
mod tests;
