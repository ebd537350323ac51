//! Closing a time: the closure, what becomes of every appointment in it, and the requests to tell each patient, all in
//! one transaction.

use super::decide::Book;
use super::{LONGEST, span};
use crate::clinic::Clinic;
use crate::front_desk::appointment::{Appointment, AppointmentId};
use crate::front_desk::booking::{BookingAnswer, BookingOrder, OfferEnd, Slot, SlotSearch};
use crate::front_desk::closure::{
    BookClosure, ClinicChange, ClinicChangeKind, Decided, Decision, decide_for_all, propose,
};
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::front_desk::schedule::{Asker, TakenTime, clinician_key};
use crate::link::fact::{DESK, FactKind};
use crate::store::{BookRow, Result, Store, records};
use chrono::{DateTime, Days, Utc};
use rusqlite::Transaction;
use uuid::Uuid;

/// How far ahead another time is looked for, in days: who waits longer is asked what they want.
const LOOKED_AHEAD: u64 = 60;

/// Why a time was not closed; nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosingRefused {
    /// These have no decision, or are not as the page showed them.
    NotAsShown(Vec<AppointmentId>),
    /// This one cannot be moved or called off so.
    NotDone(AppointmentId, BookingAnswer),
}

impl Store {
    /// Everybody whom a closure would concern, each with the next free slot of the same service.
    pub fn would_concern(
        &self,
        clinic: &Clinic,
        closure: &BookClosure,
        now: DateTime<Utc>,
    ) -> Result<Vec<(BookRow, Option<Slot>)>> {
        let rows = self.concerned(closure, now)?;
        let appointments: Vec<Appointment> = rows.iter().map(|row| row.appointment.clone()).collect();
        let today = now.with_timezone(&clinic.zone).date_naive();
        let first = closure.from.max(now).with_timezone(&clinic.zone).date_naive();
        let to = first.checked_add_days(Days::new(LOOKED_AHEAD)).unwrap_or(first);
        let mut services: Vec<&str> = appointments.iter().map(|each| each.service.as_str()).collect();
        services.sort_unstable();
        services.dedup();
        let mut free = Vec::new();
        for service in services {
            let search =
                SlotSearch { service: service.to_string(), clinician: None, from: today, to, part: None };
            free.extend(self.open_slots_for(Asker::Staff, clinic, &search, now)?);
        }
        let keys: Vec<String> = closure.clinicians.iter().map(|name| clinician_key(name)).collect();
        free.retain(|slot| {
            let theirs = keys.contains(&clinician_key(&slot.clinician));
            !(theirs && slot.starts_at < closure.to && closure.from < slot.ends_at())
        });
        let mut busy: Vec<(Appointment, TakenTime)> = Vec::new();
        for appointment in &appointments {
            for visit in self.booked_visits(appointment.patient)? {
                let other = visit.appointment;
                let stands = other.status == crate::front_desk::appointment::AppointmentStatus::Booked;
                if stands && other.id != appointment.id {
                    let (from, to) = span(&other);
                    let clinician = String::new();
                    busy.push((appointment.clone(), TakenTime { clinician, from, to }));
                }
            }
        }
        let proposed = propose(&appointments, &free, |appointment, slot| {
            busy.iter().any(|(whose, time)| {
                whose.id == appointment.id && time.from < slot.ends_at() && slot.starts_at < time.to
            })
        });
        // Whoever is here already is spoken with, not sent to another hour.
        let proposed = proposed.into_iter().zip(rows);
        Ok(proposed
            .map(|(slot, row)| (slot.filter(|_| row.ticket.is_none()), row))
            .map(|(slot, row)| (row, slot))
            .collect())
    }

    /// Closes a time as staff decided it. The same closure sent again changes nothing.
    pub fn close_time(
        &mut self,
        clinic: &Clinic,
        closure: &BookClosure,
        decided: &[Decided],
        now: DateTime<Utc>,
    ) -> Result<Result<(), ClosingRefused>> {
        if self.closure(closure.id)?.is_some() {
            return Ok(Ok(()));
        }
        let concerned: Vec<Appointment> =
            self.concerned(closure, now)?.into_iter().map(|row| row.appointment).collect();
        let all = match decide_for_all(&concerned, decided) {
            Ok(all) => all,
            Err(ids) => return Ok(Err(ClosingRefused::NotAsShown(ids))),
        };
        let origin = self.origin.clone();
        self.write(|tx| {
            // What one of them is refused for undoes what was done for the others.
            tx.execute_batch("SAVEPOINT closing")?;
            let book = Book { tx, origin: &origin, clinic, now, by: &closure.by };
            let done = book.close(closure, all)?;
            if done.is_err() {
                tx.execute_batch("ROLLBACK TO closing")?;
            }
            tx.execute_batch("RELEASE closing")?;
            Ok(done)
        })
    }

    /// Tells staff of an appointment that stands in a time which is closed, so that the patient is told too.
    pub fn tell_of_closed_time(
        &mut self,
        clinic: &Clinic,
        closure: &BookClosure,
        appointment: Appointment,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let origin = self.origin.clone();
        self.write(|tx| {
            let book = Book { tx, origin: &origin, clinic, now, by: DESK };
            book.to_tell(closure, appointment, ClinicChangeKind::LeftOpen, None)
        })
    }

    fn concerned(&self, closure: &BookClosure, now: DateTime<Utc>) -> Result<Vec<BookRow>> {
        // Whoever's time is over is not told anything any more.
        let mut rows = self.book_rows_touching(closure.from.max(now), closure.to)?;
        rows.retain(|row| closure.concerns(&row.appointment));
        Ok(rows)
    }
}

impl Book<'_> {
    fn close(
        &self,
        closure: &BookClosure,
        all: Vec<(Appointment, Decision)>,
    ) -> Result<Result<(), ClosingRefused>> {
        // First of all: nobody of those who are moved may be moved into it.
        self.tell(FactKind::ClosureRecorded { closure: closure.clone() })?;
        for clinician in &closure.clinicians {
            self.withdraw_offers(clinician, closure)?;
        }
        for (before, decision) in all {
            let (appointment, from) = (before.id, before.starts_at);
            let answer = match &decision {
                Decision::Move { slot } => {
                    self.decide(Asker::Staff, &BookingOrder::Move { appointment, from, slot: slot.clone() })?
                }
                Decision::CallOff => {
                    self.decide(Asker::Staff, &BookingOrder::Cancel { appointment, from })?
                }
                Decision::LeaveOpen => BookingAnswer::Noted,
            };
            let after = match answer {
                BookingAnswer::Booked { appointment } | BookingAnswer::Cancelled { appointment } => {
                    Some(appointment)
                }
                BookingAnswer::Noted => None,
                refused => return Ok(Err(ClosingRefused::NotDone(before.id, refused))),
            };
            self.to_tell(closure, before, decision.kind(), after.as_ref())?;
        }
        self.settle()?;
        Ok(Ok(()))
    }

    /// What is held for somebody who waits is theirs no longer.
    fn withdraw_offers(&self, clinician: &str, closure: &BookClosure) -> Result<()> {
        let held = "SELECT entry FROM slot_offer
            WHERE ended IS NULL AND clinician = ?1 AND starts_at < ?3 AND ends_at > ?2 AND starts_at > ?2 - ?4";
        let (from, to) = (closure.from.timestamp_millis(), closure.to.timestamp_millis());
        for entry in self.entries(held, (clinician_key(clinician), from, to, LONGEST))? {
            self.end_offer(entry, OfferEnd::Withdrawn, "The time was closed")?;
        }
        Ok(())
    }

    /// The request by which staff tell a patient, with what they are to be told.
    fn to_tell(
        &self,
        closure: &BookClosure,
        before: Appointment,
        kind: ClinicChangeKind,
        after: Option<&Appointment>,
    ) -> Result<()> {
        let patient = patient_of(self.tx, &before)?;
        let here =
            |at: DateTime<Utc>| at.with_timezone(&self.clinic.zone).format("%A %-d %B, %H:%M").to_string();
        let was = format!("{} is closed on {}", before.clinician, here(before.starts_at));
        let subject = match (kind, after) {
            (ClinicChangeKind::CalledOff, _) => format!("{was}: tell the patient that it was called off"),
            (ClinicChangeKind::Moved, Some(after)) => format!(
                "{was}: tell the patient that it is now {} with {}",
                here(after.starts_at),
                after.clinician
            ),
            (ClinicChangeKind::Moved | ClinicChangeKind::LeftOpen, _) => {
                format!("{was}: agree with the patient on another time")
            }
        };
        let id = RequestId(Uuid::now_v7());
        let reason = RequestReason::AppointmentMovedByClinic;
        let language = patient.and_then(|patient| patient.language);
        let request = Request {
            subject: Some(subject),
            stopped_at: "the book".to_string(),
            patients: vec![before.patient],
            language: language.unwrap_or_else(|| self.clinic.staff_language().to_string()),
            ..Request::noticed(id, reason, self.clinic, DESK, self.now)
        };
        self.tell(FactKind::RequestRaised { request })?;
        let change = ClinicChange { request: id, closure: closure.id, before, kind };
        self.tell(FactKind::ClinicChangeToTell { change })
    }
}

fn patient_of(
    tx: &Transaction<'_>,
    appointment: &Appointment,
) -> Result<Option<crate::front_desk::patient::Patient>> {
    records::load(tx, records::resolve(tx, appointment.patient)?)
}
