//! Freed times are offered to those who wait, one after the other. Everything about it is rows of the store, so a
//! desk that was off goes on where it stopped.

use super::decide::{Book, Wanted};
use super::{is_free, open_slots};
use crate::clinic::Clinic;
use crate::front_desk::appointment::{AppointmentId, AppointmentStatus};
use crate::front_desk::booking::{
    BookingOrder, OfferEnd, Slot, SlotOffer, SlotSearch, WaitingListEntry, WaitingListId,
};
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::front_desk::schedule::{Asker, clinician_key};
use crate::link::fact::{DESK, FactKind};
use crate::store::{Result, Store, StoreError, time};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};
use uuid::Uuid;

/// Offers of which the slot was booked meanwhile: only another system does that. The lower bound is the longest
/// appointment there can be; with it the index is not read from the first one ever.
const FILLED: &str = "
FROM slot_offer AS offer JOIN appointment USING (clinician)
WHERE offer.ended IS NULL AND stands = 1 AND appointment.starts_at > offer.starts_at - 65535 * 60000
AND appointment.starts_at < offer.ends_at AND appointment.ends_at > offer.starts_at";

impl Store {
    /// At the desk: ends the offers that nobody answered in time and offers what is free to the next. Answers
    /// whether anything changed.
    pub fn settle_waiting_list(&mut self, clinic: &Clinic, now: DateTime<Utc>) -> Result<bool> {
        let today = now.with_timezone(&clinic.zone).date_naive().to_string();
        // What only the clock or another process brings about: offers that nobody answered, slots that another
        // system has filled or freed, entries of which all days are over.
        let open: bool = self
            .connection
            .prepare_cached(&format!(
                "SELECT EXISTS (SELECT 1 FROM freed_time)
                     OR EXISTS (SELECT 1 FROM slot_offer WHERE ended IS NULL AND until <= ?1)
                     OR EXISTS (SELECT 1 FROM waiting_list WHERE waits = 1 AND body ->> '$.wanted.to' < ?2)
                     OR EXISTS (SELECT 1 {FILLED})"
            ))?
            .query_row((now.timestamp_millis(), today), |row| row.get(0))?;
        if open {
            let origin = self.origin.clone();
            self.write(|tx| Book { tx, origin: &origin, clinic, now, by: DESK }.settle())?;
        }
        Ok(open)
    }
}

/// A time is free again: who waits is to be asked.
pub(in crate::store) fn free(
    tx: &Transaction<'_>,
    clinician: &str,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<()> {
    tx.prepare_cached("INSERT INTO freed_time (clinician, starts_at, ends_at) VALUES (?1, ?2, ?3)")?
        .execute((clinician_key(clinician), from.timestamp_millis(), to.timestamp_millis()))?;
    Ok(())
}

impl Book<'_> {
    /// Brings the waiting list up to date.
    pub(super) fn settle(&self) -> Result<()> {
        let now = self.now.timestamp_millis();
        for id in self.entries("SELECT entry FROM slot_offer WHERE ended IS NULL AND until <= ?1", [now])? {
            self.end_offer(id, OfferEnd::Expired, "Nobody answered in time")?;
        }
        for id in self.entries(&format!("SELECT entry {FILLED}"), [])? {
            self.end_offer(id, OfferEnd::Withdrawn, "The time was booked by another system")?;
        }
        let today = self.now.with_timezone(&self.clinic.zone).date_naive().to_string();
        let over = "SELECT id FROM waiting_list WHERE waits = 1 AND body ->> '$.wanted.to' < ?1";
        for id in self.entries(over, [today])? {
            self.give_up(id, "All days that they wanted are over")?;
        }
        self.offer_freed()
    }

    pub(super) fn entries<P: rusqlite::Params>(
        &self,
        sql: &str,
        parameters: P,
    ) -> Result<Vec<WaitingListId>> {
        let mut query = self.tx.prepare_cached(sql)?;
        let rows = query.query_map(parameters, |row| row.get::<_, String>(0))?;
        let mut ids: Vec<WaitingListId> = rows
            .map(|id| {
                Uuid::parse_str(&id?).map(WaitingListId).map_err(|e| StoreError::Unreadable(e.to_string()))
            })
            .collect::<Result<_>>()?;
        ids.dedup();
        Ok(ids)
    }

    /// Each freed time is looked at once: what nobody wants is open to all, and who wants it later books it.
    fn offer_freed(&self) -> Result<()> {
        loop {
            let freed: Option<(i64, String, i64, i64)> = self
                .tx
                .prepare_cached(
                    "SELECT id, clinician, starts_at, ends_at FROM freed_time ORDER BY id LIMIT 1",
                )?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
                .optional()?;
            let Some((id, clinician, from, to)) = freed else { return Ok(()) };
            self.tx.prepare_cached("DELETE FROM freed_time WHERE id = ?1")?.execute([id])?;
            for slot in self.slots_within(&clinician, time(from)?, time(to)?)? {
                // The one before may have been offered meanwhile, and run into this one.
                if is_free(self.tx, &slot, None, None, self.now)?
                    && let Some(entry) = self.first_who_fits(&slot)?
                {
                    self.offer(&entry, &slot)?;
                }
            }
        }
    }

    /// The slots of a clinician that are open now and touch a time.
    fn slots_within(&self, clinician: &str, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Slot>> {
        let known = &self.clinic.routines.schedule.clinicians;
        let Some(known) = known.iter().find(|known| clinician_key(&known.name) == clinician) else {
            return Ok(Vec::new());
        };
        let local = |at: DateTime<Utc>| at.with_timezone(&self.clinic.zone).date_naive();
        let (first, last) = (local(from), local(to));
        let mut services: Vec<&str> = known.sessions.iter().map(|session| session.service.as_str()).collect();
        services.sort_unstable();
        services.dedup();
        let mut slots = Vec::new();
        for service in services {
            let search = SlotSearch {
                service: service.to_string(),
                clinician: Some(known.name.clone()),
                // A slot that begins before midnight may touch the time after it.
                from: first.pred_opt().unwrap_or(first),
                to: last,
                part: None,
            };
            let open = open_slots(self.tx, Asker::Patient, self.clinic, &search, self.now)?;
            slots.extend(open.into_iter().filter(|slot| slot.starts_at < to && from < slot.ends_at()));
        }
        slots.sort();
        Ok(slots)
    }

    /// Who has waited longest of those whom a slot suits. Nobody is offered two at a time, nor the same one twice.
    fn first_who_fits(&self, slot: &Slot) -> Result<Option<WaitingListEntry>> {
        let mut query = self.tx.prepare_cached(
            "SELECT body FROM waiting_list WHERE waits = 1 AND NOT EXISTS (
                 SELECT 1 FROM slot_offer WHERE entry = waiting_list.id
                 AND (ended IS NULL OR (clinician = ?1 AND slot_offer.starts_at = ?2)))
             ORDER BY since, id",
        )?;
        let asked = (clinician_key(&slot.clinician), slot.starts_at.timestamp_millis());
        for body in query.query_map(asked, |row| row.get::<_, String>(0))? {
            let entry: WaitingListEntry = serde_json::from_str(&body?)?;
            if entry.wanted.finds(slot, self.clinic.zone) && self.suits(&entry, slot)? {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    fn suits(&self, entry: &WaitingListEntry, slot: &Slot) -> Result<bool> {
        if let Some(id) = entry.instead_of {
            // Who has come, or has called the later one off, does not wait for an earlier one.
            let there = self.appointment(id)?;
            let waits = |there: &crate::front_desk::appointment::Appointment| {
                there.status == AppointmentStatus::Booked && slot.starts_at < there.starts_at
            };
            if !there.as_ref().is_some_and(waits) || self.is_checked_in(id)? {
                return Ok(false);
            }
        }
        let wanted = Wanted { patient: entry.patient, slot, instead_of: entry.instead_of, held_for: None };
        Ok(self.obstacle(Asker::Patient, &wanted)?.is_none())
    }

    fn offer(&self, entry: &WaitingListEntry, slot: &Slot) -> Result<()> {
        let until = (self.now + self.clinic.routines.schedule.booking.hold_offer).min(slot.starts_at);
        let request = self.request_to_tell(entry, slot, until);
        let id = request.id;
        self.tell(FactKind::RequestRaised { request })?;
        self.tell(FactKind::SlotOffered { entry: entry.id, slot: slot.clone(), until, request: id })
    }

    /// By this staff tell whoever waits; they need not stand at any kiosk.
    fn request_to_tell(&self, entry: &WaitingListEntry, slot: &Slot, until: DateTime<Utc>) -> Request {
        let here = |at: DateTime<Utc>| at.with_timezone(&self.clinic.zone);
        let subject = format!(
            "{} with {} is free: held for whoever waits until {}",
            here(slot.starts_at).format("%A %-d %B, %H:%M"),
            slot.clinician,
            here(until).format("%H:%M")
        );
        let id = RequestId(Uuid::now_v7());
        Request {
            subject: Some(subject),
            wish: Some(Box::new(BookingOrder::TakeOffer {
                entry: entry.id,
                appointment: AppointmentId(Uuid::now_v7()),
            })),
            stopped_at: "waiting list".to_string(),
            patients: vec![entry.patient],
            language: entry.language.clone(),
            ..Request::noticed(id, RequestReason::SlotFreed, self.clinic, DESK, self.now)
        }
    }

    /// The offer that is held for an entry now.
    pub(super) fn held_for(&self, id: WaitingListId) -> Result<Option<SlotOffer>> {
        let found: Option<(String, i64)> = self
            .tx
            .prepare_cached("SELECT slot, until FROM slot_offer WHERE entry = ?1 AND ended IS NULL")?
            .query_row([id.0.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (Some((slot, until)), Some(entry)) = (found, self.entry(id)?) else { return Ok(None) };
        Ok(Some(SlotOffer { entry, slot: serde_json::from_str(&slot)?, until: time(until)? }))
    }

    pub(super) fn entry(&self, id: WaitingListId) -> Result<Option<WaitingListEntry>> {
        self.one("SELECT body FROM waiting_list WHERE id = ?1", id.0)
    }

    pub(super) fn waits(&self, id: WaitingListId) -> Result<bool> {
        let waits = self
            .tx
            .prepare_cached("SELECT waits FROM waiting_list WHERE id = ?1")?
            .query_row([id.0.to_string()], |row| row.get(0))
            .optional()?;
        Ok(waits.unwrap_or(false))
    }

    /// How the last offer to an entry ended.
    pub(super) fn last_end(&self, id: WaitingListId) -> Result<Option<String>> {
        Ok(self
            .tx
            .prepare_cached(
                "SELECT ended FROM slot_offer WHERE entry = ?1 AND ended IS NOT NULL ORDER BY id DESC LIMIT 1",
            )?
            .query_row([id.0.to_string()], |row| row.get(0))
            .optional()?)
    }

    /// Ends the offer to an entry, if there is one; the request about it is done, and the time is the next one's
    /// unless it was taken.
    pub(super) fn end_offer(&self, id: WaitingListId, how: OfferEnd, note: &str) -> Result<()> {
        let Some(offer) = self.held_for(id)? else { return Ok(()) };
        let request = request_of(self.tx, id)?;
        self.tell(FactKind::OfferEnded { entry: id, how })?;
        if let Some(request) = request {
            let (by, note) = (self.by.to_string(), note.to_string());
            self.tell(FactKind::RequestResolved { request, by, note })?;
        }
        if how != OfferEnd::Taken {
            free(self.tx, &offer.slot.clinician, offer.slot.starts_at, offer.slot.ends_at())?;
        }
        Ok(())
    }

    /// Whoever would have given an appointment up for an earlier one waits no longer.
    pub(super) fn give_up_instead_of(&self, id: AppointmentId) -> Result<()> {
        let waiting = "SELECT id FROM waiting_list WHERE waits = 1 AND body ->> '$.instead_of' = ?1";
        for entry in self.entries(waiting, [id.0.to_string()])? {
            self.give_up(entry, "They called their appointment off")?;
        }
        Ok(())
    }

    fn give_up(&self, id: WaitingListId, note: &str) -> Result<()> {
        self.end_offer(id, OfferEnd::Withdrawn, note)?;
        self.tell(FactKind::WaitingListLeft { entry: id })
    }
}

/// The request about the offer that an entry has, unless somebody resolved it.
fn request_of(connection: &Connection, id: WaitingListId) -> Result<Option<RequestId>> {
    let request: Option<String> = connection
        .prepare_cached(
            "SELECT slot_offer.request FROM slot_offer JOIN request ON request.id = slot_offer.request
             WHERE entry = ?1 AND ended IS NULL AND state <> 'resolved'",
        )?
        .query_row([id.0.to_string()], |row| row.get(0))
        .optional()?;
    let parsed = request.map(|id| Uuid::parse_str(&id)).transpose();
    Ok(parsed.map_err(|error| StoreError::Unreadable(error.to_string()))?.map(RequestId))
}
