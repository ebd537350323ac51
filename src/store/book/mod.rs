//! The book: which times are taken, who waits for one, and which freed ones are held for whom.

mod close;
mod day;
mod decide;
mod offers;
mod waiting;

pub use close::ClosingRefused;
pub use day::{BookRow, ClosedTime};
pub(super) use offers::free;
pub(super) use waiting::{hold, join, leave, release};

use super::print_jobs::{self, Paper};
use super::{Result, Store};
use crate::clinic::Clinic;
use crate::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use crate::front_desk::booking::{Slot, SlotSearch, WaitingListId};
use crate::front_desk::schedule::{Asker, TakenTime, clinician_key};
use crate::link::fact::DESK;
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};

/// No appointment is longer (its minutes are a `u16`), so none that began earlier can reach into a time. With
/// it the index need not be read from the first appointment ever.
pub(super) const LONGEST: i64 = 65_535 * 60_000;

impl Store {
    /// The free slots that a patient may book, in the order of their start: what the routines have, without what
    /// is booked here or was imported, and without what is held for those who wait.
    pub fn open_slots(&self, clinic: &Clinic, search: &SlotSearch, now: DateTime<Utc>) -> Result<Vec<Slot>> {
        self.open_slots_for(Asker::Patient, clinic, search, now)
    }

    /// The same for whoever asks: staff see every slot of the routines that is still to come.
    pub fn open_slots_for(
        &self,
        asker: Asker,
        clinic: &Clinic,
        search: &SlotSearch,
        now: DateTime<Utc>,
    ) -> Result<Vec<Slot>> {
        open_slots(&self.connection, asker, clinic, search, now)
    }

    /// At a kiosk: keeps what the desk answered to a booking before the feed brings it, so that whoever looks a
    /// moment later finds it; its slip is to be printed in a language, if one is given. All of it or nothing.
    pub fn keep_booking(
        &mut self,
        appointment: &Appointment,
        slip: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.write(|tx| {
            // The feed may have been faster, and may have brought what came after it too.
            if !told_already(tx, appointment)? {
                record(tx, appointment)?;
            }
            if let Some(language) = slip {
                print_jobs::queue_in(tx, Paper::Appointment(appointment.id), language, now)?;
            }
            Ok(())
        })
    }
}

/// How many of the desk's last facts are looked through for one that was just answered.
const JUST_NOW: u32 = 500;

fn told_already(tx: &Transaction<'_>, appointment: &Appointment) -> Result<bool> {
    let mut query = tx.prepare_cached(
        "SELECT body -> 'appointment' FROM (SELECT body FROM fact WHERE origin = ?1 ORDER BY seq DESC LIMIT ?2)
         WHERE body ->> 'kind' = 'appointment-recorded' AND body -> 'appointment' ->> 'id' = ?3",
    )?;
    let rows =
        query.query_map((DESK, JUST_NOW, appointment.id.0.to_string()), |row| row.get::<_, String>(0))?;
    for body in rows {
        if serde_json::from_str::<Appointment>(&body?)? == *appointment {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes an appointment's row, with what the book searches for beside it.
pub(super) fn record(tx: &Transaction<'_>, appointment: &Appointment) -> Result<()> {
    let (from, to) = span(appointment);
    tx.prepare_cached(
        "INSERT INTO appointment (id, patient, starts_at, ends_at, clinician, stands, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET patient = ?2, starts_at = ?3, ends_at = ?4, clinician = ?5, stands = ?6, body = ?7",
    )?
    .execute((
        appointment.id.0.to_string(),
        appointment.patient.to_string(),
        from.timestamp_millis(),
        to.timestamp_millis(),
        clinician_key(&appointment.clinician),
        appointment.status == AppointmentStatus::Booked,
        serde_json::to_string(appointment)?,
    ))?;
    Ok(())
}

/// The time that an appointment takes. One that another system gives no length takes its minute all the same.
pub(super) fn span(appointment: &Appointment) -> (DateTime<Utc>, DateTime<Utc>) {
    let length = TimeDelta::minutes(appointment.minutes.max(1).into());
    (appointment.starts_at, appointment.starts_at + length)
}

fn open_slots(
    connection: &Connection,
    asker: Asker,
    clinic: &Clinic,
    search: &SlotSearch,
    now: DateTime<Utc>,
) -> Result<Vec<Slot>> {
    let routines = &clinic.routines;
    let (from, last_day) = routines.schedule.bookable(clinic.zone, asker, now);
    // A day more at each end: the clinic's days are not those of UTC.
    let day_after = |day: chrono::NaiveDate, days| {
        day.checked_add_days(Days::new(days)).unwrap_or(day).and_time(NaiveTime::MIN).and_utc()
    };
    let from = from.max(day_after(search.from.pred_opt().unwrap_or(search.from), 0));
    let to = day_after(search.to.min(last_day), 2);
    let mut taken = Vec::new();
    for clinician in &routines.schedule.clinicians {
        let key = clinician_key(&clinician.name);
        let meant = search.clinician.as_ref().is_none_or(|name| clinician_key(name) == key);
        if meant && clinician.sessions.iter().any(|session| session.service == search.service) {
            taken_times(connection, &key, from, to, now, &mut taken)?;
        }
    }
    Ok(routines.schedule.open_slots(&routines.calendar, asker, search, &taken, now))
}

/// What a clinician has booked, held or closed within a time.
fn taken_times(
    connection: &Connection,
    clinician: &str,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    now: DateTime<Utc>,
    taken: &mut Vec<TakenTime>,
) -> Result<()> {
    let (from, to) = (from.timestamp_millis(), to.timestamp_millis());
    let mut query = connection.prepare_cached(
        "SELECT starts_at, ends_at FROM appointment
         WHERE stands = 1 AND clinician = ?1 AND starts_at > ?2 AND starts_at < ?3 AND ends_at > ?4
         UNION ALL
         SELECT starts_at, ends_at FROM slot_offer
         WHERE ended IS NULL AND clinician = ?1 AND starts_at < ?3 AND ends_at > ?4 AND until > ?5
         UNION ALL
         SELECT starts_at, ends_at FROM closure_time WHERE clinician = ?1 AND starts_at < ?3 AND ends_at > ?4",
    )?;
    let mut rows =
        query.query((clinician, from.saturating_sub(LONGEST), to, from, now.timestamp_millis()))?;
    while let Some(row) = rows.next()? {
        let (from, to) = (super::time(row.get(0)?)?, super::time(row.get(1)?)?);
        taken.push(TakenTime { clinician: clinician.to_string(), from, to });
    }
    Ok(())
}

/// Whether a clinician has room for a slot, apart from an appointment that would leave it and an offer that it
/// is held by.
fn is_free(
    connection: &Connection,
    slot: &Slot,
    apart_from: Option<AppointmentId>,
    held_for: Option<WaitingListId>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let (from, to) = (slot.starts_at.timestamp_millis(), slot.ends_at().timestamp_millis());
    let taken: Option<bool> = connection
        .prepare_cached(
            "SELECT 1 FROM appointment
             WHERE stands = 1 AND clinician = ?1 AND starts_at > ?2 AND starts_at < ?3 AND ends_at > ?4 AND id IS NOT ?5
             UNION ALL
             SELECT 1 FROM slot_offer
             WHERE ended IS NULL AND clinician = ?1 AND starts_at < ?3 AND ends_at > ?4 AND until > ?6 AND entry IS NOT ?7
             UNION ALL
             SELECT 1 FROM closure_time WHERE clinician = ?1 AND starts_at < ?3 AND ends_at > ?4
             LIMIT 1",
        )?
        .query_row(
            (
                clinician_key(&slot.clinician),
                from.saturating_sub(LONGEST),
                to,
                from,
                apart_from.map(|id| id.0.to_string()),
                now.timestamp_millis(),
                held_for.map(|id| id.0.to_string()),
            ),
            |row| row.get(0),
        )
        .optional()?;
    Ok(taken.is_none())
}
