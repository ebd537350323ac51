//! The desk decides about orders: one after the other, each in one transaction, so that no time of a clinician is
//! ever given to two.

use super::{is_free, span};
use crate::clinic::Clinic;
use crate::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use crate::front_desk::booking::{
    BookingAnswer, BookingOrder, BookingRefusal, OfferEnd, Slot, WaitingListEntry, WaitingListId,
};
use crate::front_desk::patient::PatientId;
use crate::front_desk::request::RequestId;
use crate::front_desk::schedule::Asker;
use crate::link::fact::{DESK, FactKind};
use crate::store::{Result, Store, append_own, one};
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction};
use serde::de::DeserializeOwned;

impl Store {
    /// At the desk: carries out what a patient asks of the book, or says why not, in one transaction. The same
    /// order sent again changes nothing and is answered with what stands now.
    pub fn decide_booking(
        &mut self,
        clinic: &Clinic,
        order: &BookingOrder,
        now: DateTime<Utc>,
    ) -> Result<BookingAnswer> {
        self.decide_booking_for(Asker::Patient, clinic, order, now)
    }

    /// The same for whoever asks: staff are not held to the rules for patients, only to what is free.
    pub fn decide_booking_for(
        &mut self,
        asker: Asker,
        clinic: &Clinic,
        order: &BookingOrder,
        now: DateTime<Utc>,
    ) -> Result<BookingAnswer> {
        let origin = self.origin.clone();
        self.write(|tx| Book { tx, origin: &origin, clinic, now, by: DESK }.decide(asker, order))
    }

    /// At the desk: puts an appointment back where it stood before it was moved, also where the schedule has no slot of
    /// that kind: another system may have booked it there.
    pub fn put_back(
        &mut self,
        clinic: &Clinic,
        appointment: AppointmentId,
        from: DateTime<Utc>,
        before: &Slot,
        now: DateTime<Utc>,
    ) -> Result<BookingAnswer> {
        let origin = self.origin.clone();
        self.write(|tx| {
            let book = Book { tx, origin: &origin, clinic, now, by: DESK };
            book.settle()?;
            let answer = book.put_back(appointment, from, before)?;
            book.settle()?;
            Ok(answer)
        })
    }

    /// At the desk: carries out for staff what a request wishes; with it the request is done, in the same
    /// transaction. `outcome` says in words what came of it, or that nothing did.
    pub fn carry_out(
        &mut self,
        clinic: &Clinic,
        request: RequestId,
        order: &BookingOrder,
        by: &str,
        now: DateTime<Utc>,
        outcome: impl FnOnce(&BookingAnswer) -> Result<String, String>,
    ) -> Result<BookingAnswer> {
        let origin = self.origin.clone();
        self.write(|tx| {
            let book = Book { tx, origin: &origin, clinic, now, by };
            let answer = book.decide(Asker::Staff, order)?;
            if let Ok(note) = outcome(&answer)
                && !book.is_resolved(request)?
            {
                book.tell(FactKind::RequestResolved { request, by: by.to_string(), note })?;
            }
            Ok(answer)
        })
    }
}

/// The book while somebody decides about it.
pub(super) struct Book<'a> {
    pub(super) tx: &'a Transaction<'a>,
    pub(super) origin: &'a str,
    pub(super) clinic: &'a Clinic,
    pub(super) now: DateTime<Utc>,
    /// Who is said to have resolved the request about an offer that ends with this.
    pub(super) by: &'a str,
}

/// Who stands behind an order for a slot.
pub(super) struct Wanted<'a> {
    pub(super) patient: PatientId,
    pub(super) slot: &'a Slot,
    /// The appointment that would leave its place for it.
    pub(super) instead_of: Option<AppointmentId>,
    /// The entry for which it is held.
    pub(super) held_for: Option<WaitingListId>,
}

fn refused(why: BookingRefusal) -> BookingAnswer {
    BookingAnswer::Refused { why }
}

impl Book<'_> {
    pub(super) fn tell(&self, kind: FactKind) -> Result<()> {
        append_own(self.tx, self.origin, kind, self.now).map(drop)
    }

    pub(super) fn one<T: DeserializeOwned>(&self, sql: &str, id: uuid::Uuid) -> Result<Option<T>> {
        one(self.tx, sql, &id.to_string())
    }

    pub(super) fn appointment(&self, id: AppointmentId) -> Result<Option<Appointment>> {
        self.one("SELECT body FROM appointment WHERE id = ?1", id.0)
    }

    pub(super) fn is_checked_in(&self, id: AppointmentId) -> Result<bool> {
        let visit = self
            .tx
            .prepare_cached("SELECT 1 FROM visit WHERE appointment = ?1")?
            .query_row([id.0.to_string()], |_| Ok(()))
            .optional()?;
        Ok(visit.is_some())
    }

    pub(super) fn decide(&self, asker: Asker, order: &BookingOrder) -> Result<BookingAnswer> {
        // What was held too long is free for this order too, and what it frees is offered at once.
        self.settle()?;
        let answer = self.carry_out(asker, order)?;
        self.settle()?;
        Ok(answer)
    }

    fn is_resolved(&self, request: RequestId) -> Result<bool> {
        let state = self
            .tx
            .prepare_cached("SELECT 1 FROM request WHERE id = ?1 AND state = 'resolved'")?
            .query_row([request.0.to_string()], |_| Ok(()))
            .optional()?;
        Ok(state.is_some())
    }

    fn carry_out(&self, asker: Asker, order: &BookingOrder) -> Result<BookingAnswer> {
        match order {
            BookingOrder::Book { appointment, patient, slot } => {
                self.book(asker, order, *appointment, *patient, slot)
            }
            BookingOrder::Move { appointment, from, slot } => self.put_off(asker, *appointment, *from, slot),
            BookingOrder::Cancel { appointment, from } => self.cancel(asker, *appointment, *from),
            BookingOrder::Wait { entry } => self.wait(entry),
            BookingOrder::TakeOffer { entry, appointment } => self.take_offer(*entry, *appointment),
            BookingOrder::DeclineOffer { entry, keep_waiting } => self.decline_offer(*entry, *keep_waiting),
        }
    }

    /// Books a slot. What was answered to an order is kept under the identity of its appointment: an order that
    /// comes again, even after its appointment was called off, must not book anew.
    fn book(
        &self,
        asker: Asker,
        order: &BookingOrder,
        id: AppointmentId,
        patient: PatientId,
        slot: &Slot,
    ) -> Result<BookingAnswer> {
        let body = serde_json::to_string(order)?;
        let before: Option<(String, String)> = self
            .tx
            .prepare_cached("SELECT body, answer FROM booking_order WHERE appointment = ?1")?
            .query_row([id.0.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match (self.appointment(id)?, before) {
            (Some(there), Some((before, _))) if before == body => return Ok(as_it_stands(there)),
            (Some(_), _) => return Ok(refused(BookingRefusal::Changed)),
            // Staff decide anew: what patients may not, they may.
            (None, Some((before, answer))) if before == body && asker == Asker::Patient => {
                return Ok(serde_json::from_str(&answer)?);
            }
            (None, _) => {}
        }
        let wanted = Wanted { patient, slot, instead_of: None, held_for: None };
        let answer = match self.obstacle(asker, &wanted)? {
            Some(obstacle) => obstacle,
            None => self.record(Appointment {
                id,
                patient,
                service: slot.service.clone(),
                clinician: slot.clinician.clone(),
                starts_at: slot.starts_at,
                minutes: slot.minutes,
                status: AppointmentStatus::Booked,
                site: slot.site.clone(),
            })?,
        };
        self.tx
            .prepare_cached(
                "INSERT INTO booking_order (appointment, body, answer, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (appointment) DO UPDATE SET body = ?2, answer = ?3, at = ?4",
            )?
            .execute((
                id.0.to_string(),
                body,
                serde_json::to_string(&answer)?,
                self.now.timestamp_millis(),
            ))?;
        Ok(answer)
    }

    /// Moves an appointment to another slot. Sent again, it finds the appointment there.
    fn put_off(
        &self,
        asker: Asker,
        id: AppointmentId,
        from: DateTime<Utc>,
        slot: &Slot,
    ) -> Result<BookingAnswer> {
        let Some(there) = self.appointment(id)? else { return Ok(refused(BookingRefusal::Unknown)) };
        if there.status == AppointmentStatus::Booked && stands_at(&there, slot) {
            return Ok(BookingAnswer::Booked { appointment: there });
        }
        if let Some(why) = self.unchangeable(asker, &there, from)? {
            return Ok(refused(why));
        }
        if asker == Asker::Patient && there.service != slot.service {
            return Ok(refused(BookingRefusal::NoSuchSlot));
        }
        let wanted = Wanted { patient: there.patient, slot, instead_of: Some(id), held_for: None };
        match self.obstacle(asker, &wanted)? {
            Some(obstacle) => Ok(obstacle),
            None => self.record_at(there, slot),
        }
    }

    fn put_back(&self, id: AppointmentId, from: DateTime<Utc>, before: &Slot) -> Result<BookingAnswer> {
        let Some(there) = self.appointment(id)? else { return Ok(refused(BookingRefusal::Unknown)) };
        if let Some(why) = self.unchangeable(Asker::Staff, &there, from)? {
            return Ok(refused(why));
        }
        if self.is_busy(there.patient, before, Some(id))? {
            return Ok(refused(BookingRefusal::PatientIsBusy));
        }
        match is_free(self.tx, before, Some(id), None, self.now)? {
            true => self.record_at(there, before),
            false => Ok(BookingAnswer::Taken),
        }
    }

    fn cancel(&self, asker: Asker, id: AppointmentId, from: DateTime<Utc>) -> Result<BookingAnswer> {
        let Some(there) = self.appointment(id)? else { return Ok(refused(BookingRefusal::Unknown)) };
        if there.status == AppointmentStatus::Cancelled && there.starts_at == from {
            return Ok(BookingAnswer::Cancelled { appointment: there });
        }
        if let Some(why) = self.unchangeable(asker, &there, from)? {
            return Ok(refused(why));
        }
        let (begins, ends) = span(&there);
        let clinician = there.clinician.clone();
        let appointment = Appointment { status: AppointmentStatus::Cancelled, ..there };
        self.tell(FactKind::AppointmentRecorded { appointment: appointment.clone() })?;
        // Nobody waits for something earlier than what is called off; and what they were offered is the next one's.
        self.give_up_instead_of(id)?;
        super::free(self.tx, &clinician, begins, ends)?;
        Ok(BookingAnswer::Cancelled { appointment })
    }

    /// Why an appointment cannot be moved or called off.
    fn unchangeable(
        &self,
        asker: Asker,
        there: &Appointment,
        from: DateTime<Utc>,
    ) -> Result<Option<BookingRefusal>> {
        if there.status != AppointmentStatus::Booked
            || there.starts_at != from
            || self.is_checked_in(there.id)?
        {
            return Ok(Some(BookingRefusal::Changed));
        }
        let until = there.starts_at - self.clinic.routines.schedule.booking.change_until;
        Ok((asker == Asker::Patient && self.now > until).then_some(BookingRefusal::TooLate))
    }

    /// What keeps somebody from getting a slot; nothing where they can have it.
    pub(super) fn obstacle(&self, asker: Asker, wanted: &Wanted<'_>) -> Result<Option<BookingAnswer>> {
        let Wanted { patient, slot, instead_of, held_for } = *wanted;
        let (schedule, calendar) = (&self.clinic.routines.schedule, &self.clinic.routines.calendar);
        let session = schedule.session_of(calendar, slot);
        if !session.is_some_and(|session| session.patients_may_book || asker == Asker::Staff) {
            return Ok(Some(refused(BookingRefusal::NoSuchSlot)));
        }
        let (earliest, last_day) = schedule.bookable(calendar.zone, asker, self.now);
        let day = slot.starts_at.with_timezone(&calendar.zone).date_naive();
        if slot.starts_at < earliest || day > last_day {
            return Ok(Some(refused(BookingRefusal::OutsideBookingTime)));
        }
        if self.is_busy(patient, slot, instead_of)? {
            return Ok(Some(refused(BookingRefusal::PatientIsBusy)));
        }
        if asker == Asker::Patient && instead_of.is_none() && self.has_enough(patient)? {
            return Ok(Some(refused(BookingRefusal::TooMany)));
        }
        let free = is_free(self.tx, slot, instead_of, held_for, self.now)?;
        Ok((!free).then_some(BookingAnswer::Taken))
    }

    /// Whether a patient has something else at the time of a slot.
    pub(super) fn is_busy(
        &self,
        patient: PatientId,
        slot: &Slot,
        apart_from: Option<AppointmentId>,
    ) -> Result<bool> {
        let busy = self
            .tx
            .prepare_cached(
                "SELECT 1 FROM appointment WHERE stands = 1 AND patient = ?1 AND starts_at < ?3 AND ends_at > ?2 AND id IS NOT ?4",
            )?
            .query_row(
                (
                    patient.to_string(),
                    slot.starts_at.timestamp_millis(),
                    slot.ends_at().timestamp_millis(),
                    apart_from.map(|id| id.0.to_string()),
                ),
                |_| Ok(()),
            )
            .optional()?;
        Ok(busy.is_some())
    }

    /// Whether a patient has as many appointments ahead as the routines allow.
    pub(super) fn has_enough(&self, patient: PatientId) -> Result<bool> {
        let ahead: u64 = self
            .tx
            .prepare_cached(
                "SELECT count(*) FROM appointment WHERE stands = 1 AND patient = ?1 AND starts_at > ?2",
            )?
            .query_row((patient.to_string(), self.now.timestamp_millis()), |row| row.get(0))?;
        Ok(ahead >= self.clinic.routines.schedule.booking.most_ahead.into())
    }

    fn record(&self, appointment: Appointment) -> Result<BookingAnswer> {
        self.tell(FactKind::AppointmentRecorded { appointment: appointment.clone() })?;
        Ok(BookingAnswer::Booked { appointment })
    }

    /// Puts an appointment into a slot; the time where it stood is free.
    fn record_at(&self, there: Appointment, slot: &Slot) -> Result<BookingAnswer> {
        let (begins, ends) = span(&there);
        let before = there.clinician.clone();
        let answer = self.record(Appointment {
            service: slot.service.clone(),
            clinician: slot.clinician.clone(),
            starts_at: slot.starts_at,
            minutes: slot.minutes,
            site: slot.site.clone(),
            ..there
        })?;
        super::free(self.tx, &before, begins, ends)?;
        Ok(answer)
    }

    fn wait(&self, entry: &WaitingListEntry) -> Result<BookingAnswer> {
        if self.entry(entry.id)?.is_some() {
            return Ok(BookingAnswer::Noted);
        }
        if self.clinic.service(&entry.wanted.service).is_none() {
            return Ok(refused(BookingRefusal::NoSuchSlot));
        }
        if entry.wanted.to < self.now.with_timezone(&self.clinic.zone).date_naive() {
            return Ok(refused(BookingRefusal::OutsideBookingTime));
        }
        if let Some(id) = entry.instead_of {
            let there = self.appointment(id)?;
            let theirs = |there: &Appointment| {
                there.patient == entry.patient && there.status == AppointmentStatus::Booked
            };
            if !there.as_ref().is_some_and(theirs) {
                return Ok(refused(BookingRefusal::Unknown));
            }
        }
        let waits: u64 = self
            .tx
            .prepare_cached("SELECT count(*) FROM waiting_list WHERE patient = ?1 AND waits = 1")?
            .query_row([entry.patient.to_string()], |row| row.get(0))?;
        if waits >= self.clinic.routines.schedule.booking.most_ahead.into() {
            return Ok(refused(BookingRefusal::TooMany));
        }
        // By the desk's clock: a kiosk that goes wrong sends nobody to the front of the list.
        let entry = WaitingListEntry { since: self.now, ..entry.clone() };
        self.tell(FactKind::WaitingListJoined { entry })?;
        Ok(BookingAnswer::Noted)
    }

    fn take_offer(&self, id: WaitingListId, appointment: AppointmentId) -> Result<BookingAnswer> {
        let Some(offer) = self.held_for(id)? else {
            // Sent again, perhaps: then the appointment stands that came of it.
            let taken = match self.last_end(id)?.as_deref() {
                Some("taken") => self.entry(id)?,
                _ => None,
            };
            let Some(entry) = taken else { return Ok(refused(BookingRefusal::Unknown)) };
            let moved = entry.instead_of.map(|id| self.appointment(id)).transpose()?.flatten();
            let there =
                self.appointment(appointment)?.or(moved).filter(|there| there.patient == entry.patient);
            return Ok(there.map_or(refused(BookingRefusal::Unknown), as_it_stands));
        };
        let entry = &offer.entry;
        let instead_of = match entry.instead_of {
            Some(id) => self.appointment(id)?.filter(|there| there.status == AppointmentStatus::Booked),
            None => None,
        };
        if let Some(there) = &instead_of
            && self.is_checked_in(there.id)?
        {
            self.end_offer(id, OfferEnd::Withdrawn, "They are here already")?;
            self.tell(FactKind::WaitingListLeft { entry: id })?;
            return Ok(refused(BookingRefusal::Changed));
        }
        if instead_of.is_none() && self.appointment(appointment)?.is_some() {
            return Ok(refused(BookingRefusal::Changed));
        }
        let wanted = Wanted {
            patient: entry.patient,
            slot: &offer.slot,
            instead_of: instead_of.as_ref().map(|there| there.id),
            held_for: Some(id),
        };
        // What was offered may be taken until it is held no longer, whatever the notice.
        match self.obstacle(Asker::Staff, &wanted)? {
            Some(obstacle) => return Ok(obstacle),
            None => self.end_offer(id, OfferEnd::Taken, "They took the time")?,
        }
        self.tell(FactKind::WaitingListLeft { entry: id })?;
        match instead_of {
            Some(there) => self.record_at(there, &offer.slot),
            None => self.record(Appointment {
                id: appointment,
                patient: entry.patient,
                service: offer.slot.service.clone(),
                clinician: offer.slot.clinician.clone(),
                starts_at: offer.slot.starts_at,
                minutes: offer.slot.minutes,
                status: AppointmentStatus::Booked,
                site: offer.slot.site.clone(),
            }),
        }
    }

    fn decline_offer(&self, id: WaitingListId, keep_waiting: bool) -> Result<BookingAnswer> {
        let offered = self.held_for(id)?.is_some();
        let waits = self.waits(id)?;
        if offered {
            self.end_offer(id, OfferEnd::Declined, "They do not want the time")?;
        } else if self.last_end(id)?.is_none() && !waits {
            return Ok(refused(BookingRefusal::Unknown));
        }
        if waits && !keep_waiting {
            self.tell(FactKind::WaitingListLeft { entry: id })?;
        }
        Ok(BookingAnswer::Noted)
    }
}

fn stands_at(there: &Appointment, slot: &Slot) -> bool {
    there.starts_at == slot.starts_at
        && there.clinician == slot.clinician
        && there.service == slot.service
        && there.minutes == slot.minutes
}

fn as_it_stands(appointment: Appointment) -> BookingAnswer {
    match appointment.status {
        AppointmentStatus::Booked => BookingAnswer::Booked { appointment },
        AppointmentStatus::Cancelled => BookingAnswer::Cancelled { appointment },
    }
}
