//! A slot is found by clinician, part of the day, day and time.

use super::Purpose;
use crate::clinic::Clinic;
use crate::front_desk::booking::{PartOfDay, Slot};
use chrono::NaiveDate;
use std::sync::Arc;

/// A slot is being chosen: clinician, part of the day, day, time.
#[derive(Debug, Clone, PartialEq)]
pub struct Choosing {
    /// What for.
    pub purpose: Purpose,
    /// Id of the service.
    pub service: String,
    /// Every free slot there seems to be, in order. Shared: a session is copied with each event.
    slots: Arc<[Slot]>,
    /// Which of them are still meant.
    wanted: Wanted,
    /// What is asked.
    pub at: Narrowing,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Wanted {
    clinician: Option<String>,
    part: Option<PartOfDay>,
    day: Option<NaiveDate>,
}

/// What is asked to find a slot.
#[derive(Debug, Clone, PartialEq)]
pub enum Narrowing {
    /// With whom.
    Clinician,
    /// In which part of the day, or simply as soon as possible.
    Part,
    /// On which day.
    Day,
    /// At which time.
    Time,
    /// Whether this one.
    Review(Slot),
}
impl Choosing {
    pub(super) fn new(purpose: Purpose, service: String, slots: Arc<[Slot]>) -> Self {
        let mut choosing =
            Self { purpose, service, slots, wanted: Wanted::default(), at: Narrowing::Clinician };
        // Whoever is here to be seen now is offered the next time there is, and can still ask for another.
        choosing.at = match (&choosing.purpose, choosing.slots.first()) {
            (Purpose::WalkIn { .. }, Some(first)) => Narrowing::Review(first.clone()),
            _ if choosing.clinicians().len() > 1 => Narrowing::Clinician,
            _ => Narrowing::Part,
        };
        choosing
    }

    /// The clinicians with a free slot, by name.
    pub fn clinicians(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.slots.iter().map(|slot| slot.clinician.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The slots that are still meant, in order.
    pub fn fitting<'a>(&'a self, clinic: &'a Clinic) -> impl Iterator<Item = &'a Slot> {
        let wanted = &self.wanted;
        self.slots.iter().filter(move |slot| {
            let here = slot.starts_at.with_timezone(&clinic.zone);
            wanted.clinician.as_ref().is_none_or(|name| *name == slot.clinician)
                && wanted.part.is_none_or(|part| part == PartOfDay::of(here.time()))
                && wanted.day.is_none_or(|day| day == here.date_naive())
        })
    }

    /// The parts of the day in which something is free.
    pub fn parts(&self, clinic: &Clinic) -> Vec<PartOfDay> {
        let mut parts: Vec<_> = self
            .fitting(clinic)
            .map(|slot| PartOfDay::of(slot.starts_at.with_timezone(&clinic.zone).time()))
            .collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// The days on which something is free, each with its first free slot.
    pub fn days<'a>(&'a self, clinic: &'a Clinic) -> Vec<(NaiveDate, &'a Slot)> {
        let mut days: Vec<(NaiveDate, &Slot)> = Vec::new();
        for slot in self.fitting(clinic) {
            let day = slot.starts_at.with_timezone(&clinic.zone).date_naive();
            if days.last().is_none_or(|(last, _)| *last != day) {
                days.push((day, slot));
            }
        }
        days
    }

    /// Whether more than one clinician is still meant: times then say with whom they are.
    pub fn names_clinicians(&self) -> bool {
        self.wanted.clinician.is_none() && self.clinicians().len() > 1
    }

    pub(super) fn choose(&mut self, position: usize, clinic: &Clinic) {
        self.at = match self.at {
            Narrowing::Clinician => {
                // The first choice is "whoever is free".
                let name =
                    position.checked_sub(1).and_then(|position| self.clinicians().get(position).copied());
                if position > 0 && name.is_none() {
                    return;
                }
                self.wanted.clinician = name.map(str::to_string);
                Narrowing::Part
            }
            Narrowing::Part if position == 0 => {
                let Some(first) = self.fitting(clinic).next() else { return };
                Narrowing::Review(first.clone())
            }
            Narrowing::Part => {
                // The second choice is "any time of day".
                let part = position.checked_sub(2).and_then(|part| self.parts(clinic).get(part).copied());
                if position > 1 && part.is_none() {
                    return;
                }
                self.wanted.part = part;
                Narrowing::Day
            }
            Narrowing::Day => {
                let Some((day, ..)) = self.days(clinic).get(position).copied() else { return };
                self.wanted.day = Some(day);
                Narrowing::Time
            }
            Narrowing::Time => {
                let Some(slot) = self.fitting(clinic).nth(position) else { return };
                Narrowing::Review(slot.clone())
            }
            Narrowing::Review(_) => return,
        };
    }

    /// Back by one question; `false` where there is none before.
    pub(super) fn back(&mut self) -> bool {
        self.at = match self.at {
            Narrowing::Clinician => return false,
            Narrowing::Part if self.clinicians().len() > 1 => {
                self.wanted.clinician = None;
                Narrowing::Clinician
            }
            Narrowing::Part => return false,
            Narrowing::Day => {
                self.wanted.part = None;
                Narrowing::Part
            }
            Narrowing::Time => {
                self.wanted.day = None;
                Narrowing::Day
            }
            Narrowing::Review(_) if self.wanted.day.is_some() => Narrowing::Time,
            // The first free time was offered before anything was asked.
            Narrowing::Review(_) if self.wanted.clinician.is_none() && self.clinicians().len() > 1 => {
                Narrowing::Clinician
            }
            Narrowing::Review(_) => Narrowing::Part,
        };
        true
    }
}
