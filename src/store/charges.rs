//! What another system says is owed, taken over item by item.

use super::payments::account_of;
use super::{Result, Store, append_own, records};
use crate::front_desk::payment::{Charge, ChargeId, ChargeState, Telling, ToldCharge};
use crate::front_desk::request::OwnWords;
use crate::link::fact::FactKind;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Transaction};

/// Who withdraws what another system says is owed no longer.
const IMPORT: &str = "import";

impl Store {
    /// Takes over what the system called `source` says is owed, in one transaction. Answers what each telling has
    /// changed, in their order; `today` is the day of a new charge that names none.
    pub fn take_over_charges(
        &mut self,
        told: &[ToldCharge],
        source: &str,
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Vec<Telling>> {
        let origin = self.origin.clone();
        self.write(|tx| {
            told.iter().map(|told| take_over_charge(tx, &origin, told, source, today, now)).collect()
        })
    }
}

fn take_over_charge(
    tx: &Transaction<'_>,
    origin: &str,
    told: &ToldCharge,
    source: &str,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Telling> {
    let told = ToldCharge { patient: records::resolve(tx, told.patient)?, ..told.clone() };
    if was_settled(tx, told.first)? {
        return Ok(Telling::Unchanged);
    }
    let known = last_told(tx, told.first)?;
    let telling = told.judge(known.as_ref().map(|(charge, standing)| (charge, *standing)));
    let known = known.map(|(charge, _)| charge);
    if let (Telling::Changed | Telling::Withdrawn { .. }, Some(known)) = (telling, &known) {
        let what = if telling == Telling::Changed { "says something else of it" } else { "withdrew it" };
        let why = OwnWords(format!("The system \"{source}\" {what}."));
        append_own(
            tx,
            origin,
            FactKind::ChargeWithdrawn { charge: known.id, by: IMPORT.to_string(), why },
            now,
        )?;
    }
    if matches!(telling, Telling::New | Telling::Changed) {
        let charge = told.charge(known.as_ref(), today);
        append_own(tx, origin, FactKind::ChargeRecorded { charge }, now)?;
    }
    Ok(telling)
}

/// Whether the charge that was told last was settled, and deleted since as the clinic's rules ask for.
fn was_settled(tx: &Transaction<'_>, first: ChargeId) -> Result<bool> {
    let mut query = tx.prepare_cached(
        "SELECT 0 FROM charge WHERE id = ?1 UNION ALL SELECT 1 FROM forgotten_charge WHERE id = ?1 LIMIT 1",
    )?;
    let (mut id, mut settled) = (first, false);
    while let Some(is_forgotten) = query.query_row([id.0.to_string()], |row| row.get(0)).optional()? {
        settled = is_forgotten;
        id = id.after_a_change();
    }
    Ok(settled)
}

/// The charge that was told last: each change has left one behind, whose identity leads to the next.
fn last_told(tx: &Transaction<'_>, first: ChargeId) -> Result<Option<(Charge, ChargeState)>> {
    let mut id = first;
    let mut last = None;
    let mut query = tx.prepare_cached(
        "SELECT body, state FROM charge WHERE id = ?1 UNION ALL SELECT NULL, '' FROM forgotten_charge WHERE id = ?1 LIMIT 1",
    )?;
    while let Some((body, state)) = query
        .query_row([id.0.to_string()], |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, String>(1)?)))
        .optional()?
    {
        last = body.map(|body| (body, state));
        id = id.after_a_change();
    }
    let Some((body, state)) = last else { return Ok(None) };
    let charge: Charge = serde_json::from_str(&body)?;
    if state != "stands" {
        return Ok(Some((charge, ChargeState::Withdrawn)));
    }
    let dues = account_of(tx, charge.patient)?.dues;
    let untouched = dues.iter().any(|due| due.charge.id == charge.id && due.open == charge.amount);
    Ok(Some((charge, if untouched { ChargeState::Untouched } else { ChargeState::Paid })))
}
