//! The waiting list: who waits for an earlier time, and the freed slots that are held for them.

use crate::front_desk::booking::{OfferEnd, Slot, SlotOffer, WaitingListEntry, WaitingListId};
use crate::front_desk::patient::PatientId;
use crate::front_desk::request::RequestId;
use crate::front_desk::schedule::clinician_key;
use crate::store::{Result, Store, time};
use chrono::{DateTime, Utc};
use rusqlite::Transaction;

impl Store {
    /// What a patient waits for, who waits longest first.
    pub fn waiting_for(&self, patient: PatientId) -> Result<Vec<WaitingListEntry>> {
        let mut query = self.connection.prepare_cached(
            "SELECT body FROM waiting_list WHERE patient = ?1 AND waits = 1 ORDER BY since, id",
        )?;
        let rows = query.query_map([patient.to_string()], |row| row.get::<_, String>(0))?;
        rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    /// The freed slots that are held for a patient now, what begins first first.
    pub fn offers_for(&self, patient: PatientId, now: DateTime<Utc>) -> Result<Vec<SlotOffer>> {
        let mut query = self.connection.prepare_cached(
            "SELECT waiting_list.body, slot, until FROM slot_offer JOIN waiting_list ON waiting_list.id = entry
             WHERE patient = ?1 AND waits = 1 AND ended IS NULL AND until > ?2 ORDER BY starts_at, slot_offer.id",
        )?;
        let mut rows = query.query((patient.to_string(), now.timestamp_millis()))?;
        let mut offers = Vec::new();
        while let Some(row) = rows.next()? {
            offers.push(SlotOffer {
                entry: serde_json::from_str(&row.get::<_, String>(0)?)?,
                slot: serde_json::from_str(&row.get::<_, String>(1)?)?,
                until: time(row.get(2)?)?,
            });
        }
        Ok(offers)
    }
}

/// Somebody waits.
pub(in crate::store) fn join(tx: &Transaction<'_>, entry: &WaitingListEntry) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO waiting_list (id, patient, since, waits, body) VALUES (?1, ?2, ?3, 1, ?4)
         ON CONFLICT (id) DO UPDATE SET patient = ?2, since = ?3, waits = 1, body = ?4",
    )?
    .execute((
        entry.id.0.to_string(),
        entry.patient.to_string(),
        entry.since.timestamp_millis(),
        serde_json::to_string(entry)?,
    ))?;
    Ok(())
}

/// Somebody waits no longer.
pub(in crate::store) fn leave(tx: &Transaction<'_>, entry: WaitingListId) -> Result<()> {
    tx.prepare_cached("UPDATE waiting_list SET waits = 0 WHERE id = ?1")?.execute([entry.0.to_string()])?;
    Ok(())
}

/// A slot is held for somebody.
pub(in crate::store) fn hold(
    tx: &Transaction<'_>,
    entry: WaitingListId,
    slot: &Slot,
    until: DateTime<Utc>,
    request: RequestId,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO slot_offer (entry, clinician, starts_at, ends_at, until, request, slot)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        entry.0.to_string(),
        clinician_key(&slot.clinician),
        slot.starts_at.timestamp_millis(),
        slot.ends_at().timestamp_millis(),
        until.timestamp_millis(),
        request.0.to_string(),
        serde_json::to_string(slot)?,
    ))?;
    Ok(())
}

/// It is held no longer.
pub(in crate::store) fn release(tx: &Transaction<'_>, entry: WaitingListId, how: OfferEnd) -> Result<()> {
    tx.prepare_cached("UPDATE slot_offer SET ended = ?2 WHERE entry = ?1 AND ended IS NULL")?
        .execute((entry.0.to_string(), how.word()))?;
    Ok(())
}
