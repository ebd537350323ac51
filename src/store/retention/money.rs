//! What was owed and is settled goes with all that was paid of it: never the one without the other, or somebody would
//! be asked to pay twice, or money that is theirs would be forgotten.

use super::goes::lines;
use super::{A_BATCH, OnItsWay, Result, Since, forget_facts};
use crate::front_desk::patient::PatientId;
use crate::front_desk::payment::{Charge, ChargeEnd, OldCharge, OldPayment, over};
use crate::front_desk::retention::Lies;
use crate::store::outbox::{parsed_id, set_progress};
use crate::store::payments;
use rusqlite::Transaction;

/// Deletes what is settled of some patients, and answers how much that was and whether nothing is left to look at.
pub(super) fn go(
    tx: &Transaction<'_>,
    since: &Since,
    way: &OnItsWay,
    looked_at: &mut String,
) -> Result<(u64, bool)> {
    let patients: Vec<String> = tx
        .prepare(&format!(
            "SELECT patient FROM charge WHERE body ->> 'day' < ?1 AND patient > ?3
             UNION SELECT patient FROM payment WHERE begun_at < ?2 AND patient > ?3 ORDER BY patient LIMIT {A_BATCH}"
        ))?
        .query_map((&since.day, since.millis, &*looked_at), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut gone = 0;
    for patient in &patients {
        gone += of_patient(tx, since, way, patient)?;
        patient.clone_into(looked_at);
    }
    if !patients.is_empty() {
        return Ok((gone, false));
    }
    set_progress(tx, "money-kept-since", since.millis.unsigned_abs())?;
    let mut gone = lines(tx, "drawer_count", "at < :since", since)?;
    gone += lines(
        tx,
        "payment_end",
        "at < :since AND of_id NOT IN (SELECT id FROM payment) AND of_id NOT IN (SELECT id FROM refund)",
        since,
    )?;
    gone += lines(tx, "refund", "begun_at < :since AND payment NOT IN (SELECT id FROM payment)", since)?;
    gone += lines(tx, "terminal_task", "at < :since AND state = 'ended'", since)?;
    // What the terminal did before the last intent tells whether somebody else uses it.
    let latest = "rowid < (SELECT max(rowid) FROM terminal_intent)";
    gone += lines(tx, "terminal_intent", &format!("begun_at < :since AND open = 0 AND {latest}"), since)?;
    gone += orders(tx, since, way)?;
    Ok((gone, gone == 0))
}

fn of_patient(tx: &Transaction<'_>, since: &Since, way: &OnItsWay, patient: &str) -> Result<u64> {
    let charges: Vec<(String, String)> = tx
        .prepare_cached("SELECT body, state FROM charge WHERE patient = ?1")?
        .query_map([patient], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut told =
        tx.prepare(&format!("SELECT EXISTS (SELECT 1 FROM fact WHERE subject = ?1 AND {})", way.condition))?;
    let mut is_on_its_way = |id: String| told.query_row([id], |row| row.get::<_, bool>(0));
    let mut old_charges = Vec::new();
    for (body, state) in charges {
        let charge: Charge = serde_json::from_str(&body)?;
        let end = match state.as_str() {
            "stands" => ChargeEnd::Stands,
            "withdrawn" => ChargeEnd::Withdrawn,
            _ => ChargeEnd::Superseded,
        };
        let may_go = charge.day.to_string() < since.day && !is_on_its_way(charge.id.0.to_string())?;
        old_charges.push(OldCharge { charge, end, may_go });
    }
    let mut old_payments = Vec::new();
    let of = PatientId(parsed_id(patient)?);
    for row in payments::rows(tx, "patient = ?1", [of.0.to_string()])? {
        let id = row.payment.id.0.to_string();
        let mut may_go = row.begun_at.timestamp_millis() < since.millis && !is_on_its_way(id.clone())?;
        for (refund, _) in &row.refunds {
            may_go &= !is_on_its_way(refund.id.0.to_string())?;
        }
        let is_used: bool = tx
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM refund WHERE payment = ?1 AND begun_at >= ?2)
                 OR EXISTS (SELECT 1 FROM payment_end WHERE at >= ?2
                     AND (of_id = ?1 OR of_id IN (SELECT id FROM refund WHERE payment = ?1)))
                 OR EXISTS (SELECT 1 FROM print_job WHERE ticket = ?1 AND state <> 'ended')
                 OR EXISTS (SELECT 1 FROM terminal_intent WHERE open = 1
                     AND (id = ?1 OR id IN (SELECT id FROM refund WHERE payment = ?1)))
                 OR EXISTS (SELECT 1 FROM request WHERE payment = ?1 AND state <> 'resolved' AND ?3)",
            )?
            .query_row((&id, since.millis, way.lies == Lies::AtTheDesk), |row| row.get(0))?;
        old_payments.push(OldPayment { row, may_go: may_go && !is_used });
    }
    let (charges, gone_payments) = over(&old_charges, &old_payments);
    for charge in &charges {
        let id = charge.0.to_string();
        tx.prepare_cached("DELETE FROM charge WHERE id = ?1")?.execute([&id])?;
        tx.prepare_cached("INSERT OR IGNORE INTO forgotten_charge (id) VALUES (?1)")?.execute([&id])?;
        forget_facts(tx, way, &id)?;
    }
    for payment in &gone_payments {
        let id = payment.0.to_string();
        let refunds: Vec<String> = tx
            .prepare_cached("SELECT id FROM refund WHERE payment = ?1")?
            .query_map([&id], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for of in refunds.iter().chain([&id]) {
            tx.prepare_cached("DELETE FROM payment_end WHERE of_id = ?1")?.execute([of])?;
            forget_facts(tx, way, of)?;
        }
        tx.prepare_cached("DELETE FROM refund WHERE payment = ?1")?.execute([&id])?;
        tx.prepare_cached("DELETE FROM payment WHERE id = ?1")?.execute([&id])?;
    }
    Ok((charges.len() + gone_payments.len()) as u64)
}

/// What was asked of terminals goes with its facts.
fn orders(tx: &Transaction<'_>, since: &Since, way: &OnItsWay) -> Result<u64> {
    let ids: Vec<String> = tx
        .prepare(&format!(
            "SELECT id FROM terminal_order WHERE asked_at < ?1
             AND NOT EXISTS (SELECT 1 FROM terminal_task WHERE terminal_task.id = terminal_order.id)
             AND NOT EXISTS (SELECT 1 FROM fact WHERE subject = terminal_order.id AND {}) LIMIT {A_BATCH}",
            way.condition
        ))?
        .query_map([since.millis], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in &ids {
        tx.prepare_cached("DELETE FROM terminal_order WHERE id = ?1")?.execute([id])?;
        forget_facts(tx, way, id)?;
    }
    Ok(ids.len() as u64)
}
